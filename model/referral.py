"""Referral: which needs become cases in a term: what brokers see, what schools ask, and who comes first."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.arrangements import Offer
from model.brokerage_parameters import BrokerageParameters
from model.dispositions import Dispositions
from model.institution_facts import Facts
from model.place import Bools, Floats
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
        self._asking = p.self_referral_chance * nature.openness
        self._again = np.full((facts.n_schools, 9), -(10**6))
        self._active = np.zeros(facts.n_schools, dtype=np.int64)
        self._left_over = np.zeros(facts.n_la)
        self.on_offer: list[int] = []
        self._domains: list[int] = []

    def stand(self, on_offer: list[int]) -> None:
        """Take in what is on offer from now on.

        Parameters
        ----------
        on_offer : list of int
            Indices of programmes.
        """
        self.on_offer = on_offer
        self._domains = sorted({self._offers[o].domain for o in on_offer})

    def opened(self, school: int, domain: int) -> None:
        """Take in that a case is opened.

        Parameters
        ----------
        school, domain : int
            Row of the school; practice domain.
        """
        self._active[school] += 1
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
        self._active[school] -= 1
        self._again[school, domain] = term + round(self._p.return_terms)

    def _reach(self, term: int) -> tuple[Bools, Bools]:
        """Schools and domains with something on offer, and those with something for a new head."""
        reach = np.zeros((self._facts.n_schools, len(self._domains)), dtype=bool)
        heads = np.zeros_like(reach)
        column = {domain: at for at, domain in enumerate(self._domains)}
        for o in self.on_offer:
            offer, at = self._offers[o], column[self._offers[o].domain]
            if not offer.new_heads:
                reach[:, at] |= self.eligible[o]
            elif term_of_year(term) == AUTUMN:
                heads[:, at] |= self.eligible[o] & self._facts.new_head
        return reach | heads, heads

    def term(
        self,
        term: int,
        seen: Floats,
        own: Floats,
        risk: Floats,
        brokers: Floats,
        coverage: Floats,
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
        brokers, coverage : (n_la,) float64
            Whole-time brokers at work; how far they get round their schools, 0 to 1.
        luck : (n_schools, 9, WORDS) float64
            Uniforms of the term.

        Returns
        -------
        list of Need
            Highest priority first.
        """
        if not self._domains:
            return []
        facts, p, d = self._facts, self._p, self._domains
        reach, heads = self._reach(term)
        free = reach & (self._again[:, d] <= term) & (self._active < AT_ONCE)[:, None]
        seen_need, own_need = _needs(seen[:, d], heads, p), _needs(own[:, d], heads, p)
        brokered = facts.member & (coverage[facts.la] > 0.0) & self._brokerage
        if self._brokerage:
            notice = np.where(heads, 1.0, p.notice_chance) * (coverage[facts.la] * facts.member)[:, None]
            raised = free & (seen_need > p.need_threshold) & (luck[:, d, 0] < notice)
            asking = np.broadcast_to(self._asking[:, None], reach.shape)
        else:
            raised = np.zeros_like(free)
            asking = np.where(heads, 1.0, p.notice_chance)
        asks = free & ~raised & (own_need > p.need_threshold) & (luck[:, d, 1] < asking)
        need = np.where(raised, seen_need, own_need)
        weight = self._weight(risk) * np.where(brokered, 1.0, p.non_member_priority)
        return self._taken_up(raised | asks, need, need * weight[:, None], brokered, brokers)

    def _weight(self, risk: Floats) -> Floats:
        """What intake and flags make of a need: the disadvantaged share against the place's, and risk."""
        share = self._facts.disadvantaged_share
        relative = np.maximum(share, 0.01) / max(float(share.mean()), 0.01)
        return np.asarray(relative**self._p.disadvantage_weight * (1.0 + self._p.risk_weight * risk))

    def _taken_up(
        self, raised: Bools, need: Floats, priority: Floats, brokered: Bools, brokers: Floats
    ) -> list[Need]:
        """Go through needs from the highest priority while brokers have time and schools room."""
        facts = self._facts
        rows, columns = np.nonzero(raised)
        levels, needs = priority[rows, columns], need[rows, columns]
        order = np.lexsort((columns, facts.urn[rows], -needs, -levels))
        room = np.minimum(self._left_over, 1.0) + self._p.cases_per_broker_term * brokers
        rooms, las = room.tolist(), facts.la.tolist()
        active, through = self._active.tolist(), brokered.tolist()
        taken = []
        for at in order.tolist():
            school = int(rows[at])
            if active[school] >= AT_ONCE:
                continue
            if through[school]:
                if rooms[las[school]] < 1.0:
                    continue
                rooms[las[school]] -= 1.0
            active[school] += 1
            domain = self._domains[int(columns[at])]
            taken.append(Need(school, domain, float(needs[at]), float(levels[at]), through[school]))
        self._left_over = np.array(rooms)
        return taken


def _needs(practice: Floats, heads: Bools, p: BrokerageParameters) -> Floats:
    """How far below the usual practice lies; a new head's need is above the threshold whatever is seen."""
    return np.where(heads, np.maximum(-practice, p.need_threshold + 0.01), -practice)
