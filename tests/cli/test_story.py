"""From a comparison with detail to one school's story, by command and in a notebook."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import lepsim
from outputs.errors import BadResults
from outputs.payers import funded
from scenarios import completion
from tests.cli.test_whole_runs import leave_with

SMALL = [
    "place=synthetic",
    "generator.schools=8",
    "generator.pupils=2500",
    "years=3",
    "draws=2",
    "engine=serial",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compare two scenarios with detail, once."""
    out = tmp_path_factory.mktemp("compared") / "r"
    settings = dict(word.split("=") for word in SMALL)
    generator = {"schools": 8, "pupils": 2500}
    kept = {key: value for key, value in settings.items() if not key.startswith("generator")}
    lepsim.compare(**kept, generator=generator, scenario="three_year_funding", detail="some", out=str(out))
    return out


def test_a_story_is_told_from_a_folder(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert leave_with(["story", str(folder), f"out={tmp_path / 'told'}"], monkeypatch) == 0
    said = capsys.readouterr().out
    assert "Why this school" in said
    assert "How sure" in said
    assert said.strip().splitlines()[-1].endswith("_chart.txt")
    written = sorted(path.suffix for path in (tmp_path / "told").iterdir())
    assert written == [".csv", ".md", ".png", ".svg", ".txt"]


def test_a_notebook_tells_a_school_by_urn(folder: Path, tmp_path: Path) -> None:
    urn = int(lepsim.load(folder).schools["urn"].iloc[0])  # type: ignore[index]
    story = lepsim.story(run=folder, school=urn, other="three_year_funding", out=tmp_path)
    assert story.school.urn == urn
    assert all(path.is_file() for path in story.files)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["school=nowhere"], "no school of this run has this URN or name"),
        (["other=three_year_fundin"], "nearest: three_year_funding"),
        (["scool=1"], "nearest: school"),
    ],
)
def test_a_wrong_word_is_one_clear_line(
    folder: Path,
    words: list[str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert leave_with(["story", str(folder), *words], monkeypatch) == 2
    errors = capsys.readouterr().err.splitlines()
    assert len(errors) == 1
    assert said in errors[0]


@pytest.mark.usefixtures("tables_alone")
def test_a_run_without_detail_says_how_to_get_it(tmp_path: Path) -> None:
    lepsim.compare(
        place="synthetic", generator={"schools": 8, "pupils": 2500}, years=1, draws=0, engine="serial",
        scenario="three_year_funding", out=str(tmp_path / "bare"),
    )  # fmt: skip
    with pytest.raises(BadResults, match="detail=some"):
        lepsim.story(tmp_path / "bare")


def test_what_payers_pay_is_what_the_measure_says(folder: Path) -> None:
    results = lepsim.load(folder)
    paid = funded(results.institutions["ledger"]).astype({"scenario": str, "academic_year": str})
    by_year = paid.groupby(["scenario", "draw", "academic_year"])["amount_gbp"].sum()
    table = results.trajectories
    spend = table.loc[(table["measure"] == "spend") & (table["kind"] == "simulated")]
    years = [f"{year - 1}/{year % 100:02d}" for year in spend["year"]]
    measured = spend.astype({"scenario": str}).assign(academic_year=years)
    measured = measured.set_index(["scenario", "draw", "academic_year"])["value"]
    both = pd.concat([by_year, measured], axis=1, join="inner").iloc[:, :2]
    inside = both.loc[both["value"] != 0]
    assert len(inside) == 2 * 2 * 4  # year 0 too
    assert list(inside["amount_gbp"]) == pytest.approx(list(inside["value"]), abs=0.01)


def test_the_story_completes_its_settings_and_scenarios() -> None:
    assert {"run=", "school=", "other=", "out="} <= set(completion.complete("story", ["results/r"], ""))
    assert "other=three_year_funding" in completion.complete("story", ["results/r"], "other=three")
