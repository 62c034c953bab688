"""One table from many files: rows in two files count once, and where files disagree it is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from scenarios.places.files.notes import Note

_TEXT_MATTERS: Final = {
    "register": ("la_code", "type", "status", "phase", "trust_uid"),
    "groups": ("group_type", "status"),
    "inspections": ("rating",),
}

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
    table = _without_blanks(table)
    names = [name for name in key if name in table]
    again = table.duplicated(names, keep=False)
    notes: list[Note] = []
    if again.any():
        kept, notes = _combine(table[again], names, source)
        table = pd.concat([table[~again], kept], ignore_index=True)
    table = table.sort_values(names, kind="stable", ignore_index=True).drop(columns="area", errors="ignore")
    return _categories(table), notes


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """Give codes and files as text, so that tables with other codes can be put together."""
    loose = {
        name: table[name].astype(object) for name in table.columns if table[name].dtype.name == "category"
    }
    return table.assign(**loose) if loose else table


def _without_blanks(table: pd.DataFrame) -> pd.DataFrame:
    codes = [name for name in table.columns if name.endswith("_code") and table[name].dtype == object]
    texts = [name for name in table.columns if table[name].dtype == object and name not in codes]
    return table.fillna(dict.fromkeys([*codes, *texts], ""))


def _combine(rows: pd.DataFrame, names: list[str], source: str) -> tuple[pd.DataFrame, list[Note]]:
    order = _fullest_first(rows, names)
    notes = _disagreements(order, names, source)
    blank = order.mask(order == "")
    first = blank.groupby(names, sort=False, dropna=False).first().reset_index()
    texts = [name for name in order.columns if order[name].dtype == object]
    first = first.fillna(dict.fromkeys(texts, ""))
    kinds = {name: order[name].dtype for name in order.columns if name not in texts}
    kept = first[order.columns].astype(kinds)
    count = len(rows) - len(kept)
    notes.insert(0, Note("matched", source, "rows that came more than once are counted once", count))
    return _clear_codes(kept), notes


def _fullest_first(rows: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Order rows by what counts: final before provisional, changed later, more cells."""
    contents = [name for name in rows.columns if name not in ("file", *names)]
    filled = sum((rows[name].notna() & (rows[name].astype(object) != "")).astype(int) for name in contents)
    order = pd.DataFrame({"filled": filled}, index=rows.index)
    order["final"] = ~rows["provisional"].astype(bool) if "provisional" in rows else True
    order["changed"] = rows["changed_on"].fillna(pd.Timestamp(0)) if "changed_on" in rows else pd.Timestamp(0)
    by = ["final", "changed", "filled"]
    return rows.loc[order.sort_values(by, ascending=False, kind="stable").index]


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
            worst = differ.idxmax()
            key = worst if isinstance(worst, tuple) else (worst,)
            which = ", ".join(f"{part} {value}" for part, value in zip(names, key, strict=True))
            text = f"rows disagree, by {differ.max():g} at most ({which}): the later or fuller row counts"
            notes.append(Note("odd", f"{source}, {name}", text, len(differ)))
        code = f"{name}_code"
        if code in rows.columns:
            coded = rows[code].ne("").groupby([rows[key] for key in names], sort=False, dropna=False).any()
            both = int((coded & keys[name].any()).sum())
            if both:
                text = "a code in one row, a figure in another of the same school and year: the figure counts"
                notes.append(Note("odd", f"{source}, {name}", text, both))
    if source in _TEXT_MATTERS:
        notes += [
            note for name in _TEXT_MATTERS[source] if (note := _texts_differ(keys, name, source)) is not None
        ]
    return notes


def _texts_differ(keys: Any, name: str, source: str) -> Note | None:
    if name not in keys.obj.columns:
        return None
    differ = int((keys[name].nunique() > 1).sum())
    text = "rows disagree about this text: the later or fuller row counts"
    return Note("odd", f"{source}, {name}", text, differ) if differ else None


def _categories(table: pd.DataFrame) -> pd.DataFrame:
    names = [
        name
        for name in table.columns
        if name == "file" or (name.endswith("_code") and table[name].dtype == object)
    ]
    names = [name for name in names if name == "file" or name.removesuffix("_code") in table]
    return table.assign(**{name: table[name].astype("category") for name in names})
