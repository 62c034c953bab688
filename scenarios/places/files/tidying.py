"""From the text of one recognised file to its table, with a note for every cell that is not right."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scenarios.errors import BadInput
from scenarios.places.files.cells import Reading, read_cells, written_as_shares
from scenarios.places.files.codes import CUT, OWN_CODES
from scenarios.places.files.kinds import NUMERIC, Kind
from scenarios.places.files.layout import Layout, normal
from scenarios.places.files.notes import Note
from scenarios.places.files.raw_table import TOLERATED_COUNT, TOLERATED_SHARE, RawTable
from scenarios.places.files.years import FileYear

_LEFT_OUT: Final = "too many cells cannot be used, so the column is left out"
_EXAMPLES: Final = 3
_ALIKE: Final = 0.85
"""Likeness from which a heading may be a new name of a column."""


def tidy_table(raw: RawTable, year: FileYear | None, where: str) -> tuple[pd.DataFrame, list[Note]]:
    """Read the cells of a file.

    Parameters
    ----------
    raw : RawTable
        The cells wanted, as text.
    year : FileYear or None
        The year of the file, where it is a file of one year.
    where : str
        How the file is called.

    Returns
    -------
    table : pandas.DataFrame
        One row a row of the file that names its school, LA or area; columns of the contract.
    notes : list of Note
        What could not be read.

    Raises
    ------
    BadInput
        If a heading comes twice with different contents, or too many cells cannot be read.
    """
    layout = raw.match.layout
    _refuse_duplicates(raw, where)
    notes = [*_absent(raw, where), *(Note("file", where, remark) for remark in raw.remarks)]
    if raw.unused:
        notes.append(Note("file", where, "rows of measures that are not used", raw.unused))
    lines = np.array(raw.lines, dtype=np.int64)
    cells_of = list(zip(*raw.rows, strict=True)) if raw.rows else [()] * len(raw.match.found)
    named = list(zip(raw.match.found, cells_of, strict=True))
    shares = written_as_shares(cells for ours, cells in named if layout.columns[ours].kind is Kind.PERCENT)
    data: dict[str, object] = {}
    for (ours, place), cells in zip(raw.match.found.items(), cells_of, strict=True):
        column = layout.columns[ours]
        called = f"{where}, {raw.headings[place]}"
        reading = read_cells(cells, column, decimal_comma=raw.delimiter == ";", shares=shares)
        if place == raw.cut_place:
            reading = _without_last(reading)
            notes.append(Note("cell", called, f"line {lines[-1]:,}: {OWN_CODES[CUT]}"))
        more = _notes_of(reading, cells, lines, called, column.kind, ours in layout.auxiliary)
        notes += more
        if any(note.text.startswith(_LEFT_OUT) for note in more):
            continue
        data[ours] = _values(reading, column.kind)
        coded = int((reading.codes != "").sum())
        if coded and layout.source == "indicators" and column.kind in NUMERIC:
            notes.append(Note("missing", called, "cells that hold a code and no figure", coded))
        elif coded and column.kind in NUMERIC:
            data[f"{ours}_code"] = pd.Categorical(reading.codes)
    table = pd.DataFrame(data, index=pd.RangeIndex(len(lines)))
    table["file"] = where
    kept, more = _keyed(table, layout, year, where)
    if len(table) and not len(kept):
        found = more[-1].text if more else "no row names what it is about"
        raise BadInput("no row of this table can be used", where=where, found=found)
    return kept, notes + more


def _refuse_duplicates(raw: RawTable, where: str) -> None:
    places = [normal(heading) for heading in raw.headings]
    for ours, place in raw.match.found.items():
        if places.count(places[place]) > 1:
            raise BadInput(
                f"the heading {raw.headings[place]} comes twice, so it is not clear which column is meant",
                where=where,
                found=f"{places.count(places[place])} columns so called ({ours})",
                allowed="each heading once",
            )


def _absent(raw: RawTable, where: str) -> list[Note]:
    """Say which columns of the layout the file does not have, and what might be a new name for them."""
    layout, found = raw.match.layout, raw.match.found
    taken = set(found.values())
    free = [heading for place, heading in enumerate(raw.headings) if place not in taken]
    absent = [column.headings[0] for ours, column in layout.columns.items() if ours not in found]
    said = []
    for heading in absent:
        close = get_close_matches(heading.lower(), [name.lower() for name in free], n=1, cutoff=_ALIKE)
        hints = [name for name in free if name.lower() in close]
        said.append(f"{heading} (like {hints[0]}?)" if hints else heading)
    return [Note("missing", where, f"no column {', '.join(said)}", len(said))] if said else []


def _without_last(reading: Reading) -> Reading:
    values, codes = reading.values.copy(), reading.codes.copy()
    missing: object = "" if values.dtype == object else np.nan
    values[-1] = np.datetime64("NaT") if values.dtype.kind == "M" else missing
    codes[-1] = CUT
    return Reading(values, codes, reading.unreadable, reading.out_of_range, reading.remark)


def _notes_of(
    reading: Reading, cells: Sequence[str], lines: NDArray[np.int64], where: str, kind: Kind, auxiliary: bool
) -> list[Note]:
    notes = []
    filled = int((reading.codes == "").sum()) + len(reading.unreadable) + len(reading.out_of_range)
    for rows, what in (
        (reading.unreadable, f"a {kind} belongs there"),
        (reading.out_of_range, f"not a possible {kind}"),
    ):
        if not len(rows):
            continue
        shown = "; ".join(f"line {lines[row]:,}: {str(cells[row])[:40]!r}" for row in rows[:_EXAMPLES])
        many = len(rows) > max(TOLERATED_COUNT, TOLERATED_SHARE * filled)
        if many and auxiliary:
            return [Note("odd", where, f"{_LEFT_OUT}: {what} ({shown})", len(rows))]
        if many:
            allowed = f"a {kind}, or a published code such as SUPP"
            comma = "; in a file with semicolons, numbers without commas" if "," in shown else ""
            text = f"{len(rows)} cells of this column cannot be used"
            raise BadInput(text, where=where, found=shown, allowed=allowed + comma)
        notes.append(Note("cell", where, f"{what}; left out: {shown}", len(rows)))
    coded = int((reading.codes != "").sum()) - len(reading.unreadable) - len(reading.out_of_range)
    if coded and kind not in NUMERIC:
        notes.append(Note("cell", where, f"a code stands where a {kind} belongs", coded))
    if reading.remark:
        notes.append(Note("odd", where, reading.remark))
    return notes


def _values(reading: Reading, kind: Kind) -> object:
    if kind in (Kind.URN, Kind.LA):
        return np.nan_to_num(reading.values, nan=0.0).astype(np.int64)
    return reading.values


def _keyed(
    table: pd.DataFrame, layout: Layout, year: FileYear | None, where: str
) -> tuple[pd.DataFrame, list[Note]]:
    """Keep the rows that name what they are about, give each its year, and take the layout's last step."""
    table, notes = _dated(table, layout, year, where)
    table = _named(table, layout)
    if "urn" in layout.key and "rectype" not in layout.columns:
        named = table["urn"] > 0
        if not named.all():
            text = "rows without a URN, such as totals of LAs and of England, are left out"
            notes.append(Note("file", where, text, int((~named).sum())))
        table = table[named]
    if layout.tidy is None:
        return table.reset_index(drop=True), notes
    tidied = layout.tidy(table.reset_index(drop=True)).reset_index(drop=True)
    if len(tidied) < len(table) and layout.source != "indicators":
        text = "rows of another kind (totals, no rating, no school) or said twice are left out"
        notes.append(Note("file", where, text, len(table) - len(tidied)))
    twice = int((tidied["intake"] > 1).sum()) if "intake" in tidied else 0
    if twice:
        text = "schools with two rows in a year are taken to admit at two ages"
        notes.append(Note("file", where, text, twice))
    return tidied, notes


def _named(table: pd.DataFrame, layout: Layout) -> pd.DataFrame:
    """Leave out rows in which what names the row, beside the school, could not be read."""
    for name in layout.key:
        column = layout.columns.get(name)
        if column is not None and column.form:
            table = table[table[name] != ""]
        elif column is not None and column.kind in (Kind.URN, Kind.LA) and name != "urn":
            table = table[table[name] > 0]
    return table


def _dated(
    table: pd.DataFrame, layout: Layout, year: FileYear | None, where: str
) -> tuple[pd.DataFrame, list[Note]]:
    if year is not None:
        return table.assign(year=year.year if year.year is not None else 0), []
    if layout.year != "column":
        return table, []
    unknown = table["year"].isna()
    text = "rows whose year is not known are left out"
    notes = [Note("cell", where, text, int(unknown.sum()))] if unknown.any() else []
    table = table[~unknown]
    return table.assign(year=table["year"].astype(np.int64)), notes
