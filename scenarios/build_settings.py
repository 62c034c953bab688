"""The settings of ``lepsim place build``: every one is text as the person wrote it, or a value in Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scenarios import catalogue, grammar, setting_values, values
from scenarios.errors import BadInput
from scenarios.settings import known_key

BETWEEN = "+"
"""Stands between several LAs: names of LAs hold commas, ampersands and hyphens, but never this."""

MOST_PATHS = 10_000


@dataclass(frozen=True, kw_only=True)
class BuildSettings:
    """What is to be built, from what, and where it goes.

    Attributes
    ----------
    las : tuple of str
        Codes, names or slugs; ``all`` alone for every LA.
    data : tuple of Path
        Files and folders.
    year : int
        Year 0.
    name : str or None
        What the place is called.
    partnerships : Path or None
        A person's own list.
    out, report : Path or None
        Place file and report.
    overwrite : bool
        Replace files that are there.
    """

    las: tuple[str, ...]
    data: tuple[Path, ...]
    year: int
    name: str | None = None
    partnerships: Path | None = None
    out: Path | None = None
    report: Path | None = None
    overwrite: bool = False


def from_words(words: Sequence[str]) -> BuildSettings:
    """Read the words of the command line after ``place build``.

    Parameters
    ----------
    words : Sequence of str
        As the shell gave them.

    Returns
    -------
    BuildSettings
        Checked.

    Raises
    ------
    BadInput
        If a word cannot be used, or a setting is missing.
    """
    split = grammar.split(words)
    grammar.names_to_settings(split.names, (), {})
    return from_values(split.settings)


def from_values(given: Mapping[str, object]) -> BuildSettings:
    """Read settings given in Python, or as text.

    Parameters
    ----------
    given : Mapping of str to object
        By key; None where nothing is set.

    Returns
    -------
    BuildSettings
        Checked.

    Raises
    ------
    BadInput
        If a value cannot be used, or a setting is missing.
    """
    found = {
        key: value for key, value in given.items() if known_key(catalogue.BUILD, key) and value is not None
    }
    taken = catalogue.of_verb(catalogue.BUILD)
    for key in ("la", "data", "year"):
        if key not in found:
            raise BadInput(
                f"{key}= is missing", where=f"lepsim {catalogue.BUILD}", found="nothing",
                allowed=f"{key}={taken[key].range_in_words()}",
            )  # fmt: skip
    paths = {
        key: values.path(_as_text(found[key]), key)
        for key in ("out", "report", "partnerships")
        if key in found
    }
    named = found.get("name")
    return BuildSettings(
        las=_las(found["la"]),
        data=_data(found["data"]),
        year=int(str(setting_values.read(taken["year"], found["year"]))),
        name=None if named is None else values.text(named, "name", longest=100),
        overwrite=values.switch(found.get("overwrite", False), "overwrite"),
        **paths,
    )


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, Path) else value


def _las(found: object) -> tuple[str, ...]:
    """Split a list of LAs; a single name is never split at its commas."""
    if isinstance(found, str):
        bracketed = found.strip().startswith("[") and found.strip().endswith("]")
        parts: Sequence[object] = grammar.listed(found) if bracketed else tuple(found.split(BETWEEN))
    elif isinstance(found, Sequence):
        parts = tuple(found)
    else:
        parts = (found,)
    listed = [values.text(str(part) if _is_whole(part) else part, "la", longest=100) for part in parts]
    if not listed:
        raise BadInput("names no local authority", where="la", found="nothing", allowed="la=ealing")
    if len(listed) > 1 and any(part.casefold() in ("all", "england") for part in listed):
        raise BadInput("is every LA, and more besides", where="la", found=values.shown(", ".join(listed)),
                       allowed="la=all alone, or a list of LAs")  # fmt: skip
    return tuple(dict.fromkeys(listed))


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _data(found: object) -> tuple[Path, ...]:
    """Split a list of paths; what exists as it is written is one path, whatever signs it holds."""
    parts: Sequence[object]
    if isinstance(found, str):
        written = found.strip()
        several = written.startswith("[") and written.endswith("]") and not _exists(written)
        parts = grammar.listed(found) if several else (found,)
    else:
        parts = tuple(found) if isinstance(found, Sequence) else (found,)
    if not parts or len(parts) > MOST_PATHS:
        raise BadInput("names no files, or too many", where="data", found=f"{len(parts)} paths",
                       allowed=f"1 to {MOST_PATHS:,} files or folders")  # fmt: skip
    paths = tuple(values.path(_as_text(part), "data") for part in parts)
    for path in paths:
        if not _is_there(path):
            raise BadInput("there is no such file or folder", where="data", found=values.shown(str(path)),
                           allowed="a folder, a file, or several written [one, two]")  # fmt: skip
    return paths


def _exists(text: str) -> bool:
    try:
        return _is_there(Path(text).expanduser())
    except (ValueError, RuntimeError):
        return False


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
