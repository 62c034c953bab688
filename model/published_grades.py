"""Schools whose inspections up to year 0 are published: the record holds those, and no others are made up.

A published grade is a noisy reading of a school, so it tells something of the school's own level of practice:
a reading of one like it is drawn, and drawn again within what its grade allows, and the difference is spread
over own level by its covariance with the reading (Matheron's rule), the earlier of two grades first. Over
draws that is the posterior, but for what the later grade tells of the earlier reading's error.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.special import ndtr, ndtri

from model.inspection_parameters import InspectionParameters
from model.inspection_record import GOOD, WANTING, InspectionRecord, Visits
from model.inspection_scores import LUCK, OVERALL, Scores
from model.institution_facts import Facts
from model.judging import Judging
from model.national_tier import Regime
from model.place import Floats, Index, Ints, Phase
from model.practice import Practice
from model.public_record import PublicRecord, says_nothing
from model.randomness import Chance

_TERMS = 3
_SCHOOLS = 0
_SURE = 1e-12  # a reading is drawn within this of the ends of what is possible


class PublishedGrades:
    """Inspections up to year 0 as they were published.

    Parameters
    ----------
    public : PublicRecord or None
        What is known of the place's schools; None for nothing.
    n_schools : int
        Number of schools.

    Attributes
    ----------
    rows : (k,) intp
        Schools with a published grade.
    grade : (k,) int32
        Their grades.
    """

    def __init__(self, public: PublicRecord | None, n_schools: int) -> None:
        self._of = says_nothing(n_schools) if public is None else public
        self.rows: Index = np.flatnonzero(self._of.grade > 0)
        self.grade: Ints = self._of.grade[self.rows]
        self._due: Ints = np.zeros(n_schools, dtype=np.int32)

    def stand(self, record: InspectionRecord, last: int, waits: Ints) -> None:
        """Put on record what was known at the end of a year, and when inspectors come next.

        A school that was inspected later has the grade before that; where none is known, the one drawn.

        Parameters
        ----------
        record : InspectionRecord
            As drawn for all schools; changed in place.
        last : int
            Summer term of that year.
        waits : (k,) int32
            Terms from the last published inspection of ``rows`` to the next.
        """
        rows, of = self.rows, self._of
        self._due[rows] = _next_after_year_0(of.inspected[rows], of.grade[rows], waits)
        record.put(rows, due=self._due[rows])
        nothing = np.zeros(len(rows), dtype=np.bool_)
        record.put(rows, at_risk=nothing, full_next=nothing, areas=np.zeros_like(record.areas[rows]))
        for column in (of.former_inspected, of.inspected):
            later = self.rows[(column[rows] > last) & (column[rows] < 0)]
            record.put(later, due=np.minimum(record.due[later], column[later]))
        for date, grade, former in self._visits():
            seen = rows[(grade[rows] > 0) & (date[rows] <= last)]
            record.put(
                seen, grade=grade[seen], former=former[seen], published=grade[seen], date=date[seen],
                stuck=_twice(former[seen], grade[seen]),
            )  # fmt: skip

    def _visits(self) -> tuple[tuple[Ints, Ints, Ints], ...]:
        """Dates, grades and the grades before them: of the visit before the last, and of the last."""
        of = self._of
        unknown = np.zeros_like(of.former)
        return (of.former_inspected, of.former, unknown), (of.inspected, of.grade, of.former)

    def find(self, record: InspectionRecord, term: int) -> None:
        """Put on record the inspections of a year before year 0's end, as they were published.

        Parameters
        ----------
        record : InspectionRecord
            Changed in place.
        term : int
            Summer term of the year.
        """
        rows = self.rows
        for date, grade, _ in self._visits():
            seen = rows[(grade[rows] > 0) & (date[rows] <= term) & (date[rows] > term - _TERMS)]
            if len(seen):
                self._enter(record, term, seen, grade[seen], date[seen])

    def _enter(self, record: InspectionRecord, term: int, seen: Index, grade: Ints, date: Ints) -> None:
        before, at_risk = record.grade[seen], np.zeros(len(seen), dtype=np.bool_)
        record.visits.append(
            Visits(
                term=term, regime=Regime.FOUR_GRADES, school=seen, date=date, graded=~at_risk, before=before,
                after=grade.astype(np.int8), at_risk_before=at_risk, at_risk=at_risk,
                years_since=(date - record.date[seen]) / _TERMS,
            )
        )  # fmt: skip
        last = date == self._of.inspected[seen]
        record.put(
            seen, grade=grade, former=before, published=grade, date=date, stuck=_twice(before, grade),
            due=np.where(last, self._due[seen], self._of.inspected[seen]),
        )  # fmt: skip

    def tell(
        self,
        facts: Facts,
        scores: Scores,
        judging: Judging,
        p: InspectionParameters,
        practice: Practice,
        chance: Chance,
    ) -> Floats | None:
        """Say how much better or worse schools' own levels are, now that their grades are known.

        Parameters
        ----------
        facts : Facts
            Intake and results.
        scores, judging : Scores, Judging
            What inspectors see, and what they make of it.
        p : InspectionParameters
            One draw.
        practice : Practice
            As drawn; its own level is read. What moves above it is part of the error of a reading, as that
            reading is some years old.
        chance : Chance
            Stream ``inspection (what grades tell)``, of the draw.

        Returns
        -------
        (n_schools, 9) float64 or None
            Change of own level, between-school SD; None where no grade is known.
        """
        rows = self.rows
        if not len(rows):
            return None
        level = practice.own_level
        n, m = level.shape
        nothing = np.zeros((len(rows), LUCK))
        usual = scores.of(rows, np.zeros((n, m)), facts, nothing)[:, OVERALL]
        own = scores.of(rows, level, facts, nothing)[:, OVERALL] - usual
        reach, of_level, error = scores.overall(practice.moving_variance)
        luck = chance.for_draw().normals("inspection (what grades tell)", _SCHOOLS, 0, 2 * n).reshape(2, n)
        told, left, expected = np.zeros(len(rows)), np.ones(len(rows)), np.zeros(len(rows))
        for at, (low, high) in enumerate(self._allowed(facts, judging, p)):
            read = low < high  # who was inspected then
            sd = np.sqrt(left * of_level + error)
            drawn = (own + of_level * told + np.sqrt(error) * luck[at, rows] - expected) / sd
            known = _within(drawn, (low - usual - expected) / sd, (high - usual - expected) / sd)
            told += np.where(read, left * (known - drawn) / sd, 0.0)
            expected += np.where(read, left * of_level * known / sd, 0.0)
            left = np.where(read, left * error / (left * of_level + error), left)
        change = np.zeros((n, m))
        change[rows] = told[:, None] * reach
        return change

    def _allowed(
        self, facts: Facts, judging: Judging, p: InspectionParameters
    ) -> Iterator[tuple[Floats, Floats]]:
        """Lowest and highest score that gives each grade, by the standard of its day; shape (k,) each.

        Of the inspection before the last, then of the last; both 0 where there was none.
        """
        rows = self.rows
        harder = p.secondary_extra * np.isin(facts.phase[rows], (Phase.SECONDARY, Phase.ALL_THROUGH))
        for date, grade, former in self._visits():
            years = facts.year_0 + 1 + date[rows] // _TERMS
            good = np.array([judging.standard(int(year)) for year in years.tolist()]) + harder
            good = good - p.response * (former[rows] >= WANTING)
            ends = np.array(
                [np.full(len(rows), np.inf), good + p.outstanding_above, good, good - p.inadequate_below,
                 np.full(len(rows), -np.inf)]
            )  # fmt: skip
            of, column = np.maximum(grade[rows], 1), np.arange(len(rows))
            seen = grade[rows] > 0
            yield np.where(seen, ends[of, column], 0.0), np.where(seen, ends[of - 1, column], 0.0)


def _within(drawn: Floats, low: Floats, high: Floats) -> Floats:
    """Bring standard scores within bounds, each to the same part of what is allowed; shape (k,)."""
    least, most = ndtr(low), ndtr(high)
    part = least + ndtr(drawn) * (most - least)
    return np.asarray(ndtri(np.clip(part, _SURE, 1.0 - _SURE)))


def _twice(former: Ints, grade: Ints) -> np.ndarray:
    """Below good twice; shape (k,), bool."""
    return np.asarray((former >= WANTING) & (grade >= WANTING))


def _next_after_year_0(date: Ints, grade: Ints, waits: Ints) -> Ints:
    """Term of the next inspection; who should have had one by then is due at once, or had short visits."""
    due = date + waits
    cycles = np.where(due < 0, -(due // waits), 0)  # a short visit leaves no row, and no grade changes
    confirmed = due + cycles * waits
    return np.asarray(np.where(grade <= GOOD, confirmed, np.maximum(due, 0)), dtype=np.int32)
