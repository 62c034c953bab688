"""Folders with something wrong in them: an error that says what, or a remark; never a figure in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.errors import BadInput
from scenarios.places.build.assemble import build_place
from scenarios.places.build.school_table import SchoolTable, build_schools
from scenarios.places.files.sources import read_sources
from tests.places.build.test_later_years import PRIMARIES, SECONDARIES, register, write

KS2 = ("LEA", "ESTAB", "URN", "SCHNAME", "NFTYPE", "TELIG", "PTRWM_EXP", "PTREAD_EXP", "PTMAT_EXP")
KS4 = ("LEA", "ESTAB", "URN", "SCHNAME", "NFTYPE", "TPUP", "ATT8SCR", "P8MEA")
GROUPS = ("TFSM6CLA1A", "TNotFSM6CLA1A", "PTRWM_EXP_FSM6CLA1A", "PTRWM_EXP_NotFSM6CLA1A")
REGISTER = "edubasealldata20241001.csv"


def ks2(folder: Path, year: int, shift: int = 0, urns: tuple[int, ...] = tuple(PRIMARIES)) -> Path:
    """KS2 results without any column that says the year."""
    rows: list[tuple[object, ...]] = [
        (307, 2000 + place, urn, f"School {place}", "CY", 60, f"{60 + 2 * place + shift}%", "75%",
         f"{70 + place}%")
        for place, urn in enumerate(urns)
    ]  # fmt: skip
    path = folder / f"ks2_{year - 1}-{year % 100}" / "results.csv"
    write(path, KS2, rows)
    return path


def ealing(folder: Path) -> Path:
    """A sound folder: the register, and results at 11 and 16 of 2018."""
    register(folder)
    ks2(folder, 2018)
    rows: list[tuple[object, ...]] = [
        (307, 2008 + place, urn, f"School {8 + place}", "CY", 180, 48.2 + place, 0.1 * place)
        for place, urn in enumerate(SECONDARIES)
    ]
    write(folder / "ks4_2017-18" / "results.csv", KS4, rows)
    return folder


def schools_of(folder: Path) -> tuple[SchoolTable, str]:
    """The table of schools, and what was odd, one remark a line."""
    sources = read_sources(str(folder))
    table = build_schools(sources, "Ealing", 2018)
    odd = [note for note in (*sources.notes, *table.notes) if note.kind == "odd"]
    return table, "\n".join(f"{note.where}: {note.text}" for note in odd)


def replaced(path: Path, old: str, new: str) -> None:
    path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))


def test_a_sound_folder_has_nothing_odd_about_years_or_groups(tmp_path: Path) -> None:
    _table, odd = schools_of(ealing(tmp_path))
    assert "another year" not in odd and "opened later" not in odd and "add up" not in odd


def test_an_la_of_which_no_file_has_a_row_is_named_with_the_registers_looked_at(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as error:
        build_place(str(ealing(tmp_path)), "Lewisham", 2018)
    assert "no school of Lewisham (209)" in str(error.value) and REGISTER in str(error.value)
    assert "no file tells" not in str(error.value)


def test_a_register_without_its_urns_is_named(tmp_path: Path) -> None:
    replaced(ealing(tmp_path) / REGISTER, "URN,LA (code)", "Number,LA (code)")
    with pytest.raises(BadInput) as error:
        build_place(str(tmp_path), "Ealing", 2018)
    assert REGISTER in str(error.value) and "without the column URN" in str(error.value)


def test_a_register_cut_off_in_its_last_cells_is_refused(tmp_path: Path) -> None:
    path = ealing(tmp_path) / REGISTER
    path.write_bytes(path.read_bytes().rstrip()[: -len(",W5 2HL")])
    with pytest.raises(BadInput, match="stops in the middle of a row"):
        build_place(str(tmp_path), "Ealing", 2018)


def test_england_of_one_la_says_which_las_are_not_there(tmp_path: Path) -> None:
    built = build_place(str(ealing(tmp_path)), "all", 2018)
    said = [note for note in built.report.notes if note.where == "la=all"]
    assert len(said) == 1 and said[0].count > 140 and "City of London" in said[0].text


def test_one_file_in_the_folders_of_two_years_is_odd(tmp_path: Path) -> None:
    ealing(tmp_path)
    ks2(tmp_path, 2017)
    _table, odd = schools_of(tmp_path)
    assert "ks2_2017-18/results.csv: ks2_2016-17/results.csv is the same file, taken as 2017" in odd


def test_two_years_with_the_same_figures_are_odd(tmp_path: Path) -> None:
    ealing(tmp_path)
    path = ks2(tmp_path, 2017)
    path.write_bytes(path.read_bytes() + b"\r\n")
    _table, odd = schools_of(tmp_path)
    assert f"2017 and 2018 have the same figures for {len(PRIMARIES)} of {len(PRIMARIES)} schools" in odd


def test_two_years_with_figures_of_their_own_are_not(tmp_path: Path) -> None:
    ealing(tmp_path)
    ks2(tmp_path, 2017, shift=3)
    assert "same figures" not in schools_of(tmp_path)[1]


def test_results_of_a_school_that_opened_later_are_odd(tmp_path: Path) -> None:
    replaced(
        ealing(tmp_path) / REGISTER,
        "School 0,Community school,Open,,",
        "School 0,Community school,Open,01-09-2018,",
    )
    _table, odd = schools_of(tmp_path)
    assert (
        f"results of 2018 for schools that opened later: is it the file of another year? ({PRIMARIES[0]})"
        in odd
    )


def test_a_year_that_only_a_folder_says_is_said(tmp_path: Path) -> None:
    sources = read_sources(str(ealing(tmp_path)))
    said = "\n".join(note.text for note in sources.notes if note.where == "years")
    assert "ks2_2017-18/results.csv (2018)" in said and "ks4_2017-18/results.csv (2018)" in said


def test_groups_that_do_not_make_up_the_school_are_odd(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [
        (307, 2000 + place, urn, f"School {place}", "CY", 60, "67%", "75%", "74%", 30, 60, "80%", "90%")
        for place, urn in enumerate(PRIMARIES)
    ]
    write(ealing(tmp_path) / "ks2_2017-18" / "results.csv", (*KS2, *GROUPS), rows)
    _table, odd = schools_of(tmp_path)
    assert "disadvantaged and other pupils do not add up to all" in odd
    assert "result of all not between those of disadvantaged and other pupils" in odd


def test_a_result_of_no_pupils_is_odd(tmp_path: Path) -> None:
    replaced(ealing(tmp_path) / "ks2_2017-18" / "results.csv", "School 3,CY,60,", "School 3,CY,0,")
    assert f"a result of no pupils: School 3 ({PRIMARIES[3]})" in schools_of(tmp_path)[1]


def test_an_la_without_a_secondary_school_is_built_and_said(tmp_path: Path) -> None:
    folder = ealing(tmp_path)
    lines = (folder / REGISTER).read_bytes().splitlines(keepends=True)
    (folder / REGISTER).write_bytes(b"".join(line for line in lines if b"Secondary" not in line))
    (folder / "ks4_2017-18" / "results.csv").unlink()
    built = build_place(str(folder), "Ealing", 2018)
    assert len(built.place.schools.name) == len(PRIMARIES)
    assert any("no mainstream school to Year 11" in note.text for note in built.report.notes)
