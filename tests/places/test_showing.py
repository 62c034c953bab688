"""A school is shown with every figure's origin, and the table of schools leaves as harmless CSV."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO

import pytest

from scenarios.errors import BadInput
from scenarios.places.school_csv import table_csv, write_table
from scenarios.places.showing import school_rows
from tests.places.built_by_hand import HOSTILE, built_by_hand


@pytest.fixture(scope="module")
def built():
    return built_by_hand()


def rows_of(built, urn: object) -> dict[str, tuple[str, str, str]]:
    return {row[0]: row[1:] for row in school_rows(built, str(urn))}


def test_every_figure_of_a_school_has_a_flag(built):
    urn = built.table.schools.index[1]
    rows = rows_of(built, urn)
    assert rows["name"] == (f"School {urn}", "published", "register of schools (GIAS)")
    assert rows["pupils on roll"] == ("420", "imputed", "from another year (1)")
    assert rows["phase"][0] == "primary"
    assert rows["free school meals in six years"] == (
        "30.0 per cent",
        "published",
        "school census (2019 for 2018)",
    )
    assert all(flag in ("published", "imputed", "synthetic", "missing", "") for _, flag, _ in rows.values())


def test_what_is_missing_is_said_to_be(built):
    assert rows_of(built, built.table.schools.index[0])["free school meals in six years"][:2] == (
        "",
        "missing",
    )


def test_results_are_shown_by_group_and_year(built):
    rows = rows_of(built, built.table.schools.index[2])
    label = "expected standard at 11 (reading, writing, maths), {}, 2018"
    assert rows[label.format("all pupils")][1] == "published"
    assert rows[label.format("disadvantaged")][1] == "imputed"


def test_where_pupils_go_on_to_is_shown(built):
    rows = rows_of(built, built.table.schools.index[2])
    assert "School" in rows["goes on to"][0]


def test_notes_about_a_school_are_shown_with_it(built):
    assert any("odd" in label for label in rows_of(built, built.table.schools.index[0]))


@pytest.mark.parametrize("urn", ["1", "", "x", "999999999999", "-5", "१००००१"])
def test_a_urn_that_is_not_there_is_bad_input(built, urn):
    with pytest.raises(BadInput, match="no school of this place"):
        school_rows(built, urn)


def test_a_name_is_answered_with_its_urn(built):
    with pytest.raises(BadInput) as refused:
        school_rows(built, "School 100003")
    assert refused.value.nearest[0] == "100003 School 100003"


def test_a_spreadsheet_takes_no_cell_for_a_formula(built):
    text = table_csv(built).decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert len(rows) == len(built.table.schools)
    assert rows[0]["name"].startswith("'=HYPERLINK")
    for row in rows:
        for key, cell in row.items():
            number = key in ("easting", "northing") or cell.replace(".", "").replace("-", "").isdigit()
            assert number or not cell.startswith(("=", "+", "-", "@", "\t", "\r")), key


def test_flags_leave_with_the_figures(built):
    rows = list(csv.DictReader(StringIO(table_csv(built).decode("utf-8-sig"))))
    assert (rows[0]["fsm6_share"], rows[0]["fsm6_share_from"]) == ("", "missing")
    assert (rows[1]["roll_from"], rows[2]["roll_from"]) == ("imputed", "published")
    assert rows[0]["phase"] == "primary"


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1"])
def test_no_way_of_writing_a_formula_gets_through(built, start):
    schools = built.table.schools.copy()
    schools.loc[schools.index[0], "name"] = start
    hostile = replace(built, table=replace(built.table, schools=schools))
    cell = next(csv.DictReader(StringIO(table_csv(hostile).decode("utf-8-sig"))))["name"]
    assert cell[0] == "'" or cell[0] in "? "


def test_a_table_is_not_written_over_another_file(built, tmp_path):
    path = tmp_path / "schools.csv"
    path.write_text("mine")
    with pytest.raises(BadInput, match="is there already"):
        write_table(built, str(path), overwrite=False)
    assert path.read_text() == "mine"
    write_table(built, str(path), overwrite=True)
    assert HOSTILE[:5] in path.read_text(encoding="utf-8-sig")
