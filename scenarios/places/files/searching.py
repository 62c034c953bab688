"""Finding the files in what was given: files, folders and lists of them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scenarios.errors import BadInput, nearest

MOST_FILES: Final = 5_000
"""More files than this below one folder, and the folder is hardly a folder of downloads."""

LAST_NAMES: Final = 3
"""Names at the end of the path given in which a year is looked for."""

_IGNORED: Final = ("~$", "__MACOSX", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class FoundFile:
    """One file to look at.

    Attributes
    ----------
    path : Path
        Where it is.
    shown : str
        Its path within what was given.
    hint : str
        Path in which a year is looked for: the end of what was given, and what is below it.
    by_name : bool
        Whether it was given itself, not found in a folder.
    """

    path: Path
    shown: str
    hint: str
    by_name: bool


def find_files(data: str | Sequence[str]) -> list[FoundFile]:
    """List the files given, and those in the folders given, in a fixed order.

    Parameters
    ----------
    data : str or Sequence[str]
        A file, a folder, or a list of them; folders are searched to the bottom.

    Returns
    -------
    list of FoundFile
        Each file once, hidden files left out.

    Raises
    ------
    BadInput
        If there is no such file or folder, or far too many files are in it.
    """
    given = [data] if isinstance(data, (str, os.PathLike)) else list(data)
    if not given:
        raise BadInput("no data files are given", where="data", allowed="a file, a folder, or a list of them")
    found: dict[str, FoundFile] = {}
    for item in given:
        path = Path(os.path.expanduser(str(item)))
        if path.is_dir():
            for file in _inside(path, str(item)):
                shown = file.relative_to(path).as_posix()
                entry = FoundFile(file, shown, f"{_end(path)}/{shown}", by_name=False)
                found.setdefault(os.path.realpath(file), entry)
        elif path.is_file():
            entry = FoundFile(path, path.name, _end(path), by_name=True)
            found[os.path.realpath(path)] = entry
        else:
            raise _no_such(path, str(item))
    return list(found.values())


def _end(path: Path) -> str:
    """Give the last names of a path: enough to hold the year of a download, too few for anything else."""
    return "/".join(path.absolute().parts[-LAST_NAMES:])


def _inside(folder: Path, given: str) -> Iterator[Path]:
    seen: set[str] = set()
    files = 0
    for root, folders, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(root)
        if real in seen:
            folders[:] = []
            continue
        seen.add(real)
        folders[:] = sorted(name for name in folders if not _hidden(name))
        for name in sorted(names):
            path = Path(root, name)
            if _hidden(name) or not path.is_file():
                continue
            files += 1
            if files > MOST_FILES:
                raise BadInput(
                    f"more than {MOST_FILES:,} files are in this folder",
                    where=given,
                    allowed="a folder of downloaded tables",
                )
            yield path


def _hidden(name: str) -> bool:
    return name.startswith((".", *_IGNORED))


def _no_such(path: Path, given: str) -> BadInput:
    beside = [item.name for item in path.parent.iterdir()] if path.parent.is_dir() else []
    return BadInput(
        "there is no such file or folder", where="data", found=given, nearest=nearest(path.name, beside)
    )
