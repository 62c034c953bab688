"""What was read, matched, missing and imputed, source by source."""

from __future__ import annotations

import pandas as pd

from model.place import Flag, Phase
from scenarios.places.build.canonical import BY_SCHOOL, SourceTables, canonical
from scenarios.places.build.identity import Lineage
from scenarios.places.build.year_groups import KS2_YEAR, KS4_YEAR
from scenarios.places.build.yearly import register_year
from scenarios.places.files.notes import Note

HEADLINE = {
    "register": "easting", "information": "low_age", "census": "fsm6_share", "absence": "absence",
    "workforce": "teachers_fte", "finance": "balance", "inspections": "inspection_rating",
    "admissions": "entry_places",
}  # fmt: skip
"""By source, the column whose imputed cells are counted."""

WITHIN_A_PLACE = ("register", "information", "ks2", "ks4", "census", "admissions")
"""Tables with the LA of each row."""


def counts_by_source(
    sources: SourceTables, kin: pd.DataFrame, schools: pd.DataFrame, flags: pd.DataFrame, year: int
) -> dict[str, dict[str, int]]:
    """Count schools with and without a row in each source that has been read.

    Parameters
    ----------
    sources : SourceTables
        What was read.
    kin : pandas.DataFrame
        From ``Lineage.kin``.
    schools, flags : pandas.DataFrame
        Of the ``SchoolTable``.
    year : int
        Year 0.

    Returns
    -------
    dict
        By source: read (rows of these schools under any of their URNs; of results those of year 0), matched
        (schools with a row), missing (schools that such a table lists, without), imputed (schools whose
        headline figure was imputed).
    """
    counts = {}
    for name in sorted(BY_SCHOOL & set(sources.tables)):
        rows = canonical(sources, name)
        if name in ("ks2", "ks4"):
            rows = rows[rows["year"] == year]
        expected = _expected(name, schools)
        mine = kin[kin["urn"].isin(expected)]
        urns = mine.loc[mine["other"].isin(rows["urn"]), "urn"].nunique()
        column = HEADLINE.get(name)
        imputed = int((flags.loc[expected, column] >= Flag.IMPUTED).sum()) if column else 0
        counts[name] = {
            "read": int(rows["urn"].isin(mine["other"]).sum()),
            "matched": int(urns),
            "missing": len(expected) - int(urns),
            "imputed": imputed,
        }
    return counts


def _expected(name: str, schools: pd.DataFrame) -> pd.Index:
    """Schools that a table of this source has a row for in principle."""
    if name in ("ks2", "ks4"):
        test_year = KS2_YEAR if name == "ks2" else KS4_YEAR
        teaches = (schools["first_year_group"] <= test_year) & (schools["last_year_group"] >= test_year)
        return schools.index[teaches & (schools["phase"] != Phase.ALTERNATIVE_PROVISION)]
    if name == "admissions":
        return schools.index[schools["phase"] < Phase.SPECIAL]
    return schools.index


def roster_notes(found: pd.DataFrame, links: Lineage, matched: dict[str, int], year: int) -> list[Note]:
    """Say how many schools there are, and how results were joined to them.

    Parameters
    ----------
    found : pandas.DataFrame
        From ``roster.open_schools``.
    links : Lineage
        Links between URNs.
    matched : dict
        From ``results.school_results``.
    year : int
        Year 0.

    Returns
    -------
    list of Note
        Remarks.
    """
    notes = [Note("matched", "roster", f"state-funded schools open on 31 August {year}", len(found))]
    for key, text in (
        ("own", "rows of results matched by URN"),
        ("linked", "rows of results matched by a linked URN"),
        ("number", "rows of results matched by establishment number"),
        ("left_out", "rows of results of schools no longer or not yet open, and not followed by one"),
    ):
        if matched[key]:
            notes.append(Note("missing" if key == "left_out" else "matched", "results", text, matched[key]))
    if len(links.left_out):
        kinds = ", ".join(f"{name} ({count})" for name, count in links.left_out.items())
        notes.append(Note("missing", "links", f"not followed: {kinds}", int(links.left_out.sum())))
    return notes


def year_notes(sources: SourceTables, year: int) -> list[Note]:
    """Say which years' tables stand in for year 0.

    Parameters
    ----------
    sources : SourceTables
        What was read, of the schools of the place.
    year : int
        Year 0.

    Returns
    -------
    list of Note
        Of kind ``imputed``, one a table whose figures are of another year.
    """
    notes = []
    for name, latest in (("census", None), ("absence", None), ("workforce", None), ("finance", year)):
        years = canonical(sources, name)["year"].dropna()
        years = years if latest is None else years[years <= latest]
        if years.empty or (years == year).any():
            continue
        nearest = int(years.iloc[(years - year).abs().argmin()])
        text = f"figures of {nearest} stand in for {year}"
        notes.append(Note("imputed", name, text, int((years == nearest).sum())))
    for name, text in (
        ("register", "the register is of about"),
        ("information", "school information is of about"),
    ):
        table = canonical(sources, name)
        of = register_year(table, year)
        if of != year and len(table):
            said = f"{text} {of}: what it says of name, ages, places and positions is taken for {year}"
            notes.append(Note("imputed", name, said))
    if len(canonical(sources, "deprivation")):
        text = "deciles are those of the index among the files, whatever its year"
        notes.append(Note("matched", "deprivation", text))
    return notes
