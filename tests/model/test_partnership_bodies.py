"""Partnerships as bodies: what they sell, who decides, and how they come to an end."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.arrangements import Arrangement, Award, Change, OnLapse, PaidFor, Renewal, Stream
from model.bodies import AfterInsolvency, Board, Body, Trade
from model.body_parameters import BodyParameters
from model.delivered import Delivered
from model.ledger import Purpose
from model.randomness import Chance
from model.rivals import Rivals
from model.traded_offer import can_hold, pull, sell_outside, turnover
from model.wind_up import HOSTED, taken_in_house
from tests.model.brokered import COACHING
from tests.model.funded import ADVISER, BROKER, COMPANY, GRANT, THERAPIST, Seen, Town, arrangement

P = BodyParameters()
SOLD = Award(
    name="sold elsewhere", stream=Stream.TRADED_OUTSIDE, gbp_per_pupil=10.0, first_term=-15,
    renewal=Renewal.CERTAIN, indexed=False,
)  # fmt: skip
COURSES = Award(
    name="courses", stream=Stream.TRADED_INSIDE, gbp_per_pupil=6.0, first_term=-15,
    renewal=Renewal.CERTAIN, indexed=False,
)  # fmt: skip
STEADY = {"pay_award": 0.0, "cut_chance": 0.0}


def company(**body: object) -> object:
    return replace(COMPANY, body=Body(**body))  # type: ignore[arg-type]


def stands(*awards: Award, posts=(BROKER, ADVISER, THERAPIST), **body: object) -> Arrangement:
    made = company(**body)
    return Arrangement(partnership=made, awards=awards, posts=posts)  # type: ignore[arg-type]


def quiet(**body_values: float) -> BodyParameters:
    """Rivals that do not move."""
    return BodyParameters(rivals_sd=0.0, **body_values)


def town(*args, **kwargs) -> Town:
    return Town(*args, **{**STEADY, **kwargs})


def income(place: Town, stream: Stream, term: int) -> int:
    return place.paid(f"{stream.value}, LA 0", term)


def every_payment(place: Town, purpose: Purpose) -> int:
    rows = place.ledger.entries()
    return int(rows.pence[rows.purpose == purpose].sum())


# -- the market


def test_usual_quality_price_and_rivals_sell_what_is_usual():
    assert turnover(Trade(), 1.0, 1.0, P) == pytest.approx(1.0)
    assert pull(Trade(), 1.0, P) == 1.0


def test_more_is_sold_where_quality_is_seen_and_less_where_rivals_pull():
    usual = turnover(Trade(), 1.0, 1.0, P)
    assert turnover(Trade(), 1.5, 1.0, P) > usual > turnover(Trade(), 0.5, 1.0, P)
    assert turnover(Trade(), 1.0, 2.0, P) < usual < turnover(Trade(), 1.0, 0.2, P)


def test_a_dearer_offer_sells_less_of_itself():
    dear = Trade(price=1.5)
    assert turnover(dear, 1.0, 1.0, P) / dear.price < turnover(Trade(), 1.0, 1.0, P)


def test_no_more_is_sold_outside_than_specialists_have_time_for():
    sales = sell_outside(10_000_00, specialists=2.0, time=0.1, pence_per_post=8_000_00.0)
    assert sales.time == pytest.approx(0.1) and sales.pence == 1_600_00
    assert sell_outside(1_000_00, 2.0, 0.5, 8_000_00.0) == (1_000_00, pytest.approx(1 / 16))
    assert sell_outside(1_000_00, 0.0, 0.5, 8_000_00.0) == (0, 0.0)


def test_courses_are_held_until_many_posts_are_empty():
    assert can_hold(10, 10, P) == can_hold(5, 10, P) == 1.0
    assert can_hold(2.5, 10, P) == pytest.approx(0.5) and can_hold(0, 10, P) == 0.0
    assert can_hold(0, 0, P) == 1.0


def test_rivals_come_where_a_partnership_is_seen_to_be_bad_and_go_back_to_the_usual():
    rivals = Rivals(1, quiet(), Chance(1, 0, 0))
    for term in range(2, 17, 3):
        rivals.year(0, term, 0.2)
    many = rivals.pull(0, 1.0)
    assert many > 1.3
    for term in range(17, 60, 3):
        rivals.year(0, term, 1.0)
    assert 1.0 <= rivals.pull(0, 1.0) < 1.02
    assert rivals.pull(0, 0.0) == 0.0


# -- trade in a place


def test_a_body_without_trade_is_paid_what_its_awards_say():
    plain, body = (
        town(arrangement(GRANT, SOLD, COURSES)).run(9),
        town(stands(GRANT, SOLD, COURSES)).run(9),
    )
    assert plain.ledger.entries().pence.tolist() == body.ledger.entries().pence.tolist()
    assert body.funding.bodies.time_sold(0) == 0.0


def test_selling_outside_takes_specialists_time_from_the_place():
    place = town(stands(GRANT, SOLD, trade=Trade()), body=quiet()).run(6)
    posts = place.posts.count("adviser") + place.posts.count("therapist")
    assert place.funding.bodies.time_sold(0) == pytest.approx(100_000 / (posts * 80_000), rel=0.3)
    assert place.funding.bodies.time_sold(0) > 0.0


def test_a_place_whose_support_is_seen_to_be_good_sells_more():
    coaching = replace(COACHING, delivered_by="adviser")
    made = replace(stands(GRANT, COURSES, trade=Trade()), offers=(coaching,))
    sold = [
        income(town(made, body=quiet(), seen=Seen(q, 50)).run(6), Stream.TRADED_INSIDE, 5) for q in (0.5, 1.5)
    ]
    assert sold[0] < 6 * 10_000 * 100 // 3 < sold[1]


@pytest.mark.parametrize("price", [0.5, 1.0, 2.0])
def test_who_asks_more_gives_less_time_for_the_same_income(price):
    trade = Trade(price=price, rivals=0.0, outside_time=0.6)
    place = town(stands(GRANT, SOLD, trade=trade), body=quiet()).run(5)
    posts = place.posts.count("adviser") + place.posts.count("therapist")
    earned = sum(income(place, Stream.TRADED_OUTSIDE, term) for term in (2, 3, 4))
    time = place.funding.bodies.time_sold(0) * posts
    assert time > 0.0
    assert earned / time == pytest.approx(100.0 * P.gbp_per_post * price, rel=0.02)


def test_without_specialists_nothing_is_sold_outside():
    place = town(stands(GRANT, SOLD, trade=Trade(), posts=(BROKER,)), body=quiet()).run(6)
    assert income(place, Stream.TRADED_OUTSIDE, 5) == 0


def test_demand_from_outside_grows_as_a_partnership_becomes_known():
    trade = Trade(growth=0.2)
    little = replace(SOLD, gbp_per_pupil=2.0)
    place = town(stands(GRANT, little, trade=trade), body=quiet()).run(12)
    usual = income(place, Stream.TRADED_OUTSIDE, 0)
    assert income(place, Stream.TRADED_OUTSIDE, 11) == pytest.approx(1.2**3 * usual, rel=1e-3)


def test_a_board_answers_lost_income_by_selling_more_and_the_la_keeps_staff_for_its_own_schools():
    rich = replace(SOLD, gbp_per_pupil=60.0)
    ends = replace(GRANT, name="commission", gbp_per_pupil=30.0, last_term=2)
    times = []
    for board in (Board(), Board(schools=0.3, la=0.7, independent=0.0)):
        place = town(stands(GRANT, ends, rich, board=board, trade=Trade()), body=quiet()).run(1)
        before = place.funding.bodies.time_sold(0)
        place.run(9)
        times.append((before, place.funding.bodies.time_sold(0)))
    (before, after), (before_la, after_la) = times
    assert after > before == pytest.approx(0.2)
    assert before_la < before and after_la < after


def test_business_services_leave_a_margin_in_model_1_alone():
    trade = Trade(business_gbp_per_pupil=30.0)
    kept = {}
    for model in (1, 2):
        made = stands(GRANT, trade=trade)
        made = replace(made, partnership=replace(made.partnership, model=model))
        place = town(made, body=quiet()).run(6)
        got = place.paid("schools, LA 0", purpose=Purpose.BUSINESS_SERVICES)
        kept[model] = got - every_payment(place, Purpose.COST_OF_SALES) if got else 0
        if model == 1:
            assert kept[1] == pytest.approx(0.08 * got, rel=0.01)
    assert kept[2] == 0


def test_associates_pay_for_what_they_have_and_members_do_not():
    place = town(stands(GRANT, associates=1.0, associate_gbp_a_week=200.0)).run(1)
    place.facts.member = np.array([True, False])
    assert place.funding.bodies.associates().tolist() == [False, True]
    columns = {"quality": np.ones(2), "completed": np.zeros(2, dtype=bool)}
    rows = np.array([0, 1], dtype=np.int32)
    place.funding.bodies.bill(
        Delivered(term=0, school=rows, offer=rows, weeks=np.array([9.0, 5.0]), **columns)
    )
    assert income(place, Stream.TRADED_INSIDE, 0) == 1_000_00
    assert place.ledger.total() == 0


def test_what_associates_pay_rises_with_pay():
    place = town(stands(GRANT, associates=1.0, associate_gbp_a_week=200.0), pay_award=0.05).run(6)
    place.facts.member = np.array([True, False])
    rows = np.array([0, 1], dtype=np.int32)
    columns = {"quality": np.ones(2), "completed": np.zeros(2, dtype=bool)}
    place.funding.bodies.bill(
        Delivered(term=5, school=rows, offer=rows, weeks=np.array([9.0, 5.0]), **columns)
    )
    assert income(place, Stream.TRADED_INSIDE, 5) == round(1_000_00 * 1.05**2)  # two Aprils


def test_schools_on_a_board_put_less_by():
    held = []
    for schools in (0.2, 0.6, 1.0):
        board = Board(schools=schools, la=0.0, independent=1.0 - schools)
        place = town(stands(GRANT, board=board, posts=(BROKER, ADVISER))).run(6)
        held.append(place.ledger.balance(place.ledger.account("partnership, LA 0")))
    assert held[0] > held[1] > held[2]


# -- ends

LAST = replace(GRANT, last_term=2, renewal=Renewal.NEVER, on_lapse=OnLapse.PAYER)
FEES = Award(
    name="fees", stream=Stream.SUBSCRIPTION, gbp_per_pupil=4.0, paid_for=PaidFor.MEMBERS, first_term=-15,
    renewal=Renewal.CERTAIN, on_lapse=OnLapse.SCHOOLS,
)  # fmt: skip


def test_a_company_that_cannot_pay_is_wound_up_and_everything_goes_back():
    place = town(stands(LAST, FEES, after_insolvency=AfterInsolvency.WIND_UP), bill=40_000_00).run(15)
    (event,) = place.events("wound up")
    assert event[0] > 0 and not place.funding.bodies.stands().any()
    assert place.posts.count("adviser") == place.posts.count("co-ordinator") == 0
    for name, held in zip(place.ledger.names, place.ledger.balances, strict=True):
        assert held == 0 or not name.startswith("partnership"), name
    made = stands(LAST, FEES)
    assert place.funding.ends.effective(made) == replace(made, partnership=None)
    assert town(made).funding.ends.effective(made) is made
    assert place.funding.ends.alive(0) == 1.0 and place.funding.ends.alive(14) == 0.0
    lead = 2
    assert place.given[event[0] + 1 + lead] > 0.0  # schools keep what they subscribed


def test_the_la_takes_posts_and_its_commission_back():
    kept = replace(GRANT, name="commission", gbp_per_pupil=25.0)
    made = stands(LAST, kept, FEES, after_insolvency=AfterInsolvency.IN_HOUSE)
    place = town(made, bill=80_000_00).run(18)
    assert len(place.events("returned in-house")) == 1
    assert place.funding.bodies.stands().all() and place.funding.ends.alive(17) == 0.0
    agent = place.funding._money[0].agent
    assert agent.in_house and agent.terms.legal_form == HOSTED
    assert place.posts.count("co-ordinator") > 0
    assert income(place, Stream.LA_GENERAL_FUND, 17) > 0 == income(place, Stream.SUBSCRIPTION, 17)


def test_inside_a_council_the_la_pays_what_is_missing():
    made = stands(LAST, FEES, after_insolvency=AfterInsolvency.WIND_UP)
    made = replace(made, partnership=replace(made.partnership, legal_form=HOSTED))
    place = town(made, bill=40_000_00).run(15)
    assert place.events("deficit met") and not place.events("wound up")
    assert place.funding.bodies.stands().all()


def test_a_body_that_pays_its_way_stands_after_ten_years():
    place = town(stands(GRANT, FEES, after_insolvency=AfterInsolvency.WIND_UP), bill=1_000_00).run(30)
    assert place.funding.ends.alive(29) == 1.0 and not place.events("wound up")


def test_a_body_that_cannot_become_insolvent_goes_on_as_before():
    plain = town(arrangement(LAST, FEES), bill=40_000_00).run(12)
    body = town(stands(LAST, FEES), bill=40_000_00).run(12)
    assert plain.ledger.entries().pence.tolist() == body.ledger.entries().pence.tolist()


def test_what_was_wound_up_is_not_founded_again_but_another_body_may_be():
    made = stands(LAST, FEES, after_insolvency=AfterInsolvency.WIND_UP)
    other = replace(made, partnership=replace(made.partnership, legal_form="charity"), awards=(GRANT,))
    same = Change(announced=15, term=15, arrangement=replace(made, awards=(FEES,)))
    anew = Change(announced=20, term=20, arrangement=other)
    place = town(made, same, anew, bill=40_000_00).run(18)
    assert not place.funding.bodies.stands().any()
    place.bill = 0
    place.run(24)
    assert place.funding.bodies.stands().all() and place.posts.count("adviser") > 0


def test_one_partnership_of_two_las_shares_its_reserves_and_falls_as_one():
    made = stands(LAST, FEES, one_for_all_las=True, after_insolvency=AfterInsolvency.WIND_UP)
    place = town(made, n_la=2, bill=40_000_00).run(15)
    assert every_payment(place, Purpose.POOLED) >= 0
    ends = place.events("wound up")
    assert len(ends) == 2 and ends[0][0] == ends[1][0]


def test_reserves_of_one_partnership_lie_where_it_spends():
    made = stands(GRANT, one_for_all_las=True)
    place = town(made, n_la=2)
    place.facts.pupils = np.array([6000.0, 4000.0, 3000.0, 2000.0])
    place.run(6)
    held = [place.ledger.balance(place.ledger.account(f"partnership, LA {la}")) for la in (0, 1)]
    spent = [sum(money.spent[-3:]) for money in place.funding._money]
    assert held[0] / sum(held) == pytest.approx(spent[0] / sum(spent), rel=1e-4)


def test_an_la_that_takes_over_recovers_vat_and_sells_nothing():
    terms = taken_in_house(replace(company(trade=Trade(), associates=0.5), vat_irrecoverable=0.5))
    assert terms.vat_irrecoverable == 0.0 and terms.body.trade is None and terms.body.associates == 0.0
    assert terms.body.board.la == 1.0


def test_certainty_and_months_held_are_known_for_maturity():
    place = town(stands(GRANT, FEES)).run(3)
    assert place.funding.bodies.certain_share(0, 2) == 1.0
    short = town(stands(replace(GRANT, length_terms=3, renewal=Renewal.USUAL), FEES)).run(3)
    assert 0.0 < short.funding.bodies.certain_share(0, 2) < 1.0
    assert place.funding.bodies.months_held(0) > 0.0


def test_as_the_las_money_falls_and_more_is_sold_elsewhere_the_share_of_trade_rises():
    commission = replace(GRANT, name="commission", gbp_per_pupil=25.0, last_term=5)
    rich = replace(SOLD, gbp_per_pupil=40.0)
    made = stands(replace(GRANT, stream=Stream.DFE_FUND), commission, rich, trade=Trade(growth=0.15))
    years = town(made, body=quiet()).run(15).funding.years
    assert years.la_income_share(2024) > 0.2 > years.la_income_share(2028) == 0.0
    assert years.traded_share(2028) > years.traded_share(2024) > 0.0


@pytest.mark.parametrize(("least", "stands_yet"), [(0.1, True), (0.6, False)])
def test_a_board_winds_up_what_is_left_with_too_little(least, stands_yet):
    lean = replace(GRANT, name="commission", gbp_per_pupil=16.0)
    made = stands(replace(LAST, gbp_per_pupil=40.0), lean, after_insolvency=AfterInsolvency.WIND_UP)
    place = town(made, body=quiet(least_scale=least)).run(18)
    assert place.funding.bodies.stands().all() == stands_yet
    assert bool(place.events("wound up")) != stands_yet


def test_dues_that_others_paid_are_paid_back_from_reserves():
    made = stands(LAST, FEES, after_insolvency=AfterInsolvency.WIND_UP)
    place = town(made, body=quiet(wind_up_months=24.0, least_scale=0.0)).run(24)
    service = place.ledger.account("Redundancy Payments Service")
    paid = place.paid("Redundancy Payments Service", purpose=Purpose.REDUNDANCY)
    (money,) = place.funding._money
    assert -place.ledger.balance(service) == money.unpaid_dues <= paid


def test_nothing_ends_before_year_0():
    made = stands(FEES, after_insolvency=AfterInsolvency.WIND_UP)
    place = town(made, bill=90_000_00).run(0)
    assert place.funding.bodies.stands().all()
    assert not place.run(3).funding.bodies.stands().any()
