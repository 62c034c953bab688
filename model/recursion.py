"""Closed forms of the learning recursion a' = rho a + lambda (own level) + school effect + noise."""

from __future__ import annotations

import numpy as np

from model.place import Floats

READ_AT = {"eyfs": 1, "ks1": 3, "ks2": 7, "ks4": 12}
"""Years of learning completed when a stage is read, counted from the start of Reception."""

SECONDARY_YEARS = READ_AT["ks4"] - READ_AT["ks2"]


def growth(rho: float, years: float) -> float:
    """Level reached by an effect of 1 that acts in each of ``years`` years: G(k) = (1 - rho^k) / (1 - rho).

    Parameters
    ----------
    rho : float
        Persistence from year to year, below 1.
    years : float
        Years the effect has acted.

    Returns
    -------
    float
        G(k), in years.

    Examples
    --------
    >>> round(growth(0.85, 7), 1), round(growth(0.85, 12), 1)
    (4.5, 5.7)
    """
    return float((1.0 - rho**years) / (1.0 - rho))


def yearly(level_effect: float, rho: float, years: float) -> float:
    """Effect a year of something whose effect on the level after ``years`` years is ``level_effect``.

    Parameters
    ----------
    level_effect : float
        Effect on attainment after acting every year, pupil SD.
    rho : float
        Persistence from year to year, below 1.
    years : float
        Years after which the level was read.

    Returns
    -------
    float
        Pupil SD a year.

    Examples
    --------
    >>> round(yearly(0.015, 0.85, 7), 4)
    0.0033
    """
    return level_effect / growth(rho, years)


def accumulated_variance(rho: float, autocorrelation: float, years: int) -> float:
    """Variance of sum_j rho^j x(t - j) over ``years`` years, for x AR(1) with variance 1.

    Parameters
    ----------
    rho : float
        Persistence of attainment.
    autocorrelation : float
        Correlation of x one year apart; 1 for a lasting effect, 0 for one of its own each year.
    years : int
        Years accumulated.

    Returns
    -------
    float
        The variance, in years squared.
    """
    weights = rho ** np.arange(years)
    lags = np.abs(np.subtract.outer(np.arange(years), np.arange(years)))
    correlation: Floats = np.float64(autocorrelation) ** lags
    return float((weights[:, None] * correlation * weights[None, :]).sum())
