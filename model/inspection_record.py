"""What inspection has said of schools: last and former judgement, when, by area, and every visit since.

``grade`` is one scale for all regimes: the overall grade where there is one, and otherwise that of the worst
sub-judgement or area, so that ``grade <= GOOD`` is the definition of the day of a good school. The series has
breaks at September 2024 (no overall grade) and November 2025 (report cards).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from model.national_tier import Regime
from model.place import Bools, Floats, Index, Ints

AREAS = (
    "inclusion",
    "curriculum and teaching",
    "achievement",
    "attendance and behaviour",
    "personal development and well-being",
    "leadership and governance",
)
"""Evaluation areas of a report card, in the order of the columns of ``InspectionRecord.areas``."""

LEADERSHIP = AREAS.index("leadership and governance")


class Grade(IntEnum):
    """Grades as Ofsted numbers them; 0 where a school has never been judged."""

    NONE = 0
    OUTSTANDING = 1
    GOOD = 2
    REQUIRES_IMPROVEMENT = 3
    INADEQUATE = 4


GOOD, WANTING, CONCERN = int(Grade.GOOD), int(Grade.REQUIRES_IMPROVEMENT), int(Grade.INADEQUATE)
"""Grades as plain numbers, for comparisons of columns (a member of an enumeration is slow to look up)."""


class Point(IntEnum):
    """Five-point scale of report cards; 0 where no area has been judged."""

    NONE = 0
    URGENT_IMPROVEMENT = 1
    NEEDS_ATTENTION = 2
    EXPECTED_STANDARD = 3
    STRONG_STANDARD = 4
    EXCEPTIONAL = 5


@dataclass(frozen=True, kw_only=True, eq=False)
class Visits:
    """Inspections of one year end, one row each.

    Attributes
    ----------
    term : int
        Summer term at which they are entered.
    regime : Regime
        How they reported.
    school, date : (n_visits,) int32
        Row of the school; term of the visit.
    graded : (n_visits,) bool
        False for a short (ungraded) inspection, after which the former grade stands.
    before, after : (n_visits,) int8
        ``Grade`` at entry and afterwards.
    at_risk_before, at_risk : (n_visits,) bool
        Whether the last visit had been ungraded and found that the school might not hold its grade; whether
        this one was and did.
    years_since : (n_visits,) float64
        Since the last visit.
    """

    term: int
    regime: Regime
    school: Ints
    date: Ints
    graded: Bools
    before: Ints
    after: Ints
    at_risk_before: Bools
    at_risk: Bools
    years_since: Floats


class InspectionRecord:
    """Columns over schools; a year's inspections put new arrays in their place.

    Parameters
    ----------
    n_schools : int
        Number of schools.

    Attributes
    ----------
    grade, former : (n_schools,) int8
        ``Grade`` of the last and of the one before it (an ungraded visit confirms a grade and counts).
    published : (n_schools,) int8
        ``Grade`` of the last judgement that was published: what families know.
    date, due : (n_schools,) int32
        Term of the last visit and of the next.
    areas : (n_schools, 6) int8
        ``Point`` by area, of the last report card.
    stuck : (n_schools,) bool
        Below good twice; by report card, at least attention needed for leadership after a grade below good.
    at_risk : (n_schools,) bool
        The last visit was ungraded and found that the school might not hold its grade.
    full_next : (n_schools,) bool
        The last visit was ungraded and a full one follows soon: at risk, or perhaps better than its grade.
    visits : list of Visits
        Since the run began (the history before it is not kept).
    """

    def __init__(self, n_schools: int) -> None:
        self.grade: Ints = np.zeros(n_schools, dtype=np.int8)
        self.former: Ints = np.zeros(n_schools, dtype=np.int8)
        self.published: Ints = np.zeros(n_schools, dtype=np.int8)
        self.date: Ints = np.zeros(n_schools, dtype=np.int32)
        self.due: Ints = np.zeros(n_schools, dtype=np.int32)
        self.areas: Ints = np.zeros((n_schools, len(AREAS)), dtype=np.int8)
        self.stuck: Bools = np.zeros(n_schools, dtype=np.bool_)
        self.at_risk: Bools = np.zeros(n_schools, dtype=np.bool_)
        self.full_next: Bools = np.zeros(n_schools, dtype=np.bool_)
        self.visits: list[Visits] = []

    def put(self, rows: Index, **columns: Ints | Bools) -> None:
        """Replace some rows of columns; the arrays of before stay as they were.

        Parameters
        ----------
        rows : (k,) intp
            Schools.
        **columns : (k, ...) array
            What they hold, by name of the column.
        """
        for name, values in columns.items():
            column = getattr(self, name).copy()
            column[rows] = values
            setattr(self, name, column)

    def good(self) -> Bools:
        """Good or better by the definition of the day of its last inspection; shape (n_schools,)."""
        return np.asarray((self.grade > 0) & (self.grade <= GOOD))

    def below_good(self) -> Bools:
        """Judged and not good; shape (n_schools,)."""
        return np.asarray(self.grade >= WANTING)

    def concern(self) -> Bools:
        """In a category of concern: inadequate, or urgent improvement in an area; shape (n_schools,)."""
        return np.asarray(self.grade >= CONCERN)

    def published_good(self) -> Bools:
        """Good or better by the last judgement that was published; shape (n_schools,)."""
        return np.asarray((self.published > 0) & (self.published <= GOOD))

    def published_concern(self) -> Bools:
        """In a category of concern by the last judgement that was published; shape (n_schools,)."""
        return np.asarray(self.published >= CONCERN)
