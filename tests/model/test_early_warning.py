"""Neighbours who trust a school's broker pass on that its practice fell, and the broker goes to look."""

from __future__ import annotations

import numpy as np

from model.brokerage_parameters import BrokerageParameters
from model.early_warning import EarlyWarning
from model.intelligence import Intelligence
from model.randomness import Chance
from model.sharing_parameters import SharingParameters
from tests.model.sharing_place import OFF, TOGETHER, nature, place, practice, ring, run, sharing, ties


def _warned(of_ties, fall=1.0, facts=None, n=200, **values):
    facts = place(n) if facts is None else facts
    found = EarlyWarning(facts, SharingParameters(**values), Chance(3, 0, 0))
    state = practice(n)
    assert not found.warned(0, state, of_ties).any()
    return found.warned(3, state - fall, of_ties)


def test_a_fall_is_passed_on_by_most_well_tied_schools_and_never_without_one():
    assert 0.7 < _warned(ring(200)).mean() < 1.0
    assert not _warned(ring(200), fall=0.1).any()
    assert not _warned(ring(200), fall=-1.0).any()


def test_weak_and_distrustful_ties_warn_less_and_isolated_schools_are_not_warned_of():
    usual = _warned(ring(200)).sum()
    assert 0 < _warned(ring(200, strength=0.2)).sum() < usual
    assert 0 < _warned(ring(200, trust=0.2)).sum() < usual
    warned = _warned(ties([(0, 1)], 200), warning_pass=1.0)
    assert set(np.flatnonzero(warned)) <= {0, 1}
    assert not _warned(ties([], 200)).any()
    assert not _warned(ring(200), warning_pass=0.0).any()


def test_a_fall_over_more_than_a_year_is_no_news():
    found, state = EarlyWarning(place(200), SharingParameters(), Chance(3, 0, 0)), practice(200)
    found.warned(0, state, ring(200))
    assert not found.warned(6, state - 1.0, ring(200)).any()
    assert found.warned(9, state - 2.0, ring(200)).any()


def test_only_neighbours_who_are_members_have_the_ear_of_the_broker():
    assert not _warned(ring(200), facts=place(200, member=False)).any()
    half = place(200)
    half.member = np.arange(200) < 100
    warned = _warned(ring(200), facts=half)
    assert warned[:100].sum() > 50
    assert not warned[103:197].any()


def test_the_broker_sees_a_fall_sooner_where_neighbours_warn():
    n, state = 200, np.zeros((200, 9))
    seen = {}
    for name, of_ties in (("tied", ring(n)), ("untied", ties([], n))):
        facts = place(n)
        found = sharing(facts, TOGETHER, on=OFF, blind_sd=0.0)
        sight = Intelligence(facts, nature(n), BrokerageParameters(), Chance(3, 0, 0))
        for term in range(12):
            now = state if term < 9 else state - 1.0
            run(found, now, of_ties, term)
            sight.take_in(found.contact)
            sight.observe(term, now, np.zeros(1))
            if term == 9:
                seen[name] = sight.seen.mean()
    assert seen["tied"] < seen["untied"] - 0.1
