"""Where a gap lies, and where its change comes from: within schools, between schools, or composition."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.place import Floats


class SchoolGroups(NamedTuple):
    """Weights and means of two groups by school; schools without one group share the last cell."""

    weight_disadvantaged: Floats  # (n_cells,) share of all disadvantaged pupils
    weight_other: Floats  # (n_cells,) share of all other pupils
    mean_disadvantaged: Floats  # (n_cells,)
    mean_other: Floats  # (n_cells,)

    @property
    def gap(self) -> float:
        """Mean of other pupils less mean of disadvantaged pupils."""
        return float(
            (self.weight_other * self.mean_other).sum()
            - (self.weight_disadvantaged * self.mean_disadvantaged).sum()
        )


class GapChange(NamedTuple):
    """Parts of a change in the gap; they sum to it exactly."""

    within: float
    within_top: float  # part of ``within`` from a change of other pupils
    within_bottom: float  # part of ``within`` from a change of disadvantaged pupils
    between: float
    composition: float


def pool(
    n_disadvantaged: Floats, n_other: Floats, sum_disadvantaged: Floats, sum_other: Floats, whole: np.ndarray
) -> SchoolGroups:
    """Weights and means by school, with schools that are not ``whole`` pooled in one further cell.

    Parameters
    ----------
    n_disadvantaged, n_other : (n_schools,) float64
        Pupils.
    sum_disadvantaged, sum_other : (n_schools,) float64
        Sums of their results.
    whole : (n_schools,) bool
        Schools that have both groups (in both years compared).

    Returns
    -------
    SchoolGroups
        ``n_whole + 1`` cells; a pooled cell with no pupils of a group has mean 0 and weight 0.
    """
    columns = np.stack([n_disadvantaged, n_other, sum_disadvantaged, sum_other])
    pooled = np.compress(~whole, columns, axis=1).sum(axis=1)
    cells = np.concatenate([np.compress(whole, columns, axis=1), pooled[:, None]], axis=1)
    size = cells[:2]
    means = np.where(size > 0, cells[2:] / np.maximum(size, 1.0), 0.0)
    weights = size / np.maximum(size.sum(axis=1), 1.0)[:, None]
    return SchoolGroups(weights[0], weights[1], means[0], means[1])


def gap_change(before: SchoolGroups, after: SchoolGroups) -> GapChange:
    """Split a change of the gap by midpoints.

    Parameters
    ----------
    before, after : SchoolGroups
        The same cells in two years.

    Returns
    -------
    GapChange
        within = sum of mean wd x change(o - d); between = sum of mean (wo - wd) x change of o; composition =
        the rest, which is sum of change(wd) x mean(o - d) + sum of change(wo - wd) x mean o.
    """
    wd = 0.5 * (before.weight_disadvantaged + after.weight_disadvantaged)
    wo = 0.5 * (before.weight_other + after.weight_other)
    top, bottom = after.mean_other - before.mean_other, after.mean_disadvantaged - before.mean_disadvantaged
    within_top, within_bottom = float((wd * top).sum()), float(-(wd * bottom).sum())
    between = float(((wo - wd) * top).sum())
    within = within_top + within_bottom
    return GapChange(within, within_top, within_bottom, between, after.gap - before.gap - within - between)
