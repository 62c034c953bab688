"""What is kept names no machine, and the lock file names versions and hashes only."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

# Written in parts, so that this file does not name them either.
HOSTS = ("py" + "pi.org", "python" + "hosted.org", "registry." + "npmjs", "deb." + "debian.org")
FOLDERS = ("work", "root", "home")
HOST = re.compile("|".join(re.escape(host) for host in HOSTS), re.IGNORECASE)
FOLDER = re.compile(r"(?<![\w.~)-])/(?:" + "|".join(FOLDERS) + ")/")
PINNED = re.compile(r"^[a-z0-9][a-z0-9._-]*(\[[a-z,]+\])?==\S+( ; .+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def texts(files: list[Path]) -> dict[str, str]:
    """Read every file that is text."""
    found = {}
    for path in files:
        content = path.read_bytes()
        if b"\0" not in content:
            found[str(path)] = content.decode("utf-8")
    return found


def test_no_file_names_a_package_registry(kept_files: list[Path]) -> None:
    assert not {name: HOST.findall(text) for name, text in texts(kept_files).items() if HOST.search(text)}


def test_no_file_names_a_folder_of_one_machine(kept_files: list[Path]) -> None:
    assert not {name: FOLDER.findall(text) for name, text in texts(kept_files).items() if FOLDER.search(text)}


@pytest.mark.parametrize("text", ["see /" + "work/main", "'/" + "home/ann/data'", "(/" + "root/.cache)"])
def test_a_folder_of_one_machine_is_found(text: str) -> None:
    assert FOLDER.search(text)


@pytest.mark.parametrize("text", ["../shared/data", "social/work/home", "data=/a(1)/x"])
def test_other_paths_are_let_through(text: str) -> None:
    assert not FOLDER.search(text)


def test_the_lock_file_holds_versions_and_hashes_only(project: Path) -> None:
    lines = (project / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if PINNED.match(line)]
    entries = [line for line in lines if not line.lstrip().startswith("#")]
    assert not [line for line in entries if not PINNED.match(line) and not HASH.match(line)]


def test_the_lock_file_pins_all_that_the_program_needs(project: Path, settings: dict[str, Any]) -> None:
    lock = (project / "requirements.lock").read_text(encoding="utf-8")
    pinned = {re.split(r"[\[=]", line)[0] for line in lock.splitlines() if PINNED.match(line)}
    extras = settings["project"]["optional-dependencies"]
    needed = [*settings["project"]["dependencies"], *extras["dev"], *extras["calibration"]]
    assert {re.split(r"[\[<>=!~ ]", row)[0].lower() for row in needed} <= pinned


def test_the_data_used_to_build_the_tables_are_not_kept(kept_files: list[Path], project: Path) -> None:
    names = [str(path.relative_to(project)) for path in kept_files]
    assert not [name for name in names if name.endswith((".parquet", ".gz", ".zip", ".xlsx", ".place"))]
    assert not [name for name in names if name.startswith(("results/", ".venv/", "build/"))]
