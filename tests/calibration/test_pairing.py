"""Two scenarios on common random numbers differ by the programme and little else."""

from __future__ import annotations

import pytest

from calibration.pairing import GOAL, paired
from scenarios.places import resolve

READ_RESULTS = ("choice", "inspection", "stakes", "rise", "orders")
"""Mechanisms through which results at 11 may come to matter to others before those taught are 16."""


def _table(replicates, off=()):
    place = resolve("synthetic", {"schools": 20, "pupils": 7000, "special_schools": 1, "ap_schools": 1})
    found = paired(place, draws=0, replicates=replicates, years=6, workers=1, off=off)
    return found.set_index(["measure", "group", "year"]), place.year


@pytest.fixture(scope="module")
def table():
    return _table(8)


def test_pairing_saves_at_least_ten_times_the_runs(table) -> None:
    found, _ = table
    gap = found.loc[("ks2_rwm_expected", "gap")]
    assert len(gap) == 6
    assert gap["variance_ratio"].median() >= GOAL


def test_the_programme_narrows_the_gap_every_year(table) -> None:
    found, _ = table
    assert (found.loc[("ks2_gap_index", "gap"), "difference"] < 0.0).all()


def test_nothing_differs_at_sixteen_before_those_taught_reach_it() -> None:
    found, year_0 = _table(3, READ_RESULTS)
    ks4 = found.loc[("ks4_attainment8", "gap"), "difference"]
    assert (ks4.loc[: year_0 + 5] == 0.0).all()
    assert ks4.loc[year_0 + 6] < 0.0


def test_what_others_make_of_better_results_hardly_reaches_sixteen(table) -> None:
    found, year_0 = table
    ks4 = found.loc[("ks4_attainment8", "gap"), "difference"]
    assert abs(ks4.loc[: year_0 + 5]).max() < 1e-3 * abs(ks4.loc[year_0 + 6])
    assert ks4.loc[year_0 + 6] < 0.0
