"""Targeted help as cases: each wait for an adviser and each spell, beside the cases of partnerships."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np

from model.case_life import COMPLETED, IN_DELIVERY, INTERRUPTED, TURNED_AWAY, WAITING
from model.institution_record import RISE, CaseRows
from model.place import Bools, Floats
from model.terms import WEEKS_A_TERM, first_week

OFFER, PROVIDER = "targeted help", "supporting organisation"
_NO_DOMAIN = -1


@dataclass(eq=False, slots=True)
class _Help:
    """One school from the term in which it could have had help."""

    school: int
    term: int
    priority: float
    domain: int = _NO_DOMAIN
    need: float = nan
    quality: float = nan
    state: str = WAITING
    matched: float = nan
    ended: float = nan
    weeks: float = 0.0
    displaced: float = 0.0


class HelpRecord:
    """What became of every school that targeted help was there for."""

    def __init__(self) -> None:
        self._all: list[_Help] = []
        self._open: dict[int, _Help] = {}  # by school: waiting or in help

    def wait(self, term: int, waiting: Bools, results: Floats) -> None:
        """Note who waits for an adviser or an organisation, and who waits no longer and had none.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        waiting : (n_schools,) bool
            Could have had help and has not.
        results : (n_schools,) float64
            Standard scores: those of the weakest come first.
        """
        given_up = [
            held for school, held in self._open.items() if held.state == WAITING and not waiting[school]
        ]
        for held in given_up:
            self._end(held, TURNED_AWAY, first_week(term))
        for school in np.flatnonzero(waiting).tolist():
            held = self._need(term, school)
            held.priority = -float(results[school])

    def _need(self, term: int, school: int) -> _Help:
        if school not in self._open:
            self._open[school] = _Help(school, term, nan)
            self._all.append(self._open[school])
        return self._open[school]

    def begin(self, term: int, school: int, domain: int, seen: float, results: float, quality: float) -> None:
        """Note that a spell begins.

        Parameters
        ----------
        term, school : int
            When and where.
        domain : int
            The practice domain that looks weakest; the plan may name others.
        seen : float
            Practice in it as the adviser sees it, between-school SD.
        results : float
            The school's standard score.
        quality : float
            Of the organisation that helps; 1 is usual.
        """
        held = self._need(term, school)
        held.domain, held.need, held.priority, held.quality = domain, -seen, -results, quality
        held.state, held.matched = IN_DELIVERY, float(first_week(term))

    def help(self, school: int, displaced: float) -> None:
        """Note a term of help.

        Parameters
        ----------
        school : int
            Where.
        displaced : float
            Cases of the partnership, in years of them, for which it has no room meanwhile.
        """
        held = self._open[school]
        held.weeks += WEEKS_A_TERM
        held.displaced += displaced

    def end(self, term: int, school: int, *, whole: bool) -> None:
        """Note that a spell ends.

        Parameters
        ----------
        term, school : int
            First term without it; where.
        whole : bool
            Whether it ran its terms; else it was interrupted.
        """
        self._end(self._open[school], COMPLETED if whole else INTERRUPTED, first_week(term))

    def _end(self, held: _Help, state: str, week: int) -> None:
        held.state, held.ended = state, float(week)
        del self._open[held.school]

    def rows(self) -> CaseRows:
        """Give all of it as cases.

        Returns
        -------
        CaseRows
            A row a school and need, in the order in which they came up. The domain is -1 where no adviser
            has looked.
        """
        each, n = self._all, len(self._all)
        identified = np.array([first_week(held.term) for held in each], dtype=np.float64)
        matched = np.array([held.matched for held in each], dtype=np.float64)
        return CaseRows(
            school=np.array([held.school for held in each], dtype=np.int32),
            offer_domain=np.array([held.domain for held in each], dtype=np.int32),
            term=np.array([held.term for held in each], dtype=np.int32),
            broker=(RISE,) * n,
            offer=(OFFER,) * n,
            provider=(PROVIDER,) * n,
            state=tuple(held.state for held in each),
            identified=identified,
            triaged=identified,
            agreed=matched,
            matched=matched,
            ended=np.array([held.ended for held in each], dtype=np.float64),
            need=np.array([held.need for held in each], dtype=np.float64),
            priority=np.array([held.priority for held in each], dtype=np.float64),
            weeks_delivered=np.array([held.weeks for held in each], dtype=np.float64),
            interruptions=np.array([int(held.state == INTERRUPTED) for held in each], dtype=np.int32),
            quality=np.array([held.quality for held in each], dtype=np.float64),
            displaced=np.array([held.displaced for held in each], dtype=np.float64),
        )
