"""How long funding lasts, taken apart: certainty at identical cash, cash lost, and being able to stop.

Run ``python -m calibration.horizon_split``. The same partnership, posts and draws under awards of different
length, at the cost of the first and as offered. Three worlds: awards renewed in time and no provider replaced
(only what staff know of their funding differs); the same with funders who may replace a provider; and the
world as it is, where awards may end.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import pandas as pd

from calibration.plans import RESULTS, keep, show
from calibration.worlds import World, mean_and_error, means, run_worlds
from scenarios.places.resolve import resolve

MEASURES = (
    ("specialist_time", "all"),
    ("posts_filled", "all"),
    ("cases_completed", "all"),
    ("cases_interrupted", "all"),
    ("support_wait_weeks", "all"),
    ("practice_embedded", "all"),
    ("practice", "all"),
    ("absence", "disadvantaged"),
    ("ks2_rwm_expected", "gap"),
    ("ks4_attainment8", "gap"),
    ("spend", "all"),
)
SCENARIOS = (
    "one_year_grants",
    "three_year_funding",
    "five_year_funding",
    "five_year_with_break",
    "ten_year_funding",
)
EQUAL, AS_IT_IS = "as it is, equal cost", "as it is"
ALL_RENEWED, CERTAIN = "all renewed", "all renewed, no reviews"
WORLDS = {
    EQUAL: World(equal_cost=True),
    AS_IT_IS: World(),
    ALL_RENEWED: World(off=("renewal_risk", "bid_cost")),
    CERTAIN: World(off=("renewal_risk", "review_points", "bid_cost")),
}
LOW_END = World(
    parameters={
        "posts.leave_1y": 0.12,
        "posts.leave_3y": 0.12,
        "posts.leave_permanent": 0.12,
        "posts.final_exit": 0.0,
        "posts.fill_one_year": 1.0,
        "posts.weaker_field": 0.0,
        "funding.non_renewal": 0.25,
        "funding.cut_chance": 0.03,
    }
)
"""The evidence's low end: staff leave and come alike whatever their funding, fewer awards end or are cut."""


def levels(table: pd.DataFrame, world: str) -> pd.DataFrame:
    """Means by scenario in a world.

    Parameters
    ----------
    table : pandas.DataFrame
        From ``calibration.worlds.means``.
    world : str
        Which.

    Returns
    -------
    pandas.DataFrame
        A row a measure and group, a column a scenario, and its Monte Carlo error.
    """
    here = table.loc[world]
    rows = []
    for measure, group in MEASURES:
        row: dict[str, object] = {"measure": measure, "group": group}
        for scenario in SCENARIOS:
            row[scenario], row[f"{scenario} +-"] = mean_and_error(here[(measure, group, scenario)])
        rows.append(row)
    return pd.DataFrame(rows)


def split(table: pd.DataFrame, long: str, short: str) -> pd.DataFrame:
    """Take the difference of two scenarios apart; the parts add up.

    Parameters
    ----------
    table : pandas.DataFrame
        From ``calibration.worlds.means``, with all three worlds.
    long, short : str
        Scenarios: difference = long less short.

    Returns
    -------
    pandas.DataFrame
        A row a measure: the difference at equal cost; that at the same awards, and its parts (certainty,
        stopping, cash lost); each with its Monte Carlo error.
    """
    rows = []
    for measure, group in MEASURES:
        gap = {
            world: table.loc[world][(measure, group, long)] - table.loc[world][(measure, group, short)]
            for world in (EQUAL, AS_IT_IS, ALL_RENEWED, CERTAIN)
        }
        parts = {
            "equal cost": gap[EQUAL],
            "as offered": gap[AS_IT_IS],
            "certainty": gap[CERTAIN],
            "stopping": gap[ALL_RENEWED] - gap[CERTAIN],
            "cash lost": gap[AS_IT_IS] - gap[ALL_RENEWED],
        }
        row: dict[str, object] = {"measure": measure, "group": group}
        for name, values in parts.items():
            row[name], row[f"{name} +-"] = mean_and_error(values)
        rows.append(row)
    return pd.DataFrame(rows)


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("place", nargs="?", default="benchmark", help="place (default %(default)s)")
    parser.add_argument("--draws", type=int, default=0, help="sampled draws; 0 for central values (default)")
    parser.add_argument("--replicates", type=int, default=30, help="replicates of each draw (default 30)")
    parser.add_argument("--years", type=int, default=10, help="projected years (default 10)")
    parser.add_argument("--workers", type=int, default=2, help="processes (default 2)")
    parser.add_argument("--low", action="store_true", help="at the low end of the evidence on leaving")
    parser.add_argument(
        "--out", type=Path, nargs="?", const=RESULTS, help="folder for CSV (results/ if none named)"
    )
    asked = parser.parse_args()
    place = resolve(asked.place)
    worlds = WORLDS
    if asked.low:
        worlds = {k: replace(w, parameters=LOW_END.parameters) for k, w in WORLDS.items()}
    table = means(
        run_worlds(
            place, SCENARIOS, worlds, draws=asked.draws, replicates=asked.replicates, years=asked.years,
            workers=asked.workers,
        ),
        MEASURES, place.year + 3, place.year + asked.years,
    )  # fmt: skip
    for world in (EQUAL, AS_IT_IS):
        found = levels(table, world)
        keep(found, f"horizon_levels_{world.replace(', ', '_').replace(' ', '_')}", asked.out)
        show(found, f"{place.name}, {world}: means of years 3 to {asked.years}")
    for short in ("one_year_grants", "three_year_funding"):
        parts = split(table, "five_year_funding", short)
        keep(parts, f"horizon_split_{short}", asked.out)
        show(parts, f"five_year_funding less {short}")
    parts = split(table, "five_year_with_break", "five_year_funding")
    keep(parts, "horizon_split_break", asked.out)
    show(parts, "five_year_with_break less five_year_funding")


if __name__ == "__main__":
    main()
