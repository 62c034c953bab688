"""Latent need: drawn from low home advantage, fixed for life; what is called SEN support or a plan is an observation of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from scipy.special import ndtr, ndtri

from model.parameters import LearningParameters
from model.place import Floats


class Need(IntEnum):
    """Level of latent need."""

    NONE = 0
    SUPPORT = 1
    PLAN = 2
    SPECIAL = 3


@dataclass(frozen=True, kw_only=True, eq=False)
class NeedClasses:
    """The four levels of need in the nation, given low income or not; ``Need`` order on the last axis.

    Attributes
    ----------
    thresholds : (3,) float64
        Values of the need index above which support, a plan, a special school are the level.
    share : (2, 4) float64
        Share of pupils at each level; row 0 other, row 1 low income.
    home_mean : (2, 4) float64
        Mean of the standardised home advantage at each level.
    home_variance_loss : (2, 4) float64
        Share of the variance of home advantage that knowing the level takes away (may be negative).
    drag : (4,) float64
        Attainment lower by, pupil SD.
    """

    thresholds: Floats
    share: Floats
    home_mean: Floats
    home_variance_loss: Floats
    drag: Floats


def need_thresholds(support: float, plan: float, special: float, low_income: float, shift: float) -> Floats:
    """Find the need index above which the given shares of pupils lie.

    Parameters
    ----------
    support, plan, special : float
        Shares of all pupils with SEN support, with a plan in a mainstream school, in a special school.
    low_income : float
        Share of pupils with low income.
    shift : float
        Mean need index of low-income pupils; others have mean 0.

    Returns
    -------
    (3,) float64
        Rising thresholds for support, plan and special school.
    """
    shares = np.array([support + plan + special, plan + special, special])
    low, high = np.full(3, -8.0), np.full(3, 8.0)
    for _ in range(60):
        middle = 0.5 * (low + high)
        above = (1.0 - low_income) * ndtr(-middle) + low_income * ndtr(shift - middle)
        low = np.where(above > shares, middle, low)
        high = np.where(above > shares, high, middle)
    return np.asarray(0.5 * (low + high), dtype=np.float64)


def need_classes(p: LearningParameters, thresholds: Floats) -> NeedClasses:
    """Work out who is at each level of need, from the thresholds.

    Parameters
    ----------
    p : LearningParameters
        For the correlation with home advantage, the shift of low-income pupils and the drags.
    thresholds : (3,) float64
        From ``need_thresholds``.

    Returns
    -------
    NeedClasses
        Shares and moments by the formulas of the doubly truncated normal.
    """
    shifts = np.array([0.0, p.need_low_income_shift])
    edges = np.concatenate(([-np.inf], thresholds, [np.inf]))[None, :] - shifts[:, None]
    density = np.where(np.isfinite(edges), np.exp(-0.5 * edges**2) / np.sqrt(2.0 * np.pi), 0.0)
    moment = np.where(np.isfinite(edges), edges, 0.0) * density
    share = np.diff(ndtr(edges), axis=1)
    mean = -np.diff(density, axis=1) / share
    variance = 1.0 - np.diff(moment, axis=1) / share - mean**2
    kappa = p.need_home_correlation
    return NeedClasses(
        thresholds=thresholds,
        share=share,
        home_mean=-kappa * mean,
        home_variance_loss=kappa**2 * (1.0 - variance),
        drag=np.array([0.0, p.need_drag_support, p.need_drag_plan, p.need_drag_special]),
    )


def tail_share(threshold: Floats, shift: float, low_income: Floats) -> Floats:
    """Share of pupils above a threshold of the need index, where a share ``low_income`` has a shifted mean."""
    return np.asarray((1.0 - low_income) * ndtr(-threshold) + low_income * ndtr(shift - threshold))


def normal_quantile(share: Floats) -> Floats:
    """Quantile of the standard normal (inverse of its distribution function)."""
    return np.asarray(ndtri(share), dtype=np.float64)
