"""Plain forecasts that a model must beat, and how forecasts are scored."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from model.place import Floats

LEVELS = (0.50, 0.80, 0.95)
"""Shares that the bands should cover."""


def kept_share(standing: Floats, noise: Floats) -> Floats:
    """Give how much of each LA's distance from England one year's figure proves (empirical Bayes).

    Parameters
    ----------
    standing : (n_la,) float64
        Published figure less England's.
    noise : (n_la,) float64
        Variance of that figure from its cohort's size and rounding.

    Returns
    -------
    (n_la,) float64
        From 0 (England's figure is as good a guess) to 1; NaN where a figure or its noise is missing.
    """
    known = ~np.isnan(standing) & ~np.isnan(noise)
    true = max(float(np.mean(standing[known] ** 2 - noise[known])), 0.0)
    with np.errstate(invalid="ignore"):
        return np.asarray(true / (true + noise))


def covered(actual: Floats, mean: Floats, sd: Floats, runs: int, level: float) -> Floats:
    """Say which figures lie in the band of the runs.

    Parameters
    ----------
    actual, mean, sd : (n,) float64
        Figure, and mean and SD of the runs.
    runs : int
        Number of runs: the band is that of one more run (Student's t), so that few do not make it narrow.
    level : float
        Share that it should cover.

    Returns
    -------
    (n,) float64
        1 inside, 0 outside.
    """
    half = float(stdtrit(runs - 1, 0.5 + 0.5 * level)) * np.sqrt(1.0 + 1.0 / runs)
    return np.asarray(np.abs(actual - mean) <= half * sd, dtype=np.float64)


def score(table: pd.DataFrame, runs: int) -> pd.Series:
    """Score the forecasts of one series.

    Parameters
    ----------
    table : pandas.DataFrame
        A row an LA: actual, model (mean of the runs), sd (of the runs), persistence, shrunken.
    runs : int
        Number of runs behind each mean.

    Returns
    -------
    pandas.Series
        For each forecast ``rmse``, ``mae``, ``bias`` (forecast less actual) and ``spread`` (SD of the error
        about its bias); coverage of the model's bands and their mean SD; ``nearer``: share of LAs for which
        the model is nearer than persistence. What the finite number of runs adds to the model's error is
        taken off ``rmse`` and ``spread``.
    """
    rows = table.dropna(subset=["actual", "model", "persistence", "shrunken"])
    actual = rows["actual"].to_numpy()
    found: dict[str, float] = {"n": float(len(rows))}
    for name in ("model", "persistence", "shrunken"):
        error = rows[name].to_numpy() - actual
        extra = float(np.mean(rows["sd"] ** 2)) / runs if name == "model" else 0.0
        found[f"rmse_{name}"] = float(np.sqrt(max(np.mean(error**2) - extra, 0.0)))
        found[f"mae_{name}"] = float(np.mean(np.abs(error)))
        found[f"bias_{name}"] = float(np.mean(error))
        found[f"spread_{name}"] = float(np.sqrt(max(np.var(error) - extra, 0.0)))
    for level in LEVELS:
        inside = covered(actual, rows["model"].to_numpy(), rows["sd"].to_numpy(), runs, level)
        found[f"cover_{100 * level:.0f}"] = 100.0 * float(np.mean(inside))
    found["sd"] = float(rows["sd"].mean())
    nearer = np.abs(rows["model"] - actual) < np.abs(rows["persistence"] - actual)
    found["nearer"] = 100.0 * float(np.mean(nearer))
    return pd.Series(found)
