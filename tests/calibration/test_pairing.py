"""Two scenarios on common random numbers differ by the programme and little else."""

from __future__ import annotations

import pytest

from calibration.pairing import GOAL, paired
from scenarios.places import resolve


@pytest.fixture(scope="module")
def table():
    place = resolve("synthetic", {"schools": 20, "pupils": 7000, "special_schools": 1, "ap_schools": 1})
    found = paired(place, draws=0, replicates=8, years=6, workers=1)
    return found.set_index(["measure", "group", "year"]), place.year


def test_pairing_saves_at_least_ten_times_the_runs(table) -> None:
    found, _ = table
    gap = found.loc[("ks2_rwm_expected", "gap")]
    assert len(gap) == 6
    assert gap["variance_ratio"].median() >= GOAL


def test_the_programme_narrows_the_gap_every_year(table) -> None:
    found, _ = table
    assert (found.loc[("ks2_gap_index", "gap"), "difference"] < 0.0).all()


def test_nothing_differs_at_sixteen_before_those_taught_reach_it(table) -> None:
    found, year_0 = table
    ks4 = found.loc[("ks4_attainment8", "gap"), "difference"]
    assert (ks4.loc[: year_0 + 5] == 0.0).all()
    assert ks4.loc[year_0 + 6] < 0.0
