"""What a run found about one measure, as figures rounded to their error and a verdict in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from outputs.results import Results
from outputs.rounding import FINEST, points, rounding_step, shown, truthful_steps
from outputs.summary import RUNS_FOR_RANGE

_YEAR_GROUPS = 12

VERY_LIKELY, LIKELY = 0.9, 2 / 3
"""Chances from which a change is called very likely and likely."""


@dataclass(frozen=True, kw_only=True)
class Heading:
    """Where one measure is heading in one place and scenario; figures in the unit of the measure.

    Attributes
    ----------
    first_year, last_year : int
        Year 0 and the last projected year.
    start, end : float
        Means over runs.
    low, high : float
        Ends of the range that holds 80 runs in 100 in the last year; NaN with too few runs.
    chance_lower : float
        Share of runs whose last year lies below the mean of year 0; NaN with too few runs.
    start_step, step : float
        Steps at which year 0, and the end with its range, are shown.
    unit : str
        ``per cent`` or ``points`` and the like.
    """

    first_year: int
    last_year: int
    start: float
    end: float
    low: float
    high: float
    chance_lower: float
    start_step: float
    step: float
    unit: str

    def verdict(self, lower: str, higher: str) -> str:
        """Say where the measure goes, and how surely.

        Parameters
        ----------
        lower, higher : str
            Verbs for a fall and a rise.

        Returns
        -------
        str
            As ``likely to narrow``, ``very likely to widen`` or ``no clear change``.
        """
        if np.isnan(self.chance_lower):
            return "no range from so few runs"
        for chance, word in ((self.chance_lower, lower), (1 - self.chance_lower, higher)):
            if chance >= VERY_LIKELY:
                return f"very likely to {word}"
            if chance >= LIKELY:
                return f"likely to {word}"
        return "no clear change"

    def figures(self) -> str:
        """Say the figures: from what to what, by when, with the range."""
        start, end = shown(self.start, self.start_step), shown(self.end, self.step)
        said = points(end) if self.unit == "points" else f"{end} {self.unit}"
        moved = f"{start} to {said} by {self.last_year}"
        if np.isnan(self.low):
            return moved
        low, high = shown(self.low, self.step), shown(self.high, self.step)
        return f"{moved} (80 runs in 100: {low} to {high})"


def unit_of(measure: Mapping[str, Any], group: str) -> str:
    """Say the unit of a series.

    Parameters
    ----------
    measure : Mapping
        Entry of the measures registry.
    group : str
        A gap between percentages is in points.

    Returns
    -------
    str
        In words.
    """
    return "points" if group == "gap" and measure["unit"] == "per cent" else str(measure["unit"])


def heading(results: Results, place: str, scenario: str, measure: str, group: str) -> Heading:
    """Work out where a measure is heading.

    Parameters
    ----------
    results : Results
        A run.
    place, scenario, measure, group : str
        Names as in the trajectories.

    Returns
    -------
    Heading
        Figures and their steps.

    Raises
    ------
    KeyError
        If the run holds no such series.
    """
    wide = runs_by_year(results.trajectories, place, scenario, measure, group)
    if wide.empty:
        raise KeyError(f"{place}, {scenario}, {measure}, {group}")
    last = wide.iloc[-1].dropna().to_numpy()
    summary = results.summary
    cell = summary.loc[
        (summary["place"] == place)
        & (summary["scenario"] == scenario)
        & (summary["measure"] == measure)
        & (summary["group"] == group)
    ].set_index("year")
    start, end = (float(cell.loc[year, "mean"]) for year in (wide.index[0], wide.index[-1]))
    first_error, error = (float(cell.loc[year, "mc_error"]) for year in (wide.index[0], wide.index[-1]))
    enough = len(last) >= RUNS_FOR_RANGE
    low, high = np.quantile(last, [0.1, 0.9]) if enough else (np.nan, np.nan)
    below = float(np.mean((last < start) + 0.5 * (last == start))) if enough else np.nan
    sure = enough and not 1 - LIKELY < below < LIKELY
    steps = (max(rounding_step(first_error), FINEST), max(rounding_step(error), FINEST))
    start_step, step = truthful_steps(start, end, *steps, moved=sure)
    return Heading(
        first_year=int(wide.index[0]),
        last_year=int(wide.index[-1]),
        start=start,
        end=end,
        low=float(low),
        high=float(high),
        chance_lower=below,
        start_step=start_step,
        step=step,
        unit=unit_of(results.measure(measure), group),
    )


def runs_by_year(table: pd.DataFrame, place: str, scenario: str, measure: str, group: str) -> pd.DataFrame:
    """One series of a run: a row a year, a column a (draw, replicate).

    Parameters
    ----------
    table : pandas.DataFrame
        Trajectories.
    place, scenario, measure, group : str
        Which series.

    Returns
    -------
    pandas.DataFrame
        Years rising.
    """
    rows = table.loc[
        (table["kind"] == "simulated")
        & (table["place"] == place)
        & (table["scenario"] == scenario)
        & (table["measure"] == measure)
        & (table["group"] == group)
    ]
    return rows.pivot(index="year", columns=["draw", "replicate"], values="value").sort_index()


def has_series(results: Results, place: str, scenario: str, measure: str, group: str) -> bool:
    """Say whether a run holds a simulated series with at least one figure.

    Parameters
    ----------
    results : Results
        A run.
    place, scenario, measure, group : str
        Which series.

    Returns
    -------
    bool
        Whether it does.
    """
    return bool(runs_by_year(results.trajectories, place, scenario, measure, group).notna().any(axis=None))


def wobble_points(results: Results, place: str) -> tuple[float, bool]:
    """Sampling error of one year's published KS2 gap.

    Parameters
    ----------
    results : Results
        A run.
    place : str
        Name of the place.

    Returns
    -------
    (float, bool)
        Standard error in percentage points, and whether it is this place's own (from its numbers of pupils)
        rather than that of a typical LA.
    """
    scenario = results.manifest["scenarios"][0]["name"]
    variance = 0.0
    for group in ("disadvantaged", "other"):
        rate = runs_by_year(results.trajectories, place, scenario, "ks2_rwm_expected", group)
        pupils = runs_by_year(results.trajectories, place, scenario, "pupils", group)
        if rate.empty or pupils.empty:
            return float(results.manifest["evidence"]["la_gap_noise_points"]), False
        share = float(rate.iloc[0].mean()) / 100
        variance += share * (1 - share) / (float(pupils.iloc[0].mean()) / _YEAR_GROUPS)
    return 100 * float(np.sqrt(variance)), True
