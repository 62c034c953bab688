"""Runs of a small place under several scenarios, with everything on, and the fingerprints of what they leave.

``python -m tests.house.same_bits`` prints the fingerprints, for a process of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from calibration.plans import plan_of
from experiments.institution_tables import institution_tables
from experiments.run import execute
from experiments.tables import school_table, trajectories
from scenarios import library
from scenarios.places.resolve import resolve

NAMES = ("baseline", "trusts_alone", "ealing_learning_partnership")
CELLS = [(1, 1)]
YEARS = 3
PLACE = {"schools": 12, "pupils": 6000, "special_schools": 1, "ap_schools": 1, "trusts": 3}


def prints(names: Sequence[str] = NAMES, *, engine: str = "serial", workers: int = 1) -> dict[str, str]:
    """Run scenarios in this order; fingerprint measures, schools, posts, cases, money and events."""
    place = resolve("synthetic", PLACE)
    scenarios = {name: library.load(name).dated(place.year) for name in names}
    plan = plan_of([place], [CELLS], years=YEARS, scenarios=scenarios, detail=True)
    rows = sorted(plan.rows, key=lambda row: (names.index(row.scenario), row.draw, row.replicate))
    finished = execute(replace(plan, rows=tuple(rows)), engine=engine, workers=workers, fail_fast=True)
    tables = {"measures": trajectories(finished), **institution_tables(finished)}
    schools = school_table(finished)
    assert schools is not None
    tables["schools"] = schools
    return {
        f"{name}: {of}": hashlib.sha256(
            table[table["scenario"] == name].to_csv(index=False).encode()
        ).hexdigest()
        for of, table in tables.items()
        for name in sorted(names)
    }


if __name__ == "__main__":
    for of, found in prints().items():
        print(of, found)
