"""Worlds in which a package is evaluated: the same schools, the same draws, with it and without."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from model.arrangements import Arrangement, Change
from model.institutions import Institutions
from model.levers import Levers
from model.local_system import LocalSystem
from model.place import Bools, Floats, Phase
from model.system import System

Who = Callable[[System], Bools]
Treat = Callable[[System, Bools], None]


@dataclass(frozen=True, kw_only=True)
class Package:
    """One published evaluation, to be repeated in the model.

    Attributes
    ----------
    name : str
        What was evaluated.
    row : str
        Target row of the evidence table (scope package).
    years : int
        Years from the start to the results that were compared.
    yearly : bool
        Whether the row is an effect a year: the difference is then divided by the years.
    without : callable
        What stands at year 0 in both arms, from what stands in the baseline.
    who : callable
        Schools that are compared, asked of the arm with the package at its end.
    with_it : callable or None
        What stands in its stead from the first term of the projection in one arm.
    treat : callable or None
        What is done to the schools chosen at the start, beyond what stands.
    chosen : callable or None
        Schools chosen at the start, for ``treat``; asked of either arm after year 0.
    phase : Phase or None
        Pupils compared: the last year group of the phase; None for both.
    group : str
        ``all``, ``disadvantaged`` or ``gap`` (disadvantaged less other).
    """

    name: str
    row: str
    years: int
    without: Callable[[Arrangement], Arrangement]
    who: Who
    with_it: Callable[[Arrangement], Arrangement] | None = None
    yearly: bool = False
    treat: Treat | None = None
    chosen: Who | None = None
    phase: Phase | None = None
    group: str = "all"


def local(system: System) -> LocalSystem:
    """Give the local system of a run.

    Parameters
    ----------
    system : System
        With institutions.

    Returns
    -------
    LocalSystem
        Ties, membership, inspection, trusts.

    Raises
    ------
    ValueError
        If there is none.
    """
    institutions = system.parts.institutions
    if not isinstance(institutions, Institutions) or institutions.local is None:
        raise ValueError("the run has no local system: its arrangement says nothing of it")
    return institutions.local


def members(system: System) -> Bools:
    """Say which schools are members; shape (n_schools,).

    Parameters
    ----------
    system : System
        With institutions.

    Returns
    -------
    (n_schools,) bool
        As they stand.
    """
    return np.asarray(local(system).facts.member)


def everyone(system: System) -> Bools:
    """All schools; shape (n_schools,).

    Parameters
    ----------
    system : System
        Any.

    Returns
    -------
    (n_schools,) bool
        True.
    """
    return np.ones(len(system.place.schools), dtype=np.bool_)


def maintained(system: System) -> Bools:
    """Half of maintained mainstream schools, by lot; shape (n_schools,).

    Parameters
    ----------
    system : System
        After year 0.

    Returns
    -------
    (n_schools,) bool
        The same in both arms.
    """
    schools = system.place.schools
    luck = system.chance.for_draw().uniforms("package trial", 0, 0, len(schools))
    mainstream = (schools.phase == Phase.PRIMARY) | (schools.phase == Phase.SECONDARY)
    return np.asarray(mainstream & (schools.trust < 0) & (luck < 0.5))


def into_trusts(size: int) -> Treat:
    """Schools join trusts of a size at once: neighbours of a phase together, the rest elsewhere.

    Parameters
    ----------
    size : int
        Schools of a trust, those elsewhere included.

    Returns
    -------
    callable
        Moves the schools chosen.
    """

    def move(system: System, chosen: Bools) -> None:
        room, schools = local(system), system.place.schools
        facts, trusts = room.facts, room.trusts
        trust, governed = facts.trust.copy(), facts.maintained & ~chosen
        for la in range(facts.n_la):
            for phase in np.unique(schools.phase):
                rows = np.flatnonzero(chosen & (facts.la == la) & (schools.phase == phase))
                rows = rows[np.lexsort((facts.x_km[rows], facts.y_km[rows]))]
                for start in range(0, len(rows), size):
                    group = rows[start : start + size]
                    index = trusts.index.of_schools(int(group[0]))
                    trust[group] = index
                    trusts.elsewhere[index] = size - len(group)
        facts.trust, facts.maintained = trust, governed

    return move


def into_federations(system: System, chosen: Bools) -> None:
    """Neighbouring schools of a phase federate in pairs.

    Parameters
    ----------
    system : System
        After year 0.
    chosen : (n_schools,) bool
        Who federates.
    """
    room, schools = local(system), system.place.schools
    of = room.federations.of.copy()
    for la in range(room.facts.n_la):
        for phase in np.unique(schools.phase):
            rows = np.flatnonzero(chosen & (room.facts.la == la) & (schools.phase == phase))
            rows = rows[np.lexsort((room.facts.x_km[rows], room.facts.y_km[rows]))]
            for first, second in zip(rows[::2], rows[1::2], strict=False):
                of[[first, second]] = min(first, second)
    room.federations.of = of


def lead_schools(system: System) -> Bools:
    """Schools that lead hubs at the end; shape (n_schools,).

    Parameters
    ----------
    system : System
        Run.

    Returns
    -------
    (n_schools,) bool
        Leads.
    """
    return local(system).sharing.hubs.leads()


def helped(system: System) -> Bools:
    """Schools that have had targeted help; shape (n_schools,).

    Parameters
    ----------
    system : System
        Run.

    Returns
    -------
    (n_schools,) bool
        From the events of the run.
    """
    found = np.zeros(len(system.place.schools), dtype=np.bool_)
    found[[event[2] for event in local(system).rise.events if event[0] >= 0]] = True
    return found


def last_scores(system: System, schools: Bools, phase: Phase, group: str) -> tuple[float, int]:
    """Mean attainment of the last year group of a phase in some schools, at the end of a run.

    Parameters
    ----------
    system : System
        Run.
    schools : (n_schools,) bool
        Which.
    phase : Phase
        Primary (Year 6) or secondary (Year 11).
    group : str
        ``all``, ``disadvantaged`` or ``gap``.

    Returns
    -------
    mean, pupils : float, int
        Pupil SD; pupils it rests on.
    """
    register, year = system.parts.register, system.now
    secondary = phase == Phase.SECONDARY
    cohort = register.in_year(year, 11 if secondary else 6)
    block = slice(cohort.start, cohort.end)
    at = register.school[block]
    counted = np.concatenate([schools, np.zeros(system.place.n_la, dtype=np.bool_)])[at]
    poor = system.parts.measuring.disadvantaged(register, block, int(secondary)).astype(bool)
    score: Floats = register.attainment[:, block].mean(axis=0)
    if group == "gap":
        return float(score[counted & poor].mean() - score[counted & ~poor].mean()), int(counted.sum())
    if group == "disadvantaged":
        counted = counted & poor
    return (float(score[counted].mean()) if counted.any() else float("nan")), int(counted.sum())


def arms(levers: Levers, package: Package) -> tuple[Levers, Levers]:
    """Give both arms: the same until the first term of the projection, when the package begins in one.

    Parameters
    ----------
    levers : Levers
        With what is in force at year 0.
    package : Package
        Whose arms.

    Returns
    -------
    without, with_it : Levers
        Levers of the two.

    Raises
    ------
    ValueError
        If nothing is in force.
    """
    stands = levers.in_force
    if stands is None:
        raise ValueError("nothing is in force at year 0")
    without = replace(levers, in_force=package.without(stands), changes=())
    if package.with_it is None:
        return without, without
    begins = Change(announced=0, term=0, arrangement=package.with_it(stands))
    return without, replace(without, changes=(begins,))
