"""Stakes rise with poor judgements and fall where no grade is published; openness and practice follow."""

from __future__ import annotations

import numpy as np
import pytest

from model.dispositions import Dispositions
from model.inspection_parameters import InspectionParameters
from model.inspection_record import Grade, InspectionRecord
from model.institution_facts import Facts
from model.narrowing import SHIFT, Narrowing
from model.national_tier import National, Regime
from model.practice import DOMAINS
from model.stakes import FixedStakes, Stakes
from tests.model.inspected import FOUR_GRADES, facts, national

N = 40


def drawn(n: int = N) -> Dispositions:
    """Schools that are all alike."""
    return Dispositions(
        openness=np.full(n, 0.6), trust=np.full(n, 0.5), stakes=np.full(n, 0.4), rigour=np.full(n, 0.5)
    )


def record(n: int = N) -> InspectionRecord:
    """Good schools, none of them due."""
    found = InspectionRecord(n)
    found.grade = np.full(n, Grade.GOOD, dtype=np.int8)
    found.due = np.full(n, 1000, dtype=np.int32)
    return found


def stakes(
    of: Facts, regimes: National | None = FOUR_GRADES, **changes: float
) -> tuple[Stakes, Dispositions, InspectionRecord]:
    """Stakes as the run begins."""
    nature, judged = drawn(of.n_schools), record(of.n_schools)
    found = Stakes(of, nature, InspectionParameters(**changes))
    found.term(-15, judged, regimes, None)
    return found, nature, judged


def test_at_first_stakes_are_as_drawn():
    found, nature, _ = stakes(facts(N))
    assert nature.stakes == pytest.approx(np.full(N, 0.4))
    assert nature.openness == pytest.approx(np.full(N, 0.6))
    assert np.abs(found.above_usual).max() < 1e-12


@pytest.mark.parametrize("grade", [Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE])
def test_a_poor_judgement_raises_stakes_and_closes_the_school(grade: Grade):
    found, nature, judged = stakes(facts(N))
    judged.grade = judged.grade.copy()
    judged.grade[0] = grade
    found.term(-12, judged, FOUR_GRADES, None)
    assert nature.stakes[0] > 0.5
    assert nature.openness[0] < 0.6
    assert nature.stakes[1:] == pytest.approx(np.full(N - 1, 0.4))


def test_concern_weighs_more_than_a_grade_below_good():
    found, nature, judged = stakes(facts(N))
    judged.grade = judged.grade.copy()
    judged.grade[:2] = Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE
    found.term(-12, judged, FOUR_GRADES, None)
    assert nature.stakes[1] > nature.stakes[0]


def test_stakes_rise_in_the_year_before_inspectors_come_and_where_results_fall_or_pay_hangs_on_them():
    of = facts(N)
    found, nature, judged = stakes(of)
    judged.due = judged.due.copy()
    judged.due[0] = 4
    of.results = np.where(np.arange(N) == 1, -1.0, 0.0)
    pay = np.where(np.arange(N) == 2, 1.0, 0.0)
    found.term(3, judged, FOUR_GRADES, pay)
    assert (nature.stakes[:3] > 0.41).tolist() == [True, False, True]  # first results are those of year 0
    of.results = of.results - np.where(np.arange(N) == 1, 1.0, 0.0)
    found.term(6, judged, FOUR_GRADES, pay)
    assert nature.stakes[1] > 0.41


def test_stakes_fall_where_no_grade_is_published_and_only_then():
    later = national((-1000, Regime.FOUR_GRADES), (3, Regime.DIALOGIC))
    found, nature, judged = stakes(facts(N), later)
    found.term(2, judged, later, None)
    assert nature.stakes == pytest.approx(np.full(N, 0.4))
    found.term(3, judged, later, None)
    assert (nature.stakes < 0.3).all()
    assert (nature.openness > 0.6).all()


def test_inspected_trusts_share_out_what_is_at_stake():
    of = facts(N)
    of.trust = np.where(np.arange(N) < 10, 0, -1).astype(np.int32)
    regimes = national((-1000, Regime.FOUR_GRADES), trusts_from=6)
    found, nature, judged = stakes(of, regimes)
    judged.grade = judged.grade.copy()
    judged.grade[[0, 20]] = Grade.INADEQUATE
    found.term(3, judged, regimes, None)
    assert nature.stakes[0] == pytest.approx(nature.stakes[20])
    found.term(6, judged, regimes, None)
    assert nature.stakes[0] < nature.stakes[20]
    assert nature.stakes[1] > nature.stakes[21] == pytest.approx(0.4)


def test_nothing_is_reckoned_anew_where_nothing_moved():
    found, nature, judged = stakes(facts(N))
    found.term(-14, judged, FOUR_GRADES, None)
    before = nature.stakes
    found.term(-13, judged, FOUR_GRADES, None)
    assert nature.stakes is before


def test_without_a_national_tier_stakes_are_as_drawn():
    of = facts(1)
    found, nature, _ = stakes(of, None)
    of.results = np.array([-3.0])
    found.term(0, InspectionRecord(1), None, np.ones(1))
    assert nature.stakes == pytest.approx([0.4])


def test_the_null_version_leaves_schools_as_drawn():
    nature = drawn()
    before = nature.stakes
    null = FixedStakes(nature)
    null.term(0, record(), FOUR_GRADES, np.ones(N))
    assert nature.stakes is before
    assert not null.above_usual.any()


def test_narrowing_moves_practice_and_makes_none():
    above = np.linspace(-0.3, 0.5, N)
    moved = Narrowing(InspectionParameters()).term(above)
    assert moved is not None
    assert np.abs(moved.sum(axis=1)).max() < 1e-12
    assert np.abs(SHIFT.sum()) < 1e-12
    high = moved[-1]
    assert high[DOMAINS.index("reading")] > 0.0 > high[DOMAINS.index("SEND and inclusion")]
    assert high[DOMAINS.index("mental health and belonging")] < 0.0
    assert moved[0, DOMAINS.index("maths")] < 0.0


def test_without_effects_nothing_narrows():
    assert Narrowing(InspectionParameters(narrowing=0.0)).term(np.ones(N)) is None
