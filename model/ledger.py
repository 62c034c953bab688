"""The ledger: every payment from one account to another, in whole pence, balanced at every moment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from model.institution_record import LedgerRows
from model.place import Ints
from model.terms import WEEKS_A_TERM


class Purpose(IntEnum):
    """What a payment is for."""

    AWARD = 0  # from a funder to a partnership
    PAY = 1
    PENSION = 2
    NATIONAL_INSURANCE = 3
    OVERHEAD = 4
    VAT = 5  # that cannot be recovered
    PROGRAMME = 6
    SUPPORTING_SCHOOL = 7
    BID = 8
    REDUNDANCY = 9
    PENSION_STRAIN = 10
    SCHOOL_SPENDING = 11  # from a funder to the schools of the place
    OTHER_SERVICES = 12  # a funder spends on other things what it awarded before
    LEFT_PLACE = 13  # a funder takes it out of the place
    MATCH = 14  # a partnership finds its part of an award
    RESERVES = 15  # unspent money put by
    CLAWBACK = 16  # unspent money that the funder takes back
    RETURNED = 17  # unspent money beyond what may be kept, or left over at the end
    OPENING = 18  # held before the first term
    TUITION = 19  # that schools lead and pay for
    SUPPORT_BOUGHT = 20  # by schools, alone
    STAFFING = 21  # and all else that schools spend on
    TARGETED_HELP = 22  # from the Department to the organisation that helps a stuck school
    BUSINESS_SERVICES = 23  # that schools buy of a partnership
    COST_OF_SALES = 24  # of what it sells
    POOLED = 25  # between reserves of one partnership in several LAs
    TOP_SLICE = 26  # from schools' budgets to their trust's central team
    DATA = 27  # what a partnership pays the LA for joined data


SPENT_IN_PLACE = (
    Purpose.AWARD,
    Purpose.SCHOOL_SPENDING,
    Purpose.CLAWBACK,
    Purpose.RETURNED,
    Purpose.TARGETED_HELP,
)
"""What funders pay for education in the place, less what they get back."""


_FIGURES = 6  # week, payer, payee, pence, stream, purpose


class Overdrawn(ValueError):
    """An account that may not go below zero was asked to."""


@dataclass(frozen=True, kw_only=True, eq=False)
class LedgerEntries:
    """A row a payment, in the order in which they were made.

    Attributes
    ----------
    week : (n,) int32
        Teaching weeks since the autumn after year 0.
    payer, payee : (n,) int32
        Index into ``accounts``.
    pence : (n,) int64
        Amount, 1 or more.
    stream : (n,) int32
        As given by who paid.
    purpose : (n,) int32
        ``Purpose``.
    accounts : tuple of str
        Names.
    """

    week: Ints
    payer: Ints
    payee: Ints
    pence: NDArray[np.int64]
    stream: Ints
    purpose: Ints
    accounts: tuple[str, ...]


class Ledger:
    """Accounts and payments between them; what one gets another gives, so the sum of balances is nought."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.balances: list[int] = []
        self._index: dict[str, int] = {}
        self._limited: list[bool] = []
        self._funder: list[bool] = []
        self._rows: list[int] = []  # six figures a payment, one after another
        self._funded: dict[int, dict[tuple[int, int], int]] = {}

    def account(self, name: str, limited: bool = False, funder: bool = False) -> int:
        """Give the account of that name; it is opened when first asked for.

        Parameters
        ----------
        name : str
            Lasting identity.
        limited : bool
            Whether it may never go below zero; counts when it is opened.
        funder : bool
            Whether what it pays is to be summed by term; counts when it is opened.

        Returns
        -------
        int
            Index of the account.
        """
        if name not in self._index:
            self._index[name] = len(self.names)
            self.names.append(name)
            self.balances.append(0)
            self._limited.append(limited)
            self._funder.append(funder)
        return self._index[name]

    def is_limited(self, account: int) -> bool:
        """Whether an account may never go below zero.

        Parameters
        ----------
        account : int
            Index of the account.

        Returns
        -------
        bool
            As it was opened.
        """
        return self._limited[account]

    def pay(self, week: int, payer: int, payee: int, pence: int, stream: int, purpose: int) -> None:
        """Pay from one account to another; nothing is entered for nought.

        Parameters
        ----------
        week : int
            Teaching weeks since the autumn after year 0.
        payer, payee : int
            Accounts.
        pence : int
            Amount, nought or more.
        stream : int
            Where the money comes from in the end.
        purpose : int
            ``Purpose``.

        Raises
        ------
        Overdrawn
            If the payer may not go below zero and would.
        ValueError
            If the amount is below nought.
        """
        if pence <= 0:
            if pence < 0:
                raise ValueError(f"a payment of {pence} pence")
            return
        balances = self.balances
        if self._limited[payer] and balances[payer] < pence:
            raise Overdrawn(f"{self.names[payer]} holds {balances[payer]} pence and was to pay {pence}")
        balances[payer] -= pence
        balances[payee] += pence
        self._rows.extend((week, payer, payee, pence, stream, purpose))
        if self._funder[payer]:
            self._sum(week // WEEKS_A_TERM, payer, purpose, pence)
        if self._funder[payee]:
            self._sum(week // WEEKS_A_TERM, payee, purpose, -pence)

    def _sum(self, term: int, account: int, purpose: int, pence: int) -> None:
        sums = self._funded.setdefault(term, {})
        sums[account, purpose] = sums.get((account, purpose), 0) + pence

    def funded(self, term: int) -> dict[tuple[int, int], int]:
        """What funders paid in a term, less what they got back.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.

        Returns
        -------
        dict of (int, int) to int
            Pence by account and ``Purpose``; below nought what came back.
        """
        return self._funded.get(term, {})

    def balance(self, account: int) -> int:
        """Give what an account holds.

        Parameters
        ----------
        account : int
            Which.

        Returns
        -------
        int
            Pence; below nought where it has paid more than it got.
        """
        return self.balances[account]

    def total(self) -> int:
        """Give the sum of all balances.

        Returns
        -------
        int
            Always 0.
        """
        return sum(self.balances)

    def __len__(self) -> int:
        return len(self._rows) // _FIGURES

    def entries(self) -> LedgerEntries:
        """Give every payment so far.

        Returns
        -------
        LedgerEntries
            A copy.
        """
        table = np.array(self._rows, dtype=np.int64).reshape(-1, _FIGURES)
        week, payer, payee, stream, purpose = (table[:, i].astype(np.int32) for i in (0, 1, 2, 4, 5))
        return LedgerEntries(
            week=week,
            payer=payer,
            payee=payee,
            pence=table[:, 3].copy(),
            stream=stream,
            purpose=purpose,
            accounts=tuple(self.names),
        )

    def rows(self, streams: tuple[str, ...]) -> LedgerRows:
        """Give every payment so far for the record.

        Parameters
        ----------
        streams : tuple of str
            Names of the streams that payers gave by index.

        Returns
        -------
        LedgerRows
            A copy.
        """
        kept = self.entries()
        return LedgerRows(
            week=kept.week,
            payer=kept.payer,
            payee=kept.payee,
            pence=kept.pence,
            stream=kept.stream,
            purpose=kept.purpose,
            accounts=kept.accounts,
            streams=streams,
            purposes=tuple(purpose.name.lower().replace("_", " ") for purpose in Purpose),
        )
