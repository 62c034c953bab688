"""Each school's intake is the one its published results tell of, where they are known."""

from __future__ import annotations

import numpy as np
import pytest

from model.place import Phase
from tests.model.running import english_place, place_of, system


def test_what_a_school_can_expect_of_its_areas_is_what_its_children_bring():
    place = english_place(30_000)
    whole = system(place, years=0)
    home = np.random.default_rng(1).normal(0.0, 0.3, len(place.areas))
    expected = whole.parts.enrolment.expected_area_home(home)
    register, n = whole.parts.register, len(place.schools)
    count, total = np.zeros(n), np.zeros(n)
    for cohort in register.cohorts:
        whole.parts.enrolment.enter(register, cohort)
        rows = slice(cohort.start, cohort.end)
        here = register.school[rows] < n
        count += np.bincount(register.school[rows][here], minlength=n)
        total += np.bincount(register.school[rows][here], home[register.area[rows]][here], minlength=n)
    primary = place.schools.phase == Phase.PRIMARY
    error = 0.3 / np.sqrt(count[primary])
    np.testing.assert_array_less(
        np.abs(expected[primary] - total[primary] / count[primary]), 5.0 * error + 1e-9
    )


def test_schools_that_begin_later_can_expect_what_schools_before_them_pass_on():
    place = english_place(30_000)
    enrolment = system(place, years=0).parts.enrolment
    secondary = place.schools.phase == Phase.SECONDARY
    assert enrolment.expected_area_home(np.full(len(place.areas), 0.2))[secondary] == pytest.approx(0.2)
    east = enrolment.expected_area_home(place.areas.x_km)[secondary]
    assert np.corrcoef(east, place.schools.x_km[secondary])[0, 1] > 0.8


def test_no_one_is_expected_where_no_one_enters():
    place = place_of()
    special = place.schools.phase == Phase.SPECIAL
    expected = system(place, years=0).parts.enrolment.expected_area_home(np.zeros(len(place.areas)))
    np.testing.assert_array_equal(np.isnan(expected[special]), True)
