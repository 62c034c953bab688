"""What is said is plain, official, and never finer than the Monte Carlo error."""

import dataclasses
import re

import pandas as pd
import pytest

from outputs.coverage import runs_words
from outputs.differences import chance_words, sized
from outputs.errors import BadResults
from outputs.findings import heading, wobble_points
from outputs.rounding import rounding_step, shown, to_step, truthful_steps
from outputs.words import in_words


def said(results):
    return " ".join(in_words(results).split())


@pytest.mark.parametrize(
    ("error", "step"),
    [(0.03, 0.05), (0.05, 0.05), (0.06, 0.1), (0.15, 0.2), (0.3, 0.5), (0.6, 1.0), (3.0, 5.0)],
)
def test_the_rounding_step_is_never_below_the_monte_carlo_error(error, step):
    assert rounding_step(error) == pytest.approx(step)


@pytest.mark.parametrize(
    ("value", "step", "text"),
    [(15.26, 0.5, "15.5"), (-0.04, 0.1, "0.0"), (1234.0, 100.0, "1,200"), (0.349, 0.05, "0.35")],
)
def test_a_figure_has_the_decimals_of_its_step(value, step, text):
    assert shown(value, step) == text
    assert float(text.replace(",", "")) == to_step(value, step)


def test_a_chance_is_never_said_to_be_certain():
    row = pd.Series({"chance_mc_error": 0.03, "sure": 1.0, "never": 0.0, "half": 0.52})
    assert chance_words(row, "sure") == "over 95 in 100"
    assert chance_words(row, "never") == "under 5 in 100"
    assert chance_words(row, "half") == "about 50 in 100"


def test_a_difference_smaller_than_its_error_is_called_none():
    assert sized(pd.Series({"difference": -0.02, "mc_error": 0.05})) == "no different"
    assert sized(pd.Series({"difference": -0.12, "mc_error": 0.04})) == "0.10 points narrower"
    assert sized(pd.Series({"difference": 2e-6, "mc_error": 1e-7})) == "no different"


def test_of_few_draws_a_difference_within_two_errors_is_not_clear():
    row = {"difference": -0.06, "mc_error": 0.04}
    assert sized(pd.Series({**row, "draws": 4})) == "no clear difference"
    assert sized(pd.Series({**row, "draws": 40})) == "0.05 points narrower"
    assert sized(pd.Series({**row, "difference": -0.09, "draws": 4})) == "0.10 points narrower"


def test_a_run_says_where_how_sure_and_on_what(projected):
    text = said(projected)
    assert "Testshire, 2023 to 2031" in text
    assert re.search(r"The gap at age 11 .*?: (very )?likely to|no clear change", text)
    assert "80 runs in 100" in text
    assert "wobbles by about 2 points by chance alone" in text
    assert re.search(r"What it rests on: figures published to 2023, and \d+ parameters", text)


def test_the_wobble_is_that_of_the_places_own_numbers(projected):
    points, own = wobble_points(projected, "testshire")
    # 9,000 disadvantaged and 27,000 other pupils in twelve year groups, about 47 and 65 per cent.
    expected = 100 * (0.47 * 0.53 / 750 + 0.65 * 0.35 / 2250) ** 0.5
    assert own
    assert points == pytest.approx(expected, abs=0.05)


def test_without_numbers_of_pupils_the_typical_wobble_is_said(projected):
    table = projected.trajectories
    without = dataclasses.replace(projected, trajectories=table[table["measure"] != "pupils"])
    assert wobble_points(without, "testshire") == (2.1, False)
    assert "published gap of one LA wobbles by about 2 points" in said(without)


def test_a_comparison_gives_difference_chance_worth_and_harm(compared):
    text = said(compared)
    assert "against As things stand, on the same draws and the same chance" in text
    assert re.search(r"points narrower on average over 2024 to 2031", text)
    assert "Chance that it narrows the gap at all: about" in text
    assert "1.0 points or more, taken as the smallest worthwhile difference" in text
    assert "that it widens the gap by as much" in text
    assert "The gap at age 16: no difference in any year." in text


def test_figures_of_a_comparison_are_multiples_of_their_step(compared):
    row = compared.over_years.query("measure == 'ks2_rwm_expected' and group == 'gap'").iloc[0]
    size = float(re.search(r"([\d.]+) points narrower on average", said(compared))[1])
    step = rounding_step(row["mc_error"])
    assert step >= row["mc_error"]
    assert size == pytest.approx(to_step(abs(row["difference"]), step))


def test_central_values_give_neither_range_nor_chance(central):
    text = said(central)
    assert "80 runs in 100" not in text
    assert "likely" not in text
    assert "central values alone" in text


def test_the_models_own_index_is_never_named_beside_official_measures(compared):
    assert not re.search(r"practice|index", said(compared), re.IGNORECASE)


def test_failed_runs_are_owned_up_to(projected):
    failure = {
        "place": "testshire",
        "scenario": "baseline",
        "draw": 4,
        "replicate": 1,
        "message": "ArithmeticError: no",
    }
    broken = dataclasses.replace(projected, manifest={**projected.manifest, "failures": [failure]})
    assert "1 of 30 runs failed and are left out" in said(broken)


@pytest.mark.parametrize(("start", "end"), [(44.8, 44.6), (17.4, 17.1), (9.9, 10.1), (18.0, 17.9)])
def test_rounding_never_shows_a_fall_as_a_rise(start, end):
    steps = truthful_steps(start, end, 0.1, 1.0, moved=True)
    seen = to_step(end, steps[1]) - to_step(start, steps[0])
    assert seen * (end - start) > 0
    assert truthful_steps(18.0, 16.6, 0.1, 1.0) == (0.1, 1.0)


def test_one_point_is_singular_and_nothing_is_minus_zero():
    assert sized(pd.Series({"difference": -1.2, "mc_error": 0.9})) == "1 point narrower"
    assert shown(-0.3, 1.0) == "0"


def test_the_ends_of_a_range_are_as_fine_as_its_mean(projected):
    found = heading(projected, "testshire", "baseline", "ks2_rwm_expected", "gap")
    assert f"{shown(found.low, found.step)} to {shown(found.high, found.step)}" in found.figures()


def test_few_draws_give_no_chance(compared):
    few = dataclasses.replace(compared, over_years=compared.over_years.assign(draws=6, pairs=120))
    text = said(few)
    assert "Chance that" not in text
    assert "6 draws are too few for a chance" in text


def with_rows(results, draw, replicates):
    """The same run as if it had one draw of that number and so many replicates."""
    table = results.trajectories
    table = table.assign(draw=table["draw"].where(table["kind"] == "data", draw))
    rows = {**results.manifest["rows"], "draws": 1, "replicates": replicates}
    return dataclasses.replace(results, trajectories=table, manifest={**results.manifest, "rows": rows})


def test_one_sampled_draw_is_not_called_central_values(central):
    assert "central values alone" in runs_words(central)
    text = runs_words(with_rows(central, 1, 1))
    assert "central" not in text
    assert "single draw" in text


def test_replicates_of_central_values_are_said_to_cover_chance_alone(central):
    text = runs_words(with_rows(central, 0, 20))
    assert "cover chance alone" in text
    assert "draws of what is uncertain" not in text


def test_a_synthetic_place_is_never_said_to_be_published(projected):
    table = projected.trajectories
    flags = table["flag"].astype(str).where(table["kind"] != "data", "synthetic")
    text = said(dataclasses.replace(projected, trajectories=table.assign(flag=flags)))
    assert "published gap" not in text
    assert "figures published" not in text
    assert "made-up figures of a place that does not exist" in text


def test_where_no_child_reached_has_sat_the_test_it_is_said(compared):
    table = compared.comparison
    spent = table[(table["measure"] == "ks2_rwm_expected") & (table["group"] == "gap")].assign(
        measure="spend", group="all", difference=5.0
    )
    reached = dataclasses.replace(
        compared, comparison=pd.concat([table[table["measure"] != "spend"], spent], ignore_index=True)
    )
    assert "The gap at age 16: no child reached has sat this test by 2031." in said(reached)


def test_what_was_switched_off_or_set_by_hand_is_said(projected):
    assert "Not as usual" not in said(projected)
    settings = {**projected.manifest["settings"], "effects": 0.0, "parameters": {"learning.catch_up": 0.1}}
    off = [{"name": "membership", "label": "Schools choose", "null": "members stay members", "on": False}]
    other = dataclasses.replace(
        projected, manifest={**projected.manifest, "settings": settings}, mechanisms=off
    )
    text = said(other)
    assert "Not as usual: 'Schools choose' is switched off (members stay members)" in text
    assert "every effect on pupils is multiplied by 0; learning.catch_up is 0.1." in text


def test_a_measure_mistyped_is_answered_with_the_nearest(projected):
    assert projected.measure("ks2_rwm_expected")["id"] == "ks2_rwm_expected"
    with pytest.raises(
        BadResults, match=r"no such measure; found 'ks2_rwm_expectd'.*nearest: ks2_rwm_expected"
    ):
        projected.measure("ks2_rwm_expectd")
