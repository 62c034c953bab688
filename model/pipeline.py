"""The leadership pipeline: leaders whom the place prepares for headship, and the heads it gets from them.

What today's pipeline brings is part of how heads are today: only what differs from year 0 acts.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from model.arrangements import Arrangement
from model.institution_facts import Facts
from model.ledger import Purpose
from model.membership_parameters import MembershipParameters
from model.place import Bools, Floats
from model.randomness import Chance
from model.staff_costs import PENCE
from model.terms import AUTUMN, term_of_year

_SCHOOLS = 0
_PER_SCHOOLS = 100.0
_SETTLES = 50
"""Years after which a pool that loses a fifth a year is steady."""

Charge = Callable[[int, int, Purpose, str], object]
"""Bill a partnership: LA, pence, purpose, kind of post."""


class Pipeline:
    """Leaders prepared for headship, by LA.

    Parameters
    ----------
    facts : Facts
        Schools; whose head is new.
    head_leave : (n_schools,) float64
        Usual chance a year that a head leaves.
    p : MembershipParameters
        One draw.
    chance : Chance
        Stream ``heads from the place``.
    charge : callable
        Bills a partnership for heads in training.

    Attributes
    ----------
    ready : (n_units,) float64
        Prepared leaders who are there and willing.
    from_place : (n_schools,) bool
        Whether the present head was prepared here, as far as appointed since the beginning.
    filled, vacancies : int
        Headships filled by them, and all filled, in the last autumn.
    """

    def __init__(
        self, facts: Facts, head_leave: Floats, p: MembershipParameters, chance: Chance, charge: Charge
    ) -> None:
        self._facts, self._p, self._chance, self._charge = facts, p, chance, charge
        self._unit, units = facts.areas.unit_of_school, len(facts.areas.units)
        self._schools = np.bincount(self._unit, minlength=units).astype(np.float64)
        self._vacancies = np.bincount(self._unit, head_leave, units)  # as they usually are in a year
        self.ready: Floats = np.zeros(units)
        self._usual: Floats = np.zeros(units)  # share filled from the place as things stood at year 0
        self._begun = False
        self.from_place: Bools = np.zeros(facts.n_schools, dtype=np.bool_)
        self.filled = self.vacancies = 0

    def term(self, term: int, stands: Arrangement, there: Bools | None = None) -> None:
        """In autumn new heads begin, and others begin to be prepared.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        stands : Arrangement
            In force: heads in training for 100 schools, if there is a partnership to prepare them.
        there : (n_areas,) bool, optional
            Whose partnership stands; all where not given.
        """
        if term_of_year(term) != AUTUMN:
            return
        works = stands.partnership is not None and stands.collaboration is not None
        interns = stands.collaboration.interns if works and stands.collaboration is not None else 0.0
        begun = interns * self._schools / _PER_SCHOOLS
        if there is not None:
            begun = begun * there[[area for area, _ in self._facts.areas.units]]
        if not self._begun:
            self._settle(begun)
        self._appoint(term)
        if interns:
            for (area, _), number in zip(self._facts.areas.units, begun.tolist(), strict=True):
                if pence := round(number * self._p.intern_gbp * PENCE):
                    self._charge(area, pence, Purpose.PROGRAMME, "")
            self.ready = self.ready + begun

    def _settle(self, begun: Floats) -> None:
        """Begin as if it had always been as it is at the beginning."""
        self._begun = True
        for _ in range(_SETTLES):
            filled = self._vacancies * self.local_share()
            self.ready = np.maximum(self.ready * self._p.intern_stays - filled, 0.0) + begun
        self._usual = self.local_share()

    def _appoint(self, term: int) -> None:
        facts = self._facts
        luck = self._chance.uniforms("heads from the place", _SCHOOLS, term, facts.n_schools)
        taken = facts.new_head & (luck < self.local_share()[self._unit])
        self.from_place = np.where(facts.new_head, taken, self.from_place)
        self.filled, self.vacancies = int(taken.sum()), int(facts.new_head.sum())
        left = self.ready * self._p.intern_stays - np.bincount(self._unit, taken, len(self._schools))
        self.ready = np.maximum(left, 0.0)

    def local_share(self) -> Floats:
        """Share of headships that prepared leaders would fill; shape (n_units,), 0 to 1."""
        per_vacancy = self.ready / np.maximum(self._vacancies, 1e-9)
        return np.asarray(1.0 - np.exp(-self._p.intern_reach * per_vacancy))

    def from_place_per_cent(self) -> float:
        """Headships that prepared leaders of the place may expect to fill, per cent of vacancies."""
        vacancies = float(self._vacancies.sum())
        return 100.0 * float((self._vacancies * self.local_share()).sum()) / vacancies if vacancies else 0.0

    def field(self) -> Floats:
        """Mean quality of those who apply for each headship, against year 0.

        Returns
        -------
        (n_schools,) float64
            SD between heads; 0 as things stand.
        """
        gain = self._p.intern_gain * (self.local_share() - self._usual)
        return np.asarray(gain[self._unit])
