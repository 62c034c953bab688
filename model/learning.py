"""A year of learning: a' = a + lambda (own level - a) + school effect - cost of absence + noise."""

from __future__ import annotations

import numpy as np

from model.parameters import LearningParameters
from model.paths import Paths
from model.place import FIRST_SECONDARY_YEAR_GROUP, YEAR_GROUPS, Floats
from model.randomness import Blocks, Chance
from model.register import Cohort, Register


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
        self._p, self._chance = p, chance
        self.rho = 1.0 - p.catch_up
        self._noise_sd = float(np.sqrt((1.0 - self.rho**2) * p.other_variance))
        self._entry = paths.entry + paths.home[:, None]
        home = paths.home[:, None, None] - paths.drag
        self.pull = p.catch_up * home  # (n_la, phase, income)

    def other_part(self, mechanism: str, blocks: Blocks, date: int) -> Floats:
        """Draw the part of attainment that is not home: stationary, correlated across domains.

        Parameters
        ----------
        mechanism : str
            Name of the stream.
        blocks : sequence of (int, int)
            Identity and size of each cohort.
        date : int
            Date of the stream.

        Returns
        -------
        (2, total) float64
            Literacy and maths, pupil SD.
        """
        both = np.stack(self._chance.pairs_of(mechanism, blocks, date, self._p.domain_correlation))
        both *= np.sqrt(self._p.other_variance)
        return both

    def take_off(self, phase: int, yearly: Floats) -> None:
        """Take what schools add to a group on average off what its path adds, in every year of a phase.

        Parameters
        ----------
        phase : int
            0 primary, 1 secondary.
        yearly : (n_la, 2) float64
            By LA and income (other, low income), pupil SD a year.
        """
        self.pull[:, phase] -= yearly

    def shift_levels(self, register: Register, year: int, step: Floats) -> None:
        """Move the level of all pupils and all who follow.

        Parameters
        ----------
        register : Register
            Attainment of the year's pupils changes in place.
        year : int
            The year the academic year ends.
        step : (n_la, 2) float64
            Change of level by LA and income (other, low income), pupil SD.
        """
        active = register.active(year)
        income = register.low_income[active].astype(np.intp)
        if len(step) > 1:
            income += 2 * register.la[active]
        of_pupil = np.take(step.reshape(-1), income)
        register.attainment[:, active] += of_pupil
        self.pull = self.pull + self._p.catch_up * step[:, None, :]
        self._entry = self._entry + step

    def enter(self, register: Register, cohort: Cohort) -> None:
        """Set attainment at the start of Reception: home - entry gap + the part that is not home.

        Parameters
        ----------
        register : Register
            Attainment (pupil SD) changes in place.
        cohort : Cohort
            Who enters.
        """
        block = slice(cohort.start, cohort.end)
        low = register.low_income[block].astype(np.intp)
        entry = self._entry[register.la[block], low]
        register.attainment[:, block] = (
            register.home[:, block] + entry + self.other_part("entry", [(cohort.entry_year, cohort.size)], 0)
        )

    def teach(self, register: Register, year: int, effect: Floats, lost: Floats | float) -> None:
        """Teach all pupils of a year.

        Parameters
        ----------
        register : Register
            Attainment changes in place; the boost of the year before is cleared.
        year : int
            The year the academic year ends.
        effect : (2, (n_schools + n_la) * 12) float64
            Value added by domain, school and year group, pupil SD.
        lost : (n_active,) float64 or float
            What absence takes, pupil SD.
        """
        active = register.active(year)
        register.boost[:, active] = 0.0
        year_group = register.year_group(year)
        classes = register.school[active] * YEAR_GROUPS
        classes += year_group
        noise = self._chance.pairs_of("learning", register.blocks(year), year, self._p.domain_correlation)
        common = self._level(register, year)
        common -= lost
        for domain, luck in enumerate(noise):
            a = register.attainment[domain, active]
            a *= self.rho
            a += self._p.catch_up * register.home[domain, active]
            a += common
            a += np.take(effect[domain], classes)
            luck *= self._noise_sd
            a += luck

    def _level(self, register: Register, year: int) -> Floats:
        """What the place pulls each pupil towards in a year, home advantage left out; shape (n_active,)."""
        active = register.active(year)
        row = register.low_income[active].astype(np.intp)
        row[: register.in_year(year, FIRST_SECONDARY_YEAR_GROUP).end - active.start] += 2
        if len(self.pull) > 1:
            row += 4 * register.la[active]  # two phases by two incomes
        return np.take(self.pull.reshape(-1), row)
