"""The scenarios of a pair share where the pupils of year 0 are, and nothing that happens afterwards."""

from dataclasses import replace

import numpy as np
import pytest

from model.levers import Levers
from model.parameters import Parameters
from model.place import SchoolResults
from model.randomness import Chance
from model.system import simulate
from tests.model.compiled import levers_of
from tests.model.running import place_of

PLACE = place_of(schools=14, pupils=5_000)


def published():
    """The place with the results of its schools as if published."""
    n = len(PLACE.schools)
    rows = simulate(PLACE, Levers(), Parameters(), years=3, chance=Chance(5, 1, 0), detail=True).schools
    known = {
        name: getattr(rows, name).reshape(-1, n).T.astype(float)[:, 1:]
        for name in ("roll", "ks2_rwm_expected", "ks4_attainment8", "disadvantaged_share")
    }
    groups = PLACE.schools.last_year_group - PLACE.schools.first_year_group + 1
    pupils = known["roll"] / groups[:, None]
    results = SchoolResults(
        years=np.arange(PLACE.year - 2, PLACE.year + 1, dtype=np.int32),
        ks2_rwm=known["ks2_rwm_expected"],
        ks2_pupils=pupils,
        ks4_attainment8=known["ks4_attainment8"],
        ks4_progress8=np.full((n, 3), np.nan),
        ks4_pupils=pupils,
        disadvantaged_share=known["disadvantaged_share"][:, -1],
    )
    return replace(PLACE, school_results=results)


def record_of(place, levers, chance, switches=None):
    return simulate(place, levers, Parameters(), years=3, chance=chance, switches=switches).values


@pytest.mark.parametrize("place_of_pair", [lambda: PLACE, published], ids=["unknown", "published"])
def test_a_scenario_after_others_of_its_pair_runs_as_it_does_by_itself(place_of_pair):
    place, shared = place_of_pair(), Chance(3, 1, 1, keep=True)
    for name in ("baseline", "five_year_funding", "la_withdraws", "baseline"):
        levers = levers_of(name, place.year)
        alone = record_of(place, levers, Chance(3, 1, 1))
        np.testing.assert_array_equal(record_of(place, levers, shared), alone)


@pytest.mark.parametrize("off", [{}, {"mobility": False}, {"choice": False, "learning_value_added": False}])
def test_other_switches_or_another_place_are_placed_anew(off):
    shared = Chance(3, 1, 1, keep=True)
    record_of(PLACE, Levers(), shared)
    other = replace(PLACE, name="the same schools elsewhere")
    for place in (PLACE, other):
        alone = record_of(place, Levers(), Chance(3, 1, 1), off)
        np.testing.assert_array_equal(record_of(place, Levers(), shared, off), alone)
