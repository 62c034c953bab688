"""The simulated nation of year 0 has the nation's published rates, gaps and ranks."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy import stats

from model.bivariate import both_at_least
from model.need import Need, need_classes, need_thresholds, tail_cut
from model.parameters import Parameters
from model.place import YEAR_GROUPS, Group
from model.recursion import READ_AT
from model.reference import build_reference, gap_after, label_weights
from tests.model.running import at_year_zero, block_of, changed, english_place, tiny_place

NATIONAL = tiny_place().national
NATION = build_reference(Parameters(), NATIONAL)
PUPILS = 400_000


@cache
def drawn(stage_name):
    """A nation of pupils drawn cell by cell: both scores and low income, apart from the code that fits it."""
    p, stage = Parameters().learning, getattr(NATION, stage_name)
    rng = np.random.default_rng(11)
    low = rng.random(PUPILS) < NATION.low_income
    need = (rng.random(PUPILS)[:, None] > np.cumsum(NATION.cells.share, axis=1)[low.astype(int)][:, :-1]).sum(
        1
    )
    sd_home = np.sqrt(p.home_variance * (1.0 + p.domain_correlation) / 2.0)
    mean = NATION.cells.home_mean[low.astype(int), need] * sd_home - NATION.cells.drag[need]
    mean = mean - stage.low_income_gap * low
    variance = stage.spread.variance[low.astype(int), need]
    covariance = stage.spread.covariance[low.astype(int), need]
    z = rng.standard_normal((2, PUPILS))
    r = covariance / variance
    first = mean + np.sqrt(variance) * z[0]
    second = mean + np.sqrt(variance) * (r * z[0] + np.sqrt(1.0 - r**2) * z[1])
    return np.stack([first, second]), low


def groups(stage_name, low):
    """Rows of the published group at a stage, given low income: labels follow low income by their weights."""
    weight = getattr(NATION, stage_name).label_weight
    chance = np.random.default_rng(5).random(len(low))
    rates = NATIONAL.rates
    label = {
        "eyfs": float(rates.fsm_primary[0]),
        "ks2": float(rates.disadvantaged_ks2[0]),
        "ks4": float(rates.disadvantaged_ks4[0]),
    }[stage_name]
    prior = np.where(low, NATION.low_income, 1.0 - NATION.low_income)
    return chance < weight[Group.DISADVANTAGED][low.astype(int)] * label / prior


def test_all_pupils_reach_the_expected_standard_at_the_published_rate():
    scores, _ = drawn("ks2")
    rates, share = NATIONAL.results.ks2_rwm[0, -1], float(NATIONAL.rates.disadvantaged_ks2[0])
    published = share * rates[Group.DISADVANTAGED] + (1.0 - share) * rates[Group.OTHER]
    assert (scores.min(axis=0) >= NATION.ks2.cut).mean() == pytest.approx(published, abs=0.003)


def test_both_groups_reach_the_expected_standard_near_their_published_rates():
    scores, low = drawn("ks2")
    passed, labelled = scores.min(axis=0) >= NATION.ks2.cut, groups("ks2", low)
    rates = NATIONAL.results.ks2_rwm[0, -1]
    assert passed[labelled].mean() == pytest.approx(rates[Group.DISADVANTAGED], abs=0.02)
    assert passed[~labelled].mean() == pytest.approx(rates[Group.OTHER], abs=0.02)


def test_both_groups_reach_a_good_level_of_development_at_their_published_rates():
    scores, low = drawn("eyfs")
    passed, labelled = scores.mean(axis=0) >= NATION.eyfs.cut, groups("eyfs", low)
    rates = NATIONAL.results.eyfs_gld[0, -1]
    assert passed[labelled].mean() == pytest.approx(rates[Group.DISADVANTAGED], abs=0.006)
    assert passed[~labelled].mean() == pytest.approx(rates[Group.OTHER], abs=0.006)


def test_both_groups_have_their_published_attainment_8():
    scores, low = drawn("ks4")
    stage, labelled = NATION.ks4, groups("ks4", low)
    points = (scores.mean(axis=0) - stage.cut) * stage.points_per_unit
    published = NATIONAL.results.ks4_attainment8[0, -1]
    assert points[labelled].mean() == pytest.approx(published[Group.DISADVANTAGED], abs=0.25)
    assert points[~labelled].mean() == pytest.approx(published[Group.OTHER], abs=0.25)


@pytest.mark.parametrize(("stage_name", "share"), [("ks2", "ks2_rwm_higher"), ("ks4", "ks4_em5")])
def test_the_higher_standard_is_reached_at_the_published_rate(stage_name, share):
    scores, _ = drawn(stage_name)
    reached = (scores.min(axis=0) >= getattr(NATION, stage_name).higher_cut).mean()
    assert reached == pytest.approx(getattr(NATIONAL, share), abs=0.003)


@pytest.mark.parametrize("stage_name", ["ks2", "ks4"])
def test_the_gap_index_is_the_published_one(stage_name):
    scores, low = drawn(stage_name)
    rank = stats.rankdata(scores.mean(axis=0)) / PUPILS
    labelled = groups(stage_name, low)
    index = 20.0 * (rank[~labelled].mean() - rank[labelled].mean())
    assert index == pytest.approx(getattr(NATIONAL, f"{stage_name}_gap_index")[-1], abs=0.03)


@pytest.mark.parametrize("stage_name", ["eyfs", "ks2", "ks4"])
def test_ranks_mean_and_sd_are_those_of_the_nation(stage_name):
    scores, stage = drawn(stage_name)[0].mean(axis=0), getattr(NATION, stage_name)
    assert (stage.mean, stage.sd) == pytest.approx((scores.mean(), scores.std()), abs=0.006)
    for share in (0.05, 0.25, 0.5, 0.75, 0.95):
        assert float(stage.rank(np.quantile(scores, share))) == pytest.approx(share, abs=0.003)


def test_ranks_rise_with_scores_from_nought_to_one():
    ranks = NATION.ks2.rank(np.linspace(-20.0, 20.0, 999))
    assert np.all(np.diff(ranks) >= 0.0)
    assert ranks[0] == pytest.approx(0.0, abs=1e-6)
    assert ranks[-1] == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize("values", [{"learning__catch_up": 0.1}, {"learning__home_variance": 0.6}])
def test_every_draw_of_the_parameters_has_the_nations_rate(values):
    nation = build_reference(changed(**values), NATIONAL)
    share = float(NATIONAL.rates.disadvantaged_ks2[0])
    stage = nation.ks2
    rates = [np.interp(stage.cut, stage.position(g, p := np.linspace(0.99, 0.01, 99)), p) for g in Group]
    published = NATIONAL.results.ks2_rwm[0, -1]
    assert share * rates[0] + (1 - share) * rates[1] == pytest.approx(
        share * published[0] + (1 - share) * published[1], abs=0.002
    )


def test_shifting_a_group_by_the_distance_between_two_positions_turns_one_rate_into_the_other():
    scores, low = drawn("ks2")
    mine = scores.min(axis=0)[groups("ks2", low)]
    here, there = (float(NATION.ks2.position(Group.DISADVANTAGED, r)) for r in (0.40, 0.55))
    assert (mine >= here).mean() == pytest.approx(0.40, abs=0.005)
    assert (mine + (here - there) >= here).mean() == pytest.approx(0.55, abs=0.005)


@pytest.mark.parametrize("correlation", [-0.5, 0.0, 0.3, 0.75, 0.95])
@pytest.mark.parametrize("cut", [-2.0, -0.3, 0.0, 0.8, 2.5])
def test_the_chance_that_both_scores_reach_a_cut_is_the_bivariate_normals(cut, correlation):
    normal = stats.multivariate_normal([0.0, 0.0], [[1.0, correlation], [correlation, 1.0]])
    assert float(both_at_least(np.array(cut), np.array(correlation))) == pytest.approx(
        normal.cdf([-cut, -cut]), abs=1e-7
    )


def test_the_labels_of_few_pupils_fall_on_the_poorest():
    np.testing.assert_allclose(label_weights(0.2, 0.3), [[0.0, 1.0], [0.875, 0.125]])
    np.testing.assert_allclose(label_weights(0.4, 0.3), [[0.25, 0.75], [1.0, 0.0]])


def test_gaps_between_the_ages_read_lie_on_the_path_of_the_recursion():
    gaps, rho = (0.3, 0.6, 0.8), 0.85
    for age, gap in zip(("eyfs", "ks2", "ks4"), gaps, strict=True):
        assert gap_after(gaps, rho, READ_AT[age]) == pytest.approx(gap)
    path = np.array([gap_after(gaps, rho, years) for years in range(1, YEAR_GROUPS + 1)])
    assert np.all(np.diff(path) > 0.0)


def test_need_thresholds_leave_the_given_shares_above_them():
    support, plan, special, low, shift = 0.13, 0.03, 0.015, 0.27, 0.4
    cuts = need_thresholds(support, plan, special, low, shift)
    above = (1.0 - low) * stats.norm.sf(cuts) + low * stats.norm.sf(cuts - shift)
    np.testing.assert_allclose(above, [support + plan + special, plan + special, special], atol=1e-9)


@pytest.mark.parametrize("share", [0.001, 0.02, 0.2, 0.6])
@pytest.mark.parametrize("low", [0.05, 0.6])
def test_a_cut_of_need_has_the_wanted_share_above_it(share, low):
    cut = tail_cut(np.array([share]), np.array([low]), 0.8)
    assert (1 - low) * stats.norm.sf(cut) + low * stats.norm.sf(cut - 0.8) == pytest.approx(share, abs=1e-8)


def test_need_is_commoner_and_home_advantage_lower_where_theory_says():
    share, home = NATION.need.share, NATION.need.home_mean
    np.testing.assert_allclose(share.sum(axis=1), 1.0)
    assert np.all(share[1, 1:] > share[0, 1:])
    assert np.all(np.diff(home, axis=1) < 0.0)
    np.testing.assert_allclose((share[0] * home[0]).sum(), 0.0, atol=1e-9)
    assert np.all(np.diff(NATION.need.drag) > 0.0)


def test_no_correlation_with_home_means_need_tells_nothing_of_it():
    p = changed(learning__need_home_correlation=0.0).learning
    classes = need_classes(p, NATION.need.thresholds)
    assert not classes.home_mean.any()
    assert not classes.home_variance_loss.any()


def test_pupils_of_a_place_have_the_nations_levels_of_need():
    whole = at_year_zero(english_place(30_000))
    register, rows = whole.parts.register, whole.parts.register.active(whole.place.year)
    low = register.low_income[rows]
    for poor in (0, 1):
        found = np.bincount(register.need[rows][low == poor], minlength=4) / (low == poor).sum()
        wanted = NATION.need.share[poor]
        np.testing.assert_allclose(found[: Need.SPECIAL], wanted[: Need.SPECIAL], atol=0.02)
    assert block_of(whole, whole.place.year, 0).stop == rows.stop
