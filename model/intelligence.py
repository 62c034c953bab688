"""Intelligence: what a broker knows of schools' practice, with an error that contact makes smaller.

Each term gives one more look at every school and domain. Looks add up as in a Kalman filter: what was seen
keeps some weight, and goes stale as practice moves on; a school no one visits is seen through published
tables alone. A completed case is a close look, and so is following up a warning that neighbours passed on.
Shared data (held back by low mutual trust), joint work, peer review, the voice of pupils and parents and
visits each take part of the error away. Pupils of one estate or group who are spread thinly leave an error
that no look takes away: only data joined by home area do. Without error the broker sees the truth.
"""

from __future__ import annotations

import numpy as np

from model.brokerage_parameters import BrokerageParameters
from model.contact import Contact
from model.dispositions import Dispositions
from model.institution_facts import Facts
from model.place import Bools, Floats
from model.practice import DOMAINS
from model.randomness import Chance
from model.sharing_parameters import SharingParameters
from model.sight import PerfectSight, Sight

__all__ = ["Intelligence", "PerfectSight", "Sight", "flags"]

_SCHOOLS = 0
_UNSEEN = np.isin(DOMAINS, ("SEND and inclusion", "behaviour and attendance", "mental health and belonging"))
"""Domains in which the needs of a group spread thinly over schools go unseen."""


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
        Streams ``looks`` and, of the draw, ``unseen groups``.
    sharing : SharingParameters, optional
        One draw: what reviews, voice, warnings and joined data show; the defaults where not given.

    Attributes
    ----------
    seen : (n_schools, 9) float64
        Practice as the broker sees it now; 0, the usual, before the first look.
    variance : (n_schools, 9) float64
        Of the error the broker reckons with.
    """

    def __init__(
        self,
        facts: Facts,
        nature: Dispositions,
        p: BrokerageParameters,
        chance: Chance,
        sharing: SharingParameters | None = None,
    ) -> None:
        self._facts, self._nature, self._p, self._chance = facts, nature, p, chance
        self._sharing = SharingParameters() if sharing is None else sharing
        self.seen: Floats | None = None
        self.variance: Floats | None = None
        self._close: list[tuple[int, int]] = []
        self._contact: Contact | None = None
        self._warned: Bools | None = None
        self._bias: Floats | None = None
        self._unseen: Floats | None = None
        self._own_error: Floats | None = None
        self._read: tuple[Bools, Floats, Floats, Contact | None] | None = None
        self._unvisited: Floats = np.zeros(0)

    def take_in(self, contact: Contact | None) -> None:
        """Schools share, meet, review and warn each other as this says, from the next look on.

        Parameters
        ----------
        contact : Contact or None
            None where schools do not collaborate; the same again tells of no further warning.
        """
        if contact is self._contact:
            return
        self._contact = contact
        self._warned = self._bias = self._own_error = None
        if contact is None:
            return
        q = self._sharing
        self._warned = contact.warned if contact.warned.any() else None
        self._own_error = self._p.self_view_error_sd * (1.0 - q.own_view_review * contact.own_review)
        if q.blind_sd > 0.0:
            self._bias = (q.blind_sd * contact.blind)[:, None] * self._groups_unseen(len(contact.blind))

    def accuracy(self, n_schools: int) -> Floats:
        """Say how well the broker sees each school.

        Parameters
        ----------
        n_schools : int
            Number of schools.

        Returns
        -------
        (n_schools,) float64
            0 (nothing is known) to 1 (as it is): the part of what schools differ by that is seen.
        """
        if self.variance is None:
            return np.zeros(n_schools)
        return np.asarray(1.0 / (1.0 + self.variance.mean(axis=1)))

    def _groups_unseen(self, n: int) -> Floats:
        """How groups spread thinly mislead, school by school: of the draw; shape (n_schools, 9)."""
        if self._unseen is None:
            m = len(DOMAINS)
            luck = self._chance.for_draw().normals("unseen groups", _SCHOOLS, 0, n * m).reshape(n, m)
            self._unseen = luck * _UNSEEN
        return self._unseen

    def view(self, practice: Floats) -> Floats:
        """Give practice as the broker sees it now.

        Parameters
        ----------
        practice : (n_schools, 9) float64
            Not read but for its shape.

        Returns
        -------
        (n_schools, 9) float64
            As it was seen at the last look; 0, the usual, before the first.
        """
        return np.zeros_like(practice) if self.seen is None else self.seen

    def _error_without_visits(self) -> Floats:
        """Error of a look from afar; shape (n_schools,), between-school SD."""
        p, q, contact, nature = self._p, self._sharing, self._contact, self._nature
        member = self._facts.member
        usual = p.seeing_error_sd * (1.0 - p.seeing_gain_member * member)
        if contact is None:
            return np.asarray(
                usual
                * (1.0 - p.seeing_gain_data * (nature.trust * member))
                * (1.0 - p.seeing_gain_participation * (nature.openness * member))
            )
        return np.asarray(
            usual
            * (1.0 - p.seeing_gain_data * contact.data)
            * (1.0 - p.seeing_gain_participation * contact.part)
            * (1.0 - q.seeing_gain_review * contact.review)
            * (1.0 - q.seeing_gain_voice * contact.voice)
        )

    def error_sd(self, coverage: Floats) -> Floats:
        """Error of one term's look at each school.

        Parameters
        ----------
        coverage : (n_areas,) float64
            How far each LA's brokers get round their schools, 0 to 1.

        Returns
        -------
        (n_schools,) float64
            Between-school SD; gains multiply, down to the floor.
        """
        p, member = self._p, self._facts.member
        read = (member, self._nature.trust, self._nature.openness, self._contact)
        if self._read is None or any(now is not before for now, before in zip(read, self._read, strict=True)):
            self._read, self._unvisited = read, self._error_without_visits()
        left = self._unvisited * (1.0 - p.seeing_gain_visits * (coverage[self._facts.area] * member))
        return np.asarray(np.maximum(left, min(p.seeing_error_floor, p.seeing_error_sd)))

    def observe(self, term: int, practice: Floats, coverage: Floats) -> tuple[Floats, Floats]:
        """Look at every school.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        practice : (n_schools, 9) float64
            Practice as it is, between-school SD.
        coverage : (n_areas,) float64
            How far each LA's brokers get round their schools, 0 to 1.

        Returns
        -------
        seen, own : (n_schools, 9) float64
            Practice as the broker and as the school itself sees it, between-school SD.
        """
        n, m = practice.shape
        if self.seen is None or self.variance is None:
            self.seen, self.variance = np.zeros((n, m)), np.ones((n, m))
        before = self.variance + self._p.seen_moves_sd**2
        error = self.error_sd(coverage)[:, None]
        if self._warned is not None:
            error, before = self._follow_up(error, before, self._warned)
            self._warned = None
        if self._close:
            error = np.repeat(error, m, axis=1)
            for school, domain in self._close:
                error[school, domain] = min(error[school, domain], self._p.evidence_error_sd)
            self._close.clear()
        luck = self._chance.normals("looks", _SCHOOLS, term, 2 * n * m).reshape(n, m, 2)
        weight = before / np.maximum(before + error * error, 1e-12)
        shown = practice + error * luck[:, :, 0]
        if self._bias is not None:
            shown += self._bias
        self.seen = self.seen + weight * (shown - self.seen)
        self.variance = before * (1.0 - weight)
        own_error = self._p.self_view_error_sd if self._own_error is None else self._own_error[:, None]
        return self.seen, practice + own_error * luck[:, :, 1]

    def _follow_up(self, error: Floats, before: Floats, warned: Bools) -> tuple[Floats, Floats]:
        """Go and look where neighbours warned: what was seen counts for less, as practice has moved."""
        q = self._sharing
        error = np.where(warned[:, None], np.minimum(error, q.warning_error_sd), error)
        return error, before + (q.warning_fall**2 * warned)[:, None]

    def close_look(self, school: int, domain: int) -> None:
        """A case has been completed: the next look at this school and domain is a close one.

        Parameters
        ----------
        school, domain : int
            Row of the school; practice domain.
        """
        self._close.append((school, domain))


def flags(leaving: Floats, absence: Floats, standing: Floats, *further: Bools) -> Floats:
    """Warnings that need no visit: staff who leave, pupils who are absent, poor standing, what others say.

    Parameters
    ----------
    leaving : (n_schools,) float64
        Share of teachers leaving this year.
    absence : (n_schools,) float64
        Share of sessions missed last year.
    standing : (n_schools,) float64
        Standard score in the eyes of others.
    *further : (n_schools,) bool
        Flags raised by others: inspectors' concern, neighbours' warnings.

    Returns
    -------
    (n_schools,) float64
        0 to 1: a third for each flag, three at most. Each of the first three is up where a school is among
        the worst fifth.
    """
    last = max(len(leaving) - len(leaving) // 5 - 1, 0)  # before the worst fifth; none is up if alike
    up = [column > np.partition(column, last)[last] for column in (leaving, absence, -standing)]
    raised = 1.0 * up[0] + up[1] + up[2]
    for flag in further:
        raised = np.minimum(raised + flag, 3.0)
    return np.asarray(raised / 3.0)
