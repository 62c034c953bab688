"""All that passes along ties as one: its nulls, its sums, and what of it reaches others."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from model.collaborating import Collaboration
from model.declaration import EFFECT
from model.sharing_parameters import SharingParameters
from tests.model.sharing_place import (
    KEPT,
    OFF,
    ON,
    TOGETHER,
    place,
    practice,
    ring,
    run,
    sharing,
    ties,
)
from tests.model.tied import begin, facts

EFFECTS = [item.name for item in fields(SharingParameters) if EFFECT in item.metadata["tags"]]


def test_where_schools_do_not_collaborate_nothing_passes_and_nothing_is_paid():
    paid = []
    found = sharing(place(40), None, paid=paid)
    assert run(found, practice(40), ring(40)) is None
    assert found.contact is None
    assert not found.days.any()
    assert not found.saving.any()
    assert not paid


def test_all_switches_off_practice_is_left_alone():
    found = sharing(place(40), replace(TOGETHER, hubs=None), on=OFF)
    for term in range(6):
        assert run(found, practice(40), ring(40, given=30.0), term) is None


def test_effects_off_practice_is_left_alone_while_work_and_payments_go_on():
    paid = []
    zero = dict.fromkeys(EFFECTS, 0.0)
    found = sharing(place(40), paid=paid, **zero)
    for term in range(6):
        assert run(found, practice(40), ring(40, given=30.0), term) is None
    assert not found.gain.any()
    assert found.days.all()
    assert paid


def test_every_link_to_practice_may_be_nothing():
    for name in EFFECTS:
        low = SharingParameters.__dataclass_fields__[name].metadata["low"]
        assert low <= 0.0


@pytest.mark.parametrize("one", ["diffusion", "joint_development", "distraction"])
def test_each_part_moves_practice_alone_and_in_its_direction(one):
    found = sharing(place(40), replace(TOGETHER, hubs=None), on=OFF | {one: True})
    change = run(found, practice(40), ring(40, given=30.0))
    assert (change.mean() < 0.0) == (one == "distraction")
    assert change.shape == (40, 9)


def test_parts_add_up():
    c = replace(TOGETHER, hubs=None)
    parts = [
        run(sharing(place(40), c, on=ON | {name: False for name in ON if name not in ("peer_review", one)}),
            practice(40), ring(40, given=30.0))
        for one in ("diffusion", "joint_development", "distraction")
    ]  # fmt: skip
    together = run(sharing(place(40), c), practice(40), ring(40, given=30.0))
    np.testing.assert_allclose(sum(parts), together, atol=1e-15)


def test_no_array_given_out_is_changed_later():
    found = sharing(place(40))
    first = run(found, practice(40), ring(40))
    kept, contact = first.copy(), found.contact
    data = contact.data.copy()
    for term in range(1, 7):
        run(found, practice(40, seed=term), ring(40), term)
    np.testing.assert_array_equal(first, kept)
    np.testing.assert_array_equal(contact.data, data)


def test_what_stands_from_a_term_on_acts_from_that_term_on():
    found = sharing(place(40))
    run(found, practice(40), ring(40), 0)
    before = found.contact
    run(found, practice(40), ring(40), 1)
    assert found.contact is before
    found.stand(replace(TOGETHER, data_sharing=1.0))
    run(found, practice(40), ring(40), 2)
    assert found.contact.data.mean() > before.data.mean()


def test_where_nothing_is_arranged_any_longer_practice_passes_along_the_ties_that_last():
    found = sharing(place(40), on=OFF | {"diffusion": True, "peer_review": True})
    before = run(found, practice(40), ring(40), 0)
    found.stand(None)
    after = run(found, practice(40), ring(40, strength=0.3), 1)
    assert 0.0 < after.mean() < before.mean()
    assert run(found, practice(40), ties([], 40), 3) is None
    assert not found.reviewed.any()
    assert not found.hubs.hubs
    assert not found.contact.data.any()
    assert not found.contact.review.any()


def test_a_change_that_leaves_working_together_alone_does_not_form_groups_anew():
    facts = place(40)
    found = sharing(facts)
    run(found, practice(40), ring(40), 0)
    groups = found.reviews.group
    facts.member = np.arange(40) % 3 > 0
    found.stand(replace(TOGETHER))
    run(found, practice(40), ring(40), 1)
    np.testing.assert_array_equal(found.reviews.group, groups)
    run(found, practice(40), ring(40), 3)
    assert (found.reviews.group != groups).any()


def test_practice_comes_closer_together_in_the_long_run_and_stays_bounded():
    n, own = 60, practice(60)
    found, embedded = sharing(place(60), replace(TOGETHER, hubs=None)), np.zeros((60, 9))
    for term in range(90):
        change = run(found, own + embedded, ring(n, strength=0.5, trust=0.6), term)
        embedded = KEPT * embedded + change
    assert (own + embedded).std() < own.std()
    assert 0.0 < embedded.mean() < 0.4
    assert embedded.max() < 2.0


def test_outsiders_and_those_without_ties_share_no_data_and_take_no_part():
    facts = place(40)
    facts.member = np.arange(40) < 30
    found = sharing(facts)
    run(found, practice(40), ties([(i, i + 1) for i in range(20)], 40))
    contact = found.contact
    for column in (contact.data, contact.part, contact.review):
        assert not column[30:].any()
    assert (contact.data[:20] > 0.0).all()
    assert not contact.data[22:].any()
    assert (contact.part[:20] > 0.0).all()


def test_low_mutual_trust_holds_data_back():
    trusting, wary = sharing(place(40)), sharing(place(40))
    run(trusting, practice(40), ring(40, trust=0.8))
    run(wary, practice(40), ring(40, trust=0.2))
    assert (trusting.contact.data > 3.0 * wary.contact.data).all()
    assert (trusting.shared > 3.0 * wary.shared).all()


def _shared_data(competition, meetings=3.0):
    """Share of data that primary and secondary schools give, in a place whose schools compete or do not."""
    together = replace(TOGETHER, hubs=None, meetings_a_year=meetings)
    tied = begin(facts(seed=2), together, competition, heads_leave=0.0).terms(-15, 0)
    found = sharing(tied.facts, together, of=tied.nature)
    run(found, practice(tied.facts.n_schools), tied.ties)
    secondary = tied.facts.phase == 1
    data = found.contact.data
    return data[~secondary].mean(), data[secondary].mean()


def test_competition_lowers_sharing_most_among_secondary_schools_and_joint_work_eases_it():
    primary, secondary = _shared_data(competition=True)
    primary_alone, secondary_alone = _shared_data(competition=False)
    assert primary < primary_alone
    assert secondary < secondary_alone
    assert secondary_alone - secondary > primary_alone - primary
    assert _shared_data(competition=True, meetings=12.0)[1] > secondary


@pytest.mark.parametrize("n", [0, 1, 2])
def test_a_place_of_hardly_any_schools(n):
    found = sharing(place(n))
    for term in range(4):
        change = run(found, practice(n), ring(n) if n > 1 else ties([], n), term)
        assert change is None or np.isfinite(change).all()


def test_members_of_a_partnership_without_any_arrangement_do_nothing_together():
    found = sharing(place(20), Collaboration())
    run(found, practice(20), ties([], 20))
    assert not found.days.any()
    assert not found.contact.data.any()
