"""Whose turn it is with a trust's central team: sharing makes no more of it, the weakest may be first."""

from __future__ import annotations

import numpy as np
import pytest

from model.alone import run_alone
from model.central_teams import CentralTeams, times_even
from model.place import Phase
from model.randomness import Chance
from model.trust_parameters import TrustParameters
from model.trust_support import TrustSupport
from tests.model.compiled import funded, parameters_of
from tests.model.running import place_of
from tests.model.trusted import facts, in_trusts

YEAR = 39.0
ANYHOW = {"quality_sd": 0.0}


def standing(sizes, seed=1, **more):
    place = facts(sizes, **more)
    return place, np.random.default_rng(seed).normal(size=place.n_schools)


def support(place, standing=None, on=True, **values):
    trusts = in_trusts(place, **{**ANYHOW, **values})
    room = TrustSupport(trusts, TrustParameters(**{**ANYHOW, **values}), 0.9, on=on)
    if standing is not None:
        room.look(np.repeat(standing[:, None], 9, axis=1))
    return room


def by_trust(place, values):
    rows = place.trust >= 0
    weight = np.bincount(place.trust[rows], place.pupils[rows])
    return np.bincount(place.trust[rows], (place.pupils * values)[rows]) / weight


def test_shared_out_by_need_or_not_a_trust_has_the_same_time():
    place, practice = standing([4, 9, 1])
    for targeting in (-0.5, 0.0, 0.7, 2.0):
        times = times_even(place.trust, place.pupils, practice, targeting)
        assert by_trust(place, times) == pytest.approx(np.ones(3))


def test_the_weaker_a_school_is_among_its_trust_s_the_more_time_it_gets():
    place, practice = standing([6])
    times = times_even(place.trust, place.pupils, practice, 0.5)
    assert (np.diff(times[np.argsort(practice)]) < 0.0).all()
    assert times.max() / times.min() == pytest.approx(np.exp(0.5 * np.ptp(practice)))


@pytest.mark.parametrize("targeting", [-0.2, 0.4, 0.8])
def test_what_a_trust_brings_in_all_its_schools_stays_what_it_is(targeting):
    place, practice = standing([5, 12, 30], maintained=4)
    even, aimed = support(place).level(), support(place, practice, targeting=targeting).level()
    assert by_trust(place, aimed) == pytest.approx(by_trust(place, even), abs=1e-12)
    assert aimed.std() > even.std()
    assert not aimed[place.trust < 0].any()


def test_an_even_share_is_what_it_was_to_the_bit_however_schools_stand():
    place, practice = standing([5, 12], maintained=2)
    np.testing.assert_array_equal(support(place).level(), support(place, practice).level())


def test_among_schools_alike_need_makes_no_difference():
    place, practice = standing([5, 12])
    alike = support(place, np.full_like(practice, 0.3), targeting=0.8)
    assert alike.level() == pytest.approx(support(place).level())


def test_time_follows_practice_from_year_to_year():
    place, practice = standing([6])
    room = support(place, practice, targeting=0.8)
    before = room.term(0).copy()
    assert room.term(1) is room.term(2)
    room.look(np.repeat(-practice[:, None], 9, axis=1))
    after = room.term(3)
    worst = int(np.argmax(practice))
    assert after[worst, 1] > before[worst, 1]
    assert (place.pupils * after[:, 1]).sum() == pytest.approx((place.pupils * before[:, 1]).sum())


def test_between_phases_time_is_shared_so_that_the_whole_stays():
    place, practice = standing([20])
    aimed, even = support(place, practice, targeting=0.5).level(), support(place).level()
    secondary = place.phase == Phase.SECONDARY
    assert even[secondary].max() < even[~secondary].min()
    assert by_trust(place, aimed) == pytest.approx(by_trust(place, even))


def cases(world, targeting, terms=6, people=0.1):
    place, practice = world
    room = CentralTeams(place, targeting)
    paid = people * place.pupils / 300.0 * (place.trust >= 0)
    for term in range(terms):
        room.term(term, paid, practice)
    return room.rows(), paid


def test_schools_that_come_first_are_cases_of_a_year():
    place, practice = world = standing([6, 4], maintained=3)
    rows, _ = cases(world, 0.6)
    assert {*rows.broker} == {"trust"} and {*rows.state} == {"completed"}
    assert {*rows.term.tolist()} == {0, 3}
    assert (rows.ended - rows.matched == YEAR).all()
    for trust in (0, 1):
        mine = np.flatnonzero(place.trust == trust)
        assert mine[np.argmin(practice[mine])] in rows.school
        assert mine[np.argmax(practice[mine])] not in rows.school
    assert not (place.trust[rows.school] < 0).any()


def test_no_more_time_is_given_than_is_paid_for():
    rows, paid = cases(standing([6, 4]), 0.6, terms=3)
    assert rows.weeks_delivered.sum() < YEAR * paid.sum()
    assert (rows.weeks_delivered > YEAR * paid[rows.school]).all()


def test_a_year_that_is_not_over_is_under_way():
    rows, _ = cases(standing([6]), 0.6, terms=4)
    late = rows.term == 3
    assert {*np.array(rows.state)[late]} == {"in delivery"} and np.isnan(rows.ended[late]).all()
    assert rows.weeks_delivered[late] == pytest.approx(rows.weeks_delivered[~late] / 3.0)


@pytest.mark.parametrize(("targeting", "people"), [(0.0, 0.1), (0.6, 0.0)])
def test_with_even_shares_or_no_one_to_share_there_is_nothing_to_broker(targeting, people):
    rows, _ = cases(standing([6, 4]), targeting, people=people)
    assert not len(rows.school)


def run(targeting, on=True):
    place = place_of(schools=30, pupils=9000, trusts=3)
    p = parameters_of().changed({"trust.targeting": targeting})
    return run_alone(place, funded(place), p, years=3, chance=Chance(1, 0, 0), switches={"trust_support": on})


def test_in_a_whole_place_aimed_help_is_recorded_and_without_trusts_help_there_is_none():
    brokers = {name: {*run(*how).record().cases.broker} for name, how in
               {"aimed": (0.6,), "even": (0.0,), "off": (0.6, False)}.items()}  # fmt: skip
    assert "trust" in brokers["aimed"]
    assert "trust" not in brokers["even"] | brokers["off"]
