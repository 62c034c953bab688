"""The place as a system, term by term and year by year: the order in which everything acts."""

from __future__ import annotations

from collections.abc import Mapping

import mesa
import numpy as np

from model.assembly import Parts, assemble
from model.assessments import Sitting, sit, tie_schools_to_published, tie_to_published
from model.levers import Levers
from model.measuring import COLUMNS, YearResults
from model.parameters import Parameters
from model.place import YEAR_GROUPS, Floats, Place
from model.practice import TERMS
from model.pressure import Pressure, any_of
from model.programmes import Delivery
from model.randomness import Chance
from model.record import Record, SchoolYears
from model.school_years import join, school_year
from model.shared_start import SharedStart


class System(mesa.Model):
    """A place's schools and pupils, run from year 0.

    Parameters
    ----------
    place : Place
        Where.
    levers : Levers
        What the scenario changes.
    parameters : Parameters
        One draw.
    chance : Chance
        One replicate's chance.
    years : int
        Projected years.
    switches : mapping of str to bool, optional
        Mechanisms that are off (or on); all on by default.
    detail : bool
        Whether to keep a row a school and year.
    """

    def __init__(
        self,
        place: Place,
        levers: Levers,
        parameters: Parameters,
        chance: Chance,
        *,
        years: int,
        switches: Mapping[str, bool] | None = None,
        detail: bool = False,
    ) -> None:
        super().__init__(rng=0)  # Mesa's own generator is never used: all chance is in named streams
        self.place, self.parameters, self.chance = place, parameters, chance
        self.years, self.detail = years, detail
        self.now = place.year
        self.date = 0  # of the next term, since the autumn after year 0
        self.parts: Parts = assemble(self, place, levers, parameters, chance, years, switches)
        self.pressure: Pressure = self.parts.institutions.pressure  # as it stood when the year began
        self.rows: list[Floats] = []
        self.school_rows: list[SchoolYears] = []
        self.delivered: list[Delivery] = []

    def run(self) -> Record:
        """Run all years and hand over the record."""
        self.year_zero()
        return self.go_on()

    def go_on(self) -> Record:
        """Run all terms that are left and hand over the record."""
        self.run_until(TERMS * self.years)
        return self.record()

    def run_until(self, date: int) -> None:
        """Run the terms before a date.

        Parameters
        ----------
        date : int
            Terms since the autumn after year 0.
        """
        for each in range(self.date, date):
            year, term = divmod(each, TERMS)
            if term == 0:
                self.begin_year(self.place.year + 1 + year)
            self.term(term)
            if term == TERMS - 1:
                self.end_year()
            self.date = each + 1

    def year_zero(self) -> None:
        """Year 0 as published: its tests are read and tied to the published results; nobody is taught."""
        year, parts = self.place.year, self.parts
        parts.place_pupils(self.place)
        if parts.institutions.exist:
            self.count_pupils(year)
            parts.institutions.spin_up(parts.practice, self.parameters.workforce.teacher_leave)
            self.pressure = parts.institutions.pressure
        ks2, ks4 = self.sittings("ks2", "ks4")
        rows = [slice(s.cohort.start, s.cohort.end) for s in (ks2, ks4)]
        measuring, register = parts.measuring, parts.register
        labelled = (
            measuring.disadvantaged(register, rows[0], 0),
            measuring.disadvantaged(register, rows[1], 1),
        )
        present = (measuring.present(register, rows[0]), measuring.present(register, rows[1]))
        tie_schools_to_published(self.place, parts.reference, register, ks2, ks4, present)
        tie_to_published(self.place, parts.reference, register, ks2, ks4, labelled, present)
        parts.off_rolling.settle(register, ks4, labelled[1], self.pressure.off_roll)
        absence, _ = parts.attendance.year(register, year)
        self.delivered.append(Delivery(0, 0.0))
        self.measure(absence, head_turnover=np.nan)

    def begin_year(self, year: int) -> None:
        """A school year begins: pupils move up, Reception enters, staff have changed over the summer.

        Parameters
        ----------
        year : int
            The year the academic year ends.
        """
        parts, before = self.parts, self.now
        self.now, self.pressure = year, parts.institutions.pressure
        register, pull = parts.register, self.pressure.pull if any_of(self.pressure.pull) else None
        moving = [register.in_year(before, year_group) for year_group in range(YEAR_GROUPS - 2, -1, -1)]
        parts.enrolment.move_up(register, moving, before, register.mean_attainment, pull)
        reception = register.in_year(year, 0)
        parts.enrolment.enter(register, reception, pull)
        parts.learning.enter(register, reception)
        parts.off_rolling.year(register, year, self.pressure.off_roll)
        step = parts.wander.step(year)
        if step is not None:
            parts.learning.shift_levels(register, year, step)
        parts.workforce.new_year(year, self.pressure)
        parts.value_added.move_on(year)
        if parts.institutions.exist:
            self.count_pupils(year)

    def term(self, term: int) -> None:
        """One term: money, people, cases and support; practice returns to its level, is eroded and wanders.

        Parameters
        ----------
        term : int
            Term of the year, 0 (autumn) to 2 (summer).
        """
        parts, date = self.parts, TERMS * (self.now - self.place.year - 1) + term
        parts.institutions.term(date, parts.practice, parts.workforce.leaving)
        parts.practice.term(date, parts.workforce.head_quality, parts.workforce.leaving)

    def count_pupils(self, year: int) -> None:
        """Hold the autumn census, on which money and priorities rest.

        Parameters
        ----------
        year : int
            The year the academic year ends.
        """
        parts, roll = self.parts, self.parts.roll(year)
        share = self.disadvantaged_share(year, roll)
        parts.institutions.census(roll, share, parts.workforce.new_head)

    def disadvantaged_share(self, year: int, roll: Floats) -> Floats:
        """Give the share of each school's pupils who are classed disadvantaged.

        Parameters
        ----------
        year : int
            The year the academic year ends.
        roll : (n_schools,) float64
            Pupils in each school.

        Returns
        -------
        (n_schools,) float64
            0 to 1; 0 in a school without pupils.
        """
        parts, n = self.parts, len(self.place.schools)
        school = parts.register.school[parts.register.active(year)]
        counted = np.bincount(school, parts.measuring.poor(parts.register, year), minlength=n)[:n]
        return np.asarray(counted / np.maximum(roll, 1.0))

    def end_year(self) -> None:
        """Pupils attend and learn; programmes end; tests are sat; heads leave; the year is measured."""
        year, parts = self.now, self.parts
        register = parts.register
        year_group = register.year_group(year)
        absence, expected = parts.attendance.year(register, year)
        absence = parts.institutions.absence(register, year, absence, expected)
        lost = parts.absence_cost.lost(absence, expected, year_group)
        effect = parts.value_added.table(year, parts.practice.above_normal())
        parts.learning.teach(register, year, effect, lost)
        present = register.school < len(self.place.schools)
        programmes = parts.programmes.deliver(register, year, present)
        courses = parts.institutions.courses(register, year, present)
        self.delivered.append(Delivery(programmes.pupils + courses.pupils, programmes.cost_gbp))
        parts.read_prior_attainment(year)
        left = parts.workforce.heads_leave(year, parts.institutions.pressure)
        self.measure(absence, head_turnover=len(left) / len(self.place.schools))

    def sittings(self, *stages: str) -> list[Sitting]:
        """Let the year's cohorts sit the named stages.

        Parameters
        ----------
        *stages : str
            ``eyfs``, ``ks2`` or ``ks4``.

        Returns
        -------
        list of Sitting
            Scores, in the order asked for.
        """
        parts, register = self.parts, self.parts.register
        inflation = {"ks2": self.pressure.inflation_ks2, "ks4": self.pressure.inflation_ks4}
        found = [
            sit(register, self.now, name, parts.error_variance[name], self.chance, inflation.get(name))
            for name in stages
        ]
        return [
            self._against_usual(sitting) if name == "ks4" and self.now > self.place.year else sitting
            for name, sitting in zip(stages, found, strict=True)
        ]

    def _against_usual(self, ks4: Sitting) -> Sitting:
        parts, block = self.parts, slice(ks4.cohort.start, ks4.cohort.end)
        labelled = parts.measuring.disadvantaged(parts.register, block, 1)
        return parts.off_rolling.against_usual(parts.register, ks4, labelled, self.now - self.place.year)

    def measure(self, absence: Floats, head_turnover: float) -> None:
        """Take the year's measures.

        Parameters
        ----------
        absence : (n_active,) float64
            Share of half-days missed by each pupil of the year.
        head_turnover : float
            Share of schools whose head left; NaN in year 0.
        """
        parts, register = self.parts, self.parts.register
        eyfs, ks2, ks4 = self.sittings("eyfs", "ks2", "ks4")
        roll = parts.roll(self.now)
        parts.institutions.read_results(parts.results_read.year(register, ks2, ks4))
        results = YearResults(
            year=self.now,
            eyfs=eyfs,
            ks2=ks2,
            ks4=ks4,
            absence=absence,
            year_group=register.year_group(self.now),
            practice=parts.practice.mean_change(roll),
            head_turnover=head_turnover,
            leaving=float((parts.workforce.leaving * roll).sum() / roll.sum()),
            off_rolled=parts.off_rolling.share,
            moved=parts.off_rolling.moved,
            spend=self.delivered[-1].cost_gbp + parts.institutions.paid(self.now),
            institutions=parts.institutions.measures(self.now, roll),
        )
        self.rows.append(parts.measuring.row(register, results))
        if self.detail:
            self.school_rows.append(
                school_year(self.place, parts.reference, parts.measuring, register, results, parts.practice)
            )

    def record(self) -> Record:
        """Everything measured, as plain arrays."""
        return Record(
            years=np.arange(self.place.year, self.place.year + self.years + 1, dtype=np.int32),
            columns=COLUMNS,
            values=np.stack(self.rows),
            schools=join(self.school_rows) if self.detail else None,
            programme_pupils=np.array([d.pupils for d in self.delivered], dtype=np.int32),
            programme_cost_gbp=np.array([d.cost_gbp for d in self.delivered]),
            institutions=self.parts.institutions.record() if self.detail else None,
        )

    def release(self) -> None:
        """Let go of pupils and agents; Mesa would keep every model alive, as it counts agents by model."""
        mesa.Agent._ids.pop(self, None)
        self.remove_all_agents()
        del self.parts


def simulate(
    place: Place,
    levers: Levers,
    parameters: Parameters,
    *,
    years: int,
    chance: Chance,
    switches: Mapping[str, bool] | None = None,
    detail: bool = False,
) -> Record:
    """Run one scenario once.

    Parameters
    ----------
    place : Place
        Where, and from which year 0.
    levers : Levers
        What the scenario changes.
    parameters : Parameters
        One draw of what is uncertain.
    years : int
        Projected years after year 0.
    chance : Chance
        One replicate's chance; the same object may serve the scenarios of a pair.
    switches : mapping of str to bool, optional
        Mechanisms to switch off (or on).
    detail : bool
        Whether to keep a row a school and year.

    Returns
    -------
    Record
        Measures by year.

    Raises
    ------
    KeyError
        If a switch names no mechanism.
    """
    system = _begun(place, levers, parameters, chance, years, switches, detail)
    record = system.go_on()
    system.release()
    return record


def _begun(
    place: Place, levers: Levers, parameters: Parameters, chance: Chance, years: int,
    switches: Mapping[str, bool] | None, detail: bool,
) -> System:  # fmt: skip
    """The system when a scenario is first heard of: another's of the pair that stood alike, or a new one."""
    start = SharedStart(place, levers, parameters, chance, years, switches, detail)
    system = start.taken_up()
    if isinstance(system, System):
        system.parts.institutions.go_on(levers.changes)
        return system
    system = System(place, levers, parameters, chance, years=years, switches=switches, detail=detail)
    system.year_zero()
    system.run_until(start.heard)
    start.put_by(system, len(system.parts.register.la))
    return system
