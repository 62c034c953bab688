"""Charts in words, with their figures, for those who cannot see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from outputs.rounding import shown


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
