"""Money by year: what funders paid, what part of partnerships' income LAs decide on, reserves."""

from __future__ import annotations

from model.arrangements import Stream
from model.ledger import SPENT_IN_PLACE, Ledger, Purpose
from model.money_accounts import LocalMoney, PlaceAccounts
from model.staff_costs import PENCE
from model.terms import MONTHS_A_TERM, TERMS_A_YEAR

TRADED = (Stream.TRADED_INSIDE, Stream.TRADED_OUTSIDE)
"""Money for what is sold, to schools of the place and to others."""

LA_STREAMS = (Stream.LA_GENERAL_FUND, Stream.CENTRAL_BLOCK, Stream.HIGH_NEEDS_BLOCK)
"""Money that the LA decides on; what schools de-delegate is theirs."""


class MoneyYears:
    """Sums the ledger by year.

    Parameters
    ----------
    ledger, accounts : Ledger, PlaceAccounts
        Payments; whose they are.
    money : list of LocalMoney
        By LA.
    year_0 : int
        The place's year 0.
    """

    def __init__(self, ledger: Ledger, accounts: PlaceAccounts, money: list[LocalMoney], year_0: int) -> None:
        self._ledger, self._accounts, self._money, self._year_0 = ledger, accounts, money, year_0
        self._held: dict[int, tuple[int, int]] = {}

    def term(self, term: int) -> None:
        """Note reserves and the last year's spending at the end of a term.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        """
        balances, reserves = self._ledger.balances, self._accounts.reserves
        # an area that has joined another holds nothing, whoever has its name now
        held = sum(balances[reserves[money.area]] for money in self._money if money.units)
        self._held[term] = (held, sum(sum(money.spent[-TERMS_A_YEAR:]) for money in self._money))

    def _terms(self, year: int, financial: bool = False) -> range:
        first = TERMS_A_YEAR * (year - self._year_0 - 1) - financial
        return range(first, first + TERMS_A_YEAR)

    def paid_pence(self, year: int, financial: bool = False) -> dict[str, int]:
        """What each payer spent on education in the place, less what came back to it.

        Parameters
        ----------
        year : int
            The year that the academic or financial year ends.
        financial : bool
            Whether it is the financial year: from April, with the summer term.

        Returns
        -------
        dict of str to int
            Pence by the payer's account; what it spends on other services or outside is left out.
        """
        found: dict[str, int] = {}
        for term in self._terms(year, financial):
            for (account, purpose), pence in self._ledger.funded(term).items():
                if purpose in SPENT_IN_PLACE:
                    name = self._ledger.names[account]
                    found[name] = found.get(name, 0) + pence
        return found

    def paid_gbp(self, year: int) -> float:
        """What all funders spent on education in the place in an academic year.

        Parameters
        ----------
        year : int
            The year that it ends.

        Returns
        -------
        float
            GBP, to the penny.
        """
        return sum(self.paid_pence(year).values()) / PENCE

    def la_income_share(self, year: int) -> float:
        """Part of partnerships' income that LAs decide on, in an academic year.

        Parameters
        ----------
        year : int
            The year that it ends.

        Returns
        -------
        float
            0 to 1; 0 without income.
        """
        return self._income_share(year, LA_STREAMS)

    def traded_share(self, year: int) -> float:
        """Part of partnerships' income that comes from trade, business services left out.

        Parameters
        ----------
        year : int
            The year that it ends.

        Returns
        -------
        float
            0 to 1; 0 without income.
        """
        return self._income_share(year, TRADED)

    def _income_share(self, year: int, streams: tuple[Stream, ...]) -> float:
        whole = part = 0
        for term in self._terms(year):
            for (account, purpose), pence in self._ledger.funded(term).items():
                if purpose == Purpose.AWARD:
                    whole += pence
                    part += pence * (self._accounts.streams[account] in streams)
        return part / whole if whole else 0.0

    def reserves_months(self, year: int) -> float:
        """Reserves at the end of an academic year, in months of that year's spending.

        Parameters
        ----------
        year : int
            The year that it ends.

        Returns
        -------
        float
            Months; 0 where nothing was spent.
        """
        held, spent = self._held.get(self._terms(year)[-1], (0, 0))
        return held / spent * MONTHS_A_TERM * TERMS_A_YEAR if spent else 0.0
