"""Schools that hold the money spend all of it by their own rules, at the prices a partnership would pay."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.arrangements import Arrangement, Channel, Offer, PostLine
from model.bought_alone import capacity_of
from model.institution_facts import facts_of
from model.parameters import Parameters
from model.practice import DOMAINS
from model.randomness import Chance
from model.school_spending import SchoolSpending, SchoolUse, case_pence, led_by_schools
from model.sharing_out import shared_out
from tests.model.running import changed, place_of

TUTORS = Offer(
    name="tutoring pool",
    channel=Channel.PUPIL_DIRECT,
    domain=2,
    delivered_by="tutor",
    weeks=12,
    slots_per_post=3,
    maths_sd=0.05,
    pupils_per_case=24,
    year_groups=(3, 4, 5, 6, 7, 8, 9),
    eligible="disadvantaged",
    cost_gbp=300.0,
)
COACHING = Offer(
    name="coaching",
    channel=Channel.WHOLE_SCHOOL,
    domain=DOMAINS.index("maths"),
    delivered_by="adviser",
    weeks=39,
    slots_per_post=6,
    practice_sd=0.3,
    cost_gbp=1800.0,
)
FLUENCY = replace(TUTORS, name="fluency", domain=DOMAINS.index("reading"), weeks=8, year_groups=(5, 6))
INDUCTION = replace(
    COACHING, name="induction", domain=DOMAINS.index("leadership"), weeks=78, new_heads=True, cost_gbp=10.0
)
POST_YEAR = 6_500_000
SCHOOLS = len(place_of().schools)
NO_ONE = np.zeros(SCHOOLS, dtype=bool)
USUAL = np.zeros((SCHOOLS, len(DOMAINS)))


def facts():
    place = place_of()
    n = len(place.schools)
    pupils = np.linspace(100.0, 1200.0, n)
    no_one = np.zeros(n, dtype=bool)
    return facts_of(place, no_one, pupils, np.full(n, 0.25), no_one)


def spending(p=None, offers=(COACHING, FLUENCY, INDUCTION), tuition=True, capacity=None):
    """School spending, and a list of what is paid: (term, LA, pence, use)."""
    p, paid = p or Parameters(), []
    if tuition:
        offers = (*offers, led_by_schools(TUTORS, p))
    found = SchoolSpending(
        facts(),
        offers,
        [case_pence(offer, POST_YEAR) for offer in offers],
        len(offers) - 1 if tuition else None,
        p,
        Chance(1, 0, 0),
        lambda *row: paid.append(row),
        capacity,
    )
    return found, paid


def run(found, pence, *, terms=9, practice=USUAL, new_head=NO_ONE):
    return [found.term(t, [pence if t < 6 else 0], practice, new_head) for t in range(terms)]


def by_use(paid):
    total = Counter()
    for _, _, pence, use in paid:
        total[use] += pence
    return total


@given(
    st.lists(st.integers(0, 10**10), min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2000)), min_size=1, max_size=40),
)
@settings(max_examples=200, deadline=None)
def test_money_is_shared_out_to_the_penny_by_pupils(total, schools):
    la = np.array([min(a, len(total) - 1) for a, _ in schools])
    pupils = np.array([float(w) for _, w in schools])
    total = np.array(total)
    found = shared_out(total, la, pupils)
    assert (found >= 0).all()
    of_la = np.bincount(la, pupils, len(total))
    for i, whole in enumerate(total):
        assert found[la == i].sum() == (whole if of_la[i] > 0.0 else 0)
        if of_la[i]:
            np.testing.assert_allclose(
                found[la == i], whole * pupils[la == i] / of_la[i], atol=1.0 + 1e-6 * whole
            )


def test_everything_schools_get_is_paid_out_or_still_set_aside():
    found, paid = spending()
    run(found, 40_000_000)
    assert sum(row[2] for row in paid) + int(found.purse.sum()) == 6 * 40_000_000
    total = by_use(paid)
    assert all(total[use] > 0 for use in SchoolUse)
    assert (found.purse >= 0).all()


def test_most_goes_on_staff_and_the_shares_are_the_declared_ones():
    found, paid = spending()
    run(found, 40_000_000)
    whole, total = 6 * 40_000_000, by_use(paid)
    assert total[SchoolUse.STAFFING] >= 0.7 * whole - 1000
    assert (total[SchoolUse.TUITION] + found.purse[0].sum()) <= 0.15 * whole
    assert (total[SchoolUse.SUPPORT] + found.purse[1].sum()) <= 0.15 * whole


def test_shares_may_be_nothing_and_then_all_goes_on_staff():
    found, paid = spending(changed(support__spend_on_tuition=0.0, support__spend_on_support=0.0))
    each = run(found, 40_000_000)
    assert by_use(paid) == {SchoolUse.STAFFING: 6 * 40_000_000}
    assert not any(len(d.school) for d in each)


def test_a_pupils_tuition_costs_a_school_what_the_pool_pays_without_its_overheads():
    found, paid = spending(changed(funding__pay_award=0.0))
    each = run(found, 40_000_000)
    pupils = sum((d.weeks[d.offer == 3] / TUTORS.weeks * TUTORS.pupils_per_case).sum() for d in each)
    assert pupils == pytest.approx(round(pupils))
    price = -(-case_pence(TUTORS, POST_YEAR) // TUTORS.pupils_per_case)
    assert by_use(paid)[SchoolUse.TUITION] == round(pupils) * price
    assert case_pence(TUTORS, POST_YEAR) == pytest.approx(POST_YEAR / 3 * 12 / 39 + 30_000, abs=1)


def test_tuition_led_by_schools_has_the_pools_effect_and_the_places_that_schools_gave():
    p = Parameters()
    own = led_by_schools(TUTORS, p)
    assert (own.maths_sd, own.pupils_per_case, own.eligible) == (0.05, 24, "disadvantaged")
    assert own.on_target == p.support.tuition_on_target == pytest.approx(0.46)


def test_support_bought_alone_comes_after_its_delay_lasts_its_weeks_and_is_weaker():
    p = changed(brokerage__provider_quality_sd=0.0, support__bought_alone_delay=2.0)
    found, _ = spending(p, offers=(COACHING,), tuition=False)
    each = run(found, 80_000_000, terms=14)
    bought = {s: t for t, _, s, *_ in reversed(found.events())}
    assert bought
    school, first = next(iter(bought.items()))
    weeks = [d.weeks[(d.school == school)].sum() for d in each]
    assert not any(weeks[: first + 2])
    assert weeks[first + 2 : first + 5] == [13.0, 13.0, 13.0]
    quality = np.concatenate([d.quality for d in each])
    np.testing.assert_allclose(quality, 0.85 * 0.9)
    done = [d.completed[d.school == school].any() for d in each]
    assert done.index(True) == first + 4


def test_a_school_buys_what_answers_the_weakest_practice_it_sees():
    practice = USUAL.copy()
    practice[:, DOMAINS.index("reading")] = -5.0
    found, _ = spending(tuition=False)
    run(found, 300_000_000, terms=3, practice=practice)
    f = facts()
    may = (f.first_year_group <= 6) & (f.last_year_group >= 5)
    chosen = [text for *_, s, _, text, _ in found.events() if may[s]]
    assert chosen
    assert all("fluency" in text for text in chosen)


def test_only_schools_with_a_new_head_buy_support_for_new_heads():
    heads = NO_ONE.copy()
    heads[:5] = True
    practice = USUAL.copy()
    practice[:, DOMAINS.index("leadership")] = -5.0
    found, _ = spending(tuition=False)
    run(found, 9_000_000_000, terms=2, practice=practice, new_head=heads)
    those = {s for *_, s, _, text, _ in found.events() if "induction" in text}
    assert those == set(range(5))


def test_schools_buy_only_for_year_groups_they_teach():
    found, _ = spending(offers=(FLUENCY,))
    delivered = run(found, 300_000_000)
    f = facts()
    for d in delivered:
        fluency = d.school[d.offer == 0]
        assert (f.first_year_group[fluency] <= 6).all()
        assert (f.last_year_group[fluency] >= 5).all()


def test_without_money_nothing_is_bought_and_nothing_paid():
    found, paid = spending()
    each = run(found, 0)
    assert not paid
    assert not any(len(d.school) for d in each)
    assert [d.term for d in each] == list(range(9))


def test_a_school_with_one_case_buys_no_other_until_it_ends():
    found, _ = spending(tuition=False)
    each = run(found, 900_000_000, terms=9)
    for d in each:
        assert len(np.unique(d.school)) == len(d.school)


def test_more_money_never_means_less_support():
    def cases(pence):
        found, _ = spending(tuition=False, offers=(COACHING, FLUENCY))
        run(found, pence)
        return len(found.events())

    counts = [cases(pence) for pence in (0, 10_000_000, 50_000_000, 250_000_000)]
    assert counts == sorted(counts)
    assert counts[-1] > counts[1]


def test_a_supporting_school_costs_what_it_is_paid_for_a_case_however_many_it_has():
    school = replace(COACHING, delivered_by="supporting school", slots_per_post=2, cost_gbp=0.0)
    assert case_pence(school, 500_000) == 500_000


def test_prices_rise_with_pay():
    def pupils(pay_award):
        found, _ = spending(changed(funding__pay_award=pay_award))
        late = [found.term(t, [40_000_000], USUAL, NO_ONE) for t in range(27, 30)]
        return sum(d.weeks[d.offer == 3].sum() for d in late)

    assert pupils(0.03) == pytest.approx(pupils(0.0) / 1.03**9, rel=0.03)


def test_no_more_cases_run_at_once_than_those_who_deliver_can_serve():
    line = PostLine(kind="adviser", per_10_000_pupils=0.8, salary_gbp=60_000.0)
    limit = capacity_of((COACHING, FLUENCY), Arrangement(posts=(line,)), facts())
    posts = round(0.8 * facts().pupils.sum() / 10_000)
    assert limit.tolist() == [[6 * posts, 0]]
    found, _ = spending(tuition=False, offers=(COACHING, FLUENCY), capacity=limit)
    each = run(found, 900_000_000, terms=9)
    assert max((d.offer == 0).sum() for d in each) == 6 * posts < SCHOOLS
    assert not any((d.offer == 1).any() for d in each)


def test_tuition_that_schools_lead_is_not_bought_from_the_pool_as_well():
    found, _ = spending(offers=(TUTORS,))
    run(found, 900_000_000)
    assert not found.events()
