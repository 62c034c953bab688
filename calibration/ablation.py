"""What each mechanism is worth: differences that scenarios make, with one mechanism switched off at a time.

Run ``python -m calibration.ablation``. The first row of each table is with all on. Two tables are paired
differences between scenarios in the same world; the third is what the baseline itself is like with a
mechanism off, less with all on. Switches of the pupils' side change the children themselves (who is where,
how they learn): there the third table holds chance as well as the mechanism.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from calibration.plans import RESULTS, keep, show
from calibration.worlds import World, mean_and_error, means, run_worlds
from model.mechanisms import NAMES
from scenarios.library import BASELINE
from scenarios.places.resolve import resolve

ALL_ON = "(all on)"
MEASURES = (
    ("ks2_rwm_expected", "gap"),
    ("ks4_attainment8", "gap"),
    ("absence", "all"),
    ("spend", "all"),
)
"""Gap at 11 (percentage points), at 16 (Attainment 8 points), absence (per cent of half-days), GBP a year."""
PAIRS = (("five_year_funding", "do_minimum"), (BASELINE, "do_minimum"))
ITSELF = f"{BASELINE}, off less on"
FIRST_YEAR = 3
"""Differences are means of this projected year and those after it."""


def worlds() -> dict[str, World]:
    """Give the world with all mechanisms on, and one with each of them off.

    Returns
    -------
    dict of str to World
        By the name of what is off.
    """
    return {ALL_ON: World(), **{name: World(off=(name,)) for name in NAMES}}


def contrasts(table: pd.DataFrame, pairs: Sequence[tuple[str, str]] = PAIRS) -> pd.DataFrame:
    """Set scenarios against each other in every world, and the baseline against itself with all on.

    Parameters
    ----------
    table : pandas.DataFrame
        From ``calibration.worlds.means``: a row a world, draw and replicate.
    pairs : sequence of (str, str)
        Scenario, and what it is held against.

    Returns
    -------
    pandas.DataFrame
        A row a contrast and mechanism: means in the measures' units, and Monte Carlo errors.
    """
    rows = []
    for scenario, against in pairs:
        for label in table.index.unique("world"):
            here = table.loc[label]
            differences = {of: here[(*of, scenario)] - here[(*of, against)] for of in MEASURES}
            rows.append(_row(f"{scenario} less {against}", label, differences))
    on = table.loc[ALL_ON]
    for label in table.index.unique("world").drop(ALL_ON):
        off = table.loc[label]
        differences = {of: off[(*of, BASELINE)] - on[(*of, BASELINE)] for of in MEASURES}
        rows.append(_row(ITSELF, label, differences))
    return pd.DataFrame(rows)


def _row(contrast: str, label: str, differences: Mapping[tuple[str, str], pd.Series]) -> dict[str, object]:
    row: dict[str, object] = {"contrast": contrast, "off": label}
    for (measure, group), difference in differences.items():
        row[f"{measure} {group}"], row[f"+- {measure}"] = mean_and_error(difference)
    return row


def ablation(place_name: str, *, draws: int, replicates: int, years: int, workers: int) -> pd.DataFrame:
    """Measure the differences that scenarios make with each mechanism off.

    Parameters
    ----------
    place_name : str
        Where.
    draws, replicates, years, workers : int
        How much; ``draws`` 0 for central values.

    Returns
    -------
    pandas.DataFrame
        As from ``contrasts``, means of projected years 3 on; mechanisms in the order of the registry.
    """
    place = resolve(place_name)
    scenarios = tuple(dict.fromkeys(name for pair in PAIRS for name in pair))
    every = worlds()
    runs = run_worlds(
        place, scenarios, every, draws=draws, replicates=replicates, years=years, workers=workers
    )
    table = means(runs, MEASURES, place.year + FIRST_YEAR, place.year + years)
    return contrasts(table.reindex(list(every), level="world"))


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("place", nargs="?", default="benchmark", help="place (default %(default)s)")
    parser.add_argument("--draws", type=int, default=0, help="sampled draws; 0 for central values (default)")
    parser.add_argument("--replicates", type=int, default=12, help="replicates of each draw (default 12)")
    parser.add_argument("--years", type=int, default=10, help="projected years (default 10)")
    parser.add_argument("--workers", type=int, default=2, help="processes (default 2)")
    parser.add_argument(
        "--out", type=Path, nargs="?", const=RESULTS, help="folder for CSV (results/ if none named)"
    )
    asked = parser.parse_args()
    found = ablation(
        asked.place, draws=asked.draws, replicates=asked.replicates, years=asked.years, workers=asked.workers
    )
    keep(found, "ablation", asked.out)
    for contrast, rows in found.groupby("contrast", sort=False):
        show(rows.drop(columns="contrast"), f"{asked.place}: {contrast}")


if __name__ == "__main__":
    main()
