"""Inspection alone gives published chances, and recovery without support explains much of what is told."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

from calibration.inspection_alone import live
from calibration.inspection_fit import misfit, moments
from calibration.supported_recovery import decomposition, lift_needed, recoveries
from calibration.targets import published


@cache
def found() -> dict[str, float]:
    """Figures of two lives of 2,000 schools."""
    return moments(live({}, 2))


@cache
def recovered() -> pd.DataFrame:
    """Recoveries of two lives."""
    return recoveries(2)


@pytest.mark.parametrize(
    ("row", "allowed"),
    [
        ("calc_ofsted_1315_good_to_ri", 5.0),
        ("calc_ofsted_1315_ri_to_good", 5.0),
        ("calc_ofsted_1315_inadequate_to_good", 9.0),
        ("calc_ofsted_interval_good", 1.0),
        ("calc_ofsted_interval_ri", 0.3),
        ("ofsted_good_plus_primary_2018", 3.0),
        ("ofsted_good_plus_secondary_2018", 6.0),
        ("ofsted_outstanding_2018", 5.0),
        ("ofsted_good_plus_2023", 3.0),
        ("ofsted_ri_to_good_2023", 7.0),
        ("ofsted_good_held_2023", 8.0),
        ("reportcard_expected_2026", 8.0),
        ("reportcard_needs_attention_2026", 5.0),
        ("calc_ofsted_stuck", 1.2),
    ],
)
def test_simulated_inspection_meets_what_ofsted_published(row: str, allowed: float) -> None:
    assert found()[row] == pytest.approx(published(row), abs=allowed)


def test_chances_of_being_good_fall_with_the_grade_before() -> None:
    good = [
        found()[f"calc_ofsted_1315_{before}_to_outstanding"] + found()[f"calc_ofsted_1315_{before}_to_good"]
        for before in ("outstanding", "good", "ri", "inadequate")
    ]
    assert good == sorted(good, reverse=True)


def test_another_error_fits_worse() -> None:
    fitted = misfit(found())
    assert misfit(moments(live({"error_sd": 0.5}, 1))) > 2.0 * fitted
    assert misfit(moments(live({"response": 1.5}, 1))) > 2.0 * fitted


def test_most_schools_below_good_recover_without_support() -> None:
    alone = recovered().query("lift == 0.0 and picked == 'all'").set_index(["entry", "population"])["good"]
    assert alone[2012, "requires improvement"] == pytest.approx(62.0, abs=6.0)
    assert alone[2021, "requires improvement"] > alone[2012, "requires improvement"]
    assert alone[2021, "at risk after a short visit"] > 65.0


def test_support_that_adds_practice_helps_and_never_harms_with_the_same_luck() -> None:
    table = recovered().query("picked == 'all' and schools > 0")
    for _, rows in table.groupby(["entry", "population"]):
        assert (np.diff(rows.sort_values("lift")["good"]) >= 0.0).all()


def test_whom_a_partnership_picks_moves_its_success() -> None:
    alone = recovered().query("lift == 0.0 and entry == 2021").set_index(["population", "picked"])["good"]
    of = "requires improvement"
    assert alone[of, "stronger leadership"] > alone[of, "all"] > alone[of, "weaker leadership"]


def test_what_is_reported_is_taken_apart() -> None:
    steps = decomposition(recovered())
    assert (steps["good"].dropna() <= 100.0).all()
    assert (steps["chance of 88"] <= steps["chance of 85"]).all()
    needed = lift_needed(recovered()).set_index(["entry", "population"])
    assert needed.loc[(2021, "requires improvement"), "SD for 88"] > 0.25
