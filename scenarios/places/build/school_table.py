"""The table of a place's schools: one row a school open in year 0, every cell flagged."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from scenarios.errors import BadInput
from scenarios.places.build.absent import refuse_without_register
from scenarios.places.build.added_up import disadvantaged_rates, fill_from_la, from_schools
from scenarios.places.build.attributes import add_names, add_places, add_roll
from scenarios.places.build.canonical import Prepared, SourceTables, canonical
from scenarios.places.build.context import add_context
from scenarios.places.build.disadvantaged import add_disadvantaged_share
from scenarios.places.build.flagged import FlaggedSchools, first_known
from scenarios.places.build.geography import LocalAuthority, find_las, former_authorities, school_las
from scenarios.places.build.governance_at import add_governance
from scenarios.places.build.identity import Lineage, lineage
from scenarios.places.build.la_figures import la_figures
from scenarios.places.build.lifetimes import closed_urns, lifetimes
from scenarios.places.build.odd_years import odd_years
from scenarios.places.build.oddities import oddities
from scenarios.places.build.positions_of import add_positions
from scenarios.places.build.results import school_results
from scenarios.places.build.roster import establishment_numbers, one_of_each_number, open_schools
from scenarios.places.build.tallies import counts_by_source, roster_notes, year_notes
from scenarios.places.build.year_groups import add_year_groups
from scenarios.places.build.yearly import register_year
from scenarios.places.files.notes import Note

COLUMNS = (
    "name", "la_code", "phase", "category", "type", "trust_uid", "trust_name", "trust_type", "federation",
    "federation_uid", "first_year_group", "last_year_group", "low_age", "high_age", "roll", "roll_r11",
    "entry_places", "places_year_7", "capacity", "selective", "faith", "religious", "gender", "easting",
    "northing", "postcode", "lsoa", "urban", "fsm6_share", "fsm_share", "disadvantaged_share",
    "sen_support_share", "ehcp_share", "eal_share", "absence", "persistent_absence", "imd_decile",
    "teachers_fte", "pupil_teacher_ratio", "income", "expenditure", "balance", "inspection_rating",
    "inspected_on", "former_rating", "former_inspected_on", "preference_ratio",
    "offers_to_other_la_share",
)  # fmt: skip
"""Columns of ``SchoolTable.schools``, in order."""

WHOLE_NUMBERS = ("la_code", "phase", "category", "first_year_group", "last_year_group")
TRUTHS = ("selective", "faith")
TEXTS = ("name", "type", "trust_uid", "trust_name", "trust_type", "federation", "federation_uid", "religious",
         "gender", "postcode", "lsoa", "inspection_rating", "former_rating")  # fmt: skip
"""Columns of text: empty where nothing is known; those of numbers hold NaN there."""


@dataclass(frozen=True, kw_only=True, eq=False)
class SchoolTable:
    """The schools of one or more LAs as the files have them at year 0.

    Attributes
    ----------
    schools : pandas.DataFrame
        Indexed by urn (in force at the end of year 0), rising; columns `COLUMNS`. Shares from 0 to 1, money
        in GBP, easting and northing in metres, ages in years; ``phase`` and ``category`` are values of
        ``model.place.Phase`` and ``Category``.
    flags : pandas.DataFrame
        Same shape, int8: ``model.place.Flag``, or -1 where the cell holds nothing.
    how : dict of str to str
        By column, what was done where a cell is not as published, with the number of schools in brackets.
    results : pandas.DataFrame
        Columns urn, year, measure, group, value, pupils, flag, code, published_urn: see ``results``.
    las : pandas.DataFrame
        Indicators by (la_code, year), as the embedded table's; England under 970.
    notes : list of Note
        Remarks.
    counts : dict
        By source: read, matched, missing, imputed.
    """

    schools: pd.DataFrame
    flags: pd.DataFrame
    how: dict[str, str]
    results: pd.DataFrame
    las: pd.DataFrame
    notes: list[Note] = field(default_factory=list)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)


def build_schools(sources: SourceTables, las: object, year: int) -> SchoolTable:
    """Build the table of the schools of one or more LAs.

    Parameters
    ----------
    sources : SourceTables
        What was read from the files.
    las : str, int or sequence of these
        Codes, names or slugs of LAs; ``all`` for England.
    year : int
        Year 0: the year its academic year ends. No result, LA figure or inspection of a later year is used.

    Returns
    -------
    SchoolTable
        Its schools.

    Raises
    ------
    BadInput
        If no school of an LA asked for is in the files, or an LA did not exist in that year.
    UnknownName
        If an LA means nothing.
    """
    asked = find_las(las, year, sources)
    refuse_without_register(sources, asked, year)
    everything = Prepared(sources)
    links = lineage(canonical(everything, "links"), closed_urns(everything))
    found, kin, notes = _roster(everything, links, asked, year)
    sources = everything.only(pd.Index(kin["other"].unique()), [la.code for la in asked])
    table = FlaggedSchools(found.index)
    order = _nearest_first(sources, year)
    _start(table, found, kin, sources)
    add_governance(table, found, kin, sources, year)
    add_year_groups(table, found, kin, sources, order)
    add_names(table, kin, sources, order)
    add_roll(table, kin, sources, year)
    unbelieved = add_places(table, kin, sources, year)
    add_positions(table, kin, sources)
    add_context(table, kin, sources, year)
    results, matched = school_results(table, kin, sources, year)
    added_up = from_schools(table, results, sources, year)
    figures, said = la_figures(everything, [la.code for la in asked], year, added_up)
    fill_from_la(table, figures, year)
    add_disadvantaged_share(table, kin, sources, year, disadvantaged_rates(everything, figures, year))
    schools, flags, how = _finished(table)
    notes += [*said, *_unbelieved_notes(unbelieved)]
    notes += oddities(schools, flags, results, figures, sources, year)
    notes += odd_years(sources)
    notes += [*roster_notes(found, links, matched, year), *year_notes(sources, year)]
    return SchoolTable(
        schools=schools,
        flags=flags,
        how=how,
        results=results,
        las=figures,
        notes=notes,
        counts=counts_by_source(sources, kin, schools, flags, year),
    )


def _unbelieved_notes(schools: int) -> list[Note]:
    """Say how many schools' offers were not believed."""
    text = "places offered are not those of a year group of this school: roll over year groups used"
    return [Note("odd", "admissions", text, schools)] if schools else []


def _roster(
    sources: SourceTables, links: Lineage, asked: tuple[LocalAuthority, ...], year: int
) -> tuple[pd.DataFrame, pd.DataFrame, list[Note]]:
    """Find the schools open in the LAs asked for, and every URN they have gone by."""
    everyone = open_schools(lifetimes(sources, links), links, year)
    kin = links.kin(everyone.index)
    la_code = school_las(kin, sources, asked).reindex(everyone.index).fillna(-1).astype(np.int64)
    found = everyone.assign(la_code=la_code)
    found = found[found["la_code"] > 0].sort_index()
    found, twice = one_of_each_number(found, establishment_numbers(sources), year)
    notes = []
    for la in asked:
        ended = [item for item in former_authorities().values() if la.code in item[1] and year <= item[2]]
        if ended:
            text = f"it did not exist in {year}: built from the schools that are in it now"
            notes.append(Note("odd", f"LA {la.code}", text))
        if not (found["la_code"] == la.code).any():
            raise BadInput(
                f"no school of {la.name} ({la.code}) that was open in {year} is in the files",
                where="data",
                allowed="files with this LA's schools: the register (GIAS), school information, results",
            )
    if found["college"].any():
        text = "colleges with GCSE results, taken as alternative provision for pupils aged 14 to 16"
        notes.append(Note("matched", "roster", text, int(found["college"].sum())))
    if len(twice):
        text = "URNs with the establishment number of another open school left out: the same school"
        notes.append(Note("odd", "roster", text, len(twice)))
    doubtful = found["doubt"][found["doubt"] != ""].value_counts()
    for doubt, count in doubtful.items():
        notes.append(Note("odd", "roster", f"taken as open: {doubt}", int(count)))
    kin = pd.concat([kin[kin["urn"].isin(found.index)], twice], ignore_index=True)
    return found, kin.sort_values(["urn", "steps"], kind="stable", ignore_index=True), notes


def _start(table: FlaggedSchools, found: pd.DataFrame, kin: pd.DataFrame, sources: SourceTables) -> None:
    """Put the LA and the establishment number."""
    table.put("la_code", found["la_code"])
    number = first_known(kin, establishment_numbers(sources))["value"]
    table.put("estab", number.astype(np.float64))


def _nearest_first(sources: SourceTables, year: int) -> list[str]:
    """Put the one of register and school information first that is nearer to year 0."""
    register = abs(register_year(canonical(sources, "register"), year) - year)
    information = abs(register_year(canonical(sources, "information"), year) - year)
    return ["register", "information"] if register <= information else ["information", "register"]


def _finished(table: FlaggedSchools) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, str]]:
    """Give the columns of the contract their types."""
    schools = table.values()[list(COLUMNS)].copy()
    for column in WHOLE_NUMBERS:
        schools[column] = schools[column].astype(np.int64)
    for column in TRUTHS:
        schools[column] = schools[column].astype(bool)
    for column in TEXTS:
        schools[column] = schools[column].astype("object").fillna("").astype("str")
    schools.index.name = "urn"
    flags = table.flags()[list(COLUMNS)]
    flags.index.name = "urn"
    how = {column: text for column, text in table.how().items() if column in COLUMNS}
    return schools, flags, how
