"""What passes along ties and what working together costs, term by term: one object for all of it.

What schools do to each other's practice is worked out each autumn for the year, as ties move slowly; what
too much of it costs, each term, as cases come and go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from model.collaborating import Collaboration
from model.contact import Contact, contact_of
from model.diffusion import Diffusion, NoDiffusion, PassesOn
from model.dispositions import Dispositions
from model.early_warning import EarlyWarning
from model.edges import Edges
from model.events import Event
from model.hubs import LeadSchools
from model.institution_facts import Facts
from model.joint_development import joint_days, joint_gain
from model.peer_review import PeerReviews
from model.place import Bools, Floats, Ints
from model.practice import DOMAINS
from model.procurement import answered_together, saving_a_pupil
from model.randomness import Chance
from model.sharing_parameters import SharingParameters
from model.supporting import Charge, Supporter
from model.terms import AUTUMN, TERMS_A_YEAR, term_of_year
from model.tie_pairs import JointWork
from model.workload import beyond_capacity, distraction


class Sharing:
    """Diffusion, joint development, distraction, peer review, hubs, buying together, warnings.

    Order in a term: ``stand`` (when an arrangement changes), ``worked`` (for ``Ties.term``), the ties' term,
    ``term``.

    Parameters
    ----------
    facts : Facts
        Schools.
    nature : Dispositions
        Read as they stand.
    p : SharingParameters
        One draw.
    chance : Chance
        Streams ``peer review`` (of the draw) and ``warnings``.
    on : mapping of str to bool
        Switches ``diffusion``, ``joint_development``, ``distraction``, ``peer_review``.
    charge : callable
        Bills the partnership of an LA: LA, pence, purpose, kind.
    kept : float
        Part of embedded practice left after a term (``Course.kept_usually``).

    Attributes
    ----------
    contact : Contact or None
        What reaches the broker, for ``Intelligence.take_in``; None where schools never collaborated.
    days : (n_schools,) float64
        Leadership days a year for work with other schools.
    unpaid_days : (n_schools,) float64
        Those of them that no partnership pays for: all but leading hubs and supporting others where one does.
    beyond : (n_schools,) float64
        Share of leadership time that they take beyond what the school can spare.
    saving : (n_schools,) float64
        Saved by buying together, GBP a pupil a year.
    shared : (n_schools,) float64
        How far it answers with others for pupils who are hard to place, 0 to 1.
    gain : (n_schools,) float64
        Practice gained from others, mean of domains, between-school SD a year at this year's pace.
    reviews : PeerReviews
        Who reviews whom.
    hubs : LeadSchools
        Who leads others.
    """

    def __init__(
        self,
        facts: Facts,
        nature: Dispositions,
        p: SharingParameters,
        chance: Chance,
        on: Mapping[str, bool],
        charge: Charge,
        *,
        kept: float,
    ) -> None:
        self._facts, self._nature, self._p, self._kept = facts, nature, p, kept
        self._on = dict(on)
        self._collaboration: Collaboration | None = None
        self._spread: PassesOn = Diffusion(facts, p) if on["diffusion"] else NoDiffusion()
        self.reviews = PeerReviews(facts, p, chance)
        self.hubs = LeadSchools(facts, nature, p, charge)
        self._warning = EarlyWarning(facts, p, chance)
        self._stale = True  # what stands has changed since the year's gain was worked out
        self._nothing()

    def _nothing(self) -> None:
        n = self._facts.n_schools
        self._gain: Floats | None = None
        self.contact: Contact | None = None
        self.days: Floats = np.zeros(n)
        self.unpaid_days: Floats = np.zeros(n)
        self.beyond: Floats = np.zeros(n)
        self.saving: Floats = np.zeros(n)
        self.shared: Floats = np.zeros(n)
        self.gain: Floats = np.zeros(n)

    @property
    def events(self) -> list[Event]:
        """Hubs begun and ended."""
        return self.hubs.events

    @property
    def reviewed(self) -> Bools:
        """Takes part in peer review; shape (n_schools,)."""
        return self.reviews.reviewed

    @property
    def warned(self) -> Bools:
        """Neighbours passed on this year that practice fell: a flag for the broker; shape (n_schools,)."""
        if self.contact is None:
            return np.zeros(self._facts.n_schools, dtype=np.bool_)
        return self.contact.warned

    def stand(self, collaboration: Collaboration | None) -> None:
        """Take what stands from this term on.

        Parameters
        ----------
        collaboration : Collaboration or None
            As in the arrangement. Where schools never collaborated, None leaves them alone; where they did,
            nothing is arranged any longer, and what goes on along ties that last is that of neighbours and
            trusts.
        """
        if collaboration is None and self._collaboration is not None:
            collaboration = Collaboration()
        if collaboration is not None and not self._on["peer_review"]:
            collaboration = replace(collaboration, peer_review=None)
        self._stale = self._stale or collaboration != self._collaboration
        self._collaboration = collaboration

    def worked(self, term: int, seen: Floats, cluster: Ints) -> tuple[JointWork, ...]:
        """Form review groups and choose lead schools each autumn, and say who worked with whom.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        seen : (n_schools, 9) float64
            Practice as the broker sees it, between-school SD; as it is where no one looks.
        cluster : (n_schools,) int
            Cluster of each school: its schools review each other before others.

        Returns
        -------
        tuple of JointWork
            Of reviews and of hubs, for ``Ties.term``.
        """
        c = self._collaboration
        if self._stale or term_of_year(term) == AUTUMN:
            self.reviews.form(None if c is None else c.peer_review, self._nature.openness, cluster)
            self.hubs.choose(term, None if c is None else c.hubs, seen)
        return () if c is None else (self.reviews.worked(), self.hubs.worked())

    def term(
        self, term: int, practice: Floats, seen: Floats, ties: Edges, carried: Sequence[Supporter]
    ) -> Floats | None:
        """Run one term.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        practice, seen : (n_schools, 9) float64
            Practice as it is and as the broker sees it, between-school SD.
        ties : Edges
            After their term.
        carried : sequence of Supporter
            Cases that supporting schools carried in the term.

        Returns
        -------
        (n_schools, 9) float64 or None
            What practice changes, between-school SD; None for nothing.
        """
        if self._collaboration is None:
            self._nothing()
            return None
        self.hubs.pay(term, self._collaboration.hubs, seen)
        if self._stale or term_of_year(term) == AUTUMN:
            self._stale = False
            self._year(term, self._collaboration, practice, ties)
        lost = self._lost(ties, carried)
        if lost is None:
            return self._gain
        return lost[:, None] + (np.zeros((len(lost), len(DOMAINS))) if self._gain is None else self._gain)

    def _hubs_paid(self) -> bool:
        """Whether hubs are led for money."""
        hubs = None if self._collaboration is None else self._collaboration.hubs
        return hubs is not None and hubs.gbp_a_year > 0.0

    def _year(self, term: int, c: Collaboration, practice: Floats, ties: Edges) -> None:
        """Work out what changes slowly: what passes along ties, what reaches the broker, what is saved."""
        facts, p, trust = self._facts, self._p, ties.pair_trust()
        if term_of_year(term) == AUTUMN:
            warned = self._warning.warned(term, practice, ties)
        else:
            warned = np.zeros(facts.n_schools, dtype=np.bool_)
        self.contact = contact_of(
            facts,
            c,
            p,
            trust=trust,
            openness=self._nature.openness,
            joint_days=joint_days(ties, facts.n_schools),
            reviewed=self.reviewed,
            warned=warned,
        )
        self._gain = self._gained(practice, ties, self.contact.data)
        self.gain = (
            np.zeros(facts.n_schools) if self._gain is None else TERMS_A_YEAR * self._gain.mean(axis=1)
        )
        self.saving = saving_a_pupil(facts, c, p)
        self.shared = answered_together(facts, c, trust)

    def _gained(self, practice: Floats, ties: Edges, data: Floats) -> Floats | None:
        """What a term of this year brings to each school from others; shape (n_schools, 9)."""
        together = joint_gain(practice, ties, self._p) if self._on["joint_development"] else None
        all_domains = [part for part in (together, self.reviews.direct()) if part is not None]
        by_domain = [
            part
            for part in (self._spread.gain(practice, ties, data), self.hubs.gain(practice))
            if part is not None
        ]
        parts = by_domain + [np.repeat(part[:, None], len(DOMAINS), axis=1) for part in all_domains]
        return np.asarray(sum(parts[1:], parts[0])) if parts else None

    def _lost(self, ties: Edges, carried: Sequence[Supporter]) -> Floats | None:
        """What the load of this term takes from each school, in every domain; shape (n_schools,)."""
        facts, p = self._facts, self._p
        days = TERMS_A_YEAR * (ties.leadership_days() + ties.trust_days())
        days, led = days + self.reviews.days, facts.led
        of_hubs = p.hub_days * self.hubs.leads()
        paid = of_hubs * (led & self._hubs_paid())
        days = days + of_hubs
        if carried:
            by = np.array([lent.school for lent in carried], dtype=np.intp)
            each = np.array([lent.paid for lent in carried]) & led[by]
            days += p.support_days * np.bincount(by, minlength=facts.n_schools)
            paid += p.support_days * np.bincount(by, each, facts.n_schools)
        self.unpaid_days = days - paid
        self.days, self.beyond = days, beyond_capacity(days, facts, p)
        return distraction(self.beyond, p, self._kept) if self._on["distraction"] else None
