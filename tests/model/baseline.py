"""The stored results of one small place at central values; rewrite with ``python -m tests.model.baseline``.

Rewrite only when results are meant to change, and say so in the change log.
"""

from __future__ import annotations

import csv
from pathlib import Path

from model.record import Record
from tests.model.running import course, levers, place_of, run

FILE = Path(__file__).with_name("baseline.csv")
YEARS = 6


def runs() -> dict[str, Record]:
    """Run the stored cases: nothing done, and a course for disadvantaged pupils of Years 1 to 6."""
    programme = course(
        eligible="disadvantaged", reach=0.5, year_groups=(1, 2, 3, 4, 5, 6), last_year=place_of().year + 3
    )
    return {
        "baseline": run(place_of(), years=YEARS),
        "course": run(place_of(), levers(programme), years=YEARS),
    }


def rows() -> list[tuple[str, str, str, str, str]]:
    """Flatten the runs: case, year, measure, group, value to twelve figures."""
    found = []
    for name, record in runs().items():
        for year, values in zip(record.years, record.values, strict=True):
            for column, value in zip(record.columns, values, strict=True):
                found.append((name, str(year), column.measure, column.group, f"{value:.12g}"))
    return found


def stored() -> list[tuple[str, ...]]:
    """Read the stored rows."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file)][1:]


def rewrite() -> None:
    """Write today's results over the stored ones."""
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("case", "year", "measure", "group", "value"))
        writer.writerows(rows())


if __name__ == "__main__":
    rewrite()
