"""Both groups' results of a school follow from its own result, its mix and its LA."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from model.place import Flag, Phase
from scenarios.places.build.fitted_shares import fitted_shares, implied_share
from scenarios.places.build.split import Cohorts, Split, split_points, split_shares
from scenarios.places.build.split_table import wide, with_split
from scenarios.places.build.suppressed import Known, fill_suppressed
from tests.places.build.hand_made import YEAR, hand_made, result, school

SHARES = arrays.arrays(np.float64, 12, elements=st.floats(0.0, 1.0))
PUPILS = arrays.arrays(np.float64, 12, elements=st.floats(1.0, 300.0))


def cohorts(everyone, share, pupils, target, disadvantaged=None):
    return Cohorts(
        everyone=np.asarray(everyone, dtype=float),
        pupils=np.asarray(pupils, dtype=float),
        share=np.asarray(share, dtype=float),
        disadvantaged=np.full(len(everyone), np.nan) if disadvantaged is None else np.asarray(disadvantaged),
        part=np.arange(len(everyone), dtype=np.int32) % len(target),
        target=np.asarray(target, dtype=float),
    )


def mixture(split: Split, share):
    return share * split.disadvantaged + (1.0 - share) * split.other


@settings(max_examples=60, deadline=None)
@given(
    everyone=SHARES,
    share=SHARES,
    pupils=PUPILS,
    target=st.tuples(st.floats(0.05, 0.95), st.floats(0.05, 0.95)),
)
def test_the_two_groups_of_every_school_mix_to_its_own_result(everyone, share, pupils, target):
    split = split_shares(cohorts(everyone, share, pupils, [target]))
    assert mixture(split, share) == pytest.approx(everyone, abs=1e-6)
    for group in (split.disadvantaged, split.other):
        assert np.all((group >= 0.0) & (group <= 1.0))


@settings(max_examples=60, deadline=None)
@given(
    everyone=SHARES, share=SHARES, pupils=PUPILS, target=st.tuples(st.floats(5.0, 80.0), st.floats(5.0, 80.0))
)
def test_attainment_8_of_the_two_groups_mixes_to_the_schools_own(everyone, share, pupils, target):
    points = 90.0 * everyone
    split = split_points(cohorts(points, share, pupils, [target]))
    assert mixture(split, share) == pytest.approx(points, abs=1e-6)
    for group in (split.disadvantaged, split.other):
        assert np.all((group >= -1e-9) & (group <= 90.0 + 1e-9))


@pytest.mark.parametrize(("split_of", "scale"), [(split_shares, 1.0), (split_points, 70.0)])
def test_all_schools_together_have_the_results_of_their_la(split_of, scale):
    rng = np.random.default_rng(5)
    share, pupils = rng.uniform(0.05, 0.6, 80), rng.uniform(20, 90, 80)
    everyone = scale * rng.uniform(0.55, 0.85, 80)
    la = np.average(everyone, weights=pupils)
    target = [(la - 0.12 * scale, la + 0.08 * scale)]
    split = split_of(cohorts(everyone, share, pupils, target))
    assert np.average(split.disadvantaged, weights=pupils * share) == pytest.approx(
        target[0][0], abs=2e-5 * scale
    )
    assert np.all(split.disadvantaged <= split.other + 1e-9)


def test_the_gap_is_narrower_where_more_pupils_are_disadvantaged():
    split = split_shares(cohorts([0.6, 0.6], [0.1, 0.7], [60, 60], [(0.5, 0.7)]))
    assert np.diff(split.other - split.disadvantaged)[0] < 0


def test_las_do_not_touch_each_other():
    first = cohorts([0.6, 0.7, 0.8, 0.5], [0.2, 0.3, 0.4, 0.2], [60] * 4, [(0.5, 0.7), (0.45, 0.66)])
    second = cohorts([0.6, 0.2, 0.8, 0.1], [0.2, 0.9, 0.4, 0.8], [60] * 4, [(0.5, 0.7), (0.3, 0.9)])
    assert split_shares(first).disadvantaged[::2] == pytest.approx(split_shares(second).disadvantaged[::2])


def test_a_published_group_is_kept_and_the_others_of_the_la_make_up_the_rest():
    everyone, share = [0.6, 0.65, 0.7], [0.3, 0.3, 0.3]
    split = split_shares(cohorts(everyone, share, [60] * 3, [(0.45, 0.73)], [0.2, np.nan, np.nan]))
    assert split.disadvantaged[0] == 0.2
    assert split.disadvantaged.mean() == pytest.approx(0.45, abs=1e-4)


def test_la_figures_that_contradict_the_schools_still_give_possible_results():
    split = split_shares(cohorts([0.9, 0.95], [0.1, 0.2], [60, 60], [(0.01, 0.02)]))
    assert mixture(split, np.array([0.1, 0.2])) == pytest.approx([0.9, 0.95], abs=1e-6)
    points = split_points(cohorts([70.0, 8.0], [0.9, 0.5], [60, 60], [(80.0, 5.0)]))
    assert np.all((points.disadvantaged >= 0) & (points.other >= 0) & (points.other <= 90))


def test_without_la_figures_both_groups_have_the_schools_result():
    split = split_shares(cohorts([0.6], [0.3], [60], [(np.nan, np.nan)]))
    assert split.disadvantaged == pytest.approx([0.6], abs=1e-6)


def split_table(schools, results):
    table = hand_made(schools, results)
    return with_split(table.schools, table.results, table.las)


def value(results: pd.DataFrame, urn: int, group: str) -> pd.Series:
    rows = results[(results["urn"] == urn) & (results["group"] == group)]
    assert len(rows) == 1
    return rows.iloc[0]


def test_made_results_are_flagged_and_published_ones_are_as_they_were():
    results = split_table([school(1, "primary"), school(2, "primary")], [result(1, 0.6), result(2, 0.7)])
    assert value(results, 1, "all")["flag"] == Flag.PUBLISHED
    assert value(results, 1, "all")["value"] == 0.6
    assert value(results, 1, "disadvantaged")["flag"] == Flag.IMPUTED
    assert len(results) == 6


def test_a_school_without_disadvantaged_pupils_gets_no_result_for_them():
    results = split_table([school(1, "primary", disadvantaged_share=0.0)], [result(1, 0.6)])
    assert "disadvantaged" not in set(results["group"])
    assert value(results, 1, "other")["value"] == pytest.approx(0.6)


def test_a_school_with_only_disadvantaged_pupils_gets_no_result_for_others():
    results = split_table([school(1, "primary", disadvantaged_share=1.0)], [result(1, 0.6)])
    assert "other" not in set(results["group"])
    assert value(results, 1, "disadvantaged")["value"] == pytest.approx(0.6, abs=1e-6)


def test_the_published_count_of_the_cohort_comes_before_the_schools_usual_share():
    rows = [result(1, 0.6), result(1, np.nan, 30.0, group="disadvantaged", code="SUPP")]
    made = value(split_table([school(1, "primary", disadvantaged_share=0.1)], rows), 1, "disadvantaged")
    assert made["pupils"] == pytest.approx(30.0)
    assert made["code"] == "SUPP"
    assert made["flag"] == Flag.IMPUTED


def test_the_other_group_follows_from_a_published_one():
    rows = [result(1, 0.6), result(1, 0.3, 20.0, group="disadvantaged")]
    assert value(split_table([school(1, "primary")], rows), 1, "other")["value"] == pytest.approx(0.75)


def test_a_suppressed_school_takes_what_its_la_leaves_for_it_but_only_in_part():
    expected = np.full(10, 0.6)
    seen = np.array([np.nan, *[0.7] * 9])
    part = np.zeros(10, dtype=np.int32)

    def filled(everyone, pupils):
        known = Known(value=seen, pupils=pupils, expected=expected, part=part, everyone=np.array([everyone]))
        return fill_suppressed(known, 0.15, 0.01, 1.0)[0]

    even = np.full(10, 60.0)
    assert filled(0.70, even) > 0.62
    assert filled(0.66, even) < filled(0.70, even)
    few = np.array([2.0, *[60.0] * 9])
    assert abs(filled(0.70, few) - 0.6) < abs(filled(0.70, even) - 0.6)
    assert filled(np.nan, even) == 0.6


def test_a_suppressed_special_school_is_not_taken_for_a_mainstream_one():
    schools = [school(1, "special"), school(2, "primary"), school(3, "primary")]
    results = split_table(schools, [result(1, np.nan, 8.0, code="SUPP"), result(2, 0.7), result(3, 0.6)])
    made = value(results, 1, "all")
    assert made["value"] < 0.5
    assert (made["flag"], made["code"]) == (Flag.IMPUTED, "SUPP")


def test_schools_of_other_places_are_left_alone():
    results = split_table([school(1, "primary")], [result(1, 0.6), result(999, 0.4)])
    assert len(results[results["urn"] == 999]) == 1


def test_two_published_groups_give_a_missing_result_of_all_pupils():
    rows = [
        result(1, np.nan),
        result(1, 0.4, 20.0, group="disadvantaged"),
        result(1, 0.7, 40.0, group="other"),
    ]
    assert value(split_table([school(1, "primary")], rows), 1, "all")["value"] == pytest.approx(0.6)


def test_no_results_at_all_is_no_error():
    assert split_table([school(1, "primary")], []).empty


def test_groups_stand_side_by_side():
    table = hand_made([school(1, "primary")], [result(1, 0.6), result(1, 0.3, 20.0, group="disadvantaged")])
    row = wide(table.results, "ks2_rwm_expected").loc[(1, YEAR)]
    assert (row["all"], row["disadvantaged"], row["pupils_disadvantaged"]) == (0.6, 0.3, 20.0)
    assert np.isnan(row["other"])
    assert int(table.schools.loc[1, "phase"]) == Phase.PRIMARY


def test_the_las_groups_tell_its_share_within_their_rounding():
    everyone, target = np.array([0.66]), np.array([[0.5, 0.7]])
    assert implied_share(everyone, target, np.array([0.2]), 0.005) == pytest.approx([0.2])
    assert implied_share(everyone, target, np.array([0.25]), 0.005)[0] == pytest.approx(
        (0.705 - 0.66) / 0.205
    )
    assert implied_share(everyone, target, np.array([0.05]), 0.005)[0] == pytest.approx(0.05 * 1.25)


@pytest.mark.parametrize("target", [(0.7, 0.5), (np.nan, 0.7), (0.7, 0.8), (0.5, 0.505)])
def test_contradictory_groups_leave_the_share_as_it_was(target):
    assert implied_share(np.array([0.66]), np.array([target]), np.array([0.3]), 0.005) == pytest.approx([0.3])


def test_only_shares_that_were_not_counted_are_moved():
    share, pupils = np.array([0.3, 0.3, 0.0, 1.0]), np.full(4, 60.0)
    counted = np.array([True, False, False, False])
    target = np.array([[0.5, 0.7]])
    moved = fitted_shares(
        share, pupils, counted, np.full(4, 0.60), np.zeros(4, dtype=np.int32), target, 0.005
    )
    assert moved[0] == 0.3
    assert moved[1] > 0.3
    assert moved[2:].tolist() == [0.0, 1.0]
