"""Every public name is typed and described: what is not is refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEADING = '"""A room."""\n\n\n'
DESCRIBED = '''def doubled(share: float) -> float:
    """Double a share.

    Parameters
    ----------
    share : float
        Share of pupils, 0 to 1.

    Returns
    -------
    float
        Twice the share.
    """
    return 2 * share
'''
UNDESCRIBED = {
    "no docstring": "def doubled(share: float) -> float:\n    return 2 * share\n",
    "an argument left out": 'def doubled(share: float) -> float:\n    """Double."""\n    return 2 * share\n',
    "an argument renamed": DESCRIBED.replace("    share : float", "    rate : float"),
    "nothing said of what is returned": DESCRIBED[: DESCRIBED.index("    Returns")]
    + '    """\n    return 2 * share\n',
}


@pytest.fixture
def room(project: Path, tmp_path: Path) -> Path:
    """Make a module of the model under the project's own settings."""
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "__init__.py").write_text(HEADING, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_bytes((project / "pyproject.toml").read_bytes())
    return tmp_path / "model" / "absence.py"


def check(room: Path, code: str, *command: str) -> subprocess.CompletedProcess[str]:
    """Write a module and check it with a command beside this Python."""
    room.write_text(HEADING + code, encoding="utf-8")
    program = str(Path(sys.executable).parent / command[0])
    return subprocess.run(
        [program, *command[1:], "model/absence.py"],
        cwd=room.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_function_that_is_described_is_let_through(room: Path) -> None:
    done = check(room, DESCRIBED, "numpydoc", "lint")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("code", UNDESCRIBED.values(), ids=UNDESCRIBED)
def test_a_function_that_is_not_described_is_refused(code: str, room: Path) -> None:
    assert check(room, code, "numpydoc", "lint").returncode == 1


def test_a_function_of_the_model_without_types_is_refused(room: Path) -> None:
    assert check(room, DESCRIBED, "mypy", "--no-incremental").returncode == 0
    untyped = DESCRIBED.replace("(share: float) -> float", "(share)")
    done = check(room, untyped, "mypy", "--no-incremental")
    assert done.returncode == 1
    assert "no-untyped-def" in done.stdout
