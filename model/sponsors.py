"""Who takes a school: trusts are asked one after another, the likeliest first.

Trusts with schools in the LA, those that an LA or a partnership founded, and a few from elsewhere are asked.
They decide by distance, by religious character, by what is at risk, and by how many schools they can take
in a year. The luck of a trust with a school belongs to both, so no other school's fate can shift it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.national_tier import TrustPolicy
from model.odds import log_odds_of
from model.place import Bools, Floats, Index, Ints
from model.trust_parameters import TrustParameters
from model.trusts import Trusts

NO_ONE = -1


class Candidates(NamedTuple):
    """Trusts that a school may ask.

    Attributes
    ----------
    trust : (n,) intp
        Their indices.
    km : (n,) float64
        To their nearest school.
    local : (n,) bool
        With schools in the LA.
    """

    trust: Index
    km: Floats
    local: Bools


class Sponsors:
    """Trusts as takers of schools, year by year.

    Parameters
    ----------
    trusts : Trusts
        Trusts and their schools.
    p : TrustParameters
        One draw.

    Attributes
    ----------
    founded : (n_la + n_areas,) bool
        Whether each LA's trust, and each partnership's, exists.
    """

    def __init__(self, trusts: Trusts, p: TrustParameters) -> None:
        self._trusts, self._p = trusts, p
        self.founded: Bools = np.zeros(trusts.index.n_founded, dtype=np.bool_)
        self._policy = TrustPolicy()
        self._with_room: set[int] = set()
        self._church_of: tuple[Ints | None, Bools] = (None, self.founded)
        self._luck_school: Floats = np.zeros(0)
        self._luck_trust: Floats = np.zeros(0)
        la = trusts.facts.la
        self._by_la = np.argsort(la, kind="stable")
        self._starts = np.searchsorted(la[self._by_la], np.arange(trusts.facts.n_la + 1))

    def begin(self, policy: TrustPolicy, of_school: Floats, of_trust: Floats) -> None:
        """Begin a year: every trust can take schools anew.

        Parameters
        ----------
        policy : TrustPolicy
            Cap of founded trusts, and whether they take schools that no one else does.
        of_school : (n_schools,) float64
            The year's luck of each school with those it asks, in (0, 1).
        of_trust : (n_trusts,) float64
            The year's luck of each trust with those that ask it, in (0, 1).
        """
        self._policy, self._luck_school, self._luck_trust = policy, of_school, of_trust
        self._with_room.clear()

    @property
    def _church(self) -> Bools:
        """Trusts most of whose schools have a religious character; shape (n_trusts,)."""
        facts = self._trusts.facts
        if self._church_of[0] is not facts.trust:
            self._church_of = (facts.trust, self._church_trusts())
        return self._church_of[1]

    def _church_trusts(self) -> Bools:
        facts, here = self._trusts.facts, self._trusts.schools_here()
        faith = facts.trust[(facts.trust >= 0) & facts.faith]
        of_faith = np.bincount(faith, minlength=len(here))
        return np.asarray((2 * of_faith > here) | ((here == 0) & self._trusts.index.is_church()))

    def candidates(self, row: int) -> Candidates:
        """Give the trusts that a school may ask.

        Parameters
        ----------
        row : int
            Row of the school.

        Returns
        -------
        Candidates
            Its own trust, and founded ones, left out.
        """
        facts, index = self._trusts.facts, self._trusts.index
        la = int(facts.la[row])
        rows = self._by_la[self._starts[la] : self._starts[la + 1]]
        of = facts.trust[rows]
        rows = rows[(of >= 0) & (of != facts.trust[row]) & ~index.founded(of)]
        away = np.hypot(facts.x_km[rows] - facts.x_km[row], facts.y_km[rows] - facts.y_km[row])
        local, which = np.unique(facts.trust[rows], return_inverse=True)
        km = np.full(len(local), np.inf)
        np.minimum.at(km, which, away)
        here = {*local.tolist(), int(facts.trust[row])}
        beyond = [trust for trust in index.elsewhere(la) if trust not in here]
        # the diocese is at hand for its own schools: the first is its trust
        church = index.elsewhere(la)[0] if facts.faith[row] else NO_ONE
        far = [0.0 if trust == church else self._p.elsewhere_km for trust in beyond]
        return Candidates(
            np.array([*local.tolist(), *beyond], dtype=np.intp),
            np.array([*km.tolist(), *far]),
            np.arange(len(local) + len(beyond)) < len(local),
        )

    def ask(self, row: int, *, at_risk: bool, brokered: bool) -> int:
        """Ask trusts to take a school until one does.

        Parameters
        ----------
        row : int
            Row of the school.
        at_risk : bool
            In a category of concern, or below good twice.
        brokered : bool
            The LA or the region looks for a taker: trusts in the LA are readier, and a founded trust that may
            takes it if no one else does.

        Returns
        -------
        int
            Index of the trust, ``NO_ONE`` if none takes it.
        """
        if not brokered and (founded := self._founded(row)) != NO_ONE and not at_risk:
            return founded
        p, facts, among = self._p, self._trusts.facts, self.candidates(row)
        other_faith = self._church[among.trust] != facts.faith[row]
        log_odds = (
            log_odds_of(p.accept_usual)
            - p.accept_distance * among.km
            + p.accept_other_faith * other_faith
            + p.accept_local * (among.local & brokered)
        )
        empty = max(1.0 - float(facts.pupils[row]) / max(float(facts.capacity[row]), 1.0), 0.0)
        risk = p.accept_risk * at_risk + p.accept_empty * empty
        luck = (self._luck_school[row] + self._luck_trust[among.trust]) % 1.0
        for k in np.argsort(-log_odds, kind="stable").tolist():
            trust = int(among.trust[k])
            if self.agent_takes(trust, float(log_odds[k]), risk, float(luck[k])):
                return trust
        takes_orphans = self._policy.founded_takes_orphans
        return self._founded(row) if brokered and takes_orphans else NO_ONE

    def agent_takes(self, trust: int, log_odds: float, risk: float, luck: float) -> bool:
        """Ask one trust.

        Parameters
        ----------
        trust : int
            Its index.
        log_odds, risk, luck : float
            As for ``Trust.takes``.

        Returns
        -------
        bool
            Whether it takes the school.
        """
        agent = self._trusts.agent(trust)
        if trust not in self._with_room:
            self._with_room.add(trust)
            here = float(self._trusts.schools_here()[trust])
            agent.room = max(float(np.floor(self._p.growth_share * here)), 1.0)
        return agent.takes(log_odds, risk, luck)

    def _founded(self, row: int) -> int:
        """Founded trust at hand that still has room for a school, the partnership's before the LA's."""
        trusts, facts = self._trusts, self._trusts.facts
        la, area = int(facts.la[row]), int(facts.area[row])
        if facts.faith[row] or trusts.index.founded(facts.trust[[row]])[0]:
            return NO_ONE
        pairs = (
            (trusts.index.of_partnership(area), self.founded[facts.n_la + area]),
            (trusts.index.of_la(la), self.founded[la]),
        )
        for trust, exists in pairs:
            if not exists:
                continue
            if trust not in self._with_room:
                self._with_room.add(trust)
                here = float(trusts.schools_here()[trust])
                trusts.agent(trust).room = max(self._policy.founded_cap - here, 0.0)
            if trusts.agent(trust).takes(np.inf, 0.0, 0.0):
                return trust
        return NO_ONE

    def nearest_larger(self, trust: int) -> tuple[int, float]:
        """Find whom a trust would merge into: the nearest larger one of its kind in an LA that it shares.

        Parameters
        ----------
        trust : int
            Its index.

        Returns
        -------
        trust, km : int, float
            ``NO_ONE`` if there is none; distance between nearest schools.
        """
        trusts, rows = self._trusts, self._trusts.rows(trust)
        among = self.candidates(int(rows[0]))
        sizes = trusts.sizes()
        fits = among.local & (sizes[among.trust] > sizes[trust])
        fits &= self._church[among.trust] == self._church[trust]
        if not fits.any():
            return NO_ONE, np.inf
        km = np.where(fits, among.km, np.inf)
        return int(among.trust[km.argmin()]), float(km.min())

    def found(self, kind: Ints) -> None:
        """Found trusts.

        Parameters
        ----------
        kind : (n,) intp
            Positions in ``founded``.
        """
        founded = self.founded.copy()
        founded[kind] = True
        self.founded = founded
