"""Reading a results folder, with every fault named."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from outputs.errors import BadResults
from outputs.results import COMPARISON_FIRST, TRAJECTORY_COLUMNS, Results

FORMAT = 1
"""Newest layout of a results folder that this version reads."""

_MANIFEST_KEYS = ("format", "verb", "settings", "scenarios", "places", "rows", "evidence")


def load(folder: Path | str) -> Results:
    """Read a results folder.

    Parameters
    ----------
    folder : Path or str
        As given to ``out=``.

    Returns
    -------
    Results
        Its tables.

    Raises
    ------
    BadResults
        If it is not a results folder, or a file in it is missing, damaged or of a newer layout.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise BadResults(
            "is not a results folder",
            where=str(folder),
            found=_kind(folder),
            allowed="a folder given to out=",
        )
    manifest = _read_json(folder / "manifest.json", dict)
    _check_manifest(manifest, folder / "manifest.json")
    trajectories = _read_parquet(folder / "trajectories.parquet", TRAJECTORY_COLUMNS)
    compared, over_years = folder / "comparison.parquet", folder / "comparison_over_years.parquet"
    detailed = (folder / "schools.parquet").exists()
    return Results(
        manifest=manifest,
        measures=_entries(folder / "measures.json", ("id", "label", "unit", "better", "breaks", "kind")),
        mechanisms=_entries(folder / "mechanisms.json", ("name", "label")),
        parameters=_read_csv(folder / "parameters.csv", ("name", "source", "strength")),
        trajectories=trajectories,
        comparison=_read_parquet(compared, COMPARISON_FIRST) if compared.exists() else None,
        over_years=_read_parquet(over_years, ("first_year", "difference")) if over_years.exists() else None,
        schools=_read_parquet(folder / "schools.parquet", ("urn", "year")) if detailed else None,
        folder=folder,
    )


def _kind(path: Path) -> str:
    return "a file" if path.exists() else "nothing there"


def _check_manifest(manifest: Mapping[str, Any], where: Path) -> None:
    missing = [key for key in _MANIFEST_KEYS if key not in manifest]
    if missing:
        raise BadResults("is not a manifest", where=str(where), found=f"no {', '.join(missing)}")
    if not isinstance(manifest["format"], int) or manifest["format"] > FORMAT:
        found = f"layout {manifest['format']!r}"
        raise BadResults(
            "was written by another version of lepsim",
            where=str(where),
            found=found,
            allowed=f"layout {FORMAT}",
        )
    for key in ("scenarios", "places"):
        listed = manifest[key]
        if not (
            isinstance(listed, list)
            and listed
            and all(isinstance(item, dict) and "name" in item for item in listed)
        ):
            raise BadResults(f"lists no {key}", where=str(where))


def _read_json(path: Path, kind: type) -> Any:
    _must_be_there(path)
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError, OSError) as error:
        raise BadResults("cannot be read as JSON", where=str(path), found=str(error)[:200]) from None
    if not isinstance(value, kind):
        raise BadResults(
            "holds something else than expected",
            where=str(path),
            found=type(value).__name__,
            allowed=kind.__name__,
        )
    return value


def _entries(path: Path, keys: Sequence[str]) -> list[dict[str, Any]]:
    entries = _read_json(path, list)
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict) or any(key not in entry for key in keys):
            raise BadResults(
                "has an entry that cannot be used",
                where=str(path),
                found=f"entry {number}",
                allowed=", ".join(keys),
            )
    return list(entries)


def _read_parquet(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    from pyarrow import ArrowException

    _must_be_there(path)
    try:
        table = pd.read_parquet(path)
    except (ArrowException, OSError, ValueError) as error:
        raise BadResults(
            "cannot be read as Parquet", where=str(path), found=str(error).splitlines()[0][:200]
        ) from None
    return _with_columns(table, path, columns)


def _read_csv(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    _must_be_there(path)
    try:
        table = pd.read_csv(path, encoding="utf-8", keep_default_na=True)
    except (OSError, ValueError) as error:
        raise BadResults(
            "cannot be read as CSV", where=str(path), found=str(error).splitlines()[0][:200]
        ) from None
    return _with_columns(table, path, columns)


def _with_columns(table: pd.DataFrame, path: Path, columns: Sequence[str]) -> pd.DataFrame:
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise BadResults(
            "lacks columns", where=str(path), found=f"no {', '.join(missing)}", allowed=", ".join(columns)
        )
    return table


def _must_be_there(path: Path) -> None:
    if not path.is_file():
        raise BadResults(
            "is missing from the results folder", where=str(path), allowed="a folder written by lepsim"
        )
