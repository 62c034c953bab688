"""Membership within a whole place: what a partnership asks moves who belongs to it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from model.alone import run_alone
from model.arrangements import Change, Stream
from model.institutions import Institutions
from model.levers import Levers
from model.randomness import Chance
from tests.model.compiled import funded, parameters_of
from tests.model.running import place_of

PLACE = place_of(trusts=0)
YEARS = 5


def dearer(gbp: float) -> Levers:
    """Today's partnership, but that its subscription is another from the second year on."""
    levers = funded(PLACE)
    assert levers.in_force is not None
    awards = tuple(
        replace(award, gbp_per_pupil=gbp) if award.stream is Stream.SUBSCRIPTION else award
        for award in levers.in_force.awards
    )
    change = Change(announced=3, term=3, arrangement=replace(levers.in_force, awards=awards))
    return replace(levers, changes=(change,))


def members(levers: Levers, off: tuple[str, ...] = (), seeds: int = 3) -> float:
    """Members at the end, mean over draws of chance."""
    return float(np.mean([run(levers, off, seed).facts.member.sum() for seed in range(seeds)]))


def run(levers: Levers, off: tuple[str, ...] = (), seed: int = 0) -> Institutions:
    switches = dict.fromkeys(off, False)
    return run_alone(
        PLACE, levers, parameters_of(), years=YEARS, chance=Chance(seed, 0, 0), switches=switches
    )


def test_a_dearer_subscription_loses_members_and_without_choice_does_not():
    assert members(dearer(60.0)) < members(dearer(8.0)) - 1
    assert members(dearer(60.0), ("membership",)) == members(dearer(8.0), ("membership",))


def test_members_of_today_stay_about_as_many_in_five_years():
    assert abs(members(funded(PLACE), seeds=4) / len(PLACE.schools) - 0.9) < 0.06
