"""Membership: each summer schools and trusts weigh what a partnership gives them, and join, stay or leave.

Paying and belonging are separate: whoever's phase votes for de-delegation pays, member or not; those who
belong pay a subscription. How a partnership stands at year 0 is usual by definition: its ``member_share`` is
what it then has, and only what differs from it moves schools.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model import settled_share as settle
from model.arrangements import Arrangement, Stream
from model.belonging_value import BelongingValue
from model.deciders import Attachment, deciders
from model.delivered import Delivered
from model.forum import opinion
from model.institution_facts import Facts
from model.member_survey import MemberSurvey
from model.membership_parameters import MembershipParameters
from model.place import Bools, Floats, Ints, Phase
from model.randomness import Chance
from model.usual_years import UsualYears

_GBP = 10.0
"""``value_weight`` is for each GBP 10 a pupil."""

_MOST = 6.0
"""Log odds beyond which no decider is moved."""

_SURE = 0.995
"""A share of 1 is kept short of certainty, so that a place where all belong can lose members."""

Event = tuple[int, int, int, str, str, float]
"""Term, LA, school (-1: none), kind, words, GBP (NaN: none)."""


@dataclass(frozen=True, kw_only=True, eq=False)
class MembershipView:
    """What schools know at a year's end when they decide; columns that are None are 0 everywhere.

    Attributes
    ----------
    stands : Arrangement
        In force.
    trust : (n_schools,) float64
        Mutual trust of each school, 0 to 1.
    network : (n_schools,) float64 or None
        Mean strength of a school's ties, 0 to 1.
    seen : (n_schools,) float64 or None
        How well the partnership sees each school, 0 to 1.
    days : (n_schools,) float64 or None
        Days a year that leaders give to working together.
    saved : (n_schools,) float64 or None
        GBP a pupil a year saved by buying together.
    cluster : (n_schools,) int32 or None
        Cluster of each school, whose members are its peers; None: those of its LA and phase.
    stance : (n_schools,) float64 or None
        How far a school's trust favours the partnership, log odds; 0 for schools without.
    subscription : (n_areas,) float64 or None
        GBP a pupil a year that the partnership asks for; None: as its awards say.
    """

    stands: Arrangement
    trust: Floats
    network: Floats | None = None
    seen: Floats | None = None
    days: Floats | None = None
    saved: Floats | None = None
    cluster: Ints | None = None
    stance: Floats | None = None
    subscription: Floats | None = None


class Membership:
    """Who belongs to the partnership of its LA.

    Parameters
    ----------
    facts : Facts
        Schools; ``member`` and ``trust`` are read anew each year.
    p : MembershipParameters
        One draw.
    chance : Chance
        One replicate's chance.
    chooses : bool
        False: members stay members (switch ``membership``); the survey is asked all the same.

    Attributes
    ----------
    value : (n_schools,) float64
        What each school gets for what it gives against the usual, log odds; 0 without a partnership.
    survey : MemberSurvey
        Of the last year end.
    events : list of Event
        Who joined and who left.
    """

    def __init__(self, facts: Facts, p: MembershipParameters, chance: Chance, *, chooses: bool) -> None:
        self._facts, self._p, self._chooses = facts, p, chooses
        self._worth = BelongingValue(facts, p)
        self._attachment = Attachment(facts.n_schools, p.changed_mind, chance)
        self.survey = MemberSurvey(p, chance, facts.n_schools)
        self.value: Floats = np.zeros(facts.n_schools)
        self.events: list[Event] = []
        self._share: float | None = None  # of the partnership that stands
        self._there: Bools = np.ones(facts.n_schools, dtype=np.bool_)
        self._zeros: Floats = np.zeros(facts.n_schools)
        self._usual_net, self._usual_trust, self._usual_odds = UsualYears(), UsualYears(), UsualYears()
        self._unit = facts.areas.unit_of_school  # what is usual is so in each LA of a partnership
        self._schools = np.maximum(np.bincount(self._unit, minlength=len(facts.areas.units)), 1)
        self._trust_of: Ints | None = None
        self._who = deciders(facts)

    def stand(self, stands: Arrangement, term: int, there: Bools | None = None) -> Bools:
        """Take up a new arrangement: a partnership that is founded has members at once, one that ends none.

        Parameters
        ----------
        stands : Arrangement
            In force from now on; first called with what is in force at year 0.
        term : int
            Date.
        there : (n_schools,) bool, optional
            Schools whose own partnership stands, where others may have come to an end; all if not given.

        Returns
        -------
        (n_schools,) bool
            ``facts.member`` as it is now; the same array where nothing changes.
        """
        before, body, were = self._share, stands.partnership, self._there
        self._share = None if body is None else min(body.member_share, _SURE)
        self._there = np.ones_like(were) if there is None else there
        if self._share is None:
            return self._renewed(np.zeros_like(self._facts.member))
        if term < 0:
            return self._facts.member
        if before is None:
            self._usual_net, self._usual_odds = UsualYears(), UsualYears()
            return self._founders(self._share)
        if not self._chooses:
            return self._only_where_one_stands(before, were)
        self._usual_odds.shift(_log_odds(self._share) - _log_odds(before))
        return self._only_where_one_stands(self._share, were)

    def _only_where_one_stands(self, share: float, were: Bools) -> Bools:
        """Members of a partnership that has ended are so no more; one that is founded anew has founders."""
        member, new = self._facts.member, self._there & ~were
        if new.any():
            member = np.where(new, self._founders(share), member)
        return self._renewed(member & self._there)

    def _founders(self, share: float) -> Bools:
        self._see_trusts()
        return self._decide(np.full(len(self._who.schools), _log_odds(share)))

    def term(self, delivered: Delivered) -> None:
        """Count a term's support.

        Parameters
        ----------
        delivered : Delivered
            Of the partnership's cases.
        """
        self._worth.delivered(delivered)

    def year_end(self, term: int, view: MembershipView) -> Bools:
        """Schools weigh, members answer a survey, and each decider joins, stays or leaves.

        Parameters
        ----------
        term : int
            The summer term that ends.
        view : MembershipView
            What they know.

        Returns
        -------
        (n_schools,) bool
            Members from now on: the new ``facts.member``; the same array where nothing changes.
        """
        facts, p = self._facts, self._p
        self._see_trusts()
        self._worth.year_end(view.network, view.seen)
        self._attachment.renew(term)
        net = self._worth.benefit - self._felt_price(view)
        gained = net - self._usually(self._usual_net, net, term)
        weight = 0.0 if self._share is None else p.value_weight / _GBP
        self.value = np.clip(weight * gained, -_MOST, _MOST)
        trust = view.trust - self._usually(self._usual_trust, view.trust, term)
        self.survey.ask(term, facts.member, self.value, trust)
        if self._share is None or not self._chooses:
            return facts.member
        moved = self._who.mean(self.value + self._circumstances(view))
        peers = self._who.mean(p.peer_weight * self._peers(view.cluster))
        member = self._decide(self._settled(moved, peers, term) + moved + peers)
        self._tell(term, member)
        return member

    def forum_tilt(self) -> Floats:
        """What maintained schools of each LA and phase think of what they get; (n_la, 2), log odds."""
        return opinion(self._facts, self.value if self._chooses else self._zeros, self._p)

    def _see_trusts(self) -> None:
        if self._facts.trust is not self._trust_of:
            self._trust_of, self._who = self._facts.trust, deciders(self._facts)

    def _felt_price(self, view: MembershipView) -> Floats:
        asked = view.subscription
        if asked is None:
            awards = view.stands.awards
            paid = sum(a.gbp_per_pupil for a in awards if a.stream is Stream.SUBSCRIPTION)
            asked = np.full(self._facts.n_areas, paid)
        return self._worth.price(asked, view.days, view.saved)

    def _circumstances(self, view: MembershipView) -> Floats:
        """What moves a school beside value and peers: empty places, governors, its trust; log odds."""
        facts, p = self._facts, self._p
        empty = np.clip(1.0 - facts.pupils / np.maximum(facts.capacity, 1.0), 0.0, 1.0)
        together = view.stands.collaboration
        governors = p.governor_weight if together is not None and together.governors else 0.0
        moved = governors - p.headroom_weight * empty
        return np.asarray(moved if view.stance is None else moved + view.stance)

    def _peers(self, cluster: Ints | None) -> Floats:
        """Share of a school's peers that belong, above the usual share; shape (n_schools,)."""
        facts = self._facts
        share = self._share or 0.0
        group = facts.area * 2 + (facts.phase == Phase.SECONDARY) if cluster is None else cluster
        key = np.where(group >= 0, group, group.max(initial=-1) + 1 + np.arange(len(group)))
        there = np.bincount(key)[key] - 1
        belong = np.bincount(key, facts.member)[key] - facts.member
        return np.asarray(np.where(there > 0, belong / np.maximum(there, 1) - share, 0.0))

    def _usually(self, years: UsualYears, column: Floats, term: int) -> Floats:
        """What of a column is usual for the schools of each school's unit; shape (n_schools,)."""
        if years.open(term):
            years.take(np.bincount(self._unit, column, len(self._schools)) / self._schools)
        return np.asarray(years.mean[self._unit])

    def _settled(self, moved: Floats, peers: Floats, term: int) -> Floats:
        """Log odds at which the share that belongs is the usual one where things are usual, by decider."""
        who = self._who
        la = who.mean(self._unit.astype(np.float64)).astype(np.intp)
        if not self._usual_odds.open(term):
            return np.asarray(self._usual_odds.mean[la])
        share = self._share or _SURE
        certain = settle.certain(who.schools, la, self._schools, share)
        self._usual_odds.take(
            settle.thresholds(moved - _odds_of(self._attachment.of(who)), la, who.schools, certain)
        )
        odds = self._usual_odds.mean[la]
        edge = _logistic(odds + moved + peers)
        self._attachment.put(who, certain.inside, np.zeros_like(edge), edge)
        self._attachment.put(who, certain.outside, edge, np.ones_like(edge))
        return np.asarray(odds)

    def _decide(self, log_odds: Floats) -> Bools:
        belongs = self._attachment.of(self._who) < _logistic(log_odds)
        return self._renewed(belongs[self._who.of] & self._there)

    def _renewed(self, member: Bools) -> Bools:
        return self._facts.member if (member == self._facts.member).all() else np.asarray(member)

    def _tell(self, term: int, member: Bools) -> None:
        if member is self._facts.member:
            return
        for school in np.flatnonzero(member != self._facts.member).tolist():
            kind = "joins" if member[school] else "leaves"
            la = int(self._facts.area[school])
            self.events.append((term, la, school, kind, f"{kind} the partnership", np.nan))


def _log_odds(share: float) -> float:
    return float(_odds_of(np.array(min(max(share, 1.0 - _SURE), _SURE))))


def _odds_of(share: Floats) -> Floats:
    return np.asarray(np.log(share / (1.0 - share)))


def _logistic(log_odds: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)))
