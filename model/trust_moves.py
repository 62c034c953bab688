"""Schools move between governors at the end of a year: orders, transfer, conversion, founding, merger.

Who moved before year 0 is in the place's trusts already: the years before only say whom no one takes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.closures import Closures
from model.events import Event
from model.national_tier import NEVER, National, Order, TrustPolicy
from model.own_trusts import group_near
from model.place import Bools, Floats, Index, Ints, Phase
from model.randomness import Chance
from model.sponsors import NO_ONE, Sponsors
from model.terms import TERMS_A_YEAR
from model.trust_mergers import merge
from model.trust_parameters import TrustParameters
from model.trusts import Trusts

_BLOCK = 0
_LONG_AGO = -NEVER
_MAINSTREAM = (Phase.PRIMARY, Phase.SECONDARY, Phase.ALL_THROUGH)


@dataclass(frozen=True, kw_only=True, eq=False)
class Seen:
    """What is known at the end of a year.

    Attributes
    ----------
    concern, stuck : (n_schools,) bool
        In a category of concern; below good twice.
    partnership : (n_areas,) bool
        Whether the area has a partnership.
    """

    concern: Bools
    stuck: Bools
    partnership: Bools


class TrustMoves:
    """Moves of a year; assigns new ``facts.trust``, ``facts.maintained``, ``facts.orphan``.

    Parameters
    ----------
    trusts : Trusts
        Trusts and their schools.
    p : TrustParameters
        One draw.
    chance : Chance
        One replicate's.
    orders : bool
        Switch ``orders``: False leaves every school where it is.

    Attributes
    ----------
    events : list of tuple
        As in ``model.events``.
    moved : (n_schools,) bool
        Schools that came to a trust at the last year end.
    closures : Closures
        Schools that are to close.
    """

    def __init__(self, trusts: Trusts, p: TrustParameters, chance: Chance, *, orders: bool) -> None:
        self._trusts, self._p, self._chance, self._on = trusts, p, chance, orders
        n = trusts.facts.n_schools
        self._sponsors = Sponsors(trusts, p)
        self.closures = Closures(trusts.facts, p, chance)
        self.moved: Bools = np.zeros(n, dtype=np.bool_)
        self._ordered: Bools = np.zeros(n, dtype=np.bool_)
        self._by_order: Bools = np.zeros(n, dtype=np.bool_)
        self._moved_in: Floats = np.full(n, float(_LONG_AGO))
        self._turn: Floats = np.zeros(n)
        self._events: list[Event] = []
        self._mainstream = np.isin(trusts.facts.phase, _MAINSTREAM)

    @property
    def events(self) -> list[Event]:
        """What befell schools and trusts."""
        return [*self._events, *self.closures.events]

    def year_end(self, term: int, national: National | None, seen: Seen) -> None:
        """Run the moves of a year, in its summer term.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        national : National or None
            What is decided nationally; None: no one moves.
        seen : Seen
            What is known of schools.
        """
        n, facts = self._trusts.facts.n_schools, self._trusts.facts
        self.moved = np.zeros(n, dtype=np.bool_)
        self._by_order = np.zeros(n, dtype=np.bool_)
        if not self._on or national is None:
            return
        policy = national.trusts
        luck = self._chance.uniforms("trust moves", _BLOCK, term, 4 * n).reshape(n, 4).T
        of_trust = self._chance.uniforms("sponsors", _BLOCK, term, 2 * self._trusts.n_trusts)
        of_trust = of_trust.reshape(-1, 2).T
        self._sponsors.begin(policy, luck[2], of_trust[0])
        self._turn = luck[3]
        self._found(term, policy, seen)
        self._order(term, national.order(term), seen.concern, luck[0])
        at_risk = seen.concern | seen.stuck
        placed = self._place(term, np.flatnonzero(self._ordered), at_risk, brokered=True)
        due = self._due(term, policy) & ~self._ordered
        asking = (self._applies(term, policy, luck[1]) & ~at_risk) | due
        asking &= ~(self._ordered | placed)
        if term >= 0:
            placed = placed | self._place(term, np.flatnonzero(asking), at_risk, brokered=False)
            placed = placed | self._found_own(term, due & ~placed)
            self._merge(term, of_trust[1])
        self._ordered = self._ordered & ~placed
        orphan = (self._ordered | due) & ~placed
        if not np.array_equal(orphan, facts.orphan):
            facts.orphan = orphan
        self.closures.year_end(term)

    def _order(self, term: int, order: Order, concern: Bools, luck: Floats) -> None:
        """Say which schools must go to a trust; an order stands until the school is out of concern."""
        p, facts = self._p, self._trusts.facts
        if order is Order.NONE:
            self._ordered = np.zeros_like(self._ordered)
            return
        left_alone = term - self._moved_in < TERMS_A_YEAR * p.grace_years
        of_maintained = 1.0 if order is Order.DUTY else p.power_used
        likely = np.where(facts.maintained, of_maintained, p.termination)
        new = concern & ~left_alone & ~self._ordered & (luck < likely)
        kinds = np.where(facts.maintained, "academy order", "termination notice")
        for row in np.flatnonzero(new).tolist():
            self._tell(term, row, str(kinds[row]), "in a category of concern")
        self._ordered = (self._ordered & concern) | new

    def _due(self, term: int, policy: TrustPolicy) -> Bools:
        """Schools that must be in a trust of several by now and are not."""
        facts = self._trusts.facts
        if policy.all_by_term > term + TERMS_A_YEAR:
            return np.zeros(facts.n_schools, dtype=np.bool_)
        return np.asarray((facts.trust < 0) | self._trusts.alone())

    def _applies(self, term: int, policy: TrustPolicy, luck: Floats) -> Bools:
        """Schools that ask to join a trust of their own accord, or because all must by a date."""
        facts, alone = self._trusts.facts, self._trusts.alone()
        likely = np.where(facts.maintained & self._mainstream, policy.conversions_a_year, 0.0)
        likely = np.where(alone, self._p.single_joins, likely)
        if policy.all_by_term < NEVER:
            years = max(-(-(policy.all_by_term - term) // TERMS_A_YEAR), 1)
            likely = np.where((facts.trust < 0) | alone, np.maximum(likely, 1.0 / years), likely)
        return np.asarray(luck < likely)

    def _place(self, term: int, rows: Index, at_risk: Bools, *, brokered: bool) -> Bools:
        """Look for a trust for each school, in an order that is luck; say who was taken."""
        facts = self._trusts.facts
        taken = np.zeros(facts.n_schools, dtype=np.bool_)
        if not len(rows):
            return taken
        trust = facts.trust.copy()
        for row in rows[np.argsort(self._turn[rows], kind="stable")].tolist():
            taker = self._sponsors.ask(row, at_risk=bool(at_risk[row]), brokered=brokered)
            if taker != NO_ONE:
                taken[row], trust[row] = True, taker
                self._tell_move(term, row, taker)
        self._moved_in = np.where(taken, float(term), self._moved_in)
        if term >= 0 and taken.any():
            self._come(taken, trust)
            self._by_order = taken if brokered else self._by_order
        return taken

    def _come(self, taken: Bools, trust: Ints) -> None:
        facts = self._trusts.facts
        facts.trust, facts.maintained = trust.astype(np.int32), facts.maintained & ~taken
        self.moved = self.moved | taken

    def _found(self, term: int, policy: TrustPolicy, seen: Seen) -> None:
        """Found the trusts that an LA or a partnership may found, after year 0."""
        if term < 0 or not (policy.la_may_found or policy.partnership_may_found):
            return
        n_la = self._trusts.index.n_la
        may = np.concatenate(
            [np.full(n_la, policy.la_may_found), seen.partnership & policy.partnership_may_found]
        )
        new = np.flatnonzero(may & ~self._sponsors.founded)
        if not len(new):
            return
        self._sponsors.found(new)
        for kind in new.tolist():
            whose = "by the LA" if kind < n_la else "by the partnership"
            area = kind - n_la if kind >= n_la else self._trusts.facts.areas.with_la(kind)
            self._events.append((term, area, NO_ONE, "trust founded", whose, np.nan))

    def _found_own(self, term: int, left: Bools) -> Bools:
        """Schools that no trust took, and must be in one, found trusts with their neighbours."""
        facts, taken = self._trusts.facts, np.zeros(self._trusts.facts.n_schools, dtype=np.bool_)
        if not left.any():
            return taken
        trust = facts.trust.copy()
        for rows in group_near(facts, np.flatnonzero(left), round(self._p.own_schools)):
            index = self._trusts.index.of_schools(int(rows.min()))
            taken[rows], trust[rows] = True, index
            self._events.append(
                (term, int(facts.area[rows[0]]), NO_ONE, "trust founded", f"by {len(rows)} schools", np.nan)
            )
        if taken.any():
            self._come(taken, trust)
        return taken

    def _merge(self, term: int, luck: Floats) -> None:
        if not (luck < self._p.merger).any():
            return
        for la, text in merge(self._trusts, self._sponsors, self._p, luck):
            self._events.append((term, la, NO_ONE, "merger of trusts", text, np.nan))

    def _tell_move(self, term: int, row: int, trust: int) -> None:
        facts = self._trusts.facts
        if term >= 0:
            kind = "transfer of trust" if facts.trust[row] >= 0 else "joined a trust"
            self._tell(term, row, kind, self._trusts.described(trust))

    def _tell(self, term: int, row: int, kind: str, text: str) -> None:
        self._events.append((term, int(self._trusts.facts.area[row]), row, kind, text, np.nan))

    def head_leave(self) -> Floats | None:
        """Give what it adds to the log odds that the head leaves in the year after a move under order.

        Returns
        -------
        (n_schools,) float64 or None
            Log odds; None for nothing.
        """
        if not self._by_order.any() or self._p.moved_head_leaves == 0.0:
            return None
        return np.asarray(self._p.moved_head_leaves * self._by_order)
