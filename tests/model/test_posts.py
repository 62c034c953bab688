"""People leave, posts stand vacant and others come, as the length of money has it."""

from __future__ import annotations

from time import perf_counter

import numpy as np
import pytest

from model.arrangements import Arrangement, PostLine
from model.post_kinds import PostKind, kinds_of
from model.post_parameters import PostParameters
from model.posts import SPIN_UP
from model.recruitment import ALWAYS, Horizons, settling_in
from tests.model.staffing import (
    BROKER,
    COACH,
    KINDS,
    NEW_PLACE,
    PSYCHOLOGIST,
    THERAPIST,
    awards,
    fund,
    go_on,
    permanent,
    staff,
)

FOUR_OF_EACH = [(0, kind.name, 4) for kind in KINDS]
TEN_YEARS = range(30)
LONG_ENOUGH = range(SPIN_UP, 30)


def turnover_and_vacancy(money, *, seeds=40, **options):
    """Yearly share of occupants who leave and share of open posts vacant, over ten years after a spin-up."""
    left = there = vacant = terms = 0
    for seed in range(seeds):
        posts = staff(seed=seed, **options)
        for term in LONG_ENOUGH:
            fund(posts, term, money, FOUR_OF_EACH)
            before = sum(posts.filled)
            changes = posts.term(term)
            if term >= 0:
                left, there = left + len(changes.left), there + before
                vacant, terms = vacant + posts.filled.count(False), terms + len(posts.filled)
    return 1.0 - (1.0 - left / there) ** 3, vacant / terms


def test_about_one_in_seven_leaves_a_permanent_post_in_a_year_and_one_in_eight_stands_vacant():
    turnover, vacancy = turnover_and_vacancy(permanent)
    assert 0.11 <= turnover <= 0.17  # rows public_turnover, specialist_leave_permanent
    assert 0.10 <= vacancy <= 0.25  # row slt_vacancy_children


def test_a_third_or_more_leave_a_post_of_one_year_in_a_year():
    for decided_before in (0, 1):
        turnover, vacancy = turnover_and_vacancy(awards(3, decided_before), seeds=15)
        assert 0.30 <= turnover <= 0.45
        assert vacancy > 0.25


def test_longer_money_keeps_people_and_what_is_decided_early_keeps_more():
    rates = [turnover_and_vacancy(awards(length), seeds=15)[0] for length in (3, 9, 15)]
    assert rates[0] > rates[1] + 0.05 > rates[2] + 0.05
    assert turnover_and_vacancy(awards(9, 0), seeds=40)[0] > turnover_and_vacancy(awards(9, 2), seeds=40)[0]


def test_without_the_quit_hazard_all_leave_as_from_permanent_posts():
    turnover, _ = turnover_and_vacancy(awards(3), quit_hazard=False)
    assert turnover == pytest.approx(0.12, abs=0.015)


def test_half_of_a_new_post_of_one_year_is_of_use():
    use = []
    for seed in range(150):
        posts = staff(seed=seed, first_term=NEW_PLACE)
        for term in range(3):
            fund(posts, term, awards(3, 0), FOUR_OF_EACH)
            posts.term(term)
            use.extend(posts.productivity(term))
    assert 0.35 <= np.mean(use) <= 0.75  # row productive_share_1y


def test_a_newcomer_is_of_full_use_after_the_first_months():
    assert settling_in(3.0) == pytest.approx([(1.5 + 1.0) / 4.0, 1.0])
    assert settling_in(6.0) == pytest.approx([1.0 / 3.0, (2.0 * 10.0 / 12.0 + 2.0) / 4.0, 1.0])
    assert settling_in(0.1)[0] > 0.98
    assert settling_in(4.0) == pytest.approx([0.5, 1.0])


def test_whoever_follows_starts_again():
    posts = staff(first_term=NEW_PLACE)
    followed = 0
    for term in TEN_YEARS:
        (changes,) = go_on(posts, [term], awards(3), FOUR_OF_EACH)
        use = posts.productivity(term)
        assert not set(changes.left) & set(changes.filled)
        assert all(use[slot] == 0.0 for slot in changes.left)
        assert all(use[slot] == settling_in(3.0)[0] for slot in changes.filled)
        assert all(posts.since[slot] == term for slot in changes.filled)
        followed += sum(posts.occupant[slot] > 0 for slot in changes.filled)
    assert followed > 10


def test_the_hazard_falls_with_the_length_of_the_award_from_row_to_row():
    at = Horizons(PostParameters()).leave_a_year
    assert [at(t) for t in (1, 3, 9, 15, 30, 0)] == pytest.approx([0.3, 0.3, 0.16, 0.12, 0.12, 0.12])
    assert 0.16 < at(6) < 0.3
    assert 0.12 < at(12) < 0.16


def test_the_last_two_terms_of_undecided_money_cost_the_extra_exits_of_the_row():
    horizons = Horizons(PostParameters())
    far, near = (horizons.leave(9, left, False, False) for left in (3, 2))
    assert 1.0 - ((1.0 - near) / (1.0 - far)) ** 2 == pytest.approx(0.15)
    assert horizons.leave(9, 1, False, True) == horizons.leave(0, ALWAYS, False, False)
    assert horizons.leave(9, 5, True, False) > far


def test_where_evidence_has_no_cost_of_short_money_there_is_none():
    p = PostParameters(leave_1y=0.12, leave_3y=0.12, final_exit=0.0, fill_one_year=1.0, weaker_field=0.0)
    short, long = Horizons(p), Horizons(p)
    assert short.leave(3, 1, False, False) == pytest.approx(long.leave(0, ALWAYS, False, False))
    assert short.fill(0, 3) == long.fill(0, ALWAYS)
    assert short.field(3) == long.field(ALWAYS)


def test_a_world_in_which_short_posts_draw_better_people_exists():
    assert Horizons(PostParameters(weaker_field=-0.05)).field(3) > 1.0


def test_posts_that_stood_before_are_filled_as_in_the_long_run():
    counts = []
    for seed in range(100):
        posts = staff(seed=seed)
        fund(posts, SPIN_UP, permanent, FOUR_OF_EACH)
        changes = posts.term(SPIN_UP)
        assert changes.taken_from_school == [-1] * len(changes.filled)
        assert all(posts.since[slot] <= SPIN_UP for slot in changes.filled)
        counts.append(len(changes.filled) / len(posts.filled))
    assert np.mean(counts) == pytest.approx(1.0 - Horizons(PostParameters()).usual_vacancy(), abs=0.03)


def test_notice_ends_a_post_on_its_day_and_some_go_before():
    early = late = 0
    for seed in range(60):
        posts = staff(seed=seed)
        go_on(posts, range(SPIN_UP, -1), permanent, FOUR_OF_EACH)
        there = sum(posts.filled)
        for slot in range(len(posts.la)):
            posts.close(slot, 1, "funding ended")
        early += len(posts.term(-1).left)
        early += len(posts.term(0).left)
        late += len(posts.term(1).left)
        assert not any(posts.filled)
        assert not any(posts.open)
        assert posts.term(2).filled == []
        assert there <= len(posts.filled)
        assert set(posts.rows().reason) <= {"left", "funding ended"}
    assert 0.3 < early / (early + late) < 0.7


def test_notice_that_is_withdrawn_keeps_the_post():
    posts = staff(PostParameters(notice_leave=0.0, leave_permanent=0.0))
    go_on(posts, [SPIN_UP], permanent, FOUR_OF_EACH)
    there = list(posts.filled)
    for slot in range(len(posts.la)):
        posts.close(slot, SPIN_UP + 2, "funding ended")
    posts.term(SPIN_UP + 1)
    go_on(posts, [SPIN_UP + 2], permanent, FOUR_OF_EACH)
    assert [now for now, then in zip(posts.filled, there, strict=True) if then] == [True] * sum(there)


def test_no_one_is_sought_for_a_post_under_notice_or_without_time_left():
    posts = staff(first_term=NEW_PLACE)
    for slot in posts.slots_for(0, COACH.name, 20):
        posts.fund(slot, line=0, horizon_terms=3, funded_until=0)
    assert posts.term(0).filled == []
    for slot in posts.slots_for(0, COACH.name, 20):
        posts.fund(slot, line=0, horizon_terms=3, funded_until=30)
        posts.close(slot, 2, "funding ended")
    assert posts.term(1).filled == []


def history(posts, kind, n=4, la=0):
    """What anyone would see of the first posts of a kind."""
    rows = posts.rows()
    columns = (rows.kind, rows.la, rows.number, rows.occupant, rows.from_term, rows.to_term, rows.quality)
    return [row for row in zip(*columns, strict=True) if row[0] == kind and row[1] == la and row[2] < n]


def test_another_kind_more_posts_or_another_la_shifts_no_ones_luck():
    def run(kinds, wanted, n_la=1):
        posts = staff(kinds=kinds, n_la=n_la, labour_pools=False)
        go_on(posts, LONG_ENOUGH, awards(9), wanted)
        return history(posts, COACH.name)

    alone = run((COACH,), [(0, COACH.name, 4)])
    assert len(alone) > 4
    assert run((COACH,), [(0, COACH.name, 9)]) == alone
    assert run(KINDS[::-1], [(0, kind.name, 5) for kind in KINDS]) == alone
    assert run(KINDS, [(la, kind.name, 4) for la in (1, 0) for kind in KINDS], n_la=2) == alone


def test_a_place_with_room_to_spare_gives_the_same_luck_with_finite_pools():
    def run(wanted):
        posts = staff()
        go_on(posts, LONG_ENOUGH, awards(9), wanted)
        return history(posts, COACH.name)

    assert run([(0, COACH.name, 4)]) == run([(0, COACH.name, 4), (0, THERAPIST.name, 4)])


def test_a_newly_qualified_person_alone_is_weaker_and_a_broker_or_colleague_helps():
    def newcomers(*others):
        found = []
        for seed in range(500):
            posts = staff(PostParameters(quality_sd=0.0, fill_first=1.0), seed=seed, first_term=NEW_PLACE)
            go_on(posts, [0], permanent, others)
            go_on(posts, [1], permanent, [*others, (0, PSYCHOLOGIST.name, 1)])
            rows = posts.rows()
            found += [
                quality
                for quality, kind, origin in zip(rows.quality, rows.kind, rows.came_from, strict=True)
                if (kind, origin) == (PSYCHOLOGIST.name, "newly qualified")
            ]
        return found

    assert newcomers() == pytest.approx([0.8] * len(newcomers()))
    assert np.mean(newcomers((0, BROKER.name, 3))) == pytest.approx(0.92, abs=0.01)
    assert set(newcomers((0, THERAPIST.name, 3))) == {newcomers()[0]}


def test_those_lent_by_a_school_are_not_of_a_weaker_field_and_go_back():
    p = PostParameters(secondment=1.0, quality_sd=0.0, fill_first=1.0, newly_trained_loss=0.0)
    posts = staff(p, first_term=NEW_PLACE)
    go_on(posts, [0], awards(3), [(0, COACH.name, 12)])
    lent = [slot for slot, seconded in enumerate(posts.seconded) if seconded]
    others = [slot for slot, there in enumerate(posts.filled) if there and slot not in lent]
    assert {posts.quality[slot] for slot in lent} == {1.0}
    assert [posts.quality[slot] for slot in others] == pytest.approx([0.9] * len(others))
    assert set(posts.rows().came_from) >= {"seconded from a school of the place"}
    pool = posts.pools.of(0, KINDS.index(COACH))
    employed, in_posts = pool.employed[0], pool.posts
    for _ in lent:
        pool.go_back()
    assert lent
    assert pool.employed[0] == employed + len(lent)
    assert pool.posts == in_posts - len(lent)


def test_the_school_that_loses_someone_is_named():
    posts = staff(PostParameters(fill_first=1.0, school_share_teachers=0.8), n_la=2, first_term=NEW_PLACE)
    changes = go_on(posts, [0], permanent, [(1, COACH.name, 10)])[0]
    lost = [row for row in changes.taken_from_school if row >= 0]
    assert len(lost) == sum(origin.endswith("of the place") for origin in posts.rows().came_from)
    assert lost
    assert all(85 <= row < 170 for row in lost)


def test_posts_are_counted_by_kind():
    posts = staff(first_term=NEW_PLACE)
    go_on(posts, range(9), permanent, FOUR_OF_EACH)
    counts = posts.counts()
    assert [count.kind for count in counts] == [kind.name for kind in KINDS]
    assert [count.brokers for count in counts] == [False, False, False, True]
    assert sum(count.funded for count in counts) == 16
    assert sum(count.filled for count in counts) == sum(posts.filled)
    assert sum(count.full_strength for count in counts) == pytest.approx(sum(posts.productivity(8)))


def test_every_stint_is_recorded_once_and_none_overlap():
    posts = staff()
    changes = go_on(posts, LONG_ENOUGH, awards(3), FOUR_OF_EACH)
    rows = posts.rows()
    assert len(rows.la) == sum(len(change.filled) for change in changes)
    assert rows.reason.count("still in post") == sum(posts.filled)
    assert rows.reason.count("left") == sum(len(change.left) for change in changes)
    ends = {}
    for kind, number, occupant, start, end in zip(
        rows.kind, rows.number, rows.occupant, rows.from_term, rows.to_term, strict=True
    ):
        assert occupant == 0 or start > ends[kind, number] + 1
        assert start <= end
        ends[kind, number] = end
    assert np.isfinite(rows.quality).all()


def test_kinds_are_those_of_what_stands_and_of_what_may_come():
    coach = PostLine(kind="coach", per_10_000_pupils=1.0, salary_gbp=40_000.0, teacher=True)
    broker = PostLine(kind="broker", per_10_000_pupils=1.0, salary_gbp=60_000.0, brokers=True)
    found = kinds_of([Arrangement(posts=(coach,)), Arrangement(posts=(broker, coach))])
    assert found == (PostKind("coach", True, False), PostKind("broker", False, True))


def test_a_kind_that_was_not_named_is_a_programmers_mistake():
    with pytest.raises(KeyError):
        staff().slots_for(0, "librarian", 1)


def test_at_the_low_end_of_the_evidence_short_money_costs_next_to_nothing():
    low = PostParameters(
        leave_1y=0.18,
        leave_3y=0.1,
        leave_permanent=0.17,
        final_exit=0.0,
        fill_one_year=1.0,
        weaker_field=-0.05,
    )
    short, long = (turnover_and_vacancy(money, seeds=30, p=low) for money in (awards(3), permanent))
    assert short[1] - long[1] == pytest.approx(0.0, abs=0.03)


@pytest.mark.bench
def test_time_for_fifteen_years_of_posts(capsys):
    for n_la, best_of in ((1, 10), (147, 1)):
        times = []
        for seed in range(best_of):
            posts = staff(n_la=n_la, seed=seed)
            start = perf_counter()
            go_on(posts, LONG_ENOUGH, permanent, [(la, kind.name, 5) for la in range(n_la) for kind in KINDS])
            times.append(perf_counter() - start)
        with capsys.disabled():
            print(f"\n{n_la} LAs with 20 posts each, 45 terms: {1e3 * min(times):.1f} ms")
