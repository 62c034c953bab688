"""The registry of mechanisms: each one's switch and what stands in its place when it is off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Mechanism(NamedTuple):
    """One switch."""

    name: str
    label: str
    null: str  # what stands in its place when it is off
    evidence: str  # what it rests on


MECHANISMS: tuple[Mechanism, ...] = (
    Mechanism(
        "learning_value_added",
        "Schools differ in what they add to progress",
        "every school adds its LA's mean",
        "calc_school_ks2_rwm_r1, calc_school_p8_sd_net_2019",
    ),
    Mechanism(
        "practice_embedding",
        "Practice wanders and returns to a school's own level",
        "practice stays as in year 0",
        "assumption rows practice_reversion, practice_yearly_sd",
    ),
    Mechanism(
        "practice_turnover",
        "Teachers and headteachers leave, and practice with them",
        "no head leaves; teachers leave at the usual rate everywhere",
        "head_leave_*, head_sd_*, teacher_leave",
    ),
    Mechanism(
        "programmes",
        "Pupil-direct programmes act once for each completed course",
        "nothing is delivered",
        "programme rows; fade_1y, fade_2y",
    ),
    Mechanism(
        "choice",
        "Families and schools sort by standing, faith and selection",
        "only distance and places count",
        "icc_ks4, calc_school_a8_sd_2019",
    ),
    Mechanism(
        "mobility",
        "Some pupils change school each year",
        "no one moves between entry and transition",
        "assumption rows pupil_mobility_*",
    ),
    Mechanism(
        "rolls",
        "Numbers entering Reception change with births",
        "as many enter each year as in year 0",
        "primary_roll_change_national",
    ),
    Mechanism(
        "level_wander",
        "The levels of LAs wander from year to year, as they have",
        "levels stay where they are",
        "calc_la_ks2_gap_r1, calc_la_ks2_gap_r4, calc_la_ks2_gap_change_sd",
    ),
    Mechanism(
        "attendance",
        "Absence above a pupil's own reference costs attainment",
        "absence and attainment go their own ways",
        "absence_slope_ks2, absence_slope_ks4",
    ),
)

NAMES: tuple[str, ...] = tuple(m.name for m in MECHANISMS)


def switches(changes: Mapping[str, bool] | None) -> dict[str, bool]:
    """Give every mechanism's switch: on unless changed.

    Parameters
    ----------
    changes : mapping of str to bool, optional
        Switches that differ from on.

    Returns
    -------
    dict of str to bool
        All switches.

    Raises
    ------
    KeyError
        If a name is not a mechanism.
    """
    state = dict.fromkeys(NAMES, True)
    for name, value in (changes or {}).items():
        if name not in state:
            raise KeyError(name)
        state[name] = value
    return state
