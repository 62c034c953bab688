"""Practice wanders about each school's own level; heads and teachers leave at the published rates."""

from __future__ import annotations

import numpy as np
import pytest

from model.parameters import Parameters
from model.place import Phase
from model.practice import INDEX_WEIGHTS, TERMS, NoErosion, TurnoverErosion, head_shift, index_scale
from model.randomness import Chance
from model.value_added import lasting_normals
from model.year0 import past_effects
from tests.model.running import changed, english_place, has_run, place_of, run, series, system, tiny_place

YEARS = 25


def left_alone(parameters=None, off=(), years=YEARS, chance=None):
    """Practice of 130 schools at the end of each year, and how many heads left in each."""
    whole = system(place_of(schools=130, pupils=40_000), None, parameters, years=0, chance=chance, off=off)
    workforce, practice, year0 = whole.parts.workforce, whole.parts.practice, whole.place.year
    seen, heads = [practice.embedded.copy()], []
    for year in range(years):
        workforce.new_year(year0 + year + 1)
        for term in range(TERMS):
            practice.term(TERMS * year + term, workforce.head_quality, workforce.leaving)
        heads.append(workforce.heads_leave(year0 + year + 1))
        seen.append(practice.embedded.copy())
    return whole, np.array(seen), heads


@pytest.fixture(scope="module")
def alone():
    return [left_alone(chance=Chance(1, 0, r)) for r in range(4)]


def test_mean_practice_does_not_drift(alone):
    slopes = [np.polyfit(np.arange(YEARS + 1), seen.mean(axis=(1, 2)), 1)[0] for _, seen, _ in alone]
    error = np.std(slopes, ddof=1) / np.sqrt(len(slopes))
    assert error < 0.004
    assert abs(np.mean(slopes)) < 0.01


def test_schools_differ_in_practice_as_much_at_the_end_as_at_the_start(alone):
    spread = np.array([[seen[0].std(), seen[-5:].std(axis=(1, 2)).mean()] for _, seen, _ in alone]).mean(
        axis=0
    )
    assert spread[1] == pytest.approx(spread[0], rel=0.06)


def test_a_school_returns_to_its_own_level(alone):
    whole, seen, _ = alone[0]
    own = whole.parts.practice.own_level
    assert np.corrcoef(seen[-1].ravel(), own.ravel())[0, 1] > 0.7
    away = seen[0] - own
    gone = seen[15] - own
    assert abs(np.corrcoef(away.mean(axis=1), gone.mean(axis=1))[0, 1]) < 0.5


def test_domains_of_practice_go_together_as_declared():
    own = np.concatenate(
        [left_alone(years=0, chance=Chance(1, d, 0))[0].parts.practice.own_level for d in range(1, 6)]
    )
    found = np.corrcoef(own.T)[np.triu_indices(own.shape[1], 1)]
    assert found.mean() == pytest.approx(Parameters().practice.domain_correlation, abs=0.08)
    assert own.std() == pytest.approx(1.0, abs=0.05)


def test_the_index_of_each_domain_of_attainment_weighs_practice_to_one():
    np.testing.assert_allclose(INDEX_WEIGHTS.sum(axis=1), 1.0)
    assert np.all(INDEX_WEIGHTS >= 0.0)


def test_schools_with_better_practice_tend_to_add_more():
    p = changed(practice__value_added_correlation=0.9)
    agreed = []
    for draw in range(1, 5):
        whole = left_alone(p, years=0, chance=Chance(1, draw, 0))[0]
        adds = lasting_normals(whole.place, whole.chance)[:, 0]
        agreed.append(np.corrcoef(whole.parts.practice.own_level.mean(axis=1), adds)[0, 1])
    assert np.mean(agreed) > 0.4


@pytest.mark.parametrize("phase", ["primary", "secondary"])
def test_heads_leave_at_the_rate_of_the_evidence_row(alone, phase):
    whole, _, _ = alone[0]
    secondary = whole.place.schools.phase == Phase.SECONDARY
    mine = secondary if phase == "secondary" else ~secondary
    chances = mine.sum() * YEARS * len(alone)
    left = sum(int(mine[gone].sum()) for _, _, heads in alone for gone in heads)
    rate = getattr(whole.parameters.workforce, f"head_leave_{phase}")
    assert left / chances == pytest.approx(rate, abs=3.5 * np.sqrt(rate * (1.0 - rate) / chances))


def test_the_measure_of_head_turnover_is_in_per_cent_of_schools():
    record = run(place_of(schools=130, pupils=40_000), years=5)
    assert np.isnan(series(record, "head_turnover", "all")[0])
    assert 2.0 < series(record, "head_turnover", "all")[1:].mean() < 13.0


def test_a_new_head_is_neither_better_nor_worse_on_average_and_stays_in_post_a_while(alone):
    quality = np.concatenate([whole.parts.workforce.head_quality for whole, _, _ in alone])
    assert quality.mean() == pytest.approx(0.0, abs=0.2)
    assert quality.std() == pytest.approx(1.0, abs=0.15)
    schools = alone[0][0].parts.workforce.schools
    assert 5.0 < np.mean([school.head_years for school in schools]) < 18.0


def test_each_school_knows_the_head_its_columns_show(alone):
    workforce = alone[0][0].parts.workforce
    agents = [school.head_quality for school in workforce.schools]
    np.testing.assert_array_equal(agents, workforce.head_quality)


def test_a_school_with_a_better_head_moves_to_better_practice():
    whole = system(place_of(), years=0)
    practice, n = whole.parts.practice, len(whole.place.schools)
    leaving = np.full(n, whole.parameters.workforce.teacher_leave)
    for date in range(60):
        practice.term(date, np.where(np.arange(n) % 2, 2.0, -2.0), leaving)
    above = (practice.embedded - practice.own_level).mean(axis=1)
    assert above[1::2].mean() - above[::2].mean() > 0.5


def test_heads_are_worth_what_the_rows_say_over_a_pupils_years():
    p, place = changed(learning__catch_up=0.15), place_of()
    scale = index_scale(p.practice.domain_correlation).mean()
    shift = head_shift(place, p) / scale * p.schools.practice_loading
    secondary = place.schools.phase == Phase.SECONDARY
    assert shift[~secondary] * 4.53 == pytest.approx(p.workforce.head_sd_primary, rel=0.01)
    assert shift[secondary] * 3.71 == pytest.approx(p.workforce.head_sd_secondary, rel=0.01)
    assert not head_shift(place, changed(schools__practice_loading=0.0)).any()


def test_practice_falls_where_more_teachers_leave_than_usual_and_rises_where_fewer_do():
    p = Parameters()
    usual = p.workforce.teacher_leave
    lost = TurnoverErosion(p).lost(np.array([usual + 0.1, usual, usual - 0.05]))
    assert lost == pytest.approx(p.practice.turnover_erosion * np.array([0.1, 0.0, -0.05]))
    assert not NoErosion().lost(np.array([0.0, 0.5])).any()


def test_teachers_leave_at_the_declared_rate(alone):
    p = Parameters().workforce
    workforce, rates = alone[0][0].parts.workforce, []
    for year in range(2100, 2130):
        workforce.new_year(year)
        rates.append(workforce.leaving)
    assert np.mean(rates) == pytest.approx(p.teacher_leave, abs=0.003)
    assert np.std(rates) == pytest.approx(p.teacher_leave_spread, rel=0.1)


def test_what_practice_is_worth_does_not_change_how_widely_schools_differ():
    spreads = []
    for loading in (0.0, 0.06):
        found = []
        for replicate in range(12):
            parts = system(
                place_of(schools=130, pupils=40_000),
                None,
                changed(schools__practice_loading=loading, practice__value_added_correlation=0.0),
                years=0,
                chance=Chance(1, 0, replicate),
            ).parts
            table = parts.value_added.table(2023, parts.practice.above_normal()).reshape(2, -1, 12)
            found.append(table[:, : len(parts.practice.embedded), 3].var(axis=1).mean())
        spreads.append(np.mean(found))
    assert spreads[1] == pytest.approx(spreads[0], rel=0.1)


def test_year_noughts_mean_practice_is_where_its_measure_starts():
    assert series(run(tiny_place()), "practice", "all")[0] == 0.0


def test_only_what_moves_in_practice_moves_pupils():
    base = has_run(english_place(9_000), None, changed(schools__practice_loading=0.0), years=2)
    other = has_run(
        english_place(9_000),
        None,
        changed(schools__practice_loading=0.0, practice__yearly_sd=0.9, practice__reversion=0.8),
        years=2,
    )
    np.testing.assert_array_equal(base.parts.register.attainment, other.parts.register.attainment)
    assert not np.array_equal(base.parts.practice.embedded, other.parts.practice.embedded)


def test_a_school_that_loses_many_teachers_falls_behind_itself_term_by_term():
    p = Parameters()
    usual = p.workforce.teacher_leave
    after = []
    for leaving in (usual, usual + 0.3):
        parts = system(tiny_place(), years=0).parts
        n = len(tiny_place().schools)
        parts.practice.term(0, parts.workforce.head_quality, np.full(n, leaving))
        after.append(parts.practice.embedded)
    np.testing.assert_allclose(after[1] - after[0], -p.practice.turnover_erosion * 0.3 / TERMS)


def test_practice_before_year_nought_was_nearer_its_level_the_longer_ago():
    nothing = {
        f"schools__{kind}_sd_{phase}": 0.0
        for kind in ("lasting", "drifting", "cohort")
        for phase in ("primary", "secondary")
    }
    whole = system(place_of(), None, changed(**nothing), years=0)
    parts, p = whole.parts, whole.parameters
    n, la_mean = len(whole.place.schools), parts.paths.value_added[0, 0]
    effects = past_effects(whole.place, parts.value_added, parts.practice, p.practice.reversion)
    moved = [table.reshape(2, -1, 12)[:, :n, 3] - la_mean for table in effects]
    kept = (1.0 - p.practice.reversion / TERMS) ** TERMS
    for ago in (1, 5, 11):
        np.testing.assert_allclose(moved[ago], kept**ago * moved[0], atol=1e-12)
    assert np.abs(moved[0]).mean() > 0.005
