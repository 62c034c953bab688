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
        "Programmes act: courses once each, support through practice or attendance",
        "courses are not delivered; support is paid for and does nothing",
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
    Mechanism(
        "quit_hazard",
        "Specialists leave sooner the less funded time is left",
        "everyone leaves as from permanent posts",
        "specialist_leave_1y, specialist_leave_3y, specialist_leave_permanent, final_year_exit_extra",
    ),
    Mechanism(
        "labour_pools",
        "Specialists are few, and a post filled here is vacated elsewhere",
        "whoever is wanted is found at the usual pace, and no one misses them",
        "assumption rows on posts and pools",
    ),
    Mechanism(
        "reserves",
        "Partnerships keep reserves and bridge gaps with them",
        "money unspent goes back, and a gap stops posts at once",
        "assumption rows on reserves",
    ),
    Mechanism(
        "renewal_risk",
        "Awards may not be renewed, and may be cut before their end",
        "every award is renewed in time and paid in full",
        "grant_nonrenewal_1y, grant_competitive, midcontract_cut, midcontract_cut_size",
    ),
    Mechanism(
        "bid_cost",
        "Bids and renewals cost money and brokers' time",
        "bids cost nothing",
        "bid_cost_share",
    ),
    Mechanism(
        "review_points",
        "Funders learn how good a provider is, and may stop or replace it",
        "funders learn nothing and replace no one",
        "assumption rows on what funders see",
    ),
    Mechanism(
        "intelligence_error",
        "Brokers see schools' practice with error, which goes stale",
        "brokers see every school as it is",
        "assumption rows on intelligence",
    ),
    Mechanism(
        "brokerage",
        "A broker finds need, ranks it and matches it with support",
        "schools look for support by themselves, first come first served",
        "broker_match_quality_gain",
    ),
    Mechanism(
        "diffusion",
        "Practice passes along ties from stronger schools to weaker",
        "schools keep what they know",
        "diffusion_rate",
    ),
    Mechanism(
        "joint_development",
        "Near peers develop practice together",
        "working together develops nothing",
        "assumption rows on sharing",
    ),
    Mechanism(
        "distraction",
        "Leadership time beyond capacity costs practice",
        "working together costs no time",
        "distraction_slope",
    ),
    Mechanism(
        "competition",
        "Competition for pupils holds mutual trust down",
        "near schools trust each other as others do",
        "assumption rows on ties",
    ),
    Mechanism(
        "peer_review",
        "Schools review each other, with more or less rigour",
        "no one reviews",
        "peer_review_attain_component; assumption rows on sharing",
    ),
    Mechanism(
        "membership",
        "Schools and trusts join, stay and leave by what they get",
        "members stay members",
        "assumption rows on membership; membership_share",
    ),
    Mechanism(
        "inspection",
        "Schools are inspected, with error, by the regime of the day",
        "no one is inspected",
        "calc_inspect_*, ri_improve_base",
    ),
    Mechanism(
        "stakes",
        "What is at stake narrows, closes and moves schools",
        "stakes leave schools as they are",
        "assumption rows on stakes",
    ),
    Mechanism(
        "inflation",
        "Test results rise without learning where stakes are high",
        "scores show learning",
        "assumption rows on stakes",
    ),
    Mechanism(
        "trust_support",
        "Trusts' central teams support their schools, for the top-slice",
        "trusts take nothing and give nothing",
        "mat_top_slice; mat_attain_*",
    ),
    Mechanism(
        "orders",
        "Schools in difficulty are moved to other trusts",
        "schools stay where they are",
        "assumption rows on trusts",
    ),
    Mechanism(
        "orphans",
        "A school that no one takes loses pupils, staff and practice",
        "it is like any other",
        "assumption rows on trusts",
    ),
    Mechanism(
        "rise",
        "Targeted national help for stuck schools",
        "a world without it",
        "rise_*",
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
