"""Building, showing and running a place from its file, as a person meets them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import lepsim
from scenarios import build_settings
from scenarios.errors import BadInput
from scenarios.places import place_file
from scenarios.places.build import assemble
from scenarios.places.file_format.contents import FORMAT
from tests.places.built_by_hand import built_by_hand


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run a command line here; give its exit code, output and errors."""

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["lepsim", *words])
        with pytest.raises(SystemExit) as left:
            lepsim.main()
        said = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, said.out, said.err

    return run


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder that holds only `files`, an empty folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "files").mkdir()
    return tmp_path


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """Build the place made by hand, whatever the files; keep what was asked for."""
    calls: list[tuple[object, ...]] = []

    def build_place(data, las, year):
        calls.append((data, las, year))
        return built_by_hand()

    monkeypatch.setattr(assemble, "build_place", build_place)
    return calls


@pytest.fixture
def saved(elsewhere: Path) -> Path:
    place_file.write(built_by_hand(), elsewhere / "ealing.place")
    return elsewhere / "ealing.place"


BUILD = ("place", "build", "la=Ealing", "data=files", "year=2018")


# place build


def test_a_build_leaves_a_place_file_and_a_report_and_says_what_matters(says, elsewhere, asked) -> None:
    code, out, err = says(*BUILD, "out=ealing.place")
    assert (code, err) == (0, "")
    assert sorted(path.name for path in elsewhere.iterdir()) == ["ealing.html", "ealing.place", "files"]
    assert out.index("20 schools") < out.index("Place file: ealing.place (SHA-256 ")
    found = place_file.read_file(elsewhere / "ealing.place")
    assert found.sha256 in out
    assert found.sha256 in (elsewhere / "ealing.html").read_text(encoding="utf-8")
    assert asked == [(["files"], ["Ealing"], 2018)]


def test_without_out_the_file_is_named_for_place_and_year(says, elsewhere, asked) -> None:
    assert says(*BUILD, "report=r.html")[0] == 0
    assert {path.name for path in elsewhere.iterdir()} == {"ealing-2018.place", "r.html", "files"}


@pytest.mark.parametrize(
    ("word", "las"),
    [
        ("la=Bristol, City of", ["Bristol, City of"]),
        ("la=King's Lynn and West Norfolk", ["King's Lynn and West Norfolk"]),
        ("la=ealing+camden", ["ealing", "camden"]),
        ("la=307+Bristol, City of + camden", ["307", "Bristol, City of", "camden"]),
        ('la=[ealing, "Bristol, City of"]', ["ealing", "Bristol, City of"]),
        ("la=all", ["all"]),
        ("la=ealing+ealing", ["ealing"]),
    ],
)
def test_one_or_several_authorities_are_named_as_people_write_them(word, las, says, elsewhere, asked) -> None:
    assert says("place", "build", word, "data=files", "year=2018")[0] == 0
    assert asked[0][1] == las


@pytest.mark.parametrize("name", ["a(1)", "a=b,c", "[x]", "a+b", "${HOME}", "it's", "x y", "~tilde"])
def test_a_folder_may_have_any_name(name, says, elsewhere, asked) -> None:
    (elsewhere / name).mkdir()
    path = f"./{name}" if name.startswith("~") else name
    assert says("place", "build", "la=ealing", f"data={path}", "year=2018")[0] == 0
    assert asked[0][0] == [str(Path(path))]


def test_several_folders_are_a_list_in_brackets(says, elsewhere, asked) -> None:
    (elsewhere / "more, files").mkdir()
    assert says("place", "build", "la=ealing", 'data=[files, "more, files"]', "year=2018")[0] == 0
    assert asked[0][0] == ["files", "more, files"]


def test_a_place_may_be_given_a_name_and_its_own_partnerships(says, elsewhere, asked) -> None:
    (elsewhere / "mine.yaml").write_text(
        "partnerships: [{name: Our Cluster, started: 2011}]\n", encoding="utf-8"
    )
    code, out, _ = says(*BUILD, "name=West London", "partnerships=mine.yaml", "out=w.place")
    assert code == 0
    place = lepsim.place("w.place")
    assert (place.name, place.slug) == ("West London", "west-london")
    assert [one.name for one in place.partnerships] == ["Ealing Learning Partnership", "Our Cluster"]
    assert "Our Cluster" in out


@pytest.mark.parametrize(
    "words",
    [
        ["place", "build"],
        ["place", "build", "la=ealing"],
        ["place", "build", "la=ealing", "data=files"],
        ["place", "build", "la=ealing", "data=none", "year=2018"],
        ["place", "build", "la=ealing", "data=[]", "year=2018"],
        ["place", "build", "la=+", "data=files", "year=2018"],
        ["place", "build", "la=all+ealing", "data=files", "year=2018"],
        ["place", "build", "la=ealing", "data=files", "year=1918"],
        ["place", "build", "la=ealing", "data=files", "year=last"],
        ["place", "build", "la=ealing", "data=files", "yaer=2018"],
        ["place", "build", "la=ealing", "data=files", "year=2018", "seed=3"],
        ["place", "build", "ealing", "data=files", "year=2018"],
        ["place", "build", "la=ealing", "data=files", "year=2018", "out=x.csv"],
        ["place", "build", "la=ealing", "data=files", "year=2018", "out=files"],
        ["place", "build", "la=ealing", "data=files", "year=2018", "report=x.place"],
        ["place", "build", "la=ealing", "data=files", "year=2018", "overwrite=maybe"],
        ["place", "build", "la=ealing", "data=files", "year=2018", "out=/proc/x/y.place"],
        ["place", "bild", "la=ealing"],
        ["place", "x.place"],
        ["place", "ealing", "school=100000"],
        ["place", "ealing", "schools=x.csv"],
        ["run", "x.place"],
        ["compare", "./x", "early_language"],
        ["run", "place=../nowhere/ealing.place"],
        ["run", "ealing", "school=100000"],
    ],
    ids=" ".join,
)
def test_bad_input_is_one_line_exit_2_and_nothing_written(words, says, elsewhere) -> None:
    code, out, err = says(*words)
    assert (code, out) == (2, "")
    assert err.startswith("lepsim: ")
    assert err.count("\n") == 1
    assert [path.name for path in elsewhere.iterdir()] == ["files"]
    assert not list((elsewhere / "files").iterdir())


def test_no_work_is_done_for_a_file_that_may_not_be_replaced(says, elsewhere, asked) -> None:
    (elsewhere / "ealing.place").write_bytes(b"mine")
    (elsewhere / "old.html").write_bytes(b"mine")
    for words in (["out=ealing.place"], ["out=new.place", "report=old.html"]):
        code, _, err = says(*BUILD, *words)
        assert code == 2
        assert "is there already" in err
        assert "overwrite=true" in err
    assert asked == []
    assert says(*BUILD, "out=ealing.place", "overwrite=true")[0] == 0
    assert place_file.read(elsewhere / "ealing.place")


# place show, run and compare


def test_a_place_file_is_shown_by_either_word_for_it(says, saved) -> None:
    code, out, _ = says("place", "ealing.place")
    assert code == 0
    assert f"layout {FORMAT}" in out
    assert "What looks odd" in out
    assert says("place", "show", "ealing.place")[:2] == (0, out)
    assert says("place", "show", "place=ealing.place")[:2] == (0, out)


def test_places_of_the_table_are_shown_as_before(says) -> None:
    code, out, _ = says("place", "show", "ealing")
    assert code == 0
    assert "DfE code 307" in out


def test_one_school_is_shown_with_the_origin_of_each_figure(says, saved) -> None:
    code, out, _ = says("place", "ealing.place", "school=100001")
    assert code == 0
    assert "School 100001" in out
    assert "imputed" in out
    assert max(map(len, out.splitlines())) <= 110
    code, _, err = says("place", "ealing.place", "school=100101")
    assert code == 2
    assert "nearest: 100010" in err or "nearest: 1000" in err


def test_the_table_of_schools_is_written_once(says, saved) -> None:
    assert says("place", "ealing.place", "schools=s.csv")[0] == 0
    assert says("place", "ealing.place", "schools=s.csv")[0] == 2
    assert says("place", "ealing.place", "schools=s.csv", "overwrite=on")[0] == 0


@pytest.mark.usefixtures("tables_alone")
def test_a_run_starts_from_a_place_file_and_keeps_its_checksum(says, saved) -> None:
    code, out, _ = says("run", "./ealing.place", "draws=0", "years=1", "out=results", "engine=serial")
    assert code == 0
    assert "Ealing, 2018 to 2019" in out
    manifest = json.loads((saved.parent / "results" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["settings"]["place_file_sha256"] == place_file.read_file(saved).sha256
    assert manifest["places"][0]["year"] == 2018


def test_settings_of_the_generator_do_not_apply_to_a_place_file(says, saved) -> None:
    code, _, err = says("run", "ealing.place", "generator.schools=20")
    assert code == 2
    assert "generator" in err


def test_a_newer_layout_is_run_with_a_note_in_one_line(says, saved, monkeypatch) -> None:
    from scenarios.places.file_format import contents

    older = contents.Version(contents.FORMAT.major, contents.FORMAT.minor - 1)
    monkeypatch.setattr(place_file, "FORMAT", older)
    code, out, _ = says("place", "ealing.place")
    assert code == 0
    assert "a newer lepsim" in out
    code, _, err = says("run", "ealing.place", "early_language", "start=2001-01")
    note, refusal = err.splitlines()
    assert note.startswith("lepsim: note: ealing.place: a newer lepsim")
    assert (code, refusal[:14]) == (2, "lepsim: start:")


def test_names_of_schools_that_command_a_terminal_are_made_plain(says, elsewhere, monkeypatch) -> None:
    built = built_by_hand()
    schools = built.place.schools
    names = ("\x1b[31mred\n\x9b" + "x" * 5_000, "\0", *schools.name[2:])
    place = replace(built.place, schools=replace(schools, name=names))
    monkeypatch.setattr(assemble, "build_place", lambda data, las, year: replace(built, place=place))
    assert says(*BUILD, "out=e.place")[0] == 0
    kept = lepsim.place("e.place").schools.name
    assert kept[:2] == (("[31mred " + "x" * 5_000)[:200], "no name")
    assert kept[2:] == schools.name[2:]


# In a notebook


def test_a_place_is_built_in_python_under_the_same_names(elsewhere, asked) -> None:
    built = lepsim.build_place(la=["Ealing", 202], data=Path("files"), year=2018)
    assert asked == [(["files"], ["Ealing", "202"], 2018)]
    assert list(elsewhere.iterdir()) == [elsewhere / "files"]
    assert len(built.table.schools) == 20
    lepsim.build_place(la=307, data=["files"], year=2018, out=elsewhere / "e.place")
    assert (
        lepsim.place(elsewhere / "e.place").name == lepsim.place(str(elsewhere / "e.place")).name == "Ealing"
    )


@pytest.mark.parametrize(
    "given",
    [
        {"la": True}, {"la": []}, {"la": [None]}, {"data": []}, {"data": 3}, {"year": 2018.5}, {"year": True},
        {"out": 3}, {"name": ""}, {"name": "a\nb"}, {"lla": "x"}, {"overwrite": "maybe"}, {"la": "x" * 1000},
        {"data": "a\0b"}, {"partnerships": "none.yaml"},
    ],
    ids=str,
)  # fmt: skip
def test_settings_that_cannot_be_are_refused_in_python_too(given, elsewhere, asked) -> None:
    with pytest.raises(BadInput):
        lepsim.build_place(**{"la": "ealing", "data": "files", "year": 2018, **given})
    assert list(elsewhere.iterdir()) == [elsewhere / "files"]


def test_build_settings_are_those_of_the_catalogue() -> None:
    from dataclasses import fields

    from scenarios import catalogue

    keys = {"las" if key == "la" else key for key in catalogue.of_verb(catalogue.BUILD)}
    assert {item.name for item in fields(build_settings.BuildSettings)} == keys


def test_help_lists_every_setting_of_a_build(says) -> None:
    from scenarios import catalogue

    code, out, err = says("place", "build", "--help")
    assert (code, err) == (0, "")
    assert "lepsim place build" in out
    for key, setting in catalogue.of_verb(catalogue.BUILD).items():
        assert key in out
        assert setting.range_in_words().split()[0] in out
    assert "place build" in says("--help")[1]


def completed(words: str, position: int) -> list[str]:
    """Press Tab."""
    environment = {
        **os.environ, "COMP_WORDS": words, "COMP_CWORD": str(position), "_LEPSIM_COMPLETE": "bash_complete",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, lepsim.__file__], env=environment, capture_output=True, text=True, check=False
    )
    return [line.rpartition(",")[2] for line in done.stdout.splitlines()]


def test_tab_completes_the_second_word_and_its_settings() -> None:
    assert completed("lepsim pla", 1) == ["place"]
    assert "build" in completed("lepsim place bu", 2)
    assert "year=" in completed("lepsim place build ye", 3)
    assert completed("lepsim place build la = ealin", 5) == ["ealing"]
    assert completed("lepsim place show ealin", 3) == ["ealing"]
