"""Drift tests: a place where nothing happens stays where it is, once the noise of year 0 has gone.

Run ``python -m calibration.drift``. The mean of years 8 to 10 less the mean of years 1 to 3, rolls held,
parameters at their central values, with mirrored pairs of replicates until the Monte Carlo error of the share
at the expected standard is below 0.1 point. Secondary cohorts use the KS2 results of the years they sat, so
KS4 may move in years 1 to 6; a variant that knows only the results of year 0 must stand still at KS4 too.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.drift_limits import CHECKS, STEADY, Check, verdicts
from calibration.plans import RESULTS, SEED, in_processes, keep, sampler, show
from model.levers import Levers
from model.parameters import Parameters
from model.place import Floats, Phase, Place, Results
from model.randomness import Chance
from model.record import Column, Record
from model.system import simulate
from scenarios.places import resolve

PLACES = ("ealing", "birmingham", "surrey", "synthetic")
YEARS = 10
EARLY, LATE = slice(1, 4), slice(8, 11)
YEARS_BETWEEN = 7
"""From the middle of the early years to the middle of the late ones."""

ENOUGH = 0.1
"""Monte Carlo error wanted for the share at the expected standard, percentage points."""

SMALLEST_ROLL = 77
"""Roll of a primary school with about eleven pupils a year, the fewest for which results are published."""

FIRST_BATCH, LARGEST_BATCH = 16, 100


def year_0_only(place: Place) -> Place:
    """Make the same place known by the results of year 0 alone.

    Parameters
    ----------
    place : Place
        With results of several years.

    Returns
    -------
    Place
        With one year of results, of its own and of England.
    """

    def last(results: Results) -> Results:
        return Results(
            years=results.years[-1:],
            eyfs_gld=results.eyfs_gld[:, -1:],
            ks2_rwm=results.ks2_rwm[:, -1:],
            ks4_attainment8=results.ks4_attainment8[:, -1:],
        )

    england = replace(
        place.national,
        results=last(place.national.results),
        ks2_gap_index=place.national.ks2_gap_index[-1:],
        ks4_gap_index=place.national.ks4_gap_index[-1:],
    )
    return replace(place, results=last(place.results), national=england)


class Mirrored(Chance):
    """The opposite of a replicate's chance: every normal changes sign, every uniform u becomes 1 - u.

    The mean of a replicate and its mirror image wanders far less than that of two replicates.
    """

    def words(self, mechanism: str, block: int, date: int, size: int) -> NDArray[np.uint16]:
        """As ``Chance.words``, counted from the other end.

        Parameters
        ----------
        mechanism : str
            Name of the stream.
        block, date, size : int
            As in ``Chance.words``.

        Returns
        -------
        (size,) uint16
            Uniform words.
        """
        return np.invert(super().words(mechanism, block, date, size))


def spread_of_schools(record: Record, place: Place) -> Floats:
    """Give the SD between primary schools of the share at the expected standard.

    Parameters
    ----------
    record : Record
        A run with school detail.
    place : Place
        Whose schools.

    Returns
    -------
    (n_years + 1,) float64
        Percentage points.
    """
    schools = record.schools
    assert schools is not None
    primary = place.schools.urn[place.schools.phase == Phase.PRIMARY]
    kept = np.isin(schools.urn, primary) & (schools.roll >= SMALLEST_ROLL)
    kept &= ~np.isnan(schools.ks2_rwm_expected)
    rates = 100.0 * schools.ks2_rwm_expected
    return np.array([rates[kept & (schools.year == year)].std() for year in record.years])


def drift_of(series: Floats) -> float:
    """Give the mean of years 8 to 10 less the mean of years 1 to 3.

    Parameters
    ----------
    series : (11,) float64
        Year 0 first.

    Returns
    -------
    float
        In the series' unit.
    """
    return float(series[LATE].mean() - series[EARLY].mean())


def _series(record: Record, place: Place, check: Check) -> Floats:
    if check.measure == "school_sd":
        return spread_of_schools(record, place)
    name = check.measure.removesuffix("_a_year")
    values = record.values[:, record.columns.index(Column(name, check.group))]
    return values / YEARS_BETWEEN if check.measure.endswith("_a_year") else values


def mirrored_pair(place: Place, parameters: Parameters, replicate: int) -> Floats:
    """Run a replicate and its mirror image, and take their mean drift.

    Parameters
    ----------
    place : Place
        Where.
    parameters : Parameters
        Central values.
    replicate : int
        Its number.

    Returns
    -------
    (n_checks,) float64
        In the order of ``CHECKS``.
    """
    found = []
    for kind in (Chance, Mirrored):
        record = simulate(
            place,
            Levers(),
            parameters,
            years=YEARS,
            chance=kind(SEED, 0, replicate),
            switches={"rolls": False},
            detail=True,
        )
        found.append([drift_of(_series(record, place, check)) for check in CHECKS])
    return np.mean(found, axis=0)


def drifts(place: Place, replicates: Sequence[int], workers: int) -> pd.DataFrame:
    """Run mirrored pairs and take each one's drift.

    Parameters
    ----------
    place : Place
        Where.
    replicates : sequence of int
        Their numbers.
    workers : int
        Processes.

    Returns
    -------
    pandas.DataFrame
        A row a pair, a column a check (measure, group).
    """
    parameters = sampler().parameters(0)
    calls = ((place, parameters, number) for number in replicates)
    rows = in_processes(mirrored_pair, calls, workers)
    return pd.DataFrame(rows, columns=pd.MultiIndex.from_tuples([(c.measure, c.group) for c in CHECKS]))


def pairs_missing(table: pd.DataFrame, most: int) -> int:
    """Say how many more pairs bring the error below ``ENOUGH``.

    Parameters
    ----------
    table : pandas.DataFrame
        From ``drifts``.
    most : int
        Pairs at most, those already run among them.

    Returns
    -------
    int
        0 where there are enough.
    """
    spread = max(float(table[cell].std(ddof=1)) for cell in STEADY)
    needed = int(np.ceil((spread / ENOUGH) ** 2)) + 1
    return max(min(needed, most) - len(table), 0)


def measured(place: Place, *, most: int, workers: int) -> pd.DataFrame:
    """Run as many mirrored pairs as are needed, and no more than ``most``.

    Parameters
    ----------
    place : Place
        Where.
    most : int
        Pairs at most.
    workers : int
        Processes.

    Returns
    -------
    pandas.DataFrame
        As ``drifts``.
    """
    table = drifts(place, range(1, min(FIRST_BATCH, most) + 1), workers)
    while more := pairs_missing(table, most):
        first = len(table) + 1
        batch = drifts(place, range(first, first + min(more, LARGEST_BATCH)), workers)
        table = pd.concat([table, batch], ignore_index=True)
    return table


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("places", nargs="*", default=PLACES, help="places (default: %(default)s)")
    parser.add_argument("--most", type=int, default=200, help="mirrored pairs at most (default 200)")
    parser.add_argument("--workers", type=int, default=2, help="processes (default 2)")
    parser.add_argument(
        "--known", choices=("all", "year-0", "both"), default="both", help="published years known"
    )
    parser.add_argument(
        "--out", type=Path, nargs="?", const=RESULTS, help="folder for CSV (results/ if none named)"
    )
    asked = parser.parse_args()
    tables = []
    for name in asked.places:
        for known in ("all", "year-0") if asked.known == "both" else (asked.known,):
            place = resolve(name)
            one = known == "year-0"
            runs = measured(year_0_only(place) if one else place, most=asked.most, workers=asked.workers)
            table = verdicts(runs, one_year_known=one)
            title = "results of year 0 only" if one else "all published results"
            show(table, f"{place.name}, {title}: mean of years 8 to 10 less mean of years 1 to 3")
            tables.append(table.assign(place=place.slug, known=known))
            keep(pd.concat(tables, ignore_index=True), "drift", asked.out)


if __name__ == "__main__":
    main()
