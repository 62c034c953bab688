"""Transition: which school those choose who have reached the last year group of their own."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from model.balancing import Choosers, Wanted, balance, balance_intakes
from model.choice import (
    NEAREST_AT_TRANSITION,
    ChoiceRule,
    Options,
    is_mainstream,
    nearest_options,
    pick,
    reached,
)
from model.feeding import with_feeders
from model.intake import Intakes, shares_that_add_up
from model.parameters import Parameters
from model.place import FIRST_SECONDARY_YEAR_GROUP, Feeders, Floats, Index, Place

_BALANCED_ON = 1500
"""Children, at least, on whom the schools' constants are solved."""

_BALANCED_BY_INCOME_ON = 1500
"""The same where constants are by income."""

_CHILDREN_A_SCHOOL = 40
"""And at least so many for each school that takes them."""

_AT_A_TIME = 1 << 14
"""Children who choose at a time: what is worked out on the way stays small and near."""


class Movers(NamedTuple):
    """Children who choose at a transition; shapes (n,)."""

    source: Index  # school they leave, or number of schools + home area
    area: Index
    low_income: Index  # 1 with low income, else 0
    standing: Floats  # pupil SD
    attainment: Floats  # pupil SD

    def part(self, rows: slice) -> Movers:
        """Some of the children.

        Parameters
        ----------
        rows : slice
            Which.

        Returns
        -------
        Movers
            Views of theirs.
        """
        source, area, low_income = self.source[rows], self.area[rows], self.low_income[rows]
        return Movers(source, area, low_income, self.standing[rows], self.attainment[rows])


@lru_cache(maxsize=16)
def transition_options(
    place: Place, year_group: int, distance_scale: float, feeders: Feeders | None
) -> Options:
    """Schools considered after a year group.

    Parameters
    ----------
    place : Place
        Schools and home areas.
    year_group : int
        Last year group of the schools left.
    distance_scale : float
        As for ``nearest_options``.
    feeders : Feeders, optional
        Schools that each school feeds; distance decides where None.

    Returns
    -------
    Options
        Sources are schools, then home areas (for children who come from no school of the place).
    """
    schools, areas = place.schools, place.areas
    begins = (schools.first_year_group == year_group + 1) & is_mainstream(schools)
    target = np.where(begins, schools.places, 0.0)
    if year_group + 1 == FIRST_SECONDARY_YEAR_GROUP:
        target = target + schools.places_year_7
    options = nearest_options(
        place,
        np.concatenate([schools.la, areas.la]),
        np.concatenate([schools.x_km, areas.x_km]),
        np.concatenate([schools.y_km, areas.y_km]),
        np.flatnonzero(target > 0.0).astype(np.int32),
        target,
        distance_scale,
        NEAREST_AT_TRANSITION,
    )
    return options if feeders is None else with_feeders(options, feeders)


class Transition:
    """Choice after one year group; constants are solved on the first cohort that chooses.

    Parameters
    ----------
    place : Place
        Schools and home areas.
    p : Parameters
        One draw.
    rule : ChoiceRule
        What standing and attainment add to distance.
    year_group : int
        Last year group of the schools left.
    intakes : Intakes, optional
        What is known of intakes.
    feeders : Feeders, optional
        Schools that each school feeds.
    """

    def __init__(
        self,
        place: Place,
        p: Parameters,
        rule: ChoiceRule,
        year_group: int,
        intakes: Intakes | None,
        feeders: Feeders | None,
    ) -> None:
        self._place, self._p, self._intakes = place, p, intakes
        self._phase = int(year_group + 1 >= FIRST_SECONDARY_YEAR_GROUP)
        self.options = transition_options(place, year_group, p.choice.distance_scale_secondary, feeders)
        self._pull = rule.pull(self.options.schools)
        self._constant: Floats | None = (
            None  # (k, n_sources), twice as many by income where intakes are known
        )
        self._slope: Floats | None = None

    @property
    def solved(self) -> tuple[Floats | None, Floats | None]:
        """Constants, and slopes on standing; None as long as no one has chosen."""
        return self._constant, self._slope

    def take(self, solved: tuple[Floats | None, Floats | None]) -> None:
        """Take over what was solved in another run that is the same up to now.

        Parameters
        ----------
        solved : tuple
            As ``solved`` gives.
        """
        self._constant, self._slope = solved

    def utility_by_income(self) -> Floats:
        """Log odds at the mean standing, constants included once they are solved.

        Returns
        -------
        (2, k, n_sources) float64
            By income: other, low income.
        """
        both = np.stack([self.options.utility] * 2)
        if self._constant is None:
            return both
        n = self.options.utility.shape[1]
        if self._intakes is None:
            return np.asarray(both + self._constant)
        return np.asarray(both + np.stack([self._constant[:, :n], self._constant[:, n:]]))

    def choose(self, movers: Movers, luck: Floats, pull: Floats | None = None) -> Index:
        """Choose a school for each child.

        Parameters
        ----------
        movers : Movers
            All of a cohort who choose.
        luck : (n,) float64
            Uniforms.
        pull : (n_schools,) float64, optional
            Log odds added for what families have seen of schools since year 0.

        Returns
        -------
        (n,) intp
            Schools.
        """
        if self._intakes is not None:
            movers = self._against_la(movers)
        if self._constant is None:
            self._solve(movers)
        chosen = np.empty(len(luck), dtype=np.intp)
        for start in range(0, len(luck), _AT_A_TIME):
            some = slice(start, start + _AT_A_TIME)
            chosen[some] = self._choose(movers.part(some), luck[some], pull)
        return chosen

    def _choose(self, movers: Movers, luck: Floats, pull: Floats | None) -> Index:
        """Choose for some of the children, once the constants are solved."""
        source, utility = movers.source, self._utility(movers)
        assert self._constant is not None
        column = source
        if self._intakes is not None:
            column = source + self.options.utility.shape[1] * movers.low_income
        utility += np.take(self._constant, column, axis=1)
        if self._slope is not None:
            utility += np.take(self._slope, source, axis=1) * movers.standing
        if pull is not None:
            utility += np.take(pull[self.options.schools], source, axis=1)
        return pick(self.options, reached(utility), source, luck)

    def _utility(self, movers: Movers) -> Floats:
        """Log odds of each child without the schools' constants; (k, n)."""
        utility = np.take(self.options.utility, movers.source, axis=1)
        for sorting, of_child in (
            (self._pull.on_standing, movers.standing),
            (self._pull.on_attainment, movers.attainment),
        ):
            if sorting is not None:
                added = np.take(sorting, movers.source, axis=1)
                added *= of_child
                utility += added
        return utility

    def _la_of(self, source: Index) -> Index:
        return np.asarray(self._place.schools.la[self.options.schools[0, source]], dtype=np.intp)

    def _against_la(self, movers: Movers) -> Movers:
        """Take each LA's mean off standing and attainment: places are rationed within it."""
        la = self._la_of(movers.source)
        count = np.maximum(np.bincount(la, minlength=self._place.n_la), 1)
        means = [
            np.bincount(la, value, self._place.n_la) / count for value in (movers.standing, movers.attainment)
        ]
        return movers._replace(
            standing=movers.standing - means[0][la], attainment=movers.attainment - means[1][la]
        )

    def _solve(self, movers: Movers) -> None:
        """Solve the constants on a sample of the children, each of whom stands for as many."""
        options = self.options
        least = _BALANCED_ON if self._intakes is None else _BALANCED_BY_INCOME_ON
        enough = max(least, _CHILDREN_A_SCHOOL * int((options.target > 0.0).sum()))
        movers = movers.part(slice(None, None, max(len(movers.source) // enough, 1)))
        rows, low, utility = movers.source, movers.low_income, self._utility(movers)
        weight = np.ones(len(rows))
        if self._intakes is None:
            self._constant = balance(options, utility, rows, weight)[options.schools]
            return
        choosers = Choosers(
            rows=rows,
            weight=weight,
            low_income=low,
            labelled=self._intakes.labelled[self._phase][low, movers.area],
            standing=movers.standing,
            attainment=movers.attainment,
        )
        wanted = wanted_intakes(self._place, options, self._la_of(rows), choosers, self._intakes)
        solved = balance_intakes(options, utility, choosers, wanted, self._p.choice.steepest_on_standing)
        self._constant = np.concatenate([c[options.schools] for c in solved.by_income], axis=1)
        self._slope = solved.on_standing[options.schools]


def wanted_intakes(
    place: Place, options: Options, la_of_chooser: Index, choosers: Choosers, intakes: Intakes
) -> Wanted:
    """Intakes to bring about, made to add up to the children of each LA who choose.

    Parameters
    ----------
    place : Place
        For the schools' LA.
    options : Options
        With the planned intakes.
    la_of_chooser : (n,) intp
        LA of each chooser.
    choosers : Choosers
        Who chooses.
    intakes : Intakes
        What is known.

    Returns
    -------
    Wanted
        Children, those classed disadvantaged, and mean attainment.
    """
    la, n_la = place.schools.la, place.n_la
    children = np.bincount(la_of_chooser, choosers.weight, n_la)
    places = np.bincount(la, options.target, n_la)
    intake = options.target * (children / np.maximum(places, 1e-9))[la]
    labelled = np.bincount(la_of_chooser, choosers.weight * choosers.labelled, n_la).astype(np.float64)
    share = shares_that_add_up(intakes.disadvantaged, intake, la, labelled)
    known = np.where(np.isnan(intakes.prior), 0.0, intake)
    total = np.maximum(np.bincount(la, known, n_la), 1e-9)
    prior = np.where(known > 0.0, intakes.prior, 0.0)
    brought = np.bincount(la_of_chooser, choosers.weight * choosers.attainment, n_la)
    level = brought / np.maximum(children, 1e-9) - np.bincount(la, known * prior, n_la) / total
    prior = prior + level[la]  # slopes would all drift if intakes did not add up to the children there are
    return Wanted(intake=intake, labelled=intake * share, attainment=np.where(known > 0.0, prior, np.nan))
