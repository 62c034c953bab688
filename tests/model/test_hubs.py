"""Lead schools: the strongest who are willing, paid by the month and for outcomes, each for one domain."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.hubs import LeadSchools
from model.ledger import Purpose
from model.sharing_parameters import SharingParameters
from tests.model.sharing_place import HUBS, nature, place, practice


def _schools(facts=None, of=None, paid=None, **values):
    facts = place(40, pupils=500.0) if facts is None else facts
    paid = [] if paid is None else paid
    return LeadSchools(
        facts, nature(facts.n_schools) if of is None else of, SharingParameters(**values),
        lambda *cost: paid.append(cost),
    )  # fmt: skip


def test_the_strongest_willing_members_lead_as_many_as_pupils_call_for():
    facts, of = place(40, pupils=500.0), nature(40)
    state = np.arange(40)[:, None] * np.ones(9)
    facts.member = np.arange(40) != 39
    of.openness = np.where(np.arange(40) == 38, 0.2, 0.8)
    found = _schools(facts, of)
    found.choose(0, HUBS, state)  # 20,000 pupils, two hubs for 10,000: four
    assert sorted(np.flatnonzero(found.leads())) == [34, 35, 36, 37]


def test_hubs_of_a_place_take_different_domains():
    found = _schools()
    found.choose(0, HUBS, practice(40))
    assert len({hub.domain for hub in found.hubs}) == len(found.hubs) == 4


def test_each_authority_has_its_own_and_serves_the_nearest_members_of_its_phase():
    facts = place(120, n_la=2, secondary=True)
    facts.member = np.arange(120) % 7 != 0
    found = _schools(facts, hub_schools=10.0)
    found.choose(0, HUBS, practice(120))
    assert {int(facts.la[hub.school]) for hub in found.hubs} == {0, 1}
    for hub in found.hubs:
        assert len(hub.serves) <= 10
        assert facts.member[hub.serves].all()
        assert hub.school not in hub.serves
        assert (facts.la[hub.serves] == facts.la[hub.school]).all()
        assert (facts.phase[hub.serves] == facts.phase[hub.school]).all()


def test_contracts_end_after_their_terms_and_with_membership():
    facts = place(40, pupils=500.0)
    found = _schools(facts)
    found.choose(0, HUBS, practice(40, seed=1))
    first = list(np.flatnonzero(found.leads()))
    found.choose(3, HUBS, practice(40, seed=2))
    assert list(np.flatnonzero(found.leads())) == first
    facts.member = facts.member & (np.arange(40) != first[0])
    found.choose(3, HUBS, practice(40, seed=2))
    assert not found.leads()[first[0]]
    assert found.leads().sum() == 4
    found.choose(6, HUBS, practice(40, seed=2))
    assert list(np.flatnonzero(found.leads())) != first
    found.choose(9, None, practice(40, seed=2))
    assert not found.hubs
    kinds = [event[3] for event in found.events]
    assert kinds.count("hub begun") == kinds.count("hub ended") > 4


def _paid(rise):
    """GBP paid in a year in which what is seen of schools rises by so much."""
    paid = []
    found, state = _schools(paid=paid), practice(40)
    found.choose(0, HUBS, state)
    for term in range(3):
        found.pay(term, HUBS, state + rise * (term + 1))
    assert {(la, purpose) for la, _, purpose, _ in paid} == {(0, Purpose.SUPPORTING_SCHOOL)}
    return sum(pence for _, pence, _, _ in paid) / 100.0


def test_a_quarter_is_paid_for_outcomes_alone():
    assert _paid(0.1) == pytest.approx(4 * 12_000.0)
    assert _paid(-0.1) == pytest.approx(4 * 9_000.0)


def test_schools_served_gain_in_the_domain_of_the_hub_and_nowhere_else():
    found, state = _schools(hub_rate=0.1), practice(40)
    found.choose(0, replace(HUBS, number_per_10_000_pupils=0.5), state)
    (hub,) = found.hubs
    gain = found.gain(state)
    others = np.setdiff1d(np.arange(40), hub.serves)
    assert gain[hub.serves, hub.domain].sum() > 0.0
    assert (gain >= 0.0).all()
    np.testing.assert_array_equal(gain[others], 0.0)
    np.testing.assert_array_equal(np.delete(gain, hub.domain, axis=1), 0.0)


def test_leading_may_cost_or_benefit_the_lead_school_and_does_neither_by_default():
    state = practice(40)
    for change in (-0.05, 0.0, 0.05):
        found = _schools(hub_lead_change=change)
        found.choose(0, HUBS, state)
        gain = found.gain(state)
        for hub in found.hubs:
            at = gain[hub.school, hub.domain]
            served = sum(hub.school in other.serves and other.domain == hub.domain for other in found.hubs)
            assert served == 0
            assert at == pytest.approx(change / 3.0)


def test_at_no_effect_hubs_are_paid_and_do_nothing():
    found = _schools(hub_rate=0.0)
    found.choose(0, HUBS, practice(40))
    assert found.gain(practice(40)) is None
    assert found.hubs


def test_days_of_leading_are_shared_out_over_the_schools_served():
    found = _schools()
    found.choose(0, HUBS, practice(40))
    work = found.worked()
    spent = np.bincount(work.first, work.days, 40)[found.leads()]
    np.testing.assert_allclose(spent, SharingParameters().hub_days / 3.0)


@pytest.mark.parametrize(("n", "member"), [(0, True), (1, True), (30, False)])
def test_a_place_without_schools_to_serve(n, member):
    paid = []
    found = _schools(place(n, member), paid=paid)
    found.choose(0, HUBS, practice(n))
    found.pay(2, HUBS, practice(n))
    assert len(found.hubs) == 0
    assert not paid
    assert len(found.worked().first) == 0
    assert found.gain(practice(n)) is None


def test_where_schools_go_on_without_a_partnership_all_of_them_lead_and_are_served():
    facts = place(40, pupils=500.0)
    facts.member, facts.unled = np.zeros(40, dtype=np.bool_), True
    found = _schools(facts)
    found.choose(0, HUBS, practice(40))
    assert len(found.hubs) == 4
    assert all(len(hub.serves) for hub in found.hubs)
    assert {event[-1] for event in found.events} == {0.0}, "no one pays"
    found.choose(3, HUBS, practice(40))
    assert [hub.begun for hub in found.hubs] == [0] * 4


def test_hubs_end_with_the_school_year_in_which_who_pays_them_has_gone():
    facts = place(80, n_la=2, pupils=500.0)
    found = _schools(facts)
    found.choose(0, HUBS, practice(80))
    assert {event[-1] for event in found.events} == {12_000.0}
    facts.left = facts.la == 0  # the partnership of one LA has ended, and schools go on as neighbours
    assert len(found.hubs) == 8, "until autumn"
    found.choose(3, HUBS, practice(80))
    assert {int(facts.la[hub.school]) for hub in found.hubs} == {1}
    assert sum(event[3] == "hub ended" for event in found.events) == 4
    facts.left = np.ones(80, dtype=np.bool_)
    found.choose(6, HUBS, practice(80))
    assert not found.hubs
