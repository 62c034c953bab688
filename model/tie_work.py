"""Days that schools spend working together in a term, by pair and by school.

A day in a group counts less for each pair the larger the group. Clusters and triads meet as far as the
cluster holds together; schools of one trust meet whoever is a member; near schools and feeders deal with each
other without any partnership.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

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


class SchoolDays(NamedTuple):
    """What each school brings to a pair of which it is the first: the days of a term that count for the pair.

    Attributes
    ----------
    mates, trust : (n_schools,) float64
        Days among schools of its trust; days that it gives to its trust.
    colleagues, meetings, triad : (n_schools,) float64
        Days of its network; of its cluster and triad, where they hold together in full.
    network : (n_schools,) int
        Network across the area of the partnership.
    own_cluster, own_networks : (n_schools,) float64
        As in ``Work``.
    """

    mates: Floats
    trust: Floats
    colleagues: Floats
    meetings: Floats
    triad: Floats
    network: Ints
    own_cluster: Floats
    own_networks: Floats


def school_days(
    facts: Facts, clusters: Clusters, collaboration: Collaboration | None, area: Ints, p: TieParameters
) -> SchoolDays:
    """Give what depends on schools one by one.

    Parameters
    ----------
    facts : Facts
        Who is a member, and of which trust.
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
    SchoolDays
        Days of a term.
    """
    nothing = np.zeros(facts.n_schools)
    mates = _present(facts.trust, np.ones(facts.n_schools, dtype=np.bool_))
    a_term = p.trust_days / TERMS_A_YEAR
    of_trust, own_trust = a_term * _part(mates, p), np.where(mates > 1, a_term, 0.0)
    network = 3 * area + network_of(facts.phase)
    if collaboration is None:
        return SchoolDays(of_trust, own_trust, nothing, nothing, nothing, network, nothing, nothing)
    member, c, triad = facts.takes_part, clusters.cluster, clusters.triad
    of_networks = collaboration.network_days_a_year / TERMS_A_YEAR
    in_cluster, in_triad = _present(c, member), _present(triad, member)
    meetings, of_triad = collaboration.meetings_a_year / TERMS_A_YEAR, p.triad_days / TERMS_A_YEAR
    return SchoolDays(
        mates=of_trust,
        trust=own_trust,
        colleagues=of_networks * _part(_present(network, member), p),
        meetings=meetings * _part(in_cluster, p),
        triad=of_triad * _part(in_triad, p),
        network=network,
        own_cluster=np.where(member, meetings * (in_cluster > 1) + of_triad * (in_triad > 1), 0.0),
        own_networks=np.where(member, of_networks, 0.0),
    )


def work_of(
    facts: Facts,
    first: Index,
    second: Index,
    known: Floats,
    clusters: Clusters,
    by_school: SchoolDays,
    p: TieParameters,
    *,
    together: bool,
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
    by_school : SchoolDays
        Days of each school.
    p : TieParameters
        One draw.
    together : bool
        Whether members do anything in networks, clusters and triads.

    Returns
    -------
    Work
        Days.
    """
    trust = facts.trust[first]
    one = (trust == facts.trust[second]) & (trust >= 0)
    work = Work(
        courtesy=known * (p.courtesy_days / TERMS_A_YEAR),
        of_trust=np.where(one, by_school.mates[first], 0.0),
        inside=_NOBODY,
        cluster=_NOBODY,
        in_cluster=np.zeros(0),
        mean_weight=np.zeros(0),
        own_cluster=by_school.own_cluster,
        own_networks=by_school.own_networks,
        own_trust=by_school.trust,
    )
    return _with_clusters(work, facts, first, second, clusters, by_school) if together else work


def _with_clusters(
    work: Work, facts: Facts, first: Index, second: Index, clusters: Clusters, by_school: SchoolDays
) -> Work:
    """Add what members do in networks, clusters and triads."""
    member, c, triad, network = facts.takes_part, clusters.cluster, clusters.triad, by_school.network
    both = member[first] & member[second]
    colleagues = np.flatnonzero(both & (network[first] == network[second]))
    work.courtesy[colleagues] += by_school.colleagues[first[colleagues]]
    of_first = c[first]
    inside = np.flatnonzero(both & (of_first == c[second]) & (of_first >= 0))
    here, there = first[inside], second[inside]
    days, three = by_school.meetings[here], triad[here]
    days += ((three == triad[there]) & (three >= 0)) * by_school.triad[here]
    cluster = of_first[inside].astype(np.intp)
    return work._replace(inside=inside, cluster=cluster, in_cluster=days, mean_weight=_even(cluster))


def _even(cluster: Index) -> Floats:
    """Weights of the ties of each cluster in its mean."""
    return np.asarray(1.0 / np.bincount(cluster)[cluster])


def with_more(work: Work, new: Work, held: Index, at: Index) -> Work:
    """Put the work of pairs that have met now among that of the rest.

    Parameters
    ----------
    work, new : Work
        Of the pairs so far; of the new ones, by the same ``SchoolDays``.
    held, at : (n_ties,) and (n_new,) intp
        Rows of both among all; ascending.

    Returns
    -------
    Work
        As ``work_of`` gives for all of them.
    """
    inside, cluster, days = held[work.inside], work.cluster, work.in_cluster
    weight = work.mean_weight
    if len(new.inside):
        inside = np.concatenate([inside, at[new.inside]])
        order = np.argsort(inside, kind="stable")
        inside = inside[order]
        cluster = np.concatenate([cluster, new.cluster])[order]
        days = np.concatenate([days, new.in_cluster])[order]
        weight = _even(cluster)
    return work._replace(
        courtesy=spread(work.courtesy, new.courtesy, held, at),
        of_trust=spread(work.of_trust, new.of_trust, held, at),
        inside=inside,
        cluster=cluster,
        in_cluster=days,
        mean_weight=weight,
    )


def spread(old: NDArray[Any], new: NDArray[Any], held: Index, at: Index) -> NDArray[Any]:
    """Put new values among old ones.

    Parameters
    ----------
    old, new : (n_ties,) and (n_new,) array
        Values.
    held, at : (n_ties,) and (n_new,) intp
        Rows of both among all.

    Returns
    -------
    (n_ties + n_new,) array
        All of them.
    """
    every = np.empty(len(old) + len(new), dtype=old.dtype)
    every[held], every[at] = old, new
    return every


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
