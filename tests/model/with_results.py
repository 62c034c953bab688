"""Synthetic places whose schools carry published results, as places built from DfE files do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from model.intake import ks4_on_ks2
from model.parameters import Parameters
from model.place import FIRST_SECONDARY_YEAR_GROUP, Feeders, Floats, Phase, Place, SchoolResults
from model.reference import build_reference

PUPILS = 180.0


def results_of(place: Place, disadvantaged: Floats, prior: Floats, seed: int = 1) -> SchoolResults:
    """Give schools published results that tell of the intakes given; years are the last two."""
    p, n = Parameters(), len(place.schools)
    reference = build_reference(p, place.national)
    rng = np.random.default_rng(seed)
    unit = reference.ks4.points_per_unit * ks4_on_ks2(p, reference)
    progress = rng.normal(0.0, 0.4, (n, 2))
    attainment8 = np.array([48.0, 46.0]) + 10.0 * progress + unit * prior[:, None]
    none = np.full((n, 2), np.nan)
    return SchoolResults(
        years=np.array([place.year - 1, place.year], dtype=np.int32),
        ks2_rwm=none,
        ks2_pupils=none,
        ks4_attainment8=attainment8,
        ks4_progress8=progress,
        ks4_pupils=np.where(np.isnan(attainment8), np.nan, PUPILS),
        disadvantaged_share=disadvantaged,
    )


def with_results(place: Place, *, spread: float = 0.3, sd: float = 0.3, seed: int = 1) -> Place:
    """Attach shares, near those of the areas around, and to secondary schools prior attainment.

    ``spread`` is the SD of the log odds of shares about the areas', ``sd`` that of prior attainment.
    """
    rng, schools, areas = np.random.default_rng(seed), place.schools, place.areas
    secondary = schools.phase == Phase.SECONDARY
    apart = np.hypot(
        schools.x_km[:, None] - areas.x_km[None], schools.y_km[:, None] - areas.y_km[None]
    ) + 99.0 * (schools.la[:, None] != areas.la[None])
    near = np.argsort(apart, axis=1, kind="stable")
    rate = np.where(
        secondary, areas.low_income_share[near[:, :8]].mean(axis=1), areas.low_income_share[near[:, 0]]
    )
    odds = rate / (1.0 - rate) * np.exp(rng.normal(0.0, spread, len(schools)))
    prior = np.where(secondary, rng.normal(0.0, sd, len(schools)), np.nan)
    mainstream = np.isin(schools.phase, (Phase.PRIMARY, Phase.SECONDARY, Phase.ALL_THROUGH))
    share = np.where(mainstream, odds / (1.0 + odds), np.nan)
    return replace(place, school_results=results_of(place, share, prior, seed))


def with_feeders(place: Place, targets: int = 4) -> Place:
    """Let every primary school feed a few of the nearest secondary schools, the nearer the more."""
    schools = place.schools
    sources = np.flatnonzero(schools.last_year_group == FIRST_SECONDARY_YEAR_GROUP - 1)
    secondary = np.flatnonzero(schools.phase == Phase.SECONDARY)
    apart = np.hypot(
        schools.x_km[sources, None] - schools.x_km[None, secondary],
        schools.y_km[sources, None] - schools.y_km[None, secondary],
    )
    order = np.argsort(apart, axis=1, kind="stable")[:, :targets]
    return replace(
        place,
        feeders=Feeders(
            source=np.repeat(sources, order.shape[1]).astype(np.int32),
            target=secondary[order].ravel().astype(np.int32),
            log_odds=(-np.take_along_axis(apart, order, axis=1) / np.median(apart)).ravel(),
        ),
    )
