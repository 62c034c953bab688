"""Links that are small in any run: each has its sign here, and goes when its parameter is nought."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.belonging_value import BelongingValue
from model.bodies import Trade
from model.body_parameters import BodyParameters
from model.brokerage_parameters import BrokerageParameters
from model.collaborating import Collaboration
from model.contact import Contact
from model.delivered import Delivered
from model.dispositions import dispositions
from model.hubs import LeadSchools
from model.inspection_parameters import InspectionParameters
from model.intelligence import Intelligence
from model.membership_parameters import MembershipParameters
from model.narrowing import Narrowing
from model.place import Phase
from model.randomness import Chance
from model.sharing_parameters import SharingParameters
from model.traded_offer import turnover
from tests.model.brokered import facts
from tests.model.inspected import facts as inspected_facts
from tests.model.inspected import inspected
from tests.model.inspected import practice as judged_practice
from tests.model.sharing_place import HUBS, nature, place, practice
from tests.model.test_maturity import PRIORITIES, element, review
from tests.model.test_rise import Country
from tests.model.trusted import facts as schools_in_trusts
from tests.model.trusted import in_trusts, moves, nation, years


def test_schools_take_up_of_a_hub_what_they_trust_others_for():
    state, gained = practice(40), []
    for trust in (0.2, 0.4):
        of = nature(40, trust=trust)
        hubs = LeadSchools(place(40, pupils=500.0), of, SharingParameters(hub_rate=0.1), lambda *_: None)
        hubs.choose(0, HUBS, state)
        gain = hubs.gain(state)
        assert gain is not None
        gained.append(float(gain.sum()))
    assert gained[1] == pytest.approx(2.0 * gained[0])


def test_after_a_warning_what_was_seen_before_counts_for_less():
    n, nothing = 100, np.zeros(100)
    left = []
    for fall in (0.01, 1.0):
        of, p = facts(n), BrokerageParameters()
        sharing = SharingParameters(warning_fall=fall, warning_error_sd=p.seeing_error_sd)
        chance = Chance(5, 0, 0)
        sight = Intelligence(of, dispositions(nothing, p, chance), p, chance, sharing)
        for term in range(9):
            sight.observe(term, np.zeros((n, 9)), np.ones(1))
        sight.take_in(
            Contact(
                data=nothing, part=nothing, review=nothing, own_review=nothing, voice=nothing, blind=nothing,
                warned=np.ones(n, dtype=np.bool_),
            )
        )  # fmt: skip
        sight.observe(9, np.full((n, 9), -1.0), np.ones(1))
        assert sight.seen is not None
        left.append(float(sight.seen.mean()) + 1.0)  # from what it has become
    assert 0.0 < left[1] < left[0] - 0.2


def test_a_member_values_its_own_support_beside_that_of_members_like_it():
    def felt(own_share):
        of = facts(10, member=True)
        worth = BelongingValue(of, replace(MembershipParameters(), own_share=own_share))
        one = np.array([0], dtype=np.int32)
        worth.delivered(
            Delivered(
                term=0, school=one, offer=one, weeks=np.array([39.0]), quality=np.ones(1),
                completed=np.ones(1, dtype=np.bool_),
            )
        )  # fmt: skip
        worth.year_end(None, None)
        return worth.benefit

    alike, some = felt(0.0), felt(0.3)
    assert np.ptp(alike[facts(10).phase == Phase.PRIMARY]) == pytest.approx(0.0)
    assert some[0] > alike[0] + 1.0
    assert (some[1:] <= alike[1:]).all()


def test_who_was_below_good_does_better_next_time_as_visits_and_knowledge_help():
    of, state = inspected_facts(600), judged_practice(600)
    plain, helped = (inspected(of, state, changes={"response": r}).record for r in (0.0, 1.0))
    assert helped.good().mean() > plain.good().mean() + 0.01
    assert helped.stuck.sum() < plain.stuck.sum()


def test_trusts_in_the_la_take_more_of_the_schools_that_are_brokered():
    taken = []
    for local in (-0.5, 1.5):
        values = {"accept_local": local, "accept_distance": 0.06, "accept_usual": 0.1}
        here = 0
        for seed in range(6):
            of = schools_in_trusts([5, 5], maintained=30)
            run = moves(in_trusts(of, seed, **values), seed, **values)
            years(run, of, nation(), 1, *range(10, 40))
            here += int(np.isin(of.trust[10:], (0, 1)).sum())
        taken.append(here)
    assert taken[1] > taken[0]


def test_academies_alone_in_their_trust_join_others_as_often_as_they_ask():
    joined = []
    for share in (0.0, 0.15):
        of = schools_in_trusts([6, 6], alone=40)
        values = {"single_joins": share, "accept_usual": 0.6, "merger": 0.0}
        trusts = in_trusts(of, **values)
        years(moves(trusts, **values), of, nation(), 5)
        joined.append(int((~trusts.alone()).sum()) - 12)
    assert joined[0] == 0 < joined[1]


def test_organisations_that_help_differ_and_some_may_do_harm():
    alike, differ = (Country(organisation_sd=sd).run(3, 8) for sd in (0.0, 2.0))
    gains = [place.changed[place.changed.any(axis=1)].sum(axis=1) for place in (alike, differ)]
    assert np.ptp(gains[0]) == pytest.approx(0.0)
    assert np.ptp(gains[1]) > 0.0
    worst = [Country(seed=seed, organisation_sd=2.0).run(3, 4).changed.min() for seed in range(1, 11)]
    assert min(worst) < 0.0


def test_shared_data_tell_a_cluster_its_priorities_only_of_those_who_belong():
    alone = Collaboration(primary_cluster_schools=13, secondary_cluster_schools=13, data_sharing=0.8)
    few, many = (element(review(collaboration=alone, member=share), PRIORITIES) for share in (0.3, 0.9))
    assert many > few + 0.1


def test_a_price_that_turns_no_one_away_raises_turnover_as_it_is():
    p = BodyParameters(price_elasticity=0.0)
    assert turnover(Trade(price=2.0), 1.0, 1.0, p) == pytest.approx(2.0)


def test_three_terms_of_full_stakes_narrow_by_what_a_year_does():
    p = InspectionParameters(narrowing=0.3)
    a_term = Narrowing(p).term(np.ones(4))
    assert a_term is not None
    moved = 3.0 * a_term
    assert moved[moved > 0.0].sum() == pytest.approx(4 * 0.3)
    np.testing.assert_allclose(moved.sum(axis=1), 0.0, atol=1e-12)
