"""Partnerships as bodies: the board's plan for a year, what is sold inside and outside, associates.

Bodies without a board or trade of their own sell what their awards say, as if demand were certain.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from model.agents.partnership import Partnership
from model.arrangements import Stream
from model.award_holders import Holders
from model.bodies import Body
from model.body_parameters import BodyParameters
from model.delivered import Delivered
from model.institution_facts import Facts
from model.ledger import Ledger, Purpose
from model.money_accounts import FROM_RESERVES, NO_STREAM, STREAM_INDEX, LocalMoney, PlaceAccounts
from model.money_years import TRADED
from model.place import Bools
from model.randomness import Chance
from model.rivals import Rivals
from model.staff_costs import PENCE, awards_since
from model.terms import MONTHS_A_TERM, TERMS_A_YEAR, WEEKS_A_TERM, first_week
from model.traded_offer import can_hold, pence_per_post, sell_outside, turnover

BUSINESS_SERVICES = 1
"""Model of partnership that sells business services too."""
_SCHOOLS = 0


def trades(agent: Partnership | None) -> Body | None:
    """The body of a partnership that trades; None where there is none or it does not.

    Parameters
    ----------
    agent : Partnership or None
        The partnership.

    Returns
    -------
    Body or None
        One whose ``trade`` is set.
    """
    body = agent.terms.body if agent is not None else None
    return body if body is not None and body.trade is not None else None


class Bodies:
    """What partnerships of a place sell, and to whom.

    Parameters
    ----------
    facts : Facts
        Members.
    p : BodyParameters
        One draw.
    pay_award : float
        Yearly rise of pay and prices.
    chance : Chance
        Streams ``associates``, of the draw, by school, and ``rival providers``.
    ledger, accounts : Ledger, PlaceAccounts
        Where sales are entered.
    holders : Holders
        What is seen of a partnership's support; who is told.
    money : list of LocalMoney
        By LA.
    """

    def __init__(
        self,
        facts: Facts,
        p: BodyParameters,
        pay_award: float,
        chance: Chance,
        ledger: Ledger,
        accounts: PlaceAccounts,
        holders: Holders,
        money: list[LocalMoney],
    ) -> None:
        self._facts, self._p, self._pay_award = facts, p, pay_award
        self._ledger, self._accounts, self._holders = ledger, accounts, holders
        self._money = money
        self._rivals = Rivals(facts.n_areas, p, chance)
        self._inclined = chance.for_draw().uniforms("associates", _SCHOOLS, 0, facts.n_schools)
        self._time: list[float] = [0.0] * facts.n_areas
        self._ratio: list[float] = [1.0] * facts.n_areas
        self._known_since: list[int | None] = [None] * facts.n_areas
        self._most_other: list[int] = [0] * facts.n_areas
        self._most_staff: list[float] = [0.0] * facts.n_areas

    # -- a year's trade

    def year(self, money: LocalMoney, specialists: float, term: int, *, new_year: bool = True) -> None:
        """Begin a financial year: the board plans, buyers buy, and awards from trade are worth what is sold.

        Parameters
        ----------
        money : LocalMoney
            Of one LA; amounts of its awards from trade are those of usual demand, and change.
        specialists : float
            Specialists in post.
        term : int
            Term in which the plan is made.
        new_year : bool
            False where it is made anew within a year, as something else stands: rivals have not moved.
        """
        la = money.area
        self._time[la], self._ratio[la] = 0.0, 1.0
        body = trades(money.agent)
        if body is None or body.trade is None or money.agent is None:
            self._known_since[la] = None
            return
        lost = self._lost_income(money, term)
        seen = self._seen(money)
        if new_year:
            self._rivals.year(la, term, seen)
        self._ratio[la] = turnover(body.trade, seen, self._rivals.pull(la, body.trade.rivals), self._p)
        time_left = money.agent.time_to_sell(body, lost, self._p)
        most = self._most_staff[la] = max(self._most_staff[la], specialists)
        inside = self._ratio[la] * can_hold(specialists, most, self._p)
        per_post = pence_per_post(self._p, self.index(term), body.trade.price)
        for state in money.awards:
            if state.award.stream is Stream.TRADED_INSIDE:
                state.year_pence = round(state.year_pence * inside)
            elif state.award.stream is Stream.TRADED_OUTSIDE:
                grown = (1.0 + body.trade.growth) ** self._years_known(la, term)
                demand = round(state.year_pence * self._ratio[la] * grown) if state.start <= term else 0
                sales = sell_outside(demand, specialists, time_left, per_post)
                time_left -= sales.time
                self._time[la] += sales.time
                if state.start <= term:
                    state.year_pence = sales.pence

    def index(self, term: int) -> float:
        """Pay and prices of a term against those of year 0.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.

        Returns
        -------
        float
            1 at year 0.
        """
        return float((1.0 + self._pay_award) ** awards_since(term, teacher=False))

    def _years_known(self, la: int, term: int) -> int:
        """Years since buyers outside could know of it: not before year 0."""
        since = self._known_since[la]
        if since is None:
            since = self._known_since[la] = max(0, term)
        return max(0, term - since) // TERMS_A_YEAR

    def _seen(self, money: LocalMoney) -> float:
        """Quality that buyers have seen: of all that pays for support."""
        found = [self._holders.seen(s) for s in money.awards if not s.award.ring_fence]
        cases = sum(number for _, number in found)
        return sum(mean * number for mean, number in found) / cases if cases else 1.0

    def _lost_income(self, money: LocalMoney, term: int) -> float:
        """Share of the best year's income from other sources, prices of year 0, that is gone."""
        other = sum(s.year_pence for s in money.awards if s.award.stream not in TRADED and s.runs(term))
        now = round(other / self.index(term))
        most = self._most_other[money.area] = max(now, self._most_other[money.area])
        return 1.0 - now / most if most else 0.0

    def time_sold(self, la: int) -> float:
        """Share of its specialists' time that an LA's partnership sells outside.

        Parameters
        ----------
        la : int
            Index of the LA.

        Returns
        -------
        float
            0 to 1; support of its own schools has the rest.
        """
        return self._time[la]

    # -- a term

    def business(self, money: LocalMoney, term: int) -> None:
        """Sell business services to schools (model 1) and pay what they cost; what is left is free income.

        Parameters
        ----------
        money : LocalMoney
            Of one LA.
        term : int
            Terms since the autumn after year 0.
        """
        body = trades(money.agent)
        if body is None or body.trade is None or money.agent is None:
            return
        per_pupil = body.trade.business_gbp_per_pupil
        if money.agent.terms.model != BUSINESS_SERVICES or per_pupil <= 0.0:
            return
        yearly = PENCE * per_pupil * self._holders.pupils[money.area] * self.index(term)
        sold = round(yearly * self._ratio[money.area] / TERMS_A_YEAR)
        purse, stream = self._free_purse(money)
        week, ledger = first_week(term), self._ledger
        for unit, part in zip(money.units, self._by_unit(money, sold), strict=True):
            schools = self._accounts.schools[unit]
            ledger.pay(week, schools, purse, part, NO_STREAM, Purpose.BUSINESS_SERVICES)
        cost = min(round(sold * (1.0 - self._p.business_margin)), ledger.balances[purse])
        ledger.pay(week, purse, self._accounts.suppliers, cost, stream, Purpose.COST_OF_SALES)
        money.spent[-1] += cost

    def _by_unit(self, money: LocalMoney, pence: int) -> list[int]:
        """Share what schools of an area pay out among those of its LAs, by pupils; the last pay the rest."""
        facts, left, parts = self._facts, pence, list[int]()
        unit = facts.areas.unit_of_school
        whole = self._holders.pupils[money.area]
        for each in money.units[:-1]:
            parts.append(min(left, round(pence * float(facts.pupils[unit == each].sum()) / max(whole, 1.0))))
            left -= parts[-1]
        return [*parts, left]

    def _free_purse(self, money: LocalMoney) -> tuple[int, int]:
        """Account for income of any use, and its stream: that of the first award without a fence."""
        for state in money.awards:
            if not state.award.ring_fence and state.award.match_share == 0.0:
                return state.purse, state.stream
        return self._accounts.reserves[money.area], FROM_RESERVES

    def join(self, into: int, others: Sequence[int]) -> None:
        """Partnerships join: what is remembered of their best years is added up.

        Parameters
        ----------
        into : int
            Index of the area that takes in others.
        others : sequence of int
            Those.
        """
        for other in others:
            self._most_other[into] += self._most_other[other]
            self._most_staff[into] += self._most_staff[other]
            self._most_other[other], self._most_staff[other], self._time[other] = 0, 0.0, 0.0
        known = [since for a in (into, *others) if (since := self._known_since[a]) is not None]
        self._known_since[into] = min(known, default=None)

    # -- associates

    def associates(self) -> Bools:
        """Schools that are no members and buy case by case.

        Returns
        -------
        (n_schools,) bool
            The same schools, and more with a higher share.
        """
        bodies = [money.agent.terms.body if money.agent is not None else None for money in self._money]
        share = np.array([body.associates if body is not None else 0.0 for body in bodies])
        return np.asarray(~self._facts.member & (self._inclined < share[self._facts.area]))

    def bill(self, delivered: Delivered) -> None:
        """Associates pay for the weeks of support that they had in a term.

        Parameters
        ----------
        delivered : Delivered
            What brokerage delivered.
        """
        buys = self.associates()[delivered.school]
        if not buys.any():
            return
        areas = self._facts.areas
        unit = areas.unit_of_school[delivered.school]
        weeks = np.bincount(unit, delivered.weeks * buys, minlength=len(areas.units)).tolist()
        week = first_week(delivered.term) + WEEKS_A_TERM - 1
        a_week = PENCE * self.index(delivered.term)
        for (area, la), number in zip(areas.units, weeks, strict=True):
            money = self._money[area]
            body = money.agent.terms.body if money.agent is not None else None
            if body is not None:
                pence = round(a_week * number * body.associate_gbp_a_week)
                payer = self._accounts.payer(Stream.TRADED_INSIDE, la)
                stream = STREAM_INDEX[Stream.TRADED_INSIDE]
                purse, _ = self._free_purse(money)
                self._ledger.pay(week, payer, purse, pence, stream, Purpose.AWARD)

    # -- what others know of it

    def stands(self) -> Bools:
        """LAs whose partnership stands, on its own or in the council; (n_areas,) bool."""
        return np.array([money.agent is not None for money in self._money], dtype=np.bool_)

    def certain_share(self, la: int, term: int) -> float:
        """Share of a partnership's income that is promised for a year ahead: certainty, for maturity.

        Parameters
        ----------
        la, term : int
            Index of the LA; terms since the autumn after year 0.

        Returns
        -------
        float
            0 to 1; 0 without a partnership or income.
        """
        money = self._money[la]
        running = [s for s in money.awards if s.runs(term)] if money.agent is not None else []
        whole = sum(s.promised(term) for s in running)
        ahead = term + TERMS_A_YEAR
        certain = sum(s.promised(term) for s in running if min(s.certain_end(), s.broken_at) >= ahead)
        return certain / whole if whole else 0.0

    def months_held(self, la: int) -> float:
        """Reserves of a partnership.

        Parameters
        ----------
        la : int
            Index of the LA.

        Returns
        -------
        float
            Months of its last year's spending; 0 where nothing was spent.
        """
        spent = sum(self._money[la].spent[-TERMS_A_YEAR:])
        held = self._ledger.balances[self._accounts.reserves[la]]
        return held / spent * MONTHS_A_TERM * TERMS_A_YEAR if spent else 0.0
