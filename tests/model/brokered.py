"""A small place for brokerage alone: hand-made facts, programmes, posts, and terms of it."""

from __future__ import annotations

from dataclasses import dataclass, field

import mesa
import numpy as np

from model.arrangements import Arrangement, Channel, Offer, Partnership
from model.brokerage import Brokerage, PostOnHand
from model.brokerage_parameters import BrokerageParameters
from model.delivered import Delivered
from model.dispositions import Dispositions, dispositions
from model.institution_facts import Facts, ungoverned
from model.intelligence import Intelligence, PerfectSight
from model.randomness import Chance

THERAPY = Offer(
    name="therapy",
    channel=Channel.PUPIL_DIRECT,
    domain=0,
    delivered_by="therapist",
    weeks=26,
    slots_per_post=3,
)
COACHING = Offer(
    name="coaching", channel=Channel.WHOLE_SCHOOL, domain=2, delivered_by="maths adviser", weeks=39,
    slots_per_post=4, cost_gbp=300.0,
)  # fmt: skip
SCHOOL_TO_SCHOOL = Offer(
    name="school to school", channel=Channel.WHOLE_SCHOOL, domain=3, delivered_by="supporting school",
    weeks=39, slots_per_post=1,
)  # fmt: skip
INDUCTION = Offer(
    name="induction", channel=Channel.LEADERSHIP, domain=7, delivered_by="leadership adviser", weeks=39,
    slots_per_post=8, new_heads=True,
)  # fmt: skip
OFFERS = (THERAPY, COACHING, SCHOOL_TO_SCHOOL, INDUCTION)
PARTNERSHIP = Partnership(
    model=2, legal_form="company limited by guarantee", member_share=0.7, reserves_months=3.0,
    risk_appetite=0.5, overhead_share=0.15, supporting_schools_per_10_000_pupils=3.0,
    supporting_school_gbp=9000.0, vat_irrecoverable=0.0,
)  # fmt: skip
STAFF = {"therapist": 2, "maths adviser": 2, "leadership adviser": 1, "broker": 1}
FIRST = -6


def facts(n: int = 40, member: bool | None = None, n_la: int = 1) -> Facts:
    """Schools as columns: every fifth is a secondary school; two in three are members unless said."""
    secondary = np.arange(n) % 5 == 4
    whole = np.arange(n) % 3 > 0
    return Facts(
        year_0=2023,
        la_names=tuple(f"LA {i}" for i in range(n_la)),
        la=(np.arange(n) % n_la).astype(np.int32),
        urn=(100_000 + 7919 * np.arange(n) % 1009).astype(np.int32),
        phase=secondary.astype(np.int32),
        first_year_group=np.where(secondary, 7, 0).astype(np.int32),
        last_year_group=np.where(secondary, 11, 6).astype(np.int32),
        x_km=np.zeros(n),
        y_km=np.zeros(n),
        maintained=np.ones(n, dtype=bool),
        member=whole if member is None else np.full(n, member),
        disadvantaged_share=0.1 + 0.3 * (np.arange(n) % 7) / 6.0,
        pupils=np.where(secondary, 1000.0, 350.0),
        new_head=np.arange(n) % 8 == 0,
        **ungoverned(n, np.where(secondary, 1000.0, 350.0)),  # type: ignore[arg-type]
    )


@dataclass
class Run:
    """A brokerage and what it did so far."""

    brokerage: Brokerage
    facts: Facts
    practice: np.ndarray
    risk: np.ndarray
    nature: Dispositions
    paid: list = field(default_factory=list)
    delivered: list[Delivered] = field(default_factory=list)
    supporters: list = field(default_factory=list)

    def term(self, term: int, posts: list[PostOnHand] | None = None) -> Delivered:
        self.brokerage.supply(term, staff() if posts is None else posts)
        self.brokerage.term(term, self.practice, self.risk)
        self.delivered.append(self.brokerage.delivered())
        self.supporters.append(self.brokerage.supporters())
        return self.delivered[-1]

    def terms(self, first: int, last: int, posts: list[PostOnHand] | None = None) -> Run:
        for term in range(first, last):
            self.term(term, posts)
        return self


def staff(**changes: int) -> list[PostOnHand]:
    """All posts filled by their first occupant at full strength; ``changes`` gives other numbers by kind."""
    posts, slot = [], 0
    for kind, number in STAFF.items():
        for i in range(8):
            if i < changes.get(kind.replace(" ", "_"), number):
                posts.append(PostOnHand(slot + i, 0, kind, kind == "broker", 0, 1.0, 1.0))
        slot += 8
    return posts


def begin(
    place: Facts | None = None,
    offers: tuple[Offer, ...] = OFFERS,
    seed: int = 3,
    brokerage: bool = True,
    intelligence_error: bool = True,
    partnership: Partnership | None = PARTNERSHIP,
    **values: float,
) -> Run:
    """Start a brokerage; ``values`` replaces parameters."""
    place = facts() if place is None else place
    p, chance = BrokerageParameters(**values), Chance(seed, 0, 0)
    nature = dispositions(np.zeros(place.n_schools), p, chance)
    sight = Intelligence(place, nature, p, chance) if intelligence_error else PerfectSight()
    paid: list = []
    started = Brokerage(
        place, offers, nature, sight, p, chance, mesa.Model(rng=0), lambda *cost: paid.append(cost),
        first_term=FIRST, brokerage=brokerage, intelligence_error=intelligence_error,
    )  # fmt: skip
    started.stand(Arrangement(partnership=partnership, offers=offers))
    practice = Chance(seed, 0, 0).normals("test", 0, 0, 9 * place.n_schools).reshape(-1, 9)
    return Run(started, place, practice, np.zeros(place.n_schools), nature, paid)


def table(run):
    rows = run.brokerage.rows()
    return rows, np.array(rows.state), np.array(rows.offer)
