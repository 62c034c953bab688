"""A published result is one noisy cohort: an LA's long-run level is pooled from all its years."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.levels import STAGES, draw_levels, long_run_levels
from model.parameters import Parameters
from model.paths import fit_paths, national_ks2_gaps
from model.place import Group
from model.randomness import Chance
from model.reference import build_reference
from tests.model.running import at_year_zero, block_of, changed, english_place

PLACE = english_place(9_000)
NATION = build_reference(Parameters(), PLACE.national)
KS2 = STAGES.index("ks2")


def levels(results, p=None):
    return long_run_levels(replace(PLACE, results=results), NATION, (p or Parameters()).schools)


def with_ks2(rows, more):
    """The place's results with its KS2 rates of some years higher for both groups."""
    rates = PLACE.results.ks2_rwm.copy()
    rates[:, rows] += more
    return replace(PLACE.results, ks2_rwm=rates)


def test_a_place_with_englands_results_stands_at_englands_level():
    np.testing.assert_allclose(levels(PLACE.results).mean, 0.0, atol=1e-12)


def test_one_good_year_is_believed_only_in_part():
    found = levels(with_ks2([-1], 0.08))
    shift, mean = found.ks2_shift[0, -1], found.mean[0, KS2]
    assert np.all(shift > 0.1)
    assert np.all((mean > 0.0) & (mean < 0.6 * shift))


def test_good_results_in_every_year_are_believed_far_more_than_in_one():
    one, every = levels(with_ks2([-1], 0.08)), levels(with_ks2(slice(None), 0.08))
    assert np.all(every.mean[0, KS2] > 1.5 * one.mean[0, KS2])
    assert np.all(every.mean[0, KS2] < np.nanmax(every.ks2_shift[0], axis=0))


def test_the_oldest_year_counts_less_than_the_latest():
    old, new = (levels(with_ks2([row], 0.08)).mean[0, KS2] for row in (0, -1))
    assert np.all((old > 0.0) & (old < new))


def test_a_level_that_never_wanders_counts_all_years_alike():
    p = changed(schools__la_wander_disadvantaged=0.0, schools__la_wander_other=0.0)
    old, new = (levels(with_ks2([row], 0.08), p).mean[0, KS2] for row in (0, -1))
    np.testing.assert_allclose(old, new, rtol=0.25)


def test_without_any_result_the_level_may_be_that_of_any_local_authority_and_has_wandered_since():
    nothing = {name: np.full_like(getattr(PLACE.results, name), np.nan) for name in ("eyfs_gld", "ks2_rwm")}
    nothing["ks4_attainment8"] = np.full_like(PLACE.results.ks4_attainment8, np.nan)
    found, p = levels(replace(PLACE.results, **nothing)), Parameters().schools
    assert not found.mean.any()
    years = np.sqrt(float(PLACE.results.years[-1] - PLACE.results.years[0]))
    expected = (
        np.hypot(p.la_sd_disadvantaged, years * p.la_wander_disadvantaged),
        np.hypot(p.la_sd_other, years * p.la_wander_other),
    )
    np.testing.assert_allclose(found.sd, [[expected] * 3])


def test_results_make_us_surer():
    p = Parameters().schools
    assert np.all(levels(PLACE.results).sd < [p.la_sd_disadvantaged, p.la_sd_other])


def test_a_smaller_place_is_believed_less():
    few = replace(
        PLACE,
        results=with_ks2([-1], 0.08),
        areas=replace(PLACE.areas, children=PLACE.areas.children / 10),
    )
    many = replace(PLACE, results=with_ks2([-1], 0.08))
    s = Parameters().schools
    found = [long_run_levels(p, NATION, s).mean[0, KS2] for p in (few, many)]
    assert np.all(found[0] < found[1])


def test_levels_drawn_spread_about_their_posterior_and_replicates_share_them():
    known = levels(with_ks2([-1], 0.08))
    assert draw_levels(known, PLACE, None) is known.mean
    many = np.stack([draw_levels(known, PLACE, Chance(1, d, 0).for_draw()) for d in range(1, 401)])
    np.testing.assert_allclose(many.mean(axis=0), known.mean, atol=0.03)
    np.testing.assert_allclose(many.std(axis=0), known.sd, rtol=0.15)
    again = draw_levels(known, PLACE, Chance(1, 3, 9).for_draw())
    np.testing.assert_array_equal(many[2], again)


def cohorts(results):
    """Further shift of each year group of year 0 from what its cohort did at KS2."""
    place = replace(PLACE, results=results)
    found = levels(results)
    still = np.zeros((1, 3, 2))
    return fit_paths(place, NATION, Parameters(), still, found.ks2_shift, np.zeros((1, 2))).cohort[0]


@pytest.mark.parametrize("year", [2019, 2022])
def test_a_secondary_cohort_carries_the_ks2_results_of_the_year_it_sat(year):
    row = int(np.flatnonzero(PLACE.results.years == year)[0])
    ago = PLACE.year - year
    change = cohorts(with_ks2([row], 0.08)) - cohorts(PLACE.results)
    year_group = 6 + ago
    shift = levels(with_ks2([row], 0.08)).ks2_shift[0, row]
    left = (1.0 - Parameters().learning.catch_up) ** ago
    np.testing.assert_allclose(change[year_group], left * shift[[Group.OTHER, Group.DISADVANTAGED]])
    assert not np.delete(change, year_group, axis=0).any()


def test_a_good_year_at_ks2_is_not_carried_by_primary_pupils():
    assert not cohorts(with_ks2([-1], 0.08))[:7].any()


def test_the_nations_ks2_gap_is_the_published_index_in_every_year_known():
    gaps, england = national_ks2_gaps(PLACE, NATION), PLACE.national
    assert gaps[0] == pytest.approx(NATION.ks2.low_income_gap)
    index = england.ks2_gap_index
    for ago in range(6):
        row = np.flatnonzero(england.results.years == PLACE.year - ago)
        if row.size and not np.isnan(index[row[0]]):
            assert gaps[ago] / gaps[0] == pytest.approx(index[row[0]] / index[-1])


def test_the_pupils_of_a_good_year_start_ahead_of_the_year_groups_beside_them():
    row = int(np.flatnonzero(PLACE.results.years == 2019)[0])
    one, other = (at_year_zero(p) for p in (PLACE, replace(PLACE, results=with_ks2([row], 0.08))))
    lead = [
        (other.parts.register.attainment[:, rows] - one.parts.register.attainment[:, rows]).mean()
        for rows in (block_of(one, PLACE.year, year_group) for year_group in (9, 10, 11))
    ]
    shift = levels(with_ks2([row], 0.08)).ks2_shift[0, row].mean()
    left = (1.0 - Parameters().learning.catch_up) ** 4
    assert lead[1] - 0.5 * (lead[0] + lead[2]) == pytest.approx(left * shift, rel=0.2)
