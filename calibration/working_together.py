"""Peer review with and without rigour, competition, and how many days of working together are too many.

Run ``python -m calibration.working_together``. Institutions run without pupils; in each comparison the same
draws and luck. What is compared begins with the first term of the projection; the last half of the years is
counted.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.looking_on import Looker, Together
from calibration.plans import RESULTS, SEED, in_processes, keep, sampler, show
from calibration.worlds import cells, mean_and_error
from model.alone import run_alone
from model.arrangements import Arrangement, Change
from model.collaborating import Collaboration
from model.levers import Levers
from model.place import Place
from model.randomness import Chance
from model.terms import TERMS_A_YEAR
from scenarios import library
from scenarios.places.resolve import resolve

DAYS = (0, 2, 4, 8, 16, 32, 64, 96)
RIGOUR = {"no review": None, "courtesy (0.1)": 0.1, "rigour (0.9)": 0.9}

Vary = Callable[[Collaboration], Collaboration]


def reviewed(rigour: float | None) -> Vary:
    """Peer review of a rigour, otherwise as it is; None: nobody reviews.

    Parameters
    ----------
    rigour : float or None
        0 (courtesy) to 1.

    Returns
    -------
    callable
        From what stands.
    """

    def vary(c: Collaboration) -> Collaboration:
        if rigour is None or c.peer_review is None:
            return replace(c, peer_review=None)
        return replace(c, peer_review=replace(c.peer_review, rigour=rigour))

    return vary


def of_days(days: float) -> Vary:
    """As many days of working together a year: half in clusters, half in networks, no reviews.

    Parameters
    ----------
    days : float
        Days a year of each member's leaders.

    Returns
    -------
    callable
        From what stands.
    """

    def vary(c: Collaboration) -> Collaboration:
        half = days / 2.0
        return replace(c, meetings_a_year=half, network_days_a_year=half, triads=False, peer_review=None)

    return vary


def same(c: Collaboration) -> Collaboration:
    """As it is.

    Parameters
    ----------
    c : Collaboration
        What stands.

    Returns
    -------
    Collaboration
        The same.
    """
    return c


def varied(stands: Arrangement, vary: Vary) -> Levers:
    """What stands at year 0, and from the first term of the projection the same but for its collaboration.

    Parameters
    ----------
    stands : Arrangement
        With a collaboration.
    vary : callable
        What it becomes.

    Returns
    -------
    Levers
        Without a change where nothing differs.
    """
    assert stands.collaboration is not None
    wanted = vary(stands.collaboration)
    if wanted == stands.collaboration:
        return Levers(in_force=stands)
    change = Change(announced=0, term=0, arrangement=replace(stands, collaboration=wanted))
    return Levers(in_force=stands, changes=(change,))


def arm(
    place: Place, vary: Vary, draw: int, replicate: int, years: int, off: tuple[str, ...] = ()
) -> Together:
    """Run one arm once.

    Parameters
    ----------
    place : Place
        Where.
    vary : callable
        What schools do together.
    draw, replicate, years : int
        Draw 0 is central; projected years.
    off : tuple of str
        Mechanisms switched off.

    Returns
    -------
    Together
        Means over the last half.
    """
    draws = sampler()
    stands = draws.levers(draw, library.load("baseline").dated(place.year)).in_force
    assert stands is not None
    looker = Looker(TERMS_A_YEAR * (years // 2))
    run_alone(
        place, varied(stands, vary), draws.parameters(draw), years=years,
        chance=Chance(SEED, draw, replicate), switches=dict.fromkeys(off, False), watch=looker,
    )  # fmt: skip
    return looker.means()


def reviews(place: Place, draw: int, replicate: int, years: int, off: tuple[str, ...]) -> list[Together]:
    """Run no review, courtesy and rigour in one draw and luck.

    Parameters
    ----------
    place : Place
        Where.
    draw, replicate, years : int
        As in ``arm``.
    off : tuple of str
        Mechanisms switched off in all.

    Returns
    -------
    list of Together
        In the order of ``RIGOUR``.
    """
    return [arm(place, reviewed(rigour), draw, replicate, years, off) for rigour in RIGOUR.values()]


COMPETING: dict[str, tuple[str, ...]] = {"competition": (), "none": ("competition",)}


def rivals(place: Place, draw: int, replicate: int, years: int, off: tuple[str, ...]) -> list[Together]:
    """Run with competition and without in one draw and luck.

    Parameters
    ----------
    place : Place
        Where.
    draw, replicate, years : int
        As in ``arm``.
    off : tuple of str
        Mechanisms switched off in both.

    Returns
    -------
    list of Together
        In the order of ``COMPETING``.
    """
    return [arm(place, same, draw, replicate, years, (*off, *more)) for more in COMPETING.values()]


def by_days(place: Place, draw: int, replicate: int, years: int, off: tuple[str, ...]) -> list[Together]:
    """Run each number of days in one draw and luck.

    Parameters
    ----------
    place : Place
        Where.
    draw, replicate, years : int
        As in ``arm``.
    off : tuple of str
        Mechanisms switched off in all; who belongs is fixed.

    Returns
    -------
    list of Together
        In the order of ``DAYS``.
    """
    fixed = (*off, "membership")
    return [arm(place, of_days(days), draw, replicate, years, fixed) for days in DAYS]


def against(rows: list[list[Together]], labels: list[str], first: int) -> pd.DataFrame:
    """Put arms beside one of them.

    Parameters
    ----------
    rows : list of lists of Together
        A row a draw and replicate, an entry an arm.
    labels : list of str
        Of the arms.
    first : int
        The arm that others are taken from.

    Returns
    -------
    pandas.DataFrame
        A row an arm and measure: mean, mean difference and its Monte Carlo error.
    """
    found, values = [], np.array(rows)  # runs x arms x measures
    for at, label in enumerate(labels):
        for m, name in enumerate(Together._fields):
            difference, error = mean_and_error(pd.Series(values[:, at, m] - values[:, first, m]))
            level = float(values[:, at, m].mean())
            row = {"arm": label, "measure": name, "mean": level, "difference": difference, "+-": error}
            found.append(row)
    return pd.DataFrame(found)


QUESTIONS: tuple[tuple[str, Callable[..., list[Together]], list[str], int, tuple[str, ...]], ...] = (
    ("peer review", reviews, list(RIGOUR), 1, ()),
    ("peer review, switch off", reviews, list(RIGOUR), 1, ("peer_review",)),
    ("competition", rivals, list(COMPETING), 1, ()),
    ("days together", by_days, [str(days) for days in DAYS], 0, ()),
    ("days together, distraction off", by_days, [str(days) for days in DAYS], 0, ("distraction",)),
)
"""Title, what is run, its arms, the arm that others are compared with, mechanisms off."""


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
    place, tables = resolve(asked.place), []
    for title, run, labels, first, off in QUESTIONS:
        calls = [(place, *cell, asked.years, off) for cell in cells(asked.draws, asked.replicates)]
        found = against(in_processes(run, calls, asked.workers), labels, first)
        show(found, f"{place.name}: {title}; differences from {labels[first]}", 4)
        tables.append(found.assign(question=title))
    keep(pd.concat(tables), "working_together", asked.out)


if __name__ == "__main__":
    main()
