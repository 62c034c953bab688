"""Package evaluations repeated in the model: whole packages should come out as the published near-nulls.

Run ``python -m calibration.packages``. No package's published effect is an input of the model. Each is set up
as it was evaluated: the same schools in the same draw and chance, with the package and without. A draw is one
reading of the evidence; 80 per cent of draws are the range that is compared with the row's.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.package_list import PACKAGES
from calibration.package_worlds import Package, arms, last_scores
from calibration.plans import RESULTS, in_processes, keep, sampler, show
from model.place import Bools, Phase, Place
from model.randomness import Chance
from model.system import System
from model.terms import TERMS_A_YEAR
from scenarios import evidence, library
from scenarios.places.resolve import resolve

_SAME_PUPILS = {"choice": False, "mobility": False}
"""Pupils are the same in both arms: an evaluation compares what schools do, not whom they have."""

_LOW, _HIGH = 10.0, 90.0


def run_arm(system: System, package: Package, *, treated: bool) -> Bools | None:
    """Run one arm.

    Parameters
    ----------
    system : System
        Not yet run.
    package : Package
        What is evaluated.
    treated : bool
        Whether this is the arm with the package.

    Returns
    -------
    (n_schools,) bool or None
        Schools chosen at the start; None where the package says at its end whom it reached.
    """
    system.year_zero()
    chosen = None if package.chosen is None else package.chosen(system)
    if treated and package.treat is not None and chosen is not None:
        package.treat(system, chosen)
    for year in range(system.place.year + 1, system.place.year + package.years + 1):
        system.begin_year(year)
        for term in range(TERMS_A_YEAR):
            system.term(term)
        system.end_year()
    return chosen


def effect(place: Place, package: Package, draw: int, replicate: int) -> float:
    """Repeat an evaluation once.

    Parameters
    ----------
    place : Place
        Where.
    package : Package
        What is evaluated.
    draw, replicate : int
        Draw 0 is central.

    Returns
    -------
    float
        Effect on the pupils compared, pupil SD (a year where the row is a year's).
    """
    draws = sampler()
    levers = draws.levers(draw, library.load("baseline").dated(place.year))
    parameters, chance = draws.parameters(draw), Chance(draws.seed, draw, replicate)
    whole = [
        System(place, arm, parameters, chance, years=package.years, switches=_SAME_PUPILS)
        for arm in arms(levers, package)
    ]
    chosen = [run_arm(system, package, treated=bool(at)) for at, system in enumerate(whole)]
    who = package.who(whole[1]) if chosen[1] is None else chosen[1]
    total = weight = 0.0
    for phase in (Phase.PRIMARY, Phase.SECONDARY):
        if package.phase in (None, phase):
            (before, n), (after, _) = (last_scores(s, who, phase, package.group) for s in whole)
            if n and np.isfinite(after - before):
                total, weight = total + n * (after - before), weight + n
    for system in whole:
        system.release()
    return (total / weight if weight else float("nan")) / (package.years if package.yearly else 1)


def evaluate(
    place: Place, packages: Sequence[Package], draws: int, replicates: int, workers: int
) -> pd.DataFrame:
    """Repeat evaluations over draws.

    Parameters
    ----------
    place : Place
        Where.
    packages : sequence of Package
        What is evaluated.
    draws, replicates, workers : int
        How much; draw 0 (central) is run beside the sampled ones.

    Returns
    -------
    pandas.DataFrame
        A row a package: central effect, mean and 80 per cent of draws, the row's figures, share of
        draws with nothing or harm, whether the mean lies inside the row's range, whether the two ranges meet.
    """
    cells = [(draw, r + 1) for draw in range(draws + 1) for r in range(replicates)]
    calls = [(place, package, *cell) for package in packages for cell in cells]
    found = in_processes(effect, calls, workers)
    table = pd.DataFrame(
        [(p.name, draw, value) for (_, p, draw, _), value in zip(calls, found, strict=True)],
        columns=["package", "draw", "effect"],
    )
    rows, known = [], evidence.rows()
    for package in packages:
        mine = table[table["package"] == package.name].groupby("draw")["effect"].mean()
        drawn = mine[mine.index > 0].dropna()
        row = known[package.row]
        low, high = np.percentile(drawn, [_LOW, _HIGH]) if len(drawn) else (np.nan, np.nan)
        error = drawn.std(ddof=1) / np.sqrt(len(drawn)) if len(drawn) > 1 else np.nan
        rows.append(
            {
                "package": package.name, "central draw": mine.get(0, np.nan), "mean of draws": drawn.mean(),
                "+-": error, "10%": low, "90%": high, "row": row.id, "published": row.central,
                "row low": row.low, "row high": row.high,
                "inside": bool(row.low <= drawn.mean() <= row.high) if len(drawn) else False,
                "nothing or harm": float((drawn <= 0.0).mean()) if len(drawn) else np.nan,
                "ranges meet": bool(low <= row.high and row.low <= high), "draws": len(drawn),
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("place", nargs="?", default="benchmark", help="place (default %(default)s)")
    parser.add_argument("--only", nargs="*", default=[], help="packages whose name holds one of these words")
    parser.add_argument("--draws", type=int, default=24, help="sampled draws (default 24)")
    parser.add_argument("--replicates", type=int, default=1, help="replicates of each draw (default 1)")
    parser.add_argument("--workers", type=int, default=2, help="processes (default 2)")
    parser.add_argument(
        "--out", type=Path, nargs="?", const=RESULTS, help="folder for CSV (results/ if none named)"
    )
    asked = parser.parse_args()
    packages = [p for p in PACKAGES if not asked.only or any(word in p.name for word in asked.only)]
    table = evaluate(resolve(asked.place), packages, asked.draws, asked.replicates, asked.workers)
    show(table, "Packages, as evaluated (pupil SD)")
    keep(table, "packages", asked.out)


if __name__ == "__main__":
    main()
