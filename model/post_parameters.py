"""Parameters of specialist posts: leaving, filling, settling in, and the labour pools they draw on.

Only what a school loses with its specialist acts on schools directly, and it may be nothing; else posts act
through support alone. Ranges of what short funding costs include no cost and, for the field that applies, a
gain: a shorter horizon is not assumed to be worse.
"""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import EFFECT, Declared, parameter


@dataclass(frozen=True, kw_only=True)
class PostParameters(Declared):
    """Who leaves, who comes, and how long a newcomer takes to be of full use."""

    leave_permanent: float = parameter(
        0.12,
        unit="chance a year",
        bounds=(0.0, 0.9),
        source="specialist_leave_permanent",
        description="chance that a specialist leaves a permanent post, or one funded for five years or more",
    )
    leave_3y: float = parameter(
        0.16,
        unit="chance a year",
        bounds=(0.0, 0.9),
        source="specialist_leave_3y",
        description="chance that a specialist leaves a post funded for three years, before its last months",
    )
    leave_1y: float = parameter(
        0.3,
        unit="chance a year",
        bounds=(0.0, 0.95),
        source="specialist_leave_1y",
        description="chance that a specialist leaves a post funded for one year, before its last months",
    )
    final_exit: float = parameter(
        0.15,
        unit="probability",
        bounds=(0.0, 0.9),
        source="final_year_exit_extra",
        description="extra chance of leaving in the last two terms of certain funding while no more is "
        "decided",
    )
    setup_months: float = parameter(
        3.0,
        unit="months",
        bounds=(0.1, 12.0),
        source="setup_months",
        description="months until a newcomer is of full use: induction and relationships with schools",
    )
    fill_first: float = parameter(
        0.7,
        unit="chance a term",
        bounds=(0.0, 1.0),
        source="post_fill_first",
        description="chance that the first advertisement of a permanent post finds someone, at the usual "
        "supply",
    )
    fill_later: float = parameter(
        0.15,
        unit="chance a term",
        bounds=(0.01, 1.0),
        source="post_fill_later",
        description="chance that each later term's search for a permanent post finds someone, at the "
        "usual supply",
    )
    fill_one_year: float = parameter(
        0.85,
        unit="ratio",
        bounds=(0.0, 1.5),
        source="post_fill_one_year",
        description="chance of filling a post funded for one year, over that of a permanent post",
    )
    weaker_field: float = parameter(
        0.1,
        unit="share of usual quality",
        bounds=(-0.5, 0.9),
        source="post_weaker_field",
        description="how much weaker those are who come to posts funded for one year than to permanent ones",
    )
    quality_sd: float = parameter(
        0.25,
        unit="SD, usual quality 1",
        bounds=(0.0, 1.0),
        source="post_quality_sd",
        description="SD between specialists of the quality of their work",
    )
    newly_trained_loss: float = parameter(
        0.2,
        unit="share of usual quality",
        bounds=(-0.5, 0.9),
        source="post_newly_trained_loss",
        description="how much weaker newly qualified specialists are who work on their own",
    )
    supervision_gain: float = parameter(
        0.6,
        unit="share",
        bounds=(0.0, 1.0),
        source="post_supervision_gain",
        description="share of a newly qualified specialist's weakness that a colleague of the same kind "
        "or a broker makes good",
    )
    secondment: float = parameter(
        0.3,
        unit="share",
        bounds=(0.0, 1.0),
        source="post_secondment",
        description="share of those who come from a school of the place to a post of limited funding who "
        "are seconded",
    )
    notice_leave: float = parameter(
        0.25,
        unit="chance a term",
        bounds=(0.0, 1.0),
        source="post_notice_leave",
        description="chance that someone under notice goes before it ends",
    )
    specialists: float = parameter(
        4.0,
        unit="people per 10,000 pupils",
        bounds=(0.5, 50.0),
        source="pool_specialists",
        description="people of one field who are not teachers, at work or looking",
    )
    teachers: float = parameter(
        15.0,
        unit="people per 10,000 pupils",
        bounds=(1.0, 200.0),
        source="pool_teachers",
        description="teachers with the experience that a post for one field asks for",
    )
    reach_pupils: float = parameter(
        200000.0,
        unit="pupils",
        bounds=(0.0, 3000000.0),
        source="pool_reach_pupils",
        description="pupils of the neighbouring places from which people would come to work here",
    )
    movers: float = parameter(
        0.1,
        unit="share a year",
        bounds=(0.0, 1.0),
        source="pool_movers",
        description="share of those at work elsewhere who would take another post in a year",
    )
    looking: float = parameter(
        0.02,
        unit="share",
        bounds=(0.001, 0.3),
        source="pool_looking",
        description="share of a field who are between posts",
    )
    quitting: float = parameter(
        0.05,
        unit="share a year",
        bounds=(0.0, 0.5),
        source="pool_quitting",
        description="share of those at work elsewhere who leave the field in a year",
    )
    growth: float = parameter(
        0.0,
        unit="share a year",
        bounds=(-0.1, 0.1),
        source="pool_growth",
        description="people newly trained in a year beyond those who leave the field, as a share of it",
    )
    leaver_quits: float = parameter(
        0.25,
        unit="share",
        bounds=(0.0, 1.0),
        source="pool_leaver_quits",
        description="share of those leaving a post who leave the field altogether",
    )
    refill: float = parameter(
        0.2,
        unit="chance a term",
        bounds=(0.01, 1.0),
        source="pool_refill",
        description="chance that a post vacated elsewhere is filled again",
    )
    school_share_teachers: float = parameter(
        0.6,
        unit="share",
        bounds=(0.0, 1.0),
        source="pool_school_share_teachers",
        description="of teachers who would move here, the share who work at schools of the place",
    )
    school_share: float = parameter(
        0.2,
        unit="share",
        bounds=(0.0, 0.4),
        source="pool_school_share",
        description="of specialists who are not teachers and would move here, the share who work at "
        "schools of the place",
    )
    health_share: float = parameter(
        0.5,
        unit="share",
        bounds=(0.0, 0.6),
        source="pool_health_share",
        description="of specialists who are not teachers and would move here, the share who work for the "
        "health service",
    )
    school_loss: float = parameter(
        0.05,
        unit="between-school SD",
        bounds=(0.0, 2.0),
        source="pool_school_loss",
        tags=(EFFECT,),
        description="practice in one domain that a school loses with the specialist who leaves it for a post",
    )
