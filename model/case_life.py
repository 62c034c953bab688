"""The life of one case in SimPy: board, conversation, queue, delivery with termly review, end.

Nothing is drawn here: what chance decides was looked up when the case was opened, or stands in the term's
table of reviews. Within a term nothing interrupts delivery, so that what a stretch of it brings is known at
its beginning.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from math import erf, inf, sqrt
from typing import NamedTuple, Protocol

import simpy

from model.agents.provider import ProviderTeam
from model.brokerage_parameters import BrokerageParameters
from model.dispatcher import Dispatcher
from model.place import Floats
from model.terms import WEEKS_A_TERM
from model.tokens import Request, Token

COMPLETED, IN_DELIVERY, WAITING = "completed", "in delivery", "waiting"
DECLINED, INTERRUPTED, ABANDONED, TURNED_AWAY = "declined", "interrupted", "abandoned", "turned away"

_NEVER = float("nan")
_ROUNDING = 1e-9  # weeks
_LAST_MOMENT = 1e-6  # weeks: what is done as a term ends is done in that term

Pool = tuple[int, str, int]
"""LA, who delivers, and a stage of education where supporting schools do."""

Life = Generator[simpy.Event, Token | None, None]


class Case:
    """One need of one school and what becomes of it. Weeks are teaching weeks since the autumn after year 0.

    Parameters
    ----------
    identity : int
        Lasting: of school, domain and term in which the need was identified.
    school, domain, term, offer, la, urn : int
        Row of the school; practice domain; term identified; index of the programme; LA; URN.
    need, priority : float
        Need as seen, between-school SD; place in the queue, higher first.
    brokered : bool
        Whether it goes by board and broker.
    match : float
        Share of the usual effect that the match of school and provider keeps.
    luck : list of float
        Uniforms: referral (2), week, time taken, acceptance, evidence.

    Attributes
    ----------
    weeks, worth : float
        Weeks delivered, and these times quality.
    calendar, ready : float
        Weeks spent in delivery; week from which work counts.
    last_quality : float
        Of those who delivered last, before the match is reckoned with.
    held : Token or None
        What its life gives back in the end; ``token`` until it is to stop.
    """

    __slots__ = (
        "agreed",
        "avoid",
        "brokered",
        "calendar",
        "domain",
        "ended",
        "held",
        "identified",
        "identity",
        "interruptions",
        "la",
        "last_quality",
        "luck",
        "match",
        "matched",
        "need",
        "offer",
        "outcome",
        "pool",
        "priority",
        "process",
        "ready",
        "school",
        "state",
        "team",
        "term",
        "token",
        "triaged",
        "urn",
        "weeks",
        "worth",
    )

    def __init__(
        self,
        identity: int,
        school: int,
        domain: int,
        term: int,
        offer: int,
        la: int,
        urn: int,
        need: float,
        priority: float,
        brokered: bool,
        match: float,
        luck: list[float],
    ) -> None:
        self.identity, self.school, self.domain, self.term = identity, school, domain, term
        self.offer, self.la, self.urn = offer, la, urn
        self.need, self.priority, self.brokered, self.match, self.luck = need, priority, brokered, match, luck
        self.identified = self.triaged = self.agreed = self.matched = self.ended = _NEVER
        self.state, self.interruptions, self.avoid = WAITING, 0, -1
        self.weeks = self.worth = self.calendar = self.last_quality = self.ready = 0.0
        self.outcome = ""  # how the present stretch will end the case, if it will
        self.token: Token | None = None
        self.held: Token | None = None
        self.process: simpy.Process | None = None
        self.team: ProviderTeam | None = None
        self.pool: Pool = (la, "", 0)

    @property
    def quality(self) -> float:
        """Mean quality received; NaN where none."""
        return self.worth / self.weeks if self.weeks > 0.0 else _NEVER


class Stretch(NamedTuple):
    """Work on a case in one term; no case has two.

    Attributes
    ----------
    identity : int
        Of the case.
    case : Case
        The case.
    slot : int
        Who delivered.
    calendar, weeks : float
        Teaching weeks from its beginning to its end; weeks of full-strength support in them.
    quality : float
        Share of the usual effect.
    """

    identity: int
    case: Case
    slot: int
    calendar: float
    weeks: float
    quality: float


class Desk(Protocol):
    """What a case asks of the brokerage that opened it."""

    term_end: float
    bell: simpy.Event
    reviews: Floats
    work: list[Stretch]

    def full(self, case: Case) -> bool:
        """Whether a case is turned away as it would wait too long.

        Parameters
        ----------
        case : Case
            Waiting.

        Returns
        -------
        bool
            True where it would.
        """

    def team(self, case: Case) -> ProviderTeam:
        """The team that runs the case's programme.

        Parameters
        ----------
        case : Case
            Any.

        Returns
        -------
        ProviderTeam
            Whose quality the support has.
        """

    def ready_week(self, case: Case) -> float:
        """Week from which that team works.

        Parameters
        ----------
        case : Case
            Any.

        Returns
        -------
        float
            Teaching weeks since the autumn after year 0.
        """

    def started(self, case: Case) -> None:
        """A case has begun for the first time.

        Parameters
        ----------
        case : Case
            Just matched.
        """

    def moved(self, case: Case) -> None:
        """A case goes to another provider.

        Parameters
        ----------
        case : Case
            In delivery.
        """

    def ended(self, case: Case) -> None:
        """A case has come to its end.

        Parameters
        ----------
        case : Case
            With its last state.
        """


class CaseLife:
    """How cases live: the process of each, on one clock.

    Parameters
    ----------
    env : simpy.Environment
        Clock in weeks.
    dispatcher : Dispatcher
        Who gives time to whom.
    desk : Desk
        The brokerage.
    p : BrokerageParameters
        One draw.
    acceptance : (n_schools,) list of float
        Chance that each school accepts; may be replaced between terms.
    weeks : (n_offers,) list of float
        Length of a case.
    brokerage, review_error : bool
        Whether there is triage; whether reviews err.
    """

    def __init__(
        self,
        env: simpy.Environment,
        dispatcher: Dispatcher,
        desk: Desk,
        p: BrokerageParameters,
        acceptance: list[float],
        weeks: list[float],
        *,
        brokerage: bool,
        review_error: bool,
    ) -> None:
        self._env, self._dispatcher, self._desk, self._p = env, dispatcher, desk, p
        self.acceptance, self._needed, self._brokerage = acceptance, weeks, brokerage
        self._longest = [max(p.longest_case * w, w + WEEKS_A_TERM) for w in weeks]
        self._enough = p.enough_delivered
        self._blur = p.review_error_sd * sqrt(2.0) if review_error else 0.0

    def open(self, case: Case) -> None:
        """Set a case off.

        Parameters
        ----------
        case : Case
            Just opened, with its weeks of identification, triage and answer planned.
        """
        env = self._env
        answer = env.timeout(case.agreed - env.now)
        answer.callbacks.append(partial(self._answer, case))

    def _answer(self, case: Case, _: simpy.Event) -> None:
        """The school accepts or not; only a case that then waits in line becomes a process."""
        if case.brokered and case.luck[4] >= self.acceptance[case.school]:
            self._end(case, DECLINED)
        elif self._desk.full(case):
            self._end(case, TURNED_AWAY)
        else:
            case.process = self._env.process(self._life(case))

    def go_on(self, case: Case) -> None:
        """Go on with a case that was put by between two terms, and whose process stands still since.

        Parameters
        ----------
        case : Case
            Waiting for an answer or in line, or at work until the bell.
        """
        if case.process is not None:
            life = self._from(case, case.process.target if case.held is None else None)
            next(life)  # to where it stood
            case.process._generator = life

    def _life(self, case: Case) -> Life:
        yield from self._from(case, self._queue(case, False, self._p.wait_limit_weeks))

    def _from(self, case: Case, request: simpy.Event | None) -> Life:
        """From a place in line, or from the midst of work where there is none, to the end."""
        while True:
            if request is not None:
                token = yield request
                if token is None:
                    return self._end(case, ABANDONED if case.calendar > 0.0 else TURNED_AWAY)
                self._begin(case, token)
            yield from self._deliver(case, at_work=request is None)
            if case.outcome:
                return self._end(case, case.outcome)
            request = self._queue(case, True, self._p.interrupted_limit_weeks)

    def _begin(self, case: Case, token: Token) -> None:
        """Those who deliver are there; after others have, they first take the case over."""
        case.token, case.held, case.state = token, token, IN_DELIVERY
        fresh, now = case.calendar == 0.0, self._env.now
        if fresh:
            case.matched = now
            self._desk.started(case)
        case.ready = max(now + (0.0 if fresh else self._p.handover_weeks), self._desk.ready_week(case))
        case.team = self._desk.team(case)
        case.last_quality = case.team.quality * token.quality

    def _queue(self, case: Case, first: bool, patience: float) -> Request:
        """Wait in line: with a broker by priority, without one by when each came."""
        priority = case.priority if self._brokerage else -case.agreed
        order = (priority, case.need, case.urn, case.identity)
        return self._dispatcher.arrive(case.pool, order, first=first, avoid=case.avoid, patience=patience)

    def _deliver(self, case: Case, *, at_work: bool) -> Life:
        """Stretches of a term at most, until the case ends, its deliverer leaves or it goes to another."""
        env, token, quality = self._env, case.held, case.last_quality
        assert token is not None
        try:
            while True:
                if not at_work:
                    span = self._stretch(case, token, quality * case.match, case.ready)
                    if case.outcome:
                        left = self._desk.term_end - env.now - _LAST_MOMENT
                        yield env.timeout(max(min(span, left), 0.0))
                        break
                at_work = False
                yield self._desk.bell
                if self._seen_poor(case, token, quality):
                    case.avoid, case.state = token.slot, WAITING
                    self._desk.moved(case)
                    break
        except simpy.Interrupt:
            case.interruptions += 1
            case.state = INTERRUPTED
        case.token = case.held = None
        self._dispatcher.release(token)

    def _stretch(self, case: Case, token: Token, quality: float, ready: float) -> float:
        """Credit work up to the end of the term, or of the case if that comes first; give its length."""
        now, offer, rate = self._env.now, case.offer, token.productivity
        idle = ready - now if ready > now else 0.0
        needed = self._needed[offer]
        done = idle + (needed - case.weeks) / rate if rate > 0.0 else inf
        longest = self._longest[offer] - case.calendar
        span = self._desk.term_end - now
        if done <= span + _ROUNDING and done <= longest:
            span, case.outcome = max(done, 0.0), COMPLETED
        elif longest <= span + _ROUNDING:
            span = max(longest, 0.0)
        weeks = rate * (span - idle) if span > idle else 0.0
        case.weeks += weeks
        case.worth += weeks * quality
        case.calendar += span
        if not case.outcome and longest <= span:
            case.outcome = COMPLETED if case.weeks >= self._enough * needed else ABANDONED
        self._desk.work.append(Stretch(case.identity, case, token.slot, span, weeks, quality))
        return span

    def _seen_poor(self, case: Case, token: Token, quality: float) -> bool:
        """Termly review: whether the provider is seen as poor, and the case goes to another there is."""
        luck, changed = float(self._desk.reviews[case.school, case.domain]), self._p.rebroker_chance
        if luck >= changed or not self._brokerage or not self._dispatcher.another(token):
            return False
        short = self._p.poor_quality - quality
        seen = 0.5 * (1.0 + erf(short / self._blur)) if self._blur > 0.0 else float(short > 0.0)
        return luck < seen * changed

    def _end(self, case: Case, state: str) -> None:
        case.state, case.ended, case.process = state, self._env.now, None
        self._desk.ended(case)
