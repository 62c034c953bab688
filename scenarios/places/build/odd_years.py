"""Tables that may be of another year than they were read as: a copy of one year, URNs before their time."""

from __future__ import annotations

from itertools import combinations
from typing import Final

import numpy as np
import pandas as pd

from scenarios.places.build.canonical import SourceTables, canonical
from scenarios.places.files.notes import Note

TELLING: Final = {
    "ks2": ("rwm", "reading", "maths"),
    "ks4": ("attainment8", "progress8"),
    "census": ("roll", "fsm6_share"),
    "absence": ("absence", "persistent_absence"),
    "workforce": ("teachers_fte", "mean_salary"),
    "finance": ("income", "expenditure"),
}
"""Figures that a school hardly ever has alike in two years."""

FEWEST: Final = 3
"""Schools from which a share of them means something."""

MOST_ALIKE: Final = 0.5
"""Share of schools with the same figures in two years beyond which one table is a copy."""

MOST_FOLLOWED: Final = 0.04
"""Share of URNs followed by another before the year began: about 0.013 of a right table (England's KS2 of
2018), 0.05 and more of one a year older."""

FIRST_DAY_AFTER: Final = (6, 1)
"""Month and day from which a school that opens has no result of the year."""


def odd_years(sources: SourceTables) -> list[Note]:
    """List tables whose rows do not fit the year that folders and headings gave them.

    Parameters
    ----------
    sources : SourceTables
        What was read, of the schools of the place.

    Returns
    -------
    list of Note
        Of kind ``odd``.
    """
    return [*_copies(sources), *_before_their_time(sources), *_after_their_time(sources)]


def _copies(sources: SourceTables) -> list[Note]:
    """Find two years with the same figures."""
    notes = []
    for name, columns in TELLING.items():
        table = canonical(sources, name)
        known = table[table["urn"] > 0].dropna(subset=list(columns)).drop_duplicates(["urn", "year"])
        by_year = {year: rows.set_index("urn")[list(columns)] for year, rows in _by_year(known)}
        for (first, ours), (second, theirs) in combinations(by_year.items(), 2):
            both = ours.index.intersection(theirs.index)
            same = np.isclose(ours.loc[both].to_numpy(np.float64), theirs.loc[both].to_numpy(np.float64))
            alike = int(same.all(axis=1).sum())
            if alike >= FEWEST and alike > MOST_ALIKE * len(both):
                text = (
                    f"{first} and {second} have the same figures for {alike} of {len(both)} schools:"
                    " is one of the files of another year?"
                )
                notes.append(Note("odd", name, text, alike))
    return notes


def _before_their_time(sources: SourceTables) -> list[Note]:
    """Find results of schools that opened after the tests."""
    lists = [canonical(sources, name)[["urn", "open_date"]] for name in ("register", "information")]
    opened = pd.concat(lists).dropna().groupby("urn")["open_date"].min()
    notes = []
    for name, year, rows in _results(sources):
        early = _dates_of(rows, opened) >= pd.Timestamp(year, *FIRST_DAY_AFTER)
        urns = rows.loc[early.to_numpy(), "urn"]
        text = f"results of {year} for schools that opened later: is it the file of another year?"
        notes += [Note("odd", name, f"{text} ({urns.iloc[0]})", len(urns))] if len(urns) else []
    return notes


def _after_their_time(sources: SourceTables) -> list[Note]:
    """Find results under more URNs than usual that another had followed before the year began."""
    links = canonical(sources, "links")
    follows = links[links["link_type"].str.lower().str.startswith("successor")]
    followed = follows.dropna(subset=["established"]).groupby("urn")["established"].min()
    notes = []
    for name, year, rows in _results(sources):
        late = _dates_of(rows, followed) <= pd.Timestamp(year - 1, 9, 1)
        if late.sum() >= FEWEST and late.mean() > MOST_FOLLOWED:
            text = f"results of {year} under URNs followed by others before: is it an earlier year's file?"
            notes.append(Note("odd", name, text, int(late.sum())))
    return notes


def _results(sources: SourceTables) -> list[tuple[str, int, pd.DataFrame]]:
    """List the results of schools by table and year."""
    found = []
    for name in ("ks2", "ks4"):
        table = canonical(sources, name)
        known = table[(table["urn"] > 0) & table[list(TELLING[name])].notna().any(axis=1)]
        found += [(name, year, rows) for year, rows in _by_year(known)]
    return found


def _dates_of(rows: pd.DataFrame, dates: pd.Series) -> pd.Series:
    return pd.to_datetime(dates.reindex(rows["urn"]))


def _by_year(table: pd.DataFrame) -> list[tuple[int, pd.DataFrame]]:
    years = sorted(int(year) for year in table["year"].dropna().unique())
    return [(year, table[table["year"] == year]) for year in years]
