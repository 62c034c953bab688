"""A funding decision travels from award to child, and from nowhere else."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from model.institution_measures import INSTITUTION_MEASURES
from model.measures import BY_ID
from model.parameters import with_effects
from model.randomness import Chance
from model.record import Record
from model.system import System
from scenarios import library
from tests.model.compiled import FUNDING, OTHERS, SYSTEM, funded, levers_of, parameters_of, support_alone
from tests.model.running import changed, has_run, place_of, run, same, series, two_las
from tests.model.turmoil import TURMOIL, in_turmoil

PLACE = place_of()
OF_INSTITUTIONS = ("spend", *(measure.id for measure in INSTITUTION_MEASURES))
"""Measures that may differ though no effect reaches a pupil."""
OF_PUPILS = tuple(name for name in BY_ID if name not in OF_INSTITUTIONS)


def test_every_scenario_that_changes_what_stands_is_held_against_the_baseline():
    changing = {name for name in library.names() if levers_of(name, PLACE.year).changes}
    assert changing == set(OTHERS)
    assert not set(FUNDING) & set(SYSTEM)


def test_pupils_fare_by_results_absence_rolls_and_staff():
    assert {
        "ks2_rwm_expected", "ks4_attainment8", "ks2_rwm_inflation", "absence", "pupils", "practice",
        "roll_leavers_unexplained", "teacher_leavers", "head_turnover",
    } <= set(OF_PUPILS)  # fmt: skip


def without_effects(name: str) -> System:
    """Run a scenario in a world where nothing that institutions do moves a pupil."""
    levers = funded(PLACE, name).with_effects(0.0)
    return has_run(PLACE, levers, with_effects(parameters_of(), 0.0), years=5)


baseline_without_effects = cache(without_effects)


@pytest.mark.parametrize("name", OTHERS)
def test_with_effects_off_pupils_fare_the_same_under_every_scenario(name):
    with_scenario, without = without_effects(name), baseline_without_effects("baseline")
    same(with_scenario.record(), without.record(), *OF_INSTITUTIONS)
    one, other = with_scenario.parts.register, without.parts.register
    for column in ("attainment", "boost", "school", "absence", "need"):
        np.testing.assert_array_equal(getattr(one, column), getattr(other, column))


@cache
def in_turmoil_without_effects(name: str) -> System:
    """The same of two LAs, where schools go to other trusts, or to none, and are helped from the centre."""
    place = two_las()
    levers = in_turmoil(funded(place, name)).with_effects(0.0)
    return has_run(place, levers, with_effects(TURMOIL, 0.0), years=6)


@pytest.mark.parametrize("name", ["all_schools_in_trusts", "no_rise", "trusts_alone", "trust_inspection"])
def test_with_effects_off_no_order_orphan_or_help_moves_a_pupil(name):
    with_scenario, without = in_turmoil_without_effects(name), in_turmoil_without_effects("baseline")
    assert series(without.record(), "schools_orphaned", "all").any()
    assert series(without.record(), "rise_schools", "all").any()
    same(with_scenario.record(), without.record(), *OF_INSTITUTIONS)
    one, other = with_scenario.parts.register, without.parts.register
    np.testing.assert_array_equal(one.attainment, other.attainment)
    np.testing.assert_array_equal(one.school, other.school)


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


@cache
def as_it_goes_on(begins: int) -> Record:
    """Run the baseline, its dates counted from the same start."""
    return run(PLACE, funded(PLACE, start=begins), parameters_of(), years=6)


@pytest.mark.parametrize("name", OTHERS)
def test_until_it_is_announced_a_scenario_is_the_baseline_to_the_bit(name):
    begins = 4  # school years after year 0
    scenario = run(PLACE, funded(PLACE, name, start=begins), parameters_of(), years=6)
    plain = as_it_goes_on(begins)
    before = min(change.announced for change in funded(PLACE, name, start=begins).changes) // 3 + 1
    np.testing.assert_array_equal(scenario.values[:before], plain.values[:before])
    assert before >= begins - 1


def test_a_year_0_with_a_partnership_is_the_year_0_without_one():
    with_one, without = run(PLACE, funded(PLACE), years=0), run(PLACE, None, years=0)
    same(with_one, without, *OF_INSTITUTIONS, "practice")
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
    with_one = run(PLACE, support_alone(funded(PLACE)), none, years=3)
    without = run(PLACE, None, none, years=3)
    np.testing.assert_array_equal(series(with_one, "practice", "all"), series(without, "practice", "all"))


def test_with_effects_off_nothing_that_schools_live_in_moves_practice():
    none = with_effects(parameters_of(), 0.0)
    with_one = run(PLACE, funded(PLACE).with_effects(0.0), none, years=3)
    without = run(PLACE, None, none, years=3)
    np.testing.assert_array_equal(series(with_one, "practice", "all"), series(without, "practice", "all"))
