"""Early warning: neighbours notice that a school's practice falls, and members pass it on to the broker."""

from __future__ import annotations

import numpy as np

from model.edges import Edges
from model.institution_facts import Facts
from model.place import Bools, Floats
from model.randomness import Chance
from model.sharing_parameters import SharingParameters
from model.terms import TERMS_A_YEAR

_SCHOOLS = 0


class EarlyWarning:
    """What neighbours have seen, autumn by autumn.

    Parameters
    ----------
    facts : Facts
        Schools; members have the broker's ear.
    p : SharingParameters
        One draw.
    chance : Chance
        Stream ``warnings``.
    """

    def __init__(self, facts: Facts, p: SharingParameters, chance: Chance) -> None:
        self._facts, self._p, self._chance = facts, p, chance
        self._before: Floats | None = None
        self._looked = 0

    def warned(self, term: int, practice: Floats, ties: Edges) -> Bools:
        """Say of which schools a fall over the year was passed on; to be asked each autumn.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        practice : (n_schools, 9) float64
            Between-school SD.
        ties : Edges
            As they stand.

        Returns
        -------
        (n_schools,) bool
            None at the first look, or where no one looked a year ago.
        """
        level, before = practice.mean(axis=1), self._before
        year_ago, self._looked, self._before = self._looked == term - TERMS_A_YEAR, term, level
        if before is None or not year_ago:
            return np.zeros(len(level), dtype=np.bool_)
        fallen = before - level > self._p.warning_fall
        if not fallen.any():
            return np.asarray(fallen)
        luck = self._chance.uniforms("warnings", _SCHOOLS, term, len(level))
        return np.asarray(fallen & (luck < self.reach(ties)))

    def reach(self, ties: Edges) -> Floats:
        """Chance that what befalls a school is passed on by at least one of its neighbours.

        Parameters
        ----------
        ties : Edges
            As they stand.

        Returns
        -------
        (n_schools,) float64
            Chance a year; nought for the isolated.
        """
        member, n = self._facts.member, self._facts.n_schools
        silent = np.log1p(-self._p.warning_pass * np.minimum(ties.strength * ties.trust, 1.0 - 1e-12))
        by_second = np.bincount(ties.first, silent * member[ties.second], n)
        by_first = np.bincount(ties.second, silent * member[ties.first], n)
        return np.asarray(-np.expm1(by_second + by_first))
