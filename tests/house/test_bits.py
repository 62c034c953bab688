"""Same inputs, same bits: the model leaves aside what depends on threads, on processors or on order."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.same_bits import NAMES, prints

# Matrix products go to a BLAS whose rounding depends on the processor and on the number of threads.
BLAS = {"dot", "inner", "linalg", "matmul", "multi_dot", "tensordot", "vdot"}
MESA_SHUFFLES = {"shuffle", "shuffle_do"}
SALTED = {"hash", "id"}


def unsteady(code: str) -> list[str]:
    """List what in a module could give other bits on another day."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.MatMult):
            found.append("@")
        elif isinstance(node, ast.Attribute) and node.attr in BLAS | MESA_SHUFFLES:
            found.append(node.attr)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SALTED:
            found.append(node.func.id)
    return found


def test_the_model_gives_the_same_bits_on_any_day(code_files: list[Path], project: Path) -> None:
    files = [path for path in code_files if path.is_relative_to(project / "model")]
    found = {str(path.relative_to(project)): unsteady(path.read_text(encoding="utf-8")) for path in files}
    assert files
    assert not {name: rows for name, rows in found.items() if rows}


@pytest.mark.parametrize(
    "code",
    ["a @ b", "a @= b", "np.dot(a, b)", "np.linalg.solve(a, b)", "agents.shuffle_do('act')", "hash(a)"],
)
def test_what_would_change_the_bits_is_found(code: str) -> None:
    assert unsteady(code)


@pytest.fixture(scope="module")
def usual() -> dict[str, str]:
    """What scenarios leave behind, run one after another."""
    return prints()


def test_money_posts_cases_and_events_are_looked_at_as_well(usual: dict[str, str]) -> None:
    assert {key.rpartition(" ")[2] for key in usual} >= {"measures", "schools", "posts", "ledger", "events"}
    assert len({usual[f"{name}: measures"] for name in NAMES}) == len(NAMES)


def test_the_order_of_scenarios_and_what_else_is_run_change_nothing(usual: dict[str, str]) -> None:
    assert prints(NAMES[::-1]) == usual
    alone = prints(NAMES[1:2])
    assert alone.items() <= usual.items()


def test_two_processes_give_the_bits_of_one(usual: dict[str, str]) -> None:
    assert prints(engine="joblib", workers=2) == usual


def test_the_order_in_which_sets_are_kept_changes_nothing(usual: dict[str, str], project: Path) -> None:
    command = [sys.executable, "-m", "tests.house.same_bits"]
    environment = {**os.environ, "PYTHONHASHSEED": "4711"}
    found = subprocess.run(
        command, cwd=project, env=environment, capture_output=True, check=True, text=True
    ).stdout
    assert dict(line.rsplit(" ", 1) for line in found.splitlines()) == usual
