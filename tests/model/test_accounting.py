"""Where a gap's change comes from: the parts sum to it, and each catches what it is named for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from model.accounting import gap_change, pool
from tests.model.running import place_of, run, series

SCHOOLS = 6
counts = arrays(np.float64, SCHOOLS, elements=st.integers(0, 60).map(float))
rates = arrays(np.float64, SCHOOLS, elements=st.floats(0.0, 100.0, width=32))


def overall(n, total):
    return total.sum() / n.sum() if n.sum() else 0.0


@given(counts, counts, rates, rates, counts, counts, rates, rates)
@settings(max_examples=60)
def test_within_between_and_composition_sum_to_the_change_of_the_gap(nd, no, d, o, nd1, no1, d1, o1):
    whole = (nd > 0) & (no > 0) & (nd1 > 0) & (no1 > 0)
    before, after = pool(nd, no, nd * d, no * o, whole), pool(nd1, no1, nd1 * d1, no1 * o1, whole)
    gap = overall(no, no * o) - overall(nd, nd * d)
    gap1 = overall(no1, no1 * o1) - overall(nd1, nd1 * d1)
    change = gap_change(before, after)
    assert before.gap == pytest.approx(gap, abs=1e-9)
    assert change.within + change.between + change.composition == pytest.approx(gap1 - gap, abs=1e-9)
    assert change.within_top + change.within_bottom == pytest.approx(change.within, abs=1e-9)


@given(counts, counts, rates, rates, counts, counts, rates, rates)
@settings(max_examples=40)
def test_composition_is_what_its_own_formula_says(nd, no, d, o, nd1, no1, d1, o1):
    whole = (nd > 0) & (no > 0) & (nd1 > 0) & (no1 > 0)
    a, b = pool(nd, no, nd * d, no * o, whole), pool(nd1, no1, nd1 * d1, no1 * o1, whole)
    o_mean, d_mean = (0.5 * (x + y) for x, y in ((a.mean_other, b.mean_other), (a[2], b[2])))
    wd, wo = b.weight_disadvantaged - a.weight_disadvantaged, b.weight_other - a.weight_other
    formula = (wd * (o_mean - d_mean)).sum() + ((wo - wd) * o_mean).sum()
    if all(n.sum() for n in (nd, no, nd1, no1)):
        assert gap_change(a, b).composition == pytest.approx(formula, abs=1e-8)


LIKE = np.full(4, 25.0)
MIXED = np.array([10.0, 20.0, 30.0, 40.0])
EVERY = np.ones(4, dtype=bool)


def change_of(n_disadvantaged, n_other, before, after):
    d, o = before
    d1, o1 = after
    return gap_change(
        pool(n_disadvantaged, n_other, n_disadvantaged * d, n_other * o, EVERY),
        pool(n_disadvantaged, n_other, n_disadvantaged * d1, n_other * o1, EVERY),
    )


def test_disadvantaged_pupils_who_gain_everywhere_narrow_the_gap_within_schools():
    found = change_of(MIXED, LIKE, (np.full(4, 40.0), np.full(4, 60.0)), (np.full(4, 45.0), np.full(4, 60.0)))
    assert found == pytest.approx((-5.0, 0.0, -5.0, 0.0, 0.0), abs=1e-12)


def test_schools_of_better_off_pupils_that_pull_ahead_widen_it_between_schools():
    ahead = np.array([6.0, 2.0, -2.0, -6.0])
    d, o = np.full(4, 40.0), np.full(4, 60.0)
    found = change_of(MIXED, MIXED[::-1].copy(), (d, o), (d + ahead, o + ahead))
    assert found.within == pytest.approx(0.0, abs=1e-12)
    assert found.composition == pytest.approx(0.0, abs=1e-12)
    assert found.between > 1.0


def test_nothing_changed_is_nothing_to_account_for():
    d, o = np.full(4, 40.0), np.full(4, 60.0)
    assert change_of(MIXED, LIKE, (d, o), (d, o)) == pytest.approx((0.0,) * 5, abs=1e-12)


def test_in_a_run_the_three_parts_sum_to_the_change_of_the_ks2_gap_since_year_nought():
    record = run(place_of(), years=4)
    gap = series(record, "ks2_rwm_expected", "gap")
    parts = sum(series(record, f"ks2_gap_{part}", "gap") for part in ("within", "between", "composition"))
    np.testing.assert_allclose(parts, gap - gap[0], atol=1e-9)
