"""Schools that begin where no school of their LA ends: some pupils of other schools move there, most stay."""

from __future__ import annotations

import numpy as np

from model.balancing import Choosers, Constants, Wanted, balance_intakes
from model.choice import Options, is_mainstream, nearest_options, pick, reached, teaches
from model.intake import Intakes
from model.parameters import Parameters
from model.place import FIRST_SECONDARY_YEAR_GROUP, Bools, Floats, Index, Place

_NEAREST = 3
_SOLVED_ON = 3000
"""Children on whom constants are solved."""


def late_starters(place: Place) -> dict[int, Index]:
    """University technical colleges and others that no school of their LA passes pupils on to.

    Parameters
    ----------
    place : Place
        Schools.

    Returns
    -------
    dict of int to (n,) intp
        Mainstream schools by the year group before their first.
    """
    schools = place.schools
    mine = is_mainstream(schools) & (schools.places > 0.0)
    found: dict[int, Index] = {}
    for first in np.unique(schools.first_year_group[mine & (schools.first_year_group > 0)]):
        ends = mine & (schools.last_year_group == first - 1)
        fed = np.bincount(schools.la[ends], minlength=place.n_la) > 0
        late = np.flatnonzero(mine & (schools.first_year_group == first) & ~fed[schools.la])
        if late.size:
            found[int(first) - 1] = late
    return found


class LateStart:
    """Choice between staying and a school that begins after a year group.

    Parameters
    ----------
    place : Place
        Schools and home areas.
    p : Parameters
        One draw.
    year_group : int
        Year group before the first of these schools.
    late : (n,) intp
        These schools.
    intakes : Intakes, optional
        What is known of intakes.
    """

    def __init__(
        self, place: Place, p: Parameters, year_group: int, late: Index, intakes: Intakes | None
    ) -> None:
        self._place, self._p, self._intakes = place, p, intakes
        self._phase = int(year_group + 1 >= FIRST_SECONDARY_YEAR_GROUP)
        areas, schools = place.areas, place.schools
        target = np.zeros(len(schools))
        target[late] = schools.places[late]
        teaching = is_mainstream(schools) & teaches(schools, year_group + 1)
        into_year_7 = schools.places_year_7 * self._phase
        self._capacity = np.bincount(schools.la, teaching * (schools.places + into_year_7), place.n_la)
        self._near = nearest_options(
            place,
            areas.la,
            areas.x_km,
            areas.y_km,
            late.astype(np.int32),
            target,
            p.choice.distance_scale_secondary,
            _NEAREST,
        )
        self._solved: Constants | None = None

    @property
    def solved(self) -> Constants | None:
        """What was solved on the first cohort that chose; None as long as no one has."""
        return self._solved

    def take(self, solved: Constants | None) -> None:
        """Take over what was solved in another run that is the same up to now.

        Parameters
        ----------
        solved : Constants or None
            As ``solved`` gives.
        """
        self._solved = solved

    def near(self) -> Bools:
        """Whether each area's LA has such a school; (n_areas,)."""
        return np.asarray(np.isfinite(self._near.utility[0]))

    def choose(
        self,
        school: Index,
        area: Index,
        low_income: Index,
        standing: Floats,
        attainment: Floats,
        luck: Floats,
        pull: Floats | None = None,
    ) -> Index:
        """Choose to stay or to move.

        Parameters
        ----------
        school, area : (n,) intp
            Mainstream school that keeps each child on, and home area; one of ``near``.
        low_income : (n,) intp
            1 with low income, else 0.
        standing, attainment : (n,) float64
            Pupil SD.
        luck : (n,) float64
            Uniforms.
        pull : (n_schools,) float64, optional
            Log odds added for what families have seen of schools since year 0.

        Returns
        -------
        (n,) intp
            Schools: for most the one they are in.
        """
        la = np.asarray(self._place.areas.la[area], dtype=np.intp)
        count = np.bincount(la, minlength=self._place.n_la).astype(np.float64)
        safe = np.maximum(count, 1.0)
        standing = standing - (np.bincount(la, standing, self._place.n_la) / safe)[la]
        attainment = attainment - (np.bincount(la, attainment, self._place.n_la) / safe)[la]
        utility = np.concatenate([np.log(safe)[None, la], self._near.utility[:, area]])
        options = Options(
            schools=np.concatenate([school[None], self._near.schools[:, area]]),
            utility=utility,
            target=self._near.target,
        )
        if self._solved is None:
            self._solved = self._solve(options, area, low_income, standing, attainment, self._wanted(count))
        moving = options.schools[1:]
        utility[1:] += (
            self._solved.by_income[low_income, moving] + self._solved.on_standing[moving] * standing
        )
        if pull is not None:
            utility += pull[options.schools]
        return pick(options, reached(utility), np.arange(len(area)), luck)

    def _solve(
        self,
        options: Options,
        area: Index,
        low_income: Index,
        standing: Floats,
        attainment: Floats,
        wanted: Wanted,
    ) -> Constants:
        """Solve the constants on a sample of the children, each of whom stands for as many."""
        every = slice(None, None, max(len(area) // _SOLVED_ON, 1))
        rows = np.arange(len(area))[every]
        choosers = Choosers(
            rows=rows,
            weight=np.full(len(rows), len(area) / len(rows)),
            low_income=low_income[every],
            labelled=self._labelled(low_income[every], area[every]),
            standing=standing[every],
            attainment=attainment[every],
        )
        steepest = self._p.choice.steepest_on_standing
        return balance_intakes(options, options.utility[:, every], choosers, wanted, steepest)

    def _labelled(self, low_income: Index, area: Index) -> Floats:
        if self._intakes is None:
            return low_income.astype(np.float64)
        return np.asarray(self._intakes.labelled[self._phase][low_income, area])

    def _wanted(self, count: Floats) -> Wanted:
        """Intakes on the scale of the LA's children; those who stay are nobody's intake."""
        scale = count / np.maximum(self._capacity, 1e-9)
        intake = self._near.target * scale[self._place.schools.la]
        if self._intakes is None:
            unknown = np.full(len(intake), np.nan)
            return Wanted(intake=intake, labelled=unknown, attainment=unknown)
        attainment = np.where(intake > 0.0, self._intakes.prior, np.nan)
        return Wanted(intake=intake, labelled=intake * self._intakes.disadvantaged, attainment=attainment)
