"""What a scenario changes, in words and figures no finer than their error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from outputs.results import Results
from outputs.rounding import rounding_step, shown

_ZERO = 1e-12


def of_series(comparison: pd.DataFrame, place: str, scenario: str, measure: str, group: str) -> pd.DataFrame:
    """Rows of one series of a comparison, years rising."""
    rows = comparison.loc[
        (comparison["place"] == place)
        & (comparison["scenario"] == scenario)
        & (comparison["measure"] == measure)
        & (comparison["group"] == group)
    ]
    return rows.sort_values("year", ignore_index=True)


def differs(rows: pd.DataFrame) -> bool:
    """Whether any pair of any of these rows differs at all."""
    return bool((rows["difference"].abs() > _ZERO).any() or (rows["mc_error"] > _ZERO).any())


def sized(row: pd.Series) -> str:
    """A difference of a gap in words: ``1.5 points narrower``, ``no different``."""
    size = shown(abs(row["difference"]), rounding_step(row["mc_error"]))
    if float(size.replace(",", "")) == 0:
        return "no different"
    return f"{size} points {'narrower' if row['difference'] < 0 else 'wider'}"


def chance_words(row: pd.Series, name: str) -> str:
    """A chance in draws out of 100, rounded to its error and never quite 0 or 100."""
    step = 100 * rounding_step(row["chance_mc_error"])
    value = float(shown(100 * row[name], step))
    if value >= 100:
        return f"over {shown(100 - step, step)} in 100"
    if value <= 0:
        return f"under {shown(step, step)} in 100"
    return f"about {shown(value, step)} in 100"


def finding(
    results: Results,
    comparison: pd.DataFrame,
    place: Mapping[str, Any],
    scenario: str,
    measure: str,
    stage: str,
) -> str:
    """Say what a scenario does to the gap: in the last year, and where it differs most.

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
    rows = of_series(comparison, place["name"], scenario, measure, "gap")
    title = next(
        item.get("title", scenario) for item in results.manifest["scenarios"] if item["name"] == scenario
    )
    head = f"{place.get('title', place['name'])}, {title}: the gap at {stage} is"
    if not differs(rows):
        return f"{head} no different in any year than without it."
    last, peak = rows.iloc[-1], rows.iloc[int(rows["difference"].abs().to_numpy().argmax())]
    said = f"{head} {sized(last)} in {last['year']:.0f} than without it"
    if sized(peak) != sized(last):
        said += f" ({sized(peak)} in {peak['year']:.0f})"
    if pd.isna(last["chance_better"]) or not differs(rows.tail(1)):
        return f"{said}."
    return f"{said}; chance that it narrows at all: {chance_words(last, 'chance_better')}."
