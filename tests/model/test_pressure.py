"""What presses on schools reaches scores, rolls, staff and choice, each in its own way and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.off_rolling import YEAR_GROUPS
from model.place import Phase
from model.pressure import no_pressure, pressed
from model.randomness import Chance
from tests.model.running import (
    at_year_zero,
    block_of,
    english_place,
    here,
    place_of,
    run,
    same,
    series,
    system,
)
from tests.model.with_results import with_feeders, with_results

PLACE = place_of()
N = len(PLACE.schools)
SECONDARY = np.flatnonzero(PLACE.schools.phase == Phase.SECONDARY)
PRIMARY = np.flatnonzero(PLACE.schools.phase == Phase.PRIMARY)


def on(rows, value):
    """Give a column with a value at some schools."""
    column = np.zeros(N)
    column[rows] = value
    return column


def under(years=2, off=(), chance=None, at_year_0=True, **columns):
    """Run the place with pressure on its schools and keep it."""
    whole = system(PLACE, years=years, off=off, chance=chance)
    whole.parts.institutions.pressure = replace(no_pressure(N), **columns)
    if at_year_0:
        whole.pressure = whole.parts.institutions.pressure
    whole.run()
    return whole


@pytest.fixture(scope="module")
def free():
    return under()


def test_a_chance_under_no_pressure_stays_to_the_bit_and_certainty_stays_certain():
    chance = np.array([0.0, 0.07, 0.3, 1.0])
    np.testing.assert_array_equal(pressed(chance, np.zeros(4)), chance)
    np.testing.assert_array_equal(pressed(chance, np.full(4, 0.8))[[0, 3]], [0.0, 1.0])
    assert (pressed(chance, np.full(4, 0.8))[1:3] > chance[1:3]).all()
    assert pressed(np.array([0.5]), np.array([np.log(3.0)]))[0] == pytest.approx(0.75)


def test_without_pressure_no_score_is_inflated_and_no_one_moved_off_a_roll(free):
    for measure in ("ks2_rwm_inflation", "ks4_inflation", "ks4_roll"):
        assert not series(free.record(), measure, "all").any()
        assert not series(free.record(), measure, "gap").any()
    assert not series(free.record(), "roll_leavers_unexplained", "all").any()


def test_inflated_scores_rise_and_learning_does_not(free):
    risen = under(inflation_ks2=np.full(N, 0.1), inflation_ks4=np.full(N, 0.1), at_year_0=False)
    np.testing.assert_array_equal(risen.parts.register.attainment, free.parts.register.attainment)
    later = slice(1, None)
    for measure, part in (("ks2_rwm_expected", "ks2_rwm_inflation"), ("ks4_attainment8", "ks4_inflation")):
        gained = series(risen.record(), measure, "all") - series(free.record(), measure, "all")
        assert (gained[later] > 0.0).all()
        np.testing.assert_allclose(gained, series(risen.record(), part, "all"), atol=1e-9)
        widened = series(risen.record(), measure, "gap") - series(free.record(), measure, "gap")
        np.testing.assert_allclose(widened, series(risen.record(), part, "gap"), atol=1e-9)


def test_inflation_shows_in_tests_with_stakes_and_in_nothing_else(free):
    risen = under(inflation_ks2=np.full(N, 0.1), inflation_ks4=np.full(N, 0.1), at_year_0=False)
    moved = {c.measure for c in free.record().columns if c.measure.startswith(("ks2", "ks4"))}
    same(risen.record(), free.record(), *moved)


def test_inflation_is_gone_the_year_after_what_pressed_is_gone(free):
    whole = system(PLACE, years=2)
    whole.year_zero()
    for year, column in ((PLACE.year + 1, np.full(N, 0.1)), (PLACE.year + 2, np.zeros(N))):
        whole.parts.institutions.pressure = replace(no_pressure(N), inflation_ks2=column)
        whole.begin_year(year)
        for term in range(3):
            whole.term(term)
        whole.end_year()
    rates = (series(w.record(), "ks2_rwm_expected", "all") for w in (whole, free))
    first, second = np.subtract(*rates)[1:]
    assert first > 0.0 and second == 0.0


def test_only_pupils_of_schools_under_pressure_score_more(free):
    some = SECONDARY[:1]
    risen = under(inflation_ks4=on(some, 0.2), at_year_0=False)
    mine, other = (w.sittings("ks4")[0] for w in (risen, free))
    there = np.isin(free.parts.register.school[mine.cohort.start : mine.cohort.end], some)
    np.testing.assert_allclose((mine.scores - other.scores)[:, there], 0.2)
    np.testing.assert_array_equal(mine.scores[:, ~there], other.scores[:, ~there])


def test_teachers_leave_more_often_where_they_are_pressed_and_practice_suffers(free):
    pushed = under(teacher_leave=np.full(N, 0.5))
    rates = [series(w.record(), "teacher_leavers", "all")[1:] for w in (pushed, free)]
    assert (rates[0] > rates[1]).all()
    practice = [series(w.record(), "practice", "all")[-1] for w in (pushed, free)]
    assert practice[0] < practice[1]
    roll = free.parts.roll(free.now)
    share = 100.0 * (free.parts.workforce.leaving * roll).sum() / roll.sum()
    assert rates[1][-1] == pytest.approx(share)


def test_heads_leave_more_often_where_they_are_pressed():
    counts = [
        sum(
            series(
                under(years=3, chance=Chance(1, 0, r), head_leave=column).record(), "head_turnover", "all"
            )[1:].sum()
            for r in range(3)
        )
        for column in (np.full(N, 1.5), np.zeros(N))
    ]
    assert counts[0] > counts[1]


def test_heads_come_from_the_field_there_is(free):
    better = under(head_field=np.full(N, 0.7))
    change = better.parts.workforce.head_quality - free.parts.workforce.head_quality
    assert set(np.round(change, 9)) == {0.0, 0.7}


def test_where_no_head_leaves_by_switch_none_does_under_pressure():
    still = under(off=("practice_turnover",), head_leave=np.full(N, 3.0), teacher_leave=np.full(N, 3.0))
    assert not series(still.record(), "head_turnover", "all")[1:].any()
    np.testing.assert_allclose(series(still.record(), "teacher_leavers", "all"), 9.0)


@pytest.mark.parametrize(("rows", "year_group"), [(PRIMARY[:2], 0), (SECONDARY[:1], 7)])
def test_families_choose_wanted_schools_more_and_no_child_is_made_or_lost(free, rows, year_group):
    wanted = under(pull=on(rows, 1.0))
    block = block_of(free, free.now, year_group)
    gained, before = (np.isin(w.parts.register.school[block], rows).sum() for w in (wanted, free))
    assert gained > before
    assert here(wanted, block).sum() == here(free, block).sum()


def test_a_pull_of_all_schools_alike_moves_no_one(free):
    alike = under(pull=np.full(N, 0.25))
    np.testing.assert_array_equal(alike.parts.register.school, free.parts.register.school)


def test_pupils_moved_off_rolls_are_low_attainers_of_years_10_and_11():
    whole = under(years=1, off_roll=np.full(N, 0.5))
    register, moved = whole.parts.register, whole.parts.off_rolling.moved
    assert moved.any()
    assert (register.school[moved] >= N).all()
    for year_group in range(12):
        block = block_of(whole, whole.now, year_group)
        assert moved[block].any() == (year_group in YEAR_GROUPS)
    block = block_of(whole, whole.now, 11)
    attained = register.mean_attainment(register.in_year(whole.now, 11))
    assert attained[moved[block]].mean() < np.quantile(attained, 0.3)


def test_the_pupils_moved_are_counted_and_leave_the_roll(free):
    whole = under(years=1, off_roll=np.full(N, 0.2))
    before = under(years=1)
    gone = series(before.record(), "pupils", "all")[1] - series(whole.record(), "pupils", "all")[1]
    assert gone == whole.parts.off_rolling.moved.sum()
    there = sum(here(before, block_of(before, before.now, k)).sum() for k in YEAR_GROUPS)
    share = series(whole.record(), "roll_leavers_unexplained", "all")[1]
    assert share == pytest.approx(100.0 * gone / there)


def test_moving_low_attainers_off_the_roll_raises_the_results_of_those_who_stay_and_says_so(free):
    whole = under(off_roll=np.full(N, 0.2), at_year_0=False)
    headline = series(whole.record(), "ks4_attainment8", "all")
    roll = series(whole.record(), "ks4_roll", "all")
    assert roll[0] == 0.0 and (roll[1:] > 0.0).all()
    assert headline[1] - series(free.record(), "ks4_attainment8", "all")[1] == pytest.approx(roll[1], rel=0.1)
    assert (series(whole.record(), "ks4_roll", "gap")[1:] < 0.0).all()


def test_what_is_usual_at_year_0_neither_raises_nor_lowers_later_results():
    worlds = [Chance(seed, 0, 0) for seed in range(1, 6)]
    usual, none = (
        [under(years=4, chance=chance, off_roll=np.full(N, share)).record() for chance in worlds]
        for share in (0.1, 0.0)
    )
    risen = under(years=4, off_roll=np.full(N, 0.1), at_year_0=False).record()
    little = 0.15 * series(risen, "ks4_roll", "all")[2:].mean()
    roll = np.array([series(r, "ks4_roll", "all")[1:] for r in usual])
    assert abs(roll.mean()) < little
    headline = [
        np.mean([series(r, "ks4_attainment8", "all")[1:] for r in records]) for records in (usual, none)
    ]
    assert abs(headline[0] - headline[1]) < little


def test_year_0_is_as_published_whatever_presses():
    free, whole = (under(years=0, off_roll=column) for column in (np.zeros(N), np.full(N, 0.3)))
    same(whole.record(), free.record())


def test_pressure_from_nobody_changes_no_bit():
    same(under().record(), run(PLACE, years=2))


def intake_of(place, school, first, pull):
    """Children whom a school takes into its first year group, with log odds added for it or not."""
    whole = at_year_zero(place)
    register, cohort = whole.parts.register, whole.parts.register.in_year(place.year, first - 1)
    column = np.zeros(len(place.schools))
    column[school] = pull
    whole.parts.enrolment.move_up(register, [cohort], place.year, register.mean_attainment, column)
    rows = register.school[cohort.start : cohort.end]
    assert (rows < len(place.schools)).sum() == (register.last[cohort.start : cohort.end] >= first).sum()
    return int((rows == school).sum())


def test_where_intakes_are_known_families_answer_too():
    place = with_feeders(with_results(english_place(20_000)))
    school = int(np.flatnonzero(place.schools.phase == Phase.SECONDARY)[0])
    usual = intake_of(place, school, 7, 0.0)
    assert intake_of(place, school, 7, 0.3) > usual > intake_of(place, school, 7, -0.3)


def test_families_answer_at_a_school_that_begins_late():
    place = english_place(20_000)
    school = int(np.flatnonzero(place.schools.phase == Phase.SECONDARY)[-1])
    first = place.schools.first_year_group.copy()
    first[school] = 9
    late = replace(place, schools=replace(place.schools, first_year_group=first))
    usual = intake_of(late, school, 9, 0.0)
    assert intake_of(late, school, 9, 1.0) > usual > intake_of(late, school, 9, -1.0) >= 0
