"""The value of each setting, read by its kind; members of groups are checked against what there is."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios import catalogue, dates, values
from scenarios.catalogue import Setting
from scenarios.errors import BadInput, UnknownName, nearest

MOST_EFFECTS = 10.0
_EFFECTS = {"evidence": 1.0, "zero": 0.0}


def read(setting: Setting, found: object) -> object:
    """Read one value by the kind of its setting; ``names`` are read with the other scenario settings.

    Parameters
    ----------
    setting : Setting
        Its declaration.
    found : object
        What was given.

    Returns
    -------
    object
        The value in its own type.

    Raises
    ------
    BadInput
        If it cannot be used.
    """
    key = setting.key
    if setting.kind == "whole":
        return values.whole(found, key, setting.low, setting.high, setting.unit)
    if setting.kind == "choice":
        return values.choice(found, key, setting.choices)
    readers = {"switch": values.switch, "date": dates.read_start, "effects": _effects, "text": _text}
    return readers[setting.kind](found, key) if setting.kind in readers else found


def _text(found: object, key: str) -> str:
    """Read text; a number is text too, as in ``place=307``."""
    return values.text(str(found) if isinstance(found, int) and not isinstance(found, bool) else found, key)


def _effects(found: object, key: str) -> float:
    word = found.lower() if isinstance(found, str) else ""
    if word in _EFFECTS:
        return _EFFECTS[word]
    try:
        return values.number(found, key, 0.0, MOST_EFFECTS)
    except BadInput:
        raise BadInput(
            "cannot be used", where=key, found=values.shown(found),
            allowed=f"evidence, zero, or a multiplier from 0 to {MOST_EFFECTS:g}",
            nearest=nearest(word, catalogue.EFFECT_WORDS),
        ) from None  # fmt: skip


def group(found: object, key: str) -> dict[str, object]:
    """Read the members of a group of settings.

    Parameters
    ----------
    found : object
        A mapping, or nothing.
    key : str
        The group, for messages.

    Returns
    -------
    dict of str to object
        By name; empty for nothing.

    Raises
    ------
    BadInput
        If it is no mapping.
    """
    if found is None:
        return {}
    if not isinstance(found, Mapping):
        raise BadInput("is not a mapping", where=key, found=values.shown(found), allowed=f"{key}.NAME=value")
    return {str(name): value for name, value in found.items()}


def mechanisms(found: object) -> dict[str, bool]:
    """Read the switches of mechanisms.

    Parameters
    ----------
    found : object
        The group, or nothing.

    Returns
    -------
    dict of str to bool
        Whether each one named is on.

    Raises
    ------
    UnknownName
        If there is no such name.
    BadInput
        If a value cannot be used.
    """
    members = group(found, "mechanisms")
    if not members:
        return {}
    from model.mechanisms import MECHANISMS

    known = [mechanism.name for mechanism in MECHANISMS]
    for name in members:
        if name not in known:
            raise UnknownName(
                "there is no such mechanism",
                where=f"mechanisms.{name}",
                found=values.shown(name),
                allowed=", ".join(known),
                nearest=nearest(name, known),
            )
    return {name: values.switch(value, f"mechanisms.{name}") for name, value in members.items()}


def parameters(found: object) -> dict[str, float]:
    """Read values of parameters.

    Parameters
    ----------
    found : object
        The group, or nothing.

    Returns
    -------
    dict of str to float
        By full name, in declared unit and bounds.

    Raises
    ------
    UnknownName
        If there is no such name.
    BadInput
        If a value cannot be used.
    """
    from scenarios.library import parameter_values

    return parameter_values(group(found, "parameters"), "parameters")
