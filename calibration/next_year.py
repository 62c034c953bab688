"""Year 1 of built places, school by school, against next year's published results, which no build has seen.

Run ``python -m calibration.next_year --data DIR``. Each place is built with year 0 as its last year, run for
one year under sampled draws, and the mean of the draws is the forecast. Standards move between years and no
school can know it, so forecast and persistence are compared as distances from the LA's mean of the year
(schools weighted by their pupils). Published year on year, schools' KS2 results correlate by about 0.6.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.built_places import TEN
from calibration.plans import RESULTS, SEED, in_processes, keep, sampler, show
from model.levers import Levers
from model.place import Floats, Place
from model.randomness import Chance
from model.system import simulate
from scenarios.places.build.assemble import BuiltPlace, build_place

STARTS = {"ks2_rwm_expected": (2016, 2017), "ks4_attainment8": (2016, 2017, 2018)}
"""Place years whose next year is published, by measure."""

DRAWS = 48
BAND = (0.1, 0.9)


def _weighted(values: pd.Series, weights: pd.Series) -> float:
    return float((values * weights).sum() / weights.sum())


def runs(place: Place, draws: int) -> dict[str, Floats]:
    """Run one year under sampled draws.

    Parameters
    ----------
    place : Place
        Built from files.
    draws : int
        How many.

    Returns
    -------
    dict of (draws, n_schools) float64
        Results of each school in year 1 by measure, per cent or points; NaN where it tests nobody.
    """
    n = len(place.schools)
    found: dict[str, list[Floats]] = {measure: [] for measure in STARTS}
    for draw in range(1, draws + 1):
        chance = Chance(SEED, draw, 0)
        record = simulate(place, Levers(), sampler().parameters(draw), years=1, chance=chance, detail=True)
        assert record.schools is not None
        for measure, values in found.items():
            values.append(_unit(measure) * np.asarray(getattr(record.schools, measure))[n:])
    return {measure: np.array(values) for measure, values in found.items()}


def _unit(measure: str) -> float:
    """Shares become per cent."""
    return 100.0 if measure.startswith("ks2") else 1.0


def compare(built: BuiltPlace, after: BuiltPlace, measure: str, simulated: Floats) -> pd.DataFrame:
    """Put forecast, last result and next result of each school side by side.

    Parameters
    ----------
    built, after : BuiltPlace
        The place of year 0; the same LA built a year later, for its published results only.
    measure : str
        ``ks2_rwm_expected`` or ``ks4_attainment8``.
    simulated : (draws, n_schools) float64
        From ``runs``.

    Returns
    -------
    pandas.DataFrame
        A row a mainstream school with both results: place, start, urn, last, actual, forecast (per cent or
        points), pupils, inside (whether the 80 per cent band of the draws holds the result).
    """
    place, year, unit = built.place, built.place.year, _unit(measure)
    of_school = pd.DataFrame(
        {
            "urn": place.schools.urn,
            "phase": place.schools.phase,
            "forecast": simulated.mean(axis=0),
            "low": np.quantile(simulated, BAND[0], axis=0),
            "high": np.quantile(simulated, BAND[1], axis=0),
        }
    )
    results = after.table.results
    results = results[(results["measure"] == measure) & (results["group"] == "all") & (results["flag"] == 0)]
    now, then = (results[results["year"] == when].set_index("urn") for when in (year + 1, year))
    before = then[["value", "published_urn"]].add_suffix("_last")
    both = now.join(before, how="inner")
    both = both.merge(of_school, left_on="published_urn_last", right_on="urn")
    both = both[both["phase"].isin((0, 1, 2))].dropna(subset=["value", "value_last", "forecast"])
    found = pd.DataFrame(
        {
            "place": place.slug,
            "start": year,
            "urn": both["urn"],
            "last": both["value_last"] * unit,
            "actual": both["value"] * unit,
            "forecast": both["forecast"],
            "low": both["low"],
            "high": both["high"],
            "pupils": both["pupils"],
        }
    )
    moved = _weighted(
        found["actual"] - found["forecast"], found["pupils"]
    )  # standards, and the LA's own change
    found["inside"] = (found["actual"] - moved).between(found["low"], found["high"])
    for column in ("last", "actual", "forecast"):
        found[column] -= _weighted(found[column], found["pupils"])
    return found


def scores(found: pd.DataFrame) -> dict[str, float]:
    """Score a forecast against persistence.

    Parameters
    ----------
    found : pandas.DataFrame
        From ``compare``.

    Returns
    -------
    dict
        Schools; correlation with the next result, slope of the next result on the forecast and RMSE (per cent
        or points), for the forecast and for persistence; share of results in the 80 per cent band.
    """
    values = {"schools": float(len(found))}
    for name, column in (("model", "forecast"), ("persistence", "last")):
        values[f"r {name}"] = float(np.corrcoef(found[column], found["actual"])[0, 1])
        values[f"slope {name}"] = float(np.polyfit(found[column], found["actual"], 1)[0])
        values[f"RMSE {name}"] = float(np.sqrt(np.mean((found["actual"] - found[column]) ** 2)))
    values["in 80% band"] = float(found["inside"].mean())
    return values


def one_la(data: str, la: int, draws: int) -> dict[str, pd.DataFrame]:
    """Forecast every start year of an LA.

    Parameters
    ----------
    data : str
        Folder of the Department's files.
    la : int
        DfE code.
    draws : int
        Draws behind each forecast.

    Returns
    -------
    dict of pandas.DataFrame
        Rows of ``compare`` by measure.
    """
    starts = sorted({start for years in STARTS.values() for start in years})
    built = {year: build_place(data, [la], year) for year in (*starts, starts[-1] + 1)}
    simulated = {year: runs(built[year].place, draws) for year in starts}
    return {
        measure: pd.concat(
            [compare(built[year], built[year + 1], measure, simulated[year][measure]) for year in years],
            ignore_index=True,
        )
        for measure, years in STARTS.items()
    }


def table(found: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Score groups of schools.

    Parameters
    ----------
    found : pandas.DataFrame
        From ``one_la``, of several LAs.
    by : sequence of str
        Columns to group by.

    Returns
    -------
    pandas.DataFrame
        A row a group.
    """
    rows = [
        {**dict(zip(by, key, strict=True)), **scores(part)}
        for key, part in found.groupby(list(by), sort=True)
    ]
    return pd.DataFrame(rows)


def main() -> None:
    """Print scores by LA, and of all schools together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--la", type=int, nargs="*", default=list(TEN))
    parser.add_argument("--draws", type=int, default=DRAWS)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, default=RESULTS)
    given = parser.parse_args()
    parts = in_processes(one_la, [(given.data, la, given.draws) for la in given.la], given.workers)
    for measure in STARTS:
        found = pd.concat([part[measure] for part in parts], ignore_index=True)
        show(table(found, ["place"]), f"{measure}: year 1 by LA")
        show(table(found, ["start"]), f"{measure}: year 1 by start, all LAs")
        show(table(found.assign(all="all"), ["all"]), f"{measure}: year 1, all schools")
        keep(found, f"next_year_{measure}", given.out)


if __name__ == "__main__":
    main()
