"""Parameters of who joins, stays and leaves; votes; the member survey; the leadership pipeline."""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import EFFECT, Declared, parameter


@dataclass(frozen=True, kw_only=True)
class MembershipParameters(Declared):
    """Who joins, stays and leaves; votes; the member survey; the leadership pipeline."""

    value_weight: float = parameter(
        0.5,
        unit="log odds per GBP 10 a pupil a year",
        bounds=(0.0, 2.0),
        source="membership_value_weight",
        description="how far what a school gets, less what it gives, moves it to belong",
    )
    support_worth: float = parameter(
        300.0,
        unit="GBP per teaching week",
        bounds=(0.0, 1000.0),
        source="membership_support_worth",
        description="what a teaching week of support is worth to the school that has it",
    )
    network_worth: float = parameter(
        10.0,
        unit="GBP a pupil a year",
        bounds=(0.0, 50.0),
        source="membership_network_worth",
        description="what ties of full strength to other schools are worth",
    )
    seen_worth: float = parameter(
        3.0,
        unit="GBP a pupil a year",
        bounds=(0.0, 20.0),
        source="membership_seen_worth",
        description="what it is worth to be seen as one is: advice and warnings that fit",
    )
    own_share: float = parameter(
        0.3,
        unit="share",
        bounds=(0.0, 1.0),
        source="membership_own_share",
        description="weight of the support that a member had itself against what members like it had",
    )
    memory: float = parameter(
        0.5,
        unit="share a year",
        bounds=(0.0, 0.95),
        source="membership_memory",
        description="part of the benefit felt last year that is still felt a year on",
    )
    day_felt: float = parameter(
        80.0,
        unit="GBP per day",
        bounds=(0.0, 800.0),
        source="membership_day_felt",
        description="what a leader's day with other schools is felt to cost, less what it gives",
    )
    headroom_weight: float = parameter(
        1.0,
        unit="log odds",
        bounds=(0.0, 5.0),
        source="membership_headroom_weight",
        description="how far empty places (share of capacity), and so a tight budget, move a school to leave",
    )
    peer_weight: float = parameter(
        1.0,
        unit="log odds",
        bounds=(0.0, 4.0),
        source="membership_peer_weight",
        description="how far the share of its peers that belong moves a school",
    )
    governor_weight: float = parameter(
        0.3,
        unit="log odds",
        bounds=(0.0, 2.0),
        source="membership_governor_weight",
        description="how far governors who take part raise the odds of staying",
    )
    changed_mind: float = parameter(
        0.05,
        unit="share a year",
        bounds=(0.0, 0.5),
        source="membership_changed_mind",
        description="share of deciders whose attachment to the place is formed anew in a year",
    )
    vote_weight: float = parameter(
        0.5,
        unit="log odds per log odds",
        bounds=(0.0, 2.0),
        source="forum_vote_weight",
        description="how far what maintained schools of a phase get for their money tilts their Forum vote",
    )
    rating_usual: float = parameter(
        8.3,
        unit="points of 10",
        bounds=(6.0, 10.0),
        source="survey_rating_usual",
        description="rating by all members, answering or not, where all is as usual",
    )
    rating_value: float = parameter(
        0.5,
        unit="points per log odds",
        bounds=(0.0, 2.0),
        source="survey_rating_value",
        description="how far a member's rating follows what it gets, less what it gives",
    )
    rating_trust: float = parameter(
        2.0,
        unit="points per unit of mutual trust",
        bounds=(0.0, 6.0),
        source="survey_rating_trust",
        description="how far a member's rating follows its mutual trust",
    )
    rating_spread: float = parameter(
        1.1,
        unit="points of 10",
        bounds=(0.0, 3.0),
        source="survey_rating_spread",
        description="SD of ratings between members who get the same",
    )
    response_usual: float = parameter(
        0.58,
        unit="share",
        bounds=(0.2, 0.95),
        source="survey_response_usual",
        description="share of members that answer whose rating is the usual one",
    )
    response_weight: float = parameter(
        0.35,
        unit="log odds per point",
        bounds=(0.0, 1.5),
        source="survey_response_weight",
        description="how much likelier a member is to answer by each point that it rates higher",
    )
    intern_stays: float = parameter(
        0.8,
        unit="share a year",
        bounds=(0.3, 0.97),
        source="pipeline_intern_stays",
        description="share of leaders prepared for headship who are still there and willing a year on",
    )
    intern_reach: float = parameter(
        0.3,
        unit="per leader a vacancy",
        bounds=(0.0, 1.5),
        source="pipeline_intern_reach",
        description="how far each prepared leader to a headship vacancy makes it be filled by one of them",
    )
    intern_gain: float = parameter(
        0.1,
        unit="SD between heads",
        bounds=(-1.0, 3.0),
        source="pipeline_intern_gain",
        tags=(EFFECT,),
        description="quality of heads whom the place prepared above that of others who apply",
    )
    intern_gbp: float = parameter(
        4000.0,
        unit="GBP, prices of year 0",
        bounds=(0.0, 20000.0),
        source="pipeline_intern_gbp",
        description="what a head in training costs a partnership, beside their salary",
    )
