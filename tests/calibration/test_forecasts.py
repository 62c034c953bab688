"""Forecasts made in 2016 are scored against what came, beside forecasts anyone could make."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from calibration.backtest import START, forecasts, noise, published, scores
from calibration.forecasts import covered, kept_share, score
from scenarios.places import resolve


def cell(place: str, year: int, actual: float, **more: float) -> dict[str, object]:
    return {
        "place": place,
        "measure": "ks2_rwm_expected",
        "group": "gap",
        "year": year,
        "actual": actual,
        **more,
    }


def test_figures_without_noise_are_believed_in_full() -> None:
    assert np.allclose(kept_share(np.array([3.0, -2.0]), np.zeros(2)), 1.0)


def test_differences_no_larger_than_their_noise_are_not_believed() -> None:
    assert np.allclose(kept_share(np.array([1.0, -1.0]), np.array([4.0, 4.0])), 0.0)


def test_large_authorities_keep_more_of_their_distance_from_england() -> None:
    large, small = kept_share(np.array([5.0, -5.0]), np.array([1.0, 9.0]))
    assert 0.0 < small < large < 1.0


def test_an_authority_without_a_figure_has_no_shrunken_forecast() -> None:
    kept = kept_share(np.array([5.0, np.nan]), np.array([1.0, 1.0]))
    assert 0.0 < kept[0] < 1.0


def test_bands_of_few_runs_cover_as_often_as_they_say() -> None:
    from scipy.special import ndtri

    actual = ndtri((np.arange(2000) + 0.5) / 2000)
    inside = covered(actual, np.zeros(2000), np.ones(2000), runs=1000, level=0.80)
    assert inside.mean() == pytest.approx(0.80, abs=0.01)
    wider = covered(actual, np.zeros(2000), np.ones(2000), runs=3, level=0.80)
    assert wider.mean() > 0.9


def test_a_perfect_model_beats_persistence_and_is_covered() -> None:
    table = pd.DataFrame(
        {
            "actual": [10.0, 12.0, 8.0],
            "model": [10.0, 12.0, 8.0],
            "sd": [1.0, 1.0, 1.0],
            "persistence": [11.0, 11.0, 11.0],
            "shrunken": [10.5, 10.5, 10.5],
        }
    )
    found = score(table, runs=10)
    assert found["rmse_model"] == 0.0
    assert found["mae_persistence"] == pytest.approx(5.0 / 3.0)
    assert found["bias_persistence"] == pytest.approx(1.0)
    assert found["spread_persistence"] == pytest.approx(np.std([1.0, -1.0, 3.0]))
    assert (found["nearer"], found["cover_50"]) == (100.0, 100.0)


def test_forecasts_against_england_take_off_what_england_did() -> None:
    actual = pd.DataFrame(
        [cell("a", START, 24.0), cell("a", 2017, 30.0), cell("b", START, 16.0), cell("b", 2017, 18.0)]
    )
    england = pd.DataFrame([cell("england", START, 20.0), cell("england", 2017, 25.0)])
    keys = ["place", "measure", "group", "year"]
    runs = actual[keys].assign(model=22.0, sd=1.0)
    noises = actual.loc[actual["year"] == START, keys[:3]].assign(noise=16.0)
    found = forecasts(actual, england, runs, noises).set_index(["view", "place"])
    plain, relative = found.loc[("as published", "a")], found.loc[("against England", "a")]
    assert (plain["actual"], plain["model"], plain["persistence"]) == (30.0, 22.0, 24.0)
    assert (relative["actual"], relative["model"], relative["persistence"]) == (5.0, 2.0, 4.0)
    # distances of 4 with a noise of SD 4 are believed not at all
    assert (plain["shrunken"], relative["shrunken"]) == (20.0, 0.0)


def test_every_series_is_scored_year_by_year() -> None:
    rows = [
        cell("a", year, 20.0, model=21.0, sd=1.0, persistence=19.0, shrunken=20.0) for year in (2017, 2018)
    ]
    found = scores(pd.DataFrame(rows).assign(view="as published"), draws=4)
    assert list(found["year"]) == [2017, 2018]
    assert list(found["n"]) == [1.0, 1.0]


def test_what_is_compared_is_what_was_published() -> None:
    found = published(307, "ealing").set_index(["measure", "group", "year"])["actual"]
    for year in (START, 2017, 2018, 2019):
        low, high, gap = (
            found["ks2_rwm_expected", group, year] for group in ("disadvantaged", "other", "gap")
        )
        assert gap == pytest.approx(high - low)
    assert found["ks4_attainment8", "other", 2019] > found["ks4_attainment8", "disadvantaged", 2019]


def test_a_small_authority_has_noisier_figures_than_a_large_one() -> None:
    small, large = (
        noise(resolve(f"{name}@{START}"), 17.0).set_index(["measure", "group"])["noise"]
        for name in ("rutland", "birmingham")
    )
    assert (small > large).all()
    assert small["ks2_rwm_expected", "gap"] > small["ks2_rwm_expected", "other"]


def test_a_forecast_of_2016_is_given_nothing_later() -> None:
    place = resolve(f"ealing@{START}")
    assert max(place.results.years) == max(row.year for row in place.history) == START
    assert max(place.national.results.years) == START
