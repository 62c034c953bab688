"""Schools move between trusts: who is ordered, who is taken, who is left, who founds."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from model.national_tier import Order
from tests.model.trusted import SUMMER, facts, in_trusts, moves, nation, seen, years

WILLING = {"accept_usual": 0.6, "accept_risk": 0.0, "accept_distance": 0.0, "stance_spread": 0.0}


def shy(place):
    """Sponsors who take no one."""
    run = moves(in_trusts(place))
    run._sponsors.agent_takes = lambda *asked: False
    return run


def test_a_maintained_school_in_a_category_of_concern_is_ordered_into_a_trust_where_that_is_a_duty():
    place = facts([5, 5], maintained=10)
    run = moves(in_trusts(place, **WILLING), **WILLING)
    years(run, place, nation(), 6, 12)
    assert place.trust[12] >= 0
    assert not place.maintained[12]
    assert place.maintained[[10, 11, 13, 14]].all()
    assert any(event[3] == "academy order" and event[2] == 12 for event in run.events)


def test_where_there_are_no_orders_no_school_in_difficulty_moves_and_none_is_orphaned():
    place = facts([5, 5], maintained=10)
    before = place.trust
    years(moves(in_trusts(place)), place, nation(Order.NONE), 6, 3, 12)
    assert np.array_equal(place.trust, before)
    assert not place.orphan.any()


def test_a_power_is_used_less_often_than_a_duty():
    ordered = []
    for order in (Order.DUTY, Order.POWER):
        place = facts([5, 5], maintained=60)
        run = shy(place)
        run.year_end(SUMMER, nation(order), seen(place, *range(10, 70)))
        ordered.append(int(place.orphan.sum()))
    assert ordered[0] == 60
    assert 15 < ordered[1] < 45


def test_an_academy_in_difficulty_may_move_to_another_trust_and_never_to_its_own():
    place = facts([5, 5])
    run = moves(in_trusts(place, **WILLING), **WILLING)
    been = [0]
    for year in range(30):
        run.year_end(3 * year + SUMMER, nation(), seen(place, 2))
        been += [int(place.trust[2])] if run.moved[2] else []
    assert len(been) > 2
    assert all(one != other for one, other in pairwise(been))
    assert sum(event[3] == "transfer of trust" for event in run.events) == len(been) - 1


def test_a_school_that_no_one_takes_is_an_orphan_until_it_is_out_of_concern():
    place = facts([5, 5], maintained=10)
    run = shy(place)
    run.year_end(SUMMER, nation(), seen(place, 12))
    assert list(np.flatnonzero(place.orphan)) == [12]
    run.year_end(SUMMER + 3, nation(), seen(place))
    assert not place.orphan.any()


def test_a_school_without_any_trust_near_still_finds_one_elsewhere_or_is_an_orphan():
    place = facts([], maintained=6)
    run = moves(in_trusts(place))
    run.year_end(SUMMER, nation(), seen(place, *range(6)))
    assert np.array_equal(place.orphan, place.trust < 0)


def test_no_one_moves_before_year_0_but_it_is_known_whom_no_one_takes():
    place = facts([5, 5], maintained=40)
    before = place.trust
    run = moves(in_trusts(place))
    run.year_end(-1, nation(conversions_a_year=1.0), seen(place, *range(10, 50)))
    assert place.trust is before
    assert 0 < place.orphan.sum() < 40
    assert not run.moved.any()


def test_switched_off_or_without_a_national_tier_every_school_stays():
    for orders, national in ((False, nation(conversions_a_year=1.0)), (True, None)):
        place = facts([5, 5], maintained=10)
        before = place.trust
        years(moves(in_trusts(place), orders=orders), place, national, 5, 3, 12)
        assert place.trust is before
        assert not place.orphan.any()


def test_more_schools_convert_where_more_apply():
    converted = []
    for share in (0.0, 0.02, 0.2):
        place = facts([8] * 10, maintained=200)
        years(moves(in_trusts(place)), place, nation(conversions_a_year=share), 5)
        converted.append(int((~place.maintained).sum()) - 80)
    assert converted[0] == 0
    assert converted[0] < converted[1] < converted[2]


def test_who_asks_of_its_own_accord_and_is_not_taken_is_no_orphan():
    place = facts([5], maintained=10)
    run = shy(place)
    run.year_end(SUMMER, nation(conversions_a_year=1.0), seen(place))
    assert not place.orphan.any()
    assert place.maintained[5:].all()


def test_all_schools_are_in_a_trust_of_several_by_the_date_or_without_a_taker():
    place = facts([6, 4], alone=4, maintained=30)
    trusts = in_trusts(place)
    years(moves(trusts), place, nation(all_by_term=12), 5)
    left = (place.trust < 0) | trusts.alone()
    assert np.array_equal(left, place.orphan)
    assert left.sum() <= 2
    assert place.maintained.sum() <= 2


def test_an_la_that_may_found_a_trust_does_and_keeps_to_its_cap():
    place = facts([5], maintained=30)
    trusts = in_trusts(place)
    run = moves(trusts)
    years(run, place, nation(conversions_a_year=1.0, la_may_found=True, founded_cap=7), 4)
    assert np.count_nonzero(place.trust == trusts.index.of_la(0)) == 7
    assert [event[4] for event in run.events if event[3] == "trust founded"] == ["by the LA"]


def test_a_partnership_founds_a_trust_only_where_there_is_one():
    place = facts([5], maintained=30)
    trusts = in_trusts(place)
    run = moves(trusts)
    policy = nation(conversions_a_year=1.0, partnership_may_found=True)
    run.year_end(SUMMER, policy, seen(place, partnership=False))
    assert not (place.trust == trusts.index.of_partnership(0)).any()
    run.year_end(SUMMER + 3, policy, seen(place))
    assert np.count_nonzero(place.trust == trusts.index.of_partnership(0)) == 10


@pytest.mark.parametrize("takes", [False, True])
def test_a_founded_trust_takes_orphans_only_where_it_is_to(takes):
    place = facts([5], maintained=30)
    run = shy(place)
    run.year_end(SUMMER, nation(la_may_found=True, founded_takes_orphans=takes), seen(place, 10, 11))
    assert place.orphan[[10, 11]].tolist() == [not takes, not takes]


def test_a_church_school_joins_church_trusts_far_more_often():
    place = facts([6, 6], maintained=120)
    place.faith = place.faith.copy()
    place.faith[6:12] = True
    place.faith[12:] = np.arange(120) % 2 == 0
    values = {"growth_share": 0.6, "accept_distance": 0.0, "accept_other_faith": -5.0}
    trusts = in_trusts(place, **values)
    years(moves(trusts, **values), place, nation(conversions_a_year=1.0), 10)
    joined = np.flatnonzero(~place.maintained & (np.arange(132) >= 12))
    to_church = np.isin(place.trust[joined], [1, *np.flatnonzero(trusts.index.is_church())])
    assert (to_church == place.faith[joined]).mean() > 0.8


def test_risk_averse_trusts_leave_more_schools_without_a_taker():
    left = []
    for risk in (0.0, 4.0):
        place = facts([5] * 6, maintained=60)
        run = moves(in_trusts(place), accept_risk=risk)
        run.year_end(SUMMER, nation(), seen(place, *range(30, 90)))
        left.append(int(place.orphan.sum()))
    assert left[0] < left[1]


def test_trusts_take_no_more_in_a_year_than_they_can():
    place = facts([8, 8], maintained=60)
    trusts = in_trusts(place, **WILLING)
    moves(trusts, growth_share=0.25, **WILLING).year_end(SUMMER, nation(conversions_a_year=1.0), seen(place))
    assert trusts.schools_here()[:2].max() <= 10
    assert trusts.schools_here()[trusts.index.is_elsewhere()].max() <= 1


def test_merging_trusts_bring_all_their_schools():
    place = facts([2, 3, 12], maintained=3)
    trusts = in_trusts(place)
    run = moves(trusts, merger=0.06, accept_usual=0.6, accept_distance=0.0)
    sizes = set()
    for year in range(60):
        run.year_end(3 * year + SUMMER, nation(), seen(place))
        sizes.add(tuple(sorted(s for s in trusts.schools_here().tolist() if s)))
    assert any(event[3] == "merger of trusts" for event in run.events)
    assert all(sum(each) == 17 for each in sizes)


def test_a_half_empty_school_may_close_where_others_have_room():
    place = facts([5], maintained=30)
    place.pupils = place.pupils * np.where(np.arange(35) == 12, 0.4, 0.9)
    run = moves(in_trusts(place), closure=0.3)
    assert run.closures.pull() is None
    years(run, place, nation(), 15)
    assert list(np.flatnonzero(run.closures.closing)) == [12]
    assert run.closures.pull()[12] == -4.0


def test_what_befalls_one_la_moves_no_school_of_another():
    trusts = []
    for concern in ((), tuple(range(30, 60))):
        place = facts([5] * 4, per_la=30, maintained=40)
        place.trust = np.where(np.arange(60) % 30 < 10, np.arange(60) // 5, -1).astype(np.int32)
        place.maintained = place.trust < 0
        years(moves(in_trusts(place)), place, nation(conversions_a_year=0.2), 4, *concern)
        trusts.append(place.trust)
    assert np.array_equal(trusts[0][:30], trusts[1][:30])
    assert not np.array_equal(trusts[0][30:], trusts[1][30:])


def test_arrays_of_the_facts_are_never_changed_in_place():
    place = facts([5, 5], maintained=10)
    trust, maintained, orphan = place.trust, place.maintained, place.orphan
    kept = trust.copy(), maintained.copy(), orphan.copy()
    years(moves(in_trusts(place)), place, nation(conversions_a_year=0.5, all_by_term=9), 4, 3, 12)
    for now, before in zip((trust, maintained, orphan), kept, strict=True):
        assert np.array_equal(now, before)


def test_schools_stay_in_their_la_and_every_trust_has_a_place_in_the_index():
    place = facts([5] * 12, per_la=30, maintained=60)
    trusts = in_trusts(place)
    years(moves(trusts), place, nation(conversions_a_year=0.3, all_by_term=12), 5, *range(60, 70))
    assert place.n_la == 4
    assert place.trust.max() < trusts.n_trusts
    elsewhere = trusts.index.is_elsewhere()
    for index in np.unique(place.trust[place.trust >= 0]):
        if elsewhere[index]:
            assert len(np.unique(place.la[place.trust == index])) == 1


def test_the_head_of_a_school_moved_under_order_is_likelier_to_leave_for_a_year():
    place = facts([5, 5], maintained=10)
    run = moves(in_trusts(place, **WILLING), **WILLING)
    run._sponsors.agent_takes = lambda *asked: True
    run.year_end(SUMMER, nation(), seen(place, 12))
    assert list(np.flatnonzero(run.head_leave())) == [12]
    run.year_end(SUMMER + 3, nation(), seen(place))
    assert run.head_leave() is None
