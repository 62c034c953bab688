"""A synthetic place is an average English place with the schools that were asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from model.place import Flag, Phase, Place
from scenarios.errors import BadInput, UnknownName
from scenarios.places import GeneratorOptions, describe, resolve

Count = Callable[[Place], NDArray[np.float64]]


def test_the_benchmark_has_85_schools_and_38_000_pupils(pupils: Count) -> None:
    place = resolve("benchmark")
    assert len(place.schools) == 85
    assert pupils(place).sum() == pytest.approx(38_000, abs=0.5)
    assert set(place.schools.phase.tolist()) >= {Phase.PRIMARY, Phase.SECONDARY, Phase.SPECIAL}


def test_a_synthetic_place_has_the_results_of_england() -> None:
    place = resolve("synthetic")
    assert np.array_equal(place.results.ks2_rwm, place.national.results.ks2_rwm)
    assert {row.flag for row in place.history} == {Flag.SYNTHETIC}
    flags = describe(place)
    assert flags["published"].sum() == flags["imputed"].sum() == 0


def test_another_seed_gives_another_place_with_the_same_totals(pupils: Count) -> None:
    one, two = resolve("synthetic", {"seed": 1}), resolve("synthetic", {"seed": 2})
    assert not np.array_equal(one.schools.places, two.schools.places)
    assert pupils(one).sum() == pytest.approx(pupils(two).sum())


def test_more_disadvantage_is_what_was_asked_for() -> None:
    place = resolve("synthetic", {"disadvantaged_share": 0.5})
    assert np.average(place.areas.low_income_share, weights=place.areas.children) == pytest.approx(
        0.5, abs=1e-6
    )
    assert place.rates.disadvantaged_ks4[0] > place.national.rates.disadvantaged_ks4[0]


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    schools=st.integers(10, 300),
    size=st.integers(100, 900),
    primary_share=st.floats(0.3, 0.97),
    disadvantaged_share=st.floats(0.03, 0.8),
    academy_share=st.floats(0.0, 1.0),
    trusts=st.integers(0, 200),
    special_schools=st.integers(0, 4),
    ap_schools=st.integers(0, 3),
    seed=st.integers(0, 1000),
)
def test_any_allowed_settings_give_a_place_that_adds_up(
    pupils: Count, schools: int, size: int, seed: int, **options: float
) -> None:
    place = resolve("synthetic", {"schools": schools, "pupils": schools * size, "seed": seed, **options})
    assert len(place.schools) == schools
    assert pupils(place).sum() == pytest.approx(schools * size, rel=1e-9)
    share = np.average(place.areas.low_income_share, weights=place.areas.children)
    assert share == pytest.approx(options["disadvantaged_share"], abs=1e-6)
    for part in (place.schools, place.areas):
        for item in fields(part):
            column = getattr(part, item.name)
            assert isinstance(column, tuple) or bool(np.all(np.isfinite(column)))


@pytest.mark.parametrize(
    ("given_options", "key", "said"),
    [
        ({"schools": 2}, "generator.schools", "4 to 5000"),
        ({"schools": "many"}, "generator.schools", "whole number"),
        ({"schools": 40.5}, "generator.schools", "whole number"),
        ({"schools": True}, "generator.schools", "whole number"),
        ({"disadvantaged_share": float("nan")}, "generator.disadvantaged_share", "0.03 to 0.8"),
        ({"schools": 6, "special_schools": 5}, "generator.schools", "at least"),
        ({"schools": 85, "pupils": 600}, "generator.pupils", "8500"),
        ({"la_type": "outer_lundon"}, "generator.la_type", "outer_london"),
    ],
)
def test_settings_outside_their_range_are_refused_by_name(
    given_options: dict[str, object], key: str, said: str
) -> None:
    with pytest.raises(BadInput) as refused:
        resolve("synthetic", given_options)
    assert refused.value.where == key
    assert said in str(refused.value)


def test_an_unknown_generator_setting_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownName) as refused:
        resolve("synthetic", {"scools": 40})
    assert refused.value.nearest[0] == "schools"


def test_a_slip_in_synthetic_is_answered_with_synthetic_and_not_with_its_settings() -> None:
    with pytest.raises(UnknownName) as refused:
        resolve("synthtic", {"schools": 40})
    assert refused.value.nearest[0] == "synthetic"


def test_generator_settings_are_refused_for_a_real_place() -> None:
    with pytest.raises(BadInput, match="do not apply"):
        resolve("ealing", {"schools": 40})
    with pytest.raises(BadInput, match="do not apply"):
        resolve("benchmark", {"seed": 2})


def test_every_setting_says_its_unit_range_and_meaning() -> None:
    for item in fields(GeneratorOptions):
        assert item.metadata["unit"] and item.metadata["description"]
        assert bool(item.metadata["bounds"]) != bool(item.metadata["choices"])
