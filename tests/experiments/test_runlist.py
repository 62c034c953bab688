"""A run list is a table that a person can write; what cannot be used is refused, and the row named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.runlist import RunRow, checked, grid, read_csv, write_csv
from scenarios.errors import BadInput


def test_a_grid_holds_every_combination_once():
    rows = grid(["ealing"], ["baseline", "tutoring"], draws=3, replicates=2)
    assert len(rows) == len(set(rows)) == 12
    assert {row.draw for row in rows} == {1, 2, 3}


def test_no_draws_means_one_draw_at_central_values():
    assert grid(["ealing"], ["baseline"], draws=0, replicates=1) == (RunRow("ealing", "baseline", 0, 1),)


names = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)
run_rows = st.builds(RunRow, names, names, st.integers(0, 999), st.integers(1, 99))


@given(st.lists(run_rows, min_size=1, max_size=8, unique=True))
def test_what_is_written_is_read_back(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("list") / "rows.csv"
    write_csv(rows, path)
    assert read_csv(path) == tuple(sorted(rows))


@given(st.binary(max_size=120))
def test_any_bytes_give_a_run_list_or_one_clear_error(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("list") / "rows.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput) as refused:
        read_csv(path)
    assert str(path) in str(refused.value)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("ealing,baseline,-1,1", "row 2, draw"),
        ("ealing,baseline,1,0", "row 2, replicate"),
        ("ealing,baseline,1.5,1", "row 2, draw"),
        ("ealing,,1,1", "scenario is empty"),
        ("ealing,baseline,1", "wrong number of cells"),
        ("", "nothing to run"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(tmp_path, line, message):
    path = tmp_path / "rows.csv"
    path.write_text(f"place,scenario,draw,replicate\n{line}\n", encoding="utf-8")
    with pytest.raises(BadInput, match=message):
        read_csv(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadInput, match="cannot be read"):
        read_csv(tmp_path / "none.csv")


def test_a_row_given_twice_is_refused():
    with pytest.raises(BadInput, match="given twice"):
        checked([RunRow("ealing", "baseline", 1, 1)] * 2)
