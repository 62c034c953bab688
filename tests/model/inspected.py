"""Schools made by hand for inspection and stakes, and years of it."""

from __future__ import annotations

import numpy as np

from model.inspection import Inspection
from model.institution_facts import Facts, ungoverned
from model.national_tier import DatedRegime, National, Regime, TrustPolicy
from model.parameters import Parameters
from model.randomness import Chance

FIRST = -15


def facts(n: int = 600, *, secondary_every: int = 6, n_la: int = 1) -> Facts:
    """Schools as columns; disadvantage rises over them."""
    secondary = np.arange(n) % secondary_every == secondary_every - 1
    return Facts(
        year_0=2023,
        la_names=tuple(f"LA {i}" for i in range(n_la)),
        la=(np.arange(n) % n_la).astype(np.int32),
        urn=(100_000 + np.arange(n)).astype(np.int32),
        phase=secondary.astype(np.int32),
        first_year_group=np.where(secondary, 7, 0).astype(np.int32),
        last_year_group=np.where(secondary, 11, 6).astype(np.int32),
        x_km=np.zeros(n),
        y_km=np.zeros(n),
        maintained=np.ones(n, dtype=bool),
        member=np.zeros(n, dtype=bool),
        disadvantaged_share=np.linspace(0.05, 0.45, n)[np.argsort(np.sin(np.arange(n)))],
        pupils=np.full(n, 300.0),
        new_head=np.zeros(n, dtype=bool),
        **ungoverned(n, np.full(n, 300.0)),  # type: ignore[arg-type]
    )


def practice(n: int, seed: int = 3) -> np.ndarray:
    """Practice by domain of schools, correlated as the model has it."""
    normals = Chance(seed, 0, 0).normals("made practice", 0, 0, 10 * n).reshape(n, 10)
    return np.sqrt(0.5) * normals[:, :1] + np.sqrt(0.5) * normals[:, 1:]


def national(*dated: tuple[int, Regime], trusts_from: int | None = None) -> National:
    """Regimes and the terms from which they hold."""
    policy = TrustPolicy() if trusts_from is None else TrustPolicy(inspected_from=trusts_from)
    regimes = tuple(DatedRegime(first_term=term, regime=regime) for term, regime in dated)
    return National(regimes=regimes, trusts=policy)


FOUR_GRADES = national((-1000, Regime.FOUR_GRADES))
AS_IT_WAS = national(
    (-1000, Regime.FOUR_GRADES), (3, Regime.SUB_JUDGEMENTS), (6, Regime.REPORT_CARDS)
)  # year 0 is 2023


def inspected(
    of: Facts,
    seen: np.ndarray,
    regimes: National | None = FOUR_GRADES,
    *,
    years: int = 10,
    changes: dict[str, float] | None = None,
    seed: int = 5,
) -> Inspection:
    """Let some years of inspection go by with practice as it is."""
    p = Parameters().changed({f"inspection.{k}": v for k, v in (changes or {}).items()})
    found = Inspection(of, p, Chance(seed, 0, 0))
    found.begin(FIRST, seen, regimes)
    for year in range(years):
        found.year_end(FIRST + 3 * year + 2, seen, regimes)
    return found
