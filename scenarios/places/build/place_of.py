"""A place from the table of its schools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from model.choice import is_mainstream
from model.place import Bools, Floats, Ints, National, Place
from scenarios.errors import BadInput
from scenarios.places import published
from scenarios.places.build.areas import entry_schools, home_areas
from scenarios.places.build.arrays import place_order, school_columns, school_results
from scenarios.places.build.authority_figures import authority_figures, with_counted_shares
from scenarios.places.build.feeders import feeder_patterns, traits
from scenarios.places.build.known_record import public_record, record_notes
from scenarios.places.build.nation import check_las_held, check_possible, national, national_notes
from scenarios.places.build.sizes import planned_places, pupils_by_phase
from scenarios.places.build.split_table import HOW, MEASURES, with_split
from scenarios.places.files.notes import Note

if TYPE_CHECKING:
    from scenarios.places.build.school_table import SchoolTable

MOST_NAMED = 3
"""LAs named one by one in the name of a place; more are counted."""


@dataclass(frozen=True)
class AuthorityName:
    """An LA of the place.

    Attributes
    ----------
    code : int
        DfE code.
    name, slug : str
        Name; the same for files and settings.
    """

    code: int
    name: str
    slug: str


def place_of(
    table: SchoolTable,
    authorities: Sequence[AuthorityName],
    year: int,
    sources: tuple[str, ...],
    *,
    is_england: bool = False,
) -> tuple[Place, SchoolTable]:
    """Make a place of the schools of one or more LAs.

    Parameters
    ----------
    table : SchoolTable
        Schools, results and LA indicators.
    authorities : sequence of AuthorityName
        LAs asked for, in order.
    year : int
        Year 0.
    sources : tuple of str
        Attribution lines.
    is_england : bool, optional
        Whether these are all of England's.

    Returns
    -------
    Place
        Schools, results and figures as published; splits, areas and feeders imputed.
    SchoolTable
        The table with every school's groups in it, and with notes on what was made.

    Raises
    ------
    BadInput
        If the year is not one that a place can start from, or no LA has a school entered at Reception.
    """
    check_possible(year)
    kept, notes = _with_entry_schools(table, authorities)
    codes = [la.code for la in kept]
    notes += check_las_held(table, codes, year, is_england=is_england)
    nation = national(table.las, year)
    notes += national_notes(table.las, nation, year)
    place, ordered, made = _made(table, kept, nation, sources, year, is_england=is_england)
    return place, _completed(table, ordered, [*notes, *made])


def _made(
    table: SchoolTable,
    kept: Sequence[AuthorityName],
    nation: National,
    sources: tuple[str, ...],
    year: int,
    *,
    is_england: bool,
) -> tuple[Place, pd.DataFrame, list[Note]]:
    """Put the place together; with its schools in order, and notes on what was made."""
    codes = [la.code for la in kept]
    ordered = place_order(table.schools[table.schools["la_code"].isin(codes)], codes)
    sizes = planned_places(ordered)
    schools = school_columns(ordered, sizes, table.flags)
    pupils = pupils_by_phase(ordered, sizes, schools.la, len(codes))
    figures = authority_figures(table.las, codes, year, pupils, is_england=is_england)
    rates, counted = with_counted_shares(figures.rates, ordered, table.results, year)
    entry = entry_schools(schools, ordered, is_mainstream(schools))
    cohort: Floats = np.array([count.primary_cohort for count in pupils])
    name, slug = place_name(kept, is_england=is_england)
    place = Place(
        name=name,
        slug=slug,
        year=year,
        la_code=tuple(codes),
        la_name=tuple(la.name for la in kept),
        is_england=is_england,
        schools=schools,
        areas=home_areas(schools, entry, cohort, rates.disadvantaged_ks2),
        rates=rates,
        results=figures.results,
        national=nation,
        secondary_pupils=np.array([count.secondary_cohort for count in pupils]),
        history=figures.history,
        sources=sources,
        school_results=school_results(ordered, table.results, year),
        feeders=feeder_patterns(schools, traits(ordered)),
        public_record=public_record(ordered, table.flags, year, groups_read="group_links" in table.counts),
    )
    return place, ordered, [
        *figures.notes, *_counted_notes(counted, kept), *_made_notes(sizes.flag, place),
        *record_notes(place.public_record),
    ]  # fmt: skip


def _completed(table: SchoolTable, ordered: pd.DataFrame, notes: list[Note]) -> SchoolTable:
    """The table with both groups' results of every school, and what was done for them."""
    how = {f"{measure} {group}": text for measure in MEASURES for group, text in HOW.items()}
    return replace(
        table,
        results=with_split(ordered, table.results, table.las),
        notes=[*table.notes, *notes],
        how={**table.how, **how},
    )


def place_name(kept: Sequence[AuthorityName], *, is_england: bool) -> tuple[str, str]:
    """Name a place.

    Parameters
    ----------
    kept : sequence of AuthorityName
        Its LAs.
    is_england : bool
        Whether they are all of England's.

    Returns
    -------
    tuple of str
        Name and slug.
    """
    if is_england:
        return published.ENGLAND_NAME, published.ENGLAND_SLUG
    if len(kept) <= MOST_NAMED:
        return " and ".join(la.name for la in kept), "-and-".join(la.slug for la in kept)
    rest = len(kept) - 1
    return f"{kept[0].name} and {rest} others", f"{kept[0].slug}-and-{rest}-others"


def _with_entry_schools(
    table: SchoolTable, authorities: Sequence[AuthorityName]
) -> tuple[list[AuthorityName], list[Note]]:
    """Leave out LAs without a school that children enter at Reception: there is no one to follow there."""
    schools = table.schools
    starts = schools[(schools["first_year_group"] == 0) & (schools["phase"].astype(int) <= 2)]
    have = set(starts["la_code"].astype(int))
    kept = [la for la in authorities if la.code in have]
    if not kept:
        raise BadInput(
            "no mainstream school that takes children at Reception was found",
            where="la",
            found=", ".join(la.name for la in authorities)[:200] or "no local authority",
            allowed="files with the primary schools of the LA: GIAS or school information",
        )
    notes = [
        Note("missing", f"LA {la.code}", f"{la.name} is left out: no school that children enter at Reception")
        for la in authorities
        if la.code not in have
    ]
    return kept, notes


def _counted_notes(counted: dict[str, Bools], kept: Sequence[AuthorityName]) -> list[Note]:
    notes = []
    for field, enough in counted.items():
        if np.any(enough):
            stage = "Key Stage 2" if field.endswith("ks2") else "Key Stage 4"
            text = f"share of disadvantaged pupils at {stage} counted from the schools' published counts"
            where = f"LA {kept[int(np.flatnonzero(enough)[0])].code}" if np.sum(enough) == 1 else "LA figures"
            notes.append(Note("matched", where, text, int(np.sum(enough))))
    return notes


def _made_notes(size_flags: Ints, place: Place) -> list[Note]:
    notes = []
    if np.any(size_flags):
        text = "pupils a year worked out from places at entry or the median school: no count of pupils"
        notes.append(Note("imputed", "places", text, int(np.sum(size_flags > 0))))
    text = "home areas made around the schools that children enter; low income fitted to the schools' shares"
    notes.append(Note("imputed", "home areas", text, len(place.areas)))
    if place.feeders is not None and len(place.feeders.source):
        text = "feeder patterns worked out from distance, demand, religious character, gender and names"
        notes.append(Note("imputed", "feeder patterns", text, len(np.unique(place.feeders.source))))
    return notes
