"""Paired arithmetic, checked against differences worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from experiments.compare import compare, compare_over_years, direction, paired_numbers
from experiments.run import execute
from experiments.tables import trajectories
from scenarios.errors import BadInput


def table(values, *, measure="ks2_rwm_expected", group="gap"):
    """Long rows from {scenario: {(draw, replicate): value}}."""
    rows = [
        ("ealing", scenario, draw, replicate, 2030, "simulated", measure, group, value)
        for scenario, pairs in values.items()
        for (draw, replicate), value in pairs.items()
    ]
    names = ["place", "scenario", "draw", "replicate", "year", "kind", "measure", "group", "value"]
    return pd.DataFrame(rows, columns=names)


BASE = {(1, 1): 20.0, (1, 2): 22.0, (2, 1): 18.0, (2, 2): 18.0, (3, 1): 25.0, (3, 2): 25.0}
WITH = {(1, 1): 18.0, (1, 2): 20.0, (2, 1): 18.5, (2, 2): 17.5, (3, 1): 24.5, (3, 2): 24.5}


def test_a_difference_is_the_mean_of_the_paired_differences():
    row = compare(table({"baseline": BASE, "tutoring": WITH})).iloc[0]
    assert row["difference"] == pytest.approx((-2 - 2 + 0.5 - 0.5 - 0.5 - 0.5) / 6)
    assert row["baseline"] == pytest.approx(np.mean(list(BASE.values())))
    assert row["draws"] == 3
    assert row["pairs"] == 6


def test_chances_count_draws_not_replicates_and_a_tie_counts_half():
    row = compare(table({"baseline": BASE, "tutoring": WITH}), worthwhile_gap=1.0).iloc[0]
    # Means by draw: -2 (narrower), 0 (a tie), -0.5 (narrower).
    assert row["chance_better"] == pytest.approx(2.5 / 3)
    assert row["chance_worthwhile"] == pytest.approx(1 / 3)
    assert row["chance_harm"] == pytest.approx(0.0)
    assert row["mc_error"] == pytest.approx(np.std([-2, 0, -0.5], ddof=1) / np.sqrt(3))


def test_the_order_of_rows_does_not_matter():
    long = table({"baseline": BASE, "tutoring": WITH})
    shuffled = long.iloc[[7, 2, 9, 0, 11, 4, 1, 6, 3, 10, 5, 8]]
    pd.testing.assert_frame_equal(compare(long), compare(shuffled), check_exact=True)


def test_a_run_without_its_pair_is_left_out():
    fewer = {pair: value for pair, value in WITH.items() if pair != (1, 1)}
    assert compare(table({"baseline": BASE, "tutoring": fewer})).iloc[0]["pairs"] == 5


@pytest.mark.parametrize(
    ("measure", "group", "better"),
    [
        ("ks2_rwm_expected", "disadvantaged", 1),
        ("ks2_rwm_expected", "gap", -1),
        ("ks2_gap_index", "gap", -1),
        ("absence", "all", -1),
        ("absence", "gap", 1),  # other less disadvantaged is below zero: better nearer to it
        ("pupils", "all", 0),
    ],
)
def test_which_way_is_better(measure, group, better):
    assert direction(measure, group) == better


def test_nothing_is_better_or_worse_about_the_number_of_pupils():
    row = compare(table({"baseline": BASE, "tutoring": WITH}, measure="pupils", group="all")).iloc[0]
    assert np.isnan(row["chance_better"])
    assert row["difference"] < 0


def test_a_95_per_cent_band_needs_a_hundred_pairs():
    rng = np.linspace(-1, 1, 100)
    numbers = {}
    for n in (99, 100):
        without = np.zeros(n)
        numbers[n] = paired_numbers(rng[:n], without, np.arange(n), sign=-1, worthwhile=1.0)
    assert np.isnan(numbers[99]["low"])
    assert numbers[99]["low_80"] < numbers[99]["high_80"]
    assert numbers[100]["low"] == pytest.approx(np.quantile(rng, 0.025))


def test_central_values_alone_give_no_chance():
    row = compare(table({"baseline": {(0, 1): 20.0}, "tutoring": {(0, 1): 19.0}})).iloc[0]
    assert row["difference"] == -1.0
    assert np.isnan(row["chance_better"])
    assert np.isnan(row["mc_error"])


def test_pairing_saves_what_the_ratio_says():
    draw = np.arange(200)
    common = np.sin(draw)  # shared by both
    own = 0.1 * np.cos(3 * draw)
    numbers = paired_numbers(common + own, common, draw, sign=1, worthwhile=np.nan)
    expected = (np.var(common + own, ddof=1) + np.var(common, ddof=1)) / np.var(own, ddof=1)
    assert numbers["variance_ratio"] == pytest.approx(expected)
    assert numbers["variance_ratio"] > 100


def test_effects_at_zero_leave_no_difference(make_plan, simulate):
    plan = make_plan(effects=0.0)
    result = compare(trajectories(execute(plan, simulate=simulate, engine="serial")))
    assert (result["difference"] == 0).all()


def test_rounding_of_floating_point_is_no_difference():
    dusty = {pair: value * (1 + 3e-15) for pair, value in BASE.items()}
    row = compare(table({"baseline": BASE, "tutoring": dusty})).iloc[0]
    assert row["difference"] == 0
    assert row["chance_better"] == 0.5
    assert row["mc_error"] == 0


def test_the_years_of_a_difference_begin_with_a_real_one():
    dusty = {pair: value * (1 - 3e-15) for pair, value in BASE.items()}
    early = table({"baseline": BASE, "tutoring": dusty}).assign(year=2025)
    late = table({"baseline": BASE, "tutoring": WITH}).assign(year=2026)
    row = compare_over_years(pd.concat([early, late])).iloc[0]
    assert (row["first_year"], row["last_year"]) == (2026, 2026)
    assert compare_over_years(early).empty


def test_comparing_with_a_baseline_that_did_not_run_is_refused():
    with pytest.raises(BadInput, match="baseline did not run"):
        compare(table({"tutoring": WITH}))
    with pytest.raises(BadInput, match="nothing to compare"):
        compare(table({"baseline": BASE}))
