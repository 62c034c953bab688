"""A funding decision travels from award to child, and from nowhere else."""

from __future__ import annotations

import numpy as np
import pytest

from model.parameters import with_effects
from model.randomness import Chance
from tests.model.compiled import FUNDING, funded, parameters_of
from tests.model.running import changed, has_run, place_of, run, same, series

PLACE = place_of()
MONEY = (
    "spend",
    "members",
    "posts_filled",
    "specialist_time",
    "posts_vacated_elsewhere",
    "support_wait_weeks",
    "cases_completed",
    "cases_interrupted",
    "cases_turned_away",
    "la_income_share",
    "reserves_months",
)
"""Measures that may differ though no effect reaches a pupil."""


@pytest.mark.parametrize("name", [name for name in FUNDING if name != "baseline"])
def test_with_effects_off_pupils_fare_the_same_under_every_way_of_funding(name):
    none = with_effects(parameters_of(), 0.0)
    ways = (funded(PLACE, name), funded(PLACE))
    with_scenario, without = (has_run(PLACE, way.with_effects(0.0), none, years=4) for way in ways)
    same(with_scenario.record(), without.record(), *MONEY)
    np.testing.assert_array_equal(with_scenario.parts.register.attainment, without.parts.register.attainment)
    np.testing.assert_array_equal(with_scenario.parts.register.school, without.parts.register.school)


def test_with_effects_off_money_is_spent_posts_filled_and_cases_completed_all_the_same():
    none = with_effects(parameters_of(), 0.0)
    record = run(PLACE, funded(PLACE).with_effects(0.0), none, years=4)
    for measure in ("spend", "specialist_time", "cases_completed"):
        assert series(record, measure, "all")[1:].sum() > 0.0


def test_with_effects_on_ways_of_funding_differ_for_pupils():
    as_is, ended = (
        run(PLACE, funded(PLACE, n), parameters_of(), years=6) for n in ("baseline", "do_minimum")
    )
    first = PLACE.year + 2 - PLACE.year
    for measure in ("practice", "ks2_rwm_expected"):
        assert not np.array_equal(
            series(as_is, measure, "all")[first:], series(ended, measure, "all")[first:]
        )


@pytest.mark.parametrize("name", [name for name in FUNDING if name != "baseline"])
def test_until_it_is_announced_a_scenario_is_the_baseline_to_the_bit(name):
    begins = 4  # school years after year 0
    scenario, plain = (
        run(PLACE, funded(PLACE, n, start=begins), parameters_of(), years=6) for n in (name, "baseline")
    )
    before = min(change.announced for change in funded(PLACE, name, start=begins).changes) // 3 + 1
    np.testing.assert_array_equal(scenario.values[:before], plain.values[:before])
    assert before >= begins - 1


def test_a_year_0_with_a_partnership_is_the_year_0_without_one():
    with_one, without = run(PLACE, funded(PLACE), years=0), run(PLACE, None, years=0)
    same(with_one, without, *MONEY, "practice")
    assert abs(series(with_one, "practice", "all")[0]) < 1e-12


def test_practice_keeps_its_level_while_support_goes_on_as_it_was():
    """By less than 0.01 SD in five years, on the same chance as without institutions."""
    drifts = []
    for replicate in range(6):
        chance = Chance(3, 0, replicate)
        practice = [
            series(run(PLACE, levers, parameters_of(), years=8, chance=chance), "practice", "all")
            for levers in (funded(PLACE), None)
        ]
        added = practice[0] - practice[1]
        drifts.append(added[6:9].mean() - added[1:4].mean())
    assert abs(np.mean(drifts)) < 0.01 + 3.0 * np.std(drifts, ddof=1) / np.sqrt(len(drifts))


def test_practice_falls_when_the_partnership_ends_as_the_school_s_own_level_is_what_it_would_be_without():
    goes_on, ends = (
        series(run(PLACE, funded(PLACE, n), parameters_of(), years=8), "practice", "all")
        for n in ("baseline", "do_minimum")
    )
    assert ends[8] < goes_on[8]


def test_support_that_embeds_nothing_and_raises_nothing_leaves_practice_as_without_institutions():
    none = changed(
        support__practice_gain=0.0,
        brokerage__supporting_cost=0.0,
        brokerage__supporting_gain=0.0,
        posts__school_loss=0.0,
    )
    with_one, without = run(PLACE, funded(PLACE), none, years=3), run(PLACE, None, none, years=3)
    np.testing.assert_array_equal(series(with_one, "practice", "all"), series(without, "practice", "all"))
