"""Parameters of intelligence and brokerage: what is seen, how cases are taken up, and who delivers.

Effects may be nothing or harm: a provider team's quality may lie below zero, what a supporting school gains
is centred on nothing, and the gain of matching by someone who knows the place reaches down to none.
"""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import EFFECT, Declared, parameter


@dataclass(frozen=True, kw_only=True)
class BrokerageParameters(Declared):
    """How need is seen and cases move from being identified to being evidenced."""

    match_quality_gain: float = parameter(
        0.15,
        unit="share of effect",
        bounds=(0.0, 0.9),
        source="broker_match_quality_gain",
        description="part of a programme's effect lost where no broker who knows the place matches it",
    )
    team_setup_months: float = parameter(
        3.0,
        unit="months",
        bounds=(0.0, 12.0),
        source="setup_months",
        description="months that a provider team which takes over a programme spends on setting up",
    )
    openness_usual: float = parameter(
        0.6,
        unit="0 to 1",
        bounds=(0.05, 0.95),
        source="brokerage_openness_usual",
        description="openness to support of a usual school",
    )
    trust_usual: float = parameter(
        0.5,
        unit="0 to 1",
        bounds=(0.05, 0.95),
        source="brokerage_trust_usual",
        description="trust of a usual school in other schools and in the broker",
    )
    stakes_usual: float = parameter(
        0.4,
        unit="0 to 1",
        bounds=(0.05, 0.95),
        source="brokerage_stakes_usual",
        description="how much a usual school has to fear from being seen to need help",
    )
    rigour_usual: float = parameter(
        0.5,
        unit="0 to 1",
        bounds=(0.05, 0.95),
        source="brokerage_rigour_usual",
        description="rigour of a usual school in judging itself",
    )
    disposition_spread: float = parameter(
        1.0,
        unit="log odds",
        bounds=(0.0, 2.0),
        source="brokerage_disposition_spread",
        description="SD between schools of each disposition",
    )
    stakes_by_standing: float = parameter(
        0.8,
        unit="log odds per SD",
        bounds=(0.0, 2.0),
        source="brokerage_stakes_by_standing",
        description="how much higher stakes are in a school of poor standing",
    )
    accept_usual: float = parameter(
        0.75,
        unit="probability",
        bounds=(0.05, 0.99),
        source="brokerage_accept_usual",
        description="chance that a usual school accepts support it is offered",
    )
    accept_openness: float = parameter(
        2.0,
        unit="log odds per unit",
        bounds=(0.0, 5.0),
        source="brokerage_accept_openness",
        description="how acceptance rises with openness",
    )
    accept_trust: float = parameter(
        1.5,
        unit="log odds per unit",
        bounds=(0.0, 4.0),
        source="brokerage_accept_trust",
        description="how acceptance rises with trust",
    )
    accept_stakes: float = parameter(
        -1.0,
        unit="log odds per unit",
        bounds=(-4.0, 2.0),
        source="brokerage_accept_stakes",
        description="how acceptance changes with stakes",
    )
    accept_rigour: float = parameter(
        0.5,
        unit="log odds per unit",
        bounds=(-2.0, 3.0),
        source="brokerage_accept_rigour",
        description="how acceptance changes with rigour",
    )
    seeing_error_sd: float = parameter(
        0.9,
        unit="between-school SD",
        bounds=(0.0, 2.0),
        source="brokerage_seeing_error_sd",
        description="error of what is seen in a term of a school's practice from outside",
    )
    seeing_gain_data: float = parameter(
        0.3,
        unit="share of error",
        bounds=(0.0, 0.9),
        source="brokerage_seeing_gain_data",
        description="part of the error taken away by full sharing of data",
    )
    seeing_gain_participation: float = parameter(
        0.2,
        unit="share of error",
        bounds=(0.0, 0.9),
        source="brokerage_seeing_gain_participation",
        description="part of the error taken away by taking part in joint work",
    )
    seeing_gain_visits: float = parameter(
        0.4,
        unit="share of error",
        bounds=(0.0, 0.9),
        source="brokerage_seeing_gain_visits",
        description="part of the error taken away by regular visits of a broker",
    )
    seeing_gain_member: float = parameter(
        0.1,
        unit="share of error",
        bounds=(0.0, 0.9),
        source="brokerage_seeing_gain_member",
        description="part of the error taken away by membership alone",
    )
    seeing_error_floor: float = parameter(
        0.25,
        unit="between-school SD",
        bounds=(0.0, 1.0),
        source="brokerage_seeing_error_floor",
        description="error that no source takes away in one term",
    )
    seen_moves_sd: float = parameter(
        0.15,
        unit="between-school SD a term",
        bounds=(0.0, 0.6),
        source="brokerage_seen_moves_sd",
        description="how fast what was seen goes stale",
    )
    evidence_error_sd: float = parameter(
        0.3,
        unit="between-school SD",
        bounds=(0.0, 1.0),
        source="brokerage_evidence_error_sd",
        description="error of what a completed case shows of a school's practice",
    )
    self_view_error_sd: float = parameter(
        0.6,
        unit="between-school SD",
        bounds=(0.0, 1.5),
        source="brokerage_self_view_error_sd",
        description="error of a school's own view of its practice",
    )
    schools_per_broker: float = parameter(
        40.0,
        unit="schools",
        bounds=(5.0, 150.0),
        source="brokerage_schools_per_broker",
        description="schools that one whole-time broker can know by regular visits",
    )
    need_threshold: float = parameter(
        0.25,
        unit="between-school SD",
        bounds=(0.0, 2.0),
        source="brokerage_need_threshold",
        description="how far below the usual practice counts as a need",
    )
    notice_chance: float = parameter(
        0.5,
        unit="per term",
        bounds=(0.0, 1.0),
        source="brokerage_notice_chance",
        description="chance a term that a need seen by a broker is raised, where the broker knows the place",
    )
    spare_threshold: float = parameter(
        0.0,
        unit="between-school SD",
        bounds=(-1.0, 2.0),
        source="brokerage_spare_threshold",
        description="how far below the usual practice a school must lie to be offered places that stand free",
    )
    spare_chance: float = parameter(
        0.8,
        unit="per term",
        bounds=(0.0, 1.0),
        source="brokerage_spare_chance",
        description="chance a term that a need seen by a broker is raised while places stand free",
    )
    self_referral_chance: float = parameter(
        0.08,
        unit="per term",
        bounds=(0.0, 1.0),
        source="brokerage_self_referral_chance",
        description="chance a term that a fully open school asks for help with a need it sees",
    )
    disadvantage_weight: float = parameter(
        1.0,
        unit="power",
        bounds=(0.0, 3.0),
        source="brokerage_disadvantage_weight",
        description="how priority rises with the disadvantaged share of the intake",
    )
    risk_weight: float = parameter(
        0.5,
        unit="share",
        bounds=(0.0, 2.0),
        source="brokerage_risk_weight",
        description="how much flags from attendance, staffing and inspection add to priority",
    )
    cases_per_broker_term: float = parameter(
        10.0,
        unit="cases a term",
        bounds=(0.0, 60.0),
        source="brokerage_cases_per_broker_term",
        description="new cases that one whole-time broker can take up in a term",
    )
    board_weeks: float = parameter(
        4.0,
        unit="teaching weeks",
        bounds=(0.5, 13.0),
        source="brokerage_board_weeks",
        description="teaching weeks from one triage board to the next",
    )
    conversation_weeks: float = parameter(
        3.0,
        unit="teaching weeks",
        bounds=(0.0, 13.0),
        source="brokerage_conversation_weeks",
        description="mean teaching weeks from triage to a school's answer",
    )
    finding_weeks: float = parameter(
        12.0,
        unit="teaching weeks",
        bounds=(0.0, 60.0),
        source="brokerage_finding_weeks",
        description="mean teaching weeks in which a school finds support by itself",
    )
    non_member_priority: float = parameter(
        0.5,
        unit="share",
        bounds=(0.0, 1.0),
        source="brokerage_non_member_priority",
        description="priority of a school outside the partnership against a member in like need",
    )
    queue_limit: float = parameter(
        0.75,
        unit="cases waiting per slot",
        bounds=(0.0, 5.0),
        source="brokerage_queue_limit",
        description="queue at which those who ask of themselves are turned away",
    )
    wait_limit_weeks: float = parameter(
        39.0,
        unit="teaching weeks",
        bounds=(1.0, 156.0),
        source="brokerage_wait_limit_weeks",
        description="wait for a first visit after which a case is given up and counts as turned away",
    )
    interrupted_limit_weeks: float = parameter(
        26.0,
        unit="teaching weeks",
        bounds=(1.0, 156.0),
        source="brokerage_interrupted_limit_weeks",
        description="wait for someone to take over an interrupted case after which it is abandoned",
    )
    provider_quality_sd: float = parameter(
        0.35,
        unit="share of usual effect",
        bounds=(0.0, 1.5),
        source="brokerage_provider_quality_sd",
        description="SD of the quality of provider teams about the usual",
    )
    review_error_sd: float = parameter(
        0.4,
        unit="share of usual effect",
        bounds=(0.0, 2.0),
        source="brokerage_review_error_sd",
        description="error of what one case or review shows of a provider's quality",
    )
    poor_quality: float = parameter(
        0.5,
        unit="share of usual effect",
        bounds=(-0.5, 1.0),
        source="brokerage_poor_quality",
        description="quality below which a provider is seen as poor at a review",
    )
    rebroker_chance: float = parameter(
        0.25,
        unit="probability",
        bounds=(0.0, 1.0),
        source="brokerage_rebroker_chance",
        description="chance that a case with a provider seen as poor goes to another, where there is one",
    )
    handover_weeks: float = parameter(
        2.0,
        unit="teaching weeks",
        bounds=(0.0, 13.0),
        source="brokerage_handover_weeks",
        description="teaching weeks that a new provider needs in a case another has begun",
    )
    longest_case: float = parameter(
        1.5,
        unit="ratio",
        bounds=(1.0, 4.0),
        source="brokerage_longest_case",
        description="longest time of a case in delivery over its planned length",
    )
    enough_delivered: float = parameter(
        0.75,
        unit="share",
        bounds=(0.0, 1.0),
        source="brokerage_enough_delivered",
        description="share of a case delivered by its longest time that counts as completed",
    )
    return_terms: float = parameter(
        3.0,
        unit="terms",
        bounds=(1.0, 9.0),
        source="brokerage_return_terms",
        description="terms after a case before the same need of a school may be raised again",
    )
    supporting_cost: float = parameter(
        0.02,
        unit="between-school SD a year",
        bounds=(0.0, 1.0),
        source="brokerage_supporting_cost",
        tags=(EFFECT,),
        description="practice that a supporting school loses for each case it carries for a year",
    )
    supporting_gain: float = parameter(
        0.0,
        unit="between-school SD a year",
        bounds=(-1.0, 1.0),
        source="brokerage_supporting_gain",
        tags=(EFFECT,),
        description="practice that a supporting school gains for each case it carries for a year",
    )
