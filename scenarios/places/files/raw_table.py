"""A table as text: the cells wanted of each row, and the line on which the row begins."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final

from scenarios.places.files.layout import Match
from scenarios.places.files.shapes import ENGLAND

HEAD_ROWS: Final = 25
"""Rows in which headings are looked for: titles and notes may stand above them."""

TOLERATED_SHARE: Final = 0.05
TOLERATED_COUNT: Final = 2
"""Up to this many rows or cells, or this share of them, may be unusable before a file is refused."""

Recognise = Callable[[Sequence[str]], Match | None]


@dataclass
class RawTable:
    """The cells wanted of one table, as text.

    Attributes
    ----------
    match : Match
        The layout, and where its columns are.
    headings : list of str
        As found.
    las : frozenset of str or None
        LA codes whose rows are kept; None for all.
    delimiter : str
        What parts the cells; empty for a sheet or parquet.
    rows : list of tuple of str
        The cells wanted, in the order of ``match.found``.
    lines : list of int
        Line (or row of a sheet) in which each row begins, counted from 1.
    total : int
        Rows of the table, those of other LAs among them.
    unused : int
        Rows about what is not used here.
    remarks : list of str
        What was odd about rows.
    cut_place : int
        Column in which the file ends without an end of line, so that its last cell may be cut; else -1.
    """

    match: Match
    headings: list[str]
    las: frozenset[str] | None = None
    delimiter: str = ""
    rows: list[tuple[str, ...]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    total: int = 0
    unused: int = 0
    remarks: list[str] = field(default_factory=list)
    cut_place: int = -1

    def add(self, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
        """Take the cells wanted of some rows, those of other LAs left out.

        Parameters
        ----------
        rows : iterable of (int, sequence of str)
            Line and cells of whole rows.
        """
        found = self.match.found
        places = list(found.values())
        take = itemgetter(*places) if len(places) > 1 else lambda row: (row[places[0]],)
        la = found.get("la_code") if self.las is not None else None
        las = self.las or frozenset()
        only, wanted = self.match.layout.only or ("", frozenset())
        part = found.get(only)
        for line, row in rows:
            self.total += 1
            if part is not None and row[part].strip() not in wanted:
                self.unused += 1
                continue
            if la is not None:
                code = row[la].strip().removesuffix(".0")
                if code not in las and code.isdigit():
                    continue
            self.rows.append(take(row))
            self.lines.append(line)


def las_wanted(las: Collection[int] | None) -> frozenset[str] | None:
    """Write LA codes as files do.

    Parameters
    ----------
    las : collection of int or None
        LA codes; None for all.

    Returns
    -------
    frozenset of str or None
        With England's, so that national rows stay.
    """
    return None if las is None else frozenset({str(ENGLAND), *(str(code) for code in las)})


def from_sheet(
    match: Match,
    headings: list[str],
    sheet: Sequence[Sequence[str]],
    first: int,
    las: frozenset[str] | None,
) -> RawTable:
    """Take the cells wanted from rows that are parted already.

    Parameters
    ----------
    match : Match
        The layout, and where its columns are.
    headings : list of str
        As found.
    sheet : Sequence of sequences of str
        The rows below the headings.
    first : int
        Number of the first of these rows, counted from 1.
    las : frozenset of str or None
        LA codes whose rows are kept; None for all.

    Returns
    -------
    RawTable
        The cells wanted; blank rows left out.
    """
    table = RawTable(match, headings, las)
    width = len(headings)
    table.add(
        (line, row if len(row) >= width else [*row, *[""] * (width - len(row))])
        for line, row in enumerate(sheet, start=first)
        if any(row)
    )
    return table
