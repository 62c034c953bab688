"""A layout: one declaration of how a published table is set out, and the test of a file against it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

    from scenarios.places.files.kinds import Column

COMMON = frozenset({"urn", "rectype", "la_code", "la_name", "estab", "name", "type", "phase", "year"})
"""Columns that many tables have, so that they tell nothing about which table it is."""

_NOT_SIGNIFICANT = re.compile(r"[^a-z0-9_%]")


def normal(heading: str) -> str:
    """Reduce a heading to what matters when headings are compared.

    Parameters
    ----------
    heading : str
        As found or declared.

    Returns
    -------
    str
        Small letters, figures, underlines and per cent signs only.
    """
    return _NOT_SIGNIFICANT.sub("", heading.lower())


YearRule = Literal["none", "column", "path"]


@dataclass(frozen=True)
class Layout:
    """How one published table is set out.

    Attributes
    ----------
    name : str
        Short name, shown in reports.
    source : str
        The table it feeds; empty for a table that is known and not used.
    what : str
        What the table is, in plain English.
    columns : mapping of str to Column
        Our column: its accepted headings and what it holds.
    essential : tuple of str
        Our columns without which the file is not this table.
    auxiliary : tuple of str
        Our columns that can be done without: if many of their cells cannot be read, the column is left out
        and the file is not refused.
    absent : tuple of str
        Headings that a file set out so does not have.
    year : str
        ``none``: the table is not yearly; ``column``: a column says the year of each row; ``path``: the
        headings or else the path say it.
    year_marks : str
        For ``path``: pattern of headings that repeat earlier years, with one group of two figures.
    key : tuple of str
        Our columns that name a row.
    only : tuple, optional
        A column of ours and the values whose rows are kept, for tables of which a part is used.
    tidy : callable, optional
        Last step for this layout: takes and gives the table of our columns.
    """

    name: str
    source: str
    what: str
    columns: Mapping[str, Column]
    essential: tuple[str, ...]
    auxiliary: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    year: YearRule = "none"
    year_marks: str = ""
    key: tuple[str, ...] = ("urn",)
    only: tuple[str, frozenset[str]] | None = None
    tidy: Callable[[pd.DataFrame], pd.DataFrame] | None = field(default=None, compare=False)

    @cached_property
    def accepted(self) -> dict[str, tuple[str, ...]]:
        """Accepted headings of each of our columns, reduced to what matters."""
        return {ours: tuple(map(normal, column.headings)) for ours, column in self.columns.items()}


@dataclass(frozen=True)
class Match:
    """A layout beside the headings of a file.

    Attributes
    ----------
    layout : Layout
        The layout compared.
    found : dict of str to int
        Our column: position of its heading in the file.
    missing : tuple of str
        Essential columns without a heading.
    unwanted : tuple of str
        Headings found that this layout does not have.
    """

    layout: Layout
    found: dict[str, int]
    missing: tuple[str, ...]
    unwanted: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether the file is set out so."""
        return not self.missing and not self.unwanted

    @property
    def likeness(self) -> float:
        """Share of the columns that tell this layout from others that the file has, 0 to 1."""
        telling = self.layout.columns.keys() - COMMON
        return len(telling & self.found.keys()) / max(len(telling), 1)


def places_of(headings: Sequence[str]) -> dict[str, int]:
    """Say where each heading stands.

    Parameters
    ----------
    headings : Sequence[str]
        Of a file, in order.

    Returns
    -------
    dict of str to int
        Heading, reduced to what matters: its first place.
    """
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        places.setdefault(normal(heading), place)
    return places


def compare(layout: Layout, places: Mapping[str, int]) -> Match:
    """Compare a layout with the headings of a file.

    Parameters
    ----------
    layout : Layout
        What might be there.
    places : mapping of str to int
        What is there, from `places_of`.

    Returns
    -------
    Match
        Which of our columns the file has.
    """
    found = {}
    for ours, accepted in layout.accepted.items():
        for heading in accepted:
            if heading in places:
                found[ours] = places[heading]
                break
    missing = tuple(ours for ours in layout.essential if ours not in found)
    unwanted = tuple(heading for heading in layout.absent if normal(heading) in places)
    return Match(layout, found, missing, unwanted)
