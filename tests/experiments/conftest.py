"""Fixtures: a tiny place, a tiny model, and plans made of them."""

import pytest

from experiments.draws import Sampler
from experiments.jobs import Plan
from experiments.runlist import grid
from scenarios.evidence import rows
from tests.experiments.tiny import PlainScenario, tiny_place, tiny_simulate


@pytest.fixture
def place():
    return tiny_place()


@pytest.fixture
def simulate():
    return tiny_simulate


@pytest.fixture
def make_plan(place):
    def make(*, draws=6, replicates=2, years=4, scenarios=None, rows_=None, seed=1, effects=1.0, **more):
        listed = scenarios or (
            PlainScenario("baseline"),
            PlainScenario("tutoring", effect_row="prog_effect_prior"),
        )
        by_name = {scenario.name: scenario for scenario in listed}
        run_list = rows_ or grid(["testshire"], list(by_name), draws=draws, replicates=replicates)
        return Plan(
            rows=run_list,
            places={"testshire": place},
            scenarios=by_name,
            sampler=Sampler(seed=seed, evidence=rows(), effects=effects),
            years=years,
            **more,
        )

    return make
