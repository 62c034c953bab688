"""Labour regions: neighbouring LAs whose specialists are the same people."""

from __future__ import annotations

import numpy as np

from model.institution_facts import Facts
from model.place import Floats, Index


def labour_regions(facts: Facts, reach_pupils: float) -> list[int]:
    """Group neighbouring LAs into regions as large as people would come to work from.

    LAs are split in two along the longer side of the map, each half with about half of the pupils, until a
    region has no more pupils than people come from, or is one LA. Where each LA has a map of its own, they
    are taken in order: the Department numbers neighbouring authorities in sequence.

    Parameters
    ----------
    facts : Facts
        Positions (km) and pupils of schools, by LA.
    reach_pupils : float
        Pupils of the places from which people would come to work (row pool_reach_pupils).

    Returns
    -------
    list of int
        Region of each LA, numbered from 0.
    """
    n = facts.n_la
    pupils: Floats = np.bincount(facts.la, facts.pupils, minlength=n).astype(np.float64)
    schools = np.maximum(np.bincount(facts.la, minlength=n), 1)
    at = np.stack([np.bincount(facts.la, xy, minlength=n) / schools for xy in (facts.x_km, facts.y_km)])
    within = np.hypot(facts.x_km - at[0][facts.la], facts.y_km - at[1][facts.la]).mean()
    if n and np.hypot(*np.ptp(at, axis=1)) <= within:
        at = np.stack([np.arange(n, dtype=np.float64), np.zeros(n)])
    region = np.zeros(n, dtype=np.intp)
    waiting, found = [np.arange(n)], 0
    while waiting:
        here = waiting.pop()
        if len(here) <= 1 or pupils[here].sum() <= reach_pupils:
            region[here] = found
            found += 1
        else:
            waiting += _halves(here, at, pupils)
    return [int(r) for r in region]


def _halves(here: Index, at: Floats, pupils: Floats) -> list[Index]:
    """Split LAs along the longer side of the map, about half of the pupils each."""
    extent = np.ptp(at[:, here], axis=1)
    order = here[np.argsort(at[int(extent[1] > extent[0]), here], kind="stable")]
    before = np.cumsum(pupils[order])
    cut = int(np.searchsorted(before, 0.5 * before[-1])) + 1
    cut = min(max(cut, 1), len(order) - 1)
    return [order[cut:], order[:cut]]
