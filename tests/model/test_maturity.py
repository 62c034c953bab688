"""Maturity of clusters follows from ties, participation, money, reviews and gains; no one sets it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.collaborating import PeerReview
from model.maturity import ELEMENTS, LEVELS, Maturity, MaturityView
from tests.model.tied import SPIN_UP, TOGETHER, begin, facts

VISION, PRIORITIES, SUSTAINABILITY, CULTURE = range(len(ELEMENTS))
RIGOROUS = PeerReview(share=0.7, rigour=0.9, group_size=5, days=4.0)
LAST = -1


def view(place, terms=6.0, months=3.0, reviewed=0.7, gain=0.01):
    n = place.n_schools
    return MaturityView(
        terms_certain=np.full(place.n_la, terms),
        reserves_months=np.full(place.n_la, months),
        reviewed=np.arange(n) % 10 < 10 * reviewed,
        gain=np.full(n, gain),
    )


def review(collaboration=TOGETHER, member=1.0, **seen):
    """The review after five years of what stands."""
    place = facts(member=member)
    run = begin(place=place, collaboration=collaboration).terms(SPIN_UP, 0)
    maturity = Maturity(place)
    maturity.year_end(LAST, run.ties, collaboration, view(place, **seen))
    return maturity


def element(maturity, which):
    return float(maturity.elements[:, which].mean())


def test_a_place_that_works_together_lies_between_latent_and_exemplary():
    found = review()
    assert found.elements.shape == (6, 4)
    assert 1.5 < found.mean() < 3.5
    assert set(found.levels()) <= set(range(1, 1 + len(LEVELS)))


def test_a_place_that_hardly_works_together_is_latent():
    found = review(collaboration=None, member=0.0, terms=0.0, months=0.0, gain=0.0)
    assert found.elements.shape == (1, 4), "its schools are looked at as one"
    assert found.levels().tolist() == [1]
    assert found.mean() < 2.0


@pytest.mark.parametrize(
    ("which", "less", "more"),
    [
        (VISION, {"member": 0.5}, {"member": 0.95}),
        (VISION, {"collaboration": replace(TOGETHER, meetings_a_year=1.0, triads=False)}, {}),
        (PRIORITIES, {}, {"collaboration": replace(TOGETHER, data_sharing=0.8)}),
        (PRIORITIES, {"collaboration": replace(TOGETHER, cluster_lead_gbp=0.0)}, {}),
        (SUSTAINABILITY, {"terms": 1.0}, {"terms": 9.0}),
        (SUSTAINABILITY, {"months": 0.5}, {"months": 3.0}),
        (CULTURE, {}, {"collaboration": replace(TOGETHER, peer_review=RIGOROUS)}),
        (
            CULTURE,
            {"collaboration": replace(TOGETHER, peer_review=replace(RIGOROUS, rigour=0.1))},
            {"collaboration": replace(TOGETHER, peer_review=RIGOROUS)},
        ),
        (CULTURE, {"collaboration": replace(TOGETHER, triads=False)}, {}),
        (CULTURE, {"gain": 0.0}, {"gain": 0.04}),
    ],
)  # fmt: skip
def test_each_element_rises_with_what_it_rests_on(which, less, more):
    assert element(review(**less), which) < element(review(**more), which) - 0.02


def test_more_money_than_counts_makes_no_cluster_more_than_exemplary():
    rich = review(terms=60.0, months=24.0, gain=1.0, collaboration=replace(TOGETHER, peer_review=RIGOROUS))
    assert (rich.elements <= 1.0).all()
    assert rich.mean() <= 4.0
    poor = review(terms=0.0, months=-5.0, gain=-1.0)
    assert (poor.elements >= 0.0).all()


def test_the_place_s_maturity_counts_clusters_by_their_schools():
    found = review()
    whole = 1.0 + 3.0 * found.elements.mean(axis=1)
    assert found.mean() == pytest.approx(np.average(whole, weights=found.schools))
    assert found.schools.sum() == 85


def test_a_cluster_that_reaches_another_level_is_told_of():
    place = facts()
    run = begin(place=place).terms(SPIN_UP, 0)
    maturity = Maturity(place)
    maturity.year_end(-1, run.ties, TOGETHER, view(place))
    assert not maturity.events
    maturity.year_end(2, run.ties, TOGETHER, view(place, terms=0.0, months=0.0, gain=0.0))
    assert not (maturity.levels() > 4).any()
    maturity.year_end(
        5, run.ties, replace(TOGETHER, data_sharing=1.0, peer_review=RIGOROUS), view(place, 9.0)
    )
    kinds = {(event[0], event[1], event[3]) for event in maturity.events}
    assert (5, 0, "maturity") in kinds


def test_before_any_review_all_is_latent():
    assert Maturity(facts()).mean() == 1.0
