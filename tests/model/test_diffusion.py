"""Practice passes along ties from the stronger school to the weaker, and from nowhere else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.diffusion import Diffusion, NoDiffusion
from model.sharing_parameters import SharingParameters
from tests.model.sharing_place import place, practice, ring, ties


def _gain(state, of_ties, facts=None, data=0.0, **values):
    facts = place(len(state)) if facts is None else facts
    return Diffusion(facts, SharingParameters(**values)).gain(state, of_ties, np.full(len(state), data))


def _two(ahead=1.0):
    return np.vstack([np.zeros(9), np.full(9, ahead)])


def test_the_weaker_school_gains_and_the_stronger_keeps():
    gain = _gain(_two(), ties([(0, 1)], 2))
    assert (gain[0] > 0.0).all()
    np.testing.assert_array_equal(gain[1], 0.0)
    assert (_gain(_two(-1.0), ties([(0, 1)], 2))[1] > 0.0).all()


def test_a_full_tie_closes_a_few_per_cent_of_the_difference_in_a_year():
    gain = 3.0 * _gain(_two(), ties([(0, 1)], 2), learn_ties=10.0)
    np.testing.assert_allclose(gain[0], 0.05 / 1.1)


def test_weak_or_distrustful_ties_carry_less_and_no_tie_nothing():
    full = _gain(_two(), ties([(0, 1)], 2))[0].sum()
    assert 0.0 < _gain(_two(), ties([(0, 1)], 2, strength=0.3))[0].sum() < full
    assert 0.0 < _gain(_two(), ties([(0, 1)], 2, trust=0.3))[0].sum() < full
    assert _gain(_two(), ties([(0, 1)], 2, trust=0.0))[0].sum() == 0.0
    assert _gain(_two(), ties([], 2)) is None


def test_schools_as_good_as_each_other_have_nothing_to_pass_on():
    np.testing.assert_array_equal(_gain(_two(0.0), ties([(0, 1)], 2)), 0.0)


def test_a_school_learns_less_from_each_neighbour_the_more_it_has():
    n = 31
    state = np.vstack([np.zeros((1, 9)), np.ones((n - 1, 9))])
    gains = [_gain(state, ties([(0, j + 1) for j in range(k)], n))[0, 0] for k in (1, 3, 10, 30)]
    assert np.all(np.diff(gains) > 0.0)
    assert gains[-1] < 0.05 / 3.0 * 1.5  # as from one and a half full ties at most
    assert gains[1] - gains[0] > gains[3] - gains[2]


def test_less_passes_between_primary_and_secondary_schools():
    facts = place(10, secondary=True)
    state = np.zeros((10, 9))
    state[3], state[4] = 1.0, 1.0
    across = _gain(state, ties([(0, 4)], 10), facts)[0].sum()
    within = _gain(state, ties([(0, 3)], 10), facts)[0].sum()
    assert 0.0 < across < 0.5 * within
    assert _gain(state, ties([(0, 4)], 10), facts, across_phases=0.0)[0].sum() == 0.0


def test_shared_data_speed_it_up():
    assert _gain(_two(), ties([(0, 1)], 2), data=1.0).sum() > _gain(_two(), ties([(0, 1)], 2)).sum()


def test_new_pairs_are_seen():
    facts = place(3)
    spread, data = Diffusion(facts, SharingParameters()), np.zeros(3)
    state = np.vstack([np.zeros((1, 9)), np.ones((2, 9))])
    state[2] = 0.0
    assert (spread.gain(state, ties([(0, 1)], 3), data)[2] == 0.0).all()
    assert (spread.gain(state, ties([(0, 1), (1, 2)], 3), data)[2] > 0.0).all()


def test_without_diffusion_or_at_no_rate_schools_keep_what_they_know():
    assert NoDiffusion().gain(_two(), ties([(0, 1)], 2), np.zeros(2)) is None
    assert _gain(_two(), ties([(0, 1)], 2), diffusion_rate=0.0) is None


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 40))
def test_no_one_loses_and_no_one_overtakes_the_best(seed, n):
    state = practice(n, seed)
    gain = _gain(state, ring(n), diffusion_rate=0.5)
    assert (gain >= 0.0).all()
    assert ((state + gain).max(axis=0) <= state.max(axis=0) + 1e-12).all()


def test_the_order_of_schools_does_not_matter():
    n = 12
    state = practice(n)
    back = ties([(n - 1 - j, n - 1 - i) for i, j in zip(ring(n).first, ring(n).second, strict=True)], n)
    np.testing.assert_allclose(_gain(state[::-1].copy(), back)[::-1], _gain(state, ring(n)), atol=1e-15)


@pytest.mark.parametrize("n", [0, 1])
def test_a_place_without_neighbours(n):
    assert _gain(np.zeros((n, 9)), ties([], n), place(n)) is None
