"""Kinds of specialist post: each is a labour pool, known by its name whatever else a scenario brings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from model.arrangements import Arrangement


@dataclass(frozen=True)
class PostKind:
    """What one kind of post has in common everywhere.

    Attributes
    ----------
    name : str
        Lasting identity, as ``speech and language therapist``.
    teacher : bool
        Whether it is filled by teachers.
    brokers : bool
        Whether it brokers and delivers no support itself.
    """

    name: str
    teacher: bool = False
    brokers: bool = False


def kinds_of(arrangements: Iterable[Arrangement]) -> tuple[PostKind, ...]:
    """Give every kind of post that any arrangement has.

    Parameters
    ----------
    arrangements : iterable of Arrangement
        What is in force, then what each change brings.

    Returns
    -------
    tuple of PostKind
        By name, in order of first appearance.
    """
    found: dict[str, PostKind] = {}
    for arrangement in arrangements:
        for line in arrangement.posts:
            found.setdefault(line.kind, PostKind(line.kind, line.teacher, line.brokers))
    return tuple(found.values())
