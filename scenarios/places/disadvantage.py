"""The share of pupils that DfE classes as disadvantaged, which no source here publishes by LA.

It is worked out from Ever6 free school meals, and kept within what the published results allow: the figure
for all pupils is the mix of the two groups, and each figure is rounded.
"""

from __future__ import annotations

from functools import cache
from math import isnan

import pandas as pd

from scenarios.places import table
from scenarios.places.cells import imputed_columns, number
from scenarios.places.history import TEACHER_ASSESSED

SMALLEST_SHARE, LARGEST_SHARE = 0.01, 0.95
"""Bounds of a share of disadvantaged pupils."""

LARGEST_CORRECTION = 1.5
"""Factor beyond which the three results contradict the Ever6 count (one LA in one year): Ever6 is kept."""

SMALLEST_GAP = 2.0
"""Gap between the groups, in roundings of a figure, below which the mix says nothing."""

STAGES = {
    "ks2": ("ks2_rwm_all", "ks2_rwm_disadvantaged", "ks2_rwm_other", "fsm6_primary", 0.5),
    "ks4": ("a8_all", "a8_disadvantaged", "a8_other", "fsm6_secondary", 0.05),
}
"""By stage: columns for all, disadvantaged and other pupils, Ever6 share, half a rounding of the results."""


def disadvantaged_shares(
    history: pd.DataFrame, year: int, nation: pd.DataFrame | None = None
) -> tuple[float, float]:
    """Give the share of the Year 6 and of the Year 11 cohort classed disadvantaged.

    Parameters
    ----------
    history : pandas.DataFrame
        From ``table.indicators``.
    year : int
        Year 0; nothing later is read.
    nation : pandas.DataFrame, optional
        England's figures by year, where they go on after the embedded table.

    Returns
    -------
    tuple of float
        Shares at KS2 and KS4, 0 to 1.
    """
    return _share(history, year, "ks2", nation), _share(history, year, "ks4", nation)


@cache
def national_ratio(stage: str, year: int) -> float:
    """Give the ratio of disadvantaged to Ever6 pupils in England in year 0.

    The share of disadvantaged pupils hardly moves from year to year, but rounding makes it look so: it is
    averaged over the years known. Ever6 is published to two places and is that of year 0.

    Parameters
    ----------
    stage : {"ks2", "ks4"}
        Key stage.
    year : int
        Year 0; nothing later is read.

    Returns
    -------
    float
        Ratio of shares.
    """
    rows = table.england()
    return _ratio(rows[rows.index.isin([known for known in table.PLACE_YEARS if known <= year])], stage, year)


def _ratio(rows: pd.DataFrame, stage: str, year: int) -> float:
    """Work out the ratio from England's rows of the years with examinations."""
    everyone, disadvantaged, other, ever6, _half = STAGES[stage]
    mix = (rows[other] - rows[everyone]) / (rows[other] - rows[disadvantaged])
    return float(mix.mean()) / (number(rows, year, ever6) / 100.0)


def allowed_shares(everyone: float, disadvantaged: float, other: float, half: float) -> tuple[float, float]:
    """Give the shares of disadvantaged pupils that rounded results allow.

    Parameters
    ----------
    everyone, disadvantaged, other : float
        Published figures.
    half : float
        Half a unit of their rounding.

    Returns
    -------
    tuple of float
        Smallest and largest share; (0, 1) where the groups are too alike to tell.
    """
    gap = other - disadvantaged
    if isnan(everyone) or not gap > 2 * half * SMALLEST_GAP:  # a gap of NaN included
        return 0.0, 1.0
    low = (other - everyone - 2 * half) / gap
    high = (other - everyone + 2 * half) / gap
    return min(max(low, 0.0), 1.0), min(max(high, 0.0), 1.0)


def _share(history: pd.DataFrame, year: int, stage: str, nation: pd.DataFrame | None) -> float:
    everyone, disadvantaged, other, ever6, half = STAGES[stage]
    if nation is None or year <= max(table.PLACE_YEARS):
        ratio = national_ratio(stage, year)
    else:
        examined = (nation.index <= year) & ~nation.index.isin(TEACHER_ASSESSED)
        ratio = _ratio(nation[examined], stage, year)
    share = number(history, year, ever6) / 100.0 * ratio
    if not imputed_columns(history, year) & {everyone, disadvantaged, other}:
        low, high = allowed_shares(
            number(history, year, everyone),
            number(history, year, disadvantaged),
            number(history, year, other),
            half,
        )
        within = min(max(share, low), high)
        if 1.0 / LARGEST_CORRECTION < within / share < LARGEST_CORRECTION:
            share = within
    return min(max(share, SMALLEST_SHARE), LARGEST_SHARE)
