"""Probabilities and log odds."""

from __future__ import annotations

import math

import numpy as np

from model.place import Floats


def log_odds_of(share: float) -> float:
    """Log odds of a probability.

    Parameters
    ----------
    share : float
        In (0, 1).

    Returns
    -------
    float
        ``log(share / (1 - share))``.
    """
    return math.log(share / (1.0 - share))


def chance_of(log_odds: float) -> float:
    """Probability of log odds.

    Parameters
    ----------
    log_odds : float
        Any number.

    Returns
    -------
    float
        In (0, 1).

    Examples
    --------
    >>> chance_of(0.0)
    0.5
    """
    return 0.5 * (1.0 + math.tanh(0.5 * log_odds))  # does not overflow


def chances_of(log_odds: Floats) -> Floats:
    """Probabilities of log odds.

    Parameters
    ----------
    log_odds : (n,) float64
        Any numbers.

    Returns
    -------
    (n,) float64
        In (0, 1).
    """
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * log_odds)))
