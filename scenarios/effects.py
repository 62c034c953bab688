"""The effect of one course of a programme, from its evidence row to pupil SD at the scale it is delivered."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from typing import NamedTuple

from scenarios import evidence, values
from scenarios.errors import BadInput

PRIOR = "prog_effect_prior"
"""Row for a programme that has no row of its own."""

DISCOUNT = "scaleup_discount"
"""Row that an effect found in trials is multiplied by when many schools deliver it."""

MOST_MONTHS = 6
LARGEST_SD = 1.0
"""Greatest effect that may be typed in instead of an evidence row, pupil SD either way."""

_UNITS = ("SD", "SD of language", "months")


class Effect(NamedTuple):
    """An effect in one domain: an evidence row, or a figure in pupil SD where ``row`` is empty."""

    row: str
    figure_sd: float


def read_effect(found: object, where: str) -> Effect:
    """Read what a programme file says about an effect.

    Parameters
    ----------
    found : object
        An evidence row id, or a number in pupil SD.
    where : str
        The file and key, for the message.

    Returns
    -------
    Effect
        The effect.

    Raises
    ------
    BadInput
        If the row may not be an input, is not in a unit of attainment, or the number is out of range.
    """
    if not isinstance(found, str) or values.is_number(found):
        return Effect(
            "", values.number(found, where, -LARGEST_SD, LARGEST_SD, "pupil SD, or the id of an evidence row")
        )
    row = evidence.input_row(found, where)
    if row.unit not in _UNITS:
        raise BadInput(
            f"evidence row {row.id} is not an effect on attainment",
            where=where,
            found=f"unit {row.unit}",
            allowed=", ".join(_UNITS),
        )
    return Effect(row.id, 0.0)


def in_sd(effect: Effect, programme: str, level: str, read: Callable[[str], float]) -> float:
    """Read an effect in a draw, under trial conditions.

    Parameters
    ----------
    effect : Effect
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
        Pupil SD at the end of the course.
    """
    if not effect.row:
        return effect.figure_sd if evidence.admits(level, "assumption") else 0.0
    row = evidence.rows()[effect.row]
    if not evidence.admits(level, row.strength):
        return 0.0
    found = read(f"{row.id}@{programme}" if row.id == PRIOR else row.id)
    return months_in_sd(found, read) if row.unit == "months" else found


def months_in_sd(months: float, read: Callable[[str], float]) -> float:
    """Convert months of progress to pupil SD by the Education Endowment Foundation's table for programmes.

    Parameters
    ----------
    months : float
        Months of additional progress, -6 to 6; further is held at 6.
    read : Callable
        Value of an evidence row, by id.

    Returns
    -------
    float
        Pupil SD, straight between the rows ``months_to_sd_0`` to ``months_to_sd_6``; the same below zero.
    """
    size = min(abs(months), float(MOST_MONTHS))
    upper = max(1, bisect_left(range(MOST_MONTHS + 1), size))
    below, above = read(f"months_to_sd_{upper - 1}"), read(f"months_to_sd_{upper}")
    found = below + (size - (upper - 1)) * (above - below)
    return found if months >= 0 else -found
