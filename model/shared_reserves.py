"""Reserves that partnerships of several LAs hold in common: one purse, that lies where the spending is."""

from __future__ import annotations

from model.ledger import Ledger, Purpose
from model.money_accounts import FROM_RESERVES, LocalMoney, PlaceAccounts
from model.terms import TERMS_A_YEAR, WEEKS_A_TERM, first_week


def pool_reserves(common: list[LocalMoney], ledger: Ledger, accounts: PlaceAccounts, term: int) -> None:
    """Move reserves between areas, so that each has its share by what was spent there in the last year.

    Parameters
    ----------
    common : list of LocalMoney
        Areas whose partnerships hold them in common.
    ledger, accounts : Ledger, PlaceAccounts
        Where the payments are entered, in the last week of the term.
    term : int
        The term that ends.
    """
    reserves = [accounts.reserves[money.area] for money in common]
    held = [ledger.balances[account] for account in reserves]
    spent = [sum(money.spent[-TERMS_A_YEAR:]) for money in common]
    whole, week = sum(spent), first_week(term) + WEEKS_A_TERM - 1
    if not whole:
        return
    due = [sum(held) * each // whole for each in spent]
    due[0] += sum(held) - sum(due)
    over = [[account, h - d] for account, h, d in zip(reserves, held, due, strict=True) if h > d]
    for account, has, wants in zip(reserves, held, due, strict=True):
        short = wants - has
        while short > 0:
            giver = over[-1]
            part = min(short, giver[1])
            ledger.pay(week, giver[0], account, part, FROM_RESERVES, Purpose.POOLED)
            giver[1] -= part
            short -= part
            if not giver[1]:
                over.pop()
