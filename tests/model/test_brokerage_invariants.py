"""Brokerage is the same twice, loses no case or place, and leaves what chance gives others as it was."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.arrangements import Arrangement
from model.brokerage_parameters import BrokerageParameters
from model.deliverers import PostOnHand
from tests.model.brokered import (
    COACHING,
    FIRST,
    OFFERS,
    PARTNERSHIP,
    THERAPY,
    begin,
    facts,
    staff,
    table,
)

CERTAIN = {"accept_usual": 0.99, "accept_openness": 0.0, "accept_trust": 0.0, "accept_stakes": 0.0}
ALIKE = {"provider_quality_sd": 0.0, "match_quality_gain": 0.0, "rebroker_chance": 0.0}


def test_the_same_again_to_the_bit():
    first, second = (begin().terms(FIRST, 12).brokerage.rows() for _ in range(2))
    for name in ("school", "term", "matched", "ended", "weeks_delivered", "quality", "priority"):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))


def _planned(rows):
    identity = zip(rows.school, rows.offer_domain, rows.term, strict=True)
    return dict(zip(identity, zip(rows.identified, rows.triaged, strict=True), strict=True))


def test_one_more_specialist_leaves_what_chance_gives_each_case_as_it_was():
    """Cases of the same identity were identified and agreed in the same weeks."""
    usual = begin().terms(FIRST, 12).brokerage.rows()
    more = begin().terms(FIRST, 12, staff(therapist=3)).brokerage.rows()
    a, b = _planned(usual), _planned(more)
    common = a.keys() & b.keys()
    assert len(common) > 20
    assert all(a[case] == b[case] or np.isnan(a[case][1]) for case in common)


def test_nothing_differs_before_a_change_is_in_force():
    same, other = begin().terms(FIRST, 6), begin().terms(FIRST, 6)
    other.brokerage.stand(Arrangement(partnership=replace(PARTNERSHIP, member_share=0.1), offers=(THERAPY,)))
    for run in (same, other):
        run.terms(6, 9)
    a, b = same.brokerage.rows(), other.brokerage.rows()
    early_a, early_b = a.term < 6, b.term < 6
    np.testing.assert_array_equal(a.school[early_a], b.school[early_b])
    np.testing.assert_array_equal(a.identified[early_a], b.identified[early_b])
    assert set(np.array(b.offer)[~early_b]) == {"therapy"}


@settings(max_examples=40, deadline=None)
@given(
    filled=st.lists(st.lists(st.integers(-1, 2), min_size=5, max_size=5), min_size=9, max_size=9),
    strength=st.floats(0.0, 1.0),
    brokerage=st.booleans(),
)
def test_whoever_comes_and_goes_no_case_and_no_place_is_lost(filled, strength, brokerage):
    run = begin(offers=(THERAPY, COACHING), brokerage=brokerage)
    kinds = ["therapist", "therapist", "maths adviser", "maths adviser", "broker"]
    for term, people in enumerate(filled, start=FIRST):
        posts = [
            PostOnHand(slot, 0, kind, kind == "broker", who, strength if who else 1.0, 1.0)
            for slot, (kind, who) in enumerate(zip(kinds, people, strict=True))
        ]
        delivered = run.term(term, posts)
        assert (delivered.weeks >= 0.0).all()
        assert (delivered.weeks <= 13.0 + 1e-9).all()
        for kind, places in (("therapist", 3), ("maths adviser", 4)):
            there = sum(p.occupant >= 0 for p in posts if p.kind == kind)
            assert run.brokerage.dispatcher.tokens((0, kind, 0)) == places * there
    rows, state, _ = table(run)
    assert len(state) == sum(run.brokerage.year(y).opened for y in range(FIRST // 3, 2))
    counted = [run.brokerage.year(y) for y in range(FIRST // 3, 2)]
    for name, word in (
        ("completed",) * 2,
        ("declined",) * 2,
        ("abandoned",) * 2,
        ("turned_away", "turned away"),
    ):
        assert sum(getattr(y, name) for y in counted) == (state == word).sum()
    assert rows.interruptions.sum() == sum(y.interrupted for y in counted)
    held = sum(run.brokerage.dispatcher.held((0, kind, 0)) for kind in set(kinds))
    assert held == (state == "in delivery").sum()


def test_with_better_sight_support_goes_to_schools_in_greater_need():
    needs = {}
    for error in (0.0, 0.9, 2.0):
        found = []
        for seed in range(12):
            run = begin(
                facts(member=True), OFFERS[:2], seed, seeing_error_sd=error, seeing_gain_visits=0.0,
                self_referral_chance=0.0,
            ).terms(FIRST, 6)  # fmt: skip
            rows = run.brokerage.rows()
            found.append(-run.practice[rows.school, rows.offer_domain].mean())
        needs[error] = np.mean(found)
    assert needs[0.0] > needs[0.9] > needs[2.0]


def test_effects_at_zero_take_cost_gain_and_match_away_and_leave_cases_as_they_are():
    effects = {"supporting_cost": 0.0, "supporting_gain": 0.0, "match_quality_gain": 0.0}
    with_effects, without = begin().terms(FIRST, 9), begin(**effects).terms(FIRST, 9)
    assert not any(s.change for term in without.supporters for s in term)
    assert any(s.change for term in with_effects.supporters for s in term)
    a, b = with_effects.brokerage.rows(), without.brokerage.rows()
    for name in ("school", "identified", "matched", "ended", "weeks_delivered"):
        np.testing.assert_array_equal(getattr(a, name), getattr(b, name))


BOUNDS = [
    (field.name, field.metadata[end]) for field in fields(BrokerageParameters) for end in ("low", "high")
]


@pytest.mark.parametrize(("name", "value"), BOUNDS)
def test_cases_live_and_are_counted_at_the_bounds_of_every_parameter(name, value):
    run = begin(**{name: value})
    for term in range(FIRST, 6):
        run.term(term, [p._replace(occupant=(term + p.slot) // 4) for p in staff()])
    rows, state, _ = table(run)
    years = [run.brokerage.year(year) for year in range(FIRST // 3, 2)]
    assert len(state) == sum(year.opened for year in years)
    assert rows.weeks_delivered.sum() == pytest.approx(sum(d.weeks.sum() for d in run.delivered))
    assert np.isfinite(rows.quality[rows.weeks_delivered > 0]).all()


def test_while_places_stand_free_brokers_go_to_schools_with_less_need_as_well():
    def found(**values):
        rows = begin(facts(member=True), OFFERS[:2], intelligence_error=False, **values).terms(FIRST, 6)
        return rows.brokerage.rows()

    strict = found(spare_threshold=0.25, spare_chance=0.5, notice_chance=0.5)
    assert strict.need.min() > 0.25
    wide = found(notice_chance=0.5)
    assert 0.0 < wide.need.min() < 0.25
    assert len(wide.school) > len(strict.school)
