"""Schools by place with ties between them: hand-made facts, and terms of ties alone."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from model.brokerage_parameters import BrokerageParameters
from model.collaborating import Collaboration
from model.dispositions import Dispositions, dispositions
from model.institution_facts import Facts, ungoverned
from model.place import Phase
from model.randomness import Chance
from model.tie_parameters import TieParameters
from model.ties import Ties

TOGETHER = Collaboration(
    primary_cluster_schools=13, secondary_cluster_schools=13, triads=True, meetings_a_year=6.0,
    network_days_a_year=3.0, cluster_lead_gbp=8000.0,
)  # fmt: skip
SPIN_UP = -15
_KM_A_SCHOOL = 1.0


def facts(
    primary: int = 67,
    secondary: int = 14,
    special: int = 4,
    n_la: int = 1,
    member: float = 1.0,
    seed: int = 1,
) -> Facts:
    """LAs side by side on a plain, alike in numbers of schools; no trusts, some places empty."""
    each = primary + secondary + special
    n = each * n_la
    luck = np.random.default_rng(seed)
    phases = [Phase.PRIMARY] * primary + [Phase.SECONDARY] * secondary + [Phase.SPECIAL] * special
    phase = np.tile(np.array(phases, dtype=np.int32), n_la)
    la = np.repeat(np.arange(n_la, dtype=np.int32), each)
    side = _KM_A_SCHOOL * np.sqrt(each)
    pupils = np.array([350.0, 1000.0, 1000.0, 100.0, 60.0])[phase]
    columns = ungoverned(n, pupils)
    columns["capacity"] = pupils / luck.uniform(0.85, 1.0, n)
    return Facts(
        year_0=2023,
        la_names=tuple(f"LA {i}" for i in range(n_la)),
        la=la,
        urn=(100_000 + np.arange(n)).astype(np.int32),
        phase=phase,
        first_year_group=np.where(phase == Phase.SECONDARY, 7, 0).astype(np.int32),
        last_year_group=np.where(phase == Phase.PRIMARY, 6, 11).astype(np.int32),
        x_km=luck.uniform(0.0, side, n) + side * (la % 12),
        y_km=luck.uniform(0.0, side, n) + side * (la // 12),
        maintained=np.ones(n, dtype=bool),
        member=luck.random(n) < member,
        disadvantaged_share=luck.uniform(0.05, 0.6, n),
        pupils=pupils,
        new_head=luck.random(n) < 0.1,
        **columns,  # type: ignore[arg-type]
    )


def mean(values: np.ndarray) -> float:
    """Mean; 0 of nothing."""
    return float(values.sum() / max(len(values), 1))


@dataclass
class Run:
    """Ties, and how they stood after each term."""

    ties: Ties
    facts: Facts
    nature: Dispositions
    heads_leave: float
    strength: list[float] = field(default_factory=list)
    trust: list[float] = field(default_factory=list)
    acceptance: list[float] = field(default_factory=list)
    coherence: list[float] = field(default_factory=list)

    def terms(self, first: int, last: int, funded: float = 1.0, worked=()) -> Run:
        for term in range(first, last):
            if term % 3 == 0:
                luck = Chance(9, 0, 0).uniforms("test", 0, term, self.facts.n_schools)
                self.facts.new_head = luck < self.heads_leave
            self.ties.term(term, np.full(self.facts.n_la, funded), worked)
            self.nature.trust = self.ties.school_trust()
            self.strength.append(mean(self.ties.strength))
            self.trust.append(self.ties.mean_trust())
            self.acceptance.append(float(self.nature.trust.mean()))
            self.coherence.append(mean(self.ties.coherence.value))
            if term == -1:
                self.ties.settle()
        return self


def begin(
    place: Facts | None = None,
    collaboration: Collaboration | None = TOGETHER,
    competition: bool = True,
    heads_leave: float = 0.1,
    kind: type[Ties] = Ties,
    area=None,
    **values: float,
) -> Run:
    """Start ties; ``values`` replaces parameters."""
    place = facts() if place is None else place
    nature = dispositions(np.zeros(place.n_schools), BrokerageParameters(), Chance(3, 0, 0))
    p = TieParameters(**values)
    return Run(
        kind(place, nature, collaboration, p, competition=competition, area=area), place, nature, heads_leave
    )
