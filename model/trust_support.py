"""What trusts' central teams do for their schools, for the top-slice.

A school gives up part of its budget, which would have brought it some practice had it spent it itself. The
central team makes more of a pound, as many schools share it, and less, as being a trust costs something and
co-ordination takes more and more of its time with every school, of secondary schools above all. Its time goes
to all its schools alike, or to the weakest first (``targeting``): what these get, the others do not. What
remains is the level of practice that the trust brings, net; schools come nearer to it as what was embedded is
lost.
"""

from __future__ import annotations

import numpy as np

from model.central_teams import times_even
from model.place import Floats, Ints, Phase
from model.practice import DOMAINS
from model.trust_parameters import TrustParameters
from model.trusts import Trusts

SUPPORTED = np.isin(DOMAINS, ("reading", "maths", "curriculum and teaching", "leadership")).astype(np.float64)
"""Domains on which central teams work; shape (9,)."""

_LARGE = (Phase.SECONDARY, Phase.ALL_THROUGH)
_PER_CENT = 100.0


def made_of_a_pound(
    schools: Floats, pupils: Floats, secondary: Floats, quality: Floats, p: TrustParameters
) -> Floats:
    """What a pound of top-slice brings, as a multiple of what it brings where the school spends it.

    Parameters
    ----------
    schools, pupils : (n,) float64
        Of the trust, those outside the place included.
    secondary : (n,) float64
        1 for a secondary or all-through school, else 0.
    quality : (n,) float64
        Of the trust's central team, above the usual, share.
    p : TrustParameters
        One draw.

    Returns
    -------
    (n,) float64
        1 where a trust makes neither more nor less of it.
    """
    income = np.maximum(p.top_slice * p.budget_gbp * pupils, 1.0)
    left = np.maximum(1.0 - p.fixed_gbp / income, 0.0)
    shared = 1.0 + p.scale_gain * (1.0 - 1.0 / schools)
    span = np.where(secondary > 0.0, p.span_secondary, p.span_primary)
    return np.asarray(left * shared / (1.0 + schools / span) * (1.0 + quality))


class TrustSupport:
    """Practice that central teams bring, net of what the slice would have brought in the school.

    Parameters
    ----------
    trusts : Trusts
        Trusts and their schools.
    p : TrustParameters
        One draw.
    kept : float
        Part of embedded practice usually kept a term.
    on : bool
        Switch ``trust_support``: False leaves trusts taking and giving nothing.

    Attributes
    ----------
    standing : (n_schools,) float64
        Practice as trusts last saw it in their schools, mean of the domains of ``SUPPORTED``, between-school
        SD; 0 where it says nothing of who comes first.
    """

    def __init__(self, trusts: Trusts, p: TrustParameters, kept: float, *, on: bool) -> None:
        self._trusts, self._p, self._keeps_less = trusts, p, 1.0 - kept
        self._acts = on and p.central_effect != 0.0 and p.top_slice > 0.0
        self._on = on
        self._secondary = np.isin(trusts.facts.phase, _LARGE).astype(np.float64)
        self._of: tuple[Ints, Floats, Floats] | None = None
        self._flow: Floats | None = None
        self.standing: Floats = np.zeros(trusts.facts.n_schools)

    def look(self, practice: Floats) -> None:
        """See how schools stand, once a year: a trust knows its own from within.

        Parameters
        ----------
        practice : (n_schools, 9) float64
            Between-school SD.
        """
        if self._p.targeting != 0.0:
            self.standing = practice[:, SUPPORTED > 0.0].mean(axis=1)

    def level(self) -> Floats:
        """Practice that each school's trust brings in the long run.

        Returns
        -------
        (n_schools,) float64
            Between-school SD in the domains of ``SUPPORTED``; 0 in a maintained school and in one that is
            alone in its trust.
        """
        trusts, p, facts = self._trusts, self._p, self._trusts.facts
        level = np.zeros(facts.n_schools)
        rows = np.flatnonzero((facts.trust >= 0) & ~trusts.alone())
        if not self._acts or not len(rows):
            return level
        of = facts.trust[rows]
        everyone, schools = self._everyone()[of], trusts.sizes()
        made = made_of_a_pound(schools[of], everyone, self._secondary[rows], trusts.quality[of], p)
        if p.targeting != 0.0:  # what the trust brings in all its schools stays what it is
            made = made * times_even(of, facts.pupils[rows] * made, self.standing[rows], p.targeting)
        level[rows] = p.central_effect * _PER_CENT * p.top_slice * (made - 1.0)
        return level

    def _everyone(self) -> Floats:
        """Pupils of each trust, those of its schools outside the place too; shape (n_trusts,)."""
        facts, trusts = self._trusts.facts, self._trusts
        inside = facts.trust >= 0
        pupils = np.bincount(facts.trust[inside], facts.pupils[inside], trusts.n_trusts)
        return np.asarray(pupils + float(facts.pupils.mean()) * trusts.elsewhere)

    def opening(self) -> Floats:
        """Give what trusts have long brought: schools hold it before the first term.

        Returns
        -------
        (n_schools, 9) float64
            Between-school SD.
        """
        return self.level()[:, None] * SUPPORTED

    def term(self, term: int) -> Floats | None:
        """Give what the term brings, renewed as schools move and once a year with their rolls and standing.

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
        if not self._acts:
            return None
        seen = (self._trusts.facts.trust, self._trusts.facts.pupils, self.standing)
        if self._of is None or any(a is not b for a, b in zip(self._of, seen, strict=True)):
            level = self.level()
            self._of = seen
            self._flow = (self._keeps_less * level)[:, None] * SUPPORTED if level.any() else None
        return self._flow

    def central_gbp(self) -> Floats:
        """Give what each school gives up to its trust.

        Returns
        -------
        (n_schools,) float64
            GBP a year, prices of year 0.
        """
        facts, p = self._trusts.facts, self._p
        slices = (facts.trust >= 0) & ~self._trusts.alone() & self._on
        return np.asarray(p.top_slice * p.budget_gbp * facts.pupils * slices)

    def fixed_share(self) -> Floats:
        """Give the part of each school's slice that goes to being a trust at all.

        Returns
        -------
        (n_schools,) float64
            0 to 1; 0 where the school is in no trust.
        """
        facts, p = self._trusts.facts, self._p
        income = np.maximum(p.top_slice * p.budget_gbp * self._everyone(), 1.0)
        of_trust = np.minimum(p.fixed_gbp / income, 1.0)
        return np.where(facts.trust >= 0, of_trust[np.maximum(facts.trust, 0)], 0.0)
