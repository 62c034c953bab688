"""What belonging to a partnership is worth to each school, and what it costs, in GBP a pupil a year.

A school outside looks at members of its LA and phase: it would get, save and give what they do.
"""

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
        self._alike: Index = facts.areas.unit_of_school.astype(np.intp) * 2 + (facts.phase == Phase.SECONDARY)
        self.benefit: Floats = np.zeros(facts.n_schools)
        self._members: Floats = np.zeros(2 * len(facts.areas.units))
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

    def year_end(self, network: Floats | None, seen: Floats | None) -> None:
        """Take the year's support, ties and warnings into what is felt.

        Parameters
        ----------
        network : (n_schools,) float64 or None
            Strength of a school's ties, 0 to 1.
        seen : (n_schools,) float64 or None
            How well the partnership sees the school, 0 (not at all) to 1.
        """
        p, facts = self._p, self._facts
        self._members = np.bincount(self._alike, facts.member, 2 * len(facts.areas.units)).astype(np.float64)
        own = p.support_worth * self._weeks / np.maximum(facts.pupils, 1.0)
        others = self._among_members(own * facts.pupils) / np.maximum(self._among_members(facts.pupils), 1.0)
        felt = others + p.own_share * facts.member * (own - others)
        besides = [
            worth * column
            for worth, column in ((p.network_worth, network), (p.seen_worth, seen))
            if column is not None
        ]
        if besides:
            felt = felt + self._as_member(sum(besides[1:], start=besides[0]))
        self.benefit = p.memory * self.benefit + (1.0 - p.memory) * felt if self._any_yet else felt
        self._any_yet = True
        self._weeks = np.zeros_like(self._weeks)

    def price(self, subscription: Floats, days: Floats | None, saved: Floats | None) -> Floats:
        """What belonging costs; after ``year_end``.

        Parameters
        ----------
        subscription : (n_areas,) float64
            GBP a pupil a year.
        days : (n_schools,) float64 or None
            Days a year that leaders give.
        saved : (n_schools,) float64 or None
            GBP a pupil a year that members save by buying together.

        Returns
        -------
        (n_schools,) float64
            GBP a pupil a year; below 0 where more is saved than given.
        """
        price = subscription[self._facts.area]
        if days is not None:
            price = price + self._p.day_felt * self._as_member(days) / np.maximum(self._facts.pupils, 1.0)
        return price if saved is None else price - self._as_member(saved)

    def _among_members(self, column: Floats) -> Floats:
        """Sum over the members of each school's LA and phase; shape (n_schools,)."""
        facts = self._facts
        return np.asarray(
            np.bincount(self._alike, column * facts.member, 2 * len(facts.areas.units))[self._alike]
        )

    def _as_member(self, column: Floats) -> Floats:
        """A member's own figure; for a school outside, the mean of members like it, or its own if none."""
        if self._facts.member.all():
            return column
        members = self._members[self._alike]
        mean = self._among_members(column) / np.maximum(members, 1.0)
        return np.asarray(np.where(self._facts.member | (members == 0), column, mean))
