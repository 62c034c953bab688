"""One programme delivered to the schools of one arm of a trial, by the model's own rooms."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from model.absence_support import AbsenceSupport
from model.arrangements import Offer
from model.course_delivery import CourseDelivery
from model.cuts import label_cuts
from model.delivered import Delivered
from model.gains import terms_of
from model.no_institutions import NoInstitutions
from model.place import Bools, Floats, Index
from model.practice import Practice
from model.programmes import Delivery, Eligibility
from model.register import Register
from model.support import Support
from model.system import System
from model.year0 import sen_cuts

WEEKS, QUALITY = 0, 1
"""Columns of what a school receives."""

_POINTS = 100.0


class TrialDelivery(NoInstitutions):
    """Stands where institutions stand, and gives each school of the arm one case from a certain term on.

    Parameters
    ----------
    system : System
        The place of the trial.
    offer : Offer
        What is tried.
    first_term : int
        Term in which the cases begin, an autumn.
    arm : Callable
        Given the new heads of that term, says which schools have a case: (n_schools,) bool.
    received : (n_schools, 2) float64, optional
        Share of a case's weeks that each school receives, and how well; a whole case of usual quality by
        default, as under trial conditions.

    Attributes
    ----------
    schools : (n_schools,) bool
        Schools of the arm.
    before : (n_schools, 9) float64
        Practice when the cases began.
    attendance : (n_children,) float64
        Points of attendance in the last year in which someone was helped with it; 0 for all others.
    pupils : (n,) intp
        Rows of the register of those taught or helped in the last year in which anyone was.
    """

    def __init__(
        self,
        system: System,
        offer: Offer,
        first_term: int,
        arm: Callable[[Bools], Bools],
        received: Floats | None = None,
    ) -> None:
        place, p, parts = system.place, system.parameters, system.parts
        n, offers = len(place.schools), (offer,)
        super().__init__(n)
        self._workforce, self._first, self._arm = parts.workforce, first_term, arm
        self._received = np.ones((n, 2)) if received is None else received
        self._weeks = terms_of(offer.weeks)
        unit, eligibility = (
            parts.reference.domain_sd,
            Eligibility(label_cuts(place), sen_cuts(place, p.learning)),
        )
        self._support = Support(n, offers, p, unit=unit)
        self._courses = CourseDelivery(
            n, offers, eligibility, unit, p.programmes.lasting_share, system.chance
        )
        self._absence = AbsenceSupport(n, offers, eligibility, p.support.attendance_convert)
        self.schools: Bools = np.zeros(n, dtype=np.bool_)
        self.before: Floats = np.empty((0, 0))
        self.attendance: Floats = np.zeros(len(parts.register.school))
        self.pupils: Index = np.empty(0, dtype=np.intp)
        parts.institutions = self

    def term(self, date: int, practice: Practice, leaving: Floats) -> None:
        """Deliver a term of the cases.

        Parameters
        ----------
        date : int
            Terms since the autumn after year 0.
        practice : Practice
            What support adds changes in place.
        leaving : (n_schools,) float64
            Share of teachers leaving this year.
        """
        new_head = self._workforce.new_head
        if date == self._first:
            self.schools, self.before = self._arm(new_head), practice.practice()
        delivered = self._delivered(date)
        self._support.term(date, delivered, leaving, new_head)
        practice.from_support = self._support.total()
        self._courses.work.add(delivered)
        self._absence.work.add(delivered)

    def _delivered(self, date: int) -> Delivered:
        """What the schools of the arm receive in a term."""
        past = date - self._first
        given = self._weeks[past] if 0 <= past < len(self._weeks) else 0.0
        school = np.flatnonzero(self.schools if given else np.zeros_like(self.schools))
        return Delivered(
            term=date,
            school=school.astype(np.int32),
            offer=np.zeros(len(school), dtype=np.int32),
            weeks=given * self._received[school, WEEKS],
            quality=self._received[school, QUALITY],
            completed=np.full(len(school), past == len(self._weeks) - 1),
        )

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
        after = self._absence.shift(register, year, absence, expected)
        if self._absence.supported:
            active = register.active(year)
            self.attendance[active] = _POINTS * (1.0 - after)
            self.pupils = np.concatenate(self._absence.helped) + active.start
        return after

    def courses(self, register: Register, year: int, present: Bools) -> Delivery:
        """End the year's courses, and keep who completed one.

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
            Courses completed.
        """
        done = self._courses.deliver(register, year, present)
        if done.pupils:
            self.pupils = np.concatenate(self._courses.taught)
        return done
