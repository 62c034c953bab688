"""Every payment has a payer and a payee, and nothing is made or lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.ledger import Ledger, Overdrawn, Purpose

payments = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 10**12), st.integers(-200, 500)),
    max_size=60,
)


@given(payments)
def test_balances_sum_to_nought_and_limited_accounts_never_go_below(rows):
    ledger = Ledger()
    accounts = [ledger.account(f"account {i}", limited=i >= 3) for i in range(5)]
    refused = 0
    for payer, payee, pence, week in rows:
        try:
            ledger.pay(week, accounts[payer], accounts[payee], pence, 0, Purpose.PAY)
        except Overdrawn:
            refused += 1
            assert payer >= 3
        assert ledger.total() == 0
        assert min(ledger.balance(accounts[3]), ledger.balance(accounts[4])) >= 0
    entries = ledger.entries()
    assert len(entries.pence) == len(ledger) == sum(pence > 0 for *_, pence, _ in rows) - refused
    for account in accounts:
        held = entries.pence[entries.payee == account].sum() - entries.pence[entries.payer == account].sum()
        assert held == ledger.balance(account)


def test_an_account_is_known_by_its_name():
    ledger = Ledger()
    first = ledger.account("schools, Ealing", limited=True)
    assert ledger.account("schools, Ealing") == first
    assert ledger.account("staff") != first
    with pytest.raises(Overdrawn, match="schools, Ealing holds 0 pence and was to pay 1"):
        ledger.pay(0, first, ledger.account("staff"), 1, 0, Purpose.PAY)


def test_a_refused_payment_leaves_everything_as_it_was():
    ledger = Ledger()
    fund, company = ledger.account("fund"), ledger.account("company", limited=True)
    ledger.pay(1, fund, company, 100, 0, Purpose.AWARD)
    with pytest.raises(Overdrawn):
        ledger.pay(2, company, fund, 101, 0, Purpose.RETURNED)
    with pytest.raises(ValueError, match="-1 pence"):
        ledger.pay(2, company, fund, -1, 0, Purpose.RETURNED)
    assert (ledger.balance(fund), ledger.balance(company), len(ledger)) == (-100, 100, 1)


def test_what_funders_pay_is_summed_by_term_less_what_comes_back():
    ledger = Ledger()
    fund, company = ledger.account("fund", funder=True), ledger.account("company", limited=True)
    ledger.pay(13 * 4, fund, company, 100, 0, Purpose.AWARD)
    ledger.pay(13 * 4 + 12, fund, company, 50, 0, Purpose.AWARD)
    ledger.pay(13 * 4 + 12, company, fund, 30, 0, Purpose.CLAWBACK)
    ledger.pay(-1, fund, company, 7, 0, Purpose.AWARD)
    assert ledger.funded(4) == {(fund, Purpose.AWARD): 150, (fund, Purpose.CLAWBACK): -30}
    assert ledger.funded(-1) == {(fund, Purpose.AWARD): 7}
    assert ledger.funded(5) == {}


def test_rows_name_their_accounts_streams_and_purposes():
    ledger = Ledger()
    ledger.pay(3, ledger.account("a"), ledger.account("b"), 5, 1, Purpose.NATIONAL_INSURANCE)
    rows = ledger.rows(("this", "that"))
    assert (rows.accounts, rows.streams[rows.stream[0]]) == (("a", "b"), "that")
    assert rows.purposes[rows.purpose[0]] == "national insurance"
    assert (rows.week[0], rows.payer[0], rows.payee[0], rows.pence[0]) == (3, 0, 1, 5)
