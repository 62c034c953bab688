"""A world in turmoil, so that every mechanism of institutions has something to act on."""

from __future__ import annotations

from dataclasses import replace

from model.arrangements import Arrangement
from model.levers import Levers
from tests.model.running import changed

TURMOIL = changed(
    brokerage__provider_quality_sd=1.5,
    funding__replace_below=0.9,
    inspection__inadequate_below=0.3,
    inspection__card_urgent=-1.7,
    trust__accept_usual=0.1,
    trust__accept_risk=4.0,
    sharing__joint_gain=0.05,
)
"""Bad providers are seen, many schools are judged inadequate, few trusts take them; joint work helps."""


def _stands(stands: Arrangement) -> Arrangement:
    """Let reviews follow each other closely, and have an adviser for every few schools, if for any."""
    awards = tuple(replace(award, review_terms=(3, 6, 9)) for award in stands.awards)
    national = stands.national
    if national is not None and national.rise is not None:
        rise = replace(national.rise, first_term=0, advisers_per_100_schools=10.0)
        national = replace(national, rise=rise)
    return replace(stands, awards=awards, national=national)


def in_turmoil(levers: Levers) -> Levers:
    """Give a scenario in which funders look often and help is at hand."""
    assert levers.in_force is not None
    changes = tuple(replace(change, arrangement=_stands(change.arrangement)) for change in levers.changes)
    return replace(levers, in_force=_stands(levers.in_force), changes=changes)
