"""Partnerships side by side in one LA, one across several LAs, and partnerships that join."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from model.alone import Watch, run_alone
from model.area_plan import AreaPlan, Division
from model.areas import Areas
from model.arrangements import Change
from model.awards import StandingAward
from model.bodies import AfterInsolvency, Body
from model.dividing import areas_of, ground_of
from model.institutions import Institutions
from model.levers import Levers
from model.place import Place
from model.practice import Practice
from model.randomness import Chance
from model.supporting import SUPPORTING_SCHOOL
from tests.model.compiled import funded, parameters_of
from tests.model.running import place_of, three_las
from tests.model.test_conservation import (
    cases_are_kept,
    events_are_of_this_place,
    money_is_kept,
    people_are_kept,
)

ONE = AreaPlan(division=Division.ONE)
PHASE = AreaPlan(division=Division.PHASE)
THREE = three_las()
JOINED = 5
"""Term in which partnerships join."""


def ground(plan: AreaPlan | None, place: Place = THREE) -> Areas:
    """Share the schools of a place out."""
    return areas_of(plan, ground_of(place))


def stands(place: Place, plan: AreaPlan | None, *, gbp: float = 2.0, body: Body | None = None) -> Levers:
    """What is in force, with more money a pupil so that there are posts, for partnerships of these areas."""
    levers = funded(place)
    found = levers.in_force
    assert found is not None
    assert found.partnership is not None
    awards = tuple(replace(award, gbp_per_pupil=gbp * award.gbp_per_pupil) for award in found.awards)
    partnership = replace(found.partnership, areas=plan, body=body)
    return replace(levers, in_force=replace(found, partnership=partnership, awards=awards))


def joining(place: Place, before: AreaPlan | None, after: AreaPlan | None) -> Levers:
    """Let partnerships join two terms after it is announced, with nothing else changed."""
    levers = stands(place, before)
    found = levers.in_force
    assert found is not None
    assert found.partnership is not None
    later = replace(found, partnership=replace(found.partnership, areas=after))
    return replace(levers, changes=(Change(announced=JOINED - 2, term=JOINED, arrangement=later),))


def alone(place: Place, levers: Levers, *, years: int = 3, watch: Watch | None = None) -> Institutions:
    """Run institutions alone."""
    return run_alone(place, levers, parameters_of(), years=years, chance=Chance(1, 0, 0), watch=watch)


@cache
def joined() -> Institutions:
    """Three partnerships that have joined."""
    return alone(THREE, joining(THREE, None, ONE))


@cache
def apart() -> Institutions:
    """Three partnerships that have not."""
    return alone(THREE, stands(THREE, None))


# --- who is with whom ---------------------------------------------------------------------------------------


def test_every_school_lies_in_one_area_and_every_unit_in_one_la_and_area() -> None:
    for plan in (None, ONE, PHASE, AreaPlan(division=Division.GEOGRAPHY, groups=3)):
        found = ground(plan)
        of_unit = np.array(found.units)[found.unit_of_school]
        np.testing.assert_array_equal(of_unit[:, 0], found.of_school)
        np.testing.assert_array_equal(of_unit[:, 1], THREE.schools.la)


def test_an_area_is_an_la_unless_a_scenario_says_otherwise() -> None:
    found = ground(None)
    assert found.names == THREE.la_name
    np.testing.assert_array_equal(found.of_school, THREE.schools.la)


def test_one_for_all_is_one_area_that_keeps_its_las_apart() -> None:
    found = ground(ONE)
    assert found.names == ("Barnet, Brent and Camden",)
    assert found.units == ((0, 0), (0, 1), (0, 2))
    assert found.unit_block == (0, 1, 2)


def test_by_phase_those_that_teach_after_year_6_are_together() -> None:
    found = ground(PHASE)
    older = THREE.schools.last_year_group > 6
    assert {name for name in np.array(found.names)[found.of_school[older]]} == {
        f"{name}, secondary" for name in THREE.la_name
    }


def test_groups_by_ground_are_of_equal_size_and_lie_apart() -> None:
    found = ground(AreaPlan(division=Division.GEOGRAPHY, groups=4))
    assert set(Counter(found.of_school.tolist()).values()) == {5}


@pytest.mark.parametrize("wanted", [4, 7, 20])
def test_an_la_of_few_schools_has_no_more_partnerships_than_schools(wanted: int) -> None:
    few = ground_of(THREE)
    keep = np.r_[np.flatnonzero(few.la == 0)[:1], np.flatnonzero(few.la == 1)[:3]]
    few = few._replace(**{name: getattr(few, name)[keep] for name in few._fields if name != "la_names"})
    found = areas_of(AreaPlan(division=Division.GEOGRAPHY, groups=wanted), few)
    assert sorted(Counter(found.of_school.tolist()).values()) == [1, 1, 1, 1]


def test_schools_by_number_go_before_their_la_and_what_is_not_named_stays_by_itself() -> None:
    urn = int(THREE.schools.urn[-1])
    found = ground(AreaPlan(division=Division.LISTED, listed=(("West", ("Barnet", "Brent", urn)),)))
    assert found.names == ("West", "Camden")
    assert found.of_school[-1] == 0
    assert found.lead == (0, 2)
    assert [found.units[unit] for unit in found.units_of(0)] == [(0, 0), (0, 1), (0, 2)]


def test_the_rest_of_an_la_that_gives_its_name_to_an_area_has_another_name() -> None:
    found = ground(AreaPlan(division=Division.LISTED, listed=(("Barnet", (int(THREE.schools.urn[0]),)),)))
    assert found.names == ("Barnet", "rest of Barnet", "Brent", "Camden")


def test_partnerships_join_and_never_divide() -> None:
    (join,) = ground(PHASE).joins(ground(ONE))
    assert len(join.others) == 5
    with pytest.raises(ValueError, match="would divide Barnet, Brent and Camden"):
        ground(ONE).joins(ground(PHASE))


def test_to_say_that_each_la_has_one_is_to_say_nothing() -> None:
    said, unsaid = (alone(place_of(), stands(place_of(), plan)) for plan in (AreaPlan(), None))
    assert said.funding.events() == unsaid.funding.events()
    one, other = said.record().ledger, unsaid.record().ledger
    assert one.accounts == other.accounts
    np.testing.assert_array_equal(one.pence, other.pence)


# --- two in one LA ------------------------------------------------------------------------------------------


def own_schools_alone(date: int, whole: Institutions, practice: Practice) -> None:
    """Whoever delivers is of the school's own partnership."""
    assert date >= -1
    assert len(practice.practice())
    facts, posts = whole.facts, whole.posts
    for stretch in whole.brokerage.desk.work:
        mine = facts.area[stretch.case.school]
        by_school = stretch.case.pool[1] == SUPPORTING_SCHOOL
        assert mine == (facts.area[stretch.slot] if by_school else posts.area[stretch.slot])


def test_posts_money_and_cases_of_one_partnership_never_reach_the_schools_of_another() -> None:
    place = place_of(schools=60, pupils=24_000, primary_share=0.7)
    whole = alone(place, stands(place, PHASE), watch=own_schools_alone)
    record, areas = whole.record(), whole.facts.areas
    assert set(whole.posts.area) == {0, 1}
    assert set(record.cases.areas[area] for area in record.cases.area) == set(areas.names)
    names = record.ledger.accounts
    own = [{index for index, name in enumerate(names) if area in name} for area in areas.names]
    for mine, others in (own, own[::-1]):
        paid = np.isin(record.ledger.payer, list(mine))
        assert paid.any()
        assert not np.isin(record.ledger.payee[paid], list(others)).any()
    money_is_kept(whole)
    people_are_kept(whole)
    events_are_of_this_place(whole)


def test_one_partnership_is_wound_up_while_the_other_lives() -> None:
    place = place_of(schools=40, pupils=16_000, primary_share=0.6)
    ends = Body(after_insolvency=AfterInsolvency.WIND_UP)
    levers = stands(place, PHASE, body=ends)
    assert levers.in_force is not None
    primary, secondary = ground(PHASE, place).names
    in_one = tuple(replace(award, only_in=(primary,)) for award in levers.in_force.awards)
    change = Change(announced=0, term=0, arrangement=replace(levers.in_force, awards=in_one))
    whole = alone(place, replace(levers, changes=(change,)))
    assert whole.funding.bodies.stands().tolist() == [True, False]
    assert whole.funding.ends.alive(8) == 0.5
    facts, posts = whole.facts, whole.posts
    assert not facts.member[facts.area == 1].any()
    assert facts.member[facts.area == 0].any()
    assert {area for area, filled in zip(posts.area, posts.filled, strict=True) if filled} == {0}
    told = whole.record().events
    ended = [told.areas[area] for area, kind in zip(told.area, told.kind, strict=True) if kind == "wound up"]
    assert ended == [secondary]


def test_an_la_decides_alike_for_all_its_partnerships_and_others_bid_each_for_themselves() -> None:
    levers = stands(THREE, PHASE)
    luck: dict[str, dict[int, set[int]]] = {}

    def note(date: int, whole: Institutions, practice: Practice) -> None:
        if date < 0:
            states = [state for money in whole.funding._money for state in money.awards]
            assert all(isinstance(state, StandingAward) for state in states)
            for state in states:
                luck.setdefault(state.award.name, {}).setdefault(state.la, set()).add(state.luck)

    alone(THREE, levers, years=1, watch=note)
    assert all(len(each) == 1 for each in luck["LA commission"].values())
    assert all(len(each) == 2 for each in luck["grant for school improvement"].values())


def test_where_there_is_no_partnership_nobody_belongs_and_awards_go_to_schools() -> None:
    levers = stands(THREE, None)
    assert levers.in_force is not None
    assert levers.in_force.partnership is not None
    some = replace(levers.in_force.partnership, only_in=("Brent",))
    whole = alone(THREE, replace(levers, in_force=replace(levers.in_force, partnership=some)))
    facts = whole.facts
    assert whole.funding.bodies.stands().tolist() == [False, True, False]
    assert whole.funding.ends.alive(8) == 1.0
    assert set(facts.la[facts.member]) == {1}
    assert set(whole.posts.la) <= {1}
    ledger = whole.record().ledger
    given = {name for name, payee in zip(ledger.accounts, range(len(ledger.accounts)), strict=True)
             if ((ledger.payee == payee) & (ledger.pence > 0)).any()}  # fmt: skip
    assert {"schools, Barnet", "schools, Camden", "partnership, Brent: LA commission"} <= given
    assert not any(name.startswith(("partnership, Barnet", "partnership, Camden")) for name in given)
    money_is_kept(whole)


def test_a_partnership_may_end_in_one_la_from_a_date_with_notice() -> None:
    levers = stands(THREE, None)
    found = levers.in_force
    assert found is not None
    assert found.partnership is not None
    later = replace(found, partnership=replace(found.partnership, only_in=("Barnet", "Brent")))
    whole = alone(THREE, replace(levers, changes=(Change(announced=3, term=JOINED, arrangement=later),)))
    assert whole.funding.bodies.stands().tolist() == [True, True, False]
    record = whole.record()
    there = record.posts.to_term[record.posts.la == 2]
    assert len(there)
    assert (there < JOINED).all()
    told = [(int(t), int(la)) for t, la, kind in zip(record.events.term, record.events.la, record.events.kind,
                                                     strict=True) if kind == "notice given"]  # fmt: skip
    assert (JOINED - 1, 2) in told
    money_is_kept(whole)


# --- one across several LAs ---------------------------------------------------------------------------------


def test_one_partnership_across_las_has_one_purse_of_reserves_and_money_of_each_la() -> None:
    whole = alone(THREE, stands(THREE, ONE))
    names = [name for name in whole.record().ledger.accounts if name.startswith("partnership")]
    assert [name for name in names if ":" not in name] == ["partnership, Barnet, Brent and Camden"]
    for la in THREE.la_name:
        assert f"partnership, Barnet, Brent and Camden: LA commission, {la}" in names
        assert f"LA general fund, {la}" in whole.record().ledger.accounts
    money_is_kept(whole)
    people_are_kept(whole)
    cases_are_kept(whole)


def test_its_posts_work_from_its_las_by_pupils_and_serve_schools_of_all_of_them() -> None:
    across: set[tuple[int, int]] = set()

    def note(date: int, whole: Institutions, practice: Practice) -> None:
        for stretch in whole.brokerage.desk.work:
            if stretch.case.pool[1] != SUPPORTING_SCHOOL:
                across.add((whole.posts.la[stretch.slot], int(whole.facts.la[stretch.case.school])))

    whole = alone(THREE, stands(THREE, ONE), watch=note)
    assert {helper for helper, _ in across} == {0, 1, 2}
    assert any(helper != helped for helper, helped in across)
    for kind in range(len(whole.posts.kinds)):
        of_kind = [la for la, k in zip(whole.posts.la, whole.posts.kind, strict=True) if k == kind]
        assert max(of_kind.count(la) for la in range(3)) - min(of_kind.count(la) for la in range(3)) <= 1


def test_money_for_one_of_its_las_is_counted_over_that_las_pupils() -> None:
    levers = stands(THREE, ONE)
    assert levers.in_force is not None
    awards = tuple(replace(award, only_in=("Brent",)) for award in levers.in_force.awards)
    whole = alone(THREE, replace(levers, in_force=replace(levers.in_force, awards=awards)), years=1)
    paid = {state.la: state.year_pence for money in whole.funding._money for state in money.awards}
    assert paid[1] > 0
    assert paid[0] == paid[2] == 0


# --- partnerships that join ---------------------------------------------------------------------------------


def test_until_they_join_nothing_is_otherwise_than_if_they_did_not() -> None:
    one, other = joined().record(), apart().record()
    week = 13 * JOINED
    before, as_before = (record.ledger.week < week for record in (one, other))
    np.testing.assert_array_equal(one.ledger.pence[before], other.ledger.pence[as_before])
    names, as_names = (np.array(record.ledger.accounts, dtype=object) for record in (one, other))
    np.testing.assert_array_equal(names[one.ledger.payee[before]], as_names[other.ledger.payee[as_before]])
    early, as_early = (record.posts.to_term < JOINED - 1 for record in (one, other))
    np.testing.assert_array_equal(one.posts.quality[early], other.posts.quality[as_early])


def test_those_who_join_bring_their_money_their_staff_and_their_cases() -> None:
    whole = joined()
    assert whole.facts.areas.living.sum() == 1
    money_is_kept(whole)
    people_are_kept(whole)
    cases_are_kept(whole)
    events_are_of_this_place(whole)
    ledger = whole.record().ledger
    left = {
        name: pence
        for name, pence in zip(whole.ledger.names, whole.ledger.balances, strict=True)
        if name.startswith("partnership") and not name.startswith("partnership, Barnet, Brent and Camden")
    }
    assert left
    assert not any(left.values()), "money left behind"
    own = [index for index, name in enumerate(ledger.accounts) if name.startswith("partnership")]
    moved = np.isin(ledger.payer, own) & np.isin(ledger.payee, own) & (ledger.week == 13 * JOINED)
    assert moved.sum() >= 3


def test_no_post_ends_because_partnerships_join() -> None:
    def ended(whole: Institutions) -> Counter[str]:
        posts = whole.record().posts
        pairs = zip(posts.to_term.tolist(), posts.reason, strict=True)
        return Counter(reason for term, reason in pairs if term == JOINED - 1)

    assert ended(joined()) == ended(apart())


def test_a_record_names_each_partnership_as_it_was_called_then() -> None:
    record = joined().record()
    for table, terms in ((record.posts, record.posts.from_term), (record.cases, record.cases.term),
                         (record.events, record.events.term)):  # fmt: skip
        for area, term in zip(table.area.tolist(), terms.tolist(), strict=True):
            assert (table.areas[area] == "Barnet, Brent and Camden") == (term >= JOINED)


def test_the_most_urgent_case_of_all_that_wait_has_whoever_is_free_first() -> None:
    waiting: list[tuple[str, int]] = []

    def note(date: int, whole: Institutions, practice: Practice) -> None:
        if date != JOINED:
            return
        dispatcher = whole.brokerage.dispatcher
        for kind in {pool[1] for pool in dispatcher.pools()}:  # type: ignore[index]
            pools = [dispatcher._pools[pool] for pool in dispatcher.pools() if pool[1:] == (kind, 0)]  # type: ignore[index]
            assert len({id(pool) for pool in pools}) <= 1, "more than one queue"
            waiting.extend((kind, pool.waiting) for pool in pools[:1])

    alone(THREE, joining(THREE, None, ONE), years=2, watch=note)
    assert waiting


def test_partnerships_of_phases_may_join_those_of_their_las() -> None:
    whole = alone(THREE, joining(THREE, PHASE, None))
    areas = whole.facts.areas
    assert [areas.names[area] for area in np.flatnonzero(areas.living)] == ["Barnet", "Brent", "Camden"]
    money_is_kept(whole)
    people_are_kept(whole)
    events_are_of_this_place(whole)


def test_a_partnership_that_takes_the_name_of_one_that_joins_it_has_its_reserves_once() -> None:
    sizes = np.bincount(THREE.schools.la)
    smaller = THREE.la_name[int(sizes[1:].argmin()) + 1]
    listed = ((smaller, (THREE.la_name[0], smaller)),)
    whole = alone(THREE, joining(THREE, None, AreaPlan(division=Division.LISTED, listed=listed)))
    areas = whole.facts.areas
    assert [name for name, lives in zip(areas.names, areas.living, strict=True) if lives].count(smaller) == 1
    held = {
        name: pence
        for name, pence in zip(whole.ledger.names, whole.ledger.balances, strict=True)
        if name.startswith("partnership, ") and ": " not in name
    }
    years = whole.funding.years
    last = max(years._held)
    assert years._held[last][0] == sum(held.values())
    money_is_kept(whole)
