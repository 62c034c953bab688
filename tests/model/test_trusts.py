"""Trusts: how large they are, how they stand to partnerships, which schools they take."""

from __future__ import annotations

import mesa
import numpy as np

from model.randomness import Chance
from model.trust_parameters import TrustParameters
from model.trusts import Trusts
from tests.model.trusted import facts, in_trusts


def trusts_of(place, draw=0, replicate=0, **values):
    return Trusts(mesa.Model(rng=0), place, TrustParameters(**values), Chance(1, draw, replicate))


def test_a_trust_is_as_large_as_its_schools_here_and_elsewhere():
    place = facts([4, 2], alone=1, maintained=3)
    trusts = in_trusts(place)
    assert trusts.sizes()[:3].tolist() == [4.0, 2.0, 1.0]
    trusts.elsewhere = trusts.elsewhere + np.where(np.arange(trusts.n_trusts) == 1, 9.0, 0.0)
    assert trusts.sizes()[1] == 11.0


def test_about_half_of_trusts_reach_beyond_the_place_and_are_larger():
    trusts = trusts_of(facts([2] * 400))
    beyond = trusts.elsewhere[:400] > 0
    assert 0.42 < beyond.mean() < 0.58
    assert 8 < trusts.elsewhere[:400][beyond].mean() < 17


def test_what_trusts_are_like_is_of_the_draw_and_not_of_chance():
    one, two = (trusts_of(facts([3] * 20), replicate=r) for r in (0, 1))
    other = trusts_of(facts([3] * 20), draw=1)
    assert np.array_equal(one.joins(inspected=False), two.joins(inspected=False))
    assert np.array_equal(one.elsewhere, two.elsewhere)
    assert not np.array_equal(one.joins(inspected=False), other.joins(inspected=False))


def test_a_trust_that_is_mostly_elsewhere_joins_in_less():
    place = facts([3] * 50)
    trusts = in_trusts(place)
    at_home = trusts.joins(inspected=False)[:50]
    trusts.elsewhere = np.full(trusts.n_trusts, 30.0)
    assert (trusts.joins(inspected=False)[:50] < at_home).all()


def test_inspection_of_trusts_moves_their_stance_by_the_sign_of_its_parameter():
    for shift in (-0.5, 0.0, 1.0):
        trusts = trusts_of(facts([3] * 20), stance_inspected=shift)
        change = trusts.joins(inspected=True)[:20] - trusts.joins(inspected=False)[:20]
        assert (np.sign(change) == np.sign(shift)).all()


def test_a_trust_founded_by_an_la_or_a_partnership_always_joins_in():
    trusts = trusts_of(facts([3], maintained=5))
    stance = trusts.joins(inspected=False)
    assert stance[[trusts.index.of_la(0), trusts.index.of_partnership(0)]].tolist() == [1.0, 1.0]


def test_other_trusts_join_in_less_where_the_partnership_has_a_trust_of_its_own():
    place = facts([3, 3], per_la=8, maintained=10)
    trusts = in_trusts(place, stance_rival=-0.5)
    before = trusts.joins(inspected=False)
    place.trust = np.where(np.arange(16) == 7, trusts.index.of_partnership(0), place.trust).astype(np.int32)
    change = (trusts.joins(inspected=False) - before)[:2]
    assert (change < 0).all()
    assert trusts.schools_in_several() == 6


def test_every_index_belongs_to_one_kind_of_trust():
    index = in_trusts(facts([5] * 4, per_la=10, maintained=30)).index
    every = [
        *range(index.first),
        *(index.of_la(la) for la in range(index.n_la)),
        *(index.of_partnership(la) for la in range(index.n_la)),
        *(each for la in range(index.n_la) for each in index.elsewhere(la)),
        *(index.of_schools(row) for row in range(index.n_schools)),
    ]
    assert sorted(every) == list(range(index.size))
    assert set(np.flatnonzero(index.is_church())) <= set(np.flatnonzero(index.is_elsewhere()))
    assert np.flatnonzero(index.is_church()).tolist() == [index.elsewhere(la)[0] for la in range(index.n_la)]


def test_a_place_without_any_trust_has_none():
    trusts = trusts_of(facts([], maintained=6))
    assert trusts.index.first == 0
    assert not trusts.sizes().any()
    assert not trusts.alone().any()


def test_a_trust_takes_schools_only_while_it_has_room():
    agent = in_trusts(facts([4])).agent(0)
    agent.room = 2.0
    assert [agent.takes(50.0, 0.0, 0.5) for _ in range(3)] == [True, True, False]


def test_a_risk_averse_trust_shrinks_from_a_risk_that_another_takes():
    trusts = in_trusts(facts([4, 4]))
    bold, shy = trusts.agent(0), trusts.agent(1)
    for agent, aversion in ((bold, 0.0), (shy, 1.0)):
        agent.aversion, agent.appetite, agent.room = aversion, 0.0, 1.0
    assert bold.takes(0.0, 3.0, 0.4)
    assert not shy.takes(0.0, 3.0, 0.4)
