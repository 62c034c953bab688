"""A place where nothing happens stays where it is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from calibration.drift import Mirrored, drift_of, drifts, pairs_missing, year_0_only
from calibration.drift_limits import CHECKS, verdicts
from model.place import Place
from model.randomness import Chance
from scenarios.places import resolve


@pytest.fixture(scope="module")
def small_place() -> Place:
    return resolve("synthetic", {"schools": 20, "pupils": 7000, "special_schools": 1, "ap_schools": 1})


def table_of(means: dict[str, float], spread: float = 0.0, pairs: int = 40) -> pd.DataFrame:
    """Drifts of every series: the means given, 0 for the others, spread evenly about the mean."""
    about = spread * np.where(np.arange(pairs) % 2, 1.0, -1.0)
    columns = {(c.measure, c.group): means.get(f"{c.measure} {c.group}", 0.0) + about for c in CHECKS}
    return pd.DataFrame(columns)


def verdict(table: pd.DataFrame, measure: str, group: str, *, one_year_known: bool = True) -> str:
    judged = verdicts(table, one_year_known=one_year_known).set_index(["measure", "group"])
    return str(judged.loc[(measure, group), "verdict"])


def test_a_steady_series_has_no_drift_whatever_its_year_0() -> None:
    assert drift_of(np.array([80.0] + [65.0] * 10)) == 0.0


def test_a_series_that_rises_a_point_a_year_drifts_seven() -> None:
    assert drift_of(np.arange(11.0)) == pytest.approx(7.0)


def test_a_drift_beyond_the_limit_fails() -> None:
    found = table_of({"ks2_rwm_expected disadvantaged": -0.4}, spread=0.1)
    assert verdict(found, "ks2_rwm_expected", "disadvantaged") == "FAILS"
    assert verdict(found, "ks2_rwm_expected", "other") == "passes"


def test_a_verdict_within_two_errors_of_the_limit_is_called_unsure() -> None:
    found = table_of({"ks2_rwm_expected all": 0.28}, spread=0.2)
    assert verdict(found, "ks2_rwm_expected", "all") == "passes (unsure)"


def test_ks4_may_move_only_while_cohorts_carry_their_own_ks2_results() -> None:
    found = table_of({"ks4_attainment8 other": 0.9}, spread=0.1)
    assert verdict(found, "ks4_attainment8", "other", one_year_known=False) == "may move"
    assert verdict(found, "ks4_attainment8", "other", one_year_known=True) == "FAILS"


def test_noisier_places_are_run_more_often_up_to_the_most_allowed() -> None:
    assert pairs_missing(table_of({}, spread=0.05), most=200) == 0
    some, many = (pairs_missing(table_of({}, spread=s), most=2000) for s in (0.8, 1.6))
    assert 0 < some < many
    assert pairs_missing(table_of({}, spread=1.6), most=50) == 10


def test_a_mirror_image_turns_every_draw_round() -> None:
    chance, mirror = Chance(1, 0, 1), Mirrored(1, 0, 1)
    assert np.allclose(chance.normals("tests", 3, 0, 101), -mirror.normals("tests", 3, 0, 101))
    assert np.allclose(chance.uniforms("tests", 3, 0, 101), 1.0 - mirror.uniforms("tests", 3, 0, 101))


def test_a_mirror_image_is_of_the_same_place() -> None:
    here, there = Chance(1, 0, 1).for_draw(), Mirrored(1, 0, 1).for_draw()
    assert np.array_equal(here.normals("lasting", 0, 0, 50), there.normals("lasting", 0, 0, 50))


def test_a_place_known_by_year_0_alone_keeps_only_its_last_results() -> None:
    ealing = resolve("ealing")
    alone = year_0_only(ealing)
    assert list(alone.results.years) == [ealing.year] == list(alone.national.results.years)
    assert np.array_equal(alone.results.ks2_rwm[0, 0], ealing.results.ks2_rwm[0, -1])
    assert alone.national.ks2_gap_index[0] == ealing.national.ks2_gap_index[-1]
    assert alone.schools is ealing.schools


def test_a_small_place_known_by_year_0_alone_stands_still_within_its_noise(small_place: Place) -> None:
    table = drifts(year_0_only(small_place), range(1, 9), workers=1)
    judged = verdicts(table, one_year_known=True)
    beyond = (judged["drift"].abs() - 4.0 * judged["mc_error"]) / judged["limit"]
    assert beyond.max() < 1.0, judged[beyond >= 1.0]
    assert judged["mc_error"].min() >= 0.0


@pytest.mark.slow
def test_ealing_does_not_drift() -> None:
    judged = verdicts(drifts(resolve("ealing"), range(1, 41), workers=2), one_year_known=False)
    sure = judged["drift"].abs() - 2.0 * judged["mc_error"] > judged["limit"]
    assert not (sure & (judged["verdict"] != "may move")).any(), judged
