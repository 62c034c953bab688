"""Children are a fixed list: schools share them out, and none is lost or made on the way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.balancing import balance
from model.births import cohort_factor
from model.choice import NEAREST, Options, nearest_options, pick, reached
from model.need import Need
from model.parameters import Parameters
from model.place import FIRST_SECONDARY_YEAR_GROUP, YEAR_GROUPS, Phase
from model.randomness import Chance
from tests.model.running import (
    at_year_zero,
    block_of,
    changed,
    course,
    english_place,
    has_run,
    here,
    levers,
    place_of,
    run,
    series,
    system,
    tiny_place,
)


def each_year(whole):
    """Run a system and give every year's schools of its active pupils, year 0 first."""
    seen = {}
    measure = whole.measure

    def look(*args, **more):
        rows = whole.parts.register.active(whole.now)
        seen[whole.now] = (rows, whole.parts.register.school[rows].copy())
        measure(*args, **more)

    whole.measure = look
    whole.run()
    return seen


def test_every_child_is_in_one_school_of_the_place_that_teaches_it_or_is_away():
    place, whole = place_of(), system(place_of(), years=6)
    register, schools = whole.parts.register, place.schools
    for year, (rows, school) in each_year(whole).items():
        group = whole.parts.register.year_group(year)
        belongs = (register.first[rows] <= group) & (group <= register.last[rows])
        np.testing.assert_array_equal(school < len(schools), belongs)
        mine = school[belongs]
        teaches = (schools.first_year_group[mine] <= group[belongs]) & (
            group[belongs] <= schools.last_year_group[mine]
        )
        assert teaches.all()


def test_no_child_is_lost_or_made_when_a_cohort_moves_up():
    whole = system(place_of(), years=6)
    seen = each_year(whole)
    n = len(whole.place.schools)
    for year in list(seen)[1:]:
        for year_group in range(1, YEAR_GROUPS):
            if year_group == FIRST_SECONDARY_YEAR_GROUP:
                continue
            counts = []
            for when, group in ((year - 1, year_group - 1), (year, year_group)):
                rows, school = seen[when]
                block = block_of(whole, when, group)
                counts.append((school[block.start - rows.start : block.stop - rows.start] < n).sum())
            assert counts[0] == counts[1], (year, year_group)


def test_who_is_born_does_not_depend_on_schools_programmes_or_luck_at_the_gate():
    place = tiny_place()
    plain = has_run(place, years=3).parts.register
    for other in (
        has_run(place, levers(course()), years=3),
        has_run(place, None, changed(choice__sorting=0.0, rolls__moves_primary=0.3), years=3),
        has_run(place, years=3, off=("choice", "mobility", "practice_turnover")),
    ):
        register = other.parts.register
        assert register.cohorts == plain.cohorts
        for column in ("income", "home", "need", "first", "last"):
            np.testing.assert_array_equal(getattr(register, column), getattr(plain, column))


def test_numbers_on_roll_are_the_children_listed_who_belong_to_the_place():
    whole = has_run(place_of(), years=3)
    register = whole.parts.register
    for index, year in enumerate(range(whole.place.year, whole.now + 1)):
        rows, group = register.active(year), whole.parts.register.year_group(year)
        belongs = (register.first[rows] <= group) & (group <= register.last[rows])
        assert series(whole.record(), "pupils", "all")[index] == belongs.sum()


@pytest.mark.parametrize("year_group", [2, 4, 8])
def test_children_who_change_places_leave_every_roll_as_it_was(year_group):
    whole = at_year_zero(place_of(), parameters=changed(rolls__moves_primary=0.4, rolls__moves_secondary=0.4))
    register, year = whole.parts.register, whole.place.year
    cohort, rows = register.in_year(year, year_group), block_of(whole, year, year_group)
    before = register.school[rows].copy()
    register.alternative = np.zeros_like(register.alternative)
    whole.parts.enrolment.move_up(register, [cohort], year, register.mean_attainment)
    after = register.school[rows]
    assert 0.1 < (before != after).mean() < 0.4
    np.testing.assert_array_equal(np.bincount(before), np.bincount(after))


def test_the_share_who_move_is_the_one_declared():
    share = 0.1
    p = changed(rolls__moves_primary=share)
    moved = []
    for replicate in range(4):
        whole = at_year_zero(english_place(20_000), parameters=p, chance=Chance(1, 0, replicate))
        register, year = whole.parts.register, whole.place.year
        rows = block_of(whole, year, 3)
        before = register.school[rows].copy()
        whole.parts.enrolment.move_up(register, [register.in_year(year, 3)], year, register.mean_attainment)
        moved.append((before != register.school[rows]).mean())
    assert share * 0.6 < np.mean(moved) <= share * 1.1  # some movers meet another of their own school


@pytest.mark.parametrize("off", [(), ("choice",)])
def test_intakes_are_near_the_planned_ones(off):
    place = english_place(30_000)
    schools = place.schools
    taken = np.zeros((2, len(schools)))
    for replicate in range(3):
        whole = at_year_zero(place, chance=Chance(1, 0, replicate), off=off)
        for index, groups in enumerate((range(0, 7), range(7, 9))):
            for year_group in groups:
                school = whole.parts.register.school[block_of(whole, place.year, year_group)]
                taken[index] += np.bincount(school[school < len(schools)], minlength=len(schools))
    for index, phase in enumerate((Phase.PRIMARY, Phase.SECONDARY)):
        mine = schools.phase == phase
        planned = schools.places[mine] / schools.places[mine].sum()
        share = taken[index][mine] / taken[index][mine].sum()
        error = np.sqrt(planned / taken[index][mine].sum())
        assert np.abs(share / planned - 1.0).max() < 0.15 + 4.0 * (error / planned).max()
        assert np.corrcoef(share, planned)[0, 1] > 0.98


def test_children_go_to_schools_near_their_homes():
    place = english_place(30_000)
    whole = at_year_zero(place)
    rows = block_of(whole, place.year, 0)
    school, area = whole.parts.register.school[rows], whole.parts.register.area[rows]
    mine = (school < len(place.schools)) & (whole.parts.register.need[rows] < Need.SPECIAL)

    def distance(to):
        s, a = place.schools, place.areas
        return np.hypot(s.x_km[to] - a.x_km[area[mine]], s.y_km[to] - a.y_km[area[mine]]).mean()

    shuffled = np.random.default_rng(1).permutation(school[mine])
    assert distance(school[mine]) < 0.5 * distance(shuffled)


def test_special_schools_take_those_with_the_greatest_need_and_no_others():
    whole = at_year_zero(english_place(30_000))
    register, phase = whole.parts.register, whole.place.schools.phase
    for year_group in range(YEAR_GROUPS):
        rows = block_of(whole, whole.place.year, year_group)
        present = here(whole, rows)
        special = phase[register.school[rows][present]] == Phase.SPECIAL
        np.testing.assert_array_equal(special, register.need[rows][present] == Need.SPECIAL)
    active = register.active(whole.place.year)
    assert (register.need[active] == Need.SPECIAL).mean() == pytest.approx(
        whole.place.rates.special_share[0], abs=0.004
    )


def test_alternative_provision_takes_those_marked_for_it_from_year_nine():
    whole = at_year_zero(english_place(30_000))
    register, phase = whole.parts.register, whole.place.schools.phase
    share = []
    for year_group in range(YEAR_GROUPS):
        rows = block_of(whole, whole.place.year, year_group)
        present = here(whole, rows)
        there = phase[register.school[rows][present]] == Phase.ALTERNATIVE_PROVISION
        assert year_group >= 9 or not there.any()
        assert not (there & ~register.alternative[rows][present]).any()
        share.append(there.mean())
    assert np.mean(share[9:]) == pytest.approx(whole.place.rates.alternative_provision_share[0], abs=0.004)


@pytest.mark.parametrize("more", [0.8, 1.0, 1.15])
def test_secondary_schools_lose_or_gain_children_at_11_as_the_place_does(more):
    place = place_of()
    children = place.areas.children.sum()
    place = replace(place, secondary_pupils=np.array([children * more]))
    whole = at_year_zero(place)
    size = [here(whole, block_of(whole, place.year, g)).sum() for g in (6, 7, 11)]
    assert size[1] / size[0] == pytest.approx(more, abs=0.05)
    assert size[2] / size[0] == pytest.approx(more, abs=0.05)


def test_numbers_entering_follow_births_for_the_declared_years_and_then_stay():
    p = Parameters().rolls
    whole = system(english_place(20_000), years=9)
    year0 = whole.place.year
    sizes = np.array([whole.parts.register.in_year(year, 0).size for year in range(year0, year0 + 10)])
    years = np.minimum(np.arange(10), p.reception_change_years)
    np.testing.assert_allclose(sizes / sizes[0], (1.0 + p.reception_change) ** years, atol=0.001)
    assert cohort_factor(year0 - 5, year0, p) == 1.0


def options(targets, utility):
    """Every school considered from every source; ``utility`` has a row a school."""
    schools = np.broadcast_to(np.arange(len(targets))[:, None], utility.shape).astype(np.intp).copy()
    return Options(schools=schools, utility=utility, target=np.asarray(targets, dtype=float))


@pytest.mark.parametrize("seed", range(4))
def test_balancing_makes_expected_intakes_the_planned_ones_whatever_the_pull(seed):
    rng = np.random.default_rng(seed)
    target = rng.uniform(20.0, 200.0, 6)
    choice = options(target, rng.normal(0.0, 1.5, (6, 300)))
    rows, weight = np.arange(300), rng.uniform(0.5, 2.0, 300)
    constant = balance(choice, choice.utility, rows, weight)
    before = reached(choice.utility + constant[:, None])
    chances = np.diff(before, prepend=0.0, append=1.0, axis=0)
    intake = (chances * weight).sum(axis=1)
    np.testing.assert_allclose(intake / intake.sum(), target / target.sum(), atol=0.002)


def test_a_school_planned_to_take_no_one_is_left_out_of_the_balance():
    choice = options([50.0, 50.0, 0.0], np.tile([[0.0], [0.0], [-np.inf]], (1, 40)))
    constant = balance(choice, choice.utility, np.arange(40), np.ones(40))
    assert constant == pytest.approx([0.0, 0.0, 0.0], abs=1e-9)


def chosen(utility, luck):
    """Schools chosen by children of one source, given the log odds of each school."""
    choice = options([1.0] * len(utility), np.array(utility)[:, None])
    before = np.repeat(reached(choice.utility), len(luck), axis=1)
    return pick(choice, before, np.zeros(len(luck), dtype=np.intp), luck)


def test_children_choose_schools_as_often_as_their_pull_says():
    luck = (np.arange(10_000) + 0.5) / 10_000
    found = np.bincount(chosen(np.log([0.2, 0.3, 0.5]), luck)) / 10_000
    np.testing.assert_allclose(found, [0.2, 0.3, 0.5], atol=0.001)


@pytest.mark.parametrize("near", [0, 1, 2])
def test_a_school_out_of_reach_is_never_chosen(near):
    utility = np.full(3, -np.inf)
    utility[near] = 0.0
    assert (chosen(utility, np.array([1e-6, 0.5, 1.0 - 1e-6])) == near).all()


def test_families_consider_the_nearest_schools_of_their_own_local_authority():
    place = place_of()
    n, areas = len(place.schools), place.areas
    east = (place.schools.x_km > np.median(place.schools.x_km)).astype(np.int32)
    two = replace(place, la_code=(0, 1), la_name=("West", "East"), schools=replace(place.schools, la=east))
    source = (np.arange(len(areas)) % 2).astype(np.int32)
    every = np.arange(n, dtype=np.intp)
    found = nearest_options(two, source, areas.x_km, areas.y_km, every, np.ones(n), 0.35)
    possible = np.isfinite(found.utility)
    la = np.broadcast_to(source, found.schools.shape)
    np.testing.assert_array_equal(two.schools.la[found.schools][possible], la[possible])
    assert len(found.schools) == NEAREST
    assert np.all(np.diff(np.where(possible, found.utility, -1e9), axis=0) <= 0.0)


def test_falling_rolls_reach_the_number_on_roll_and_not_the_other_way_round():
    down, up = (
        series(run(place_of(), None, changed(rolls__reception_change=c), years=4), "pupils", "all")
        for c in (-0.05, 0.05)
    )
    assert np.all(np.diff(down[1:]) < np.diff(up[1:]))
    assert down[0] == up[0]
