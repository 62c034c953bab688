"""Low income by home area: the beta shape of the LA's type, neighbours alike, the LA's own mean and spread.

What is published is the spread between schools. Families choose schools near home, so schools mix the areas
around them and areas differ more than schools do; the spread of areas is solved for, with the model's own
rule of entry (the few nearest schools, by distance) at the default distance scale.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq
from scipy.special import betaincinv, expit, logit

from model.choice import NEAREST
from model.parameters import ChoiceParameters
from model.place import Floats

NEIGHBOURS_SHARE = 0.7
"""Share of the variance between areas that neighbours have in common (allowed: 0 to 0.95): an assumption."""

NEIGHBOURHOOD = 3.0
"""Reach of what neighbours have in common, in median distances to the nearest area (allowed: 0.5 to 20)."""

WIDEST_STRETCH = 4.0
"""Largest factor by which log odds of areas are stretched (allowed: 1 to 10)."""

ROUNDS = 60
"""Rounds of filling schools and placing children: leaves under a pupil in a hundred misplaced."""

FARTHEST_LEVEL = 60.0
"""Log odds beyond which no mean share lies."""


def mixing(apart_km: Floats, children: Floats) -> Floats:
    """Give where the pupils of each primary school live, when families choose among the nearest few.

    Parameters
    ----------
    apart_km : (n, n) float64
        Distances between home areas, each with its school in the middle, km.
    children : (n,) float64
        Children of each area; also the places of its school.

    Returns
    -------
    (n, n) float64
        Row: school; column: area; the rows sum to 1.
    """
    considered = min(NEAREST, len(apart_km))
    furthest = np.sort(apart_km, axis=0)[considered - 1]
    scale = ChoiceParameters().distance_scale_primary * np.maximum(furthest, 1e-9)
    flows = np.exp(-apart_km / scale[None, :]) * children[None, :]
    flows[apart_km > furthest[None, :]] = 0.0
    for _ in range(ROUNDS):  # fill every school, place every child
        flows *= (children / np.sum(flows, axis=1))[:, None]
        flows *= (children / np.sum(flows, axis=0))[None, :]
    return np.asarray(flows / np.sum(flows, axis=1, keepdims=True), dtype=np.float64)


def neighbours_alike(own: Floats, shared: Floats, apart_km: Floats) -> Floats:
    """Make area scores that are alike in neighbouring areas.

    Parameters
    ----------
    own, shared : (n,) float64
        Standard normal draws: each area's own part, and what is smoothed over its neighbourhood.
    apart_km : (n, n) float64
        Distances, km.

    Returns
    -------
    (n,) float64
        Scores; only their order is used.
    """
    if len(own) < 2:
        return own
    nearest = np.where(np.eye(len(own), dtype=bool), np.inf, apart_km).min(axis=1)
    reach = NEIGHBOURHOOD * max(float(np.median(nearest)), 1e-9)
    kernel = np.exp(-0.5 * (apart_km / reach) ** 2)
    smooth = np.sum(kernel * shared[None, :], axis=1) / np.sqrt(np.sum(kernel**2, axis=1))
    scores = np.sqrt(1.0 - NEIGHBOURS_SHARE) * own + np.sqrt(NEIGHBOURS_SHARE) * smooth
    return np.asarray(scores, dtype=np.float64)


def beta_quantiles(scores: Floats, alpha: float, beta: float) -> Floats:
    """Give each area the quantile of a beta distribution that its rank calls for.

    Parameters
    ----------
    scores : (n,) float64
        Scores; the highest gets the highest share.
    alpha, beta : float
        Shapes.

    Returns
    -------
    (n,) float64
        Shares, 0 to 1.
    """
    rank = np.argsort(np.argsort(scores, kind="stable"), kind="stable")
    return np.asarray(betaincinv(alpha, beta, (rank + 0.5) / len(scores)), dtype=np.float64)


def fit_mean_and_spread(
    shares: Floats, children: Floats, mix: Floats, mean: float, school_sd: float
) -> Floats:
    """Shift and stretch the log odds of areas until the mean and the spread between schools are as published.

    Parameters
    ----------
    shares : (n,) float64
        Shares of low income with the right shape, above 0 and below 1.
    children : (n,) float64
        Children of each area.
    mix : (n, n) float64
        Where the pupils of each school live, from `mixing`.
    mean : float
        Children-weighted mean share wanted, above 0 and below 1.
    school_sd : float
        SD of the share between schools wanted; met as nearly as the widest stretch allows.

    Returns
    -------
    (n,) float64
        Shares of low income.
    """
    if len(shares) < 2:
        return np.full(len(shares), mean)
    odds = logit(np.clip(shares, 1e-4, 1.0 - 1e-4))
    odds = odds - np.mean(odds)
    weight = children / np.sum(children)

    def shifted(stretch: float) -> Floats:
        def excess(level: float) -> float:
            return float(np.sum(weight * expit(stretch * odds + level))) - mean

        level = float(brentq(excess, -FARTHEST_LEVEL, FARTHEST_LEVEL))
        return np.asarray(expit(stretch * odds + level), dtype=np.float64)

    def spread(stretch: float) -> float:
        return float(np.std(np.sum(mix * shifted(stretch)[None, :], axis=1)))

    if spread(WIDEST_STRETCH) <= school_sd:
        return shifted(WIDEST_STRETCH)
    return shifted(float(brentq(lambda stretch: spread(stretch) - school_sd, 0.0, WIDEST_STRETCH)))
