"""Clusters: near schools together, of equal size, by phase, within an LA."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.clusters import NO_CLUSTER, form_clusters
from model.collaborating import Collaboration
from model.place import Phase
from tests.model.tied import TOGETHER, facts

MAINSTREAM = (Phase.PRIMARY, Phase.SECONDARY, Phase.ALL_THROUGH)


def sizes(cluster, who):
    return np.bincount(cluster[who & (cluster != NO_CLUSTER)])


def apart(place, cluster):
    """Mean distance between schools of one cluster."""
    km = np.hypot(place.x_km[:, None] - place.x_km, place.y_km[:, None] - place.y_km)
    same = (cluster[:, None] == cluster) & (cluster != NO_CLUSTER) & ~np.eye(len(cluster), dtype=bool)
    return km[same].mean()


def partition(cluster, names):
    """Clusters as sets of names, whatever their numbers."""
    return {frozenset(names[cluster == c].tolist()) for c in np.unique(cluster) if c != NO_CLUSTER}


def test_ealing_s_67_primary_schools_form_five_clusters_of_12_to_14():
    place = facts(primary=67, secondary=14, special=0)
    cluster = form_clusters(place, TOGETHER).cluster
    found = sizes(cluster, place.phase == Phase.PRIMARY)
    assert len(found) == 5
    assert found.min() >= 12
    assert found.max() <= 14


def test_secondary_schools_have_their_own_network_with_all_through_schools():
    place = facts()
    place.phase[np.flatnonzero(place.phase == Phase.SECONDARY)[:2]] = Phase.ALL_THROUGH
    cluster = form_clusters(place, TOGETHER).cluster
    primary = set(cluster[place.phase == Phase.PRIMARY])
    upper = set(cluster[np.isin(place.phase, (Phase.SECONDARY, Phase.ALL_THROUGH))])
    assert len(upper) == 1
    assert not primary & upper


def test_clusters_are_of_neighbours():
    place = facts(secondary=0, special=0)
    cluster = form_clusters(place, TOGETHER).cluster
    at_random = np.random.default_rng(0).permutation(cluster)
    assert apart(place, cluster) < 0.6 * apart(place, at_random)


def test_a_special_school_joins_the_cluster_of_the_nearest_school():
    place = facts(special=3)
    cluster = form_clusters(place, TOGETHER).cluster
    others = np.flatnonzero(place.phase != Phase.SPECIAL)
    for school in np.flatnonzero(place.phase == Phase.SPECIAL):
        km = np.hypot(place.x_km[others] - place.x_km[school], place.y_km[others] - place.y_km[school])
        assert cluster[school] == cluster[others[km.argmin()]]


def test_triads_are_threes_or_so_within_a_cluster():
    place = facts(special=0)
    found = form_clusters(place, TOGETHER)
    for triad in range(found.triad.max() + 1):
        own = found.triad == triad
        assert 2 <= own.sum() <= 4
        assert len(set(found.cluster[own])) == 1
    assert (form_clusters(place, replace(TOGETHER, triads=False)).triad == NO_CLUSTER).all()


def test_clusters_stay_within_an_la_but_for_a_partnership_across_several():
    place = facts(primary=20, secondary=4, special=1, n_la=3)
    cluster = form_clusters(place, TOGETHER).cluster
    assert all(len(set(place.la[cluster == c])) == 1 for c in range(cluster.max() + 1))
    across = form_clusters(place, TOGETHER, area=np.zeros(place.n_schools, dtype=np.int32)).cluster
    assert any(len(set(place.la[across == c])) > 1 for c in range(across.max() + 1))


def test_clusters_of_like_schools_are_alike_in_intake_and_further_apart():
    place = facts(special=0)
    near = form_clusters(place, TOGETHER).cluster
    like = form_clusters(place, replace(TOGETHER, like_schools=True)).cluster

    def spread(cluster):
        return np.mean([place.disadvantaged_share[cluster == c].std() for c in range(cluster.max() + 1)])

    assert spread(like) < 0.5 * spread(near)
    assert apart(place, like) > apart(place, near)
    np.testing.assert_array_equal(np.sort(sizes(like, like >= 0)), np.sort(sizes(near, near >= 0)))


@pytest.mark.parametrize("like", [False, True])
def test_the_order_in_which_schools_are_listed_decides_nothing(like):
    place = facts(n_la=2)
    order = np.random.default_rng(4).permutation(place.n_schools)
    columns = ("la", "urn", "phase", "x_km", "y_km", "disadvantaged_share")
    again = replace(place, **{name: getattr(place, name)[order] for name in columns})
    wanted = replace(TOGETHER, like_schools=like)
    first, second = form_clusters(place, wanted), form_clusters(again, wanted)
    assert partition(first.cluster, place.urn) == partition(second.cluster, again.urn)
    assert partition(first.triad, place.urn) == partition(second.triad, again.urn)


def test_schools_at_one_spot_are_still_split():
    place = facts(special=0)
    place.x_km[:], place.y_km[:] = 0.0, 0.0
    assert sizes(form_clusters(place, TOGETHER).cluster, place.phase == Phase.PRIMARY).max() <= 14


@pytest.mark.parametrize("numbers", [(1, 0, 0), (0, 1, 0), (0, 0, 1), (3, 0, 1), (0, 7, 0), (40, 1, 0)])
def test_any_mix_of_phases_is_grouped(numbers):
    place = facts(*numbers)
    cluster = form_clusters(place, TOGETHER).cluster
    mainstream = np.isin(place.phase, MAINSTREAM)
    assert (cluster[mainstream] >= 0).all()
    assert (cluster[~mainstream] >= 0).all() == mainstream.any()


def test_where_no_clusters_are_wanted_there_are_none():
    place = facts()
    assert form_clusters(place, None).number == 0
    assert form_clusters(place, Collaboration()).number == 0
    only = form_clusters(place, Collaboration(secondary_cluster_schools=7)).cluster
    assert (only[place.phase == Phase.PRIMARY] == NO_CLUSTER).all()
