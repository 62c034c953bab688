"""Hard federations: maintained schools under one governing body and one head.

Shared leadership brings schools nearer to the strongest among them, and stretches the head. Federations of
year 0 are those published; where none is, some are drawn. Small schools that look for a head federate with a
neighbour; a school that joins a trust leaves.
"""

from __future__ import annotations

import numpy as np

from model.institution_facts import Facts
from model.place import Bools, Floats, Index, Ints, Phase
from model.practice import DOMAINS
from model.public_record import FEDERATION_NOT_KNOWN
from model.randomness import Chance
from model.trust_parameters import TrustParameters

_SCHOOLS = 0
NONE = -1


class Federations:
    """Schools that share leadership.

    Parameters
    ----------
    facts : Facts
        Schools; ``maintained``, ``new_head`` and ``pupils`` are read each year.
    p : TrustParameters
        One draw.
    chance : Chance
        Of the replicate; who is federated at first, where that is not known, is of the draw.
    kept : float
        Part of embedded practice usually kept a term.
    on : bool
        Switch ``trust_support``: False leaves federations without effect.

    Attributes
    ----------
    of : (n_schools,) int32
        Row of the first school of the federation, -1 for none; a new array when it changes.
    """

    def __init__(self, facts: Facts, p: TrustParameters, chance: Chance, kept: float, *, on: bool) -> None:
        self._facts, self._p, self._chance, self._keeps_less = facts, p, chance, 1.0 - kept
        self._acts = on and (p.federation_effect != 0.0 or p.federation_cost != 0.0)
        self.of: Ints = np.full(facts.n_schools, NONE, dtype=np.int32)
        self.events: list[tuple[int, int, int, str, str, float]] = []
        self._begin()

    def _begin(self) -> None:
        """Federations that are published stand; where no file tells of them they are drawn."""
        facts, public = self._facts, self._facts.public
        known = np.zeros(facts.n_schools, dtype=np.bool_)
        if public is not None:
            known = public.federation != FEDERATION_NOT_KNOWN
            self.of = _first_rows(public.federation)
            self._dissolve()  # of those with one school in the place nothing is shared
        luck = self._chance.for_draw().uniforms("federations", _SCHOOLS, 0, facts.n_schools)
        # half of them ask and a neighbour comes with each
        self._pair_off(np.flatnonzero(self._may() & ~known & (luck < 0.5 * self._p.federated_share)))

    def _may(self) -> Bools:
        return np.asarray(self._facts.maintained & (self._facts.phase == Phase.PRIMARY) & (self.of == NONE))

    def _pair_off(self, asking: Index) -> list[tuple[int, int]]:
        """Each asking school federates with its nearest neighbour that may, in order of rows."""
        facts, may, pairs = self._facts, self._may(), []
        for row in asking.tolist():
            if not may[row]:
                continue
            near = np.flatnonzero(may & (facts.la == facts.la[row]) & (facts.faith == facts.faith[row]))
            near = near[near != row]
            away = np.hypot(facts.x_km[near] - facts.x_km[row], facts.y_km[near] - facts.y_km[row])
            if len(near) and away.min() <= self._p.federation_km:
                mate = int(near[away.argmin()])
                may[[row, mate]] = False
                pairs.append((row, mate))
        if pairs:
            of = self.of.copy()
            for pair in pairs:
                of[list(pair)] = min(pair)
            self.of = of
        return pairs

    def level(self, practice: Floats) -> Floats:
        """Practice that federating brings in the long run, from schools as they are.

        It is counted on the difference that remains with it: an effect of e closes e / (1 + e) of the
        difference there would be without (0.25 a fifth, 1 a half), so that no one overtakes the strongest.

        Parameters
        ----------
        practice : (n_schools, 9) float64
            Between-school SD.

        Returns
        -------
        (n_schools, 9) float64
            Between-school SD; 0 in schools on their own.
        """
        rows = np.flatnonzero(self.of >= 0)
        best = np.full(practice.shape, -np.inf)
        np.maximum.at(best, self.of[rows], practice[rows])
        level = np.zeros(practice.shape)
        level[rows] = self._p.federation_effect * (best[self.of[rows]] - practice[rows])
        level[rows] -= self._p.federation_cost
        return level

    def opening(self, practice: Floats) -> Floats:
        """Give what federations of old have brought: schools hold it before the first term.

        Parameters
        ----------
        practice : (n_schools, 9) float64
            Between-school SD.

        Returns
        -------
        (n_schools, 9) float64
            Between-school SD.
        """
        return self.level(practice) if self._acts else np.zeros((len(practice), len(DOMAINS)))

    def term(self, term: int, practice: Floats) -> Floats | None:
        """Give what the term brings.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        practice : (n_schools, 9) float64
            Between-school SD.

        Returns
        -------
        (n_schools, 9) float64 or None
            Change of practice, between-school SD; None for nothing.
        """
        del term
        if not self._acts or not (self.of >= 0).any():
            return None
        return self._keeps_less * self.level(practice)

    def year_end(self, term: int) -> None:
        """Form and dissolve federations; before year 0 they are those of year 0.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0; a summer term.
        """
        if term < 0:
            return
        facts, p = self._facts, self._p
        self._dissolve()
        luck = self._chance.uniforms("federating", _SCHOOLS, term, facts.n_schools)
        asks = self._may() & facts.new_head & (facts.pupils < p.federation_pupils) & (luck < p.federating)
        for row, mate in self._pair_off(np.flatnonzero(asks)):
            text = f"with the school of URN {facts.urn[mate]}"
            self.events.append((term, int(facts.area[row]), row, "federation", text, np.nan))

    def _dissolve(self) -> None:
        """Schools that are maintained no more leave; one left alone is in no federation."""
        rows = np.flatnonzero((self.of >= 0) & self._facts.maintained)
        number = np.bincount(self.of[rows], minlength=len(self.of))
        stays = rows[number[self.of[rows]] > 1]
        if len(stays) < np.count_nonzero(self.of >= 0):
            of = np.full(len(self.of), NONE, dtype=np.int32)
            of[stays] = self.of[stays]
            self.of = of


def _first_rows(federation: Ints) -> Ints:
    """Row of the first school of each school's federation, -1 for none; shape (n_schools,), int32."""
    of = np.full(len(federation), NONE, dtype=np.int32)
    rows = np.flatnonzero(federation >= 0)
    _, first, which = np.unique(federation[rows], return_index=True, return_inverse=True)
    of[rows] = rows[first][which]
    return of
