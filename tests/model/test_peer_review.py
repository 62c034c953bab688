"""Schools review each other: with rigour they are seen better, as a courtesy they are only on good terms."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.brokerage_parameters import BrokerageParameters
from model.collaborating import PeerReview
from model.intelligence import Intelligence
from model.peer_review import PeerReviews
from model.randomness import Chance
from model.sharing_parameters import SharingParameters
from model.system import simulate
from tests.model.compiled import levers_of, parameters_of
from tests.model.running import tiny_place
from tests.model.sharing_place import (
    ON,
    REVIEW,
    TOGETHER,
    nature,
    place,
    practice,
    ring,
    run,
    sharing,
)
from tests.model.tied import begin, facts


def _reviews(facts, review=REVIEW, openness=None, cluster=None, **values):
    n = facts.n_schools
    found = PeerReviews(facts, SharingParameters(**values), Chance(3, 0, 0))
    openness = np.full(n, 0.6) if openness is None else openness
    found.form(review, openness, np.zeros(n, dtype=np.int32) if cluster is None else cluster)
    return found


def test_about_the_wanted_share_of_members_takes_part_and_no_one_else():
    facts = place(400)
    facts.member = np.arange(400) % 2 == 0
    reviewed = _reviews(facts).reviewed
    assert not reviewed[1::2].any()
    assert reviewed[::2].mean() == pytest.approx(REVIEW.share, abs=0.07)


def test_open_schools_take_part_sooner():
    openness = np.linspace(0.1, 0.9, 400)
    reviewed = _reviews(place(400), openness=openness).reviewed
    assert openness[reviewed].mean() > openness[~reviewed].mean()


def test_with_a_higher_share_the_same_schools_and_more_take_part():
    few = _reviews(place(100), replace(REVIEW, share=0.3)).reviewed
    many = _reviews(place(100), replace(REVIEW, share=0.9)).reviewed
    assert (many | ~few).all()
    assert _reviews(place(100), replace(REVIEW, share=1.0)).reviewed.all()
    assert not _reviews(place(100), replace(REVIEW, share=0.0)).reviewed.any()


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 90), st.integers(2, 7), st.floats(0.0, 1.0), st.integers(1, 3))
def test_groups_have_about_the_wanted_size_and_stay_within_an_authority_and_phase(n, size, share, n_la):
    facts = place(n, n_la=n_la, secondary=True)
    found = _reviews(facts, PeerReview(share=share, rigour=1.0, group_size=size, days=2.0))
    for group in np.unique(found.group[found.reviewed]):
        mates = np.flatnonzero(found.group == group)
        assert 2 <= len(mates) <= 1.5 * size + 1
        assert len(set(facts.la[mates])) == len(set(facts.phase[mates])) == 1
    work = found.worked()
    assert (found.group[work.first] == found.group[work.second]).all()
    assert (work.first != work.second).all()
    spent = np.bincount(work.first, work.days, n) + np.bincount(work.second, work.days, n)
    np.testing.assert_allclose(spent, found.days / 3.0, atol=1e-12)


def test_groups_are_of_one_cluster_as_far_as_may_be():
    cluster = (np.arange(40) % 4).astype(np.int32)
    found = _reviews(place(40), replace(REVIEW, share=1.0, group_size=5), cluster=cluster)
    for group in np.unique(found.group):
        assert len(set(cluster[found.group == group])) == 1


def _error(rigour):
    """Error of a look at schools in peer review, and of their own view of themselves."""
    facts, p = place(60), BrokerageParameters()
    review = None if rigour is None else replace(REVIEW, share=1.0, rigour=rigour)
    found = sharing(facts, replace(TOGETHER, peer_review=review))
    run(found, practice(60), ring(60))
    sight = Intelligence(facts, nature(60), p, Chance(3, 0, 0))
    sight.take_in(found.contact)
    state = practice(60)
    own = sight.observe(0, state, np.zeros(1))[1]
    return sight.error_sd(np.zeros(1)).mean(), float(np.sqrt(np.mean((own - state) ** 2)))


def test_rigour_shows_practice_to_the_broker_and_to_the_school():
    (without, own_without), (rigorous, own_rigorous) = _error(None), _error(1.0)
    assert rigorous < 0.85 * without
    assert own_rigorous < 0.9 * own_without


def test_courtesy_shows_little_the_land_of_nice():
    (without, own_without), (courtesy, own_courtesy), (rigorous, _) = _error(None), _error(0.0), _error(1.0)
    assert without - courtesy < 0.2 * (without - rigorous)
    assert own_courtesy == own_without


def test_courtesy_takes_as_many_days_together_as_rigour_on_which_mutual_trust_rests():
    courtesy = _reviews(place(40), replace(REVIEW, rigour=0.0)).worked()
    rigorous = _reviews(place(40), replace(REVIEW, rigour=1.0)).worked()
    np.testing.assert_array_equal(courtesy.days, rigorous.days)
    assert courtesy.days.sum() > 0.0


def _nice(rigour, on=ON):
    """Mutual trust, and error of a look, after five years of reviews; None for no reviews."""
    review = None if rigour is None else replace(REVIEW, share=1.0, rigour=rigour)
    together = replace(TOGETHER, triads=False, hubs=None, peer_review=review)
    tied = begin(facts(), together, heads_leave=0.1)
    found = sharing(tied.facts, together, on=on, of=tied.nature)
    state = practice(tied.facts.n_schools)
    for term in range(-15, 0):
        worked = found.worked(term, state, tied.ties.clusters.cluster)
        tied.terms(term, term + 1, worked=worked)
        found.term(term, state, state, tied.ties, ())
    sight = Intelligence(tied.facts, tied.nature, BrokerageParameters(), Chance(3, 0, 0))
    sight.take_in(found.contact)
    return tied.ties.mean_trust(), sight.error_sd(np.zeros(1)).mean()


def test_in_the_land_of_nice_trust_is_bought_and_little_is_seen():
    (trust, error), (nice, unseen), (trust_too, seen) = _nice(None), _nice(0.0), _nice(1.0)
    assert nice > trust + 0.005
    assert trust_too == pytest.approx(nice, abs=1e-9)
    assert error - unseen < 0.4 * (error - seen)
    off = ON | {"peer_review": False}
    assert _nice(0.0, off) == _nice(1.0, off) == (trust, error)


def test_what_review_does_directly_is_nothing_unless_a_draw_says_so_and_may_be_harm():
    facts = place(40)
    assert _reviews(facts).direct() is None
    harm = _reviews(facts, review_direct=-0.05)
    np.testing.assert_allclose(harm.direct(), np.where(harm.reviewed, -0.05 / 3.0, 0.0))


def test_off_no_one_reviews():
    found = sharing(place(40), on=ON | {"peer_review": False}, review_direct=0.05)
    run(found, practice(40), ring(40))
    assert not found.reviewed.any()
    assert not found.contact.review.any()


@pytest.mark.parametrize("n", [0, 1])
def test_a_place_of_one_school_or_none_has_no_reviews(n):
    found = _reviews(place(n), replace(REVIEW, share=1.0))
    assert not found.reviewed.any()
    assert len(found.worked().first) == 0


def test_off_a_scenario_of_more_searching_reviews_changes_nothing_at_all():
    town = tiny_place()
    one, other = (
        simulate(
            town, levers_of(name, town.year), parameters_of(), years=3, chance=Chance(4, 0, 1),
            switches={"peer_review": False},
        ).values
        for name in ("baseline", "peer_review_rigorous")
    )  # fmt: skip
    assert np.array_equal(one, other, equal_nan=True)
