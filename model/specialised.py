"""Special schools and alternative provision: which of them takes a child, by distance and places."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from model.balancing import balance
from model.choice import NEAREST, Options, nearest_options, of_phase, pick, reached, teaches
from model.parameters import Parameters
from model.place import Bools, Floats, Index, Ints, Phase, Place

_NEAREST_BUILT = 30
"""Schools considered in places of known schools: many are known by their LA only, and few lie near."""


class Specialised:
    """Schools of one specialised phase.

    Parameters
    ----------
    place : Place
        Schools and home areas.
    p : Parameters
        One draw.
    phase : Phase
        Special schools or alternative provision.
    """

    def __init__(self, place: Place, p: Parameters, phase: Phase) -> None:
        self._place, self._phase = place, phase
        # schools of a real place must fill, however far families live
        built = place.school_results is not None
        self._scale = p.choice.distance_scale_primary if built else p.choice.distance_scale_secondary

    def _options(self, year_group: int) -> tuple[Options, Floats]:
        return _considered(self._place, self._phase, year_group, self._scale)

    def near(self, year_group: int) -> Bools:
        """Whether a school of each area's LA takes children into a year group.

        Parameters
        ----------
        year_group : int
            0 (Reception) to 11.

        Returns
        -------
        (n_areas,) bool
            False where none does.
        """
        return np.asarray(np.isfinite(self._options(year_group)[0].utility[0]))

    def choose(self, year_group: int, area: Index, luck: Floats) -> Index:
        """Choose a school for each child.

        Parameters
        ----------
        year_group : int
            Year group entered.
        area : (n,) intp
            Home area of each; one with a school near.
        luck : (n,) float64
            Uniforms.

        Returns
        -------
        (n,) intp
            Schools.
        """
        options, chance_reached = self._options(year_group)
        return pick(options, np.take(chance_reached, area, axis=1), area, luck)


def _candidates(place: Place, phase: Phase, year_group: int) -> Ints:
    """Schools that take children into a year group: all that teach it if an LA has none that begins."""
    schools, la = place.schools, place.schools.la
    there = np.zeros(len(schools), dtype=np.bool_)
    there[of_phase(schools, phase)] = True
    there &= teaches(schools, year_group)
    begins = there & (schools.first_year_group > min(year_group - 1, 0))
    some = np.bincount(la[begins], minlength=place.n_la) > 0
    return np.flatnonzero(np.where(some[la], begins, there)).astype(np.int32)


@lru_cache(maxsize=32)
def _considered(place: Place, phase: Phase, year_group: int, scale: float) -> tuple[Options, Floats]:
    """Schools considered from each area, and the chance of each or one before it; once for all runs."""
    areas, built = place.areas, place.school_results is not None
    candidates = _candidates(place, phase, year_group)
    places = np.zeros(len(place.schools))
    places[candidates] = place.schools.places[candidates]
    most = _NEAREST_BUILT if built else NEAREST
    options = nearest_options(place, areas.la, areas.x_km, areas.y_km, candidates, places, scale, most)
    utility = options.utility
    near = np.flatnonzero(np.isfinite(utility[0]))
    if built and near.size:
        utility = utility + balance(options, utility[:, near], near, areas.children[near])[options.schools]
    with np.errstate(invalid="ignore"):  # an LA may have none
        return options, reached(utility)
