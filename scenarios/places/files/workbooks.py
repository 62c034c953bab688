"""Rows of workbooks, of parquet files and of GeoJSON, as text."""

from __future__ import annotations

import datetime as dt
import io
import json
import warnings
from collections.abc import Sequence
from typing import Any

import pandas as pd

from scenarios.errors import BadInput
from scenarios.places.files.contents import NotATable
from scenarios.places.files.layout import Match
from scenarios.places.files.raw_table import HEAD_ROWS, RawTable, Recognise, from_sheet


def read_workbook(
    data: bytes, where: str, recognise: Recognise, las: frozenset[str] | None
) -> RawTable | None:
    """Read the first sheet that is recognised.

    Parameters
    ----------
    data : bytes
        The workbook (.xlsx).
    where : str
        How it is called in messages.
    recognise : callable
        Gives the layout that headings belong to, or None.
    las : frozenset of str or None
        LA codes whose rows are kept; None for all.

    Returns
    -------
    RawTable or None
        None where no sheet is recognised. A formula is plain text, never worked out.

    Raises
    ------
    BadInput
        If it cannot be opened.
    """
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
            sheets = [_rows(sheet) for sheet in book.worksheets]
    except Exception as error:
        found = f"a workbook that cannot be opened ({type(error).__name__})"
        raise BadInput("the file is damaged: save or download it again", where=where, found=found) from None
    for sheet in sheets:
        for place, headings in enumerate(sheet[:HEAD_ROWS]):
            match = recognise(headings)
            if match is not None:
                return from_sheet(match, list(headings), sheet[place + 1 :], place + 2, las)
    return None


def _rows(sheet: Any) -> list[Sequence[str]]:
    """Give rows up to their last filled cell: formats alone may reach to the end of a million rows."""
    sheet.reset_dimensions()
    rows: list[Sequence[str]] = []
    for row in sheet.iter_rows():
        cells = [_cell(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        rows.append(cells or ())
    return rows


def workbook_heads(data: bytes) -> list[Sequence[str]]:
    """Give every row of a workbook that might be the headings.

    Parameters
    ----------
    data : bytes
        The workbook.

    Returns
    -------
    list of sequences of str
        The first rows of each sheet.
    """
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
    return [
        [_cell(cell) for cell in row]
        for sheet in book.worksheets
        for row in sheet.iter_rows(max_row=HEAD_ROWS)
    ]


def _cell(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and "%" in (cell.number_format or ""):
        return f"{value * 100:.12g}%"
    return plain(value)


def plain(value: object) -> str:
    """Write a value as a CSV file would.

    Parameters
    ----------
    value : object
        A number, date or text.

    Returns
    -------
    str
        A whole number without a point, a date as year-month-day, nothing for what is missing.
    """
    if value is None:
        return ""
    if isinstance(value, float):
        if value != value:
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, (dt.datetime, dt.date)):
        return "" if pd.isna(value) else value.strftime("%Y-%m-%d")
    return str(value)


def read_parquet(
    data: bytes, where: str, recognise: Recognise, las: frozenset[str] | None
) -> RawTable | None:
    """Read a parquet file.

    Parameters
    ----------
    data : bytes
        The file.
    where : str
        How it is called in messages.
    recognise : callable
        Gives the layout that headings belong to, or None.
    las : frozenset of str or None
        LA codes whose rows are kept; None for all.

    Returns
    -------
    RawTable or None
        None where the columns are not recognised.

    Raises
    ------
    BadInput
        If it cannot be opened.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        headings = list(pq.read_schema(pa.BufferReader(data)).names)
        match = recognise(headings)
        if match is None:
            return None
        frame = pd.read_parquet(io.BytesIO(data), columns=[headings[place] for place in match.found.values()])
    except (pa.ArrowException, OSError, ValueError):
        found = "a parquet file that cannot be opened"
        raise BadInput("the file is damaged: download it again", where=where, found=found) from None
    total = len(frame)
    only, wanted = match.layout.only or ("", frozenset())
    if only in match.found:
        frame = frame[frame[headings[match.found[only]]].astype(str).str.strip().isin(wanted)]
    columns = [_texts(frame.iloc[:, place]) for place in range(frame.shape[1])]
    places = {ours: place for place, ours in enumerate(match.found)}
    table = RawTable(Match(match.layout, places, (), ()), headings, las)
    table.add(zip(frame.index + 1, zip(*columns, strict=True), strict=True))
    table.match, table.total, table.unused = match, total, total - len(frame)
    return table


def parquet_heads(data: bytes) -> list[Sequence[str]]:
    """Give the columns of a parquet file.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    list of sequences of str
        One entry: the names of the columns.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    return [list(pq.read_schema(pa.BufferReader(data)).names)]


def _texts(column: pd.Series) -> list[str]:
    codes, values = pd.factorize(column, use_na_sentinel=True)
    texts = [plain(value) for value in values.tolist()] if len(values) else []
    return [texts[code] if code >= 0 else "" for code in codes]


def read_geojson(
    data: bytes, where: str, recognise: Recognise, las: frozenset[str] | None
) -> RawTable | None:
    """Read outlines: one row a feature, its shape as JSON text.

    Parameters
    ----------
    data : bytes
        The file.
    where : str
        How it is called in messages.
    recognise : callable
        Gives the layout that headings belong to, or None.
    las : frozenset of str or None
        LA codes whose rows are kept; None for all.

    Returns
    -------
    RawTable or None
        None where its properties are not recognised.

    Raises
    ------
    BadInput
        If the file ends too early.
    NotATable
        If it is JSON of another kind.
    """
    try:
        tree = json.loads(data)
    except ValueError:
        raise BadInput(
            "the file is damaged: download it again",
            where=where,
            found="JSON that ends too early or is broken",
        ) from None
    features = tree.get("features") if isinstance(tree, dict) else None
    if not isinstance(features, list) or not all(isinstance(item, dict) for item in features):
        raise NotATable("JSON without outlines")
    records = [
        {**(item.get("properties") or {}), "geometry": json.dumps(item.get("geometry"))} for item in features
    ]
    headings = list(dict.fromkeys(name for record in records for name in record))
    match = recognise(headings)
    if match is None:
        return None
    rows = [[plain(record.get(name)) for name in headings] for record in records]
    return from_sheet(match, headings, rows, 1, las)
