"""What published results tell of single schools: how far each stands from its own LA, year by year.

At Key Stage 2 a school's distance is the shift, of both its groups alike, that turns its LA's rates into its
own published rate; at Key Stage 4 it is Attainment 8 against the LA's mainstream schools, in units of score.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.choice import is_mainstream, teaches
from model.mixture import GRID
from model.place import Bools, Floats, Group, Ints, Place, SchoolResults
from model.reference import Reference, Stage

_HALVINGS = 40
_FURTHEST = 3.0  # pupil SD: no school stands further from its LA
_SAFE = 0.005  # rates are kept this far from 0 and 1 before they are placed on the curve
_SURPRISE = 0.6  # reliability at which a rate is taken for its own sampling noise (M 2: about 0.65)


@dataclass(frozen=True, kw_only=True, eq=False)
class SchoolEvidence:
    """Distances of schools from their LA.

    Attributes
    ----------
    ago : (n_years,) int32
        Years before year 0.
    distance : (n_schools, n_years) float64
        Pupil SD, 0 on average over an LA's pupils of a year; NaN where nothing is published.
    noise : (n_schools, n_years) float64
        Variance from the sampling of pupils; infinite where nothing is published.
    """

    ago: Ints
    distance: Floats
    noise: Floats


def _as_evidence(
    place: Place, distance: Floats, noise: Floats, weight: Floats, years: Ints
) -> SchoolEvidence:
    """Take each LA's pupil-weighted mean of a year off."""
    known = ~np.isnan(distance)
    value, weight = np.where(known, distance, 0.0), np.where(known, weight, 0.0)
    la = place.schools.la
    for column in range(len(years)):
        total = np.bincount(la, weight[:, column], place.n_la)
        mean = np.bincount(la, weight[:, column] * value[:, column], place.n_la) / np.maximum(total, 1e-9)
        value[:, column] -= mean[la]
    return SchoolEvidence(
        ago=(place.year - years).astype(np.int32),
        distance=np.where(known, value, np.nan),
        noise=np.where(known, noise, np.inf),
    )


def _rate_at(stage: Stage, shift: Floats, positions: Floats, share: Floats) -> Floats:
    """Pass rate of a school whose groups stand at ``shift`` from ``positions``; (n,)."""
    from_groups = [
        weight * np.interp(positions[:, group] - shift, GRID, stage.positions[group])
        for group, weight in ((Group.DISADVANTAGED, share), (Group.OTHER, 1.0 - share))
    ]
    return np.asarray(from_groups[0] + from_groups[1])


def shift_to_rate(stage: Stage, rate: Floats, positions: Floats, share: Floats) -> Floats:
    """Shift of both groups at which a school's mixture reaches a rate (bisection).

    Parameters
    ----------
    stage : Stage
        Key Stage 2 of the reference: curves of the two groups.
    rate : (n,) float64
        Published share of all pupils.
    positions : (n, 2) float64
        Where the LA's groups stand: the cut at which the nation's group reaches the LA's rate.
    share : (n,) float64
        Share of the school's pupils classed disadvantaged.

    Returns
    -------
    (n,) float64
        Pupil SD, within 3 either way.
    """
    low, high = np.full(len(rate), -_FURTHEST), np.full(len(rate), _FURTHEST)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        short = _rate_at(stage, middle, positions, share) < rate
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return np.asarray(0.5 * (low + high))


def _shares(place: Place, results: SchoolResults, of_la: Floats) -> Floats:
    """Disadvantaged share of each school, the LA's where it is not known."""
    own = results.disadvantaged_share
    return np.where(np.isnan(own), of_la[place.schools.la], own)


def _la_positions(place: Place, stage: Stage, year: int) -> Floats:
    """Where each LA's groups stand in a year, England's where the LA has no figure; (n_la, 2)."""
    results, england = place.results, place.national.results
    column = np.flatnonzero(results.years == year)
    positions = np.empty((place.n_la, 2))
    for group in Group:
        if column.size:
            rates = results.ks2_rwm[:, column[0], group]
            rates = np.where(np.isnan(rates), england.ks2_rwm[0, column[0], group], rates)
        else:
            rates = np.full(place.n_la, england.ks2_rwm[0, -1, group])
        positions[:, group] = stage.position(group, np.clip(rates, _SAFE, 1.0 - _SAFE))
    return positions


def ks2_evidence(place: Place, reference: Reference, results: SchoolResults) -> SchoolEvidence:
    """Distances at Key Stage 2 of the mainstream schools that teach Year 6.

    Parameters
    ----------
    place : Place
        Schools, and the LA's results of both groups.
    reference : Reference
        Curves of the two groups.
    results : SchoolResults
        What is published of single schools.

    Returns
    -------
    SchoolEvidence
        One column a year of results.
    """
    stage = reference.ks2
    share = _shares(place, results, place.rates.disadvantaged_ks2)
    counts = _tested(place, 6)
    distance, noise = np.full(results.ks2_rwm.shape, np.nan), np.full(results.ks2_rwm.shape, np.inf)
    for column, year in enumerate(results.years.tolist()):
        rate, pupils = results.ks2_rwm[:, column], results.ks2_pupils[:, column]
        rows = np.flatnonzero(counts & ~np.isnan(rate) & (pupils > 0.0))
        positions = _la_positions(place, stage, year)[place.schools.la[rows]]
        half = 0.5 / pupils[rows]
        clipped = np.clip(rate[rows], half, 1.0 - half)
        shift = shift_to_rate(stage, clipped, positions, share[rows])
        likely = _rate_at(stage, _SURPRISE * shift, positions, share[rows])
        slope = (
            _rate_at(stage, _SURPRISE * shift + 0.1, positions, share[rows])
            - _rate_at(stage, _SURPRISE * shift - 0.1, positions, share[rows])
        ) / 0.2
        distance[rows, column] = shift
        noise[rows, column] = likely * (1.0 - likely) / pupils[rows] / np.maximum(slope, 0.05) ** 2
    return _as_evidence(place, distance, noise, results.ks2_pupils, results.years)


def ks4_evidence(place: Place, reference: Reference, results: SchoolResults) -> SchoolEvidence:
    """Distances at Key Stage 4 of the mainstream schools that teach Year 11.

    Parameters
    ----------
    place : Place
        Schools.
    reference : Reference
        Attainment 8 points a unit of score, and its spread.
    results : SchoolResults
        What is published of single schools.

    Returns
    -------
    SchoolEvidence
        One column a year of results.
    """
    stage, pupils = reference.ks4, results.ks4_pupils
    counts = _tested(place, 11)[:, None] & ~np.isnan(results.ks4_attainment8) & (pupils > 0.0)
    distance = np.where(counts, results.ks4_attainment8 / stage.points_per_unit, np.nan)
    noise = stage.sd**2 / np.where(counts, pupils, 1.0)
    return _as_evidence(place, distance, noise, pupils, results.years)


def _tested(place: Place, year_group: int) -> Bools:
    return teaches(place.schools, year_group) & is_mainstream(place.schools)
