"""Brokerage: needs become cases, cases meet those who can help, and what is delivered is handed on.

One SimPy clock for the place, run a term at a time. Cases are processes (``model/case_life.py``), time is
given by the dispatcher; this room opens cases, says who is there to deliver, and keeps what came of it.
Without brokerage schools find support by themselves: same deliverers, first come first served, later and less
well matched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import mesa
import numpy as np
import simpy

from model.arrangements import Arrangement, Offer, Partnership
from model.brokerage_parameters import BrokerageParameters
from model.case_desk import CaseDesk, Event
from model.case_life import CaseLife
from model.case_opening import Opening
from model.case_record import SupportYear, work_of_term
from model.contact import Contact
from model.delivered import Delivered
from model.deliverers import Deliverers, PostOnHand
from model.dispatcher import Dispatcher
from model.dispositions import Dispositions
from model.institution_facts import Facts
from model.institution_record import CaseRows
from model.intelligence import Sight
from model.place import Floats, Ints
from model.provider_teams import ProviderTeams
from model.randomness import Chance
from model.referral import WORDS, Referral
from model.supporting import Charge, Supporter, SupportingSchools
from model.terms import AUTUMN, first_week, term_of_year
from model.tokens import Token

__all__ = ["Brokerage", "PostOnHand"]

_SCHOOLS = 0
_DOMAINS = 9


class Brokerage:
    """Cases of a place.

    Parameters
    ----------
    facts : Facts
        Schools and LAs; yearly columns are read as they stand.
    offers : tuple of Offer
        Every programme that any arrangement of the run offers.
    nature : Dispositions
        Of the schools.
    sight : Sight
        What can be seen of schools.
    p : BrokerageParameters
        One draw.
    chance : Chance
        Streams ``cases``, ``case reviews``; of the draw ``provider quality``, ``supporting school quality``.
    system : mesa.Model
        Owner of the agents.
    charge : callable
        Takes LA, pence and purpose of what cases cost, and whose work it belongs to.
    first_term : int
        Term in which the clock starts; negative for spin-up.
    brokerage, intelligence_error : bool
        Mechanism switches.
    """

    def __init__(
        self,
        facts: Facts,
        offers: tuple[Offer, ...],
        nature: Dispositions,
        sight: Sight,
        p: BrokerageParameters,
        chance: Chance,
        system: mesa.Model,
        charge: Charge,
        *,
        first_term: int,
        brokerage: bool = True,
        intelligence_error: bool = True,
    ) -> None:
        self._facts, self._offers, self._sight, self._p, self._chance = facts, offers, sight, p, chance
        self._charge = charge
        self._first_term = first_term
        self.env = simpy.Environment(initial_time=first_week(first_term))
        self.dispatcher = Dispatcher(self.env)
        self._referral = Referral(facts, offers, nature, p, brokerage=brokerage)
        self._supporting = SupportingSchools(facts, nature, p, chance, self.dispatcher, system)
        self._opening = Opening(
            facts, offers, p, self._referral, self.dispatcher, self._supporting, first_term
        )
        self._teams = ProviderTeams(offers, p, chance, system, error=intelligence_error, areas=facts.areas)
        self.desk = CaseDesk(
            facts, offers, p, self.dispatcher, self._teams, self._referral, sight, charge, first_term
        )
        self._nature = nature
        self._life = CaseLife(
            self.env,
            self.dispatcher,
            self.desk,
            p,
            nature.acceptance(p).tolist(),
            [float(offer.weeks) for offer in offers],
            brokerage=brokerage,
            review_error=intelligence_error,
        )
        self._partnership: Partnership | None = None
        self._deliverers = Deliverers(self.dispatcher, facts.n_areas)
        self._coverage: Floats = np.zeros(facts.n_areas)
        self._delivered = work_of_term(first_term, [])
        self._supporters: list[Supporter] = []
        self.seen: Floats = np.zeros((facts.n_schools, _DOMAINS))

    @property
    def events(self) -> list[Event]:
        """Term, LA, row of the school, kind, text, GBP of what befell cases."""
        return self.desk.events

    def stand(self, arrangement: Arrangement) -> None:
        """Take in what stands from the coming term on.

        Parameters
        ----------
        arrangement : Arrangement
            The whole of it. Cases of programmes no longer on offer go on while there is someone to deliver.

        Raises
        ------
        KeyError
            If it offers a programme that was not named at the beginning.
        """
        index = {offer.name: at for at, offer in enumerate(self._offers)}
        on_offer = [index[offer.name] for offer in arrangement.offers]
        self._referral.stand(on_offer)
        self._opening.stand(on_offer)
        self._partnership = arrangement.partnership
        self._deliverers.stand(arrangement.offers)
        if self._partnership is None:
            self._interrupt(set(self._supporting.end()))

    def join(self, into: int, others: Sequence[int]) -> None:
        """Partnerships join: one desk, one queue for each kind of support.

        Parameters
        ----------
        into : int
            Index of the area that takes in others.
        others : sequence of int
            Those.
        """
        self.desk.join(into, others)
        self._referral.join(into, others)
        for pool in self.dispatcher.pools():
            if isinstance(pool, tuple) and pool[0] in others:
                self.dispatcher.join((into, *pool[1:]), pool)

    def ask_again(self, room: Floats, contact: Contact | None) -> None:
        """Take in what has changed of schools: who accepts an offer, who has room, what can be seen.

        Parameters
        ----------
        room : (n_schools,) float64
            Part of usual support that a school has room for beside help from elsewhere, 0 to 1.
        contact : Contact or None
            What of working together reaches the broker; None where schools do not.
        """
        self._life.acceptance = self._nature.acceptance(self._p).tolist()
        self._referral.room = room
        self._sight.take_in(contact)

    def active_cases(self) -> Ints:
        """Count the cases under way at each school.

        Returns
        -------
        (n_schools,) int64
            Open or in delivery.
        """
        return self._referral.active

    def accuracy(self) -> Floats:
        """How well the broker sees each school.

        Returns
        -------
        (n_schools,) float64
            0 (nothing is known) to 1 (as it is).
        """
        return self._sight.accuracy(self._facts.n_schools)

    def supply(self, term: int, posts: Iterable[PostOnHand]) -> None:
        """Say who is there to deliver in a term: cases of those who left are interrupted, and go first.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0; the clock stands at its beginning.
        posts : iterable of PostOnHand
            All posts with money, filled or not.
        """
        self.desk.term = term
        self._interrupt(self._deliverers.supply(posts))

    def _interrupt(self, gone: set[Token]) -> None:
        """Interrupt the cases whose deliverer is gone, in the order of their identity."""
        if gone:
            left = {identity: case for identity, case in self.desk.alive.items() if case.token in gone}
            for _, case in sorted(left.items()):
                self.desk.stop(case, "left")

    def term(self, term: int, practice: Floats, risk: Floats) -> None:
        """Run a term: look, open cases, and let all cases live to its end.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        practice : (n_schools, 9) float64
            Practice as it is, between-school SD.
        risk : (n_schools,) float64
            Flags, 0 to 1 (``model.intelligence.flags``).
        """
        desk, n, end = self.desk, self._facts.n_schools, float(first_week(term + 1))
        reviews = self._chance.uniforms("case reviews", _SCHOOLS, term, n * _DOMAINS)
        desk.begin(term, self.env.timeout(end - self.env.now), end, reviews.reshape(n, _DOMAINS))
        self._coverage = self._deliverers.coverage(self._facts, self._p.schools_per_broker)
        seen, own = self._sight.observe(term, practice, self._coverage)
        self.seen = seen
        if term_of_year(term) == AUTUMN or term == self._first_term:
            self._supporting.choose(self._partnership, seen)
        luck = self._chance.uniforms("cases", _SCHOOLS, term, n * _DOMAINS * WORDS)
        luck = luck.reshape(n, _DOMAINS, WORDS)
        brokers, spare = self._deliverers.brokers, self._opening.spare()
        for need in self._referral.term(term, seen, own, risk, brokers, self._coverage, spare, luck):
            knows = float(self._coverage[self._facts.area[need.school]]) if need.brokered else 0.0
            case = self._opening.case(need, term, knows, luck[need.school, need.domain].tolist())
            if case is not None:
                desk.opened(case)
                self._life.open(case)
        self.dispatcher.reckon_until(end)
        self.env.run(until=end)
        desk.last_run = term
        self._supporters = self._supporting.settle(desk.work, self._partnership, self._charge)
        self._delivered = work_of_term(term, desk.work)

    def go_on(self) -> None:
        """Go on with cases that stood still since the end of a term."""
        for case in self.desk.alive.values():
            self._life.go_on(case)

    def delivered(self) -> Delivered:
        """What was delivered in the term just run.

        Returns
        -------
        Delivered
            A row a case, in the order of case identity.
        """
        return self._delivered

    def supporters(self) -> list[Supporter]:
        """What carrying cases did to supporting schools in the term just run.

        Returns
        -------
        list of Supporter
            One a case carried.
        """
        return self._supporters

    def supporting_schools(self) -> list[int]:
        """Rows of the schools that support others now.

        Returns
        -------
        list of int
            In the order in which they were chosen.
        """
        return list(self._supporting.chosen)

    def seen_quality(self, la: int, offer: int) -> tuple[float, int]:
        """What a funder may think of the team that runs a programme.

        Parameters
        ----------
        la, offer : int
            LA; index of the programme.

        Returns
        -------
        quality, cases : float, int
            Mean of what is believed after its completed cases, the usual, 1, before the first; how many.
        """
        return self._teams.of(la, offer).seen()

    def completed_cases(self, la: int, term: int) -> int:
        """Cases completed in an LA in the term just run.

        Parameters
        ----------
        la : int
            LA.
        term : int
            The last term run.

        Returns
        -------
        int
            Number; 0 for another term.
        """
        return self.desk.completed[la] if term == self.desk.last_run else 0

    def replace_provider(self, la: int, offer: int, term: int) -> None:
        """Give a programme to another team: its cases are interrupted, and the new team first sets up.

        Parameters
        ----------
        la, offer : int
            LA; index of the programme.
        term : int
            Term at whose beginning the old team goes; call it before ``supply``.
        """
        self.desk.term = term
        if self._teams.replace(la, offer, term):
            for _, case in sorted(self.desk.of_team[la, offer].items()):
                self.desk.stop(case, "was replaced")

    def year(self, year: int) -> SupportYear:
        """Counts of one academic year.

        Parameters
        ----------
        year : int
            Years since the one after year 0; negative before.

        Returns
        -------
        SupportYear
            Cases opened, begun and ended, and weeks waited.
        """
        return self.desk.record.year(year)

    def rows(self) -> CaseRows:
        """Give all cases as columns.

        Returns
        -------
        CaseRows
            A row a case, in the order of identity.
        """
        alive = [case for _, case in sorted(self.desk.alive.items())]
        return self.desk.record.rows(alive, float(self.env.now))
