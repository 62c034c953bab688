"""Charts in words, with their figures, for those who cannot see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from outputs.coverage import IMPUTED, PUBLISHED, SYNTHETIC, origin
from outputs.rounding import shown, truthful_steps


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
    found = origin(data)
    if not found:
        return "no published figures;"
    first, last = data.iloc[0], data.iloc[-1]
    imputed = int((data["flag"] == IMPUTED).sum())
    hollow = f", {imputed} of {len(data)} years imputed" if imputed and found == PUBLISHED else ""
    ends = [f"{shown(row['value'], row['step'])} in {row['year']:.0f}" for row in (first, last)]
    called = {SYNTHETIC: "made up for a place that does not exist,"}.get(found, found)
    return f"{called} {ends[0]} and {ends[1]}{hollow};"


def _fan(rows: pd.DataFrame) -> str:
    first, last = rows.iloc[0], rows.iloc[-1]
    steps = truthful_steps(first["value"], last["value"], first["step"], last["step"])
    start, end = shown(first["value"], steps[0]), shown(last["value"], steps[1])
    said = f" mean {start} in {first['year']:.0f} and {end} in {last['year']:.0f}"
    for width in (80, 95):
        if pd.notna(last[f"low_{width}"]):
            low, high = (shown(last[f"{side}_{width}"], steps[1]) for side in ("low", "high"))
            said += f", {width} runs in 100 between {low} and {high}"
    return f"{said}."
