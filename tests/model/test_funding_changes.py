"""What a scenario puts in the place of awards in force, and what its payers have spent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.arrangements import Arrangement, Award, Change, Renewal, Stream
from model.ledger import Purpose
from tests.model.funded import GRANT, Town, arrangement

FUND = "LA general fund, LA 0"
PURSE = "partnership, LA 0: grant"
YEAR = 60 * 10_000 * 100  # pence of the grant in a year, prices of year 0
SURE = {"non_renewal": 0.0, "cut_chance": 0.0, "forum_refusal": 0.0}
CUT_SURELY = {"non_renewal": 0.0, "cut_chance": 1.0, "cut_size": 0.25}
LOST = {"non_renewal": 1.0, "cut_chance": 0.0, "won_again": 0.0}


def grant(**terms: object) -> Award:
    """The grant under other terms: by default of one year, ending with term 2, decided a term before."""
    usual = {"first_term": 0, "length_terms": 3, "renewal": Renewal.USUAL, "indexed": False}
    return replace(GRANT, **{**usual, **terms})


def kinds(town: Town) -> list[str]:
    """Kinds of event from year 0 on, in order."""
    return [event[3] for event in town.funding.events() if event[0] >= 0]


def test_an_equal_award_goes_on_undisturbed_and_all_is_the_same_until_announced():
    usual = arrangement(grant())
    more = replace(usual, awards=(*usual.awards, replace(GRANT, name="new", first_term=9, length_terms=0)))
    for seed in range(4):
        before = Town(usual, seed=seed).run(20)
        after = Town(usual, Change(announced=7, term=9, arrangement=more), seed=seed).run(20)
        one, other = before.ledger.entries(), after.ledger.entries()
        until = int((one.week < 13 * 7).sum())
        for column in ("week", "payer", "payee", "pence", "stream", "purpose"):
            assert (getattr(one, column)[:until] == getattr(other, column)[:until]).all()
        assert [e for e in before.events("award not renewed")] == [
            e for e in after.events("award not renewed")
        ]


def test_an_award_of_the_same_name_with_other_terms_takes_the_place_of_the_old():
    longer = grant(gbp_per_pupil=90.0, length_terms=15, first_term=4)
    change = Change(announced=3, term=4, arrangement=arrangement(longer))
    town = Town(arrangement(grant()), change, first=0, **SURE).run(3)
    assert town.posts.told[0][2] == 6
    town.run(4)
    assert town.posts.told[0][1:] == (3, 19)  # announced: nobody fears the end of the old award
    town.run(6)
    assert town.posts.told[0][1:] == (15, 19)
    assert [town.paid(FUND, term) for term in (3, 4, 5)] == [YEAR // 3, YEAR // 2, YEAR // 2]
    assert not town.given[5]


def test_the_same_money_under_other_conditions_keeps_its_dates():
    late = grant(late_terms=2)
    change = Change(announced=1, term=2, arrangement=arrangement(late))
    town = Town(arrangement(grant()), change, first=0, **SURE).run(8)
    assert [event[0] for event in town.events("award renewed late")] == [4]
    assert [town.paid(FUND, term) for term in range(6)] == [YEAR // 3] * 3 + [0, 2 * YEAR // 3, YEAR // 3]
    assert "award renewed early" in kinds(town)  # the next one again


@pytest.mark.parametrize("last, paid_until", [(None, 13), (8, 8)])
def test_money_without_renewals_goes_on_where_a_change_lifts_its_last_term(last, paid_until):
    short = grant(length_terms=0, last_term=4)
    change = Change(announced=2, term=4, arrangement=arrangement(replace(short, last_term=last)))
    town = Town(arrangement(short), change, first=0, **SURE).run(14)
    assert [term for term in range(14) if town.paid(FUND, term)] == [*range(paid_until + 1)]
    assert "award renewed on time" not in kinds(town), "there is nothing to renew"
    assert [event[0] for event in town.events("award ended")] == ([] if last is None else [last + 1])


def test_money_without_renewals_ends_with_the_last_term_that_a_change_gives_it():
    change = Change(announced=2, term=3, arrangement=arrangement(grant(length_terms=0, last_term=6)))
    town = Town(arrangement(grant(length_terms=0)), change, first=0, lead_time=1.0, **SURE).run(2)
    assert town.posts.told[0][2] > 14, "nobody knows yet"
    town.run(3)
    assert town.posts.told[0][2] == 7
    town.run(14)
    assert [term for term in range(14) if town.paid(FUND, term)] == [*range(7)]


def test_an_award_that_is_not_named_any_more_ends_and_staff_know_it_from_the_announcement():
    nothing = arrangement(replace(GRANT, name="other", gbp_per_pupil=1.0, length_terms=0))
    change = Change(announced=3, term=6, arrangement=nothing)
    town = Town(arrangement(grant(length_terms=9)), change, first=0, lead_time=1.0, **SURE).run(3)
    assert town.posts.told[0][2] == 9
    town.run(4)
    assert town.posts.told[0][2] == 6
    town.run(10)
    assert [town.paid(FUND, term) > 0 for term in (5, 6)] == [True, True]  # 'other' is of the same fund
    assert [town.given[term] for term in (6, 7, 8)] == [0.0, YEAR // 3, YEAR // 3]
    assert [event[0] for event in town.events("award ended")] == [6]


def test_a_partnership_that_ends_pays_its_staff_off_and_gives_everything_back():
    nothing = Arrangement(awards=(), posts=())
    change = Change(announced=5, term=6, arrangement=nothing)
    town = Town(arrangement(grant(length_terms=0)), change, **SURE).run(8)
    held = [
        balance
        for name, balance in zip(town.ledger.names, town.ledger.balances, strict=True)
        if name.startswith("partnership")
    ]
    assert set(held) == {0}
    assert len(town.events("redundancy")) == 6
    assert not any(town.posts.filled)
    assert town.paid("partnership, LA 0", purpose=Purpose.RETURNED) > 0
    assert not town.funding.charge(0, 100, Purpose.PROGRAMME)


def test_where_there_is_no_partnership_awards_go_to_schools():
    town = Town(Arrangement(awards=(grant(length_terms=0),)), first=0).run(3)
    assert list(town.given.values()) == [YEAR // 3] * 3
    assert town.ledger.balance(town.ledger.account("schools, LA 0")) == YEAR
    with pytest.raises(ValueError, match="term 1 after term 2"):
        town.funding.to_schools(1)


def test_without_renewal_risk_one_year_and_five_year_awards_are_the_same_cash():
    paid = []
    for length in (3, 15):
        award = grant(length_terms=length, first_term=-3, decided_terms_before=1, carry_forward=True)
        town = Town(arrangement(award), off=("renewal_risk",), cut_chance=1.0, non_renewal=1.0).run(30)
        paid.append([town.paid(FUND, term) for term in range(-15, 30)])
        assert town.posts.count("adviser") == 3
    assert paid[0] == paid[1]
    assert town.posts.told[0][1] == 15


def test_la_income_share_and_payers_by_year_are_those_of_the_ledger():
    other = replace(
        GRANT, name="subscription", stream=Stream.SUBSCRIPTION, length_terms=0, gbp_per_pupil=20.0
    )
    award = grant(length_terms=0)
    town = Town(arrangement(award, replace(other, indexed=False)), **SURE).run(6)
    assert town.funding.la_income_share(2025) == pytest.approx(60 / 80)
    by_payer = town.funding.years.paid_pence(2025, financial=True)
    back = sum(town.paid(PURSE, term, Purpose.RETURNED) for term in (2, 3, 4))
    assert by_payer[FUND] == YEAR - back
    assert town.funding.reserves_months(2025) > 0.0


def test_a_later_decision_falls_as_it_would_have_in_time():
    def refused(late: int) -> set[int]:
        change = Change(announced=1, term=1, arrangement=arrangement(grant(late_terms=late)))
        towns = Town(arrangement(grant()), change, first=0, n_la=40, cut_chance=0.0).run(6)
        return {
            event[1] for event in towns.events("award not renewed") if event[4].endswith("summer 2023/24")
        }

    assert refused(0) == refused(2)
    assert 5 < len(refused(0)) < 25


def test_another_award_or_place_shifts_nobodys_luck():
    def fates(n_la: int, *more: Award) -> list[tuple[int, str]]:
        towns = Town(arrangement(grant(), *more), first=0, n_la=n_la, cut_chance=0.3).run(12)
        return [(e[0], e[3]) for e in towns.funding.events() if e[1] == 0 and e[4].startswith("grant")]

    alone = fates(1)
    assert alone
    assert alone == fates(7) == fates(1, replace(grant(length_terms=6), name="second"))


def test_changes_follow_one_another():
    first = arrangement(grant(gbp_per_pupil=30.0, length_terms=0, first_term=3))
    second = arrangement(grant(gbp_per_pupil=90.0, length_terms=0, first_term=6))
    changes = (
        Change(announced=1, term=3, arrangement=first),
        Change(announced=1, term=6, arrangement=second),
    )
    town = Town(arrangement(grant()), *changes, first=0, **SURE).run(9)
    paid = [town.paid(FUND, term) for term in range(9)]
    assert paid == [YEAR // 3] * 3 + [YEAR // 6] * 3 + [YEAR // 2] * 3
    assert not any(town.given.values())
