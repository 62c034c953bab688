"""Awards come, are decided on, cut, reviewed, voted and lost, and each penny is accounted for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.arrangements import (
    Arrangement,
    Award,
    Channel,
    Cut,
    Offer,
    OnLapse,
    PaidFor,
    Renewal,
    Stream,
)
from model.ledger import Purpose
from tests.model.funded import ADVISER, BROKER, COMPANY, GRANT, THERAPIST, Seen, Town, arrangement

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


# -- amounts


def test_a_year_is_paid_by_thirds_to_the_penny_and_rises_with_pay_awards():
    award = grant(gbp_per_pupil=60.001, indexed=True, **{"length_terms": 0})
    town = Town(arrangement(award), pay_award=0.05).run(9)
    amounts = [town.paid(FUND, term) for term in range(9)]
    assert amounts[2:5] == [21_000_350, 21_000_350, 21_000_350]
    assert sum(amounts[2:5]) == round(6000.1 * 10_000 * 1.05)
    assert sum(amounts[5:8]) == round(6000.1 * 10_000 * 1.05**2)
    odd = Town(arrangement(grant(gbp_per_pupil=0.0001, length_terms=0))).run(6)
    assert [odd.paid(FUND, term) for term in range(2, 5)] == [33, 33, 34]


def test_money_that_is_not_indexed_stays_as_it_is():
    town = Town(arrangement(grant(length_terms=0))).run(9)
    assert {town.paid(FUND, term) for term in range(9)} == {YEAR // 3}


def test_amounts_follow_the_pupils_counted_before_the_financial_year():
    town = Town(arrangement(grant(length_terms=0))).run(4)
    town.facts.pupils = town.facts.pupils * 0.5
    town.run(7)
    assert [town.paid(FUND, term) for term in (4, 5, 6)] == [YEAR // 3, YEAR // 6, YEAR // 6]


def test_only_those_counted_are_paid_for():
    town = Town(arrangement(grant(length_terms=0, paid_for=PaidFor.MEMBERS)), first=0)
    town.facts.member = np.array([True, False])
    town.run(4)
    assert [town.paid(FUND, term) for term in (2, 3)] == [round(0.6 * YEAR) // 3] * 2


def test_money_in_arrears_comes_at_the_end_of_the_term_and_cannot_be_spent_before():
    town = Town(arrangement(grant(length_terms=0, in_advance=False)), first=0, off=("reserves",))
    town.step()
    rows = town.ledger.entries()
    assert rows.week[rows.purpose == Purpose.AWARD].tolist() == [12]
    assert town.posts.count("adviser") == 0
    town.step()
    assert town.posts.count("adviser") == 3


# -- renewal


def test_an_award_decided_early_goes_on_without_a_gap_and_staff_know_it():
    town = Town(arrangement(grant(decided_terms_before=1)), first=0, **SURE)
    town.run(2)
    line, horizon, until = town.posts.told[0]
    assert (line, horizon, until) == (0, 3, 3)
    town.run(3)
    assert town.posts.told[0] == (0, 3, 6)
    assert kinds(town) == ["award renewed early"]
    town.run(9)
    assert all(town.paid(FUND, term) == YEAR // 3 for term in range(9))


def test_an_award_decided_at_its_end_is_not_known_to_go_on_before():
    town = Town(arrangement(grant(decided_terms_before=0)), first=0, **SURE).run(3)
    assert town.posts.told[0][2] == 3
    town.run(4)
    assert town.posts.told[0][2] == 6
    assert "award renewed on time" in kinds(town)


def test_a_late_renewal_leaves_a_gap_and_is_paid_back():
    town = Town(arrangement(grant(decided_terms_before=-2)), first=0, **SURE).run(7)
    assert [town.paid(FUND, term) for term in range(7)] == [YEAR // 3] * 3 + [0, 0, YEAR, 0]
    assert [event[0] for event in town.events("award renewed late")] == [5]


def test_a_late_refusal_hands_the_money_over_from_the_end_and_not_from_the_decision():
    town = Town(arrangement(grant(decided_terms_before=-2)), first=0, **LOST).run(8)
    assert [town.paid(FUND, term) for term in range(8)] == [YEAR // 3] * 3 + [0] * 5
    assert [town.given[term] for term in range(8)] == [0.0] * 5 + [YEAR // 3] * 3


def test_an_award_that_is_not_renewed_goes_to_schools_after_the_lead_time():
    town = Town(arrangement(grant()), first=0, lead_time=2.0, **LOST).run(12)
    assert kinds(town)[0] == "award not renewed"
    assert [town.paid(FUND, term) for term in range(12)] == [YEAR // 3] * 3 + [0] * 9
    assert [town.given[term] for term in range(12)] == [0.0] * 5 + [YEAR // 3] * 7
    assert town.paid(FUND, purpose=Purpose.SCHOOL_SPENDING) == 7 * YEAR // 3


@pytest.mark.parametrize(
    ("on_lapse", "payee", "purpose"),
    [
        (OnLapse.PAYER, "other council services, LA 0", Purpose.OTHER_SERVICES),
        (OnLapse.GONE, "outside the place", Purpose.LEFT_PLACE),
    ],
)
def test_money_that_is_not_for_schools_is_accounted_for_all_the_same(on_lapse, payee, purpose):
    town = Town(arrangement(grant(on_lapse=on_lapse)), first=0, lead_time=0.0, **LOST).run(6)
    assert town.ledger.balance(town.ledger.account(payee)) == YEAR
    assert town.paid(FUND, purpose=purpose) == YEAR
    assert town.given == dict.fromkeys(range(6), 0.0)
    assert town.funding.paid_gbp(2024) > 0.0 >= town.funding.paid_gbp(2025)  # nothing for education


def test_awards_say_how_they_are_decided():
    never = Town(arrangement(grant(renewal=Renewal.NEVER)), first=0, off=("renewal_risk",)).run(6)
    assert kinds(never)[0] == "award not renewed"
    certain = Town(arrangement(grant(renewal=Renewal.CERTAIN)), first=0, **LOST).run(12)
    assert kinds(certain).count("award renewed early") == 4


def test_nothing_befalls_before_year_0_what_stands_at_year_0():
    town = Town(arrangement(grant(first_term=-6)), seed=3, **LOST).run(0)
    assert all(town.paid(FUND, term) == YEAR // 3 for term in range(-15, 0))
    assert not town.funding.events()
    town.run(4)
    assert kinds(town)[0] == "award not renewed"


def test_an_award_does_not_outlive_its_last_term():
    town = Town(arrangement(grant(last_term=4)), first=0, lead_time=0.0, **SURE).run(9)
    assert [town.paid(FUND, term) > 0 for term in range(9)] == [True] * 5 + [False] * 4
    assert town.given[8] == 0.0  # it came to its end; nothing was taken away
    assert town.posts.told[0][2] == 5


def test_chance_follows_the_usual_rate():
    towns = Town(arrangement(grant()), first=0, n_la=400, non_renewal=0.36, won_again=0.0).run(3)
    refused = {event[1] for event in towns.events("award not renewed")}
    assert 0.28 < len(refused) / 400 < 0.44


def test_lost_money_may_be_won_again_once_a_year_at_a_cost():
    town = Town(arrangement(grant()), first=0, non_renewal=1.0, won_again=1.0, bid_cost=0.1).run(7)
    assert [event[0] for event in town.events("bid won")] == [6]
    assert town.paid(FUND, 6) == YEAR // 3
    lost = Town(arrangement(grant()), first=0, non_renewal=1.0, won_again=0.001, bid_cost=0.001).run(10)
    assert [event[0] for event in lost.events("bid lost")] == []  # not worth its cost
    cheap = Town(arrangement(grant()), first=0, non_renewal=1.0, won_again=0.001, bid_cost=0.0).run(10)
    assert [event[0] for event in cheap.events("bid lost")] == [6, 9]


def test_a_competitive_renewal_costs_brokers_time_and_money():
    award = grant(competitive=True)
    town = Town(arrangement(award), first=0, bid_cost=0.08, bid_time_share=0.5, **SURE).run(2)
    assert town.funding.time_lost(0) == 0.0
    town.run(3)
    assert town.paid(PURSE, purpose=Purpose.BID) + town.paid("partnership, LA 0", purpose=Purpose.BID) == (
        YEAR * 0.08 * 0.5
    )
    assert 0.0 < town.funding.time_lost(0) <= 1.0
    free = Town(arrangement(award), first=0, off=("bid_cost",), **SURE).run(3)
    assert free.funding.time_lost(0) == free.paid(PURSE, purpose=Purpose.BID) == 0


# -- cuts, reviews, votes


def test_a_cut_takes_a_third_of_the_last_year_and_is_handed_on():
    cut = Cut(term=6, announced=4, share=1 / 3)
    award = grant(length_terms=9, cut=cut, renewal=Renewal.CERTAIN)
    town = Town(arrangement(award), first=0, lead_time=1.0).run(12)
    assert [town.paid(FUND, term) for term in (5, 6, 8, 9)] == [
        YEAR // 3,
        YEAR * 2 // 9,
        YEAR * 2 // 9,
        YEAR // 3,
    ]
    assert [town.given[term] for term in (6, 7, 8, 9)] == [0.0, round(YEAR / 9), round(YEAR / 9), 0.0]
    assert [event[0] for event in town.events("award cut")] == [4]


def test_only_awards_of_more_than_a_year_are_cut_by_chance():
    long = Town(arrangement(grant(length_terms=9)), first=0, **CUT_SURELY).run(9)
    assert [event[0] for event in long.events("award cut")] == [1, 4, 7]
    assert long.paid(FUND, 2) == YEAR // 4
    assert long.paid(FUND, 5) == round(0.75**2 * YEAR / 3)
    for terms in ({"length_terms": 3}, {"length_terms": 0}):
        assert not Town(arrangement(grant(**terms)), first=0, **CUT_SURELY).run(9).events("award cut")


MATHS = Offer(
    name="coaching",
    channel=Channel.WHOLE_SCHOOL,
    domain=0,
    delivered_by="adviser",
    weeks=26,
    slots_per_post=6,
)
REVIEWED = Arrangement(
    partnership=COMPANY,
    awards=(grant(length_terms=15, review_terms=(6,), renewal=Renewal.CERTAIN),),
    posts=(BROKER, ADVISER, THERAPIST),
    offers=(MATHS,),
)


def test_a_bad_provider_is_replaced_at_a_review_and_a_good_one_is_not():
    bad = Town(REVIEWED, first=0, seen=Seen(0.1, 8)).run(9)
    assert bad.seen.replaced == [(0, 6)]
    assert [event[0] for event in bad.events("provider replaced")] == [6]
    for seen, off in ((Seen(1.2, 8), ()), (Seen(0.1, 1), ()), (Seen(0.1, 8), ("review_points",))):
        town = Town(REVIEWED, first=0, seen=seen, off=off).run(9)
        assert not town.seen.replaced


def test_an_award_with_nothing_to_replace_is_stopped_with_a_terms_notice():
    seen = Seen(0.1, 8)
    seen.can_replace = False
    town = Town(REVIEWED, first=0, seen=seen, won_again=1.0).run(12)
    assert [event[0] for event in town.events("award stopped")] == [6]
    assert [town.paid(FUND, term) > 0 for term in range(12)] == [True] * 7 + [False] * 5
    assert not town.events("bid won")  # it was not lost by chance


def test_what_funders_have_seen_tilts_the_chance_of_renewal():
    def refused(quality: float, off: tuple[str, ...] = ()) -> int:
        awards = (grant(length_terms=3),)
        where = replace(REVIEWED, awards=awards)
        towns = Town(where, first=0, n_la=200, seen=Seen(quality, 10), off=off, quality_tilt=2.0).run(3)
        return len(towns.events("award not renewed"))

    assert refused(0.6) > refused(1.0) > refused(1.6)
    assert refused(0.6, ("review_points",)) == refused(1.0) == refused(1.6, ("review_points",))


def test_a_phase_that_votes_against_keeps_its_money_for_a_year():
    award = grant(stream=Stream.SCHOOLS_BLOCK, length_terms=0, yearly_refusal=True, renewal=Renewal.CERTAIN)
    fund = f"{Stream.SCHOOLS_BLOCK.value}, LA 0"
    town = Town(arrangement(award), first=0, forum_refusal=1.0).run(5)
    assert [town.paid(fund, term) for term in range(5)] == [YEAR // 3, YEAR // 3, 0, 0, 0]
    assert [town.given[term] for term in range(5)] == [0, 0, YEAR // 3, YEAR // 3, YEAR // 3]
    many = Town(arrangement(award), first=0, n_la=300, forum_refusal=0.2).run(3)
    phases = [event[4].split()[0] for event in many.events("vote lost")]
    assert 30 < phases.count("primary") < 90 and 30 < phases.count("secondary") < 90
    amounts = {many.paid(f"{Stream.SCHOOLS_BLOCK.value}, LA {la}", 2) for la in range(300)}
    assert amounts <= {0, round(YEAR / 3 * 0.4), round(YEAR / 3 * 0.6), YEAR // 3}
    assert town.posts.told[0][1:] == (0, 1_000_000)  # a yearly vote is felt as permanent
    assert (
        not Town(arrangement(award), first=0, off=("renewal_risk",), forum_refusal=1.0)
        .run(5)
        .events("vote lost")
    )


# -- match, results, fences, what is left over


def test_a_match_is_found_from_other_income_or_the_award_shrinks():
    other = replace(GRANT, name="subscription", stream=Stream.SUBSCRIPTION, length_terms=0)
    award = grant(match_share=0.4, length_terms=0)
    town = Town(arrangement(award, other), first=0).run(1)
    assert town.paid(FUND, 0) == round(0.6 * YEAR / 3)
    assert town.paid("partnership, LA 0: subscription", 0, Purpose.MATCH) == round(0.4 * YEAR / 3)
    alone = Town(arrangement(award), first=0, off=("reserves",)).run(1)
    assert alone.paid(FUND, 0) == 0


def test_money_for_results_is_paid_by_cases_completed():
    award = grant(outcome_share=0.5, length_terms=0)
    for completed, share in ((0, 0.0), (4, 0.5), (8, 1.0), (20, 1.0)):
        seen = Seen(completed=completed)
        town = Town(arrangement(award), first=-1, seen=seen, outcome_target=24.0).run(2)
        at_end = town.paid(FUND, 1) - YEAR // 6
        assert at_end == pytest.approx(share * YEAR / 2, abs=3)


def test_unspent_money_is_clawed_back_or_carried_forward_as_the_award_says():
    rich = {"gbp_per_pupil": 200.0}
    claw = Town(arrangement(grant(carry_forward=False, **rich)), first=-1, **SURE).run(3)
    assert claw.ledger.balance(claw.ledger.account(PURSE)) == 0
    assert [claw.paid(PURSE, term, Purpose.CLAWBACK) > 0 for term in range(3)] == [False, False, True]
    keep = Town(arrangement(grant(first_term=-1, **rich)), first=-1, carry_limit=0.1, **SURE).run(2)
    assert keep.ledger.balance(keep.ledger.account(PURSE)) == round(0.1 * 200 * 10_000 * 100)
    assert keep.paid(PURSE, 1, Purpose.RETURNED) > 0
    assert keep.funding.years.paid_pence(2024)[FUND] == (
        2 * (200 * 10_000 * 100) // 3 + 1 - keep.paid(PURSE, 1, Purpose.RETURNED)
    )


def test_bills_are_paid_with_vat_or_owed_until_money_comes():
    company = replace(COMPANY, vat_irrecoverable=0.5)
    where = Arrangement(partnership=company, awards=(grant(length_terms=0),), posts=(BROKER,))
    town = Town(where, first=0).run(1)
    assert town.funding.charge(0, 100_000, Purpose.PROGRAMME)
    assert town.paid(PURSE, purpose=Purpose.PROGRAMME) == 100_000
    assert town.paid(PURSE, purpose=Purpose.VAT) >= 10_000
    assert town.funding.charge(0, 100_000, Purpose.SUPPORTING_SCHOOL)
    assert town.ledger.balance(town.ledger.account("supporting schools, LA 0")) == 100_000
    before = town.ledger.balance(town.ledger.account(PURSE))
    assert not town.funding.charge(0, before + 1, Purpose.SUPPORTING_SCHOOL)
    assert town.ledger.balance(town.ledger.account(PURSE)) == before
    town.run(2)
    assert town.ledger.balance(town.ledger.account("supporting schools, LA 0")) == 100_000 + before + 1


@pytest.mark.parametrize("purpose", [Purpose.PROGRAMME, Purpose.SUPPORTING_SCHOOL, Purpose.DATA])
def test_bills_rise_with_pay_as_awards_do(purpose):
    now, later = (
        Town(arrangement(grant(length_terms=0, indexed=True), posts=(BROKER,)), first=0, pay_award=0.05).run(
            term + 1
        )
        for term in (0, 29)
    )
    assert now.funding.charge(0, 100_000, purpose) and later.funding.charge(0, 100_000, purpose)
    assert now.paid(PURSE, purpose=purpose) == 100_000
    assert later.paid(PURSE, purpose=purpose) == round(100_000 * 1.05**10)  # ten Aprils
    assert later.paid(FUND, 29) / now.paid(FUND, 0) == pytest.approx(1.05**10, rel=1e-3)


def test_fenced_money_pays_no_bill_but_those_of_its_posts():
    where = arrangement(grant(length_terms=0, ring_fence=("therapist",)))
    town = Town(where, first=0).run(1)
    assert not town.funding.charge(0, 100, Purpose.PROGRAMME)
    assert town.funding.charge(0, 100, Purpose.PROGRAMME, "therapist")
