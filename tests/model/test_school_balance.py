"""What schools add leaves an LA's groups at their levels, and what goes with disadvantage lasts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.randomness import Chance
from model.recursion import growth
from model.school_balance import Pupils, mean_of_groups, what_lasts
from model.school_levels import Shift, accumulate

RHO, BACK = 0.86, 9
NOW = np.array([0], dtype=np.int32)


def schools(n=60, seed=1):
    """Schools of two LAs: pupils, and draws of v and u with what results add to them."""
    chance = Chance(seed, 0, 0)
    z = chance.normals("test", 0, 0, n * (2 * BACK + 3)).reshape(-1, n)
    everyone = 100.0 + 300.0 * chance.uniforms("pupils", 0, 0, n)
    share = chance.uniforms("share", 0, 0, n)
    pupils = Pupils(everyone, everyone * share, np.arange(n) % 2, 2)
    found = Shift(np.zeros(n), 0.03 * z[0] - 0.02 * share, 0.05 * z[1 : 1 + BACK].T - 0.05 * share[:, None])
    return pupils, found, 0.03 * z[-1], 0.08 * z[1 + BACK : 1 + 2 * BACK].T


def settled(seed=1, years=7):
    pupils, found, v, u = schools(seed=seed)
    spent = np.full(len(v), years, dtype=np.int32)
    return pupils, found, v, u, what_lasts(found, v, u, pupils, RHO, spent)


@given(st.integers(0, 50), st.sampled_from([2, 4, 7]))
def test_no_passing_year_goes_with_disadvantage_or_lifts_an_la(seed, years):
    pupils, _, _, u, made = settled(seed, years)
    total = u + made.drifting
    for ago in range(BACK):
        groups = mean_of_groups(total[:, ago], pupils)
        assert groups == pytest.approx(np.zeros((2, 2)), abs=1e-12)


def test_each_school_has_brought_its_cohort_what_its_results_say_but_for_the_las_mean():
    pupils, found, v, u, made = settled()
    g = growth(RHO, 7)

    def brought(shift):
        level = g * (v + shift.lasting) + accumulate(u + shift.drifting, RHO, NOW, 7)[:, 0]
        return level - pupils.mean(level)[pupils.la]

    assert brought(made) == pytest.approx(brought(found), abs=1e-12)


def test_the_lasting_part_has_mean_nought_over_the_pupils_of_each_la():
    pupils, _, v, _, made = settled()
    assert pupils.mean(v + made.lasting) == pytest.approx([0.0, 0.0], abs=1e-12)


def test_schools_of_poorer_pupils_that_add_less_set_the_groups_apart():
    pupils, _, v, _, made = settled()
    other, low = mean_of_groups(v + made.lasting - 0.1 * pupils.share, pupils).T
    assert (low < other).all()


def test_schools_without_pupils_are_left_alone():
    pupils, found, v, u = schools()
    none = pupils._replace(all=np.zeros(60), low_income=np.zeros(60))
    made = what_lasts(found, v, u, none, RHO, np.full(60, 7, dtype=np.int32))
    np.testing.assert_array_equal(made.drifting, found.drifting)
    np.testing.assert_array_equal(made.lasting, found.lasting)
