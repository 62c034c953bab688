"""Published evaluations of schools working together, simulated: they found about nothing, and so does this.

Arms start alike and differ for two years; what a year of it adds for pupils is the practice gained by then,
times what a year of such practice is worth. Rows with scope ``package`` are what is to be covered.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from model.collaborating import Collaboration, Hubs, PeerReview
from model.randomness import Chance
from model.sharing import Sharing
from model.supporting import SUPPORTING_SCHOOL
from model.ties import Ties
from tests.model.compiled import parameters_of
from tests.model.sharing_place import KEPT, ON, nature
from tests.model.tied import facts

DRAWS = range(10)
TERMS = 6
LOOSE = Collaboration(primary_cluster_schools=13, secondary_cluster_schools=13, network_days_a_year=3.0)
PROGRAMME = replace(LOOSE, triads=True, meetings_a_year=6.0)
REVIEWED = replace(LOOSE, peer_review=PeerReview(share=0.67, rigour=0.8, group_size=5, days=4.0))
ALLIANCE = replace(
    LOOSE, hubs=Hubs(number_per_10_000_pupils=1.0, gbp_a_year=12_000.0, outcome_share=0.0, terms=9)
)


@cache
def _arm(collaboration: Collaboration, draw: int):
    """Practice gained in each school after two years, and who took part in it."""
    place, p = facts(), parameters_of(draw)
    n, chance = place.n_schools, Chance(1, draw, 0)
    own = chance.normals("test", 0, 0, 10 * n).reshape(n, 10)
    own = np.sqrt(0.5) * (own[:, :1] + own[:, 1:])
    of, paid = nature(n, openness=0.8), []
    ties = Ties(place, of, LOOSE, p.tie, competition=True)
    sharing = Sharing(place, of, p.sharing, chance, ON, lambda *cost: paid.append(cost), kept=KEPT)
    sharing.stand(collaboration)
    ties.stand(collaboration)
    embedded = np.zeros((n, 9))
    for term in range(TERMS):
        worked = sharing.worked(term, own + embedded, ties.clusters.cluster)
        ties.term(term, np.ones(1), worked)
        change = sharing.term(term, own + embedded, own + embedded, ties, ())
        embedded = KEPT * embedded + (0.0 if change is None else change)
    return embedded.mean(axis=1), sharing, paid


def _effects(collaboration, who=lambda sharing: slice(None)):
    """Pupil SD a year, draw by draw: schools that took part against the same schools without."""
    found = []
    for draw in DRAWS:
        gained, sharing, _ = _arm(collaboration, draw)
        without, _, _ = _arm(LOOSE, draw)
        here = who(sharing)
        found.append(parameters_of(draw).schools.practice_loading * (gained - without)[here].mean())
    return np.array(found)


@pytest.mark.parametrize(
    ("collaboration", "who", "low", "high"),
    [
        (PROGRAMME, lambda sharing: slice(None), -0.06, 0.06),  # collab_attain_overall
        (REVIEWED, lambda sharing: sharing.reviewed, -0.05, 0.06),  # peer_review_attain
        (ALLIANCE, lambda sharing: ~sharing.hubs.leads(), -0.04, 0.05),  # teaching_school_attain
        (ALLIANCE, lambda sharing: sharing.hubs.leads(), -0.03, 0.06),  # teaching_school_lead_gain
    ],
    ids=["structured programme", "peer review", "alliance", "lead school"],
)
def test_effects_lie_within_what_evaluations_leave_open_and_near_nothing(collaboration, who, low, high):
    effects = _effects(collaboration, who)
    assert low < effects.min() <= effects.max() < high
    assert abs(effects.mean()) < 0.02
    assert (effects != 0.0).any()


def test_some_draws_say_that_peer_review_harms():
    effects = _effects(REVIEWED, lambda sharing: sharing.reviewed)
    assert effects.min() < 0.0 < effects.max()


def test_lead_schools_are_paid_whatever_comes_of_it():
    _, _, paid = _arm(ALLIANCE, 0)
    assert {kind for *_, kind in paid} == {SUPPORTING_SCHOOL}
