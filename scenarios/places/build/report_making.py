"""Making the report of a build from the place, the table of its schools and the files that were read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from model.place import Flag, Phase, Place
from scenarios.places.build.report import BuildReport, ColumnLine, FileLine, SourceLine
from scenarios.places.build.report_checks import year_0_checks
from scenarios.places.files.notes import Note
from scenarios.places.partnerships import in_words
from scenarios.version import VERSION

if TYPE_CHECKING:
    from scenarios.places.build.school_table import SchoolTable

_IMPORTANCE = ("odd", "cell", "missing", "imputed", "file", "matched")
_COUNTED = ("read", "matched", "missing", "imputed")
_NOT_COUNTED = -1
_MAY_BE_NONE = {
    "trust_uid": "of schools in a trust",
    "trust_name": "of schools in a trust",
    "trust_type": "of schools in a trust",
    "federation": "of schools in a federation",
    "federation_uid": "of schools in a federation",
    "former_rating": "of schools with two inspections known",
    "former_inspected_on": "of schools with two inspections known",
}
"""Columns in which an empty cell is a fact."""

_NEVER_LATER = ("ks2", "ks4", "destinations", "inspections", "indicators")


def make_report(place: Place, table: SchoolTable, files: Sequence[Any]) -> BuildReport:
    """Make the report of a build.

    Parameters
    ----------
    place : Place
        What was built.
    table : SchoolTable
        Its schools, with flags, notes and counts.
    files : sequence of FileRead
        Files that were given, those not used included.

    Returns
    -------
    BuildReport
        Ready to be shown and stored.
    """
    phases = table.schools["phase"].astype(int)
    return BuildReport(
        title=place.name,
        year=place.year,
        lepsim=VERSION,
        las={str(code): name for code, name in zip(place.la_code, place.la_name, strict=True)},
        schools={
            phase.name.lower(): int((phases == phase).sum()) for phase in Phase if (phases == phase).any()
        },
        pupils=round(float(table.schools["roll"].sum())),
        trusts=int(table.schools["trust_uid"].replace("", np.nan).nunique()),
        sources=tuple(_sources(table.counts, files, place.year)),
        files=tuple(_file(item) for item in files),
        checks=tuple(year_0_checks(table, place)),
        columns=tuple([*_columns(table), *_results(table, place.year)]),
        notes=tuple(sorted(table.notes, key=_rank)),
        partnerships=tuple(in_words(one) for one in place.partnerships),
    )


def _rank(note: Note) -> tuple[int, int, str, str]:
    return _IMPORTANCE.index(note.kind), -note.count, note.where, note.text


def _file(item: Any) -> FileLine:
    return FileLine(
        path=str(item.path), source=str(item.source or ""), year=int(item.year or 0), rows=int(item.rows),
        sha256=str(item.sha256), remark=str(item.remark or ""),
    )  # fmt: skip


def _sources(counts: Mapping[str, Mapping[str, int]], files: Sequence[Any], year: int) -> list[SourceLine]:
    """Put counts and years of files together, source by source."""
    years: dict[str, set[int]] = {}
    rows: dict[str, int] = {}
    for item in files:
        if item.source:
            years.setdefault(item.source, set()).update([int(item.year)] if item.year else [])
            rows[item.source] = rows.get(item.source, 0) + int(item.rows)
    lines = []
    for source in sorted({*years, *counts}):
        found = {key: int(counts.get(source, {}).get(key, _NOT_COUNTED)) for key in _COUNTED}
        if found["read"] == _NOT_COUNTED:
            found["read"] = rows.get(source, _NOT_COUNTED)
        known = sorted(years.get(source, ()))
        lines.append(
            SourceLine(
                source=source,
                years=tuple(known),
                stood_in=_stood_in(source, known, year, found["matched"]),
                **found,
            )
        )
    return lines


def _stood_in(source: str, years: Sequence[int], year: int, matched: int) -> str:
    """Say which year was used for year 0: the nearest; of results, none that is later."""
    of_results = source in _NEVER_LATER
    usable = [other for other in years if other <= year] if of_results else years
    if year in usable or matched == _NOT_COUNTED or (matched == 0 and not of_results):
        return ""
    if not usable:
        return "none: all are later" if years else ""
    nearest = min(usable, key=lambda other: (abs(other - year), other))
    return f"{nearest} for {year}"


def _columns(table: SchoolTable) -> list[ColumnLine]:
    """Count where each column of the schools comes from."""
    lines = []
    for column in table.schools.columns:
        if column not in table.flags.columns:
            continue
        values = table.schools[column]
        missing = values.isna().to_numpy() | (values == "").fillna(False).to_numpy(dtype=bool)
        flags, how = table.flags[column].to_numpy(), table.how.get(str(column), "")
        if column in _MAY_BE_NONE:
            flags, missing = flags[~missing], missing[~missing]
            how = how or _MAY_BE_NONE[str(column)]
        lines.append(_line(str(column), flags, missing, how))
    return lines


def _line(column: str, flags: Any, missing: Any, how: str) -> ColumnLine:
    by_flag = [int(((flags == flag) & ~missing).sum()) for flag in Flag]
    return ColumnLine(
        column=column, schools=len(flags), published=by_flag[0], imputed=by_flag[1], synthetic=by_flag[2],
        missing=int(missing.sum()), how=how,
    )  # fmt: skip


def _results(table: SchoolTable, year: int) -> list[ColumnLine]:
    """Count where the results of year 0 come from."""
    of_year: pd.DataFrame = table.results[table.results["year"] == year]
    lines = []
    for (measure, group), rows in of_year.groupby(["measure", "group"], sort=True, observed=True):
        name = f"{measure} {group}"
        how = table.how.get(name, table.how.get(str(measure), ""))
        lines.append(_line(name, rows["flag"].to_numpy(), rows["value"].isna().to_numpy(), how))
    return lines
