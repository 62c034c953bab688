"""Parameters of what stakes do to tests, rolls, staff and choice."""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import EFFECT, Declared, parameter


@dataclass(frozen=True, kw_only=True)
class PressureParameters(Declared):
    """What stakes do to tests, rolls, staff and choice; all stakes run from 0 (none) to 1 (highest)."""

    inflation_ks2: float = parameter(
        0.03,
        unit="pupil SD",
        bounds=(-0.5, 1.0),
        source="pressure_inflation_ks2",
        tags=(EFFECT,),
        description="rise in Key Stage 2 scores without learning, at the highest stakes",
    )
    inflation_ks4: float = parameter(
        0.02,
        unit="pupil SD",
        bounds=(-0.5, 1.0),
        source="pressure_inflation_ks4",
        tags=(EFFECT,),
        description="rise in Key Stage 4 scores without learning, at the highest stakes",
    )
    off_roll: float = parameter(
        0.02,
        unit="per year",
        bounds=(0.0, 0.5),
        source="pressure_off_roll",
        tags=(EFFECT,),
        description="chance that a low attainer of Years 10 and 11 is moved off the roll, usual stakes",
    )
    off_roll_stakes: float = parameter(
        1.0,
        unit="log odds",
        bounds=(-10.0, 20.0),
        source="pressure_off_roll_stakes",
        tags=(EFFECT,),
        description="added to the odds of being moved off the roll at the highest stakes",
    )
    off_roll_shared: float = parameter(
        -0.3,
        unit="log odds",
        bounds=(-10.0, 10.0),
        source="pressure_off_roll_shared",
        tags=(EFFECT,),
        description="added to these odds where schools answer together for pupils who are hard to place",
    )
    head_leave_stakes: float = parameter(
        0.8,
        unit="log odds",
        bounds=(-10.0, 20.0),
        source="pressure_head_leave_stakes",
        tags=(EFFECT,),
        description="added to the odds that a head leaves at the highest stakes",
    )
    teacher_leave_stakes: float = parameter(
        0.3,
        unit="log odds",
        bounds=(-10.0, 10.0),
        source="pressure_teacher_leave_stakes",
        tags=(EFFECT,),
        description="added to the odds that a teacher leaves at the highest stakes",
    )
    pull_judgement: float = parameter(
        0.08,
        unit="log odds",
        bounds=(-5.0, 5.0),
        source="pressure_pull_judgement",
        tags=(EFFECT,),
        description="odds of choosing a school judged good; taken off where it is of concern",
    )
    pull_results: float = parameter(
        0.04,
        unit="log odds per SD between schools",
        bounds=(-5.0, 5.0),
        source="pressure_pull_results",
        tags=(EFFECT,),
        description="added to a family's odds of choosing a school for each SD of its results",
    )
    room: float = parameter(
        0.1,
        unit="share of capacity",
        bounds=(0.01, 1.0),
        source="pressure_room",
        description="pupils beyond the planned number at which a wanted school can take no more",
    )
