"""Figures of year 0 added up from the schools, beside those published for the LA."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from model.place import Flag, Place
from scenarios.places.build.report import Check
from scenarios.places.table import ENGLAND_CODE

if TYPE_CHECKING:
    from scenarios.places.build.school_table import SchoolTable

CHECKED = {
    ("ks2_rwm_expected", "all"): ("ks2_rwm_all", 100.0, 1.0),
    ("ks2_rwm_expected", "disadvantaged"): ("ks2_rwm_disadvantaged", 100.0, 1.0),
    ("ks2_rwm_expected", "other"): ("ks2_rwm_other", 100.0, 1.0),
    ("ks4_attainment8", "all"): ("a8_all", 1.0, 0.5),
    ("ks4_attainment8", "disadvantaged"): ("a8_disadvantaged", 1.0, 0.5),
    ("ks4_attainment8", "other"): ("a8_other", 1.0, 0.5),
}
"""Measure and group: column of the LA's figures, what the schools' are multiplied by, tolerance (points)."""


def year_0_checks(table: SchoolTable, place: Place) -> list[Check]:
    """Check the figures of year 0.

    Parameters
    ----------
    table : SchoolTable
        Schools, their results, the figures of the LAs.
    place : Place
        For year and names.

    Returns
    -------
    list of Check
        LA by LA, England before them where all are built; without those of which neither figure is known.
    """
    of_year = table.results[table.results["year"] == place.year]
    of_year = of_year.assign(la_code=of_year["urn"].map(table.schools["la_code"]))
    sums, published = _sums(of_year), _published(table.las, place.year)
    places = list(zip(place.la_code, place.la_name, strict=True))
    if place.is_england:
        sums |= _sums(of_year.assign(la_code=ENGLAND_CODE))
        places.insert(0, (ENGLAND_CODE, "England"))
    checks = []
    for code, name in places:
        for (measure, group), (column, times, tolerance) in CHECKED.items():
            added = sums.get((code, measure, group))
            check = Check(
                la_code=code, la_name=name, measure=measure, group=group, tolerance=tolerance,
                built=None if added is None else added[0] * times,
                published=published.get((code, column)),
                schools=0 if added is None else added[1], imputed=0 if added is None else added[2],
            )  # fmt: skip
            if check.built is not None or check.published is not None:
                checks.append(check)
    return checks


def _sums(rows: pd.DataFrame) -> dict[Any, tuple[float, int, int]]:
    """Add up by LA, measure and group, weighted by pupils."""
    known = rows[rows["value"].notna() & (rows["pupils"] > 0)]
    weighted = known.assign(
        points=known["value"] * known["pupils"], imputed=(known["flag"] != Flag.PUBLISHED).astype(int)
    )
    by = weighted.groupby(["la_code", "measure", "group"], observed=True)
    added = by.agg(
        points=("points", "sum"),
        pupils=("pupils", "sum"),
        schools=("urn", "nunique"),
        imputed=("imputed", "sum"),
    )
    return {
        key: (float(points / pupils), int(schools), int(imputed))
        for key, points, pupils, schools, imputed in zip(
            added.index, added["points"], added["pupils"], added["schools"], added["imputed"], strict=True
        )
    }


def _published(las: pd.DataFrame, year: int) -> dict[tuple[int, str], float]:
    """Look up the published figures of a year by LA and column; imputed ones are left out."""
    wanted = [column for column, _, _ in CHECKED.values() if column in las.columns]
    of_year = las[las.index.get_level_values("year") == year]
    imputed = of_year["imputed"].fillna("").astype(str) if "imputed" in las.columns else None
    found: dict[tuple[int, str], float] = {}
    for place, (key, row) in enumerate(of_year[wanted].astype(float).iterrows()):
        left_out = set() if imputed is None else set(imputed.iloc[place].split(";"))
        code = int(key[0]) if isinstance(key, tuple) else 0
        found |= {(code, name): float(row[name]) for name in wanted if name not in left_out}
    return {key: value for key, value in found.items() if not np.isnan(value)}
