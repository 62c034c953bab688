"""Rooms stay small and well named, so that a newcomer knows which file to open."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

LONGEST_FILE = 400  # lines
LONGEST_FUNCTION = 60  # lines
VAGUE = {"common", "core", "helper", "helpers", "manager", "misc", "stuff", "tools", "util", "utils"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def long_functions(path: Path) -> list[str]:
    """Name every function of a file that does not fit a screen."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, Function)]
    lengths = [(node, (node.end_lineno or node.lineno) - node.lineno + 1) for node in functions]
    return [
        f"{path.parent.name}/{path.name}:{node.lineno} {node.name}: {n} lines"
        for node, n in lengths
        if n > LONGEST_FUNCTION
    ]


def test_no_file_is_longer_than_a_chapter(kept_files: list[Path]) -> None:
    lengths = {
        str(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in kept_files
        if path.suffix == ".py"
    }
    assert not {name: length for name, length in lengths.items() if length > LONGEST_FILE}


def test_every_function_fits_a_screen(kept_files: list[Path]) -> None:
    assert not [row for path in kept_files if path.suffix == ".py" for row in long_functions(path)]


def test_a_function_that_does_not_fit_is_found(tmp_path: Path) -> None:
    path = tmp_path / "long.py"
    path.write_text("def endless():\n" + "    pass\n" * LONGEST_FUNCTION, encoding="utf-8")
    assert len(long_functions(path)) == 1


def test_every_module_is_named_for_its_idea(kept_files: list[Path], project: Path) -> None:
    names = [path.relative_to(project) for path in kept_files if path.suffix == ".py"]
    assert not [str(name) for name in names if VAGUE & {part.removesuffix(".py") for part in name.parts}]


def test_no_state_is_global(code_files: list[Path]) -> None:
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in code_files}
    found = [
        str(path) for path, tree in trees.items() for node in ast.walk(tree) if isinstance(node, ast.Global)
    ]
    assert not found


@pytest.mark.parametrize("room", ["calibration", "conf", "experiments", "model", "outputs", "scenarios"])
def test_every_room_stands_beside_the_front_door(room: str, project: Path) -> None:
    assert (project / "lepsim.py").is_file()
    assert (project / room).is_dir()
