"""Which posts can be paid, in order of importance, and from which lines of money."""

from __future__ import annotations

from typing import NamedTuple

RESERVES = -1
"""In place of a line: reserves pay."""

FLOW, STOCK, RISKY, KEEP = range(4)
"""Where a payment comes from: money of the term, a line's unspent money, reserves for money believed in,
reserves for keeping those in post."""

Parts = list[tuple[int, int, int]]
"""Lines, pence and where from (``FLOW`` to ``KEEP``) that pay one post for a term."""


class Line:
    """One line of money in one term, and what it may be used for.

    Parameters
    ----------
    flow : int
        Pence that come for the term.
    stock : int
        Pence beyond that which it may spend to keep those in post.
    risky : int
        Pence that are believed in and not decided: reserves pay for them meanwhile.
    fence : tuple of str
        Kinds of post that it may pay for; empty for any.
    opens : bool
        Whether a vacant post may be filled on it.

    Attributes
    ----------
    held : list of int
        Flow, stock and risky money not yet used.
    """

    __slots__ = ("fence", "held", "opens")

    def __init__(self, flow: int, stock: int, risky: int, fence: tuple[str, ...], opens: bool) -> None:
        self.held = [flow, stock, risky]
        self.fence, self.opens = fence, opens


class Wanted(NamedTuple):
    """Posts of one kind that are wanted."""

    kind: str
    cost: int  # pence a term each
    number: int
    filled: int  # of them held by someone now


class Purse:
    """Reserves that the plan may draw on.

    Parameters
    ----------
    bridge : int
        Pence for money that is believed in.
    keep : int
        Of them for keeping those in post where money falls short.
    """

    __slots__ = ("bridge", "keep")

    def __init__(self, bridge: int, keep: int) -> None:
        self.bridge, self.keep = bridge, min(keep, bridge)


def _pay_all(
    cost: int, number: int, usable: list[tuple[int, Line]], purse: Purse, *, filled: bool
) -> list[Parts]:
    """Lines that pay as many alike posts as can be paid: as many as possible by one line at once."""
    posts: list[Parts] = []
    while len(posts) < number:
        for index, line in usable:
            flow = line.held[FLOW]
            if flow > 0:
                some = min(flow // cost, number - len(posts)) if cost else 0
                line.held[FLOW] -= some * cost
                posts += [[(index, cost, FLOW)]] * some
                break
        if len(posts) < number:
            parts = _pay(cost, usable, purse, filled)
            if parts is None:
                break
            posts.append(parts)
    return posts


def _pay(cost: int, usable: list[tuple[int, Line]], purse: Purse, filled: bool) -> Parts | None:
    """Lines that pay one post, taken off; None (and nothing taken) where they do not suffice."""
    parts: Parts = []
    need, bridge = cost, purse.bridge
    for source in (FLOW, STOCK, RISKY) if filled else (FLOW, RISKY):
        for index, line in usable:
            pence = line.held[source]
            if pence <= 0:
                continue
            if source == RISKY:
                pence = min(pence, need, bridge)
                bridge -= pence
            if pence >= need:
                parts.append((index, need, source))
                return _taken(parts, usable, purse)
            if pence > 0:
                parts.append((index, pence, source))
                need -= pence
    if filled and need <= min(purse.keep, bridge):
        parts.append((RESERVES, need, KEEP))
        return _taken(parts, usable, purse)
    return None


def _taken(parts: Parts, usable: list[tuple[int, Line]], purse: Purse) -> Parts:
    lines = dict(usable)
    for index, pence, source in parts:
        if source < KEEP:
            lines[index].held[source] -= pence
        if source >= RISKY:
            purse.bridge -= pence
        if source == KEEP:
            purse.keep -= pence
    purse.keep = min(purse.keep, purse.bridge)
    return parts


def plan_posts(wanted: list[Wanted], lines: list[Line], purse: Purse) -> list[list[Parts]]:
    """Say which posts can be paid for a term.

    Parameters
    ----------
    wanted : list of Wanted
        In order of importance.
    lines : list of Line
        In the order in which posts are charged to them; what is used is taken off.
    purse : Purse
        Reserves; what is used is taken off.

    Returns
    -------
    list of list of Parts
        For each kind the posts that can be paid, first those that are held by someone: a vacant post needs
        money that comes, a filled one may be kept on what was put by.
    """
    planned: list[list[Parts]] = []
    for kind, cost, number, filled in wanted:
        usable = [(i, line) for i, line in enumerate(lines) if not line.fence or kind in line.fence]
        open_ones = [(i, line) for i, line in usable if line.opens]
        posts = _pay_all(cost, min(filled, number), usable, purse, filled=True)
        if len(posts) == filled < number:
            posts += _pay_all(cost, number - filled, open_ones, purse, filled=False)
        planned.append(posts)
    return planned


def main_line(parts: Parts) -> int:
    """Line that pays most of a post.

    Parameters
    ----------
    parts : Parts
        What pays it.

    Returns
    -------
    int
        The first of the largest; ``RESERVES`` where they pay most.
    """
    return max(parts, key=lambda part: part[1])[0]
