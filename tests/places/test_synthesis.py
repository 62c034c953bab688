"""The pieces that schools are made of keep to what they are given."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import betaincinv

from model.balancing import balance
from model.choice import nearest_options
from model.parameters import ChoiceParameters
from model.place import Category, Phase
from scenarios.places import disadvantage, governance, low_income, positions, resolve, sizes
from scenarios.places.totals import PlaceChance

CHANCE = PlaceChance(0, 307)


@settings(max_examples=100, deadline=None)
@given(n=st.integers(1, 300), mean=st.floats(30, 1200), logsd=st.floats(0.0, 1.0))
def test_school_sizes_add_up_and_stay_within_limits(n: int, mean: float, logsd: float) -> None:
    found = sizes.school_sizes(CHANCE.normals("size", n), n * mean, logsd, sizes.LARGEST_SECONDARY)
    assert found.sum() == pytest.approx(n * mean, rel=1e-9)
    assert found.min() > 0
    assert found.max() < sizes.LARGEST_SECONDARY + 1e-6


@settings(max_examples=100, deadline=None)
@given(trusts=st.integers(1, 60), more=st.integers(0, 300))
def test_every_trust_has_a_school_and_every_academy_a_trust(trusts: int, more: int) -> None:
    found = governance.trust_sizes(CHANCE.normals("trusts", trusts), trusts + more, 0.75)
    assert found.min() >= 1
    assert found.sum() == trusts + more


def test_trusts_vary_in_size_as_published() -> None:
    found = governance.trust_sizes(CHANCE.normals("trusts", 1000), 7_350, 0.75)
    assert np.median(found) == pytest.approx(5, abs=1)  # of 1,064 trusts: median 5, 90th percentile 15
    assert np.quantile(found, 0.9) == pytest.approx(15, abs=2)


def test_a_trust_holds_schools_that_are_near_each_other() -> None:
    place = resolve("kent")
    schools = place.schools
    apart = positions.distances(schools.x_km, schools.y_km)
    sizes_of_trusts = np.bincount(schools.trust[schools.trust >= 0])
    largest = np.flatnonzero(schools.trust == np.argmax(sizes_of_trusts))
    academy = np.flatnonzero(schools.trust >= 0)
    assert np.mean(apart[np.ix_(largest, largest)]) < np.mean(apart[np.ix_(academy, academy)])


def test_voluntary_aided_schools_have_a_religious_character_and_academies_are_not_aided() -> None:
    schools = resolve("lancashire").schools
    aided = schools.category == Category.VOLUNTARY_AIDED
    assert aided.any()
    assert schools.faith[aided].all()
    assert not (aided & (schools.trust >= 0)).any()


def test_low_income_has_the_beta_shape_of_the_type_of_authority() -> None:
    found = low_income.beta_quantiles(CHANCE.normals("scores", 2000), 2.13, 7.81)
    assert found.mean() == pytest.approx(2.13 / (2.13 + 7.81), abs=1e-3)
    assert np.median(found) == pytest.approx(betaincinv(2.13, 7.81, 0.5), abs=1e-3)
    assert found.std() == pytest.approx(0.124, abs=2e-3)


def test_neighbouring_areas_are_alike_in_low_income() -> None:
    areas = resolve("kent").areas
    apart = positions.distances(areas.x_km, areas.y_km)
    np.fill_diagonal(apart, np.inf)
    nearest = np.argmin(apart, axis=1)
    assert np.corrcoef(areas.low_income_share, areas.low_income_share[nearest])[0, 1] > 0.3


def test_schools_draw_on_areas_as_the_models_own_entry_rule_has_it() -> None:
    place = resolve("ealing")
    schools, areas = place.schools, place.areas
    home = np.isin(schools.phase, (Phase.PRIMARY, Phase.ALL_THROUGH))
    options = nearest_options(
        place, areas.la, areas.x_km, areas.y_km, np.flatnonzero(home).astype(np.int32),
        np.where(home, schools.places, 0.0), ChoiceParameters().distance_scale_primary,
    )  # fmt: skip
    constant = balance(options, options.utility, np.arange(len(areas), dtype=np.int32), areas.children)
    pull = np.exp(options.utility + constant[options.schools])
    share = pull / pull.sum(axis=0)
    intake, low = np.zeros(len(schools)), np.zeros(len(schools))
    np.add.at(intake, options.schools, share * areas.children)
    np.add.at(low, options.schools, share * (areas.children * areas.low_income_share))
    ours = low_income.mixing(positions.distances(areas.x_km, areas.y_km), areas.children)
    expected = np.sum(ours * areas.low_income_share, axis=1)
    assert (low[home] / intake[home]) == pytest.approx(expected, abs=0.01)


def test_rounded_results_say_how_many_pupils_can_be_disadvantaged() -> None:
    low, high = disadvantage.allowed_shares(68, 56, 74, 0.5)
    assert (low, high) == pytest.approx((5 / 18, 7 / 18))
    assert disadvantage.allowed_shares(68, 68, 69, 0.5) == (0.0, 1.0)
    assert disadvantage.allowed_shares(float("nan"), 56, 74, 0.5) == (0.0, 1.0)
    assert disadvantage.allowed_shares(68, float("nan"), 74, 0.5) == (0.0, 1.0)


def test_results_that_contradict_the_ever6_count_do_not_move_the_share() -> None:
    harrow = resolve("harrow@2018")
    assert harrow.rates.disadvantaged_ks2[0] == pytest.approx(0.18, abs=0.01)
