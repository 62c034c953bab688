"""Same inputs, same bits: the model leaves aside what depends on threads, on processors or on order."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

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
