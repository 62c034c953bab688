"""Posts of a partnership as money sees them: which are wanted, who is in them, what pays them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from model.arrangements import PostLine
from model.post_plan import Parts
from model.staff_costs import PostCost


class Posts(Protocol):
    """The columns of posts, as money sees them.

    Attributes
    ----------
    filled : sequence of bool
        Whether someone holds the post, by slot.
    since : sequence of int
        Term in which whoever holds it began.
    seconded : sequence of bool
        Whether that person is lent by a school.
    """

    @property
    def seconded(self) -> Sequence[bool]:
        """Whether whoever holds the post is lent by a school, by slot."""

    @property
    def filled(self) -> Sequence[bool]:
        """Whether someone holds the post, by slot."""

    @property
    def since(self) -> Sequence[int]:
        """Term in which whoever holds it began, by slot."""

    def slots_for(self, la: int, kind: str, n: int) -> list[int]:
        """Give the first ``n`` slots of a kind in an LA, made where missing.

        Parameters
        ----------
        la, kind, n : int, str, int
            Where; which kind; how many.

        Returns
        -------
        list of int
            By number.
        """

    def fund(self, slot: int, *, line: int, horizon_terms: int, funded_until: int) -> None:
        """Open or keep a post on an award; notice is withdrawn.

        Parameters
        ----------
        slot : int
            Which post.
        line : int
            Lasting index of the award.
        horizon_terms, funded_until : int
            Length of the award (0: permanent); first term that nobody has promised.
        """

    def close(self, slot: int, term: int, reason: str) -> None:
        """Give notice.

        Parameters
        ----------
        slot : int
            Which post.
        term : int
            First term without it.
        reason : str
            For the record.
        """


class Post(NamedTuple):
    """Posts of one kind that an LA's partnership wants, and their cost in this term and the next."""

    line: PostLine
    number: int
    cost: PostCost
    next_number: int
    next_cost: int  # pence


class Stand(NamedTuple):
    """How posts of one kind stand in a term, once planned."""

    post: Post
    slots: list[int]  # all that were ever wanted
    kept: list[int]  # held by someone who stays
    vacant: list[int]  # open and held by nobody
    parts: list[Parts]  # what pays each of ``kept`` and then of ``vacant``
    gone: list[int]  # held by someone who does not stay


def placed(post: Post, slots: list[int], have: list[int], paid: list[Parts], again: list[Parts]) -> Stand:
    """Give posts that are paid to those who hold them first.

    Parameters
    ----------
    post : Post
        Of one kind.
    slots, have : list of int
        All that were ever wanted; of them held by someone now.
    paid, again : list of Parts
        What pays posts, filled ones first; what pays filled ones besides.

    Returns
    -------
    Stand
        Who stays and who does not.
    """
    filled = min(len(paid), len(have))
    kept = have[: filled + len(again)]
    number = len(paid) - filled
    vacant: list[int] = []
    if number:
        held = set(have)
        vacant = [slot for slot in slots if slot not in held][:number]
    parts = [*paid[:filled], *again, *paid[filled:]] if again else paid
    return Stand(post, slots, kept, vacant, parts, have[filled + len(again) :])
