"""Every switch changes what it is named for, in the direction theory says, and leaves a null in its place."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from model.levers import Levers, Programme
from model.mechanisms import MECHANISMS, NAMES, switches
from model.parameters import Parameters
from model.place import Place
from model.randomness import Chance
from model.record import Record
from model.system import simulate
from tests.model.compiled import funded
from tests.model.running import (
    at_year_zero,
    block_of,
    course,
    english_place,
    has_run,
    here,
    levers,
    place_of,
    run,
    same,
    series,
    system,
    tiny_place,
)
from tests.model.turmoil import TURMOIL, in_turmoil

PLACE = place_of()


def test_every_mechanism_is_on_unless_it_is_switched_off():
    assert set(switches(None).values()) == {True}
    assert switches({"rolls": False}) == {name: name != "rolls" for name in NAMES}


def test_a_switch_turned_on_is_a_switch_left_alone():
    turned_on = dict.fromkeys(NAMES, True)
    asked = simulate(
        tiny_place(), Levers(), Parameters(), years=2, chance=Chance(1, 0, 0), switches=turned_on
    )
    same(run(tiny_place()), asked)


@pytest.mark.parametrize("name", ["learning", "", "Rolls", "brokerage "])
def test_an_unknown_switch_is_refused_by_its_name(name):
    with pytest.raises(KeyError) as caught:
        run(tiny_place(), off=(name,))
    assert caught.value.args == (name,)


def with_institutions(place: Place, *programmes: Programme) -> Levers:
    """Short, reviewed and risky money and help at hand, so that every mechanism has something to act on."""
    return replace(in_turmoil(funded(place, "one_year_grants")), programmes=programmes)


@cache
def all_but(*off: str) -> Record:
    """Run a place in turmoil with every mechanism on but these."""
    scenario = with_institutions(PLACE, course(eligible="disadvantaged"))
    return run(PLACE, scenario, TURMOIL, years=6, off=off)


@pytest.mark.parametrize("name", NAMES)
def test_every_mechanism_makes_a_difference(name):
    assert not np.array_equal(all_but().values, all_but(name).values, equal_nan=True)


REACHES_NO_PUPIL = ("bid_cost",)
"""What costs money and time alone, here."""


@pytest.mark.parametrize("name", [name for name in NAMES if name not in REACHES_NO_PUPIL])
def test_every_mechanism_reaches_what_pupils_score(name):
    on, off = all_but(), all_but(name)
    scores = ("ks2_gap_months", "ks4_attainment8")
    assert any(
        not np.array_equal(series(on, m, g), series(off, m, g), equal_nan=True)
        for m in scores
        for g in ("gap", "all")
        if (m, g) in on.columns
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_mechanism_may_be_off_alone(name):
    values = run(tiny_place(), with_institutions(tiny_place(), course()), off=(name,)).values
    assert np.isfinite(values[1:]).all()


def test_all_mechanisms_may_be_off_together():
    record = run(tiny_place(), with_institutions(tiny_place(), course()), off=NAMES)
    assert np.isfinite(record.values[1:]).all()
    assert not series(run(tiny_place(), levers(course()), off=NAMES), "spend", "all").any()


def test_every_mechanism_says_what_stands_in_its_place_and_what_it_rests_on():
    for mechanism in MECHANISMS:
        assert mechanism.label
        assert mechanism.null
        assert mechanism.evidence
    assert len(set(NAMES)) == len(NAMES)


def between_schools(whole, values, year_group):
    """SD between schools of a mean of the pupils of one year group."""
    rows = block_of(whole, whole.now, year_group)
    present = here(whole, rows)
    school = whole.parts.register.school[rows][present]
    n = np.bincount(school)
    enough = n > 20
    return (np.bincount(school, values[rows][present])[enough] / n[enough]).std()


SECONDARIES = {"schools": 40, "pupils": 24_000, "primary_share": 0.5}


def test_sorting_sets_secondary_schools_intakes_apart():
    spread = {}
    for off in ((), ("choice",)):
        found = []
        for draw in (1, 2, 3):
            whole = at_year_zero(place_of(**SECONDARIES), chance=Chance(1, draw, 0), off=off)
            found.append(between_schools(whole, whole.parts.register.home.mean(axis=0), 9))
        spread[off] = np.mean(found)
    assert spread[()] > 1.2 * spread[("choice",)]


def test_without_value_added_schools_differ_less_at_11():
    spread = {}
    for off in ((), ("learning_value_added",)):
        whole = at_year_zero(english_place(30_000), off=off)
        spread[off] = between_schools(whole, whole.parts.register.attainment.mean(axis=0), 6)
    assert spread[("learning_value_added",)] < 0.85 * spread[()]


def test_without_value_added_every_school_of_an_authority_adds_the_same():
    parts = system(PLACE, off=("learning_value_added",)).parts
    table = parts.value_added.table(PLACE.year, parts.practice.above_normal()).reshape(2, -1, 12)
    assert (table == table[:, :1]).all()


def test_without_changes_of_rolls_as_many_enter_each_year():
    whole = system(PLACE, years=8, off=("rolls",))
    sizes = {cohort.size for cohort in whole.parts.register.cohorts}
    assert len(sizes) == 1


def test_with_changes_of_rolls_fewer_enter_each_year():
    whole = system(PLACE, years=4)
    sizes = [whole.parts.register.in_year(PLACE.year + ahead, 0).size for ahead in range(5)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] < sizes[0]


def test_without_programmes_a_scenario_of_programmes_is_no_scenario():
    scenario = levers(course(), course(name="more", year_groups=(0, 1, 2)))
    same(run(PLACE, scenario, off=("programmes",)), run(PLACE))
    same(run(PLACE, off=("programmes",)), run(PLACE))


def test_without_turnover_no_head_leaves_and_no_practice_is_lost_to_it():
    record = run(PLACE, years=6, off=("practice_turnover",))
    assert not series(record, "head_turnover", "all")[1:].any()
    assert series(run(PLACE, years=6), "head_turnover", "all")[1:].sum() > 0.0


def test_without_embedding_practice_stays_as_in_year_nought():
    record = run(PLACE, years=6, off=("practice_embedding",))
    assert not series(record, "practice", "all").any()
    assert series(run(PLACE, years=6), "practice", "all")[1:].all()


def changes_of_school(off, year_groups):
    """How many pupils of these year groups are in another school a year later."""
    whole = system(PLACE, years=1, off=off)
    whole.year_zero()
    register = whole.parts.register
    rows = [block_of(whole, PLACE.year, group) for group in year_groups]
    before = [register.school[block].copy() for block in rows]
    whole.begin_year(PLACE.year + 1)
    return sum(int((register.school[b] != old).sum()) for b, old in zip(rows, before, strict=True))


def test_without_mobility_no_one_moves_between_entry_and_transition():
    between = (0, 1, 2, 3, 4, 5, 7, 9, 10)  # Year 8 ends with alternative provision, Year 6 with transition
    assert changes_of_school(("mobility",), between) == 0
    assert changes_of_school((), between) > 0


def test_without_mobility_children_still_go_on_to_secondary_school():
    assert changes_of_school(("mobility",), (6,)) > 300


def test_without_its_cost_absence_is_the_same_and_attainment_is_not():
    # without sorting on attainment, so that both worlds have the same children in the same schools
    on, off = (has_run(PLACE, off=o) for o in (("choice",), ("choice", "attendance")))
    for measure in ("absence", "persistent_absence", "severe_absence"):
        np.testing.assert_array_equal(
            series(on.record(), measure, "all"), series(off.record(), measure, "all")
        )
    assert not np.array_equal(on.parts.register.attainment, off.parts.register.attainment, equal_nan=True)


def test_switches_of_schools_leave_the_children_as_they_are():
    plain = has_run(PLACE).parts.register
    for name in ("learning_value_added", "practice_embedding", "practice_turnover", "attendance"):
        other = has_run(PLACE, off=(name,)).parts.register
        for column in ("income", "home", "need", "absence"):
            np.testing.assert_array_equal(getattr(plain, column), getattr(other, column))
