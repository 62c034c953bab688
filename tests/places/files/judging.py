"""What was read from a mangled file, against what was read from the whole one.

Each figure must be right, or missing and said to be; a wrong figure in silence is a fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from scenarios.errors import BadInput
from scenarios.places.files.sources import Sources, read_sources
from tests.places.files.sheets import Mangled


@dataclass
class Verdict:
    """What became of one mangled file."""

    outcome: str
    faults: list[str] = field(default_factory=list)


def verdict(folder: Path, mangled: Mangled, truth: Sources) -> Verdict:
    """Read a mangled file and judge what was read.

    Parameters
    ----------
    folder : Path
        An empty folder to put it in.
    mangled : Mangled
        The file.
    truth : Sources
        What was read from the whole file, under the same path.

    Returns
    -------
    Verdict
        ``refused`` (a clear error), ``noted`` (read with notes), ``read`` (read as if whole), or ``faulty``.
    """
    path = folder / mangled.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(mangled.data)
    try:
        sources = read_sources(str(folder))
    except BadInput as error:
        lines = str(error).splitlines()
        clear = len(lines) == 1 and len(error.where) > 0 and str(error).isprintable()
        return Verdict("refused", [] if clear else [f"unclear: {error}"])
    faults = list(judge(truth, sources, mangled))
    notes = [note for note in sources.notes if note not in truth.notes]
    return Verdict("faulty" if faults else "noted" if notes else "read", faults)


KEYS = ("urn", "la_code", "year", "rectype", "link_urn", "group_uid", "date", "intake", "lsoa")
"""Columns that name a row, where they are there; LA and LSOA only where there is no school."""


def judge(truth: Sources, found: Sources, mangled: Mangled) -> Iterator[str]:
    """Give every figure that is wrong, and every loss that is not said."""
    said = any(
        note.kind in ("file", "cell", "odd", "missing") and mangled.name.split("/")[-1] in note.where
        for note in found.notes
        if note not in truth.notes
    )
    odd = ("odd", "matched") if mangled.either else ("odd",)
    said = said or any(note.kind in odd for note in found.notes if note not in truth.notes)
    for name, table in found.tables.items():
        if name not in truth.tables:
            yield f"a table of another kind: {name}"
            continue
        names = _names(truth.tables[name], table)
        whole = _keyed(truth.tables[name], names)
        yield from _compare(name, whole, _keyed(table, names), said, mangled)


def _names(whole: pd.DataFrame, found: pd.DataFrame) -> list[str]:
    names = [name for name in KEYS if name in whole and name in found]
    schools = "urn" in names and not (whole["urn"] == 0).any()
    return [name for name in names if not (schools and name in ("la_code", "lsoa"))] or [whole.columns[0]]


def _keyed(table: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    table = table.copy()
    if "rectype" in names:
        table["rectype"] = table["rectype"].where(table["rectype"] > 2, 1)
        if "la_code" in names:
            table["la_code"] = table["la_code"].where(table["urn"] == 0, 0)
    return table.set_index(names).sort_index()


def _compare(
    name: str, whole: pd.DataFrame, found: pd.DataFrame, said: bool, mangled: Mangled
) -> Iterator[str]:
    if mangled.either:
        found = found[~found.index.duplicated()]
    new = found.index.difference(whole.index)
    if len(new) and not mangled.either:
        yield f"{name}: rows that were not there: {list(new)[:3]}"
    gone = whole.index.difference(found.index)
    if len(gone) and not said and not mangled.rows_may_go:
        yield f"{name}: rows gone in silence: {list(gone)[:3]}"
    common = found.index.intersection(whole.index)
    before, after = whole.loc[common], found.loc[common]
    for column in whole.columns:
        if whole[column].dtype.kind not in "fM":
            continue
        if column in found:
            yield from _compare_figures(f"{name}, {column}", before, after, column, said, mangled)
        elif not said:
            yield f"{name}: column {column} gone in silence"


def _compare_figures(
    where: str, whole: pd.DataFrame, found: pd.DataFrame, column: str, said: bool, mangled: Mangled
) -> Iterator[str]:
    before, after = whole[column].to_numpy(), found[column].to_numpy()
    code = f"{column}_code"
    coded = found[code].astype(str).to_numpy() != "" if code in found else np.zeros(len(found), dtype=bool)
    number = before.dtype.kind == "f"
    same = np.isclose(after, before, rtol=1e-9, atol=1e-9) if number else after == before
    wrong = ~pd.isna(after) & ~same
    if wrong.any() and not (mangled.either and said):
        yield f"{where}: wrong, {before[wrong][:3]} became {after[wrong][:3]}"
    lost = pd.isna(after) & ~pd.isna(before) & ~coded
    if lost.any() and not said:
        yield f"{where}: lost in silence, {before[lost][:3]}"
