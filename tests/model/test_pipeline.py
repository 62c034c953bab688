"""Leaders prepared for headship: who fills vacancies, what it costs, what heads are like for it."""

from __future__ import annotations

import numpy as np
import pytest

from model.arrangements import Arrangement
from model.ledger import Purpose
from model.membership_parameters import MembershipParameters
from model.pipeline import Pipeline
from model.randomness import Chance
from tests.model.brokered import facts
from tests.model.joining import stands

USUAL, MORE = stands(interns=2.0), stands(interns=6.0)


class Heads:
    """Vacancies and those who are prepared for them, autumn by autumn."""

    def __init__(self, n: int = 200, n_la: int = 1, in_force: Arrangement = USUAL, **values: float) -> None:
        self.facts = facts(n, n_la=n_la)
        self.paid: list[tuple[int, int, Purpose, str]] = []
        self.pipeline = Pipeline(
            self.facts, np.full(n, 0.1), MembershipParameters(**values), Chance(3, 0, 0), self._charge
        )
        self.year, self.filled, self.vacancies = -5, 0, 0
        self.run(5, in_force)

    def _charge(self, la: int, pence: int, purpose: Purpose, kind: str) -> None:
        self.paid.append((la, pence, purpose, kind))

    def run(self, years: int, in_force: Arrangement) -> Heads:
        for _ in range(years):
            n = self.facts.n_schools
            self.facts.new_head = Chance(9, 0, 0).uniforms("heads", 0, self.year, n) < 0.1
            for term in range(3):
                self.pipeline.term(3 * self.year + term, in_force)
            self.filled += self.pipeline.filled
            self.vacancies += self.pipeline.vacancies
            self.year += 1
        return self


def test_as_things_stand_the_field_is_as_it_is():
    fields = [Heads().run(years, USUAL).pipeline.field().mean() for years in range(1, 9)]
    assert abs(np.mean(fields)) < 0.01


def test_with_more_heads_in_training_more_are_found_in_the_place_and_the_field_is_better():
    usual, more = Heads().run(8, USUAL), Heads().run(8, MORE)
    assert more.filled > usual.filled
    assert more.vacancies == usual.vacancies
    assert (more.pipeline.field() > usual.pipeline.field()).all()
    assert more.pipeline.from_place.sum() > usual.pipeline.from_place.sum()


def test_the_share_of_headships_filled_from_the_place_is_about_what_is_expected():
    heads = Heads(n=1000).run(6, USUAL)
    filled = 100.0 * heads.filled / heads.vacancies
    assert abs(filled - heads.pipeline.from_place_per_cent()) < 4.0
    assert Heads(in_force=Arrangement()).pipeline.from_place_per_cent() == 0.0


def test_the_field_is_worse_once_no_one_is_prepared_any_more():
    ended = Heads().run(10, stands(interns=0.0))
    assert (ended.pipeline.field() < 0.0).all()
    assert ended.pipeline.ready.max() < 1.0


def test_preparing_leaders_does_nothing_where_it_has_no_effect():
    assert not Heads(intern_gain=0.0).run(6, MORE).pipeline.field().any()


def test_preparing_leaders_may_do_harm():
    assert (Heads(intern_gain=-0.2).run(6, MORE).pipeline.field() < 0.0).all()


def test_training_is_paid_for_each_autumn_by_the_partnership_of_each_authority():
    heads = Heads(n_la=2)
    heads.paid.clear()
    heads.run(2, USUAL)
    assert [row[0] for row in heads.paid] == [0, 1, 0, 1]
    assert {row[1] for row in heads.paid} == {2 * 400_000}
    assert {row[2] for row in heads.paid} == {Purpose.PROGRAMME}


def test_no_one_is_prepared_and_nothing_paid_without_a_partnership_or_collaboration():
    for in_force in (Arrangement(), Arrangement(partnership=USUAL.partnership)):
        heads = Heads(in_force=in_force).run(2, in_force)
        assert not heads.paid
        assert not heads.pipeline.ready.any()
        assert not heads.pipeline.field().any()


def test_no_more_headships_are_filled_than_there_are_vacancies_and_no_one_is_made_of_nothing():
    heads = Heads(intern_reach=1.5).run(12, MORE)
    assert 0 < heads.filled <= heads.vacancies
    assert (heads.pipeline.ready >= 0.0).all()
    begun = 0.06 * 200 * 12 + 0.02 * 200 * 5
    assert heads.filled <= begun + 200


@pytest.mark.parametrize("n", [1, 3])
def test_a_place_of_few_schools_can_be_run(n: int):
    assert np.isfinite(Heads(n=n).run(3, MORE).pipeline.field()).all()
