"""Not a penny, a pupil, a post, a person or a school is lost or made, whatever the scenario."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from model.alone import run_alone
from model.institutions import Institutions
from model.levers import Levers
from model.practice import Practice
from model.randomness import Chance
from tests.model.any_scenario import scenarios
from tests.model.running import changed, has_run, series, tiny_place, two_las

PLACES = {"one LA": tiny_place(), "two LAs": two_las()}
YEARS = 4
OFF = ("reserves", "brokerage", "membership", "inspection", "stakes", "orders", "orphans", "competition")
STATES = {"completed", "in delivery", "waiting", "declined", "interrupted", "abandoned", "turned away"}
OF_MEMBERS = ("member_rating", "member_response")
"""Unknown where no one is asked or no one answers."""
SEVERE = changed(
    inspection__inadequate_below=0.3,
    inspection__card_urgent=-1.7,
    trust__accept_usual=0.1,
    trust__closure=0.3,
)
"""Many schools in a category of concern, few takers: every way of moving a school is taken."""


def money_is_kept(whole: Institutions) -> None:
    """Every penny that one account pays another receives; no account with a limit goes below it."""
    money = whole.record().ledger
    balances = np.zeros(len(money.accounts), dtype=np.int64)
    np.add.at(balances, money.payee, money.pence)
    np.add.at(balances, money.payer, -money.pence)
    assert balances.sum() == 0
    assert whole.ledger.total() == 0
    assert (money.pence > 0).all()
    for account in range(len(money.accounts)):
        assert balances[account] == whole.ledger.balance(account), money.accounts[account]
        if whole.ledger.is_limited(account):
            running = np.where(money.payee == account, money.pence, 0) - np.where(
                money.payer == account, money.pence, 0
            )
            assert np.cumsum(running).min(initial=0) >= 0, money.accounts[account]


def people_are_kept(whole: Institutions) -> None:
    """A post has one holder at a time, and a pool as many people as began and were trained."""
    held = whole.record().posts
    spells = sorted(zip(held.la, held.kind, held.number, held.from_term, held.to_term, strict=True))
    for one, following in pairwise(spells):
        assert one[:3] != following[:3] or one[4] <= following[3], "two people in one post"
    for pool in whole.posts.pools.pools:
        assert pool.people == pool.start + pool.ever_trained, "people lost or made"
    assert sum(whole.posts.filled) == sum(pool.posts for pool in whole.posts.pools.pools)


def cases_are_kept(whole: Institutions) -> None:
    """No case is told twice, and each is in a state that cases have."""
    cases = whole.record().cases
    identity = zip(cases.broker, cases.school, cases.offer_domain, cases.term, strict=True)
    assert len({*identity}) == len(cases.school)
    assert set(cases.state) <= STATES


def schools_are_kept(date: int, whole: Institutions, practice: Practice) -> None:
    """Each school is governed by one, belongs or does not, and is tied to others no more than wholly."""
    facts, local = whole.facts, whole.local
    assert len(facts.member) == len(facts.maintained) == len(facts.trust) == facts.n_schools
    np.testing.assert_array_equal(facts.maintained, facts.trust < 0)
    assert facts.member.dtype == np.bool_
    assert np.isfinite(practice.practice()).all()
    if local is None:
        return
    assert facts.trust.max(initial=-1) < local.trusts.n_trusts
    assert local.trusts.schools_here().sum() == (facts.trust >= 0).sum()
    assert not (facts.orphan & local.moves.moved).any(), "an orphan has a taker"
    ties, nature = local.ties, local._nature
    assert (ties.first < ties.second).all()
    for share in (ties.strength, ties.trust, ties.competition, nature.trust, nature.stakes, nature.openness):
        assert (share >= 0.0).all()
        assert (share <= 1.0).all()
    assert local.rise.in_help.sum() == local.rise.measures()["rise_schools"] <= facts.n_schools
    for column in vars(local.pressure).values():
        assert np.isfinite(column).all()
    for name, value in local.measures().items():
        assert np.isfinite(value) or name in OF_MEMBERS, name


def events_are_of_this_place(whole: Institutions) -> None:
    """Whatever befell someone befell an LA and a school of the place."""
    told = whole.record().events
    assert ((told.la >= 0) & (told.la < whole.facts.n_la)).all()
    assert ((told.school >= -1) & (told.school < whole.facts.n_schools)).all()
    of_school = told.school >= 0
    np.testing.assert_array_equal(whole.facts.la[told.school[of_school]], told.la[of_school])


def conserved(where: str, levers: Levers, seed: int, off: frozenset[str] = frozenset()) -> None:
    """Run institutions and check that nothing is lost or made."""
    whole = run_alone(
        PLACES[where], levers, SEVERE, years=YEARS, chance=Chance(seed, 0, 0),
        switches=dict.fromkeys(off, False), watch=schools_are_kept,
    )  # fmt: skip
    money_is_kept(whole)
    people_are_kept(whole)
    cases_are_kept(whole)
    events_are_of_this_place(whole)


@pytest.mark.slow
@settings(settings.get_profile("exploring"), max_examples=500, suppress_health_check=list(HealthCheck))
@given(
    where=st.sampled_from(list(PLACES)),
    levers=scenarios(),
    seed=st.integers(0, 1000),
    off=st.frozensets(st.sampled_from(OFF), max_size=3),
)
def test_nothing_is_lost_or_made_in_five_hundred_scenarios(where, levers, seed, off):
    conserved(where, levers, seed, off)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
)
@given(where=st.sampled_from(list(PLACES)), levers=scenarios(), seed=st.integers(0, 1000))
def test_nothing_is_lost_or_made_in_some_scenarios(where, levers, seed):
    conserved(where, levers, seed)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(levers=scenarios(system=False), seed=st.integers(0, 1000))
def test_no_pupil_is_lost_made_or_moved_by_how_support_is_funded(levers, seed):
    funded, plain = (
        has_run(PLACES["one LA"], what, changed(), years=YEARS, chance=Chance(seed, 0, 0))
        for what in (levers, None)
    )
    for group in ("all", "disadvantaged", "other"):
        there, before = (series(whole.record(), "pupils", group) for whole in (funded, plain))
        np.testing.assert_array_equal(there, before)
    np.testing.assert_array_equal(funded.parts.register.school, plain.parts.register.school)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(where=st.sampled_from(list(PLACES)), levers=scenarios(), seed=st.integers(0, 1000))
def test_every_child_is_in_one_school_or_in_none_whatever_presses_on_schools(where, levers, seed):
    place = PLACES[where]
    pressed, plain = (
        has_run(place, what, SEVERE, years=YEARS, chance=Chance(seed, 0, 0)) for what in (levers, None)
    )
    register, before = pressed.parts.register, plain.parts.register
    assert len(register.school) == len(before.school), "children lost or made"
    np.testing.assert_array_equal(register.la, before.la)
    now = register.active(pressed.now)
    school = register.school[now]
    assert (school >= 0).all()
    away = school >= len(place.schools)
    np.testing.assert_array_equal(school[away], len(place.schools) + register.la[now][away])
    record = pressed.record()
    everyone, poor, others = (series(record, "pupils", g) for g in ("all", "disadvantaged", "other"))
    np.testing.assert_array_equal(everyone, poor + others)
    assert everyone[-1] == (~away).sum()
    members, in_trusts = (series(record, m, "all") for m in ("members", "schools_in_trusts"))
    assert max(members.max(), in_trusts.max()) <= len(place.schools)
