"""Support that goes on as it was leaves practice where it is from year 0 on."""

from __future__ import annotations

import numpy as np
import pytest

from model.delivered import Delivered
from model.long_run import LongRun
from model.support import Support
from tests.model.test_support import COACHING, ONES, USUAL, changed

SCHOOLS = 40
CASE_TERMS = 3


def a_term(term):
    """A tenth of the schools begin a year of coaching each term, in turn."""
    begun = [(term - ago) % 10 for ago in range(CASE_TERMS)]
    school = np.array([s for s in range(SCHOOLS) if s % 10 in begun], dtype=np.int32)
    n = len(school)
    return Delivered(
        term=term, school=school, offer=np.zeros(n, dtype=np.int32), weeks=np.full(n, 13.0),
        quality=np.ones(n), completed=np.zeros(n, dtype=bool),
    )  # fmt: skip


def run(support, first, last, long_run=None, since=0):
    """Run terms and give the mean that support adds after each."""
    nobody, means = np.zeros(SCHOOLS, dtype=bool), []
    for term in range(first, last):
        support.term(term, a_term(term), np.full(SCHOOLS, USUAL), nobody)
        if long_run is not None and term >= since:
            long_run.term()
        means.append(support.total().sum() / SCHOOLS)
    return np.array(means)


@pytest.mark.parametrize("half", [1e6, 2.0], ids=["no diminishing returns", "diminishing returns"])
def test_five_years_lead_to_the_level_that_sixty_would_reach(half):
    p = changed(support__half_gain_cases=half)
    support = Support(SCHOOLS, (COACHING,), p, unit=ONES)
    long_run = LongRun(support, np.zeros(SCHOOLS, dtype=np.intp))
    reached = run(support, 0, 15, long_run, since=6)[-1]
    usual = long_run.settle().sum() / SCHOOLS
    old = Support(SCHOOLS, (COACHING,), p, unit=ONES)
    in_the_end = run(old, 0, 180)[-30:].mean()
    assert reached < 0.9 * in_the_end
    assert usual == pytest.approx(in_the_end, rel=0.1)


def test_a_settled_place_stays_where_it_is():
    support = Support(SCHOOLS, (COACHING,), changed(), unit=ONES)
    long_run = LongRun(support, np.zeros(SCHOOLS, dtype=np.intp))
    run(support, 0, 15, long_run, since=6)
    usual = long_run.settle().sum() / SCHOOLS
    assert support.total().sum() / SCHOOLS == pytest.approx(usual)
    after = run(support, 15, 75)
    assert abs(after[-30:].mean() - usual) < 0.1 * usual


def test_where_support_does_nothing_there_is_nothing_to_settle():
    support = Support(SCHOOLS, (COACHING,), changed(support__practice_gain=0.0), unit=ONES)
    long_run = LongRun(support, np.zeros(SCHOOLS, dtype=np.intp))
    run(support, 0, 15, long_run)
    assert not long_run.settle().any()
    assert not support.total().any()
