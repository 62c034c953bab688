"""Measures over the projected years: the mean a year, and what a scenario changes, run by run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from outputs.findings import runs_by_year
from outputs.results import Results
from outputs.rounding import rounding_step, shown
from outputs.summary import RUNS_FOR_RANGE


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
    """

    mean: float
    low: float
    high: float
    error: float

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
    return _spread(_by_run(results, place, scenario, measure))


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
        None where the run holds no pair.
    """
    one = _by_run(results, place, scenario, measure)
    return _spread((one - _by_run(results, place, baseline, measure)).dropna())


def _by_run(results: Results, place: str, scenario: str, measure: str) -> pd.Series:
    wide = runs_by_year(results.trajectories, place, scenario, measure, "all")
    return wide.iloc[1:].mean(axis=0).dropna()


def _spread(values: pd.Series) -> Yearly | None:
    if values.empty:
        return None
    by_draw = values.groupby(level="draw").mean()
    units = by_draw if len(by_draw) > 1 else values
    error = float(units.std(ddof=1) / np.sqrt(len(units))) if len(units) > 1 else np.nan
    enough = len(values) >= RUNS_FOR_RANGE
    low, high = np.quantile(values, [0.1, 0.9]) if enough else (np.nan, np.nan)
    return Yearly(float(values.mean()), float(low), float(high), error)
