"""Practice that support brings to schools: supported while it lasts, embedded in part, eroded by turnover.

A school's practice is its own plus what support has brought, embedded and not (model.md section 3):
``practice = own + embedded by support + supported``.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.arrangements import Offer
from model.delivered import Delivered
from model.gains import Growth, course_of, growth_of, whole_gain
from model.parameters import Parameters
from model.place import Bools, Floats, Index
from model.practice import DOMAINS
from model.recursion import READ_AT
from model.terms import AUTUMN, TERMS_A_YEAR, WEEKS_A_TERM, term_of_year


class Flow(NamedTuple):
    """What one term did to what support had brought, before the term's gain and what people shifted.

    Attributes
    ----------
    before, kept, moved : (n_schools, 9) float64
        Supported practice before the term; what was left of it; what of it embedded.
    embedded : (n_schools, 9) float64
        Embedded practice with what moved.
    keeps : (n_schools,) float64
        Share of embedded practice kept.
    """

    before: Floats
    kept: Floats
    moved: Floats
    embedded: Floats
    keeps: Floats


class Support:
    """Supported practice of every school, and what of it has embedded.

    Parameters
    ----------
    n_schools : int
        Number of schools.
    offers : tuple of Offer
        Everything that may be delivered, in the order of ``Delivered.offer``.
    p : Parameters
        One draw.
    unit : (13,) float64, optional
        SD of one domain after k years of learning: what an effect of 1 on attainment means; 1 by default.
    turnover : bool
        False: turnover of teachers and heads leaves what support brought alone (mechanism
        ``practice_turnover``).

    Attributes
    ----------
    supported : (n_schools, 9) float64
        Practice that lasts as long as support does, between-school SD.
    embedded : (n_schools, 9) float64
        Practice that support brought and that has become the school's own, between-school SD.
    flow : Flow or None
        What the last term did; None before the first.
    whole_gain : (n_offers,) float64
        Practice that a whole case of each offer brings by its end, between-school SD.
    """

    def __init__(
        self,
        n_schools: int,
        offers: tuple[Offer, ...],
        p: Parameters,
        *,
        unit: Floats | None = None,
        turnover: bool = True,
    ) -> None:
        self.supported: Floats = np.zeros((n_schools, len(DOMAINS)))
        self.embedded: Floats = np.zeros((n_schools, len(DOMAINS)))
        self._p, self._turnover = p.support, turnover
        self._usual = p.workforce.teacher_leave
        self._course = course_of(p, turnover=turnover)
        unit = np.ones(READ_AT["ks4"] + 1) if unit is None else unit
        growth: list[Growth] = [growth_of(o.weeks, self._course, o.new_heads) for o in offers]
        gain = [whole_gain(offer, grown, p, unit) for offer, grown in zip(offers, growth, strict=True)]
        self.whole_gain = np.array(gain, dtype=np.float64)
        self._a_week = np.array(
            [whole * g.rate / o.weeks for whole, g, o in zip(gain, growth, offers, strict=True)],
            dtype=np.float64,
        )
        self._domain = np.array([offer.domain for offer in offers], dtype=np.intp)
        self._for_new_heads = np.array([offer.new_heads for offer in offers], dtype=np.bool_)
        self._acts = self.whole_gain != 0.0
        self._none_yet = True
        self.flow: Flow | None = None

    def total(self) -> Floats:
        """What support adds to practice now, embedded and not; shape (n_schools, 9), between-school SD."""
        return np.asarray(self.supported + self.embedded)

    @property
    def half_gain_cases(self) -> float:
        """Whole cases' worth of practice brought at which a further case brings half as much."""
        return self._p.half_gain_cases

    def gain_by_domain(self) -> Floats:
        """Practice that a whole case brings in each domain, mean of its programmes; shape (9,)."""
        acts = self._acts
        sums = np.bincount(self._domain[acts], self.whole_gain[acts], len(DOMAINS))
        return np.asarray(sums / np.maximum(np.bincount(self._domain[acts], minlength=len(DOMAINS)), 1))

    def shift(self, school: int, domain: int, change: float) -> None:
        """Change what support has left in one school: what lending or losing people does to it.

        Parameters
        ----------
        school, domain : int
            Row of the school; practice domain.
        change : float
            Between-school SD; decays as embedded practice does.
        """
        if change:
            self.embedded[school, domain] += change
            self._none_yet = False

    def shift_all(self, change: Floats) -> None:
        """Change what is embedded in all schools: what ties, trusts, reviews and stakes do to it.

        Parameters
        ----------
        change : (n_schools, 9) float64
            Between-school SD; decays as embedded practice does.
        """
        self.embedded = self.embedded + change
        self._none_yet = False

    def term(self, term: int, delivered: Delivered, leaving: Floats, new_head: Bools) -> None:
        """One term of support: part of what is there embeds or fades, and the term's gain is added.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        delivered : Delivered
            What was delivered in the term.
        leaving : (n_schools,) float64
            Share of teachers leaving this year.
        new_head : (n_schools,) bool
            Whether the headteacher is in the first year in post.
        """
        acts = self._acts[delivered.offer] & (delivered.weeks > 0.0)
        if not acts.any() and self._none_yet:
            return
        self._none_yet = False
        school, offer = delivered.school[acts].astype(np.intp), delivered.offer[acts].astype(np.intp)
        weeks, quality = delivered.weeks[acts], delivered.quality[acts]
        cell = school * len(DOMAINS) + self._domain[offer]
        gain = self._gain(cell, school, offer, weeks * quality, leaving, new_head)
        shape, cells = self.supported.shape, self.supported.size
        covered = np.bincount(cell, weeks, cells).reshape(shape) * (1.0 / WEEKS_A_TERM)
        self._move_on(term, np.minimum(covered, 1.0), leaving, new_head)
        self.supported += np.bincount(cell, gain, cells).reshape(shape)

    def _gain(
        self, cell: Index, school: Index, offer: Index, dose: Floats, leaving: Floats, new_head: Bools
    ) -> Floats:
        """Practice gained from each case; shape (n_cases,), between-school SD."""
        brought = np.sign(dose) * self.total().reshape(-1)[cell] / self.whole_gain[offer]
        half = self._p.half_gain_cases
        room = half / (half + np.maximum(brought, 0.0))
        gain = self._a_week[offer] * dose * room
        if self._turnover:
            above = leaving[school] - self._usual
            gain *= np.maximum(1.0 - self._p.absorption_turnover * above, 0.0)
            unsettled = new_head[school] & ~self._for_new_heads[offer]
            gain *= 1.0 - self._p.absorption_new_head * unsettled
        return np.asarray(gain)

    def _move_on(self, term: int, covered: Floats, leaving: Floats, new_head: Bools) -> None:
        """Embed where there is support, fade where there is none, erode and revert what is embedded."""
        course = self._course
        embeds = course.embeds * covered
        loss = self._p.turnover_loss if self._turnover else 0.0
        keeps = course.kept * (1.0 - loss * leaving / TERMS_A_YEAR)
        if self._turnover and term_of_year(term) == AUTUMN:
            keeps *= 1.0 - self._p.new_head_loss * new_head
        before, moved = self.supported, embeds * self.supported
        self.embedded = self.embedded * keeps[:, None] + moved
        self.supported = before * ((1.0 - embeds) * course.fades ** (1.0 - covered))
        self.flow = Flow(before, self.supported.copy(), moved, self.embedded.copy(), keeps)


class NoEmbedding(Support):
    """The null version: support leaves practice alone (mechanism ``practice_embedding``)."""

    def shift(self, school: int, domain: int, change: float) -> None:
        """Nothing is shifted.

        Parameters
        ----------
        school, domain : int
            Not read.
        change : float
            Not read.
        """
        del school, domain, change

    def shift_all(self, change: Floats) -> None:
        """Nothing is shifted.

        Parameters
        ----------
        change : (n_schools, 9) float64
            Not read.
        """
        del change

    def term(self, term: int, delivered: Delivered, leaving: Floats, new_head: Bools) -> None:
        """Nothing is raised and nothing embeds.

        Parameters
        ----------
        term : int
            Not read.
        delivered : Delivered
            Not read.
        leaving : (n_schools,) float64
            Not read.
        new_head : (n_schools,) bool
            Not read.
        """
        del term, delivered, leaving, new_head
