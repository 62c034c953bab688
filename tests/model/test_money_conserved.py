"""Whatever is awarded, decided and changed: nothing is made or lost, and every penny is found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.arrangements import Arrangement, Award, Change, Cut, OnLapse, PaidFor, Renewal, Stream
from model.bodies import AfterInsolvency, Board, Body, Trade
from model.ledger import Purpose
from model.money_accounts import STREAMS
from tests.model.funded import ADVISER, BROKER, COMPANY, THERAPIST, Seen, Town

streams = st.sampled_from(list(Stream))
awards = st.builds(
    Award,
    name=st.just("x"),
    stream=streams,
    gbp_per_pupil=st.floats(0.0, 80.0),
    paid_for=st.sampled_from(list(PaidFor)),
    first_term=st.integers(-15, 3),
    length_terms=st.sampled_from([0, 1, 2, 3, 6, 9, 15]),
    last_term=st.none() | st.integers(4, 12),
    decided_terms_before=st.integers(-2, 4),
    renewal=st.sampled_from(list(Renewal)),
    review_terms=st.sampled_from([(), (2,), (3, 6)]),
    cut=st.none()
    | st.builds(Cut, term=st.integers(2, 8), announced=st.integers(0, 2), share=st.floats(0, 1)),
    late_terms=st.integers(0, 2),
    competitive=st.booleans(),
    indexed=st.booleans(),
    in_advance=st.booleans(),
    match_share=st.sampled_from([0.0, 0.0, 0.3, 1.0]),
    outcome_share=st.sampled_from([0.0, 0.0, 0.4, 1.0]),
    carry_forward=st.booleans(),
    ring_fence=st.sampled_from([(), ("therapist",), ("adviser", "co-ordinator")]),
    on_lapse=st.sampled_from(list(OnLapse)),
    yearly_refusal=st.booleans(),
)


@st.composite
def stands(draw: st.DrawFn, may_be_none: bool = True) -> Arrangement:
    """Any arrangement of up to four awards."""
    some = draw(st.lists(awards, min_size=1, max_size=4))
    named = tuple(replace(award, name="grant" if i == 0 else f"award {i}") for i, award in enumerate(some))
    held = draw(st.none() | st.just(COMPANY)) if may_be_none else COMPANY
    posts = draw(st.permutations((BROKER, ADVISER, THERAPIST)))
    return Arrangement(partnership=held, awards=named, posts=tuple(posts[: draw(st.integers(1, 3))]))


ANY = given(
    stands(),
    stands(),
    st.integers(-2, 4),
    st.integers(0, 3),
    st.integers(0, 5),
    st.integers(0, 4_000_000),
    st.sampled_from([(), ("reserves",), ("renewal_risk",), ("bid_cost", "review_points")]),
)


def check(before, after, announced, notice, seed, bill, off, sold=frozenset()):
    """Run a place through a change and find every penny that was awarded, or that was ``sold`` for."""
    change = Change(announced=announced, term=announced + notice, arrangement=after)
    seen = Seen(mean=0.2 + 0.2 * seed, cases=seed, completed=seed)
    town = Town(before, change, n_la=2, seed=seed, seen=seen, bill=bill, off=off).run(14)
    rows = town.ledger.entries()
    inside = np.array([name.startswith("partnership") for name in rows.accounts])
    came = rows.pence[inside[rows.payee] & ~inside[rows.payer]].sum()
    went = rows.pence[inside[rows.payer] & ~inside[rows.payee]].sum()
    held = sum(town.ledger.balances[i] for i in np.flatnonzero(inside))
    assert came == went + held
    assert set(rows.purpose[inside[rows.payee] & ~inside[rows.payer]].tolist()) <= {
        Purpose.AWARD, Purpose.OPENING, *sold
    }  # fmt: skip
    assert max(rows.stream, default=0) < len(STREAMS)
    for slots in town.posts.kinds.values():
        assert len(set(slots)) == len(slots)
    if after.partnership is None and town.now > change.term:
        assert held == 0 or notice + announced < -15
    return town


@ANY
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_happens_nothing_is_made_or_lost_and_every_penny_awarded_is_found(
    before, after, announced, notice, seed, bill, off
):
    check(before, after, announced, notice, seed, bill, off)


bodies = st.builds(
    Body,
    board=st.sampled_from([Board(), Board(schools=0.0, la=0.0, independent=1.0)]),
    trade=st.none()
    | st.builds(
        Trade,
        price=st.floats(0.3, 3.0),
        outside_time=st.floats(0.0, 1.0),
        rivals=st.floats(0.0, 3.0),
        growth=st.floats(0.0, 0.5),
        business_gbp_per_pupil=st.floats(0.0, 40.0),
    ),
    after_insolvency=st.none() | st.sampled_from(list(AfterInsolvency)),
    one_for_all_las=st.booleans(),
)


@st.composite
def bodied(draw: st.DrawFn) -> Arrangement:
    """Any arrangement whose partnership, if there is one, is a body of any kind."""
    made = draw(stands())
    if made.partnership is None:
        return made
    terms = replace(
        made.partnership,
        body=draw(bodies),
        model=draw(st.integers(1, 4)),
        legal_form=draw(st.sampled_from(["hosted", "charity"])),
        vat_irrecoverable=draw(st.floats(0.0, 1.0)),
    )
    return replace(made, partnership=terms)


@given(
    bodied(), bodied(), st.integers(-2, 4), st.integers(0, 3), st.integers(0, 5), st.integers(0, 9_000_000)
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_bodies_sell_and_however_they_end_every_penny_is_found(
    before, after, announced, notice, seed, bill
):
    town = check(before, after, announced, notice, seed, bill, (), {Purpose.BUSINESS_SERVICES})
    stands_now = town.funding.bodies.stands()
    for la, stands_yet in enumerate(stands_now):
        if not stands_yet:
            assert not any(town.posts.count(kind, at) for at, kind in town.posts.kinds if at == la)
    assert 0.0 <= town.funding.ends.alive(town.now - 1) <= 1.0
    assert all(0.0 <= town.funding.bodies.time_sold(la) <= 1.0 for la in (0, 1))


@pytest.mark.slow
@ANY
@settings(settings.get_profile("exploring"), max_examples=500)
def test_every_penny_is_found_in_five_hundred_places(before, after, announced, notice, seed, bill, off):
    check(before, after, announced, notice, seed, bill, off)
