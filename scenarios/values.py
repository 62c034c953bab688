"""One value as a person writes it, read the same on the command line, in YAML and in a notebook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from scenarios.errors import BadInput, nearest

_WHOLE = re.compile(r"[+-]?[0-9]{1,18}\Z")
_NUMBER = re.compile(r"[+-]?([0-9]{1,18}(\.[0-9]*)?|\.[0-9]{1,18})([eE][+-]?[0-9]{1,3})?\Z")
_ON = frozenset({"on", "true", "yes"})
_OFF = frozenset({"off", "false", "no"})
_SHOWN = 60
SWITCH_WORDS = "on or off (true or false, yes or no)"


def shown(value: object) -> str:
    """Show what was found in a message: on one line, shortened, with its kind where that is what is wrong.

    Parameters
    ----------
    value : object
        What was found.

    Returns
    -------
    str
        At most about 70 printable characters.
    """
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "on (yes, true)" if value else "off (no, false)"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    text = value if isinstance(value, str) else repr(value)
    text = "".join(letter if letter.isprintable() else "?" for letter in text[: _SHOWN + 1])
    text = text if len(text) <= _SHOWN else text[:_SHOWN] + "..."
    return f"'{text}'"


def whole(value: object, where: str, low: int, high: int, unit: str = "") -> int:
    """Read a whole number.

    Parameters
    ----------
    value : object
        What was found.
    where : str
        The file and key, for the message.
    low, high : int
        The smallest and largest allowed.
    unit : str, optional
        Its unit, for the message.

    Returns
    -------
    int
        The number.

    Raises
    ------
    BadInput
        If it is not a whole number, or lies outside the range.
    """
    allowed = f"a whole number from {low} to {high}{' ' + unit if unit else ''}"
    found: int | None = None
    if isinstance(value, str) and _WHOLE.match(value):
        found = int(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        found = value
    elif isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        found = int(value)
    if found is None:
        raise BadInput("is not a whole number", where=where, found=shown(value), allowed=allowed)
    if not low <= found <= high:
        raise BadInput("is out of range", where=where, found=shown(value), allowed=allowed)
    return found


def number(value: object, where: str, low: float, high: float, unit: str = "") -> float:
    """Read a finite number.

    Parameters
    ----------
    value : object
        What was found.
    where : str
        The file and key, for the message.
    low, high : float
        The smallest and largest allowed.
    unit : str, optional
        Its unit, for the message.

    Returns
    -------
    float
        The number.

    Raises
    ------
    BadInput
        If it is not a finite number, or lies outside the range.
    """
    allowed = f"a number from {low:.12g} to {high:.12g}{' ' + unit if unit else ''}"
    found: float | None = None
    if isinstance(value, str) and _NUMBER.match(value):
        found = float(value)
    elif isinstance(value, float) or (isinstance(value, int) and not isinstance(value, bool)):
        found = float(min(max(value, -(10**300)), 10**300)) if isinstance(value, int) else value
    if found is None or found != found:
        raise BadInput("is not a number", where=where, found=shown(value), allowed=allowed)
    if not low <= found <= high:
        raise BadInput("is out of range", where=where, found=shown(value), allowed=allowed)
    return found


def path(value: object, where: str) -> Path:
    """Read a path; ``~`` stands for the person's home.

    Parameters
    ----------
    value : object
        What was found.
    where : str
        The file or key, for the message.

    Returns
    -------
    Path
        As written, with ``~`` replaced.

    Raises
    ------
    BadInput
        If it cannot be a path, or there is no such home.
    """
    named = text(value, where)
    try:
        return Path(named).expanduser() if named.startswith("~") else Path(named)
    except RuntimeError:
        raise BadInput(
            "begins with the home of someone unknown", where=where, found=shown(named), allowed="a path"
        ) from None


def is_number(value: str) -> bool:
    """Say whether text is written as a number.

    Parameters
    ----------
    value : str
        Any text.

    Returns
    -------
    bool
        Whether it is.
    """
    return _NUMBER.match(value) is not None


def switch(value: object, where: str) -> bool:
    """Read on or off; ``on true yes`` and ``off false no`` mean the same everywhere.

    Parameters
    ----------
    value : object
        What was found.
    where : str
        The file and key, for the message.

    Returns
    -------
    bool
        Whether it is on.

    Raises
    ------
    BadInput
        If it is anything else.
    """
    if isinstance(value, bool):
        return value
    word = value.lower() if isinstance(value, str) else ""
    if word in _ON or word in _OFF:
        return word in _ON
    raise BadInput("is neither on nor off", where=where, found=shown(value), allowed=SWITCH_WORDS)


def choice(value: object, where: str, allowed: Sequence[str]) -> str:
    """Read one of a few words.

    Parameters
    ----------
    value : object
        What was found.
    where : str
        The file and key, for the message.
    allowed : Sequence[str]
        The words.

    Returns
    -------
    str
        The word, as it is spelt in ``allowed``.

    Raises
    ------
    BadInput
        If it is none of them.
    """
    word = value.lower() if isinstance(value, str) else ""
    if word in allowed:
        return word
    raise BadInput(
        "is not one of the choices",
        where=where,
        found=shown(value),
        allowed=", ".join(allowed),
        nearest=nearest(word, allowed),
    )


def text(value: object, where: str, longest: int = 1000) -> str:
    """Read text that is not empty and holds no control characters.

    Parameters
    ----------
    value : object
        What was found.
    where : str
        The file and key, for the message.
    longest : int, optional
        The greatest number of characters.

    Returns
    -------
    str
        The text, without white space at its ends.

    Raises
    ------
    BadInput
        If it is not text, is empty or too long, or holds control characters.
    """
    allowed = f"text of 1 to {longest} characters"
    if not isinstance(value, str):
        raise BadInput("is not text", where=where, found=shown(value), allowed=allowed)
    stripped = value.strip()
    if not stripped:
        raise BadInput("is empty", where=where, found="nothing", allowed=allowed)
    if len(stripped) > longest or any(ord(letter) < 32 or ord(letter) == 127 for letter in stripped):
        raise BadInput(
            "cannot be used as text", where=where, found=shown(value), allowed=allowed + ", on one line"
        )
    if any(0xD800 <= ord(letter) <= 0xDFFF for letter in stripped):
        raise BadInput(
            "is not valid Unicode",
            where=where,
            found=shown(value.encode("ascii", "replace").decode()),
            allowed=allowed,
        )
    return stripped
