"""Intelligence: what a broker knows of schools' practice, with an error that contact makes smaller.

Each term gives one more look at every school and domain. Looks add up as in a Kalman filter: what was seen
keeps some weight, and goes stale as practice moves on; a school no one visits is seen through published
tables alone. A completed case is a close look. Without error the broker sees the truth.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from model.brokerage_parameters import BrokerageParameters
from model.dispositions import Dispositions
from model.institution_facts import Facts
from model.place import Bools, Floats
from model.randomness import Chance

_SCHOOLS = 0


class Sight(Protocol):
    """What brokerage asks of intelligence."""

    def observe(self, term: int, practice: Floats, coverage: Floats) -> tuple[Floats, Floats]:
        """Look at every school.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        practice : (n_schools, 9) float64
            Practice as it is, between-school SD.
        coverage : (n_la,) float64
            How far each LA's brokers get round their schools, 0 to 1.

        Returns
        -------
        seen, own : (n_schools, 9) float64
            Practice as the broker and as the school itself sees it, between-school SD.
        """

    def close_look(self, school: int, domain: int) -> None:
        """A case has been completed: the next look at this school and domain is a close one.

        Parameters
        ----------
        school, domain : int
            Row of the school; practice domain.
        """


class Intelligence:
    """Looks with error that add up and go stale.

    Parameters
    ----------
    facts : Facts
        Schools; who is a member.
    nature : Dispositions
        Of the schools: trusting ones share data, open ones take part.
    p : BrokerageParameters
        One draw.
    chance : Chance
        Stream ``looks``.

    Attributes
    ----------
    seen : (n_schools, 9) float64
        Practice as the broker sees it now; 0, the usual, before the first look.
    variance : (n_schools, 9) float64
        Of the error the broker reckons with.
    """

    def __init__(self, facts: Facts, nature: Dispositions, p: BrokerageParameters, chance: Chance) -> None:
        self._facts, self._nature, self._p, self._chance = facts, nature, p, chance
        self.seen: Floats | None = None
        self.variance: Floats | None = None
        self._close: list[tuple[int, int]] = []
        self._members: Bools | None = None
        self._unvisited: Floats = np.zeros(0)

    def error_sd(self, coverage: Floats) -> Floats:
        """Error of one term's look at each school.

        Parameters
        ----------
        coverage : (n_la,) float64
            How far each LA's brokers get round their schools, 0 to 1.

        Returns
        -------
        (n_schools,) float64
            Between-school SD; gains multiply, down to the floor.
        """
        p, member = self._p, self._facts.member
        if member is not self._members:
            self._members = member
            self._unvisited = (
                p.seeing_error_sd
                * (1.0 - p.seeing_gain_member * member)
                * (1.0 - p.seeing_gain_data * (self._nature.trust * member))
                * (1.0 - p.seeing_gain_participation * (self._nature.openness * member))
            )
        left = self._unvisited * (1.0 - p.seeing_gain_visits * (coverage[self._facts.la] * member))
        return np.asarray(np.maximum(left, min(p.seeing_error_floor, p.seeing_error_sd)))

    def observe(self, term: int, practice: Floats, coverage: Floats) -> tuple[Floats, Floats]:
        """Look at every school.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        practice : (n_schools, 9) float64
            Practice as it is, between-school SD.
        coverage : (n_la,) float64
            How far each LA's brokers get round their schools, 0 to 1.

        Returns
        -------
        seen, own : (n_schools, 9) float64
            Practice as the broker and as the school itself sees it, between-school SD.
        """
        n, m = practice.shape
        if self.seen is None or self.variance is None:
            self.seen, self.variance = np.zeros((n, m)), np.ones((n, m))
        error = self.error_sd(coverage)[:, None]
        if self._close:
            error = np.repeat(error, m, axis=1)
            for school, domain in self._close:
                error[school, domain] = min(error[school, domain], self._p.evidence_error_sd)
            self._close.clear()
        luck = self._chance.normals("looks", _SCHOOLS, term, 2 * n * m).reshape(n, m, 2)
        before = self.variance + self._p.seen_moves_sd**2
        weight = before / np.maximum(before + error * error, 1e-12)
        self.seen = self.seen + weight * (practice + error * luck[:, :, 0] - self.seen)
        self.variance = before * (1.0 - weight)
        return self.seen, practice + self._p.self_view_error_sd * luck[:, :, 1]

    def close_look(self, school: int, domain: int) -> None:
        """A case has been completed: the next look at this school and domain is a close one.

        Parameters
        ----------
        school, domain : int
            Row of the school; practice domain.
        """
        self._close.append((school, domain))


class PerfectSight:
    """The null version: broker and schools see practice as it is."""

    def observe(self, term: int, practice: Floats, coverage: Floats) -> tuple[Floats, Floats]:
        """Look at every school.

        Parameters
        ----------
        term : int
            Not read.
        practice : (n_schools, 9) float64
            Practice as it is, between-school SD.
        coverage : (n_la,) float64
            Not read.

        Returns
        -------
        seen, own : (n_schools, 9) float64
            The truth, twice.
        """
        del term, coverage
        return practice, practice

    def close_look(self, school: int, domain: int) -> None:
        """Nothing to add to the truth.

        Parameters
        ----------
        school, domain : int
            Not read.
        """
        del school, domain


def flags(leaving: Floats, absence: Floats, standing: Floats) -> Floats:
    """Warnings that need no visit: staff who leave, pupils who are absent, poor standing.

    Parameters
    ----------
    leaving : (n_schools,) float64
        Share of teachers leaving this year.
    absence : (n_schools,) float64
        Share of sessions missed last year.
    standing : (n_schools,) float64
        Standard score in the eyes of others.

    Returns
    -------
    (n_schools,) float64
        Part of the three that are up, 0 to 1: each is up where a school is among the worst fifth.
    """
    last = max(len(leaving) - len(leaving) // 5 - 1, 0)  # before the worst fifth; none is up if alike
    up = [column > np.partition(column, last)[last] for column in (leaving, absence, -standing)]
    return np.asarray((1.0 * up[0] + up[1] + up[2]) / 3.0)
