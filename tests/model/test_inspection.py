"""Inspectors see schools with error, come back sooner to those found wanting, and report as of the day."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from model.inspection import NoInspection
from model.inspection_record import AREAS, LEADERSHIP, Grade, Point
from model.inspection_scores import WEIGHTS
from model.national_tier import Regime
from model.place import Phase
from tests.model.inspected import AS_IT_WAS, FIRST, FOUR_GRADES, facts, inspected, national, practice

N = 600


def test_better_practice_is_judged_better():
    seen, of = practice(N), facts(N)
    plain, better = inspected(of, seen).record, inspected(of, seen + 1.0).record
    assert better.good().mean() > plain.good().mean() + 0.03
    assert better.concern().mean() <= plain.concern().mean()


def test_without_error_only_what_is_judged_counts():
    of, seen = facts(N, secondary_every=N + 1), np.zeros((N, 9))
    seen[: N // 2] = -6.0
    found = inspected(of, seen, changes={"error_sd": 0.0, "intake_bias": 0.0})
    assert not found.record.good()[: N // 2].any()
    assert found.record.good()[N // 2 :].all()


def test_the_share_judged_good_does_not_hang_on_the_error():
    of, seen = facts(N), practice(N)
    shares = [
        inspected(of, seen, changes={"error_sd": e, "response": 0.0}).record.good().mean() for e in (1.0, 2.5)
    ]
    assert shares[0] == pytest.approx(shares[1], abs=0.06)


def test_results_and_intake_tell_beside_practice():
    seen, low = practice(N), facts(N)
    low.results = np.full(N, -1.5)
    assert inspected(low, seen).record.good().mean() < inspected(facts(N), seen).record.good().mean() - 0.02
    harsher = inspected(facts(N), seen, changes={"intake_bias": 5.0}).record.good()
    rich = facts(N).disadvantaged_share < 0.25
    assert harsher[rich].mean() > harsher[~rich].mean() + 0.05


def test_a_school_found_wanting_is_seen_again_sooner():
    found = inspected(facts(N), practice(N), years=14)
    waits = {grade: [] for grade in Grade}
    for visits in found.record.visits:
        for before, at_risk, years in zip(
            visits.before, visits.at_risk_before, visits.years_since, strict=True
        ):
            if not at_risk:
                waits[Grade(int(before))].append(years)
    good, poor = np.mean(waits[Grade.GOOD]), np.mean(waits[Grade.REQUIRES_IMPROVEMENT])
    assert 3.3 < good < 5.0
    assert 1.7 < poor < 2.7


def test_every_visit_follows_on_from_the_last():
    of, found = facts(N), inspected(facts(N), practice(N), AS_IT_WAS, years=10)
    standing: dict[int, int] = {}
    last: dict[int, int] = {}
    for visits in found.record.visits:
        for school, date, graded, before, after in zip(
            visits.school, visits.date, visits.graded, visits.before, visits.after, strict=True
        ):
            assert standing.get(int(school), before) == before
            assert date > last.get(int(school), -1000)
            assert visits.term - 3 < date <= visits.term
            assert graded or before == after
            standing[int(school)], last[int(school)] = int(after), int(date)
    assert len(standing) > 0.9 * of.n_schools
    assert all(found.record.grade[school] == grade for school, grade in standing.items())
    assert all(found.record.date[school] == date for school, date in last.items())
    assert (found.record.due > found.record.date).all()


def test_a_short_visit_changes_no_grade_but_brings_a_full_one_soon():
    found = inspected(facts(N), practice(N), years=12)
    at_risk = sum(int(visits.at_risk.sum()) for visits in found.record.visits)
    short = sum(int((~visits.graded).sum()) for visits in found.record.visits)
    assert 0.05 < at_risk / short < 0.4
    followed = [
        visits.graded[visits.at_risk_before]
        for before, visits in pairwise(found.record.visits)
        if before.term > FIRST
    ]
    assert np.concatenate(followed).all()


def test_report_cards_judge_six_areas_and_a_school_is_good_where_none_is_wanting():
    record = inspected(facts(N), practice(N), national((-1000, Regime.REPORT_CARDS)), years=12).record
    assert record.areas.shape == (N, len(AREAS))
    assert (record.good() == (record.areas.min(axis=1) >= Point.EXPECTED_STANDARD)).all()
    assert (record.concern() == (record.areas.min(axis=1) == Point.URGENT_IMPROVEMENT)).all()
    assert (record.areas[record.stuck][:, LEADERSHIP] <= Point.NEEDS_ATTENTION).all()
    assert record.stuck.any()
    assert not record.at_risk.any()


def test_without_published_grades_families_know_what_was_published_last():
    of, seen = facts(N), practice(N)
    silent = national((-1000, Regime.FOUR_GRADES), (0, Regime.DIALOGIC))
    before, after = (inspected(of, seen, silent, years=years).record for years in (5, 10))
    assert (before.published == before.grade).all()
    assert (after.published == before.grade).all()
    assert (after.published_good() == before.good()).all()
    assert (after.published_concern() == before.concern()).all()
    assert (after.grade != before.grade).any()


def test_under_four_grades_a_school_is_stuck_that_was_below_good_twice():
    record = inspected(facts(N), practice(N)).record
    twice = (record.grade >= Grade.REQUIRES_IMPROVEMENT) & (record.former >= Grade.REQUIRES_IMPROVEMENT)
    assert (record.stuck == twice).all()
    assert 0 < record.stuck.mean() < 0.15


def test_a_regime_that_is_to_come_changes_nothing_before():
    of, seen = facts(N), practice(N)
    plain, announced = (
        inspected(of, seen, regimes, years=6)
        for regimes in (FOUR_GRADES, national((-1000, Regime.FOUR_GRADES), (3, Regime.REPORT_CARDS)))
    )
    assert (plain.record.grade == announced.record.grade).all()
    assert (plain.record.due == announced.record.due).all()
    later = inspected(of, seen, national((-1000, Regime.FOUR_GRADES), (0, Regime.DIALOGIC)), years=6)
    assert (plain.record.visits[4].after == later.record.visits[4].after).all()


def test_the_luck_of_a_school_is_its_own():
    of, seen = facts(N), practice(N)
    changed = seen.copy()
    changed[0] -= 5.0
    plain, other = inspected(of, seen).record, inspected(of, changed).record
    assert (plain.grade[1:] == other.grade[1:]).all()
    assert (plain.due[1:] == other.due[1:]).all()


def test_two_lives_with_the_same_luck_are_the_same():
    runs = [inspected(facts(N), practice(N), AS_IT_WAS) for _ in range(2)]
    assert (runs[0].record.grade == runs[1].record.grade).all()
    assert [event[:5] for event in runs[0].events] == [event[:5] for event in runs[1].events]


def test_events_tell_whose_standing_changed():
    found = inspected(facts(N, n_la=3), practice(N))
    assert found.events
    for term, la, school, kind, text, gbp in found.events:
        assert term >= FIRST
        assert la == school % 3
        assert kind == "inspected"
        assert text
        assert np.isnan(gbp)


def test_a_school_under_another_trust_begins_a_new_cycle_and_keeps_its_grade():
    found = inspected(facts(N), practice(N))
    grade, due = found.record.grade, found.record.due
    found.restart(np.array([3, 5]), term=20)
    assert (found.record.due[[3, 5]] == 28).all()
    assert (np.delete(found.record.due, [3, 5]) == np.delete(due, [3, 5])).all()
    assert found.record.grade is grade


def test_where_no_one_is_inspected_no_school_is_good_wanting_or_stuck():
    null = NoInspection(4)
    null.begin(FIRST, practice(4), FOUR_GRADES)
    null.year_end(-13, practice(4), FOUR_GRADES)
    null.restart(np.array([1]), -13)
    assert not null.record.good().any()
    assert not null.record.below_good().any()
    assert not null.record.stuck.any()
    assert not null.events


def test_without_a_national_tier_no_one_is_inspected_until_there_is_one():
    of, seen = facts(N), practice(N)
    found = inspected(of, seen, None)
    assert (found.record.grade == Grade.NONE).all()
    assert not found.record.visits
    found.year_end(17, seen, FOUR_GRADES)
    assert (found.record.grade > Grade.NONE).all()
    assert 0.1 * N < len(found.record.visits[-1].school) < 0.6 * N


def test_one_special_school_alone_is_judged():
    of = facts(1)
    of.phase[:] = Phase.SPECIAL
    record = inspected(of, practice(1)).record
    assert Grade.OUTSTANDING <= record.grade[0] <= Grade.INADEQUATE


def test_weights_of_what_is_seen_add_up():
    assert WEIGHTS.sum(axis=1) == pytest.approx(np.ones(len(WEIGHTS)))
    assert (WEIGHTS >= 0.0).all()
