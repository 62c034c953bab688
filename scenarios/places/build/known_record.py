"""What is publicly known of schools at the end of year 0, as the model's columns."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from model.inspection_record import Grade
from model.place import Flag, Ints
from model.public_record import FEDERATION_NOT_KNOWN, NO_FEDERATION, PublicRecord
from scenarios.places.files.notes import Note

GRADES: Mapping[str, Grade] = {
    "outstanding": Grade.OUTSTANDING,
    "good": Grade.GOOD,
    "satisfactory": Grade.REQUIRES_IMPROVEMENT,  # its name until August 2012
    "requires improvement": Grade.REQUIRES_IMPROVEMENT,
    "inadequate": Grade.INADEQUATE,
    "serious weaknesses": Grade.INADEQUATE,
    "special measures": Grade.INADEQUATE,
}
"""Words of the register and of the histories on the one scale of grade; any other word says no grade."""

_AUTUMN, _SUMMER = 9, 4
_TERMS = 3
_FLAGGED = ("federation", "inspection_rating", "former_rating")


def term_of(dates: pd.Series, year: int) -> Ints:
    """Give the term of each date: September to December, January to March, April to August.

    Parameters
    ----------
    dates : pandas.Series of datetime64
        NaT where not known.
    year : int
        Year 0.

    Returns
    -------
    (n,) int32
        Terms since the autumn after year 0, -1 in its last; 0 where not known.
    """
    month = dates.dt.month.fillna(_AUTUMN)
    autumn = month >= _AUTUMN
    within = np.where(autumn, 0, np.where(month >= _SUMMER, 2, 1))
    terms = _TERMS * (dates.dt.year.fillna(year) + autumn - year - 1) + within
    return np.asarray(terms.where(dates.notna(), 0), dtype=np.int32)


def public_record(
    table: pd.DataFrame, flags: pd.DataFrame, year: int, *, groups_read: bool
) -> PublicRecord | None:
    """Give what is known of single schools.

    Parameters
    ----------
    table : pandas.DataFrame
        From ``arrays.place_order``.
    flags : pandas.DataFrame
        ``Flag`` of every cell, by urn.
    year : int
        Year 0; no later inspection is in the table.
    groups_read : bool
        Whether a file said who belongs to which group: where none did, federations are not known.

    Returns
    -------
    PublicRecord or None
        In the order of the schools; None where nothing is known of any.
    """
    federation = _federations(table)
    if not groups_read and not (federation >= 0).any():
        federation[:] = FEDERATION_NOT_KNOWN
    grade, inspected = _inspection(table, "inspection_rating", "inspected_on", year)
    former, former_inspected = _inspection(table, "former_rating", "former_inspected_on", year)
    former_inspected = np.where(grade > 0, former_inspected, 0).astype(np.int32)
    former = np.where(former_inspected < 0, former, 0).astype(np.int32)
    if not (grade > 0).any() and (federation == FEDERATION_NOT_KNOWN).all():
        return None
    known = [column for column in _FLAGGED if column in flags]
    flag = flags[known].reindex(table.index).max(axis=1) if known else pd.Series(0, index=table.index)
    return PublicRecord(
        federation=federation, grade=grade, inspected=inspected, former=former,
        former_inspected=former_inspected,
        flag=flag.fillna(0).clip(lower=int(Flag.PUBLISHED)).to_numpy(dtype=np.int32),
    )  # fmt: skip


def _federations(table: pd.DataFrame) -> Ints:
    """Index of each school's federation, -1 for none; shape (n_schools,), int32."""
    column = next((name for name in ("federation_uid", "federation") if name in table), None)
    if column is None:
        return np.full(len(table), NO_FEDERATION, dtype=np.int32)
    names = table[column].astype("object").where(table[column].notna(), "").astype("str")
    codes, _ = pd.factorize(names.where(names != "", None))
    return np.where(codes < 0, NO_FEDERATION, codes).astype(np.int32)


def _inspection(table: pd.DataFrame, rating: str, date: str, year: int) -> tuple[Ints, Ints]:
    """Grade and term of an inspection; 0 in both where either is not known; shape (n_schools,) each."""
    nothing = np.zeros(len(table), dtype=np.int32)
    if rating not in table or date not in table:
        return nothing, nothing.copy()
    words = table[rating].astype("object").where(table[rating].notna(), "").astype("str")
    grade = words.str.lower().map({word: int(value) for word, value in GRADES.items()}).fillna(0)
    term = term_of(pd.to_datetime(table[date]), year)
    known = (grade.to_numpy() > 0) & (term < 0)
    return np.where(known, grade, 0).astype(np.int32), np.where(known, term, 0).astype(np.int32)


def record_notes(record: PublicRecord | None) -> list[Note]:
    """Say what is known of schools' federations and inspections, and what the model draws.

    Parameters
    ----------
    record : PublicRecord or None
        As built.

    Returns
    -------
    list of Note
        For the report.
    """
    if record is None:
        return []
    federated, graded = int((record.federation >= 0).sum()), int((record.grade > 0).sum())
    notes = [Note("matched", "federations", "schools in a federation from the start", federated)]
    if (record.federation == FEDERATION_NOT_KNOWN).all():
        notes = [Note("missing", "federations", "no file says who is federated: the model draws it", 0)]
    notes.append(Note("matched", "inspections", "schools with a published grade at year 0", graded))
    if graded < len(record.grade):
        text = "schools without a published grade up to year 0: the model draws one"
        notes.append(Note("missing", "inspections", text, len(record.grade) - graded))
    return notes
