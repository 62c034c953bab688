"""Ties grow with work done together and fade without; mutual trust follows; competition holds it down."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.declaration import declarations
from model.dispositions import Dispositions
from model.place import Phase
from model.tie_pairs import JointWork
from model.tie_parameters import TieParameters
from model.ties import Ties
from tests.model.tied import SPIN_UP, TOGETHER, begin, facts

TEN_YEARS = 30
COURTESY = replace(TOGETHER, triads=False, meetings_a_year=0.0, network_days_a_year=0.0)


def spun(**values):
    return begin(**values).terms(SPIN_UP, 0)


def test_a_place_that_goes_on_as_it_was_keeps_its_ties_and_trust_for_ten_years():
    run = spun().terms(0, TEN_YEARS)
    for values in (run.strength, run.trust, run.acceptance, run.coherence):
        years = np.array(values[-SPIN_UP:]).reshape(-1, 3).mean(axis=1)
        drift = np.polyfit(np.arange(len(years)), years, 1)[0]
        assert abs(drift) < 0.002, "a year, of a scale from 0 to 1"
        assert np.ptp(years) < 0.03


def test_usual_schools_trust_at_year_0_as_they_are_disposed():
    run = spun()
    moved = run.nature.trust - begin().nature.trust
    assert abs(moved).max() < 0.15  # by each head's leaving, and by competition
    assert abs(moved.mean()) < 0.03


def test_without_joint_work_a_tie_loses_what_the_evidence_says_each_year():
    run = begin(heads_leave=0.0, courtesy_days=0.0, decay=0.3).terms(SPIN_UP, 0)
    inside = run.ties.days > 0.0
    before = run.ties.strength[inside]
    run.ties.stand(None)
    run.terms(0, 3)
    np.testing.assert_allclose(run.ties.strength[inside], 0.7 * before, rtol=1e-9)


def test_more_time_together_makes_stronger_ties_and_more_trust():
    few, some, many = (
        spun(collaboration=replace(TOGETHER, meetings_a_year=days)) for days in (0.0, 6.0, 20.0)
    )
    assert few.strength[-1] < some.strength[-1] < many.strength[-1]
    assert few.trust[-1] < some.trust[-1] < many.trust[-1]


def test_a_scenario_that_begins_to_work_together_comes_to_trust_over_years():
    run = spun(collaboration=COURTESY)
    run.ties.stand(TOGETHER)
    run.terms(0, 24)
    after_one, after_five, after_eight = (run.acceptance[-SPIN_UP - 1 + 3 * y] for y in (1, 5, 8))
    start = run.acceptance[-SPIN_UP - 1]
    assert start < after_one < after_five
    assert after_eight - after_five < 0.5 * (after_five - start)


def test_what_a_group_of_three_does_counts_for_more_than_a_day_among_many():
    run = spun(heads_leave=0.0, courtesy_days=0.0)
    ties, triad, cluster = run.ties, run.ties.clusters.triad, run.ties.clusters.cluster
    alike = (cluster[ties.first] == cluster[ties.second]) & (cluster[ties.first] >= 0)
    threes = alike & (triad[ties.first] == triad[ties.second])
    assert ties.strength[threes].mean() > 1.3 * ties.strength[alike & ~threes].mean()


def test_meetings_build_no_tie_with_a_school_outside_the_partnership():
    place = facts(member=0.7)
    ties = spun(place=place, heads_leave=0.0).ties
    outside = ~(place.member[ties.first] & place.member[ties.second])
    assert (ties.days[outside] == 0.0).all()
    assert ties.strength[~outside].mean() > ties.strength[outside].mean()
    assert (ties.leadership_days()[~place.member] == 0.0).all()
    assert (ties.leadership_days()[place.member] > 0.0).all()


def test_clusters_come_apart_without_paid_co_ordination_and_ties_with_them():
    kept, left = spun().terms(0, TEN_YEARS), spun().terms(0, TEN_YEARS, funded=0.0)
    assert left.coherence[-1] < 0.5 * kept.coherence[-1]
    assert left.strength[-1] < kept.strength[-1]
    assert left.acceptance[-1] < kept.acceptance[-1]
    first_year = left.coherence[-SPIN_UP + 2]
    assert left.coherence[-1] < first_year < kept.coherence[-1]


def with_trust(place, usual, collaboration=TOGETHER, competition=False, stakes=0.4):
    """Ties of schools alike in what they are disposed to."""
    flat = np.ones(place.n_schools)
    nature = Dispositions(openness=0.6 * flat, trust=usual * flat, stakes=stakes * flat, rigour=0.5 * flat)
    return Ties(place, nature, collaboration, TieParameters(), competition=competition)


def test_co_ordination_that_stops_being_paid_is_missed_from_the_next_term():
    run = spun()
    paid = np.ones(1)
    run.ties.term(0, paid)
    held = run.ties.coherence.value.copy()
    paid[:] = 0.0
    run.ties.term(1, paid)
    assert (run.ties.coherence.value < held).all()


def test_schools_that_trust_each_other_hold_together_longer_without_money():
    trusting, wary = (with_trust(facts(), usual) for usual in (0.8, 0.3))
    for term in range(TEN_YEARS):
        for ties in (trusting, wary):
            ties.term(term, np.zeros(1))
    assert trusting.coherence.value.mean() > wary.coherence.value.mean() + 0.1


# --- competition ----------------------------------------------------------------------------------------


def test_competition_holds_trust_down_and_does_not_when_it_is_off():
    on, off = spun(), spun(competition=False)
    assert on.trust[-1] < off.trust[-1]
    assert not off.ties.competition.any()
    assert not off.ties.school_competition().any()
    none = spun(held_down=0.0)
    np.testing.assert_array_equal(none.ties.trust, off.ties.trust)


def test_schools_that_compete_trust_less_at_year_0_too_and_share_less():
    place = facts(special=0)
    on, off = spun(place=place, heads_leave=0.0), spun(place=place, heads_leave=0.0, competition=False)
    lost = off.nature.trust - on.nature.trust
    assert (lost > 0.0).all()
    keen = on.ties.school_competition()
    assert np.corrcoef(keen, lost)[0, 1] > 0.4
    assert spun(held_down=0.0).nature.trust.mean() == pytest.approx(begin().nature.trust.mean(), abs=0.01)


def test_empty_places_near_by_cost_trust():
    full, empty = facts(), facts()
    full.capacity, empty.capacity = full.pupils.copy(), empty.pupils / 0.7
    assert spun(place=empty).trust[-1] < spun(place=full).trust[-1]


def test_the_more_is_at_stake_the_more_competition_costs():
    little, much = (with_trust(facts(), 0.5, competition=True, stakes=s) for s in (0.1, 0.9))
    assert much.mean_trust() < little.mean_trust()
    np.testing.assert_array_equal(
        *(with_trust(facts(), 0.5, stakes=s).trust for s in (0.1, 0.9))
    )  # without competition stakes cost nothing


def test_only_near_schools_of_a_phase_compete():
    place = facts()
    ties = begin(place=place).ties
    special = place.phase == Phase.SPECIAL
    across = place.phase[ties.first] != place.phase[ties.second]
    assert not ties.competition[across].any()
    assert not ties.school_competition()[special].any()
    km = np.hypot(
        place.x_km[ties.first] - place.x_km[ties.second], place.y_km[ties.first] - place.y_km[ties.second]
    )
    primary = ~across & (place.phase[ties.first] == Phase.PRIMARY)
    assert ties.competition[primary & (km < 1.0)].mean() > 3.0 * ties.competition[primary & (km > 4.0)].mean()


def test_falling_rolls_bring_competition_within_the_year():
    run = spun(heads_leave=0.0)
    before = run.ties.competition.mean()
    run.facts.pupils = 0.8 * run.facts.pupils
    run.terms(0, 3)
    assert run.ties.competition.mean() > before
    assert run.acceptance[-1] < run.acceptance[-SPIN_UP - 1]


# --- breaches -------------------------------------------------------------------------------------------


def test_a_new_head_costs_ties_and_trust_which_come_back():
    run = spun(heads_leave=0.0)
    ties, school = run.ties, 5
    run.facts.new_head = np.arange(run.facts.n_schools) == school
    before, trust = ties.strength.copy(), ties.school_trust()
    ties.term(0, np.ones(1))
    own = (ties.first == school) | (ties.second == school)
    assert (ties.strength[own] < before[own]).all()
    np.testing.assert_allclose(ties.strength[~own], before[~own], atol=2e-3)
    after = ties.school_trust()
    assert after[school] < trust[school]
    assert (trust - after).argmax() == school
    run.terms(1, TEN_YEARS)
    assert ties.school_trust()[school] > after[school]


def test_a_school_that_no_one_takes_turns_inward_once():
    run = spun(heads_leave=0.0)
    ties, school = run.ties, 7
    before = ties.strongest()[school]
    run.facts.orphan = np.arange(run.facts.n_schools) == school
    ties.term(1, np.ones(1))
    broken = ties.strongest()[school]
    assert broken < 0.8 * before
    run.facts.orphan = run.facts.orphan.copy()
    ties.term(2, np.ones(1))
    assert ties.strongest()[school] > broken


# --- trusts, cases, isolation ---------------------------------------------------------------------------


def test_schools_that_join_a_trust_come_to_have_ties_wherever_they_lie():
    place = facts(n_la=2)
    far = np.array([0, place.n_schools - 1])
    run = spun(place=place, heads_leave=0.0)
    trust = place.trust.copy()
    trust[far] = 3
    place.trust = trust
    run.terms(0, 9)
    ties = run.ties
    pair = (ties.first == far[0]) & (ties.second == far[1])
    assert ties.strength[pair].item() > 0.4
    assert ties.trust_days()[far].all()
    assert ties.trust_days().astype(bool).sum() == len(far)


def test_a_case_between_strangers_ties_them():
    run = spun(heads_leave=0.0)
    ties = run.ties
    known = set(zip(ties.first.tolist(), ties.second.tolist(), strict=True))
    stranger = next(s for s in range(1, run.facts.n_schools) if (0, s) not in known)
    work = JointWork(np.array([stranger, 4]), np.array([0, 4]), np.array([10.0, 10.0]))
    ties.term(0, np.ones(1), (work,))
    pair = (ties.first == 0) & (ties.second == stranger)
    assert ties.strength[pair].item() > 0.5
    assert ties.days[pair].item() == 10.0
    assert len(ties.first) == len(known) + 1, "and no school has a tie with itself"


def test_isolated_are_those_outside_the_partnership_without_ties():
    place = facts(member=0.6)
    ties = spun(place=place).ties
    alone = ties.isolated()
    assert 0 < alone.sum() < (~place.member).sum() + 1
    assert not (alone & place.member).any()
    place.trust = np.where(place.member, -1, 0).astype(np.int32)
    for term in range(9):
        ties.term(term, np.ones(1))
    assert not ties.isolated().any(), "a trust ties its schools, members of the partnership or not"


def test_a_place_where_schools_work_together_has_fewer_isolated_ones_than_one_without_members():
    some, none = facts(member=0.8), facts(member=0.0)
    assert spun(place=some).ties.isolated().sum() < spun(place=none).ties.isolated().sum()


# --- what does not happen -------------------------------------------------------------------------------


def test_until_another_arrangement_stands_nothing_differs_in_any_bit():
    one, other = spun().terms(0, 6), spun().terms(0, 6)
    np.testing.assert_array_equal(one.ties.strength, other.ties.strength)
    other.ties.stand(replace(TOGETHER, cluster_lead_gbp=0.0))
    one.ties.stand(replace(TOGETHER))
    one.terms(6, 12)
    other.terms(6, 12)
    assert one.coherence[:-6] == other.coherence[:-6]
    assert one.coherence[-1] > other.coherence[-1]


def test_where_no_one_collaborates_trust_stays_as_it_was():
    run = begin(collaboration=None).terms(SPIN_UP, TEN_YEARS)
    assert abs(run.acceptance[0] - run.acceptance[-1]) < 0.002


def test_clusters_stay_when_only_time_or_money_changes_and_are_told_of_when_formed_anew():
    run = spun()
    clusters = run.ties.clusters
    run.ties.stand(replace(TOGETHER, meetings_a_year=12.0))
    run.terms(0, 1)
    assert run.ties.clusters is clusters
    assert not run.ties.events
    run.ties.stand(replace(TOGETHER, primary_cluster_schools=6))
    run.terms(1, 3)
    assert run.ties.clusters.number > clusters.number
    assert [event[:4] for event in run.ties.events] == [(1, 0, -1, "clusters")]
    held = run.ties.coherence.value
    run.ties.stand(replace(TOGETHER, primary_cluster_schools=6, triads=False))
    assert run.ties.coherence.value is held, "schools that now work in other threes stay in their clusters"
    run.ties.stand(None)
    run.terms(3, 4)
    assert run.ties.clusters.number == 0
    assert not run.ties.lead_cost_gbp().any()


def test_heads_who_lead_clusters_are_due_their_money_each_year():
    place = facts(n_la=2)
    ties = begin(place=place).ties
    yearly = 3.0 * ties.lead_cost_gbp()
    assert yearly.sum() == pytest.approx(8000.0 * ties.clusters.number)
    assert yearly[0] == pytest.approx(yearly[1])


@pytest.mark.parametrize("end", [0, 1])
def test_ties_and_trust_stay_between_nothing_and_all_at_the_ends_of_every_range(end):
    ends = {d.name.split(".")[1]: (d.low, d.high)[end] for d in declarations(TieParameters, "tie")}
    run = begin(**ends).terms(SPIN_UP, 9)
    for values in (run.ties.strength, run.ties.trust, run.ties.competition, run.ties.coherence.value):
        assert np.isfinite(values).all()
        assert (values >= 0.0).all()
        assert (values <= 1.0).all()


@pytest.mark.parametrize("seed", range(6))
def test_whatever_befalls_schools_ties_stay_in_order(seed):
    luck = np.random.default_rng(seed)
    place = facts(primary=20, secondary=5, special=1, n_la=2, member=0.8, seed=seed)
    n = place.n_schools
    run = begin(place=place, collaboration=None if seed % 2 else TOGETHER)
    standing = (None, TOGETHER, replace(TOGETHER, like_schools=True), COURTESY)
    for term in range(SPIN_UP, 24):
        if luck.random() < 0.2:
            run.ties.stand(standing[luck.integers(len(standing))])
        if luck.random() < 0.3:
            place.member = luck.random(n) < luck.random()
        if luck.random() < 0.3:
            place.trust = np.where(luck.random(n) < 0.4, luck.integers(0, 6, n), -1).astype(np.int32)
        if luck.random() < 0.2:
            place.orphan = luck.random(n) < 0.05
        if luck.random() < 0.3:
            place.pupils = place.pupils * luck.uniform(0.8, 1.2, n)
        pairs = luck.integers(0, n, (2, 4))
        run.terms(term, term + 1, funded=float(luck.random()), worked=(JointWork(*pairs, luck.random(4)),))
        ties = run.ties
        assert (ties.first < ties.second).all()
        assert (np.diff(ties.first * n + ties.second) > 0).all(), "each pair once"
        for values in (ties.strength, ties.trust, ties.competition):
            assert values.shape == ties.first.shape
            assert ((values >= 0.0) & (values <= 1.0)).all()
        assert (ties.days >= 0.0).all()
        assert ((run.nature.trust >= 0.0) & (run.nature.trust <= 1.0)).all()
        assert not (ties.isolated() & place.member).any()


@pytest.mark.parametrize("numbers", [(1, 0, 0), (0, 1, 0), (0, 0, 1), (2, 0, 0), (5, 1, 0)])
def test_few_schools_or_one_alone_run_like_any(numbers):
    run = begin(place=facts(*numbers)).terms(SPIN_UP, 6)
    assert np.isfinite(run.ties.school_trust()).all()
    assert 0.0 <= run.ties.mean_trust() <= 1.0


def test_ties_grow_in_number_as_schools_do():
    few, many = (len(begin(place=facts(n_la=n)).ties.first) for n in (2, 8))
    assert many < 4.2 * few
    assert few < 15 * 2 * 85


def test_each_school_finds_its_neighbours_in_the_list():
    ties = begin(place=facts(n_la=2)).ties
    found = ties.neighbours()
    assert found.start[-1] == 2 * len(ties.first)
    for school in (0, 50, 169):
        own = slice(found.start[school], found.start[school + 1])
        ends = np.stack([ties.first[found.tie[own]], ties.second[found.tie[own]]])
        assert ((ends == school).sum(axis=0) == 1).all()
        assert (ends.sum(axis=0) - school == found.other[own]).all()


def test_one_partnership_across_las_has_ties_across_them():
    place = facts(primary=10, secondary=3, special=1, n_la=3)
    one = begin(place=place, area=np.zeros(place.n_schools, dtype=np.int32)).ties
    assert (place.la[one.first] != place.la[one.second]).any()
    own = begin(place=place).ties
    assert (place.la[own.first] == place.la[own.second]).all()
