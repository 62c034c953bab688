"""The front door opens only onto its own rooms, wherever it is called from, and opens fast."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = {
    "console script": [str(Path(sys.executable).parent / "lepsim")],
    "module": [sys.executable, "-m", "lepsim"],
}
ROOMS = ("calibration", "conf", "experiments", "model", "outputs", "scenarios")
HOSTILE = "import pathlib\npathlib.Path(r'{marker}').touch()\nraise SystemExit(77)\n"


def start(
    command: list[str], folder: Path, *arguments: str, search: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run lepsim in a folder, with a Python search path."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    if search:
        environment["PYTHONPATH"] = search
    return subprocess.run(
        [*command, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Make a folder in which every room is another's, and leaves a mark when it is imported."""
    folder = tmp_path / "hostile"
    for room in ROOMS:
        (folder / room).mkdir(parents=True)
        (folder / room / "__init__.py").write_text(
            HOSTILE.format(marker=tmp_path / f"{room}.ran"), encoding="utf-8"
        )
    return folder


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_another_projects_rooms_are_never_imported(command: list[str], hostile: Path, tmp_path: Path) -> None:
    done = start(command, hostile, "run", "place=nowhere-at-all")
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("*.ran"))


def test_another_projects_rooms_first_on_the_search_path_are_never_imported(
    hostile: Path, tmp_path: Path
) -> None:
    done = start(COMMANDS["console script"], tmp_path, "run", "place=nowhere-at-all", search=str(hostile))
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("*.ran"))


def test_a_front_door_without_a_room_says_which_is_missing(project: Path, tmp_path: Path) -> None:
    shutil.copy(project / "lepsim.py", tmp_path)
    for room in set(ROOMS) - {"outputs"}:
        (tmp_path / room).mkdir()
    done = start([sys.executable, "lepsim.py"], tmp_path, "run", "place=ealing")
    assert done.returncode == 2, done.stderr
    assert "outputs" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_help_is_given_from_any_folder(command: list[str], tmp_path: Path) -> None:
    done = start(command, tmp_path, "--help")
    assert done.returncode == 0, done.stderr
    assert "compare" in done.stdout
    assert not list(tmp_path.iterdir())


def test_help_does_not_wait_for_the_heavy_libraries(tmp_path: Path) -> None:
    watch = "atexit.register(lambda: print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr))"
    code = f"import atexit, sys; {watch}; import lepsim; sys.argv[1:] = ['--help']; lepsim.main()"
    done = start([sys.executable, "-c", code], tmp_path)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stderr.split())
    assert "lepsim" in loaded
    assert not loaded & {
        "dask",
        "hydra",
        "joblib",
        "matplotlib",
        "mesa",
        "numpy",
        "pandas",
        "pyarrow",
        "scipy",
    }
