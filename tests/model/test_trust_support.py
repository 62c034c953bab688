"""What central teams bring, net of the top-slice: by size and phase, and nothing where nothing is taken."""

from __future__ import annotations

import numpy as np
import pytest

from model.gains import course_of
from model.parameters import Parameters
from model.place import Phase
from model.practice import INDEX_WEIGHTS, index_scale
from model.recursion import READ_AT, SECONDARY_YEARS, growth
from model.trust_parameters import TrustParameters
from model.trust_support import SUPPORTED, TrustSupport, made_of_a_pound
from tests.model.trusted import facts, in_trusts

P = Parameters()
KEPT = course_of(P).kept_usually
USUAL = {"quality_sd": 0.0}


def support(place, on=True, **values):
    trusts = in_trusts(place, **{**USUAL, **values})
    return TrustSupport(trusts, TrustParameters(**{**USUAL, **values}), KEPT, on=on)


def attainment(level: np.ndarray, phase: Phase) -> np.ndarray:
    """Pupil SD at the end of a phase spent in schools with such a level of practice."""
    weight = float((INDEX_WEIGHTS @ SUPPORTED / index_scale(P.practice.domain_correlation)).mean())
    years = SECONDARY_YEARS if phase == Phase.SECONDARY else READ_AT["ks2"]
    return level * weight * P.schools.practice_loading * growth(1.0 - P.learning.catch_up, years)


def england(number: int = 1064) -> list[int]:
    """Sizes of trusts of two or more, as published: rows calc_trust_size_logmean and _logsd."""
    share = (np.arange(number) + 0.5) / number
    quantiles = {0.1: 2, 0.25: 3, 0.5: 5, 0.75: 9, 0.9: 15, 0.95: 20, 0.99: 39}
    sizes = np.interp(share, list(quantiles), list(quantiles.values()))
    return np.maximum(np.round(sizes), 2).astype(int).tolist()


def by_size_and_phase(**values):
    place = facts(england())
    level = support(place, **values).level()
    sizes = np.bincount(place.trust)[place.trust]
    effect = np.where(
        place.phase == Phase.SECONDARY, attainment(level, Phase.SECONDARY), attainment(level, Phase.PRIMARY)
    )
    large, secondary = sizes >= 16, place.phase == Phase.SECONDARY
    return {
        "overall": effect.mean(),
        "small": effect[~large].mean(),
        "large secondary": effect[large & secondary].mean(),
        "small secondary": effect[~large & secondary].mean(),
        "large primary": effect[large & ~secondary].mean(),
    }


def test_trusts_are_worth_about_nothing_small_ones_a_little_more_and_very_large_secondary_ones_less():
    effect = by_size_and_phase()
    assert -0.03 <= effect["overall"] <= 0.03
    assert 0.0 < effect["small"] <= 0.06
    assert -0.08 <= effect["large secondary"] < 0.0
    assert effect["large secondary"] < effect["large primary"] < effect["small"]


def test_without_economies_of_scale_and_without_co_ordination_size_makes_no_difference():
    flat = by_size_and_phase(scale_gain=0.0, span_primary=100.0, span_secondary=60.0, fixed_gbp=20000.0)
    assert flat["small"] < 0.0
    assert flat["overall"] < by_size_and_phase()["overall"]


def test_co_ordination_takes_ever_more_as_a_trust_grows_and_most_in_secondary_schools():
    schools = np.array([10.0, 20.0, 40.0, 80.0])
    p = TrustParameters()
    primary, secondary = (
        made_of_a_pound(schools, 400.0 * schools, np.full(4, kind), np.zeros(4), p) for kind in (0.0, 1.0)
    )
    assert (np.diff(primary) < 0).all()
    assert (secondary < primary).all()


def test_a_trust_of_very_few_small_schools_can_hardly_pay_for_being_one():
    few = made_of_a_pound(
        np.array([2.0, 6.0]), np.array([300.0, 1800.0]), np.zeros(2), np.zeros(2), TrustParameters()
    )
    assert few[0] < 1.0 < few[1]


def test_a_school_alone_in_its_trust_and_a_maintained_school_have_and_pay_nothing():
    place = facts([4], alone=2, maintained=3)
    room = support(place)
    assert not room.level()[4:].any()
    assert not room.central_gbp()[4:].any()
    assert room.central_gbp()[:4] == pytest.approx(0.05 * 5500.0 * place.pupils[:4])


@pytest.mark.parametrize("values", [{"on": False}, {"central_effect": 0.0}, {"top_slice": 0.0}])
def test_switched_off_without_effect_or_without_a_slice_practice_is_left_alone(values):
    room = support(facts([4, 5], maintained=3), **values)
    assert room.term(0) is None
    assert not room.opening().any()


def test_what_is_lost_in_a_term_is_what_the_trust_renews_so_that_its_schools_stay_where_they_are():
    room = support(facts([6, 3], maintained=4))
    held = room.opening()
    for term in range(30):
        held = KEPT * held + room.term(term)
    assert held == pytest.approx(room.opening())


def test_a_school_that_joins_comes_to_the_level_of_its_trust_over_years():
    place = facts([6], maintained=4)
    room = support(place)
    room.term(0)
    place.trust = np.where(np.arange(10) == 8, 0, place.trust).astype(np.int32)
    held, path = np.zeros((10, 9)), []
    for term in range(60):
        held = KEPT * held + room.term(term)
        path.append(held[8, 1] / room.level()[8])
    assert 0.1 < path[2] < 0.35
    assert 0.4 < path[8] < 0.7
    assert path[-1] > 0.97


def test_central_teams_work_on_teaching_and_leadership_alone():
    room = support(facts([6]))
    assert (room.opening() != 0).any(axis=0).tolist() == SUPPORTED.astype(bool).tolist()


def test_good_and_poor_central_teams_cancel_out():
    place = facts([5] * 400)
    spread = TrustSupport(in_trusts(place, quality_sd=0.3), TrustParameters(), KEPT, on=True).level()
    usual = support(place).level()
    assert spread.std() > 2 * usual.std()
    assert spread.mean() == pytest.approx(usual.mean(), abs=0.02)
