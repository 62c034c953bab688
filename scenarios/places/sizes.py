"""Sizes of schools: lognormal, with the published total and spread."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq

from model.place import Bools, Floats

SMALLEST_SCHOOL = 20.0
"""Smallest size drawn for a school, pupils (allowed: 1 to 100); smaller schools exist but are few."""

LARGEST_PRIMARY = 1500.0
"""Largest size drawn for a primary or special school, pupils (allowed: 500 to 3,000)."""

LARGEST_SECONDARY = 2500.0
"""Largest size drawn for a secondary or all-through school, pupils (allowed: 1,000 to 5,000)."""

ROOM_ABOVE_MEAN = 1.5
"""The largest size is never less than this many times the mean."""

_FARTHEST = 20.0


def school_sizes(normals: Floats, total: float, logsd: float, largest: float) -> Floats:
    """Give schools lognormal sizes, within limits, that add up to a total.

    Parameters
    ----------
    normals : (n,) float64
        Standard normal draws, one a school; standardised here so that the spread is met in a small LA too.
    total : float
        Pupils of all the schools.
    logsd : float
        SD of the log of size; the limits may leave it a little smaller.
    largest : float
        Largest size, pupils.

    Returns
    -------
    (n,) float64
        Pupils of each school; the sum is ``total``.
    """
    n = len(normals)
    if n == 0 or total <= 0:
        return np.zeros(n)
    mean = total / n
    floor, ceiling = min(SMALLEST_SCHOOL, mean / ROOM_ABOVE_MEAN), max(largest, mean * ROOM_ABOVE_MEAN)
    spread = float(np.std(normals))
    z = (normals - np.mean(normals)) / spread if spread > 0 else np.zeros(n)

    def sizes(level: float) -> Floats:
        return np.asarray(np.clip(mean * np.exp(z * logsd + level), floor, ceiling), dtype=np.float64)

    level = brentq(lambda level: float(np.sum(sizes(level))) - total, -_FARTHEST, _FARTHEST)
    found = sizes(float(level))
    return found * (total / float(np.sum(found)))


def nearest_to_size(sizes: Floats, count: int, mean: float) -> Bools:
    """Mark the schools whose sizes are nearest to a mean.

    Parameters
    ----------
    sizes : (n,) float64
        Pupils of each school.
    count : int
        How many to mark.
    mean : float
        Pupils a marked school.

    Returns
    -------
    (n,) bool
        ``count`` of them true.
    """
    chosen = np.zeros(len(sizes), dtype=np.bool_)
    chosen[np.argsort(np.abs(sizes - mean), kind="stable")[:count]] = True
    return chosen
