"""Money in and out of a partnership's purses: receipts, match, results, bills, what is kept or given back."""

from __future__ import annotations

from model.agents.partnership import Partnership
from model.arrangements import OPEN_ENDED, OnLapse
from model.awards import StandingAward
from model.funding_parameters import FundingParameters
from model.ledger import Ledger, Purpose
from model.money_accounts import FROM_RESERVES, LocalMoney, PlaceAccounts
from model.staff_costs import vat_on
from model.terms import SPRING, TERMS_A_YEAR, WEEKS_A_TERM, first_week, term_of_year

_STOPS = (Purpose.DATA,)
"""Services that stop for the term where they are not paid: nothing is owed for them."""


class Purses:
    """Pays awards in, bills out, and settles what is left.

    Parameters
    ----------
    ledger : Ledger
        Where payments are entered.
    accounts : PlaceAccounts
        Who pays and is paid.
    p : FundingParameters
        Lead time, targets and limits.
    reserves : bool
        Whether money may be put by or carried forward (switch ``reserves``).
    """

    def __init__(self, ledger: Ledger, accounts: PlaceAccounts, p: FundingParameters, reserves: bool) -> None:
        self._ledger, self._accounts, self._p = ledger, accounts, p
        self._carry = p.carry_limit if reserves else 0.0

    def in_advance(self, money: LocalMoney, term: int) -> None:
        """Awards paid at the beginning of a term, those to be matched last; and what has been set free.

        Parameters
        ----------
        money : LocalMoney
            Of one LA.
        term : int
            Terms since the autumn after year 0.
        """
        week = first_week(term)
        for state in money.awards:
            if state.award.in_advance and state.award.match_share == 0.0 and state.runs(term):
                self.receive(money, state, term, week)
        for state in money.awards:
            if state.award.in_advance and state.award.match_share > 0.0 and state.runs(term):
                self.receive(money, state, term, week)
        lead = round(self._p.lead_time)
        for state in (*money.awards, *money.gone):
            self._set_free(money, state, state.set_free(term, lead), week)

    def receive(self, money: LocalMoney, state: StandingAward, term: int, week: int) -> None:
        """Pay an award for one term; the part that waits for results is noted.

        Parameters
        ----------
        money : LocalMoney
            Of the LA.
        state : StandingAward
            The award.
        term, week : int
            Term that is paid for; week of the payment.
        """
        amount = state.promised(term)
        waits = round(amount * state.award.outcome_share)
        state.accrued += waits
        amount -= waits
        if money.agent is None:
            self._to_schools(money, state, amount, week)
            return
        if state.award.match_share > 0.0:
            match = round(amount * state.award.match_share)
            found = self._match(money, state, match, week)
            amount = round((amount - match) * found / match) if match else amount
        self._ledger.pay(week, state.payer, state.purse, amount, state.stream, Purpose.AWARD)

    def _to_schools(self, money: LocalMoney, state: StandingAward, pence: int, week: int) -> None:
        money.to_schools[state.unit] = money.to_schools.get(state.unit, 0) + pence
        schools = self._accounts.schools[state.unit]
        self._ledger.pay(week, state.payer, schools, pence, state.stream, Purpose.SCHOOL_SPENDING)

    def _match(self, money: LocalMoney, state: StandingAward, match: int, week: int) -> int:
        """Move the partnership's own part into the purse, from free income first, then from reserves."""
        found = 0
        for other in money.awards:
            free = other is not state and not other.award.ring_fence and other.award.match_share == 0.0
            if free and found < match:
                part = min(match - found, self._ledger.balances[other.purse])
                self._ledger.pay(week, other.purse, state.purse, part, other.stream, Purpose.MATCH)
                found += part
        part = min(match - found, self._ledger.balances[self._accounts.reserves[money.area]])
        reserves = self._accounts.reserves[money.area]
        self._ledger.pay(week, reserves, state.purse, part, FROM_RESERVES, Purpose.MATCH)
        return found + part

    def _set_free(self, money: LocalMoney, state: StandingAward, pence: int, week: int) -> None:
        """What the payer does with money that it no longer awards."""
        if pence == 0:
            return
        if state.award.on_lapse is OnLapse.SCHOOLS:
            self._to_schools(money, state, pence, week)
        elif state.award.on_lapse is OnLapse.PAYER:
            other = self._accounts.other[state.la]
            self._ledger.pay(week, state.payer, other, pence, state.stream, Purpose.OTHER_SERVICES)
        else:
            outside = self._accounts.outside
            self._ledger.pay(week, state.payer, outside, pence, state.stream, Purpose.LEFT_PLACE)

    def free(self, money: LocalMoney, account: int) -> int:
        """What an account holds beyond what posts of this term are to cost.

        Parameters
        ----------
        money : LocalMoney
            Of the LA.
        account : int
            Purse or reserves.

        Returns
        -------
        int
            Pence, nought or more.
        """
        return max(0, self._ledger.balances[account] - money.planned.get(account, 0))

    def charge(
        self, money: LocalMoney, pence: int, purpose: Purpose, kind: str, week: int, *, owed: bool = True
    ) -> bool:
        """Pay a bill; what cannot be paid now is owed, but for a service that stops.

        Parameters
        ----------
        money : LocalMoney
            Of the LA.
        pence : int
            The bill, without VAT.
        purpose : Purpose
            ``PROGRAMME`` (bought, with VAT), ``SUPPORTING_SCHOOL`` or ``DATA`` (which stops).
        kind : str
            Kind of post whose work it belongs to, which fenced money may then pay; empty for none.
        week : int
            Of the payment.
        owed : bool
            Whether what cannot be paid now is owed; False for work that is not done unless it is paid for.

        Returns
        -------
        bool
            False where free income does not suffice: if owed, it is paid, whole, when money has come.
        """
        agent = money.agent
        if agent is None:
            return False
        money.asked[-1] += pence
        if self._pay_bill(money, agent, (pence, purpose, kind), week):
            return True
        if owed and purpose not in _STOPS:
            money.owed.append((pence, purpose, kind))
        return False

    def pay_owed(self, money: LocalMoney, week: int) -> None:
        """Pay the bills that were owed, the oldest first, as far as money goes.

        Parameters
        ----------
        money : LocalMoney
            Of the LA.
        week : int
            Of the payments.
        """
        agent = money.agent
        if agent is not None and money.owed:
            money.owed = [bill for bill in money.owed if not self._pay_bill(money, agent, bill, week)]

    def _pay_bill(
        self, money: LocalMoney, agent: Partnership, bill: tuple[int, Purpose, str], week: int
    ) -> bool:
        pence, purpose, kind = bill
        vat, payee = self._vat(agent, bill), self._payee(money, purpose)
        sources, need = [], pence + vat
        for state in reversed(money.awards):
            if not state.award.ring_fence or kind in state.award.ring_fence:
                part = min(need, self.free(money, state.purse))
                sources.append((state, part))
                need -= part
                if need == 0:
                    break
        if need:
            return False
        without = pence
        for state, part in sources:
            price = min(part, without)
            self._ledger.pay(week, state.purse, payee, price, state.stream, purpose)
            self._ledger.pay(
                week, state.purse, self._accounts.revenue, part - price, state.stream, Purpose.VAT
            )
            without -= price
        money.spent[-1] += pence + vat
        return True

    def _vat(self, agent: Partnership, bill: tuple[int, Purpose, str]) -> int:
        return vat_on(bill[0], agent.terms, self._p) if bill[1] == Purpose.PROGRAMME else 0

    def _payee(self, money: LocalMoney, purpose: Purpose) -> int:
        if purpose == Purpose.DATA:
            return self._ledger.account("data services of LAs")
        supporting = purpose == Purpose.SUPPORTING_SCHOOL
        return self._accounts.supporting[money.area] if supporting else self._accounts.suppliers

    def owed_with_vat(self, money: LocalMoney) -> int:
        """What a partnership owes.

        Parameters
        ----------
        money : LocalMoney
            Of the LA.

        Returns
        -------
        int
            Pence, with the VAT that cannot be recovered.
        """
        agent = money.agent
        return sum(bill[0] + self._vat(agent, bill) for bill in money.owed) if agent is not None else 0

    def pay_owed_from_reserves(self, money: LocalMoney, week: int) -> None:
        """Pay the bills that are owed from reserves, the oldest first, as far as they go.

        Parameters
        ----------
        money : LocalMoney
            Of the LA.
        week : int
            Of the payments.
        """
        agent, left = money.agent, []
        if agent is None:
            return
        reserves = self._accounts.reserves[money.area]
        for bill in money.owed:
            pence, purpose, _ = bill
            vat = self._vat(agent, bill)
            if self._ledger.balances[reserves] < pence + vat:
                left.append(bill)
                continue
            self._ledger.pay(week, reserves, self._payee(money, purpose), pence, FROM_RESERVES, purpose)
            self._ledger.pay(week, reserves, self._accounts.revenue, vat, FROM_RESERVES, Purpose.VAT)
            money.spent[-1] += pence + vat
        money.owed = left

    def pay_from_free(self, money: LocalMoney, pence: int, payee: int, purpose: Purpose, week: int) -> int:
        """Pay as much as free reserves and free income of any use allow.

        Parameters
        ----------
        money : LocalMoney
            Of the LA.
        pence : int
            Amount wanted.
        payee : int
            Account.
        purpose : Purpose
            What for.
        week : int
            Of the payment.

        Returns
        -------
        int
            Pence paid.
        """
        sources = [(self._accounts.reserves[money.area], FROM_RESERVES)]
        sources += [
            (s.purse, s.stream) for s in (*reversed(money.awards), *money.gone) if not s.award.ring_fence
        ]
        paid = 0
        for account, stream in sources:
            part = min(pence - paid, self.free(money, account))
            self._ledger.pay(week, account, payee, part, stream, purpose)
            paid += part
        money.spent[-1] += paid
        return paid

    def settle(self, money: LocalMoney, term: int) -> None:
        """At the end of a term: unspent money is settled, then what is paid in arrears comes in.

        Parameters
        ----------
        money : LocalMoney
            Of the LA.
        term : int
            The term that ends.
        """
        week = first_week(term) + WEEKS_A_TERM - 1
        year_ends = term_of_year(term) == SPRING
        if money.agent is not None:
            self._put_by(money, term, week, year_ends)
        for state in money.awards:
            if not state.award.in_advance and state.runs(term):
                self.receive(money, state, term, week)
            if state.accrued and (year_ends or term + 1 >= min(state.end, state.lapsed_from)):
                self.pay_for_results(money, state, week)

    def _put_by(self, money: LocalMoney, term: int, week: int, year_ends: bool) -> None:
        assert money.agent is not None
        target = money.agent.aims_for(sum(money.spent[-TERMS_A_YEAR:]))
        for state in (*money.awards, *money.gone):
            held = self._ledger.balances[state.purse]
            over = term + 1 >= state.lapsed_from or state.finished or state in money.gone
            if held == 0:
                continue
            if not state.award.carry_forward and state.award.in_advance:
                ends = over or term + 1 == state.end or (year_ends and state.award.length_terms == OPEN_ENDED)
                if ends:
                    self._ledger.pay(week, state.purse, state.payer, held, state.stream, Purpose.CLAWBACK)
            elif year_ends:
                self._carry_forward(money, state, held, over, target, week)

    def _carry_forward(
        self, money: LocalMoney, state: StandingAward, held: int, over: bool, target: int, week: int
    ) -> None:
        """Unspent money fills reserves, some is kept for the next year, and the rest goes back."""
        reserves = self._accounts.reserves[money.area]
        if over or not state.award.ring_fence:
            arrears = over and not state.award.in_advance  # it repays what was spent
            room = held if arrears else max(0, target - self._ledger.balances[reserves])
            part = min(held, room)
            self._ledger.pay(week, state.purse, reserves, part, state.stream, Purpose.RESERVES)
            held -= part
        kept = 0 if over else round(self._carry * state.year_pence)
        back = max(0, held - kept)
        self._ledger.pay(week, state.purse, state.payer, back, state.stream, Purpose.RETURNED)

    def pay_for_results(self, money: LocalMoney, state: StandingAward, week: int) -> None:
        """Pay what waits for results by the cases completed; what is not earned stays with the payer.

        Parameters
        ----------
        money : LocalMoney
            Of the LA.
        state : StandingAward
            The award.
        week : int
            Of the payment.
        """
        accrued, state.accrued = state.accrued, 0
        share = min(1.0, state.completed / max(state.target, 1e-9))
        state.completed, state.target = 0, 0.0
        state.outcome_paid = round(accrued * share)
        if money.agent is None:
            self._to_schools(money, state, state.outcome_paid, week)
        else:
            pence = state.outcome_paid
            self._ledger.pay(week, state.payer, state.purse, pence, state.stream, Purpose.AWARD)

    def hand_back(self, money: LocalMoney, week: int) -> None:
        """A partnership ends: its purses go back to their payers, its reserves to payers by what they paid.

        Parameters
        ----------
        money : LocalMoney
            Of the LA.
        week : int
            Of the payments.
        """
        states = (*money.awards, *money.gone)
        for state in states:
            held = self._ledger.balances[state.purse]
            self._ledger.pay(week, state.purse, state.payer, held, state.stream, Purpose.RETURNED)
        reserves = self._accounts.reserves[money.area]
        held, whole = self._ledger.balances[reserves], sum(state.year_pence for state in states)
        if not states:
            schools = self._accounts.schools[money.units[0]]
            self._ledger.pay(week, reserves, schools, held, FROM_RESERVES, Purpose.RETURNED)
        for state in states:
            part = held * state.year_pence // whole if whole else 0
            part = self._ledger.balances[reserves] if state is states[-1] else part
            self._ledger.pay(week, reserves, state.payer, part, state.stream, Purpose.RETURNED)
