"""Any scenario that can be written: money, posts, bodies, working together, the national tier."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from model.area_plan import AreaPlan, Division
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
from model.bodies import AfterInsolvency, Board, Body, Trade
from model.collaborating import Collaboration, Hubs, PeerReview
from model.levers import Levers
from model.national_tier import (
    NEVER,
    DatedOrder,
    DatedRegime,
    National,
    Order,
    Regime,
    Rise,
    TrustPolicy,
)

SHARE = st.floats(0.0, 1.0)
KINDS = ("speech and language therapist", "tutor", "maths adviser", "co-ordinator")
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
bodies = st.builds(
    Body,
    board=st.sampled_from([Board(), Board(schools=0.0, la=1.0, independent=0.0)]),
    trade=st.none()
    | st.builds(
        Trade,
        price=st.floats(0.3, 3.0),
        outside_time=SHARE,
        rivals=st.floats(0.0, 3.0),
        growth=st.floats(0.0, 0.5),
        business_gbp_per_pupil=st.floats(0.0, 40.0),
    ),
    after_insolvency=st.none() | st.sampled_from(list(AfterInsolvency)),
    associates=SHARE,
    associate_gbp_a_week=st.floats(0.0, 1000.0),
    one_for_all_las=st.booleans(),
)
partnerships = st.builds(
    Partnership,
    model=st.sampled_from([1, 2, 3, 4]),
    legal_form=st.just("company limited by guarantee"),
    member_share=SHARE,
    reserves_months=st.floats(0.0, 12.0),
    risk_appetite=SHARE,
    overhead_share=st.floats(0.0, 0.5),
    supporting_schools_per_10_000_pupils=st.floats(0.0, 20.0),
    supporting_school_gbp=st.floats(0.0, 20_000.0),
    vat_irrecoverable=SHARE,
    body=st.none() | bodies,
)


collaborations = st.builds(
    Collaboration,
    primary_cluster_schools=st.sampled_from([0, 2, 4, 13]),
    secondary_cluster_schools=st.sampled_from([0, 3, 14]),
    triads=st.booleans(),
    meetings_a_year=st.floats(0.0, 30.0),
    network_days_a_year=st.floats(0.0, 30.0),
    cluster_lead_gbp=st.floats(0.0, 20_000.0),
    like_schools=st.booleans(),
    peer_review=st.none()
    | st.builds(
        PeerReview, share=SHARE, rigour=SHARE, group_size=st.integers(2, 8), days=st.floats(0.0, 20.0)
    ),
    hubs=st.none()
    | st.builds(
        Hubs,
        number_per_10_000_pupils=st.floats(0.0, 20.0),
        gbp_a_year=st.floats(0.0, 30_000.0),
        outcome_share=SHARE,
        terms=st.integers(1, 9),
    ),
    data_sharing=SHARE,
    data_gbp_per_pupil=st.floats(0.0, 40.0),
    pupil_and_parent_voice=st.booleans(),
    joint_procurement=st.booleans(),
    shared_responsibility=st.booleans(),
    governors=st.booleans(),
    interns=st.floats(0.0, 40.0),
)
dates = st.integers(-15, 9)


def dated(what: object, values: list[object], key: str) -> st.SearchStrategy[tuple[object, ...]]:
    """Up to three of them, in order of their terms."""
    one = st.builds(what, first_term=dates, **{key: st.sampled_from(values)})  # type: ignore[arg-type]
    return st.lists(one, max_size=3, unique_by=lambda item: item.first_term).map(
        lambda items: tuple(sorted(items, key=lambda item: item.first_term))
    )


nations = st.builds(
    National,
    regimes=dated(DatedRegime, list(Regime), "regime"),
    orders=dated(DatedOrder, list(Order), "order"),
    rise=st.none()
    | st.builds(
        Rise,
        first_term=dates,
        schools_per_adviser=st.floats(1.0, 10.0),
        advisers_per_100_schools=st.floats(0.0, 60.0),
        gbp_per_school=st.floats(0.0, 200_000.0),
        terms=st.integers(1, 9),
        concern_from=dates,
    ),
    trusts=st.builds(
        TrustPolicy,
        conversions_a_year=SHARE,
        all_by_term=st.sampled_from([NEVER, 5, 11]),
        inspected_from=st.sampled_from([NEVER, 0, 6]),
        la_may_found=st.booleans(),
        partnership_may_found=st.booleans(),
        founded_cap=st.integers(1, 10),
        founded_takes_orphans=st.booleans(),
    ),
)


@st.composite
def arrangements(draw: st.DrawFn, *, system: bool = True) -> Arrangement:
    """Draw what stands at a time; ``system`` False leaves out working together and the national tier."""
    partnership = draw(st.none() | partnerships)
    broker = PostLine(kind=KINDS[3], per_10_000_pupils=8.0, salary_gbp=50_000.0, brokers=True)
    lines = {line.kind: line for line in (broker, *draw(st.lists(posts, max_size=3)))}
    return Arrangement(
        partnership=partnership,
        awards=tuple({a.name: a for a in draw(st.lists(awards, max_size=4))}.values()),
        posts=tuple(lines.values()) if partnership else (),
        offers=OFFERS,
        collaboration=draw(st.none() | collaborations) if system else None,
        national=draw(st.none() | nations) if system else None,
    )


COARSER = {
    Division.PHASE: (Division.PHASE, Division.LA, Division.ONE),
    Division.GEOGRAPHY: (Division.GEOGRAPHY, Division.LA, Division.ONE),
    Division.LA: (Division.LA, Division.ONE),
    Division.ONE: (Division.ONE,),
}
"""Partnerships may join, and never divide."""


SOME_AREAS = ((), (), ("East", "East, primary", "East, 1"))
"""All, or those of the place of two LAs that are in its first."""


def with_areas(draw: st.DrawFn, stands: list[Arrangement]) -> list[Arrangement]:
    """Let partnerships have areas of their own, which join as time goes on."""
    division, found = draw(st.sampled_from(list(COARSER))), []
    for each in stands:
        body = each.partnership
        if body is not None:
            plan, some = AreaPlan(division=division, groups=2), draw(st.sampled_from(SOME_AREAS))
            each = replace(each, partnership=replace(body, areas=plan, only_in=some))
            division = draw(st.sampled_from(COARSER[division]))
        found.append(each)
    return found


@st.composite
def scenarios(draw: st.DrawFn, *, system: bool = True) -> Levers:
    """Draw what stands at year 0 and up to two changes of it."""
    changes = []
    for announced in sorted(draw(st.sets(st.integers(0, 9), max_size=2))):
        later = announced + draw(st.integers(0, 2))
        changes.append(Change(announced=announced, term=later, arrangement=draw(arrangements(system=system))))
    ordered = [c for i, c in enumerate(changes) if i == 0 or c.announced > changes[i - 1].term]
    first, *later = with_areas(draw, [draw(arrangements(system=system)), *(c.arrangement for c in ordered)])
    pairs = zip(ordered, later, strict=True)
    return Levers(in_force=first, changes=tuple(replace(c, arrangement=stands) for c, stands in pairs))
