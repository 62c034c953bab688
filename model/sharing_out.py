"""Money of an LA shared out among its schools, to the penny."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.place import Floats, Index

Pence = NDArray[np.int64]


def shared_out(total: Pence, la: Index, weight: Floats) -> Pence:
    """Share each LA's money out among its schools, to the penny.

    Parameters
    ----------
    total : (n_la,) int64
        Pence.
    la : (n_schools,) intp
        LA of each school.
    weight : (n_schools,) float64
        Pupils.

    Returns
    -------
    (n_schools,) int64
        Pence; sums to ``total`` in each LA that has pupils, and to nought in the others.
    """
    order = np.argsort(la, kind="stable")
    of_la, running = la[order], np.cumsum(weight[order])
    ends = np.searchsorted(of_la, np.arange(len(total)), side="right") - 1
    starts = np.searchsorted(of_la, np.arange(len(total)))
    before = np.where(starts > 0, running[starts - 1], 0.0)
    sums = running[ends] - before
    until = (running - before[of_la]) / np.where(sums > 0.0, sums, 1.0)[of_la]
    until[ends[(ends >= starts) & (sums > 0.0)]] = 1.0
    cumulated = np.floor(total[of_la] * until).astype(np.int64)
    first = np.zeros(len(la), dtype=np.bool_)
    first[starts[ends >= starts]] = True
    previous = np.concatenate(([0], cumulated[:-1]))
    found = np.empty(len(la), dtype=np.int64)
    found[order] = cumulated - np.where(first, 0, previous)
    return found
