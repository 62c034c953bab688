"""Inspection by date: who is due, what is seen, with error, and what is then on record.

Schools are inspected at the end of the year in which they were due: sooner after a poor judgement. From
September 2015 to November 2025 good schools had short visits: the grade stands unless it plainly no longer
holds; a school that only just holds it is *at risk* and has its full inspection soon.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from model.events import Event
from model.inspection_record import CONCERN, GOOD, WANTING, Grade, InspectionRecord, Visits
from model.inspection_scores import LUCK, Scores
from model.institution_facts import Facts
from model.judging import SHORT_FROM, Judged, Judging
from model.national_tier import National, Regime
from model.parameters import Parameters
from model.place import Bools, Floats, Index, Ints, Phase
from model.practice import Practice
from model.published_grades import PublishedGrades
from model.randomness import Chance

_SCHOOLS = 0
_TERMS = 3
_WORDS = LUCK + 1  # the last one is for the time to the next inspection
_HISTORY_YEARS = 10
_SHORT_REGIMES = (Regime.FOUR_GRADES, Regime.SUB_JUDGEMENTS)
_WORDS_OF = {
    Grade.OUTSTANDING: "judged outstanding",
    Grade.GOOD: "judged good",
    Grade.REQUIRES_IMPROVEMENT: "judged to require improvement",
    Grade.INADEQUATE: "in a category of concern",
}


class Inspectorate(Protocol):
    """What the other rooms ask of inspection."""

    record: InspectionRecord
    events: list[Event]

    def tell(self, practice: Practice) -> Floats | None:
        """Say what published grades tell of schools' own levels.

        Parameters
        ----------
        practice : Practice
            As drawn.

        Returns
        -------
        (n_schools, 9) float64 or None
            Change of own level, between-school SD; None where no grade is known.
        """

    def begin(self, term: int, practice: Floats, national: National | None) -> None:
        """Give schools the record that they have when the run begins.

        Parameters
        ----------
        term : int
            First term of the run.
        practice : (n_schools, 9) float64
            Practice, between-school SD.
        national : National or None
            What is decided nationally; no one is inspected where None.
        """

    def year_end(self, term: int, practice: Floats, national: National | None) -> None:
        """Inspect the schools that were due in the year.

        Parameters
        ----------
        term : int
            Summer term.
        practice : (n_schools, 9) float64
            Practice, between-school SD.
        national : National or None
            What is decided nationally; no one is inspected where None.
        """

    def restart(self, schools: Index, term: int) -> None:
        """Give schools that open under another trust a new inspection cycle.

        Parameters
        ----------
        schools : (n,) intp
            Their rows.
        term : int
            When they opened.
        """


class Inspection:
    """Schools are inspected, with error, by the regime of the day.

    Parameters
    ----------
    facts : Facts
        Schools: results and intake are read.
    p : Parameters
        One draw.
    chance : Chance
        Streams ``inspection`` and ``inspection (before the run)``.

    Attributes
    ----------
    record : InspectionRecord
        What is on record.
    events : list of Event
        Schools whose standing as good, or in a category of concern, changed.
    """

    def __init__(self, facts: Facts, p: Parameters, chance: Chance) -> None:
        self._facts, self._p, self._chance = facts, p.inspection, chance
        self._scores = Scores(p.inspection, p.practice.domain_correlation)
        self._judging = Judging(p.inspection)
        self._secondary = (1.0 * (facts.phase == Phase.SECONDARY)) + (facts.phase == Phase.ALL_THROUGH)
        q = p.inspection
        self._years = np.array(
            [q.years_good, q.years_good, q.years_good, q.years_below_good, q.years_concern]
        )  # by grade
        self.record = InspectionRecord(facts.n_schools)
        self._published = PublishedGrades(facts.public, facts.n_schools)
        self.events: list[Event] = []
        self._begun = False

    def tell(self, practice: Practice) -> Floats | None:
        """Say what published grades tell of schools' own levels.

        Parameters
        ----------
        practice : Practice
            As drawn.

        Returns
        -------
        (n_schools, 9) float64 or None
            Change of own level, between-school SD; None where no grade is known.
        """
        return self._published.tell(self._facts, self._scores, self._judging, self._p, practice, self._chance)

    def begin(self, term: int, practice: Floats, national: National | None) -> None:
        """Let ten years of inspection go by with practice as it is; what is published stands in their stead.

        Parameters
        ----------
        term : int
            First term of the run.
        practice : (n_schools, 9) float64
            Practice, between-school SD.
        national : National or None
            What is decided nationally; no one is inspected where None.
        """
        if national is None:
            return
        self._begun = True
        n, last = self._facts.n_schools, term - 1 - term % _TERMS
        first = last - _TERMS * _HISTORY_YEARS
        luck = self._chance.uniforms("inspection (before the run)", 1, 0, n)
        cycle = _TERMS * self._p.years_good
        r = self.record
        r.grade = np.full(n, Grade.GOOD, dtype=np.int8)
        r.former = r.published = r.grade
        r.date = (first - np.floor(cycle * luck)).astype(np.int32)
        r.due = (r.date + np.ceil(cycle)).astype(np.int32)
        for summer in range(first + _TERMS, last + 1, _TERMS):
            self._inspect("inspection (before the run)", summer, practice, national)
        r.visits = []
        rows = self._published.rows
        if len(rows):
            luck = self._chance.normals("inspection (next)", 0, 0, n)[rows]
            waits = self._wait(self._published.grade, np.zeros(len(rows), dtype=np.bool_), luck)
            self._published.stand(r, last, waits)

    def year_end(self, term: int, practice: Floats, national: National | None) -> None:
        """Inspect the schools that were due in the year.

        Parameters
        ----------
        term : int
            Summer term.
        practice : (n_schools, 9) float64
            Practice, between-school SD.
        national : National or None
            What is decided nationally; no one is inspected where None.
        """
        if national is None:
            return
        if not self._begun:
            self.begin(term - _TERMS + 1, practice, national)
        told = len(self.record.visits)
        if term < 0:
            self._published.find(self.record, term)
        self._inspect("inspection", term, practice, national)
        for visits in self.record.visits[told:]:
            self._tell(visits)

    def restart(self, schools: Index, term: int) -> None:
        """Give schools that open under another trust a new inspection cycle; their grade stays on record.

        Parameters
        ----------
        schools : (n,) intp
            Their rows.
        term : int
            When they opened.
        """
        due = self.record.due.copy()
        due[schools] = term + round(_TERMS * self._p.years_new_school)
        self.record.due = due

    def _inspect(self, stream: str, term: int, practice: Floats, national: National) -> None:
        due = np.flatnonzero(self.record.due <= term)
        if not len(due):
            return
        n, year = self._facts.n_schools, self._facts.year_0 + 1 + term // _TERMS
        luck = self._chance.normals(stream, _SCHOOLS, term, n * _WORDS).reshape(n, _WORDS)[due]
        regime = national.regime(term)
        scores = self._scores.of(due, practice, self._facts, luck[:, :LUCK])
        poor = self.record.below_good()[due]
        scores += (self._p.response * poor)[:, None]  # they are visited meanwhile, and know what is asked
        judged = self._judging.judge(regime, year, scores, self._secondary[due], poor)
        short = self._short(regime, year, due)
        self._enter(term, regime, due, judged, short, luck[:, LUCK])

    def _short(self, regime: Regime, year: int, due: Index) -> Bools:
        """Which of the schools that are due have a short visit first; shape (k,)."""
        if regime not in _SHORT_REGIMES or year < SHORT_FROM:
            return np.zeros(len(due), dtype=np.bool_)
        return np.asarray(self.record.good()[due] & ~self.record.full_next[due])

    def _enter(
        self, term: int, regime: Regime, due: Index, judged: Judged, short: Bools, luck: Floats
    ) -> None:
        """Put judgements on record and fix when inspectors come again."""
        r = self.record
        before, at_risk_before = r.grade[due], r.at_risk[due]
        stands = short & (judged.grade <= GOOD)
        after = np.where(stands, before, judged.grade).astype(np.int8)
        moved = stands & (judged.grade != before)  # a short visit cannot say so: a full one will follow soon
        at_risk = stands & (judged.near | (judged.grade > before))
        date = np.maximum(r.due[due], term - _TERMS + 1)  # who was due in an earlier year is seen this year
        since = (date - r.date[due]) / _TERMS
        r.visits.append(
            Visits(
                term=term, regime=regime, school=due, date=date, graded=~stands, before=before, after=after,
                at_risk_before=at_risk_before, at_risk=at_risk, years_since=since,
            )
        )  # fmt: skip
        poor = after >= WANTING
        again = (before >= WANTING) & poor
        if judged.points is not None:
            again &= judged.poorly_led
            r.areas = _put(r.areas, due, judged.points)
        if regime is not Regime.DIALOGIC:
            r.published = _put(r.published, due, after)
        r.former, r.grade = _put(r.former, due, before), _put(r.grade, due, after)
        r.stuck, r.at_risk = _put(r.stuck, due, again), _put(r.at_risk, due, at_risk)
        r.full_next = _put(r.full_next, due, at_risk | moved)
        r.date = _put(r.date, due, date)
        r.due = _put(r.due, due, date + self._wait(after, at_risk | moved, luck))

    def _wait(self, grade: Ints, soon: Bools, luck: Floats) -> Ints:
        """Terms until inspectors come again; shape (k,), at least one."""
        p = self._p
        years = np.where(soon, p.years_at_risk, self._years[grade])
        terms = np.rint(_TERMS * years * (1.0 + p.years_spread * luck))
        return np.asarray(np.maximum(terms, 1.0), dtype=np.int32)

    def _tell(self, visits: Visits) -> None:
        """Note whose standing changed for better or worse."""
        good = (visits.before <= GOOD) != (visits.after <= GOOD)
        concern = (visits.before >= CONCERN) != (visits.after >= CONCERN)
        for at in np.flatnonzero(good | concern).tolist():
            school = int(visits.school[at])
            text = _WORDS_OF[Grade(int(visits.after[at]))]
            la, date = int(self._facts.area[school]), int(visits.date[at])
            self.events.append((date, la, school, "inspected", text, float("nan")))


class NoInspection:
    """The null version: no one is inspected; no school is good, of concern or stuck.

    Parameters
    ----------
    n_schools : int
        Number of schools.
    """

    def __init__(self, n_schools: int) -> None:
        self.record = InspectionRecord(n_schools)
        self.events: list[Event] = []

    def tell(self, practice: Practice) -> None:
        """Nothing is told.

        Parameters
        ----------
        practice : Practice
            Not read.
        """
        del practice

    def begin(self, term: int, practice: Floats, national: National | None) -> None:
        """Nothing happens.

        Parameters
        ----------
        term, practice, national : int, array, National or None
            Not read.
        """
        del term, practice, national

    def year_end(self, term: int, practice: Floats, national: National | None) -> None:
        """Nothing happens.

        Parameters
        ----------
        term, practice, national : int, array, National or None
            Not read.
        """
        del term, practice, national

    def restart(self, schools: Index, term: int) -> None:
        """Nothing happens.

        Parameters
        ----------
        schools, term : array, int
            Not read.
        """
        del schools, term


def _put(column: Ints | Bools, rows: Index, values: Ints | Bools) -> Any:
    """Give a copy of a column with some rows replaced."""
    new = column.copy()
    new[rows] = values
    return new
