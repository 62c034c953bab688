"""Pupils moved off the roll before their tests: low attainers of Years 10 and 11, by their school's chance.

They stay children of the place and are in none of its state schools any more. Published results of year 0
already lack those whom the usual pressure moved, so later results are held against that usual lift.
"""

from __future__ import annotations

import numpy as np

from model.assessments import Sitting
from model.place import Bools, Floats
from model.pressure import any_of
from model.pupil_groups import DISADVANTAGED, OTHER
from model.randomness import Chance
from model.register import Register

YEAR_GROUPS = (10, 11)
"""Year groups from which pupils are moved."""

LOWEST = 0.25
"""Share of a year group, the lowest attainers, who may be moved."""


class OffRolling:
    """Moves pupils off the roll, and knows whom it moved.

    Parameters
    ----------
    n_schools, n_la, n_children : int
        Numbers of schools, LAs and children of the run.
    chance : Chance
        Stream ``off-rolling``.

    Attributes
    ----------
    moved : (n_children,) bool
        Who has been moved so far.
    share : float
        Part of the pupils of Years 10 and 11 who were moved this year, 0 to 1.
    usual_lift : (2, n_la, 2) float64
        Rise of mean Key Stage 4 scores through the pressure of year 0 in one year and in both, by LA and
        group (disadvantaged, other), pupil SD.
    """

    def __init__(self, n_schools: int, n_la: int, n_children: int, chance: Chance) -> None:
        self._n, self._chance = n_schools, chance
        self.moved: Bools = np.zeros(n_children, dtype=np.bool_)
        self.share = 0.0
        self.usual_lift: Floats = np.zeros((len(YEAR_GROUPS), n_la, 2))

    def settle(self, register: Register, ks4: Sitting, labelled: Bools, off_roll: Floats) -> None:
        """Take the pressure of year 0 as usual: find by how much it lifts results.

        Parameters
        ----------
        register : Register
            Pupils at the end of year 0.
        ks4 : Sitting
            What Year 11 scored.
        labelled : (n,) bool
            Who of Year 11 is classed disadvantaged.
        off_roll : (n_schools,) float64
            Chance a year of a low attainer.
        """
        if not any_of(off_roll):
            return
        block = slice(ks4.cohort.start, ks4.cohort.end)
        chance = self._of_pupils(register, block, off_roll)
        here = register.school[block] < self._n
        cell = 2 * register.la[block] + np.where(labelled, DISADVANTAGED, OTHER)
        cells = self.usual_lift[0].size
        means = [
            np.bincount(cell, weight * ks4.mean, cells) / np.maximum(np.bincount(cell, weight, cells), 1e-9)
            for weight in (here * (1.0 - chance) ** years for years in range(len(YEAR_GROUPS) + 1))
        ]
        self.usual_lift = np.array([mean - means[0] for mean in means[1:]]).reshape(self.usual_lift.shape)

    def _of_pupils(self, register: Register, block: slice, off_roll: Floats) -> Floats:
        """Chance of each pupil of a cohort: that of the school for the lowest attainers, none for others."""
        school = register.school[block]
        here = school < self._n
        attained = np.where(
            here, 0.5 * (register.attainment[0, block] + register.attainment[1, block]), np.inf
        )
        lowest = int(LOWEST * np.count_nonzero(here))
        if not lowest:
            return np.zeros(len(school))
        cut = np.partition(attained, lowest - 1)[lowest - 1]
        return np.where(attained <= cut, off_roll[np.minimum(school, self._n - 1)], 0.0) * here

    def year(self, register: Register, year: int, off_roll: Floats) -> None:
        """Move pupils of Years 10 and 11 at the start of a school year.

        Parameters
        ----------
        register : Register
            Schools change in place.
        year : int
            The year the academic year ends.
        off_roll : (n_schools,) float64
            Chance of a low attainer.
        """
        self.share = 0.0
        if not any_of(off_roll):
            return
        gone = there = 0
        for year_group in YEAR_GROUPS:
            cohort = register.in_year(year, year_group)
            block = slice(cohort.start, cohort.end)
            there += int(np.count_nonzero(register.school[block] < self._n))
            luck = self._chance.uniforms("off-rolling", cohort.entry_year, year, cohort.size)
            rows = np.flatnonzero(luck < self._of_pupils(register, block, off_roll)) + cohort.start
            register.school[rows] = self._n + register.la[rows]
            self.moved[rows] = True
            gone += len(rows)
        self.share = gone / max(there, 1)

    def against_usual(self, register: Register, ks4: Sitting, labelled: Bools, years: int) -> Sitting:
        """Hold results against the usual lift, which published results of year 0 contain.

        Parameters
        ----------
        register : Register
            LAs of the pupils.
        ks4 : Sitting
            What Year 11 scored.
        labelled : (n,) bool
            Who of it is classed disadvantaged.
        years : int
            Years since year 0, 1 or more: the first cohort was in Year 10 then, whose roll is as published.

        Returns
        -------
        Sitting
            ``ks4`` itself where nothing pressed at year 0.
        """
        if not any_of(self.usual_lift):
            return ks4
        la = register.la[ks4.cohort.start : ks4.cohort.end]
        lift = self.usual_lift[min(years, len(YEAR_GROUPS)) - 1, la, np.where(labelled, DISADVANTAGED, OTHER)]
        return ks4._replace(scores=ks4.scores - lift, lift=lift)
