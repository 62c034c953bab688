"""Each school's long-run level and recent past, given its own published results.

Before its results are known, a school's intake, lasting value added v and drifting value added u are draws
from the model's spreads. Published results then shift these draws (conditioning by kriging: Matheron's rule),
so that over draws they have the posterior mean and spread: what one noisy cohort tells is weighed against the
spread between schools, and every year counts.

Distance of a school's cohort of year t from its LA:
``intake + G(years) v + sum over j of rho^j u(t - j) + class years + sampling of pupils``.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.place import Floats, Ints
from model.recursion import accumulated_variance, growth
from model.school_evidence import SchoolEvidence


class Spreads(NamedTuple):
    """What is believed of schools of a phase before their results; SDs of the mean of the domains."""

    intake: float  # SD between schools of what their pupils bring, pupil SD
    lasting: float  # SD of v, pupil SD a year
    drifting: float  # SD of u, pupil SD a year
    autocorrelation: float  # of u, one year apart
    class_year: float  # SD of c, pupil SD a year
    practice: float  # SD of what practice above its normal level adds, pupil SD a year
    practice_kept: float  # correlation of that, one year apart


class Shift(NamedTuple):
    """What published results add to the draws made without them."""

    intake: Floats  # (n_schools,) pupil SD
    lasting: Floats  # (n_schools,) pupil SD a year
    drifting: Floats  # (n_schools, n_back) pupil SD a year, year 0 first


def _lag_weights(rho: float, autocorrelation: float, ago: Ints, years: int, n_back: int) -> Floats:
    """Covariance of x(-k), k = 0 to n_back - 1, with sum_j rho^j x(-ago - j), x AR(1) of variance 1."""
    at = np.arange(n_back)[:, None, None] - (ago[None, :, None] + np.arange(years)[None, None, :])
    weights: Floats = (np.float64(autocorrelation) ** np.abs(at)) * rho ** np.arange(years)
    return np.asarray(weights.sum(axis=-1))


def _accumulated_covariance(rho: float, autocorrelation: float, ago: Ints, years: int) -> Floats:
    """Covariance between cohorts of what x AR(1) of variance 1 has brought them; (n_years, n_years)."""
    back = int(ago.max()) + years
    weights = np.zeros((len(ago), back))
    for row, start in enumerate(ago.tolist()):
        weights[row, start : start + years] = rho ** np.arange(years)
    lag = _lag_weights(rho, autocorrelation, ago, years, back)
    return np.asarray((weights[:, :, None] * lag[None, :, :]).sum(axis=1))


def accumulate(series: Floats, rho: float, ago: Ints, years: int) -> Floats:
    """What a yearly effect has brought the cohort tested in each year.

    Parameters
    ----------
    series : (n_schools, n_back) float64
        The effect, year 0 first, pupil SD a year.
    rho : float
        Persistence of attainment.
    ago : (n_years,) int32
        Years before year 0.
    years : int
        Years in the school.

    Returns
    -------
    (n_schools, n_years) float64
        Pupil SD.
    """
    total = np.zeros((len(series), len(ago)))
    for j in range(years):
        total += rho**j * series[:, ago + j]
    return total


def _solve(common: Floats, noise: Floats, wanted: Floats) -> Floats:
    """Solve (common + diag(noise of a school)) x = wanted for every school by Cholesky; (n_schools, n)."""
    n = len(common)
    lower = np.zeros((n, n, len(wanted)))
    for i in range(n):
        for j in range(i + 1):
            rest = common[i, j] + (noise[:, i] if i == j else 0.0) - (lower[i, :j] * lower[j, :j]).sum(axis=0)
            lower[i, j] = np.sqrt(rest) if i == j else rest / lower[j, j]
    x = np.zeros((n, len(wanted)))
    for i in range(n):
        x[i] = (wanted[:, i] - (lower[i, :i] * x[:i]).sum(axis=0)) / lower[i, i]
    for i in reversed(range(n)):
        x[i] = (x[i] - (lower[i + 1 :, i] * x[i + 1 :]).sum(axis=0)) / lower[i, i]
    return np.asarray(x.T)


_NOTHING = 1e6  # variance of a year without a result, pupil SD squared


def given_results(
    evidence: SchoolEvidence,
    spreads: Spreads,
    rho: float,
    years: int,
    intake: Floats,
    lasting: Floats,
    drifting: Floats,
    luck: Floats,
) -> Shift:
    """Shift draws of intake, v and u so that they are draws given the published results.

    Parameters
    ----------
    evidence : SchoolEvidence
        Distances of the schools from their LA, and their noise.
    spreads : Spreads
        From which the draws were made.
    rho : float
        Persistence of attainment from year to year.
    years : int
        Years that a tested pupil has spent in the school.
    intake, lasting : (n_schools,) float64
        Draws of what pupils bring (pupil SD) and of v (pupil SD a year).
    drifting : (n_schools, n_back) float64
        Draws of u, year 0 first; at least as many years as the oldest result and ``years`` need.
    luck : (n_schools, n_years) float64
        Standard normals: class years, practice and sampling that the draws would have met.

    Returns
    -------
    Shift
        To add to the draws; zeros for schools without results.
    """
    g = growth(rho, years)
    of_class = spreads.class_year**2 * accumulated_variance(rho, 0.0, years)
    of_practice = spreads.practice**2 * accumulated_variance(rho, spreads.practice_kept, years)
    common = (
        spreads.intake**2
        + (g * spreads.lasting) ** 2
        + spreads.drifting**2 * _accumulated_covariance(rho, spreads.autocorrelation, evidence.ago, years)
    )
    known = np.isfinite(evidence.noise)
    noise = np.where(known, evidence.noise, _NOTHING) + of_class + of_practice
    expected = intake + g * lasting
    drawn = expected[:, None] + accumulate(drifting, rho, evidence.ago, years) + np.sqrt(noise) * luck
    miss = np.where(known, evidence.distance - drawn, 0.0)
    pull = _solve(common, noise, miss)
    total = pull.sum(axis=1)
    reach = _lag_weights(rho, spreads.autocorrelation, evidence.ago, years, drifting.shape[1])
    return Shift(
        intake=spreads.intake**2 * total,
        lasting=spreads.lasting**2 * g * total,
        drifting=spreads.drifting**2 * (pull[:, None, :] * reach[None, :, :]).sum(axis=2),
    )
