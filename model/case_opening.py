"""Opening a case: which programme for a need, and when board, school or search come to an answer."""

from __future__ import annotations

from collections import defaultdict
from math import ceil, log

import numpy as np

from model.arrangements import Offer
from model.brokerage_parameters import BrokerageParameters
from model.case_life import Case, Pool
from model.dispatcher import Dispatcher
from model.institution_facts import Facts
from model.place import Bools
from model.practice import DOMAINS
from model.referral import Need, Referral
from model.supporting import SUPPORTING_SCHOOL, SupportingSchools
from model.terms import AUTUMN, WEEKS_A_TERM, first_week, term_of_year


class Opening:
    """Cases from needs; what chance decides about a case goes with it from here on.

    Parameters
    ----------
    facts : Facts
        Schools.
    offers : tuple of Offer
        Programmes, by index.
    p : BrokerageParameters
        One draw.
    referral : Referral
        Which programmes reach which school.
    dispatcher : Dispatcher
        How long queues are.
    supporting : SupportingSchools
        Who supports whom.
    first_term : int
        Term in which the clock starts.
    """

    def __init__(
        self,
        facts: Facts,
        offers: tuple[Offer, ...],
        p: BrokerageParameters,
        referral: Referral,
        dispatcher: Dispatcher,
        supporting: SupportingSchools,
        first_term: int,
    ) -> None:
        self._facts, self._offers, self._p = facts, offers, p
        self._dispatcher, self._supporting, self._first_term = dispatcher, supporting, first_term
        self._urn: list[int] = facts.urn.tolist()
        self._eligible: list[list[bool]] = referral.eligible.tolist()
        self._by_domain: defaultdict[int, list[int]] = defaultdict(list)

    def stand(self, on_offer: list[int]) -> None:
        """Take in what is on offer from now on.

        Parameters
        ----------
        on_offer : list of int
            Indices of programmes.
        """
        self._by_domain.clear()
        for o in on_offer:
            self._by_domain[self._offers[o].domain].append(o)

    def case(self, need: Need, term: int, knows: float, luck: list[float]) -> Case | None:
        """Open a case.

        Parameters
        ----------
        need : Need
            Taken up this term.
        term : int
            Present term.
        knows : float
            How well those who match know the place, 0 to 1.
        luck : (WORDS,) list of float
            Uniforms of the school, domain and term.

        Returns
        -------
        Case or None
            With the weeks of its first stages planned; None where all who could help is the school itself.
        """
        p, school, la = self._p, need.school, self._facts.areas.as_list[need.school]
        order = (term - self._first_term) * self._facts.n_schools + school
        programme = self._programme(need, term)
        if programme is None:
            return None
        offer, pool = programme
        case = Case(
            order * len(DOMAINS) + need.domain,
            school,
            need.domain,
            term,
            offer,
            la,
            self._urn[school],
            need.seen,
            need.priority,
            need.brokered,
            1.0 - p.match_quality_gain * (1.0 - knows),
            luck,
        )
        case.pool = pool
        if pool[1] == SUPPORTING_SCHOOL:
            case.avoid = school  # it does not support itself, should it be chosen while it waits
        case.identified = first_week(term) + WEEKS_A_TERM * luck[2]
        if need.brokered:
            case.triaged = ceil(case.identified / p.board_weeks) * p.board_weeks
            case.agreed = case.triaged + p.conversation_weeks * (0.5 + luck[3])
        else:
            case.agreed = case.identified - p.finding_weeks * log(luck[3])
        return case

    def spare(self) -> Bools:
        """Say where places stand free for which no one waits.

        Returns
        -------
        (n_areas, 9) bool
            By LA and practice domain.
        """
        found = np.zeros((self._facts.n_areas, len(DOMAINS)), dtype=bool)
        for domain, offers in self._by_domain.items():
            for o in offers:
                kind = self._offers[o].delivered_by
                for la in range(self._facts.n_areas):
                    pools = [(la, kind, stage) for stage in ((0, 1) if kind == SUPPORTING_SCHOOL else (0,))]
                    if any(self._dispatcher.spare(pool) > 0 for pool in pools):
                        found[la, domain] = True
        return found

    def _pool(self, offer: Offer, school: int) -> Pool:
        if offer.delivered_by == SUPPORTING_SCHOOL:
            return self._supporting.pool(school)
        return (self._facts.areas.as_list[school], offer.delivered_by, 0)

    def _programme(self, need: Need, term: int) -> tuple[int, Pool] | None:
        """The programme for a need: the one for new heads if the head is new, else the least taken up."""
        school, found = need.school, []
        new_head = term_of_year(term) == AUTUMN and bool(self._facts.new_head[school])
        for o in self._by_domain[need.domain]:
            offer = self._offers[o]
            if offer.delivered_by == SUPPORTING_SCHOOL and school in self._supporting.chosen:
                continue
            if self._eligible[o][school] and (new_head or not offer.new_heads):
                found.append((not offer.new_heads, o, self._pool(offer, school)))
        if len(found) > 1:
            found.sort(key=lambda each: (each[0], self._queue(each[2]), each[1]))
        return found[0][1:] if found else None

    def _queue(self, pool: Pool) -> float:
        """Cases served and waiting for each who could serve one more; very long where there is no one."""
        tokens = self._dispatcher.tokens(pool)
        return (1.0 + tokens - self._dispatcher.spare(pool)) / (0.01 + tokens)
