"""Schools a partnership supported, at their next inspection: against the same schools without it, same luck.

Run ``python -m calibration.supported_in_system``. The whole model runs twice a replicate, as things stand
and with only what the law asks; schools enter with the judgement they have at year 0, before the two part.
Whom the broker supports, and when, is the model's own doing. Beside it stands the comparison that reports
make: of supported schools alone, and of supported with others.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from calibration.package_worlds import local
from calibration.plans import SEED, sampler
from model.inspection_record import GOOD, Grade
from model.institution_record import PARTNERSHIP
from model.place import Bools, Floats, Place
from model.randomness import Chance
from model.system import System
from scenarios import library
from scenarios.places.resolve import resolve

WITH, WITHOUT = "baseline", "do_minimum"
YEARS = 8
INTENSIVE_WEEKS = 26.0
"""Teaching weeks of support before the next inspection from which it counts as intensive: two terms."""

_TERM_WEEKS = 13.0
_ENTRY = -1  # the summer of year 0


class Arm(NamedTuple):
    """What one run says of each school.

    Attributes
    ----------
    grade : (n_schools,) int8
        At entry.
    at_risk : (n_schools,) bool
        At entry: the last visit was short and found that the school might not hold its grade.
    good : (n_schools,) float64
        1 where the next inspection leaves it good or better, 0 where not, NaN where none came.
    weeks : (n_schools,) float64
        Teaching weeks of support that ended before that inspection.
    """

    grade: np.ndarray
    at_risk: Bools
    good: Floats
    weeks: Floats


def arm(place: Place, name: str, replicate: int) -> Arm:
    """Run one scenario once.

    Parameters
    ----------
    place : Place
        Where.
    name : str
        Scenario of the library.
    replicate : int
        Which chance.

    Returns
    -------
    Arm
        Of each school.
    """
    levers = sampler().levers(0, library.load(name).dated(place.year))
    chance = Chance(SEED, 0, replicate)
    system = System(place, levers, sampler().parameters(0), chance, years=YEARS, detail=True)
    record = system.run()
    visits = local(system).inspection.record.visits
    n = len(place.schools)
    grade, at_risk = np.zeros(n, dtype=np.int8), np.zeros(n, dtype=np.bool_)
    good, date = np.full(n, np.nan), np.full(n, np.inf)
    for v in visits:
        if v.term <= _ENTRY:
            grade[v.school], at_risk[v.school] = v.after, v.at_risk
            continue
        first = np.isnan(good[v.school])
        good[v.school[first]], date[v.school[first]] = v.after[first] <= GOOD, v.date[first]
    assert record.institutions is not None
    cases = record.institutions.cases
    in_time = cases.ended <= _TERM_WEEKS * (date[cases.school] + 1.0)
    counted = in_time & (cases.ended > 0.0) & (np.array(cases.broker) == PARTNERSHIP)
    weeks = np.bincount(cases.school[counted], cases.weeks_delivered[counted], minlength=n)
    system.release()
    return Arm(grade, at_risk, good, np.asarray(weeks))


def _populations(entry: Arm) -> Iterator[tuple[str, Bools]]:
    yield "below good", entry.grade >= Grade.REQUIRES_IMPROVEMENT
    yield "at risk after a short visit", entry.at_risk & (entry.grade == Grade.GOOD)
    yield "all", entry.grade > 0


def outcomes(place: Place, replicates: int) -> pd.DataFrame:
    """Run both arms and put schools side by side.

    Parameters
    ----------
    place : Place
        Where.
    replicates : int
        Runs of each arm.

    Returns
    -------
    pandas.DataFrame
        A row a school, replicate and population: support (``intensive``, ``some``, ``none``), good_with and
        good_without (1 or 0).
    """
    found = []
    for replicate in range(1, replicates + 1):
        supported, alone = (arm(place, name, replicate) for name in (WITH, WITHOUT))
        level = np.where(supported.weeks >= INTENSIVE_WEEKS, "intensive", "some")
        level = np.where(supported.weeks > 0.0, level, "none")
        known = ~np.isnan(supported.good) & ~np.isnan(alone.good)
        for population, of in _populations(supported):
            rows = of & known
            found.append(
                pd.DataFrame(
                    {
                        "population": population,
                        "support": level[rows],
                        "good_with": supported.good[rows],
                        "good_without": alone.good[rows],
                    }
                )
            )
    return pd.concat(found, ignore_index=True)


def summary(table: pd.DataFrame) -> pd.DataFrame:
    """Share good at the next inspection, with and without.

    Parameters
    ----------
    table : pandas.DataFrame
        From ``outcomes``.

    Returns
    -------
    pandas.DataFrame
        population, support, schools, with and without (per cent), difference and its error (points).
    """
    table = table.assign(difference=table["good_with"] - table["good_without"])
    by = table.groupby(["population", "support"], sort=True)
    found = 100.0 * by[["good_with", "good_without", "difference"]].mean()
    found["error"] = 100.0 * by["difference"].std() / np.sqrt(by.size())
    found.insert(0, "schools", by.size())
    return found.reset_index()


def main() -> None:
    """Run, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("place", nargs="?", default="benchmark", help="place (default %(default)s)")
    parser.add_argument("--replicates", type=int, default=40, help="runs of each arm (default 40)")
    asked = parser.parse_args()
    print(summary(outcomes(resolve(asked.place), asked.replicates)).round(1).to_string(index=False))


if __name__ == "__main__":
    main()
