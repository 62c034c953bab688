"""Quantiles of the distributions that evidence rows name, from central value and plausible 90 per cent range.

``low`` and ``high`` are the 5th and 95th percentiles; for ``uniform`` and ``triangular`` they are the ends.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

from scipy.special import betaincinv, gammaincinv, ndtri

Z95 = 1.6448536269514722
"""95th percentile of the standard normal."""

_STEPS = 60  # halvings of the search for a spread: far below rounding


def normal(q: float, central: float, low: float, high: float) -> float:
    """Give a quantile of a normal that may be wider on one side: central is the median, the ends are kept.

    Parameters
    ----------
    q : float
        In (0, 1).
    central, low, high : float
        Median, 5th and 95th percentiles.

    Returns
    -------
    float
        In the unit of ``central``.
    """
    z = float(ndtri(q)) / Z95
    return central + z * ((high - central) if z > 0 else (central - low))


def lognormal(q: float, central: float, low: float, high: float) -> float:
    """Give a quantile of a lognormal, likewise on the log scale.

    Parameters
    ----------
    q : float
        In (0, 1).
    central, low, high : float
        Median, 5th and 95th percentiles, all above zero.

    Returns
    -------
    float
        In the unit of ``central``.
    """
    return math.exp(normal(q, math.log(central), math.log(low), math.log(high)))


def uniform(q: float, central: float, low: float, high: float) -> float:
    """Give a quantile between two ends, every value alike.

    Parameters
    ----------
    q : float
        In (0, 1).
    central, low, high : float
        The ends are used.

    Returns
    -------
    float
        In the unit of ``central``.
    """
    return low + q * (high - low)


def triangular(q: float, central: float, low: float, high: float) -> float:
    """Give a quantile of a triangle between two ends.

    Parameters
    ----------
    q : float
        In (0, 1).
    central, low, high : float
        Peak and ends.

    Returns
    -------
    float
        In the unit of ``central``.
    """
    if high == low:
        return low
    peak = (central - low) / (high - low)
    if q <= peak:
        return low + math.sqrt(q * (high - low) * (central - low))
    return high - math.sqrt((1.0 - q) * (high - low) * (high - central))


def fixed(q: float, central: float, low: float, high: float) -> float:
    """Give the central value.

    Parameters
    ----------
    q : float
        In (0, 1).
    central, low, high : float
        Only the central value is used.

    Returns
    -------
    float
        In the unit of ``central``.
    """
    return central


def beta(q: float, central: float, low: float, high: float) -> float:
    """Give a quantile of a beta with mean ``central`` and a 90 per cent range as wide as the row's.

    Parameters
    ----------
    q : float
        In (0, 1).
    central, low, high : float
        Mean, and the ends whose distance is kept; 0 < central < 1.

    Returns
    -------
    float
        In (0, 1).
    """
    a, b = _beta_shape(central, high - low)
    return float(betaincinv(a, b, q))


def gamma(q: float, central: float, low: float, high: float) -> float:
    """Give a quantile of a gamma with mean ``central`` and a 90 per cent range as wide as the row's.

    Parameters
    ----------
    q : float
        In (0, 1).
    central, low, high : float
        Mean, above zero, and the ends whose distance is kept.

    Returns
    -------
    float
        In the unit of ``central``.
    """
    shape = _gamma_shape(central, high - low)
    return float(gammaincinv(shape, q)) * central / shape


@lru_cache(maxsize=512)
def _beta_shape(mean: float, width: float) -> tuple[float, float]:
    def width_at(weight: float) -> float:
        a, b = mean * weight, (1.0 - mean) * weight
        return float(betaincinv(a, b, 0.95) - betaincinv(a, b, 0.05))

    # At least 1 / max(mean, 1 - mean): no shape so wide that it heaps up at both ends.
    weight = _narrow_to(width_at, width, lowest=1.0 / max(mean, 1.0 - mean))
    return mean * weight, (1.0 - mean) * weight


@lru_cache(maxsize=512)
def _gamma_shape(mean: float, width: float) -> float:
    def width_at(shape: float) -> float:
        return float(gammaincinv(shape, 0.95) - gammaincinv(shape, 0.05)) * mean / shape

    return _narrow_to(width_at, width, lowest=0.5)


def _narrow_to(width_at: Callable[[float], float], width: float, lowest: float) -> float:
    """Find the weight at which a range is as wide as asked; it narrows as the weight rises."""
    low, high = math.log(lowest), math.log(1e9)
    for _ in range(_STEPS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if width_at(math.exp(middle)) > width else (low, middle)
    return math.exp(0.5 * (low + high))


DISTRIBUTIONS: dict[str, Callable[[float, float, float, float], float]] = {
    "normal": normal,
    "lognormal": lognormal,
    "beta": beta,
    "gamma": gamma,
    "triangular": triangular,
    "uniform": uniform,
    "fixed": fixed,
}
"""Every distribution an evidence row may name and be drawn from."""
