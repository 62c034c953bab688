"""The top-slice in the ledger: what schools' budgets give up to trusts each term, and what it is spent on.

It is money that schools hold already, so no funder pays it and it is no part of what all funders spend; it is
shown beside that, by its own stream and purpose. Schools' budgets are no account of their own here: they pay
from outside, as subscriptions do. What central teams get in a term they spend in it.
"""

from __future__ import annotations

import numpy as np

from model.arrangements import PostLine, Stream
from model.funding_parameters import FundingParameters
from model.institution_facts import Facts
from model.ledger import Ledger, Purpose
from model.money_accounts import STREAM_INDEX
from model.place import Floats
from model.staff_costs import PENCE, pay_cost, pay_index
from model.terms import TERMS_A_YEAR, first_week
from model.trust_parameters import TrustParameters
from model.trust_support import TrustSupport

_STREAM = STREAM_INDEX[Stream.TRUST_TOP_SLICE]


class TopSlice:
    """Pays the slice and what central teams spend it on, LA by LA.

    Parameters
    ----------
    facts : Facts
        Schools; LAs are read.
    support : TrustSupport
        Which schools pay, how much, and what part goes to being a trust at all.
    p : TrustParameters
        One draw: what someone in a central team earns.
    rates : FundingParameters
        Rates of pensions and National Insurance, and how pay rises; of the same draw.
    ledger : Ledger
        Where it is entered.

    Attributes
    ----------
    people : (n_schools,) float64
        Whole-time people in central teams whom each school's slice pays for, in the last term run.
    """

    def __init__(
        self,
        facts: Facts,
        support: TrustSupport,
        p: TrustParameters,
        rates: FundingParameters,
        ledger: Ledger,
    ) -> None:
        self._facts, self._support, self._rates, self._ledger = facts, support, rates, ledger
        self._post = PostLine(
            kind="central team", per_10_000_pupils=0.0, salary_gbp=p.central_salary_gbp, teacher=True
        )
        self._last: list[int] = []  # pence of the last terms, the present one last
        self.people: Floats = np.zeros(facts.n_schools)

    def term(self, term: int) -> None:
        """Pay one term's slice, and spend it.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        """
        facts = self._facts
        index = pay_index(term, self._post.teacher, self._rates.pay_award)
        each = np.rint(PENCE * index * self._support.central_gbp() / TERMS_A_YEAR)
        by_la = np.bincount(facts.la, each, facts.n_la)
        fixed = each * self._support.fixed_share()
        being = np.bincount(facts.la, fixed, facts.n_la)
        for la in np.flatnonzero(by_la).tolist():
            self._pay(term, la, int(by_la[la]), round(being[la]))
        self.people = (each - fixed) / pay_cost(self._post, self._rates, term).total
        self._last = [*self._last[1 - TERMS_A_YEAR :], int(by_la.sum())]

    def _pay(self, term: int, la: int, pence: int, fixed: int) -> None:
        """One LA's slice: to its trusts, and on to those who work for them."""
        pay, account = self._ledger.pay, self._ledger.account
        week, name = first_week(term), self._facts.la_names[la]
        team = account(f"trusts' central teams, {name}", limited=True)
        pay(week, account(f"school budgets, {name}"), team, pence, _STREAM, Purpose.TOP_SLICE)
        one, people = pay_cost(self._post, self._rates, term), pence - fixed
        pension = people * one.pension // one.total
        insurance = people * one.national_insurance // one.total
        pay(week, team, account("premises and systems"), fixed, _STREAM, Purpose.OVERHEAD)
        pay(week, team, account("staff"), people - pension - insurance, _STREAM, Purpose.PAY)
        pay(week, team, account("pension funds"), pension, _STREAM, Purpose.PENSION)
        pay(week, team, account("HM Revenue and Customs"), insurance, _STREAM, Purpose.NATIONAL_INSURANCE)

    def year_gbp(self) -> float:
        """Give what schools gave up in the last three terms run.

        Returns
        -------
        float
            GBP, in money of the year.
        """
        return sum(self._last) / PENCE
