"""Who holds a place's awards: what funders have seen of its providers, bids, what is told."""

from __future__ import annotations

import numpy as np

from model.agents.funder import Funder, Verdict
from model.arrangements import Arrangement, Award, Offer, PostLine
from model.awards import StandingAward
from model.funding_parameters import FundingParameters
from model.ledger import Purpose
from model.money_accounts import LocalMoney, PlaceAccounts
from model.providers_seen import Providers
from model.purses import Purses
from model.staff_costs import PENCE, post_cost
from model.terms import TERMS_A_YEAR, first_week

SUPPORTING_SCHOOL = "supporting school"
PER_PUPILS = 10_000

Event = tuple[int, int, int, str, str, float]
"""Term, area, school (-1: none), kind, words, GBP (NaN: none)."""


def posts_wanted(line: PostLine, pupils: float) -> int:
    """Whole posts wanted of a kind.

    Parameters
    ----------
    line : PostLine
        Posts per 10,000 pupils.
    pupils : float
        Of the area.

    Returns
    -------
    int
        Rounded, halves up.
    """
    return int(line.per_10_000_pupils * pupils / PER_PUPILS + 0.5)


class Holders:
    """Those who hold awards, as decisions on awards ask them.

    Parameters
    ----------
    money : list of LocalMoney
        By area.
    funders : dict of int to Funder
        By account.
    providers : Providers
        What is seen of those who deliver support.
    offers : tuple of Offer
        Every programme that is ever on offer.
    purses : Purses
        Who pays.
    accounts : PlaceAccounts
        Who is paid.
    p : FundingParameters
        What bids cost.
    bid_cost : bool
        Whether they cost anything (switch ``bid_cost``).
    unit_names : tuple of str
        Names of LAs within areas, for those who are told.

    Attributes
    ----------
    stands : Arrangement
        In force now.
    pupils : list of float
        Of each area, at the last census.
    log : list of Event
        What was told, in order.
    """

    def __init__(
        self,
        money: list[LocalMoney],
        funders: dict[int, Funder],
        providers: Providers,
        offers: tuple[Offer, ...],
        purses: Purses,
        accounts: PlaceAccounts,
        p: FundingParameters,
        bid_cost: bool,
        unit_names: tuple[str, ...],
    ) -> None:
        self._money, self._funders, self._providers = money, funders, providers
        self._offers, self._purses, self._accounts, self._p = offers, purses, accounts, p
        self._bid_cost, self._unit_names = bid_cost, unit_names
        self._paid_offers: dict[Award, list[int]] = {}
        self.stands, self.pupils = Arrangement(), list[float]()
        self.log: list[Event] = []

    def stand(self, arrangement: Arrangement) -> None:
        """A new arrangement is in force.

        Parameters
        ----------
        arrangement : Arrangement
            Which.
        """
        self.stands = arrangement
        self._paid_offers.clear()

    def _offers_of(self, award: Award) -> list[int]:
        """Programmes that an award pays for, by who delivers them."""
        if award not in self._paid_offers:
            kinds = set(award.ring_fence) or {*(line.kind for line in self.stands.posts), SUPPORTING_SCHOOL}
            on_offer = {offer.name for offer in self.stands.offers}
            self._paid_offers[award] = [
                index
                for index, offer in enumerate(self._offers)
                if offer.delivered_by in kinds and offer.name in on_offer
            ]
        return self._paid_offers[award]

    def seen(self, state: StandingAward) -> tuple[float, float]:
        """Mean quality seen of what an award pays for.

        Parameters
        ----------
        state : StandingAward
            The award.

        Returns
        -------
        mean, cases : float
            1 is usual; over its programmes by cases seen.
        """
        whole = weighted = 0.0
        for offer in self._offers_of(state.award):
            mean, cases = self._providers.seen_quality(state.area, offer)
            whole += cases
            weighted += mean * cases
        return (weighted / whole, whole) if whole else (1.0, 0.0)

    def replace_providers(self, state: StandingAward, term: int) -> bool:
        """Have other providers for those programmes that are seen to be bad.

        Parameters
        ----------
        state : StandingAward
            The award that pays for them.
        term : int
            Terms since the autumn after year 0.

        Returns
        -------
        bool
            Whether any was replaced.
        """
        funder, replaced = self._funders[state.payer], False
        for offer in self._offers_of(state.award):
            seen = self._providers.seen_quality(state.area, offer)
            if funder.judges(*seen) is Verdict.GO_ON:
                continue
            if self._providers.replace_provider(state.area, offer, term) is not False:
                replaced = True
                self.tell(
                    state, term, "provider replaced", f"{self._offers[offer].name} has another provider"
                )
        return replaced

    def bids(self, state: StandingAward, term: int, chance: float) -> bool:
        """Make a bid, if it is worth its cost: brokers give time, the rest of the work is paid for.

        Parameters
        ----------
        state : StandingAward
            The award bid for.
        term : int
            Terms since the autumn after year 0.
        chance : float
            That it is won.

        Returns
        -------
        bool
            Whether a bid is made.
        """
        money = self._money[state.area]
        if money.agent is None:
            return False
        cost = round(self._p.bid_cost * state.year_pence) if self._bid_cost else 0
        terms = state.award.length_terms or TERMS_A_YEAR
        if not money.agent.bids(chance, state.year_pence * terms // TERMS_A_YEAR, cost):
            return False
        bought = round(cost * (1.0 - self._p.bid_time_share))
        paid = self._purses.pay_from_free(
            money, bought, self._accounts.staff, Purpose.BID, first_week(term)
        )  # fmt: skip
        brokers = sum(
            posts_wanted(line, self.pupils[money.area])
            * post_cost(line, money.agent.terms, self._p, term).total
            for line in self.stands.posts
            if line.brokers
        )
        if brokers:
            money.time_lost = min(1.0, money.time_lost + (cost - paid) / brokers)
        return True

    def pay_back(self, state: StandingAward, terms: range, term: int) -> None:
        """Pay what was withheld while nobody had decided on a renewal.

        Parameters
        ----------
        state : StandingAward
            The award, renewed.
        terms : range
            Terms without money.
        term : int
            Term of the payment.
        """
        for missed in terms:
            self._purses.receive(self._money[state.area], state, missed, first_week(term))

    def tell(self, state: StandingAward, term: int, kind: str, text: str, pence: int | None = None) -> None:
        """Put on record what befell an award.

        Parameters
        ----------
        state : StandingAward
            The award.
        term : int
            Terms since the autumn after year 0.
        kind, text : str
            As ``award cut``; what happened, in words.
        pence : int, optional
            Money concerned.
        """
        of = f" ({self._unit_names[state.unit]})" if len(self._money[state.area].units) > 1 else ""
        self.event(term, state.area, kind, text + of, pence)

    def event(self, term: int, area: int, kind: str, text: str, pence: int | None) -> None:
        """Put an event on record.

        Parameters
        ----------
        term, area : int
            When and where.
        kind, text : str
            As ``notice given``; what happened, in words.
        pence : int or None
            Money concerned.
        """
        self.log.append((term, area, -1, kind, text, np.nan if pence is None else pence / PENCE))
