"""Absence of pupils, and what absence above their own reference costs them.

A pupil's absence is logistic in: LA and phase, low income, latent need, a lasting propensity, the school,
and the year's own chance. The reference is what is expected of the pupil given all but the year's chance and
any change of policy.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

import numpy as np
from scipy.special import expit

from model.need import NeedClasses
from model.parameters import Parameters
from model.place import FIRST_SECONDARY_YEAR_GROUP, Floats, Index, Place
from model.randomness import Chance
from model.recursion import READ_AT, yearly
from model.register import Register

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(15)
_SCHOOLS = 0
_HALVINGS = 50
_ODDS = np.linspace(-12.0, 8.0, 2001)


def mean_absence(log_odds: Floats, sd: float) -> Floats:
    """Mean of logistic(log odds + sd x standard normal), by quadrature.

    Parameters
    ----------
    log_odds : float64 array
        Log odds of missing a half-day.
    sd : float
        SD of the normal, log odds.

    Returns
    -------
    float64 array
        Mean share of half-days missed, 0 to 1; shape as ``log_odds``.
    """
    return np.asarray((expit(log_odds[..., None] + sd * _NODES) * _WEIGHTS).sum(axis=-1) / _WEIGHTS.sum())


@lru_cache(maxsize=4)
def _curve(sd: float) -> Floats:
    """Mean absence at each of a fixed row of log odds."""
    return mean_absence(_ODDS, sd)


@lru_cache(maxsize=4)
def base_log_odds(place: Place, p: Parameters, need: NeedClasses) -> Floats:
    """Log odds of absence, without low income or need, that give published rates.

    Parameters
    ----------
    place : Place
        Published absence (share of half-days) and shares of disadvantaged pupils by LA and phase.
    p : Parameters
        Ratios for low income and need; spread between pupils and schools, log odds.
    need : NeedClasses
        Shares of pupils at each level of need.

    Returns
    -------
    (n_la, 2) float64
        Log odds by LA and phase (primary, secondary), found by bisection.
    """
    a, rates = p.attendance, place.rates
    published = np.stack([rates.absence_primary, rates.absence_secondary], axis=1)
    low = rates.disadvantaged_ks2[:, None]  # lasting low income, in either phase
    sd = float(np.hypot(a.pupil_sd, a.school_sd))
    add = np.log(a.low_income_ratio) * np.array([0.0, 0.0, 1.0, 1.0]) + np.log(a.need_ratio) * np.array(
        [0.0, 1.0, 0.0, 1.0]
    )
    in_need = need.share[:, 1:].sum(axis=1)
    weight = np.stack(
        [
            (1.0 - low) * (1.0 - in_need[0]),
            (1.0 - low) * in_need[0],
            low * (1.0 - in_need[1]),
            low * in_need[1],
        ]
    )
    curve = _curve(sd)
    lower, upper = np.full(published.shape, -8.0), np.full(published.shape, 2.0)
    for _ in range(_HALVINGS):
        middle = 0.5 * (lower + upper)
        mean = (weight * np.stack([np.interp(middle + step, _ODDS, curve) for step in add])).sum(axis=0)
        lower = np.where(mean < published, middle, lower)
        upper = np.where(mean < published, upper, middle)
    return np.asarray(0.5 * (lower + upper), dtype=np.float64)


class Attendance:
    """Absence of every pupil in a year.

    Parameters
    ----------
    place : Place
        For published rates.
    p : Parameters
        One draw.
    need : NeedClasses
        Who has latent need.
    register : Register
        Lasting propensities.
    chance : Chance
        Streams ``absence (school)``, ``absence``.
    """

    def __init__(
        self, place: Place, p: Parameters, need: NeedClasses, register: Register, chance: Chance
    ) -> None:
        self._chance, a = chance, p.attendance
        self._base = base_log_odds(place, p, need)
        lasting_sd = a.pupil_sd * np.sqrt(a.lasting_share)
        self._year_sd = a.pupil_sd * np.sqrt(1.0 - a.lasting_share)
        self._table = _curve(float(self._year_sd))
        school = a.school_sd * chance.for_draw().normals("absence (school)", _SCHOOLS, 0, len(place.schools))
        self._school = np.concatenate([school, np.zeros(place.n_la)])
        self._own = np.log(a.low_income_ratio) * register.low_income
        self._own += np.log(a.need_ratio) * (register.need > 0)
        self._own += lasting_sd * register.absence
        self._own.setflags(write=False)

    def log_odds(self, register: Register, year: int) -> Floats:
        """Log odds of absence of each pupil of a year before the year's own chance.

        Parameters
        ----------
        register : Register
            Pupils and their schools.
        year : int
            The year the academic year ends.

        Returns
        -------
        (n_active,) float64
            Log odds of missing a half-day, in the order of the active slice.
        """
        active = register.active(year)
        odds = np.take(self._school, register.school[active])
        odds += self._own[active]
        older = register.in_year(year, FIRST_SECONDARY_YEAR_GROUP).end - active.start
        for rows, phase in ((slice(0, older), 1), (slice(older, None), 0)):
            base = self._base[:, phase]
            odds[rows] += base[register.la[active][rows]] if len(base) > 1 else base[0]
        return odds

    def expected(self, register: Register, year: int) -> Floats:
        """Absence expected of each pupil before the year's own chance.

        Parameters
        ----------
        register : Register
            Pupils.
        year : int
            The year the academic year ends.

        Returns
        -------
        (n_active,) float64
            Share of half-days, in the order of the register's active slice.
        """
        return self._expected(self.log_odds(register, year))

    def year(self, register: Register, year: int) -> tuple[Floats, Floats]:
        """Absence in a year and what was expected.

        Parameters
        ----------
        register : Register
            Pupils.
        year : int
            The year the academic year ends.

        Returns
        -------
        absence, expected : (n_active,) float64
            Share of half-days, in the order of the register's active slice.
        """
        odds = self.log_odds(register, year)
        expected = self._expected(odds)
        luck = self._chance.normals_of("absence", register.blocks(year), year)
        luck *= self._year_sd
        odds += luck
        absence = np.exp(np.negative(odds, out=odds), out=odds)
        absence += 1.0
        return np.divide(1.0, absence, out=absence), expected

    def _expected(self, odds: Floats) -> Floats:
        """Mean absence over the year's own chance, from a table; shape as ``odds``."""
        where = np.clip(odds, _ODDS[0], _ODDS[-1])
        where -= _ODDS[0]
        where *= 1.0 / (_ODDS[1] - _ODDS[0])
        where += 0.5
        return np.asarray(np.take(self._table, where.astype(np.intp)))


class AbsenceCost(Protocol):
    """What a year's absence takes from attainment."""

    def lost(self, absence: Floats, expected: Floats, year_group: Index) -> Floats | float:
        """Pupil SD lost in the year.

        Parameters
        ----------
        absence, expected : (n_active,) float64
            Absence and what was expected of the pupil, share of half-days.
        year_group : (n_active,) intp
            Year group of each pupil, 0 (Reception) to 11.

        Returns
        -------
        (n_active,) float64 or float
            Loss of each pupil, or one value for all, pupil SD.
        """


class AbsenceLosesLearning:
    """A point of absence above one's own reference costs its level effect divided by G.

    The level effects are evidence rows absence_slope_ks2 and absence_slope_ks4, pupil SD a percentage point.

    Parameters
    ----------
    p : Parameters
        One draw: the two slopes, and lambda for G.
    """

    def __init__(self, p: Parameters) -> None:
        rho = 1.0 - p.learning.catch_up
        self._by_year_group = -100.0 * np.where(
            np.arange(READ_AT["ks4"]) < FIRST_SECONDARY_YEAR_GROUP,
            yearly(p.attendance.attainment_slope_ks2, rho, READ_AT["ks2"]),
            yearly(p.attendance.attainment_slope_ks4, rho, READ_AT["ks4"]),
        )

    def lost(self, absence: Floats, expected: Floats, year_group: Index) -> Floats:
        """Pupil SD lost in the year.

        Parameters
        ----------
        absence, expected : (n_active,) float64
            Absence and what was expected of the pupil, share of half-days.
        year_group : (n_active,) intp
            Year group of each pupil, 0 (Reception) to 11; decides the slope.

        Returns
        -------
        (n_active,) float64
            Pupil SD; below 0 (a gain) where absence is lower than expected.
        """
        lost = absence - expected
        lost *= np.take(self._by_year_group, year_group)
        return lost


class AbsenceCostsNothing:
    """The null version: absence and attainment go their own ways."""

    def lost(self, absence: Floats, expected: Floats, year_group: Index) -> float:
        """Nothing is lost.

        Parameters
        ----------
        absence, expected : (n_active,) float64
            Share of half-days; not read.
        year_group : (n_active,) intp
            Year group of each pupil; not read.

        Returns
        -------
        float
            0.
        """
        del absence, expected, year_group
        return 0.0
