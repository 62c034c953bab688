"""Ties between schools: they grow with work done together and fade without it, and mutual trust follows.

Strength of a tie: each day together closes part of the way to a full tie; a share fades each term. Mutual
trust moves towards how the two schools are disposed, more where they work together, less where they compete
for pupils with much at stake. It is built in years; a new head or an orphaned school breaks part at once.
"""

from __future__ import annotations

import numpy as np

from model.clusters import form_clusters
from model.coherence import Coherence
from model.collaborating import Collaboration
from model.competition import competition, nearness
from model.dispositions import Dispositions
from model.institution_facts import Facts
from model.place import Bools, Floats, Index, Ints
from model.terms import AUTUMN, TERMS_A_YEAR, share_a_term, term_of_year
from model.tie_pairs import JointWork, among, candidates, keys_of, trust_pairs
from model.tie_parameters import TieParameters
from model.tie_state import TieState
from model.tie_work import SchoolDays, Work, school_days, spread, with_more, work_of

_USUAL_TERMS = 9
"""Terms over which the usual mutual trust is taken."""

Shape = tuple[int, int, bool, bool] | None


class Ties(TieState):
    """All ties of a place, term by term.

    Parameters
    ----------
    facts : Facts
        Schools; ``member``, ``trust``, ``new_head``, ``orphan``, ``pupils``, ``capacity`` are read as they
        change.
    nature : Dispositions
        ``trust`` and ``openness`` as given here stay the dispositions; ``stakes`` are read as they change.
    collaboration : Collaboration or None
        What stands at first.
    p : TieParameters
        One draw.
    competition : bool
        Switch ``competition``: off, near schools trust each other as others do.
    orphans : bool
        Switch ``orphans``: off, a school that no one takes keeps its ties.
    area : (n_schools,) int, optional
        Area of the partnership that each school belongs to; the LAs where not given.

    Attributes
    ----------
    events : list of (int, int, int, str, str, float)
        Term, LA, school (-1), kind, text, GBP.
    """

    def __init__(
        self,
        facts: Facts,
        nature: Dispositions,
        collaboration: Collaboration | None,
        p: TieParameters,
        *,
        competition: bool,
        orphans: bool = True,
        area: Ints | None = None,
    ) -> None:
        self._facts, self._nature, self._p, self._compete = facts, nature, p, competition
        self._orphan_loss = p.orphan_loss if orphans else 0.0
        self._area = area
        self._drawn, self._openness, self._collaboration = nature.trust, nature.openness, collaboration
        self.events: list[tuple[int, int, int, str, str, float]] = []
        self._fade, self._speed = share_a_term(p.decay), share_a_term(p.trust_speed)
        self._shape: Shape = None
        self._keys: Ints = np.zeros(0, dtype=np.int64)
        self._known: Ints = self._keys
        self.strength, self.trust = np.zeros(0), np.zeros(0)
        self._form(collaboration)
        self._begin()
        self._usual, self._counted, self._tracking = self.pair_trust(), 1, True
        self._held_usual = self._held_by_school()
        self._settled = self._formed = False
        self._orphans = facts.orphan

    # --- who may have a tie -------------------------------------------------------------------------------

    def _form(self, collaboration: Collaboration | None) -> None:
        """Form clusters, and the pairs that come of them."""
        self._shape = _shape(collaboration)
        self.area = self._facts.area if self._area is None else self._area
        self.clusters = form_clusters(self._facts, collaboration, self.area)
        self.coherence = Coherence(self.clusters.cluster, self._facts.area, self._p)
        pairs = candidates(self._facts, self.area, self.clusters.cluster, self.clusters.triad)
        self._known = pairs.known
        self._trust_of: Ints = self._facts.trust
        self._extend(pairs.keys)

    def _extend(self, keys: Ints) -> None:
        """Add pairs that have met now: no tie yet, trust as both trust others."""
        every, n = np.union1d(self._keys, keys), self._facts.n_schools
        first, second = (every // max(n, 1)).astype(np.intp), (every % max(n, 1)).astype(np.intp)
        trusting = self.pair_trust() if len(self._keys) else self._drawn
        trust, strength = 0.5 * (trusting[first] + trusting[second]), np.zeros(len(every))
        before = np.searchsorted(every, self._keys)
        trust[before], strength[before] = self.trust, self.strength
        self._keys, self.trust, self.strength = every, trust, strength
        self.first, self.second = first, second
        self._disposed = 0.5 * (self._drawn[first] + self._drawn[second])
        self._open = 0.5 * (self._openness[first] + self._openness[second])
        self._near = nearness(self._facts, first, second, self._p)
        self.days = np.zeros(len(every))
        self._weigh_rivals()
        self._plan_work()

    def _weigh_rivals(self) -> None:
        self._rivals_of = self._rival_columns()
        self.competition, self._held = self._rivalry(self.first, self.second, self._near)

    def _rivalry(self, first: Index, second: Index, near: Floats) -> tuple[Floats, Floats]:
        """Competition of pairs, and the mutual trust that it costs; none with the switch off."""
        if not self._compete:
            return np.zeros(len(first)), np.zeros(len(first))
        rivals, stakes = competition(self._facts, first, second, near, self._p), self._nature.stakes
        both = 0.5 * (stakes[first] + stakes[second])
        return rivals, self._p.held_down * rivals * both

    def _rival_columns(self) -> tuple[Floats, Floats, Floats]:
        """What competition rests on: it is weighed anew when one of them is."""
        return self._facts.pupils, self._facts.capacity, self._nature.stakes

    def _plan_work(self) -> None:
        known = among(self._known, self._keys) * self._open
        self._member: Bools = self._facts.takes_part
        self._by_school: SchoolDays = school_days(
            self._facts, self.clusters, self._collaboration, self.area, self._p
        )
        self._work = self._work_of(self.first, self.second, known)
        self._arranged: tuple[JointWork, ...] = ()
        self._of_arranged: Floats = np.zeros(len(self._keys))

    def _work_of(self, first: Index, second: Index, known: Floats) -> Work:
        together = self._collaboration is not None
        return work_of(
            self._facts, first, second, known, self.clusters, self._by_school, self._p, together=together
        )

    def _meet(self, keys: Ints) -> None:
        """Add the pairs that have met now for the first time; what is known of the others is kept."""
        n, p = self._facts.n_schools, self._p
        known = among(self._keys, keys)
        if known.all():
            return
        new = np.unique(keys[~known])
        first, second = (new // n).astype(np.intp), (new % n).astype(np.intp)
        at = np.searchsorted(self._keys, new) + np.arange(len(new))
        rest = np.ones(len(self._keys) + len(new), dtype=np.bool_)
        rest[at] = False
        held, trusting = np.flatnonzero(rest), self.pair_trust() if len(self._keys) else self._drawn
        opened = 0.5 * (self._openness[first] + self._openness[second])
        near, nothing = nearness(self._facts, first, second, p), np.zeros(len(new))
        of_new = self._work_of(first, second, among(self._known, new) * opened)
        rivals, pressed = self._rivalry(first, second, near)
        for name, values in (
            ("_keys", new), ("first", first), ("second", second),
            ("trust", 0.5 * (trusting[first] + trusting[second])), ("strength", nothing),
            ("_disposed", 0.5 * (self._drawn[first] + self._drawn[second])), ("_open", opened),
            ("_near", near), ("competition", rivals), ("_held", pressed), ("_of_arranged", nothing),
        ):  # fmt: skip
            setattr(self, name, spread(getattr(self, name), values, held, at))
        self._work = with_more(self._work, of_new, held, at)

    def _begin(self) -> None:
        """Start where what stands would have led: ties, trust and coherence hardly move from there."""
        p, leave = self._p, float(self._facts.new_head.mean()) if self._facts.n_schools else 0.0
        lost = 1.0 - (1.0 - p.new_head_loss * leave) ** 2
        kept = (1.0 - self._fade) * (1.0 - lost) ** (1.0 / TERMS_A_YEAR)
        self._pay(np.ones(self._facts.n_areas))
        for _ in range(3):  # coherence rests on trust, trust on ties, ties on coherence
            self.coherence.value = self.coherence.level(self.cluster_mean(self.trust))
            gain = self._growth(self._together())
            self.strength = gain / np.maximum(1.0 - kept * (1.0 - gain), 1e-12)
            alone = self._target(np.zeros_like(self.strength))
            reached = self._speed / (self._speed + (1.0 - self._speed) * lost / TERMS_A_YEAR)
            self.trust = alone + reached * (self._target(self.strength) - alone)

    # --- a term -------------------------------------------------------------------------------------------

    def stand(self, collaboration: Collaboration | None) -> None:
        """Take what stands from this term on; clusters stay as they are unless others are wanted.

        Parameters
        ----------
        collaboration : Collaboration or None
            As in the arrangement.
        """
        if collaboration == self._collaboration:
            return
        self._collaboration = collaboration
        if self._settled and collaboration is not None:
            self._tracking = False
        if _shape(collaboration) == self._shape:
            self._plan_work()
            return
        before, held = self.clusters, self.coherence
        self._form(collaboration)
        if np.array_equal(before.cluster, self.clusters.cluster):
            self.coherence = held
            return
        self.coherence.value = self.coherence.level(self.cluster_mean(self.trust))  # no upkeep so far
        self._formed = self.coherence.number > 0

    def term(
        self,
        term: int,
        funded: Floats,
        worked: tuple[JointWork, ...] = (),
        lent: JointWork | None = None,
    ) -> None:
        """Let schools work together for a term.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        funded : (n_areas,) float64
            Share of what heads who lead clusters are due that was paid, 0 to 1.
        worked : tuple of JointWork
            Peer reviews, hubs: pairs that are not among the ties are added. What is the same object as in the
            term before is not looked up again.
        lent : JointWork, optional
            Of cases: supporting schools and those that they support, another object each term.
        """
        p, f = self._p, self._facts
        if self._formed:
            self._tell(term)
        if f.trust is not self._trust_of:
            self._trust_of = f.trust
            self._meet(trust_pairs(f))
            self._plan_work()
        elif f.takes_part is not self._member:
            self._plan_work()
        if any(a is not b for a, b in zip(self._rivals_of, self._rival_columns(), strict=True)):
            self._weigh_rivals()
        if term_of_year(term) == AUTUMN:
            self._lose(f.new_head, p.new_head_loss)
        if f.orphan is not self._orphans:
            self._lose(f.orphan & ~self._orphans, self._orphan_loss)
            self._orphans = f.orphan
        extra = self._worked(worked, lent) if worked or lent is not None else 0.0
        self._pay(funded)
        self.coherence.term(self.cluster_mean(self.trust))
        gain = self._growth(self._together() + extra)
        self.days = self.days + extra
        left = self.strength * (1.0 - self._fade)
        self.strength = left + (1.0 - left) * gain
        self.trust = self.trust + self._speed * (self._target(self.strength) - self.trust)
        if self._tracking:
            self._counted = min(self._counted + 1, _USUAL_TERMS)
            self._usual = self._usual + (self.pair_trust() - self._usual) / self._counted
            self._held_usual = self._held_usual + (self._held_by_school() - self._held_usual) / self._counted

    def _tell(self, term: int) -> None:
        """Tell of clusters newly formed, in each LA."""
        cluster, self._formed = self.clusters.cluster, False
        some = cluster >= 0
        for la in np.unique(self._facts.area[some]):
            number = len(np.unique(cluster[some & (self._facts.area == la)]))
            self.events.append((term, int(la), -1, "clusters", f"{number} clusters formed", np.nan))

    def _lose(self, who: Bools, share: float) -> None:
        """Break part of the ties of some schools, and of the trust that rests on them."""
        if not share or not who.any():
            return
        kept = (1.0 - share * who[self.first]) * (1.0 - share * who[self.second])
        alone = self._target(np.zeros_like(self.strength))
        self.strength = kept * self.strength
        self.trust = self.trust - (1.0 - kept) * np.maximum(self.trust - alone, 0.0)

    def _worked(self, worked: tuple[JointWork, ...], lent: JointWork | None) -> Floats:
        """Days of work that others arranged, by tie; what is arranged for a year is looked up once."""
        again = len(worked) == len(self._arranged)
        again &= all(a is b for a, b in zip(worked, self._arranged, strict=False))
        one, others = self._pairs(() if again else worked), self._pairs(() if lent is None else (lent,))
        self._meet(np.concatenate([one[0], others[0]]))
        if not again:
            at = np.searchsorted(self._keys, one[0])
            self._arranged = worked
            self._of_arranged = np.bincount(at, one[1], minlength=len(self._keys)).astype(np.float64)
        if lent is None:
            return self._of_arranged
        extra = self._of_arranged.copy()
        np.add.at(extra, np.searchsorted(self._keys, others[0]), others[1])
        return extra

    def _pairs(self, worked: tuple[JointWork, ...]) -> tuple[Ints, Floats]:
        """Numbers of the pairs that worked, and their days."""
        if not worked:
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        first, second, days = (np.concatenate(column) for column in zip(*worked, strict=True))
        meant = first != second
        return keys_of(first[meant], second[meant], self._facts.n_schools), days[meant]

    def _together(self) -> Floats:
        """Days together from who belongs where; keeps ``days`` of joint work."""
        w = self._work
        days = w.of_trust.copy()
        days[w.inside] += w.in_cluster * self.coherence.value[w.cluster]
        self.days = days
        return np.asarray(days + w.courtesy)

    def _growth(self, days: Floats) -> Floats:
        return np.asarray(-np.expm1(-self._p.growth * days))

    def _target(self, strength: Floats) -> Floats:
        p = self._p
        wanted = self._disposed + p.from_work * (strength - p.strength_usual) - self._held
        return np.asarray(np.clip(wanted, 0.0, 1.0))

    def _pay(self, funded: Floats) -> None:
        if self._collaboration is not None:
            self.coherence.pay(self._collaboration.cluster_lead_gbp, funded)

    def settle(self) -> None:
        """End the spin-up: a school's mutual trust over the last three years is its usual."""
        self._settled = True
        self._tracking = self._collaboration is None

    def _held_by_school(self) -> Floats:
        """Mutual trust that competition costs each school, less what it costs a usual one."""
        held = self.school_mean(self._held) - self._p.held_down * self._p.pressure_usual
        return np.where(np.isnan(held), 0.0, held)

    def school_trust(self) -> Floats:
        """Give how far schools trust others and the broker.

        Returns
        -------
        (n_schools,) float64
            0 to 1, for ``Dispositions.trust``: as disposed, less where there is more competition than usual,
            and with what has changed in mutual trust since year 0 (nothing while no one collaborates).
        """
        trust = self._drawn - self._held_usual
        if not self._tracking:
            trust = trust + (self.pair_trust() - self._usual)
        return np.asarray(np.clip(trust, 0.0, 1.0))


def _shape(collaboration: Collaboration | None) -> Shape:
    """What decides who is in which cluster."""
    if collaboration is None:
        return None
    c = collaboration
    return c.primary_cluster_schools, c.secondary_cluster_schools, c.triads, c.like_schools
