"""Results of disadvantaged and other pupils of each school, where only all pupils' are published.

Within a school the two groups differ by a gap on the scale of scores: SDs of a probit for shares at the
expected standard, points for Attainment 8. The gap is the LA's own, found so that all its schools together
give the LA's published result of disadvantaged pupils; it narrows as the share of disadvantaged pupils rises.
Each school's level is then the one that gives its published result of all pupils. A published split is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from model.place import Floats, Ints

GAP_SHARE_SLOPE = 0.5
"""Narrowing of the gap within schools with the share of disadvantaged pupils, SD within a group per unit.

Allowed: 0 to 1. Estimates, with standard errors: single-academy trusts with one school's KS2 results of
2018-19, 0.64 (0.17); their Progress 8, 0.50 grades (0.08); Surrey's KS2 schools of 2016-17 and 2017-18, 0.35
(0.16); Waltham Forest's Attainment 8 of 2017-18, 0.6 (0.6). The gap did not go with the level of the school.
"""

POINTS_AN_SD = 18.0
"""SD of Attainment 8 within a group, points (allowed: 14 to 22): Waltham Forest's and England's pupils."""

WIDEST_GAP = 1.6
"""Widest mean gap within schools that is believed, SD (allowed: 1 to 3): more is a contradiction."""

HIGHEST_ATTAINMENT8 = 90.0
"""Highest Attainment 8 possible, points."""

_EDGE = 0.002  # rates are kept this far from 0 and 1 before they are placed on the probit scale
_FARTHEST = 7.0  # SD: no school's level lies beyond
_HALVINGS = 36
_HALVINGS_OF_GAP = 18


@dataclass(frozen=True, kw_only=True, eq=False)
class Cohorts:
    """Year groups with a result of all pupils, and the LA-years they are part of.

    Attributes
    ----------
    everyone : (n,) float64
        Result of all pupils: share, or Attainment 8 in points.
    pupils : (n,) float64
        Pupils behind it, above 0.
    share : (n,) float64
        Share of them disadvantaged, 0 to 1.
    disadvantaged : (n,) float64
        Published result of disadvantaged pupils, NaN where none is.
    part : (n,) int
        Row of ``target`` that the year group is part of.
    target : (n_parts, 2) float64
        Published results of disadvantaged and other pupils of each LA and year, NaN where there is none.
    """

    everyone: Floats
    pupils: Floats
    share: Floats
    disadvantaged: Floats
    part: Ints
    target: Floats

    def total(self, values: Floats) -> Floats:
        """Sum over the year groups of each LA and year.

        Parameters
        ----------
        values : (n,) float64
            One a year group.

        Returns
        -------
        (n_parts,) float64
            Sums.
        """
        return np.asarray(np.bincount(self.part, values, len(self.target)), dtype=np.float64)

    @property
    def gap_tilt(self) -> Floats:
        """How much wider each gap is than its LA's for its share, SD; shape (n,)."""
        counts = np.maximum(self.total(self.pupils), 1e-9)
        mean = self.total(self.pupils * self.share) / counts
        return np.asarray(GAP_SHARE_SLOPE * (mean[self.part] - self.share))

    @property
    def disadvantaged_pupils(self) -> Floats:
        """Disadvantaged pupils of each year group; shape (n,)."""
        return self.pupils * self.share


@dataclass(frozen=True, kw_only=True, eq=False)
class Split:
    """Results of the two groups of each year group.

    Attributes
    ----------
    disadvantaged, other : (n,) float64
        In the unit of the result; their mean by pupils is the result of all pupils.
    gap : (n_parts,) float64
        Mean gap within the schools of each LA and year, SD (shares) or points.
    """

    disadvantaged: Floats
    other: Floats
    gap: Floats


def other_results(everyone: Floats, share: Floats, disadvantaged: Floats, highest: float) -> Floats:
    """Give other pupils' result from all pupils' and disadvantaged pupils'.

    Parameters
    ----------
    everyone, share, disadvantaged : (n,) float64
        Result of all pupils, share disadvantaged (0 to 1), result of disadvantaged pupils.
    highest : float
        Highest result possible.

    Returns
    -------
    (n,) float64
        Kept between 0 and ``highest``; the result of all pupils where no one is other.
    """
    rest = np.maximum(1.0 - share, 1e-9)
    mixed = np.clip((everyone - share * disadvantaged) / rest, 0.0, highest)
    return np.where(share < 1.0, mixed, everyone)


def level_of(everyone: Floats, share: Floats, gap: Floats) -> Floats:
    """Find the level of other pupils at which a school's mixture gives its share at the standard.

    Parameters
    ----------
    everyone : (n,) float64
        Share of all pupils at the standard, 0 to 1.
    share : (n,) float64
        Share disadvantaged, 0 to 1.
    gap : (n,) float64
        Gap within the school, SD.

    Returns
    -------
    (n,) float64
        Probit of other pupils' share at the standard.
    """
    low = np.full(everyone.shape, -_FARTHEST)
    high = np.full(everyone.shape, _FARTHEST)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        below = share * ndtr(middle - gap) + (1.0 - share) * ndtr(middle) < everyone
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray(0.5 * (low + high))


def split_shares(cohorts: Cohorts) -> Split:
    """Split shares at the expected standard.

    Parameters
    ----------
    cohorts : Cohorts
        Results from 0 to 1.

    Returns
    -------
    Split
        Shares from 0 to 1. Where the LA's rate of disadvantaged pupils is not known, there is no gap.
    """
    known = ~np.isnan(cohorts.disadvantaged)
    published = np.nan_to_num(cohorts.disadvantaged)

    def groups(gap: Floats) -> Floats:
        within = np.maximum(gap[cohorts.part] + cohorts.gap_tilt, 0.0)
        level = level_of(cohorts.everyone, cohorts.share, within)
        return np.where(known, published, ndtr(level - within))

    usual = np.diff(ndtri(np.clip(cohorts.target, _EDGE, 1.0 - _EDGE)), axis=1)[:, 0]
    gap = _gap_of_las(cohorts, groups, WIDEST_GAP, usual)
    disadvantaged = groups(gap)
    other = other_results(cohorts.everyone, cohorts.share, disadvantaged, 1.0)
    return Split(disadvantaged=disadvantaged, other=other, gap=gap)


def split_points(cohorts: Cohorts) -> Split:
    """Split Attainment 8.

    Parameters
    ----------
    cohorts : Cohorts
        Results in points.

    Returns
    -------
    Split
        Points.
    """
    known = ~np.isnan(cohorts.disadvantaged)
    published, rest = np.nan_to_num(cohorts.disadvantaged), 1.0 - cohorts.share
    tilt = POINTS_AN_SD * cohorts.gap_tilt
    highest = (HIGHEST_ATTAINMENT8 - cohorts.everyone) / np.maximum(cohorts.share, 1e-9)
    highest = np.minimum(highest, cohorts.everyone / np.maximum(rest, 1e-9))

    def groups(gap: Floats) -> Floats:
        within = np.clip(gap[cohorts.part] + tilt, 0.0, np.maximum(highest, 0.0))
        return np.where(known, published, cohorts.everyone - rest * within)

    usual = cohorts.target[:, 1] - cohorts.target[:, 0]
    gap = _gap_of_las(cohorts, groups, WIDEST_GAP * POINTS_AN_SD, usual)
    disadvantaged = groups(gap)
    other = other_results(cohorts.everyone, cohorts.share, disadvantaged, HIGHEST_ATTAINMENT8)
    return Split(disadvantaged=disadvantaged, other=other, gap=gap)


def _gap_of_las(cohorts: Cohorts, groups: Callable[[Floats], Floats], widest: float, usual: Floats) -> Floats:
    """Find the gap at which each LA's schools together give its result of disadvantaged pupils.

    Parameters
    ----------
    cohorts : Cohorts
        Year groups.
    groups : callable
        Gives disadvantaged pupils' results, (n,), from the gap of each LA and year, (n_parts,).
    widest : float
        Widest gap looked for.
    usual : (n_parts,) float64
        Gap where no result of disadvantaged pupils is published; NaN is none.

    Returns
    -------
    (n_parts,) float64
        Gaps, from 0 to ``widest``.
    """
    counts = cohorts.disadvantaged_pupils
    enough = np.maximum(cohorts.total(counts), 1e-9)
    low, high = np.zeros(len(cohorts.target)), np.full(len(cohorts.target), widest)
    for _ in range(_HALVINGS_OF_GAP):
        middle = 0.5 * (low + high)
        above = cohorts.total(counts * groups(middle)) / enough > cohorts.target[:, 0]
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    solved = ~np.isnan(cohorts.target[:, 0])
    return np.where(solved, 0.5 * (low + high), np.clip(np.nan_to_num(usual), 0.0, widest))


def target_rows(las: pd.DataFrame, keys: pd.Index, columns: tuple[str, str], unit: float) -> Floats:
    """Read the LA results of the two groups.

    Parameters
    ----------
    las : pandas.DataFrame
        Indicators by (la_code, year).
    keys : pandas.Index
        LA and year of each part.
    columns : tuple of str
        Columns of disadvantaged and other pupils.
    unit : float
        Factor to the unit of the result.

    Returns
    -------
    (n_parts, 2) float64
        NaN where nothing is published.
    """
    rows = las.reindex(columns=list(columns)).reindex(keys)
    return np.asarray(rows.to_numpy(dtype=np.float64) * unit)
