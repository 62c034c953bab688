"""Each school's intake is the one its published results tell of, where they are known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.intake import ks4_on_ks2, prior_attainment, shares_that_add_up
from model.parameters import Parameters
from model.place import Phase
from model.randomness import Chance
from model.reference import build_reference
from tests.model.running import (
    at_year_zero,
    block_of,
    english_place,
    here,
    place_of,
    poor,
    run,
    system,
)
from tests.model.with_results import results_of, with_feeders, with_results


def test_what_a_school_can_expect_of_its_areas_is_what_its_children_bring():
    place = english_place(30_000)
    whole = system(place, years=0)
    home = np.random.default_rng(1).normal(0.0, 0.3, len(place.areas))
    expected = whole.parts.enrolment.expected_area_home(home)
    register, n = whole.parts.register, len(place.schools)
    count, total = np.zeros(n), np.zeros(n)
    for cohort in register.cohorts:
        whole.parts.enrolment.enter(register, cohort)
        rows = slice(cohort.start, cohort.end)
        here = register.school[rows] < n
        count += np.bincount(register.school[rows][here], minlength=n)
        total += np.bincount(register.school[rows][here], home[register.area[rows]][here], minlength=n)
    primary = place.schools.phase == Phase.PRIMARY
    error = 0.3 / np.sqrt(count[primary])
    np.testing.assert_array_less(
        np.abs(expected[primary] - total[primary] / count[primary]), 5.0 * error + 1e-9
    )


def test_schools_that_begin_later_can_expect_what_schools_before_them_pass_on():
    place = english_place(30_000)
    enrolment = system(place, years=0).parts.enrolment
    secondary = place.schools.phase == Phase.SECONDARY
    assert enrolment.expected_area_home(np.full(len(place.areas), 0.2))[secondary] == pytest.approx(0.2)
    east = enrolment.expected_area_home(place.areas.x_km)[secondary]
    assert np.corrcoef(east, place.schools.x_km[secondary])[0, 1] > 0.8


def test_no_one_is_expected_where_no_one_enters():
    place = place_of()
    special = place.schools.phase == Phase.SPECIAL
    expected = system(place, years=0).parts.enrolment.expected_area_home(np.zeros(len(place.areas)))
    np.testing.assert_array_equal(np.isnan(expected[special]), True)


def intakes_of(place, year_groups, phase, off=(), replicates=4):
    """Children of some year groups in each school, and their disadvantaged share."""
    n = len(place.schools)
    count, poor_ones = np.zeros(n), np.zeros(n)
    for replicate in range(replicates):
        whole = at_year_zero(place, chance=Chance(1, 0, replicate), off=off)
        for year_group in year_groups:
            rows = block_of(whole, place.year, year_group)
            school = whole.parts.register.school[rows]
            here = school < n
            count += np.bincount(school[here], minlength=n)
            labelled = poor(whole, rows, int(phase == Phase.SECONDARY))
            poor_ones += np.bincount(school[here], labelled[here], n)
    mine = place.schools.phase == phase
    return count[mine], poor_ones[mine] / count[mine]


def prior_of(place, results=None):
    """Prior attainment that results tell of, where nothing stands in for what they do not."""
    p, still = Parameters(), np.zeros(len(place.schools))
    return prior_attainment(
        place, results or place.school_results, p, build_reference(p, place.national), still
    )


def wanted_shares(place, phase):
    """Published shares, made to add up to the children there are."""
    schools, rates = place.schools, place.rates
    rate = rates.disadvantaged_ks4 if phase == Phase.SECONDARY else rates.disadvantaged_ks2
    intake = np.where(schools.phase == phase, schools.places, 0.0)
    total = np.bincount(schools.la, intake, place.n_la)
    share = shares_that_add_up(place.school_results.disadvantaged_share, intake, schools.la, rate * total)
    return share[schools.phase == phase]


@pytest.mark.parametrize(
    ("phase", "year_groups"), [(Phase.PRIMARY, range(0, 7)), (Phase.SECONDARY, range(7, 9))]
)
def test_intakes_have_the_disadvantaged_shares_published(phase, year_groups):
    place = with_feeders(with_results(english_place(30_000), sd=0.05), targets=8)
    count, share = intakes_of(place, year_groups, phase)
    wanted = wanted_shares(place, phase)
    error = np.sqrt(wanted * (1.0 - wanted) / count)
    assert np.sqrt(np.mean((share - wanted) ** 2)) < 2.0 * np.sqrt(np.mean(error**2)) + 0.01
    assert np.corrcoef(share, wanted)[0, 1] > 0.95
    assert np.polyfit(wanted, share, 1)[0] == pytest.approx(1.0, abs=0.12)


def test_with_choice_off_published_shares_play_no_part():
    place = with_feeders(with_results(english_place(30_000)), targets=8)
    off = intakes_of(place, range(7, 9), Phase.SECONDARY, off=("choice",))[1]
    wanted = wanted_shares(place, Phase.SECONDARY)
    on = intakes_of(place, range(7, 9), Phase.SECONDARY)[1]
    assert np.mean((off - wanted) ** 2) > 4.0 * np.mean((on - wanted) ** 2)


@pytest.mark.parametrize("change", [-0.06, 0.06])
def test_a_school_with_more_disadvantaged_pupils_published_takes_more(change):
    place = with_results(english_place(30_000))
    results = place.school_results
    share = results.disadvantaged_share.copy()
    one = int(np.flatnonzero(place.schools.phase == Phase.SECONDARY)[2])
    share[one] += change
    other = replace(place, school_results=replace(results, disadvantaged_share=share))
    position = np.flatnonzero(np.flatnonzero(place.schools.phase == Phase.SECONDARY) == one)[0]
    before, after = (intakes_of(p, (7,), Phase.SECONDARY, replicates=2)[1][position] for p in (place, other))
    assert 0.4 < (after - before) / change < 1.6


def prior_found(place, off=(), replicates=3):
    """Mean attainment of the children who begin secondary school after year 0, against all who do."""
    n, total, count = len(place.schools), np.zeros(len(place.schools)), np.zeros(len(place.schools))
    for replicate in range(replicates):
        whole = at_year_zero(place, chance=Chance(1, 0, replicate), off=off)
        register, year = whole.parts.register, place.year
        cohort, rows = register.in_year(year, 6), block_of(whole, year, 6)
        attainment = register.mean_attainment(cohort)
        whole.parts.enrolment.move_up(register, [cohort], year, register.mean_attainment)
        school = register.school[rows]
        here = (school < n) & (place.schools.phase[school % n] == Phase.SECONDARY)
        total += np.bincount(school[here], attainment[here] - attainment[here].mean(), n)
        count += np.bincount(school[here], minlength=n)
    mine = place.schools.phase == Phase.SECONDARY
    return (total[mine] / count[mine]), count[mine]


def consistent(place, sd=0.15):
    """Results in which poorer schools' intakes have lower prior attainment, as published ones do."""
    secondary = place.schools.phase == Phase.SECONDARY
    share = place.school_results.disadvantaged_share
    rng = np.random.default_rng(5)
    prior = -2.0 * (share - share[secondary].mean()) + rng.normal(0.0, sd, len(share))
    return replace(place, school_results=results_of(place, share, np.where(secondary, prior, np.nan)))


def test_secondary_intakes_stand_as_their_results_tell():
    place = consistent(with_feeders(with_results(english_place(40_000)), targets=8))
    wanted = prior_of(place)[place.schools.phase == Phase.SECONDARY]
    found, count = prior_found(place)
    assert np.corrcoef(found, wanted)[0, 1] > 0.9
    assert np.polyfit(wanted, found, 1)[0] == pytest.approx(1.0, abs=0.2)
    off, _ = prior_found(place, off=("choice",))
    assert np.mean((off - wanted) ** 2) > 3.0 * np.mean((found - wanted) ** 2)
    planned = place.schools.places[place.schools.phase == Phase.SECONDARY]
    assert np.abs(count / count.sum() / (planned / planned.sum()) - 1.0).max() < 0.15


def test_prior_attainment_is_read_back_from_attainment_8_and_progress_8():
    place = english_place(30_000)
    secondary = place.schools.phase == Phase.SECONDARY
    prior = np.where(secondary, np.random.default_rng(3).normal(0.0, 0.3, len(secondary)), np.nan)
    found = prior_of(place, results_of(place, np.full(len(secondary), np.nan), prior))
    np.testing.assert_array_equal(np.isnan(found), ~secondary)
    found, prior = found[secondary], prior[secondary] - prior[secondary].mean()
    np.testing.assert_allclose(found, prior * (found[0] / prior[0]), atol=1e-9)
    assert 0.9 < found[0] / prior[0] < 1.0  # drawn in a little: pupils are sampled


def test_without_progress_8_the_disadvantaged_share_and_a_draw_tell_of_prior_attainment():
    place, p = english_place(30_000), Parameters()
    secondary = np.flatnonzero(place.schools.phase == Phase.SECONDARY)
    n = len(place.schools)
    share = np.where(np.arange(n) == secondary[0], 0.5, 0.2)
    results = results_of(place, share, np.where(place.schools.phase == Phase.SECONDARY, 0.2, np.nan))
    results.ks4_progress8[secondary[:2]] = np.nan
    reference, reputation = build_reference(p, place.national), np.arange(n) * 0.1
    still = prior_attainment(place, results, p, reference, np.zeros(n))
    drawn = prior_attainment(place, results, p, reference, reputation)
    assert still[secondary[0]] - still[secondary[1]] == pytest.approx(0.3 * p.choice.prior_on_disadvantaged)
    difference = (drawn - still)[secondary]
    assert difference[:2] == pytest.approx(p.choice.prior_sd * reputation[secondary[:2]])
    np.testing.assert_array_equal(difference[2:], 0.0)


def test_the_slope_of_ks4_on_ks2_is_the_one_pupils_show():
    p = Parameters()
    slopes = []
    for replicate in range(2):
        whole = system(english_place(30_000), years=5, chance=Chance(1, 0, replicate))
        whole.year_zero()
        register, year = whole.parts.register, whole.place.year
        rows = block_of(whole, year, 6)
        early = whole.sittings("ks2")[0].mean
        for now in range(year + 1, year + 6):
            whole.begin_year(now)
            for term in range(3):
                whole.term(term)
            whole.end_year()
        late = 0.5 * (register.attainment[0, rows] + register.attainment[1, rows])
        stays = here(whole, rows)
        slopes.append(np.polyfit(early[stays], late[stays], 1)[0])
    expected = ks4_on_ks2(p, build_reference(p, whole.place.national))
    assert np.mean(slopes) == pytest.approx(expected, abs=0.04)


def test_intakes_and_rolls_of_schools_stay_steady_over_ten_years():
    place = with_feeders(consistent(with_results(english_place(30_000))), targets=8)
    secondary = place.schools.phase == Phase.SECONDARY
    shares, rolls = [], []
    for replicate in range(2):
        record = run(
            place, years=10, chance=Chance(1, 0, replicate), off=("rolls", "level_wander"), detail=True
        )
        n = len(place.schools)
        shares.append(record.schools.disadvantaged_share.reshape(-1, n))
        rolls.append(record.schools.roll.reshape(-1, n))
    share, roll = np.mean(shares, axis=0)[:, secondary], np.mean(rolls, axis=0)[:, secondary]
    early, late = share[1:4].mean(axis=0), share[8:11].mean(axis=0)
    assert np.corrcoef(early, late)[0, 1] > 0.95
    assert np.abs(late - early).mean() < 0.02
    assert np.abs(roll[8:].mean(axis=0) / roll[1:4].mean(axis=0) - 1.0).mean() < 0.04


def test_shares_are_shifted_until_they_add_up_to_the_children_there_are():
    la = np.array([0, 0, 0, 1, 1], dtype=np.int32)
    intake = np.array([100.0, 50.0, 150.0, 80.0, 20.0])
    share = np.array([0.1, 0.5, 0.3, 0.2, 0.6])
    labelled = np.array([120.0, 20.0])
    found = shares_that_add_up(share, intake, la, labelled)
    np.testing.assert_allclose(np.bincount(la, intake * found), labelled, rtol=1e-6)
    assert (np.argsort(found[:3]) == np.argsort(share[:3])).all()
    assert (found[:3] > share[:3]).all()
    assert (found[3:] < share[3:]).all()


def test_a_school_of_unknown_share_takes_what_is_left():
    la, intake = np.zeros(3, dtype=np.int32), np.array([100.0, 100.0, 100.0])
    share = np.array([0.1, 0.3, np.nan])
    np.testing.assert_allclose(
        shares_that_add_up(share, intake, la, np.array([65.0]))[:2], share[:2], rtol=1e-6
    )
    found = shares_that_add_up(share, intake, la, np.array([160.0]))  # more than one school can take
    assert np.isnan(found[2])
    assert (found[:2] > share[:2]).all()


def two_authorities():
    """The same place with its schools and areas shared between two LAs, east and west."""
    place = english_place(40_000)
    middle = np.median(place.schools.x_km)
    east = (place.schools.x_km > middle).astype(np.int32)
    area = (place.areas.x_km > middle).astype(np.int32)
    twice = {name: np.repeat(getattr(place.rates, name), 2) for name in vars(place.rates)}
    results = {
        name: np.repeat(getattr(place.results, name), 2, axis=0)
        for name in ("eyfs_gld", "ks2_rwm", "ks4_attainment8")
    }
    children = np.bincount(area, place.areas.children)
    return replace(
        place,
        la_code=(1, 2),
        la_name=("West", "East"),
        schools=replace(place.schools, la=east),
        areas=replace(place.areas, la=area),
        rates=replace(place.rates, **twice),
        results=replace(place.results, **results),
        secondary_pupils=place.secondary_pupils * children / children.sum(),
    )


def test_prior_attainment_counts_against_the_school_s_own_authority():
    place = two_authorities()
    secondary = place.schools.phase == Phase.SECONDARY
    prior = np.where(secondary, 0.4 * place.schools.la, np.nan)
    found = prior_of(place, results_of(place, np.full(len(secondary), np.nan), prior))
    np.testing.assert_allclose(found[secondary], 0.0, atol=1e-9)


def test_each_authority_s_schools_take_its_own_children_in_the_shares_published():
    place = with_results(two_authorities(), sd=0.05)
    count, share = intakes_of(place, range(7, 9), Phase.SECONDARY, replicates=2)
    wanted = wanted_shares(place, Phase.SECONDARY)
    assert np.corrcoef(share, wanted)[0, 1] > 0.9
    assert np.sqrt(np.mean((share - wanted) ** 2)) < 0.035
    assert (count > 0).all()


def test_a_selective_school_takes_those_of_high_attainment_that_its_results_tell_of():
    place = with_results(english_place(40_000), sd=0.1)
    schools, results = place.schools, place.school_results
    one = int(np.flatnonzero(schools.phase == Phase.SECONDARY)[3])
    points = results.ks4_attainment8.copy()
    points[one] += 12.0
    selective = np.arange(len(schools)) == one
    share = results.disadvantaged_share.copy()
    share[one] = 0.08
    place = replace(
        place,
        schools=replace(schools, selective=selective),
        school_results=replace(results, ks4_attainment8=points, disadvantaged_share=share),
    )
    found, _ = prior_found(place)
    position = int(np.flatnonzero(np.flatnonzero(schools.phase == Phase.SECONDARY) == one)[0])
    wanted = prior_of(place)
    assert found[position] == pytest.approx(wanted[one], abs=0.2)
    assert found[position] > 0.5


@pytest.mark.parametrize("share", [np.nan, 0.0, 1.0])
def test_extreme_or_missing_shares_leave_every_child_in_a_school(share):
    place = english_place(20_000)
    n = len(place.schools)
    results = results_of(place, np.full(n, share), np.full(n, np.nan))
    whole = at_year_zero(replace(place, school_results=results))
    plain = at_year_zero(place)
    for year_group in (0, 6, 7, 11):
        rows = block_of(whole, place.year, year_group)
        assert here(whole, rows).sum() == here(plain, rows).sum()
