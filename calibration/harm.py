"""How often support does nothing or harm: the share of draws in which a scenario leaves the gap no smaller.

Run ``python -m calibration.harm``. A draw is one reading of the evidence; its replicates are averaged; what
chance alone would give is taken into account by their Monte Carlo error.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.plans import RESULTS, keep, show
from calibration.worlds import World, means, run_worlds
from scenarios.places.resolve import resolve

MEASURES = (("ks2_rwm_expected", "gap"), ("ks4_attainment8", "gap"), ("practice", "all"))


def shares(table: pd.DataFrame, scenario: str, against: str) -> pd.DataFrame:
    """Share of draws with no gain.

    Parameters
    ----------
    table : pandas.DataFrame
        From ``calibration.worlds.means``.
    scenario, against : str
        Difference = scenario less against.

    Returns
    -------
    pandas.DataFrame
        A row a measure: mean and spread of the draws' means, share of draws with zero or a worse outcome,
        Monte Carlo error of that share and of one draw's mean.
    """
    rows = []
    for measure, group in MEASURES:
        difference = table[(measure, group, scenario)] - table[(measure, group, against)]
        by_draw = difference.groupby(level="draw")
        mean = by_draw.mean()
        worse = mean >= 0.0 if group == "gap" else mean <= 0.0
        share = float(worse.mean())
        rows.append(
            {
                "measure": measure,
                "group": group,
                "mean": float(mean.mean()),
                "SD of draws": float(mean.std(ddof=1)),
                "zero or worse": share,
                "+- share": float(np.sqrt(share * (1.0 - share) / len(mean))),
                "+- of a draw": float((by_draw.std(ddof=1) / np.sqrt(by_draw.size())).mean()),
                "draws": len(mean),
            }
        )
    return pd.DataFrame(rows)


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("place", nargs="?", default="benchmark", help="place (default %(default)s)")
    parser.add_argument("--scenario", default="five_year_funding", help="scenario (default %(default)s)")
    parser.add_argument("--against", default="do_minimum", help="compared with (default %(default)s)")
    parser.add_argument("--draws", type=int, default=100, help="sampled draws (default 100)")
    parser.add_argument("--replicates", type=int, default=2, help="replicates of each draw (default 2)")
    parser.add_argument("--years", type=int, default=10, help="projected years (default 10)")
    parser.add_argument("--workers", type=int, default=2, help="processes (default 2)")
    parser.add_argument(
        "--out", type=Path, nargs="?", const=RESULTS, help="folder for CSV (results/ if none named)"
    )
    asked = parser.parse_args()
    place = resolve(asked.place)
    runs = run_worlds(
        place, (asked.against, asked.scenario), {"as it is": World()}, draws=asked.draws,
        replicates=asked.replicates, years=asked.years, workers=asked.workers,
    )  # fmt: skip
    table = means(runs, MEASURES, place.year + 5, place.year + asked.years)
    found = shares(table, asked.scenario, asked.against)
    keep(found, "harm", asked.out)
    show(found, f"{place.name}: {asked.scenario} less {asked.against}, years 5 to {asked.years}")


if __name__ == "__main__":
    main()
