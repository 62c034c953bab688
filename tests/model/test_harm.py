"""Support may do nothing or harm: the evidence lets it, and the model does not stand in its way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.alone import run_alone
from model.randomness import Chance
from tests.model.compiled import levers_of, parameters_of
from tests.model.running import place_of

PLACE = place_of()
DRAWS = range(1, 81)
EFFECTS = ("practice_sd", "attainment_sd", "literacy_sd", "maths_sd")


def offered(draw):
    """Programmes on offer in a draw, by name."""
    return {offer.name: offer for offer in levers_of("baseline", PLACE.year, draw=draw).in_force.offers}


def test_in_some_draws_a_programme_harms_and_in_some_it_helps():
    for name in ("slt_cluster", "leadership_induction", "school_to_school"):
        effects = [offered(draw)[name].attainment_sd for draw in DRAWS]
        assert min(effects) < 0.0 < max(effects)


def test_support_with_attendance_may_raise_absence_or_leave_it():
    found = [offered(draw)["attendance_liaison"].absence_points for draw in DRAWS]
    assert min(found) < 0.0
    assert max(found) > -0.05


def brought(draw, *without):
    """Practice that support has brought to the place after five years, by domain; or without a programme."""
    levers = levers_of("baseline", PLACE.year, draw=draw)
    stands = levers.in_force
    offers = tuple(replace(o, attainment_sd=0.0) if o.name in without else o for o in stands.offers)
    whole = run_alone(
        PLACE, replace(levers, in_force=replace(stands, offers=offers)), parameters_of(draw), years=5,
        chance=Chance(1, draw, 0),
    )  # fmt: skip
    return whole.support.total().mean(axis=0)


@pytest.mark.parametrize("name", ["school_to_school"])
def test_where_a_programme_harms_schools_are_left_with_worse_practice(name):
    worst = min(DRAWS, key=lambda draw: offered(draw)[name].attainment_sd)
    best = max(DRAWS, key=lambda draw: offered(draw)[name].attainment_sd)
    domain = offered(worst)[name].domain
    assert brought(worst)[domain] < brought(worst, name)[domain]
    assert brought(best, name)[domain] < brought(best)[domain]
