"""Who decides on membership: a school for itself, a trust for all its schools in an LA."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.institution_facts import Facts
from model.place import Floats, Index
from model.randomness import Chance

_SCHOOLS, _TRUSTS = 0, 1


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
    place = facts.la[in_trust].astype(np.intp) * n_trusts + facts.trust[in_trust]
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
        self._schools = chance.for_draw().uniforms("membership", _SCHOOLS, 0, n_schools)
        self._trusts: Floats = np.zeros(0)

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
        needed = int(who.luck.max(initial=-1)) + 1 - self._n
        if needed > len(self._trusts):
            begun = self._chance.for_draw().uniforms("membership", _TRUSTS, 0, needed)
            self._trusts = np.concatenate((self._trusts, begun[len(self._trusts) :]))
        return np.asarray(np.concatenate((self._schools, self._trusts))[who.luck])

    def renew(self, term: int) -> None:
        """Let some form it anew.

        Parameters
        ----------
        term : int
            Date.
        """
        self._schools = self._anew(self._schools, _SCHOOLS, term)
        self._trusts = self._anew(self._trusts, _TRUSTS, term)

    def _anew(self, held: Floats, block: int, term: int) -> Floats:
        if not len(held):
            return held
        luck = self._chance.uniforms("membership (changed mind)", block, term, len(held))
        anew = self._chance.uniforms("membership (anew)", block, term, len(held))
        return np.where(luck < self._changed_mind, anew, held)
