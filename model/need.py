"""Latent need: drawn from low home advantage and fixed for life; SEN status is an observation of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from scipy.special import ndtr, ndtri

from model.parameters import LearningParameters
from model.place import Floats

_RAREST = 1e-9
_NEWTON_STEPS = 8
_INDEX = np.linspace(-6.0, 8.0, 561)


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
    return tail_cut(shares, np.full(3, low_income), shift)


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


def with_alternative(
    p: LearningParameters, need: NeedClasses, share: float, low_income: float
) -> NeedClasses:
    """Add pupils of alternative provision as a fifth class: they come from all levels but special schools.

    Parameters
    ----------
    p : LearningParameters
        For the correlation with need, and the drag that comes on top of it.
    need : NeedClasses
        The four levels.
    share : float
        Share of pupils who will be in alternative provision by Year 9.
    low_income : float
        Share of pupils with low income.

    Returns
    -------
    NeedClasses
        Five classes; moments of the last by sums over the need index.
    """
    rho, kappa = p.alternative_need_correlation, p.need_home_correlation
    shifts = np.array([0.0, p.need_low_income_shift])
    cut = tail_cut(np.array(share), np.array(low_income), rho * p.need_low_income_shift)
    own = _INDEX[None, :] - shifts[:, None]
    goes = ndtr((rho * _INDEX - cut) / np.sqrt(1.0 - rho**2)) * (need.thresholds[2] >= _INDEX)
    weight = np.exp(-0.5 * own**2) * goes
    weight *= (_INDEX[1] - _INDEX[0]) / np.sqrt(2.0 * np.pi)
    level = np.searchsorted(need.thresholds, _INDEX)
    of_level = np.stack([weight[:, level == k].sum(axis=1) for k in range(len(need.drag))], axis=1)
    total = of_level.sum(axis=1)
    mean = (weight * own).sum(axis=1) / total
    variance = (weight * own**2).sum(axis=1) / total - mean**2
    drags = (of_level * need.drag).sum(axis=1) / total
    everyone = np.array([1.0 - low_income, low_income]) * total
    return NeedClasses(
        thresholds=need.thresholds,
        share=np.column_stack([need.share - of_level, total]),
        home_mean=np.column_stack([need.home_mean, -kappa * mean]),
        home_variance_loss=np.column_stack([need.home_variance_loss, kappa**2 * (1.0 - variance)]),
        drag=np.append(need.drag, p.need_drag_alternative + (drags * everyone).sum() / everyone.sum()),
    )


def tail_cut(share: Floats, low_income: Floats, shift: float) -> Floats:
    """Find the cut above which a share of pupils lies, where those with low income have a shifted mean.

    Parameters
    ----------
    share : float64 array
        Share wanted above the cut, between 0 and 1; shares of 0 give a cut no one reaches.
    low_income : float64 array
        Share of pupils with low income, broadcast against ``share``.
    shift : float
        Mean of these pupils; others have mean 0, and all have SD 1.

    Returns
    -------
    float64 array
        The cut (Newton steps from the cut of one normal; the tail is convex there, so steps do not
        overshoot).
    """
    wanted = np.clip(share, _RAREST, 1.0 - _RAREST)
    cut = -ndtri(wanted) + shift * low_income
    for _ in range(_NEWTON_STEPS):
        above = (1.0 - low_income) * ndtr(-cut) + low_income * ndtr(shift - cut)
        density = (1.0 - low_income) * np.exp(-0.5 * cut**2) + low_income * np.exp(-0.5 * (cut - shift) ** 2)
        cut = cut + np.clip((above - wanted) * np.sqrt(2.0 * np.pi) / density, -1.0, 1.0)
    return np.asarray(cut, dtype=np.float64)
