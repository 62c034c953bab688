"""Dates and lengths in a commissioner's words become terms; April begins the summer term."""

from __future__ import annotations

import pytest

from model.arrangements import OPEN_ENDED
from scenarios.dates import Start
from scenarios.errors import BadInput
from scenarios.terms_of import (
    decided_in_words,
    in_words,
    read_before,
    read_reviews,
    read_terms,
    read_when,
    term_of,
)


@pytest.mark.parametrize(
    ("year", "month", "term"),
    [
        (2023, 9, 0), (2023, 12, 0), (2024, 1, 1), (2024, 3, 1), (2024, 4, 2), (2024, 7, 2), (2024, 8, 3),
        (2024, 9, 3), (2025, 4, 5), (2023, 4, -1), (1, 0, 0), (3, 0, 6),
    ],
)  # fmt: skip
def test_a_date_falls_in_the_term_under_way(year: int, month: int, term: int) -> None:
    assert term_of(Start(year, month), 2023) == term


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("2027-09", 12), ("+2", 3), ("April +1", 2), ("april +2", 5), ("September -1", -3), ("April 0", -1),
        ("start", 5), ("start + 2 years", 11), ("start - 1 term", 4), ("start + 5 months", 6),
    ],
)  # fmt: skip
def test_a_date_is_absolute_or_counts_from_year_0_or_from_the_start(text: str, term: int) -> None:
    assert read_when(text, "test").term(2023, 5) == term


@pytest.mark.parametrize("text", ["2027-09", "+2", "April +1", "September -1", "start", "start + 2 years",
                                  "start - 1 term"])  # fmt: skip
def test_a_date_written_out_is_read_as_the_same_date(text: str) -> None:
    found = read_when(text, "test")
    assert read_when(found.written(), "test") == found


@pytest.mark.parametrize(
    "text", ["soon", "", "start + soon", "Juny +1", "2027-13", "1899-09", None, 3.5, ["start"]]
)
def test_what_is_no_date_is_refused(text: object) -> None:
    with pytest.raises(BadInput, match=r"test: is not a (date|length)"):
        read_when(text, "test")


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("3 years", 9),
        ("1 year", 3),
        ("5 terms", 5),
        ("5 months", 1),
        ("18 months", 5),
        ("10 months", 3),
        ("2 months", 1),
        ("6 months", 2),
    ],
)
def test_a_length_is_years_terms_or_months(text: str, terms: int) -> None:
    assert read_terms(text, "test") == terms


def test_open_ended_is_a_length_where_it_may_be() -> None:
    assert read_terms("open-ended", "test", open_ended=True) == OPEN_ENDED
    with pytest.raises(BadInput):
        read_terms("open-ended", "test")


@pytest.mark.parametrize("text", ["0 years", "1 month", "41 years", "three years", "3", 3, None])
def test_a_length_of_nothing_or_of_a_lifetime_is_refused(text: object) -> None:
    with pytest.raises(BadInput):
        read_terms(text, "test")


@pytest.mark.parametrize(
    ("text", "terms"), [("1 term before", 1), ("1 year before", 3), ("at the end", 0), ("2 terms after", -2)]
)
def test_a_decision_is_early_at_the_end_or_late(text: str, terms: int) -> None:
    assert read_before(text, "test") == terms
    assert read_before(decided_in_words(terms).removesuffix(" the end") if terms else text, "test") == terms


@pytest.mark.parametrize(
    ("found", "points"),
    [
        ("every year", (3, 6, 9, 12)), ("every 2 years", (6, 12)), ("after 2 years", (6,)),
        (["after 1 year", "after 10 terms"], (3, 10)), (None, ()),
    ],
)  # fmt: skip
def test_reviews_of_five_years_lie_inside_them(found: object, points: tuple[int, ...]) -> None:
    assert read_reviews(found, 15, "test") == points


@pytest.mark.parametrize("found", ["after 5 years", "yearly", "every 0 years x", 3])
def test_a_review_at_the_end_or_in_other_words_is_refused(found: object) -> None:
    with pytest.raises(BadInput):
        read_reviews(found, 15, "test")


def test_lengths_are_written_in_years_where_they_are_whole() -> None:
    assert [in_words(terms) for terms in (1, 2, 3, 9, 10)] == [
        "1 term",
        "2 terms",
        "1 year",
        "3 years",
        "10 terms",
    ]
