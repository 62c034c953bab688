"""What schools add lasts in part, drifts in part, and differs by class and year in part, as declared."""

from __future__ import annotations

import numpy as np
import pytest

from model.parameters import Parameters
from model.randomness import Chance
from tests.model.running import changed, place_of, system

PLACE = place_of(schools=130, pupils=40_000)
ONLY = {
    "lasting": "schools__lasting_sd_{}",
    "drifting": "schools__drifting_sd_{}",
    "class": "schools__cohort_sd_{}",
}


def alone(part, chance=None):
    """Value added of many schools with one of its parts only, and nothing from practice."""
    none = {
        name.format(phase): 0.0
        for kind, name in ONLY.items()
        if kind != part
        for phase in ("primary", "secondary")
    }
    return system(PLACE, None, changed(schools__practice_loading=0.0, **none), years=0, chance=chance).parts


def tables(parts, years):
    """Effects of some years; shape (years, domain, school, year group)."""
    n, found = len(PLACE.schools), []
    still = np.zeros((2, n))
    for year in range(PLACE.year, PLACE.year + years):
        if year > PLACE.year:
            parts.value_added.move_on(year)
        found.append(parts.value_added.table(year, still).reshape(2, -1, 12)[:, :n])
    return np.array(found)


@pytest.mark.parametrize(("phase", "year_group"), [("primary", 3), ("secondary", 9)])
def test_the_drifting_part_keeps_its_spread_and_goes_with_the_year_before(phase, year_group):
    p, found = Parameters().schools, tables(alone("drifting"), 40)[:, 0, :, year_group]
    sd = getattr(p, f"drifting_sd_{phase}")
    assert found[0].std() == pytest.approx(sd, rel=0.2)
    assert found[-10:].std() == pytest.approx(sd, rel=0.12)
    together = np.corrcoef(found[:-1].ravel(), found[1:].ravel())[0, 1]
    assert together == pytest.approx(getattr(p, f"drifting_autocorrelation_{phase}"), abs=0.06)


def test_the_drifting_part_before_year_nought_is_like_that_after_it():
    p, parts = Parameters().schools, alone("drifting")
    before = np.array([drift[0, 0] for drift in parts.value_added.backcast(30)])
    assert before[-10:].std() == pytest.approx(p.drifting_sd_primary, rel=0.12)
    together = np.corrcoef(before[:-1].ravel(), before[1:].ravel())[0, 1]
    assert together == pytest.approx(p.drifting_autocorrelation_primary, abs=0.06)
    now = tables(parts, 1)[0, 0, :, 3]
    assert np.corrcoef(now, before[0])[0, 1] == pytest.approx(p.drifting_autocorrelation_primary, abs=0.25)


def test_the_lasting_part_lasts_and_is_common_to_the_year_groups_of_a_phase():
    found, p = tables(alone("lasting"), 5), Parameters().schools
    assert (found == found[:1]).all()
    assert (found[..., :7] == found[..., :1]).all()
    assert found[0, :, :, 3].std() == pytest.approx(p.lasting_sd_primary, rel=0.2)


def test_the_schools_of_an_authority_add_its_mean_between_them():
    found, parts = tables(alone("lasting"), 1)[0], alone("lasting")
    schools = PLACE.schools
    for phase, group in ((0, 3), (1, 9)):
        takes = (schools.first_year_group <= group) & (schools.last_year_group >= group)
        weight = np.where(takes & (schools.first_year_group == (0 if phase == 0 else 7)), schools.places, 0.0)
        mean = (found[:, :, group] * weight).sum(axis=1) / weight.sum()
        np.testing.assert_allclose(mean, parts.paths.value_added[0, phase], atol=0.01)


def test_a_class_has_its_own_year_unlike_its_neighbours_and_the_next():
    found, p = tables(alone("class"), 6)[:, 0], Parameters().schools
    assert found[..., :7].std() == pytest.approx(p.cohort_sd_primary, rel=0.05)
    assert found[..., 7:].std() == pytest.approx(p.cohort_sd_secondary, rel=0.05)
    assert abs(np.corrcoef(found[:-1, :, 3].ravel(), found[1:, :, 3].ravel())[0, 1]) < 0.12
    assert abs(np.corrcoef(found[:, :, 3].ravel(), found[:, :, 4].ravel())[0, 1]) < 0.12


@pytest.mark.parametrize("part", ONLY)
def test_schools_good_at_literacy_tend_to_be_good_at_maths(part):
    found = tables(alone(part), 20)[..., 3]
    together = np.corrcoef(found[:, 0].ravel(), found[:, 1].ravel())[0, 1]
    allowed = 0.15 if part == "lasting" else 0.06
    assert together == pytest.approx(Parameters().schools.domain_correlation, abs=allowed)


def test_children_in_none_of_the_schools_of_the_place_learn_as_in_its_mean():
    parts = alone("class")
    table = parts.value_added.table(PLACE.year, np.zeros((2, len(PLACE.schools)))).reshape(2, -1, 12)
    away = table[:, len(PLACE.schools) :]
    np.testing.assert_array_equal(away[..., :7], np.broadcast_to(parts.paths.value_added[0, 0], (2, 1, 7)))
    np.testing.assert_array_equal(away[..., 7:], np.broadcast_to(parts.paths.value_added[0, 1], (2, 1, 5)))


def test_a_school_of_better_practice_adds_more_by_the_loading():
    parts = system(PLACE, None, changed(schools__practice_loading=0.1), years=0).parts
    n = len(PLACE.schools)
    plain, better = (parts.value_added.table(PLACE.year, np.full((2, n), x)) for x in (0.0, 1.0))
    np.testing.assert_allclose((better - plain).reshape(2, -1, 12)[:, :n], 0.1, atol=1e-12)


def test_replicates_share_the_lasting_part_and_not_the_drift():
    luck = [Chance(1, 2, replicate) for replicate in (0, 1)]
    lasting = [tables(alone("lasting", chance), 1) for chance in luck]
    np.testing.assert_array_equal(*lasting)
    assert not np.array_equal(*(tables(alone("drifting", chance), 1) for chance in luck))
