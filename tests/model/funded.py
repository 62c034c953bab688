"""A small place with money and posts, for tests: posts fill at once and nobody leaves."""

from __future__ import annotations

from dataclasses import replace

import mesa
import numpy as np

from model.arrangements import (
    Arrangement,
    Award,
    Change,
    OnLapse,
    PaidFor,
    Partnership,
    PostLine,
    Renewal,
    Stream,
)
from model.body_parameters import BodyParameters
from model.funding import Funding
from model.funding_parameters import FundingParameters
from model.institution_facts import Facts, ungoverned
from model.ledger import Ledger
from model.place import Phase
from model.randomness import Chance

ON = {"reserves": True, "renewal_risk": True, "bid_cost": True, "review_points": True}
COMPANY = Partnership(
    model=2,
    legal_form="company limited by guarantee",
    member_share=1.0,
    reserves_months=3.0,
    risk_appetite=0.3,
    overhead_share=0.15,
    supporting_schools_per_10_000_pupils=1.0,
    supporting_school_gbp=5000.0,
    vat_irrecoverable=0.0,
)
BROKER = PostLine(kind="co-ordinator", per_10_000_pupils=1.0, salary_gbp=50_000.0, brokers=True)
ADVISER = PostLine(kind="adviser", per_10_000_pupils=3.0, salary_gbp=55_000.0, teacher=True)
THERAPIST = PostLine(kind="therapist", per_10_000_pupils=2.0, salary_gbp=44_000.0)
GRANT = Award(
    name="grant",
    stream=Stream.LA_GENERAL_FUND,
    gbp_per_pupil=60.0,
    first_term=-15,
    length_terms=9,
    renewal=Renewal.CERTAIN,
)


def facts(n_la: int = 1, pupils: float = 10_000.0) -> Facts:
    """Two schools an LA, a primary of 60 per cent of the pupils and a secondary; all maintained members."""
    n = 2 * n_la
    yes = np.ones(n, dtype=np.bool_)
    return Facts(
        year_0=2023,
        la_names=tuple(f"LA {la}" for la in range(n_la)),
        la=np.repeat(np.arange(n_la), 2).astype(np.int32),
        urn=np.arange(100, 100 + n, dtype=np.int32),
        phase=np.tile([Phase.PRIMARY, Phase.SECONDARY], n_la).astype(np.int32),
        first_year_group=np.tile([0, 7], n_la).astype(np.int32),
        last_year_group=np.tile([6, 11], n_la).astype(np.int32),
        x_km=np.zeros(n),
        y_km=np.zeros(n),
        maintained=yes,
        member=yes,
        disadvantaged_share=np.full(n, 0.25),
        pupils=np.tile([0.6 * pupils, 0.4 * pupils], n_la),
        new_head=~yes,
        **ungoverned(n, np.tile([0.6 * pupils, 0.4 * pupils], n_la)),  # type: ignore[arg-type]
    )


class EasyPosts:
    """Posts that are filled in the term in which they are open, and held until they end."""

    def __init__(self) -> None:
        self.filled: list[bool] = []
        self.seconded: list[bool] = []
        self.since: list[int] = []
        self.notice: list[int | None] = []
        self.open: list[bool] = []
        self.told: list[tuple[int, int, int]] = []  # line, horizon in terms, first term that is not certain
        self.kinds: dict[tuple[int, str], list[int]] = {}

    def slots_for(self, la: int, kind: str, n: int) -> list[int]:
        slots = self.kinds.setdefault((la, kind), [])
        while len(slots) < n:
            slots.append(len(self.filled))
            self.filled.append(False)
            self.seconded.append(False)
            self.since.append(0)
            self.notice.append(None)
            self.open.append(False)
            self.told.append((-1, 0, 0))
        return slots[:n]

    def fund(self, slot: int, *, line: int, horizon_terms: int, funded_until: int) -> None:
        self.told[slot] = (line, horizon_terms, funded_until)
        self.open[slot], self.notice[slot] = True, None

    def close(self, slot: int, term: int, reason: str) -> None:
        assert reason
        self.notice[slot] = term

    def term(self, term: int) -> None:
        for slot in range(len(self.filled)):
            notice = self.notice[slot]
            if notice is not None and notice <= term:
                self.open[slot] = self.filled[slot] = False
                self.notice[slot] = None
            if self.open[slot] and not self.filled[slot]:
                self.filled[slot], self.since[slot] = True, term

    def count(self, kind: str, la: int = 0) -> int:
        return sum(self.filled[slot] for slot in self.kinds.get((la, kind), []))


class Seen:
    """A brokerage that has seen so much of every provider, and completes so many cases a term."""

    def __init__(self, mean: float = 1.0, cases: float = 0.0, completed: int = 0) -> None:
        self.mean, self.cases, self.completed = mean, cases, completed
        self.replaced: list[tuple[int, int]] = []
        self.can_replace = True

    def seen_quality(self, la: int, offer: int) -> tuple[float, float]:
        return self.mean, self.cases

    def replace_provider(self, la: int, offer: int, term: int) -> bool:
        if self.can_replace:
            self.replaced.append((offer, term))
        return self.can_replace

    def completed_cases(self, la: int, term: int) -> int:
        return self.completed


class Town:
    """A place with money, run term by term."""

    def __init__(
        self,
        arrangement: Arrangement,
        *changes: Change,
        n_la: int = 1,
        pupils: float = 10_000.0,
        first: int = -15,
        seed: int = 1,
        seen: Seen | None = None,
        bill: int = 0,
        off: tuple[str, ...] = (),
        body: BodyParameters | None = None,
        **values: float,
    ) -> None:
        self.facts, self.ledger, self.posts = facts(n_la, pupils), Ledger(), EasyPosts()
        self.changes, self.now, self.bill = changes, first, bill
        every = (arrangement, *(change.arrangement for change in changes))
        offers = {offer.name: offer for some in every for offer in some.offers}
        self.seen, self.off = seen or Seen(), off
        self.funding = Funding(
            self.facts,
            replace(FundingParameters(), **values),
            Chance(seed, 0, 0),
            {name: name not in off for name in ON},
            self.posts,
            self.ledger,
            mesa.Model(rng=0),
            self.seen,
            tuple(offers.values()),
            body,
        )
        self.funding.begin(arrangement, first)
        self.staff: list[dict[str, int]] = []
        self.given: dict[int, float] = {}

    def run(self, until: int) -> Town:
        while self.now < until:
            self.step()
        return self

    def step(self) -> None:
        term = self.now
        for change in self.changes:
            if change.announced == term:
                self.funding.announce(change)
            if change.term == term:
                self.funding.change(change)
        self.funding.term(term)
        self.posts.term(term)
        for la in range(self.facts.n_la) if self.bill else ():
            self.funding.charge(la, self.bill, 6)
        self.funding.pay_term(term)
        self.given[term] = float(self.funding.to_schools(term).sum())
        self.check()
        self.now += 1

    def check(self) -> None:
        """Nothing is made or lost, and no partnership owes what it has not."""
        assert self.ledger.total() == 0
        for name, held in zip(self.ledger.names, self.ledger.balances, strict=True):
            assert held >= 0 or not name.startswith("partnership"), name

    def events(self, kind: str) -> list[tuple[int, int, int, str, str, float]]:
        return [event for event in self.funding.events() if event[3] == kind]

    def paid(self, payer: str, term: int | None = None, purpose: int = 0) -> int:
        """Pence that an account paid for a purpose, in a term or ever."""
        rows = self.ledger.entries()
        kept = (rows.payer == rows.accounts.index(payer)) & (rows.purpose == purpose)
        if term is not None:
            kept &= rows.week // 13 == term
        return int(rows.pence[kept].sum())


def arrangement(*awards: Award, posts: tuple[PostLine, ...] = (BROKER, ADVISER, THERAPIST)) -> Arrangement:
    """A company with these awards."""
    return Arrangement(partnership=COMPANY, awards=awards, posts=posts)


__all__ = [
    "ADVISER",
    "BROKER",
    "COMPANY",
    "GRANT",
    "ON",
    "THERAPIST",
    "Change",
    "EasyPosts",
    "OnLapse",
    "PaidFor",
    "Renewal",
    "Seen",
    "Stream",
    "Town",
    "arrangement",
    "facts",
]
