"""Shares of disadvantaged pupils of one year's cohorts, brought to what the LA's results of that year imply.

A school's share is that of year 0 or of free school meals; cohorts differ from year to year. All pupils'
result is the mix of the two groups, so the LA's published groups tell its share within their rounding. The
smallest change that agrees is made, and none where the figures contradict each other.
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit, logit

from model.place import Bools, Floats, Ints

LARGEST_CHANGE = 1.25
"""Largest factor by which an LA's share is changed (allowed: 1 to 1.5); what asks for more contradicts."""

_EDGE = 1e-3
_WIDEST = 3.0  # log odds
_HALVINGS = 40


def implied_share(everyone: Floats, target: Floats, share: Floats, half: float) -> Floats:
    """Give the share nearest to a first one at which the mix of the groups is all pupils' result.

    Parameters
    ----------
    everyone : (n_parts,) float64
        Mean result of all pupils in the schools of an LA.
    target : (n_parts, 2) float64
        Published results of disadvantaged and other pupils.
    share : (n_parts,) float64
        First share.
    half : float
        Half a step of rounding of the published results.

    Returns
    -------
    (n_parts,) float64
        Shares; the first one where figures are missing or contradict each other.
    """
    disadvantaged, other = target[:, 0], target[:, 1]
    between = (everyone > disadvantaged) & (everyone < other) & (other - disadvantaged > 4.0 * half)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = (other - half - everyone) / (other - half - disadvantaged)
        high = (other + half - everyone) / (other + half - disadvantaged)
    wanted = np.clip(share, np.where(between, low, share), np.where(between, high, share))
    bounded = np.clip(wanted, share / LARGEST_CHANGE, share * LARGEST_CHANGE)
    return np.asarray(np.clip(bounded, 0.0, 1.0))


def fitted_shares(
    share: Floats, pupils: Floats, counted: Bools, everyone: Floats, part: Ints, target: Floats, half: float
) -> Floats:
    """Shift the shares of schools until each LA has the share that its results imply.

    Parameters
    ----------
    share, pupils : (n,) float64
        Share disadvantaged and pupils of each year group.
    counted : (n,) bool
        Whether the share was counted: it stays.
    everyone : (n,) float64
        Result of all pupils.
    part : (n,) int32
        LA and year.
    target : (n_parts, 2) float64
        Published results of disadvantaged and other pupils.
    half : float
        Half a step of their rounding.

    Returns
    -------
    (n,) float64
        Shares; those of 0 and 1 stay.
    """
    n_parts = len(target)
    total = np.maximum(np.bincount(part, pupils, n_parts), 1e-9)
    mean = np.bincount(part, pupils * everyone, n_parts) / total
    now = np.bincount(part, pupils * share, n_parts) / total
    wanted = implied_share(mean, target, now, half)
    free = ~counted & (share > _EDGE) & (share < 1.0 - _EDGE)
    odds = logit(np.clip(share, _EDGE, 1.0 - _EDGE))

    def shifted(shift: Floats) -> Floats:
        return np.where(free, expit(odds + shift[part]), share)

    low, high = np.full(n_parts, -_WIDEST), np.full(n_parts, _WIDEST)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        below = np.bincount(part, pupils * shifted(middle), n_parts) / total < wanted
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    shift = 0.5 * (low + high)
    return shifted(np.where((wanted == now) | (np.abs(shift) > 0.99 * _WIDEST), 0.0, shift))
