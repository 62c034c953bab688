"""Two runs at once never take, or throw away, what the other has done."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from experiments.parts import part_path, save
from experiments.run import execute
from experiments.study import give_back_if_empty, prepare
from scenarios.errors import BadInput
from scenarios.settings import from_values

PLACE = {"place": "synthetic", "generator": {"schools": 8, "pupils": 2500}, "years": 1, "draws": 0}


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def study(**settings):
    return prepare(from_values("run", {**PLACE, **settings}))


def test_another_plan_leaves_the_kept_parts_of_the_first_alone(make_plan, simulate, tmp_path):
    parts, first = tmp_path / "parts", make_plan(seed=1, draws=2, replicates=1)
    execute(first, engine="serial", parts=parts, simulate=simulate)
    execute(make_plan(seed=2, draws=2, replicates=1), engine="serial", parts=parts, simulate=simulate)
    assert execute(first, engine="serial", parts=parts, simulate=simulate).reused == len(first.rows)


def test_studies_that_differ_keep_their_parts_apart():
    one, other = study(seed=1), study(seed=2)
    assert one.out == other.out
    assert one.parts != other.parts
    assert one.parts == study(seed=1).parts


def test_a_study_finds_its_parts_again_when_another_has_taken_its_name():
    kept = study().parts
    study().out.mkdir(parents=True)
    assert study().parts == kept


def test_a_part_whose_folder_another_run_cleared_is_not_missed(make_plan, simulate, tmp_path):
    part = execute(make_plan(draws=1), engine="serial", simulate=simulate).parts[0]
    save(part, part_path(tmp_path / "gone", "f", part.rows))
    assert not (tmp_path / "gone").exists()


def test_two_runs_of_one_plan_at_once_both_have_a_folder_of_their_own():
    studies = [study(engine="serial"), study(engine="serial")]
    assert studies[0].out == studies[1].out
    with ThreadPoolExecutor(2) as pool:
        finished = list(pool.map(lambda item: item.execute(progress=False), studies))
    bundles = [item.bundle(done) for item, done in zip(studies, finished, strict=True)]
    assert [item.out.name for item in studies] == ["run-synthetic-baseline", "run-synthetic-baseline-2"]
    assert [found["manifest"]["settings"]["out"] for found in bundles] == [str(item.out) for item in studies]


def test_a_claimed_folder_is_given_back_only_if_nothing_was_stored(tmp_path):
    empty, full = tmp_path / "empty", tmp_path / "full"
    empty.mkdir()
    full.mkdir()
    (full / "manifest.json").write_text("{}")
    for folder in (empty, full, tmp_path / "none"):
        give_back_if_empty(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["full"]


def test_effects_beyond_the_bounds_of_a_parameter_leave_nothing_on_disk(tmp_path):
    refused = study(parameters={"learning.catch_up": 0.2}, draws=1)
    refused.plan.sampler.__dict__["effects"] = 1000.0
    with pytest.raises(BadInput, match="effects=1000"):
        refused.execute(progress=False)
    assert not list(tmp_path.iterdir())
