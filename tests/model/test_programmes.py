"""A programme acts once for each completed course, on those it is for, and fades as attainment does."""

from __future__ import annotations

import numpy as np
import pytest

from model.year0 import sen_cuts
from tests.model.running import (
    block_of,
    changed,
    course,
    has_run,
    here,
    levers,
    place_of,
    poor,
    run,
    same,
    series,
)

EFFECT = 0.2
AS_PUBLISHED = {"learning__catch_up": 0.15, "programmes__lasting_share": 0.65}


def gained(year_group: int, programme_year_group: int, stage: str):
    """What a course leaves in the scores of a stage sat when its pupils reach ``year_group``."""
    place, parameters = place_of(), changed(**AS_PUBLISHED)
    years = 1 + year_group - programme_year_group
    scenario = levers(course(year_groups=(programme_year_group,)))
    with_course = has_run(place, scenario, parameters, years=years)
    without = has_run(place, None, parameters, years=years)
    score, plain = with_course.sittings(stage)[0].scores, without.sittings(stage)[0].scores
    present = here(without, block_of(without, without.now, year_group))
    unit = with_course.parts.reference.domain_sd[programme_year_group + 1]
    return (score - plain)[:, present] / unit


def test_a_one_off_effect_is_seen_whole_and_not_divided_by_growth():
    np.testing.assert_allclose(gained(6, 6, "ks2"), EFFECT, atol=1e-12)


@pytest.mark.parametrize(
    ("after", "left"), [(1, 0.5525), (2, 0.65 * 0.85**2), (6, 0.65 * 0.85**6)], ids=["one", "two", "six"]
)
def test_what_is_left_of_an_effect_after_some_years_is_as_the_fade_rows_say(after, left):
    found = gained(6, 6 - after, "ks2") / EFFECT
    np.testing.assert_allclose(found, left, atol=1e-12)
    assert round(left, 2) == {1: 0.55, 2: 0.47, 6: 0.25}[after]


def test_a_reception_course_shows_whole_in_the_foundation_stage():
    np.testing.assert_allclose(gained(0, 0, "eyfs"), EFFECT, atol=1e-12)


def test_the_published_measure_carries_the_effect_in_the_year_and_half_of_it_a_year_later():
    place, parameters = place_of(), changed(**AS_PUBLISHED)
    scenario = levers(course(year_groups=(5, 6), eligible="disadvantaged"))
    gaps = [
        series(run(place, s, parameters, years=3, off=("mobility",)), "ks2_gap_months", "gap")
        for s in (scenario, None)
    ]
    change = gaps[0] - gaps[1]
    months = parameters.measurement.months_per_sd_ks2 * EFFECT
    assert change[0] == 0.0
    assert change[1] == pytest.approx(-months, rel=0.1)
    assert change[2] == pytest.approx(-0.55 * months, rel=0.15)
    assert abs(change[3]) < 1e-12


def test_literacy_and_maths_are_moved_apart():
    place = place_of()
    scenario = levers(course(literacy_sd=0.3, maths_sd=0.0))
    score, plain = (has_run(place, s, years=1).sittings("ks2")[0].scores for s in (scenario, None))
    assert (score - plain)[0].max() > 0.25
    assert not (score - plain)[1].any()


def taught_by(scenario, place=None):
    """Rows of Year 6 whose attainment a scenario changed, and the place that was run."""
    place = place or place_of()
    runs = [has_run(place, s, years=1) for s in (scenario, None)]
    attainment = [r.parts.register.attainment[0, block_of(r, r.now, 6)] for r in runs]
    return attainment[0] != attainment[1], runs[0]


@pytest.mark.parametrize("who", ["all", "disadvantaged", "other", "sen", "low_prior"])
def test_only_those_eligible_are_taught_and_all_of_them_at_full_reach(who):
    found, whole = taught_by(levers(course(eligible=who)))
    register, rows = whole.parts.register, block_of(whole, whole.now, 6)
    classed = poor(whole, rows)
    may = {
        "all": np.ones(len(found), dtype=bool),
        "disadvantaged": classed,
        "other": ~classed,
        "sen": register.need_index[rows] >= sen_cuts(whole.place, whole.parameters.learning)[0, 0, 0],
        "low_prior": register.prior_low[rows],
    }[who]
    np.testing.assert_array_equal(found, may & here(whole, rows))


def test_about_a_quarter_of_pupils_have_low_prior_attainment():
    found, _ = taught_by(levers(course(eligible="low_prior")), place_of(pupils=20_000, schools=50))
    assert found.mean() == pytest.approx(0.25, abs=0.08)


@pytest.mark.parametrize("reach", [0.0, 0.3, 1.0])
def test_reach_is_the_share_of_eligible_pupils_who_complete_the_course(reach):
    found, whole = taught_by(levers(course(reach=reach)))
    present = here(whole, block_of(whole, whole.now, 6))
    assert found.sum() / present.sum() == pytest.approx(reach, abs=0.08)


def test_spend_is_the_courses_completed_times_their_price():
    first = place_of().year + 1
    scenario = levers(
        course(name="dear", cost_per_pupil=250.0, last_year=first + 1, reach=0.5),
        course(name="cheap", cost_per_pupil=10.0, year_groups=(1, 2)),
    )
    found = run(place_of(), scenario, years=3)
    alone = run(place_of(), levers(scenario.programmes[0]), years=3)
    np.testing.assert_allclose(alone.programme_cost_gbp, 250.0 * alone.programme_pupils)
    np.testing.assert_allclose(found.programme_cost_gbp, series(found, "spend", "all"))
    extra = found.programme_pupils - alone.programme_pupils
    np.testing.assert_allclose(found.programme_cost_gbp - alone.programme_cost_gbp, 10.0 * extra)
    assert list(found.programme_pupils > 0) == [False, True, True, False]


def test_children_in_none_of_the_schools_of_the_place_are_not_taught():
    place = place_of()
    found, whole = taught_by(levers(course(year_groups=(6,))), place)
    assert not found[~here(whole, block_of(whole, whole.now, 6))].any()


def test_a_programme_that_reaches_nobody_changes_nothing():
    same(run(place_of(), levers(course(reach=0.0))), run(place_of()))


def test_two_programmes_reach_pupils_by_lots_of_their_own():
    one, _ = taught_by(levers(course(name="first", reach=0.5)))
    other, _ = taught_by(levers(course(name="second", reach=0.5)))
    assert 0.1 < (one & other).mean() < 0.4


def test_a_programme_for_disadvantaged_pupils_narrows_the_gap_and_leaves_the_others_alone():
    scenario = levers(course(eligible="disadvantaged", literacy_sd=0.5, maths_sd=0.5))
    with_course, without = run(place_of(), scenario), run(place_of())
    assert series(with_course, "ks2_rwm_expected", "gap")[1] < series(without, "ks2_rwm_expected", "gap")[1]
    np.testing.assert_array_equal(
        series(with_course, "ks2_rwm_expected", "other"), series(without, "ks2_rwm_expected", "other")
    )
