"""Where the figures of a place come from, column by column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import fields

import numpy as np
import pandas as pd

from model.place import Flag, Place, SchoolResults
from scenarios.places import table

COLUMNS = ("part", "column", "rows", "published", "imputed", "synthetic", "source")

_TABLE = "embedded table of published figures (indicators.csv)"
_TOTALS = "synthetic: adds up to structure.csv (GIAS July 2022; special schools and AP January 2019)"
_GENERATED = "generator"
_FILES = "the files it was built from"
_WORKED_OUT = {
    "disadvantaged_ks2": "worked out from Ever6 and the published results of the two groups",
    "disadvantaged_ks4": "worked out from Ever6 and the published results of the two groups",
    "special_share": "worked out from structure.csv (January 2019 over July 2022)",
    "alternative_provision_share": "worked out from structure.csv (January 2019 over July 2022)",
}
_TABLE_COLUMNS = {
    "eyfs_gld": ("gld_fsm", "gld_other"),
    "ks2_rwm": ("ks2_rwm_disadvantaged", "ks2_rwm_other"),
    "ks4_attainment8": ("a8_disadvantaged", "a8_other"),
}


def describe(place: Place) -> pd.DataFrame:
    """Say for each column of a place how many of its figures are published, imputed and synthetic.

    Parameters
    ----------
    place : Place
        A place from `resolve`. Of a place built from files, rates and results of the LAs are left out: the
        table in its place file has their flags, cell by cell.

    Returns
    -------
    pandas.DataFrame
        One row a column: part, column, rows, published, imputed, synthetic (counts), source.
    """
    if is_built(place):
        rows = [*_tables(place), *_school_results(place), *_record(place), *_history(place)]
    else:
        rows = [*_tables(place), *_rates(place), *_results(place), *_history(place)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def is_built(place: Place) -> bool:
    """Say whether a place was built from files of single schools.

    Parameters
    ----------
    place : Place
        Any.

    Returns
    -------
    bool
        Whether it has results of schools.
    """
    return place.school_results is not None


def _row(part: str, column: str, flags: Iterable[int], source: str) -> tuple[object, ...]:
    counts = Counter(int(flag) for flag in flags)
    by_flag = (counts[Flag.PUBLISHED], counts[Flag.IMPUTED], counts[Flag.SYNTHETIC])
    return (part, column, sum(by_flag), *by_flag, source)


def _is_generated(place: Place) -> bool:
    return place.la_code == (0,)


def _tables(place: Place) -> list[tuple[object, ...]]:
    source = _GENERATED if _is_generated(place) else _FILES if is_built(place) else _TOTALS
    found = []
    for part, columns in (("schools", place.schools), ("areas", place.areas)):
        for item in fields(columns):
            if item.name != "flag":
                found.append(_row(part, item.name, columns.flag.tolist(), source))
    return found


def _flags(place: Place, columns: Iterable[str], year: int) -> list[int]:
    """Flags of table columns in one year, an LA after another."""
    if _is_generated(place):
        return [Flag.SYNTHETIC for _ in columns]
    flags: list[int] = []
    for code in place.la_code:
        imputed = set(str(table.indicators(code).loc[year, "imputed"]).split(";"))
        flags += [Flag.IMPUTED if column in imputed else Flag.PUBLISHED for column in columns]
    return flags


def _rates(place: Place) -> list[tuple[object, ...]]:
    found = []
    for item in fields(place.rates):
        worked_out = _WORKED_OUT.get(item.name)
        if _is_generated(place):
            found.append(_row("rates", item.name, [Flag.SYNTHETIC], _GENERATED))
        elif worked_out:
            found.append(_row("rates", item.name, [Flag.IMPUTED] * place.n_la, worked_out))
        else:
            found.append(_row("rates", item.name, _flags(place, [item.name], place.year), _TABLE))
    return found


def _results(place: Place) -> list[tuple[object, ...]]:
    found = []
    for name, columns in _TABLE_COLUMNS.items():
        values = getattr(place.results, name)
        flags: list[int] = []
        for index, year in enumerate(place.results.years):
            of_year = np.array(_flags(place, columns, int(year)))
            flags += of_year[~np.isnan(values[:, index, :].ravel())].tolist()
        found.append(_row("results", name, flags, _GENERATED if _is_generated(place) else _TABLE))
    return found


def _school_results(place: Place) -> list[tuple[object, ...]]:
    found = []
    for item in fields(SchoolResults):
        values = getattr(place.school_results, item.name)
        if item.name != "years":
            known = int((~np.isnan(values)).sum())
            flag = Flag.IMPUTED if item.name == "disadvantaged_share" else Flag.PUBLISHED
            found.append(_row("school_results", item.name, [flag] * known, _FILES))
    return found


def _record(place: Place) -> list[tuple[object, ...]]:
    """Federations and inspections of single schools, those that are known."""
    record = place.public_record
    if record is None:
        return []
    known = {"federation": record.federation >= 0, "grade": record.grade > 0, "former": record.former > 0}
    return [_row("public_record", name, record.flag[rows].tolist(), _FILES) for name, rows in known.items()]


def _history(place: Place) -> list[tuple[object, ...]]:
    by_measure: dict[str, list[int]] = {}
    for row in place.history:
        by_measure.setdefault(row.measure, []).append(row.flag)
    source = "England's published figures" if _is_generated(place) or place.is_england else _TABLE
    source = _FILES if is_built(place) else source
    return [_row("history", measure, flags, source) for measure, flags in by_measure.items()]
