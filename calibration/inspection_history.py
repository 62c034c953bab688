"""What real schools did at their next inspection, by grade at entry, date, phase and sort, beside the model.

Run ``python -m calibration.inspection_history --data DIR``; folder or files hold the inspection history and
the Department's school information. A pair is two successive graded inspections under one URN; the model's
pairs are of inspection alone (``calibration/inspection_alone.py``). Nothing is fitted to this table: only the
national moves of ``inspection_fit.WEIGHED``, which are sums of its rows, had a part in fitting the room.

The histories are of schools open in 2017/18 under the URN of then: a school that became an academy, by order
or by choice, begins anew. The weakest, taken over before anyone came again, are thus missing, and what is
left recovers rather too well. Real schools had whatever help was usual; the model's have none.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import ndtri

from calibration import inspection_by_la
from calibration.inspection_alone import SCHOOLS, live
from model.inspection_record import Grade
from model.place import Category, Floats
from scenarios.places.build.canonical import canonical
from scenarios.places.build.kinds import MAINSTREAM, STATE_FUNDED, categories, kinds
from scenarios.places.files.sources import read_sources

GRADES = {
    "outstanding": Grade.OUTSTANDING,
    "good": Grade.GOOD,
    "satisfactory": Grade.REQUIRES_IMPROVEMENT,  # its name until August 2012
    "requires improvement": Grade.REQUIRES_IMPROVEMENT,
    "inadequate": Grade.INADEQUATE,
}
"""Words of the histories on the one scale of grade."""

ENTRIES: dict[str, tuple[int, ...]] = {
    "inadequate": (Grade.INADEQUATE,),
    "requires improvement": (Grade.REQUIRES_IMPROVEMENT,),
    "below good": (Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE),
    "good": (Grade.GOOD,),
    "outstanding": (Grade.OUTSTANDING,),
}
"""Grades at entry that are told apart."""

ENTERED = (2013, 2016)
"""Entry years of the cohort that is followed: September 2012 to August 2016; nearly all were seen again."""

PERIODS: dict[str, tuple[str, tuple[int, int]]] = {
    "next 2009 to 2012": ("year", (2009, 2012)),
    "next 2013 to 2015": ("year", (2013, 2015)),
    "next 2016 to 2019": ("year", (2016, 2019)),
    "entered 2013 to 2016": ("entered", ENTERED),
}
"""Academic years, by the year they end, of the next inspection or of the one before."""

_COLUMNS = ["urn", "la_code", "phase", "sort", "before", "after", "entered", "year"]
_LAST_YEAR = 2020  # the snapshot is of February
_AUTUMN = 9
_LEVEL = 0.95
_TRUSTS = {"sponsor": "sponsored academy", "converter": "converter academy"}


def academic_year(dates: pd.Series) -> pd.Series:
    """Give the year in which the academic year of each date ends.

    Parameters
    ----------
    dates : pandas.Series of datetime64
        Of inspections.

    Returns
    -------
    pandas.Series of int64
        Of each.
    """
    return dates.dt.year + (dates.dt.month >= _AUTUMN)


def published_pairs(data: Sequence[str]) -> pd.DataFrame:
    """Read successive inspections of state-funded schools.

    Parameters
    ----------
    data : sequence of str
        Files and folders with the inspection history and the school information.

    Returns
    -------
    pandas.DataFrame
        A row an inspection: urn, la_code, phase, sort, before and after (``Grade``, 0 where there is none
        before or after it), entered and year (academic years in which they were judged so, 0 likewise).

    Raises
    ------
    BadInput
        If the files cannot be used.
    """
    sources = read_sources(list(data))
    about = canonical(sources, "information").drop_duplicates("urn").set_index("urn")
    sort = pd.DataFrame(
        {"kind": kinds(about["type"]), "sort": _sorts(about["type"]), "phase": _phases(about)}
    )
    sort = sort[sort["kind"].isin(STATE_FUNDED)]
    seen = canonical(sources, "inspections")
    seen = seen.assign(after=seen["rating"].str.lower().map(GRADES), year=academic_year(seen["date"]))
    seen = seen.dropna(subset=["after"]).merge(sort, left_on="urn", right_index=True)
    seen = seen.sort_values(["urn", "date"], kind="stable")
    before = seen.groupby("urn")[["after", "year"]].shift().fillna(0).astype(np.int64)
    seen = seen.assign(before=before["after"], entered=before["year"], after=seen["after"].astype(np.int64))
    return seen[["urn", "la_code", "phase", "sort", "before", "after", "entered", "year"]].reset_index(
        drop=True
    )


def _sorts(types: pd.Series) -> pd.Series:
    """Sort of school as in 2017/18: maintained, by who founded it, or academy, by how it became one."""
    category = categories(types)
    names = category.map({float(item): item.name.replace("_", " ").lower() for item in Category}).fillna(
        "other"
    )
    lower = types.str.lower()
    for word, name in _TRUSTS.items():
        names = names.where(~(lower.str.contains(word) & lower.str.contains("academy")), name)
    return names


def _phases(about: pd.DataFrame) -> pd.Series:
    mainstream = kinds(about["type"]) == MAINSTREAM
    phase = pd.Series("special and other", index=about.index)
    phase = phase.where(~(mainstream & (about["is_primary"] == 1)), "primary")
    return phase.where(~(mainstream & (about["is_secondary"] == 1)), "secondary")  # all-through schools too


def simulated_pairs(replicates: int) -> pd.DataFrame:
    """Let the model's schools be inspected and nothing else, without any support.

    Parameters
    ----------
    replicates : int
        Lives of ``inspection_alone.SCHOOLS`` schools.

    Returns
    -------
    pandas.DataFrame
        Columns as ``published_pairs`` has them, but for LA and sort, and replicate.
    """
    visits = live({}, replicates).visits
    graded = visits[visits["graded"] & (visits["year"] <= _LAST_YEAR)]
    graded = graded.sort_values(["replicate", "school", "date"], kind="stable")
    entered = graded.groupby(["replicate", "school"])["year"].shift().fillna(0).astype(np.int64)
    return pd.DataFrame(
        {
            "replicate": graded["replicate"],
            "phase": np.where(graded["secondary"], "secondary", "primary"),
            "before": graded["before"].where(entered > 0, 0).astype(np.int64),
            "after": graded["after"].astype(np.int64),
            "entered": entered,
            "year": graded["year"],
        }
    ).reset_index(drop=True)


def interval(good: float, n: float, level: float = _LEVEL) -> tuple[float, float]:
    """Give Wilson's interval of a share, in per cent.

    Parameters
    ----------
    good, n : float
        Of how many.
    level : float
        Confidence.

    Returns
    -------
    tuple of float
        Per cent, low and high; NaN where there are none.
    """
    if not n:
        return float("nan"), float("nan")
    z = float(ndtri(0.5 + level / 2.0))
    middle = (good + z * z / 2.0) / (n + z * z)
    half = z / (n + z * z) * float(np.sqrt(good * (n - good) / n + z * z / 4.0))
    return 100.0 * (middle - half), 100.0 * (middle + half)


def share_row(pairs: pd.DataFrame) -> dict[str, float]:
    """Give the share good or better next, with its interval.

    Parameters
    ----------
    pairs : pandas.DataFrame
        With ``after``.

    Returns
    -------
    dict of str to float
        schools, good, low, high; per cent.
    """
    n, good = len(pairs), int((pairs["after"] <= Grade.GOOD).sum())
    low, high = interval(good, n)
    return {"schools": n, "good": 100.0 * good / n if n else float("nan"), "low": low, "high": high}


def of_entry(
    pairs: pd.DataFrame, entry: str, column: str = "entered", years: tuple[int, int] = ENTERED
) -> pd.DataFrame:
    """Give the pairs that begin with a grade.

    Parameters
    ----------
    pairs : pandas.DataFrame
        As ``published_pairs`` gives them.
    entry : str
        Of ``ENTRIES``.
    column : str
        ``entered`` or ``year``.
    years : tuple of int
        First and last academic year.

    Returns
    -------
    pandas.DataFrame
        Those of them.
    """
    grades = [int(grade) for grade in ENTRIES[entry]]
    return pairs[pairs["before"].isin(grades) & pairs[column].between(*years)]


def by_period(real: pd.DataFrame, simulated: pd.DataFrame) -> pd.DataFrame:
    """Compare by grade at entry, year of the next inspection and phase.

    Parameters
    ----------
    real, simulated : pandas.DataFrame
        Pairs.

    Returns
    -------
    pandas.DataFrame
        A row a grade, period and phase: schools, good, low, high; model, error (Monte Carlo, between lives).
    """
    rows: list[dict[str, object]] = []
    for entry in ENTRIES:
        for period, (column, years) in PERIODS.items():
            both = [of_entry(each, entry, column, years) for each in (real, simulated)]
            for phase in ("all", "primary", "secondary"):
                of_both = [each if phase == "all" else each[each["phase"] == phase] for each in both]
                row: dict[str, object] = {"entry": entry, "period": period, "phase": phase}
                rows.append(row | share_row(of_both[0]) | _mean_of_lives(of_both[1]))
    return pd.DataFrame(rows)


def _mean_of_lives(pairs: pd.DataFrame) -> dict[str, float]:
    lives: Floats = np.array(
        [(life["after"] <= Grade.GOOD).mean() for _, life in pairs.groupby("replicate")], dtype=np.float64
    )
    if not len(lives):
        return {"model": float("nan"), "error": float("nan")}
    error = float(lives.std(ddof=1) / np.sqrt(len(lives))) if len(lives) > 1 else float("nan")
    return {"model": 100.0 * float((pairs["after"] <= Grade.GOOD).mean()), "error": 100.0 * error}


def by_sort(real: pd.DataFrame) -> pd.DataFrame:
    """Give the share good next of the cohort ``ENTERED``, by grade at entry, phase and sort of school.

    Parameters
    ----------
    real : pandas.DataFrame
        Pairs.

    Returns
    -------
    pandas.DataFrame
        A row a grade and a phase or sort: schools, good, low, high.
    """
    rows: list[dict[str, object]] = []
    for entry in ("inadequate", "requires improvement", "below good"):
        cohort = of_entry(real, entry)
        rows.append({"entry": entry, "of": "all", **share_row(cohort)})
        for column in ("phase", "sort"):
            for name, pairs in cohort.groupby(column):
                rows.append({"entry": entry, "of": str(name), **share_row(pairs)})
    first = real[(real["before"] == 0) & (real["sort"] == "sponsored academy") & (real["year"] >= ENTERED[0])]
    rows.append({"entry": "first as a sponsored academy", "of": "all", **share_row(first)})
    return pd.DataFrame(rows)


def main(argv: Sequence[str] | None = None) -> None:
    """Read, simulate and print.

    Parameters
    ----------
    argv : sequence of str, optional
        Arguments of the command line.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", nargs="+", required=True, help="folder or files with the published data")
    parser.add_argument("--replicates", type=int, default=4, help=f"lives of {SCHOOLS} schools (default 4)")
    chosen = parser.parse_args(argv)
    real = published_pairs(chosen.data)
    for table in (by_period(real, simulated_pairs(chosen.replicates)), by_sort(real)):
        print(table.round(1).to_string(index=False))
    for entry in ("requires improvement", "below good"):
        cohort = of_entry(real, entry)
        print(f"\n{entry}, entered September {ENTERED[0] - 1} to August {ENTERED[1]}")
        print(inspection_by_la.described(cohort))


if __name__ == "__main__":
    main()
