"""Figures that may rest on evidence: a number, an evidence row, or a row times a number or another row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from typing import NamedTuple

from scenarios import evidence, strict_yaml, values
from scenarios.errors import BadInput

KEYS = ("row", "times")


class Quantity(NamedTuple):
    """A figure: ``factor`` times the values of ``rows`` in a draw."""

    factor: float
    rows: tuple[str, ...]

    def value(self, read: Callable[[str], float]) -> float:
        """Read it in a draw.

        Parameters
        ----------
        read : Callable
            Value of an evidence row in the draw, by id.

        Returns
        -------
        float
            In the unit that was asked for.
        """
        found = self.factor
        for row in self.rows:
            found *= read(row)
        return found

    def admitted(self, level: str) -> bool:
        """Say whether everything it rests on is strong enough for ``evidence=``.

        Parameters
        ----------
        level : str
            ``strong``, ``moderate`` or ``all``.

        Returns
        -------
        bool
            A number that someone typed in counts as an assumption.
        """
        known = evidence.rows()
        strengths = [known[row].strength for row in self.rows] or ["assumption"]
        return all(evidence.admits(level, strength) for strength in strengths)

    def written(self) -> object:
        """Write it as it is read: a number, a row, or a mapping."""
        if not self.rows:
            return self.factor
        first, *others = self.rows
        if others:
            return {"row": first, "times": others[0]}
        return first if self.factor == 1.0 else {"row": first, "times": self.factor}


def read_quantity(
    found: object, where: str, low: float, high: float, unit: str, units: tuple[str, ...]
) -> Quantity:
    """Read a figure.

    Parameters
    ----------
    found : object
        A number, the id of an evidence row, or a mapping as ``{row: cpd_day_cost, times: 6}``.
    where : str
        The file and key, for messages.
    low, high : float
        Range of a number.
    unit : str
        What it is, in words.
    units : tuple of str
        Units that an evidence row may have; ``*`` stands for anything.

    Returns
    -------
    Quantity
        The figure.

    Raises
    ------
    BadInput
        If it is none of these, out of range, or rests on a row that cannot be used here.
    """
    if isinstance(found, Mapping):
        strict_yaml.only_keys(dict(found), KEYS, where)
        first = _row(found.get("row"), f"{where}.row", units)
        times = found.get("times", 1.0)
        if isinstance(times, str) and not values.is_number(times):
            return Quantity(1.0, (first, _row(times, f"{where}.times", ("ratio", "share*", "probability"))))
        return Quantity(values.number(times, f"{where}.times", -1000.0, 1000.0), (first,))
    if not isinstance(found, str) or values.is_number(found):
        return Quantity(values.number(found, where, low, high, f"{unit}, or the id of an evidence row"), ())
    return Quantity(1.0, (_row(found, where, units),))


def _row(found: object, where: str, units: tuple[str, ...]) -> str:
    row = evidence.input_row(values.text(found, where, 100), where)
    if not any(fnmatchcase(row.unit, unit) for unit in units):
        raise BadInput(
            f"evidence row {row.id} is of another kind",
            where=where,
            found=f"unit {row.unit}",
            allowed=f"a row in {' or '.join(unit.rstrip('*') for unit in units)}",
        )
    return row.id
