"""The bivariate normal: chance that both of two scores reach a cut (Owen 1956, through Owen's T)."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, owens_t

from model.place import Floats


def both_at_least(height: Floats, correlation: Floats) -> Floats:
    """Chance that two standard normals with a common cut both reach it.

    Uses P(X < h, Y < h) = Phi(h) - 2 T(h, sqrt((1 - r) / (1 + r))), Owen (1956), doi 10.1214/aoms/1177728074.

    Parameters
    ----------
    height : float64 array
        Cut in SDs above the mean.
    correlation : float64 array
        Correlation of the two scores, broadcast against ``height``.

    Returns
    -------
    float64 array
        P(X >= h and Y >= h).

    Examples
    --------
    >>> float(both_at_least(np.array(0.0), np.array(0.0)).round(6))
    0.25
    """
    slope = np.sqrt((1.0 - correlation) / (1.0 + correlation))
    both_below = ndtr(height) - 2.0 * owens_t(height, slope)
    return np.asarray(1.0 - 2.0 * ndtr(height) + both_below, dtype=np.float64)
