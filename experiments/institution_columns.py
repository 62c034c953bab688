"""What institutions left in the runs of a chunk, as plain arrays: texts as numbers beside their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.institution_record import CaseRows, EventRows, InstitutionRecord, LedgerRows, PostRows

TABLES: dict[str, type] = {"posts": PostRows, "cases": CaseRows, "ledger": LedgerRows, "events": EventRows}
"""The tables, by the name of the attribute of ``InstitutionRecord``."""

ROW = "row"
"""Column that says which run of the chunk a row belongs to."""

_NAMED = {
    "payer": "accounts", "payee": "accounts", "area": "areas", "stream": "streams", "purpose": "purposes",
}  # fmt: skip
"""Columns that are numbers into names of the same record, which differ between records."""

NAMES = ".names"
"""Ending of the key under which the names of a column of texts stand."""


def stacked(records: Sequence[InstitutionRecord | None]) -> dict[str, NDArray]:
    """Put the institutions of several runs one below the other.

    Parameters
    ----------
    records : Sequence of InstitutionRecord or None
        One a run, in the order of the rows of a part; None where they were not kept.

    Returns
    -------
    dict of str to (n,) arrays
        By ``table.column``; each table has ``table.row``, the index of the run. A column of texts holds
        int32 numbers into ``table.column.names``. Empty where nothing was kept.
    """
    kept = [(index, record) for index, record in enumerate(records) if record is not None]
    found: dict[str, NDArray] = {}
    for table in TABLES if kept else ():
        parts = [(index, getattr(record, table)) for index, record in kept]
        lengths = [len(getattr(rows, _numbers(table)[0])) for _, rows in parts]
        found[f"{table}.{ROW}"] = np.repeat(np.array([index for index, _ in parts], np.int32), lengths)
        for column in _numbers(table):
            found[f"{table}.{column}"] = np.concatenate([getattr(rows, column) for _, rows in parts])
        for column in _texts(table):
            found |= _coded(f"{table}.{column}", [_text_column(rows, column) for _, rows in parts])
    return found


def _numbers(table: str) -> list[str]:
    every = [item.name for item in fields(TABLES[table])]
    skipped = {*_texts(table), *_NAMED.values()}
    return [name for name in every if name not in skipped]


def _texts(table: str) -> list[str]:
    every = [item.name for item in fields(TABLES[table])]
    own = [item.name for item in fields(TABLES[table]) if "tuple" in str(item.type)]
    return [name for name in every if name in _NAMED or (name in own and name not in _NAMED.values())]


def _text_column(rows: Any, name: str) -> tuple[NDArray[np.int32], Sequence[str]]:
    """Numbers and what they stand for, in one record."""
    if name in _NAMED:
        return np.asarray(getattr(rows, name), np.int32), getattr(rows, _NAMED[name])
    code: dict[str, int] = {}
    numbers = [code.setdefault(text, len(code)) for text in getattr(rows, name)]
    return np.array(numbers, np.int32), tuple(code)


def _coded(key: str, parts: Sequence[tuple[NDArray[np.int32], Sequence[str]]]) -> dict[str, NDArray]:
    """One numbering for all records, in the order of first appearance."""
    code: dict[str, int] = {}
    codes = [
        np.array(list(_recoded(names, code)), np.int32)[numbers] for numbers, names in parts if len(names)
    ]
    return {
        key: np.concatenate(codes) if codes else np.zeros(0, np.int32),
        f"{key}{NAMES}": np.array(list(code), dtype=np.str_),
    }


def _recoded(names: Sequence[str], code: dict[str, int]) -> Iterator[int]:
    for name in names:
        yield code.setdefault(name, len(code))
