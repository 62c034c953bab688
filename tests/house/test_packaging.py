"""What a user installs: the rooms and the data that they read, beside the front door, and no tests."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

DATA = {".yaml", ".csv", ".html"}
ROOMS = ("calibration", "conf", "experiments", "model", "outputs", "scenarios")


@pytest.fixture(scope="module")
def wheel(kept_files: list[Path], project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy of what git keeps, so that nothing is written in the project."""
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("built")
    for path in kept_files:
        copy = source / path.relative_to(project)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(built), str(source)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(built.glob("*.whl"))


def shipped(wheel: Path) -> set[str]:
    """Name the files of a wheel, its own records left out."""
    with ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def imported(path: Path) -> set[str]:
    """Name the top-level modules that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def normal(name: str) -> str:
    """Write the name of a package as an index does."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~ ;]", name)[0]).lower()


def test_every_library_that_is_imported_is_asked_for(
    code_files: list[Path], settings: dict[str, Any]
) -> None:
    extras = settings["project"]["optional-dependencies"]
    users = [row for name, rows in extras.items() if name != "dev" for row in rows]
    asked = {normal(row) for row in [*settings["project"]["dependencies"], *users]}
    sources = packages_distributions()
    names = (
        set().union(*(imported(path) for path in code_files)) - sys.stdlib_module_names - {"lepsim", *ROOMS}
    )
    unasked = {name for name in names if not {normal(source) for source in sources.get(name, [name])} & asked}
    assert names
    assert not unasked


def test_every_folder_with_code_is_listed(
    code_files: list[Path], project: Path, settings: dict[str, Any]
) -> None:
    folders = {".".join(path.relative_to(project).parent.parts) for path in code_files} - {""}
    assert folders <= set(settings["tool"]["setuptools"]["packages"])


def test_tests_are_not_listed(settings: dict[str, Any]) -> None:
    assert not [name for name in settings["tool"]["setuptools"]["packages"] if name.split(".")[0] == "tests"]


def test_the_wheel_holds_all_the_code_and_all_the_data(
    wheel: Path, kept_files: list[Path], code_files: list[Path], project: Path
) -> None:
    rooms = {"conf", "scenarios"}
    data = [
        path for path in kept_files if path.suffix in DATA and path.relative_to(project).parts[0] in rooms
    ]
    wanted = {path.relative_to(project).as_posix() for path in [*code_files, *data]}
    assert wanted - shipped(wheel) == set()


def test_the_wheel_holds_nothing_but_the_rooms_and_the_front_door(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in shipped(wheel)}
    assert tops <= {"lepsim.py", *ROOMS}


def test_the_installed_program_starts_with_its_rooms_beside_it(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    with ZipFile(wheel) as archive:
        archive.extractall(site)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    code = "import lepsim, sys; print(lepsim.__file__); sys.argv[1:] = ['--help']; lepsim.main()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=elsewhere,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(site))
