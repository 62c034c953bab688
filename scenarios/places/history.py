"""Published history: the figures that charts join on to, up to year 0."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy as np
import pandas as pd

from model.place import Flag, Floats, PublishedValue
from scenarios import evidence
from scenarios.places.cells import imputed_columns

HISTORY = (
    ("ks2_rwm_expected", "all", "ks2_rwm_all"),
    ("ks2_rwm_expected", "disadvantaged", "ks2_rwm_disadvantaged"),
    ("ks2_rwm_expected", "other", "ks2_rwm_other"),
    ("ks2_rwm_higher", "all", "ks2_rwm_higher_all"),
    ("ks4_attainment8", "all", "a8_all"),
    ("ks4_attainment8", "disadvantaged", "a8_disadvantaged"),
    ("ks4_attainment8", "other", "a8_other"),
    ("ks4_em5", "all", "em5_all"),
    ("eyfs_gld", "all", "gld_all"),
    ("eyfs_gld", "disadvantaged", "gld_fsm"),
    ("eyfs_gld", "other", "gld_other"),
    ("absence", "all", "absence_all"),
    ("persistent_absence", "all", "persistent_absence_all"),
    ("severe_absence", "all", "severe_absence_all"),
    ("sen_support_share", "all", "sen_support_all"),
    ("ehcp_share", "all", "ehcp_all"),
    ("suspensions", "all", "suspensions_all"),
    ("permanent_exclusions", "all", "permanent_exclusions_all"),
    ("ehcp_20_weeks", "all", "ehcp_20_weeks"),
)
"""Measure, group and column of the embedded table. At age 5 the groups are by free school meals now."""

GAPS = ("ks2_rwm_expected", "ks4_attainment8", "eyfs_gld")
"""Measures whose gap (other less disadvantaged) is worked out from the two groups."""

TEACHER_ASSESSED = (2020, 2021)
"""Years with teachers' grades at KS4 and no tests at KS2: not results, so left out."""

RESULTS = ("ks4_attainment8", "ks4_em5")
"""Measures that teachers' grades made up in those years."""

GAP_INDICES = ("ks2_gap_index", "ks4_gap_index")
FIRST_GAP_INDEX = 2011
"""First year for which the Department published the index."""


def published_history(indicators: pd.DataFrame, year: int) -> tuple[PublishedValue, ...]:
    """Give the published figures of an LA or of England up to year 0.

    Parameters
    ----------
    indicators : pandas.DataFrame
        From ``table.indicators``.
    year : int
        Year 0; nothing later is read.

    Returns
    -------
    tuple of PublishedValue
        In the units of the measures registry, by measure, then group, then year. A gap of which one part is
        imputed is imputed.
    """
    rows = indicators[indicators.index <= year]
    imputed = {int(at): imputed_columns(rows, int(at)) for at in rows.index}
    values: dict[tuple[str, str, int], PublishedValue] = {}
    for measure, group, column in HISTORY:
        for at, value in rows[column].dropna().items():
            when = int(str(at))
            if measure in RESULTS and when in TEACHER_ASSESSED:
                continue
            flag = Flag.IMPUTED if column in imputed[when] else Flag.PUBLISHED
            values[measure, group, when] = PublishedValue(when, measure, group, float(value), flag)
    return (*values.values(), *_gaps(values))


def _gaps(values: dict[tuple[str, str, int], PublishedValue]) -> list[PublishedValue]:
    found = []
    for (measure, group, year), other in values.items():
        if measure not in GAPS or group != "other":
            continue
        disadvantaged = values.get((measure, "disadvantaged", year))
        if disadvantaged is not None:
            flag = max(other.flag, disadvantaged.flag)
            gap = round(other.value - disadvantaged.value, 6)
            found.append(PublishedValue(year, measure, "gap", gap, Flag(flag)))
    return found


@cache
def _targets() -> pd.DataFrame:
    with (evidence.FOLDER / "targets.csv").open(encoding="utf-8", newline="") as file:
        return pd.read_csv(file, usecols=["id", "value"]).set_index("id")


def gap_index(measure: str, years: Iterable[int]) -> Floats:
    """Give England's published disadvantage gap index.

    Parameters
    ----------
    measure : str
        ``ks2_gap_index`` or ``ks4_gap_index``.
    years : iterable of int
        The years academic years end.

    Returns
    -------
    (n_years,) float64
        Index values (evidence targets of the same name and year), NaN where there is none.
    """
    names = [f"{measure}_{year}" for year in years]
    return _targets()["value"].reindex(names).to_numpy(dtype=np.float64)


def gap_indices(year: int) -> tuple[PublishedValue, ...]:
    """Give England's published disadvantage gap indices up to year 0, as rows of history.

    Parameters
    ----------
    year : int
        Year 0; nothing later is read.

    Returns
    -------
    tuple of PublishedValue
        Index values, by measure and year; teacher-assessed years left out.
    """
    years = [when for when in range(FIRST_GAP_INDEX, year + 1) if when not in TEACHER_ASSESSED]
    return tuple(
        PublishedValue(when, measure, "gap", float(value), Flag.PUBLISHED)
        for measure in GAP_INDICES
        for when, value in zip(years, gap_index(measure, years), strict=True)
        if not np.isnan(value)
    )
