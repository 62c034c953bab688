"""Where one partnership of a place has ended and another stands: no one belongs to what is not there."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from model.alone import run_alone
from model.arrangements import Change
from model.institutions import Institutions
from model.levers import Levers
from model.place import Floats
from model.randomness import Chance
from tests.model.compiled import funded, parameters_of
from tests.model.running import place_of, two_las

LEFT, GOES_ON = 0, 1
YEARS = 5


def without_money_in_one_la() -> Levers:
    """All income of the first of two LAs ends in the second year; its partnership is wound up."""
    levers = funded(two_las())
    assert levers.in_force is not None
    awards = tuple(
        replace(award, name=f"{award.name}, West", only_in=("West",)) for award in levers.in_force.awards
    )
    change = Change(announced=2, term=3, arrangement=replace(levers.in_force, awards=awards))
    return replace(levers, changes=(change,))


@cache
def ended(off: tuple[str, ...] = ()) -> Institutions:
    switches = dict.fromkeys(off, False)
    return run_alone(
        two_las(), without_money_in_one_la(), parameters_of(), years=YEARS, chance=Chance(1, 1, 0),
        switches=switches,
    )  # fmt: skip


def by_la(whole: Institutions, column: Floats) -> list[float]:
    return np.bincount(whole.facts.la, column, 2).tolist()


@pytest.mark.parametrize("off", [(), ("membership",)])
def test_no_one_belongs_to_a_partnership_that_has_ended_while_another_goes_on(off):
    whole = ended(off)
    assert whole.funding.bodies.stands().tolist() == [False, True]
    members = by_la(whole, whole.facts.member)
    assert members[LEFT] == 0.0 < members[GOES_ON]


def test_its_schools_have_no_reviews_shared_data_or_heads_in_training_any_more():
    whole = ended()
    assert whole.local is not None and whole.local.sharing.contact is not None
    for column in (whole.local.sharing.reviewed, whole.local.sharing.contact.data):
        found = by_la(whole, column)
        assert found[LEFT] == 0.0 < found[GOES_ON]
    ready = whole.local.pipeline.ready
    assert ready[LEFT] < 0.5 * ready[GOES_ON]


def test_its_schools_go_on_meeting_unpaid_as_where_there_is_no_partnership_at_all():
    whole = ended()
    schools = np.bincount(whole.facts.la)
    assert by_la(whole, whole.facts.takes_part)[LEFT] == schools[LEFT]
    assert whole.local is not None
    cluster = whole.local.ties.clusters.cluster
    paid = whole.local.ties.coherence.paid
    of_left = np.unique(cluster[(whole.facts.la == LEFT) & (cluster >= 0)])
    assert not paid[of_left].any()
    assert paid.any()


def test_it_founds_no_trust_any_more():
    whole = ended()
    assert whole.local is not None
    levers = without_money_in_one_la()
    national = levers.changes[0].arrangement.national
    assert national is not None
    policy = replace(national.trusts, partnership_may_found=True)
    change = levers.changes[0]
    later = replace(change.arrangement, national=replace(national, trusts=policy))
    told = replace(levers, changes=(change, Change(announced=12, term=12, arrangement=later)))
    run = run_alone(two_las(), told, parameters_of(), years=6, chance=Chance(1, 1, 0), switches={})
    assert run.local is not None
    founded = [event[1] for event in run.local.events if event[3] == "trust founded"]
    assert founded == [GOES_ON]


@pytest.mark.parametrize("off", [(), ("membership",)])
def test_a_partnership_that_a_scenario_ends_has_no_members_whether_or_not_they_choose(off):
    place = place_of()
    whole = run_alone(
        place, funded(place, "fragmentation"), parameters_of(), years=3, chance=Chance(1, 1, 0),
        switches=dict.fromkeys(off, False),
    )  # fmt: skip
    assert not whole.facts.member.any()
