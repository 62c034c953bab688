"""Support with attendance: absence of the pupils it reaches, in the year it is given."""

from __future__ import annotations

import numpy as np

from model.allotment import Reached, allot
from model.arrangements import Channel, Offer
from model.place import Floats, Index
from model.programmes import Eligibility
from model.register import Register
from model.years_work import YearsWork

_POINTS = 100.0


class AbsenceSupport:
    """Lowers (or raises) the absence of those who were expected to miss most.

    Parameters
    ----------
    n_schools : int
        Number of schools.
    offers : tuple of Offer
        Everything that may be delivered; only wider-needs support with an effect on absence is followed.
    eligibility : Eligibility
        Who may be supported.
    convert : float
        Share of pupils referred who start (row attendance_mentor_convert).

    Attributes
    ----------
    work : YearsWork
        What the year's cases have delivered so far.
    helped : list of (n,) intp
        Pupils supported in the last year asked for, by offer delivered: places in its active slice.
    """

    def __init__(
        self, n_schools: int, offers: tuple[Offer, ...], eligibility: Eligibility, convert: float
    ) -> None:
        self._offers, self._eligibility, self._convert = offers, eligibility, convert
        self.work = YearsWork(n_schools, offers, [o.channel == Channel.WIDER_NEEDS for o in offers])
        self.helped: list[Index] = []

    def shift(self, register: Register, year: int, absence: Floats, expected: Floats) -> Floats:
        """Give a year's absence with the support of that year.

        At each school a case supports the eligible pupils whose expected absence is highest, as many as start
        of those referred. A case of which only part was delivered changes absence by that part.

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
            Share of half-days missed, 0 to 1; ``absence`` itself where there was no support.
        """
        delivered = self.work.offers()
        absence = absence.copy() if delivered else absence
        self.helped = [self._support(index, register, year, absence, expected) for index in delivered]
        return absence

    @property
    def supported(self) -> int:
        """Number of pupils supported in the last year asked for."""
        return sum(len(pupils) for pupils in self.helped)

    def _support(self, index: int, register: Register, year: int, absence: Floats, expected: Floats) -> Index:
        """Change the absence of those whom one offer reaches, in place; who they are."""
        offer, cases = self._offers[index], self.work.cases[index]
        pupils = offer.pupils_per_case * self._convert * np.where(cases > 0.0, np.maximum(cases, 1.0), 0.0)
        places = np.rint(pupils).astype(np.intp)
        reached = Reached(register, year, offer, places > 0, self._eligibility)
        at = reached.rows - register.active(year).start
        takes = allot(reached.school, reached.meant, 1.0 - expected[at], places, offer.on_target)
        helped, school = at[takes], reached.school[takes]
        points = offer.absence_points * (np.minimum(cases, 1.0) * self.work.quality(index))[school]
        absence[helped] = np.clip(absence[helped] + points * (1.0 / _POINTS), 0.0, 1.0)
        return np.asarray(helped)
