"""A results folder is there whole or not at all, opens in Excel, and names its own faults."""

import dataclasses
import json
import shutil
from itertools import product

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outputs import chart_files, charts, store
from outputs.errors import BadResults
from outputs.folder import new_folder, refuse_existing
from outputs.rounding import rounding_step
from outputs.words import in_words, plain_words

RECORDS = {
    *("manifest.json", "measures.json", "mechanisms.json", "parameters.csv", "summary.csv", "summary.xlsx"),
    *("trajectories.parquet", "schools.parquet", "comparison.csv", "comparison.parquet", "sources.txt"),
    "summary.txt",
}


@pytest.fixture(scope="module")
def stored(compared, tmp_path_factory):
    return store.save(compared, tmp_path_factory.mktemp("stored") / "run", charts=False)


def test_what_is_stored_is_read_back(compared, stored):
    assert {path.name for path in stored.iterdir()} >= RECORDS
    loaded = store.load(stored)
    pd.testing.assert_frame_equal(
        loaded.trajectories.astype(object), compared.trajectories.astype(object), check_exact=True
    )
    pd.testing.assert_frame_equal(loaded.comparison, compared.comparison, check_exact=True)
    assert loaded.manifest["seed"] == 3
    assert list(loaded.summary.columns) == list(compared.summary.columns)


def test_the_comparison_as_csv_has_the_agreed_columns_first_and_is_rounded(stored):
    table = pd.read_csv(stored / "comparison.csv")
    assert list(table.columns[:11]) == [
        "measure", "group", "year", "scenario", "baseline", "difference", "low", "high", "chance_better",
        "chance_worthwhile", "mc_error",
    ]  # fmt: skip
    gap = table.query("measure == 'ks2_rwm_expected' and group == 'gap' and year == 2031").iloc[0]
    step = rounding_step(gap["mc_error"])
    assert step >= 0.1
    assert gap["difference"] / step == pytest.approx(round(gap["difference"] / step))


def test_the_workbook_opens_and_a_text_like_a_formula_stays_a_text(stored):
    book = openpyxl.load_workbook(stored / "summary.xlsx")
    assert book.sheetnames == ["README", "Summary", "Comparison", "Measures", "Parameters", "Sources"]
    cells = {book["README"].cell(row, 1).value: book["README"].cell(row, 2) for row in range(1, 13)}
    assert "=HYPERLINK(tutoring)" in cells["Scenarios"].value
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert book["Sources"]["A2"].value.startswith("Testshire figures")


def test_the_same_run_leaves_the_same_bytes(compared, tmp_path):
    first, second = (store.save(compared, tmp_path / name) for name in ("one", "two"))
    for path in sorted(first.iterdir()):
        if path.suffix != ".xlsx":  # a zip file that carries the time of day
            assert path.read_bytes() == (second / path.name).read_bytes(), path.name


def test_a_failure_while_writing_leaves_nothing_behind(compared, tmp_path, monkeypatch):
    def fails(results, folder):
        (folder / "chart_gap.png").write_bytes(b"half")
        raise RuntimeError("the disk is on fire")

    monkeypatch.setattr(charts, "draw_all", fails)
    with pytest.raises(RuntimeError):
        store.save(compared, tmp_path / "run")
    assert list(tmp_path.iterdir()) == []


def test_results_are_not_overwritten_unless_asked(compared, stored, tmp_path):
    out = tmp_path / "run"
    shutil.copytree(stored, out)
    (out / "chart_gap_oldshire.png").write_text("old")
    with pytest.raises(BadResults, match="holds results already"):
        store.save(compared, out, charts=False)
    store.save(compared, out, charts=False, overwrite=True)
    assert not (out / "chart_gap_oldshire.png").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


@pytest.mark.parametrize("name", ["my notes.txt", "chart_mine.png", "chapter/one.txt"])
def test_overwriting_never_deletes_what_lepsim_did_not_write(stored, tmp_path, name):
    out = tmp_path / "run"
    shutil.copytree(stored, out)
    (out / name).parent.mkdir(exist_ok=True)
    (out / name).write_text("mine")
    with pytest.raises(BadResults, match=name.split("/")[0]):
        refuse_existing(out, overwrite=True)


def test_a_failed_overwrite_keeps_the_old_results(stored, tmp_path):
    out = tmp_path / "run"
    shutil.copytree(stored, out)
    with pytest.raises(KeyboardInterrupt), new_folder(out, overwrite=True) as folder:
        (folder / "manifest.json").write_text("{}")
        raise KeyboardInterrupt
    assert store.load(out).manifest["seed"] == 3
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_folder_of_somebody_elses_is_never_replaced(tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work")
    with pytest.raises(BadResults, match="holds no results"):
        refuse_existing(tmp_path / "thesis", overwrite=True)
    with pytest.raises(BadResults, match="not a folder"):
        refuse_existing(tmp_path / "thesis" / "chapter.txt" / "run", overwrite=False)


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        *product(
            ("manifest.json", "measures.json", "trajectories.parquet"), ("gone", "empty", "cut", "noise")
        ),
        *product(("parameters.csv",), ("gone", "empty", "noise")),  # cut short, it is still a table
    ],
)
def test_a_damaged_folder_is_refused_and_the_file_named(stored, tmp_path, name, damage):
    out = tmp_path / "run"
    shutil.copytree(stored, out)
    path = out / name
    content = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(
            {"empty": b"", "cut": content[: len(content) // 3], "noise": b"\xff\x00\xfe" * 50}[damage]
        )
    with pytest.raises(BadResults, match=name.replace(".", r"\.")):
        store.load(out)


def test_what_is_not_a_results_folder_is_refused(tmp_path):
    for path, found in ((tmp_path / "none", "nothing there"), (tmp_path, "manifest.json")):
        with pytest.raises(BadResults, match=found):
            store.load(path)


def test_a_newer_layout_is_refused(stored, tmp_path):
    out = tmp_path / "run"
    shutil.copytree(stored, out)
    manifest = json.loads((out / "manifest.json").read_text())
    (out / "manifest.json").write_text(json.dumps({**manifest, "format": 99}))
    with pytest.raises(BadResults, match="another version"):
        store.load(out)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(json_values, st.sampled_from(["scenarios", "places", "rows", "evidence", "format", "failures"]))
@settings(max_examples=25, deadline=None)
def test_a_manifest_with_anything_in_it_is_charted_or_refused(stored, tmp_path_factory, value, key):
    out = tmp_path_factory.mktemp("odd") / "run"
    shutil.copytree(stored, out)
    manifest = json.loads((out / "manifest.json").read_text())
    (out / "manifest.json").write_text(json.dumps({**manifest, key: value}))
    try:
        charts.made_from_stored(store.load(out))
    except BadResults as error:
        assert str(out) in str(error)


DAMAGE = {
    "a row twice": lambda table: pd.concat([table, table.tail(1)]),
    "a year in words": lambda table: table.assign(year=table["year"].astype(str)),
    "values in words": lambda table: table.assign(value="high"),
    "an infinite value": lambda table: table.assign(value=float("inf")),
    "lists for groups": lambda table: table.assign(group=[["gap"]] * len(table)),
    "a kind unheard of": lambda table: table.assign(kind="guessed"),
    "a measure unheard of": lambda table: table.assign(measure="happiness"),
    "another place": lambda table: table.assign(place="elsewhere"),
    "no simulated rows": lambda table: table[table["kind"] == "data"],
    "one group only": lambda table: table[table["group"] == "gap"],
    "no values": lambda table: table.assign(value=float("nan")),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_trajectories_that_are_damaged_are_charted_or_refused(stored, tmp_path, name):
    out = tmp_path / "run"
    shutil.copytree(stored, out)
    path = out / "trajectories.parquet"
    DAMAGE[name](pd.read_parquet(path)).to_parquet(path, index=False)
    with pytest.raises(BadResults, match=r"trajectories\.parquet|cannot be charted|nothing to chart"):
        charts.made_from_stored(store.load(out))


@pytest.mark.parametrize("file", ["comparison.parquet", "comparison_over_years.parquet"])
@pytest.mark.parametrize("column", ["place", "difference", "mc_error", "chance_mc_error", "low_80"])
def test_a_comparison_that_lacks_a_column_is_refused(stored, tmp_path, file, column):
    out = tmp_path / "run"
    shutil.copytree(stored, out)
    pd.read_parquet(out / file).drop(columns=column).to_parquet(out / file, index=False)
    with pytest.raises(BadResults, match=column):
        store.load(out)


@pytest.mark.parametrize(
    ("key", "value"), [("source", 3), ("breaks", "2020"), ("breaks", [1]), ("label", None), ("unit", 1)]
)
def test_a_measure_that_cannot_be_drawn_is_refused(stored, tmp_path, key, value):
    out = tmp_path / "run"
    shutil.copytree(stored, out)
    entries = json.loads((out / "measures.json").read_text())
    entries[0][key] = value
    (out / "measures.json").write_text(json.dumps(entries))
    with pytest.raises(BadResults, match=f"measures.json: {key}"):
        store.load(out)


def test_a_place_whose_name_points_elsewhere_is_refused(stored, tmp_path):
    out = tmp_path / "run"
    shutil.copytree(stored, out)
    manifest = json.loads((out / "manifest.json").read_text())
    manifest["places"][0]["name"] = "../../letters"
    (out / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(BadResults, match="places: name"):
        store.load(out)


def test_charts_drawn_again_replace_those_there_and_nothing_else(stored, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    paths = store.redraw(store.load(stored), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"notes.txt", *(path.name for path in paths)}
    assert len(paths) == 12
    for out in (tmp_path / "notes.txt", tmp_path / "notes.txt" / "below"):
        with pytest.raises(BadResults, match="not a folder"):
            store.redraw(store.load(stored), out)


def test_a_failure_while_drawing_again_leaves_the_old_charts(stored, tmp_path, monkeypatch):
    def fails(chart, folder):
        (folder / "chart_gap.png").write_bytes(b"half")
        raise RuntimeError("the disk is on fire")

    (tmp_path / "chart_gap.png").write_bytes(b"whole")
    monkeypatch.setattr(chart_files, "write_chart", fails)
    with pytest.raises(RuntimeError):
        store.redraw(store.load(stored), tmp_path)
    assert (tmp_path / "chart_gap.png").read_bytes() == b"whole"
    assert [path.name for path in tmp_path.iterdir()] == ["chart_gap.png"]


def test_the_words_are_stored_too(compared, stored):
    text = (stored / "summary.txt").read_text(encoding="utf-8")
    assert text == in_words(compared) + "\n"
    sheet = openpyxl.load_workbook(stored / "summary.xlsx").worksheets[0]
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert {line for line in plain_words(compared).splitlines() if line} <= cells


def test_a_95_per_cent_band_needs_a_hundred_runs(projected, compared):
    few, many = projected.summary, compared.summary
    assert few["p2_5"].isna().all()
    assert few["p10"].notna().all()
    assert many["p97_5"].notna().all()


def test_the_summary_is_what_the_rows_say(projected):
    rows = projected.trajectories
    one = rows[(rows["kind"] == "simulated") & (rows["measure"] == "ks2_rwm_expected")]
    one = one[(one["group"] == "gap") & (one["year"] == 2031)]["value"]
    told = projected.summary.query("measure == 'ks2_rwm_expected' and group == 'gap' and year == 2031").iloc[
        0
    ]
    assert told["mean"] == pytest.approx(one.mean())
    assert told["p90"] == pytest.approx(one.quantile(0.9))
    assert told["mc_error"] == pytest.approx(one.std() / len(one) ** 0.5)


def test_results_are_frozen(projected):
    with pytest.raises(dataclasses.FrozenInstanceError):
        projected.manifest = {}
