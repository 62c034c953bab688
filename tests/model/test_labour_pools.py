"""Specialists are few: who comes to a post here is missed elsewhere, and no one is made or lost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.labour_pool import Origin, Pool
from model.post_parameters import PostParameters
from model.posts import SPIN_UP
from tests.model.staffing import COACH, KINDS, NEW_PLACE, THERAPIST, awards, go_on, permanent, staff

KIND_NAMES = [kind.name for kind in KINDS]
act = st.tuples(
    st.integers(0, 1), st.sampled_from(KIND_NAMES), st.integers(0, 30), st.integers(1, 15), st.integers(0, 2)
)


def check_people(posts):
    """Everyone ever there is somewhere, and no count is below nought."""
    by_kind = dict.fromkeys(range(len(KINDS)), 0)
    for pool in posts.pools.pools:
        assert pool.people == pool.start + pool.ever_trained
        assert min(*pool.employed, *pool.vacant, pool.looking, pool.trained, pool.posts, pool.quit) >= 0
    for la, kind, there in zip(posts.la, posts.kind, posts.filled, strict=True):
        by_kind[kind] += there
        assert 0 <= la < 2
    n_regions = len(posts.pools.pools) // len(KINDS)
    for kind, filled in by_kind.items():
        pools = posts.pools.pools[kind * n_regions : (kind + 1) * n_regions]
        assert filled == sum(pool.posts for pool in pools)


@given(
    st.lists(st.lists(act, max_size=4), min_size=1, max_size=12),
    st.integers(0, 50),
    st.booleans(),
    st.booleans(),
    st.sampled_from([0.0, 20_000.0, 200_000.0]),
)
@settings(max_examples=120, deadline=None)
def test_people_are_conserved_whatever_is_funded_and_ended(acts, seed, finite, two_regions, reach):
    p = PostParameters(reach_pupils=reach, growth=0.02)
    posts = staff(
        p, seed=seed, n_la=2, first_term=0, labour_pools=finite, regions=[0, 1] if two_regions else None
    )
    for term, step in enumerate(acts):
        for la, kind, n, length, notice in step:
            for number, slot in enumerate(posts.slots_for(la, kind, n)):
                if (number + length) % 3:
                    posts.fund(slot, line=0, horizon_terms=length, funded_until=term + length)
                else:
                    posts.close(slot, term + notice, "funding ended")
        changes = posts.term(term)
        assert all(posts.filled[slot] for slot in changes.filled)
        assert not any(posts.filled[slot] for slot in changes.left)
        check_people(posts)


def test_a_pool_left_alone_stays_as_it_is():
    pool = Pool(PostParameters(), False, 50_000.0)
    before = list(pool.employed), pool.looking, pool.short
    for _ in range(60):
        pool.new_term()
    assert pool.people == pool.start + pool.ever_trained
    assert sum(pool.employed) == pytest.approx(sum(before[0]), abs=4)
    assert pool.looking + pool.trained == pytest.approx(before[1], abs=5)
    assert abs(pool.short) <= 4


def test_more_training_means_more_people_in_time():
    pools = [Pool(PostParameters(growth=growth), False, 50_000.0) for growth in (-0.02, 0.0, 0.02)]
    for pool in pools:
        for _ in range(30):
            pool.new_term()
    at_hand = [pool.looking + pool.trained + sum(pool.employed) for pool in pools]
    assert at_hand[0] < at_hand[1] < at_hand[2]
    assert pools[0].ease < pools[2].ease


def test_whoever_leaves_a_school_or_the_health_service_leaves_a_post_vacant_there():
    pool = Pool(PostParameters(), False, 500_000.0)
    pool.new_term()
    vacant, employed = list(pool.vacant), list(pool.employed)
    came = [pool.take(luck) for luck in (0.01, 0.05, 0.2, 0.3, 0.4, 0.9, 0.99)]
    for employer in (Origin.SCHOOL, Origin.HEALTH, Origin.NEIGHBOUR):
        n = came.count(employer)
        assert pool.vacant[employer] == vacant[employer] + n
        assert pool.employed[employer] == employed[employer] - n
    assert came.count(Origin.SCHOOL) > 0
    assert came[-1] == Origin.TRAINED
    assert pool.posts == len(came)


def test_the_last_one_comes_and_then_no_one():
    pool = Pool(PostParameters(reach_pupils=0.0), False, 100_000.0)
    pool.new_term()
    came = []
    while (origin := pool.take(0.5)) is not None:
        came.append(origin)
    assert 0 < len(came) < 8  # of about forty
    assert pool.ease == 0.0


def test_many_new_posts_at_once_run_a_field_dry_and_leave_others_short():
    def year(n):
        posts = staff(first_term=NEW_PLACE)
        go_on(posts, range(6), permanent, [(0, THERAPIST.name, n)])
        return sum(posts.filled) / n, posts.pools

    few, pools_few = year(3)
    many, pools_many = year(60)
    assert few > many + 0.15
    assert pools_many.short_elsewhere() > pools_few.short_elsewhere() + 10
    flows = pools_many.flows.years()
    assert (flows.net < flows.filled).all()
    assert (
        flows.filled.sum()
        == (flows.vacated_schools + flows.vacated_outside + flows.newly_trained + flows.looking).sum()
    )


def test_without_pools_many_are_found_as_easily_as_few_and_no_one_is_missed():
    def found(n):
        shares = []
        for seed in range(20):
            posts = staff(first_term=NEW_PLACE, labour_pools=False, seed=seed)
            changes = go_on(posts, range(3), permanent, [(0, THERAPIST.name, n)])
            shares.append(sum(posts.filled) / n)
            assert {row for change in changes for row in change.taken_from_school} <= {-1}
            assert len(posts.pools.flows.years().year) == 0
            assert posts.pools.short_elsewhere() == 0
        return np.mean(shares)

    assert found(60) == pytest.approx(found(6), abs=0.1)


def test_las_of_one_region_compete_and_those_of_two_do_not():
    wanted = [(0, THERAPIST.name, 40), (1, THERAPIST.name, 40)]

    def filled(regions, wanted):
        posts = staff(n_la=2, regions=regions, first_term=NEW_PLACE)
        go_on(posts, range(9), permanent, wanted)
        return sum(there for la, there in zip(posts.la, posts.filled, strict=True) if la == 0)

    assert filled([0, 0], wanted) < filled([0, 1], wanted)
    assert filled([0, 1], wanted) == filled([0, 1], wanted[:1])


def test_the_years_say_what_was_gained_here_and_lost_elsewhere():
    posts = staff()
    go_on(posts, range(SPIN_UP, 30), awards(9), [(0, COACH.name, 5), (0, THERAPIST.name, 5)])
    flows = posts.pools.flows.years()
    assert list(flows.year) == sorted(flows.year)
    assert set(flows.kind) == {COACH.name, THERAPIST.name}
    assert flows.net.sum() == flows.filled.sum() - flows.vacated_schools.sum() - flows.vacated_outside.sum()
    assert 0 < flows.net.sum() < flows.filled.sum()
    came = sum(origin != "in post at the start" for origin in posts.rows().came_from)
    assert flows.filled.sum() == came
    went = sum(reason != "still in post" for reason in posts.rows().reason)
    assert (flows.returned + flows.quit).sum() == went
