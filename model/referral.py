"""Referral: which needs become cases in a term: what brokers see, what schools ask, and who comes first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from model.arrangements import Offer
from model.brokerage_parameters import BrokerageParameters
from model.dispositions import Dispositions
from model.institution_facts import Facts
from model.place import Bools, Floats, Index
from model.practice import DOMAINS
from model.terms import AUTUMN, term_of_year

AT_ONCE = 2
"""Cases that a school holds at most."""

WORDS = 6
"""Words of chance for each school and domain in a term."""


class Need(NamedTuple):
    """A need that becomes a case."""

    school: int
    domain: int
    seen: float  # between-school SD below the usual
    priority: float
    brokered: bool


class Referral:
    """Needs of schools and those of them that are taken up.

    Parameters
    ----------
    facts : Facts
        Schools.
    offers : tuple of Offer
        Programmes, by index.
    nature : Dispositions
        Of the schools.
    p : BrokerageParameters
        One draw.
    brokerage : bool
        Whether brokers raise needs; else schools do, each for itself.

    Attributes
    ----------
    eligible : (n_offers, n_schools) bool
        Whose year groups a programme reaches.
    active : (n_schools,) int64
        Cases under way at each school.
    room : (n_schools,) float64
        Part of usual support that a school has room for, 0 to 1.
    """

    def __init__(
        self,
        facts: Facts,
        offers: tuple[Offer, ...],
        nature: Dispositions,
        p: BrokerageParameters,
        *,
        brokerage: bool,
    ) -> None:
        self._facts, self._offers, self._p, self._brokerage = facts, offers, p, brokerage
        first, last = facts.first_year_group, facts.last_year_group
        groups = np.arange(12)
        taught = (groups >= first[:, None]) & (groups <= last[:, None])
        self.eligible = np.array([taught[:, list(o.year_groups)].any(axis=1) for o in offers], dtype=bool)
        self._nature = nature
        self.room: Floats = np.ones(facts.n_schools)
        self._again = np.full((facts.n_schools, len(DOMAINS)), -(10**6))
        self.active = np.zeros(facts.n_schools, dtype=np.int64)
        self._left_over = np.zeros(facts.n_areas)
        self._reach = np.zeros((facts.n_schools, len(DOMAINS)), dtype=bool)
        self.on_offer: list[int] = []

    def stand(self, on_offer: list[int]) -> None:
        """Take in what is on offer from now on.

        Parameters
        ----------
        on_offer : list of int
            Indices of programmes.
        """
        self.on_offer = on_offer
        self._reach = np.zeros_like(self._reach)
        for o in on_offer:
            if not self._offers[o].new_heads:
                self._reach[:, self._offers[o].domain] |= self.eligible[o]

    def opened(self, school: int, domain: int) -> None:
        """Take in that a case is opened.

        Parameters
        ----------
        school, domain : int
            Row of the school; practice domain.
        """
        self.active[school] += 1
        self._again[school, domain] = 10**6

    def closed(self, school: int, domain: int, term: int) -> None:
        """Take in that a case has ended.

        Parameters
        ----------
        school, domain : int
            Row of the school; practice domain.
        term : int
            Present term: the same need may come up again some terms later.
        """
        self.active[school] -= 1
        self._again[school, domain] = term + round(self._p.return_terms)

    def _heads(self, term: int) -> Bools | None:
        """Schools and domains with something for a new head this term; None if it is not the term."""
        offers = [o for o in self.on_offer if self._offers[o].new_heads]
        if not offers or term_of_year(term) != AUTUMN:
            return None
        heads = np.zeros_like(self._reach)
        for o in offers:
            heads[:, self._offers[o].domain] |= self.eligible[o] & self._facts.new_head
        return heads

    def term(
        self,
        term: int,
        seen: Floats,
        own: Floats,
        risk: Floats,
        brokers: Floats,
        coverage: Floats,
        spare: Bools,
        luck: Floats,
    ) -> list[Need]:
        """Find the needs that become cases.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        seen, own : (n_schools, 9) float64
            Practice as the broker and as the school sees it, between-school SD.
        risk : (n_schools,) float64
            Flags, 0 to 1.
        brokers, coverage : (n_areas,) float64
            Whole-time brokers at work; how far they get round their schools, 0 to 1.
        spare : (n_areas, 9) bool
            Where places stand free: brokers then go to schools with less need as well.
        luck : (n_schools, 9, WORDS) float64
            Uniforms of the term.

        Returns
        -------
        list of Need
            Highest priority first.
        """
        facts, p = self._facts, self._p
        heads = self._heads(term)
        reach = self._reach if heads is None else self._reach | heads
        if heads is not None:  # a new head's need is above the threshold whatever is seen
            least = -(p.need_threshold + 0.01)
            seen, own = (np.where(heads, np.minimum(view, least), view) for view in (seen, own))
        free = reach & (self._again <= term) & (self.active < AT_ONCE)[:, None]
        known = facts.member * coverage[facts.area] * self._brokerage
        places = spare[facts.area]
        raises, asks = self._chances(known, places, heads)
        enough = np.where(places, min(p.spare_threshold, p.need_threshold), p.need_threshold)
        raised = (seen < -enough) & (luck[:, :, 0] < raises)
        asked = (own < -p.need_threshold) & (luck[:, :, 1] < asks)
        found = np.flatnonzero(free & (raised | asked))
        needs = -np.where(raised.ravel()[found], seen.ravel()[found], own.ravel()[found])
        rows = found // len(DOMAINS)
        brokered = known > 0.0
        weight = self._weight(risk) * np.where(brokered, 1.0, p.non_member_priority)
        return self._taken_up(
            rows, found - len(DOMAINS) * rows, needs, needs * weight[rows], brokered, brokers
        )

    def _chances(self, known: Floats, places: Bools, heads: Bools | None) -> tuple[Floats, Floats]:
        """Chance a term that a need is raised by a broker, and that the school itself asks."""
        p = self._p
        raises = known[:, None] * np.where(places, max(p.spare_chance, p.notice_chance), p.notice_chance)
        asks = (self._p.self_referral_chance * self._nature.openness)[:, None]
        if not self._brokerage:  # schools bring up their needs as often as brokers would
            asks = np.full_like(asks, p.notice_chance)
        raises, asks = raises * self.room[:, None], asks * self.room[:, None]
        if heads is None:
            return raises, asks
        at_once = heads if not self._brokerage else np.zeros_like(heads)
        return np.where(heads, known[:, None], raises), np.where(at_once, 1.0, asks)

    def _weight(self, risk: Floats) -> Floats:
        """What intake and flags make of a need: the disadvantaged share against the place's, and risk."""
        share = self._facts.disadvantaged_share
        relative = np.maximum(share, 0.01) / max(float(share.mean()), 0.01)
        return np.asarray(relative**self._p.disadvantage_weight * (1.0 + self._p.risk_weight * risk))

    def join(self, into: int, others: Sequence[int]) -> None:
        """Brokers of partnerships that join have the time left over of all of them.

        Parameters
        ----------
        into : int
            Index of the area that takes in others.
        others : sequence of int
            Those.
        """
        self._left_over[into] += self._left_over[list(others)].sum()
        self._left_over[list(others)] = 0.0

    def _taken_up(
        self, rows: Index, columns: Index, needs: Floats, levels: Floats, brokered: Bools, brokers: Floats
    ) -> list[Need]:
        """Go through needs from the highest priority while brokers have time and schools room."""
        order = np.argsort(-levels, kind="stable")  # equal ones in the order of the register, which lasts
        room = np.minimum(self._left_over, 1.0) + self._p.cases_per_broker_term * brokers
        rooms, areas = room.tolist(), self._facts.areas.as_list
        active, through = self.active.tolist(), brokered.tolist()
        taken = []
        ordered = (each[order].tolist() for each in (rows, columns, needs, levels))
        for school, domain, need, level in zip(*ordered, strict=True):
            if active[school] >= AT_ONCE:
                continue
            if through[school]:
                if rooms[areas[school]] < 1.0:
                    continue
                rooms[areas[school]] -= 1.0
            active[school] += 1
            taken.append(Need(school, domain, need, level, through[school]))
        self._left_over = np.array(rooms)
        return taken
