"""Partnerships that join: what each of them holds, owes and has promised is the one's that they become.

Awards go on as they stand, LA by LA; reserves are put together, everyone keeps their post and every case its
place in line, now in one line for all.
"""

from __future__ import annotations

from model.areas import Join
from model.award_holders import Holders
from model.establishment import Establishment
from model.ledger import Ledger, Purpose
from model.money_accounts import FROM_RESERVES, LocalMoney, PlaceAccounts
from model.terms import first_week


def join_money(
    join: Join,
    term: int,
    money: list[LocalMoney],
    staff: list[Establishment],
    ledger: Ledger,
    accounts: PlaceAccounts,
    holders: Holders,
) -> None:
    """Put the money and the posts of several partnerships together.

    Parameters
    ----------
    join : Join
        Which; their areas have joined already.
    term : int
        First term of the one that they become; before anything of it is paid.
    money : list of LocalMoney
        By area.
    staff : list of Establishment
        By area.
    ledger, accounts : Ledger, PlaceAccounts
        Payments, in the first week of the term.
    holders : Holders
        Who counts pupils, and is told.
    """
    into, others, name = join
    every, whole, week = (into, *others), money[into], first_week(term)
    held = [accounts.reserves[area] for area in every]
    accounts.join(into)
    for account in held:
        pence, reserves = ledger.balances[account], accounts.reserves[into]
        ledger.pay(
            week, account, reserves, 0 if account == reserves else pence, FROM_RESERVES, Purpose.POOLED
        )
    for other in others:
        whole.take_in(money[other])
        staff[into].take_over(staff[other])
        holders.pupils[into] += holders.pupils[other]
        holders.pupils[other] = 0.0
    if whole.agent is not None:
        whole.agent.la, whole.agent.account = into, accounts.reserves[into]
    for state in (*whole.awards, *whole.gone):
        purse, state.area = accounts.purse(state.award, state.unit), into
        if purse != state.purse:
            pence = ledger.balances[state.purse]
            ledger.pay(week, state.purse, purse, pence, state.stream, Purpose.POOLED)
            state.purse = purse
    holders.event(term, into, "partnerships join", f"{len(every)} partnerships are one: {name}", None)
