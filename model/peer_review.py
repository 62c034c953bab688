"""Peer review: members in small groups review each other, searchingly or as a courtesy.

Rigour shows the broker and the school itself more of its practice. Courtesy buys mutual trust alone, the
land of nice. What being reviewed does to practice directly is centred on nothing (row
peer_review_attain_component).
"""

from __future__ import annotations

import numpy as np

from model.collaborating import PeerReview
from model.institution_facts import Facts
from model.place import Bools, Floats, Ints
from model.randomness import Chance
from model.sharing_parameters import SharingParameters
from model.terms import TERMS_A_YEAR
from model.tie_pairs import JointWork, network_of

_SCHOOLS = 0
NO_GROUP = -1
_SURE = 1e-9


def nothing_done() -> JointWork:
    """Give joint work of no pair.

    Returns
    -------
    JointWork
        Without rows.
    """
    none = np.zeros(0, dtype=np.intp)
    return JointWork(none, none, np.zeros(0))


class PeerReviews:
    """Who reviews whom in a school year.

    Parameters
    ----------
    facts : Facts
        Schools; who is a member.
    p : SharingParameters
        One draw.
    chance : Chance
        Stream ``peer review``, of the draw.

    Attributes
    ----------
    group : (n_schools,) int32
        Review group of each school, ``NO_GROUP`` for none.
    reviewed : (n_schools,) bool
        Takes part.
    days : (n_schools,) float64
        Leadership days a year that it gives to reviews.
    """

    def __init__(self, facts: Facts, p: SharingParameters, chance: Chance) -> None:
        self._facts, self._p = facts, p
        self._luck = chance.for_draw().uniforms("peer review", _SCHOOLS, 0, facts.n_schools)
        self._no_one()

    def _no_one(self) -> None:
        n = self._facts.n_schools
        self.group: Ints = np.full(n, NO_GROUP, dtype=np.int32)
        self.reviewed: Bools = np.zeros(n, dtype=np.bool_)
        self.days: Floats = np.zeros(n)
        self._work = nothing_done()

    def form(self, review: PeerReview | None, openness: Floats, cluster: Ints) -> None:
        """Form the groups of a school year: members who take part, with those of their cluster first.

        Parameters
        ----------
        review : PeerReview or None
            What stands.
        openness : (n_schools,) float64
            Open schools take part sooner, 0 to 1.
        cluster : (n_schools,) int
            Cluster of each school.
        """
        self._no_one()
        if review is None or review.share <= 0.0 or not self._facts.member.any():
            return
        self._form(review, self._willing(review.share, openness), cluster)

    def worked(self) -> JointWork:
        """Say which schools work together in reviews each term of the year.

        Returns
        -------
        JointWork
            Every two schools of a group; a school's days are shared out over the others of its group.
        """
        return self._work

    def direct(self) -> Floats | None:
        """Give what a term of being reviewed does to practice, in every domain.

        Returns
        -------
        (n_schools,) float64 or None
            Between-school SD; None for nothing.
        """
        if self._p.review_direct == 0.0 or not self.reviewed.any():
            return None
        return np.asarray(self._p.review_direct / TERMS_A_YEAR * self.reviewed)

    def _willing(self, share: float, openness: Floats) -> Bools:
        member = self._facts.member
        share = min(max(share, _SURE), 1.0 - _SURE)
        above = openness - openness[member].mean()
        odds = share / (1.0 - share) * np.exp(self._p.review_openness * above)
        return np.asarray(member & (self._luck < odds / (1.0 + odds)))

    def _form(self, review: PeerReview, willing: Bools, cluster: Ints) -> None:
        facts = self._facts
        rows = np.flatnonzero(willing)
        block = 3 * facts.area[rows] + network_of(facts.phase[rows])
        order = np.lexsort((facts.urn[rows], cluster[rows], block))
        rows, block = rows[order], block[order]
        _, of_block, size = np.unique(block, return_inverse=True, return_counts=True)
        begins = np.cumsum(size) - size
        groups = np.maximum(np.rint(size / review.group_size), 1).astype(np.int64)
        within = (np.arange(len(rows)) - begins[of_block]) * groups[of_block] // size[of_block]
        group = (np.cumsum(groups) - groups)[of_block] + within
        members = np.bincount(group)[group]
        self.group[rows] = np.where(members > 1, group, NO_GROUP)  # no one reviews a school on its own
        self.reviewed = self.group != NO_GROUP
        self.days = review.days * self.reviewed
        self._work = _pairs(rows, group, review.days / TERMS_A_YEAR)


def _pairs(rows: Ints, group: Ints, days: float) -> JointWork:
    """All pairs of each group, rows in order of groups; a school shares its days out over its mates."""
    mates = np.bincount(group)[group] - 1 if len(group) else group
    first, second, spent = [], [], []
    for apart in range(1, int(mates.max(initial=0)) + 1):
        pair = np.flatnonzero(group[apart:] == group[:-apart])
        first.append(rows[pair])
        second.append(rows[pair + apart])
        spent.append(days / mates[pair])
    if not first:
        return nothing_done()
    return JointWork(np.concatenate(first), np.concatenate(second), np.concatenate(spent))
