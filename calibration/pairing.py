"""What pairing saves: variance of the difference a small programme makes, unpaired over paired.

Run ``python -m calibration.pairing``. The programme adds 0.1 pupil SD to three in ten disadvantaged pupils
of Year 6, every year. Both scenarios of a pair share their draw and their chance.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.plans import RESULTS, keep, plan_of, show
from experiments.compare import compare
from experiments.draws import Scenario
from experiments.run import execute
from experiments.tables import trajectories
from model.levers import Levers, Programme
from model.place import Place
from scenarios import library
from scenarios.places import resolve

GOAL = 10.0
MEASURES = (
    ("ks2_rwm_expected", "gap"),
    ("ks2_rwm_expected", "disadvantaged"),
    ("ks2_gap_index", "gap"),
    ("ks4_attainment8", "gap"),
)


@dataclass(frozen=True)
class SmallProgramme:
    """A scenario whose only lever is the same small programme in every draw."""

    first_year: int
    last_year: int
    name: str = "small_programme"
    parameter_changes: dict[str, float] = field(default_factory=dict)

    def levers(self, quantile: Callable[[str], float]) -> Levers:
        """Give the programme, beside what stands in the place; nothing of the programme is uncertain.

        Parameters
        ----------
        quantile : Callable
            Reads an evidence row, for what stands.

        Returns
        -------
        Levers
            The baseline's, and the programme.
        """
        programme = Programme(
            name=self.name,
            first_year=self.first_year,
            last_year=self.last_year,
            year_groups=(6,),
            eligible="disadvantaged",
            reach=0.3,
            literacy_sd=0.1,
            maths_sd=0.1,
            cost_per_pupil=0.0,
            announced=self.first_year,
        )
        stands = library.load(library.BASELINE).dated(self.first_year - 1).levers(quantile)
        return replace(stands, programmes=(programme,))


def paired(
    place: Place, *, draws: int, replicates: int, years: int, workers: int, off: Sequence[str] = ()
) -> pd.DataFrame:
    """Compare the programme with the baseline.

    Parameters
    ----------
    place : Place
        Where.
    draws : int
        Sampled draws; 0 for central values alone.
    replicates : int
        Replicates of each draw.
    years : int
        Projected years.
    workers : int
        Processes.
    off : sequence of str
        Mechanisms switched off.

    Returns
    -------
    pandas.DataFrame
        Year, measure, group, baseline, difference, its standard error, variance ratio (unpaired over paired),
        the ends of its 95 per cent interval, pairs.
    """
    cells = [
        (draw, replicate)
        for draw in (range(1, draws + 1) if draws else (0,))
        for replicate in range(1, replicates + 1)
    ]
    scenarios: dict[str, Scenario] = {
        library.BASELINE: library.load(library.BASELINE).dated(place.year),
        "small_programme": SmallProgramme(place.year + 1, place.year + years),
    }
    plan = plan_of([place], [cells], years=years, scenarios=scenarios, switches=dict.fromkeys(off, False))
    finished = execute(plan, engine="joblib", workers=workers, fail_fast=True)
    table = compare(trajectories(finished))
    asked = pd.MultiIndex.from_frame(table[["measure", "group"]]).isin(MEASURES)
    table = table[asked & (table["year"] > place.year)].copy()
    # Each of the two variances has a relative error of sqrt(2 / (n - 1)); the interval is that of their
    # ratio's log.
    width = 1.96 * np.sqrt(4.0 / (table["pairs"] - 1))
    table["ratio_low"] = table["variance_ratio"] * np.exp(-width)
    table["ratio_high"] = table["variance_ratio"] * np.exp(width)
    columns = ["measure", "group", "year", "baseline", "difference", "mc_error", "variance_ratio"]
    return table[[*columns, "ratio_low", "ratio_high", "pairs"]].reset_index(drop=True)


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("place", nargs="?", default="ealing", help="place (default %(default)s)")
    parser.add_argument("--draws", type=int, default=0, help="sampled draws; 0 for central values (default)")
    parser.add_argument("--replicates", type=int, default=60, help="replicates of each draw (default 60)")
    parser.add_argument("--years", type=int, default=10, help="projected years (default 10)")
    parser.add_argument("--workers", type=int, default=2, help="processes (default 2)")
    parser.add_argument(
        "--out", type=Path, nargs="?", const=RESULTS, help="folder for CSV (results/ if none named)"
    )
    asked = parser.parse_args()
    place = resolve(asked.place)
    table = paired(
        place, draws=asked.draws, replicates=asked.replicates, years=asked.years, workers=asked.workers
    )
    keep(table, "pairing", asked.out)
    show(table, f"{place.name}: variance of a difference, unpaired over paired (goal {GOAL:g} or more)")


if __name__ == "__main__":
    main()
