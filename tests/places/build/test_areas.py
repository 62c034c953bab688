"""Children live around the schools they enter, as many and as poor as the LA's figures say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.choice import is_mainstream
from scenarios.places.build.areas import (
    LARGEST,
    SMALLEST,
    decile_slope,
    entry_schools,
    home_areas,
    to_mean,
    towards,
)
from scenarios.places.build.arrays import place_order, school_columns
from scenarios.places.build.sizes import planned_places, pupils_by_phase
from scenarios.places.low_income import mixing
from scenarios.places.positions import distances
from tests.places.build.hand_made import hand_made, school, small_authority


def areas_of(table, low_income=(0.3,), codes=(307,), cohort=None):
    ordered = place_order(table.schools, codes)
    sizes = planned_places(ordered)
    schools = school_columns(ordered, sizes, table.flags)
    pupils = pupils_by_phase(ordered, sizes, schools.la, len(codes))
    children = np.array([count.primary_cohort for count in pupils]) if cohort is None else np.asarray(cohort)
    entry = entry_schools(schools, ordered, is_mainstream(schools))
    return schools, entry, home_areas(schools, entry, children, np.asarray(low_income))


def test_there_is_one_area_around_each_school_entered_at_reception():
    schools, entry, areas = areas_of(small_authority())
    assert len(areas) == 12 + 1 + 1
    assert np.all(schools.first_year_group[entry.rows] == 0)
    assert areas.x_km == pytest.approx(schools.x_km[entry.rows])


@settings(max_examples=12, deadline=None)
@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=15), st.floats(0.02, 0.9), st.floats(1.0, 5000.0))
def test_children_and_low_income_add_up_to_the_las(shares, low_income, cohort):
    rows = [school(100 + at, "primary", disadvantaged_share=share) for at, share in enumerate(shares)]
    _, _, areas = areas_of(hand_made(rows, []), (low_income,), cohort=[cohort])
    assert areas.children.sum() == pytest.approx(cohort)
    assert np.average(areas.low_income_share, weights=areas.children) == pytest.approx(low_income, abs=1e-6)
    assert np.all((areas.low_income_share > 0.0) & (areas.low_income_share < 1.0))


def test_each_la_has_its_own_total():
    schools = [school(100 + at, "primary", 202 if at % 2 else 307) for at in range(10)]
    _, _, areas = areas_of(hand_made(schools, []), (0.2, 0.45), (202, 307), [100.0, 900.0])
    for la, (share, children) in enumerate(((0.2, 100.0), (0.45, 900.0))):
        here = areas.la == la
        assert areas.children[here].sum() == pytest.approx(children)
        mean = np.average(areas.low_income_share[here], weights=areas.children[here])
        assert mean == pytest.approx(share, abs=1e-6)


def test_the_children_who_would_come_to_a_school_are_about_as_poor_as_its_pupils():
    rng = np.random.default_rng(3)
    rows = []
    for at in range(40):
        x, y = float(rng.uniform(0, 12000)), float(rng.uniform(0, 12000))
        share = float(np.clip(0.1 + 0.5 * x / 12000 + rng.normal(0, 0.05), 0.02, 0.9))
        rows.append(
            school(100 + at, "primary", easting=x, northing=y, disadvantaged_share=share, imd_decile=np.nan)
        )
    _, entry, areas = areas_of(hand_made(rows, []), (0.35,))
    mix = mixing(distances(areas.x_km, areas.y_km), areas.children)
    come = mix @ areas.low_income_share
    assert np.corrcoef(come, entry.share)[0, 1] > 0.9
    assert np.std(come) < np.std(areas.low_income_share) < 1.3 * np.std(entry.share)


def test_a_school_without_a_share_takes_its_neighbourhoods():
    rows = [school(100 + at, "primary", disadvantaged_share=0.3, imd_decile=5.0) for at in range(6)]
    rows += [school(110, "primary", disadvantaged_share=np.nan, imd_decile=1.0)]
    rows += [school(111, "primary", disadvantaged_share=np.nan, imd_decile=10.0)]
    _, _, areas = areas_of(hand_made(rows, []), (0.3,))
    assert areas.low_income_share[6] > areas.low_income_share[7]


def test_nothing_known_of_any_school_gives_every_area_the_las_share():
    rows = [school(100 + at, "primary", disadvantaged_share=np.nan, imd_decile=np.nan) for at in range(6)]
    _, _, areas = areas_of(hand_made(rows, []), (0.3,))
    assert areas.low_income_share == pytest.approx(np.full(6, 0.3), abs=1e-6)


def test_one_school_makes_one_area():
    _, _, areas = areas_of(hand_made([school(100, "primary")], []), (0.25,))
    assert areas.low_income_share == pytest.approx([0.25], abs=1e-6)
    assert areas.children == pytest.approx([60.0])


def test_moving_areas_stays_within_bounds_and_shifting_them_meets_the_mean():
    mix = np.eye(3) * 0.5 + 0.5 / 3
    share = towards(np.array([0.0, 0.5, 1.0]), np.array([0.9, 0.0, 0.9]), mix)
    assert np.all((share >= SMALLEST) & (share <= LARGEST))
    assert np.average(to_mean(share, np.array([1.0, 2.0, 3.0]), 0.4), weights=[1, 2, 3]) == pytest.approx(0.4)


def test_deprivation_never_makes_an_area_richer():
    decile = np.tile(np.arange(1.0, 11.0), 5)
    assert decile_slope(0.3 * decile, decile) == 0.0
    assert decile_slope(-0.3 * (decile - 5.5), decile) == pytest.approx(-0.3)
    assert decile_slope(np.full(50, np.nan), decile) < 0.0
