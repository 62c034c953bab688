"""Long-run levels of an LA's two groups: each published result is one noisy cohort.

Each published rate becomes a shift against England of the same year, in pupil SD, on the reference nation's
own curve. Years are pooled by precision: pupil sampling, rounding, and a level that slowly wanders; the
spread between LAs is the prior.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from model.parameters import SchoolEffectParameters
from model.place import Floats, Group, Ints, Place
from model.randomness import Chance
from model.reference import Reference, Stage

STAGES = ("eyfs", "ks2", "ks4")

_ROUNDING = 0.01  # LA pass rates are published as whole per cents
_UNKNOWN = 1e12  # noise of a year without a result
_SAFE = 0.005  # rates are kept this far from 0 and 1 before they are placed on the curve


@dataclass(frozen=True, kw_only=True, eq=False)
class Levels:
    """What is known of each LA's long-run standing against England.

    Attributes
    ----------
    mean : (n_la, 3, 2) float64
        Posterior mean in pupil SD, by stage (``STAGES``) and published ``Group``.
    covariance : (n_la, 3, 3) float64
        Variance of disadvantaged pupils' level, covariance, variance of other pupils' level, by stage.
    ks2_shift : (n_la, n_years, 2) float64
        Shift of each published KS2 cohort against England that year, pupil SD; NaN where there is none.
    """

    mean: Floats
    covariance: Floats
    ks2_shift: Floats

    @property
    def sd(self) -> Floats:
        """Posterior SD, by LA, stage and ``Group``; shape (n_la, 3, 2), pupil SD."""
        return np.sqrt(self.covariance[:, :, ::2])


def _shift_of_rates(stage: Stage, rates: Floats, england: Floats) -> Floats:
    """Shift of a group, pupil SD, that turns England's rate into the LA's; shape as ``rates``."""
    shift = np.full(rates.shape, np.nan)
    for group in Group:
        here = stage.position(group, np.clip(rates[..., group], _SAFE, 1.0 - _SAFE))
        there = stage.position(group, england[..., group])
        shift[..., group] = np.where(np.isnan(rates[..., group]), np.nan, there - here)
    return shift


def _noise_of_rates(stage: Stage, rates: Floats, pupils: Floats) -> Floats:
    """Variance of such a shift from pupil sampling and rounding."""
    variance = np.full(rates.shape, np.nan)
    step = 0.01
    for group in Group:
        rate = np.clip(rates[..., group], _SAFE, 1.0 - _SAFE)
        up = stage.position(group, np.clip(rate + step, _SAFE, 1.0 - _SAFE))
        down = stage.position(group, np.clip(rate - step, _SAFE, 1.0 - _SAFE))
        slope = (down - up) / (2.0 * step)  # pupil SD per unit of rate
        variance[..., group] = slope**2 * (rate * (1.0 - rate) / pupils[..., group] + _ROUNDING**2 / 12.0)
    return variance


def _pair(first: float, second: float, correlation: float) -> Floats:
    """Variance, covariance, variance of two quantities with given SDs; shape (3,)."""
    return np.array([first**2, correlation * first * second, second**2])


def _pool(shift: Floats, noise: Floats, years: Ints, prior: Floats, wander: Floats) -> tuple[Floats, Floats]:
    """Filter both groups' wandering levels together (Kalman), to the last year.

    ``prior`` and ``wander`` are (3,) as from ``_pair``; gives means (n_la, 2) and covariances (n_la, 3).
    """
    mean = np.zeros(shift[:, 0].shape)
    p, q, r = (np.full(len(shift), part) for part in prior)
    before = int(years[0])
    for row, year in enumerate(years.tolist()):
        p, q, r = (old + (year - before) * more for old, more in zip((p, q, r), wander, strict=True))
        known = ~np.isnan(shift[:, row])
        error = np.where(known, shift[:, row] - mean, 0.0)
        own = np.where(known, noise[:, row], _UNKNOWN)
        a, b = p + own[:, 0], r + own[:, 1]
        size = a * b - q**2
        gain = np.stack([p * b - q * q, q * a - p * q, q * b - q * r, r * a - q * q], axis=1) / size[:, None]
        mean = mean + np.stack(
            [
                gain[:, 0] * error[:, 0] + gain[:, 1] * error[:, 1],
                gain[:, 2] * error[:, 0] + gain[:, 3] * error[:, 1],
            ],
            axis=1,
        )
        p, q, r = (
            (1.0 - gain[:, 0]) * p - gain[:, 1] * q,
            (1.0 - gain[:, 0]) * q - gain[:, 1] * r,
            (1.0 - gain[:, 3]) * r - gain[:, 2] * q,
        )
        before = year
    return mean, np.stack([p, q, r], axis=1)


@lru_cache(maxsize=4)
def long_run_levels(place: Place, reference: Reference, p: SchoolEffectParameters) -> Levels:
    """Pool all published years of a place.

    Parameters
    ----------
    place : Place
        With results of one or more years, the last being year 0.
    reference : Reference
        The nation of year 0.
    p : SchoolEffectParameters
        For the spread between LAs and how fast it wanders.

    Returns
    -------
    Levels
        Posterior by LA, stage and group; with no result at all, the prior.
    """
    results, england = place.results, place.national.results
    prior = _pair(p.la_sd_disadvantaged, p.la_sd_other, p.la_level_correlation)
    wander = _pair(p.la_wander_disadvantaged, p.la_wander_other, p.la_wander_correlation)
    primary = np.bincount(place.areas.la, place.areas.children, place.n_la)
    rates = place.rates
    pupils = {
        "eyfs": (primary, rates.fsm_primary),
        "ks2": (primary, rates.disadvantaged_ks2),
        "ks4": (place.secondary_pupils, rates.disadvantaged_ks4),
    }
    mean, covariance = np.zeros((place.n_la, 3, 2)), np.zeros((place.n_la, 3, 3))
    ks2_shift: Floats = np.zeros((place.n_la, len(results.years), 2))
    for index, name in enumerate(STAGES):
        size, share = pupils[name]
        count = np.maximum(size[:, None] * np.stack([share, 1.0 - share], axis=1), 1.0)[:, None, :]
        if name == "ks4":
            scale = reference.ks4.points_per_unit
            shift: Floats = (results.ks4_attainment8 - england.ks4_attainment8) / scale
            noise: Floats = np.broadcast_to(reference.ks4.sd**2 / count, shift.shape)
        else:
            stage: Stage = getattr(reference, name)
            values = results.eyfs_gld if name == "eyfs" else results.ks2_rwm
            nation = england.eyfs_gld if name == "eyfs" else england.ks2_rwm
            shift = _shift_of_rates(stage, values, np.broadcast_to(nation, values.shape))
            noise = _noise_of_rates(stage, values, np.broadcast_to(count, values.shape))
            if name == "ks2":
                ks2_shift = shift
        mean[:, index], covariance[:, index] = _pool(shift, noise, results.years, prior, wander)
    return Levels(mean=mean, covariance=covariance, ks2_shift=ks2_shift)


def draw_levels(levels: Levels, place: Place, chance: Chance | None) -> Floats:
    """Draw each LA's long-run levels; the same in every replicate of a draw.

    Parameters
    ----------
    levels : Levels
        Posterior.
    place : Place
        For the LA codes, which address the draws.
    chance : Chance or None
        Chance of the draw; None gives the posterior means.

    Returns
    -------
    (n_la, 3, 2) float64
        Levels against England, pupil SD.
    """
    if chance is None:
        return levels.mean
    first, second = np.moveaxis(
        np.stack([chance.normals("la levels", code, 0, 6).reshape(3, 2) for code in place.la_code]), -1, 0
    )
    p, q, r = np.moveaxis(levels.covariance, -1, 0)
    slope = q / np.sqrt(p)  # Cholesky factor of two by two
    other = slope * first + np.sqrt(np.maximum(r - slope**2, 0.0)) * second
    return np.asarray(levels.mean + np.stack([np.sqrt(p) * first, other], axis=-1))
