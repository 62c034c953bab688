"""The top-slice: trusts of several schools take it and spend it to the penny, and no funder pays it."""

from __future__ import annotations

import numpy as np
import pytest

from model.alone import run_alone
from model.funding_parameters import FundingParameters
from model.ledger import SPENT_IN_PLACE, Ledger, Purpose
from model.randomness import Chance
from model.top_slice import TopSlice
from model.trust_parameters import TrustParameters
from model.trust_support import TrustSupport
from tests.model.compiled import funded, parameters_of
from tests.model.running import tiny_place, two_las
from tests.model.trusted import facts, in_trusts


class Slices:
    """Schools in trusts, and a ledger with nothing else in it."""

    def __init__(self, trusts, *, on=True, rise=0.0, per_la=None, alone=0, maintained=0, **values):
        self.facts = facts(trusts, per_la=per_la, alone=alone, maintained=maintained)
        self.p, self.rates = TrustParameters(**values), FundingParameters(pay_award=rise)
        support = TrustSupport(in_trusts(self.facts, **values), self.p, 0.9, on=on)
        self.ledger = Ledger()
        self.room = TopSlice(self.facts, support, self.p, self.rates, self.ledger)

    def run(self, terms=3):
        for term in range(terms):
            self.room.term(term)
            assert self.ledger.total() == 0
            assert self.held() == 0, "a central team keeps part of it"
        return self

    def held(self):
        names = [name for name in self.ledger.names if name.startswith("trusts'")]
        return sum(self.ledger.balance(self.ledger.account(name)) for name in names)

    def sums(self):
        rows = self.ledger.entries()
        return {
            Purpose(one): int(rows.pence[rows.purpose == one].sum()) for one in set(rows.purpose.tolist())
        }


def test_schools_of_trusts_of_several_give_up_their_share_and_no_one_else_does():
    place = Slices([4], alone=2, maintained=3).run()
    pence = round(100 * 0.05 * 5500.0 * place.facts.pupils[:4].sum())
    assert place.sums()[Purpose.TOP_SLICE] == pytest.approx(pence, abs=6)  # half a penny a school and term
    assert place.room.year_gbp() == place.sums()[Purpose.TOP_SLICE] / 100


def test_the_more_schools_are_in_trusts_the_more_is_sliced():
    few, more = Slices([4], maintained=8).run(), Slices([4, 6], maintained=2).run()
    assert 0.0 < few.room.year_gbp() < more.room.year_gbp()


@pytest.mark.parametrize(
    "world",
    [
        {"trusts": [5, 4], "on": False},
        {"trusts": [], "alone": 4, "maintained": 5},
        {"trusts": [5], "top_slice": 0.0},
    ],
)
def test_switched_off_without_trusts_or_without_a_slice_no_penny_moves(world):
    place = Slices(**world).run()
    assert not len(place.ledger)
    assert place.room.year_gbp() == 0.0
    assert not place.room.people.any()


def test_central_teams_spend_it_to_the_penny_on_being_a_trust_and_on_people():
    place = Slices([3, 7], per_la=4, maintained=3, top_slice=0.0473, budget_gbp=5533.0).run(7)
    sums = place.sums()
    sliced = sums.pop(Purpose.TOP_SLICE)
    assert sum(sums.values()) == sliced
    assert set(sums) == {Purpose.OVERHEAD, Purpose.PAY, Purpose.PENSION, Purpose.NATIONAL_INSURANCE}
    assert sums[Purpose.PENSION] / sums[Purpose.PAY] == pytest.approx(place.rates.teachers_pension, rel=1e-4)


def test_what_being_a_trust_costs_comes_off_before_anyone_is_employed():
    place = Slices([9], fixed_gbp=100_000.0).run()
    assert place.sums()[Purpose.OVERHEAD] == pytest.approx(10_000_000, abs=3)
    tiny = Slices([2], fixed_gbp=150_000.0, top_slice=0.02).run()
    assert tiny.sums()[Purpose.OVERHEAD] == tiny.sums()[Purpose.TOP_SLICE]
    assert not tiny.room.people.any()


def test_a_dearer_specialist_means_fewer_of_them_for_the_same_slice():
    usual, dear = (Slices([9], central_salary_gbp=salary).run() for salary in (50_000.0, 100_000.0))
    assert dear.room.year_gbp() == usual.room.year_gbp()
    assert 0.4 < dear.room.people[0] / usual.room.people[0] < 0.55


def test_a_school_that_joins_begins_to_pay_and_one_that_leaves_stops():
    place = Slices([3], maintained=2).run(1)
    before = place.room.year_gbp()
    place.facts.trust = np.array([0, 0, 0, 0, -1], dtype=np.int32)
    place.room.term(1)
    joined = place.room.year_gbp() - before
    assert joined == pytest.approx(before + 0.05 * 5500.0 * place.facts.pupils[3] / 3, abs=0.02)
    place.facts.trust = np.array([0, 0, -1, -1, -1], dtype=np.int32)
    place.room.term(2)
    left = place.room.year_gbp() - before - joined
    assert left == pytest.approx(before - 0.05 * 5500.0 * place.facts.pupils[2] / 3, abs=0.02)


def test_each_authority_sees_what_its_own_schools_give_up():
    place = Slices([6], per_la=3).run()
    assert {name for name in place.ledger.names if name.startswith("school budgets")} == {
        "school budgets, LA 0",
        "school budgets, LA 1",
    }
    assert (place.room.people > 0).all()


def test_budgets_rise_with_pay():
    flat, rising = Slices([4]).run(9), Slices([4], rise=0.03).run(9)
    assert rising.room.year_gbp() == pytest.approx(1.03**2 * flat.room.year_gbp(), rel=1e-6)


def test_no_funder_pays_it():
    place = Slices([4]).run()
    assert Purpose.TOP_SLICE not in SPENT_IN_PLACE
    assert not any(place.ledger.funded(term) for term in range(3))


@pytest.mark.parametrize("where", [tiny_place, two_las])
def test_in_a_whole_place_it_is_seen_in_the_measures_and_is_no_part_of_what_funders_pay(where):
    place, years = where(), 2
    p = parameters_of().changed({"trust.central_effect": 0.0})
    with_slice, without = (
        run_alone(
            place, funded(place), p.changed({"trust.top_slice": share}), years=years, chance=Chance(1, 0, 0)
        )
        for share in (0.05, 0.0)
    )
    roll, last = with_slice.facts.pupils, place.year + years
    assert with_slice.measures(last, roll)["trust_top_slice_gbp"] > 0.0
    assert without.measures(last, roll)["trust_top_slice_gbp"] == 0.0
    for year in (place.year + 1, last):
        assert with_slice.paid(year) == without.paid(year) > 0.0
