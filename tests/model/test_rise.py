"""Targeted national help: who has it, who gives it, what it costs and what it does."""

from __future__ import annotations

from dataclasses import replace

import mesa
import numpy as np
import pytest

from model.declaration import EFFECT
from model.ledger import Ledger, Purpose
from model.national_tier import National
from model.national_tier import Rise as Policy
from model.parameters import Parameters, with_effects
from model.randomness import Chance
from model.rise import NoRise, Rise
from model.rise_parameters import RiseParameters
from model.terms import WEEKS_A_TERM
from tests.model.brokered import facts

POLICY = Policy(
    first_term=3, schools_per_adviser=6.0, advisers_per_100_schools=1.0, gbp_per_school=100_000.0, terms=5
)
NATIONAL = National(rise=POLICY)


class Country:
    """Sixty schools with results, of which some are stuck."""

    def __init__(self, n: int = 60, seed: int = 1, n_la: int = 1, **values: float) -> None:
        self.facts = facts(n, n_la=n_la)
        luck = np.random.default_rng(seed)
        self.facts.results = luck.normal(size=n)
        self.facts.x_km, self.facts.y_km = luck.uniform(0, 20, n), luck.uniform(0, 20, n)
        self.ledger = Ledger()
        self.stuck = self.facts.results < -0.8
        p = replace(RiseParameters(), **values)
        self.rise = Rise(self.facts, p, Chance(seed, 0, 0), self.ledger, mesa.Model(rng=0))
        self.practice = luck.normal(size=(n, 9))
        self.cases = np.ones(n, dtype=np.int64)
        self.changed = np.zeros((n, 9))

    def run(self, first: int, until: int, national: National | None = NATIONAL) -> Country:
        for term in range(first, until):
            change = self.rise.term(term, national, self.stuck, self.practice, self.cases)
            self.changed += 0.0 if change is None else change
            assert self.ledger.total() == 0
        return self


def test_help_goes_to_stuck_schools_and_to_those_of_the_weakest_results_first():
    place = Country().run(3, 4)
    helped = np.flatnonzero(place.rise.in_help)
    assert 0 < len(helped) <= round(0.6 * 6)
    assert place.stuck[helped].all()
    left = place.stuck & ~place.rise.in_help
    assert place.facts.results[helped].max() <= place.facts.results[left].min()


def test_from_a_date_on_help_is_for_schools_of_concern_too_weakest_first_as_ever():
    for term, both in ((3, False), (4, True)):
        place = Country()
        concern = (place.facts.results > -0.8) & (place.facts.results < -0.3)
        place.stuck &= place.facts.results > -1.0  # few, so that caseloads have room for others
        wide = National(rise=replace(POLICY, concern_from=4, advisers_per_100_schools=5.0))
        wanting = wide.for_help(term, place.stuck, concern)
        place.rise.term(term, wide, wanting, place.practice, place.cases)
        helped = place.rise.in_help
        assert (helped & place.stuck).any() and bool((helped & concern).any()) is both
        assert (helped <= (place.stuck | concern)).all()
        rows = np.flatnonzero(wanting & ~helped)
        assert not len(rows) or place.facts.results[helped].max() <= place.facts.results[rows].min()


def test_who_is_of_concern_is_not_asked_to_help_others():
    place = Country()
    concern = place.facts.results > 0.5
    wide = National(rise=replace(POLICY, concern_from=3))
    place.rise.term(3, wide, wide.for_help(3, place.stuck, concern), place.practice, place.cases)
    assert place.rise._spells
    assert not concern[[spell.host for spell in place.rise._spells]].any()


def test_caseloads_limit_how_many_schools_have_help():
    narrow = replace(POLICY, schools_per_adviser=3.0)
    few = Country().run(3, 4, National(rise=narrow))
    many = Country().run(3, 4)
    assert few.rise.in_help.sum() == 2 < many.rise.in_help.sum() == 4


def test_a_place_too_small_for_a_whole_caseload_has_one_in_some_draws():
    third = replace(POLICY, schools_per_adviser=1.0, advisers_per_100_schools=1.0 / 1.8)
    held = [Country(seed=seed).run(3, 4, National(rise=third)).rise.in_help.sum() for seed in range(40)]
    assert set(held) == {0, 1} and 0.15 < np.mean(held) < 0.55


def test_before_it_begins_and_without_it_nothing_happens():
    before = Country().run(-3, 3)
    without = Country().run(3, 9, None)
    for place in (before, without):
        assert not place.rise.in_help.any() and not len(place.ledger) and not place.rise.events
        assert (place.rise.room() == 1.0).all()


def test_the_null_version_is_a_world_without_it():
    none = NoRise(60)
    assert not len(none.rows().school)
    assert none.term(5, NATIONAL, np.ones(60, dtype=bool), np.zeros((60, 9)), np.zeros(60)) is None
    assert none.measures() == {"rise_schools": 0.0, "rise_displaced": 0.0}
    assert (none.room() == 1.0).all()


def test_a_spell_ends_after_its_terms_and_the_same_school_is_not_picked_again_at_once():
    place = Country(rest_terms=4).run(3, 4)
    first = place.rise.in_help.copy()
    place.run(4, 8)
    assert (place.rise.in_help == first).all()
    place.run(8, 9)
    assert not (place.rise.in_help & first).any()
    assert sum(event[3] == "targeted help ends" for event in place.rise.events) == first.sum()


def test_spells_end_where_the_policy_does():
    place = Country().run(3, 5).run(5, 6, National())
    assert not place.rise.in_help.any()


def test_all_the_money_of_a_spell_goes_from_the_department_to_who_helps_and_no_more():
    one = replace(POLICY, schools_per_adviser=1.0, advisers_per_100_schools=1.7, gbp_per_school=99_999.99)
    place = Country().run(3, 8, National(rise=one))
    entries = place.ledger.entries()
    assert set(entries.purpose.tolist()) == {Purpose.TARGETED_HELP}
    assert entries.pence.sum() == 9_999_999
    assert place.ledger.balance(place.ledger.account("supporting organisations")) == 9_999_999
    assert sum(sum(place.ledger.funded(term).values()) for term in range(3, 8)) == 9_999_999


def test_help_acts_through_practice_of_the_school_and_of_who_helps_it_alone():
    place = Country(supporter_change=0.03, organisation_sd=0.0, practice_gain=0.3).run(3, 6)
    gained = np.flatnonzero((place.changed > 0.05).any(axis=1))
    assert (gained == np.flatnonzero(place.rise.in_help)).all()
    assert np.allclose(place.changed[gained].max(axis=1), 0.3)
    assert ((place.changed > 0).sum(axis=1)[gained] == 3).all()


def test_help_may_harm():
    place = Country(practice_gain=-0.2, organisation_sd=0.0).run(3, 6)
    assert place.changed.min() < -0.15


def test_without_effects_practice_stays_while_schools_are_helped_and_paid_for():
    p = with_effects(Parameters(), 0.0).rise
    place = Country()
    place.rise = Rise(place.facts, p, Chance(1, 0, 0), place.ledger, mesa.Model(rng=0))
    place.run(3, 6)
    assert not place.changed.any() and place.rise.in_help.any() and len(place.ledger)


def test_every_link_to_practice_is_tagged_as_an_effect():
    tagged = {f.name for f in RiseParameters.__dataclass_fields__.values() if EFFECT in f.metadata["tags"]}
    assert tagged == {"practice_gain", "supporter_change"}


def test_no_school_helps_more_than_two_nor_itself_nor_while_it_is_stuck():
    place = Country(n=300).run(3, 4, National(rise=replace(POLICY, advisers_per_100_schools=3.0)))
    spells = place.rise._spells
    hosts = np.bincount([spell.host for spell in spells], minlength=300)
    assert hosts.max() <= 2
    assert not place.stuck[hosts > 0].any()
    assert all(spell.host != spell.school for spell in spells)


@pytest.mark.parametrize("seed", [1, 2])
def test_about_one_match_in_five_is_with_an_organisation_that_employs_an_adviser(seed):
    place = Country(n=1500, seed=seed).run(3, 20, National(rise=replace(POLICY, advisers_per_100_schools=2)))
    share = place.rise.familiar / place.rise.matched
    assert place.rise.matched > 300
    assert 0.12 < share < 0.28


def test_support_that_a_helped_school_has_no_room_for_is_counted():
    place = Country(displaced_share=0.5).run(3, 6)
    assert place.rise.measures()["rise_displaced"] == pytest.approx(0.5 * place.rise.in_help.sum())
    assert set(place.rise.room().tolist()) == {0.5, 1.0}


def test_where_no_one_can_help_a_school_waits():
    place = Country(n=5)
    place.stuck = np.ones(5, dtype=bool)
    place.run(3, 6, National(rise=replace(POLICY, advisers_per_100_schools=20.0)))
    assert not place.rise.in_help.any() and not len(place.ledger)
    assert place.rise.rows().state == ("waiting",) * 5


def test_every_stuck_school_is_a_case_with_its_wait_and_its_dates():
    place = Country(rest_terms=30).run(3, 9)
    rows, state = place.rise.rows(), np.array(place.rise.rows().state)
    assert {*rows.broker} == {"RISE"} and {*rows.offer} == {"targeted help"}
    assert {*rows.school.tolist()} == {*np.flatnonzero(place.stuck).tolist()}
    done, waiting = state == "completed", state == "waiting"
    assert done.sum() == 4
    assert (rows.identified[done] == rows.matched[done]).all()
    assert (rows.ended[done] - rows.matched[done] == WEEKS_A_TERM * POLICY.terms).all()
    assert (rows.weeks_delivered[done] == WEEKS_A_TERM * POLICY.terms).all()
    assert waiting.any() and np.isnan(rows.matched[waiting]).all() and np.isnan(rows.ended[waiting]).all()
    later = ~done & ~waiting
    assert (rows.matched[later] > rows.identified[later]).all(), "those who wait have their turn"
    assert (rows.priority[done].min() >= rows.priority[~done]).all()


def test_who_is_stuck_no_longer_before_an_adviser_comes_is_turned_away():
    place = Country().run(3, 4)
    place.stuck[:] = False
    place.run(4, 5)
    rows, state = place.rise.rows(), np.array(place.rise.rows().state)
    away = state == "turned away"
    assert away.sum() == len(state) - place.rise.in_help.sum() > 0
    assert (rows.ended[away] == 4 * WEEKS_A_TERM).all() and not rows.weeks_delivered[away].any()
    assert (rows.offer_domain[away] == -1).all() and np.isnan(rows.quality[away]).all()


def test_spells_cut_off_with_the_policy_are_interrupted_and_who_waits_is_turned_away():
    place = Country().run(3, 5).run(5, 6, National())
    rows = place.rise.rows()
    assert {*rows.state} == {"interrupted", "turned away"}
    cut = np.array(rows.state) == "interrupted"
    assert (rows.weeks_delivered[cut] == 2 * WEEKS_A_TERM).all() and (rows.interruptions == cut).all()


def test_with_more_advisers_fewer_are_turned_away():
    few, many = (
        Country().run(3, 4),
        Country(n=60).run(3, 4, National(rise=replace(POLICY, schools_per_adviser=40))),
    )
    waits = [place.rise.rows().state.count("waiting") for place in (few, many)]
    assert waits[0] > waits[1]


def test_support_displaced_is_recorded_case_by_case():
    place = Country(displaced_share=0.5).run(3, 9)
    assert place.rise.rows().displaced.sum() == pytest.approx(place.rise.measures()["rise_displaced"])
    assert not Country(displaced_share=0.0).run(3, 9).rise.rows().displaced.any()


def test_the_same_chance_gives_the_same_help_whatever_else_is_drawn():
    one, other = Country(), Country()
    other.rise._chance.uniforms("something else", 0, 0, 100)
    one.run(3, 9), other.run(3, 9)
    assert (one.changed == other.changed).all() and one.rise.events == other.rise.events
