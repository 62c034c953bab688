"""Support raises practice while it lasts, leaves a part behind, and teaches less where there was more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.arrangements import Arrangement, Channel, Offer
from model.delivered import Delivered
from model.gains import attainment_of_practice, course_of, growth_of, terms_of
from model.levers import Levers
from model.parameters import with_effects
from model.practice import DOMAINS, INDEX_WEIGHTS, index_scale
from model.support import NoEmbedding, Support
from tests.model.running import changed as changed_from_central

MATHS = DOMAINS.index("maths")
USUAL = 0.09
ONES = np.ones(13)
HEADS_STAY = {"workforce__head_leave_primary": 0.0, "workforce__head_leave_secondary": 0.0}
COACHING = Offer(
    name="coaching",
    channel=Channel.WHOLE_SCHOOL,
    domain=MATHS,
    delivered_by="coach",
    weeks=39,
    slots_per_post=6,
    practice_sd=0.6,
)
NO_DIMINISHING = {"support__half_gain_cases": 1e6}


def changed(**values):
    """Give central values but for some, in a world where headteachers stay."""
    return changed_from_central(**{**HEADS_STAY, **values})


def delivered(*rows: tuple[int, int, float, float], term: int = 0) -> Delivered:
    """Make a term's deliveries of (school, offer, weeks, quality)."""
    school, offer, weeks, quality = np.array(rows, dtype=float).reshape(-1, 4).T
    return Delivered(
        term=term,
        school=school.astype(np.int32),
        offer=offer.astype(np.int32),
        weeks=weeks,
        quality=quality,
        completed=np.zeros(len(school), dtype=bool),
    )


def terms(support, each, *, n=2, leaving=USUAL, new_head=(), start=0):
    """Run terms of what is delivered to some schools and give the total after each."""
    heads, found = np.zeros(n, dtype=bool), []
    heads[list(new_head)] = True
    for t, rows in enumerate(each, start=start):
        support.term(t, delivered(*rows, term=t), np.full(n, leaving), heads)
        found.append(support.total().copy())
    return np.array(found)


def whole_case(offer, school=0, quality=1.0):
    return [[(school, 0, weeks, quality)] for weeks in terms_of(offer.weeks)]


def test_a_whole_case_in_a_usual_school_brings_what_the_offer_says_and_only_in_its_domain():
    for offer in (COACHING, replace(COACHING, weeks=78), replace(COACHING, weeks=20)):
        found = terms(Support(2, (offer,), changed()), whole_case(offer))[-1]
        assert found[0, MATHS] == pytest.approx(0.6, rel=1e-9)
        found[0, MATHS] = 0.0
        assert not found.any()


def test_where_new_heads_are_as_frequent_as_usual_schools_gain_on_average_what_the_offer_says():
    p = changed_from_central(workforce__head_leave_primary=0.1, workforce__head_leave_secondary=0.1)
    found = []
    for t in range(3):  # one school in ten has a new head, for a year
        support = Support(10, (COACHING,), p)
        each = [[(s, 0, 13.0, 1.0) for s in range(10)]] * 3
        found.append(terms(support, each, n=10, new_head=[t])[-1, :, MATHS].mean())
    assert np.mean(found) == pytest.approx(0.6, rel=2e-3)


def test_an_effect_of_one_in_attainment_is_one_sd_of_the_pupils_it_is_for():
    p, unit = changed(), np.linspace(1.0, 1.6, 13)
    offer = replace(COACHING, practice_sd=0.0, attainment_sd=0.06, year_groups=(5, 6))
    plain, scaled = (Support(1, (offer,), p, unit=u).whole_gain[0] for u in (ONES, unit))
    assert scaled == pytest.approx(plain * unit[6:8].mean())


def test_constant_support_and_then_none_follow_the_closed_form():
    p, k = changed(**NO_DIMINISHING), 6
    support = Support(1, (COACHING,), p)
    found = terms(support, [[(0, 0, 13.0, 1.0)]] * k, n=1)
    course = course_of(p)
    gain = support.whole_gain[0] * growth_of(39, course).rate / 3
    e, h = course.embeds, course.fades
    b = course.kept * (1.0 - p.support.turnover_loss * USUAL / 3)
    assert b == course.kept_usually
    steady = gain * (1 - (1 - e) ** np.arange(1, k + 1)) / e
    np.testing.assert_allclose(support.supported[0, MATHS], steady[-1], rtol=1e-5)
    embedded = sum(e * steady[j] * b ** (k - 2 - j) for j in range(k - 1))
    np.testing.assert_allclose(support.embedded[0, MATHS], embedded, rtol=1e-5)
    assert (np.diff(found[:, 0, MATHS]) > 0).all()
    s, m = support.supported[0, MATHS], support.embedded[0, MATHS]
    after = terms(support, [[]] * 9, n=1, start=k)
    np.testing.assert_allclose(after[:, 0, MATHS], s * h ** np.arange(1, 10) + m * b ** np.arange(1, 10))


def test_without_support_the_supported_part_halves_in_its_half_life_and_the_embedded_reverts():
    p = changed(support__half_life_years=2.0, support__turnover_loss=0.0, practice__reversion=0.15)
    support = Support(1, (COACHING,), p)
    terms(support, [[(0, 0, 13.0, 1.0)]] * 3, n=1)
    s, m = support.supported[0, MATHS], support.embedded[0, MATHS]
    terms(support, [[]] * 6, n=1, start=3)
    assert support.supported[0, MATHS] == pytest.approx(0.5 * s)
    assert support.embedded[0, MATHS] == pytest.approx(m * 0.95**6)


def test_the_longer_support_lasts_the_larger_the_part_that_has_embedded():
    def embedded_share(k):
        support = Support(1, (COACHING,), changed())
        terms(support, [[(0, 0, 13.0, 1.0)]] * k, n=1)
        return support.embedded[0, MATHS] / support.total()[0, MATHS]

    assert embedded_share(1) == 0.0
    assert embedded_share(3) < embedded_share(9) < embedded_share(15)


def test_interrupted_support_leaves_less_than_the_same_weeks_without_a_gap():
    def after(each):
        return terms(Support(1, (COACHING,), changed()), each, n=1)[-1, 0, MATHS]

    full, none = [(0, 0, 13.0, 1.0)], []
    assert after([full, none, none, full, full]) < after([none, none, full, full, full])


def test_a_second_case_brings_less_than_the_first():
    support = Support(1, (COACHING,), changed())
    first, second = (terms(support, whole_case(COACHING), n=1)[-1, 0, MATHS] for _ in range(2))
    assert 0.0 < second - first < 0.75 * first


def test_turnover_and_a_new_head_lower_what_is_absorbed_but_not_of_support_for_new_heads():
    def gained(offer=COACHING, **more):
        return terms(Support(1, (offer,), changed()), whole_case(offer), n=1, **more)[-1, 0, MATHS]

    assert gained(leaving=0.25) < gained(leaving=USUAL) < gained(leaving=0.02)
    induction = replace(COACHING, new_heads=True)
    assert gained(new_head=[0]) == pytest.approx(0.8 * gained(), rel=0.05)
    assert gained(induction, new_head=[0]) == pytest.approx(gained(induction), rel=0.01)


def test_turnover_and_a_change_of_head_erode_what_has_embedded():
    def left(leaving, heads, p=None, **switch):
        support = Support(1, (COACHING,), p or changed(), **switch)
        support._none_yet = False
        support.embedded[0, MATHS] = 1.0
        terms(support, [[]] * 3, n=1, leaving=leaving, new_head=heads)
        return support.embedded[0, MATHS]

    assert left(0.3, []) < left(0.1, []) < left(0.0, [])
    assert left(0.1, [0]) == pytest.approx(0.9 * left(0.1, []))
    assert left(0.3, [0], turnover=False) == left(0.0, [])
    stays = changed(support__turnover_loss=0.0, support__new_head_loss=0.0)
    assert left(0.3, [0], stays) == left(0.0, [], stays)


def test_where_turnover_is_switched_off_it_takes_nothing_from_a_gain():
    def gained(**more):
        support = Support(1, (COACHING,), changed(), turnover=False)
        return terms(support, whole_case(COACHING), n=1, **more)[-1, 0, MATHS]

    assert gained(leaving=0.4, new_head=[0]) == gained() == pytest.approx(0.6)


def test_half_the_weeks_or_half_the_quality_bring_about_half():
    whole, weeks, quality = (
        terms(Support(1, (COACHING,), changed()), [[(0, 0, w, q)]] * 3, n=1)[-1, 0, MATHS]
        for w, q in ((13.0, 1.0), (6.5, 1.0), (13.0, 0.5))
    )
    assert weeks == pytest.approx(0.5 * whole, rel=0.2)
    assert quality == pytest.approx(0.5 * whole, rel=0.2)


def test_a_provider_may_do_harm():
    support = Support(1, (COACHING,), changed())
    assert terms(support, whole_case(COACHING, quality=-0.5), n=1)[-1, 0, MATHS] < -0.2


def test_support_for_one_school_leaves_the_others_alone():
    found = terms(Support(3, (COACHING,), changed()), whole_case(COACHING, school=1), n=3)
    assert not found[:, [0, 2]].any()


@pytest.mark.parametrize("channel", [Channel.PUPIL_DIRECT, Channel.WIDER_NEEDS])
def test_support_that_acts_on_pupils_leaves_practice_alone(channel):
    offer = replace(COACHING, channel=channel)
    assert not terms(Support(2, (offer,), changed()), whole_case(offer)).any()


def offered(offer, multiplier):
    """The offer as it is where all effects are multiplied."""
    scaled = Levers(in_force=Arrangement(offers=(offer,))).with_effects(multiplier)
    return scaled.in_force.offers[0]


def test_effects_off_and_the_null_version_leave_practice_alone_to_the_bit():
    p = with_effects(changed(), 0.0)
    in_attainment = replace(COACHING, practice_sd=0.0, attainment_sd=0.06)
    for support in (
        Support(2, (offered(COACHING, 0.0),), p),
        Support(2, (offered(in_attainment, 0.0),), p),
        Support(2, (COACHING,), changed(support__practice_gain=0.0)),
        NoEmbedding(2, (COACHING,), changed()),
    ):
        found = terms(support, whole_case(COACHING))
        np.testing.assert_array_equal(found, np.zeros_like(found))


@pytest.mark.parametrize("multiplier", [0.5, 2.0])
def test_effects_multiplied_multiply_what_pupils_gain_once(multiplier):
    offer = replace(COACHING, practice_sd=0.0, attainment_sd=0.06)
    found = attainment_after(offered(offer, multiplier), with_effects(changed(), multiplier))
    assert found.max() == pytest.approx(0.06 * multiplier)


def attainment_after(offer, p):
    """Attainment that practice after each year of a case beginning in autumn adds, by the recursion."""
    found = terms(Support(1, (offer,), p), whole_case(offer), n=1)[:, 0]
    ends = [min(i + 2, len(found) - 1) for i in range(0, len(found), 3)]
    scale = index_scale(p.practice.domain_correlation)
    attainment = np.zeros(2)
    for end in ends:
        index = (INDEX_WEIGHTS * found[end]).sum(axis=1) / scale
        attainment = (1.0 - p.learning.catch_up) * attainment + p.schools.practice_loading * index
    return attainment


@pytest.mark.parametrize("weeks", [26, 39, 52, 78, 117])
@pytest.mark.parametrize("domain", ["maths", "reading", "early language", "leadership"])
def test_a_gain_said_in_attainment_is_what_pupils_gain_who_are_there_throughout(weeks, domain):
    p = changed()
    offer = replace(COACHING, practice_sd=0.0, attainment_sd=0.06, weeks=weeks, domain=DOMAINS.index(domain))
    assert attainment_after(offer, p).max() == pytest.approx(0.06, rel=1e-9)
    harm = replace(offer, attainment_sd=-0.09)
    assert attainment_after(harm, p).min() == pytest.approx(-0.09, rel=1e-9)


def test_where_practice_is_worth_nothing_an_effect_in_attainment_moves_no_practice():
    p = changed(schools__practice_loading=0.0)
    offer = replace(COACHING, practice_sd=0.0, attainment_sd=0.06)
    growth = growth_of(offer.weeks, course_of(p))
    assert attainment_of_practice(offer, growth, p, ONES) == 0.0
    assert not terms(Support(1, (offer,), p), whole_case(offer), n=1).any()


@given(
    st.lists(st.tuples(st.floats(0.0, 13.0), st.floats(-1.0, 2.0)), min_size=1, max_size=12),
    st.floats(0.0, 0.5),
    st.floats(-1.0, 1.5),
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_delivered_practice_stays_finite_and_no_more_than_all_gains_together(each, leaving, size):
    support = Support(1, (replace(COACHING, practice_sd=size),), changed())
    found = terms(support, [[(0, 0, w, q)] for w, q in each], n=1, leaving=leaving)
    assert np.isfinite(found).all()
    rate = growth_of(39, course_of(changed())).rate
    most = sum(abs(size) * rate * w / 39 * abs(q) * (1.0 + 2.0 * USUAL) for w, q in each)
    assert np.abs(found).max() <= most + 1e-12
