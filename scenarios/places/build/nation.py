"""England's figures of a build, and whether year 0 has the results that a place needs.

The embedded table ends in 2023. A later year 0 needs England's results of both groups among the files.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pandas as pd

from model.place import National
from scenarios.errors import BadInput
from scenarios.places import published, rates, table
from scenarios.places.authorities import read_published
from scenarios.places.build.canonical import SourceTables
from scenarios.places.build.la_figures import as_published
from scenarios.places.files.notes import Note

if TYPE_CHECKING:
    from scenarios.places.build.school_table import SchoolTable

FIGURES = {
    "ks2_rwm_disadvantaged": "KS2 reading, writing and maths of disadvantaged pupils",
    "ks2_rwm_other": "KS2 reading, writing and maths of other pupils",
    "a8_disadvantaged": "Attainment 8 of disadvantaged pupils",
    "a8_other": "Attainment 8 of other pupils",
}
"""What England must have in year 0, in words."""

CUTS = ("ks2_rwm_higher_all", "em5_all", "ks2_reading_all", "ks2_maths_all")
"""England's figures of all pupils that need not be of year 0."""

HOLDERS = {"indicators": "LA indicators", "ks2": "KS2 results", "ks4": "KS4 results"}
"""Sources that can hold them."""

OWN_RESULTS = (
    ("ks2_rwm_all", "ks2_rwm_expected", 6, "KS2 results"),
    ("a8_all", "ks4_attainment8", 11, "KS4 results"),
)
"""Of an LA: column of its figures, measure of its schools, year group tested, name."""

MOST_NAMED = 3
"""Files, or LAs, named one by one in a message."""


class _File(Protocol):
    @property
    def path(self) -> str: ...

    @property
    def source(self) -> str: ...


def check_possible(year: int) -> None:
    """Refuse a year 0 that no file could make good: one without tests, or before the tests of today.

    Parameters
    ----------
    year : int
        Year 0.

    Raises
    ------
    BadInput
        If there were no KS2 tests, or it is before 2016.
    """
    if year <= max(table.PLACE_YEARS):
        table.check_place_year(year)


def check_england_held(sources: SourceTables, files: Iterable[_File], year: int) -> None:
    """Refuse a year 0 of which neither the files nor the embedded table hold England's results.

    Parameters
    ----------
    sources : SourceTables
        What was read.
    files : iterable of FileRead
        From which files.
    year : int
        Year 0, after `check_possible`.

    Raises
    ------
    BadInput
        If England's KS2 or KS4 results of either group are in no file.
    """
    if year in table.PLACE_YEARS:
        return
    later = range(max(table.PLACE_YEARS) + 1, max(year, _last_year(sources)) + 1)
    nation = as_published(sources, [], later).droplevel("la_code")
    held = {at: set(nation.loc[[at]].dropna(axis=1).columns) for at in later}
    missing = [text for column, text in FIGURES.items() if column not in held[year]]
    if not missing:
        return
    offered = [*table.PLACE_YEARS, *(at for at in later if held[at] >= set(FIGURES))]
    raise BadInput(
        f"a place cannot start from {year}: no file has England's {', '.join(missing)}",
        where="place year",
        found=_searched(files),
        allowed="the England rows of that year (LA indicators of code 970, or RECTYPE rows of the national "
        f"tables), or {', '.join(map(str, offered))}",
        nearest=[str(min(offered, key=lambda other: abs(other - year)))],
    )


def _last_year(sources: SourceTables) -> int:
    """The latest year of any table that can hold results."""
    years = [sources.tables[name]["year"].max() for name in HOLDERS if name in sources.tables]
    return max([int(year) for year in years if not pd.isna(year)], default=0)


def _searched(files: Iterable[_File]) -> str:
    """Say which files could have held the figures."""
    parts = []
    of_source: dict[str, list[str]] = {name: [] for name in HOLDERS}
    for file in files:
        if file.source in of_source:
            of_source[file.source].append(file.path)
    for source, name in HOLDERS.items():
        paths = of_source[source]
        more = f" and {len(paths) - MOST_NAMED} more" if len(paths) > MOST_NAMED else ""
        parts.append(f"{name}: {', '.join(paths[:MOST_NAMED])}{more}" if paths else f"no file of {name}")
    return "; ".join(parts)


def check_las_held(built: SchoolTable, codes: Sequence[int], year: int, *, is_england: bool) -> list[Note]:
    """Refuse a year 0 after the embedded table of which an LA has no results of its own.

    Parameters
    ----------
    built : SchoolTable
        Schools, results and figures of the LAs.
    codes : sequence of int
        LAs asked for.
    year : int
        Year 0.
    is_england : bool
        Whether every LA was asked for: then it is said, not refused.

    Returns
    -------
    list of Note
        LAs without results.

    Raises
    ------
    BadInput
        If an LA has no KS2 results, or no KS4 results though it has schools with Year 11.
    """
    if year in table.PLACE_YEARS:
        return []
    lacking = {code: said for code in codes if (said := _lacking(built, code, year))}
    if lacking and not is_england:
        first = " and no ".join(next(iter(lacking.values())))
        raise BadInput(
            f"a place cannot start from {year}: no {first} of that year",
            where=", ".join(f"LA {code}" for code in [*lacking][:MOST_NAMED]),
            found="neither a figure of the LA nor results of its schools",
            allowed="LA indicators, or results tables, that hold the LA in that year",
            nearest=[str(max(known for known in table.PLACE_YEARS if known < year))],
        )
    return [
        Note("missing", f"LA {code}", f"no {' and no '.join(said)} of {year}: worked out from England's")
        for code, said in lacking.items()
    ]


def _lacking(built: SchoolTable, code: int, year: int) -> list[str]:
    schools = built.schools[built.schools["la_code"] == code]
    results = built.results[(built.results["year"] == year) & built.results["urn"].isin(schools.index)]
    measured = set(results.loc[results["value"].notna(), "measure"].astype(str))
    row = built.las[built.las.index.isin([(code, year)])]
    made = set(str(name) for names in row["imputed"] for name in str(names).split(";"))
    lacking = []
    for column, measure, year_group, name in OWN_RESULTS:
        own = column not in made and row[column].notna().any()
        tested = (schools["first_year_group"] <= year_group) & (schools["last_year_group"] >= year_group)
        if not own and measure not in measured and tested.any():
            lacking.append(name)
    return lacking


def england_rows(las: pd.DataFrame, year: int) -> pd.DataFrame:
    """Give England's figures: the embedded ones, and those of the build for the years after them.

    Parameters
    ----------
    las : pandas.DataFrame
        Indicators by (la_code, year), England under 970.
    year : int
        Year 0.

    Returns
    -------
    pandas.DataFrame
        As ``table.england``, with later years up to year 0.

    Raises
    ------
    BadInput
        If year 0 is after the embedded table and the build has no results of England in it.
    """
    embedded, latest = table.england(), max(table.PLACE_YEARS)
    if year <= latest:
        return embedded
    here = las.index.get_level_values("la_code") == table.ENGLAND_CODE
    own = las[here].droplevel("la_code")
    own = own[(own.index > latest) & (own.index <= year)]
    rows = pd.concat([embedded.astype(own.dtypes.to_dict()), own[embedded.columns]]) if len(own) else embedded
    if year not in rates.result_years(year, rows):
        table.check_place_year(year)
    return rows


def national(las: pd.DataFrame, year: int) -> National:
    """Give England's rates and results up to year 0.

    Parameters
    ----------
    las : pandas.DataFrame
        Indicators by (la_code, year), England under 970; read for years after the embedded table.
    year : int
        Year 0.

    Returns
    -------
    National
        As ``published.national``.
    """
    if year <= max(table.PLACE_YEARS):
        return published.national(year)
    pupils = published.pupils_of(read_published("structure").sum(numeric_only=True))
    return rates.national(year, pupils.special_share, pupils.ap_share, england_rows(las, year))


def national_notes(las: pd.DataFrame, nation: National, year: int) -> list[Note]:
    """Say what is known of England less finely after the embedded table.

    Parameters
    ----------
    las : pandas.DataFrame
        As for `national`.
    nation : National
        From `national`.
    year : int
        Year 0.

    Returns
    -------
    list of Note
        None where the embedded table holds year 0.
    """
    if year in table.PLACE_YEARS:
        return []
    first, last = table.PLACE_YEARS[0], table.PLACE_YEARS[-1]
    said = (
        f"pass rates after {last} are as published, in whole per cent as a rule: "
        f"means over LAs, which are finer, are held for {first} to {last}"
    )
    notes = [Note("matched", "England", said)]
    published_now = las.loc[[(table.ENGLAND_CODE, year)]].dropna(axis=1).columns
    older = [column for column in CUTS if column not in published_now]
    if older:
        text = f"no figure of {year} in any file, the latest before it is used: {', '.join(older)}"
        notes.append(Note("imputed", "England", text, len(older)))
    for name, index in (("KS2", nation.ks2_gap_index), ("KS4", nation.ks4_gap_index)):
        if np.isnan(index[-1]):
            text = f"no {name} disadvantage gap index of {year}: the gap is fitted to both groups' results"
            notes.append(Note("missing", "England", text))
    return notes
