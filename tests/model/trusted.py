"""A place of schools in trusts, made by hand."""

from __future__ import annotations

from typing import Any

import mesa
import numpy as np

from model.institution_facts import Facts
from model.national_tier import DatedOrder, National, Order, TrustPolicy
from model.randomness import Chance
from model.trust_moves import Seen, TrustMoves
from model.trust_parameters import TrustParameters
from model.trusts import Trusts

SUMMER = 2


def facts(trusts: list[int], per_la: int | None = None, alone: int = 0, maintained: int = 0) -> Facts:
    """Trusts of the given numbers of schools, then academies alone, then maintained schools.

    Every third school is a secondary school; all stand in a row, one km apart.
    """
    of = [i for i, size in enumerate(trusts) for _ in range(size)]
    of += [len(trusts) + i for i in range(alone)] + [-1] * maintained
    n = len(of)
    secondary = np.arange(n) % 3 == 2
    pupils = np.where(secondary, 1000.0, 300.0)
    la = np.arange(n) // (per_la or max(n, 1))
    trust = np.array(of, dtype=np.int32)
    return Facts(
        year_0=2023,
        la_names=tuple(f"LA {i}" for i in range(int(la.max(initial=0)) + 1)),
        la=la.astype(np.int32),
        urn=(100_000 + np.arange(n)).astype(np.int32),
        phase=secondary.astype(np.int32),
        first_year_group=np.where(secondary, 7, 0).astype(np.int32),
        last_year_group=np.where(secondary, 11, 6).astype(np.int32),
        x_km=np.arange(n).astype(np.float64),
        y_km=np.zeros(n),
        maintained=trust < 0,
        member=np.ones(n, dtype=bool),
        disadvantaged_share=np.full(n, 0.25),
        pupils=pupils,
        new_head=np.zeros(n, dtype=bool),
        trust=trust,
        faith=np.zeros(n, dtype=bool),
        selective=np.zeros(n, dtype=bool),
        capacity=pupils.copy(),
        orphan=np.zeros(n, dtype=bool),
        results=np.zeros(n),
    )


def in_trusts(place: Facts, seed: int = 3, **values: float) -> Trusts:
    """Trusts of a place; ``values`` replaces parameters, by default none reaches beyond the place."""
    p = TrustParameters(**{"cross_border": 0.3, **values})
    trusts = Trusts(mesa.Model(rng=0), place, p, Chance(seed, 0, 0))
    trusts.elsewhere = np.where(trusts.index.is_elsewhere(), trusts.elsewhere, 0.0)
    return trusts


def moves(trusts: Trusts, seed: int = 3, orders: bool = True, **values: float) -> TrustMoves:
    return TrustMoves(trusts, TrustParameters(**values), Chance(seed, 0, 0), orders=orders)


def nation(order: Order = Order.DUTY, **policy: Any) -> National:
    return National(orders=(DatedOrder(first_term=-30, order=order),), trusts=TrustPolicy(**policy))


def seen(place: Facts, *concern: int, partnership: bool = True) -> Seen:
    rows = np.zeros(place.n_schools, dtype=bool)
    rows[list(concern)] = True
    return Seen(
        concern=rows,
        stuck=np.zeros(place.n_schools, dtype=bool),
        partnership=np.full(place.n_la, partnership),
    )


def years(run: TrustMoves, place: Facts, national: National | None, number: int, *concern: int) -> None:
    """Some years' ends after year 0."""
    for year in range(number):
        run.year_end(3 * year + SUMMER, national, seen(place, *concern))
