"""Schools and home areas of one LA, made so that they add up to its totals."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TypeVar

import numpy as np

from model.place import (
    FIRST_SECONDARY_YEAR_GROUP,
    YEAR_GROUPS,
    Areas,
    Bools,
    Flag,
    Floats,
    Ints,
    Phase,
    Schools,
)
from scenarios.places import governance, low_income, positions, sizes
from scenarios.places.totals import (
    ALL_THROUGH_YEAR_7_RATIO,
    YEARS_ALL_THROUGH,
    YEARS_ALTERNATIVE_PROVISION,
    YEARS_PRIMARY,
    YEARS_SECONDARY,
    YEARS_SPECIAL,
    PlaceChance,
    Totals,
)

FIRST_SYNTHETIC_URN = 900_000_001
"""Synthetic reference numbers: this + 1,000 x DfE code of the LA + the school's place in the list."""

OFFSET_FROM_PRIMARY = 0.3
"""How far a secondary, special or AP school stands from a primary, in units of primary spacing (SD)."""

YEAR_GROUP_RANGE = {
    Phase.PRIMARY: (0, FIRST_SECONDARY_YEAR_GROUP - 1),
    Phase.SECONDARY: (FIRST_SECONDARY_YEAR_GROUP, YEAR_GROUPS - 1),
    Phase.ALL_THROUGH: (0, YEAR_GROUPS - 1),
    Phase.SPECIAL: (0, YEAR_GROUPS - 1),
    Phase.ALTERNATIVE_PROVISION: (YEAR_GROUPS - YEARS_ALTERNATIVE_PROVISION, YEAR_GROUPS - 1),
}
"""First and last year group taught by phase."""

PHASE_WORDS = {
    Phase.PRIMARY: "primary",
    Phase.SECONDARY: "secondary",
    Phase.ALL_THROUGH: "all-through",
    Phase.SPECIAL: "special",
    Phase.ALTERNATIVE_PROVISION: "alternative provision",
}


@dataclass(frozen=True)
class Sites:
    """Where the schools stand, by phase in ``Phase`` order.

    Attributes
    ----------
    x_km, y_km : (n_schools,) float64
        Positions about the LA's centre, km.
    """

    x_km: Floats
    y_km: Floats


def synthesise(totals: Totals, seed: int, la_index: int = 0) -> tuple[Schools, Areas]:
    """Make the schools and home areas of one LA.

    Parameters
    ----------
    totals : Totals
        What they add up to.
    seed : int
        Which of the places with these totals.
    la_index : int, optional
        Index of the LA in the place.

    Returns
    -------
    tuple of Schools and Areas
        Schools in order of phase; one area around each primary and all-through school, in their order.
    """
    chance = PlaceChance(seed, totals.la_code)
    phase = _phases(totals)
    places = _places(chance, totals, phase)
    home = (phase == Phase.PRIMARY) | (phase == Phase.ALL_THROUGH)
    children = places[home] * (totals.pupils.primary_cohort / float(np.sum(places[home])))
    sites = _sites(chance, totals, phase, children)
    schools = _schools(chance, totals, phase, places, sites, la_index)
    return schools, _areas(chance, totals, children, schools, home)


def _phases(totals: Totals) -> Ints:
    counts = (
        totals.primary_schools,
        totals.secondary_schools,
        totals.all_through_schools,
        totals.special_schools,
        totals.ap_schools,
    )
    return np.repeat(np.arange(len(counts), dtype=np.int32), counts)


def _places(chance: PlaceChance, totals: Totals, phase: Ints) -> Floats:
    """Pupils planned a year at the year of entry; shape (n_schools,)."""
    pupils_of = totals.pupils
    plan = {
        Phase.PRIMARY: (pupils_of.primary, YEARS_PRIMARY),
        Phase.SECONDARY: (pupils_of.secondary, YEARS_SECONDARY),
        Phase.ALL_THROUGH: (pupils_of.all_through, YEARS_ALL_THROUGH),
        Phase.SPECIAL: (pupils_of.special, YEARS_SPECIAL),
        Phase.ALTERNATIVE_PROVISION: (pupils_of.ap, YEARS_ALTERNATIVE_PROVISION),
    }
    places = np.zeros(len(phase))
    for kind, (pupils, years) in plan.items():
        of_phase = phase == kind
        draws = chance.normals(f"size {PHASE_WORDS[kind]}", int(np.sum(of_phase)))
        large = kind in (Phase.SECONDARY, Phase.ALL_THROUGH)
        logsd = totals.logsd_primary if kind == Phase.PRIMARY else totals.logsd_secondary
        largest = sizes.LARGEST_SECONDARY if large else sizes.LARGEST_PRIMARY
        places[of_phase] = sizes.school_sizes(draws, pupils, logsd, largest) / years
    return places


def _sites(chance: PlaceChance, totals: Totals, phase: Ints, children: Floats) -> Sites:
    """Primaries and all-throughs in a scatter; the rest near where children live."""
    home = (phase == Phase.PRIMARY) | (phase == Phase.ALL_THROUGH)
    x, y = np.zeros(len(phase)), np.zeros(len(phase))
    x[home], y[home] = positions.scatter(chance, int(np.sum(home)), totals.nearest_primary_km)
    x_home, y_home = x[home], y[home]
    offset = chance.normals("offsets", 2 * len(phase)).reshape(2, -1)
    offset *= OFFSET_FROM_PRIMARY * totals.nearest_primary_km
    secondary = phase == Phase.SECONDARY
    rest = ~home & ~secondary
    areas = np.zeros(len(phase), dtype=np.int32)
    areas[secondary] = positions.sites_near_children(
        chance, x_home, y_home, children, offset[:, secondary], totals.nearest_secondary_km
    )
    heap = np.cumsum(children) / float(np.sum(children))
    drawn = np.searchsorted(heap, chance.uniforms("special sites", int(np.sum(rest))))
    areas[rest] = np.minimum(drawn, len(children) - 1)
    away = ~home
    x[away] = x_home[areas[away]] + offset[0, away]
    y[away] = y_home[areas[away]] + offset[1, away]
    return Sites(x, y)


def _schools(
    chance: PlaceChance, totals: Totals, phase: Ints, places: Floats, sites: Sites, la_index: int
) -> Schools:
    n = len(phase)
    mainstream = (phase != Phase.SPECIAL) & (phase != Phase.ALTERNATIVE_PROVISION)
    category, faith, trust = _governance(chance, totals, phase, mainstream, sites)
    years = np.array([YEAR_GROUP_RANGE[Phase(kind)] for kind in phase], dtype=np.int32).reshape(n, 2)
    selective = np.zeros(n, dtype=np.bool_)
    secondary = phase == Phase.SECONDARY
    if totals.selective_schools:
        mean = totals.selective_pupils * float(np.sum(places[secondary])) / totals.selective_schools
        selective[secondary] = sizes.nearest_to_size(places[secondary], totals.selective_schools, mean)
    number = np.concatenate([np.arange(1, 1 + np.sum(phase == kind)) for kind in np.unique(phase)])
    return Schools(
        urn=(FIRST_SYNTHETIC_URN + 1000 * totals.la_code + np.arange(n)).astype(np.int32),
        name=tuple(f"{totals.name} {PHASE_WORDS[Phase(k)]} {i}" for k, i in zip(phase, number, strict=True)),
        la=np.full(n, la_index, dtype=np.int32),
        phase=phase,
        category=category,
        trust=trust,
        x_km=sites.x_km,
        y_km=sites.y_km,
        first_year_group=years[:, 0].copy(),
        last_year_group=years[:, 1].copy(),
        places=places,
        places_year_7=np.where(phase == Phase.ALL_THROUGH, places * ALL_THROUGH_YEAR_7_RATIO, 0.0),
        selective=selective,
        faith=faith,
        flag=np.full(n, int(Flag.SYNTHETIC), dtype=np.int32),
    )


def _governance(
    chance: PlaceChance, totals: Totals, phase: Ints, mainstream: Bools, sites: Sites
) -> tuple[Ints, Bools, Ints]:
    """Category, religious character and trust; special schools and AP are maintained."""
    secondary = (phase == Phase.SECONDARY) | (phase == Phase.ALL_THROUGH)
    academy_draws = chance.uniforms("academies", len(phase))
    faith_draws = chance.uniforms("religious character", len(phase))
    academy = np.zeros(len(phase), dtype=np.bool_)
    category = np.zeros(len(phase), dtype=np.int32)
    faith = np.zeros(len(phase), dtype=np.bool_)
    primary_shares = (totals.academies_primary, totals.faith_primary, totals.voluntary_aided_primary)
    secondary_shares = (totals.academies_secondary, totals.faith_secondary, totals.voluntary_aided_secondary)
    for schools, shares in ((mainstream & ~secondary, primary_shares), (secondary, secondary_shares)):
        academy[schools] = governance.mark_share(academy_draws[schools], shares[0])
        category[schools], faith[schools] = governance.categories(
            faith_draws[schools], academy[schools], shares[1], shares[2]
        )
    trust = governance.trusts(
        chance,
        academy,
        positions.distances(sites.x_km, sites.y_km),
        (totals.trusts, totals.single_academy_trusts),
        totals.trust_logsd,
    )
    return category, faith, trust


def _areas(chance: PlaceChance, totals: Totals, children: Floats, schools: Schools, home: Bools) -> Areas:
    """One home area around each primary and all-through school."""
    x, y = schools.x_km[home], schools.y_km[home]
    n = len(x)
    apart = positions.distances(x, y)
    scores = low_income.neighbours_alike(
        chance.normals("low income own", n), chance.normals("low income shared", n), apart
    )
    shaped = low_income.beta_quantiles(scores, totals.low_income_alpha, totals.low_income_beta)
    shares = low_income.fit_mean_and_spread(
        shaped,
        children,
        low_income.mixing(apart, children),
        totals.low_income,
        totals.low_income_school_sd,
    )
    return Areas(
        la=schools.la[home],
        x_km=x,
        y_km=y,
        children=children,
        low_income_share=shares,
        flag=np.full(n, int(Flag.SYNTHETIC), dtype=np.int32),
    )


_Columns = TypeVar("_Columns", Schools, Areas)


def join_schools(parts: list[Schools]) -> Schools:
    """Join the schools of several LAs into one list, trusts numbered anew.

    Parameters
    ----------
    parts : list of Schools
        Schools of each LA, in order.

    Returns
    -------
    Schools
        All of them.
    """
    renumbered, used = [], 0
    for part in parts:
        trust = np.where(part.trust >= 0, part.trust + used, governance.MAINTAINED).astype(np.int32)
        renumbered.append(replace(part, trust=trust))
        used += int(np.max(part.trust, initial=-1)) + 1
    return _join(renumbered)


def join_areas(parts: list[Areas]) -> Areas:
    """Join the home areas of several LAs into one list.

    Parameters
    ----------
    parts : list of Areas
        Areas of each LA, in order.

    Returns
    -------
    Areas
        All of them.
    """
    return _join(parts)


def _join(parts: list[_Columns]) -> _Columns:
    joined: dict[str, object] = {}
    for item in fields(parts[0]):
        columns = [getattr(part, item.name) for part in parts]
        if item.name == "name":
            joined[item.name] = tuple(name for column in columns for name in column)
        else:
            joined[item.name] = np.concatenate(columns)
    return type(parts[0])(**joined)  # type: ignore[arg-type]
