"""What is said about the data: one remark a fact, kept with the place built from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NoteKind = Literal["file", "cell", "odd", "imputed", "missing", "matched"]


@dataclass(frozen=True)
class Note:
    """One remark in plain English.

    Attributes
    ----------
    kind : str
        ``file`` about a whole file; ``cell`` about cells that could not be read; ``odd`` for
        contradictions and outliers; ``imputed`` for figures worked out; ``missing`` for what is not
        there; ``matched`` for records joined.
    where : str
        The file, school (URN), table or column.
    text : str
        The remark.
    count : int
        How many cells, rows or schools it is about.
    """

    kind: NoteKind
    where: str
    text: str
    count: int = 1
