"""Parameters of what support leaves behind in a school: supported and embedded practice, courses, absence.

That support may do nothing or harm enters with each offer's own effect and with a provider's quality, which
may be below zero; here the ranges of erosion, of what is lost where staff change and of schools' own shares
include zero.
"""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import Declared, parameter


@dataclass(frozen=True, kw_only=True)
class SupportParameters(Declared):
    """How support raises practice, embeds and fades; what schools do with money of their own."""

    embed_share: float = parameter(
        0.1,
        unit="share a term",
        bounds=(0.0, 1.0),
        source="embed_share_term",
        description="part of supported practice that embeds in a term of support",
    )
    practice_gain: float = parameter(
        1.0,
        unit="multiplier",
        bounds=(0.0, 20.0),
        source="support_practice_gain",
        description="multiplier of what support adds to practice; effects= multiplies the offers themselves",
    )
    half_life_years: float = parameter(
        1.5,
        unit="years",
        bounds=(0.1, 20.0),
        source="support_half_life",
        description="time in which supported practice halves once support has ended",
    )
    half_gain_cases: float = parameter(
        1.5,
        unit="whole cases",
        bounds=(0.1, 1e6),
        source="support_half_gain_cases",
        description="what support has brought, in whole cases of its kind, at which a further gain halves",
    )
    absorption_turnover: float = parameter(
        2.0,
        unit="share of a gain per unit share",
        bounds=(0.0, 10.0),
        source="support_absorption_turnover",
        description="part of a gain lost for each unit of teacher turnover above the place's usual",
    )
    absorption_new_head: float = parameter(
        0.2,
        unit="share of a gain",
        bounds=(0.0, 1.0),
        source="support_absorption_new_head",
        description="part of a gain lost in a new head's first year, unless support is for new heads",
    )
    turnover_loss: float = parameter(
        0.5,
        unit="share",
        bounds=(0.0, 1.0),
        source="support_turnover_loss",
        description="part of what support embedded in leaving teachers' work that goes with them",
    )
    new_head_loss: float = parameter(
        0.1,
        unit="share",
        bounds=(0.0, 1.0),
        source="support_new_head_loss",
        description="part of what support embedded that is dropped when the headteacher changes",
    )
    attendance_convert: float = parameter(
        0.66,
        unit="share of pupils",
        bounds=(0.0, 1.0),
        source="attendance_mentor_convert",
        description="share of pupils referred for support with attendance who start it",
    )
    spend_on_tuition: float = parameter(
        0.15,
        unit="share of money",
        bounds=(0.0, 0.5),
        source="school_spend_tuition",
        description="part of money handed to schools that they spend on tuition of their own",
    )
    spend_on_support: float = parameter(
        0.15,
        unit="share of money",
        bounds=(0.0, 0.5),
        source="school_spend_support",
        description="part of money handed to schools that they spend on support that each buys alone",
    )
    tuition_on_target: float = parameter(
        0.46,
        unit="share of places",
        bounds=(0.0, 1.0),
        source="ntp_reach_pp_share",
        description="share of the places of tuition led by schools that go to the pupils it is for",
    )
    bought_alone_delay: float = parameter(
        1.0,
        unit="terms",
        bounds=(0.0, 6.0),
        source="school_spend_delay",
        description="time from a school having the money for support to its beginning",
    )
    bought_alone_loss: float = parameter(
        0.1,
        unit="share of effect",
        bounds=(0.0, 0.9),
        source="bought_alone_quality_loss",
        description="part of an effect lost as specialists hired by one school are newer and unsupervised",
    )
