"""Charts in words, with their figures, for those who cannot see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from outputs.results import Results
from outputs.rounding import rounding_step, shown


def of_trajectories(title: str, place: Mapping[str, Any], data: pd.DataFrame) -> str:
    """Describe a chart of history and projection.

    Parameters
    ----------
    title : str
        The chart's finding.
    place : Mapping
        Entry of the manifest.
    data : pandas.DataFrame
        What is drawn.

    Returns
    -------
    str
        A few sentences.
    """
    parts = [f"Line chart with shaded ranges. {title}."]
    for (name, label), rows in data.groupby(["panel", "series"], sort=False):
        parts.append(
            f"{name}, {str(label).lower()}: {_history(rows)}{_fan(rows.loc[rows['kind'] == 'simulated'])}"
        )
    return " ".join(parts)


def of_differences(title: str, place: Mapping[str, Any], data: pd.DataFrame, least: float) -> str:
    """Describe a chart of paired differences.

    Parameters
    ----------
    title : str
        The chart's finding.
    place : Mapping
        Entry of the manifest.
    data : pandas.DataFrame
        What is drawn.
    least : float
        Smallest worthwhile difference of a gap, percentage points.

    Returns
    -------
    str
        A few sentences.
    """
    parts = [f"Line chart with shaded ranges, paired differences from the baseline. {title}"]
    parts += [f"{name}: difference{_fan(rows)}" for name, rows in data.groupby("panel", sort=False)]
    parts.append(
        f"Dashed lines mark the smallest worthwhile difference of {shown(least, 0.1)} percentage points."
    )
    return " ".join(parts)


def _history(rows: pd.DataFrame) -> str:
    data = rows.loc[rows["kind"] == "data"]
    if data.empty:
        return "no published figures;"
    first, last = data.iloc[0], data.iloc[-1]
    imputed = int((data["flag"] != "published").sum())
    hollow = f", {imputed} of {len(data)} years imputed" if imputed else ""
    ends = [f"{row['value']:.1f} in {row['year']:.0f}" for row in (first, last)]
    return f"published {ends[0]} and {ends[1]}{hollow};"


def _fan(rows: pd.DataFrame) -> str:
    first, last = rows.iloc[0], rows.iloc[-1]
    said = f" mean {first['value']:.1f} in {first['year']:.0f} and {last['value']:.1f} in {last['year']:.0f}"
    for width in (80, 95):
        if pd.notna(last[f"low_{width}"]):
            said += (
                f", {width} runs in 100 between {last[f'low_{width}']:.1f} and {last[f'high_{width}']:.1f}"
            )
    return f"{said}."


def difference_title(
    results: Results,
    comparison: pd.DataFrame,
    place: Mapping[str, Any],
    scenario: str,
    measure: str,
    stage: str,
) -> str:
    """Say what a scenario does to the gap in the last year.

    Parameters
    ----------
    results : Results
        A run.
    comparison : pandas.DataFrame
        The unrounded comparison.
    place : Mapping
        Entry of the manifest.
    scenario, measure, stage : str
        Which, and the age it is measured at.

    Returns
    -------
    str
        One sentence.
    """
    row = last_row(comparison, place["name"], scenario, measure, "gap")
    title = next(
        item.get("title", scenario) for item in results.manifest["scenarios"] if item["name"] == scenario
    )
    where = place.get("title", place["name"])
    size = shown(abs(row["difference"]), rounding_step(row["mc_error"]))
    way = "narrower" if row["difference"] < 0 else "wider"
    changed = "no different" if float(size.replace(",", "")) == 0 else f"{size} points {way}"
    chance = (
        ""
        if pd.isna(row["chance_better"])
        else f"; chance that it narrows at all: {chance_words(row, 'chance_better')}"
    )
    return f"{where}, {title}: the gap at {stage} is {changed} in {row['year']:.0f} than without it{chance}."


def last_row(comparison: pd.DataFrame, place: str, scenario: str, measure: str, group: str) -> pd.Series:
    """Row of the last year of one series of a comparison."""
    rows = comparison.loc[
        (comparison["place"] == place)
        & (comparison["scenario"] == scenario)
        & (comparison["measure"] == measure)
        & (comparison["group"] == group)
    ]
    return rows.sort_values("year").iloc[-1]


def chance_words(row: pd.Series, name: str) -> str:
    """A chance in draws out of 100, rounded to its error and never quite 0 or 100."""
    step = 100 * rounding_step(row["chance_mc_error"])
    value = float(shown(100 * row[name], step).replace(",", ""))
    if value >= 100:
        return f"over {shown(100 - step, step)} in 100"
    if value <= 0:
        return f"under {shown(step, step)} in 100"
    return f"about {shown(value, step)} in 100"
