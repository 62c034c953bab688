"""What a scenario changes, in words and figures no finer than their error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from outputs.results import Results
from outputs.rounding import UNKNOWN, points, rounding_step, shown
from outputs.summary import RUNS_FOR_RANGE

UNCLEAR = "no clear difference"
_ZERO = 1e-12


def of_series(table: pd.DataFrame, place: str, scenario: str, measure: str, group: str) -> pd.DataFrame:
    """Pick one series of a comparison.

    Parameters
    ----------
    table : pandas.DataFrame
        A comparison, by year or over years.
    place, scenario, measure, group : str
        Which series.

    Returns
    -------
    pandas.DataFrame
        Its rows, years rising.
    """
    rows = table.loc[
        (table["place"] == place)
        & (table["scenario"] == scenario)
        & (table["measure"] == measure)
        & (table["group"] == group)
    ]
    by = ["year"] if "year" in rows else ["first_year"]
    return rows.sort_values(by, ignore_index=True)


def sized(row: pd.Series) -> str:
    """Say the size of a difference of a gap.

    Parameters
    ----------
    row : pandas.Series
        A row of a comparison.

    Returns
    -------
    str
        As ``1.5 points narrower``, ``no different``, or ``no clear difference`` where it is within two errors
        of nothing and draws are too few for a chance to be said.
    """
    size = shown(abs(row["difference"]), max(rounding_step(row["mc_error"]), UNKNOWN))
    if float(size.replace(",", "")) == 0:
        return "no different"
    if row.get("draws", RUNS_FOR_RANGE) < RUNS_FOR_RANGE and abs(row["difference"]) < 2 * row["mc_error"]:
        return UNCLEAR
    return f"{points(size)} {'narrower' if row['difference'] < 0 else 'wider'}"


def has_chance(row: pd.Series, name: str = "chance_better") -> bool:
    """Say whether there are draws enough for a chance to be said.

    Parameters
    ----------
    row : pandas.Series
        A row of a comparison.
    name : str
        Column of the chance.

    Returns
    -------
    bool
        Whether it has one, from ``RUNS_FOR_RANGE`` draws or more.
    """
    return bool(pd.notna(row[name]) and row["draws"] >= RUNS_FOR_RANGE)


def none_words(results: Results, comparison: pd.DataFrame, place: str, scenario: str, measure: str) -> str:
    """Say why there is no difference of the gap to speak of.

    Parameters
    ----------
    results : Results
        A run.
    comparison : pandas.DataFrame
        The unrounded comparison by year.
    place, scenario, measure : str
        Which series; one for which ``whole`` gives None.

    Returns
    -------
    str
        Without a closing full stop.
    """
    by_year = of_series(comparison, place, scenario, measure, "gap")
    if by_year.empty or by_year["difference"].isna().any():
        return "not known in every year, so no difference is given"
    spend = of_series(comparison, place, scenario, "spend", "all")
    effects = results.manifest["settings"].get("effects", 1.0)
    if effects != 0 and (spend["difference"].fillna(0.0) > 0).any():
        return f"no child reached has sat this test by {by_year['year'].max():.0f}"
    return "no difference in any year"


def chance_words(row: pd.Series, name: str) -> str:
    """Say a chance.

    Parameters
    ----------
    row : pandas.Series
        A row of a comparison.
    name : str
        Column of the chance.

    Returns
    -------
    str
        In draws out of 100, rounded to its error and never quite 0 or 100.
    """
    step = 100 * rounding_step(row["chance_mc_error"])
    value = float(shown(100 * row[name], step))
    if value >= 100:
        return f"over {shown(100 - step, step)} in 100"
    if value <= 0:
        return f"under {shown(step, step)} in 100"
    return f"about {shown(value, step)} in 100"


def whole(results: Results, place: str, scenario: str, measure: str) -> pd.Series | None:
    """Pick a scenario's difference of the gap over the years in which it makes any.

    Parameters
    ----------
    results : Results
        A run.
    place, scenario, measure : str
        Which series.

    Returns
    -------
    pandas.Series or None
        A row of ``results.over_years``; None where the scenario makes no difference.
    """
    if results.over_years is None or results.over_years.empty:
        return None
    rows = of_series(results.over_years, place, scenario, measure, "gap")
    return None if rows.empty else rows.iloc[0]


def over_years(row: pd.Series, comparison: pd.DataFrame) -> str:
    """Say a difference over its years, and where it is largest.

    Parameters
    ----------
    row : pandas.Series
        As given by ``whole``.
    comparison : pandas.DataFrame
        The unrounded comparison by year.

    Returns
    -------
    str
        As ``0.8 points narrower on average over 2024 to 2034 (most in 2025: 1.0 points narrower)``.
    """
    first, last = int(row["first_year"]), int(row["last_year"])
    if first == last:
        return f"{sized(row)} in {first}, the one year it affects"
    said = f"{sized(row)} on average over {first} to {last}"
    by_year = of_series(comparison, row["place"], row["scenario"], row["measure"], row["group"])
    peak = by_year.iloc[int(by_year["difference"].abs().to_numpy().argmax())]
    more = abs(peak["difference"]) - abs(row["difference"]) > max(row["mc_error"], peak["mc_error"], _ZERO)
    most = sized(peak)
    if more and most != UNCLEAR:
        said += f" (most in {peak['year']:.0f}: {most})"
    return said


def finding(
    results: Results,
    comparison: pd.DataFrame,
    place: Mapping[str, Any],
    scenario: str,
    measure: str,
    stage: str,
) -> str:
    """Say what a scenario does to the gap.

    Parameters
    ----------
    results : Results
        A run.
    comparison : pandas.DataFrame
        The unrounded comparison by year.
    place : Mapping
        Entry of the manifest.
    scenario, measure, stage : str
        Which, and the age it is measured at.

    Returns
    -------
    str
        One sentence.
    """
    title = next(
        item.get("title", scenario) for item in results.manifest["scenarios"] if item["name"] == scenario
    )
    head = f"{place.get('title', place['name'])}, {title}: the gap at {stage} is"
    row = whole(results, place["name"], scenario, measure)
    if row is None:
        none = none_words(results, comparison, place["name"], scenario, measure)
        return f"{head.removesuffix(' is')}: {none}."
    said = f"{head} {over_years(row, comparison)}"
    if not has_chance(row):
        return f"{said}."
    return f"{said}; chance that it narrows at all: {chance_words(row, 'chance_better')}."
