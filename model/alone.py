"""Institutions without pupils: what they are paid, whom they employ and what they support, quickly."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import mesa
import numpy as np

from model.assembly import staff_and_practice
from model.founding import found
from model.institutions import Institutions
from model.levers import Levers
from model.mechanisms import switches as all_switches
from model.parameters import Parameters
from model.place import Place
from model.practice import Practice
from model.randomness import Chance
from model.terms import TERMS_A_YEAR

_NO_UNIT = np.ones(13)

Watch = Callable[[int, Institutions, Practice], None]
"""Told of the date (-1: the spin-up has ended), institutions and practice at the end of each term."""


def run_alone(
    place: Place,
    levers: Levers,
    parameters: Parameters,
    *,
    years: int,
    chance: Chance,
    switches: Mapping[str, bool] | None = None,
    watch: Watch | None = None,
) -> Institutions:
    """Run the institutions of a place with its schools' staff and practice, without pupils.

    Parameters
    ----------
    place, levers : Place, Levers
        Where; what stands and what the scenario puts in its stead.
    parameters, chance : Parameters, Chance
        One draw; one replicate's chance.
    years : int
        Projected years after year 0.
    switches : mapping of str to bool, optional
        Mechanisms switched off.
    watch : callable, optional
        Looks on, and may change what facts say, at the end of the spin-up and of each term.

    Returns
    -------
    Institutions
        After the last year.

    Raises
    ------
    ValueError
        If nothing is in force.
    KeyError
        If a switch names no mechanism.
    """
    owner, on = mesa.Model(rng=0), all_switches(switches)
    workforce, practice, _ = staff_and_practice(owner, place, parameters, chance, on)
    whole = found(owner, place, levers, parameters, chance, on, practice, None, _NO_UNIT)
    if not isinstance(whole, Institutions):
        raise ValueError("nothing is in force at year 0: there are no institutions to run")
    whole.spin_up(practice, parameters.workforce.teacher_leave)
    facts = whole.facts
    if watch is not None:
        watch(-1, whole, practice)
    for year in range(place.year + 1, place.year + years + 1):
        workforce.new_year(year, whole.pressure)
        whole.census(facts.pupils, facts.disadvantaged_share, workforce.new_head)
        for term in range(TERMS_A_YEAR):
            date = TERMS_A_YEAR * (year - place.year - 1) + term
            whole.term(date, practice, workforce.leaving)
            practice.term(date, workforce.head_quality, workforce.leaving)
            if watch is not None:
                watch(date, whole, practice)
        workforce.heads_leave(year, whole.pressure)
    mesa.Agent._ids.pop(owner, None)
    owner.remove_all_agents()
    return whole
