"""What befalls a school that no one takes."""

from __future__ import annotations

import numpy as np
import pytest

from model.orphans import Orphans
from model.trust_parameters import TrustParameters
from tests.model.trusted import facts


def orphaned(on=True, **values):
    place = facts([], maintained=6)
    place.orphan = np.arange(6) == 2
    return place, Orphans(place, TrustParameters(orphan_wait_terms=3.0, **values), on=on)


def test_it_tells_after_some_terms_on_that_school_alone():
    _, room = orphaned()
    assert [room.term(term) is None for term in range(3)] == [True] * 3
    lost = room.term(3)
    assert np.flatnonzero(lost.any(axis=1)).tolist() == [2]
    assert lost[2] == pytest.approx(np.full(9, -0.1 / 3))
    assert room.pull()[2] < 0 < room.leave()[2]
    assert not room.pull()[[0, 1, 3, 4, 5]].any()


def test_it_ends_when_a_taker_is_found_and_begins_anew_later():
    place, room = orphaned()
    for term in range(5):
        room.term(term)
    place.orphan = np.zeros(6, dtype=bool)
    assert room.term(5) is None
    assert room.pull() is None
    place.orphan = np.arange(6) == 2
    assert room.term(6) is None


def test_switched_off_it_is_a_school_like_any_other():
    _, room = orphaned(on=False)
    assert all(room.term(term) is None for term in range(9))
    assert room.pull() is None
    assert room.leave() is None


def test_without_effects_nothing_moves():
    _, room = orphaned(orphan_loss=0.0, orphan_pull=0.0, orphan_leave=0.0)
    assert all(room.term(term) is None for term in range(9))
    assert not room.pull().any()
    assert not room.leave().any()


def test_a_place_without_orphans_is_not_pressed():
    room = Orphans(facts([], maintained=4), TrustParameters(), on=True)
    assert room.term(0) is None
    assert room.leave() is None
