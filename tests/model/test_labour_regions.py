"""Neighbouring LAs share their specialists; distant ones do not."""

from __future__ import annotations

import numpy as np

from model.institution_facts import Facts
from model.labour_regions import labour_regions
from tests.model.staffing import facts


def _row_of_four() -> Facts:
    """Give four LAs of ten schools and 6,000 pupils each: two pairs, far from each other."""
    four = facts(4, schools=10)
    four.x_km = np.repeat([0.0, 10.0, 200.0, 210.0], 10)
    return four


def test_neighbours_share_a_labour_pool_and_distant_places_do_not() -> None:
    west, near_west, east, near_east = labour_regions(_row_of_four(), 15_000.0)
    assert west == near_west
    assert east == near_east
    assert west != east


def test_no_one_comes_from_elsewhere_where_people_do_not_travel() -> None:
    assert sorted(labour_regions(_row_of_four(), 0.0)) == [0, 1, 2, 3]


def test_everyone_is_in_one_region_where_people_travel_far() -> None:
    assert set(labour_regions(_row_of_four(), 1e9)) == {0}


def test_one_authority_is_one_region_however_large() -> None:
    assert labour_regions(facts(1, schools=400), 10.0) == [0]


def test_authorities_with_maps_of_their_own_are_neighbours_in_order() -> None:
    four = facts(4, schools=10)
    four.x_km = np.tile(np.linspace(-5.0, 5.0, 10), 4)
    first, second, third, fourth = labour_regions(four, 15_000.0)
    assert first == second
    assert third == fourth
    assert first != third
