"""Rows with fewer cells than there are headings: blanks left out at the end, or something lost on the way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from scenarios.places.files.codes import code_of

SAMPLE_ROWS: Final = 400
"""Whole rows from which it is learnt what the cells of a column look like."""

WIDE: Final = 50
"""Columns from which a row may be short: the results tables leave out the blanks at the end of a row."""

_ENOUGH: Final = 10
_SURE: Final = 0.98
_NUMBER: Final = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]*)?")


class Row(NamedTuple):
    """A row and the line on which it begins, counted from 1."""

    line: int
    cells: list[str]


@dataclass
class Faults:
    """Lines of rows that are not whole."""

    short: list[int] = field(default_factory=list)
    long: list[int] = field(default_factory=list)
    unclosed: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.short) + len(self.long) + len(self.unclosed)


def leaves_out_blanks(row: Sequence[str], sample: Sequence[Sequence[str]], width: int) -> bool:
    """Tell whether a short row is whole but for blanks at its end.

    Parameters
    ----------
    row : Sequence[str]
        The short row.
    sample : Sequence[Sequence[str]]
        Whole rows of the same table.
    width : int
        Columns of the table.

    Returns
    -------
    bool
        True where the table is wide and every cell looks like the others of its column: were a cell lost
        in the middle, those after it would stand under the wrong headings and not look so.
    """
    if width < WIDE or len(sample) < _ENOUGH:
        return False
    compared = 0
    for place, cell in enumerate(row):
        look = _look(cell)
        if not look:
            continue
        others = [other for other in (_look(whole[place]) for whole in sample) if other]
        usual = max(set(others), key=others.count) if others else ""
        if len(others) < _ENOUGH or others.count(usual) < _SURE * len(others):
            continue
        compared += 1
        if look != usual:
            return False
    return compared >= _ENOUGH


def _look(cell: str) -> str:
    """Say what a cell looks like: a per cent, a number or text; nothing for a blank or a code."""
    text = cell.strip()
    if not text or code_of(text):
        return ""
    if text.endswith("%"):
        return "per cent"
    return "number" if _NUMBER.fullmatch(text) else "text"
