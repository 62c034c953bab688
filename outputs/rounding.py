"""Figures are never shown finer than their Monte Carlo error."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

_AMOUNTS = ("difference", "low", "high", "low_80", "high_80", "low_50", "high_50")
_CHANCES = ("chance_better", "chance_worthwhile", "chance_harm")
_LEVELS = ("baseline", "scenario_mean")
FINEST = 0.1
"""Finest step in which an outcome is said, as it is published."""

UNKNOWN = 0.001
"""Step for a figure whose error is unknown, or that has none."""


def rounding_step(error: float) -> float:
    """Give the finest step at which a figure may be shown: 1, 2 or 5 times a power of ten.

    Parameters
    ----------
    error : float
        Standard error of the figure.

    Returns
    -------
    float
        The smallest such step that is not below ``error``; ``UNKNOWN`` where the error is 0 or unknown.
    """
    if not math.isfinite(error) or error <= 0:
        return UNKNOWN
    ten = 10.0 ** math.floor(math.log10(error))
    return next(step for step in (ten, 2 * ten, 5 * ten, 10 * ten, 20 * ten) if step >= error * (1 - 1e-12))


def to_step(value: float, step: float) -> float:
    """Round to the nearest multiple of a step.

    Parameters
    ----------
    value : float
        A figure.
    step : float
        1, 2 or 5 times a power of ten.

    Returns
    -------
    float
        The multiple, free of floating-point dust.
    """
    return round(round(value / step) * step, 9) + 0.0 if math.isfinite(value) else value


def shown(value: float, step: float) -> str:
    """Write a figure with as many decimals as its step has, and no more.

    Parameters
    ----------
    value : float
        A figure.
    step : float
        1, 2 or 5 times a power of ten.

    Returns
    -------
    str
        As ``15``, ``15.5`` or ``12,400``.
    """
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    rounded = to_step(value, step)
    return f"{0.0 if rounded == 0 else rounded:,.{decimals}f}"


def finer(step: float) -> float:
    """Give the next finer step.

    Parameters
    ----------
    step : float
        1, 2 or 5 times a power of ten.

    Returns
    -------
    float
        The step below it.
    """
    ten = 10.0 ** math.floor(math.log10(step) + 1e-9)
    return {5: 2 * ten, 2: ten}.get(round(step / ten), ten / 2)


def truthful_steps(
    start: float, end: float, start_step: float, end_step: float, *, moved: bool = False
) -> tuple[float, float]:
    """Make steps finer until two rounded figures do not show a fall as a rise, or a rise as a fall.

    Parameters
    ----------
    start, end : float
        The figures.
    start_step, end_step : float
        Steps at which they would be shown.
    moved : bool
        Whether they must also not be shown as the same.

    Returns
    -------
    (float, float)
        Steps, never finer than ``FINEST``.
    """
    true = np.sign(end - start)
    while max(start_step, end_step) > FINEST * (1 + 1e-9):
        seen = np.sign(to_step(end, end_step) - to_step(start, start_step))
        if seen == true or (seen == 0 and not moved):
            break
        if end_step >= start_step:
            end_step = max(finer(end_step), FINEST)
        else:
            start_step = max(finer(start_step), FINEST)
    return start_step, end_step


def points(figure: str) -> str:
    """Put the unit after a figure in points.

    Parameters
    ----------
    figure : str
        As given by ``shown``.

    Returns
    -------
    str
        As ``1 point`` or ``1.5 points``.
    """
    return f"{figure} point" if figure in ("1", "-1", "+1") else f"{figure} points"


def rounded_comparison(table: pd.DataFrame) -> pd.DataFrame:
    """Round a comparison for reading: differences, levels and chances each by their own error.

    Parameters
    ----------
    table : pandas.DataFrame
        As made by ``experiments.compare``.

    Returns
    -------
    pandas.DataFrame
        A copy.
    """
    table = table.copy()
    for names, error in ((_AMOUNTS, "mc_error"), (_CHANCES, "chance_mc_error"), (_LEVELS, "level_mc_error")):
        steps = np.array([rounding_step(value) for value in table[error]])
        for name in names:
            values = table[name].to_numpy(dtype=np.float64)
            table[name] = np.round(np.round(values / steps) * steps, 9)
    return table
