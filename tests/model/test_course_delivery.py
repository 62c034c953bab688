"""Courses and support with attendance reach the pupils they are for, at the schools that had them, once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.absence_support import AbsenceSupport
from model.allotment import allot
from model.arrangements import Channel, Offer
from model.course_delivery import CourseDelivery
from model.cuts import label_cuts
from model.delivered import Delivered
from model.programmes import Eligibility
from model.randomness import Chance
from model.year0 import sen_cuts
from model.years_work import YearsWork
from tests.model.running import Parameters, block_of, has_run, here, place_of, poor

LASTING = 0.65
FLUENCY = Offer(
    name="fluency",
    channel=Channel.PUPIL_DIRECT,
    domain=1,
    delivered_by="tutor",
    weeks=8,
    slots_per_post=10,
    literacy_sd=0.2,
    pupils_per_case=6,
    year_groups=(5, 6),
    eligible="disadvantaged",
)
LIAISON = Offer(
    name="liaison",
    channel=Channel.WIDER_NEEDS,
    domain=5,
    delivered_by="attendance officer",
    weeks=20,
    slots_per_post=6,
    absence_points=-0.8,
    pupils_per_case=30,
)


def delivered(*rows: tuple[int, int, float, float], term: int = 0) -> Delivered:
    """Make a term's deliveries of (school, offer, weeks, quality)."""
    school, offer, weeks, quality = np.array(rows, dtype=float).reshape(-1, 4).T
    whole = np.zeros(len(school), dtype=bool)
    return Delivered(
        term=term,
        school=school.astype(np.int32),
        offer=offer.astype(np.int32),
        weeks=weeks,
        quality=quality,
        completed=whole,
    )


def eligibility(whole):
    return Eligibility(label_cuts(whole.place), sen_cuts(whole.place, whole.parameters.learning))


def taught(offer, *rows):
    """End a year in which these cases were delivered; what attainment and boost gained, and the system."""
    whole = has_run(place_of(), years=1)
    register = whole.parts.register
    courses = CourseDelivery(
        len(whole.place.schools),
        (offer,),
        eligibility(whole),
        whole.parts.reference.domain_sd,
        LASTING,
        Chance(1, 0, 0),
    )
    courses.work.add(delivered(*rows))
    before, boost = register.attainment.copy(), register.boost.copy()
    done = courses.deliver(register, whole.now, register.school < len(whole.place.schools))
    return register.attainment - before, register.boost - boost, done, whole


def primary_schools(n=1):
    """Schools with many pupils in Year 6."""
    whole = has_run(place_of(), years=1)
    register, rows = whole.parts.register, block_of(whole, whole.now, 6)
    return np.argsort(np.bincount(register.school[rows], minlength=99)[: len(whole.place.schools)])[::-1][:n]


def test_a_whole_case_teaches_its_number_of_eligible_pupils_of_its_school_and_year_groups():
    school = int(primary_schools()[0])
    gain, boost, done, whole = taught(FLUENCY, (school, 0, 8.0, 1.0))
    register = whole.parts.register
    who = np.flatnonzero(np.nan_to_num(gain[0]))
    assert len(who) == done.pupils == 6
    assert done.cost_gbp == 0.0
    assert (register.school[who] == school).all()
    classed = {
        group: np.flatnonzero(poor(whole, block_of(whole, whole.now, group)))
        + block_of(whole, whole.now, group).start
        for group in (5, 6)
    }
    assert set(who) <= set(classed[5]) | set(classed[6])
    unit = {g: whole.parts.reference.domain_sd[g + 1] for g in (5, 6)}
    expected = [0.2 * unit[6 if row in classed[6] else 5] for row in who]
    np.testing.assert_allclose(gain[0, who], LASTING * np.array(expected), rtol=1e-9)
    np.testing.assert_allclose(boost[0, who], (1.0 - LASTING) * np.array(expected), rtol=1e-9)
    assert not np.nan_to_num(gain[1]).any()


def test_the_effect_goes_with_the_quality_of_the_provider_and_may_be_harm():
    school = int(primary_schools()[0])
    usual, double, harm = (
        np.nan_to_num(taught(FLUENCY, (school, 0, 8.0, quality))[0][0]) for quality in (1.0, 2.0, -0.5)
    )
    np.testing.assert_allclose(double, 2.0 * usual, atol=1e-12)
    np.testing.assert_allclose(harm, -0.5 * usual, atol=1e-12)


def test_half_a_case_teaches_half_the_pupils_and_two_cases_twice_as_many():
    school = int(primary_schools()[0])
    offer = replace(FLUENCY, eligible="all")
    counts = [taught(offer, (school, 0, weeks, 1.0))[2].pupils for weeks in (4.0, 8.0, 16.0)]
    assert counts == [3, 6, 12]


def test_where_places_leak_the_rest_go_to_other_pupils_of_the_year_groups():
    school = int(primary_schools()[0])
    gain, _, done, whole = taught(replace(FLUENCY, on_target=0.5), (school, 0, 8.0, 1.0))
    assert done.pupils == 6
    moved = np.flatnonzero(np.nan_to_num(gain[0]))
    groups = [block_of(whole, whole.now, group) for group in (5, 6)]
    classed = [np.isin(moved, np.flatnonzero(poor(whole, g)) + g.start) for g in groups]
    assert np.logical_or(*classed).sum() == 3


def test_another_school_with_courses_shifts_no_ones_chance():
    one, other = (int(s) for s in primary_schools(2))
    offer = replace(FLUENCY, eligible="all")
    alone, _, _, whole = taught(offer, (one, 0, 8.0, 1.0))
    both = taught(offer, (one, 0, 8.0, 1.0), (other, 0, 8.0, 1.0))[0]
    mine = whole.parts.register.school == one
    np.testing.assert_array_equal(alone[:, mine], both[:, mine])
    assert np.nan_to_num(both[0]).astype(bool).sum() == 12


def test_no_course_and_a_course_without_effect_change_nothing_to_the_bit():
    school = int(primary_schools()[0])
    for gain, boost, _, _ in (
        taught(FLUENCY),
        taught(replace(FLUENCY, literacy_sd=0.0), (school, 0, 8.0, 1.0)),
        taught(replace(FLUENCY, channel=Channel.WHOLE_SCHOOL), (school, 0, 8.0, 1.0)),
    ):
        assert not np.nan_to_num(gain).any()
        assert not boost.any()


def test_a_new_school_year_begins_without_the_work_of_the_last():
    work = YearsWork(2, (FLUENCY,), [True])
    for term, cases in ((-1, 1.0), (0, 1.0), (0, 2.0), (1, 3.0), (2, 4.0), (3, 1.0)):
        work.add(delivered((1, 0, 8.0, 0.5), term=term))
        assert work.cases[0].tolist() == [0.0, cases]
        assert work.quality(0).tolist() == [0.0, 0.5]
    work.add(delivered(term=6))
    assert not work.cases.any()
    assert work.offers() == []


@given(
    st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=60),
    st.lists(st.integers(0, 12), min_size=4, max_size=4),
    st.floats(0.0, 1.0),
)
@settings(max_examples=100, deadline=None)
def test_every_place_is_used_while_there_are_pupils_and_no_more(pupils, places, on_target):
    school = np.array([s for s, _ in pupils])
    meant = np.array([m for _, m in pupils])
    order, places = np.arange(len(pupils)) / 64.0, np.array(places)
    found = allot(school, meant, order, places, on_target)
    on_roll = np.bincount(school, minlength=4)
    np.testing.assert_array_equal(np.bincount(school[found], minlength=4), np.minimum(places, on_roll))
    for s in range(4):
        mine = found & meant & (school == s)
        target, those = round(places[s] * on_target), (meant & (school == s)).sum()
        assert mine.sum() >= min(target, those)
        if mine.any():  # the first in order are those who get a place
            assert mine.sum() == (meant & (school == s))[: np.flatnonzero(mine).max() + 1].sum()


def supported(offer, *rows, convert=1.0):
    whole = has_run(place_of(), years=1)
    register = whole.parts.register
    absence, expected = whole.parts.attendance.year(register, whole.now)
    support = AbsenceSupport(len(whole.place.schools), (offer,), eligibility(whole), convert)
    support.work.add(delivered(*rows))
    return absence, support.shift(register, whole.now, absence, expected), expected, whole, support


def test_support_with_attendance_lowers_the_absence_of_those_expected_to_miss_most():
    school = int(primary_schools()[0])
    before, after, expected, whole, support = supported(LIAISON, (school, 0, 20.0, 1.0), convert=0.66)
    helped = np.flatnonzero(before != after)
    assert support.supported == 20
    np.testing.assert_allclose((after - before)[before > 0.01][(before != after)[before > 0.01]], -0.008)
    register = whole.parts.register
    mine = register.school[register.active(whole.now)] == school
    assert mine[helped].all()
    assert expected[helped].min() >= np.sort(expected[mine])[-support.supported]
    assert (after >= 0.0).all()


def test_part_of_a_case_changes_absence_by_that_part_and_a_bad_provider_raises_it():
    school = int(primary_schools()[0])
    high = replace(LIAISON, absence_points=-0.5, pupils_per_case=5)
    changes = []
    for weeks, quality in ((20.0, 1.0), (10.0, 1.0), (20.0, -1.0), (40.0, 1.0)):
        before, after, *_ = supported(high, (school, 0, weeks, quality))
        changes.append((after - before).sum())
    assert changes[1] == pytest.approx(0.5 * changes[0])
    assert changes[2] == pytest.approx(-changes[0])
    assert changes[3] == pytest.approx(2.0 * changes[0], rel=0.1)


def test_absence_stays_a_share_whatever_the_effect():
    school = int(primary_schools()[0])
    for points in (-90.0, 90.0):
        _, after, *_ = supported(replace(LIAISON, absence_points=points), (school, 0, 20.0, 1.0))
        assert after.min() >= 0.0
        assert after.max() <= 1.0


def test_without_support_or_effect_absence_is_the_same_to_the_bit():
    school = int(primary_schools()[0])
    before, after, *_ = supported(LIAISON)
    assert after is before
    before, after, *_ = supported(replace(LIAISON, absence_points=0.0), (school, 0, 20.0, 1.0))
    np.testing.assert_array_equal(before, after)


def test_pupils_of_no_school_of_the_place_are_not_reached():
    every = [(s, 0, 8.0, 1.0) for s in range(len(place_of().schools))]
    gain, _, _, whole = taught(replace(FLUENCY, eligible="all", pupils_per_case=400), *every)
    for group in (5, 6):
        rows = block_of(whole, whole.now, group)
        np.testing.assert_array_equal(gain[0, rows] != 0.0, here(whole, rows))
    assert Parameters().programmes.lasting_share == LASTING
