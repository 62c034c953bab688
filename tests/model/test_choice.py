"""Constants and slopes bring wanted intakes about; a school's pupils go on to the schools it feeds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.balancing import Choosers, Wanted, balance_intakes
from model.choice import NEAREST_AT_TRANSITION, Options
from model.composition import chances
from model.feeding import with_feeders as fed
from model.place import FIRST_SECONDARY_YEAR_GROUP, Feeders, Phase
from model.transition import transition_options
from tests.model.running import at_year_zero, block_of, english_place
from tests.model.with_results import with_feeders, with_results

N_SCHOOLS, N = 6, 4000


def world(seed):
    """Every school considered by everyone, and children unlike in income and standing."""
    rng = np.random.default_rng(seed)
    schools = np.broadcast_to(np.arange(N_SCHOOLS)[:, None], (N_SCHOOLS, N)).astype(np.intp).copy()
    low = (rng.uniform(size=N) < 0.3).astype(np.intp)
    attainment = rng.normal(0.0, 1.0, N) - 0.6 * low
    choosers = Choosers(
        rows=np.arange(N),
        weight=rng.uniform(0.5, 2.0, N),
        low_income=low,
        labelled=np.where(low, 0.9, 0.05),
        standing=0.8 * attainment + rng.normal(0.0, 0.5, N),
        attainment=attainment,
    )
    options = Options(
        schools=schools, utility=rng.normal(0.0, 0.7, (N_SCHOOLS, N)), target=np.ones(N_SCHOOLS)
    )
    return rng, options, choosers


def brought(options, choosers, constants, slope):
    """Children, disadvantaged children and mean attainment that constants and slopes bring."""
    total = options.utility + constants[choosers.low_income].T + slope[:, None] * choosers.standing
    expected = chances(total) * choosers.weight
    intake = expected.sum(axis=1)
    mean = (expected * choosers.attainment).sum(axis=1) / intake
    return intake, (expected * choosers.labelled).sum(axis=1), mean


@pytest.mark.parametrize("seed", range(4))
def test_intakes_that_some_constants_and_slopes_bring_about_are_found_again(seed):
    rng, options, choosers = world(seed)
    intake, labelled, mean = brought(
        options, choosers, rng.normal(0.0, 0.7, (2, N_SCHOOLS)), rng.normal(0.0, 1.0, N_SCHOOLS)
    )
    wanted = Wanted(intake=intake, labelled=labelled, attainment=mean)
    found = balance_intakes(options, options.utility, choosers, wanted, 6.0)
    got = brought(options, choosers, found.by_income, found.on_standing)
    np.testing.assert_allclose(got[0], intake, rtol=0.02)
    np.testing.assert_allclose(got[1] / got[0], labelled / intake, atol=0.01)
    np.testing.assert_allclose(got[2], mean, atol=0.02)


def test_where_nothing_is_known_of_intakes_both_incomes_have_the_same_constants():
    rng, options, choosers = world(1)
    unknown = np.full(N_SCHOOLS, np.nan)
    intake = rng.uniform(0.5, 1.5, N_SCHOOLS)
    intake *= choosers.weight.sum() / intake.sum()
    wanted = Wanted(intake=intake, labelled=unknown, attainment=unknown)
    found = balance_intakes(options, options.utility, choosers, wanted, 6.0)
    np.testing.assert_array_equal(found.by_income[0], found.by_income[1])
    np.testing.assert_array_equal(found.on_standing, 0.0)
    np.testing.assert_allclose(
        brought(options, choosers, found.by_income, found.on_standing)[0], intake, rtol=0.02
    )


def test_an_intake_out_of_reach_falls_short_and_places_are_filled_all_the_same():
    _, options, choosers = world(2)
    intake = np.full(N_SCHOOLS, choosers.weight.sum() / N_SCHOOLS)
    mean = np.array([9.0, -9.0, *[np.nan] * (N_SCHOOLS - 2)])
    share = np.array([np.nan, np.nan, 0.85, np.nan, np.nan, np.nan])
    wanted = Wanted(intake=intake, labelled=share * intake, attainment=mean)
    found = balance_intakes(options, options.utility, choosers, wanted, 2.0)
    got = brought(options, choosers, found.by_income, found.on_standing)
    assert found.on_standing[:2] == pytest.approx([2.0, -2.0])
    assert np.isfinite(found.by_income).all()
    np.testing.assert_allclose(got[0], intake, rtol=0.05)
    assert got[2][0] > 0.5 > -0.5 > got[2][1]


def feeders(*rows):
    """Feeders from rows of source, target and log odds."""
    source, target, log_odds = zip(*rows, strict=True)
    return Feeders(
        source=np.array(source, dtype=np.int32),
        target=np.array(target, dtype=np.int32),
        log_odds=np.array(log_odds),
    )


def after_year_6(place):
    return transition_options(place, FIRST_SECONDARY_YEAR_GROUP - 1, 0.5, place.feeders)


def test_pupils_go_on_to_the_schools_theirs_feeds_in_proportion_to_pull_and_places():
    place = english_place(30_000)
    secondary = np.flatnonzero(place.schools.phase == Phase.SECONDARY)
    near, far = after_year_6(place).schools[[0, -1], 0]
    found = after_year_6(replace(place, feeders=feeders((0, far, 1.0), (0, near, 0.0))))
    chance = chances(found.utility)[:, 0]
    places = place.schools.places
    odds = np.array([np.e * places[far], places[near]])
    assert dict(zip(found.schools[chance > 0.0, 0], chance[chance > 0.0], strict=True)) == pytest.approx(
        {far: odds[0] / odds.sum(), near: odds[1] / odds.sum()}
    )
    assert len(secondary) > 2


def test_sources_that_feed_no_school_keep_their_nearest():
    place = english_place(30_000)
    plain, target = after_year_6(place), np.flatnonzero(place.schools.phase == Phase.SECONDARY)[0]
    primary = int(np.flatnonzero(place.schools.phase == Phase.PRIMARY)[-1])
    found = after_year_6(replace(place, feeders=feeders((0, target, 0.0), (1, primary, 0.0))))
    np.testing.assert_array_equal(found.schools[:, 1:], plain.schools[:, 1:])
    np.testing.assert_array_equal(found.utility[:, 1:], plain.utility[:, 1:])
    assert np.isfinite(found.utility[:, 0]).sum() == 1


def test_a_school_may_feed_more_schools_than_families_would_consider_by_distance():
    many = NEAREST_AT_TRANSITION + 3
    schools = np.zeros((NEAREST_AT_TRANSITION, 2), dtype=np.intp)
    plain = Options(schools=schools, utility=np.zeros(schools.shape), target=np.ones(many))
    found = fed(plain, feeders(*[(1, k, -float(k)) for k in range(many)]))
    np.testing.assert_array_equal(found.schools[:, 1], np.arange(many))
    assert np.isinf(found.utility[NEAREST_AT_TRANSITION:, 0]).all()
    np.testing.assert_allclose(found.utility[:, 1], -np.arange(many))


@pytest.mark.parametrize("results", [False, True])
def test_children_of_a_school_that_feeds_others_go_nowhere_else(results):
    place = with_feeders(with_results(english_place(30_000)) if results else english_place(30_000))
    whole = at_year_zero(place)
    register, year, n = whole.parts.register, place.year, len(place.schools)
    rows = block_of(whole, year, 6)
    before = register.school[rows].copy()
    whole.parts.enrolment.move_up(register, [register.in_year(year, 6)], year, register.mean_attainment)
    after = register.school[rows]
    goes_on = (before != after) & (after < n) & (register.first[rows] == 0)
    goes_on &= place.schools.phase[after % n] == Phase.SECONDARY
    pairs = set(zip(place.feeders.source.tolist(), place.feeders.target.tolist(), strict=True))
    assert goes_on.sum() > 1000
    moved = set(zip(before[goes_on].tolist(), after[goes_on].tolist(), strict=True))
    strays = [pair for pair in moved if pair not in pairs]
    assert len(strays) < 0.25 * len(moved)  # children who change places just before they go on


def test_without_sorting_only_distance_and_places_count():
    place = with_results(english_place(30_000))
    bare = at_year_zero(replace(place, school_results=None, feeders=None), off=("choice", "mobility"))
    off = at_year_zero(with_feeders(place), off=("choice", "mobility", "learning_value_added"))
    np.testing.assert_array_equal(bare.parts.register.school, off.parts.register.school)
