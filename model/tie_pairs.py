"""Which pairs of schools may know each other: near ones, cluster and triad mates, one trust, feeders.

A pair is two rows of schools, the lower first; pairs are sorted and each occurs once. Their number grows with
that of schools: no school has more than some tens.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.spatial import KDTree

from model.institution_facts import Facts
from model.place import Bools, Floats, Index, Ints

NEAR = 6
"""Nearest schools of its phase with which a school may have a tie."""

MATES = 15
"""Mates of a cluster or trust on either side, from west to east, with which a school may have a tie."""

_SPECIAL = 2

_APART_KM = 1e5
"""Distance put between groups, so that one tree finds neighbours in all of them."""


class JointWork(NamedTuple):
    """Days that two schools spent working together in a term.

    Attributes
    ----------
    first, second : (n,) int
        Rows of the schools, in any order.
    days : (n,) float64
        Days of leadership time.
    """

    first: Ints
    second: Ints
    days: Floats


def network_of(phase: Ints) -> Ints:
    """Say with whom a school works by phase: all-through schools with secondary ones.

    Parameters
    ----------
    phase : (n_schools,) int
        ``model.place.Phase``.

    Returns
    -------
    (n_schools,) int32
        0 primary, 1 secondary and all-through, 2 special and alternative provision.
    """
    return np.array([0, 1, 1, 2, 2], dtype=np.int32)[phase]


def neighbours(x_km: Floats, y_km: Floats, group: Ints, of: Bools, to: Bools, number: int) -> Index:
    """Find the nearest schools of the same group.

    Parameters
    ----------
    x_km, y_km : (n_schools,) float64
        Position.
    group : (n_schools,) int
        Pairs lie within a group; -1 for none.
    of, to : (n_schools,) bool
        Whose neighbours, and among whom.
    number : int
        Most neighbours of one school.

    Returns
    -------
    (n_pairs, 2) intp
        School and neighbour.
    """
    ours, theirs = np.flatnonzero(of & (group >= 0)), np.flatnonzero(to & (group >= 0))
    if not len(ours) or not len(theirs):
        return np.zeros((0, 2), dtype=np.intp)
    where = np.column_stack([x_km, y_km, _APART_KM * group])
    wanted = min(number + 1, len(theirs))  # a school is its own nearest
    _, found = KDTree(where[theirs]).query(where[ours], k=wanted)
    other = theirs[np.asarray(found).reshape(len(ours), wanted)]
    school = np.broadcast_to(ours[:, None], other.shape)
    meant = (school != other) & (group[school] == group[other])
    meant &= np.cumsum(meant, axis=1) <= number
    return np.column_stack([school[meant], other[meant]]).astype(np.intp)


def mates(group: Ints, x_km: Floats) -> Index:
    """Pair schools of the same group: all of them in a group of usual size.

    Parameters
    ----------
    group : (n_schools,) int
        -1 for none.
    x_km : (n_schools,) float64
        Easting: in a large group only those within ``MATES`` places of each other in it are paired.

    Returns
    -------
    (n_pairs, 2) intp
        Rows of the schools.
    """
    inside = np.flatnonzero(group >= 0)
    ordered = inside[np.lexsort((inside, x_km[inside], group[inside]))]
    found, own = [np.zeros((0, 2), dtype=np.intp)], group[ordered]
    for step in range(1, MATES + 1):
        meant = np.flatnonzero(own[step:] == own[:-step])
        if not len(meant):
            break
        found.append(np.column_stack([ordered[meant], ordered[meant + step]]))
    return np.concatenate(found)


def keys_of(first: Ints, second: Ints, n_schools: int) -> Ints:
    """Number pairs, whichever comes first.

    Parameters
    ----------
    first, second : (n,) int
        Rows of the schools.
    n_schools : int
        Number of schools.

    Returns
    -------
    (n,) int64
        Row of the lower times number of schools plus row of the higher.
    """
    low, high = np.minimum(first, second), np.maximum(first, second)
    return np.asarray(low.astype(np.int64) * n_schools + high)


def among(keys: Ints, which: Ints) -> Bools:
    """Say which numbers occur in a sorted list of them.

    Parameters
    ----------
    keys : (n_keys,) int64
        Sorted.
    which : (n,) int64
        In any order.

    Returns
    -------
    (n,) bool
        Whether it is one of ``keys``.
    """
    if not len(keys):
        return np.zeros(len(which), dtype=np.bool_)
    return np.asarray(keys.take(np.searchsorted(keys, which), mode="clip") == which)


class Pairs(NamedTuple):
    """Pairs that may have a tie.

    Attributes
    ----------
    keys : (n_pairs,) int64
        Numbers of the pairs, as by ``keys_of``; sorted.
    known : (n_known,) int64
        Of them those that deal with each other anyway: near schools of a phase, feeders; sorted.
    """

    keys: Ints
    known: Ints


def candidates(facts: Facts, area: Ints, cluster: Ints, triad: Ints) -> Pairs:
    """List the pairs that may have a tie.

    Parameters
    ----------
    facts : Facts
        Schools.
    area : (n_schools,) int
        Index of the partnership's area, as a rule the LA.
    cluster, triad : (n_schools,) int
        -1 where a school has none.

    Returns
    -------
    Pairs
        Sorted.
    """
    x, y, n = facts.x_km, facts.y_km, facts.n_schools
    every = np.ones(n, dtype=np.bool_)
    network = network_of(facts.phase)
    special = network == _SPECIAL
    near = (
        neighbours(x, y, 3 * area + network, every, every, NEAR),
        neighbours(x, y, area, network == 0, network == 1, 1),
        neighbours(x, y, area, special, ~special, 2),
    )
    known = _numbered(np.concatenate(near), n)
    together = np.concatenate([mates(cluster, x), mates(triad, x), mates(facts.trust, x)])
    return Pairs(np.union1d(known, _numbered(together, n)), known)


def trust_pairs(facts: Facts) -> Ints:
    """List the pairs of schools of one trust.

    Parameters
    ----------
    facts : Facts
        Schools.

    Returns
    -------
    (n_pairs,) int64
        Sorted numbers of pairs, as by ``keys_of``.
    """
    return _numbered(mates(facts.trust, facts.x_km), facts.n_schools)


def _numbered(pairs: Index, n_schools: int) -> Ints:
    return np.unique(keys_of(pairs[:, 0], pairs[:, 1], n_schools))
