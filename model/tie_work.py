"""Days that schools spend working together in a term, by pair and by school.

A day in a group counts less for each pair the larger the group. Clusters and triads meet as far as the
cluster holds together; schools of one trust meet whoever is a member; near schools and feeders deal with each
other without any partnership.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.clusters import Clusters
from model.collaborating import Collaboration
from model.institution_facts import Facts
from model.place import Bools, Floats, Index, Ints
from model.terms import TERMS_A_YEAR
from model.tie_pairs import network_of
from model.tie_parameters import TieParameters

_NOBODY = np.zeros(0, dtype=np.intp)


class Work(NamedTuple):
    """Days of a term that follow from who belongs where.

    Attributes
    ----------
    courtesy : (n_ties,) float64
        Dealings of neighbours and feeders, networks across the area.
    of_trust : (n_ties,) float64
        Among schools of one trust.
    inside : (n_inside,) intp
        Ties within a cluster, both members.
    cluster : (n_inside,) intp
        Their cluster.
    in_cluster : (n_inside,) float64
        Days of clusters and triads, where they hold together in full.
    mean_weight : (n_inside,) float64
        Weights of these ties for means over clusters: they sum to 1 in each.
    own_cluster, own_networks, own_trust : (n_schools,) float64
        Days of leadership that a school gives: to cluster and triad (where it holds together in full), to
        networks, to its trust.
    """

    courtesy: Floats
    of_trust: Floats
    inside: Index
    cluster: Index
    in_cluster: Floats
    mean_weight: Floats
    own_cluster: Floats
    own_networks: Floats
    own_trust: Floats


def work_of(
    facts: Facts,
    first: Index,
    second: Index,
    known: Floats,
    clusters: Clusters,
    collaboration: Collaboration | None,
    area: Ints,
    p: TieParameters,
) -> Work:
    """Give the work of a term.

    Parameters
    ----------
    facts : Facts
        Who is a member, and of which trust.
    first, second : (n_ties,) intp
        Rows of the schools.
    known : (n_ties,) float64
        How far the two deal with each other anyway, 0 to 1.
    clusters : Clusters
        Who is in which.
    collaboration : Collaboration or None
        How much time is given.
    area : (n_schools,) int
        Area of the partnership each school belongs to.
    p : TieParameters
        One draw.

    Returns
    -------
    Work
        Days.
    """
    mates = _present(facts.trust, np.ones(facts.n_schools, dtype=np.bool_))
    courtesy = known * (p.courtesy_days / TERMS_A_YEAR)
    together = (facts.trust[first] == facts.trust[second]) & (facts.trust[first] >= 0)
    a_term = p.trust_days / TERMS_A_YEAR
    work = Work(
        courtesy=courtesy,
        of_trust=np.where(together, a_term * _part(mates, p)[first], 0.0),
        inside=_NOBODY,
        cluster=_NOBODY,
        in_cluster=np.zeros(0),
        mean_weight=np.zeros(0),
        own_cluster=np.zeros(facts.n_schools),
        own_networks=np.zeros(facts.n_schools),
        own_trust=np.where(mates > 1, a_term, 0.0),
    )
    if collaboration is None:
        return work
    return _with_clusters(work, facts, first, second, clusters, collaboration, area, p)


def _with_clusters(
    work: Work,
    facts: Facts,
    first: Index,
    second: Index,
    clusters: Clusters,
    collaboration: Collaboration,
    area: Ints,
    p: TieParameters,
) -> Work:
    """Add what members do in networks, clusters and triads."""
    member, c, triad = facts.member, clusters.cluster, clusters.triad
    both = member[first] & member[second]
    network = 3 * area + network_of(facts.phase)
    colleagues = np.flatnonzero(both & (network[first] == network[second]))
    of_networks = collaboration.network_days_a_year / TERMS_A_YEAR
    work.courtesy[colleagues] += of_networks * _part(_present(network, member), p)[first[colleagues]]
    inside = np.flatnonzero(both & (c[first] == c[second]) & (c[first] >= 0))
    here, there = first[inside], second[inside]
    in_cluster, in_triad = _present(c, member), _present(triad, member)
    meetings, of_triad = collaboration.meetings_a_year / TERMS_A_YEAR, p.triad_days / TERMS_A_YEAR
    days = meetings * _part(in_cluster, p)[here]
    days += ((triad[here] == triad[there]) & (triad[here] >= 0)) * (of_triad * _part(in_triad, p)[here])
    cluster = c[here].astype(np.intp)
    return work._replace(
        inside=inside,
        cluster=cluster,
        in_cluster=days,
        mean_weight=1.0 / np.bincount(cluster)[cluster],
        own_cluster=np.where(member, meetings * (in_cluster > 1) + of_triad * (in_triad > 1), 0.0),
        own_networks=np.where(member, of_networks, 0.0),
    )


def _present(group: Ints, who: Bools) -> Ints:
    """Give how many take part in the group of each school: 0 where it has none; shape (n_schools,)."""
    if not len(group):
        return np.zeros(0, dtype=np.int64)
    counted = np.bincount(group[who] + 1, minlength=int(group.max()) + 2)
    counted[0] = 0
    return np.asarray(counted[group + 1])


def _part(present: Ints, p: TieParameters) -> Floats:
    """Part of a day in a group that counts for one pair; shape (n_schools,)."""
    return np.asarray(np.maximum(present - 1.0, 1.0) ** -p.dilution)
