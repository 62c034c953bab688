"""What belonging to a partnership is worth to each school, and what it costs, in GBP a pupil a year."""

from __future__ import annotations

import numpy as np

from model.delivered import Delivered
from model.institution_facts import Facts
from model.membership_parameters import MembershipParameters
from model.place import Floats, Index, Phase


class BelongingValue:
    """Benefit felt and price, school by school; benefit is remembered from year to year.

    Parameters
    ----------
    facts : Facts
        Schools; who is a member.
    p : MembershipParameters
        One draw.

    Attributes
    ----------
    benefit : (n_schools,) float64
        GBP a pupil a year, as felt at the last year end; for schools outside, what it would be.
    """

    def __init__(self, facts: Facts, p: MembershipParameters) -> None:
        self._facts, self._p = facts, p
        self._weeks: Floats = np.zeros(facts.n_schools)
        self._alike: Index = facts.la.astype(np.intp) * 2 + (facts.phase == Phase.SECONDARY)
        self.benefit: Floats = np.zeros(facts.n_schools)
        self._any_yet = False

    def delivered(self, delivered: Delivered) -> None:
        """Count a term's support.

        Parameters
        ----------
        delivered : Delivered
            Support that the partnership brought; a bad provider's weeks count for less.
        """
        if len(delivered.school):
            dose = delivered.weeks * delivered.quality
            self._weeks += np.bincount(delivered.school, dose, self._facts.n_schools)

    def year_end(self, network: Floats, seen: Floats) -> None:
        """Take the year's support, ties and warnings into what is felt.

        Parameters
        ----------
        network : (n_schools,) float64
            Strength of a school's ties, 0 to 1.
        seen : (n_schools,) float64
            How well the partnership sees the school, 0 (not at all) to 1.
        """
        p = self._p
        felt = self._support() + p.network_worth * network + p.seen_worth * seen
        self.benefit = p.memory * self.benefit + (1.0 - p.memory) * felt if self._any_yet else felt
        self._any_yet = True
        self._weeks = np.zeros_like(self._weeks)

    def _support(self) -> Floats:
        """Support of the year as felt: part a member's own, part that of members like it."""
        facts, p, alike = self._facts, self._p, self._alike
        member = facts.member
        worth = p.support_worth * self._weeks
        n = 2 * facts.n_la
        pupils = np.bincount(alike, facts.pupils * member, n)
        among_members = np.bincount(alike, worth * member, n) / np.maximum(pupils, 1.0)
        own = worth / np.maximum(facts.pupils, 1.0)
        others = among_members[alike]
        return np.asarray(np.where(member, p.own_share * own + (1.0 - p.own_share) * others, others))

    def price(self, subscription: Floats, days: Floats, saved: Floats) -> Floats:
        """What belonging costs.

        Parameters
        ----------
        subscription : (n_la,) float64
            GBP a pupil a year.
        days : (n_schools,) float64
            Days a year that leaders give.
        saved : (n_schools,) float64
            GBP a pupil a year that members save by buying together.

        Returns
        -------
        (n_schools,) float64
            GBP a pupil a year; below 0 where more is saved than given.
        """
        pupils = np.maximum(self._facts.pupils, 1.0)
        return np.asarray(subscription[self._facts.la] + self._p.day_felt * days / pupils - saved)
