"""Each cell becomes its figure, or its code, or nothing with a remark; never another figure."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.places.files.cells import read_cells, written_as_shares, year_of
from scenarios.places.files.kinds import Column, Kind, count, date, la, money, number, share, text, urn
from scenarios.places.files.years import year_of_file, year_of_path

SCORE = number("X", low=-6, high=6)


@pytest.mark.parametrize(
    ("cell", "column", "figure"),
    [
        ("62%", share("X"), 0.62),
        (" 62 ", share("X"), 0.62),
        ("49.00%", share("X"), 0.49),
        ("4.3", share("X"), 0.043),
        ("£37,371", money("X"), 37371.0),
        ("-£1,200.50", money("X"), -1200.5),
        ("1,204", count("X"), 1204.0),
        ("-0.31", SCORE, -0.31),
        ("\u22120.31", SCORE, -0.31),
        ("4.4800000000000004", number("X", low=0, high=100), 4.48),
        ("5.0000000000000003E-2", number("X", low=0, high=100), 0.05),
        ("136807", urn("URN"), 136807.0),
        ("136807.0", urn("URN"), 136807.0),
        ("202", la("LA"), 202.0),
    ],
)
def test_a_figure_is_read_as_it_is_meant(cell: str, column: Column, figure: float) -> None:
    reading = read_cells([cell], column)
    assert reading.values[0] == pytest.approx(figure)
    assert reading.codes[0] == ""


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "@A1", "1e1e1", "inf", "0x1F", "1_000", "1,23", "12a", "1 2", "٣", "1/2", "--1"]
)
def test_what_is_no_figure_is_never_one(cell: str) -> None:
    reading = read_cells(["1", cell], SCORE)
    assert np.isnan(reading.values[1])
    assert list(reading.unreadable) == [1]


@pytest.mark.parametrize("cell", ["SUPP", "ne", "LOWCOV", "NP", "-", "x", "N/A"])
def test_a_code_is_kept_beside_the_gap_it_leaves(cell: str) -> None:
    reading = read_cells([cell, "1"], SCORE)
    assert np.isnan(reading.values[0])
    assert reading.codes[0] == cell.upper()
    assert not len(reading.unreadable)


def test_a_code_of_a_later_year_is_kept_and_said() -> None:
    reading = read_cells(["1", "2", "3", "4", "NEWCODE", "NEWCODE", "NEWCODE"], SCORE)
    assert list(reading.codes[4:]) == ["NEWCODE"] * 3
    assert "NEWCODE" in reading.remark


def test_an_impossible_figure_is_left_out() -> None:
    reading = read_cells(["7.5", "1.5"], SCORE)
    assert np.isnan(reading.values[0])
    assert list(reading.out_of_range) == [0]


def test_a_decimal_comma_is_never_taken_for_thousands() -> None:
    reading = read_cells(["1,234", "45,2"], number("X", low=0, high=1e6), decimal_comma=True)
    assert np.isnan(reading.values).all()
    assert len(reading.unreadable) == 2


def test_percentages_that_a_spreadsheet_wrote_as_shares_are_read_as_shares_and_said() -> None:
    cells = [*(f"0.{10 + place}" for place in range(20)), "1"]
    assert written_as_shares([cells, ["0", "1"]])
    reading = read_cells(cells, share("X"), shares=True)
    assert reading.values[0] == pytest.approx(0.10)
    assert reading.values[-1] == pytest.approx(1.0)
    assert "shares" in reading.remark


def test_low_percentages_are_no_shares_where_another_column_is_higher() -> None:
    low = [f"0.{10 + place}" for place in range(20)]
    assert not written_as_shares([low, ["14.2"]])
    assert not written_as_shares([low, ["14%"]])
    assert not written_as_shares([low[:5]])
    assert read_cells(["0.5", "4.1"], share("X")).values[0] == pytest.approx(0.005)


@pytest.mark.parametrize(
    "cell", ["01-09-2012", "01/09/2012", "2012-09-01", "20120901", "2012-09-01 00:00:00"]
)
def test_a_date_is_read_with_the_day_before_the_month(cell: str) -> None:
    assert read_cells([cell], date("X")).values[0] == np.datetime64("2012-09-01")


@pytest.mark.parametrize("cell", ["31-02-2012", "13/13/2012", "12-Jan", "soon"])
def test_no_date_is_made_of_what_is_none(cell: str) -> None:
    reading = read_cells(["01-09-2012", cell], date("X"))
    assert np.isnat(reading.values[1])
    assert list(reading.unreadable) == [1]


@pytest.mark.parametrize(
    ("label", "year"),
    [
        ("2018", 2018),
        ("2017/18", 2018),
        ("2017-18", 2018),
        ("2017-2018", 2018),
        ("201718", 2018),
        ("2018 (Rev)", 2018),
        ("2018.0", 2018),
        ("2017/19", None),
        ("201712", None),
        ("18", None),
        ("twenty", None),
    ],
)
def test_a_year_means_the_one_in_which_it_ends(label: str, year: int | None) -> None:
    assert year_of(label) == year


@pytest.mark.parametrize(
    ("path", "year"),
    [
        ("data/2017-18/england_ks2final.csv", 2018),
        ("data/2017-2018_england_ks2final.csv", 2018),
        ("ks2_201718.csv", 2018),
        ("2016-17/ks4 2018.csv", 2018),
        ("2018/england_census.csv", 2018),
        ("gias_2022-07/edubasealldata.csv", 2022),
        ("cfr_2014-2018/totals.csv", None),
        ("edubasealldata20220704.csv", None),
        ("downloads/england_census.csv", None),
    ],
)
def test_the_nearest_name_that_says_a_year_counts(path: str, year: int | None) -> None:
    found = year_of_path(path)
    assert found == (None if path.startswith("gias") else year)


def test_columns_that_repeat_last_year_say_the_year_before_the_path_does() -> None:
    headings, marks = ["URN", "PTRWM_EXP", "PTRWM_EXP_17", "PTRWM_EXP_16"], r"PTRWM_EXP_(\d\d)"
    assert year_of_file(headings, marks, "2017-18/x.csv").odd == ""
    found = year_of_file(headings, marks, "2015-16/x.csv")
    assert (found.year, found.source) == (2018, "content")
    assert "2017-18" in found.odd
    assert "2015-16" in found.odd


def test_a_file_that_repeats_2019_is_not_of_a_year_without_tables() -> None:
    headings, marks = ["ATT8SCR", "ATT8SCR_19"], r"ATT8SCR_(\d\d)"
    assert year_of_file(headings, marks, "x.csv").year == 2022
    assert year_of_file(headings, marks, "2021-2022/x.csv").year == 2022


KINDS = [
    urn("X"),
    la("X"),
    count("X"),
    share("X"),
    money("X"),
    SCORE,
    date("X"),
    text("X"),
    Column(("X",), Kind.YEAR),
]


@given(cells=st.lists(st.text(max_size=12), min_size=1, max_size=8), kind=st.integers(0, len(KINDS) - 1))
def test_any_text_is_read_without_a_crash_and_each_gap_has_a_reason(cells: list[str], kind: int) -> None:
    column = KINDS[kind]
    reading = read_cells(cells, column)
    assert len(reading.values) == len(reading.codes) == len(cells)
    if column.kind is Kind.TEXT:
        return
    missing = np.isnat(reading.values) if column.kind is Kind.DATE else np.isnan(reading.values)
    for cell, gone, code in zip(cells, missing, reading.codes, strict=True):
        named = column.kind in (Kind.URN, Kind.LA) and not any(letter in "123456789" for letter in cell)
        assert not gone or code or not cell.strip(" \t\r\n\xa0") or named


@given(figure=st.floats(-5.99, 5.99).map(lambda value: round(value, 2)))
def test_a_figure_written_out_is_read_back(figure: float) -> None:
    assert read_cells([f"{figure:.2f}"], SCORE).values[0] == pytest.approx(figure, abs=1e-12)
