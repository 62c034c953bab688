"""One table from many files: rows in two files count once, and where files disagree it is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from scenarios.places.files.notes import Note

TOLERANCE: Final = 1e-6
"""Figures closer than this are the same figure."""


def merge_tables(
    tables: Sequence[pd.DataFrame], key: tuple[str, ...], source: str
) -> tuple[pd.DataFrame, list[Note]]:
    """Put the tables of a source together.

    Parameters
    ----------
    tables : Sequence[pandas.DataFrame]
        One a file, in the order of the files.
    key : tuple of str
        Columns that name a row.
    source : str
        Name of the table, for notes.

    Returns
    -------
    table : pandas.DataFrame
        Each row once. Rows of the same key are put together: the row with the most cells counts, and its
        blanks are filled from the others.
    notes : list of Note
        How many rows came twice, and where they disagreed.
    """
    table = (
        pd.concat([_plain(item) for item in tables], ignore_index=True)
        if len(tables) > 1
        else _plain(tables[0])
    )
    table = _without_doubles(table)
    names = [name for name in key if name in table]
    again = table.duplicated(names, keep=False)
    notes: list[Note] = []
    if again.any():
        kept, notes = _combine(table[again], names, source)
        table = pd.concat([table[~again], kept], ignore_index=True)
    return _categories(table.sort_values(names, kind="stable", ignore_index=True)), notes


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """Give codes and files as text, so that tables with other codes can be put together."""
    loose = {
        name: table[name].astype(object) for name in table.columns if table[name].dtype.name == "category"
    }
    return table.assign(**loose) if loose else table


def _without_doubles(table: pd.DataFrame) -> pd.DataFrame:
    codes = [name for name in table.columns if name.endswith("_code") and table[name].dtype == object]
    texts = [name for name in table.columns if table[name].dtype == object and name not in codes]
    return table.fillna(dict.fromkeys([*codes, *texts], ""))


def _combine(rows: pd.DataFrame, names: list[str], source: str) -> tuple[pd.DataFrame, list[Note]]:
    contents = [name for name in rows.columns if name not in ("file", *names)]
    filled = sum((rows[name].notna() & (rows[name].astype(object) != "")).astype(int) for name in contents)
    final = ~rows["provisional"].astype(bool) if "provisional" in rows else True
    order = rows.assign(_final=final, _filled=filled).sort_values(
        ["_final", "_filled"], ascending=False, kind="stable"
    )
    order = order.drop(columns=["_final", "_filled"])
    notes = _disagreements(order, names, source)
    blank = order.mask(order.eq(""))
    first = blank.groupby(names, sort=False, dropna=False).first().reset_index()
    texts = [name for name in order.columns if order[name].dtype == object]
    first = first.fillna(dict.fromkeys(texts, ""))
    for name in order.columns:
        if name not in texts and first[name].dtype != order[name].dtype:
            first[name] = first[name].astype(order[name].dtype)
    count = len(rows) - len(first)
    notes.insert(0, Note("matched", source, "rows that came more than once are counted once", count))
    return _clear_codes(first[order.columns]), notes


def _clear_codes(table: pd.DataFrame) -> pd.DataFrame:
    """A code beside a figure that another file publishes says nothing more."""
    for name in table.columns:
        value = name.removesuffix("_code")
        if name != value and value in table and table[value].dtype.kind == "f":
            table[name] = table[name].where(table[value].isna(), "")
    return table


def _disagreements(rows: pd.DataFrame, names: list[str], source: str) -> list[Note]:
    notes = []
    keys = rows.groupby(names, sort=False, dropna=False)
    for name in rows.columns:
        if name in names or rows[name].dtype.kind != "f":
            continue
        spread = keys[name].max() - keys[name].min()
        differ = spread[spread > TOLERANCE]
        if len(differ):
            largest = differ.idxmax()
            text = (
                f"files or rows disagree (by {differ.max():g} at most, for {largest}): the fullest row counts"
            )
            notes.append(Note("odd", f"{source}, {name}", text, len(differ)))
    return notes


def _categories(table: pd.DataFrame) -> pd.DataFrame:
    names = [
        name
        for name in table.columns
        if name == "file" or (name.endswith("_code") and table[name].dtype == object)
    ]
    names = [name for name in names if name == "file" or name.removesuffix("_code") in table]
    return table.assign(**{name: table[name].astype("category") for name in names})


def is_year(table: pd.DataFrame) -> bool:
    """Tell whether every row of a table has its year.

    Parameters
    ----------
    table : pandas.DataFrame
        A table of ours.

    Returns
    -------
    bool
        True for a table that is not yearly, too.
    """
    return "year" not in table or bool(np.all(table["year"] > 0))
