"""What a place file holds, between the file and the place: tables and plain values by name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from scenarios.errors import BadInput

FORMAT_NAME = "lepsim place"


class Version(NamedTuple):
    """Version of the layout: a newer minor one only adds, a newer major one cannot be read."""

    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"


FORMAT = Version(1, 1)
"""The layout that this lepsim writes."""

TABLES = (
    "authorities", "schools", "areas", "rates", "results", "history", "national_rates", "national_results",
    "national_years", "school_results", "school_intakes", "feeders", "partnerships", "public_record",
    "table_schools", "table_flags", "table_results", "table_las",
)  # fmt: skip
"""Parquet members, by name without ``.parquet``."""

VALUES = ("place", "table", "report")
"""JSON members, by name without ``.json``."""


@dataclass(kw_only=True)
class Contents:
    """Members of a place file, parsed.

    Attributes
    ----------
    tables : dict of str to pyarrow.Table
        By name.
    values : dict of str to dict
        Plain values by name.
    where : str
        The file, for messages.
    """

    tables: dict[str, Any] = field(default_factory=dict)
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    where: str = "a place file"

    def table(self, name: str) -> Any:
        """Give a table that has to be there.

        Parameters
        ----------
        name : str
            One of ``TABLES``.

        Returns
        -------
        pyarrow.Table
            The table.

        Raises
        ------
        BadInput
            If it is missing.
        """
        if name not in self.tables:
            raise self.refusal("has no such table", f"{name}.parquet missing", f"{name}.parquet")
        return self.tables[name]

    def value(self, member: str, key: str, kind: type | tuple[type, ...]) -> Any:
        """Give a plain value that has to be there.

        Parameters
        ----------
        member : str
            One of ``VALUES``.
        key : str
            Its key.
        kind : type or tuple of type
            What it has to be; a bool is no number here.

        Returns
        -------
        object
            The value.

        Raises
        ------
        BadInput
            If it is missing or of another kind.
        """
        found = self.values.get(member, {}).get(key)
        kinds = kind if isinstance(kind, tuple) else (kind,)
        if not isinstance(found, kinds) or (isinstance(found, bool) and bool not in kinds):
            names = " or ".join(item.__name__ for item in kinds)
            raise self.refusal(
                f"{member}.json: {key} cannot be used", "nothing" if found is None else type(found).__name__,
                f"{names}, as lepsim writes it",
            )  # fmt: skip
        return found

    def refusal(self, what: str, found: str, allowed: str) -> BadInput:
        """Make the error that says what is wrong with the file.

        Parameters
        ----------
        what : str
            What is wrong.
        found, allowed : str
            What was found and what is allowed.

        Returns
        -------
        BadInput
            To raise.
        """
        return BadInput(what, where=self.where, found=found, allowed=allowed)
