"""Schools and trusts join, stay and leave by what they get for what they give."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.arrangements import Arrangement
from model.deciders import deciders
from model.membership_parameters import MembershipParameters
from tests.model.brokered import facts
from tests.model.joining import Joining, stands

SEEDS = range(6)
RAISED = stands(25.0)


def share_after(years: int, change: Arrangement | None = None, **values: float) -> float:
    """Mean share of members over seeds, years after a change."""
    return float(np.mean([joined(seed, years, change, **values).share for seed in SEEDS]))


def joined(seed: int, years: int, change: Arrangement | None, **values: float) -> Joining:
    place = Joining(seed=seed, **values)  # type: ignore[arg-type]
    return (place.change(change) if change else place).run(years)


# -- what moves schools


def test_a_healthy_partnership_keeps_its_members_year_after_year():
    shares = np.array([[Joining(seed=s).run(years).share for years in (0, 10)] for s in range(20)])
    assert abs(shares.mean(axis=0) - 0.9).max() < 0.015
    assert ((shares > 0.8) & (shares <= 1.0)).all()


def test_members_leave_when_the_subscription_outruns_what_they_get():
    assert share_after(5, RAISED) < share_after(5, stands(15.0)) - 0.03 < share_after(5) - 0.05


def test_members_leave_when_support_stops_coming_and_join_again_when_it_comes():
    gone, back = [], []
    for seed in SEEDS:
        place = Joining(seed=seed)
        place.support = 0.0
        gone.append(place.run(5).share)
        place.support = 1.0
        back.append(place.run(6).share)
    assert np.mean(gone) < share_after(5) - 0.02
    assert np.mean(back) > np.mean(gone) + 0.02


def test_schools_leave_where_governors_are_left_out():
    assert share_after(4, stands(governors=False)) < share_after(4) - 0.01
    same = share_after(4, stands(governors=False), governor_weight=0.0)
    assert same == share_after(4, governor_weight=0.0)


def test_ties_to_other_schools_and_buying_together_keep_members_and_days_given_lose_them():
    shares = {}
    for name, figure in (("network", 1.0), ("saved", 30.0), ("seen", 1.0), ("days", 30.0)):
        after = []
        for seed in SEEDS:
            place = Joining(seed=seed)
            place.view = {name: np.full(400, figure)}
            after.append(place.run(4).share)
        shares[name] = np.mean(after)
    usual = share_after(4)
    assert shares["network"] > usual
    assert shares["saved"] > usual
    assert shares["seen"] >= usual
    assert shares["days"] < usual


def test_leaders_days_weigh_more_on_small_schools():
    place = Joining(n=400)
    place.facts.pupils = np.where(np.arange(400) % 2, 100.0, 500.0)
    place.view = {"days": np.full(400, 10.0)}
    place.run(1)
    small = np.arange(400) % 2 == 1
    assert place.membership.value[small].mean() < place.membership.value[~small].mean() - 0.05


def test_schools_with_empty_places_leave():
    place, full = Joining(), Joining()
    place.facts.capacity = place.facts.pupils * 2.0
    assert place.run(3).share < full.run(3).share


def test_schools_follow_their_peers():
    alone = [joined(s, 6, RAISED, peer_weight=0.0).share for s in SEEDS]
    together = [joined(s, 6, RAISED, peer_weight=3.0).share for s in SEEDS]
    assert np.mean(together) < np.mean(alone)


def test_peers_are_those_of_the_cluster_where_there_are_clusters():
    place = Joining()
    cluster = np.arange(400) // 20
    place.view = {"cluster": cluster.astype(np.int32)}
    place.facts.member = np.where(cluster == 0, False, place.facts.member)
    place.run(1)
    inside = place.facts.member[cluster == 0].mean()
    assert inside < place.facts.member[cluster > 0].mean()


# -- who decides


def test_a_trust_decides_for_all_its_schools_in_the_authority():
    place = facts(120, n_la=2)
    trust = np.full(120, -1, dtype=np.int32)
    trust[:60] = np.arange(60) // 6
    place.trust = trust
    who = Joining(place=place).run(3)
    for index in range(10):
        for la in range(2):
            assert len(set(place.member[(trust == index) & (place.la == la)])) == 1
    assert 0 < who.share < 1


def test_schools_alone_and_single_school_trusts_decide_for_themselves():
    place = facts(10)
    place.trust = np.array([0, 0, 1, -1, -1, 2, 2, 2, -1, 3], dtype=np.int32)
    who = deciders(place)
    assert sorted(who.schools.tolist()) == [1, 1, 1, 1, 1, 2, 3]
    assert who.mean(np.arange(10.0))[who.of[5]] == 6.0


def test_a_trust_that_favours_the_partnership_stays_and_one_that_does_not_leaves():
    place = facts(400)
    place.trust = (np.arange(400) // 4).astype(np.int32)
    who = Joining(place=place)
    favours = place.trust % 2 == 0
    who.view = {"stance": np.where(favours, 2.0, -2.0)}
    who.run(3)
    assert place.member[favours].mean() > place.member[~favours].mean() + 0.2


def test_a_school_that_moves_to_another_trust_belongs_as_that_trust_does():
    place = facts(40)
    place.trust = (np.arange(40) // 4).astype(np.int32)
    who = Joining(place=place)
    place.trust = np.where(np.arange(40) == 0, 5, place.trust).astype(np.int32)
    who.run(1)
    assert len(set(place.member[place.trust == 5])) == 1


@pytest.mark.parametrize(("share", "belongs"), [(0.9, True), (0.3, False)])
def test_a_large_trust_is_inside_or_outside_as_the_share_of_members_says(share: float, belongs: bool):
    others = []
    for seed in SEEDS:
        place = facts(100)
        place.trust = np.where(np.arange(100) < 40, 0, -1).astype(np.int32)
        Joining(place=place, seed=seed, in_force=stands(share=share))
        assert (place.member[:40] == belongs).all()
        others.append(place.member[40:].mean())
    assert abs(np.mean(others) - share) < 0.1


def test_a_place_begins_with_the_members_it_is_said_to_have():
    for seed in range(20):
        assert abs(Joining(seed=seed).share - 0.9) < 0.02


# -- the null, and what must not change anything


def test_members_stay_members_where_the_mechanism_is_off():
    place = Joining(chooses=False)
    before = place.facts.member
    place.support = 0.0
    place.change(RAISED).run(5)
    assert place.facts.member is before
    assert not place.membership.events
    assert not place.membership.forum_tilt().any()
    assert place.membership.survey.response > 0


def test_no_one_moves_for_value_where_value_weighs_nothing():
    assert share_after(4, RAISED, value_weight=0.0) == share_after(4, value_weight=0.0)


def test_two_scenarios_are_alike_until_they_part():
    one, other = Joining().run(3), Joining().run(3)
    assert (one.facts.member == other.facts.member).all()
    assert [e[:5] for e in one.membership.events] == [e[:5] for e in other.membership.events]


def test_with_a_larger_share_the_same_schools_belong_and_more():
    fewer = Joining(in_force=stands(share=0.5), changed_mind=0.0, chooses=False)
    more = Joining(in_force=stands(share=0.9), changed_mind=0.0, chooses=False)
    assert (more.facts.member | ~fewer.facts.member).all()


def test_an_authority_without_secondary_schools_and_a_place_of_one_school_can_be_run():
    assert Joining(n=1).run(3).share in (0.0, 1.0)
    assert 0.5 < Joining(n=400, n_la=30).run(3).share <= 1.0
    primaries = facts(60)
    primaries.phase = np.zeros(60, dtype=np.int32)
    assert 0.5 < Joining(place=primaries).run(3).share <= 1.0


def test_a_share_of_one_may_fall():
    place = Joining(in_force=stands(share=1.0))
    assert place.share > 0.97
    place.support = 0.0
    assert place.change(stands(60.0, share=1.0)).run(6).share < 0.97


# -- partnerships that begin, change and end


def test_no_one_belongs_where_there_is_no_partnership():
    assert Joining(in_force=Arrangement()).run(2).share == 0.0
    assert Joining().change(Arrangement()).run(2).share == 0.0


def test_a_partnership_that_is_founded_has_its_members_at_once():
    place = Joining(in_force=Arrangement()).change(stands(share=0.8))
    assert abs(place.share - 0.8) < 0.06
    assert abs(place.run(3).share - 0.8) < 0.08


def test_a_partnership_can_be_told_to_have_more_or_fewer_members():
    fewer = np.mean([Joining(seed=s).change(stands(share=0.6)).run(3).share for s in SEEDS])
    assert abs(fewer - 0.6) < 0.06


# -- the survey


def test_members_rate_it_eight_or_nine_and_more_than_half_answer():
    surveys = [Joining(seed=s).run(3).membership.survey for s in SEEDS]
    assert 8.0 < np.mean([s.rating for s in surveys]) < 9.0
    assert 50.0 < np.mean([s.response for s in surveys]) < 65.0


def test_answers_overstate_what_members_think_unless_the_discontent_answer_too():
    def overstated(weight: float) -> float:
        surveys = [Joining(seed=s, response_weight=weight).run(1).membership.survey for s in range(20)]
        return float(np.mean([s.rating - s.true_rating for s in surveys]))

    assert overstated(0.35) > 0.1
    assert abs(overstated(0.0)) < 0.05


def test_ratings_follow_mutual_trust_and_what_members_get():
    usual = Joining().run(1).membership.survey.true_rating
    trusting, poor = Joining(), Joining()
    trusting.trust = np.full(400, 0.7)
    poor.support = 0.0
    assert trusting.run(1).membership.survey.true_rating > usual + 0.2
    assert poor.run(3).membership.survey.true_rating < usual - 0.05


def test_a_survey_without_members_has_no_result():
    survey = Joining(in_force=Arrangement()).run(1).membership.survey
    assert np.isnan([survey.rating, survey.response, survey.true_rating]).all()


def test_who_joins_and_who_leaves_is_told():
    place = Joining().change(RAISED)
    before = place.facts.member
    place.run(1)
    told = {event[2] for event in place.membership.events if event[0] == 2}
    assert told == set(np.flatnonzero(before != place.facts.member).tolist())
    assert {event[3] for event in place.membership.events} <= {"joins", "leaves"}


@pytest.mark.parametrize("field", ["value_weight", "memory", "response_usual"])
def test_a_value_out_of_its_bounds_is_refused(field: str):
    with pytest.raises(ValueError, match=field):
        replace(MembershipParameters(), **{field: 9.0})
