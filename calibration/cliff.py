"""What a cut and a late renewal cost, and how long it lasts, with and without reserves.

Run ``python -m calibration.cliff``. A third off the last of three years, against the contract as signed; a
renewal decided a term late, against the same contract renewed in time. Depth is the largest loss of a year;
recovery is the first year after it in which less than a tenth of that loss is left, or none that could be
told from nothing (two Monte Carlo errors).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.plans import RESULTS, keep, show
from calibration.worlds import KEYS, World, run_worlds
from scenarios.places.resolve import resolve

PAIRS = (("contract_cut", "contract_as_signed"), ("late_renewal", "baseline"))
MEASURES = (
    ("specialist_time", "all"),
    ("cases_completed", "all"),
    ("practice_embedded", "all"),
    ("practice", "all"),
    ("ks2_rwm_expected", "gap"),
    ("ks4_attainment8", "gap"),
)
WORLDS = {"with reserves": World(), "without reserves": World(off=("reserves",))}
RECOVERED = 0.1
"""Share of the depth below which a loss counts as made good."""

CLEAR = 2.0
"""Monte Carlo errors within which a loss cannot be told from none."""


def by_year(table: pd.DataFrame, shocked: str, plain: str) -> pd.DataFrame:
    """Paired differences, year by year.

    Parameters
    ----------
    table : pandas.DataFrame
        From ``calibration.worlds.run_worlds``.
    shocked, plain : str
        Scenarios: difference = shocked less plain.

    Returns
    -------
    pandas.DataFrame
        World, measure, group, year, mean difference and its Monte Carlo error.
    """
    keys = ["world", "measure", "group", "year", *KEYS]
    sides = [
        table[table["scenario"] == name].set_index(keys)["value"].astype(float) for name in (shocked, plain)
    ]
    difference = (sides[0] - sides[1]).rename("difference").reset_index()
    grouped = difference.groupby(["world", "measure", "group", "year"], observed=True)["difference"]
    return grouped.agg(
        difference="mean", error=lambda x: x.std(ddof=1) / np.sqrt(max(len(x), 1))
    ).reset_index()


def depth_and_recovery(
    years: pd.Series, differences: pd.Series, errors: pd.Series, direction: float
) -> tuple[float, float]:
    """How deep a loss goes and how long it lasts.

    Parameters
    ----------
    years, differences, errors : pandas.Series
        Year, mean difference and its Monte Carlo error, in order.
    direction : float
        1 where a fall is a loss, -1 where a rise is.

    Returns
    -------
    depth : float
        Largest loss of a year, in the measure's unit; 0 where there is none.
    years_to_recover : float
        From the deepest year to the first without; infinite if never, NaN where no loss could be told.
    """
    loss = -direction * differences.to_numpy()
    worst = int(np.nanargmax(loss))
    told = CLEAR * errors.to_numpy()
    if loss[worst] <= told[worst]:
        return float(max(loss[worst], 0.0)), float("nan")
    after = [i for i in range(worst, len(loss)) if loss[i] < max(RECOVERED * loss[worst], told[i])]
    return float(loss[worst]), float(years.iloc[after[0]] - years.iloc[worst]) if after else float("inf")


def summary(differences: pd.DataFrame) -> pd.DataFrame:
    """Depth and recovery of every measure in every world.

    Parameters
    ----------
    differences : pandas.DataFrame
        From ``by_year``.

    Returns
    -------
    pandas.DataFrame
        A row a world and measure.
    """
    rows = []
    for world in differences["world"].unique():
        for measure, group in MEASURES:
            rows_of = differences[
                (differences["world"] == world)
                & (differences["measure"] == measure)
                & (differences["group"] == group)
            ]
            direction = -1.0 if group == "gap" else 1.0
            depth, years = depth_and_recovery(
                rows_of["year"], rows_of["difference"], rows_of["error"], direction
            )
            error = float(rows_of["error"].max())
            rows.append(
                {"world": world, "measure": measure, "group": group, "depth": depth, "error": error,
                 "years to recover": years}
            )  # fmt: skip
    return pd.DataFrame(rows)


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("place", nargs="?", default="benchmark", help="place (default %(default)s)")
    parser.add_argument("--draws", type=int, default=0, help="sampled draws; 0 for central values (default)")
    parser.add_argument("--replicates", type=int, default=40, help="replicates of each draw (default 40)")
    parser.add_argument("--years", type=int, default=10, help="projected years (default 10)")
    parser.add_argument("--workers", type=int, default=2, help="processes (default 2)")
    parser.add_argument(
        "--out", type=Path, nargs="?", const=RESULTS, help="folder for CSV (results/ if none named)"
    )
    asked = parser.parse_args()
    place = resolve(asked.place)
    for shocked, plain in PAIRS:
        table = run_worlds(
            place, (plain, shocked), WORLDS, draws=asked.draws, replicates=asked.replicates,
            years=asked.years, workers=asked.workers,
        )  # fmt: skip
        differences = by_year(table, shocked, plain)
        keep(differences, f"cliff_{shocked}", asked.out)
        show(summary(differences), f"{place.name}: {shocked} less {plain}")


if __name__ == "__main__":
    main()
