"""Reading the official files a user has downloaded: one table a source, every odd cell said."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from scenarios.errors import BadInput
from scenarios.places.files.contents import DATA_SUFFIXES, TABLE_SUFFIXES, Contents, NotATable, read_contents
from scenarios.places.files.decoding import decode
from scenarios.places.files.layout import Layout
from scenarios.places.files.merging import merge_tables
from scenarios.places.files.notes import Note
from scenarios.places.files.raw_table import RawTable, las_wanted
from scenarios.places.files.registry import missing_column, nearly, recognise
from scenarios.places.files.rows import heads, read_rows
from scenarios.places.files.searching import FoundFile, find_files
from scenarios.places.files.tidying import tidy_table
from scenarios.places.files.workbooks import (
    parquet_heads,
    read_geojson,
    read_parquet,
    read_workbook,
    workbook_heads,
)
from scenarios.places.files.years import FileYear, year_of_file, year_of_path

_SAY_THE_YEAR: Final = (
    "no year is known for it, so it is not used: put it in a folder named after its year, such as 2017-18"
)


@dataclass(frozen=True)
class FileRead:
    """What became of one file.

    Attributes
    ----------
    path : str
        Within what was given.
    source : str
        The table it feeds, empty where it is not used.
    year : int or None
        The year in which its academic year ends; None for a table of no year or of many.
    year_from : str
        ``content``, ``path``, ``layout`` (a column says it) or nothing.
    rows : int
        Rows read.
    layout : str
        Name of the layout, empty where it is not recognised.
    encoding : str
        Such as utf-8; for other files their kind.
    sha256 : str
        Of the bytes on disk.
    remark : str
        Why it is not used, where it is not.
    """

    path: str
    source: str
    year: int | None
    year_from: str
    rows: int
    layout: str
    encoding: str
    sha256: str
    remark: str = ""


@dataclass(frozen=True, eq=False)
class Sources:
    """The tables read, and what is known about their files.

    Attributes
    ----------
    tables : dict of str to pandas.DataFrame
        By source name; only sources of which a file was found.
    files : tuple of FileRead
        Every file looked at.
    notes : tuple of Note
        What was odd, left out or put together.
    """

    tables: dict[str, pd.DataFrame]
    files: tuple[FileRead, ...]
    notes: tuple[Note, ...]


@dataclass
class _Reading:
    """What has been read so far."""

    las: frozenset[str] | None
    tables: dict[str, list[pd.DataFrame]] = field(default_factory=dict)
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    files: list[FileRead] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)


def read_sources(data: str | Sequence[str], las: Collection[int] | None = None) -> Sources:
    """Read downloaded files, recognised by their columns and not by their names.

    Parameters
    ----------
    data : str or Sequence[str]
        A file, a folder (searched to the bottom), or a list of them.
    las : collection of int, optional
        LA codes: rows of other LAs are left out where a table says the LA; England's rows stay.

    Returns
    -------
    Sources
        One table a source.

    Raises
    ------
    BadInput
        If a file is empty, cut off, damaged or lacks an essential column; if a file given by name is not
        recognised; if nothing that can be used is found.
    """
    reading = _Reading(las_wanted(las))
    for file in find_files(data):
        _read_one(file, reading)
    _refuse_nothing(reading, data)
    by_name = [f"{file.path} ({file.year})" for file in reading.files if file.year_from == "path"]
    if by_name:
        text = f"nothing inside says the year, so it is that of the file or its folder: {', '.join(by_name)}"
        reading.notes.append(Note("file", "years", text, len(by_name)))
    tables = {}
    for source, parts in reading.tables.items():
        tables[source], notes = merge_tables(parts, reading.keys[source], source)
        reading.notes += notes
    return Sources(tables, tuple(reading.files), tuple(reading.notes))


def _read_one(file: FoundFile, reading: _Reading) -> None:
    meant = file.by_name or file.path.suffix.lower() in DATA_SUFFIXES
    if not meant and file.path.stat().st_size == 0:
        return
    try:
        contents = read_contents(file.path, file.shown)
        if contents.sha256 in reading.digests:
            _same_again(file, reading, contents.sha256)
            return
        reading.digests[contents.sha256] = file.shown
        raw, encoding, remarks = _open(contents, file.shown, reading.las)
    except NotATable as error:
        if file.by_name or file.path.suffix.lower() in TABLE_SUFFIXES:
            raise BadInput(
                "the file is no table", where=file.shown, found=str(error), allowed="CSV, Excel or parquet"
            ) from None
        _set_aside(file, reading, "", f"not a table: {error}")
        return
    if raw is None:
        _unrecognised(file, contents, reading)
        return
    raw.remarks = [*remarks, *raw.remarks]
    _keep(file, contents.sha256, encoding, raw, reading)


def _same_again(file: FoundFile, reading: _Reading, digest: str) -> None:
    first = next((one for one in reading.files if one.path == reading.digests[digest]), None)
    year = year_of_path(file.hint)
    _set_aside(file, reading, digest, f"the same file as {reading.digests[digest]}")
    if first is not None and first.year_from == "path" and year not in (None, first.year):
        text = f"{first.path} is the same file, taken as {first.year}: is one in a folder of the wrong year?"
        reading.notes.append(Note("odd", file.shown, text))


def _open(
    contents: Contents, where: str, las: frozenset[str] | None
) -> tuple[RawTable | None, str, list[str]]:
    if contents.kind == "parquet":
        return read_parquet(contents.data, where, recognise, las), "parquet", []
    if contents.kind == "workbook":
        return read_workbook(contents.data, where, recognise, las), "workbook", []
    if contents.kind == "json":
        return read_geojson(contents.data, where, recognise, las), "GeoJSON", []
    text, encoding, remarks = decode(contents.data)
    return read_rows(text, where, recognise, las), encoding, remarks


def _unrecognised(file: FoundFile, contents: Contents, reading: _Reading) -> None:
    if contents.kind == "parquet":
        rows = parquet_heads(contents.data)
    elif contents.kind == "workbook":
        rows = workbook_heads(contents.data)
    else:
        rows = list(heads(decode(contents.data)[0])) if contents.kind == "text" else []
    near = nearly(rows)
    if near is not None:
        error = missing_column(*near, file.shown)
        if file.by_name or near[0].layout.key[0] not in near[0].missing:
            raise error
        _set_aside(file, reading, contents.sha256, error.what)
        return
    if file.by_name:
        first = ", ".join(cell for cell in (rows[0] if rows else []) if cell)[:200]
        allowed = "a table that `docs/data.md` lists"
        raise BadInput(
            "this table is not recognised", where=file.shown, found=f"headings {first}", allowed=allowed
        )
    _set_aside(file, reading, contents.sha256, "its columns are not recognised")


def _set_aside(
    file: FoundFile, reading: _Reading, digest: str, why: str, layout: str = "", rows: int = 0
) -> None:
    reading.files.append(FileRead(file.shown, "", None, "", rows, layout, "", digest, why))
    if file.by_name or file.path.suffix.lower() in DATA_SUFFIXES:
        reading.notes.append(Note("file", file.shown, f"not used: {why}"))


def _keep(file: FoundFile, digest: str, encoding: str, raw: RawTable, reading: _Reading) -> None:
    layout = raw.match.layout
    if not layout.source:
        _set_aside(file, reading, digest, f"known, but not needed ({layout.what})", layout.name, raw.total)
        return
    if not raw.total:
        raise BadInput("the table has headings and no rows", where=file.shown, found=layout.name)
    by_file = layout.year == "path" or (layout.year == "column" and "year" not in raw.match.found)
    year = year_of_file(raw.headings, layout.year_marks, file.hint) if by_file else None
    if year is not None and year.year is None:
        _set_aside(file, reading, digest, _SAY_THE_YEAR, layout.name, raw.total)
        return
    if year is not None and year.odd:
        reading.notes.append(Note("odd", file.shown, year.odd))
    table, notes = tidy_table(raw, year, file.shown)
    reading.notes += notes
    reading.tables.setdefault(layout.source, []).append(table)
    reading.keys.setdefault(layout.source, layout.key)
    shown, year_from = _year_of(layout, year, table)
    reading.files.append(
        FileRead(file.shown, layout.source, shown, year_from, raw.total, layout.name, encoding, digest)
    )


def _year_of(layout: Layout, year: FileYear | None, table: pd.DataFrame) -> tuple[int | None, str]:
    if year is not None:
        return year.year, year.source
    if layout.year == "column" and len(table):
        years = table["year"].unique()
        return (int(years[0]) if len(years) == 1 else None), "layout"
    return None, ""


def _refuse_nothing(reading: _Reading, data: str | Sequence[str]) -> None:
    if reading.tables:
        return
    where = data if isinstance(data, str) else ", ".join(str(item) for item in data)
    found = "; ".join(f"{file.path}: {file.remark}" for file in reading.files[:3]) or "no files"
    raise BadInput(
        "nothing here can be used", where=where, found=found, allowed="tables that `docs/data.md` lists"
    )
