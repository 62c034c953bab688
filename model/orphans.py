"""What befalls a school that no one takes: families stay away, staff leave, practice falls.

None of it begins at once: it tells when a school has been without a taker for some terms, and ends when one
is found.
"""

from __future__ import annotations

import numpy as np

from model.institution_facts import Facts
from model.place import Bools, Floats
from model.practice import DOMAINS
from model.terms import TERMS_A_YEAR
from model.trust_parameters import TrustParameters


class Orphans:
    """Schools that need a trust and have none.

    Parameters
    ----------
    facts : Facts
        ``orphan`` is read each term.
    p : TrustParameters
        One draw.
    on : bool
        Switch ``orphans``: False leaves such a school like any other.

    Attributes
    ----------
    waiting : (n_schools,) float64
        Terms without a taker; 0 where there is no need.
    """

    def __init__(self, facts: Facts, p: TrustParameters, *, on: bool) -> None:
        self._facts, self._p, self._on = facts, p, on
        self.waiting: Floats = np.zeros(facts.n_schools)

    def term(self, term: int) -> Floats | None:
        """Run one term.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.

        Returns
        -------
        (n_schools, 9) float64 or None
            Change of practice, between-school SD; None for nothing.
        """
        del term
        self.waiting = np.where(self._facts.orphan, self.waiting + 1.0, 0.0)
        tells = self.tells()
        if tells is None or self._p.orphan_loss == 0.0:
            return None
        lost = self._p.orphan_loss / TERMS_A_YEAR
        return np.asarray(-lost * tells[:, None] * np.ones(len(DOMAINS)))

    def tells(self) -> Bools | None:
        """Say at which schools it tells now.

        Returns
        -------
        (n_schools,) bool or None
            None where it tells nowhere.
        """
        if not self._on or not self._facts.orphan.any():
            return None
        tells = self._facts.orphan & (self.waiting > self._p.orphan_wait_terms)
        return tells if tells.any() else None

    def pull(self) -> Floats | None:
        """Give what it adds to families' log odds of choosing each school; None for nothing."""
        tells = self.tells()
        return None if tells is None else np.asarray(self._p.orphan_pull * tells)

    def leave(self) -> Floats | None:
        """Give what it adds to the log odds that the head, and each teacher, leaves; None for nothing."""
        tells = self.tells()
        return None if tells is None else np.asarray(self._p.orphan_leave * tells)
