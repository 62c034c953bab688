"""The summary as an Excel workbook: a README, the figures, the parameters and the sources."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

_HEAD = PatternFill("solid", fgColor="1F3864")
_UNDATED = datetime(2000, 1, 1)  # the workbook carries no date, so that the same run leaves the same cells
_WIDEST = 60
_NARROWEST = 9
_SAMPLE = 200  # rows looked at to set a column's width


def write_workbook(
    path: Path,
    *,
    manifest: Mapping[str, Any],
    words: Sequence[str],
    measures: Sequence[Mapping[str, Any]],
    summary: pd.DataFrame,
    comparison: pd.DataFrame | None,
    parameters: pd.DataFrame,
    sources: Sequence[str],
) -> None:
    """Write the workbook.

    Parameters
    ----------
    path : Path
        Where; ends in ``.xlsx``.
    manifest : Mapping
        What ran.
    words : Sequence of str
        What was found, a line each.
    measures : Sequence of Mapping
        Entries of the measures registry.
    summary : pandas.DataFrame
        As made by ``outputs.summary.summarise``.
    comparison : pandas.DataFrame or None
        Rounded for reading.
    parameters : pandas.DataFrame
        Parameters as used.
    sources : Sequence of str
        Attribution lines.
    """
    book = Workbook()
    book.properties.creator = "lepsim"
    book.properties.created = book.properties.modified = _UNDATED
    book.remove(book.worksheets[0])
    _readme(book.create_sheet("README"), manifest, words, compared=comparison is not None)
    described = pd.DataFrame([{"measure": m["id"], "label": m["label"], "unit": m["unit"]} for m in measures])
    _table(book.create_sheet("Summary"), summary.merge(described, on="measure", how="left"))
    if comparison is not None:
        _table(book.create_sheet("Comparison"), comparison.merge(described, on="measure", how="left"))
    _table(book.create_sheet("Measures"), pd.DataFrame([_plain(entry) for entry in measures]))
    _table(book.create_sheet("Parameters"), parameters)
    _table(book.create_sheet("Sources"), pd.DataFrame({"source": list(sources)}))
    book.save(path)


def _plain(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else value
        for key, value in entry.items()
    }


_NOTES = {
    "Summary": "Mean, spread (sd) and quantiles over runs: p10 to p90 holds 80 in 100.",
    "mc_error": "How far a mean may be off because runs are finite: quote nothing finer than this.",
    "Gap": "Other pupils less disadvantaged pupils.",
    "Chance": "One year's published LA gap wobbles by about 2 points by chance alone.",
    "Official and index": "Kind 'index' comes from the model alone: never put it beside official figures.",
}
_COMPARISON = (
    "Scenario less baseline on the same draws and the same chance, rounded to its Monte Carlo error."
)


def _readme(sheet: Worksheet, manifest: Mapping[str, Any], words: Sequence[str], *, compared: bool) -> None:
    places = (
        f"{place.get('title', place['name'])} (year 0: {place.get('year')})" for place in manifest["places"]
    )
    scenarios = (str(scenario.get("title", scenario["name"])) for scenario in manifest["scenarios"])
    rows = manifest["rows"]
    runs = f"{rows.get('finished')} of {rows.get('asked')}"
    lines = {
        "What this is": "Projections by lepsim, an agent-based model of English schools.",
        "Places": ", ".join(places),
        "Scenarios": ", ".join(scenarios),
        "Runs": f"{runs}: {rows.get('draws')} draws x {rows.get('replicates')} replicates a scenario",
        "Seed": manifest.get("seed"),
        **_NOTES,
    }
    if compared:
        lines["Comparison"] = _COMPARISON
    found = [
        ("What was found" if number == 0 else "", text) for number, text in enumerate(filter(None, words))
    ]
    rows_of_sheet = [*lines.items(), *found]
    for number, (name, text) in enumerate(rows_of_sheet, start=1):
        sheet.cell(number, 1, name).font = Font(bold=True)
        _put(sheet.cell(number, 2), text)
        sheet.cell(number, 2).alignment = Alignment(wrap_text=True, horizontal="left", vertical="top")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, 100


def _table(sheet: Worksheet, table: pd.DataFrame) -> None:
    for column, name in enumerate(table.columns, start=1):
        cell = sheet.cell(1, column, str(name))
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD
        values = table[name].tolist()
        texts = [str(name), *(_text(value) for value in values[:_SAMPLE])]
        width = min(max(max(map(len, texts)) + 2, _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(column)].width = width
        for row, value in enumerate(values, start=2):
            _put(sheet.cell(row, column), value)
    sheet.freeze_panes = "A2"
    if len(table):
        sheet.auto_filter.ref = sheet.dimensions


def _text(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _put(cell: Any, value: object) -> None:
    """Fill a cell; a text that begins like a formula stays a text, and NaN stays empty."""
    if isinstance(value, float):
        if math.isfinite(value):
            cell.value, cell.number_format = value, "0.###" if abs(value) < 1000 else "#,##0"
    elif isinstance(value, (bool, int)):
        cell.value = value
    elif value is not None:
        cell.value = _printable(str(value))
        cell.data_type = "s"


def _printable(text: str) -> str:
    """Leave out control characters, which Excel refuses, and what is past its limit of a cell."""
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")[:32_000]
