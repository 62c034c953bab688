"""Deliverers: posts as brokerage sees them, and the tokens of their time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from model.arrangements import Offer
from model.dispatcher import Dispatcher
from model.institution_facts import Facts
from model.place import Floats
from model.tokens import Token


class PostOnHand(NamedTuple):
    """A post as brokerage sees it at the beginning of a term.

    Attributes
    ----------
    slot, la : int
        Lasting number of the post; LA.
    kind : str
        Kind of post.
    brokers : bool
        Whether it brokers and delivers nothing itself.
    occupant : int
        Which person is in it, -1 for none.
    productivity, quality : float
        Share of full strength, 0 to 1; of the person, 1 is usual.
    """

    slot: int
    la: int
    kind: str
    brokers: bool
    occupant: int
    productivity: float
    quality: float


class Deliverers:
    """Tokens of posts: a filled post has as many as schools it serves at once.

    Parameters
    ----------
    dispatcher : Dispatcher
        Whom the tokens are handed to.
    n_la : int
        Number of LAs.

    Attributes
    ----------
    brokers : (n_areas,) float64
        Whole-time brokers at work, those who are settling in by what they can do.
    """

    def __init__(self, dispatcher: Dispatcher, n_la: int) -> None:
        self._dispatcher = dispatcher
        self._caseload: dict[str, int] = {}
        self._on_hand: dict[int, tuple[int, list[Token]]] = {}
        self.brokers: Floats = np.zeros(n_la)

    def stand(self, offers: Iterable[Offer]) -> None:
        """Take in caseloads; a kind that delivers several programmes has the smallest of theirs.

        Parameters
        ----------
        offers : iterable of Offer
            What is on offer.
        """
        now: dict[str, int] = {}
        for offer in offers:
            least = now.get(offer.delivered_by, offer.slots_per_post)
            now[offer.delivered_by] = min(least, offer.slots_per_post)
        self._caseload.update(now)  # kinds with nothing on offer any more go on with what they carry

    def coverage(self, facts: Facts, schools_per_broker: float) -> Floats:
        """Say how far brokers get round the member schools of each LA.

        Parameters
        ----------
        facts : Facts
            Who is a member, and where.
        schools_per_broker : float
            Schools that one whole-time broker can know.

        Returns
        -------
        (n_areas,) float64
            0 to 1.
        """
        members = np.bincount(facts.area, facts.member, minlength=facts.n_areas)
        return np.minimum(self.brokers * schools_per_broker / np.maximum(members, 1.0), 1.0)

    def supply(self, posts: Iterable[PostOnHand]) -> set[Token]:
        """Take in who is in post: tokens of those who left are withdrawn, those of newcomers are new.

        Parameters
        ----------
        posts : iterable of PostOnHand
            All posts with money, filled or not.

        Returns
        -------
        set of Token
            Withdrawn ones.
        """
        self.brokers = np.zeros_like(self.brokers)
        gone: list[Token] = []
        here: set[int] = set()
        for slot, la, kind, brokers, occupant, productivity, quality in posts:
            if occupant < 0:
                continue
            if brokers:
                self.brokers[la] += productivity
                continue
            here.add(slot)
            who, tokens = self._on_hand.get(slot, (-1, []))
            if who != occupant:
                gone += tokens
                tokens = []
                self._on_hand[slot] = (occupant, tokens)
            for number in range(len(tokens), self._caseload.get(kind, 0)):
                tokens.append(self._dispatcher.add((la, kind, 0), slot, number))
            for token in tokens:
                token.productivity, token.quality = productivity, quality
        for slot in [s for s in self._on_hand if s not in here]:
            gone += self._on_hand.pop(slot)[1]
        for token in gone:
            self._dispatcher.withdraw(token)
        return set(gone)
