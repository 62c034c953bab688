"""Schools Forum: what maintained schools get tilts their phase's vote on de-delegation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.arrangements import PaidFor, Renewal, Stream
from model.forum import Forum, opinion, tilted
from model.membership_parameters import MembershipParameters
from model.place import Phase
from tests.model.brokered import facts
from tests.model.funded import GRANT, Town, arrangement

AWARD = replace(
    GRANT, stream=Stream.SCHOOLS_BLOCK, paid_for=PaidFor.MAINTAINED, yearly_refusal=True,
    renewal=Renewal.CERTAIN, length_terms=0,
)  # fmt: skip


def votes_lost(primary: float = 0.0, secondary: float = 0.0) -> dict[str, int]:
    """Votes against in 300 LAs, by phase, where the Forum has heard these tilts."""
    town = Town(arrangement(AWARD), first=0, n_la=300, forum_refusal=0.2)
    town.funding.forum.hear(np.tile([primary, secondary], (300, 1)))
    phases = [event[4].split()[0] for event in town.run(1).events("vote lost")]
    return {phase: phases.count(phase) for phase in ("primary", "secondary")}


def test_a_phase_that_gets_much_votes_against_less_and_the_other_phase_as_before():
    usual, tilt = votes_lost(), votes_lost(primary=1.5)
    assert tilt["primary"] < usual["primary"]
    assert tilt["secondary"] == usual["secondary"]
    assert votes_lost(secondary=-1.5)["secondary"] > usual["secondary"]


def test_nothing_heard_leaves_votes_as_they_were_to_the_bit():
    assert tilted(0.123456789, 0.0) == 0.123456789
    assert Forum(2).tilt == [[0.0, 0.0], [0.0, 0.0]]


@pytest.mark.parametrize("certain", [0.0, 1.0])
def test_what_is_certain_stays_certain(certain: float):
    assert tilted(certain, 2.0) == certain


def test_only_maintained_schools_are_heard_each_with_one_vote():
    place = facts(40, n_la=2)
    place.maintained = np.arange(40) >= 20
    value = np.where(place.maintained, 1.0, -9.0)
    heard = opinion(place, value, MembershipParameters(vote_weight=0.5))
    assert heard == pytest.approx(np.full((2, 2), 0.5))


def test_a_phase_without_maintained_schools_has_no_opinion():
    place = facts(40)
    place.maintained = place.phase == Phase.PRIMARY
    heard = opinion(place, np.ones(40), MembershipParameters())
    assert heard[0, 0] > 0.0
    assert heard[0, 1] == 0.0
