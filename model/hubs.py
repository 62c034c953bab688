"""Hubs: strong, willing members paid to develop others in one domain, part of it on outcomes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.collaborating import Hubs
from model.dispositions import Dispositions
from model.events import Event
from model.institution_facts import Facts
from model.ledger import Purpose
from model.place import Bools, Floats, Index
from model.practice import DOMAINS
from model.sharing_parameters import SharingParameters
from model.supporting import SUPPORTING_SCHOOL, Charge
from model.terms import SUMMER, TERMS_A_YEAR, term_of_year
from model.tie_pairs import JointWork, network_of

_PUPILS = 10_000.0


class Hub(NamedTuple):
    """A lead school under contract.

    Attributes
    ----------
    school, domain : int
        Row of the lead school; practice domain it develops.
    begun : int
        First term of the contract.
    serves : (n,) intp
        Rows of the schools it serves: the nearest members of its network.
    """

    school: int
    domain: int
    begun: int
    serves: Index


class LeadSchools:
    """Who leads hubs, whom they serve, what that does and what it costs.

    Parameters
    ----------
    facts : Facts
        Schools; members lead and are served.
    nature : Dispositions
        Openness says who is willing, mutual trust how much is taken up; read as they stand.
    p : SharingParameters
        One draw.
    charge : callable
        Bills the partnership of an LA: LA, pence, purpose, kind.

    Attributes
    ----------
    hubs : list of Hub
        Under contract.
    events : list of Event
        Hubs begun and ended.
    """

    def __init__(self, facts: Facts, nature: Dispositions, p: SharingParameters, charge: Charge) -> None:
        self._facts, self._nature, self._p, self._charge = facts, nature, p, charge
        self._network = network_of(facts.phase)
        self.hubs: list[Hub] = []
        self.events: list[Event] = []
        self._at_start: list[float] = []
        self._settle()

    def _settle(self) -> None:
        """Work out what stays until hubs are chosen again."""
        self._leads: Bools = np.zeros(self._facts.n_schools, dtype=np.bool_)
        self._leads[[hub.school for hub in self.hubs]] = True
        none = np.zeros(0, dtype=np.intp)
        serves = [none, *(hub.serves for hub in self.hubs)]
        leads = [none, *(np.full(len(hub.serves), hub.school, dtype=np.intp) for hub in self.hubs)]
        a_term = self._p.hub_days / TERMS_A_YEAR
        days = [np.full(len(of), a_term / max(len(of), 1)) for of in serves]
        self._work = JointWork(np.concatenate(leads), np.concatenate(serves), np.concatenate(days))

    def leads(self) -> Bools:
        """Who leads a hub; shape (n_schools,)."""
        return self._leads

    def choose(self, term: int, terms: Hubs | None, seen: Floats) -> None:
        """End contracts that have run out or have no payer, and place new ones; to be called each autumn.

        Where a partnership has ended its hubs lead on, unpaid, to the end of the school year: their notice.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        terms : Hubs or None
            How many, for how long.
        seen : (n_schools, 9) float64
            Practice as the broker sees it, between-school SD.
        """
        may, length = self._may_lead(), 0 if terms is None else terms.terms
        goes_on = [term - hub.begun < length and bool(may[hub.school]) for hub in self.hubs]
        for hub, stays in zip(self.hubs, goes_on, strict=True):
            if not stays:
                self._note(term, hub, "hub ended")
        self.hubs = [hub for hub, stays in zip(self.hubs, goes_on, strict=True) if stays]
        self._settle()
        if terms is not None:
            self._place(term, terms, seen)
            self._settle()
        self._at_start = self._outcomes(seen)

    def _may_lead(self) -> Bools:
        """Who takes part and has someone to pay for it, or is to go on without anyone; (n_schools,)."""
        facts = self._facts
        return facts.takes_part if facts.unled else facts.takes_part & facts.led

    def _place(self, term: int, terms: Hubs, seen: Floats) -> None:
        facts = self._facts
        pupils = np.bincount(facts.area, facts.pupils, facts.n_areas)
        free = np.rint(terms.number_per_10_000_pupils * pupils / _PUPILS).astype(np.int64).tolist()
        for hub in self.hubs:
            free[int(facts.area[hub.school])] -= 1
        taken = np.zeros((facts.n_areas, len(DOMAINS)), dtype=np.int64)
        for hub in self.hubs:
            taken[facts.area[hub.school], hub.domain] += 1
        willing = self._may_lead() & (self._nature.openness >= self._p.hub_willing) & ~self._leads
        rows = np.flatnonzero(willing)
        strength = seen[rows].mean(axis=1)
        mates = self._mates()
        for school in rows[np.lexsort((facts.urn[rows], -strength))].tolist():
            la = int(facts.area[school])
            if free[la] > 0:
                free[la] -= 1
                open_to = np.where(taken[la] == taken[la].min(), seen[school], -np.inf)  # with fewest hubs
                domain = int(np.argmax(open_to))
                taken[la, domain] += 1
                hub = Hub(school, domain, term, self._served(school, mates[self._block(school)]))
                self.hubs.append(hub)
                self._note(term, hub, "hub begun", terms.gbp_a_year if facts.led[school] else 0.0)

    def _block(self, school: int) -> tuple[int, int]:
        return int(self._facts.area[school]), int(self._network[school])

    def _mates(self) -> dict[tuple[int, int], Index]:
        """Schools that take part, by LA and network."""
        rows = np.flatnonzero(self._facts.takes_part)
        found: dict[tuple[int, int], list[int]] = {}
        for school in rows.tolist():
            found.setdefault(self._block(school), []).append(school)
        return {block: np.array(schools, dtype=np.intp) for block, schools in found.items()}

    def _served(self, school: int, mates: Index) -> Index:
        """Give the nearest members of a lead school's network, but itself."""
        facts, near = self._facts, mates[mates != school]
        apart = np.hypot(facts.x_km[near] - facts.x_km[school], facts.y_km[near] - facts.y_km[school])
        return np.sort(near[np.lexsort((facts.urn[near], apart))[: round(self._p.hub_schools)]])

    def _note(self, term: int, hub: Hub, kind: str, gbp: float = 0.0) -> None:
        la = int(self._facts.area[hub.school])
        self.events.append((term, la, hub.school, kind, DOMAINS[hub.domain], gbp))

    def _outcomes(self, seen: Floats) -> list[float]:
        """What is seen, hub by hub, of the schools served in its domain."""
        return [float(seen[hub.serves, hub.domain].mean()) if len(hub.serves) else 0.0 for hub in self.hubs]

    def pay(self, term: int, terms: Hubs | None, seen: Floats) -> None:
        """Pay a term's share, and at the end of the year what depends on outcomes.

        Outcomes are met where what is seen of the schools served rose over the year.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        terms : Hubs or None
            What is paid.
        seen : (n_schools, 9) float64
            Practice as the broker sees it, between-school SD.
        """
        if terms is None or not self.hubs:
            return
        certain = terms.gbp_a_year * (1.0 - terms.outcome_share) / TERMS_A_YEAR
        due = [certain] * len(self.hubs)
        if term_of_year(term) == SUMMER:
            met = zip(self._outcomes(seen), self._at_start, strict=True)
            for at, (now, start) in enumerate(met):
                due[at] += terms.gbp_a_year * terms.outcome_share * (now > start)
        for hub, gbp in zip(self.hubs, due, strict=True):
            if pence := round(100.0 * gbp):
                la = int(self._facts.area[hub.school])
                self._charge(la, pence, Purpose.SUPPORTING_SCHOOL, SUPPORTING_SCHOOL)

    def gain(self, practice: Floats) -> Floats | None:
        """Give what a term of hubs does to practice.

        Parameters
        ----------
        practice : (n_schools, 9) float64
            Between-school SD.

        Returns
        -------
        (n_schools, 9) float64 or None
            Between-school SD; None for nothing.
        """
        p = self._p
        if not self.hubs or (p.hub_rate == 0.0 and p.hub_lead_change == 0.0):
            return None
        gain = np.zeros_like(practice)
        for hub in self.hubs:
            level = practice[hub.serves, hub.domain]
            ahead = np.maximum(practice[hub.school, hub.domain] - level, 0.0)
            taken_up = self._nature.trust[hub.serves]
            gain[hub.serves, hub.domain] += p.hub_rate / TERMS_A_YEAR * taken_up * ahead
            gain[hub.school, hub.domain] += p.hub_lead_change / TERMS_A_YEAR
        return gain

    def worked(self) -> JointWork:
        """Say which schools work together in hubs each term.

        Returns
        -------
        JointWork
            Lead schools and those they serve, among whom the days of leading are shared out.
        """
        return self._work
