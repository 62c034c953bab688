"""The table of schools of a place file as CSV that a spreadsheet opens and cannot take for formulas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from model.place import Category, Flag, Phase
from scenarios.places.build.report_words import clean
from scenarios.places.written_whole import put, refuse_target
from scenarios.values import path as read_path

if TYPE_CHECKING:
    from scenarios.places.build.assemble import BuiltPlace

CSV_SUFFIX = ".csv"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ENUMS = {"phase": Phase, "category": Category}


def table_csv(built: BuiltPlace) -> bytes:
    """Write the table of schools as CSV that a spreadsheet cannot take for formulas.

    Parameters
    ----------
    built : BuiltPlace
        From a place file.

    Returns
    -------
    bytes
        UTF-8 with a byte order mark, for Excel; after each column, where its figure comes from.
    """
    table = built.table
    columns: dict[str, Any] = {"urn": table.schools.index.to_numpy()}
    for name in table.schools.columns:
        values = table.schools[name]
        columns[str(name)] = _safe(str(name), values)
        if name in table.flags.columns:
            words = np.array([*(flag.name.lower() for flag in Flag), "missing"])[table.flags[name].to_numpy()]
            empty = values.isna().to_numpy() | (values.astype(object) == "").to_numpy(dtype=bool)
            columns[f"{name}_from"] = np.where(empty, "missing", words)
    return ("\ufeff" + pd.DataFrame(columns).to_csv(index=False, lineterminator="\r\n")).encode("utf-8")


def _safe(name: str, values: pd.Series) -> Any:
    if name in _ENUMS:
        names = {int(item): item.name.lower() for item in _ENUMS[name]}
        return values.astype(int).map(names).to_numpy()
    if values.dtype.kind in "biufM":
        return values.to_numpy()
    texts = values.astype(object).where(values.notna(), "")
    return [_harmless(clean(str(text), 500)) for text in texts]


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_table(built: BuiltPlace, text: str, *, overwrite: bool) -> Path:
    """Write the table of schools beside everything else.

    Parameters
    ----------
    built : BuiltPlace
        From a place file.
    text : str
        Where; ends in ``.csv``.
    overwrite : bool
        Replace a file that is there.

    Returns
    -------
    Path
        Where it went.

    Raises
    ------
    BadInput
        If it cannot go there.
    """
    path = read_path(text, "schools")
    refuse_target(path, CSV_SUFFIX, "schools", overwrite=overwrite)
    put(table_csv(built), path, "schools", overwrite=overwrite)
    return path
