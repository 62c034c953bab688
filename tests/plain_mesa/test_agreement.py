"""The program and a plain Mesa model of the same equations, one Python object a pupil, tell the same story.

Replicates of both are independent, so a statistic of theirs differs by chance alone: its mean over the years
projected in a replicate is compared by Welch's standard error. With four standard errors one chance in five
hundred is left that any of thirty comparisons strays; seeds are fixed, so no run of the tests does by luck.
"""

import numpy as np
import pytest

from tests.plain_mesa.facts import PRIMARY, SECONDARY
from tests.plain_mesa.replicates import (
    alike_schools,
    central,
    lepsim_rows,
    plain_rows,
    replicates,
    small_place,
)

YEARS, N = 6, 12
STANDARD_ERRORS = 4.0
MOST_APART = {  # even within four standard errors the models may differ by no more than this
    "eyfs_gld": 5.0,
    "ks2_rwm_expected": 5.0,  # percentage points
    "ks4_attainment8": 2.5,  # points
    "ks2_gap_index": 0.7,
    "ks4_gap_index": 0.5,
    "ks2_pupil_sd": 0.05,
    "ks4_pupil_sd": 0.05,  # pupil SD
    "ks2_school_sd": 3.0,
    "ks4_school_sd": 1.2,
}
LOG_VARIANCE_APART = 0.9
"""Log ratio of variances between replicates; each is known within about 0.25."""


@pytest.fixture(scope="module")
def place():
    return small_place()


@pytest.fixture(scope="module")
def alike(place):
    """Replicates of the program where all schools add the same."""
    return replicates(lepsim_rows, place, alike_schools(), YEARS, range(N))


def standard_errors_apart(one, other):
    """Difference of means in standard errors, and in units, for every statistic, over the projected years."""
    apart = {}
    for key in one:
        x, y = one[key][:, 1:].mean(axis=1), other[key][:, 1:].mean(axis=1)
        error = np.sqrt(x.var(ddof=1) / len(x) + y.var(ddof=1) / len(y))
        apart[key] = abs(x.mean() - y.mean()) / error, abs(x.mean() - y.mean())
    return apart


def astray(one, other):
    """Statistics by which two sets of replicates can be told apart."""
    return {
        key: figures
        for key, figures in standard_errors_apart(one, other).items()
        if figures[0] > STANDARD_ERRORS or figures[1] > MOST_APART[key[0]]
    }


def test_where_schools_are_alike_pupils_of_both_models_stand_and_spread_the_same(place, alike):
    assert not astray(alike, replicates(plain_rows, place, alike_schools(), YEARS, range(N)))


def test_with_schools_that_differ_groups_gaps_pupils_and_schools_stand_and_spread_the_same(place):
    full = [replicates(rows, place, central(), YEARS, range(N)) for rows in (lepsim_rows, plain_rows)]
    assert not astray(*full)
    variance = [{key: values[:, 1:].var(axis=0, ddof=1).mean() for key, values in of.items()} for of in full]
    ratios = {key: np.log(variance[0][key] / variance[1][key]) for key in variance[0]}
    assert not {key: ratio for key, ratio in ratios.items() if abs(ratio) > LOG_VARIANCE_APART}


def test_year_0_of_both_models_has_the_published_results(place):
    published = {
        "ks2_rwm_expected": 100.0 * place.results.ks2_rwm[0, -1],
        "ks4_attainment8": place.results.ks4_attainment8[0, -1],
    }
    for rows in (lepsim_rows, plain_rows):
        year_0 = replicates(rows, place, central(), 0, range(4))
        for measure, values in published.items():
            within = 3.0 if measure == "ks2_rwm_expected" else 1e-6  # one pupil of a small group
            for group, value in zip(("disadvantaged", "other"), values, strict=True):
                assert np.abs(year_0[measure, group] - value).max() < within


def _forget_drag(facts):
    facts.pull = [[pull[0], pull[0]] for pull in facts.pull]


def _double_class_years(facts):
    facts.cohort_sd = (facts.cohort_sd[PRIMARY] + 0.16, facts.cohort_sd[SECONDARY] + 0.16)


def _more_noise(facts):
    facts.noise_sd *= 1.5


MISTAKES = {
    _forget_drag: ("ks4_attainment8", "disadvantaged"),
    _double_class_years: ("ks4_school_sd", "all"),
    _more_noise: ("ks2_pupil_sd", "all"),
}


def test_a_plain_model_with_a_mistake_is_told_apart(place, alike):
    for mistake, seen_in in MISTAKES.items():
        mistaken = replicates(plain_rows, place, alike_schools(), YEARS, range(N // 2), change=mistake)
        assert seen_in in astray(alike, mistaken), mistake.__name__
