"""Pupil-direct support: the pupils who completed the courses that cases delivered in a year."""

from __future__ import annotations

import numpy as np

from model.allotment import Reached, allot
from model.arrangements import Channel, Offer
from model.place import Bools, Floats, Index
from model.programmes import Delivery, Eligibility, complete_course
from model.randomness import Chance
from model.register import Register
from model.years_work import YearsWork


class CourseDelivery:
    """Ends the courses of a year: each place is one pupil's completed course.

    Parameters
    ----------
    n_schools : int
        Number of schools.
    offers : tuple of Offer
        Everything that may be delivered; only pupil-direct support is followed.
    eligibility : Eligibility
        Who may take part.
    unit : (13,) float64
        SD of one domain after k years of learning: what an effect of 1 means.
    lasting_share : float
        Share of an effect that enters attainment.
    chance : Chance
        One stream an offer, by birth cohort and year.

    Attributes
    ----------
    work : YearsWork
        What the year's cases have delivered so far.
    taught : list of (n,) intp
        Rows of the register of those who completed a course in the last year that ended, by offer delivered.
    """

    def __init__(
        self,
        n_schools: int,
        offers: tuple[Offer, ...],
        eligibility: Eligibility,
        unit: Floats,
        lasting_share: float,
        chance: Chance,
    ) -> None:
        self._offers, self._eligibility, self._chance = offers, eligibility, chance
        self._unit, self._lasting = unit, lasting_share
        self.work = YearsWork(n_schools, offers, [o.channel == Channel.PUPIL_DIRECT for o in offers])
        self.taught: list[Index] = []

    def deliver(self, register: Register, year: int, present: Bools) -> Delivery:
        """End the year's courses, before its tests.

        Parameters
        ----------
        register : Register
            Attainment and boost of those who completed a course change in place.
        year : int
            The year the academic year ends.
        present : (n_children,) bool
            Children in the place's state schools this year.

        Returns
        -------
        Delivery
            Courses completed; what they cost is in the ledger, so 0 GBP here.
        """
        self.taught = [self._end(offer, register, year, present) for offer in self.work.offers()]
        return Delivery(sum(len(rows) for rows in self.taught), 0.0)

    def _end(self, index: int, register: Register, year: int, present: Bools) -> Index:
        """End the courses of one offer; rows of those taught."""
        offer = self._offers[index]
        places = np.rint(offer.pupils_per_case * self.work.cases[index]).astype(np.intp)
        reached = Reached(register, year, offer, places > 0, self._eligibility)
        luck = reached.luck(self._chance, f"course {offer.name}", year)
        takes = allot(reached.school, reached.meant, luck, places, offer.on_target)
        takes &= present[reached.rows]
        rows = reached.rows[takes]
        unit = self._unit[reached.year_group[takes] + 1] * self.work.quality(index)[reached.school[takes]]
        complete_course(register, rows, (offer.literacy_sd * unit, offer.maths_sd * unit), self._lasting)
        return rows
