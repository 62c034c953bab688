"""Reading a results folder, with every fault named."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from outputs.checks import check_manifest, check_measures, check_numbers, check_trajectories
from outputs.errors import BadResults
from outputs.results import COMPARED_NUMBERS, INSTITUTION_COLUMNS, TRAJECTORY_COLUMNS, Results

_MEASURE_KEYS = ("id", "label", "unit", "better", "breaks", "kind", "source")
_COMPARED_NAMES = ("place", "measure", "group", "scenario")


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
    check_manifest(manifest, folder / "manifest.json")
    measures = _entries(folder / "measures.json", _MEASURE_KEYS)
    check_measures(measures, folder / "measures.json")
    trajectories = _read_parquet(folder / "trajectories.parquet", TRAJECTORY_COLUMNS)
    check_trajectories(trajectories, measures, folder / "trajectories.parquet")
    detailed = (folder / "schools.parquet").exists()
    return Results(
        manifest=manifest,
        measures=measures,
        mechanisms=_entries(folder / "mechanisms.json", ("name", "label")),
        parameters=_read_csv(folder / "parameters.csv", ("name", "source", "strength")),
        trajectories=trajectories,
        comparison=_compared(folder / "comparison.parquet", ("year",)),
        over_years=_compared(folder / "comparison_over_years.parquet", ("first_year", "last_year")),
        schools=_read_parquet(folder / "schools.parquet", ("urn", "year")) if detailed else None,
        institutions=_institutions(folder),
        folder=folder,
    )


def _institutions(folder: Path) -> dict[str, pd.DataFrame]:
    """Tables of institutions: all of them, or none where none is there."""
    if not any((folder / f"{name}.parquet").exists() for name in INSTITUTION_COLUMNS):
        return {}
    return {
        name: _read_parquet(folder / f"{name}.parquet", columns)
        for name, columns in INSTITUTION_COLUMNS.items()
    }


def _compared(path: Path, years: Sequence[str]) -> pd.DataFrame | None:
    """A comparison, if there is one; one over the years in which anything differs may hold no row."""
    if not path.exists():
        return None
    table = _read_parquet(path, _COMPARED_NAMES)
    if len(table):
        _with_columns(table, path, (*_COMPARED_NAMES, *years, *COMPARED_NUMBERS))
        check_numbers(table, (*years, *COMPARED_NUMBERS), path)
        key = [*_COMPARED_NAMES, *years]
        if table.duplicated(key).any():
            raise BadResults("has rows twice", where=str(path), allowed=f"each {', '.join(key)} once")
    return table


def _kind(path: Path) -> str:
    return "a file" if path.exists() else "nothing there"


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
