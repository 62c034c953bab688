"""Errors for bad input: one clear message, saying what was found and what is allowed."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches


class BadInput(ValueError):
    """Input that cannot be used, described in full.

    Parameters
    ----------
    what : str
        What is wrong, in plain English, without a closing full stop.
    where : str, optional
        The file, key or row in which it was found.
    found : str, optional
        What was found.
    allowed : str, optional
        What is allowed.
    nearest : Sequence[str], optional
        The nearest valid names, best first.
    """

    def __init__(
        self, what: str, *, where: str = "", found: str = "", allowed: str = "", nearest: Sequence[str] = ()
    ) -> None:
        super().__init__(what, where, found, allowed, tuple(nearest))
        self.what = what
        self.where = where
        self.found = found
        self.allowed = allowed
        self.nearest = tuple(nearest)

    def __reduce__(self) -> tuple[object, ...]:
        """Rebuild from keywords, so that the error crosses from one process to another."""
        return _rebuild, (type(self), self.what, self.where, self.found, self.allowed, self.nearest)

    def __str__(self) -> str:
        """Say it in one message, on one line, whatever was typed."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        parts = [head]
        if self.found:
            parts.append(f"found {self.found}")
        if self.allowed:
            parts.append(f"allowed: {self.allowed}")
        if self.nearest:
            parts.append(f"nearest: {', '.join(self.nearest)}")
        message = "; ".join(parts) + "."
        return "".join(letter if letter.isprintable() else "?" for letter in message)


class Remark(UserWarning):
    """Something a person should know about input that can be used all the same."""


class UnknownName(BadInput):
    """A name that means nothing here, with the nearest that does."""


def nearest(name: str, allowed: Iterable[str]) -> tuple[str, ...]:
    """Find the valid names most like the one given.

    Parameters
    ----------
    name : str
        What was found.
    allowed : Iterable[str]
        The valid names.

    Returns
    -------
    tuple of str
        At most three, best first; empty where nothing is alike.
    """
    by_lower = {item.lower(): item for item in allowed}
    close = get_close_matches(name.lower()[:200], by_lower, n=3, cutoff=0.5)
    return tuple(by_lower[item] for item in close)


def _rebuild(
    kind: type[BadInput], what: str, where: str, found: str, allowed: str, nearest: tuple[str, ...]
) -> BadInput:
    return kind(what, where=where, found=found, allowed=allowed, nearest=nearest)
