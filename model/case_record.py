"""Cases that have ended, as columns, and the counts of each academic year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np

from model.arrangements import Offer
from model.case_life import ABANDONED, COMPLETED, DECLINED, TURNED_AWAY, Case, Stretch
from model.delivered import Delivered
from model.institution_record import PARTNERSHIP, CaseRows
from model.place import Floats


@dataclass
class SupportYear:
    """Cases of one academic year.

    Attributes
    ----------
    opened, started, completed, declined, interrupted, abandoned, turned_away, rebrokered : int
        Cases opened, begun and ended in the year; times in the year that a deliverer left; times that a case
        went to another provider.
    waited_weeks : float
        Sum over cases begun of teaching weeks from triage (from the first thought of it, where no broker
        takes part) to the first visit.
    found_weeks : float
        Sum over cases begun of teaching weeks from the need being identified to the first visit.
    """

    opened: int = 0
    started: int = 0
    completed: int = 0
    declined: int = 0
    interrupted: int = 0
    abandoned: int = 0
    turned_away: int = 0
    rebrokered: int = 0
    waited_weeks: float = 0.0
    found_weeks: float = 0.0

    @property
    def mean_wait(self) -> float:
        """Mean teaching weeks from triage to the first visit; 0 where none began."""
        return self.waited_weeks / self.started if self.started else 0.0

    @property
    def mean_from_need(self) -> float:
        """Mean teaching weeks from the need being identified to the first visit; 0 where none began."""
        return self.found_weeks / self.started if self.started else 0.0


_COUNTED = {
    COMPLETED: "completed",
    DECLINED: "declined",
    ABANDONED: "abandoned",
    TURNED_AWAY: "turned_away",
}


class CaseRecord:
    """What became of every case; those that have ended are kept as plain rows.

    Parameters
    ----------
    offers : tuple of Offer
        Programmes, by index.
    """

    def __init__(self, offers: tuple[Offer, ...]) -> None:
        self._offers = offers
        self._ended: list[tuple[Any, ...]] = []
        self._years: dict[int, SupportYear] = {}

    def year(self, year: int) -> SupportYear:
        """Counts of one academic year.

        Parameters
        ----------
        year : int
            Years since the one after year 0; negative before.

        Returns
        -------
        SupportYear
            Counts so far.
        """
        found = self._years.get(year)
        if found is None:
            found = self._years[year] = SupportYear()
        return found

    def started(self, case: Case, year: SupportYear) -> None:
        """Count a case that has begun.

        Parameters
        ----------
        case : Case
            Just matched for the first time.
        year : SupportYear
            Counts of the present year.
        """
        year.started += 1
        year.found_weeks += case.matched - case.identified
        year.waited_weeks += case.matched - (case.triaged if case.brokered else case.identified)

    def ended(self, case: Case, year: SupportYear) -> None:
        """Keep a case that has ended.

        Parameters
        ----------
        case : Case
            With its last state.
        year : SupportYear
            Counts of the present year.
        """
        counted = _COUNTED[case.state]
        setattr(year, counted, getattr(year, counted) + 1)
        self._ended.append(_row(case))

    def rows(self, alive: Iterable[Case], now: float) -> CaseRows:
        """Give all cases as columns, in the order of their identity.

        Parameters
        ----------
        alive : iterable of Case
            Those that have not ended.
        now : float
            Week; what was planned for later has not been.

        Returns
        -------
        CaseRows
            A row a case.
        """
        rows = sorted([*self._ended, *map(_row, alive)])
        columns: list[Any] = list(zip(*rows, strict=True)) if rows else [()] * len(_FIELDS)
        c = dict(zip(_FIELDS, columns, strict=True))
        declined = np.array([state == DECLINED for state in c["state"]], dtype=bool)
        agreed = _so_far(c["agreed"], now)
        agreed[declined] = np.nan
        offers = [self._offers[i] for i in c["offer"]]
        return CaseRows(
            school=np.array(c["school"], dtype=np.int32),
            offer_domain=np.array(c["domain"], dtype=np.int32),
            term=np.array(c["term"], dtype=np.int32),
            broker=(PARTNERSHIP,) * len(rows),
            offer=tuple(offer.name for offer in offers),
            provider=tuple(offer.delivered_by for offer in offers),
            state=tuple(c["state"]),
            identified=_so_far(c["identified"], now),
            triaged=_so_far(c["triaged"], now),
            agreed=agreed,
            matched=_so_far(c["matched"], now),
            ended=_so_far(c["ended"], now),
            need=np.array(c["need"], dtype=np.float64),
            priority=np.array(c["priority"], dtype=np.float64),
            weeks_delivered=np.array(c["weeks"], dtype=np.float64),
            interruptions=np.array(c["interruptions"], dtype=np.int32),
            quality=np.array(c["quality"], dtype=np.float64),
            displaced=np.zeros(len(rows)),
        )


_FIELDS = (
    "identity",
    "school",
    "domain",
    "term",
    "offer",
    "state",
    "identified",
    "triaged",
    "agreed",
    "matched",
    "ended",
    "need",
    "priority",
    "weeks",
    "interruptions",
    "quality",
)


_row = attrgetter(*_FIELDS)


def _so_far(weeks: Iterable[float], now: float) -> Floats:
    found = np.array(weeks, dtype=np.float64)
    found[found > now] = np.nan
    return found


def work_of_term(term: int, work: list[Stretch]) -> Delivered:
    """Gather a term's work as columns.

    Parameters
    ----------
    term : int
        The term just run.
    work : list of Stretch
        One a case that was worked on.

    Returns
    -------
    Delivered
        A row a case, in the order of case identity.
    """
    rows = sorted(work)
    cases = [row.case for row in rows]
    return Delivered(
        term=term,
        school=np.array([case.school for case in cases], dtype=np.int32),
        offer=np.array([case.offer for case in cases], dtype=np.int32),
        weeks=np.array([row.weeks for row in rows], dtype=np.float64),
        quality=np.array([row.quality for row in rows], dtype=np.float64),
        completed=np.array([case.outcome == COMPLETED for case in cases], dtype=bool),
    )
