"""Schools that are to close: half empty, with places to be had near by; they admit no more and run down."""

from __future__ import annotations

import numpy as np

from model.events import Event
from model.institution_facts import Facts
from model.place import Bools, Floats
from model.randomness import Chance
from model.trust_parameters import TrustParameters

_SCHOOLS = 0


class Closures:
    """Which schools are to close.

    Parameters
    ----------
    facts : Facts
        Schools; ``pupils`` and ``capacity`` are read at the end of a year.
    p : TrustParameters
        One draw.
    chance : Chance
        One replicate's.

    Attributes
    ----------
    closing : (n_schools,) bool
        Closed to new families; a new array when it changes.
    events : list of tuple
        As in ``model.events``.
    """

    def __init__(self, facts: Facts, p: TrustParameters, chance: Chance) -> None:
        self._facts, self._p, self._chance = facts, p, chance
        self.closing: Bools = np.zeros(facts.n_schools, dtype=np.bool_)
        self.events: list[Event] = []

    def year_end(self, term: int) -> None:
        """Decide which schools close, after year 0.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0; a summer term.
        """
        facts, p = self._facts, self._p
        empty = np.maximum(facts.capacity - facts.pupils, 0.0)
        candidates = (facts.pupils < p.closure_fill * facts.capacity) & ~self.closing
        if term < 0 or not candidates.any():
            return
        luck = self._chance.uniforms("closures", _SCHOOLS, term, facts.n_schools)
        closing = self.closing.copy()
        for row in np.flatnonzero(candidates & (luck < p.closure)).tolist():
            others = (facts.la == facts.la[row]) & (facts.phase == facts.phase[row]) & ~closing
            others[row] = False
            if empty[others].sum() >= facts.pupils[row]:
                closing[row] = True
                self.events.append((term, int(facts.area[row]), row, "closing", "admits no more", np.nan))
        self.closing = closing

    def pull(self) -> Floats | None:
        """Give what it adds to families' log odds of choosing each school; None for nothing."""
        return np.asarray(self._p.closing_pull * self.closing) if self.closing.any() else None
