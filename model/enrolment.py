"""Who is in which school: entry, transition, special schools, alternative provision, moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from model.balancing import Constants
from model.choice import ChoiceRule, is_mainstream, of_phase
from model.composition import expected_means
from model.entry import entry_of
from model.intake import Intakes
from model.late_start import LateStart, late_starters
from model.mobility import Moves
from model.need import Need
from model.parameters import Parameters
from model.place import FIRST_SECONDARY_YEAR_GROUP, YEAR_GROUPS, Feeders, Floats, Index, Phase, Place
from model.randomness import Chance
from model.register import ALTERNATIVE_FROM, Cohort, Register
from model.specialised import Specialised
from model.transition import Movers, Transition


class Solved(NamedTuple):
    """Constants of families' choices, by last year group of the schools left; None if no one has chosen."""

    transition: dict[int, tuple[Floats | None, Floats | None]]
    late: dict[int, Constants | None]


class Enrolment:
    """Puts children into schools.

    Parameters
    ----------
    place : Place
        Schools and home areas.
    p : Parameters
        One draw.
    rule : ChoiceRule
        What standing and attainment add to distance.
    moves : Moves
        Moves within the place.
    chance : Chance
        Streams ``choice (entry)``, ``choice (transition)``, ``choice (special)``, ``choice (alternative)``,
        ``choice (late)``.
    standing_scale : tuple of float
        Gap of low-income pupils and SD, to standardise standing.
    intakes : Intakes, optional
        What published results tell of the schools' intakes.
    feeders : Feeders, optional
        Schools that each school feeds, instead of the nearest.
    """

    def __init__(
        self,
        place: Place,
        p: Parameters,
        rule: ChoiceRule,
        moves: Moves,
        chance: Chance,
        standing_scale: tuple[float, float],
        intakes: Intakes | None = None,
        feeders: Feeders | None = None,
    ) -> None:
        self._place, self._p, self._moves, self._chance = place, p, moves, chance
        self._gap, self._sd = standing_scale
        self._n = len(place.schools)
        self._mainstream = np.concatenate(
            [is_mainstream(place.schools), np.zeros(place.n_la, dtype=np.bool_)]
        )
        self._last = np.concatenate([place.schools.last_year_group, np.full(place.n_la, YEAR_GROUPS)])
        self._entry = entry_of(place, p, intakes)
        self._special = Specialised(place, p, Phase.SPECIAL)
        self._alternative = Specialised(place, p, Phase.ALTERNATIVE_PROVISION)
        self._is_special = np.concatenate([place.schools.phase == Phase.SPECIAL, np.zeros(place.n_la, bool)])
        specials = of_phase(place.schools, Phase.SPECIAL)
        changes = np.concatenate(
            [place.schools.first_year_group[specials] - 1, place.schools.last_year_group[specials]]
        )
        self._special_moves = set(changes.tolist()) & set(range(YEAR_GROUPS - 1))
        self._late = {k: LateStart(place, p, k, late, intakes) for k, late in late_starters(place).items()}
        ends = np.unique(place.schools.last_year_group[is_mainstream(place.schools)])
        self._transition = {
            int(k): Transition(place, p, rule, int(k), intakes, feeders) for k in ends if k < YEAR_GROUPS - 1
        }

    def solved(self) -> Solved:
        """Give what choices were solved to be on the first cohorts that chose.

        Returns
        -------
        Solved
            By year group: at transition, and for schools that begin later.
        """
        return Solved(
            {k: each.solved for k, each in self._transition.items()},
            {k: each.solved for k, each in self._late.items()},
        )

    def take(self, solved: Solved) -> None:
        """Take over what was solved in another run that is the same up to now.

        Parameters
        ----------
        solved : Solved
            As ``solved`` gives.
        """
        for k, transition in self._transition.items():
            transition.take(solved.transition[k])
        for k, late in self._late.items():
            late.take(solved.late[k])

    def expected_area_home(self, area_home: Floats) -> Floats:
        """Home advantage of their areas that each school's children can be expected to bring.

        Parameters
        ----------
        area_home : (n_areas,) float64
            Home advantage of each area, pupil SD.

        Returns
        -------
        (n_schools,) float64
            Mean over the children who enter at Reception, pupil SD; in schools that begin later, over
            those whom the schools before them can be expected to pass on. NaN where no child is expected.
        """
        areas, schools = self._place.areas, self._place.schools
        low = areas.children * areas.low_income_share
        return expected_means(
            self._entry.options,
            self._entry.chance_by_income(),
            {k: (t.options, t.utility_by_income()) for k, t in self._transition.items()},
            np.where(is_mainstream(schools), schools.last_year_group, -1),
            np.stack([areas.children - low, low]),
            np.stack([area_home, area_home]),
        )

    def nearest_school(self) -> Index:
        """The mainstream school nearest to each home area that takes children into Reception.

        Returns
        -------
        (n_areas,) intp
            Index of the school.
        """
        return np.asarray(self._entry.options.schools[0])

    def concentration(self) -> float:
        """How far each school's intake comes from one home area.

        Returns
        -------
        float
            Mean over entry schools of the sum of squares of the areas' shares: 1 where each has its own area.
        """
        return self._entry.concentration()

    def _away(self, register: Register, rows: Index) -> Index:
        return np.asarray(self._n + register.la[rows], dtype=np.intp)

    def enter(self, register: Register, cohort: Cohort, pull: Floats | None = None) -> None:
        """Put a cohort into Reception, or into special schools where need is at that level.

        Children who will arrive later are put in no school of the place (index ``n_schools + la``).

        Parameters
        ----------
        register : Register
            School changes in place.
        cohort : Cohort
            Who enters.
        pull : (n_schools,) float64, optional
            Log odds added for what families have seen of schools since year 0.
        """
        block = slice(cohort.start, cohort.end)
        area = register.area[block]
        luck = self._chance.uniforms("choice (entry)", cohort.entry_year, 0, cohort.size)
        school = self._entry.choose(area, register.low_income[block].astype(np.intp), luck, pull)
        special = (register.need[block] == Need.SPECIAL) & self._special.near(0)[area]
        if special.any():
            rows = np.flatnonzero(special)
            luck = self._chance.uniforms("choice (special)", cohort.entry_year, 0, cohort.size, rows)
            school[rows] = self._special.choose(0, area[rows], luck)
        absent = register.first[block] > 0
        register.school[block] = np.where(absent, self._n + register.la[block], school)

    def move_up(
        self,
        register: Register,
        cohorts: Sequence[Cohort],
        date: int,
        attainment: Callable[[Cohort], Floats],
        pull: Floats | None = None,
    ) -> None:
        """Move cohorts from the end of a year to the start of the next.

        Parameters
        ----------
        register : Register
            Schools change in place.
        cohorts : sequence of Cohort
            Who moves up: neighbours in the register, oldest first, none in Year 11.
        date : int
            Year just ended.
        attainment : callable
            Gives the mean attainment of the two domains of a cohort, (cohort.size,) pupil SD, for selection.
        pull : (n_schools,) float64, optional
            Log odds added for what families have seen of schools since year 0.
        """
        self._moves.swap(register, cohorts, date, self._mainstream)
        for cohort in cohorts:
            year_group = date - cohort.entry_year
            if year_group in self._special_moves:
                self._between_special(register, cohort, year_group)
            if year_group in self._late:
                self._start_late(register, cohort, year_group, attainment(cohort), pull)
            if year_group in self._transition:
                self._transfer(register, cohort, year_group, attainment(cohort), pull)
            if year_group + 1 == ALTERNATIVE_FROM:
                self._to_alternative(register, cohort)
            if year_group + 1 == FIRST_SECONDARY_YEAR_GROUP:
                leaves = np.flatnonzero(register.last[cohort.start : cohort.end] == year_group) + cohort.start
                register.school[leaves] = self._away(register, leaves)

    def _transfer(
        self,
        register: Register,
        cohort: Cohort,
        year_group: int,
        attainment: Floats,
        pull: Floats | None,
    ) -> None:
        transition = self._transition[year_group]
        block = slice(cohort.start, cohort.end)
        school = register.school[block]
        ends = self._mainstream[school] & (self._last[school] == year_group)
        arrives = register.first[block] == year_group + 1
        stays = register.last[block] > year_group
        rows = np.flatnonzero((ends | arrives) & stays)
        if not rows.size:
            return
        source = np.where(school[rows] < self._n, school[rows], self._n + register.area[block][rows])
        # an LA may have no school of the next phase
        near = np.isfinite(transition.options.utility[0, source])
        register.school[rows[~near] + cohort.start] = self._away(register, rows[~near] + cohort.start)
        rows, source = rows[near], source[near]
        if not rows.size:
            return
        movers = Movers(
            source=source,
            area=register.area[block][rows],
            low_income=register.low_income[block][rows].astype(np.intp),
            standing=self.standing(register, cohort, attainment)[rows],
            attainment=attainment[rows],
        )
        luck = self._chance.uniforms("choice (transition)", cohort.entry_year, year_group, cohort.size, rows)
        register.school[rows + cohort.start] = transition.choose(movers, luck, pull)

    def _between_special(self, register: Register, cohort: Cohort, year_group: int) -> None:
        """Move on those whose special school ends, or who waited for the first of their LA to begin."""
        block = slice(cohort.start, cohort.end)
        area, school = register.area[block], register.school[block]
        waits = (register.need[block] == Need.SPECIAL) & self._mainstream[school]
        waits &= ~self._special.near(year_group)[area]
        ends = self._is_special[school] & (self._last[school] <= year_group)
        rows = np.flatnonzero((waits | ends) & self._special.near(year_group + 1)[area])
        if rows.size:
            begins = year_group + 1
            luck = self._chance.uniforms("choice (special)", cohort.entry_year, begins, cohort.size, rows)
            register.school[rows + cohort.start] = self._special.choose(begins, area[rows], luck)

    def _start_late(
        self,
        register: Register,
        cohort: Cohort,
        year_group: int,
        attainment: Floats,
        pull: Floats | None,
    ) -> None:
        """Let some move to schools that begin where none ends."""
        late, block = self._late[year_group], slice(cohort.start, cohort.end)
        area, school = register.area[block], register.school[block]
        keeps = self._mainstream[school] & (self._last[school] > year_group)
        keeps &= register.last[block] > year_group
        rows = np.flatnonzero(keeps & late.near()[area])
        if rows.size:
            luck = self._chance.uniforms("choice (late)", cohort.entry_year, year_group, cohort.size, rows)
            low_income = register.low_income[block][rows].astype(np.intp)
            standing = self.standing(register, cohort, attainment)[rows]
            register.school[rows + cohort.start] = late.choose(
                school[rows], area[rows], low_income, standing, attainment[rows], luck, pull
            )

    def _to_alternative(self, register: Register, cohort: Cohort) -> None:
        block = slice(cohort.start, cohort.end)
        area = register.area[block]
        goes = register.alternative[block] & self._mainstream[register.school[block]]
        rows = np.flatnonzero(goes & self._alternative.near(ALTERNATIVE_FROM)[area])
        if rows.size:
            luck = self._chance.uniforms("choice (alternative)", cohort.entry_year, 0, cohort.size, rows)
            register.school[rows + cohort.start] = self._alternative.choose(
                ALTERNATIVE_FROM, area[rows], luck
            )

    def standing(self, register: Register, cohort: Cohort, attainment: Floats) -> Floats:
        """What sorts children between schools: home advantage, low income included, and attainment.

        Parameters
        ----------
        register : Register
            Home advantage (pupil SD) and low income.
        cohort : Cohort
            Whose standing.
        attainment : (cohort.size,) float64
            Mean attainment of the two domains, pupil SD.

        Returns
        -------
        (cohort.size,) float64
            In the nation's SD at age 11; its origin does not matter, as schools' constants take it up.
        """
        block = slice(cohort.start, cohort.end)
        home = 0.5 * (register.home[0, block] + register.home[1, block])
        home -= self._gap * register.low_income[block]
        share = self._p.choice.attainment_share
        return np.asarray(((1.0 - share) * home + share * attainment) / self._sd)
