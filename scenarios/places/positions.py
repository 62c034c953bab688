"""Where schools stand: a scatter with the published distance between neighbours."""

from __future__ import annotations

import numpy as np

from model.place import Floats, Ints
from scenarios.places.totals import PlaceChance

SCHOOLS_A_TOWN = 12
"""Primary schools drawn around one centre (allowed: 1 to 100): an assumption that makes towns and gaps."""

TOWN_WIDTH = 0.5
"""SD of a town in units of the mean distance between towns (allowed: 0.1 to 2): an assumption."""

MOST_CANDIDATES = 12
"""Most sites weighed for one secondary school when the spacing of secondaries is matched."""


def distances(x_km: Floats, y_km: Floats) -> Floats:
    """Give straight-line distances between all pairs.

    Parameters
    ----------
    x_km, y_km : (n,) float64
        Positions, km.

    Returns
    -------
    (n, n) float64
        Distances, km.
    """
    return np.hypot(x_km[:, None] - x_km[None, :], y_km[:, None] - y_km[None, :])


def median_nearest(x_km: Floats, y_km: Floats) -> float:
    """Give the median distance to the nearest other site.

    Parameters
    ----------
    x_km, y_km : (n,) float64
        Positions, km.

    Returns
    -------
    float
        Distance, km; 0 where there are fewer than two sites.
    """
    if len(x_km) < 2:
        return 0.0
    apart = distances(x_km, y_km)
    np.fill_diagonal(apart, np.inf)
    return float(np.median(np.min(apart, axis=1)))


def scatter(chance: PlaceChance, n: int, nearest_km: float) -> tuple[Floats, Floats]:
    """Scatter primary sites in towns, scaled to the published distance between neighbours.

    Parameters
    ----------
    chance : PlaceChance
        Chance of the place.
    n : int
        Number of sites.
    nearest_km : float
        Median distance to the nearest other site, km.

    Returns
    -------
    tuple of (n,) float64
        Positions about the LA's centre, km.
    """
    towns = max(1, round(n / SCHOOLS_A_TOWN))
    side = float(np.sqrt(towns))
    centres = chance.uniforms("towns", 2 * towns).reshape(2, towns) * side
    town = np.arange(n) % towns
    offsets = chance.normals("sites", 2 * n).reshape(2, n) * TOWN_WIDTH
    x, y = centres[0, town] + offsets[0], centres[1, town] + offsets[1]
    measured = median_nearest(x, y)
    scale = nearest_km / measured if measured > 0 else 1.0
    return (x - np.mean(x)) * scale, (y - np.mean(y)) * scale


def sites_near_children(
    chance: PlaceChance,
    x_km: Floats,
    y_km: Floats,
    children: Floats,
    offset_km: Floats,
    nearest_km: float,
) -> Ints:
    """Choose which home areas get a secondary school: where children are, spaced as published.

    Among some candidates drawn by their children, each new site is the one whose distance to those already
    chosen is nearest to the published spacing; so many candidates are weighed as bring the median nearest.

    Parameters
    ----------
    chance : PlaceChance
        Chance of the place.
    x_km, y_km : (n_areas,) float64
        Centres of home areas, km.
    children : (n_areas,) float64
        Children a cohort.
    offset_km : (2, count) float64
        How far each secondary school will stand from its area's centre, km.
    nearest_km : float
        Median distance to the nearest other secondary school, km.

    Returns
    -------
    (count,) int32
        Home areas; one may be chosen twice where there are few.
    """
    count = offset_km.shape[1]
    uniforms = chance.uniforms("secondary sites", max(count, 1) * MOST_CANDIDATES).reshape(
        -1, MOST_CANDIDATES
    )
    heap = np.cumsum(children) / float(np.sum(children))
    drawn = np.minimum(np.searchsorted(heap, uniforms), len(children) - 1)
    apart = distances(x_km, y_km)
    best: Ints = np.zeros(0, dtype=np.int32)
    best_miss = np.inf
    for candidates in range(1, MOST_CANDIDATES + 1):
        chosen = _spaced(apart, drawn[:count, :candidates], nearest_km)
        x, y = x_km[chosen] + offset_km[0], y_km[chosen] + offset_km[1]
        miss = abs(median_nearest(x, y) - nearest_km)
        if miss < best_miss:
            best, best_miss = chosen, miss
    return best


def _spaced(apart: Floats, drawn: Ints, nearest_km: float) -> Ints:
    """Take from each row of candidates the one best spaced from those taken before."""
    chosen: list[int] = []
    nearest = np.full(len(apart), np.inf)
    for row in drawn:
        site = int(row[np.argmin(np.abs(nearest[row] - nearest_km))])
        chosen.append(site)
        nearest = np.minimum(nearest, apart[site])
    return np.array(chosen, dtype=np.int32)


def expected_nearest(side_km: float, count: int) -> float:
    """Give the usual distance to the nearest of sites spread evenly at random over a square.

    Parameters
    ----------
    side_km : float
        Side of the square, km.
    count : int
        Number of sites.

    Returns
    -------
    float
        Distance, km: half the root of the area a site.
    """
    return 0.5 * side_km / float(np.sqrt(max(count, 1)))
