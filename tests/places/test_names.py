"""People name a place as they like; what means nothing is answered with what does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.errors import BadInput, UnknownName
from scenarios.places import library, resolve, table


@pytest.mark.parametrize(
    ("written", "code", "year"),
    [
        ("ealing", 307, 2023),
        ("EALING", 307, 2023),
        (" 307 ", 307, 2023),
        ("ealing@2018", 307, 2018),
        ("Ealing @ 2019", 307, 2019),
        ("Bristol, City of", 801, 2023),
        ("bristol-city-of@2022", 801, 2022),
        ("St. Helens", 342, 2023),
        ("st.helens", 342, 2023),
    ],
)
def test_a_place_is_found_as_people_write_it(written: str, code: int, year: int) -> None:
    place = resolve(written)
    assert (place.la_code, place.year) == ((code,), year)


@pytest.mark.parametrize("written", ["england", "England", "synthetic", "SYNTHETIC@2019", "benchmark"])
def test_places_that_are_no_authority_have_names_too(written: str) -> None:
    if written.lower() != "england":  # built in another test
        assert resolve(written).name.lower() == written.split("@", maxsplit=1)[0].lower()
    assert written.split("@", maxsplit=1)[0].lower() in library()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "names no place"),
        ("   ", "names no place"),
        ("@2018", "names no place"),
        ("ealing@", "names no year"),
        ("ealing@last", "2016"),
        ("ealing@2020", "teachers"),
        ("ealing@1066", "2016"),
        ("ealing@2024", "2023"),
        ("ealing@２０１８", "2016"),
        ("places/ealing", "no such file"),
        ("ealing.place", "no such file"),
        ("EALING.PLACE", "no such file"),
        ("..\\ealing", "no such file"),
        ("/data/me@home/ealing.place", "no such file"),
        (".", "nothing goes by that name"),
        ("ealing.csv", "nothing goes by that name"),
        ("lewisham", "Lewisham"),
        ("Cumbria", "Cumberland"),
        ("Guildford", "Surrey"),
    ],
)
def test_what_cannot_be_a_place_is_refused_with_what_can(written: str, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        resolve(written)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("ealign", "Ealing"), ("benchmrk", "benchmark"), ("englnd", "england"), ("Sury", "Surrey")],
)
def test_a_slip_of_the_pen_is_answered_with_the_nearest_name(written: str, meant: str) -> None:
    with pytest.raises(UnknownName) as unknown:
        resolve(written)
    assert meant.lower() in [name.lower() for name in unknown.value.nearest]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_no_text_whatever_breaks_the_search_for_a_place(written: str) -> None:
    if written.strip().lower().startswith("england"):
        return
    try:
        place = resolve(written)
    except BadInput as refused:
        message = str(refused)
        assert "\n" not in message and len(message) < 900
    else:
        assert place.year in table.PLACE_YEARS


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(library()[:-3]), st.sampled_from(["{}", " {} ", "{}@2019", "{}@2023"]), st.booleans())
def test_every_slug_is_found_in_any_case_with_or_without_a_year(slug: str, pattern: str, upper: bool) -> None:
    written = pattern.format(slug.upper() if upper else slug)
    assert resolve(written).slug == slug


def test_a_megabyte_of_text_is_refused_in_one_short_line() -> None:
    with pytest.raises(BadInput) as refused:
        resolve("x" * 1_000_000)
    assert len(str(refused.value)) < 900
