"""A small made-up table in every layout that is used, written from the declarations themselves."""

from __future__ import annotations

from pathlib import Path

from scenarios.places.files.kinds import Column, Kind
from scenarios.places.files.layout import Layout
from scenarios.places.files.registry import LAYOUTS
from tests.places.files.mangling import Sheet

ROWS = 24
FIRST_URN = 100_008
WIDE = 40
"""Columns of results put beside the others, so that wide tables are tried too."""

USED = tuple(layout for layout in LAYOUTS if layout.source not in ("", "boundaries"))
RAW = Path(__file__).resolve().parents[4] / "shared" / "data"


def sample(layout: Layout, rows: int = ROWS, *, wide: bool = False) -> Sheet:
    """Write a table in a layout, its figures all different as far as their kind allows."""
    headings = [column.headings[0] for column in layout.columns.values()]
    table = [
        [_cell(ours, column, row, place) for place, (ours, column) in enumerate(layout.columns.items())]
        for row in range(rows)
    ]
    if wide:
        headings += [f"{'PT' if place % 2 else 'T'}FILLER{place}" for place in range(WIDE)]
        table = [
            [*cells, *(f"{place + row}{'%' * (place % 2)}" for place in range(WIDE))]
            for row, cells in enumerate(table)
        ]
    return Sheet("2017-18/table.csv", headings, table)


NAMED = {
    "rectype": ("1", "1", "1", "1", "2"),
    "measure": ("PriFSM", "SecFSM", "KS2RWM_Expected_STD", "AVG_Attain8_Score"),
    "rating": ("Good", "Outstanding", "Requires improvement"),
}


def _cell(ours: str, column: Column, row: int, place: int) -> str:
    if ours in NAMED:
        return NAMED[ours][row % len(NAMED[ours])]
    if ours == "lsoa":
        return f"E010{row:05d}"
    if ours == "group_uid":
        return str(1000 + row)
    step = row + 3 * place
    low, high = max(column.low, -1e6), min(column.high, 1e6)
    by_kind = {
        Kind.URN: str(FIRST_URN + row + 500 * place),
        Kind.LA: str(301 + row // 4),
        Kind.YEAR: "2018",
        Kind.DATE: f"{1 + row:02d}-09-20{10 + place % 8}",
        Kind.PERCENT: f"{10 + step % 80}%",
        Kind.MONEY: f"{20_000 + 137.25 * step:.2f}",
        Kind.TEXT: f"Text {place} {row}",
        Kind.WHOLE: str(20 + step),
        Kind.NUMBER: f"{low + (high - low) * (0.2 + 0.01 * (step % 60)):.2f}",
    }
    return by_kind[column.kind]
