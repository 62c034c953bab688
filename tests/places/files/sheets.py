"""Tables as text, and the choices by which they are mangled."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

Pick = Callable[[int], int]
"""Gives a whole number from 0 to one less than the number given."""


def picks(seed: int) -> Pick:
    """Give a lasting sequence of choices, the same for the same seed on every machine."""
    state = hashlib.sha256(str(seed).encode()).digest()

    def pick(below: int) -> int:
        nonlocal state
        state = hashlib.sha256(state).digest()
        return int.from_bytes(state[:8], "big") % below

    return pick


@dataclass(frozen=True)
class Sheet:
    """A table as text."""

    name: str
    headings: list[str]
    rows: list[list[str]]

    @classmethod
    def read(cls, path: Path, rows: int = 60) -> Sheet:
        """Read the first rows of a CSV file, packed or not."""
        data = path.read_bytes()
        data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        table = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        name = f"{path.parent.name}/{path.name.removesuffix('.gz')}"
        return cls(name, table[0], table[1 : rows + 1])

    def text(self, delimiter: str = ",", end: str = "\r\n", quoting: int = csv.QUOTE_MINIMAL) -> str:
        """Write it as delimited text."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting)
        writer.writerows([self.headings, *self.rows])
        return out.getvalue()

    def with_cell(self, row: int, column: int, cell: str) -> Sheet:
        """Give a copy with one cell changed."""
        rows = [list(cells) for cells in self.rows]
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = cell
        return replace(self, rows=rows)


@dataclass(frozen=True)
class Mangled:
    """A mangled file.

    Attributes
    ----------
    data : bytes
        Its contents.
    name : str
        Its path below the folder that is read.
    rows_may_go : bool
        Whether rows may be missing in silence: a file cut between two rows looks whole.
    either : bool
        Whether a row comes twice, one cell changed: either figure may be kept if that is said; a row with
        another name (a school in another group) is another row.
    """

    data: bytes
    name: str
    rows_may_go: bool = False
    either: bool = False
