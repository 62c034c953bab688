"""Where a partnership pays the LA for data, they are shared with the broker while it can pay."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.alone import run_alone
from model.arrangements import Arrangement
from model.collaborating import Collaboration
from model.contact import Contact
from model.data_service import DataService
from model.institutions import Institutions
from model.ledger import Purpose
from model.levers import Levers
from model.randomness import Chance
from tests.model.compiled import funded, parameters_of
from tests.model.running import tiny_place
from tests.model.tied import facts

BOUGHT = Collaboration(data_sharing=0.8, data_gbp_per_pupil=3.0)
DEAR = 180.0


def contact(n: int, *warned: int) -> Contact:
    every = np.full(n, 0.5)
    rows = np.isin(np.arange(n), warned)
    return Contact(
        data=every, part=every, review=every, own_review=every, voice=every, blind=every, warned=rows
    )


class Bills:
    """Bills of partnerships, of which some cannot pay."""

    def __init__(self, *poor: int) -> None:
        self.poor, self.sent = set(poor), []

    def __call__(self, area: int, pence: int, purpose: Purpose) -> bool:
        assert purpose == Purpose.DATA
        self.sent.append((area, pence))
        return area not in self.poor


def service(*poor: int, n_la: int = 2):
    place = facts(n_la=n_la)
    bills = Bills(*poor)
    return place, bills, DataService(place, bills)


def test_members_pupils_are_paid_for_a_third_each_term():
    place, bills, room = service()
    place.member = place.la == 0
    room.term(BOUGHT, contact(place.n_schools))
    assert bills.sent == [(0, round(100 * 3.0 * place.pupils[place.la == 0].sum() / 3))]


@pytest.mark.parametrize(
    "stands", [None, Collaboration(data_sharing=0.8), Collaboration(data_gbp_per_pupil=3.0)]
)
def test_where_nothing_is_asked_or_nothing_shared_no_one_pays_and_all_reaches_the_broker(stands):
    place, bills, room = service(0, 1)
    seen = contact(place.n_schools, 3)
    assert room.term(stands, seen) is seen
    assert room.term(stands, None) is None
    assert not bills.sent


def test_what_is_paid_for_reaches_the_broker_as_it_is():
    place, _, room = service()
    seen = contact(place.n_schools, 3)
    assert room.term(BOUGHT, seen) is seen
    assert room.term(BOUGHT, seen) is seen


def test_who_cannot_pay_shares_nothing_that_term_and_other_places_do():
    place, _, room = service(1)
    found = room.term(BOUGHT, contact(place.n_schools))
    poor = place.area == 1
    assert not found.data[poor].any() and (found.data[~poor] == 0.5).all()
    assert (found.blind[poor] == 1.0 - place.disadvantaged_share[poor]).all()
    assert (found.blind[~poor] == 0.5).all()
    assert (found.part == 0.5).all() and (found.voice == 0.5).all()


def test_data_come_back_with_the_money_and_a_warning_is_passed_on_once():
    place, bills, room = service(1)
    seen = contact(place.n_schools, 2, place.n_schools - 1)
    assert (room.term(BOUGHT, seen).warned == seen.warned).all()
    assert room.term(BOUGHT, seen) is room.term(BOUGHT, seen)
    bills.poor = set()
    back = room.term(BOUGHT, seen)
    assert (back.data == seen.data).all() and not back.warned.any()
    news = contact(place.n_schools, 5)
    assert room.term(BOUGHT, news) is news


# --- in a whole place


def priced(gbp: float) -> Levers:
    levers = funded(tiny_place())
    assert levers.in_force is not None and levers.in_force.collaboration is not None
    together = replace(levers.in_force.collaboration, data_sharing=0.9, data_gbp_per_pupil=gbp)
    stands: Arrangement = replace(levers.in_force, collaboration=together)
    return replace(levers, in_force=stands)


def run(gbp: float, seed: int = 0) -> tuple[Institutions, float]:
    """Institutions, and the mean square of what brokers have wrong, mean of the terms."""
    wrong = []

    def look(date, whole, practice):
        wrong.append(float(((whole.brokerage.seen - practice.practice()) ** 2).mean()))

    whole = run_alone(
        tiny_place(), priced(gbp), parameters_of(), years=3, chance=Chance(seed, 0, 0), watch=look
    )
    return whole, float(np.mean(wrong))


def paid_for_data(whole: Institutions) -> int:
    rows = whole.ledger.entries()
    return int(rows.pence[rows.purpose == Purpose.DATA].sum())


def test_brokers_see_less_where_data_cannot_be_paid_for_and_nothing_is_owed_for_them():
    for seed in range(3):
        (free, shared), (dear, alone) = run(0.0, seed), run(DEAR, seed)
        assert paid_for_data(free) == paid_for_data(dear) == 0
        assert alone > shared
        assert dear.ledger.total() == 0


def test_a_service_that_can_be_paid_for_costs_money_and_shows_as_much():
    (free, shared), (bought, seen) = run(0.0), run(1.0)
    assert paid_for_data(bought) > 0 == paid_for_data(free)
    assert seen < run(DEAR)[1]
    names = bought.ledger.names
    assert bought.ledger.balance(names.index("data services of LAs")) == paid_for_data(bought)
    assert seen == pytest.approx(shared, rel=0.1)
