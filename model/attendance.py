"""Absence of pupils, and what absence above their own reference costs them.

A pupil's absence is logistic in: LA and phase, low income, latent need, a lasting propensity, the school, and the year's own chance.
The reference is what is expected of the pupil given all but the year's chance and any change of policy.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from model.need import NeedClasses
from model.parameters import Parameters
from model.place import FIRST_SECONDARY_YEAR_GROUP, Floats, Ints, Place
from model.randomness import Chance
from model.recursion import READ_AT, yearly
from model.register import Register

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(31)
_SCHOOLS = 0
_HALVINGS = 50


def mean_absence(log_odds: Floats, sd: float) -> Floats:
    """Mean of logistic(log odds + sd x standard normal), by Gauss-Hermite quadrature; shape as ``log_odds``."""
    return np.asarray(expit(log_odds[..., None] + sd * _NODES) @ (_WEIGHTS / _WEIGHTS.sum()))


def base_log_odds(place: Place, p: Parameters, need: NeedClasses) -> Floats:
    """Log odds of absence of a pupil with neither low income nor need that give the published LA rates; shape (n_la, 2 phases)."""
    a, rates = p.attendance, place.rates
    published = np.stack([rates.absence_primary, rates.absence_secondary], axis=1)
    low = np.stack([rates.disadvantaged_ks2, rates.disadvantaged_ks4], axis=1)
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
    lower, upper = np.full(published.shape, -8.0), np.full(published.shape, 2.0)
    for _ in range(_HALVINGS):
        middle = 0.5 * (lower + upper)
        mean = (weight * np.stack([mean_absence(middle + step, sd) for step in add])).sum(axis=0)
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
    chance : Chance
        Streams ``absence (school)``, ``absence``.
    """

    def __init__(self, place: Place, p: Parameters, need: NeedClasses, chance: Chance) -> None:
        self._chance, a = chance, p.attendance
        self._base = base_log_odds(place, p, need)
        self._low, self._need = float(np.log(a.low_income_ratio)), float(np.log(a.need_ratio))
        self._lasting_sd = a.pupil_sd * np.sqrt(a.lasting_share)
        self._year_sd = a.pupil_sd * np.sqrt(1.0 - a.lasting_share)
        school = a.school_sd * chance.for_draw().normals("absence (school)", _SCHOOLS, 0, len(place.schools))
        self._school = np.concatenate([school, np.zeros(place.n_la)])

    def reference_log_odds(
        self, register: Register, active: slice, year_group: NDArray[np.int8], school: Ints
    ) -> Floats:
        """Log odds of absence expected of each pupil before the year's own chance; shape (n_active,)."""
        phase = (year_group >= FIRST_SECONDARY_YEAR_GROUP).astype(np.intp)
        base = self._base[register.la[active], phase] if len(self._base) > 1 else self._base[0][phase]
        odds = base + self._low * register.low_income[active] + self._need * (register.need[active] > 0)
        return odds + self._lasting_sd * register.absence[active] + self._school[school]

    def year(self, register: Register, year: int, year_group: NDArray[np.int8]) -> tuple[Floats, Floats]:
        """Absence in a year and what was expected.

        Parameters
        ----------
        register : Register
            Pupils.
        year : int
            The year the academic year ends.
        year_group : (n_active,) int8
            Year group of each pupil of the active slice.

        Returns
        -------
        absence, expected : (n_active,) float64
            Share of half-days.
        """
        active = register.active(year)
        odds = self.reference_log_odds(register, active, year_group, register.school[active])
        own = np.concatenate(
            [
                self._chance.normals("absence", c.entry_year, year, c.size)
                for c in register.cohorts
                if active.start <= c.start < active.stop
            ]
        )
        absence = expit(odds + self._year_sd * own)
        centre = expit(odds)
        # second-order mean of a logistic of a normal; exact enough for shares this small
        expected = centre * (1.0 + 0.5 * self._year_sd**2 * (1.0 - centre) * (1.0 - 2.0 * centre))
        return np.asarray(absence), np.asarray(expected)


class AbsenceCost(Protocol):
    """What a year's absence takes from attainment."""

    def lost(self, absence: Floats, expected: Floats, year_group: NDArray[np.int8]) -> Floats | float:
        """Pupil SD lost, for each pupil."""


class AbsenceLosesLearning:
    """A point of absence above one's own reference costs the yearly share of its level effect (divided by G)."""

    def __init__(self, p: Parameters) -> None:
        rho = 1.0 - p.learning.catch_up
        self._by_year_group = -100.0 * np.where(
            np.arange(READ_AT["ks4"]) < FIRST_SECONDARY_YEAR_GROUP,
            yearly(p.attendance.attainment_slope_ks2, rho, READ_AT["ks2"]),
            yearly(p.attendance.attainment_slope_ks4, rho, READ_AT["ks4"]),
        )

    def lost(self, absence: Floats, expected: Floats, year_group: NDArray[np.int8]) -> Floats:
        """Pupil SD lost in the year; shape (n_active,)."""
        return np.asarray(self._by_year_group[year_group] * (absence - expected))


class AbsenceCostsNothing:
    """The null version: absence and attainment go their own ways."""

    def lost(self, absence: Floats, expected: Floats, year_group: NDArray[np.int8]) -> float:
        """Nothing."""
        del absence, expected, year_group
        return 0.0
