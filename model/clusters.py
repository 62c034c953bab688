"""Clusters and triads: who works with whom, by place; formed once and kept.

Schools of an area are split in two along the longer side of the ground they cover, and so on, until groups
have about the size wanted: near schools are together and groups are of equal size. Primary schools have
clusters of their own, secondary and all-through schools another network; special schools and alternative
provision join the nearest. Clusters of like schools are split by the disadvantaged share of intakes instead.
SENCOs and subject leaders meet in the same clusters.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.collaborating import Collaboration
from model.institution_facts import Facts
from model.near_groups import split_into
from model.place import Floats, Index, Ints
from model.tie_pairs import neighbours, network_of

NO_CLUSTER = -1

TRIAD = 3
"""Schools in a triad."""


class Clusters(NamedTuple):
    """Who is in which.

    Attributes
    ----------
    cluster : (n_schools,) int32
        Cluster of each school, ``NO_CLUSTER`` for none.
    triad : (n_schools,) int32
        Triad of each school within its cluster, ``NO_CLUSTER`` for none.
    """

    cluster: Ints
    triad: Ints

    @property
    def number(self) -> int:
        """Number of clusters."""
        return int(self.cluster.max(initial=NO_CLUSTER)) + 1


def form_clusters(facts: Facts, collaboration: Collaboration | None, area: Ints | None = None) -> Clusters:
    """Form clusters and triads.

    Parameters
    ----------
    facts : Facts
        Schools.
    collaboration : Collaboration or None
        How large clusters are, whether of like schools, whether in triads.
    area : (n_schools,) int, optional
        Clusters never cross areas; those of the partnerships where not given.

    Returns
    -------
    Clusters
        The same for the same schools: by position (or intake) and, where equal, by URN.
    """
    cluster = np.full(facts.n_schools, NO_CLUSTER, dtype=np.int32)
    triad = cluster.copy()
    if collaboration is None:
        return Clusters(cluster, triad)
    area = facts.area if area is None else area
    size = (collaboration.primary_cluster_schools, collaboration.secondary_cluster_schools)
    if collaboration.like_schools:
        where = np.asarray(facts.disadvantaged_share)[:, None]
    else:
        where = np.column_stack([facts.x_km, facts.y_km])
    network = network_of(facts.phase)
    number = 0
    for rows in _by_value(np.where(network < len(size), len(size) * area + network, -1)):
        wanted = size[network[rows[0]]]
        if wanted > 0:
            for group in split(where, facts.urn, rows, wanted):
                cluster[group] = number
                number += 1
    _join_nearest(facts, area, cluster)
    if collaboration.triads:
        number = 0
        for rows in _by_value(cluster):
            for group in split(where, facts.urn, rows, TRIAD):
                triad[group] = number
                number += 1
    return Clusters(cluster, triad)


def split(where: Floats, urn: Ints, rows: Index, size: int) -> list[Index]:
    """Split schools into groups of about a size, the near ones together.

    Parameters
    ----------
    where : (n_schools, n_coordinates) float64
        What makes schools near.
    urn : (n_schools,) int32
        Decides where coordinates are equal.
    rows : (n,) intp
        Schools to split; at least one.
    size : int
        Schools in a group, about.

    Returns
    -------
    list of (n_group,) intp
        Groups; their sizes differ by one at most where numbers allow.
    """
    return split_into(where, urn, rows, max(int(len(rows) / size + 0.5), 1))


def _by_value(values: Ints) -> list[Index]:
    """Rows of each value from 0 up, in order of the values."""
    order = np.argsort(values, kind="stable")
    first = int(np.searchsorted(values[order], 0))
    order = order[first:]
    if not len(order):
        return []
    return np.split(order, np.flatnonzero(np.diff(values[order])) + 1)


def _join_nearest(facts: Facts, area: Ints, cluster: Ints) -> None:
    """Special schools and alternative provision join the cluster of the nearest school that has one."""
    has = cluster != NO_CLUSTER
    special = network_of(facts.phase) == 2
    pairs = neighbours(facts.x_km, facts.y_km, area, special, has, 1)
    cluster[pairs[:, 0]] = cluster[pairs[:, 1]]
