"""The desk where cases come by: what they ask on their way, and what is written down of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import simpy
from scipy.special import ndtri

from model.agents.provider import ProviderTeam
from model.arrangements import Offer
from model.brokerage_parameters import BrokerageParameters
from model.case_life import COMPLETED, Case, Stretch
from model.case_record import CaseRecord
from model.dispatcher import Dispatcher
from model.institution_facts import Facts
from model.intelligence import Sight
from model.ledger import Purpose
from model.place import Floats
from model.provider_teams import ProviderTeams
from model.referral import Referral
from model.supporting import Charge
from model.terms import TERMS_A_YEAR, first_week

Event = tuple[int, int, int, str, str, float]
"""Term, LA, row of the school, kind, text, GBP."""


class CaseDesk:
    """All cases that have not ended, the term they live in, and the record.

    Parameters
    ----------
    facts : Facts
        LAs.
    offers : tuple of Offer
        Programmes, by index.
    p : BrokerageParameters
        One draw.
    dispatcher : Dispatcher
        How long queues are.
    teams : ProviderTeams
        Who runs which programme.
    referral : Referral
        Told of cases that end.
    sight : Sight
        Told of schools that completed cases show closely.
    charge : callable
        Takes LA, pence and purpose of what cases cost, and whose work it belongs to.
    first_term : int
        Term in which the clock starts.

    Attributes
    ----------
    alive : dict of int to Case
        By identity.
    of_team : dict of (int, int) to dict of int to Case
        The same by LA and index of the programme.
    record : CaseRecord
        Cases that have ended, and counts.
    work : list of Stretch
        Of the present term.
    events : list of Event
        What befell cases.
    term, last_run : int
        Present term; the last that was run to its end.
    term_end : float
        Week in which the present term ends.
    bell : simpy.Event
        Rings as it ends.
    reviews : (n_schools, 9) float64
        Uniforms of the term's reviews.
    completed : list of int
        Cases completed in the term, by LA.
    """

    def __init__(
        self,
        facts: Facts,
        offers: tuple[Offer, ...],
        p: BrokerageParameters,
        dispatcher: Dispatcher,
        teams: ProviderTeams,
        referral: Referral,
        sight: Sight,
        charge: Charge,
        first_term: int,
    ) -> None:
        self._n_la, self._offers = facts.n_areas, offers
        self._queue_limit, self._wait_limit = p.queue_limit, p.wait_limit_weeks
        self._dispatcher, self._teams, self._referral = dispatcher, teams, referral
        self._sight, self._charge = sight, charge
        self.record = CaseRecord(offers)
        self.alive: dict[int, Case] = {}
        self.of_team: defaultdict[tuple[int, int], dict[int, Case]] = defaultdict(dict)
        self.events: list[Event] = []
        self.term = self.last_run = first_term
        self.begin(first_term, dispatcher.env.event(), first_week(first_term), facts.x_km)

    def begin(self, term: int, bell: simpy.Event, term_end: float, reviews: Floats) -> None:
        """Begin a term.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        bell : simpy.Event
            Rings as the term ends.
        term_end : float
            Week in which it ends.
        reviews : (n_schools, 9) float64
            Uniforms of the term's reviews.
        """
        self.term, self.bell, self.term_end, self.reviews = term, bell, term_end, reviews
        self.year = self.record.year(term // TERMS_A_YEAR)
        self.work: list[Stretch] = []
        self.completed = [0] * self._n_la

    def join(self, into: int, others: Sequence[int]) -> None:
        """Cases of partnerships that join are those of one.

        Parameters
        ----------
        into : int
            Index of the area that takes in others.
        others : sequence of int
            Those.
        """
        for case in self.alive.values():
            if case.la in others:
                del self.of_team[case.la, case.offer][case.identity]
                case.la, case.pool = into, (into, *case.pool[1:])
                self.of_team[into, case.offer][case.identity] = case

    def opened(self, case: Case) -> None:
        """Take in a new case.

        Parameters
        ----------
        case : Case
            Just opened.
        """
        self.alive[case.identity] = self.of_team[case.la, case.offer][case.identity] = case
        self._referral.opened(case.school, case.domain)
        self.year.opened += 1

    def stop(self, case: Case, why: str) -> None:
        """Interrupt a case whose deliverer is gone.

        Parameters
        ----------
        case : Case
            In delivery.
        why : str
            What became of whoever delivered it.
        """
        if case.process is None or case.token is None:
            return
        case.process.interrupt()
        case.token = None  # a team and a person may go in one term: the case stops once
        self.record.year(self.term // TERMS_A_YEAR).interrupted += 1
        self._note(case, "support interrupted", f"whoever delivered it {why}")

    def _note(self, case: Case, kind: str, text: str) -> None:
        told = f"{self._offers[case.offer].name}: {text}"
        self.events.append((self.term, case.la, case.school, kind, told, float("nan")))

    def full(self, case: Case) -> bool:
        """Say whether a case is turned away as it would wait too long.

        Parameters
        ----------
        case : Case
            Asking for help.

        Returns
        -------
        bool
            True where no one has delivered for as long as anyone waits; for a case that no broker brings,
            also where there is no one now or the queue is over ``queue_limit`` a slot.
        """
        if case.brokered:
            return self._dispatcher.deserted(case.pool, self._wait_limit)
        limit = self._queue_limit * self._dispatcher.tokens(case.pool)
        return self._dispatcher.waiting(case.pool) >= limit

    def team(self, case: Case) -> ProviderTeam:
        """Give the team that runs the case's programme.

        Parameters
        ----------
        case : Case
            In delivery.

        Returns
        -------
        ProviderTeam
            The one of now.
        """
        return self._teams.of(case.la, case.offer)

    def ready_week(self, case: Case) -> float:
        """Give the week from which the team of the case's programme works.

        Parameters
        ----------
        case : Case
            In delivery.

        Returns
        -------
        float
            Teaching week; long past unless the team is new.
        """
        return self._teams.ready_week(case.la, case.offer)

    def started(self, case: Case) -> None:
        """Take in that a case has begun: what it costs besides time is paid.

        Parameters
        ----------
        case : Case
            Just matched for the first time.
        """
        self.record.started(case, self.year)
        pence = round(100.0 * self._offers[case.offer].cost_gbp)
        if pence:
            self._charge(case.la, pence, Purpose.PROGRAMME, self._offers[case.offer].delivered_by)

    def moved(self, case: Case) -> None:
        """Take in that a case goes to another provider.

        Parameters
        ----------
        case : Case
            Waiting again.
        """
        self.year.rebrokered += 1
        self._note(case, "another provider", "a review found the provider poor")

    def ended(self, case: Case) -> None:
        """Take in that a case has ended: completed ones show how provider and school are.

        Parameters
        ----------
        case : Case
            With its last state.
        """
        del self.alive[case.identity], self.of_team[case.la, case.offer][case.identity]
        self._referral.closed(case.school, case.domain, self.term)
        self.record.ended(case, self.year)
        if case.state == COMPLETED and case.team is not None:
            self.completed[case.la] += 1
            self._sight.close_look(case.school, case.domain)
            shown = case.last_quality + self._teams.error * float(ndtri(case.luck[5]))
            case.team.shows(shown)
