"""The chart of posts filled and weeks waited, under each scenario, with its uncertainty."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from outputs import page, panel
from outputs.chart_data import series
from outputs.chart_files import Chart
from outputs.coverage import runs_note
from outputs.findings import has_series, unit_of
from outputs.institution_words import has_institutions
from outputs.over_time import Yearly, a_year, change_a_year
from outputs.results import Results
from outputs.rounding import rounding_step, shown

PANELS = {"posts_filled": "Specialist posts filled", "support_wait_weeks": "Weeks waited for support"}
LINES = ("#0072B2", "#D55E00", "#007A5A", "#8A4B7D")
"""Colours of scenarios, in order; each also has a dash of its own, so that colour is never alone."""

_DASHES = ("solid", (0, (5, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)))
_LETTERS = 16  # letters of a line of a direct label


def support_chart(results: Results, place: Mapping[str, Any], name: str, most: int) -> Chart | None:
    """Draw posts filled and weeks waited.

    Parameters
    ----------
    results : Results
        A run.
    place : Mapping
        Entry of the manifest.
    name : str
        Of the files, without ending.
    most : int
        Most scenarios drawn, the first of the run among them.

    Returns
    -------
    Chart or None
        None where no scenario has institutions.
    """
    having = [
        item
        for item in results.manifest["scenarios"]
        if has_institutions(results, place["name"], item["name"])
    ]
    drawn = having[:most]
    shown_measures = [
        measure
        for measure in PANELS
        if any(has_series(results, place["name"], item["name"], measure, "all") for item in drawn)
    ]
    if not drawn or not shown_measures:
        return None
    figure, axes = page.blank(len(shown_measures), 1)
    tables = []
    for measure, one in zip(shown_measures, axes[0], strict=True):
        tables += _draw(one, results, place["name"], drawn, measure)
    title = _finding(results, place, drawn, shown_measures)
    left_out = len(having) - len(drawn)
    data = pd.concat(tables, ignore_index=True)
    page.dress(figure, title, _notes(results, data, left_out))
    return Chart(name, figure, data, _alt(title, data))


def _draw(
    axes: Any, results: Results, place: str, scenarios: Sequence[Mapping[str, Any]], measure: str
) -> list[pd.DataFrame]:
    """One panel: a line and its 80 per cent band for each scenario."""
    tables, ends = [], {}
    for number, item in enumerate(scenarios):
        table = _projected(results, place, item, measure)
        if table.empty:
            continue
        tables.append(table)
        colour = LINES[number]
        low, high = table["low_80"].to_numpy(float), table["high_80"].to_numpy(float)
        if np.isfinite(low).any():
            axes.fill_between(table["year"], low, high, color=colour, alpha=0.16, linewidth=0)
        axes.plot(
            table["year"], table["value"], color=colour, linewidth=2.2, linestyle=_DASHES[number],
            gid="projection",
        )  # fmt: skip
        last = table.dropna(subset="value").iloc[-1]
        label = f"{_wrapped(_title(item))}\n{shown(last['value'], last['step'])}"
        ends[label] = (last["year"], last["value"], colour)
    found = results.measure(measure)
    whole = pd.concat(tables)
    drawn = whole[["value", "low_80", "high_80"]]
    top = float(drawn.max().max())
    axes.set_ylim(0, max(1.14 * top, 1.0))
    unit = unit_of(found, "all")
    years = (int(whole["year"].min()), int(whole["year"].max()))
    panel.finish(axes, unit=unit[0].upper() + unit[1:], years=years, year_0=None)
    means = [_levels(results, place, item, measure) for item in scenarios]
    panel.entitle(axes, PANELS[measure], f"Mean of the years: {'; '.join(text for text in means if text)}")
    panel.label_ends(axes, ends)
    return tables


def _projected(results: Results, place: str, item: Mapping[str, Any], measure: str) -> pd.DataFrame:
    if not has_series(results, place, item["name"], measure, "all"):
        return pd.DataFrame()
    table = series(results, place, item["name"], measure, "all", panel=PANELS[measure], label=_title(item))
    projected = table.loc[table["kind"] == "simulated"].dropna(subset="value")
    return projected.iloc[1:].reset_index(drop=True)  # year 0 is before the first term


def _levels(results: Results, place: str, item: Mapping[str, Any], measure: str) -> str:
    found = a_year(results, place, item["name"], measure)
    return "" if found is None else f"{_title(item)} {found.words()}{found.when()}"


def _finding(
    results: Results,
    place: Mapping[str, Any],
    drawn: Sequence[Mapping[str, Any]],
    measures: Sequence[str],
) -> str:
    """What the chart shows, in a sentence."""
    where = place.get("title", place["name"])
    if len(drawn) == 1:
        said = [_one(a_year(results, place["name"], drawn[0]["name"], m), m) for m in measures]
        return f"{where} ({_title(drawn[0])}). {'; '.join(text for text in said if text)}"
    first, *others = drawn
    found = []
    for item in others:
        said = [
            _change(change_a_year(results, place["name"], item["name"], first["name"], m), m)
            for m in measures
        ]
        found.append(f"{_title(item)}: {' and '.join(text for text in said if text)}")
    return f"{where}, against {_title(first)}. {'; '.join(found)}"


def _one(found: Yearly | None, measure: str) -> str:
    if found is None:
        return ""
    mean = shown(found.mean, max(rounding_step(found.error), 0.1))
    if measure == "posts_filled":
        return f"{mean} per cent of specialist posts are filled"
    return f"schools wait {mean} teaching weeks for support"


def _change(found: Yearly | None, measure: str) -> str:
    more, less, unit, what = {
        "posts_filled": ("more", "fewer", "points", "posts filled"),
        "support_wait_weeks": ("longer", "shorter", "weeks", "waits"),
    }[measure]
    if found is None:
        return ""
    size = shown(abs(found.mean), max(rounding_step(found.error), 0.1))
    if found.unclear() or float(size.replace(",", "")) == 0:
        return f"no clear change in {what}"
    word = more if found.mean > 0 else less
    if measure == "posts_filled":
        return f"{size} {unit} {word} {what}{found.when()}"
    return f"{what} {size} {unit} {word}{found.when()}"


def _title(item: Mapping[str, Any]) -> str:
    return str(item.get("title", item["name"]))


def _wrapped(text: str) -> str:
    return "\n".join(textwrap.wrap(text, _LETTERS, max_lines=2, placeholder=" …"))


def _notes(results: Results, data: pd.DataFrame, left_out: int) -> list[str]:
    ranged = "Shading: 80 runs in 100. " if data["low_80"].notna().any() else ""
    more = f" {left_out} more scenario{'s' * (left_out > 1)}: summary.csv." if left_out else ""
    return [
        f"Lines: means, {runs_note(results)}. {ranged}A year that is not shown is one without members, "
        f"specialists or support.{more}",
        "Simulated by lepsim; nothing here is published anywhere. Posts filled are of posts with money; "
        "waits run from triage to the first visit.",
    ]


def _alt(title: str, data: pd.DataFrame) -> str:
    parts = [f"Line chart{' with shaded ranges' if data['low_80'].notna().any() else ''}. {title}."]
    for (name, label), rows in data.groupby(["panel", "series"], sort=False):
        first, last = rows.iloc[0], rows.iloc[-1]
        said = (
            f"{name}, {label}: mean {shown(first['value'], first['step'])} in {first['year']:.0f} and "
            f"{shown(last['value'], last['step'])} in {last['year']:.0f}"
        )
        if pd.notna(last["low_80"]):
            low, high = shown(last["low_80"], last["step"]), shown(last["high_80"], last["step"])
            said += f", 80 runs in 100 between {low} and {high}"
        parts.append(f"{said}.")
    return " ".join(parts)
