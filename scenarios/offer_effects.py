"""What a case of a brokered programme does, from its evidence row to the unit of its one channel."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

from model.arrangements import Channel
from scenarios import effects, evidence, strict_yaml, values
from scenarios.errors import BadInput
from scenarios.quantities import Quantity, read_quantity

BETWEEN_SCHOOLS = "teaching_practice_icc"
"""Row: share of the variance of teaching practice that lies between schools."""

_ATTAINMENT = ("SD", "SD of language", "months", "months of reading age")
_PRACTICE, _ATTENDANCE = ("SD of practice",), ("percentage points",)

KEYS = {
    Channel.PUPIL_DIRECT: ("literacy", "maths"),
    Channel.WHOLE_SCHOOL: ("attainment", "practice"),
    Channel.LEADERSHIP: ("attainment", "practice"),
    Channel.WIDER_NEEDS: ("absence",),
}
"""Effects that a channel may have: it acts in one way only."""

FIELDS = {
    "literacy": "literacy_sd",
    "maths": "maths_sd",
    "attainment": "attainment_sd",
    "practice": "practice_sd",
    "absence": "absence_points",
}
"""Where each goes in ``model.arrangements.Offer``."""

_UNITS = {
    "literacy": (1.0, "pupil SD", _ATTAINMENT),
    "maths": (1.0, "pupil SD", _ATTAINMENT),
    "attainment": (1.0, "pupil SD", _ATTAINMENT),
    "practice": (3.0, "between-school SD of practice", _PRACTICE),
    "absence": (10.0, "percentage points of half-days, below 0 for less absence", _ATTENDANCE),
}


class OfferEffect(NamedTuple):
    """One effect: ``key`` of ``FIELDS`` and the figure or rows it rests on."""

    key: str
    quantity: Quantity


def read_effects(found: object, channel: Channel, where: str) -> tuple[OfferEffect, ...]:
    """Read what a programme file says its cases do.

    Parameters
    ----------
    found : object
        A mapping, or nothing: the general prior on attainment.
    channel : Channel
        The one way it acts.
    where : str
        The file and key, for messages.

    Returns
    -------
    tuple of OfferEffect
        At least one.

    Raises
    ------
    BadInput
        If an effect does not belong to the channel, or rests on nothing that may be an input.
    """
    if found is None and channel is not Channel.WIDER_NEEDS:
        prior = Quantity(1.0, (effects.PRIOR,))
        keys = KEYS[channel] if channel is Channel.PUPIL_DIRECT else ("attainment",)
        return tuple(OfferEffect(key, prior) for key in keys)
    allowed = KEYS[channel]
    if not isinstance(found, Mapping) or not found:
        raise BadInput(
            "is not an effect", where=where, found=values.shown(found),
            allowed=f"{' or '.join(allowed)}, each an evidence row or a number",
        )  # fmt: skip
    strict_yaml.only_keys(dict(found), allowed, where)
    if channel is not Channel.PUPIL_DIRECT and len(found) > 1:
        raise BadInput(
            "counts one gain twice", where=where, found=" and ".join(found), allowed=f"{' or '.join(allowed)}"
        )
    return tuple(OfferEffect(key, _quantity(key, item, f"{where}.{key}")) for key, item in found.items())


def _quantity(key: str, found: object, where: str) -> Quantity:
    most, unit, units = _UNITS[key]
    return read_quantity(found, where, -most, most, unit, units)


def in_unit(effect: OfferEffect, programme: str, level: str, read: Callable[[str], float]) -> float:
    """Read an effect in one draw, under trial conditions, in the unit of its field.

    Parameters
    ----------
    effect : OfferEffect
        The effect.
    programme : str
        Whose it is: programmes that share the general prior are drawn apart.
    level : str
        ``strong``, ``moderate`` or ``all``: an effect on weaker evidence is zero.
    read : Callable
        Value of an evidence row in the draw, by id.

    Returns
    -------
    float
        Pupil SD; between-school SD of practice; or percentage points of absence (below 0: less).
    """
    quantity = effect.quantity
    if not quantity.admitted(level):
        return 0.0
    if not quantity.rows:
        return quantity.factor

    def apart(row: str) -> float:
        return read(f"{row}@{programme}" if row == effects.PRIOR else row)

    found = quantity.value(apart)
    if effect.key == "practice":
        return found / math.sqrt(read(BETWEEN_SCHOOLS))
    if effect.key == "absence":
        return -found
    months = evidence.rows()[quantity.rows[0]].unit.startswith("months")
    return effects.months_in_sd(found, read) if months else found


def written(effects_of: tuple[OfferEffect, ...]) -> dict[str, object]:
    """Write effects as they are read.

    Parameters
    ----------
    effects_of : tuple of OfferEffect
        Of one programme.

    Returns
    -------
    dict of str to object
        By key.
    """
    return {effect.key: effect.quantity.written() for effect in effects_of}
