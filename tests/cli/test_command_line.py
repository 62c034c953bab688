"""The front door: verbs, help, exit codes and completion, as a person meets them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import lepsim
from scenarios import catalogue

VERBS = ("run", "compare", "place", "chart", "scenarios", "mechanisms", "evidence")


def lepsim_says(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str, str]:
    """Run a command line here; give its exit code, output and errors."""
    monkeypatch.setattr(sys, "argv", ["lepsim", *words])
    with pytest.raises(SystemExit) as left:
        lepsim.main()
    said = capsys.readouterr()
    assert isinstance(left.value.code, int)
    return left.value.code, said.out, said.err


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        ["rn", "ealing"],
        ["run", "eeling"],
        ["run", "place=bradford"],
        ["run", "ealing@1999"],
        ["run", "ealing", "small_grup_tuition"],
        ["run", "ealing", "./missing.yaml"],
        ["run", "sead=3"],
        ["run", "oout=x"],
        ["run", "seed=x"],
        ["run", "seed=1", "seed=2"],
        ["run", "start=2019-09", "scenario=early_language"],
        ["run", "ealing", "out=/proc/nothing/here"],
        ["run", "synthetic", "generator.shools=3"],
        ["run", "synthetic", "generator.schools=2"],
        ["run", "ealing", "generator.schools=20"],
        ["run", "mechanisms.choise=off"],
        ["run", "parameters.learning.catchup=0.1"],
        ["run", "--draws=3"],
        ["run", "-x"],
        ["compare", "ealing"],
        ["chart"],
        ["chart", "nowhere"],
        ["place", "seed=3"],
        ["scenarios", "x"],
        ["mechanisms", "x=3"],
        ["evidence", "practise"],
        ["evidence", "x=3"],
        ["--verison"],
    ],
    ids=" ".join,
)
def test_bad_input_is_one_line_exit_2_and_nothing_written(
    words: list[str], elsewhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = lepsim_says(words, monkeypatch, capsys)
    assert code == 2
    assert out == ""
    assert err.startswith("lepsim: ")
    assert err.count("\n") == 1
    assert not list(elsewhere.iterdir())


def test_results_are_never_overwritten_unasked(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (elsewhere / "kept").mkdir()
    (elsewhere / "kept" / "manifest.json").write_text("{}", encoding="utf-8")
    (elsewhere / "letters").mkdir()
    (elsewhere / "letters" / "dear.txt").write_text("hello", encoding="utf-8")
    for words in (["out=kept"], ["out=letters"], ["out=letters", "overwrite=on"], ["out=kept/manifest.json"]):
        code, _, err = lepsim_says(["run", "ealing", *words], monkeypatch, capsys)
        assert code == 2
        assert "Traceback" not in err
    assert (elsewhere / "letters" / "dear.txt").read_text(encoding="utf-8") == "hello"


@pytest.mark.parametrize("verb", VERBS)
def test_help_lists_every_setting_of_a_verb_with_range_and_default(
    verb: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = lepsim_says([verb, "--help"], monkeypatch, capsys)
    assert (code, err) == (0, "")
    for key, setting in catalogue.of_verb(verb).items():
        assert key in out
        assert setting.range_in_words().split()[0] in out


def test_help_alone_lists_the_verbs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in ([], ["--help"], ["-h"]):
        code, out, _ = lepsim_says(words, monkeypatch, capsys)
        assert code == 0
        assert all(verb in out for verb in VERBS)


@pytest.mark.parametrize(
    ("verb", "expected"),
    [("scenarios", "early_language"), ("mechanisms", "choice"), ("evidence", "learning.catch_up")],
)
def test_lists_are_printed(
    verb: str, expected: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = lepsim_says([verb], monkeypatch, capsys)
    assert code == 0
    assert expected in out


def test_an_evidence_row_is_shown_with_its_source(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = lepsim_says(["evidence", "neli_language_scale"], monkeypatch, capsys)
    assert code == 0
    assert "0.3 SD of language" in out
    assert "https://" in out


def test_a_place_is_described_with_the_origin_of_its_figures(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = lepsim_says(["place", "la=Bristol, City of"], monkeypatch, capsys)
    assert code == 0
    assert "Bristol, City of" in out
    assert "published" in out


def completed(words: str, position: int, shell: str = "bash") -> list[str]:
    """Press Tab."""
    environment = {
        **os.environ,
        "COMP_WORDS": words,
        "COMP_CWORD": str(position),
        "_LEPSIM_COMPLETE": f"{shell}_complete",
    }
    front_door = Path(lepsim.__file__)
    done = subprocess.run(
        [sys.executable, str(front_door)], env=environment, capture_output=True, text=True, check=False
    )
    return [line.rpartition(",")[2] for line in done.stdout.splitlines()]


def test_tab_completes_verbs_keys_places_and_scenarios() -> None:
    assert completed("lepsim co", 1) == ["compare"]
    assert "place=" in completed("lepsim run pla", 2)
    assert completed("lepsim run ealin", 2) == ["ealing"]
    assert completed("lepsim run ealing early", 3) == ["early_language"]
    assert completed("lepsim run place = ealin", 4) == ["ealing"]
    assert "place=ealing" in completed("lepsim run place=ealin", 2, "zsh")
    assert completed("lepsim run mechanisms.cho", 2) == ["mechanisms.choice="]


def test_an_interruption_leaves_a_clear_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(settings: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(lepsim, "_carry_out", interrupted)
    code, _, err = lepsim_says(["run", "ealing"], monkeypatch, capsys)
    assert code == 1
    assert "the same command goes on from there" in err
    assert "Traceback" not in err
