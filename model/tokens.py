"""Tokens, requests for them, and the pools in which they meet."""

from __future__ import annotations

from collections.abc import Hashable
from heapq import heappop, heappush
from math import inf

from simpy.core import Environment
from simpy.events import Event


class Token:
    """The right to one deliverer's time.

    Parameters
    ----------
    pool : hashable
        Which pool it belongs to.
    slot, number : int
        Who gives the time (a post); which of their tokens.

    Attributes
    ----------
    productivity, quality : float
        Share of full strength, 0 to 1; of the person, 1 is usual.
    withdrawn : bool
        Whether it is given to no one any more.
    """

    __slots__ = ("number", "pool", "productivity", "quality", "slot", "withdrawn")

    def __init__(self, pool: Hashable, slot: int, number: int) -> None:
        self.pool, self.slot, self.number = pool, slot, number
        self.productivity, self.quality, self.withdrawn = 1.0, 1.0, False


class Request(Event):
    """A place in the queue: an event that gives a token, or None to one who gave up.

    Parameters
    ----------
    env : simpy.Environment
        Clock.
    pool : Pool
        Pool waited for.
    avoid : int
        Slot not to be given, -1 for none.
    until : float
        Time at which to give up.
    """

    def __init__(self, env: Environment, pool: Pool, avoid: int, until: float) -> None:
        super().__init__(env)
        self.pool, self.avoid, self.until = pool, avoid, until

    def met(self, token: Token) -> None:
        """Have it met at once: whoever waits for it goes on without an event.

        Parameters
        ----------
        token : Token
            Given.
        """
        self._ok, self._value = True, token
        self.callbacks = None  # type: ignore[assignment]  # as an event of SimPy that is past


Line = list[tuple[int, float, float, int, int, int, Request]]
"""Not first, less priority, less need, URN, case, serial number, request."""


class Pool:
    """Tokens of one kind and those who wait for them.

    Attributes
    ----------
    line : list of tuple
        Heap of those who wait, by order; those who gave up drop out when their turn comes.
    free : list of tuple
        Heap of free tokens, by slot and number; withdrawn ones drop out when their turn comes.
    slots : dict of int to int
        Tokens of each deliverer, held or free.
    waiting, held, tokens : int
        Requests open; tokens given out; tokens not withdrawn.
    called : bool
        Whether it is about to be matched.
    empty_since : float
        When the last token was withdrawn; minus infinity before the first came.
    """

    __slots__ = ("called", "empty_since", "free", "held", "line", "slots", "tokens", "waiting")

    def __init__(self) -> None:
        self.line: Line = []
        self.free: list[tuple[int, int, int, Token]] = []
        self.slots: dict[int, int] = {}  # tokens of each deliverer, held or free
        self.waiting = self.held = self.tokens = 0
        self.called, self.empty_since = False, -inf


def first_free(pool: Pool, avoid: int) -> Token | None:
    """Take the first free token of a pool.

    Parameters
    ----------
    pool : Pool
        Where.
    avoid : int
        Slot not to be given, -1 for none.

    Returns
    -------
    Token or None
        None where none is free that may be given.
    """
    aside, found = [], None
    while pool.free:
        entry = heappop(pool.free)
        if entry[-1].withdrawn:
            continue
        if entry[0] == avoid:
            aside.append(entry)
            continue
        found = entry[-1]
        break
    for entry in aside:
        heappush(pool.free, entry)
    return found
