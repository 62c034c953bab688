"""The dispatcher: who waits gets what comes free, by a total order, in the same instant.

A pool holds tokens of one kind (a day a week of a specialist, a supporting school's time) and those who wait
for one. At each arrival and each release the two meet: those who are first in line first, then by priority,
need, URN and case. Matching happens last in its instant, so that of several who arrive together the order
in which their events were made does not matter. It knows nothing of schools: queueing tests run it as it is.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from heapq import heappop, heappush
from itertools import count
from math import inf

import simpy
from simpy.events import Event, EventPriority

from model.tokens import Pool, Request, Token, first_free

_LAST = EventPriority(2)  # after every other event of the same instant


class _Matching(Event):
    """The end of an instant, when those who wait and what is free meet."""

    def __init__(self, dispatcher: Dispatcher, pool: Pool) -> None:
        super().__init__(dispatcher.env)
        self._ok, self._value = True, None
        self.callbacks = [partial(dispatcher.at_last, pool)]
        self.env.schedule(self, _LAST)


class Dispatcher:
    """Tokens and those who wait for them, pool by pool.

    Parameters
    ----------
    env : simpy.Environment
        Clock.
    """

    def __init__(self, env: simpy.Environment) -> None:
        self.env = env
        self._pools: dict[Hashable, Pool] = {}
        self._reckoned, self._together = inf, -inf
        self._serial = count()  # tells a withdrawn token or request from the one that follows it

    def _pool(self, pool: Hashable) -> Pool:
        found = self._pools.get(pool)
        if found is None:
            found = self._pools[pool] = Pool()
        return found

    def add(self, pool: Hashable, slot: int, number: int) -> Token:
        """Put a new token into a pool.

        Parameters
        ----------
        pool : hashable
            Which pool.
        slot, number : int
            Who gives the time; which of their tokens. Lower ones are given first.

        Returns
        -------
        Token
            The new token, free.
        """
        token = Token(pool, slot, number)
        into = self._pool(pool)
        into.slots[slot] = into.slots.get(slot, 0) + 1
        into.tokens += 1
        heappush(into.free, (slot, number, next(self._serial), token))
        self._call(into)
        return token

    def join(self, into: Hashable, other: Hashable) -> None:
        """Put two pools together: one queue, and whoever is free takes the first of it.

        Parameters
        ----------
        into, other : hashable
            Which; both names stand for the whole from now on.
        """
        whole, part = self._pool(into), self._pool(other)
        if whole is part:
            return
        for waiting in part.line:
            waiting[-1].pool = whole
            heappush(whole.line, waiting)
        for free in part.free:
            heappush(whole.free, free)
        for slot, tokens in part.slots.items():
            whole.slots[slot] = whole.slots.get(slot, 0) + tokens
        whole.waiting, whole.held = whole.waiting + part.waiting, whole.held + part.held
        whole.tokens, whole.empty_since = whole.tokens + part.tokens, max(whole.empty_since, part.empty_since)
        part.line, part.free = [], []  # it may be about to be matched: nothing is given twice
        self._pools[other] = whole
        self._call(whole)

    def pools(self) -> list[Hashable]:
        """Give the names of all pools.

        Returns
        -------
        list of hashable
            In the order in which they were first asked for.
        """
        return list(self._pools)

    def withdraw(self, token: Token) -> None:
        """Take a token out of its pool: at once if it is free, else it does not come back.

        Parameters
        ----------
        token : Token
            One that was added; taking it out twice changes nothing.
        """
        if token.withdrawn:
            return
        token.withdrawn = True
        pool = self._pools[token.pool]
        pool.tokens -= 1
        if not pool.tokens:
            pool.empty_since = self.env.now
        slots = pool.slots
        slots[token.slot] -= 1
        if slots[token.slot] == 0:
            del slots[token.slot]

    def arrive(
        self,
        pool: Hashable,
        order: tuple[float, float, int, int],
        *,
        first: bool = False,
        avoid: int = -1,
        patience: float = inf,
    ) -> Request:
        """Join the queue.

        Parameters
        ----------
        pool : hashable
            Pool to wait for.
        order : (float, float, int, int)
            Priority and need (higher first), URN and case identity (lower first).
        first : bool
            Whether to stand ahead of all who are not.
        avoid : int
            Slot not to be given, -1 for none.
        patience : float
            Time after which to give up.

        Returns
        -------
        Request
            An event: its value is a ``Token``, or None after giving up.
        """
        priority, need, urn, case = order
        into = self._pool(pool)
        now = self.env.now
        request = Request(self.env, into, avoid, now + patience)
        if into.free and not into.waiting and self._alone(now):
            token = first_free(into, avoid)
            if token is not None:
                into.held += 1
                request.met(token)
                return request
        heappush(into.line, (not first, -priority, -need, urn, case, next(self._serial), request))
        into.waiting += 1
        if request.until < self._reckoned:
            self._limit(request)
        self._call(into)
        return request

    def reckon_until(self, time: float) -> None:
        """Let those who run out of patience before a time do so; call it before running the clock so far.

        Most are served long before: limits are set only when they come near. In the present instant much may
        happen at one event, as a term ends, so that all of it is waited for.

        Parameters
        ----------
        time : float
            On the clock; by default it is infinite, and limits are set on arrival.
        """
        before, self._reckoned = self._reckoned, time
        self._together = self.env.now
        for pool in dict.fromkeys(self._pools.values()):
            for *_, request in pool.line if pool.waiting else ():
                if before <= request.until < time and not request.triggered:
                    self._limit(request)

    def _limit(self, request: Request) -> None:
        end = self.env.timeout(request.until - self.env.now)
        end.callbacks.append(partial(self._out_of_patience, request))

    def _out_of_patience(self, request: Request, _: Event) -> None:
        self.give_up(request)

    def give_up(self, request: Request) -> None:
        """Leave the queue; nothing happens to one who has been given a token.

        Parameters
        ----------
        request : Request
            Place in the queue.
        """
        if not request.triggered:
            request.pool.waiting -= 1
            request.succeed(None)

    def release(self, token: Token) -> None:
        """Give a token back.

        Parameters
        ----------
        token : Token
            One that was given to somebody.
        """
        into = self._pools[token.pool]
        into.held -= 1
        if not token.withdrawn:
            heappush(into.free, (token.slot, token.number, next(self._serial), token))
            self._call(into)

    def _call(self, pool: Pool) -> None:
        """Have a pool matched at the end of this instant, once; now, if nothing else happens in it."""
        if pool.waiting and pool.free and not pool.called:
            if self._alone(self.env.now):
                self.match(pool)
            else:
                pool.called = True
                _Matching(self, pool)

    def _alone(self, now: float) -> bool:
        """Whether the event under way is the only one of its instant."""
        return self.env.active_process is not None and now > self._together and self.env.peek() > now

    def at_last(self, pool: Pool, _: Event) -> None:
        """Match a pool as the last thing that happens in an instant.

        Parameters
        ----------
        pool : Pool
            Which pool.
        _ : Event
            The one that calls it.
        """
        self.match(pool)

    def match(self, pool: Pool) -> None:
        """Give what is free to those who wait, in order.

        Parameters
        ----------
        pool : Pool
            Which pool.
        """
        pool.called = False
        line, aside = pool.line, []
        while line and pool.free:
            entry = heappop(line)
            request = entry[-1]
            if request.triggered:
                continue
            token = first_free(pool, request.avoid)
            if token is None:
                aside.append(entry)
                continue
            pool.waiting -= 1
            pool.held += 1
            request.succeed(token)
        for entry in aside:
            heappush(line, entry)

    def waiting(self, pool: Hashable) -> int:
        """Count those who wait for a pool.

        Parameters
        ----------
        pool : hashable
            Which pool.

        Returns
        -------
        int
            Requests neither met nor given up.
        """
        return self._pool(pool).waiting

    def tokens(self, pool: Hashable) -> int:
        """Count the tokens of a pool, held or free.

        Parameters
        ----------
        pool : hashable
            Which pool.

        Returns
        -------
        int
            Tokens that were added and not withdrawn.
        """
        return self._pool(pool).tokens

    def held(self, pool: Hashable) -> int:
        """Count the tokens someone holds.

        Parameters
        ----------
        pool : hashable
            Which pool.

        Returns
        -------
        int
            Given and not given back, withdrawn ones among them.
        """
        return self._pool(pool).held

    def deserted(self, pool: Hashable, time: float) -> bool:
        """Whether a pool has had no token for some time.

        Parameters
        ----------
        pool : hashable
            Which pool.
        time : float
            How long.

        Returns
        -------
        bool
            True also where there never was one.
        """
        found = self._pool(pool)
        return not found.tokens and self.env.now - found.empty_since >= time

    def spare(self, pool: Hashable) -> int:
        """Count the tokens that no one holds or waits for.

        Parameters
        ----------
        pool : hashable
            Which pool.

        Returns
        -------
        int
            Below 0 where more wait than come free now.
        """
        found = self._pools.get(pool)
        return found.tokens - found.held - found.waiting if found is not None else 0

    def another(self, token: Token) -> bool:
        """Whether someone else gives the same kind of time.

        Parameters
        ----------
        token : Token
            Of a deliverer.

        Returns
        -------
        bool
            True where the pool has a token of another slot.
        """
        slots = self._pools[token.pool].slots
        return len(slots) - (token.slot in slots) > 0
