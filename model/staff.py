"""Staff of partnerships as others see them: who is there, whom they can serve, whom they left."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.arrangements import Offer
from model.brokerage import Brokerage
from model.deliverers import PostOnHand
from model.funding import Funding
from model.institution_facts import Facts
from model.place import Ints
from model.posts import Posts
from model.supporting import SUPPORTING_SCHOOL


class Lost(NamedTuple):
    """What a school loses with a teacher who left it for a specialist post."""

    school: int
    domain: int
    change: float  # of practice, between-school SD


class Staff:
    """Posts of the partnerships as others see them.

    Parameters
    ----------
    facts : Facts
        Schools.
    posts : Posts
        Who is in post.
    brokerage : Brokerage
        Supporting schools.
    funding : Funding
        Time lost to bids.
    offers : tuple of Offer
        Programmes, by index.
    school_loss : float
        Practice that a school loses with a specialist, between-school SD.
    """

    def __init__(
        self,
        facts: Facts,
        posts: Posts,
        brokerage: Brokerage,
        funding: Funding,
        offers: tuple[Offer, ...],
        school_loss: float,
    ) -> None:
        self._facts, self._posts, self._brokerage, self._funding = facts, posts, brokerage, funding
        self._offers, self._school_loss = offers, school_loss
        self._offers_of_kind: dict[str, list[int]] = {}
        for at, offer in enumerate(offers):
            self._offers_of_kind.setdefault(offer.delivered_by, []).append(at)
        self._domain_of_kind = {offer.delivered_by: offer.domain for offer in reversed(offers)}

    def on_hand(self, term: int) -> list[PostOnHand]:
        """Posts as brokerage sees them.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.

        Returns
        -------
        list of PostOnHand
            All posts; brokers have the time that bids leave them, others what is not sold outside.
        """
        posts, able = self._posts, self._posts.productivity(term)
        places = range(self._facts.n_areas)
        left = [1.0 - self._funding.time_lost(la) for la in places]
        here = [1.0 - self._funding.bodies.time_sold(la) for la in places]
        return [
            PostOnHand(
                slot, posts.area[slot], posts.kinds[posts.kind[slot]].name, posts.brokers[slot],
                posts.occupant[slot] if posts.filled[slot] else -1,
                able[slot] * (left if posts.brokers[slot] else here)[posts.area[slot]], posts.quality[slot],
            )
            for slot in range(len(posts.la))
        ]  # fmt: skip

    def can_serve(self) -> Ints:
        """Cases of each offer that those in post and supporting schools can serve at once.

        Returns
        -------
        (n_areas, n_offers) int32
            By LA.
        """
        found = np.zeros((self._facts.n_areas, len(self._offers)), dtype=np.int32)
        posts = self._posts
        for slot, filled in enumerate(posts.filled):
            if filled:
                for o in self._offers_of_kind.get(posts.kinds[posts.kind[slot]].name, ()):
                    found[posts.area[slot], o] += self._offers[o].slots_per_post
        for school in self._brokerage.supporting_schools():
            for o in self._offers_of_kind.get(SUPPORTING_SCHOOL, ()):
                found[self._facts.area[school], o] += self._offers[o].slots_per_post
        return found

    def recruits_lost(self, filled: list[int], schools: list[int]) -> list[Lost]:
        """What schools of the place lose with the teachers who left them for a specialist post.

        Parameters
        ----------
        filled : list of int
            Slots filled in the term.
        schools : list of int
            School that each newcomer left; -1 for none.

        Returns
        -------
        list of Lost
            One a teacher who left a school of the place.
        """
        found = []
        for slot, school in zip(filled, schools, strict=True):
            domain = self._domain_of_kind.get(self._posts.kinds[self._posts.kind[slot]].name)
            if school >= 0 and domain is not None:
                found.append(Lost(school, domain, -self._school_loss))
        return found
