"""Not a penny, a pupil, a post or a person is lost or made, whatever the scenario."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from model.alone import run_alone
from model.arrangements import (
    Arrangement,
    Award,
    Change,
    Channel,
    Cut,
    Offer,
    OnLapse,
    PaidFor,
    Partnership,
    PostLine,
    Renewal,
    Stream,
)
from model.levers import Levers
from model.parameters import Parameters
from model.randomness import Chance
from tests.model.running import has_run, series, tiny_place

PLACE = tiny_place()
KINDS = ("speech and language therapist", "tutor", "maths adviser", "co-ordinator")
YEARS = 4

awards = st.builds(
    Award,
    name=st.sampled_from(["commission", "grant", "subscription", "gift"]),
    stream=st.sampled_from(list(Stream)),
    gbp_per_pupil=st.floats(0.0, 200.0),
    paid_for=st.sampled_from(list(PaidFor)),
    first_term=st.integers(-15, 6),
    length_terms=st.sampled_from([0, 3, 6, 9, 15]),
    last_term=st.none() | st.integers(0, 12),
    decided_terms_before=st.integers(-2, 3),
    renewal=st.sampled_from(list(Renewal)),
    review_terms=st.sampled_from([(), (3,), (3, 6)]),
    cut=st.none()
    | st.builds(Cut, term=st.integers(3, 9), announced=st.integers(1, 3), share=st.floats(0, 1)),
    late_terms=st.integers(0, 2),
    competitive=st.booleans(),
    indexed=st.booleans(),
    in_advance=st.booleans(),
    match_share=st.sampled_from([0.0, 0.2]),
    outcome_share=st.sampled_from([0.0, 0.3]),
    carry_forward=st.booleans(),
    ring_fence=st.sampled_from([(), (KINDS[0],)]),
    on_lapse=st.sampled_from(list(OnLapse)),
    yearly_refusal=st.booleans(),
)
posts = st.builds(
    PostLine,
    kind=st.sampled_from(KINDS[:3]),
    per_10_000_pupils=st.floats(0.0, 30.0),
    salary_gbp=st.floats(15_000.0, 90_000.0),
    teacher=st.booleans(),
)
OFFERS = tuple(
    Offer(
        name=f"support {index}", channel=Channel.WHOLE_SCHOOL, domain=index, delivered_by=kind, weeks=weeks,
        slots_per_post=4, practice_sd=0.2, cost_gbp=500.0,
    )
    for index, (kind, weeks) in enumerate(
        [(KINDS[0], 39), (KINDS[1], 12), (KINDS[2], 26), ("supporting school", 39)]
    )
)  # fmt: skip
partnerships = st.builds(
    Partnership,
    model=st.sampled_from([1, 2, 4]),
    legal_form=st.just("company limited by guarantee"),
    member_share=st.floats(0.0, 1.0),
    reserves_months=st.floats(0.0, 12.0),
    risk_appetite=st.floats(0.0, 1.0),
    overhead_share=st.floats(0.0, 0.5),
    supporting_schools_per_10_000_pupils=st.floats(0.0, 20.0),
    supporting_school_gbp=st.floats(0.0, 20_000.0),
    vat_irrecoverable=st.floats(0.0, 1.0),
)


@st.composite
def arrangements(draw: st.DrawFn) -> Arrangement:
    partnership = draw(st.none() | partnerships)
    broker = PostLine(kind=KINDS[3], per_10_000_pupils=8.0, salary_gbp=50_000.0, brokers=True)
    lines = {line.kind: line for line in (broker, *draw(st.lists(posts, max_size=3)))}
    return Arrangement(
        partnership=partnership,
        awards=tuple({a.name: a for a in draw(st.lists(awards, max_size=4))}.values()),
        posts=tuple(lines.values()) if partnership else (),
        offers=OFFERS,
    )


@st.composite
def scenarios(draw: st.DrawFn) -> Levers:
    changes = []
    for announced in sorted(draw(st.sets(st.integers(0, 9), max_size=2))):
        later = announced + draw(st.integers(0, 2))
        changes.append(Change(announced=announced, term=later, arrangement=draw(arrangements())))
    ordered = [c for i, c in enumerate(changes) if i == 0 or c.announced > changes[i - 1].term]
    return Levers(in_force=draw(arrangements()), changes=tuple(ordered))


def conserved(levers: Levers, seed: int, switches: dict[str, bool]) -> None:
    """Run institutions and check that nothing is lost or made."""
    whole = run_alone(PLACE, levers, Parameters(), years=YEARS, chance=Chance(seed, 0, 0), switches=switches)
    record = whole.record()
    money = record.ledger
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
    held = record.posts
    spells = sorted(zip(held.la, held.kind, held.number, held.from_term, held.to_term, strict=True))
    for one, following in pairwise(spells):
        assert one[:3] != following[:3] or one[4] <= following[3], "two people in one post"
    for pool in whole.posts.pools.pools:
        assert pool.people == pool.start + pool.ever_trained, "people lost or made"
    assert sum(whole.posts.filled) == sum(pool.posts for pool in whole.posts.pools.pools)
    cases = record.cases
    assert len({*zip(cases.school, cases.offer_domain, cases.term, strict=True)}) == len(cases.school)
    known = {"completed", "in delivery", "waiting", "declined", "interrupted", "abandoned", "turned away"}
    assert set(cases.state) <= known


@pytest.mark.slow
@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(levers=scenarios(), seed=st.integers(0, 1000), off=st.sets(st.sampled_from(["reserves", "brokerage"])))
def test_nothing_is_lost_or_made_in_five_hundred_scenarios(levers, seed, off):
    conserved(levers, seed, dict.fromkeys(off, False))


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
)
@given(levers=scenarios(), seed=st.integers(0, 1000))
def test_nothing_is_lost_or_made_in_some_scenarios(levers, seed):
    conserved(levers, seed, {})


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(levers=scenarios(), seed=st.integers(0, 1000))
def test_no_pupil_is_lost_made_or_moved_by_how_support_is_funded(levers, seed):
    funded, plain = (
        has_run(PLACE, what, Parameters(), years=YEARS, chance=Chance(seed, 0, 0)) for what in (levers, None)
    )
    for group in ("all", "disadvantaged", "other"):
        there, before = (series(whole.record(), "pupils", group) for whole in (funded, plain))
        np.testing.assert_array_equal(there, before)
    np.testing.assert_array_equal(funded.parts.register.school, plain.parts.register.school)
