"""The words of the command line: ``lepsim VERB [NAME...] [key=value ...]``, split before Hydra sees them.

Names of places and paths hold commas, brackets, quotes and equals signs, which Hydra's grammar would read as
its own, so the keys in ``TAKEN_OUT`` are kept as the text the person wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from scenarios.errors import BadInput
from scenarios.values import shown

TAKEN_OUT = (
    "place", "scenario", "scenarios", "la", "data", "out", "run", "actual", "start", "name", "partnerships",
    "report", "school", "schools", "other",
)  # fmt: skip
"""Keys whose text never reaches Hydra (``start`` because Hydra would read ``+2`` as 2)."""

_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*\Z")
_HYDRA_SIGNS = ("++", "+", "~")


class Words(NamedTuple):
    """What follows the verb, split."""

    names: tuple[str, ...]
    settings: dict[str, str]  # key to the text after the first equals sign


def split(words: Sequence[str]) -> Words:
    """Split the words after the verb into names and settings.

    Parameters
    ----------
    words : Sequence[str]
        As the shell gave them.

    Returns
    -------
    Words
        Positional names in order, and the text of each setting.

    Raises
    ------
    BadInput
        If a key is given twice, is malformed or has no value.
    """
    names: list[str] = []
    settings: dict[str, str] = {}
    for word in words:
        key, equals, text = word.partition("=")
        if not equals or key.startswith("-") or not _looks_like_key(key):
            names.append(_name(word))
            continue
        key = _checked_key(key)
        if not text.strip():
            raise BadInput(
                "has no value", where=key, found="nothing after the equals sign", allowed=f"{key}=VALUE"
            )
        if key in settings:
            raise BadInput(
                "is given twice",
                where=key,
                found=f"{shown(settings[key])} and {shown(text)}",
                allowed="one value a setting",
            )
        settings[key] = text
    return Words(tuple(names), settings)


def _looks_like_key(text: str) -> bool:
    """Whether text before an equals sign is meant as a key: anything but a path or a phrase is."""
    return not any(sign in text for sign in ("/", "\\", " "))


def _many(names: Sequence[str]) -> str:
    return "1 name" if len(names) == 1 else f"{len(names)} names"


def _name(word: str) -> str:
    if word.startswith("-"):
        raise BadInput(
            "is not an option of lepsim",
            where=shown(word),
            found="a word that begins with a dash",
            allowed="names, and settings written key=value",
        )
    sign = next((sign for sign in _HYDRA_SIGNS if word.startswith(sign)), None)
    if sign is not None and _looks_like_key(word):
        raise BadInput(
            f"begins with {sign}",
            where=shown(word),
            found="a sign that adds or removes settings",
            allowed="names, and settings written key=value: nothing is added or removed",
        )
    if not word.strip():
        raise BadInput(
            "is empty", where="a name", found="nothing", allowed="a name, or a setting written key=value"
        )
    return word


def _checked_key(key: str) -> str:
    for sign in _HYDRA_SIGNS:
        if key.startswith(sign):
            raise BadInput(
                f"begins with {sign}",
                where=shown(key),
                found="a sign that adds or removes settings",
                allowed=f"{key.lstrip('+~') or 'key'}=VALUE: every setting exists already",
            )
    if not _KEY.match(key):
        raise BadInput(
            "is not the name of a setting",
            where=shown(key),
            found="other signs in the name",
            allowed="letters, figures, _ and . before the equals sign",
        )
    return key


def names_to_settings(
    names: Sequence[str], keys: Sequence[str], settings: dict[str, str]
) -> dict[str, object]:
    """Give positional names their keys; the last key takes all that are left where it is plural.

    Parameters
    ----------
    names : Sequence[str]
        Positional names.
    keys : Sequence[str]
        Keys they stand for, in order; ``scenarios`` may stand for several names.
    settings : dict of str to str
        Settings already given; a key may not be given both ways.

    Returns
    -------
    dict of str to object
        All settings together: text, or a tuple of text for several names.

    Raises
    ------
    BadInput
        If there are more names than keys, or a key is given both ways.
    """
    together: dict[str, object] = dict(settings)
    left = list(names)
    for key in keys:
        if not left:
            break
        if key == "place" and "la" in settings:  # the place is said already: names are scenarios
            continue
        if key in settings:
            raise BadInput(
                "is given twice",
                where=key,
                found=f"{shown(left[0])} and {shown(settings[key])}",
                allowed="one of them",
            )
        if key == "scenarios":
            together[key], left = tuple(left), []
        else:
            together[key] = left.pop(0)
    if left:
        expected = " then ".join(keys) if keys else "no name"
        raise BadInput(
            "is one name too many",
            where=shown(left[0]),
            found=_many(names),
            allowed=f"{expected}; settings are written key=value",
        )
    return together


def refuse_settings(verb: str, settings: Mapping[str, str]) -> None:
    """Refuse settings given to a verb that takes none.

    Parameters
    ----------
    verb : str
        The verb.
    settings : Mapping of str to str
        What was given.

    Raises
    ------
    BadInput
        If anything was.
    """
    for key in settings:
        raise BadInput(
            f"lepsim {verb} takes no settings", where=f"lepsim {verb}", found=shown(key), allowed="names only"
        )


def listed(value: object) -> tuple[str, ...]:
    """Split a list of names written ``a,b`` or ``[a, b]``; a name with a comma goes in quotes.

    Parameters
    ----------
    value : object
        Text, or a sequence of names.

    Returns
    -------
    tuple of str
        The names, without quotes.
    """
    if not isinstance(value, str):
        return tuple(str(item) for item in value) if isinstance(value, Iterable) else (str(value),)
    text = value.strip()
    if text.startswith("[") and text.endswith("]"):
        text = text[1:-1]
    parts = re.findall(r"""\s*("[^"]*"|'[^']*'|[^,]+)\s*(?:,|$)""", text)
    return tuple(part.strip().strip("\"'") for part in parts if part.strip())
