"""Moves between schools of a place: movers change places with others nearby, so rolls stay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from model.parameters import Parameters
from model.place import FIRST_SECONDARY_YEAR_GROUP, YEAR_GROUPS, Bools, Place
from model.randomness import LEVELS, Chance
from model.register import Cohort, Register

_REACH = 8.0
"""How far along the row of schools, in schools, a child who moves may go to change places with another."""


class Moves(Protocol):
    """Moves between schools in a year."""

    def swap(self, register: Register, cohorts: Sequence[Cohort], date: int, mainstream: Bools) -> None:
        """Let children of some cohorts change places.

        Parameters
        ----------
        register : Register
            Schools change in place.
        cohorts : sequence of Cohort
            Who may move: neighbours in the register, oldest first.
        date : int
            Year just ended.
        mainstream : (n_schools + n_la,) bool
            Mainstream schools; False for children in no school of the place.
        """


class Mobility:
    """Some pupils change school within the LA at a year's end.

    Parameters
    ----------
    place : Place
        Schools.
    p : Parameters
        Yearly shares who move.
    chance : Chance
        Stream ``moves``: its words say who moves and, among these, how far.
    """

    def __init__(self, place: Place, p: Parameters, chance: Chance) -> None:
        self._chance = chance
        self._by_income = place.school_results is not None
        share = np.where(
            np.arange(YEAR_GROUPS) < FIRST_SECONDARY_YEAR_GROUP,
            p.rolls.moves_primary,
            p.rolls.moves_secondary,
        )
        self._threshold = np.rint(share * LEVELS).astype(np.int64)
        self._highest, self._n_la = int(self._threshold.max()), place.n_la
        self._last = np.concatenate([place.schools.last_year_group, np.zeros(place.n_la)])
        order = np.lexsort((place.schools.y_km, place.schools.x_km))
        self._row = np.empty(len(order))
        self._row[order] = np.arange(len(order))

    def swap(self, register: Register, cohorts: Sequence[Cohort], date: int, mainstream: Bools) -> None:
        """Let children change places at a year's end, with others nearby in the same LA and year group.

        Where schools' intakes are known, movers change places with others of their income, so that schools
        keep the composition published of all their year groups.

        Parameters
        ----------
        register : Register
            Schools change in place.
        cohorts : sequence of Cohort
            Who may move: neighbours in the register, oldest first.
        date : int
            Year just ended: says the year groups and addresses the draw.
        mainstream : (n_schools + n_la,) bool
            Mainstream schools; only pupils whose school keeps them on may move.
        """
        sizes = [cohort.size for cohort in cohorts]
        groups = np.array([date - cohort.entry_year for cohort in cohorts])
        words = self._chance.gather("moves", [(c.entry_year, c.size) for c in cohorts], date)
        movers = np.flatnonzero(words < self._highest)
        up_to = np.searchsorted(movers, np.cumsum(sizes))
        year_group = np.repeat(groups, np.diff(up_to, prepend=0))
        threshold = self._threshold[year_group]
        where = words[movers] / np.maximum(threshold, 1)  # uniform again, given that the child moves
        school = register.school[movers + cohorts[0].start]
        moves = (where < 1.0) & mainstream[school] & (self._last[school] > year_group)
        movers, where, school, year_group = (x[moves] for x in (movers, where, school, year_group))
        if not len(movers):
            return
        movers = movers + cohorts[0].start
        circle = register.la[movers] + self._n_la * year_group
        if self._by_income:
            circle = 2 * circle + register.low_income[movers]
        order = np.argsort(self._row[school] + _REACH * where, kind="stable")
        order = order[np.argsort(circle[order].astype(np.uint16), kind="stable")]  # NumPy counts short ones
        circle, movers, school = circle[order], movers[order], school[order]
        following = np.arange(1, len(movers) + 1)
        starts = np.flatnonzero(np.concatenate([[True], circle[1:] != circle[:-1]]))
        following[np.concatenate([starts[1:], [len(movers)]]) - 1] = starts
        register.school[movers] = school[following]


class NoMobility:
    """The null version: no one moves between entry and transition."""

    def swap(self, register: Register, cohorts: Sequence[Cohort], date: int, mainstream: Bools) -> None:
        """Nothing moves.

        Parameters
        ----------
        register : Register
            Left as it is.
        cohorts : sequence of Cohort
            Not read.
        date : int
            Not read.
        mainstream : (n_schools + n_la,) bool
            Not read.
        """
