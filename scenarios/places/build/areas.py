"""Home areas of real places: one around each school that children enter at Reception.

What is known is who attends each school; children live around several schools and choose among those near.
An area begins with a mix of the school's share and its neighbourhood's deprivation, and is moved back through
the model's own rule of entry towards the share at which the pupils who would come to each school have its
share. One round makes areas differ about as much as schools; the rest of what divides schools is families'
choice, which the model takes from the schools' own shares.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from model.place import Areas, Flag, Floats, Ints, Schools
from scenarios.places.low_income import mixing
from scenarios.places.positions import distances

NEIGHBOURHOOD_WEIGHT = 0.25
"""Weight of the neighbourhood's deprivation against the school's own share in where areas begin.

An assumption (allowed: 0 to 1): pupils live near most schools, and the share of pupils is of the year itself,
deprivation is a rank of a decade.
"""

NEIGHBOURHOOD_WEIGHT_FAITH = 0.5
"""The same for a school of religious character, whose pupils come from further: an assumption."""

DECILE_SLOPE = -0.2
"""Change of the log odds of low income with a decile of deprivation (10 the least), where no schools tell.

Allowed: -0.6 to 0. Within six LAs in 2018 the slope of primary schools' shares was -0.14 to -0.25.
"""

FEWEST_FOR_SLOPE = 30
"""Schools with a share and a decile from which a slope is worked out."""

ROUNDS = 1
"""Rounds of moving areas towards what schools' shares ask for (allowed: 0 to 12).

With one, areas' SD was 1.05 to 1.1 times that of schools in six LAs; with twelve 1.4 to 1.7, and up to a
fifth of the areas had almost no low income.
"""

SMALLEST, LARGEST = 0.005, 0.97
"""Bounds of an area's share of low income."""

_LEVEL_ROUNDS = 60


@dataclass(frozen=True, kw_only=True, eq=False)
class Entry:
    """The schools that children enter at Reception, in the order of the areas.

    Attributes
    ----------
    rows : (n_areas,) int
        Rows of the place's schools.
    share : (n_areas,) float64
        Share of their pupils disadvantaged, 0 to 1, NaN where not known.
    decile : (n_areas,) float64
        Deprivation decile where they stand (1 the most deprived), NaN where not known.
    """

    rows: Ints
    share: Floats
    decile: Floats


def home_areas(schools: Schools, entry: Entry, cohort: Floats, low_income: Floats) -> Areas:
    """Make home areas.

    Parameters
    ----------
    schools : Schools
        All schools of the place.
    entry : Entry
        Those entered at Reception.
    cohort : (n_la,) float64
        Children a birth cohort of each LA in its state schools, special schools included.
    low_income : (n_la,) float64
        Share of low income among them.

    Returns
    -------
    Areas
        One around each; children add up to ``cohort`` and have the LA's share of low income.
    """
    rows = entry.rows
    la = schools.la[rows]
    x, y, places = schools.x_km[rows], schools.y_km[rows], schools.places[rows]
    total = np.bincount(la, places, len(cohort))
    children = places * (cohort / np.maximum(total, 1e-9))[la]
    school, begin = starting_shares(entry, schools.faith[rows], la, children, low_income)
    share = np.empty(len(rows))
    for index in np.unique(la):
        here = np.flatnonzero(la == index)
        mix = mixing(distances(x[here], y[here]), np.maximum(children[here], 1e-6))
        moved = towards(begin[here], school[here], mix)
        share[here] = to_mean(moved, children[here], float(low_income[index]))
    return Areas(
        la=la.astype(np.int32),
        x_km=x,
        y_km=y,
        children=children,
        low_income_share=share,
        flag=np.full(len(rows), int(Flag.IMPUTED), dtype=np.int32),
    )


def starting_shares(
    entry: Entry, faith: np.ndarray, la: Ints, children: Floats, low_income: Floats
) -> tuple[Floats, Floats]:
    """Give each school's share on the LA's level, and where its area begins.

    Parameters
    ----------
    entry : Entry
        Schools entered at Reception.
    faith : (n_areas,) bool
        Whether they have a religious character.
    la : (n_areas,) int32
        Index of the LA.
    children : (n_areas,) float64
        Children of each area.
    low_income : (n_la,) float64
        Share of low income in each LA.

    Returns
    -------
    school, area : (n_areas,) float64
        Shares from 0 to 1; where neither share nor decile is known, the LA's.
    """
    level = logit(np.clip(low_income, SMALLEST, LARGEST))[la]
    own = logit(np.clip(entry.share, SMALLEST, LARGEST))
    relative = _about_mean(own, la, children, len(low_income))
    by_place = decile_slope(relative, entry.decile) * _about_mean(entry.decile, la, children, len(low_income))
    neighbourhood = np.where(np.isnan(by_place), np.nan_to_num(relative), by_place)
    school = np.where(np.isnan(relative), neighbourhood, relative)
    weight = np.where(faith, NEIGHBOURHOOD_WEIGHT_FAITH, NEIGHBOURHOOD_WEIGHT)
    area = (1.0 - weight) * school + weight * neighbourhood
    school_share = np.asarray(expit(level + school))
    for index in np.unique(la):
        here = la == index
        school_share[here] = to_mean(school_share[here], children[here], float(low_income[index]))
    return school_share, np.asarray(expit(level + area))


def decile_slope(relative: Floats, decile: Floats) -> float:
    """Work out how log odds of low income go with the decile of deprivation.

    Parameters
    ----------
    relative : (n,) float64
        Log odds about the LA's mean, NaN where not known.
    decile : (n,) float64
        Deciles, NaN where not known.

    Returns
    -------
    float
        Log odds a decile, never above 0; `DECILE_SLOPE` where too few schools have both.
    """
    both = ~np.isnan(relative) & ~np.isnan(decile)
    if int(np.sum(both)) < FEWEST_FOR_SLOPE or float(np.std(decile[both])) < 1e-6:
        return DECILE_SLOPE
    x = decile[both] - np.mean(decile[both])
    return min(float(np.sum(x * relative[both]) / np.sum(x**2)), 0.0)


def towards(begin: Floats, school: Floats, mix: Floats) -> Floats:
    """Move areas towards what the schools' shares ask for.

    Parameters
    ----------
    begin : (n,) float64
        Shares that areas begin with.
    school : (n,) float64
        Share of each school's pupils.
    mix : (n, n) float64
        Where the pupils of each school (row) live (column); rows sum to 1.

    Returns
    -------
    (n,) float64
        Shares within `SMALLEST` and `LARGEST`.
    """
    share = np.clip(begin, SMALLEST, LARGEST)
    reach = np.maximum(np.sum(mix, axis=0), 1e-9)
    for _ in range(ROUNDS):
        asked = (mix.T @ (school - mix @ share)) / reach
        share = np.clip(share + asked, SMALLEST, LARGEST)
    return np.asarray(share)


def to_mean(share: Floats, children: Floats, mean: float) -> Floats:
    """Shift log odds of shares until their mean over children is as wanted.

    Parameters
    ----------
    share : (n,) float64
        Shares, above 0 and below 1.
    children : (n,) float64
        Weights.
    mean : float
        Mean wanted.

    Returns
    -------
    (n,) float64
        Shares.
    """
    odds = logit(np.clip(share, SMALLEST, LARGEST))
    weight = children / max(float(np.sum(children)), 1e-9)
    low, high = -20.0, 20.0
    for _ in range(_LEVEL_ROUNDS):
        middle = 0.5 * (low + high)
        if float(np.sum(weight * expit(odds + middle))) < mean:
            low = middle
        else:
            high = middle
    return np.asarray(expit(odds + 0.5 * (low + high)))


def _about_mean(values: Floats, la: Ints, weight: Floats, n_la: int) -> Floats:
    """Values less their LA's weighted mean; NaN stays NaN."""
    known = np.where(np.isnan(values), 0.0, weight)
    total = np.bincount(la, known, n_la)
    mean = np.bincount(la, known * np.nan_to_num(values), n_la) / np.maximum(total, 1e-9)
    return np.asarray(values - mean[la])


def entry_schools(schools: Schools, table: pd.DataFrame, mainstream: np.ndarray) -> Entry:
    """Find the schools that children enter at Reception.

    Parameters
    ----------
    schools : Schools
        Schools of the place.
    table : pandas.DataFrame
        Rows in the same order: disadvantaged_share, imd_decile.
    mainstream : (n_schools,) bool
        Whether each is mainstream.

    Returns
    -------
    Entry
        In the order of the schools.
    """
    rows = np.flatnonzero((schools.first_year_group == 0) & mainstream).astype(np.int32)
    return Entry(
        rows=rows,
        share=table["disadvantaged_share"].to_numpy(dtype=np.float64)[rows],
        decile=table["imd_decile"].to_numpy(dtype=np.float64)[rows],
    )
