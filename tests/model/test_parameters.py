"""Every parameter is declared once, with unit, bounds and source; no value beyond its bounds is let in."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.declaration import CALIBRATED, Declared, declarations, parameter
from model.parameters import DECLARED, Parameters
from tests.model.running import course, levers, run, tiny_place

ROWS = list(DECLARED.values())
USUAL = Parameters()


def test_a_parameter_says_its_unit_meaning_bounds_and_source():
    for name, declared in DECLARED.items():
        assert declared.unit, name
        assert declared.description, name
        assert declared.source, name
        assert declared.low < declared.high, name
        assert declared.low <= declared.default <= declared.high, name
        assert bool(declared.targets) == (declared.source == CALIBRATED), name
        assert USUAL.value(name) == declared.default, name


def test_no_parameter_is_declared_twice():
    assert len({row.description for row in ROWS}) == len(ROWS)
    count = sum(len(fields(getattr(Parameters(), group.name))) for group in fields(Parameters))
    assert count == len(DECLARED)


def refusal(name, value):
    """What is said of a value that cannot be taken."""
    try:
        USUAL.changed({name: value})
    except ValueError as error:
        return str(error)
    return f"{name} = {value} is let in"


def test_a_value_beyond_its_bounds_is_refused_with_what_is_allowed():
    for name, declared in DECLARED.items():
        span, own = declared.high - declared.low, name.split(".")[1]
        for value in (declared.low - 0.01 * span, declared.high + 0.01 * span, float("nan")):
            said = refusal(name, value)
            assert re.search(rf"{own} is .*; allowed: .*{re.escape(str(declared.high))}", said), said


def test_its_bounds_themselves_are_allowed_and_read_back():
    for name, declared in DECLARED.items():
        for value in (declared.low, declared.high):
            found = USUAL.changed({name: value})
            assert found.value(name) == value, name
            moved = [n for n in DECLARED if found.value(n) != USUAL.value(n)]
            assert moved in ([name], []), name


@pytest.mark.parametrize("name", ["learning.catchup", "catch_up", "learning", "", "schools.catch_up"])
def test_an_undeclared_name_is_refused(name):
    with pytest.raises(KeyError) as caught:
        USUAL.changed({name: 0.1})
    assert caught.value.args == (name,)


def test_a_default_outside_its_own_bounds_cannot_be_declared():
    with pytest.raises(ValueError, match="outside"):
        parameter(2.0, unit="share", bounds=(0.0, 1.0), source="row", description="too much")


def test_a_fitted_value_without_a_target_cannot_be_declared():
    with pytest.raises(ValueError, match="target"):
        parameter(0.5, unit="share", bounds=(0.0, 1.0), source=CALIBRATED, description="to nothing")


@dataclass(frozen=True, kw_only=True)
class Weather(Declared):
    """A group of one."""

    rain: float = parameter(
        0.3, unit="share", bounds=(0.0, 1.0), source="sky", description="days of rain", tags=("effect",)
    )


def test_a_declaration_is_read_back_as_it_was_made():
    (row,) = declarations(Weather, "weather")
    assert row == ("weather.rain", "share", 0.3, 0.0, 1.0, "sky", (), ("effect",), "days of rain")
    with pytest.raises(ValueError, match=r"Weather\.rain is 1\.5; allowed: 0\.0 to 1\.0 share"):
        Weather(rain=1.5)


def check_finite(values):
    """Run a tiny place at these values and check that every measure is a number."""
    scenario = levers(course(eligible="disadvantaged"))
    with np.errstate(all="raise", under="ignore"):
        record = run(tiny_place(), scenario, USUAL.changed(values))
    kept = [i for i, column in enumerate(record.columns) if column.measure != "head_turnover"]
    broken = [record.columns[i] for i in kept if not np.isfinite(record.values[:, i]).all()]
    assert not broken
    assert np.isfinite(record.values[1:]).all()
    for measure in ("ks2_rwm_expected", "absence", "persistent_absence", "ehcp_share"):
        found = record.values[:, record.columns.index((measure, "all"))]
        assert np.all((found >= 0.0) & (found <= 100.0))


corners = st.dictionaries(
    st.sampled_from(sorted(DECLARED)),
    st.floats(0.0, 1.0) | st.sampled_from([0.0, 1.0]),
    min_size=1,
    max_size=8,
)


@given(corners)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_values_within_bounds_give_numbers(where):
    bounds = {name: (DECLARED[name].low, DECLARED[name].high) for name in where}
    between = {name: (1.0 - w) * bounds[name][0] + w * bounds[name][1] for name, w in where.items()}
    check_finite({name: float(np.clip(value, *bounds[name])) for name, value in between.items()})


@pytest.mark.slow
@pytest.mark.parametrize("end", ["low", "high"])
@pytest.mark.parametrize("name", DECLARED)
def test_every_parameter_may_stand_at_either_of_its_bounds(name, end):
    check_finite({name: getattr(DECLARED[name], end)})


@pytest.mark.slow
@pytest.mark.parametrize("end", ["low", "high"])
def test_all_parameters_of_a_mechanism_may_stand_at_their_bounds_together(end):
    for group in fields(Parameters):
        mine = [n for n in DECLARED if n.startswith(f"{group.name}.")]
        check_finite({name: getattr(DECLARED[name], end) for name in mine})
