"""Schools on their own, and schools no one takes: against the same schools, same luck, when they are not.

Run ``python -m calibration.left_out``. A fifth of mainstream schools is chosen by lot. After year 0 they
belong to the partnership in one arm and not in the other (who of them is then isolated is the model's doing);
or they are orphans in one arm and not in the other. All else is the same: nobody else joins or leaves.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from calibration.package_worlds import local
from calibration.plans import RESULTS, SEED, in_processes, keep, sampler, show
from calibration.worlds import cells, mean_and_error
from model.institution_record import PARTNERSHIP
from model.institutions import Institutions
from model.place import Bools, Floats, Phase, Place
from model.practice import TERMS
from model.randomness import Chance
from model.system import System
from scenarios import library
from scenarios.places.resolve import resolve

SHARE = 0.2
"""Of mainstream schools that are chosen."""

FIXED = ("membership", "orders")
"""Switched off in both arms: whoever is put somewhere stays there."""

ALONE = ("brokerage", "diffusion", "joint_development", "peer_review", "distraction")
"""What being on one's own works through."""

Put = Callable[[System, Bools], None]


class Seen(NamedTuple):
    """What one run says of each school, over the last half of its years.

    Attributes
    ----------
    isolated : (n_schools,) bool
        At every year end.
    support_weeks : (n_schools,) float64
        Teaching weeks of support a year, of cases that began.
    begun, waited : (n_schools,) float64
        Cases begun; sum over them of teaching weeks from the need being identified to the first visit.
    seen_error : (n_schools,) float64
        Error of what the broker knows, root mean square over terms and domains, between-school SD.
    practice : (n_schools,) float64
        Mean of domains at the end, between-school SD.
    roll : (n_schools,) float64
        Pupils at the end.
    teachers_leave : (n_schools,) float64
        Per cent a year.
    mutual_trust : (n_schools,) float64
        With those it works with at the end, 0 to 1.
    """

    isolated: Bools
    support_weeks: Floats
    begun: Floats
    waited: Floats
    seen_error: Floats
    practice: Floats
    roll: Floats
    teachers_leave: Floats
    mutual_trust: Floats


def chosen(place: Place, chance: Chance) -> Bools:
    """Choose schools by lot.

    Parameters
    ----------
    place : Place
        Where.
    chance : Chance
        Stream ``left out``, of the draw and replicate.

    Returns
    -------
    (n_schools,) bool
        A fifth of mainstream schools, about.
    """
    phase = place.schools.phase
    mainstream = (phase != Phase.SPECIAL) & (phase != Phase.ALTERNATIVE_PROVISION)
    return np.asarray(mainstream & (chance.uniforms("left out", 0, 0, len(phase)) < SHARE))


def belong(system: System, who: Bools) -> None:
    """Let schools belong to the partnership.

    Parameters
    ----------
    system : System
        After year 0.
    who : (n_schools,) bool
        Which.
    """
    local(system).facts.member = local(system).facts.member | who


def stay_out(system: System, who: Bools) -> None:
    """Let schools stay out of the partnership.

    Parameters
    ----------
    system : System
        After year 0.
    who : (n_schools,) bool
        Which.
    """
    local(system).facts.member = local(system).facts.member & ~who


def no_one_takes(system: System, who: Bools) -> None:
    """Let schools need a trust that no one offers.

    Parameters
    ----------
    system : System
        After year 0.
    who : (n_schools,) bool
        Which.
    """
    local(system).facts.orphan = local(system).facts.orphan | who


def as_they_are(system: System, who: Bools) -> None:
    """Leave schools as they are.

    Parameters
    ----------
    system : System
        After year 0.
    who : (n_schools,) bool
        Which.
    """
    del system, who


ARMS: dict[str, tuple[Put, Put]] = {
    "isolated": (stay_out, belong),
    "orphaned": (no_one_takes, as_they_are),
}
"""What is done to the schools chosen, in the arm with it and in the one without."""


def observe(place: Place, put: Put, draw: int, replicate: int, years: int, off: tuple[str, ...] = ()) -> Seen:
    """Run one arm once.

    Parameters
    ----------
    place : Place
        Where.
    put : callable
        Done to the schools chosen at the end of year 0.
    draw, replicate : int
        Draw 0 is central.
    years : int
        Projected years.
    off : tuple of str
        Mechanisms switched off beside ``FIXED``.

    Returns
    -------
    Seen
        Of each school.
    """
    draws = sampler()
    chance = Chance(SEED, draw, replicate)
    system = System(
        place, draws.levers(draw, library.load("baseline").dated(place.year)), draws.parameters(draw), chance,
        years=years, switches=dict.fromkeys((*FIXED, *off), False),
    )  # fmt: skip
    system.year_zero()
    put(system, chosen(place, chance))
    room, n, half = local(system), len(place.schools), years // 2
    isolated, error, leave = np.ones(n, dtype=np.bool_), np.zeros(n), np.zeros(n)
    for year in range(place.year + 1, place.year + years + 1):
        system.begin_year(year)
        for term in range(TERMS):
            system.term(term)
        system.end_year()
        if year > place.year + half:
            isolated &= room.ties.isolated()
            error += _error(system) / (years - half)
            leave += 100.0 * system.parts.workforce.leaving / (years - half)
    found = _seen(system, TERMS * half, isolated, np.sqrt(error), leave)
    system.release()
    return found


def _error(system: System) -> Floats:
    """Mean square of what the broker has wrong about each school."""
    whole = system.parts.institutions
    assert isinstance(whole, Institutions)
    wrong = whole.brokerage.seen - system.parts.practice.practice()
    return np.asarray((wrong * wrong).mean(axis=1))


def _seen(system: System, first: int, isolated: Bools, error: Floats, leave: Floats) -> Seen:
    """Read what a run has left behind."""
    n, whole = len(system.place.schools), system.parts.institutions
    assert isinstance(whole, Institutions)
    cases = whole.record().cases
    begun = (cases.term >= first) & ~np.isnan(cases.matched) & (np.array(cases.broker) == PARTNERSHIP)
    at, years = cases.school[begun], system.years - first // TERMS
    waited = (cases.matched - cases.identified)[begun]
    return Seen(
        isolated=isolated,
        support_weeks=np.bincount(at, cases.weeks_delivered[begun], n) / years,
        begun=np.bincount(at, minlength=n).astype(np.float64),
        waited=np.bincount(at, waited, n).astype(np.float64),
        seen_error=error,
        practice=system.parts.practice.practice().mean(axis=1),
        roll=system.parts.roll(system.now),
        teachers_leave=leave,
        mutual_trust=local(system).ties.pair_trust(),
    )


MEASURES = (
    "support weeks a year", "weeks waited", "broker's error (SD)", "practice (SD)", "roll (%)",
    "teachers leaving (%)", "mutual trust",
)  # fmt: skip


def differences(left: Seen, same: Seen, who: Bools) -> list[float]:
    """What being left out makes of some schools.

    Parameters
    ----------
    left, same : Seen
        The arm in which they are left out, and the one in which they are not.
    who : (n_schools,) bool
        Schools counted.

    Returns
    -------
    list of float
        In the order of ``MEASURES``: roll in per cent, all else in their own units; NaN where no case began.
    """
    n = max(int(who.sum()), 1)

    def mean(of: Seen, name: str) -> float:
        return float(getattr(of, name)[who].sum()) / n

    def wait(of: Seen) -> float:
        begun = float(of.begun[who].sum())
        return float(of.waited[who].sum()) / begun if begun else float("nan")

    plain = ("seen_error", "practice", "teachers_leave", "mutual_trust")
    error, practice, leave, trust = (mean(left, name) - mean(same, name) for name in plain)
    return [
        mean(left, "support_weeks") - mean(same, "support_weeks"),
        wait(left) - wait(same),
        error,
        practice,
        100.0 * (mean(left, "roll") / max(mean(same, "roll"), 1.0) - 1.0),
        leave,
        trust,
    ]


def once(place: Place, how: str, draw: int, replicate: int, years: int, off: tuple[str, ...]) -> list[float]:
    """Run both arms once.

    Parameters
    ----------
    place : Place
        Where.
    how : str
        ``isolated`` or ``orphaned``.
    draw, replicate, years : int
        Draw 0 is central; projected years.
    off : tuple of str
        Mechanisms switched off in both.

    Returns
    -------
    list of float
        Schools counted, then differences in the order of ``MEASURES``; NaN where no school is counted.
    """
    left, same = (observe(place, put, draw, replicate, years, off) for put in ARMS[how])
    who = chosen(place, Chance(SEED, draw, replicate))
    if how == "isolated":
        who = who & left.isolated
    if not who.any():
        return [0.0, *[float("nan")] * len(MEASURES)]
    return [float(who.sum()), *differences(left, same, who)]


WORLDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("isolated", "as it is", ()),
    ("isolated", "brokerage off", ("brokerage",)),
    ("isolated", "brokerage, ties' work off", ALONE),
    ("orphaned", "as it is", ()),
    ("orphaned", "orphans off", ("orphans",)),
)


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("place", nargs="?", default="benchmark", help="place (default %(default)s)")
    parser.add_argument("--draws", type=int, default=0, help="sampled draws (default 0: central values)")
    parser.add_argument("--replicates", type=int, default=20, help="replicates of each draw (default 20)")
    parser.add_argument("--years", type=int, default=10, help="projected years (default 10)")
    parser.add_argument("--workers", type=int, default=2, help="processes (default 2)")
    parser.add_argument(
        "--out", type=Path, nargs="?", const=RESULTS, help="folder for CSV (results/ if none named)"
    )
    asked = parser.parse_args()
    place, rows = resolve(asked.place), []
    for how, world, off in WORLDS:
        calls = [(place, how, *cell, asked.years, off) for cell in cells(asked.draws, asked.replicates)]
        table = pd.DataFrame(in_processes(once, calls, asked.workers), columns=["schools", *MEASURES])
        for name in MEASURES:
            mean, error = mean_and_error(table[name])
            rows.append({"schools that are": how, "world": world, "measure": name, "mean": mean, "+-": error})
        rows.append({"schools that are": how, "world": world, "measure": "schools counted a run",
                     "mean": float(table["schools"].mean()), "+-": float("nan")})  # fmt: skip
    found = pd.DataFrame(rows)
    show(
        found, f"{place.name}: left out less not left out, the same schools, last half of {asked.years} years"
    )
    keep(found, "left_out", asked.out)


if __name__ == "__main__":
    main()
