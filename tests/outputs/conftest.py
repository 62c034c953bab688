"""A finished run of the tiny model, as an outputs room would be handed it."""

import pytest

from experiments import bundle as bundling
from experiments.run import execute
from outputs.results import Results
from tests.experiments.by_hand import simulate_with_institutions
from tests.experiments.tiny import PlainScenario, tiny_place, tiny_simulate


def _results(draws, verb, simulate=tiny_simulate, institutions="all"):
    from experiments.draws import Sampler
    from experiments.jobs import Plan
    from experiments.runlist import grid
    from scenarios.evidence import rows

    scenarios = {"baseline": PlainScenario("baseline")}
    if verb == "compare":
        scenarios["tutoring"] = PlainScenario("tutoring", effect_row="prog_effect_prior")
    plan = Plan(
        rows=grid(["testshire"], list(scenarios), draws=draws, replicates=1),
        places={"testshire": tiny_place()},
        scenarios=scenarios,
        sampler=Sampler(seed=3, evidence=rows()),
        years=8,
        detail=True,
        institutions=institutions,
    )
    finished = execute(plan, engine="serial", simulate=simulate)
    titles = {"baseline": "As things stand", "tutoring": "=HYPERLINK(tutoring)"}
    settings = {"place": "testshire", "draws": draws, "detail": institutions}
    return Results(**bundling.bundle(finished, settings, verb=verb, baseline="baseline", titles=titles))


@pytest.fixture(scope="session")
def compared():
    return _results(120, "compare")


@pytest.fixture(scope="session")
def projected():
    return _results(30, "run")


@pytest.fixture(scope="session")
def central():
    return _results(0, "run")


@pytest.fixture(scope="session")
def supported():
    """Two scenarios with posts, cases, money and events."""
    return _results(40, "compare", simulate_with_institutions, "some")


@pytest.fixture(scope="session")
def supported_folder(supported, tmp_path_factory):
    """Its folder, without charts: to be read, or copied."""
    from outputs import store

    return store.save(supported, tmp_path_factory.mktemp("supported") / "r", charts=False)


@pytest.fixture(scope="session")
def supported_alone():
    """One scenario with them, without a record of each run's."""
    return _results(40, "run", simulate_with_institutions, "none")
