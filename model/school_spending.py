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
from numpy.typing import NDArray

from model.arrangements import Offer
from model.delivered import Delivered
from model.institution_facts import Facts
from model.parameters import Parameters
from model.place import Bools, Floats, Index
from model.randomness import Chance
from model.terms import TERMS_A_YEAR, WEEKS_A_TERM

_SCHOOLS = 0
_PENCE = 100
_WEEKS_A_YEAR = TERMS_A_YEAR * WEEKS_A_TERM

Pence = NDArray[np.int64]


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
        What an employer pays in a year for one post that delivers it: salary, pension and National Insurance.

    Returns
    -------
    int
        Pence, prices of the post's.
    """
    of_post = post_year_pence / offer.slots_per_post * offer.weeks / _WEEKS_A_YEAR
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
        name=f"{tuition.name}, led by schools",
        delivered_by="school",
        on_target=p.support.tuition_on_target,
    )


def shared_out(total: Pence, la: Index, weight: Floats) -> Pence:
    """Share each LA's money out among its schools, to the penny.

    Parameters
    ----------
    total : (n_la,) int64
        Pence.
    la : (n_schools,) intp
        LA of each school.
    weight : (n_schools,) float64
        Pupils.

    Returns
    -------
    (n_schools,) int64
        Pence; sums to ``total`` in each LA that has pupils, and to nought in the others.
    """
    order = np.argsort(la, kind="stable")
    of_la, running = la[order], np.cumsum(weight[order])
    ends = np.searchsorted(of_la, np.arange(len(total)), side="right") - 1
    starts = np.searchsorted(of_la, np.arange(len(total)))
    before = np.where(starts > 0, running[starts - 1], 0.0)
    sums = running[ends] - before
    until = (running - before[of_la]) / np.where(sums > 0.0, sums, 1.0)[of_la]
    until[ends[(ends >= starts) & (sums > 0.0)]] = 1.0
    cumulated = np.floor(total[of_la] * until).astype(np.int64)
    first = np.zeros(len(la), dtype=np.bool_)
    first[starts[ends >= starts]] = True
    previous = np.concatenate(([0], cumulated[:-1]))
    found = np.empty(len(la), dtype=np.int64)
    found[order] = cumulated - np.where(first, 0, previous)
    return found


class SchoolSpending:
    """Spends what schools get, school by school, term by term.

    Parameters
    ----------
    facts : Facts
        Schools, their LAs, pupils and year groups.
    offers : tuple of Offer
        Everything that may be delivered; what no school can buy alone costs 0 in ``price``.
    price : sequence of int
        Pence of one case of each offer (``case_pence``).
    tuition : int or None
        Index of the offer that is tuition led by schools (``led_by_schools``); None where there is none.
    p : Parameters
        One draw.
    chance : Chance
        Streams ``own view of practice``, ``provider bought alone``.
    pay : Callable
        Called with term, LA, pence and ``SchoolUse`` for whatever an LA's schools pay.

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
    ) -> None:
        self._facts, self._offers, self._p, self._chance, self._pay = facts, offers, p, chance, pay
        self._price = np.array(price, dtype=np.int64)
        self._tuition = tuition
        self._la = facts.la.astype(np.intp)
        n = facts.n_schools
        teaches = [self._teaches(offer) for offer in offers]
        self._teaches_it = np.array(teaches).reshape(len(offers), n).T & (self._price > 0)
        self._alone = np.array([i != tuition for i in range(len(offers))], dtype=np.bool_)
        self._for_new_heads = np.array([offer.new_heads for offer in offers], dtype=np.bool_)
        self._domain = np.array([offer.domain for offer in offers], dtype=np.intp)
        self.purse: Pence = np.zeros((2, n), dtype=np.int64)
        self._bought = np.full(n, -1, dtype=np.int32)
        self._begins = np.zeros(n, dtype=np.intp)
        self._weeks_left = np.zeros(n)
        self._quality = np.zeros(n)
        self._idle = True
        self._events: list[tuple[int, int, int, str, str, float]] = []

    def _teaches(self, offer: Offer) -> Bools:
        """Which schools teach a year group that an offer is for."""
        groups = np.array(offer.year_groups)[:, None]
        f = self._facts
        return np.asarray(((f.first_year_group <= groups) & (groups <= f.last_year_group)).any(axis=0))

    def events(self) -> list[tuple[int, int, int, str, str, float]]:
        """What schools bought: (term, LA, school, kind, text, GBP), in order."""
        return self._events

    def term(
        self, term: int, to_schools: Sequence[int] | Floats, practice: Floats, new_head: Bools
    ) -> Delivered:
        """Spend a term's money, and deliver what was bought.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        to_schools : (n_la,) int or float64
            Whole pence that the schools of each LA get this term.
        practice : (n_schools, 9) float64
            Practice, which schools see with an error of their own.
        new_head : (n_schools,) bool
            Whether the headteacher is in the first year in post.

        Returns
        -------
        Delivered
            Tuition led by schools and support bought alone, by offer and school.
        """
        money = np.rint(np.asarray(to_schools, dtype=np.float64)).astype(np.int64)
        if self._idle and not money.any():
            return self._delivered(term, [])
        self._idle = False
        self._receive(term, money)
        parts = [self._teach(), self._buy_and_support(term, practice, new_head)]
        return self._delivered(term, [part for part in parts if len(part[0])])

    def _receive(self, term: int, money: Pence) -> None:
        """Set money aside by each school's shares; the rest is spent on staff at once."""
        part = shared_out(money, self._la, self._facts.pupils)
        s = self._p.support
        tuition = np.floor(part * s.spend_on_tuition).astype(np.int64)
        if self._tuition is None:
            tuition[:] = 0
        else:
            tuition[~self._teaches_it[:, self._tuition]] = 0
        support = np.floor(part * s.spend_on_support).astype(np.int64)
        support[~(self._teaches_it & self._alone & ~self._for_new_heads).any(axis=1)] = 0
        self.purse[0] += tuition
        self.purse[1] += support
        self._charge(term, part - tuition - support, SchoolUse.STAFFING)
        self._now = term

    def _charge(self, term: int, pence: Pence, use: SchoolUse) -> None:
        """Pay what schools spend, in one sum an LA."""
        sums = np.bincount(self._la, pence, self._facts.n_la)  # exact: whole numbers far below 2^53
        for la in np.flatnonzero(sums):
            self._pay(term, int(la), round(float(sums[la])), use)

    def _teach(self) -> tuple[Index, Index, Floats, Floats, Bools]:
        """Buy as many pupils' courses of tuition as the money set aside pays."""
        if self._tuition is None:
            return _NOTHING
        offer = self._offers[self._tuition]
        a_pupil = max(-(-int(self._price[self._tuition]) // max(offer.pupils_per_case, 1)), 1)
        pupils = self.purse[0] // a_pupil
        school = np.flatnonzero(pupils)
        self.purse[0] -= pupils * a_pupil
        self._charge(self._now, pupils * a_pupil, SchoolUse.TUITION)
        weeks = offer.weeks * pupils[school] / max(offer.pupils_per_case, 1)
        ones = np.ones(len(school))
        return school, np.full(len(school), self._tuition), weeks, ones, ones.astype(np.bool_)

    def _buy_and_support(
        self, term: int, practice: Floats, new_head: Bools
    ) -> tuple[Index, Index, Floats, Floats, Bools]:
        """Let schools choose and pay for support, and give what was bought before its time has come."""
        may = self._teaches_it & self._alone & (self._price <= self.purse[1][:, None])
        may &= (self._bought < 0)[:, None] & (new_head[:, None] | ~self._for_new_heads)
        if may.any():
            self._choose(term, may, practice)
        school = np.flatnonzero((self._bought >= 0) & (self._begins <= term))
        weeks = np.minimum(self._weeks_left[school], float(WEEKS_A_TERM))
        offer = self._bought[school].astype(np.intp)
        self._weeks_left[school] -= weeks
        ended = self._weeks_left[school] <= 0.0
        self._bought[school[ended]] = -1
        return school, offer, weeks, self._quality[school], ended

    def _choose(self, term: int, may: Bools, practice: Floats) -> None:
        """Each school that can buys what answers the weakest practice that it sees in itself."""
        n, domains = practice.shape
        error = self._chance.normals("own view of practice", _SCHOOLS, term, n * domains).reshape(n, domains)
        seen = practice + self._p.brokerage.self_view_error_sd * error
        weakest = np.where(may, seen[:, self._domain], np.inf)
        school = np.flatnonzero(may.any(axis=1))
        offer = weakest[school].argmin(axis=1)
        p = self._p
        team = self._chance.normals("provider bought alone", _SCHOOLS, term, n)[school]
        usual = (1.0 - p.brokerage.match_quality_gain) * (1.0 - p.support.bought_alone_loss)
        self._quality[school] = usual * (1.0 + p.brokerage.provider_quality_sd * team)
        self._bought[school] = offer
        self._begins[school] = term + round(p.support.bought_alone_delay)
        self._weeks_left[school] = [float(self._offers[o].weeks) for o in offer]
        paid = np.zeros(n, dtype=np.int64)
        paid[school] = self._price[offer]
        self.purse[1] -= paid
        self._charge(term, paid, SchoolUse.SUPPORT)
        for s, o in zip(school.tolist(), offer.tolist(), strict=True):
            text = f"buys {self._offers[o].name} alone, from term {self._begins[s]}"
            self._events.append((term, int(self._la[s]), s, "school buys", text, paid[s] / _PENCE))

    def _delivered(self, term: int, parts: list[tuple[Index, Index, Floats, Floats, Bools]]) -> Delivered:
        """Put tuition and support together as columns."""
        school, offer, weeks, quality, completed = (
            np.concatenate([part[column] for part in parts]) if parts else _NOTHING[column]
            for column in range(5)
        )
        return Delivered(
            term=term,
            school=school.astype(np.int32),
            offer=offer.astype(np.int32),
            weeks=np.asarray(weeks, dtype=np.float64),
            quality=np.asarray(quality, dtype=np.float64),
            completed=completed.astype(np.bool_),
        )


_NOTHING: tuple[Index, Index, Floats, Floats, Bools] = (
    np.empty(0, dtype=np.intp),
    np.empty(0, dtype=np.intp),
    np.empty(0),
    np.empty(0),
    np.empty(0, dtype=np.bool_),
)
