"""Measures of what presses on schools: teachers who leave, pupils moved off rolls, inflated scores."""

from __future__ import annotations

from model.measure import Measure

_EVERYONE = ("all",)
_PARTS = ("all", "gap")

PRESSURE_MEASURES: tuple[Measure, ...] = (
    Measure(
        "teacher_leavers",
        "Teachers who left in the year",
        "per cent",
        "official",
        "lower",
        "annual",
        "mean",
        _EVERYONE,
        "Share of qualified teachers who left state-funded schools, weighted by the pupils of their schools; "
        "the usual rate in year 0",
        "DfE, School workforce in England",
    ),
    Measure(
        "roll_leavers_unexplained",
        "Pupils moved off the roll without explanation",
        "per cent",
        "system",
        "lower",
        "annual",
        "mean",
        _EVERYONE,
        "Share of Year 10 and 11 pupils moved off their school's roll at the start of the year for no reason "
        "of their own, to none of the place's state schools; 0 in year 0, whose published rolls lack them",
        "register of the run",
    ),
    Measure(
        "ks2_rwm_inflation",
        "Expected standard at age 11 without learning",
        "percentage points",
        "index",
        "neither",
        "annual",
        "mean",
        _PARTS,
        "Part of the change since year 0 of the share at the expected standard that rests on inflated scores "
        "and no learning; gap = its part in the gap",
        "model index",
    ),
    Measure(
        "ks4_inflation",
        "Attainment 8 without learning",
        "points",
        "index",
        "neither",
        "annual",
        "mean",
        _PARTS,
        "Part of the change since year 0 of mean Attainment 8 that rests on inflated scores and no learning",
        "model index",
    ),
    Measure(
        "ks4_roll",
        "Attainment 8 from pupils moved off the roll",
        "points",
        "index",
        "neither",
        "annual",
        "mean",
        _PARTS,
        "Mean Attainment 8 of pupils on the roll less that of all who would be, had no one been moved off; "
        "against the usual of year 0",
        "model index",
    ),
)
"""In the order of their columns."""
