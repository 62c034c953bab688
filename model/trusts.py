"""Trusts of a place: who they are, how large, how they stand to partnerships.

What a trust is like (stance, aversion to risk, appetite, quality, schools elsewhere) is unknown but fixed: it
is of the draw and goes by the trust's lasting index. A place knows only its own schools; that a trust reaches
beyond it is drawn.
"""

from __future__ import annotations

import mesa
import numpy as np

from model.agents.trust import Trust
from model.institution_facts import Facts
from model.odds import chances_of, log_odds_of
from model.place import Bools, Floats, Index
from model.randomness import Chance
from model.trust_index import trust_index
from model.trust_parameters import TrustParameters

_TRUSTS = 0
_TRAITS = 5


class Trusts:
    """All trusts, those that may yet be founded included; addressed by a lasting index.

    Parameters
    ----------
    system : mesa.Model
        Owner of the agents.
    facts : Facts
        Schools; ``trust`` and ``pupils`` are read.
    p : TrustParameters
        One draw.
    chance : Chance
        Of the replicate; what trusts are like is of the draw.

    Attributes
    ----------
    facts : Facts
        As given.
    index : TrustIndex
        Which trust is which.
    elsewhere : (n_trusts,) float64
        Schools that it has outside the place; of trusts of year 0 and trusts from elsewhere.
    quality : (n_trusts,) float64
        What its central team brings, above (or below) the usual, share.
    """

    def __init__(self, system: mesa.Model, facts: Facts, p: TrustParameters, chance: Chance) -> None:
        self.facts, self._system, self._p = facts, system, p
        self.index = trust_index(facts)
        traits = chance.for_draw().normals("trusts", _TRUSTS, 0, _TRAITS * self.n_trusts)
        traits = traits.reshape(self.n_trusts, _TRAITS)
        luck = chance.for_draw().uniforms("trusts elsewhere", _TRUSTS, 0, self.n_trusts)
        self.elsewhere = self._schools_elsewhere(luck, traits[:, 0])
        self.quality: Floats = p.quality_sd * traits[:, 1]
        self._stance_drawn = traits[:, 2]
        self._aversion = chances_of(p.stance_spread * traits[:, 3])
        self._appetite = p.stance_spread * traits[:, 4]
        self._agents: dict[int, Trust] = {}
        self._seen = facts.trust
        self._schools = self._count()

    @property
    def n_trusts(self) -> int:
        """Size of the index space; ``facts.trust`` is always below it."""
        return self.index.size

    def _schools_elsewhere(self, luck: Floats, normals: Floats) -> Floats:
        """Schools outside the place; none of trusts founded in it."""
        p, index = self._p, np.arange(self.n_trusts)
        from_elsewhere = self.index.is_elsewhere()
        beyond = from_elsewhere | ((index < self.index.first) & (luck < p.cross_border))
        number = np.round(np.exp(p.elsewhere_logmean + p.elsewhere_logsd * normals))
        return np.where(beyond, np.maximum(number, 1.0), 0.0)

    def _count(self) -> Floats:
        inside = self.facts.trust[self.facts.trust >= 0]
        return np.bincount(inside, minlength=self.n_trusts).astype(np.float64)

    def schools_here(self) -> Floats:
        """Schools of each trust in the place; shape (n_trusts,)."""
        if self._seen is not self.facts.trust:
            self._seen, self._schools = self.facts.trust, self._count()
        return self._schools

    def sizes(self) -> Floats:
        """Schools of each trust, outside the place too; shape (n_trusts,), 0 where it has none here."""
        here = self.schools_here()
        return np.where(here > 0.0, here + self.elsewhere, 0.0)

    def alone(self) -> Bools:
        """Schools that are alone in their trust; shape (n_schools,)."""
        trust = self.facts.trust
        return np.asarray((trust >= 0) & (self.sizes()[trust] == 1.0))

    def joins(self, *, inspected: bool) -> Floats:
        """How each trust stands to the partnership of a place: it chooses for all its schools.

        Parameters
        ----------
        inspected : bool
            Whether trusts are inspected.

        Returns
        -------
        (n_trusts,) float64
            Stance, 0 (keeps to itself) to 1 (joins in); 1 for trusts founded by an LA or a partnership.
        """
        p, sizes = self._p, np.maximum(self.sizes(), 1.0)
        stance = chances_of(
            log_odds_of(p.stance_usual)
            + p.stance_spread * self._stance_drawn
            + p.stance_elsewhere * np.minimum(self.elsewhere / sizes, 1.0)
            + p.stance_inspected * inspected
            + p.stance_rival * self._beside_a_rival()
        )
        return np.where(self.index.founded(np.arange(self.n_trusts)), 1.0, stance)

    def _beside_a_rival(self) -> Floats:
        """Part of each trust's schools where the partnership has a trust of its own; shape (n_trusts,)."""
        facts, rows = self.facts, np.flatnonzero(self.facts.trust >= 0)
        of_partnership = self.index.of_partnership(0) + facts.area[rows]
        rival = np.bincount(facts.area[rows], facts.trust[rows] == of_partnership, facts.n_areas) > 0.0
        if not rival.any():
            return np.zeros(self.n_trusts)
        beside = np.bincount(facts.trust[rows], rival[facts.area[rows]], self.n_trusts)
        return np.asarray(beside / np.maximum(self.schools_here(), 1.0))

    def schools_in_several(self) -> int:
        """Number of schools that are in a trust of several."""
        return int(np.count_nonzero((self.facts.trust >= 0) & ~self.alone()))

    def agent(self, index: int) -> Trust:
        """Give the trust as one who decides; made when first asked for.

        Parameters
        ----------
        index : int
            Its lasting index.

        Returns
        -------
        Trust
            The same agent each time.
        """
        if index not in self._agents:
            self._agents[index] = Trust(
                self._system, index, float(self._aversion[index]), float(self._appetite[index])
            )
        return self._agents[index]

    def rows(self, index: int) -> Index:
        """Give a trust's schools in the place.

        Parameters
        ----------
        index : int
            Its lasting index.

        Returns
        -------
        (n,) intp
            Rows, ascending.
        """
        return np.flatnonzero(self.facts.trust == index)

    def described(self, index: int) -> str:
        """Say which trust it is, in words: trusts have no names here.

        Parameters
        ----------
        index : int
            Its lasting index.

        Returns
        -------
        str
            Who founded it, or where it is from.
        """
        at, here = self.index, int(self.schools_here()[index])
        if at.founded(np.array([index], dtype=np.int32))[0]:
            return "the trust founded by the " + ("LA" if index < at.first + at.n_la else "partnership")
        if at.is_elsewhere()[index]:
            return "a church trust from elsewhere" if at.is_church()[index] else "a trust from elsewhere"
        return f"a trust with {here} schools here" if here != 1 else "a trust with one school here"
