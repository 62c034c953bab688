"""Rows of delimited text: where the headings are, which rows are whole, which are not."""

from __future__ import annotations

import csv
import io
import sys
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from scenarios.errors import BadInput
from scenarios.places.files.kinds import Kind
from scenarios.places.files.ragged import SAMPLE_ROWS, Faults, Looks, Row
from scenarios.places.files.raw_table import (
    HEAD_ROWS,
    TOLERATED_COUNT,
    TOLERATED_SHARE,
    RawTable,
    Recognise,
)

DELIMITERS: Final = (",", ";", "\t", "|")
NEARLY_WHOLE: Final = 0.95
"""Share of its cells that a last row without a line end must have: some tables leave out blanks there."""

_NEARLY_ALL: Final = 0.9
_TORN: Final = " ..."
_HEAD_LETTERS: Final = 400_000


def read_rows(text: str, where: str, recognise: Recognise, las: frozenset[str] | None) -> RawTable | None:
    """Read delimited text.

    Parameters
    ----------
    text : str
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
        None where nothing in it is recognised.

    Raises
    ------
    BadInput
        If the table stops in the middle of a row, or too many rows are not whole.
    """
    for delimiter in DELIMITERS:
        for row_number, headings in enumerate(_head(text, delimiter)):
            match = recognise(headings)
            if match is not None:
                table = RawTable(match, list(headings), las, delimiter)
                _fill(table, text, where, row_number)
                return table
    return None


def heads(text: str) -> Iterator[list[str]]:
    """Give every row that might be the headings.

    Parameters
    ----------
    text : str
        The file.

    Yields
    ------
    list of str
        The cells of a row, for each way to part them.
    """
    for delimiter in DELIMITERS:
        yield from _head(text, delimiter)


def _head(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text[:_HEAD_LETTERS], newline=""), delimiter=delimiter)
    try:
        for _, row in zip(range(HEAD_ROWS), reader, strict=False):
            yield row
    except csv.Error:
        return


class _Form(NamedTuple):
    """How the rows of a table are written: where they begin, how many cells they have."""

    delimiter: str
    skip: int
    width: int
    most: int


def _fill(table: RawTable, text: str, where: str, skip: int) -> None:
    width = _width(table.headings)
    form = _Form(table.delimiter, skip, width, len(table.headings))
    sample = [
        cells for _, cells in islice(_below(text, form._replace(most=sys.maxsize), Faults()), SAMPLE_ROWS)
    ]
    form = form._replace(most=_most_cells(sample, form))
    looks = Looks([cells for cells in sample if len(cells) >= width], width)
    faults, short = Faults(), list[Row]()
    last = Row(0, [])

    def whole() -> Iterator[tuple[int, list[str]]]:
        nonlocal last
        for line, cells in _below(text, form, faults):
            if len(cells) < width:
                last = Row(line, cells)
                short.append(last)
                continue
            if cells[:width] == table.headings[:width]:
                continue
            if looks.shifted(cells):
                faults.shifted.append(line)
            else:
                yield line, cells
            last = Row(line, cells)

    table.add(whole())
    ended = text.endswith(("\n", "\r", "\x1a"))
    if short and short[-1] is last and not ended and _is_cut(last.cells, width, looks):
        found = f"{len(last.cells)} cells of {width} in line {last.line:,}, the last"
        allowed = "a whole file: download it again"
        raise BadInput("the table stops in the middle of a row", where=where, found=found, allowed=allowed)
    _add_short(table, short, looks, width, faults)
    if table.match.layout.source:
        _judge(table, faults, where)
    if not ended and last.line in table.lines[-1:]:
        table.cut_place = len(last.cells) - 1


def _most_cells(sample: list[list[str]], form: _Form) -> int:
    """Tell how many cells a whole row may have: as many as headings, or as nearly all rows have."""
    counts = [len(cells) for cells in sample]
    usual = max(set(counts), key=counts.count) if counts else 0
    return max(form.most, usual if counts.count(usual) >= _NEARLY_ALL * len(counts) else 0)


def _below(text: str, form: _Form, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """Give the rows below the headings that are not blank; those with cells too many are faults."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=form.delimiter)
    line, number = 1, -1
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = []
            faults.long.append(line)
        if number > form.skip and any(cells):
            extra = len(cells) > form.width
            if extra and (len(cells) > form.most or any(cell.strip() for cell in cells[form.width :])):
                faults.long.append(line)
            elif reader.line_num > line and _swallowed(cells, form.delimiter, form.width):
                faults.unclosed.append(line)
            else:
                yield line, cells
        line = reader.line_num + 1


def _add_short(table: RawTable, short: list[Row], looks: Looks, width: int, faults: Faults) -> None:
    remarks = 0
    kept: list[tuple[int, list[str]]] = []
    for row in short:
        if _is_footnote(row.cells):
            remarks += 1
        elif looks.leaves_out_blanks(row.cells):
            kept.append((row.line, [*row.cells, *[""] * (width - len(row.cells))]))
        else:
            faults.short.append(row.line)
            # A row that a stray line end has split: what stands before it is not whole either.
            if kept and kept[-1][0] == row.line - 1:
                faults.short.append(kept.pop()[0])
            _spoil_last(table, row.line - 1, width - 1)
    table.add(kept)
    if remarks:
        table.remarks.append(f"{remarks} rows of remarks below or between the figures are left out")
    if kept:
        table.remarks.append(f"{len(kept)} rows end early: their last cells are taken as blank")


def _spoil_last(table: RawTable, line: int, place: int) -> None:
    """Make the last cell of a row unreadable: a stray line end may have taken a part of it."""
    at = bisect_left(table.lines, line)
    places = list(table.match.found.values())
    if place in places and at < len(table.lines) and table.lines[at] == line:
        cells = list(table.rows[at])
        ours = list(table.match.found)[places.index(place)]
        is_text = table.match.layout.columns[ours].kind is Kind.TEXT
        cells[places.index(place)] = "" if is_text else cells[places.index(place)] + _TORN
        table.rows[at] = tuple(cells)


def _is_cut(row: list[str], width: int, looks: Looks) -> bool:
    short = len(row) < NEARLY_WHOLE * width or not looks.leaves_out_blanks(row)
    return short and not _is_footnote(row)


def _width(headings: list[str]) -> int:
    """Count columns, without the empty ones a spreadsheet leaves at the end."""
    width = len(headings)
    while width and not headings[width - 1].strip():
        width -= 1
    return width


def _is_footnote(row: list[str]) -> bool:
    cells = [cell for cell in row if cell.strip()]
    return (
        len(cells) <= 1 and not row[0].strip()[:1].isdigit() and (" " in row[0].strip() or not row[0].strip())
    )


def _swallowed(row: list[str], delimiter: str, width: int) -> bool:
    """Whether a quotation mark that was not closed has put several rows into one cell."""
    return any("\n" in cell and cell.count(delimiter) >= max(width - 1, 1) for cell in row)


def _judge(table: RawTable, faults: Faults, where: str) -> None:
    kinds = {
        "fewer cells than headings": faults.short,
        "more cells than headings": faults.long,
        "a quotation mark that is not closed": faults.unclosed,
        "cells under the wrong headings": faults.shifted,
    }
    said = [f"{len(lines)} with {what} (line {_some(lines)})" for what, lines in kinds.items() if lines]
    if not said:
        return
    everything = len(table.rows) + len(faults)
    if len(faults) > max(TOLERATED_COUNT, TOLERATED_SHARE * everything):
        allowed = "as many cells in each row as there are headings"
        raise BadInput(
            f"{len(faults)} of {everything} rows are not whole",
            where=where,
            found="; ".join(said),
            allowed=allowed,
        )
    table.remarks.append("rows left out because they are not whole: " + "; ".join(said))


def _some(lines: list[int]) -> str:
    shown = ", ".join(f"{line:,}" for line in lines[:3])
    return shown + (" ..." if len(lines) > 3 else "")
