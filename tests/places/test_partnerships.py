"""A place names the partnerships that are known to exist at year 0, and a person may enter their own."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from scenarios.errors import BadInput
from scenarios.places.authorities import load_authorities, read_published
from scenarios.places.partnerships import KEYS, in_words, known_partnerships, with_own

EALING = {307: "Ealing"}


def own(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def names(found) -> list[str]:
    return [one.name for one in found]


def test_a_partnership_is_there_from_the_year_it_started():
    assert names(known_partnerships((307,), 2016)) == []
    assert names(known_partnerships((307,), 2018)) == ["Ealing Learning Partnership"]


def test_one_that_ended_is_gone():
    assert names(known_partnerships((204,), 2011)) == ["The Learning Trust"]
    assert names(known_partnerships((204,), 2018)) == ["Hackney Learning Trust"]


def test_members_counted_years_later_are_not_those_of_year_0():
    (one,) = known_partnerships((307,), 2018)
    assert one.members == -1
    assert "members" not in in_words(one)


def test_where_none_is_known_none_is_said():
    assert known_partnerships((203, 301), 2018) == ()


def test_every_row_of_the_table_has_a_place_a_year_and_a_source():
    table = read_published("partnerships")
    former = set(read_published("former")["la_code"])
    assert set(table["la_code"]) <= set(load_authorities()) | former
    assert table["model"].between(0, 4).all()
    assert (table["started"].notna() | table["seen"].notna()).all()
    assert table["source"].str.contains(r"20\d\d").all()
    assert not table.duplicated(["la_code", "name"]).any()
    assert pd.to_numeric(table["members"]).dropna().gt(0).all()


def test_a_start_that_no_source_states_is_not_passed_off_as_one():
    (camden,) = known_partnerships((202,), 2018)
    assert "at work by 2017" in in_words(camden)
    assert "start not stated" in camden.source


def test_one_s_own_entry_adds_and_the_same_name_replaces(tmp_path: Path):
    path = own(
        tmp_path / "mine.yaml",
        "partnerships:\n"
        "  - {name: Ealing learning partnership, started: 2017, model: 2, members: 80, source: our count}\n"
        "  - {name: Northolt Cluster, started: 2012}\n",
    )
    found, notes = with_own(known_partnerships((307,), 2018), path, EALING, 2018)
    assert [(one.name, one.model, one.members) for one in found] == [
        ("Ealing learning partnership", 2, 80), ("Northolt Cluster", 0, -1),
    ]  # fmt: skip
    assert not notes


def test_a_spreadsheet_does_as_well(tmp_path: Path):
    path = own(
        tmp_path / "mine.csv",
        "\ufeffname,la,started,members\nCluster A,ealing,2015,\nCluster B,307,2016,12\n",
    )
    found, _ = with_own((), path, EALING, 2018)
    assert [(one.name, one.la_code, one.members) for one in found] == [
        ("Cluster A", 307, -1),
        ("Cluster B", 307, 12),
    ]


def test_one_that_starts_after_year_0_is_left_out_and_said(tmp_path: Path):
    path = own(tmp_path / "mine.yaml", "partnerships:\n  - {name: Tomorrow, started: 2021}\n")
    found, notes = with_own((), path, EALING, 2018)
    assert found == ()
    assert "Tomorrow" in notes[0].text


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("x.yaml", "- {name: A}\n", "key: value"),
        ("x.yaml", "partnerships: A\n", "list of partnerships"),
        ("x.yaml", "partnerships: [A]\n", "is not a partnership"),
        ("x.yaml", "partnerships: [{nmae: A}]\n", "nearest: name"),
        ("x.yaml", "partnerships: [{started: 2017}]\n", "name"),
        ("x.yaml", "partnerships: [{name: A, model: 7}]\n", "0 to 4"),
        ("x.yaml", "partnerships: [{name: A, members: many}]\n", "whole number"),
        ("x.yaml", "partnerships: [{name: A, started: 2018, ended: 2016}]\n", "ends before"),
        ("x.yaml", "partnerships: [{name: A, la: Harrow}]\n", "no LA of this place"),
        ("x.yaml", "partnerships: [{name: A}, {name: a}]\n", "twice"),
        ("x.csv", "name\nA,B\n", "longer or shorter"),
        ("x.csv", 'name\n"A\n', "CSV"),
        ("x.txt", "A\n", "neither YAML nor CSV"),
    ],
    ids=lambda value: value.strip() if len(value) > 5 else "",
)
def test_an_entry_that_cannot_be_is_refused_by_file_and_row(tmp_path: Path, name: str, text: str, said: str):
    path = own(tmp_path / name, text)
    with pytest.raises(BadInput) as refused:
        with_own((), path, EALING, 2018)
    assert said in str(refused.value)
    assert str(path) in str(refused.value)


def test_an_la_must_be_said_where_there_are_several(tmp_path: Path):
    path = own(tmp_path / "x.yaml", "partnerships: [{name: A, started: 2015}]\n")
    with pytest.raises(BadInput, match="Ealing, Harrow"):
        with_own((), path, {307: "Ealing", 310: "Harrow"}, 2018)


def test_a_missing_file_is_bad_input(tmp_path: Path):
    for suffix in (".csv", ".yaml"):
        with pytest.raises(BadInput):
            with_own((), tmp_path / f"none{suffix}", EALING, 2018)


def test_keys_are_those_of_a_partnership():
    from dataclasses import fields

    from model.place import Partnership

    assert {item.name for item in fields(Partnership)} - {"slug", "la_code"} == set(KEYS) - {"la"}
