"""Whether frames from a place file are those of a table of schools, however well they were stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from model.place import Flag
from scenarios.places.file_format.contents import Contents

_KINDS = {"iu": "whole numbers", "f": "numbers", "O": "text"}
_TEXTS = ("str", "object", "category")
_INDEX: dict[str, list[str | None]] = {
    "schools": ["urn"],
    "flags": ["urn"],
    "results": [None],
    "las": ["la_code", "year"],
}
_COLUMNS = {
    "schools": {"name": "O", "la_code": "iu", "phase": "iu", "category": "iu", "roll": "f"},
    "results": {
        "urn": "iu", "year": "iu", "measure": "O", "group": "O", "value": "f", "pupils": "f", "flag": "iu",
        "code": "O", "published_urn": "iu",
    },
}  # fmt: skip
"""Columns that lepsim itself reads, by the kind of their dtype."""


def check_frames(contents: Contents, frames: Mapping[str, pd.DataFrame]) -> None:
    """Refuse frames that are not those of a table of schools.

    Parameters
    ----------
    contents : Contents
        The file, for messages.
    frames : Mapping of str to pandas.DataFrame
        ``schools``, ``flags``, ``results``, ``las``.

    Raises
    ------
    BadInput
        If an index, a column or a dtype is another, or flags do not fit the schools.
    """
    for name, wanted in _INDEX.items():
        names = list(frames[name].index.names)
        if names != wanted or (wanted != [None] and not _is_whole(frames[name].index)):
            raise contents.refusal(f"table_{name}.parquet: has another index", str(names)[:60], str(wanted))
    for name, columns in _COLUMNS.items():
        for column, kind in columns.items():
            dtype = frames[name][column].dtype if column in frames[name].columns else None
            if dtype is None or not _is_kind(dtype, kind):
                what = f"table_{name}.parquet, column {column}: cannot be used"
                raise contents.refusal(what, str(dtype), _KINDS[kind])
    _check_flags(contents, frames["schools"], frames["flags"])


def _is_whole(index: pd.Index) -> bool:
    levels = [index.get_level_values(level) for level in range(index.nlevels)]
    return all(level.dtype.kind in "iu" for level in levels)


def _is_kind(dtype: Any, kind: str) -> bool:
    return str(dtype) in _TEXTS if kind == "O" else dtype.kind in kind


def _check_flags(contents: Contents, schools: pd.DataFrame, flags: pd.DataFrame) -> None:
    same = schools.index.equals(flags.index) and set(flags.columns) <= set(schools.columns)
    if not same or schools.index.has_duplicates or any(dtype.kind != "i" for dtype in flags.dtypes):
        what = "table_flags.parquet: does not fit the schools"
        raise contents.refusal(what, f"{len(flags)} rows", "a flag for each cell")
    outside = int((flags.lt(-1) | flags.gt(int(max(Flag)))).to_numpy().sum()) if len(flags.columns) else 0
    if outside:
        raise contents.refusal("table_flags.parquet: flags that mean nothing", f"{outside} cells", "-1 to 2")
