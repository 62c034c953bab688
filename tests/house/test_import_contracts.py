"""Data flows one way: each contract between the rooms is shown to fail on one import that breaks it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

# contract: (module that must not, what it must not import)
BREACHES = {
    "downwards": ("model/place.py", "import scenarios"),
    "outputs-alone": ("outputs/chart.py", "from model import place"),
    "only-the-front-door-shows": ("experiments/engine.py", "import outputs"),
    "front-door-on-top": ("scenarios/places/table.py", "import lepsim"),
    "model-on-its-own": ("model/place.py", "import pandas as pd"),
    "no-hidden-chance": ("experiments/engine.py", "import random"),
    "mechanisms-below-the-loop": ("model/agents/school.py", "from model import system"),
}
MODULES = (
    "lepsim.py",
    "calibration/__init__.py",
    "experiments/__init__.py",
    "experiments/engine.py",
    "model/__init__.py",
    "model/place.py",
    "model/system.py",
    "model/agents/__init__.py",
    "model/agents/school.py",
    "outputs/__init__.py",
    "outputs/chart.py",
    "scenarios/__init__.py",
    "scenarios/places/__init__.py",
    "scenarios/places/table.py",
)


def check_imports(house: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of the house in a folder, as ``make check`` does."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=house, capture_output=True, text=True, check=False)


@pytest.fixture
def empty_house(project: Path, tmp_path: Path) -> Path:
    """Make the rooms, each module empty, under the project's own contracts."""
    for module in MODULES:
        path = tmp_path / module
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('"""An empty room."""\n', encoding="utf-8")
    shutil.copy(project / "pyproject.toml", tmp_path)
    return tmp_path


def test_a_house_in_order_keeps_every_contract(empty_house: Path) -> None:
    done = check_imports(empty_house)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


def test_every_contract_has_an_import_that_breaks_it(settings: dict[str, Any]) -> None:
    contracts = {contract["id"] for contract in settings["tool"]["importlinter"]["contracts"]}
    assert contracts == set(BREACHES)


@pytest.mark.parametrize("contract", BREACHES)
def test_a_contract_fails_when_it_is_broken(
    contract: str, empty_house: Path, settings: dict[str, Any]
) -> None:
    module, statement = BREACHES[contract]
    (empty_house / module).write_text(
        f'"""A room that reaches too far."""\n\n{statement}\n', encoding="utf-8"
    )
    names = {entry["id"]: entry["name"] for entry in settings["tool"]["importlinter"]["contracts"]}
    done = check_imports(empty_house)
    assert done.returncode == 1
    assert f"{names[contract]} BROKEN" in done.stdout
