"""Mappings of names as a person writes them; ``none`` takes a key away."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios import values
from scenarios.errors import BadInput

MOST_ENTRIES = 40


def is_none(found: object) -> bool:
    """Say whether a value takes something away: nothing at all, ``null`` or ``none``.

    Parameters
    ----------
    found : object
        What was found.

    Returns
    -------
    bool
        Whether it does.
    """
    return found is None or (isinstance(found, str) and found.strip().lower() == "none")


def put_in(base: Mapping[str, object], over: Mapping[str, object]) -> dict[str, object]:
    """Put keys over keys; none takes a key away.

    Parameters
    ----------
    base, over : Mapping
        What is in force, and what changes.

    Returns
    -------
    dict of str to object
        Both together.
    """
    together = {**base, **over}
    return {key: item for key, item in together.items() if not is_none(item)}


def mapping(found: object, where: str) -> dict[str, object]:
    """Read a mapping with names as keys.

    Parameters
    ----------
    found : object
        What was found; nothing counts as empty.
    where : str
        The file and key, for messages.

    Returns
    -------
    dict of str to object
        A copy.

    Raises
    ------
    BadInput
        If it is no mapping, or too long.
    """
    if found is None:
        return {}
    if not isinstance(found, Mapping) or len(found) > MOST_ENTRIES:
        raise BadInput(
            "is not a mapping", where=where, found=values.shown(found),
            allowed=f"lines of the form key: value, up to {MOST_ENTRIES}",
        )  # fmt: skip
    return {str(key): item for key, item in found.items()}
