"""What holds from a date on: a word for all the time, or words by the date from which each holds."""

from __future__ import annotations

from collections.abc import Sequence

from model.national_tier import NEVER
from scenarios import terms_of, values
from scenarios.errors import BadInput
from scenarios.mappings import is_none, mapping
from scenarios.terms_of import When

NONE = "none"


def read_dated(
    found: object, where: str, words: Sequence[str], *, in_force: bool
) -> list[tuple[When | None, str]]:
    """Read a word, or words by date.

    Parameters
    ----------
    found : object
        As ``duty``, or ``{2016-04: duty, 2026-09: power}``.
    where : str
        The file and key, for messages.
    words : Sequence of str
        The words there are.
    in_force : bool
        Whether it is in force at year 0, and so cannot count from the start of a scenario.

    Returns
    -------
    list of (When or None, str)
        Each word with its date; None for one that holds all the time.

    Raises
    ------
    BadInput
        If it is neither, or a date or word cannot be used.
    """
    if isinstance(found, str) or is_none(found):
        return [(None, _word(found, where, words))]
    named = mapping(found, where)
    if not named:
        raise BadInput(
            "says nothing", where=where, found=values.shown(found),
            allowed=f"one of {', '.join(words)}; or by date, as {{2024-09: {words[0]}}}",
        )  # fmt: skip
    return [
        (read_when(key, f"{where}.{key}", in_force=in_force), _word(item, f"{where}.{key}", words))
        for key, item in named.items()
    ]


def _word(found: object, where: str, words: Sequence[str]) -> str:
    return NONE if NONE in words and is_none(found) else values.choice(found, where, words)


def read_when(found: object, where: str, *, in_force: bool) -> When:
    """Read a date, which for what is in force is the same in every scenario.

    Parameters
    ----------
    found : object
        What was found.
    where : str
        The file and key, for messages.
    in_force : bool
        Whether it is in force at year 0, and so cannot count from the start of a scenario.

    Returns
    -------
    When
        The date.

    Raises
    ------
    BadInput
        If it is no date, or counts from the start of a scenario where it cannot.
    """
    when = terms_of.read_when(found, where)
    if in_force and when.from_start:
        raise BadInput(
            "counts from the start of a scenario", where=where, found="start",
            allowed="a month (2024-09): what is in force at year 0 is the same in every scenario",
        )  # fmt: skip
    return when


def term(when: When | None, year_0: int, start: int) -> int:
    """Settle the term from which something holds.

    Parameters
    ----------
    when : When or None
        Its date; None where it holds all the time.
    year_0 : int
        The place's year 0.
    start : int
        Term in which the scenario starts.

    Returns
    -------
    int
        Terms since the autumn after year 0.
    """
    return -NEVER if when is None else when.term(year_0, start)
