"""Levers begin in a month or a number of years after year 0; courses need weeks enough in the year."""

from __future__ import annotations

import pytest

from scenarios import dates
from scenarios.dates import Start
from scenarios.errors import BadInput


@pytest.mark.parametrize(
    ("text", "year"),
    [("2027-09", 2028), ("2027-08", 2028), ("2027-07", 2027), ("2027-01", 2027), ("+2", 2025)],
)
def test_a_date_falls_in_the_academic_year_that_ends_next(text: str, year: int) -> None:
    assert dates.academic_year(dates.read_start(text, "start"), 2023) == year


def test_years_after_year_0_may_be_a_number_as_yaml_reads_plus_two() -> None:
    assert dates.read_start(2, "start") == dates.read_start("+2", "start")


def test_levers_begin_in_the_first_april_after_year_0_by_default() -> None:
    assert dates.first_april_after(2023) == Start(2024, 4)


@pytest.mark.parametrize(
    ("start", "weeks", "year"),
    [
        (Start(2024, 4), 12, 2024),
        (Start(2024, 4), 20, 2025),
        (Start(2024, 1), 20, 2024),
        (Start(2024, 9), 39, 2025),
        (Start(1, 0), 39, 2024),
    ],
)
def test_the_first_course_waits_for_a_year_with_weeks_enough(start: Start, weeks: int, year: int) -> None:
    assert dates.first_course_year(start, 2023, weeks) == year


@pytest.mark.parametrize(("month", "year"), [(4, 2025), (3, 2025), (1, 2024), (7, 2025)])
def test_a_course_of_a_tested_year_group_ends_before_the_tests(month: int, year: int) -> None:
    assert dates.first_course_year(Start(2024, month), 2023, 12, (5, 6)) == year


def test_a_course_cannot_be_fitted_into_july() -> None:
    assert dates.first_course_year(Start(2024, 7), 2023, 12, (3,)) == 2025


@pytest.mark.parametrize("text", ["2023-07", "2019-09", "2090-09"])
def test_a_lever_cannot_begin_before_year_0_or_out_of_sight(text: str) -> None:
    with pytest.raises(BadInput, match="does not lie after year 0"):
        dates.checked_after(dates.read_start(text, "start"), 2023, "start")


@pytest.mark.parametrize(
    "value",
    ["", "2027", "27-09", "2027-9", "2027-00", "next year", "-2", "+0", "+99", 0, None, True, 2.0, [1]],
)
def test_what_is_not_a_date_is_refused(value: object) -> None:
    with pytest.raises(BadInput, match="is not a date"):
        dates.read_start(value, "start")
