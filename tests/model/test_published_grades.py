"""What is published of schools up to year 0 stands: grades, their dates, federations; nothing is made up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.inspection import Inspection
from model.inspection_record import Grade
from model.inspection_scores import WEIGHTS
from model.parameters import Parameters
from model.practice import NoErosion, Practice
from model.public_record import FEDERATION_NOT_KNOWN, NO_FEDERATION, PublicRecord, says_nothing
from model.randomness import Chance
from scenarios.places.resolve import resolve
from tests.model.inspected import FIRST, FOUR_GRADES, facts, inspected, practice
from tests.model.test_federations import room
from tests.model.trusted import facts as governed

N = 600


def known(n: int = N, share: float = 0.5, **columns: int) -> PublicRecord:
    """The first of the schools have a published record: requires improvement a year ago, good before."""
    rows = np.arange(n) < share * n
    usual = {"grade": 3, "inspected": -3, "former": 2, "former_inspected": -14, "federation": -1, "flag": 0}
    made = {name: np.full(n, value, dtype=np.int32) for name, value in {**usual, **columns}.items()}
    for name in ("grade", "inspected", "former", "former_inspected"):
        made[name][~rows] = 0
    return PublicRecord(**made)


def published(record: PublicRecord, n: int = N):
    of = facts(n)
    of.public = record
    return of


def at_year_0(record: PublicRecord, n: int = N) -> Inspection:
    """Schools at the end of year 0, after the spin-up."""
    return inspected(published(record, n), practice(n), years=5)


def test_who_is_good_at_year_0_is_who_was_published_as_good():
    record = known()
    rng = np.random.default_rng(1)
    record.grade[: N // 2] = rng.integers(1, 5, N // 2)
    record.inspected[: N // 2] = rng.integers(-13, 0, N // 2)
    found = at_year_0(record).record
    rows = record.grade > 0
    assert (found.grade[rows] == record.grade[rows]).all()
    assert (found.published[rows] == record.grade[rows]).all()
    assert (found.date[rows] == record.inspected[rows]).all()
    assert (found.due[rows] >= 0).all()
    assert (found.former[rows] == record.former[rows]).all()


def test_schools_of_which_nothing_is_published_are_drawn_as_in_any_place():
    plain = inspected(facts(N), practice(N), years=5).record
    found = at_year_0(known()).record
    rest = np.arange(N) >= N // 2
    for column in ("grade", "former", "published", "date", "due", "stuck", "at_risk"):
        assert (getattr(found, column)[rest] == getattr(plain, column)[rest]).all(), column


def test_a_record_that_says_nothing_changes_no_bit():
    plain, found = (
        inspected(of, practice(N), years=8).record for of in (facts(N), published(says_nothing(N)))
    )
    for column in ("grade", "former", "published", "date", "due", "areas", "stuck", "at_risk", "full_next"):
        assert (getattr(found, column) == getattr(plain, column)).all(), column


def test_before_an_inspection_the_grade_before_it_stood():
    of = published(known())
    seen = practice(N)
    room_of = Inspection(of, Parameters(), Chance(5, 0, 0))
    room_of.begin(FIRST, seen, FOUR_GRADES)
    rows = np.arange(N) < N // 2
    drawn = room_of.record.grade[rows].copy()
    for summer in (-13, -10, -7, -4):
        room_of.year_end(summer, seen, FOUR_GRADES)
        assert (room_of.record.grade[rows] == Grade.GOOD).all(), summer  # inspected in term -14
    assert (drawn != Grade.GOOD).any()  # until then nothing is known of them
    room_of.year_end(-1, seen, FOUR_GRADES)
    assert (room_of.record.grade[rows] == Grade.REQUIRES_IMPROVEMENT).all()
    assert any(event[3] == "inspected" and event[0] == -3 for event in room_of.events)


def test_below_good_twice_is_stuck_and_once_is_not():
    assert at_year_0(known(former=3)).record.stuck[: N // 2].all()
    assert not at_year_0(known(former=2)).record.stuck[: N // 2].any()


def test_a_school_below_good_and_overdue_is_seen_in_year_1_and_a_good_one_in_its_cycle():
    overdue = at_year_0(known(inspected=-12, former_inspected=-20)).record
    assert (overdue.due[: N // 2] <= 2).all()
    good = at_year_0(known(grade=2, inspected=-20, former_inspected=-30)).record.due[: N // 2]
    assert good.min() >= 0
    assert 3 < np.median(good) < 12


def test_after_year_0_inspection_goes_on():
    found = inspected(published(known(share=1.0)), practice(N), years=10).record
    assert 0.4 < found.good().mean() < 0.95


@pytest.mark.parametrize("grade", [Grade.OUTSTANDING, Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE])
def test_a_grade_tells_of_practice_as_much_as_its_error_allows(grade: Grade):
    place = resolve("synthetic", {"schools": N, "pupils": 360 * N})
    p, chance = Parameters(), Chance(7, 1, 0)
    normals = chance.normals("test", 0, 0, 2 * N).reshape(2, N)
    own = Practice(place, p, chance, normals[0], normals[1], NoErosion())
    change = Inspection(published(known(share=1.0, grade=int(grade))), p, chance).tell(own)
    assert change is not None
    judged = (change * WEIGHTS[0, :9]).sum(axis=1)
    if grade == Grade.OUTSTANDING:
        assert 0.1 < judged.mean() < 1.5
    else:
        assert -1.5 < judged.mean() < -0.1
    before = own.own_level.copy()
    above = own.above_normal()
    own.know(change)
    assert own.above_normal() == pytest.approx(above, abs=1e-9)  # pupils' results stay what they were
    assert (own.own_level - before) == pytest.approx(change)


def test_where_grades_are_those_the_room_would_draw_they_tell_nothing_on_average():
    place = resolve("synthetic", {"schools": 3 * N, "pupils": 360 * 3 * N})
    p, chance = Parameters(), Chance(7, 1, 0)
    normals = chance.normals("test", 0, 0, 6 * N).reshape(2, 3 * N)
    own = Practice(place, p, chance, normals[0], normals[1], NoErosion())
    others = Practice(place, p, Chance(8, 1, 0), normals[1], normals[0], NoErosion())  # whose grades they are
    of = facts(3 * N)
    of.year_0 = 2014  # before short visits, after which a grade stands
    drawn = inspected(of, others.practice(), years=5).record
    record = replace(
        known(3 * N, share=1.0), grade=drawn.grade.astype(np.int32), inspected=drawn.date,
        former=drawn.former.astype(np.int32), former_inspected=drawn.date - 9,
    )  # fmt: skip
    of.public = record
    change = Inspection(of, p, chance).tell(own)
    assert change is not None
    assert abs(change.mean()) < 0.05
    after = own.own_level + change
    assert after.std() == pytest.approx(own.own_level.std(), abs=0.04)
    judged, of_others = ((level * WEIGHTS[0, :9]).sum(axis=1) for level in (after, others.own_level))
    assert 0.1 < np.corrcoef(judged, of_others)[0, 1] < 0.5  # one reading with error, and no more


def test_published_federations_share_a_head_from_the_start_and_no_others_are_made_up():
    place = governed([], maintained=900)
    record = says_nothing(900)
    record.federation[:] = NO_FEDERATION
    record.federation[[3, 5, 8]] = 0
    record.federation[[20, 40]] = 1
    record.federation[60] = 2  # its fellows are elsewhere
    place.public = record
    of = room(place).of
    assert np.flatnonzero(of >= 0).tolist() == [3, 5, 8, 20, 40]
    assert of[[3, 5, 8]].tolist() == [3, 3, 3]
    assert of[[20, 40]].tolist() == [20, 20]


def test_where_no_file_says_who_is_federated_some_are_drawn():
    place, plain = governed([], maintained=900), governed([], maintained=900)
    place.public = says_nothing(900)
    assert (place.public.federation == FEDERATION_NOT_KNOWN).all()
    assert (room(place).of == room(plain).of).all()
    assert (room(place).of >= 0).any()
