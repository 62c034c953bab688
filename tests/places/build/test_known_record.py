"""What is known of schools at year 0 becomes the model's columns: terms, grades, federations."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from model.public_record import FEDERATION_NOT_KNOWN, NO_FEDERATION, PublicRecord
from scenarios.places.build.known_record import public_record, record_notes, term_of

YEAR = 2018


def table(**columns: list[object]) -> pd.DataFrame:
    """Three schools; what is not given is empty."""
    empty: dict[str, list[object]] = {
        "federation": [""] * 3, "federation_uid": [""] * 3, "inspection_rating": [""] * 3,
        "inspected_on": [None] * 3, "former_rating": [""] * 3, "former_inspected_on": [None] * 3,
    }  # fmt: skip
    return pd.DataFrame({**empty, **columns}, index=pd.Index([1, 2, 3], name="urn"))


def known(of: pd.DataFrame, *, groups_read: bool = True) -> PublicRecord | None:
    return public_record(of, pd.DataFrame(index=of.index), YEAR, groups_read=groups_read)


@pytest.mark.parametrize(
    ("date", "term"),
    [("2018-08-31", -1), ("2018-04-01", -1), ("2018-03-31", -2), ("2017-09-01", -3), ("2017-08-31", -4)],
)
def test_terms_are_counted_back_from_the_end_of_year_0(date: str, term: int) -> None:
    assert term_of(pd.Series(pd.to_datetime([date])), YEAR).tolist() == [term]


def test_what_has_no_date_has_no_term() -> None:
    assert term_of(pd.Series(pd.to_datetime([None])), YEAR).tolist() == [0]


def test_grades_are_one_scale_and_one_without_a_date_is_not_known() -> None:
    words, day = ["Satisfactory", "Special Measures", "Good"], pd.Timestamp("2016-05-01")
    found = known(table(inspection_rating=words, inspected_on=[day, day, None]))
    assert found is not None
    assert found.grade.tolist() == [3, 4, 0]
    assert found.inspected.tolist() == [-7, -7, 0]


def test_a_word_that_is_no_grade_says_none() -> None:
    day = pd.Timestamp("2016-05-01")
    found = known(table(inspection_rating=["Expected standard", "", "Good"], inspected_on=[day] * 3))
    assert found is not None
    assert found.grade.tolist() == [0, 0, 2]


def test_schools_of_one_federation_share_a_number_whatever_its_name() -> None:
    found = known(table(federation_uid=["9", "", "9"], federation=["Pair", "", "The Pair"]))
    assert found is not None
    assert found.federation.tolist() == [0, NO_FEDERATION, 0]


def test_where_no_file_tells_of_groups_federations_are_not_known() -> None:
    day = pd.Timestamp("2016-05-01")
    of = table(inspection_rating=["Good", "", ""], inspected_on=[day, None, None])
    found = known(of, groups_read=False)
    assert found is not None
    assert (found.federation == FEDERATION_NOT_KNOWN).all()
    assert any("the model draws it" in note.text for note in record_notes(found))
    read = known(of)
    assert read is not None
    assert (read.federation == NO_FEDERATION).all()


def test_where_nothing_is_known_there_is_no_record() -> None:
    assert known(table(), groups_read=False) is None
    assert record_notes(None) == []


def test_what_is_drawn_is_said() -> None:
    of = table(inspection_rating=["Good", "", ""], inspected_on=[pd.Timestamp("2016-05-01"), None, None])
    notes = {note.text: note.count for note in record_notes(known(of))}
    assert notes["schools without a published grade up to year 0: the model draws one"] == 2
    assert notes["schools with a published grade at year 0"] == 1
    assert np.isin(0, list(notes.values()))  # no school is federated
