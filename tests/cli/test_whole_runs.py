"""From a command to a folder of results, and back."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import lepsim
from scenarios.errors import BadInput

SMALL = [
    "place=synthetic",
    "generator.schools=8",
    "generator.pupils=2500",
    "years=2",
    "draws=2",
    "engine=serial",
]


def leave_with(words: list[str], monkeypatch: pytest.MonkeyPatch) -> int:
    """Run a command line here and give its exit code."""
    monkeypatch.setattr(sys, "argv", ["lepsim", *words])
    with pytest.raises(SystemExit) as left:
        lepsim.main()
    assert isinstance(left.value.code, int)
    return left.value.code


def test_a_run_leaves_a_folder_that_loads_and_charts_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert leave_with(["run", *SMALL], monkeypatch) == 0
    said = capsys.readouterr().out
    assert "Synthetic" in said
    assert "results/run-synthetic-baseline" in said
    folder = tmp_path / "results" / "run-synthetic-baseline"
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["settings"]["years"] == 2
    assert manifest["settings"]["generator"] == {"schools": 8, "pupils": 2500}
    results = lepsim.load(folder)
    assert set(results.trajectories["kind"]) == {"data", "simulated"}
    assert leave_with(["chart", str(folder), "out=again"], monkeypatch) == 0
    listed = {Path(line).name for line in capsys.readouterr().out.splitlines()}
    assert listed == {path.name for path in (tmp_path / "again").iterdir()}
    (tmp_path / "notes").write_text("mine", encoding="utf-8")
    assert leave_with(["chart", str(folder), "out=notes"], monkeypatch) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_notebook_compares_on_the_same_names(tmp_path: Path) -> None:
    results = lepsim.compare(
        place="synthetic",
        generator={"schools": 8, "pupils": 2500},
        scenario="small_group_tuition",
        years=3,
        draws=2,
        out=str(tmp_path / "c"),
    )
    assert results.comparison is not None
    assert set(results.comparison["scenario"]) == {"small_group_tuition"}
    assert results.manifest["baseline"] == "baseline"


def test_a_notebook_gets_a_place_by_name() -> None:
    assert lepsim.place("ealing").slug == "ealing"
    with pytest.raises(BadInput):
        lepsim.place("eeling")


@pytest.mark.usefixtures("tables_alone")
def test_with_effects_at_zero_a_programme_changes_no_outcome(tmp_path: Path) -> None:
    results = lepsim.compare(
        place="synthetic", generator={"schools": 8, "pupils": 2500}, scenario="small_group_tuition", years=3,
        draws=2, effects="zero", out=str(tmp_path / "c"),
    )  # fmt: skip
    assert results.comparison is not None
    outcomes = results.comparison[results.comparison["measure"] != "spend"]
    assert (outcomes["difference"].fillna(0.0) == 0.0).all()
    assert results.comparison[results.comparison["measure"] == "spend"]["difference"].max() > 0


@pytest.mark.parametrize("name", [5, None, ["ealing"]])
def test_what_is_no_name_is_refused_in_a_notebook(name: object) -> None:
    with pytest.raises(BadInput):
        lepsim.place(name)
    if name != 5:
        with pytest.raises(ValueError, match="not the name of a folder"):
            lepsim.load(name)
