"""A few LAs with schools, and posts of a few kinds funded in one way from the first term to the last."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from model.institution_facts import Facts, ungoverned
from model.post_kinds import PostKind
from model.post_parameters import PostParameters
from model.posts import PostChanges, Posts
from model.randomness import Chance
from model.recruitment import ALWAYS

THERAPIST = PostKind("speech and language therapist")
PSYCHOLOGIST = PostKind("educational psychologist")
COACH = PostKind("maths coach", teacher=True)
BROKER = PostKind("school partner", teacher=True, brokers=True)
KINDS = (THERAPIST, PSYCHOLOGIST, COACH, BROKER)

NEW_PLACE = -1000
"""``first_term`` of a place in which nothing has stood before."""


def facts(n_la: int = 1, schools: int = 85, pupils: float = 600.0) -> Facts:
    """Give LAs of equal schools."""
    n = n_la * schools
    return Facts(
        year_0=2026,
        la_names=tuple(f"LA {i}" for i in range(n_la)),
        la=np.repeat(np.arange(n_la, dtype=np.int32), schools),
        urn=np.arange(n, dtype=np.int32),
        phase=np.zeros(n, dtype=np.int32),
        first_year_group=np.zeros(n, dtype=np.int32),
        last_year_group=np.full(n, 6, dtype=np.int32),
        x_km=np.zeros(n),
        y_km=np.zeros(n),
        maintained=np.ones(n, dtype=bool),
        member=np.ones(n, dtype=bool),
        disadvantaged_share=np.full(n, 0.25),
        pupils=np.full(n, pupils),
        new_head=np.zeros(n, dtype=bool),
        **ungoverned(n, np.full(n, pupils)),  # type: ignore[arg-type]
    )


def staff(
    p: PostParameters | None = None,
    *,
    seed: int = 0,
    n_la: int = 1,
    kinds: tuple[PostKind, ...] = KINDS,
    **options: object,
) -> Posts:
    """Give posts, none open yet."""
    return Posts(facts(n_la), kinds, p or PostParameters(), Chance(seed, 0, 0), **options)  # type: ignore[arg-type]


Money = Callable[[int], tuple[int, int]]
"""Length of the award in terms, and first term without certain money, by term."""


def permanent(term: int) -> tuple[int, int]:
    """Money with no end in sight."""
    del term
    return 0, ALWAYS


def awards(length: int, decided_before: int = 1) -> Money:
    """Awards one after another, each renewed this many terms before the last one ends."""

    def money(term: int) -> tuple[int, int]:
        end = term - term % length + length
        return length, end + length if end - term <= decided_before else end

    return money


def fund(posts: Posts, term: int, money: Money, wanted: Iterable[tuple[int, str, int]]) -> None:
    """Open or keep open the first so many posts of each (LA, kind)."""
    horizon, until = money(term)
    for la, kind, n in wanted:
        for slot in posts.slots_for(la, kind, n):
            posts.fund(slot, line=0, horizon_terms=horizon, funded_until=until)


def go_on(
    posts: Posts, terms: Iterable[int], money: Money, wanted: Iterable[tuple[int, str, int]]
) -> list[PostChanges]:
    """Fund the same posts for some terms."""
    changes, wanted = [], list(wanted)
    for term in terms:
        fund(posts, term, money, wanted)
        changes.append(posts.term(term))
    return changes
