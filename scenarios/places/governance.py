"""Who runs a synthetic school: category, religious character and trust."""

from __future__ import annotations

import numpy as np

from model.place import Bools, Category, Floats, Ints
from scenarios.places.totals import PlaceChance

MAINTAINED = -1
"""Trust of a school that is in none."""


def mark_share(uniforms: Floats, share: float) -> Bools:
    """Mark a share of schools at random, to the nearest school.

    Parameters
    ----------
    uniforms : (n,) float64
        One draw a school.
    share : float
        Share to mark, 0 to 1.

    Returns
    -------
    (n,) bool
        True where marked.
    """
    marked = np.zeros(len(uniforms), dtype=np.bool_)
    marked[np.argsort(uniforms, kind="stable")[: round(share * len(uniforms))]] = True
    return marked


def categories(
    uniforms: Floats, academy: Bools, faith_share: float, voluntary_aided_share: float
) -> tuple[Ints, Bools]:
    """Give the mainstream schools of one phase a category and a religious character.

    Voluntary aided schools come first among the maintained schools; those left of religious character are
    voluntary controlled, the others community schools. Academies fill up the share of religious character.

    Parameters
    ----------
    uniforms : (n,) float64
        One draw a school.
    academy : (n,) bool
        Academies and free schools.
    faith_share, voluntary_aided_share : float
        Share of schools with a religious character; share that are voluntary aided.

    Returns
    -------
    tuple of (n,) int32 and (n,) bool
        ``Category`` values; religious character.
    """
    n = len(academy)
    order = np.argsort(uniforms, kind="stable")
    maintained = order[~academy[order]]
    aided = maintained[: round(voluntary_aided_share * n)]
    rest = order[~np.isin(order, aided)]
    faith = np.zeros(n, dtype=np.bool_)
    faith[np.concatenate([aided, rest])[: max(round(faith_share * n), len(aided))]] = True
    category = np.where(faith, int(Category.VOLUNTARY_CONTROLLED), int(Category.COMMUNITY)).astype(np.int32)
    category[academy] = Category.ACADEMY
    category[aided] = Category.VOLUNTARY_AIDED
    return category, faith


def trust_sizes(normals: Floats, schools: int, logsd: float) -> Ints:
    """Share schools out over trusts of lognormal size, at least one each.

    Parameters
    ----------
    normals : (n_trusts,) float64
        One draw a trust.
    schools : int
        Schools to share out; at least the number of trusts.
    logsd : float
        SD of the log of the number of schools.

    Returns
    -------
    (n_trusts,) int32
        Schools of each trust; the sum is ``schools``.
    """
    n = len(normals)
    weight = np.exp(logsd * normals)
    wanted = (schools - n) * weight / float(np.sum(weight))
    sizes = np.floor(wanted).astype(np.int32)
    left = schools - n - int(np.sum(sizes))
    sizes[np.argsort(sizes - wanted, kind="stable")[:left]] += 1
    return np.asarray(sizes + 1, dtype=np.int32)


def trusts(
    chance: PlaceChance, academy: Bools, apart_km: Floats, counts: tuple[int, int], logsd: float
) -> Ints:
    """Put each academy in a trust: alone, or with the academies nearest to it.

    Parameters
    ----------
    chance : PlaceChance
        Chance of the place.
    academy : (n,) bool
        Academies and free schools.
    apart_km : (n, n) float64
        Distances between schools, km.
    counts : tuple of int
        Multi-academy trusts present; single-academy trusts.
    logsd : float
        SD of the log of the number of schools in a trust.

    Returns
    -------
    (n,) int32
        Trust, from 0; -1 where maintained. Multi-academy trusts come first.
    """
    trust = np.full(len(academy), MAINTAINED, dtype=np.int32)
    members = np.flatnonzero(academy)
    order = members[np.argsort(chance.uniforms("trust order", len(academy))[members], kind="stable")]
    multi, single = counts
    if multi == 0:
        single = len(members)
    single = min(single, len(members))
    shared = len(members) - single
    multi = min(multi, shared)
    waiting = order[:shared]
    if multi:
        for index, size in enumerate(trust_sizes(chance.normals("trust sizes", multi), shared, logsd)):
            near = waiting[np.argsort(apart_km[waiting[0], waiting], kind="stable")]
            trust[near[:size]] = index
            waiting = waiting[trust[waiting] == MAINTAINED]
    trust[order[shared:]] = multi + np.arange(single)
    return trust
