"""Pupil-direct programmes: an effect once a completed course.

A share of the effect enters attainment, and fades only as all attainment does (rho a year); the rest shows
in that year's measures and is gone. With the shares as calibrated 0.55 is left after one year and 0.47 after
two (rows fade_1y, fade_2y).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

import numpy as np

from model.cuts import Labels
from model.levers import Levers, Programme
from model.place import FIRST_SECONDARY_YEAR_GROUP, Bools, Floats, Index
from model.randomness import Chance
from model.register import Register


class Delivery(NamedTuple):
    """What was delivered in a year."""

    pupils: int  # courses completed
    cost_gbp: float


class Eligibility:
    """Who may take part in a programme, by the names of its rules.

    Parameters
    ----------
    labels : Labels
        For who is classed disadvantaged.
    sen_cut : (n_la, 2, 2) float64
        Need index of SEN support or more, and of a plan, by LA and phase.
    """

    def __init__(self, labels: Labels, sen_cut: Floats) -> None:
        self._labels, self._sen_cut = labels, sen_cut

    def of(self, rule: str, register: Register, rows: slice | Index, year_group: int) -> Bools:
        """Which children of a year group may take part.

        Parameters
        ----------
        rule : str
            ``all``, ``disadvantaged``, ``other``, ``sen`` or ``low_prior``.
        register : Register
            Income, need and prior attainment.
        rows : slice or (n,) intp
            Children asked about.
        year_group : int
            Their year group, 0 to 11.

        Returns
        -------
        (n,) bool
            True where eligible.

        Raises
        ------
        KeyError
            If there is no such rule.
        """
        phase = int(year_group >= FIRST_SECONDARY_YEAR_GROUP)
        poor_below, sen_from = (
            cut if len(cut) == 1 else np.take(cut, register.la[rows])
            for cut in (self._labels.disadvantaged[:, phase], self._sen_cut[:, phase, 0])
        )
        rules: dict[str, Callable[[], Bools]] = {
            "all": lambda: np.ones(len(register.low_income[rows]), dtype=np.bool_),
            "disadvantaged": lambda: register.income[rows] < poor_below,
            "other": lambda: ~(register.income[rows] < poor_below),
            "sen": lambda: register.need_index[rows] >= sen_from,
            "low_prior": lambda: register.prior_low[rows],
        }
        return np.asarray(rules[rule]())


def complete_course(
    register: Register, rows: slice | Index, raw: tuple[Floats, Floats], lasting_share: float
) -> None:
    """Let children complete a course: part of its effect enters attainment, the rest shows this year only.

    Parameters
    ----------
    register : Register
        Attainment and boost change in place.
    rows : slice or (n,) intp
        Which children.
    raw : tuple of (n,) float64
        Effect on each in literacy and in maths, in units of attainment; 0 for those who were not taught.
    lasting_share : float
        Share that enters attainment.
    """
    for domain, effect in enumerate(raw):
        register.attainment[domain, rows] += lasting_share * effect
        register.boost[domain, rows] += (1.0 - lasting_share) * effect


class Programmes(Protocol):
    """What the system asks of programmes."""

    def deliver(self, register: Register, year: int, present: Bools) -> Delivery:
        """Run the year's courses.

        Parameters
        ----------
        register : Register
            Attainment and the year's boost (pupil SD) change in place.
        year : int
            The year the academic year ends.
        present : (n_children,) bool
            Children in the place's state schools this year.

        Returns
        -------
        Delivery
            Courses completed and their cost in GBP.
        """


class PupilDirectProgrammes:
    """Runs the programmes of a scenario.

    Parameters
    ----------
    levers : Levers
        The scenario's programmes.
    labels : Labels
        For who is classed disadvantaged.
    sen_cut : (n_la, 2, 2) float64
        Need index of SEN support or more, and of a plan, by LA and phase.
    unit : (13,) float64
        SD of one domain after k years of learning: what an effect of 1 means.
    lasting_share : float
        Share of an effect that enters attainment.
    chance : Chance
        One stream a programme.
    """

    def __init__(
        self,
        levers: Levers,
        labels: Labels,
        sen_cut: Floats,
        unit: Floats,
        lasting_share: float,
        chance: Chance,
    ) -> None:
        self._programmes, self._chance = levers.programmes, chance
        self._eligibility = Eligibility(labels, sen_cut)
        self._unit, self._lasting = unit, lasting_share

    def deliver(self, register: Register, year: int, present: Bools) -> Delivery:
        """Run the year's courses.

        Parameters
        ----------
        register : Register
            Attainment and boost of those who complete a course change in place.
        year : int
            The year the academic year ends.
        present : (n_children,) bool
            Children in the place's state schools this year.

        Returns
        -------
        Delivery
            Courses completed and their cost.
        """
        pupils, cost = 0, 0.0
        for programme in self._programmes:
            if not programme.first_year <= year <= programme.last_year:
                continue
            for year_group in programme.year_groups:
                done = self._course(programme, register, year, year_group, present)
                pupils += done
                cost += done * programme.cost_per_pupil
        return Delivery(pupils, cost)

    def _course(
        self, programme: Programme, register: Register, year: int, year_group: int, present: Bools
    ) -> int:
        cohort = register.in_year(year, year_group)
        block = slice(cohort.start, cohort.end)
        may = self._eligibility.of(programme.eligible, register, block, year_group) & present[block]
        luck = self._chance.uniforms(f"programme {programme.name}", cohort.entry_year, year, cohort.size)
        takes = may & (luck < programme.reach)
        unit = self._unit[year_group + 1]
        raw = (programme.literacy_sd * unit * takes, programme.maths_sd * unit * takes)
        complete_course(register, block, raw, self._lasting)
        return int(takes.sum())


class NoProgrammes:
    """The null version: nothing is delivered."""

    def deliver(self, register: Register, year: int, present: Bools) -> Delivery:
        """Nothing is delivered.

        Parameters
        ----------
        register : Register
            Left as it is.
        year : int
            Not read.
        present : (n_children,) bool
            Not read.

        Returns
        -------
        Delivery
            No courses, 0 GBP.
        """
        del register, year, present
        return Delivery(0, 0.0)
