"""What each mechanism is worth: a funding scenario against the minimum, with one switched off at a time.

Run ``python -m calibration.ablation``. Each row is the paired difference that the scenario makes when the
mechanism is off; the first row is with all on.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

from calibration.plans import RESULTS, keep, show
from calibration.worlds import World, mean_and_error, means, run_worlds
from model.mechanisms import NAMES
from scenarios.places.resolve import resolve

MEASURES = (
    ("ks2_rwm_expected", "gap"),
    ("ks4_attainment8", "gap"),
    ("absence", "all"),
    ("spend", "all"),
    ("specialist_time", "all"),
    ("cases_completed", "all"),
)


def ablation(
    place_name: str, scenario: str, against: str, *, draws: int, replicates: int, years: int, workers: int
) -> pd.DataFrame:
    """Measure the difference a scenario makes with each mechanism off.

    Parameters
    ----------
    place_name : str
        Where.
    scenario, against : str
        Names of the library.
    draws, replicates, years, workers : int
        How much; ``draws`` 0 for central values.

    Returns
    -------
    pandas.DataFrame
        A row a mechanism; mean difference of years 3 on, and its Monte Carlo error.
    """
    place = resolve(place_name)
    worlds = {"(all on)": World(), **{name: World(off=(name,)) for name in NAMES}}
    runs = run_worlds(
        place, (against, scenario), worlds, draws=draws, replicates=replicates, years=years, workers=workers
    )
    table = means(runs, MEASURES, place.year + 3, place.year + years)
    rows = []
    for label in worlds:
        row: dict[str, object] = {"off": label}
        for measure, group in MEASURES:
            here = table.loc[label]
            difference = here[(measure, group, scenario)] - here[(measure, group, against)]
            row[f"{measure} {group}"], row[f"+- {measure}"] = mean_and_error(difference)
        rows.append(row)
    return pd.DataFrame(rows)


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("place", nargs="?", default="benchmark", help="place (default %(default)s)")
    parser.add_argument("--scenario", default="five_year_funding", help="scenario (default %(default)s)")
    parser.add_argument("--against", default="do_minimum", help="compared with (default %(default)s)")
    parser.add_argument("--draws", type=int, default=0, help="sampled draws; 0 for central values (default)")
    parser.add_argument("--replicates", type=int, default=12, help="replicates of each draw (default 12)")
    parser.add_argument("--years", type=int, default=10, help="projected years (default 10)")
    parser.add_argument("--workers", type=int, default=2, help="processes (default 2)")
    parser.add_argument(
        "--out", type=Path, nargs="?", const=RESULTS, help="folder for CSV (results/ if none named)"
    )
    asked = parser.parse_args()
    found = ablation(
        asked.place, asked.scenario, asked.against, draws=asked.draws, replicates=asked.replicates,
        years=asked.years, workers=asked.workers,
    )  # fmt: skip
    keep(found, "ablation", asked.out)
    show(found, f"{asked.place}: {asked.scenario} less {asked.against}")


if __name__ == "__main__":
    main()
