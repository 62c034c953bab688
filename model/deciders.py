"""Who decides on membership: a school for itself, a trust for all its schools in an LA."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.institution_facts import Facts
from model.place import Bools, Floats, Index
from model.randomness import Chance

_SCHOOLS, _TRUSTS = 0, 1
_EACH = 2  # one uniform says whether a mind is changed, and one to what


class Deciders(NamedTuple):
    """Who decides for each school.

    Attributes
    ----------
    of : (n_schools,) intp
        Decider of each school, 0 to n_deciders - 1.
    luck : (n_deciders,) intp
        Where its attachment stands: a school's row, or the number of schools and its trust's index.
    schools : (n_deciders,) float64
        Schools that it decides for.
    """

    of: Index
    luck: Index
    schools: Floats

    def mean(self, column: Floats) -> Floats:
        """Mean of a column over the schools of each decider.

        Parameters
        ----------
        column : (n_schools,) float64
            Any.

        Returns
        -------
        (n_deciders,) float64
            In the column's unit.
        """
        return np.asarray(np.bincount(self.of, column, len(self.schools)) / self.schools)


def deciders(facts: Facts) -> Deciders:
    """Say who decides: a trust of several schools in an LA for all of these, other schools for themselves.

    Parameters
    ----------
    facts : Facts
        Schools, LAs, trusts.

    Returns
    -------
    Deciders
        In order of schools, then of LA and trust.
    """
    n = facts.n_schools
    n_trusts = int(facts.trust.max(initial=-1)) + 1
    in_trust = np.flatnonzero(facts.trust >= 0)
    place = facts.areas.unit_of_school[in_trust].astype(np.intp) * n_trusts + facts.trust[in_trust]
    key = np.arange(n, dtype=np.intp)
    several = np.bincount(place, minlength=1)[place] > 1 if len(place) else np.zeros(0, dtype=np.bool_)
    key[in_trust[several]] = n + place[several]
    who, of = np.unique(key, return_inverse=True)
    luck = np.where(who < n, who, n + (who - n) % max(n_trusts, 1))
    return Deciders(of.astype(np.intp), luck, np.bincount(of, minlength=len(who)).astype(np.float64))


class Attachment:
    """How attached each decider is to its place: a uniform, low for the most attached, now and then renewed.

    Schools begin with the uniform by which members of year 0 were drawn, so that with a higher share the same
    schools belong and more.

    Parameters
    ----------
    n_schools : int
        Number of schools.
    changed_mind : float
        Share of deciders renewed in a year.
    chance : Chance
        Streams ``membership`` (of the draw) and ``membership (anew)``.
    """

    def __init__(self, n_schools: int, changed_mind: float, chance: Chance) -> None:
        self._n, self._changed_mind, self._chance = n_schools, changed_mind, chance
        self._begun = chance.for_draw().uniforms("membership", _SCHOOLS, 0, n_schools)  # then trusts
        self._held = self._begun

    def of(self, who: Deciders) -> Floats:
        """Give the attachment of deciders as it stands.

        Parameters
        ----------
        who : Deciders
            Who decides.

        Returns
        -------
        (n_deciders,) float64
            In (0, 1); the lowest belong first.
        """
        known = len(self._held) - self._n
        needed = int(who.luck.max(initial=-1)) + 1 - self._n
        if needed > known:
            more = self._chance.for_draw().uniforms("membership", _TRUSTS, 0, needed)[known:]
            self._begun = np.concatenate((self._begun, more))
            self._held = np.concatenate((self._held, more))
        return self._held[who.luck]

    def put(self, who: Deciders, deciders: Bools, low: Floats, high: Floats) -> None:
        """Put the attachment of some deciders between bounds: what is known of them narrows it.

        Parameters
        ----------
        who : Deciders
            Who decides.
        deciders : (n_deciders,) bool
            Which of them.
        low, high : (n_deciders,) float64
            Bounds, 0 to 1.
        """
        at = who.luck[deciders]
        self._held = self._held.copy()
        self._held[at] = (low + (high - low) * self._begun[who.luck])[deciders]

    def renew(self, term: int) -> None:
        """Let some form it anew.

        Parameters
        ----------
        term : int
            Date.
        """
        schools, trusts = self._held[: self._n], self._held[self._n :]
        self._held = np.concatenate((self._anew(schools, _SCHOOLS, term), self._anew(trusts, _TRUSTS, term)))

    def _anew(self, held: Floats, block: int, term: int) -> Floats:
        if not len(held):
            return held
        luck = self._chance.uniforms("membership (anew)", block, term, _EACH * len(held))
        return np.where(luck[::_EACH] < self._changed_mind, luck[1::_EACH], held)
