"""Supported schools are compared with themselves without support, from the same judgement on."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from calibration.supported_in_system import WITH, WITHOUT, arm, outcomes, summary
from tests.model.running import place_of


def test_both_arms_enter_with_the_same_judgements_and_differ_only_in_support() -> None:
    supported, alone = (arm(place_of(), name, 1) for name in (WITH, WITHOUT))
    assert (supported.grade == alone.grade).all()
    assert (supported.at_risk == alone.at_risk).all()
    assert supported.weeks.sum() > alone.weeks.sum()
    assert np.isfinite(supported.good).any()


def test_every_school_is_counted_once_and_support_is_told_apart() -> None:
    found = summary(outcomes(place_of(), 2)).set_index(["population", "support"])
    of_all = found.xs("all")
    assert of_all["schools"].sum() <= 40
    assert set(of_all.index) <= {"intensive", "some", "none"}
    assert found[["good_with", "good_without"]].stack().between(0.0, 100.0).all()


def test_a_difference_is_that_of_the_same_schools() -> None:
    table = pd.DataFrame(
        {
            "population": "below good",
            "support": ["intensive"] * 4 + ["none"] * 2,
            "good_with": [1.0, 1.0, 0.0, 1.0, 1.0, 1.0],
            "good_without": [1.0, 0.0, 0.0, 1.0, 1.0, 1.0],
        }
    )
    found = summary(table).set_index("support")
    assert found.loc["intensive", "difference"] == pytest.approx(25.0)
    assert found.loc["none", "difference"] == 0.0
    assert found.loc["none", "good_with"] > found.loc["intensive", "good_with"]
