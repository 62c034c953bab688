"""What is measured is what its definition says, for the pupils it says, in its unit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from model.measures import ALL_GROUPS, BY_ID, MEASURES
from model.measuring import COLUMNS
from model.parameters import Parameters
from tests.model.compiled import funded, parameters_of
from tests.model.running import block_of, has_run, here, place_of, poor, run, series

YEARS = 2


@pytest.fixture(scope="module")
def whole():
    return has_run(place_of(), years=YEARS)


def last(whole, measure, group):
    return series(whole.record(), measure, group)[-1]


def sitting_of(whole, stage, year_group, phase):
    """Scores of the pupils of the place at a stage in the last year, and who of them is disadvantaged."""
    rows = block_of(whole, whole.now, year_group)
    present = here(whole, rows)
    return whole.sittings(stage)[0].scores[:, present], poor(whole, rows, phase)[present]


def test_every_measure_of_the_registry_has_a_column_for_each_of_its_groups(whole):
    assert whole.record().columns == COLUMNS
    assert [(c.measure, c.group) for c in COLUMNS] == [(m.id, g) for m in MEASURES for g in m.groups]
    assert whole.record().values.shape == (YEARS + 1, len(COLUMNS))


@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.id)
def test_a_measure_says_what_it_is_and_which_way_is_better(measure):
    assert all((measure.label, measure.unit, measure.definition, measure.source))
    assert measure.kind in {"official", "survey", "index", "system"}
    assert measure.better in {"higher", "lower", "neither"}
    assert measure.over_time in {"annual", "cumulative"}
    assert measure.summarises in {"mean", "median", "sum"}
    assert set(measure.groups) <= set(ALL_GROUPS)
    assert BY_ID[measure.id] is measure


def test_the_gap_is_other_pupils_less_disadvantaged_pupils():
    record = run(place_of(), years=3)
    for measure in (m.id for m in MEASURES if m.groups == ALL_GROUPS):
        gap = series(record, measure, "other") - series(record, measure, "disadvantaged")
        np.testing.assert_allclose(series(record, measure, "gap"), gap, atol=1e-9)


def test_all_pupils_lie_between_the_two_groups_by_their_numbers():
    record = run(place_of(), years=3)
    share = series(record, "pupils", "disadvantaged") / series(record, "pupils", "all")
    mixed = share * series(record, "absence", "disadvantaged") + (1 - share) * series(
        record, "absence", "other"
    )
    np.testing.assert_allclose(series(record, "absence", "all"), mixed)


def test_the_expected_standard_takes_both_domains(whole):
    scores, classed = sitting_of(whole, "ks2", 6, 0)
    cut = whole.parts.reference.ks2.cut
    passed = 100.0 * ((scores[0] >= cut) & (scores[1] >= cut))
    assert last(whole, "ks2_rwm_expected", "all") == pytest.approx(passed.mean())
    assert last(whole, "ks2_rwm_expected", "disadvantaged") == pytest.approx(passed[classed].mean())


@pytest.mark.parametrize(("stage", "year_group", "phase"), [("ks2", 6, 0), ("ks4", 11, 1)])
def test_the_gap_index_is_twenty_times_the_difference_in_mean_national_rank(whole, stage, year_group, phase):
    scores, classed = sitting_of(whole, stage, year_group, phase)
    rank = getattr(whole.parts.reference, stage).rank(scores.mean(axis=0))
    index = 20.0 * (rank[~classed].mean() - rank[classed].mean())
    assert last(whole, f"{stage}_gap_index", "gap") == pytest.approx(index, abs=1e-9)


@pytest.mark.parametrize(("stage", "year_group", "phase"), [("ks2", 6, 0), ("ks4", 11, 1)])
def test_the_gap_in_months_is_the_gap_in_pupil_sd_on_its_scale(whole, stage, year_group, phase):
    scores, classed = sitting_of(whole, stage, year_group, phase)
    mean = scores.mean(axis=0) / getattr(whole.parts.reference, stage).sd
    months = getattr(Parameters().measurement, f"months_per_sd_{stage}")
    gap = months * (mean[~classed].mean() - mean[classed].mean())
    assert last(whole, f"{stage}_gap_months", "gap") == pytest.approx(gap, abs=1e-9)


def test_where_the_place_is_england_ranks_are_taken_among_its_own_pupils():
    england = has_run(replace(place_of(), is_england=True), years=YEARS)
    scores, classed = sitting_of(england, "ks2", 6, 0)
    rank = stats.rankdata(scores.mean(axis=0)) - 0.5
    index = 20.0 * (rank[~classed].mean() - rank[classed].mean()) / len(classed)
    assert last(england, "ks2_gap_index", "gap") == pytest.approx(index, abs=1e-9)


def test_with_national_grades_fixed_england_as_a_whole_gains_next_to_nothing():
    record = run(replace(place_of(), is_england=True), years=4)
    fixed = series(record, "ks4_attainment8_rank", "all")
    assert np.ptp(fixed) < 0.05
    assert np.ptp(series(record, "ks4_attainment8", "all")) > 0.2


def test_elsewhere_ranks_are_against_a_fixed_nation_so_grades_are_the_same_either_way():
    record = run(place_of(), years=2)
    np.testing.assert_array_equal(
        series(record, "ks4_attainment8_rank", "all"), series(record, "ks4_attainment8", "all")
    )


def test_persistent_absence_counts_the_severely_absent_too(whole):
    register = whole.parts.register
    absence = whole.parts.attendance.year(register, whole.now)[0]
    present = here(whole, register.active(whole.now))
    for measure, least in (("persistent_absence", 0.1), ("severe_absence", 0.5)):
        share = 100.0 * (absence[present] >= least).mean()
        assert last(whole, measure, "all") == pytest.approx(share)
    assert last(whole, "absence", "all") == pytest.approx(100.0 * absence[present].mean())


def test_rows_of_schools_add_up_to_the_measures_of_the_place():
    record = run(place_of(), years=YEARS, detail=True)
    rows = record.schools
    for index, year in enumerate(record.years):
        mine = rows.year == year
        share = (rows.disadvantaged_share * rows.roll)[mine].sum() / rows.roll[mine].sum()
        numbers = [series(record, "pupils", g)[index] for g in ("disadvantaged", "all")]
        assert share == pytest.approx(numbers[0] / numbers[1])
        absence = 100.0 * (rows.absence * rows.roll)[mine].sum() / rows.roll[mine].sum()
        assert absence == pytest.approx(series(record, "absence", "all")[index])


def test_practice_of_schools_has_all_that_support_has_brought_as_the_measure_has():
    place = place_of()
    record = run(place, funded(place), parameters_of(), years=3, detail=True)
    rows = record.schools
    practice, roll = (values.reshape(4, -1) for values in (rows.practice, rows.roll))
    change = ((practice - practice[0]) * roll).sum(axis=1) / roll.sum(axis=1)
    assert change == pytest.approx(series(record, "practice", "all"), abs=1e-9)
