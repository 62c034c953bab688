"""What a results folder must hold before anything is drawn or said from it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from outputs.errors import BadResults

FORMAT = 1
"""Newest layout of a results folder that this version reads."""

_MANIFEST_KEYS = ("format", "verb", "settings", "scenarios", "places", "rows", "evidence")
_COUNTS = ("asked", "finished", "draws", "replicates")
_POINTS = ("la_gap_noise_points", "smallest_worthwhile_gap_points")
_KEY = ["place", "scenario", "draw", "replicate", "year", "kind", "measure", "group"]
_KINDS = ("data", "simulated")


def check_manifest(manifest: Mapping[str, Any], where: Path) -> None:
    """Check that a manifest holds what charts and words need.

    Parameters
    ----------
    manifest : Mapping
        As read.
    where : Path
        Its file.

    Raises
    ------
    BadResults
        If a key is missing or holds something else than it should.
    """
    missing = [key for key in _MANIFEST_KEYS if key not in manifest]
    if missing:
        raise BadResults("is not a manifest", where=str(where), found=f"no {', '.join(missing)}")
    if not _whole(manifest["format"]) or manifest["format"] > FORMAT:
        raise BadResults("was written by another version of lepsim", where=str(where),
                         found=f"layout {manifest['format']!r}", allowed=f"layout {FORMAT}")  # fmt: skip
    for key in ("scenarios", "places"):
        _check_named(manifest[key], key, where)
    for place in manifest["places"]:
        sources = place.get("sources", [])
        _must(isinstance(sources, list) and all(map(_text, sources)), where, "places: sources", sources,
              "a list of texts")  # fmt: skip
        _must("year" not in place or _whole(place["year"]), where, "places: year", place.get("year"),
              "a whole number")  # fmt: skip
    _must(isinstance(manifest["settings"], dict), where, "settings", manifest["settings"], "a mapping")
    rows, evidence = manifest["rows"], manifest["evidence"]
    _must(isinstance(rows, dict) and all(_whole(rows.get(key)) and rows[key] >= 0 for key in _COUNTS),
          where, "rows", rows, f"whole numbers {', '.join(_COUNTS)}")  # fmt: skip
    _must(isinstance(evidence, dict) and all(_amount(evidence.get(key)) for key in _POINTS),
          where, "evidence", evidence, f"numbers {', '.join(_POINTS)}")  # fmt: skip
    failures = manifest.get("failures") or []
    _must(isinstance(failures, list) and all(isinstance(item, dict) for item in failures),
          where, "failures", failures, "a list of mappings")  # fmt: skip


def _check_named(listed: object, key: str, where: Path) -> None:
    if not isinstance(listed, list) or not listed or not all(isinstance(item, dict) for item in listed):
        raise BadResults(f"lists no {key}", where=str(where), found=_short(listed))
    names = [item.get("name") for item in listed]
    for item in listed:
        name, title = item.get("name"), item.get("title", "")
        _must(_file_name(name), where, f"{key}: name", name, "a text that can be part of a file's name")
        _must(_text(title), where, f"{key}: title", title, "a text")
    _must(len(set(names)) == len(names), where, key, names, "each name once")


def check_measures(entries: Sequence[Mapping[str, Any]], where: Path) -> None:
    """Check the registry of measures.

    Parameters
    ----------
    entries : Sequence of Mapping
        As read.
    where : Path
        Its file.

    Raises
    ------
    BadResults
        If an entry holds something else than it should, or a measure is there twice.
    """
    for entry in entries:
        for key in ("id", "label", "unit", "source"):
            _must(_text(entry[key]), where, key, entry[key], "a text")
        breaks = entry["breaks"]
        listed = isinstance(breaks, list) and all(map(_text, breaks))
        _must(listed, where, "breaks", breaks, "a list of texts")
    names = [entry["id"] for entry in entries]
    _must(len(set(names)) == len(names), where, "id", names, "each measure once")


def check_trajectories(table: pd.DataFrame, measures: Sequence[Mapping[str, Any]], where: Path) -> None:
    """Check the types and keys of the trajectories.

    Parameters
    ----------
    table : pandas.DataFrame
        As read.
    measures : Sequence of Mapping
        The registry of measures.
    where : Path
        Its file.

    Raises
    ------
    BadResults
        If a column holds something else than it should, a row is there twice or a measure is unknown.
    """
    check_numbers(table, ("value",), where)
    for name in ("draw", "replicate", "year"):
        _must(pd.api.types.is_integer_dtype(table[name]) and not table[name].isna().any(), where,
              f"column {name}", table[name].dtype, "whole numbers")  # fmt: skip
    for name in ("place", "scenario", "kind", "measure", "group", "flag"):
        _must(_all_texts(table[name]), where, f"column {name}", table[name].dtype, "texts")
    kinds = sorted(set(table["kind"].dropna()) - set(_KINDS))
    _must(not kinds and not table["kind"].isna().any(), where, "column kind", kinds, ", ".join(_KINDS))
    unknown = sorted(set(table["measure"].dropna()) - {entry["id"] for entry in measures})
    _must(not unknown, where, "column measure", unknown, "the measures of measures.json")
    twice = int(table.duplicated(_KEY).sum())
    _must(not twice, where, "rows", f"{twice} rows there twice", f"each {', '.join(_KEY)} once")


def check_numbers(table: pd.DataFrame, columns: Sequence[str], where: Path) -> None:
    """Check that columns are numbers, finite or empty.

    Parameters
    ----------
    table : pandas.DataFrame
        As read.
    columns : Sequence of str
        Which.
    where : Path
        Its file.

    Raises
    ------
    BadResults
        If one is not.
    """
    for name in columns:
        numeric = pd.api.types.is_numeric_dtype(table[name]) and not pd.api.types.is_bool_dtype(table[name])
        _must(numeric, where, f"column {name}", table[name].dtype, "numbers")
        infinite = np.isinf(table[name].to_numpy(dtype=np.float64, na_value=np.nan)).any()
        _must(not infinite, where, f"column {name}", "infinity", "finite numbers")


def _must(holds: object, where: Path, key: str, found: object, allowed: str) -> None:
    if not holds:
        raise BadResults(f"{key} cannot be used", where=str(where), found=_short(found), allowed=allowed)


def _short(value: object) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= 120 else f"{text[:120]} …"


def _all_texts(column: pd.Series) -> bool:
    try:
        return all(map(_text, column.dropna().unique()))
    except TypeError:  # lists and the like, which cannot be told apart
        return False


def _text(value: object) -> bool:
    return isinstance(value, str)


def _file_name(value: object) -> bool:
    """Whether a value can be part of a file's name, and so cannot point to another folder."""
    if not isinstance(value, str) or not value.isprintable() or not value.strip("."):
        return False
    return not {"/", "\\"} & set(value)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _amount(value: object) -> bool:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return False
    return math.isfinite(value) and value > 0
