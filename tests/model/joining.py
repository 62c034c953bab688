"""A place whose schools join and leave, without anything else: support comes evenly, for tests."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from model.arrangements import Arrangement, Award, PaidFor, Stream
from model.collaborating import Collaboration
from model.delivered import Delivered
from model.institution_facts import Facts
from model.membership import Membership, MembershipView
from model.membership_parameters import MembershipParameters
from model.randomness import Chance
from tests.model.brokered import PARTNERSHIP, facts

SUBSCRIPTION = Award(
    name="subscription", stream=Stream.SUBSCRIPTION, gbp_per_pupil=10.0, paid_for=PaidFor.MEMBERS
)


def stands(gbp: float = 10.0, share: float = 0.9, **together: object) -> Arrangement:
    """A partnership with its subscription and what its schools do together."""
    return Arrangement(
        partnership=replace(PARTNERSHIP, member_share=share),
        awards=(replace(SUBSCRIPTION, gbp_per_pupil=gbp),),
        collaboration=Collaboration(**{"governors": True, **together}),  # type: ignore[arg-type]
    )


class Joining:
    """Membership of a place, year by year; every fourth school is supported each year, in turn."""

    def __init__(
        self,
        n: int = 400,
        n_la: int = 1,
        seed: int = 1,
        replicate: int = 0,
        in_force: Arrangement | None = None,
        chooses: bool = True,
        place: Facts | None = None,
        **values: float,
    ) -> None:
        self.facts = facts(n, n_la=n_la) if place is None else place
        n = self.facts.n_schools
        chance = Chance(seed, 0, replicate)
        self.stands = stands() if in_force is None else in_force
        share = 0.0 if self.stands.partnership is None else self.stands.partnership.member_share
        self.facts.member = chance.for_draw().uniforms("membership", 0, 0, n) < share
        p = MembershipParameters(**values)
        self.membership = Membership(self.facts, p, chance, chooses=chooses)
        self.facts.member = self.membership.stand(self.stands, -15)
        self.support, self.trust, self.view = 1.0, np.full(n, 0.5), dict[str, object]()
        self.year = -5
        self.run(5)

    def run(self, years: int) -> Joining:
        for _ in range(years):
            self.membership.term(self._supported())
            view = MembershipView(stands=self.stands, trust=self.trust, **self.view)  # type: ignore[arg-type]
            self.facts.member = self.membership.year_end(3 * self.year + 2, view)
            self.year += 1
        return self

    def _supported(self) -> Delivered:
        every = np.arange(self.facts.n_schools, dtype=np.int32)
        school = every[(every + self.year) % 4 == 0]
        return Delivered(
            term=3 * self.year,
            school=school,
            offer=np.zeros_like(school),
            weeks=np.full(len(school), 39.0 * self.support),
            quality=np.ones(len(school)),
            completed=np.ones(len(school), dtype=np.bool_),
        )

    def change(self, arrangement: Arrangement) -> Joining:
        self.stands = arrangement
        self.facts.member = self.membership.stand(arrangement, 3 * self.year)
        return self

    @property
    def share(self) -> float:
        return float(self.facts.member.mean())
