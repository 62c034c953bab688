"""Hard federations share leadership: the weaker gains, both pay for it."""

from __future__ import annotations

import numpy as np
import pytest

from model.federations import Federations
from model.gains import course_of
from model.parameters import Parameters
from model.practice import INDEX_WEIGHTS, index_scale
from model.randomness import Chance
from model.recursion import READ_AT, growth
from model.trust_parameters import TrustParameters
from tests.model.trusted import SUMMER, facts

P = Parameters()
KEPT = course_of(P).kept_usually


def room(place, on=True, seed=3, **values):
    return Federations(place, TrustParameters(**values), Chance(seed, 0, 0), KEPT, on=on)


def paired(place, **values):
    made = room(place, **values)
    of = np.full(place.n_schools, -1, dtype=np.int32)
    of[:2] = 0
    made.of = of
    return made


def test_about_the_share_of_maintained_primaries_is_federated_at_first_and_no_one_else():
    place = facts([5] * 20, maintained=900)
    made = room(place)
    primary = place.maintained & (place.phase == 0)
    assert 0.03 < (made.of[primary] >= 0).mean() < 0.09
    assert (made.of[~primary] < 0).all()
    assert np.bincount(made.of[made.of >= 0]).max() == 2


def test_the_weaker_comes_nearer_to_the_stronger_which_pays_a_little():
    made = paired(facts([], maintained=6), federation_effect=0.25, federation_cost=0.03)
    practice = np.zeros((6, 9))
    practice[0], practice[1] = 1.0, -1.0
    change = made.term(0, practice)
    assert change[0] == pytest.approx(np.full(9, -(1 - KEPT) * 0.03))
    assert change[1] == pytest.approx(np.full(9, (1 - KEPT) * (0.5 - 0.03)))
    assert not change[2:].any()


@pytest.mark.parametrize(("effect", "closed"), [(0.25, 0.2), (0.5, 1.0 / 3.0), (1.0, 0.5), (5.0, 5.0 / 6.0)])
def test_what_is_closed_in_the_long_run_is_as_described_and_no_one_overtakes(effect, closed):
    made = paired(facts([], maintained=6), federation_effect=effect, federation_cost=0.0)
    practice, held = np.zeros((6, 9)), np.zeros((6, 9))
    practice[0], practice[1] = 1.0, -1.0
    for _ in range(300):
        held = KEPT * held + made.term(0, practice + held)
    assert held[1] == pytest.approx(np.full(9, 2.0 * closed))
    assert not held[0].any()


def test_federating_comes_out_as_evaluated_over_many_pairs():
    place = facts([], maintained=2000)
    made = room(place)
    made.of = (np.arange(2000) // 2 * 2).astype(np.int32)
    common = Chance(5, 0, 0).normals("test", 0, 0, 2000 * 10).reshape(2000, 10)
    practice = np.sqrt(0.5) * (common[:, :1] + common[:, 1:])
    start, held = practice.copy(), np.zeros((2000, 9))
    for term in range(12):
        held = KEPT * held + made.term(term, practice + held)
    weight = (INDEX_WEIGHTS / index_scale(P.practice.domain_correlation)[:, None]).mean(axis=0)
    gain = held.mean(axis=0) @ weight * P.schools.practice_loading
    assert np.array_equal(start, practice)
    assert 0.0 < gain * growth(1.0 - P.learning.catch_up, READ_AT["ks2"]) < 0.12


@pytest.mark.parametrize("values", [{"on": False}, {"federation_effect": 0.0, "federation_cost": 0.0}])
def test_switched_off_or_without_effect_practice_is_left_alone(values):
    made = paired(facts([], maintained=6), **values)
    assert made.term(0, np.eye(9)[:6]) is None
    assert not made.opening(np.eye(9)[:6]).any()


def test_small_schools_with_a_new_head_federate_with_a_neighbour_after_year_0():
    place = facts([], maintained=30)
    place.pupils = np.full(30, 150.0)
    place.new_head = np.ones(30, dtype=bool)
    made = room(place, federated_share=0.02, federating=0.12)
    before = (made.of >= 0).sum()
    made.year_end(-1)
    assert (made.of >= 0).sum() == before
    for year in range(10):
        made.year_end(3 * year + SUMMER)
    assert (made.of >= 0).sum() > before
    assert made.events


def test_a_school_that_joins_a_trust_leaves_and_its_mate_is_alone_again():
    place = facts([], maintained=6)
    made = paired(place, federating=0.0)
    place.maintained = np.arange(6) != 1
    made.year_end(SUMMER)
    assert (made.of < 0).all()


def test_schools_far_apart_do_not_share_a_head():
    place = facts([], maintained=60)
    place.x_km = place.x_km * 100.0
    assert (room(place, federated_share=0.12).of < 0).all()
