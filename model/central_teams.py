"""Who in a trust gets its central team's time: every school as it pays, or those that stand worst first.

Time is shared out within a trust and none is made: what the others do not get, these do. Where it is not
shared out by need there is nothing to broker, and no school of a trust is a case.
"""

from __future__ import annotations

import numpy as np

from model.institution_facts import Facts
from model.institution_record import TRUST, CaseRows
from model.place import Bools, Floats, Index, Ints
from model.terms import AUTUMN, TERMS_A_YEAR, WEEKS_A_TERM, term_of_year

OFFER = PROVIDER = "central team"
_NO_DOMAIN = -1


def times_even(trust: Ints, paid: Floats, standing: Floats, targeting: float) -> Floats:
    """Say how many times its even share of a central team's time each school gets.

    Parameters
    ----------
    trust : (n,) int
        Index of each school's trust, 0 or more.
    paid : (n,) float64
        What counts as an even share, any unit: the mean over a trust, weighted by it, is 1.
    standing : (n,) float64
        Practice of each school, between-school SD.
    targeting : float
        How much more time, as a logarithm, for each SD by which practice is lower; 0: an even share.

    Returns
    -------
    (n,) float64
        1 for an even share.
    """
    asks = np.exp(-targeting * standing)
    whole, asked = np.bincount(trust, paid), np.bincount(trust, paid * asks)
    return np.asarray(asks * (whole / np.where(asked != 0.0, asked, 1.0))[trust])


class CentralTeams:
    """Shares out the time that top-slices pay for, year by year, and records who came first.

    Parameters
    ----------
    facts : Facts
        Schools; trusts are read each autumn.
    targeting : float
        As in ``times_even``; one draw.
    """

    def __init__(self, facts: Facts, targeting: float) -> None:
        self._facts, self._targeting = facts, targeting
        self._years: list[tuple[int, Index, Floats, Floats]] = []  # term, schools, weeks, need
        self._until = 0  # first term that has not been run

    def term(self, term: int, people: Floats, standing: Floats) -> None:
        """Share out the year's time in autumn; to be told of every term.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        people : (n_schools,) float64
            Whole-time people that each school's slice pays for.
        standing : (n_schools,) float64
            Practice as trusts see it, between-school SD.
        """
        self._until = term + 1
        if self._targeting == 0.0 or term_of_year(term) != AUTUMN:
            return
        rows = np.flatnonzero(people)
        times = times_even(self._facts.trust[rows], people[rows], standing[rows], self._targeting)
        weeks = TERMS_A_YEAR * WEEKS_A_TERM * people[rows] * times
        first: Bools = times > 1.0
        self._years.append((term, rows[first], weeks[first], -standing[rows[first]]))

    def rows(self) -> CaseRows:
        """Give the schools that came first, as cases: one a school and year.

        Returns
        -------
        CaseRows
            In order of year and school; weeks are those of one whole-time person.
        """
        term = np.array([term for term, rows, _, _ in self._years for _ in rows], dtype=np.int32)
        nobody = np.zeros(0)
        school = np.concatenate([nobody, *(rows for _, rows, _, _ in self._years)]).astype(np.int32)
        weeks = np.concatenate([nobody, *(weeks for _, _, weeks, _ in self._years)])
        need = np.concatenate([nobody, *(need for _, _, _, need in self._years)])
        begun, n = WEEKS_A_TERM * term.astype(np.float64), len(term)
        run = np.minimum(self._until - term, TERMS_A_YEAR)
        over = run == TERMS_A_YEAR
        return CaseRows(
            school=school,
            offer_domain=np.full(n, _NO_DOMAIN, dtype=np.int32),
            term=term,
            broker=(TRUST,) * n,
            offer=(OFFER,) * n,
            provider=(PROVIDER,) * n,
            state=tuple(np.where(over, "completed", "in delivery").tolist()),
            identified=begun,
            triaged=begun,
            agreed=begun,
            matched=begun,
            ended=np.where(over, begun + TERMS_A_YEAR * WEEKS_A_TERM, np.nan),
            need=need,
            priority=need,
            weeks_delivered=weeks * run / TERMS_A_YEAR,
            interruptions=np.zeros(n, dtype=np.int32),
            quality=np.full(n, np.nan),
            displaced=np.zeros(n),
        )
