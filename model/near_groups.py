"""Schools in groups of equal size, the near ones together."""

from __future__ import annotations

import numpy as np

from model.place import Floats, Index, Ints


def split_into(where: Floats, urn: Ints, rows: Index, groups: int) -> list[Index]:
    """Split schools in two along the longer side of the ground they cover, and so on.

    Parameters
    ----------
    where : (n_schools, n_coordinates) float64
        What makes schools near.
    urn : (n_schools,) int32
        Decides where coordinates are equal.
    rows : (n,) intp
        Schools to split; at least one.
    groups : int
        How many groups are wanted.

    Returns
    -------
    list of (n_group,) intp
        Groups; their sizes differ by one at most where numbers allow. Where fewer schools than groups are
        there, some groups have none, and there may be fewer groups.
    """
    if groups == 1:
        return [rows]
    found: list[Index] = []
    waiting = [(rows, groups)]
    while waiting:
        part, number = waiting.pop()
        if number == 1 or not len(part):
            found.append(part)
            continue
        here = where[part]
        longer = int(np.argmax(np.ptp(here, axis=0)))
        ordered = part[np.lexsort((urn[part], here[:, longer]))]
        left = number // 2
        cut = (2 * len(part) * left + number) // (2 * number)
        waiting += [(ordered[cut:], number - left), (ordered[:cut], left)]
    return found
