"""Measures over the projected years: the mean a year, and what a scenario changes, run by run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from outputs.findings import runs_by_year
from outputs.results import Results
from outputs.rounding import rounding_step, shown
from outputs.summary import RUNS_FOR_RANGE

_ERRORS = 2.0
"""A difference of fewer standard errors is not told from nothing."""


@dataclass(frozen=True)
class Yearly:
    """A mean over projected years and runs.

    Attributes
    ----------
    mean : float
        In the unit of the measure.
    low, high : float
        80 runs in 100 lie between; NaN with few runs.
    error : float
        Standard error of the mean; draws are the independent units. NaN from one run.
    years, projected : int
        Years that have a figure in any run, and years projected.
    """

    mean: float
    low: float
    high: float
    error: float
    years: int
    projected: int

    def unclear(self) -> bool:
        """Say whether the mean, of differences, lies within two errors of nothing.

        Returns
        -------
        bool
            False where the error is not known.
        """
        return not np.isnan(self.error) and abs(self.mean) < _ERRORS * self.error

    def when(self) -> str:
        """Say in how many years there is a figure, if not in all.

        Returns
        -------
        str
            As `` (in 1 of 10 years; no figure in the others)``; empty where every year has one.
        """
        if self.years >= self.projected:
            return ""
        return f" (in {self.years} of {self.projected} years; no figure in the others)"

    def words(self, unit: str = "", finest: float = 0.1) -> str:
        """Say the mean with its range, no finer than its error.

        Parameters
        ----------
        unit : str
            Follows the mean.
        finest : float
            Finest step in which it is said.

        Returns
        -------
        str
            As ``14 cases (80 runs in 100: 11 to 17)``.
        """
        step = max(rounding_step(self.error), finest)
        said = f"{shown(self.mean, step)} {unit}".strip()
        low, high = shown(self.low, step), shown(self.high, step)
        if np.isnan(self.low) or low == high:
            return said
        return f"{said} (80 runs in 100: {low} to {high})"


def a_year(results: Results, place: str, scenario: str, measure: str) -> Yearly | None:
    """Give the mean of a measure over the projected years.

    Parameters
    ----------
    results : Results
        A run.
    place, scenario, measure : str
        Which series, of all pupils or schools.

    Returns
    -------
    Yearly or None
        None where the run holds no figure.
    """
    return _spread(_by_year(results, place, scenario, measure))


def change_a_year(results: Results, place: str, scenario: str, baseline: str, measure: str) -> Yearly | None:
    """Give the mean paired difference that a scenario makes to a measure over the projected years.

    Parameters
    ----------
    results : Results
        A run.
    place, scenario, baseline, measure : str
        Which series.

    Returns
    -------
    Yearly or None
        Of the years in which both have a figure; None where the run holds no pair.
    """
    one, other = (_by_year(results, place, name, measure) for name in (scenario, baseline))
    return _spread(one - other)


def _by_year(results: Results, place: str, scenario: str, measure: str) -> pd.DataFrame:
    return runs_by_year(results.trajectories, place, scenario, measure, "all").iloc[1:]


def _spread(wide: pd.DataFrame) -> Yearly | None:
    values = wide.mean(axis=0).dropna()
    if values.empty:
        return None
    by_draw = values.groupby(level="draw").mean()
    units = by_draw if len(by_draw) > 1 else values
    error = float(units.std(ddof=1) / np.sqrt(len(units))) if len(units) > 1 else np.nan
    enough = len(values) >= RUNS_FOR_RANGE
    low, high = np.quantile(values, [0.1, 0.9]) if enough else (np.nan, np.nan)
    years = int(wide.notna().any(axis=1).sum())
    return Yearly(float(values.mean()), float(low), float(high), error, years, len(wide))
