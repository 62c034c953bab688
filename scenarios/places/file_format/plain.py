"""Dataclasses of single values from JSON, each value checked against the field it is for."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, TypeVar, get_args

from scenarios.places.files.notes import NoteKind

T = TypeVar("T")

LARGEST = 10**15


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _whole(value: object) -> int:
    if type(value) is not int or abs(value) > LARGEST:
        raise TypeError("no whole number")
    return value


def _number(value: object) -> float:
    if type(value) not in (int, float) or not math.isfinite(float(value)):  # type: ignore[arg-type]
        raise TypeError("no number")
    return float(value)  # type: ignore[arg-type]


def _kind(value: object) -> str:
    if value not in get_args(NoteKind):
        raise TypeError("no kind of note")
    return str(value)


def _list(value: object, of: Callable[[object], Any]) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise TypeError("no list")
    return tuple(of(item) for item in value)


def mapping(value: object, of: Callable[[object], Any]) -> dict[str, Any]:
    """Check a mapping of texts to values of one kind.

    Parameters
    ----------
    value : object
        From JSON.
    of : callable
        Checks one value.

    Returns
    -------
    dict
        The same.

    Raises
    ------
    TypeError
        If it is none.
    """
    if not isinstance(value, dict):
        raise TypeError("no mapping")
    return {_text(key): of(item) for key, item in value.items()}


_READERS: Mapping[str, Callable[[object], Any]] = {
    "str": _text,
    "int": _whole,
    "float": _number,
    "float | None": lambda value: None if value is None else _number(value),
    "NoteKind": _kind,
    "tuple[int, ...]": lambda value: _list(value, _whole),
    "tuple[str, ...]": lambda value: _list(value, _text),
    "dict[str, str]": lambda value: mapping(value, _text),
    "dict[str, int]": lambda value: mapping(value, _whole),
}


def texts(value: object) -> dict[str, str]:
    """Check a mapping of texts to texts.

    Parameters
    ----------
    value : object
        From JSON.

    Returns
    -------
    dict of str to str
        The same.

    Raises
    ------
    TypeError
        If it is none.
    """
    return mapping(value, _text)


def counts(value: object) -> dict[str, dict[str, int]]:
    """Check counts by source.

    Parameters
    ----------
    value : object
        From JSON.

    Returns
    -------
    dict of str to dict of str to int
        The same.

    Raises
    ------
    TypeError
        If it is none.
    """
    return mapping(value, lambda inner: mapping(inner, _whole))


def made(of: type[T], found: object, **given: Any) -> T:
    """Make a dataclass of single values.

    Parameters
    ----------
    of : type
        Its type.
    found : object
        A mapping from JSON; keys that are not known are left out.
    **given : object
        Fields that are ready.

    Returns
    -------
    object
        Of that type.

    Raises
    ------
    TypeError
        If a field is missing or holds something else than it is for.
    """
    if not isinstance(found, dict):
        raise TypeError(f"no mapping for {of.__name__}")
    values = dict(given)
    for item in fields(of):  # type: ignore[arg-type]
        if item.name not in values:
            if item.name not in found:
                raise TypeError(f"{item.name} is missing")
            try:
                values[item.name] = _READERS[str(item.type)](found[item.name])
            except TypeError as error:
                raise TypeError(f"{item.name}: {error}") from None
    return of(**values)
