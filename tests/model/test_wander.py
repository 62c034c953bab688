"""The level of a place wanders as published results have, for all its pupils alike, and with no trend."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.parameters import Parameters
from model.randomness import Chance
from model.wander import Steady, Wandering
from tests.model.running import block_of, changed, has_run, place_of, run, series, tiny_place

PLACE = tiny_place()


def steps(place, years=600, seed=1):
    wandering = Wandering(place, Parameters().schools, Chance(seed, 0, 0))
    return np.array([wandering.step(year) for year in range(years)])


def test_a_level_steps_as_fast_as_declared_without_a_trend():
    found, p = steps(PLACE, 3000)[:, 0], Parameters().schools
    sd = np.array([p.la_wander_other, p.la_wander_disadvantaged])
    np.testing.assert_allclose(found.std(axis=0), sd, rtol=0.06)
    assert np.all(np.abs(found.mean(axis=0)) < 4.0 * sd / np.sqrt(len(found)))


def test_the_two_groups_of_a_place_tend_to_move_together():
    found = steps(PLACE, 3000)[:, 0]
    assert np.corrcoef(found.T)[0, 1] == pytest.approx(Parameters().schools.la_wander_correlation, abs=0.05)


def test_a_place_wanders_alike_alone_and_in_company():
    alone = replace(PLACE, la_code=(307,), la_name=("Ealing",))
    company = replace(PLACE, la_code=(301, 307, 320), la_name=("A", "Ealing", "B"))
    together = steps(company, 50)
    np.testing.assert_array_equal(steps(alone, 50)[:, 0], together[:, 1])
    assert abs(np.corrcoef(together[:, 0, 0], together[:, 1, 0])[0, 1]) < 0.5


def test_a_place_that_stays_put_takes_no_step():
    assert Steady().step(2024) is None


@pytest.mark.parametrize("year_group", [0, 3, 6])
def test_every_pupil_moves_with_the_level_of_their_group_and_stays_moved(year_group):
    place, years = place_of(), 5
    on, off = (has_run(place, years=years, off=o) for o in ((), ("level_wander",)))
    wandering = Wandering(place, Parameters().schools, Chance(1, 0, 0))
    moved = sum(wandering.step(place.year + ahead)[0] for ahead in range(1, years + 1))
    rows = block_of(on, on.now, year_group)
    low = on.parts.register.low_income[rows].astype(int)
    apart = on.parts.register.attainment[:, rows] - off.parts.register.attainment[:, rows]
    np.testing.assert_allclose(apart, np.broadcast_to(moved[low], apart.shape), atol=1e-12)


def test_a_projection_is_less_sure_where_levels_wander():
    fast = changed(schools__la_wander_other=0.1, schools__la_wander_disadvantaged=0.1)
    spread = [
        np.std(
            [
                series(
                    run(place_of(), None, fast, years=8, chance=Chance(1, 0, r), off=off),
                    "ks2_rwm_expected",
                    "all",
                )[6:]
                for r in range(8)
            ]
        )
        for off in ((), ("level_wander",))
    ]
    assert spread[0] > 2.0 * spread[1]
