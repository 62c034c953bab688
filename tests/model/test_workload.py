"""Work with other schools costs nothing while leaders can spare the time, and practice beyond that."""

from __future__ import annotations

import numpy as np
import pytest

from model.collaborating import Collaboration
from model.sharing_parameters import SharingParameters
from model.supporting import Supporter
from model.workload import beyond_capacity, distraction, leadership_days
from tests.model.sharing_place import KEPT, ON, TOGETHER, place, practice, ring, run, sharing
from tests.model.tied import begin, facts

P = SharingParameters()


def test_a_primary_school_has_two_or_three_leaders_and_a_secondary_school_about_five():
    assert 2.0 < leadership_days(place(1, pupils=400.0), P)[0] / 195.0 < 3.0
    assert 4.0 < leadership_days(place(1, pupils=1100.0), P)[0] / 195.0 < 6.0


def test_nothing_is_lost_within_capacity_and_small_schools_reach_it_first():
    small, large = place(1, pupils=200.0), place(1, pupils=1200.0)
    assert beyond_capacity(np.array([10.0]), small, P)[0] == 0.0
    assert beyond_capacity(np.array([40.0]), small, P)[0] > 0.0
    assert beyond_capacity(np.array([40.0]), large, P)[0] == 0.0
    assert distraction(np.zeros(3), P, KEPT) is None


def test_a_tenth_of_leadership_time_beyond_capacity_costs_what_evidence_assumes_while_it_lasts():
    level = 0.0
    for _ in range(300):
        level = KEPT * level + distraction(np.array([0.1]), P, KEPT)[0]
    assert level == pytest.approx(-P.distraction_slope, rel=1e-3)


def test_at_no_slope_nothing_is_lost():
    assert distraction(np.array([0.3]), SharingParameters(distraction_slope=0.0), KEPT) is None


def test_supporting_schools_hub_leads_and_trust_meetings_take_days():
    facts = place(20)
    plain = sharing(facts)
    run(plain, practice(20), ring(20, given=3.0))
    carried = [Supporter(7, 2, 0.0, 8)] * 2
    busy = sharing(facts)
    run(busy, practice(20), ring(20, given=3.0, in_trusts=2.0), carried=carried)
    more = busy.days - plain.days
    assert more[7] == pytest.approx(6.0 + 2.0 * P.support_days)
    np.testing.assert_allclose(np.delete(more, 7), 6.0)
    leads = plain.hubs.leads()
    assert leads.any()
    assert plain.days[leads].min() >= 9.0 + P.hub_days
    reviewed = plain.reviewed & ~leads
    np.testing.assert_allclose(plain.days[reviewed], 9.0 + TOGETHER.peer_review.days)


def _in_the_long_run(days, on=ON):
    """Mean practice that working together leads to where clusters and networks take so many days a year."""
    together = Collaboration(
        primary_cluster_schools=13, secondary_cluster_schools=13, triads=days > 0.0, cluster_lead_gbp=5000.0,
        meetings_a_year=0.7 * days, network_days_a_year=0.3 * days,
    )  # fmt: skip
    tied = begin(facts(), together)
    found = sharing(tied.facts, together, on=on, of=tied.nature)
    change = run(found, practice(tied.facts.n_schools), tied.ties)
    return 0.0 if change is None else float(change.mean()) / (1.0 - KEPT)


def test_days_that_a_partnership_pays_for_are_work_all_the_same_but_cost_schools_nothing():
    state, facts = practice(40), place(40)
    found = sharing(facts, TOGETHER)
    lent = [Supporter(5, 0, 0.0, 6), Supporter(5, 0, 0.0, 7), Supporter(8, 0, 0.0, 9, paid=False)]
    run(found, state, ring(40, given=3.0, in_trusts=1.0), carried=lent)
    paid = P.hub_days * found.hubs.leads()
    paid[5] += 2 * P.support_days
    np.testing.assert_allclose(found.unpaid_days, found.days - paid)
    assert found.hubs.leads().any() and found.unpaid_days.min() >= 3 * (3.0 + 1.0)


def test_where_no_partnership_pays_any_longer_what_schools_do_for_others_is_their_own_cost():
    state, facts = practice(40), place(40)
    found = sharing(facts, TOGETHER)
    run(found, state, ring(40))
    facts.left = np.arange(40) < 20
    run(found, state, ring(40), term=1, carried=[Supporter(5, 0, 0.0, 6), Supporter(25, 0, 0.0, 26)])
    paid = P.hub_days * (found.hubs.leads() & ~facts.left)
    paid[25] += P.support_days
    np.testing.assert_allclose(found.unpaid_days, found.days - paid)


def test_time_spent_together_first_helps_and_then_harms():
    levels = [_in_the_long_run(days) for days in (0.0, 10.0, 25.0, 60.0, 190.0)]
    assert levels[0] < levels[1] < levels[2]
    assert levels[2] > levels[3] > levels[4]


def test_without_distraction_more_time_always_helps():
    on = ON | {"distraction": False}
    levels = [_in_the_long_run(days, on) for days in (0.0, 25.0, 60.0, 190.0)]
    assert levels == sorted(levels)


def test_without_anything_to_learn_time_only_harms():
    on = ON | {"diffusion": False, "joint_development": False}
    assert _in_the_long_run(10.0, on) == 0.0
    assert _in_the_long_run(190.0, on) < 0.0
