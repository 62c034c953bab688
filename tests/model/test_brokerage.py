"""Cases: opened by need, matched in order, delivered by those who are there, and left to no one's memory."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.arrangements import Arrangement
from model.deliverers import PostOnHand
from model.ledger import Purpose
from tests.model.brokered import (
    COACHING,
    FIRST,
    INDUCTION,
    OFFERS,
    SCHOOL_TO_SCHOOL,
    THERAPY,
    begin,
    facts,
    staff,
    table,
)

CERTAIN = {"accept_usual": 0.99, "accept_openness": 0.0, "accept_trust": 0.0, "accept_stakes": 0.0}
ALIKE = {"provider_quality_sd": 0.0, "match_quality_gain": 0.0, "rebroker_chance": 0.0}


def test_the_life_of_cases_goes_forward_and_ends_as_it_says():
    rows, state, _ = table(begin().terms(FIRST, 18))
    for earlier, later in (("identified", "triaged"), ("triaged", "agreed"), ("agreed", "matched")):
        both = ~np.isnan(getattr(rows, earlier)) & ~np.isnan(getattr(rows, later))
        assert (getattr(rows, earlier)[both] <= getattr(rows, later)[both]).all()
    assert set(state) <= {
        "completed", "in delivery", "waiting", "declined", "interrupted", "abandoned", "turned away",
    }  # fmt: skip
    done = state == "completed"
    assert done.sum() > 20
    assert (rows.ended[done] > rows.matched[done]).all()
    assert np.isnan(rows.ended[np.isin(state, ("in delivery", "waiting", "interrupted"))]).all()
    assert np.isnan(rows.matched[np.isin(state, ("declined", "turned away"))]).all()
    assert (rows.weeks_delivered[state == "declined"] == 0.0).all()


def test_what_is_delivered_term_by_term_is_what_the_cases_received():
    run = begin().terms(FIRST, 18)
    rows, state, offer = table(run)
    given_out = sum(float(d.weeks.sum()) for d in run.delivered)
    assert given_out == pytest.approx(rows.weeks_delivered.sum())
    assert sum(int(d.completed.sum()) for d in run.delivered) == (state == "completed").sum()
    by_year = [run.brokerage.year(year) for year in range(FIRST // 3, 6)]
    assert sum(y.completed for y in by_year) == (state == "completed").sum()
    assert sum(y.opened for y in by_year) == len(state)
    assert sum(y.started for y in by_year) == (~np.isnan(rows.matched)).sum()
    assert (
        run.paid.count((0, 30_000, Purpose.PROGRAMME, "maths adviser"))
        == (offer[~np.isnan(rows.matched)] == "coaching").sum()
    )


def test_a_whole_case_takes_its_weeks_from_one_at_full_strength():
    rows, state, _ = table(begin(offers=(THERAPY,), **ALIKE).terms(FIRST, 18))
    done = state == "completed"
    assert done.sum() > 5
    np.testing.assert_allclose(rows.weeks_delivered[done], 26.0)
    np.testing.assert_allclose((rows.ended - rows.matched)[done], 26.0)
    np.testing.assert_allclose(rows.quality[done], 1.0)


def test_someone_not_at_full_strength_takes_longer_and_a_case_that_runs_out_of_time_counts_by_what_it_got():
    weak = [post._replace(productivity=1.0 if post.brokers else 0.4) for post in staff()]
    rows, state, _ = table(begin(offers=(THERAPY,), **ALIKE).terms(FIRST, 18, weak))
    ended = state == "abandoned"
    assert ended.sum() > 5
    np.testing.assert_allclose((rows.ended - rows.matched)[ended], 39.0)
    np.testing.assert_allclose(rows.weeks_delivered[ended], 15.6)
    run = begin(offers=(THERAPY,), longest_case=4.0, **ALIKE).terms(FIRST, 18, weak)
    rows, state, _ = table(run)
    np.testing.assert_allclose((rows.ended - rows.matched)[state == "completed"], 65.0)


def test_no_one_serves_more_schools_at_once_than_the_post_has_places():
    run = begin(offers=(THERAPY,))
    for term in range(FIRST, 12):
        run.term(term, staff(therapist=1))
        assert len(run.delivered[-1].school) <= 3 + run.delivered[-1].completed.sum()
        assert run.brokerage.dispatcher.held((0, "therapist", 0)) <= 3


def test_a_school_has_at_most_two_cases_at_once():
    run = begin(notice_chance=1.0, cases_per_broker_term=40.0).terms(FIRST, 9)
    rows = run.brokerage.rows()
    until = np.where(np.isnan(rows.ended), np.inf, rows.ended)
    for week in range(13 * FIRST, 13 * 9, 5):
        alive = (rows.term * 13 <= week) & (until > week)
        assert np.bincount(rows.school[alive], minlength=1).max() <= 2


def test_a_case_whose_deliverer_leaves_stops_stands_first_in_line_and_goes_on_with_who_comes():
    run = begin(offers=(THERAPY,), **ALIKE).terms(FIRST, 0)
    held = run.brokerage.dispatcher.held((0, "therapist", 0))
    assert held > 0
    nobody = [p for p in staff() if p.kind != "therapist"]
    run.term(0, nobody)
    assert not run.delivered[-1].weeks.sum()
    rows, state, _ = table(run)
    assert (state == "interrupted").sum() == run.brokerage.year(0).interrupted > 0
    stopped = set(rows.school[state == "interrupted"])
    newcomers = [p._replace(occupant=1) if p.kind == "therapist" else p for p in staff()]
    run.term(1, newcomers)
    assert stopped <= set(run.delivered[-1].school)
    rows, state, _ = table(run)
    assert (rows.interruptions[np.isin(rows.school, list(stopped)) & (rows.interruptions > 0)] == 1).all()
    assert rows.interruptions.sum() == len(stopped)
    assert any(kind == "support interrupted" for _, _, _, kind, _, _ in run.brokerage.events)


def test_an_interrupted_case_that_no_one_takes_up_is_abandoned():
    run = begin(offers=(THERAPY,), **ALIKE).terms(FIRST, 0)
    nobody = [p for p in staff() if p.kind != "therapist"]
    run.terms(0, 4, nobody)
    rows, state, _ = table(run)
    given_up = state == "abandoned"
    assert given_up.sum() == run.brokerage.year(0).interrupted
    np.testing.assert_allclose(rows.ended[given_up], 26.0)
    assert not (state == "interrupted").any()


def test_where_no_one_is_there_needs_are_turned_away_and_recorded():
    rows, state, _ = table(begin(offers=(COACHING,)).terms(FIRST, 12, staff(maths_adviser=0)))
    assert (state == "turned away").sum() > 5
    assert np.isnan(rows.matched).all()
    assert rows.weeks_delivered.sum() == 0.0


def test_outsiders_come_in_by_asking_later_and_after_members():
    members = table(begin(facts(member=True)).terms(FIRST, 18))
    others = table(begin(facts(member=False)).terms(FIRST, 18))
    assert 0 < len(others[1]) < 0.6 * len(members[1])
    assert np.isnan(others[0].triaged).all()
    assert "declined" not in others[1]
    delay = [np.nanmean(rows.matched - rows.identified) for rows, _, _ in (members, others)]
    assert delay[1] > 1.3 * delay[0]


def test_priority_rises_with_need_with_the_disadvantaged_share_and_with_flags():
    place = facts(member=True)
    rows = begin(place, intelligence_error=False).terms(FIRST, 6).brokerage.rows()
    share = place.disadvantaged_share[rows.school]
    np.testing.assert_allclose(rows.priority, rows.need * share / place.disadvantaged_share.mean())
    flagged = begin(place, intelligence_error=False)
    flagged.risk[:] = 1.0
    rows = flagged.terms(FIRST, 6).brokerage.rows()
    share = place.disadvantaged_share[rows.school]
    np.testing.assert_allclose(rows.priority, 1.5 * rows.need * share / place.disadvantaged_share.mean())


def test_with_perfect_sight_only_schools_in_need_are_supported():
    run = begin(offers=OFFERS[:3], intelligence_error=False, spare_threshold=0.25).terms(FIRST, 6)
    rows = run.brokerage.rows()
    found = -run.practice[rows.school, rows.offer_domain]
    np.testing.assert_allclose(rows.need, found)
    assert (found > 0.25).all()


def test_without_brokers_members_only_come_by_asking():
    rows, state, _ = table(begin().terms(FIRST, 12, staff(broker=0)))
    assert np.isnan(rows.triaged).all()
    assert 0 < len(state) < 0.6 * len(table(begin().terms(FIRST, 12))[1])


def test_without_brokerage_schools_wait_in_the_order_in_which_they_came_and_are_less_well_matched():
    few = staff(therapist=1)
    run = begin(offers=(THERAPY,), brokerage=False, provider_quality_sd=0.0, queue_limit=5.0)
    rows = run.terms(FIRST, 18, few).brokerage.rows()
    begun = ~np.isnan(rows.matched) & (rows.interruptions == 0)
    order = np.argsort(rows.matched[begun], kind="stable")
    assert (np.diff(rows.agreed[begun][order]) > -1e-9).all()
    assert np.isnan(rows.triaged).all()
    np.testing.assert_allclose(rows.quality[rows.weeks_delivered > 0], 0.85)
    with_brokers = begin(offers=(THERAPY,), provider_quality_sd=0.0).terms(FIRST, 18)
    by_broker = with_brokers.brokerage.rows()
    assert np.nanmean(by_broker.quality[~np.isnan(by_broker.triaged)]) > 0.95


def test_support_comes_about_as_fast_as_assumed_with_and_without_brokers():
    """Rows broker_delay_weeks, 6 (2 to 16), and nobroker_delay_weeks, 16 (6 to 40); staff enough."""
    means = {}
    for on in (True, False):
        run = begin(facts(80), brokerage=on).terms(FIRST, 30, staff(therapist=5, maths_adviser=5))
        years = [run.brokerage.year(year) for year in range(10)]
        means[on] = sum(y.found_weeks for y in years) / sum(y.started for y in years)
    assert 2.0 < means[True] < 16.0
    assert 6.0 < means[False] < 40.0
    assert means[False] > 1.5 * means[True]


def test_new_heads_are_offered_induction_in_the_autumn_and_others_never():
    place = facts(member=True)
    rows, _, offer = table(begin(place).terms(FIRST, 12))
    induction = offer == INDUCTION.name
    assert induction.sum() >= 3
    assert place.new_head[rows.school[induction]].all()
    assert (rows.term[induction] % 3 == 0).all()


def test_a_programme_goes_only_to_schools_that_teach_its_year_groups():
    early = replace(THERAPY, year_groups=(0, 1))
    place = facts()
    rows = begin(place, offers=(early,)).terms(FIRST, 12).brokerage.rows()
    assert len(rows.school) > 5
    assert (place.first_year_group[rows.school] < 2).all()


def test_supporting_schools_are_strong_members_who_are_paid_and_give_a_little_away():
    run = begin(offers=(SCHOOL_TO_SCHOOL,), intelligence_error=False).terms(FIRST, 12)
    hosts = run.brokerage.supporting_schools()
    assert len(hosts) == 6  # three in 10,000 of 19,200 pupils
    assert run.facts.member[hosts].all()
    strength = run.practice.mean(axis=1)
    primary = run.facts.member & (run.facts.phase == 0)
    chosen = [school for school in hosts if run.facts.phase[school] == 0]
    assert min(strength[chosen]) >= np.sort(strength[primary])[-len(chosen)]
    rows = run.brokerage.rows()
    years = np.nansum(np.where(np.isnan(rows.ended), 13.0 * 12, rows.ended) - rows.matched) / 39.0
    paid = sum(pence for _, pence, purpose, _ in run.paid if purpose == Purpose.SUPPORTING_SCHOOL)
    assert paid == pytest.approx(900_000 * years, rel=0.02)
    changes = [s for term in run.supporters for s in term]
    assert sum(s.change for s in changes) == pytest.approx(-0.02 * years, rel=0.02)
    assert {s.domain for s in changes} == {SCHOOL_TO_SCHOOL.domain}
    phase = run.facts.phase
    assert len({s.school for s in changes}) > 1
    assert (phase[[s.school for s in changes]] == 0).any()


def test_a_supporting_school_is_never_its_own_supporter():
    run = begin(facts(member=True), (SCHOOL_TO_SCHOOL,), need_threshold=0.0, spare_threshold=-1.0)
    run.practice[:, SCHOOL_TO_SCHOOL.domain] = -1.0  # strong schools are in need in this domain as well
    supported = 0
    for term in range(FIRST, 12):
        run.term(term)
        for stretch in run.brokerage.desk.work:
            assert stretch.slot != stretch.case.school
            supported += 1
    assert supported > 50


def test_when_the_partnership_ends_supporting_schools_stop():
    run = begin(offers=(SCHOOL_TO_SCHOOL,)).terms(FIRST, 3)
    assert run.delivered[-1].weeks.sum() > 0
    run.brokerage.stand(Arrangement(partnership=None, offers=(SCHOOL_TO_SCHOOL,)))
    before = len(run.paid)
    run.term(3)
    assert run.delivered[-1].weeks.sum() == 0
    assert len(run.paid) == before
    assert run.brokerage.supporting_schools() == []


def test_teams_differ_may_do_harm_and_are_known_by_their_cases_only():
    seen, true = [], []
    for seed in range(60):
        run = begin(offers=(THERAPY,), seed=seed, provider_quality_sd=0.6, rebroker_chance=0.0).terms(
            FIRST, 1
        )
        _, state, _ = table(run)
        if seed == 0:
            assert begin(offers=(THERAPY,)).brokerage.seen_quality(0, 0) == (1.0, 0)
        mean, number = run.brokerage.seen_quality(0, 0)
        assert number == (state == "completed").sum()
        seen.append(mean)
        true.append(run.brokerage._teams.of(0, 0).quality)
    assert min(true) < 0.0
    assert np.corrcoef(seen, true)[0, 1] > 0.85
    assert np.std(seen) < np.std(true)
    assert np.mean(np.subtract(seen, true)) == pytest.approx(0.0, abs=0.1)


def test_a_replaced_team_is_another_that_sets_up_first_while_its_cases_wait():
    run = begin(offers=(THERAPY,)).terms(FIRST, 3)
    before = run.brokerage._teams.of(0, 0).quality
    assert run.brokerage.seen_quality(0, 0)[1] > 0
    run.brokerage.replace_provider(0, 0, 3)
    assert run.brokerage.seen_quality(0, 0) == (1.0, 0)
    run.term(3)
    assert run.brokerage._teams.of(0, 0).quality != before
    assert run.brokerage.year(1).interrupted > 0
    worked = run.delivered[-1].weeks
    assert worked.max() <= 13.0 - 9.75 + 1e-9  # three months are 9.75 teaching weeks
    run.term(4)
    assert run.delivered[-1].weeks.max() > 8.0


def test_a_case_whose_team_and_specialist_go_together_stops_once():
    run = begin(offers=(THERAPY,)).terms(FIRST, 3)
    run.brokerage.replace_provider(0, 0, 3)
    run.brokerage.replace_provider(0, 0, 3)
    run.term(3, [p._replace(occupant=1) for p in staff()])
    rows, _, _ = table(run)
    assert rows.interruptions.max() == 1
    assert rows.interruptions.sum() == run.brokerage.year(1).interrupted > 0


def test_a_provider_seen_as_poor_loses_the_case_to_another_where_there_is_one():
    def with_quality(one, other, n):
        posts = [p for p in staff(therapist=0)]
        posts.append(PostOnHand(0, 0, "therapist", False, 0, 1.0, one))
        return posts + [PostOnHand(1, 0, "therapist", False, 0, 1.0, other)] * n

    run = begin(offers=(THERAPY,), provider_quality_sd=0.0, rebroker_chance=1.0, intelligence_error=False)
    run.terms(FIRST, 12, with_quality(-0.5, 1.0, 1))
    rows, state, _ = table(run)
    assert (rows.quality[state == "completed"] > 0.75).any()
    assert not np.isclose(rows.quality[state == "completed"], -0.5).any()
    assert sum(run.brokerage.year(year).rebrokered for year in range(FIRST // 3, 4)) > 0
    alone = begin(offers=(THERAPY,), provider_quality_sd=0.0, rebroker_chance=1.0, intelligence_error=False)
    alone.terms(FIRST, 12, with_quality(-0.5, 1.0, 0))
    rows, state, _ = table(alone)
    assert (rows.quality[state == "completed"] < 0.0).all()


def test_a_case_may_come_back_but_not_within_a_year():
    rows = begin(notice_chance=1.0).terms(FIRST, 30).brokerage.rows()
    for school in range(40):
        for domain in (0, 2, 3):
            own = (rows.school == school) & (rows.offer_domain == domain)
            begun, ended = rows.term[own][1:], rows.ended[own][:-1]
            assert (begun - ended / 13.0 >= 2.0).all()
    assert len(rows.school) > len(set(zip(rows.school, rows.offer_domain, strict=True)))
