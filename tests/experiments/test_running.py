"""Whatever the engine, the order, or an interruption on the way, the same plan leaves the same results."""

import numpy as np
import pandas as pd
import pytest

from experiments.jobs import chunk_rows
from experiments.run import execute, forget
from experiments.runlist import RunRow, grid
from experiments.tables import parameters_used, school_table, trajectories
from scenarios.errors import BadInput
from tests.experiments.tiny import PlainScenario, tiny_simulate


def same_bits(first, second):
    pd.testing.assert_frame_equal(first, second, check_exact=True)


def test_two_workers_give_the_bits_of_one(make_plan, simulate):
    plan = make_plan()
    alone = trajectories(execute(plan, engine="serial", simulate=simulate))
    together = trajectories(execute(plan, engine="joblib", workers=2, simulate=simulate))
    same_bits(alone, together)


def test_a_shuffled_run_list_gives_the_same_bits(make_plan, simulate):
    plan = make_plan()
    shuffled = make_plan(
        rows_=tuple(plan.rows[index] for index in np.argsort([hash((7, *row[2:])) for row in plan.rows]))
    )
    same_bits(
        trajectories(execute(plan, simulate=simulate, engine="serial")),
        trajectories(execute(shuffled, simulate=simulate, engine="serial")),
    )


def test_a_row_gives_the_same_bits_alone_and_in_company(make_plan, simulate):
    whole = trajectories(execute(make_plan(), simulate=simulate, engine="serial"))
    alone = trajectories(
        execute(make_plan(rows_=(RunRow("testshire", "tutoring", 3, 2),)), simulate=simulate)
    )
    one = whole.query("scenario == 'tutoring' and draw == 3 and replicate == 2")
    np.testing.assert_array_equal(one["value"], alone.query("kind == 'simulated'")["value"])


class StopsAfter:
    """The tiny model, until somebody presses Ctrl-C."""

    def __init__(self, rows):
        self.left = rows
        self.calls = 0

    def __call__(self, *args, **kwargs):
        if self.left == 0:
            raise KeyboardInterrupt
        self.left -= 1
        self.calls += 1
        return tiny_simulate(*args, **kwargs)


def test_an_interrupted_run_goes_on_where_it_stopped(make_plan, simulate, tmp_path):
    plan, parts = make_plan(draws=5, replicates=2), tmp_path / ".parts"
    with pytest.raises(KeyboardInterrupt):
        execute(plan, engine="serial", parts=parts, simulate=StopsAfter(9))
    second = StopsAfter(1000)
    resumed = execute(plan, engine="serial", parts=parts, simulate=second)
    assert resumed.reused == 8
    assert second.calls == len(plan.rows) - 8
    same_bits(trajectories(resumed), trajectories(execute(plan, engine="serial", simulate=simulate)))
    forget(parts)
    assert not parts.exists()


def test_kept_parts_of_another_seed_are_not_used(make_plan, simulate, tmp_path):
    parts = tmp_path / ".parts"
    execute(make_plan(seed=1), engine="serial", parts=parts, simulate=simulate)
    assert execute(make_plan(seed=2), engine="serial", parts=parts, simulate=simulate).reused == 0


def test_a_damaged_part_is_run_again(make_plan, simulate, tmp_path):
    plan, parts = make_plan(), tmp_path / ".parts"
    execute(plan, engine="serial", parts=parts, simulate=simulate)
    kept = sorted(parts.glob("*.npz"))
    kept[0].write_bytes(kept[0].read_bytes()[:100])
    kept[1].write_bytes(b"")
    assert execute(plan, engine="serial", parts=parts, simulate=simulate).reused == len(plan.rows) - 4


def test_a_row_that_fails_is_recorded_and_the_others_are_kept(make_plan, simulate):
    breaking = PlainScenario("breaking", changes={"learning.catch_up": 0.4})
    plan = make_plan(scenarios=(PlainScenario("baseline"), breaking), draws=2, replicates=1)
    finished = execute(plan, engine="serial", simulate=simulate)
    assert [failure.row.scenario for failure in finished.failures] == ["breaking", "breaking"]
    assert "this parameter breaks the model" in finished.failures[0].message
    assert set(trajectories(finished).query("kind == 'simulated'")["scenario"]) == {"baseline"}


def test_fail_fast_ends_at_the_first_failure(make_plan, simulate):
    breaking = PlainScenario("breaking", changes={"learning.catch_up": 0.4})
    with pytest.raises(ArithmeticError, match="breaks the model"):
        execute(make_plan(scenarios=(breaking,)), engine="serial", simulate=simulate, fail_fast=True)


def test_the_scenarios_of_a_pair_share_their_chance(make_plan):
    seen = {}

    def watching(place, levers, parameters, *, chance, **rest):
        seen.setdefault((chance.draw, chance.replicate), set()).add(id(chance))
        return tiny_simulate(place, levers, parameters, chance=chance, **rest)

    execute(make_plan(), engine="serial", simulate=watching)
    assert len(seen) == 12
    assert all(len(objects) == 1 for objects in seen.values())


def test_chunks_never_split_a_pair():
    rows = grid(["a", "b"], ["x", "y", "z"], draws=150, replicates=2)
    cut = list(chunk_rows(rows))
    assert sorted(row for chunk in cut for row in chunk) == list(rows)
    for chunk in cut:
        assert len({row.place for row in chunk}) == 1
        for _, draw, replicate in {(row.place, row.draw, row.replicate) for row in chunk}:
            assert sum(row.draw == draw and row.replicate == replicate for row in chunk) == 3


def test_school_detail_is_one_row_a_school_and_year(make_plan, simulate):
    table = school_table(execute(make_plan(draws=2, replicates=1, detail=True), simulate=simulate))
    assert len(table) == 4 * 2 * 5  # runs, schools, years
    assert school_table(execute(make_plan(draws=1), simulate=simulate)) is None


def test_schools_have_the_units_of_the_registry(make_plan, simulate):
    table = school_table(execute(make_plan(draws=1, replicates=1, detail=True), simulate=simulate))
    shown = table[["disadvantaged_share", "ks2_rwm_expected", "absence", "roll"]].iloc[0]
    assert list(shown) == pytest.approx([30.0, 60.0, 5.0, 300.0])


def test_published_figures_are_joined_on_with_their_flags(make_plan, simulate):
    table = trajectories(execute(make_plan(draws=1), simulate=simulate))
    data = table.query("kind == 'data' and measure == 'ks2_rwm_expected' and group == 'gap'")
    assert list(data["year"]) == [2017, 2018, 2019, 2022, 2023]
    assert list(data["flag"]) == ["imputed", "published", "published", "published", "published"]


def test_parameters_as_used_cover_the_draws(make_plan):
    used = parameters_used(make_plan(draws=20)).set_index("name")
    reliability = used.loc["learning.reliability_ks1"]
    assert reliability["lowest"] < reliability["central"] < reliability["highest"]
    assert reliability["strength"] == "assumption"


@pytest.mark.parametrize(("change", "message"), [({"engine": "dusk"}, "dusk"), ({"workers": 0}, "workers")])
def test_an_engine_that_does_not_exist_is_refused(make_plan, simulate, change, message):
    with pytest.raises(BadInput, match=message):
        execute(make_plan(), simulate=simulate, **change)
