"""The nation as a mixture of eight bivariate normals: low income or not, by four levels of latent need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from model.bivariate import both_at_least
from model.need import NeedClasses
from model.parameters import LearningParameters, Parameters, SchoolEffectParameters
from model.place import Floats, Group
from model.recursion import READ_AT, accumulated_variance

GRID = np.linspace(-8.0, 6.0, 281)
_ROUNDS = 40
_TOLERANCE = 1e-9  # pupil SD


_NODES, _NODE_WEIGHTS = np.polynomial.hermite_e.hermegauss(41)


@dataclass(frozen=True, kw_only=True, eq=False)
class StageSpread:
    """Spread of one cell's scores at one stage.

    Attributes
    ----------
    variance : (2, 4) float64
        Variance of one domain's test score by low income and need, test error included.
    covariance : (2, 4) float64
        Covariance of the two domains' test scores.
    mean_variance : (2, 4) float64
        Variance of the mean of the two domains.
    error_variance : float
        Variance of one domain's test error, independent between domains.
    """

    variance: Floats
    covariance: Floats
    mean_variance: Floats
    error_variance: float


def _school_variance(s: SchoolEffectParameters, rho: float, years: int) -> float:
    """Variance of accumulated school effects after some years of learning, one domain."""
    primary, secondary = min(years, READ_AT["ks2"]), max(years - READ_AT["ks2"], 0)
    total = rho ** (2 * secondary) * (
        s.lasting_sd_primary**2 * accumulated_variance(rho, 1.0, primary)
        + s.drifting_sd_primary**2 * accumulated_variance(rho, s.drifting_autocorrelation_primary, primary)
        + s.cohort_sd_primary**2 * accumulated_variance(rho, 0.0, primary)
    )
    if secondary:
        total += (
            s.lasting_sd_secondary**2 * accumulated_variance(rho, 1.0, secondary)
            + s.drifting_sd_secondary**2
            * accumulated_variance(rho, s.drifting_autocorrelation_secondary, secondary)
            + s.cohort_sd_secondary**2 * accumulated_variance(rho, 0.0, secondary)
        )
    return total


def spread_at(
    p: Parameters, need: NeedClasses, years: int, reliability: float, low_income: float
) -> StageSpread:
    """Spread of every cell's scores after some years of learning.

    Parameters
    ----------
    p : Parameters
        One draw.
    need : NeedClasses
        Levels of need.
    years : int
        Years of learning, 1 to 12.
    reliability : float
        Share of the variance of the mean of the two domains that is not test error.
    low_income : float
        Share of pupils with low income.

    Returns
    -------
    StageSpread
        Variances by income and need.
    """
    learning, schools = p.learning, p.schools
    rho, r = 1.0 - learning.catch_up, learning.domain_correlation
    mean_home = learning.home_variance * (1.0 + r) / 2.0
    loss = mean_home * need.home_variance_loss
    areas = schools.intake_sd**2 + (schools.intake_low_income_slope * schools.area_low_income_sd) ** 2
    common = areas + np.array([[schools.la_sd_other**2], [schools.la_sd_disadvantaged**2]])
    school = _school_variance(schools, rho, years)
    variance = learning.home_variance + learning.other_variance + school + common - loss
    covariance = (
        (learning.home_variance + learning.other_variance) * r
        + school * schools.domain_correlation
        + common
        - loss
    )
    mean_variance = 0.5 * (variance + covariance)
    weights = need.share * np.array([[1.0 - low_income], [low_income]])
    error = 2.0 * (1.0 / reliability - 1.0) * float((weights * mean_variance).sum())
    return StageSpread(
        variance=variance + error,
        covariance=covariance,
        mean_variance=mean_variance + error / 2.0,
        error_variance=error,
    )


def cell_means(p: LearningParameters, need: NeedClasses, gap: float) -> Floats:
    """Mean score of each cell, where low-income pupils stand ``gap`` lower at equal need.

    Parameters
    ----------
    p : LearningParameters
        For the spread of home advantage.
    need : NeedClasses
        Levels of need.
    gap : float
        Low-income gap, pupil SD.

    Returns
    -------
    (2, n_classes) float64
        By income and need, pupil SD; pupils with neither at 0 plus what low need selects.
    """
    sd_home = np.sqrt(p.home_variance * (1.0 + p.domain_correlation) / 2.0)
    return np.asarray(need.home_mean * sd_home - need.drag[None, :] - np.array([[0.0], [gap]]))


def label_weights(label_share: Floats | float, low_income: Floats | float) -> Floats:
    """Chance of low income given a published group, where labels follow income rank.

    Parameters
    ----------
    label_share : float or (n,) float64
        Share of pupils in the published group.
    low_income : float or (n,) float64
        Share of pupils with (lasting) low income.

    Returns
    -------
    (..., 2, 2) float64
        Rows in ``Group`` order, columns not low income, low income.
    """
    inside = np.minimum(low_income, label_share) / label_share
    outside = np.maximum(np.asarray(low_income) - label_share, 0.0) / (1.0 - np.asarray(label_share))
    rows = [np.stack([1.0 - inside, inside], axis=-1), np.stack([1.0 - outside, outside], axis=-1)]
    return np.stack(rows, axis=-2)


def of_groups(weight: Floats, by_income: Floats) -> Floats:
    """Turn values by income (first axis: not low, low) into values of the published groups.

    Parameters
    ----------
    weight : (2, 2) float64
        From ``label_weights``.
    by_income : (2, ...) float64
        Values by income.

    Returns
    -------
    (2, ...) float64
        Values in ``Group`` order.
    """
    other, low = by_income
    return np.stack([row[0] * other + row[1] * low for row in weight])


def group_rates(means: Floats, spread: StageSpread, share: Floats, weight: Floats, *, both: bool) -> Floats:
    """Rate of each published group at every cut of the grid.

    Parameters
    ----------
    means : (2, 4) float64
        Mean score by income and need, pupil SD.
    spread : StageSpread
        Spread of the cells.
    share : (2, 4) float64
        Share of pupils at each level of need, given income.
    weight : (2, 2) float64
        From ``label_weights``.
    both : bool
        Whether both domains must reach the cut, or their mean.

    Returns
    -------
    (2, n_grid) float64
        Share of each group (``Group`` order) at or above each cut of ``GRID``; falls along the row.
    """
    grid = GRID[None, None, :]
    if both:
        sd = np.sqrt(spread.variance)[:, :, None]
        correlation = (spread.covariance / spread.variance)[:, :, None]
        cells = both_at_least((grid - means[:, :, None]) / sd, correlation)
    else:
        cells = ndtr((means[:, :, None] - grid) / np.sqrt(spread.mean_variance)[:, :, None])
    by_income = (cells * share[:, :, None]).sum(axis=1)
    return of_groups(weight, by_income)


def gap_index(means: Floats, spread: StageSpread, share: Floats, weight: Floats, ranks: Floats) -> float:
    """DfE gap index: 20 x (mean rank of other pupils less that of disadvantaged pupils).

    Parameters
    ----------
    means : (2, 4) float64
        Mean score by income and need, pupil SD.
    spread : StageSpread
        Spread of the cells.
    share : (2, 4) float64
        Share of pupils at each level of need, given income.
    weight : (2, 2) float64
        From ``label_weights``.
    ranks : (n_grid,) float64
        From ``rank_table``.

    Returns
    -------
    float
        Index points; 0 where the groups rank alike.
    """
    scores = means[:, :, None] + np.sqrt(spread.mean_variance)[:, :, None] * _NODES
    rank = (np.interp(scores, GRID, ranks) * _NODE_WEIGHTS).sum(axis=-1) / _NODE_WEIGHTS.sum()
    by_income = (share * rank).sum(axis=1)
    group = of_groups(weight, by_income)
    return 20.0 * float(group[Group.OTHER] - group[Group.DISADVANTAGED])


def moments(means: Floats, spread: StageSpread, share: Floats, low_income: float) -> tuple[float, float]:
    """National mean and SD of the mean of the two domains.

    Parameters
    ----------
    means : (2, 4) float64
        Mean score by income and need, pupil SD.
    spread : StageSpread
        Spread of the cells.
    share : (2, 4) float64
        Share of pupils at each level of need, given income.
    low_income : float
        Share of pupils with low income.

    Returns
    -------
    mean, sd : float
        Pupil SD, test error included in ``sd``.
    """
    weight = share * np.array([[1.0 - low_income], [low_income]])
    mean = float((weight * means).sum())
    return mean, float(np.sqrt((weight * (spread.mean_variance + (means - mean) ** 2)).sum()))


def rank_table(means: Floats, spread: StageSpread, share: Floats, low_income: float) -> Floats:
    """Share of the nation below each score of the grid.

    Parameters
    ----------
    means : (2, 4) float64
        Mean score by income and need, pupil SD.
    spread : StageSpread
        Spread of the cells.
    share : (2, 4) float64
        Share of pupils at each level of need, given income.
    low_income : float
        Share of pupils with low income.

    Returns
    -------
    (n_grid,) float64
        Shares from 0 to 1, rising with ``GRID``.
    """
    weight = share * np.array([[1.0 - low_income], [low_income]])
    z = (GRID[None, None, :] - means[:, :, None]) / np.sqrt(spread.mean_variance)[:, :, None]
    return np.asarray((weight[:, :, None] * ndtr(z)).sum(axis=(0, 1)))


def solve_gap(miss: Callable[[float], float]) -> float:
    """Gap at which a miss is zero, by the secant rule (misses are close to linear in the gap).

    Parameters
    ----------
    miss : callable
        Takes a low-income gap (pupil SD); returns how far the figure it leads to lies from the published one.

    Returns
    -------
    float
        Low-income gap, pupil SD: the last one tried if the rounds run out.
    """
    before, gap = 0.4, 0.6
    miss_before, miss_now = miss(before), miss(gap)
    for _ in range(_ROUNDS):
        if abs(miss_now) < _TOLERANCE or miss_now == miss_before:
            break
        before, gap = gap, gap - miss_now * (gap - before) / (miss_now - miss_before)
        miss_before, miss_now = miss_now, miss(gap)
    return gap


def cut_at(rates: Floats, rate: float) -> float:
    """Cut of ``GRID`` at which a rate is reached, by linear interpolation.

    Parameters
    ----------
    rates : (n_grid,) float64
        Rates at each cut of ``GRID``, falling.
    rate : float
        Rate wanted, 0 to 1.

    Returns
    -------
    float
        Cut, pupil SD; an end of ``GRID`` where the rate lies outside.
    """
    return float(np.interp(-rate, -rates, GRID))
