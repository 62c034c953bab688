"""Published package evaluations and how the model repeats them."""

from __future__ import annotations

from calibration.package_arms import (
    ALLIANCE,
    CHALLENGE,
    REVIEW,
    area_programme,
    participants,
    with_rise_now,
    without_rise,
)
from calibration.package_worlds import (
    Package,
    everyone,
    helped,
    into_federations,
    into_trusts,
    lead_schools,
    maintained,
    members,
)
from model.arrangements import Arrangement
from model.place import Phase

_OPPORTUNITY_AREA_GBP = 50.0
"""GBP a pupil a year: about two million a year (row oa_spend_area_year) for the 38,000 pupils of an area."""


def _stands(stands: Arrangement) -> Arrangement:
    return stands


def _challenge(stands: Arrangement) -> Arrangement:
    return participants(stands, CHALLENGE)


def _review(stands: Arrangement) -> Arrangement:
    return participants(stands, REVIEW)


def _alliance(stands: Arrangement) -> Arrangement:
    return participants(stands, ALLIANCE, supporting=1.5)


PACKAGES: tuple[Package, ...] = (
    Package(
        name="Challenge the Gap, all pupils", row="collab_attain_overall", years=2, yearly=True,
        without=participants, with_it=_challenge, who=members,
    ),
    Package(
        name="Challenge the Gap, primary FSM", row="collab_attain_fsm_primary", years=2, yearly=True,
        without=participants, with_it=_challenge, who=members, phase=Phase.PRIMARY, group="disadvantaged",
    ),
    Package(
        name="Challenge the Gap, secondary FSM", row="collab_attain_fsm_secondary", years=2, yearly=True,
        without=participants, with_it=_challenge, who=members, phase=Phase.SECONDARY, group="disadvantaged",
    ),
    Package(
        name="teaching-school alliances, alliance schools", row="teaching_school_attain", years=3,
        yearly=True, without=participants, with_it=_alliance, who=members,
    ),
    Package(
        name="teaching-school alliances, lead schools", row="teaching_school_lead_gain", years=3,
        yearly=True, without=participants, with_it=_alliance, who=lead_schools,
    ),
    Package(
        name="peer review", row="peer_review_attain", years=3, yearly=True, without=participants,
        with_it=_review, who=members,
    ),
    Package(
        name="joining a trust (8 schools)", row="mat_attain_overall", years=5, without=_stands,
        who=maintained, chosen=maintained, treat=into_trusts(8),
    ),
    Package(
        name="joining a small trust (5)", row="mat_attain_small", years=5, without=_stands,
        who=maintained, chosen=maintained, treat=into_trusts(5),
    ),
    Package(
        name="joining a large trust (40), secondary", row="mat_attain_large_secondary", years=5,
        without=_stands, who=maintained, chosen=maintained, treat=into_trusts(40), phase=Phase.SECONDARY,
    ),
    Package(
        name="federating", row="federation_attain", years=4, without=_stands, who=maintained,
        chosen=maintained, treat=into_federations,
    ),
    Package(
        name="federating, gap", row="federation_gap_effect", years=4, without=_stands, who=maintained,
        chosen=maintained, treat=into_federations, group="gap",
    ),
    Package(
        name="targeted RISE", row="rise_attain_effect", years=2, yearly=True, without=without_rise,
        with_it=with_rise_now, who=helped,
    ),
    Package(
        name="Opportunity Areas", row="oa_attain", years=3, without=_stands,
        with_it=area_programme(_OPPORTUNITY_AREA_GBP, 9), who=everyone,
    ),
)  # fmt: skip
"""In the order of the evidence table."""
