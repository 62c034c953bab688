"""Sizes of schools: lognormal, with the published total and spread."""

from __future__ import annotations

import numpy as np

from model.place import Bools, Floats

SMALLEST_SCHOOL = 20.0
"""Smallest size drawn for a school, pupils (allowed: 1 to 100); smaller schools exist but are few."""


def school_sizes(normals: Floats, total: float, logsd: float) -> Floats:
    """Give schools lognormal sizes that add up to a total.

    Parameters
    ----------
    normals : (n,) float64
        Standard normal draws, one a school; standardised here so that the spread is met in a small LA too.
    total : float
        Pupils of all the schools.
    logsd : float
        SD of the log of size.

    Returns
    -------
    (n,) float64
        Pupils of each school; the sum is ``total``.
    """
    n = len(normals)
    if n == 0:
        return np.zeros(0)
    spread = float(np.std(normals))
    z = (normals - np.mean(normals)) / spread if spread > 0 else np.zeros(n)
    sizes = np.exp(z * logsd)
    sizes *= total / float(np.sum(sizes))
    floor = min(SMALLEST_SCHOOL, total / n)
    above = np.maximum(sizes - floor, 0.0)
    if float(np.sum(above)) <= 0:
        return np.full(n, total / n)
    return np.asarray(floor + above * ((total - floor * n) / float(np.sum(above))), dtype=np.float64)


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
