"""What a year of learning leaves behind: closed forms, and the simulation that must follow them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.attendance import AbsenceCostsNothing, AbsenceLosesLearning
from model.learning import Learning
from model.parameters import Parameters
from model.place import FIRST_SECONDARY_YEAR_GROUP, YEAR_GROUPS
from model.recursion import READ_AT, accumulated_variance, growth, yearly
from tests.model.running import StillChance, block_of, changed, system, tiny_place

rhos = st.floats(0.6, 0.98)
spans = st.integers(1, 12)


def test_growth_is_as_published_for_seven_and_twelve_years():
    assert growth(0.85, 7) == pytest.approx(4.5, abs=0.05)
    assert growth(0.85, 12) == pytest.approx(5.7, abs=0.05)


@given(rhos, spans)
def test_growth_is_the_sum_of_what_is_left_of_each_year(rho, years):
    assert growth(rho, years) == pytest.approx(sum(rho**ago for ago in range(years)), rel=1e-12)


@given(rhos, spans, st.floats(-1.0, 1.0))
def test_a_level_effect_that_acts_every_year_reaches_its_level(rho, years, level):
    reached = 0.0
    for _ in range(years):
        reached = rho * reached + yearly(level, rho, years)
    assert reached == pytest.approx(level, abs=1e-12)


@given(rhos, spans)
def test_a_lasting_effect_accumulates_by_growth_and_a_fresh_one_by_squares(rho, years):
    assert accumulated_variance(rho, 1.0, years) == pytest.approx(growth(rho, years) ** 2)
    assert accumulated_variance(rho, 0.0, years) == pytest.approx(growth(rho**2, years))


def test_a_point_of_absence_takes_the_published_slopes_divided_by_growth():
    cost = AbsenceLosesLearning(changed(learning__catch_up=0.15))
    one_point = cost.lost(np.array([0.06, 0.06]), np.array([0.05, 0.05]), np.array([3, 9], dtype=np.int8))
    assert one_point == pytest.approx([0.0033, 0.0035], abs=0.00005)


def test_a_child_always_a_point_more_absent_is_behind_by_the_published_slope_at_11_and_16():
    cost, rho = AbsenceLosesLearning(changed(learning__catch_up=0.15)), 0.85
    behind = np.zeros(YEAR_GROUPS + 1)
    for year_group in range(YEAR_GROUPS):
        lost = cost.lost(np.array([0.06]), np.array([0.05]), np.array([year_group], dtype=np.int8))
        behind[year_group + 1] = rho * behind[year_group] + lost[0]
    assert behind[READ_AT["ks2"]] == pytest.approx(0.015, abs=1e-12)
    assert behind[READ_AT["ks4"]] == pytest.approx(0.02, abs=0.0005)


def test_a_child_as_absent_as_expected_loses_nothing():
    usual = np.array([0.05, 0.2, 0.6])
    groups = np.array([0, 6, 11], dtype=np.int8)
    assert not np.any(AbsenceLosesLearning(Parameters()).lost(usual, usual, groups))
    assert AbsenceCostsNothing().lost(usual, usual + 0.1, groups) == 0.0


@pytest.fixture
def quiet():
    """A place whose newest cohort learns without chance, and its teacher."""
    whole = system(tiny_place(), years=12, chance=StillChance(1, 0, 0))
    return whole, Learning(whole.parameters.learning, whole.parts.paths, StillChance(1, 0, 0))


def taught(whole, learning, effect, years):
    """Attainment of the first projected Reception after some years, every class adding ``effect``."""
    register, first = whole.parts.register, whole.place.year + 1
    rows = block_of(whole, first, 0)
    register.attainment[:] = 0.0
    learning.enter(register, register.in_year(first, 0))
    n = len(whole.place.schools) + whole.place.n_la
    for year in range(first, first + years):
        table = np.full((2, n * YEAR_GROUPS), effect)
        learning.teach(register, year, table, 0.0)
    return register.attainment[:, rows].copy(), rows


@pytest.mark.parametrize("years", [0, 1, 3, 7, 8, 12])
def test_without_chance_every_pupil_follows_the_closed_form(quiet, years):
    whole, learning = quiet
    register, paths = whole.parts.register, whole.parts.paths
    found, rows = taught(whole, learning, 0.0, years)
    low = register.low_income[rows].astype(int)
    mean = paths.mean_without_schools(learning.rho)[register.la[rows], years, low]
    np.testing.assert_allclose(found, register.home[:, rows] + mean, rtol=0, atol=1e-12)


@pytest.mark.parametrize("years", [1, 7, 12])
def test_a_school_effect_every_year_lifts_attainment_by_growth(quiet, years):
    whole, learning = quiet
    without, _ = taught(whole, learning, 0.0, years)
    with_effect, _ = taught(whole, learning, 0.05, years)
    np.testing.assert_allclose(with_effect - without, 0.05 * growth(learning.rho, years), rtol=0, atol=1e-12)


def test_pupils_differ_as_much_after_twelve_years_as_on_entry():
    whole = system(tiny_place(), parameters=changed(learning__catch_up=0.3), years=12)
    p, register = whole.parameters.learning, whole.parts.register
    other = []
    first = whole.place.year + 1
    rows = block_of(whole, first, 0)
    for years in (0, 12):
        found, _ = taught(whole, whole.parts.learning, 0.0, years)
        mean = whole.parts.paths.mean_without_schools(0.7)[
            register.la[rows], years, register.low_income[rows].astype(int)
        ]
        other.append(float(np.var(found - register.home[:, rows] - mean)))
    assert other == pytest.approx([p.other_variance] * 2, rel=0.25)


def test_the_secondary_phase_begins_in_year_seven():
    assert READ_AT["ks2"] == FIRST_SECONDARY_YEAR_GROUP
