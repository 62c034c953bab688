"""A draw is the same in every scenario, stays inside its bounds, and stands at central values when asked."""

import numpy as np
import pytest

from experiments.draws import Sampler
from model.declaration import CALIBRATED, EFFECT
from model.parameters import DECLARED
from scenarios.errors import BadInput
from scenarios.evidence import rows, value
from scenarios.posterior import Fitted, posterior
from scenarios.setting_values import MOST_EFFECTS
from tests.experiments.tiny import PlainScenario


def sampler(**more):
    return Sampler(seed=5, evidence=rows(), **more)


def test_draw_nought_stands_at_central_values():
    parameters = sampler().parameters(0)
    for name, declared in DECLARED.items():
        expected = declared.default if declared.source == CALIBRATED else rows()[declared.source].central
        assert parameters.value(name) == pytest.approx(expected), name


def test_draws_spread_as_their_evidence_row_says():
    drawn = sampler()
    values = [drawn.row_value(draw, "prog_effect_prior") for draw in range(1, 801)]
    assert np.mean(values) == pytest.approx(0.06, abs=0.01)
    assert np.quantile(values, [0.05, 0.95]) == pytest.approx([-0.09, 0.21], abs=0.02)


def test_a_fitted_value_replaces_the_declared_start_and_is_drawn_over_its_range():
    fitted = sampler(posterior={"learning.catch_up": Fitted(0.2, 0.18, 0.25)})
    assert fitted.parameters(0).learning.catch_up == 0.2
    drawn = [fitted.parameters(draw).learning.catch_up for draw in range(1, 101)]
    inside = [0.18 <= value <= 0.25 for value in drawn]
    assert 0.82 < sum(inside) / len(drawn) < 0.97  # the range holds 90 draws in 100
    assert min(drawn) < 0.19 < 0.235 < max(drawn)


def test_two_programmes_on_the_same_prior_are_drawn_apart():
    drawn = sampler()
    assert drawn.row_value(3, "prog_effect_prior@one") != drawn.row_value(3, "prog_effect_prior@two")
    assert drawn.row_value(0, "prog_effect_prior@one") == 0.06


def test_effects_at_zero_silence_institutions_and_programmes():
    silent = sampler(effects=0.0)
    parameters = silent.parameters(4, {"schools.practice_loading": 0.2})
    assert all(parameters.value(name) == 0 for name, item in DECLARED.items() if EFFECT in item.tags)
    programme = silent.levers(4, PlainScenario("tutoring", effect_row="prog_effect_prior")).programmes[0]
    assert programme.literacy_sd == programme.maths_sd == 0
    assert programme.cost_per_pupil > 0


def test_effects_on_weaker_evidence_than_asked_stand_at_zero():
    parameters = sampler(level="strong").parameters(2)
    for name, item in DECLARED.items():
        if EFFECT in item.tags:
            assert (parameters.value(name) == 0) == (rows()[item.source].strength != "strong"), name


def test_the_users_own_value_stands_whatever_else_is_asked():
    own = sampler(effects=0.0, overrides={"schools.practice_loading": 0.1})
    assert own.parameters(7).schools.practice_loading == 0.1


def test_a_scenario_changes_only_what_it_names():
    drawn = sampler()
    plain, changed = drawn.parameters(9), drawn.parameters(9, {"learning.catch_up": 0.3})
    differing = [name for name in DECLARED if plain.value(name) != changed.value(name)]
    assert differing == ["learning.catch_up"]


def test_effects_beyond_the_bounds_are_refused():
    with pytest.raises(BadInput, match="effects=1000"):
        sampler(effects=1000.0).parameters(1)


@pytest.mark.parametrize("effects", [2.0, 5.0, 10.0])
def test_multiplied_effects_stay_inside_the_bounds_of_parameters(effects):
    drawn = sampler(effects=effects, posterior=posterior())
    for draw in range(21):
        drawn.parameters(draw)


def test_no_draw_can_leave_the_bounds_at_the_greatest_multiplier():
    for name, item in DECLARED.items():
        if EFFECT in item.tags:
            for share in (2.0**-17, 1 - 2.0**-17):  # beyond the first and last of 16 bits
                drawn = min(max(value(rows()[item.source], share), item.low), item.high)
                assert item.low <= MOST_EFFECTS * drawn <= item.high, name
