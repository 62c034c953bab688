"""Support that a school finds and buys by itself: what it chooses, when it comes, how good it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from model.arrangements import Arrangement, Offer
from model.institution_facts import Facts
from model.parameters import Parameters
from model.place import Bools, Floats, Index, Ints
from model.randomness import Chance
from model.sharing_out import Pence
from model.supporting import SUPPORTING_SCHOOL
from model.terms import WEEKS_A_TERM, term_name

_SCHOOLS = 0
_PENCE = 100
_PER_PUPILS = 10_000


class Cases(NamedTuple):
    """Columns of what schools deliver or buy in a term, a row a case."""

    school: Index
    offer: Index
    weeks: Floats
    quality: Floats
    completed: Bools


def no_cases() -> Cases:
    """Nothing at all.

    Returns
    -------
    Cases
        Columns without rows.
    """
    none = np.empty(0, dtype=np.intp)
    return Cases(none, none, np.empty(0), np.empty(0), np.empty(0, dtype=np.bool_))


def teaches(offer: Offer, facts: Facts) -> Bools:
    """Which schools teach a year group that an offer is for.

    Parameters
    ----------
    offer : Offer
        Its year groups.
    facts : Facts
        Year groups of schools.

    Returns
    -------
    (n_schools,) bool
        True where at least one is taught.
    """
    groups = np.array(offer.year_groups)[:, None]
    return np.asarray(
        ((facts.first_year_group <= groups) & (groups <= facts.last_year_group)).any(axis=0), dtype=np.bool_
    )


def capacity_of(offers: tuple[Offer, ...], arrangement: Arrangement, facts: Facts) -> Ints:
    """Cases that those who deliver under an arrangement can serve at once: they exist, whoever pays them.

    Parameters
    ----------
    offers : tuple of Offer
        Everything that may be delivered.
    arrangement : Arrangement
        Posts and supporting schools.
    facts : Facts
        Pupils of each area.

    Returns
    -------
    (n_areas, n_offers) int32
        0 for what no one there delivers.
    """
    pupils = np.bincount(facts.area, facts.pupils, facts.n_areas) / _PER_PUPILS
    wanted = {line.kind: line.per_10_000_pupils for line in arrangement.posts}
    if arrangement.partnership is not None:
        wanted[SUPPORTING_SCHOOL] = arrangement.partnership.supporting_schools_per_10_000_pupils
    each = [np.rint(pupils * wanted.get(o.delivered_by, 0.0)) * o.slots_per_post for o in offers]
    return np.array(each, dtype=np.int32).reshape(len(offers), facts.n_areas).T


class BoughtAlone:
    """One case at a time in each school that buys support by itself.

    Parameters
    ----------
    facts : Facts
        Schools.
    offers : tuple of Offer
        Everything that may be delivered.
    sold : list of bool
        Which offers a school can buy alone.
    p : Parameters
        One draw.
    chance : Chance
        Streams ``own view of practice``, ``provider bought alone``, ``first to ask``.
    capacity : (n_areas, n_offers) int32, optional
        Cases that can be served at once; without limit by default.

    Attributes
    ----------
    sells_to : (n_schools,) bool
        Schools for which there is something to buy.
    employed : (n_areas, n_offers) int32
        Of these, the cases that specialists in the partnership's posts can serve.
    events : list of tuple
        (term, area, school, kind, text, GBP) of each case bought.
    """

    def __init__(
        self,
        facts: Facts,
        offers: tuple[Offer, ...],
        sold: list[bool],
        p: Parameters,
        chance: Chance,
        capacity: Ints | None = None,
    ) -> None:
        self._offers, self._p, self._chance = offers, p, chance
        self._area, n = facts.area.astype(np.intp), facts.n_schools
        fits = np.array([teaches(offer, facts) for offer in offers], dtype=np.bool_).reshape(len(offers), n)
        self._may = fits.T & np.array(sold, dtype=np.bool_)
        self._for_new_heads = np.array([offer.new_heads for offer in offers], dtype=np.bool_)
        self._domain = np.array([offer.domain for offer in offers], dtype=np.intp)
        self._weeks = np.array([float(offer.weeks) for offer in offers])
        without_limit = np.full((facts.n_areas, len(offers)), n, dtype=np.int32)
        self._capacity = without_limit if capacity is None else capacity
        self.employed: Ints = np.zeros_like(self._capacity)
        self._year_0 = facts.year_0
        self._of_all = self._may
        self.sells_to = self._sells_to()
        self.events: list[tuple[int, int, int, str, str, float]] = []
        self._bought = np.full(n, -1, dtype=np.intp)
        self._begins = np.zeros(n, dtype=np.intp)
        self._weeks_left = np.zeros(n)
        self._quality = np.zeros(n)

    def known(self, offers: Bools) -> None:
        """Take in which programmes there are by now; all of them until this is said.

        Parameters
        ----------
        offers : (n_offers,) bool
            Those that are or were on offer: what a scenario brings later no one can buy before.
        """
        self._may = self._of_all & offers
        self.sells_to = self._sells_to()

    def _sells_to(self) -> Bools:
        return np.asarray((self._may & ~self._for_new_heads).any(axis=1))

    def choose(self, term: int, price: Pence, purse: Pence, practice: Floats, new_head: Bools) -> Pence:
        """Let each school that can buy what answers the weakest practice it sees in itself.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        price : (n_offers,) int64
            Pence of a case.
        purse : (n_schools,) int64
            Pence that each school has for it.
        practice : (n_schools, 9) float64
            Practice, which schools see with an error of their own.
        new_head : (n_schools,) bool
            Whether the headteacher is in the first year in post.

        Returns
        -------
        (n_schools,) int64
            Pence paid.
        """
        paid: Pence = np.zeros(len(purse), dtype=np.int64)
        may = self._may & (price <= purse[:, None]) & (self._bought < 0)[:, None]
        may &= new_head[:, None] | ~self._for_new_heads
        left = self._left()
        may &= (left > 0)[self._area]
        if not may.any():
            return paid
        n, domains = practice.shape
        error = self._chance.normals("own view of practice", _SCHOOLS, term, n * domains).reshape(n, domains)
        seen = practice + self._p.brokerage.self_view_error_sd * error
        school = np.flatnonzero(may.any(axis=1))
        offer = np.where(may, seen[:, self._domain], np.inf)[school].argmin(axis=1)
        served = self._first_come(term, school, offer, left)
        school, offer = school[served], offer[served]
        paid[school] = price[offer]
        self._begin(term, school, offer, paid)
        return paid

    def join(self, into: int, others: Sequence[int], area: Ints) -> None:
        """Specialists of areas that join may be bought in all of them.

        Parameters
        ----------
        into : int
            Index of the area that takes in others.
        others : sequence of int
            Those.
        area : (n_schools,) int32
            Where each school is now.
        """
        self._capacity = self._capacity.copy()
        self._capacity[into] += self._capacity[list(others)].sum(axis=0)
        self._capacity[list(others)] = 0
        self._area = area.astype(np.intp)

    def _left(self) -> Ints:
        """Cases that could still be served, by area and offer."""
        busy = self._bought >= 0
        cell = self._area[busy] * self._capacity.shape[1] + self._bought[busy]
        used = np.bincount(cell, minlength=self._capacity.size).reshape(self._capacity.shape)
        return np.asarray(np.maximum(self._capacity - self.employed, 0) - used)

    def _first_come(self, term: int, school: Index, offer: Index, left: Ints) -> Bools:
        """Of the schools that ask for the same support, who is served: the first to ask."""
        luck = self._chance.uniforms("first to ask", _SCHOOLS, term, len(self._area))[school]
        cell = self._area[school] * left.shape[1] + offer
        sequence = np.lexsort((luck, cell))
        first = np.searchsorted(cell[sequence], cell[sequence])
        rank = np.empty(len(school), dtype=np.intp)
        rank[sequence] = np.arange(len(school)) - first
        return np.asarray(rank < left.reshape(-1)[cell])

    def _begin(self, term: int, school: Index, offer: Index, paid: Pence) -> None:
        p = self._p
        team = self._chance.normals("provider bought alone", _SCHOOLS, term, len(self._area))[school]
        usual = (1.0 - p.brokerage.match_quality_gain) * (1.0 - p.support.bought_alone_loss)
        self._quality[school] = usual * (1.0 + p.brokerage.provider_quality_sd * team)
        self._bought[school] = offer
        self._begins[school] = term + round(p.support.bought_alone_delay)
        self._weeks_left[school] = self._weeks[offer]
        for s, o in zip(school.tolist(), offer.tolist(), strict=True):
            text = f"buys {self._offers[o].name} alone, from {term_name(int(self._begins[s]), self._year_0)}"
            self.events.append((term, int(self._area[s]), s, "school buys", text, int(paid[s]) / _PENCE))

    def deliver(self, term: int) -> Cases:
        """Deliver a term of what was bought.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.

        Returns
        -------
        Cases
            Cases whose time has come.
        """
        school = np.flatnonzero((self._bought >= 0) & (self._begins <= term))
        weeks = np.minimum(self._weeks_left[school], float(WEEKS_A_TERM))
        offer = self._bought[school]
        self._weeks_left[school] -= weeks
        ended = self._weeks_left[school] <= 0.0
        self._bought[school[ended]] = -1
        return Cases(school, offer, weeks, self._quality[school], ended)
