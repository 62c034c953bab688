"""Parameters of targeted national help (RISE): what it does to practice, and who gives it.

Its published near-null (row rise_attain_effect, a package) is a target and no input: the gain in practice is
centred near nil and its range includes harm.
"""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import EFFECT, Declared, parameter


@dataclass(frozen=True, kw_only=True)
class RiseParameters(Declared):
    """What targeted help does, and how help is matched."""

    practice_gain: float = parameter(
        0.05,
        unit="between-school SD a year",
        bounds=(-2.5, 3.5),
        source="rise_practice_gain",
        description="gain in each domain helped, by an organisation of usual quality",
        tags=(EFFECT,),
    )
    supporter_change: float = parameter(
        0.0,
        unit="between-school SD a year",
        bounds=(-0.5, 0.5),
        source="rise_supporter_change",
        description="change in the same domains of the school that supports, for each school it supports",
        tags=(EFFECT,),
    )
    domains_helped: float = parameter(
        3.0,
        unit="practice domains",
        bounds=(1.0, 9.0),
        source="rise_domains_helped",
        description="domains that an adviser's plan is about: those that look weakest",
    )
    diagnosis_error: float = parameter(
        0.6,
        unit="between-school SD",
        bounds=(0.0, 3.0),
        source="rise_diagnosis_error",
        description="SD of the error with which an adviser sees a domain",
    )
    organisation_sd: float = parameter(
        0.5,
        unit="provider quality (1 is usual)",
        bounds=(0.0, 2.0),
        source="rise_organisation_sd",
        description="SD of quality between supporting organisations; below 0 harms",
    )
    strength_km: float = parameter(
        5.0,
        unit="km per SD of results",
        bounds=(0.0, 50.0),
        source="rise_strength_km",
        description="how much farther an organisation may be for each SD of its school's results",
    )
    network_chance: float = parameter(
        0.2,
        unit="chance",
        bounds=(0.0, 1.0),
        source="rise_network_chance",
        description="chance that the organisation proposed is one that employs an adviser",
    )
    displaced_share: float = parameter(
        0.25,
        unit="share of support",
        bounds=(0.0, 1.0),
        source="rise_displaced_share",
        description="part of a partnership's support that a school in targeted help has no room for",
    )
    rest_terms: float = parameter(
        3.0,
        unit="terms",
        bounds=(0.0, 30.0),
        source="rise_rest_terms",
        description="terms after a spell before the same school may be picked again",
    )
