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
_WATCHED: Final = 30
_STRANGE: Final = 3
"""Of about 30 cells watched in each row, this many that look wrong make the row unusable."""

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
    shifted: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.short) + len(self.long) + len(self.unclosed) + len(self.shifted)


class Looks:
    """What the cells of each column of a table look like, learnt from whole rows.

    Parameters
    ----------
    sample : Sequence[Sequence[str]]
        Whole rows of the table.
    width : int
        Columns of the table.
    """

    def __init__(self, sample: Sequence[Sequence[str]], width: int) -> None:
        self._sample = sample
        self._width = width
        self._usual: dict[int, str] = {}
        self._watched = self._tell_tales() if width >= WIDE and len(sample) >= _ENOUGH else []

    def shifted(self, row: Sequence[str]) -> bool:
        """Tell whether cells of a row with enough of them stand under the wrong headings.

        Parameters
        ----------
        row : Sequence[str]
            A row with as many cells as headings.

        Returns
        -------
        bool
            True where several cells look unlike the others of their column, as when a comma too many in a
            name has pushed them on and a blank at the end makes up for it. Only wide tables are watched.
        """
        strange = 0
        for place, usual in self._watched:
            look = _look(row[place])
            strange += look not in {"", usual}
        return strange >= _STRANGE

    def leaves_out_blanks(self, row: Sequence[str]) -> bool:
        """Tell whether a short row is whole but for blanks at its end.

        Parameters
        ----------
        row : Sequence[str]
            The short row.

        Returns
        -------
        bool
            True where the table is wide and every cell looks like the others of its column: were a cell
            lost in the middle, those after it would stand under the wrong headings and not look so.
        """
        if self._width < WIDE or len(self._sample) < _ENOUGH:
            return False
        looks = [(self._look_of(place), _look(cell)) for place, cell in enumerate(row)]
        compared = [(usual, look) for usual, look in looks if usual and look]
        return len(compared) >= _ENOUGH and all(usual == look for usual, look in compared)

    def _tell_tales(self) -> list[tuple[int, str]]:
        """Choose columns that look unlike the next, so that cells pushed on would show."""
        looks = [self._look_of(place) for place in range(self._width)]
        tell = [
            place
            for place in range(1, self._width)
            if looks[place] and looks[place - 1] not in ("", looks[place])
        ]
        step = max(len(tell) // _WATCHED, 1)
        return [(place, looks[place]) for place in tell[::step]]

    def _look_of(self, place: int) -> str:
        """Say what nearly all cells of a column look like; nothing where they differ or are few."""
        if place not in self._usual:
            others = [look for look in (_look(whole[place]) for whole in self._sample) if look]
            usual = max(set(others), key=others.count) if others else ""
            sure = len(others) >= _ENOUGH and others.count(usual) >= _SURE * len(others)
            self._usual[place] = usual if sure else ""
        return self._usual[place]


def _look(cell: str) -> str:
    """Say what a cell looks like: a per cent, a number or text; nothing for a blank or a code."""
    text = cell.strip()
    if not text or code_of(text):
        return ""
    if text.endswith("%"):
        return "per cent"
    return "number" if _NUMBER.fullmatch(text) else "text"
