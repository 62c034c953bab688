"""Means of disadvantaged and other pupils, and the gap between them."""

from __future__ import annotations

import numpy as np

from model.place import Floats, Index, Ints

DISADVANTAGED, OTHER, ABSENT = 0, 1, 2


class Groups:
    """Children of a cohort by group, counted once for all that is measured of them.

    Parameters
    ----------
    codes : (n,) intp
        0 disadvantaged, 1 other, 2 in no school of the place.
    """

    def __init__(self, codes: Index) -> None:
        self.codes, self._counts = codes, np.bincount(codes, minlength=3)

    def means(self, values: Floats) -> dict[str, float]:
        """Means of all, disadvantaged and other pupils, and the gap; NaN for an empty group.

        Parameters
        ----------
        values : (n,) float64
            Value of each child.

        Returns
        -------
        dict of str to float
            Keys ``all``, ``disadvantaged``, ``other``, ``gap``.
        """
        return group_means(np.bincount(self.codes, values, 3), self._counts)


def group_means(sums: Floats | Ints, counts: Ints) -> dict[str, float]:
    """Means from the sums and numbers of disadvantaged and other pupils.

    Parameters
    ----------
    sums : (2,) or (3,) float64
        Sum of the values: disadvantaged, other; a third (in no school of the place) is left out.
    counts : (2,) or (3,) float64 or int64
        Children in each.

    Returns
    -------
    dict of str to float
        Keys ``all``, ``disadvantaged``, ``other``, ``gap`` (other less disadvantaged); NaN where empty.
    """
    (n_poor, n_other), (poor, other) = counts[:ABSENT].tolist(), sums[:ABSENT].tolist()
    means = {"all": _mean(poor + other, n_poor + n_other), "disadvantaged": _mean(poor, n_poor)}
    means["other"] = _mean(other, n_other)
    return {**means, "gap": means["other"] - means["disadvantaged"]}


def _mean(total: float, n: float) -> float:
    return total / n if n else float("nan")
