"""What chance explains is taken off, and what is left is compared."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from calibration.split_check import compare, errors, noise_of


def test_a_right_prediction_has_no_error_left_when_chance_is_taken_off():
    rng = np.random.default_rng(1)
    pupils = np.full(4000, 10.0)
    true = rng.uniform(0.3, 0.7, 4000)
    published = rng.binomial(10, true) / 10.0
    found = errors(true, published, true * (1 - true) / 10.0, pupils)
    assert found.rmse > 0.14
    assert found.net < 0.02
    assert found.bias == pytest.approx(0.0, abs=0.01)
    assert found.slope == pytest.approx(1.0, abs=0.05)


def test_one_rate_for_all_has_no_correlation():
    found = errors(np.full(5, 0.5), np.array([0.2, 0.4, 0.6, 0.8, 0.5]), np.zeros(5), np.ones(5))
    assert np.isnan(found.correlation)


def test_chance_of_the_group_is_partly_in_the_schools_own_result():
    rng = np.random.default_rng(2)
    n, few, rest, gap = 20_000, 20, 40, 8.0
    share = few / (few + rest)
    disadvantaged = 40.0 + rng.normal(0, 18.0 / np.sqrt(few), n)
    other = 48.0 + rng.normal(0, 18.0 / np.sqrt(rest), n)
    split = share * disadvantaged + (1 - share) * other - (1 - share) * gap
    cohorts = pd.DataFrame({"pupils": [few + rest], "disadvantaged": [few]})
    of_rate, of_split = noise_of("ks4_attainment8", cohorts, np.array([40.0]), np.array([48.0]))
    assert of_rate[0] == pytest.approx(np.var(disadvantaged), rel=0.05)
    assert of_split[0] == pytest.approx(np.var(split - disadvantaged), rel=0.05)


def test_suppressed_schools_are_counted_apart():
    urns = list(range(6))
    real = pd.DataFrame(
        {
            "pupils": 60.0,
            "disadvantaged": [20.0, 20, 20, 20, 20, 4],
            "all": 0.6,
            "of_disadvantaged": [0.4, 0.5, 0.6, 0.5, 0.4, np.nan],
        },
        index=urns,
    )
    made = pd.DataFrame({"disadvantaged": 0.48, "other": 0.66, "pupils_disadvantaged": 20.0}, index=urns)
    split, rate = compare("ks2_rwm_expected", real, made, 0.48)
    assert (split["schools"], split["hidden_schools"], split["hidden_pupils"]) == (5, 1, 4.0)
    assert (split["prediction"], rate["prediction"]) == ("split", "LA rate")
