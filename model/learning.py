"""A year of learning: a' = a + lambda (own level - a) + school effect - cost of absence + noise."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.parameters import LearningParameters
from model.paths import Paths
from model.place import FIRST_SECONDARY_YEAR_GROUP, YEAR_GROUPS, Floats
from model.randomness import Chance
from model.register import Cohort, Register
from model.value_added import correlated


class Learning:
    """Moves attainment on by a year.

    Parameters
    ----------
    p : LearningParameters
        One draw.
    paths : Paths
        Entry and drag tables of year 0.
    chance : Chance
        Streams ``entry`` and ``learning``.
    """

    def __init__(self, p: LearningParameters, paths: Paths, chance: Chance) -> None:
        self._p, self._paths, self._chance = p, paths, chance
        self.rho = 1.0 - p.catch_up
        self._noise_sd = float(np.sqrt((1.0 - self.rho**2) * p.other_variance))
        home = paths.home[:, None, None] - paths.drag
        self._pull = p.catch_up * home  # (n_la, phase, income)

    def other_part(self, mechanism: str, cohort: Cohort, date: int) -> Floats:
        """Draw the part of attainment that is not home: stationary, correlated across domains; shape (2, cohort.size)."""
        normals = self._chance.normals(mechanism, cohort.entry_year, date, 2 * cohort.size).reshape(
            cohort.size, 2
        )
        return np.sqrt(self._p.other_variance) * correlated(normals, self._p.domain_correlation)

    def enter(self, register: Register, cohort: Cohort) -> None:
        """Set attainment at the start of Reception: home - entry gap + the part that is not home."""
        block = slice(cohort.start, cohort.end)
        low = register.low_income[block].astype(np.intp)
        la = register.la[block]
        entry = (self._paths.entry + self._paths.home[:, None])[la, low]
        register.attainment[:, block] = register.home[:, block] + entry + self.other_part("entry", cohort, 0)

    def teach(
        self,
        register: Register,
        year: int,
        year_group: NDArray[np.int8],
        effect: Floats,
        lost: Floats | float,
    ) -> None:
        """Teach all pupils of a year.

        Parameters
        ----------
        register : Register
            Attainment changes in place.
        year : int
            The year the academic year ends.
        year_group : (n_active,) int8
            Year group of each pupil.
        effect : (2, (n_schools + n_la) * 12) float64
            Value added by domain, school and year group, pupil SD.
        lost : (n_active,) float64 or float
            What absence takes, pupil SD.
        """
        active = register.active(year)
        classes = register.school[active] * YEAR_GROUPS + year_group
        phase = (year_group >= FIRST_SECONDARY_YEAR_GROUP).astype(np.int32)
        tables = (2 * phase + register.low_income[active]) + 4 * register.la[active]
        common = np.take(self._pull.reshape(-1), tables) - lost
        noise = np.concatenate(
            [self._noise(c, year) for c in register.cohorts if active.start <= c.start < active.stop], axis=1
        )
        for domain in range(2):
            a = register.attainment[domain, active]
            a *= self.rho
            a += self._p.catch_up * register.home[domain, active]
            a += common
            a += np.take(effect[domain], classes)
            a += noise[domain]
        register.boost[:, active] = 0.0

    def _noise(self, cohort: Cohort, year: int) -> Floats:
        normals = self._chance.normals("learning", cohort.entry_year, year, 2 * cohort.size).reshape(
            cohort.size, 2
        )
        return self._noise_sd * correlated(normals, self._p.domain_correlation)
