"""Scenarios differ only from the first year a lever differs, and not at all where effects are off."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.declaration import EFFECT
from model.levers import Levers
from model.parameters import DECLARED, Parameters, with_effects
from model.randomness import Chance
from tests.model.running import (
    changed,
    course,
    english_place,
    has_run,
    levers,
    place_of,
    run,
    same,
    series,
    tiny_place,
)

PLACE = place_of()
FIRST = PLACE.year + 1
SCENARIOS = {
    "one course": levers(course()),
    "a large one": levers(
        course(literacy_sd=0.8, maths_sd=0.8, year_groups=tuple(range(12)), last_year=FIRST + 9)
    ),
    "two": levers(course(eligible="disadvantaged"), course(name="early", year_groups=(0,), eligible="sen")),
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_with_effects_off_pupils_fare_the_same_in_every_scenario_and_money_is_still_spent(name):
    none = with_effects(Parameters(), 0.0)
    scenario = SCENARIOS[name].with_effects(0.0)
    with_scenario, without = (has_run(PLACE, s, none, years=3) for s in (scenario, None))
    same(with_scenario.record(), without.record(), "spend")
    np.testing.assert_array_equal(with_scenario.parts.register.attainment, without.parts.register.attainment)
    assert series(with_scenario.record(), "spend", "all").sum() > 0.0
    assert (
        series(with_scenario.record(), "spend", "all").sum()
        == series(run(PLACE, SCENARIOS[name], years=3), "spend", "all").sum()
    )


def test_with_effects_off_neither_practice_nor_heads_nor_absence_move_pupils():
    none = with_effects(Parameters(), 0.0)
    plain = has_run(PLACE, None, none, years=3).parts.register
    for name in ("attendance", "practice_embedding", "practice_turnover"):
        other = has_run(PLACE, None, none, years=3, off=(name,)).parts.register
        np.testing.assert_array_equal(plain.attainment, other.attainment)


def test_effects_as_they_are_change_nothing():
    assert with_effects(Parameters(), 1.0) == Parameters()
    assert SCENARIOS["two"].with_effects(1.0) == SCENARIOS["two"]


def test_a_multiplier_of_effects_reaches_every_parameter_tagged_effect_and_no_other():
    half = with_effects(Parameters(), 0.5)
    for name, declared in DECLARED.items():
        factor = 0.5 if EFFECT in declared.tags else 1.0
        assert half.value(name) == pytest.approx(factor * declared.default), name


def test_a_multiplier_that_leaves_the_declared_bounds_is_refused():
    with pytest.raises(ValueError, match="allowed"):
        with_effects(Parameters(), 50.0)


def test_levers_with_effects_multiplied_keep_their_pupils_and_costs():
    double = SCENARIOS["two"].with_effects(2.0)
    for one, two in zip(SCENARIOS["two"].programmes, double.programmes, strict=True):
        assert (two.literacy_sd, two.maths_sd) == (2.0 * one.literacy_sd, 2.0 * one.maths_sd)
        assert (two.reach, two.cost_per_pupil, two.eligible) == (one.reach, one.cost_per_pupil, one.eligible)
    assert Levers().with_effects(0.0) == Levers()


@pytest.mark.parametrize("later", [1, 3, 5])
def test_scenarios_are_the_same_to_the_bit_until_the_first_year_a_lever_differs(later):
    start = PLACE.year + later
    scenario = levers(course(first_year=start, last_year=start, announced=start))
    found, baseline = run(PLACE, scenario, years=6), run(PLACE, years=6)
    np.testing.assert_array_equal(found.values[:later], baseline.values[:later])
    assert not np.array_equal(found.values[later], baseline.values[later])


def test_a_longer_projection_begins_with_the_shorter_one():
    short, long = (run(PLACE, SCENARIOS["two"], years=years) for years in (3, 7))
    np.testing.assert_array_equal(short.values, long.values[:4])


def test_keeping_a_row_a_school_and_year_changes_no_measure():
    plain, detailed = (run(tiny_place(), years=3, detail=d) for d in (False, True))
    same(plain, detailed)
    schools = detailed.schools
    assert plain.schools is None
    assert len(schools.urn) == 4 * len(tiny_place().schools)
    for year, total in zip(detailed.years, series(detailed, "pupils", "all"), strict=True):
        assert schools.roll[schools.year == year].sum() == total


def test_a_run_leaves_the_place_and_the_parameters_as_they_were():
    place, parameters = tiny_place(), Parameters()
    before = [np.copy(place.schools.places), np.copy(place.results.ks2_rwm), np.copy(place.areas.children)]
    run(place, levers(course()), parameters)
    after = [place.schools.places, place.results.ks2_rwm, place.areas.children]
    for one, other in zip(before, after, strict=True):
        np.testing.assert_array_equal(one, other)
    assert parameters == Parameters()


@pytest.mark.parametrize("effect", [0.1, 0.4])
def test_a_larger_effect_narrows_the_gap_more(effect):
    def gap(size):
        scenario = levers(course(eligible="disadvantaged", literacy_sd=size, maths_sd=size))
        return series(run(PLACE, scenario, years=1), "ks2_gap_index", "gap")[1]

    assert gap(effect + 0.2) < gap(effect) < gap(0.0)


def test_a_stronger_catch_up_leaves_less_of_a_course_a_year_later():
    left = []
    for catch_up in (0.05, 0.3):
        scores = [
            has_run(PLACE, s, changed(learning__catch_up=catch_up), years=2).sittings("ks2")[0].mean
            for s in (levers(course(year_groups=(5,))), None)
        ]
        left.append((scores[0] - scores[1]).mean())
    assert left[0] > left[1] > 0.0


def paired_and_unpaired(replicates):
    scenario = levers(course(eligible="disadvantaged", reach=0.3, literacy_sd=0.1, maths_sd=0.1))
    place = english_place(9_000)
    one, other = (
        np.array(
            [
                series(run(place, s, years=2, chance=Chance(1, 0, r)), "ks2_gap_index", "gap")[1]
                for r in range(replicates)
            ]
        )
        for s in (scenario, None)
    )
    return np.var(one - other), np.var(one) + np.var(other)


def test_pairing_takes_most_of_chance_out_of_a_difference():
    paired, unpaired = paired_and_unpaired(8)
    assert paired < unpaired / 10.0


sizes = st.floats(-0.5, 0.5)


@given(
    sizes,
    sizes,
    st.floats(0.0, 1.0),
    st.integers(0, 11),
    st.sampled_from(["all", "disadvantaged", "other", "sen"]),
)
@settings(max_examples=8, deadline=None)
def test_whatever_the_course_only_its_own_year_group_is_moved_in_its_year(literacy, maths, reach, group, who):
    scenario = levers(
        course(literacy_sd=literacy, maths_sd=maths, reach=reach, year_groups=(group,), eligible=who)
    )
    found, plain = (has_run(tiny_place(), s, years=1) for s in (scenario, None))
    register = plain.parts.register
    moved = (found.parts.register.attainment != register.attainment) & ~np.isnan(register.attainment)
    cohort = register.in_year(plain.now, group)
    moved[:, cohort.start : cohort.end] = False
    assert not moved.any()
