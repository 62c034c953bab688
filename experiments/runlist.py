"""The run list: rows of place, scenario, draw and replicate; everything that runs is one of these."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from scenarios.errors import BadInput

CENTRAL_DRAW = 0
"""The draw in which every uncertain quantity stands at its central value."""

COLUMNS = ("place", "scenario", "draw", "replicate")


class RunRow(NamedTuple):
    """One run: a place under a scenario, one draw of the parameters, one replicate of chance.

    Attributes
    ----------
    place, scenario : str
        Names, as in the settings.
    draw : int
        0 = central values; 1 and up = sampled.
    replicate : int
        1 and up.
    """

    place: str
    scenario: str
    draw: int
    replicate: int


def grid(
    places: Sequence[str], scenarios: Sequence[str], *, draws: int, replicates: int
) -> tuple[RunRow, ...]:
    """Write the run list of every place, scenario, draw and replicate.

    Parameters
    ----------
    places, scenarios : Sequence of str
        Names.
    draws : int
        Number of sampled draws; 0 means one draw at central values.
    replicates : int
        Replicates of chance for each draw.

    Returns
    -------
    tuple of RunRow
        In sorted order.

    Raises
    ------
    BadInput
        If a name is given twice, there is nothing to run, or a number is out of range.
    """
    if draws < 0:
        raise BadInput("too few draws", where="draws", found=str(draws), allowed="0 (central values) or more")
    if replicates < 1:
        raise BadInput("too few replicates", where="replicates", found=str(replicates), allowed="1 or more")
    numbers = range(1, draws + 1) if draws else (CENTRAL_DRAW,)
    return checked(
        RunRow(place, scenario, draw, replicate)
        for place in places
        for scenario in scenarios
        for draw in numbers
        for replicate in range(1, replicates + 1)
    )


def checked(rows: Iterable[RunRow], *, where: str = "run list") -> tuple[RunRow, ...]:
    """Sort a run list, refusing an empty one and repeated rows.

    Parameters
    ----------
    rows : iterable of RunRow
        In any order.
    where : str
        What to name in an error.

    Returns
    -------
    tuple of RunRow
        In sorted order, so that results do not depend on the order given.

    Raises
    ------
    BadInput
        If the list is empty or a row is given twice.
    """
    ordered = tuple(sorted(rows))
    if not ordered:
        raise BadInput("nothing to run", where=where, found="no rows", allowed="one row or more")
    for first, second in pairwise(ordered):
        if first == second:
            found = ", ".join(map(str, first))
            raise BadInput("a row is given twice", where=where, found=found, allowed="each row once")
    return ordered


def read_csv(path: Path) -> tuple[RunRow, ...]:
    """Read a run list from a CSV file with the columns place, scenario, draw, replicate.

    Parameters
    ----------
    path : Path
        A UTF-8 text file, with or without a byte-order mark.

    Returns
    -------
    tuple of RunRow
        In sorted order.

    Raises
    ------
    BadInput
        If the file cannot be read, a column is missing or unknown, or a cell cannot be used.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            "cannot be read as a run list",
            where=str(path),
            found=_reason(error),
            allowed="a CSV file in UTF-8",
        ) from None
    try:
        lines = [line for line in csv.reader(text.splitlines(), strict=True) if line]
    except csv.Error as error:
        raise BadInput(
            "is not a CSV file", where=str(path), found=str(error), allowed=f"columns {', '.join(COLUMNS)}"
        ) from None
    head = tuple(cell.strip() for cell in lines[0]) if lines else ()
    if sorted(head) != sorted(COLUMNS):
        found = ", ".join(head)[:200] or "an empty file"
        raise BadInput("wrong columns", where=str(path), found=found, allowed=", ".join(COLUMNS))
    rows = (_row(head, line, f"{path}, row {number}") for number, line in enumerate(lines[1:], start=2))
    return checked(rows, where=str(path))


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return (
        error.strerror or "an unreadable file" if isinstance(error, OSError) else "bytes that are not UTF-8"
    )


def _row(head: Sequence[str], line: Sequence[str], where: str) -> RunRow:
    if len(line) != len(head):
        raise BadInput("wrong number of cells", where=where, found=str(len(line)), allowed=str(len(head)))
    cells = dict(zip(head, (cell.strip() for cell in line), strict=True))
    for name in ("place", "scenario"):
        if not cells[name]:
            raise BadInput(f"{name} is empty", where=where, allowed="a name")
    return RunRow(
        cells["place"],
        cells["scenario"],
        _whole(cells["draw"], f"{where}, draw", 0),
        _whole(cells["replicate"], f"{where}, replicate", 1),
    )


def _whole(text: str, where: str, low: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) >= low):
        raise BadInput(
            "is not a usable number",
            where=where,
            found=repr(text[:40]),
            allowed=f"a whole number from {low} to 999999999",
        )
    return int(text)


def write_csv(rows: Iterable[RunRow], path: Path) -> None:
    """Write a run list as CSV, in sorted order.

    Parameters
    ----------
    rows : iterable of RunRow
        The run list.
    path : Path
        Written whole or not at all.
    """
    beside = path.with_name(f".{path.name}.part")
    with beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(sorted(rows))
    beside.replace(path)
