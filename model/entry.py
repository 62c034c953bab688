"""Entry: which school children choose at Reception, by home area and, where intakes are known, by income."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from model.balancing import Choosers, balance, balance_intakes
from model.choice import is_mainstream, nearest_options, pick, reached, teaches
from model.composition import chances
from model.intake import Intakes
from model.parameters import Parameters
from model.place import Floats, Index, Place
from model.transition import wanted_intakes


class Entry:
    """Choice at Reception.

    Parameters
    ----------
    place : Place
        Schools and home areas.
    p : Parameters
        One draw.
    intakes : Intakes, optional
        What is known of intakes.
    """

    def __init__(self, place: Place, p: Parameters, intakes: Intakes | None) -> None:
        schools, areas = place.schools, place.areas
        self._place, self._n = place, len(areas)
        self._by_income = intakes is not None
        can = teaches(schools, 0) & is_mainstream(schools)
        self.options = nearest_options(
            place,
            areas.la,
            areas.x_km,
            areas.y_km,
            np.flatnonzero(can).astype(np.int32),
            np.where(can, schools.places, 0.0),
            p.choice.distance_scale_primary,
        )
        everyone = np.arange(self._n)
        if intakes is None:
            constant = balance(self.options, self.options.utility, everyone, areas.children)[None]
        else:
            constant = self._balanced(intakes, p)
        self._utility = np.stack([self.options.utility + c[self.options.schools] for c in constant])
        self._reached = np.concatenate([reached(utility) for utility in self._utility], axis=1)

    def _balanced(self, intakes: Intakes, p: Parameters) -> Floats:
        """Constants by income; (2, n_schools)."""
        rows = np.tile(np.arange(self._n), 2)
        nothing = np.zeros(2 * self._n)
        choosers = Choosers(
            rows=rows,
            weight=intakes.children.ravel(),
            low_income=np.repeat(np.arange(2), self._n),
            labelled=intakes.labelled[0].ravel(),
            standing=nothing,
            attainment=nothing,
        )
        la = np.tile(self._place.areas.la, 2).astype(np.intp)
        wanted = wanted_intakes(self._place, self.options, la, choosers, intakes.shares_only())
        utility = self.options.utility[:, rows]
        return balance_intakes(
            self.options, utility, choosers, wanted, p.choice.steepest_on_standing
        ).by_income

    def choose(self, area: Index, low_income: Index, luck: Floats, pull: Floats | None = None) -> Index:
        """Choose a school for each child.

        Parameters
        ----------
        area, low_income : (n,) intp
            Home area; 1 with low income, else 0.
        luck : (n,) float64
            Uniforms.
        pull : (n_schools,) float64, optional
            Log odds added for what families have seen of schools since year 0.

        Returns
        -------
        (n,) intp
            Schools.
        """
        column = area + self._n * low_income if self._by_income else area
        chance_reached = self._reached if pull is None else self._reached_with(pull)
        return pick(self.options, np.take(chance_reached, column, axis=1), area, luck)

    def _reached_with(self, pull: Floats) -> Floats:
        added = pull[self.options.schools]
        return np.concatenate([reached(utility + added) for utility in self._utility], axis=1)

    def chance_by_income(self) -> Floats:
        """Chance of each school considered.

        Returns
        -------
        (2, k, n_areas) float64
            By income (other, low income) and home area.
        """
        return np.stack([chances(self._utility[0]), chances(self._utility[-1])])

    def concentration(self) -> float:
        """How far each school's intake comes from one home area.

        Returns
        -------
        float
            Mean over entry schools of the sum of squares of the areas' shares: 1 where each has its own area.
        """
        areas, n_schools = self._place.areas, len(self._place.schools)
        low = areas.children * areas.low_income_share
        children = np.stack([areas.children - low, low])[:, None, :]
        weight, schools = (self.chance_by_income() * children).sum(axis=0), self.options.schools.ravel()
        total = np.bincount(schools, weight.ravel(), n_schools)
        squares = np.bincount(schools, weight.ravel() ** 2, n_schools)
        taken = total > 0.0
        return float((squares[taken] / total[taken] ** 2).mean())


@lru_cache(maxsize=4)
def entry_of(place: Place, p: Parameters, intakes: Intakes | None) -> Entry:
    """Choice at Reception, solved once for all runs of a draw.

    Parameters
    ----------
    place : Place
        Schools and home areas.
    p : Parameters
        One draw.
    intakes : Intakes, optional
        What is known of intakes.

    Returns
    -------
    Entry
        The same object for the same arguments.
    """
    return Entry(place, p, intakes)
