"""Partnerships, funders, posts and cases as one, term by term: money, people, intelligence, cases, support.

It runs with or without pupils: five years before year 0 under what is in force (pupils untouched), and then
beside the schools. Agents decide on the state at the start of a term.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import mesa
import numpy as np

from model.arrangements import Arrangement, Change
from model.brokerage import Brokerage
from model.delivered import together
from model.dispositions import Dispositions, dispositions
from model.dividing import areas_of
from model.events import in_order
from model.foreseen import Foreseen
from model.funding import Funding
from model.institution_facts import Facts
from model.institution_record import InstitutionRecord, joined
from model.institution_year import InstitutionYears
from model.intelligence import Intelligence, PerfectSight, flags
from model.labour_regions import labour_regions
from model.ledger import Ledger, Purpose
from model.local_system import NOTHING, LocalSystem
from model.long_run import LongRun
from model.parameters import Parameters
from model.place import Bools, Floats, Phase
from model.posts import SPIN_UP, Posts
from model.practice import Practice
from model.pressure import no_pressure
from model.programmes import Delivery
from model.pupil_support import PupilSupport
from model.randomness import Chance
from model.register import Register
from model.school_money import school_spending
from model.staff import Staff
from model.support import NoEmbedding, Support
from model.terms import AUTUMN, term_of_year

_SCHOOLS = 0
_USUAL_TERMS = 9
"""Last terms of the spin-up whose flows say what support usually adds."""


class Institutions:
    """All institutions of a place.

    Parameters
    ----------
    system : mesa.Model
        Owner of the agents.
    facts : Facts
        Schools and LAs as they stand at year 0; renewed at each census.
    in_force : Arrangement
        What stands at year 0 and before.
    known : Foreseen
        What is known of what the scenario puts in its stead.
    p : Parameters
        One draw.
    chance : Chance
        One replicate's chance.
    on : mapping of str to bool
        Mechanism switches.
    standing : (n_schools,) float64
        How schools stand in the eyes of others, standard score; of the draw.
    unit : (13,) float64
        SD of one domain after k years of learning: what an effect of 1 means.
    pupils : PupilSupport or None
        What support does for pupils directly; None where there are none.

    Attributes
    ----------
    changes : tuple of Change
        What the scenario puts in the stead of what is in force, each heard of when it is announced.
    """

    exist = True

    def __init__(
        self,
        system: mesa.Model,
        facts: Facts,
        in_force: Arrangement,
        known: Foreseen,
        p: Parameters,
        chance: Chance,
        on: Mapping[str, bool],
        standing: Floats,
        unit: Floats,
        pupils: PupilSupport | None,
    ) -> None:
        self.facts, self._p, self._chance, self._pupils = facts, p, chance, pupils
        self.changes, self._standing = known.heard, standing
        self.absence_of_schools: Floats = facts.disadvantaged_share
        self.pressure = no_pressure(facts.n_schools)
        offers = known.offers
        self.ledger = Ledger()
        self.posts = Posts(
            facts, known.kinds, p.posts, chance,
            quit_hazard=on["quit_hazard"], labour_pools=on["labour_pools"], first_term=SPIN_UP,
            regions=labour_regions(facts, p.posts.reach_pupils),
        )  # fmt: skip
        nature = dispositions(standing, p.brokerage, chance)
        sight = (
            Intelligence(facts, nature, p.brokerage, chance, p.sharing)
            if on["intelligence_error"]
            else PerfectSight()
        )
        self.brokerage = Brokerage(
            facts, offers, nature, sight, p.brokerage, chance, system, self._charge,
            first_term=SPIN_UP, brokerage=on["brokerage"], intelligence_error=on["intelligence_error"],
        )  # fmt: skip
        self.funding = Funding(
            facts, p.funding, chance, on, self.posts, self.ledger, system, self.brokerage, offers, p.body
        )
        acts = on["practice_embedding"] and on["programmes"]
        self.support = (Support if acts else NoEmbedding)(
            facts.n_schools, offers, p, unit=unit, turnover=on["practice_turnover"]
        )
        self.spending = school_spending(facts, in_force, offers, known.price, p, chance, self.funding)
        self.local = self._local_system(system, nature, in_force, on) if known.between_schools else None
        self.years = InstitutionYears(facts, self.posts, self.brokerage, self.funding)
        self._embedded_0: Floats = np.zeros_like(self.support.embedded)
        self._in_force = self._stands = in_force
        self._staff = Staff(facts, self.posts, self.brokerage, self.funding, offers, p.posts.school_loss)

    def _local_system(
        self,
        system: mesa.Model,
        nature: Dispositions,
        in_force: Arrangement,
        on: Mapping[str, bool],
    ) -> LocalSystem:
        """What schools live in, if anything is ever said of how they collaborate or of the national tier."""
        return LocalSystem(
            system, self.facts, nature, in_force, self._p, self._chance, on, self.brokerage, self.funding,
            self.posts, self.ledger,
        )  # fmt: skip

    def _charge(self, la: int, pence: int, purpose: Purpose, kind: str) -> None:
        self.funding.charge(la, pence, purpose, kind)

    def spin_up(self, practice: Practice, leaving: float) -> None:
        """Run five years before year 0 under what is in force, and settle what of practice is due to it.

        Parameters
        ----------
        practice : Practice
            As at year 0, which already holds what today's support brings; split into that and the rest.
        leaving : float
            Usual share of teachers leaving a year.
        """
        self.funding.begin(self._in_force, SPIN_UP)
        self.brokerage.stand(self._in_force)
        told = None if self.local is None else self.local.inspection.tell(practice)
        if told is not None:
            practice.know(told)
        seen = practice.practice()
        usual_leaving = np.full(self.facts.n_schools, leaving)
        alike = (2 * (self.facts.phase == Phase.SECONDARY) + self.facts.member).astype(np.intp)
        long_run = LongRun(self.support, alike)
        opening = np.zeros_like(seen)
        if self.local is not None:
            opening = self.local.begin(SPIN_UP, seen)
            self.support.shift_all(opening)
        for term in range(SPIN_UP, 0):
            if term_of_year(term) == AUTUMN:
                self.facts.new_head = self._new_heads(term)
            self._term(term, seen, usual_leaving)
            if term >= -_USUAL_TERMS:
                long_run.term()
        usual = long_run.settle() + long_run.beside_others(opening)
        if self.local is not None:
            self.local.settle()
            self.pressure = self.local.pressure
        practice.start_from(self.support.total(), usual)
        self._embedded_0 = self.support.embedded.copy()
        self.facts.new_head = np.zeros(self.facts.n_schools, dtype=np.bool_)

    def _new_heads(self, term: int) -> Bools:
        """Schools whose head was new in an autumn before year 0."""
        w = self._p.workforce
        leave = np.where(self.facts.phase == Phase.SECONDARY, w.head_leave_secondary, w.head_leave_primary)
        luck = self._chance.uniforms("heads leave (before year 0)", _SCHOOLS, term, self.facts.n_schools)
        return np.asarray(luck < leave)

    def go_on(self, changes: tuple[Change, ...]) -> None:
        """Go on from the end of year 0 with another scenario: cases that stood still since then too.

        Parameters
        ----------
        changes : tuple of Change
            What it puts in the stead of what is in force.
        """
        self.changes = changes
        self.brokerage.go_on()

    def census(self, pupils: Floats, disadvantaged_share: Floats, new_head: Bools) -> None:
        """Count pupils in the autumn.

        Parameters
        ----------
        pupils : (n_schools,) float64
            On roll.
        disadvantaged_share : (n_schools,) float64
            Of them classed disadvantaged, 0 to 1.
        new_head : (n_schools,) bool
            Whether the headteacher is new.
        """
        self.facts.pupils, self.facts.disadvantaged_share = pupils, disadvantaged_share
        self.facts.new_head = new_head

    def term(self, date: int, practice: Practice, leaving: Floats) -> None:
        """Run one term: money, people, intelligence, cases, and what support leaves in schools.

        Parameters
        ----------
        date : int
            Terms since the autumn after year 0.
        practice : Practice
            Of all schools; what support adds changes in place.
        leaving : (n_schools,) float64
            Share of teachers leaving this year.
        """
        self._term(date, practice.practice(), leaving)
        practice.from_support = self.support.total()

    def _term(self, term: int, practice: Floats, leaving: Floats) -> None:
        self._change(term)
        self.funding.term(term)
        people = self.posts.term(term)
        if self.local is not None:
            self.local.before_cases(term)
        self.brokerage.supply(term, self._staff.on_hand(term))
        warnings = () if self.local is None else self.local.warnings()
        risk = flags(leaving, self.absence_of_schools, self._standing, *warnings)
        self.brokerage.term(term, practice, risk)
        self.funding.pay_term(term)
        of_cases = self.brokerage.delivered()
        self.funding.bodies.bill(of_cases)
        if self.funding.ends.ended_in == term:
            self._stand(self._stands, term)
        bought = self.spending.term(
            term, self.funding.to_schools(term), practice, self.facts.new_head, self._staff.can_serve()
        )
        delivered = together(of_cases, bought)
        self.support.term(term, delivered, leaving, self.facts.new_head)
        if self._pupils is not None:
            self._pupils.add(delivered)
        self.years.term(term)
        for lent in self.brokerage.supporters():
            self.support.shift(lent.school, lent.domain, lent.change)
        for lost in self._staff.recruits_lost(people.filled, people.taken_from_school):
            self.support.shift(lost.school, lost.domain, lost.change)
        if self.local is not None:
            for change in self.local.term(term, practice, of_cases):
                self.support.shift_all(change)
            self.pressure = self.local.pressure

    def _change(self, term: int) -> None:
        for change in self.changes:
            if change.announced == term:
                self.funding.announce(change)
            if change.term == term:
                self._join(change.arrangement, term)
                self.funding.change(change)
                self.spending.learn(change.arrangement.offers)
                self._stand(change.arrangement, term)

    def _join(self, arrangement: Arrangement, term: int) -> None:
        """Partnerships join, where fewer are to stand from now on."""
        areas = self.facts.areas
        if arrangement.partnership is None:
            return
        for join in areas.joins(areas_of(arrangement.area_plan, self.facts.ground)):
            areas.join(join, term)
            self.posts.join(join.into, join.others)
            self.funding.join(join, term)
            self.brokerage.join(join.into, join.others)
            self.spending.join(join.into, join.others)

    def _stand(self, arrangement: Arrangement, term: int) -> None:
        """What a scenario has stands, but for partnerships that have come to an end."""
        self._stands = arrangement
        stands = self.funding.ends.effective(arrangement)
        self.brokerage.stand(stands)
        if self.local is not None:
            self.local.stand(stands, term)

    def absence(self, register: Register, year: int, absence: Floats, expected: Floats) -> Floats:
        """Give absence with the support of the year.

        Parameters
        ----------
        register : Register
            Pupils.
        year : int
            The year the academic year ends.
        absence, expected : (n_active,) float64
            Share of half-days missed, and what was expected of each pupil.

        Returns
        -------
        (n_active,) float64
            Share of half-days missed.
        """
        if self._pupils is not None:
            absence = self._pupils.attendance.shift(register, year, absence, expected)
        n, school = self.facts.n_schools, register.school[register.active(year)]
        missed = np.bincount(school, absence, n + 1)[:n]
        self.absence_of_schools = missed / np.maximum(np.bincount(school, minlength=n)[:n], 1)
        return absence

    def courses(self, register: Register, year: int, present: Bools) -> Delivery:
        """End the year's courses: attainment and boost change in place.

        Parameters
        ----------
        register : Register
            Pupils.
        year : int
            The year the academic year ends.
        present : (n_children,) bool
            Children in the place's state schools.

        Returns
        -------
        Delivery
            Courses completed; their cost is in the ledger and so 0 here.
        """
        if self._pupils is None:
            return Delivery(0, 0.0)
        return self._pupils.courses.deliver(register, year, present)

    def read_results(self, results: Floats) -> None:
        """Take in how the year's results stand: inspectors, funders and families read them.

        Parameters
        ----------
        results : (n_schools,) float64
            Standard score among schools of the phase; 0 where a school has none.
        """
        self.facts.results = results

    def paid(self, year: int) -> float:
        """GBP paid by all funders in an academic year.

        Parameters
        ----------
        year : int
            The year the academic year ends.

        Returns
        -------
        float
            GBP.
        """
        return self.years.paid(year)

    def measures(self, year: int, roll: Floats) -> Mapping[str, float]:
        """Give the measures of institutions for a year.

        Parameters
        ----------
        year : int
            The year the academic year ends.
        roll : (n_schools,) float64
            Pupils in each school.

        Returns
        -------
        Mapping of str to float
            By id.
        """
        grown = (self.support.embedded - self._embedded_0).mean(axis=1)
        embedded = {"practice_embedded": float((grown * roll).sum() / roll.sum())}
        of_system = NOTHING if self.local is None else self.local.measures()
        return {**self.years.measures(year), **embedded, **of_system}

    def record(self) -> InstitutionRecord:
        """Posts, cases, money and events, spin-up included."""
        areas, told = self.facts.areas, [self.funding.events(), self.brokerage.events, self.spending.events()]
        told += [] if self.local is None else [self.local.events]
        cases = joined(self.brokerage.rows(), *([] if self.local is None else [self.local.cases()]))
        return InstitutionRecord(
            posts=self.posts.rows(),
            cases=replace(cases, area=areas.recorded_of(cases.school, cases.term), areas=areas.every_name),
            ledger=self.funding.ledger_rows(),
            events=in_order([event for room in told for event in room], self.facts),
        )
