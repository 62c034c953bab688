"""How a school's results stand is the mean of three years among schools of its phase."""

from __future__ import annotations

import numpy as np
import pytest

from model.assessments import Sitting
from model.place import Phase
from model.register import Cohort
from model.results_read import ResultsRead
from tests.model.running import place_of, system

PHASE = np.array([Phase.PRIMARY] * 4 + [Phase.SECONDARY] * 4 + [Phase.SPECIAL])
N = len(PHASE)


class Roll:
    """The column of a register that is read: four pupils a school, and four in none."""

    school = np.repeat(np.arange(N + 1), 4)


def sat(start, end, by_school):
    """Give a sitting in which all pupils of a school score the same."""
    score = np.repeat(by_school, 4).astype(float)
    return Sitting(Cohort(0, 4 * start, 4 * end), np.stack([score, score]))


def year(results, primary, secondary):
    return results.year(Roll(), sat(0, 4, primary), sat(4, 8, secondary))


def test_schools_are_compared_with_their_phase_only():
    found = year(ResultsRead(PHASE), [0.0, 1.0, 2.0, 3.0], [10.0, 10.0, 12.0, 12.0])
    for rows in (slice(0, 4), slice(4, 8)):
        assert found[rows].mean() == pytest.approx(0.0) and found[rows].std() == pytest.approx(1.0)
    assert (np.diff(found[:4]) > 0.0).all()
    np.testing.assert_allclose(found[4:8], [-1.0, -1.0, 1.0, 1.0])


def test_a_school_that_tests_no_one_stands_at_nought():
    assert year(ResultsRead(PHASE), [0.0, 1.0, 2.0, 3.0], [0.0, 1.0, 2.0, 3.0])[8] == 0.0


def test_three_years_are_read_and_not_more():
    results, alike = ResultsRead(PHASE), [0.0, 0.0, 0.0, 0.0]
    first = year(results, [0.0, 0.0, 0.0, 3.0], alike)
    assert first[3] > 0.0
    for _ in range(2):
        assert year(results, [0.0, 0.0, 0.0, 0.0], alike)[3] > 0.0
    assert not year(results, [0.0, 0.0, 0.0, 0.0], alike).any()


def test_of_one_or_two_schools_of_a_phase_nothing_can_be_said():
    few = ResultsRead(np.array([Phase.PRIMARY] * 2 + [Phase.SECONDARY] * 6 + [Phase.SPECIAL]))
    found = few.year(Roll(), sat(0, 2, [0.0, 5.0]), sat(4, 8, [0.0, 1.0, 2.0, 3.0]))
    assert not found[:2].any() and found[4:8].any()


def test_schools_of_a_run_have_a_standing_each_year_and_keep_much_of_it():
    read = []
    whole = system(place_of(), years=3)
    whole.parts.institutions.read_results = read.append
    whole.run()
    primary = whole.place.schools.phase == Phase.PRIMARY
    assert len(read) == 4
    assert np.corrcoef(read[2][primary], read[3][primary])[0, 1] > 0.5
