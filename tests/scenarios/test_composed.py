"""A scenario written out in full is a scenario file that does the same again."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from scenarios import evidence, library
from scenarios.composed import as_mapping
from scenarios.dates import Start


def central(row: str) -> float:
    """Read the central value of an evidence row."""
    return evidence.rows()[row.partition("@")[0]].central


@pytest.mark.parametrize("name", library.names())
def test_a_scenario_written_out_does_the_same_again(tmp_path: Path, name: str) -> None:
    scenario = library.load(name).dated(2023, Start(2026, 9))
    path = tmp_path / f"{name}.yaml"
    path.write_text(yaml.safe_dump(as_mapping(scenario), sort_keys=False), encoding="utf-8")
    again = library.load(str(path)).dated(2023)
    assert again.levers(central) == scenario.levers(central)
    assert again.parameter_changes == scenario.parameter_changes


def test_a_start_that_nobody_gave_is_written_out() -> None:
    found = as_mapping(library.load("small_group_tuition").dated(2019))
    assert found["levers"]["programmes"][0]["start"] == "2020-04"  # type: ignore[index]
