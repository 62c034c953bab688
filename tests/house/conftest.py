"""What the tests of the house look at: the project's files and its settings."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("calibration", "experiments", "model", "outputs", "scenarios")


@pytest.fixture(scope="session")
def project() -> Path:
    """Folder that holds ``lepsim.py``."""
    return ROOT


@pytest.fixture(scope="session")
def settings() -> dict[str, Any]:
    """``pyproject.toml``, parsed."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def kept_files() -> list[Path]:
    """Every file that git keeps, or would keep if it were added now."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
    return [ROOT / name for name in sorted(set(names)) if name and (ROOT / name).is_file()]


@pytest.fixture(scope="session")
def code_files(kept_files: list[Path]) -> list[Path]:
    """Every Python file of the rooms and the front door."""
    tops = (*ROOMS, "lepsim.py")
    return [path for path in kept_files if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in tops]
