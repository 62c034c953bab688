"""What a broker sees of schools: contact makes errors smaller, and what was seen goes stale without it."""

from __future__ import annotations

import numpy as np
import pytest

from model.brokerage_parameters import BrokerageParameters
from model.contact import Contact
from model.dispositions import dispositions
from model.intelligence import Intelligence, PerfectSight, flags
from model.practice import DOMAINS
from model.randomness import Chance
from tests.model.brokered import facts

P = BrokerageParameters()
EVERYWHERE, NOWHERE = np.ones(1), np.zeros(1)


def _watch(place, coverage, terms=12, p=P, practice=None):
    chance = Chance(5, 0, 0)
    sight = Intelligence(place, dispositions(np.zeros(place.n_schools), p, chance), p, chance)
    practice = np.zeros((place.n_schools, 9)) if practice is None else practice
    for term in range(terms):
        seen, own = sight.observe(term, practice, coverage)
    return sight, seen, own


def _error(seen, practice=0.0):
    return float(np.sqrt(np.mean((seen - practice) ** 2)))


def test_members_who_are_visited_are_seen_best_and_outsiders_worst():
    members, others = facts(200, member=True), facts(200, member=False)
    chance = Chance(5, 0, 0)
    nature = dispositions(np.zeros(200), P, chance)
    visited = Intelligence(members, nature, P, chance).error_sd(EVERYWHERE)
    unvisited = Intelligence(members, nature, P, chance).error_sd(NOWHERE)
    outside = Intelligence(others, nature, P, chance).error_sd(EVERYWHERE)
    assert (visited < unvisited).all()
    assert (unvisited < outside).all()
    np.testing.assert_allclose(outside, P.seeing_error_sd)


def test_trusting_schools_are_seen_better_as_they_share_data():
    place = facts(200, member=True)
    nature = dispositions(np.zeros(200), P, Chance(5, 0, 0))
    error = Intelligence(place, nature, P, Chance(5, 0, 0)).error_sd(NOWHERE)
    assert np.corrcoef(error, nature.trust)[0, 1] < -0.5


def test_what_is_seen_has_the_error_it_is_reckoned_with():
    place = facts(400, member=True)
    practice = Chance(8, 0, 0).normals("truth", 0, 0, 3600).reshape(400, 9)
    sight, seen, _ = _watch(place, EVERYWHERE, terms=1, practice=practice)
    assert _error(seen, practice) == pytest.approx(float(np.sqrt(sight.variance.mean())), rel=0.05)


def test_looks_add_up_and_visits_keep_them_sharp():
    place = facts(200, member=True)
    once = _error(_watch(place, EVERYWHERE, terms=1)[1])
    often = _error(_watch(place, EVERYWHERE)[1])
    unvisited = _error(_watch(place, NOWHERE)[1])
    assert often < 0.8 * once
    assert often < 0.9 * unvisited


def test_what_was_seen_goes_stale_in_schools_that_leave():
    place = facts(300, member=True)
    chance = Chance(5, 0, 0)
    sight = Intelligence(place, dispositions(np.zeros(300), P, chance), P, chance)
    practice = np.zeros((300, 9))
    for term in range(12):
        seen, _ = sight.observe(term, practice, EVERYWHERE)
    before = sight.variance.copy()
    place.member = np.arange(300) % 2 == 0
    for term in range(12, 30):
        seen, _ = sight.observe(term, practice, EVERYWHERE)
    assert (sight.variance[1::2] > 1.3 * before[1::2]).all()
    assert _error(seen[1::2]) > 1.1 * _error(seen[::2])


def test_a_change_is_seen_late_and_in_part():
    place = facts(200, member=True)
    chance = Chance(5, 0, 0)
    sight = Intelligence(place, dispositions(np.zeros(200), P, chance), P, chance)
    for term in range(10):
        sight.observe(term, np.zeros((200, 9)), EVERYWHERE)
    fallen = np.full((200, 9), -1.0)
    soon, _ = sight.observe(10, fallen, EVERYWHERE)
    assert -0.6 < soon.mean() < -0.05
    for term in range(11, 25):
        later, _ = sight.observe(term, fallen, EVERYWHERE)
    assert later.mean() == pytest.approx(-1.0, abs=0.1)


def test_a_completed_case_is_a_close_look_at_its_school_and_domain_only():
    place = facts(40, member=True)
    chance = Chance(5, 0, 0)
    sight = Intelligence(place, dispositions(np.zeros(40), P, chance), P, chance)
    sight.observe(0, np.zeros((40, 9)), NOWHERE)
    sight.close_look(4, 2)
    sight.observe(1, np.zeros((40, 9)), NOWHERE)
    others = np.delete(sight.variance[4], 2)
    assert sight.variance[4, 2] < 0.5 * others.min()
    np.testing.assert_allclose(others, others[0])


def test_without_error_the_truth_is_seen():
    practice = Chance(8, 0, 0).normals("truth", 0, 0, 90).reshape(10, 9)
    seen, own = PerfectSight().observe(0, practice, NOWHERE)
    np.testing.assert_array_equal(seen, practice)
    np.testing.assert_array_equal(own, practice)
    p = BrokerageParameters(seeing_error_sd=0.0, self_view_error_sd=0.0)
    _, seen, own = _watch(facts(10), NOWHERE, terms=1, p=p, practice=practice)
    np.testing.assert_allclose(seen, practice, atol=1e-9)
    np.testing.assert_array_equal(own, practice)


def test_poor_standing_raises_stakes_and_nothing_else():
    calm = dispositions(np.zeros(50), P, Chance(5, 0, 3))
    poor = dispositions(np.full(50, -2.0), P, Chance(5, 0, 4))
    assert (poor.stakes > calm.stakes).all()
    for name in ("openness", "trust", "rigour"):
        np.testing.assert_array_equal(getattr(poor, name), getattr(calm, name))


def test_a_usual_school_accepts_as_often_as_usual_and_an_open_one_more_often():
    usual = dispositions(np.zeros(3), BrokerageParameters(disposition_spread=0.0), Chance(5, 0, 0))
    np.testing.assert_allclose(usual.acceptance(P), P.accept_usual)
    many = dispositions(np.zeros(500), P, Chance(5, 0, 0))
    assert np.corrcoef(many.openness, many.acceptance(P))[0, 1] > 0.5


def _contact(n, **columns):
    blank = dict.fromkeys(("data", "part", "review", "own_review", "voice", "blind"), np.zeros(n))
    return Contact(**{**blank, "warned": np.zeros(n, dtype=bool), **columns})


@pytest.mark.parametrize("column", ["data", "part", "review", "voice"])
def test_each_way_of_working_together_makes_errors_smaller(column):
    place = facts(50, member=True)
    chance = Chance(5, 0, 0)
    sight = Intelligence(place, dispositions(np.zeros(50), P, chance), P, chance)
    sight.take_in(_contact(50))
    without = sight.error_sd(NOWHERE)
    sight.take_in(_contact(50, **{column: np.linspace(0.0, 1.0, 50)}))
    error = sight.error_sd(NOWHERE)
    assert error[0] == without[0]
    assert (np.diff(error) < 0.0).all()


def test_no_contact_lets_what_was_seen_go_stale_in_the_isolated():
    place = facts(100, member=True)
    chance = Chance(5, 0, 0)
    sight = Intelligence(place, dispositions(np.zeros(100), P, chance), P, chance)
    joined = np.where(np.arange(100) < 50, 1.0, 0.0)
    sight.take_in(_contact(100, data=joined, part=joined, review=joined))
    for term in range(20):
        sight.observe(term, np.zeros((100, 9)), NOWHERE)
    assert sight.variance[50:].mean() > 1.4 * sight.variance[:50].mean()


def test_groups_spread_thinly_are_seen_only_where_data_are_joined():
    n = 300
    errors = {}
    for name, blind in (("apart", np.ones(n)), ("joined", np.zeros(n))):
        place = facts(n, member=True)
        chance = Chance(5, 0, 0)
        sight = Intelligence(place, dispositions(np.zeros(n), P, chance), P, chance)
        sight.take_in(_contact(n, blind=blind))
        for term in range(40):
            seen, _ = sight.observe(term, np.zeros((n, 9)), EVERYWHERE)
        errors[name] = np.sqrt((seen**2).mean(axis=0))
    hidden = np.isin(
        DOMAINS, ("SEND and inclusion", "behaviour and attendance", "mental health and belonging")
    )
    assert (errors["apart"][hidden] > 1.3 * errors["joined"][hidden]).all()
    np.testing.assert_array_equal(errors["apart"][~hidden], errors["joined"][~hidden])


def test_a_warning_is_followed_up_once():
    place = facts(40, member=True)
    chance = Chance(5, 0, 0)
    sight = Intelligence(place, dispositions(np.zeros(40), P, chance), P, chance)
    sight.observe(0, np.zeros((40, 9)), NOWHERE)
    contact = _contact(40, warned=np.arange(40) == 3)
    sight.take_in(contact)
    sight.observe(1, np.zeros((40, 9)), NOWHERE)
    assert (sight.variance[3] < sight.variance[4]).all()
    before = sight.variance.copy()
    sight.take_in(contact)
    sight.observe(2, np.zeros((40, 9)), NOWHERE)
    assert (sight.variance[3] > 0.85 * before[3]).all()  # a look from afar again


def test_where_no_one_collaborates_any_more_looks_are_as_they_were():
    n = 30
    seen = []
    for contact in (None, _contact(n, blind=np.ones(n))):
        place, chance = facts(n, member=True), Chance(5, 0, 0)
        sight = Intelligence(place, dispositions(np.zeros(n), P, chance), P, chance)
        sight.take_in(contact)
        sight.take_in(None)
        seen.append(sight.observe(0, np.zeros((n, 9)), EVERYWHERE)[0])
    np.testing.assert_array_equal(seen[0], seen[1])


def test_errors_follow_trust_and_openness_as_these_change():
    place = facts(30, member=True)
    chance = Chance(5, 0, 0)
    nature = dispositions(np.zeros(30), P, chance)
    sight = Intelligence(place, nature, P, chance)
    before = sight.error_sd(NOWHERE)
    nature.trust = np.minimum(nature.trust + 0.3, 1.0)
    assert (sight.error_sd(NOWHERE) < before).all()


def test_the_view_of_a_broker_who_has_not_looked_is_that_all_is_usual():
    place = facts(10, member=True)
    chance = Chance(5, 0, 0)
    sight = Intelligence(place, dispositions(np.zeros(10), P, chance), P, chance)
    practice = np.ones((10, 9))
    np.testing.assert_array_equal(sight.view(practice), 0.0)
    seen, _ = sight.observe(0, practice, EVERYWHERE)
    np.testing.assert_array_equal(sight.view(practice), seen)
    np.testing.assert_array_equal(PerfectSight().view(practice), practice)


def test_flags_of_inspectors_and_neighbours_add_to_the_others():
    n = 50
    level, flag = np.arange(n) / n, np.arange(n) == 0
    plain, more = flags(level, level, level), flags(level, level, level, flag)
    assert more[0] == pytest.approx(plain[0] + 1.0 / 3.0)
    np.testing.assert_array_equal(more[1:], plain[1:])
    assert flags(level, level, -level, flag, ~flag).max() == 1.0


def test_flags_go_up_where_things_are_worst():
    n = 50
    up = flags(np.arange(n) / n, np.arange(n) / n, -np.arange(n) / n)
    np.testing.assert_array_equal(up[-10:], 1.0)
    np.testing.assert_array_equal(up[:40], 0.0)
    np.testing.assert_array_equal(flags(np.ones(n), np.ones(n), np.ones(n)), 0.0)
