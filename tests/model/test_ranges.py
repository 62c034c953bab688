"""Schools of any range are filled: special schools for one phase, colleges that begin in Year 10."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.late_start import late_starters
from model.need import Need
from model.place import YEAR_GROUPS, Phase
from tests.model.running import at_year_zero, block_of, english_place, has_run, here
from tests.model.with_results import with_results

COLLEGES = 2


def ranged(results=True):
    """A place whose special schools teach one phase each, with two colleges from Year 10."""
    place = english_place(40_000)
    place = with_results(place) if results else place
    schools = place.schools
    first, last, places = (
        schools.first_year_group.copy(),
        schools.last_year_group.copy(),
        schools.places.copy(),
    )
    special = np.flatnonzero(schools.phase == Phase.SPECIAL)
    half = max(len(special) // 2, 1)
    if len(special) == 1:  # another school becomes special, so that each phase has one
        primary = np.flatnonzero(schools.phase == Phase.PRIMARY)[-1]
        special = np.append(special, primary)
        places[primary] = places[special[0]]
    phase = schools.phase.copy()
    phase[special] = Phase.SPECIAL
    first[special], last[special] = 0, 6
    first[special[half:]], last[special[half:]] = 7, 11
    colleges = np.flatnonzero(schools.phase == Phase.SECONDARY)[:COLLEGES]
    first[colleges], places[colleges] = 10, 80.0
    return replace(
        place,
        schools=replace(schools, phase=phase, first_year_group=first, last_year_group=last, places=places),
    ), colleges


@pytest.mark.parametrize("results", [True, False])
def test_every_child_is_in_a_school_that_teaches_its_year_group(results):
    place, _ = ranged(results)
    whole = has_run(place, years=3)
    register, schools = whole.parts.register, place.schools
    rows = register.active(whole.now)
    group, school = register.year_group(whole.now), register.school[rows]
    mine = school < len(schools)
    np.testing.assert_array_equal(mine, (register.first[rows] <= group) & (group <= register.last[rows]))
    school, group = school[mine], group[mine]
    teaches = (schools.first_year_group[school] <= group) & (group <= schools.last_year_group[school])
    assert teaches.all()


@pytest.mark.parametrize("off", [(), ("choice",)])
def test_colleges_that_begin_in_year_10_take_their_share_of_the_pupils_of_others(off):
    place, colleges = ranged()
    whole = at_year_zero(place, off=off)
    schools = place.schools
    rows = [block_of(whole, place.year, g) for g in (10, 11)]
    taken = sum(np.bincount(whole.parts.register.school[r], minlength=len(schools) + 1) for r in rows)
    mainstream = schools.phase == Phase.SECONDARY
    share = schools.places[colleges] / schools.places[mainstream].sum()
    np.testing.assert_allclose(taken[colleges] / taken[:-1][mainstream].sum(), share, rtol=0.25)
    before = whole.parts.register.school[block_of(whole, place.year, 9)]
    assert not np.isin(before, colleges).any()
    assert late_starters(place)[9].tolist() == colleges.tolist()


def test_a_college_takes_the_disadvantaged_share_published():
    place, colleges = ranged()
    share = place.school_results.disadvantaged_share.copy()
    share[colleges] = (0.15, 0.45)
    place = replace(place, school_results=replace(place.school_results, disadvantaged_share=share))
    whole = at_year_zero(place)
    found = []
    for college in colleges:
        labels = [
            whole.parts.measuring.disadvantaged(whole.parts.register, rows, 1)[
                whole.parts.register.school[rows] == college
            ]
            for rows in (block_of(whole, place.year, g) for g in (10, 11))
        ]
        found.append(np.concatenate(labels).mean())
    assert found == pytest.approx([0.15, 0.45], abs=0.1)


def test_special_schools_hand_their_pupils_on_and_take_no_others():
    place, _ = ranged()
    whole = at_year_zero(place)
    register, phase = whole.parts.register, place.schools.phase
    for year_group in range(YEAR_GROUPS):
        rows = block_of(whole, place.year, year_group)
        present = here(whole, rows)
        special = phase[register.school[rows][present]] == Phase.SPECIAL
        np.testing.assert_array_equal(special, register.need[rows][present] == Need.SPECIAL)


def test_where_no_special_school_begins_with_reception_children_wait_in_mainstream_schools():
    place, _ = ranged()
    schools = place.schools
    special = schools.phase == Phase.SPECIAL
    first = np.where(special, 7, schools.first_year_group)
    last = np.where(special, 11, schools.last_year_group)
    place = replace(place, schools=replace(schools, first_year_group=first, last_year_group=last))
    whole = at_year_zero(place)
    register = whole.parts.register
    for year_group, there in ((0, False), (6, False), (7, True), (11, True)):
        rows = block_of(whole, place.year, year_group)
        needs = (register.need[rows] == Need.SPECIAL) & here(whole, rows)
        assert needs.any()
        assert (special[register.school[rows][needs]] == there).all()
