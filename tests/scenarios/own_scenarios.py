"""Scenarios of one's own and of the library, compiled at central values in a place whose year 0 is 2023."""

from __future__ import annotations

from pathlib import Path

from model.arrangements import Arrangement
from model.levers import Levers
from scenarios import evidence, library
from scenarios.scenario import Scenario

YEAR_0 = 2023


def central(row: str) -> float:
    """Read the central value of an evidence row."""
    return evidence.rows()[row.partition("@")[0]].central


def own(folder: Path, levers: str = "", more: str = "") -> Scenario:
    """Load a scenario of one's own over the baseline, not dated."""
    path = folder / "mine.yaml"
    indented = "".join(f"  {line}\n" for line in levers.splitlines())
    path.write_text(f"title: Mine\nlevers:\n{indented or '  {}'}\n{more}", encoding="utf-8")
    return library.load(str(path))


def compiled(scenario: Scenario, year_0: int = YEAR_0) -> Levers:
    """Compile a scenario."""
    return scenario.dated(year_0).levers(central)


def in_force(scenario: Scenario | None = None, year_0: int = YEAR_0) -> Arrangement:
    """Say what is in force at year 0; the baseline's where no scenario is given."""
    found = compiled(scenario or library.load("baseline"), year_0).in_force
    assert found is not None
    return found


def stands(scenario: Scenario | str) -> Arrangement:
    """Say what a scenario puts in the stead of what is in force."""
    return compiled(library.load(scenario) if isinstance(scenario, str) else scenario).changes[0].arrangement
