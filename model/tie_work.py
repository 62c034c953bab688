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
    term = 1.0 / TERMS_A_YEAR
    mates = _present(facts.trust, np.ones(facts.n_schools, dtype=np.bool_))
    courtesy = known * (p.courtesy_days * term)
    together = (facts.trust[first] == facts.trust[second]) & (facts.trust[first] >= 0)
    of_trust = np.where(together, p.trust_days * term * _part(mates, p)[first], 0.0)
    own_trust = np.where(mates > 1, p.trust_days * term, 0.0)
    none = np.zeros(facts.n_schools)
    if collaboration is None:
        nobody = np.zeros(0, dtype=np.intp)
        return Work(courtesy, of_trust, nobody, nobody, np.zeros(0), np.zeros(0), none, none, own_trust)
    member, c = facts.member, clusters.cluster
    both = member[first] & member[second]
    network = 3 * area + network_of(facts.phase)
    known_to_all = both & (network[first] == network[second])
    colleagues = _part(_present(network, member), p)[first]
    courtesy += known_to_all * (collaboration.network_days_a_year * term * colleagues)
    inside = np.flatnonzero(both & (c[first] == c[second]) & (c[first] >= 0))
    here, there = first[inside], second[inside]
    in_cluster, in_triad = _present(c, member), _present(clusters.triad, member)
    meetings, triad_days = collaboration.meetings_a_year * term, p.triad_days * term
    days = meetings * _part(in_cluster, p)[here]
    alike = (clusters.triad[here] == clusters.triad[there]) & (clusters.triad[here] >= 0)
    days += alike * (triad_days * _part(in_triad, p)[here])
    own = np.where(member, meetings * (in_cluster > 1) + triad_days * (in_triad > 1), 0.0)
    cluster = c[here].astype(np.intp)
    return Work(
        courtesy, of_trust, inside, cluster, days, 1.0 / np.bincount(cluster)[cluster],
        own, np.where(member, collaboration.network_days_a_year * term, 0.0), own_trust,
    )  # fmt: skip


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
