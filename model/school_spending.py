"""Money in schools' own hands: what each school does with it by its own rules.

A part goes on tuition that the school runs itself, a part on support that it buys alone, the rest on staff
and other things without a measured effect. A school pays for a case what a partnership pays without its
overheads and its brokers; it waits longer, is matched less well and gets newer specialists (all with ranges
that include nothing).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum

import numpy as np

from model.arrangements import Offer
from model.bought_alone import BoughtAlone, Cases, no_cases, teaches
from model.delivered import Delivered
from model.institution_facts import Facts
from model.parameters import Parameters
from model.place import Bools, Floats, Ints
from model.randomness import Chance
from model.sharing_out import Pence, shared_out
from model.staff_costs import pay_index
from model.supporting import SUPPORTING_SCHOOL
from model.terms import TERMS_A_YEAR, WEEKS_A_TERM

_PENCE = 100
_WEEKS_A_YEAR = TERMS_A_YEAR * WEEKS_A_TERM
_LED = ", led by schools"


class SchoolUse(StrEnum):
    """What schools spend money of their own on."""

    TUITION = "tuition led by schools"
    SUPPORT = "support bought alone"
    STAFFING = "staffing and other"


def case_pence(offer: Offer, post_year_pence: float) -> int:
    """Cost of one case without anyone's overheads.

    Parameters
    ----------
    offer : Offer
        Length, schools served at once by a post, and what a case costs besides.
    post_year_pence : float
        What an employer pays in a year for one post that delivers it: salary, pension and National Insurance;
        what a supporting school is paid for a year of one case.

    Returns
    -------
    int
        Pence, prices of the post's.
    """
    shared_by = 1 if offer.delivered_by == SUPPORTING_SCHOOL else offer.slots_per_post
    of_post = post_year_pence / shared_by * offer.weeks / _WEEKS_A_YEAR
    return round(of_post + _PENCE * offer.cost_gbp)


def led_by_schools(tuition: Offer, p: Parameters) -> Offer:
    """Tuition as schools run it: the same effect, the places as they were given when schools chose pupils.

    Parameters
    ----------
    tuition : Offer
        The pupil-direct programme it is taken from.
    p : Parameters
        Share of places on target (row ntp_reach_pp_share).

    Returns
    -------
    Offer
        To be put after the offers of the place, so that courses know it.
    """
    return replace(
        tuition,
        name=tuition.name + _LED,
        delivered_by="school",
        on_target=p.support.tuition_on_target,
    )


class SchoolSpending:
    """Spends what schools get, school by school, term by term.

    Parameters
    ----------
    facts : Facts
        Schools, their areas, pupils and year groups.
    offers : tuple of Offer
        Everything that may be delivered; what no school can buy alone costs 0 in ``price``.
    price : sequence of int
        Pence of one case of each offer (``case_pence``), prices of year 0; they rise with pay.
    tuition : int or None
        Index of the offer that is tuition led by schools (``led_by_schools``); None where there is none.
    p : Parameters
        One draw.
    chance : Chance
        Streams of ``BoughtAlone``.
    pay : Callable
        Called with term, unit, pence and ``SchoolUse`` for whatever schools pay.
    capacity : (n_areas, n_offers) int32, optional
        Cases of each offer that specialists free for schools can serve at once (``capacity_of``); without
        limit by default.

    Attributes
    ----------
    purse : (2, n_schools) int64
        Pence set aside for tuition and for support.
    """

    def __init__(
        self,
        facts: Facts,
        offers: tuple[Offer, ...],
        price: Sequence[int],
        tuition: int | None,
        p: Parameters,
        chance: Chance,
        pay: Callable[[int, int, int, SchoolUse], None],
        capacity: Ints | None = None,
    ) -> None:
        self._facts, self._p, self._pay, self._tuition = facts, p, pay, tuition
        self._unit = facts.areas.unit_of_school.astype(np.intp)
        self._price = np.array(price, dtype=np.int64)
        self._course = None if tuition is None else offers[tuition]
        led = "" if self._course is None else self._course.name
        sold = [price[i] > 0 and led not in (o.name, o.name + _LED) for i, o in enumerate(offers)]
        self._alone = BoughtAlone(facts, offers, sold, p, chance, capacity)
        self.purse: Pence = np.zeros((2, facts.n_schools), dtype=np.int64)
        self._names = tuple(offer.name for offer in offers)
        self._there: set[str] = set(self._names)
        self._teaches = self._may_teach()
        self._idle = True

    def begin(self, offers: tuple[Offer, ...]) -> None:
        """Begin where some programmes are on offer, and others only come with a scenario.

        Parameters
        ----------
        offers : tuple of Offer
            On offer at year 0.
        """
        self._there = set()
        self.learn(offers)

    def learn(self, offers: tuple[Offer, ...]) -> None:
        """Hear of programmes: from now on schools may buy them, also when no partnership offers them more.

        Parameters
        ----------
        offers : tuple of Offer
            On offer from now on.
        """
        self._there |= {offer.name for offer in offers}
        self._alone.known(np.array([name in self._there for name in self._names], dtype=np.bool_))
        self._teaches = self._may_teach()

    def join(self, into: int, others: Sequence[int]) -> None:
        """Areas join: schools of all of them may buy from the same specialists.

        Parameters
        ----------
        into : int
            Index of the area that takes in others.
        others : sequence of int
            Those.
        """
        self._alone.join(into, others, self._facts.area)

    def events(self) -> list[tuple[int, int, int, str, str, float]]:
        """What schools bought: (term, LA, school, kind, text, GBP), in order."""
        return self._alone.events

    def term(
        self,
        term: int,
        to_schools: Sequence[int] | Floats,
        practice: Floats,
        new_head: Bools,
        employed: Ints | None = None,
    ) -> Delivered:
        """Spend a term's money, and deliver what was bought.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        to_schools : (n_units,) int or float64
            Whole pence that the schools of each unit (LA within an area) get this term.
        practice : (n_schools, 9) float64
            Practice, which schools see with an error of their own.
        new_head : (n_schools,) bool
            Whether the headteacher is in the first year in post.
        employed : (n_areas, n_offers) int32, optional
            Cases that those in the partnership's posts can serve at once: schools cannot have them too.

        Returns
        -------
        Delivered
            Tuition led by schools and support bought alone, by offer and school.
        """
        money = np.rint(np.asarray(to_schools, dtype=np.float64)).astype(np.int64)
        if self._idle and not money.any():
            return _delivered(term, no_cases())
        self._idle = False
        self._receive(term, money)
        if employed is not None:
            self._alone.employed = employed
        rise = pay_index(term, False, self._p.funding.pay_award)
        price = np.rint(self._price * rise).astype(np.int64)
        taught = self._teach(term, price)
        bought = self._alone.choose(term, price, self.purse[1], practice, new_head)
        self.purse[1] -= bought
        self._charge(term, bought, SchoolUse.SUPPORT)
        supported = self._alone.deliver(term)
        both = Cases(*(np.concatenate(columns) for columns in zip(taught, supported, strict=True)))
        return _delivered(term, both)

    def _receive(self, term: int, money: Pence) -> None:
        """Set money aside by each school's shares; the rest is spent on staff at once."""
        part = shared_out(money, self._unit, self._facts.pupils)
        s = self._p.support
        tuition = np.floor(part * s.spend_on_tuition).astype(np.int64)
        tuition[~self._teaches] = 0
        support = np.floor(part * s.spend_on_support).astype(np.int64)
        support[~self._alone.sells_to] = 0
        self.purse[0] += tuition
        self.purse[1] += support
        self._charge(term, part - tuition - support, SchoolUse.STAFFING)

    def _may_teach(self) -> Bools:
        """Schools that can run tuition: they teach a year group that it is for."""
        f, course = self._facts, self._course
        if course is None or self._there.isdisjoint({course.name, course.name.removesuffix(_LED)}):
            return np.zeros(f.n_schools, dtype=np.bool_)
        return teaches(course, f)

    def _charge(self, term: int, pence: Pence, use: SchoolUse) -> None:
        """Pay what schools spend, in one sum a unit."""
        units = len(self._facts.areas.units)
        sums = np.bincount(self._unit, pence, units)  # exact: whole numbers far below 2^53
        for unit in np.flatnonzero(sums):
            self._pay(term, int(unit), round(float(sums[unit])), use)

    def _teach(self, term: int, price: Pence) -> Cases:
        """Buy as many pupils' courses of tuition as the money set aside pays."""
        if self._course is None or self._tuition is None:
            return no_cases()
        pupils_per_case = max(self._course.pupils_per_case, 1)
        a_pupil = max(-(-int(price[self._tuition]) // pupils_per_case), 1)
        pupils = self.purse[0] // a_pupil
        school = np.flatnonzero(pupils)
        self.purse[0] -= pupils * a_pupil
        self._charge(term, pupils * a_pupil, SchoolUse.TUITION)
        weeks = self._course.weeks * pupils[school] / pupils_per_case
        usual = np.ones(len(school))
        return Cases(school, np.full(len(school), self._tuition), weeks, usual, usual.astype(np.bool_))


def _delivered(term: int, cases: Cases) -> Delivered:
    return Delivered(
        term=term,
        school=cases.school.astype(np.int32),
        offer=cases.offer.astype(np.int32),
        weeks=cases.weeks,
        quality=cases.quality,
        completed=cases.completed,
    )
