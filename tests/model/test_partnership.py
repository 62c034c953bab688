"""A partnership opens posts that its money can pay, gives notice when it ends, and never overdraws."""

from __future__ import annotations

from dataclasses import replace

import mesa
import pytest

from model.agents.funder import Funder, Verdict
from model.agents.partnership import Partnership
from model.arrangements import Arrangement, Change, PostLine, Renewal, Stream
from model.funding_parameters import FundingParameters
from model.ledger import Purpose
from model.post_plan import FLOW, KEEP, RESERVES, RISKY, STOCK, Line, Purse, Wanted, main_line, plan_posts
from model.staff_costs import post_cost, redundancy, vat_on
from tests.model.funded import ADVISER, BROKER, COMPANY, GRANT, THERAPIST, Town, arrangement

P = FundingParameters()
FUND, PURSE = "LA general fund, LA 0", "partnership, LA 0: grant"
PERMANENT = replace(GRANT, length_terms=0)
YEARLY = replace(GRANT, first_term=-3, length_terms=3, decided_terms_before=0, renewal=Renewal.USUAL)
SURE = {"non_renewal": 0.0, "cut_chance": 0.0}
LOST = {"non_renewal": 1.0, "won_again": 0.0}


def staff(town: Town) -> dict[str, int]:
    """People in post by kind."""
    return {line.kind: town.posts.count(line.kind) for line in (BROKER, ADVISER, THERAPIST)}


# -- what a post costs


def test_a_teachers_post_costs_salary_pension_insurance_and_overhead():
    cost = post_cost(replace(ADVISER, salary_gbp=60_000.0), COMPANY, P, 0)
    assert cost.pay == 2_000_000
    assert cost.pension == round(2_000_000 * 0.2868)
    assert cost.national_insurance == round(0.15 * (2_000_000 - 500_000 / 3))
    assert cost.overhead == 300_000
    assert (cost.vat, cost.total) == (0, sum(cost))
    other = post_cost(replace(THERAPIST, salary_gbp=60_000.0), COMPANY, P, 0)
    assert other.pension == round(2_000_000 * 0.21)


def test_pay_rises_in_september_for_teachers_and_in_april_for_others():
    def pay(line: PostLine) -> list[float]:
        first = post_cost(line, COMPANY, P, 0).pay
        return [round(post_cost(line, COMPANY, P, term).pay / first, 4) for term in range(-3, 7)]

    assert pay(ADVISER) == [1.0] * 6 + [1.03] * 3 + [1.0609]
    assert pay(THERAPIST) == [1.0] * 5 + [1.03] * 3 + [1.0609] * 2


def test_vat_that_cannot_be_recovered_depends_on_legal_form():
    assert vat_on(100_000, COMPANY, P) == 0
    assert vat_on(100_000, replace(COMPANY, vat_irrecoverable=1.0), P) == 20_000
    assert post_cost(BROKER, replace(COMPANY, vat_irrecoverable=1.0), P, 0).vat == 25_000


def test_redundancy_is_due_after_two_years_by_years_and_capped_weeks():
    assert redundancy(ADVISER, 5, P, 0) == (0, 0)
    pay, strain = redundancy(ADVISER, 6, P, 0)
    assert pay == round(100 * 719 * 1.25 * 2)
    assert strain == 550_000
    assert redundancy(ADVISER, 100, P, 0)[0] == round(100 * 719 * 1.25 * 20)
    low = replace(THERAPIST, salary_gbp=26_000.0)
    assert redundancy(low, 9, P, 0)[0] == round(100 * 500 * 1.25 * 3)


# -- which posts are paid


def line(flow: int, *fence: str, stock: int = 0, risky: int = 0, opens: bool = True) -> Line:
    return Line(flow, stock, risky, fence, opens)


def test_posts_are_paid_in_order_of_importance_from_lines_in_order():
    wanted = [Wanted("a", 10, 2, 0), Wanted("b", 10, 2, 0)]
    first, second = plan_posts(wanted, [line(15), line(20)], Purse(0, 0))
    assert first == [[(0, 10, FLOW)], [(0, 5, FLOW), (1, 5, FLOW)]]
    assert second == [[(1, 10, FLOW)]]
    assert main_line(first[1]) == 0


def test_fenced_money_pays_only_its_own_kinds_and_what_follows_may_still_be_paid():
    lines = [line(10, "b"), line(5)]
    assert plan_posts([Wanted("a", 10, 1, 0), Wanted("b", 10, 1, 0)], lines, Purse(0, 0)) == [
        [],
        [[(0, 10, FLOW)]],
    ]


def test_a_filled_post_is_kept_on_what_was_put_by_and_a_vacant_one_is_not_begun_on_it():
    for filled, paid in ((1, [[(0, 4, FLOW), (0, 3, STOCK), (RESERVES, 3, KEEP)]]), (0, [])):
        purse = Purse(9, 5)
        assert plan_posts([Wanted("a", 10, 1, filled)], [line(4, stock=3)], purse) == [paid]
        assert purse.bridge == 9 - 3 * filled


def test_reserves_pay_for_money_believed_in_as_far_as_they_go():
    purse = Purse(15, 0)
    (posts,) = plan_posts([Wanted("a", 10, 3, 3)], [line(0, risky=30)], purse)
    assert posts == [[(0, 10, RISKY)]]
    assert purse.bridge == 5


def test_no_vacant_post_is_filled_on_a_line_that_does_not_open_any():
    shut = [line(30, opens=False)]
    assert plan_posts([Wanted("a", 10, 3, 1)], shut, Purse(0, 0)) == [[[(0, 10, FLOW)]]]


def test_whole_posts_only_the_least_important_go_without():
    poor = Town(arrangement(replace(PERMANENT, gbp_per_pupil=40.0))).run(0)
    assert staff(poor) == {"co-ordinator": 1, "adviser": 3, "therapist": 0}
    turned = arrangement(replace(PERMANENT, gbp_per_pupil=40.0), posts=(THERAPIST, ADVISER, BROKER))
    assert Town(turned).run(0).posts.count("therapist") == 2


def test_posts_know_which_award_pays_them_its_length_and_how_long_it_is_certain():
    fenced = replace(GRANT, name="fenced", length_terms=0, gbp_per_pupil=20.0, ring_fence=("therapist",))
    three = replace(GRANT, first_term=0, length_terms=9)
    town = Town(arrangement(three, fenced), first=0, **SURE).run(1)
    (broker,) = town.posts.kinds[0, "co-ordinator"]
    therapists = town.posts.kinds[0, "therapist"]
    assert town.posts.told[broker] == (0, 9, 9)
    assert {town.posts.told[slot] for slot in therapists} <= {(0, 9, 9), (1, 0, 1_000_000)}
    assert town.funding.award_index == {"grant": 0, "fenced": 1}


def test_programmes_and_supporting_schools_are_budgeted_from_what_they_asked_for():
    without = Town(arrangement(replace(PERMANENT, gbp_per_pupil=48.0))).run(0)
    billed = Town(arrangement(replace(PERMANENT, gbp_per_pupil=48.0)), bill=5_000_000).run(0)
    assert sum(staff(billed).values()) < sum(staff(without).values())
    asked = billed.paid(PURSE, -1, Purpose.PROGRAMME)
    assert asked == 5_000_000


# -- when money ends


def test_staff_have_notice_a_term_before_the_money_ends_and_redundancy_when_it_has():
    never = replace(GRANT, first_term=-9, length_terms=12, decided_terms_before=2, renewal=Renewal.NEVER)
    poor = replace(COMPANY, reserves_months=0.0)
    where = Arrangement(partnership=poor, awards=(never,), posts=(BROKER, ADVISER))
    town = Town(where, carry_limit=0.0).run(3)
    assert [(event[0], event[4]) for event in town.events("notice given")] == [
        (2, "notice to 3 in post as adviser")
    ]
    assert set(filter(None, town.posts.notice)) == {3}
    town.run(4)
    assert staff(town) == {"co-ordinator": 1, "adviser": 0, "therapist": 0}  # for what is left of the money
    assert [event[0] for event in town.events("redundancy")] == [3] * 3
    town.run(6)
    assert not any(town.posts.filled)
    assert {event[0] for event in town.events("notice given")} == {2, 3}
    assert not town.events("insolvent")


def test_reserves_keep_some_in_post_when_money_is_lost_and_without_them_all_go_at_once():
    kept, lost = (
        Town(arrangement(YEARLY), **LOST).run(1),
        Town(arrangement(YEARLY), off=("reserves",), **LOST),
    )
    lost.run(1)
    assert sum(staff(kept).values()) > sum(staff(lost).values()) == 0
    kept.run(9)
    assert sum(staff(kept).values()) == 0


def test_without_reserves_a_month_late_costs_the_posts_and_with_them_and_some_appetite_it_does_not():
    late = replace(YEARLY, decided_terms_before=-1)

    def in_gap(appetite: float, off: tuple[str, ...] = ()) -> int:
        company = replace(COMPANY, risk_appetite=appetite)
        where = Arrangement(partnership=company, awards=(late,), posts=(BROKER, ADVISER, THERAPIST))
        town = Town(where, off=off, non_renewal=0.36, cut_chance=0.0).run(1)
        assert not [event for event in town.events("award renewed late") if event[0] <= 0]
        return sum(staff(town).values())

    assert in_gap(1.0) == 6
    assert in_gap(1.0) > in_gap(0.2) > in_gap(1.0, ("reserves",)) == 0


def test_a_vacant_post_is_not_begun_in_the_last_certain_term_without_appetite_for_risk():
    for appetite, begun in ((0.0, 0), (1.0, 1)):
        company = replace(COMPANY, risk_appetite=appetite)
        where = Arrangement(partnership=company, awards=(YEARLY,), posts=(BROKER,))
        town = Town(where, first=-1, non_renewal=0.36).run(0)
        assert town.posts.count("co-ordinator") == begun


def test_dismissal_without_notice_is_recorded_where_no_money_is_left():
    town = Town(arrangement(YEARLY), off=("reserves",), **LOST).run(1)
    assert [event[0] for event in town.events("notice given")][-1] == -1  # its end was known
    assert not town.events("insolvent")
    sudden = arrangement(replace(GRANT, gbp_per_pupil=1.0, first_term=2, length_terms=0))
    shock = Town(
        arrangement(PERMANENT), Change(announced=2, term=2, arrangement=sudden), off=("reserves",)
    ).run(3)
    assert [event[0] for event in shock.events("insolvent")] == [2, 2, 2]
    assert not any(shock.posts.filled)
    rows = shock.ledger.entries()
    service = rows.payer == rows.accounts.index("Redundancy Payments Service")
    assert service.any()  # the state pays what the employer cannot


def test_half_of_the_money_costs_posts_and_they_come_back_when_it_does():
    cut = arrangement(replace(PERMANENT, gbp_per_pupil=30.0))
    change = Change(announced=2, term=3, arrangement=cut)
    back = Change(announced=8, term=9, arrangement=arrangement(PERMANENT))
    town = Town(arrangement(PERMANENT), change, back).run(8)
    assert sum(staff(town).values()) < 6
    town.run(12)
    assert sum(staff(town).values()) == 6


def test_kinds_that_are_wanted_no_more_end_with_notice():
    fewer = arrangement(PERMANENT, posts=(BROKER, THERAPIST))
    town = Town(arrangement(PERMANENT), Change(announced=1, term=3, arrangement=fewer)).run(3)
    assert town.posts.count("adviser") == 3
    assert [event[0] for event in town.events("notice given")] == [2]
    town.run(4)
    assert staff(town) == {"co-ordinator": 1, "adviser": 0, "therapist": 2}


def test_payroll_is_what_those_in_post_cost_to_the_penny():
    town = Town(arrangement(PERMANENT)).run(6)
    cost = [post_cost(line, COMPANY, P, 5) for line in (BROKER, *[ADVISER] * 3, *[THERAPIST] * 2)]
    for place, purpose in enumerate(
        (Purpose.PAY, Purpose.PENSION, Purpose.NATIONAL_INSURANCE, Purpose.OVERHEAD, Purpose.VAT)
    ):
        paid = town.paid(PURSE, 5, purpose) + town.paid("partnership, LA 0", 5, purpose)
        assert paid == sum(row[place] for row in cost)


# -- the agents


def test_a_funder_that_looks_is_swayed_by_what_it_has_seen():
    funder = Funder(mesa.Model(rng=0), 0, Stream.HEALTH, 0, P, looks=True)
    blind = Funder(mesa.Model(rng=0), 0, Stream.HEALTH, 0, P, looks=False)
    assert funder.chance_against(0.36, 1.5, 9) < 0.36 < funder.chance_against(0.36, 0.5, 9)
    assert funder.chance_against(0.36, 0.5, 0) == pytest.approx(0.36)
    assert blind.chance_against(0.36, 0.5, 9) == 0.36
    assert (funder.chance_against(0.0, 0.1, 9), funder.chance_against(1.0, 3.0, 9)) == (0.0, 1.0)
    assert funder.judges(0.2, 9) is Verdict.REPLACE
    assert Verdict.GO_ON is funder.judges(0.2, 1) is funder.judges(0.9, 9) is blind.judges(0.2, 9)
    assert funder.decides(Renewal.CERTAIN, 0.0, 0.0, 9, 1.0)
    assert not funder.decides(Renewal.NEVER, 1.0, 2.0, 9, 0.0)
    assert funder.decides(Renewal.USUAL, 0.37, 1.0, 0, 0.36)
    assert not funder.decides(Renewal.USUAL, 0.35, 1.0, 0, 0.36)


def test_a_partnership_dares_by_its_appetite_and_its_belief():
    def company(appetite: float, reserves: bool = True) -> Partnership:
        terms = replace(COMPANY, risk_appetite=appetite)
        return Partnership(mesa.Model(rng=0), 0, 0, terms, reserves)

    assert not company(0.0).dares(1.0)
    assert company(1.0).dares(0.0)
    assert company(0.4).dares(0.6)
    assert not company(0.4).dares(0.59)
    assert not company(1.0, reserves=False).dares(1.0)
    assert company(0.5).aims_for(1_200) == 300
    assert company(0.5, reserves=False).aims_for(1_200) == 0
    assert company(0.5).bids(0.3, 1000, 299) and not company(0.5).bids(0.3, 1000, 300)


def test_money_of_the_term_stands_on_its_own_when_reserves_are_off():
    town = Town(arrangement(PERMANENT), off=("reserves",)).run(6)
    assert town.ledger.balance(town.ledger.account("partnership, LA 0")) == 0
    assert staff(town) == {"co-ordinator": 1, "adviser": 3, "therapist": 2}
    assert town.paid(PURSE, 4, Purpose.RETURNED) > 0
