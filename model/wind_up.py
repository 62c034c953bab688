"""Beginnings and ends of partnerships: founded, insolvent, wound up, taken back by the LA, one in many LAs.

A company that cannot pay what it owes, or is left with too little to go on, is wound up: posts end, purses go
back to payers and awards lapse. Or the LA takes posts and its own commission back. Inside a council the LA
pays what is missing instead. What is in force at year 0 has stood until then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from model import arrangements
from model.agents.partnership import Partnership
from model.areas import Areas
from model.arrangements import Arrangement, Stream
from model.award_holders import Holders
from model.bodies import AfterInsolvency, Board
from model.body_parameters import BodyParameters
from model.establishment import Establishment
from model.ledger import Ledger, Purpose
from model.money_accounts import FROM_RESERVES, STREAM_INDEX, LocalMoney, PlaceAccounts
from model.money_outlook import Outlook
from model.purses import Purses
from model.shared_reserves import pool_reserves
from model.terms import TERMS_A_YEAR, WEEKS_A_TERM, first_week

HOSTED = "hosted"
"""Legal form of a partnership inside the council: the LA is the employer, and liable."""

PUBLIC = (
    Stream.LA_GENERAL_FUND, Stream.SCHOOLS_BLOCK, Stream.CENTRAL_BLOCK, Stream.HIGH_NEEDS_BLOCK,
    Stream.PUPIL_PREMIUM, Stream.HEALTH, Stream.DFE_FUND,
)  # fmt: skip
"""Money that follows the work into the council."""


def taken_in_house(terms: arrangements.Partnership) -> arrangements.Partnership:
    """Terms of a partnership that the LA has taken over.

    Parameters
    ----------
    terms : arrangements.Partnership
        As they were.

    Returns
    -------
    arrangements.Partnership
        Inside the council: VAT recovered, the LA decides, no trade, no associates.
    """
    body = terms.body
    if body is not None:
        board = Board(schools=0.0, la=1.0, independent=0.0)
        body = replace(body, board=board, trade=None, after_insolvency=None, associates=0.0)
    return replace(terms, legal_form=HOSTED, vat_irrecoverable=0.0, body=body)


class Ends:
    """Founds partnerships and ends them.

    Parameters
    ----------
    money : list of LocalMoney
        By area.
    staff : list of Establishment
        By area.
    ledger, accounts, purses, outlook, holders : Ledger, PlaceAccounts, Purses, Outlook, Holders
        Payments, plans and who is told.
    p : BodyParameters
        When a body is wound up; how a board moves its plan.
    make : callable
        Makes a partnership of an area and its terms.
    index : callable
        Pay and prices of a term against those of year 0.
    areas : Areas
        The ground of each partnership: inside the council means inside that of the LA that answers for it.

    Attributes
    ----------
    ended_in : int or None
        Term in which a partnership was last wound up or taken over.
    """

    def __init__(
        self,
        money: list[LocalMoney],
        staff: list[Establishment],
        ledger: Ledger,
        accounts: PlaceAccounts,
        purses: Purses,
        outlook: Outlook,
        holders: Holders,
        p: BodyParameters,
        make: Callable[[int, arrangements.Partnership], Partnership],
        index: Callable[[int], float],
        areas: Areas,
    ) -> None:
        self._money, self._staff, self._ledger, self._accounts = money, staff, ledger, accounts
        self._purses, self._outlook, self._holders, self._p = purses, outlook, holders, p
        self._make, self._index, self._areas = make, index, areas
        self._ever: set[int] = set()
        self._failed: dict[int, arrangements.Partnership] = {}
        self._alive: dict[int, float] = {}
        self.ended_in: int | None = None

    # -- founded, changed, ended by a scenario

    def found(self, money: LocalMoney, arrangement: Arrangement, term: int) -> None:
        """A partnership is founded, changes its terms, or ends.

        Parameters
        ----------
        money : LocalMoney
            Of one area.
        arrangement : Arrangement
            What stands from now on.
        term : int
            First term with it.
        """
        terms = arrangement.partnership_of(self._areas.names[money.area])
        self._outlook.new_costs()
        if terms is None:
            if money.agent is not None:
                self._end(money, term, first_week(term))
                self._holders.event(term, money.area, "partnership ends", "the partnership ends", None)
            return
        failed = self._failed.get(money.area)
        if failed is not None and (failed.legal_form, failed.model) != (terms.legal_form, terms.model):
            del self._failed[money.area]  # another body is founded in its stead
            failed = None
        if money.agent is None:
            if failed is not None:
                return
            money.agent = self._make(money.area, terms)
        else:
            money.agent.in_house = failed is not None
            money.agent.terms = terms if failed is None else taken_in_house(terms)
        money.agent.plans_reserves(self._p)
        self._ever.add(money.area)

    def _end(self, money: LocalMoney, term: int, week: int) -> None:
        """Posts end, and purses go back."""
        assert money.agent is not None
        self._staff[money.area].close_all(term, week)
        self._purses.hand_back(money, week)
        money.agent.remove()
        money.agent, money.owed, money.unpaid_dues = None, [], 0

    def join(self, into: int, others: Sequence[int]) -> None:
        """Partnerships join: they are one that stands or falls.

        Parameters
        ----------
        into : int
            Index of the area that takes in others.
        others : sequence of int
            Those.
        """
        if self._ever & set(others):
            self._ever = (self._ever - set(others)) | {into}
        if any(self._money[area].agent is not None for area in (into, *others)):
            self._failed.pop(into, None)
        for other in others:
            self._failed.pop(other, None)

    # -- a term

    def term(self, term: int) -> None:
        """At the end of a term: reserves held in common are evened out, and who cannot pay comes to an end.

        Parameters
        ----------
        term : int
            The term that ends.
        """
        bodies: list[list[LocalMoney]] = []
        common: list[LocalMoney] = []
        for money in self._money:
            if money.agent is None or money.agent.terms.body is None:
                continue
            money.agent.idle = 0 if money.spent[-1] else money.agent.idle + 1
            if money.agent.terms.body.one_for_all_las:
                common.append(money)
            else:
                bodies.append([money])
        if common:
            pool_reserves(common, self._ledger, self._accounts, term)
            bodies.append(common)
        for body_of in bodies:
            self._meet(body_of, term)
        whole = len(self._ever)
        own = sum(m.agent is not None and not m.agent.in_house for m in self._money)
        self._alive[term] = own / whole if whole else 0.0

    def _meet(self, body_of: list[LocalMoney], term: int) -> None:
        """Pay debts that are too much from reserves; where those do not suffice or little is left, end."""
        agent = body_of[0].agent
        assert agent is not None and agent.terms.body is not None
        after = agent.terms.body.after_insolvency
        if term < 0 or (after is None and agent.terms.legal_form != HOSTED):
            return
        week = first_week(term) + WEEKS_A_TERM - 1
        spent = sum(sum(money.spent[-TERMS_A_YEAR:]) for money in body_of)
        for money in body_of:
            self._repay_dues(money, week)
        fails = agent.fails(_owed(body_of), spent, self._p)
        if fails:
            for money in body_of:
                self._purses.pay_owed_from_reserves(money, week)
            fails = agent.fails(_owed(body_of), spent, self._p)
        promised = TERMS_A_YEAR * sum(_promised(money, term) for money in body_of)
        index = self._index(term)
        given_up = agent.gives_up(spent / index, promised / index, self._p)
        if not (fails or given_up or all(_dormant(money, term) for money in body_of)):
            return
        for money in body_of:
            if agent.terms.legal_form == HOSTED:
                self._council_pays(money, week, term)
            else:
                self._fail(money, after, term, week, "insolvent" if fails else "left with too little")

    def _repay_dues(self, money: LocalMoney, week: int) -> None:
        """Pay back, as reserves allow, what the Redundancy Payments Service had to pay to its staff."""
        reserves, service = self._accounts.reserves[money.area], self._accounts.redundancy_service
        part = min(money.unpaid_dues, self._ledger.balances[reserves])
        self._ledger.pay(week, reserves, service, part, FROM_RESERVES, Purpose.REDUNDANCY)
        money.unpaid_dues -= part

    def _council_pays(self, money: LocalMoney, week: int, term: int) -> None:
        """The LA is liable for a partnership inside the council: it pays what is owed."""
        debts = self._purses.owed_with_vat(money) + money.unpaid_dues
        payer = self._accounts.payer(Stream.LA_GENERAL_FUND, self._areas.lead[money.area])
        stream = STREAM_INDEX[Stream.LA_GENERAL_FUND]
        reserves = self._accounts.reserves[money.area]
        self._ledger.pay(week, payer, reserves, debts, stream, Purpose.AWARD)
        self._purses.pay_owed_from_reserves(money, week)
        self._repay_dues(money, week)
        if debts:
            text = "the council pays what the partnership owes"
            self._holders.event(term, money.area, "deficit met", text, debts)

    def _fail(self, money: LocalMoney, after: AfterInsolvency | None, term: int, week: int, why: str) -> None:
        assert money.agent is not None
        debts = _owed([money])
        self._failed[money.area] = money.agent.terms
        self.ended_in = term
        if after is AfterInsolvency.IN_HOUSE:
            self._take_over(money, term)
            text = f"the partnership is {why}; the LA takes over its posts and its commission"
            self._holders.event(term, money.area, "returned in-house", text, debts)
            return
        for state in money.awards:
            state.accrued = 0
        self._end(money, term + 1, week)
        for state in money.awards:
            state.lapse(term + 1, may_bid=False)
        text = f"the partnership is {why} and wound up"
        self._holders.event(term, money.area, "wound up", text, debts)

    def _take_over(self, money: LocalMoney, term: int) -> None:
        """The LA has posts and public money; what schools and others chose to buy or give ends."""
        assert money.agent is not None
        money.agent.terms, money.agent.in_house = taken_in_house(money.agent.terms), True
        money.agent.plans_reserves(self._p)
        money.owed, money.unpaid_dues = [], 0
        self._outlook.new_costs()
        for state in money.awards:
            if state.award.stream not in PUBLIC:
                state.lapse(term + 1, may_bid=False)

    # -- what is known of it

    def effective(self, arrangement: Arrangement) -> Arrangement:
        """What stands of an arrangement, now that partnerships may have come to an end.

        Parameters
        ----------
        arrangement : Arrangement
            As a scenario has it.

        Returns
        -------
        Arrangement
            The same while any partnership stands; else without one: no one is asked to support others.
        """
        if arrangement.partnership is None or any(money.agent is not None for money in self._money):
            return arrangement
        return replace(arrangement, partnership=None)

    def alive(self, term: int) -> float:
        """Share of partnerships ever founded that stood on their own at the end of a term.

        Parameters
        ----------
        term : int
            A term that was run.

        Returns
        -------
        float
            0 to 1; those wound up, taken over by the LA or ended by a scenario are gone.
        """
        return self._alive.get(term, 0.0)


def _owed(body_of: list[LocalMoney]) -> int:
    """Pence of bills that could not be paid, and of dues to staff that others paid."""
    return sum(sum(bill[0] for bill in money.owed) + money.unpaid_dues for money in body_of)


def _promised(money: LocalMoney, term: int) -> int:
    """Pence that its awards pay in a term."""
    return sum(state.promised(term) for state in money.awards if state.runs(term))


def _dormant(money: LocalMoney, term: int) -> bool:
    """Whether a partnership has had neither income nor spending for a year."""
    idle = money.agent is not None and money.agent.idle >= TERMS_A_YEAR
    return idle and not any(state.runs(term) and state.promised(term) for state in money.awards)
