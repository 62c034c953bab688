"""Which state-funded schools are open at the end of year 0."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scenarios.places.build.canonical import SourceTables, canonical
from scenarios.places.build.identity import Lineage
from scenarios.places.build.kinds import ALTERNATIVE, POST_16, STATE_FUNDED, UNKNOWN
from scenarios.places.build.lifetimes import end_of_year

POST_16_LOW_AGE = 16
"""A school that takes no pupil younger is none of this place's."""

NUMBERED = ("register", "information", "census", "ks4", "ks2")
"""Tables with establishment numbers, the most telling first."""

HOLIDAY = pd.Timedelta(days=47)
"""A school that closes for good in the summer holiday (from 15 July) was open to the end of the year."""


def open_schools(life: pd.DataFrame, lineage: Lineage, year: int) -> pd.DataFrame:
    """Give the state-funded schools open on the last day of year 0.

    Parameters
    ----------
    life : pandas.DataFrame
        From ``lifetimes.lifetimes``.
    lineage : Lineage
        Links between URNs.
    year : int
        Year 0.

    Returns
    -------
    pandas.DataFrame
        Indexed by urn: the columns of ``life``, ``kind`` filled from what followed where a URN is known only
        from the links, ``college`` (bool: a college with pupils aged 14 to 16) and ``doubt`` (str: why it is
        not certain that the school was open, else empty).
    """
    day = end_of_year(year)
    life = _with_colleges(_with_kinds_of_links(life, lineage, day), year)
    judged = life["opened_from"].isin(("links", "trust", "number")) & (life["first_seen"] <= year)
    begun = (life["opened"].isna() & ~life["proposed"]) | (life["opened"] <= day) | judged
    # A day taken from the links is the first day of what followed.
    by_links = life["closed_from"] == "links"
    ended = (life["closed"] < day - HOLIDAY) | (by_links & (life["closed"] <= day))
    covered = life["kind"].isin(life.loc[life["registered"], "kind"].unique())
    missing = (~life["registered"] & covered) | life["gone"]
    unseen = missing & life["closed"].isna() & ~(life["last_seen"] >= year)
    of_age = ~(life["low_age"] >= POST_16_LOW_AGE) | life["college"]
    found = life[begun & ~ended & ~unseen & of_age & life["kind"].isin(STATE_FUNDED)].copy()
    found["doubt"] = _doubts(found, year)
    return _one_of_each_line(found, lineage)


def _with_kinds_of_links(life: pd.DataFrame, lineage: Lineage, day: pd.Timestamp) -> pd.DataFrame:
    """Take a URN that only the links know for a school of the kind that followed it, if that came later."""
    life = life.copy()
    known = life["kind"] != UNKNOWN
    edges = lineage.edges.assign(
        opened=lineage.edges["later"].map(life["opened"]), kind=lineage.edges["later"].map(life["kind"])
    )
    edges = edges[edges["kind"].isin(STATE_FUNDED)].sort_values(["earlier", "opened"])
    follows_later = (edges["opened"] > day) | (edges["merged"] & (edges["date"] > day))
    kind = edges[follows_later].drop_duplicates("earlier").set_index("earlier")["kind"]
    life["kind"] = life["kind"].where(known, kind.reindex(life.index)).fillna(UNKNOWN)
    life["only_links"] = ~known & (life["kind"] != UNKNOWN)
    return life


def _with_colleges(life: pd.DataFrame, year: int) -> pd.DataFrame:
    """Take a college with pupils aged 14 to 16 as alternative provision: the LA's own figures count them."""
    college = (life["kind"] == POST_16) & (life["young_from"] <= year) & (life["young_until"] >= year - 1)
    return life.assign(college=college, kind=life["kind"].where(~college, ALTERNATIVE))


def _doubts(found: pd.DataFrame, year: int) -> pd.Series:
    """Say what the presence of a school rests on where no date or figure of the year shows it."""
    doubt = pd.Series("", index=found.index, dtype="str")
    seen = (found["first_seen"] <= year) & (found["last_seen"] >= year)
    after = ~found["registered"] & found["closed"].isna() & ~(found["last_seen"] >= year)
    doubt[after] = "not seen in any file of that year or later"
    judged = found["opened_from"].eq("number") & ~seen
    doubt[judged] = "opening date judged from the URNs around it"
    doubt[found["only_links"]] = "known only as a predecessor in the links"
    return doubt


def _one_of_each_line(found: pd.DataFrame, lineage: Lineage) -> pd.DataFrame:
    """Where dates leave both a school and its plain successor open, keep the one with evidence."""
    plain = lineage.edges[~lineage.edges["merged"] & ~lineage.edges["split"]]
    pairs = plain[plain["earlier"].isin(found.index) & plain["later"].isin(found.index)]
    if pairs.empty:
        return found
    registered = found["registered"]
    both = pairs["earlier"].map(registered) & pairs["later"].map(registered)
    both &= pairs["earlier"].map(found["closed"]).isna()  # no register says that either has closed
    drop = np.where(pairs["later"].map(found["doubt"]) != "", pairs["later"], pairs["earlier"])
    kept: pd.DataFrame = found.drop(index=pd.Index(drop[~both.to_numpy(dtype=bool)]).unique())
    return kept


def establishment_numbers(sources: SourceTables) -> pd.Series:
    """Give each URN the number of its establishment within its LA.

    Parameters
    ----------
    sources : SourceTables
        What was read.

    Returns
    -------
    pandas.Series of float64
        By urn, unique.
    """
    parts = [canonical(sources, name)[["urn", "estab"]] for name in NUMBERED]
    rows = pd.concat(parts).dropna()
    numbers: pd.Series = rows[rows["estab"] > 0].drop_duplicates("urn").set_index("urn")["estab"]
    return numbers


def one_of_each_number(
    found: pd.DataFrame, numbers: pd.Series, year: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Keep one URN of those with the same LA and establishment number: an older register has it under both.

    Parameters
    ----------
    found : pandas.DataFrame
        Open schools with ``la_code``, ``first_seen`` and ``last_seen``, by urn.
    numbers : pandas.Series
        From `establishment_numbers`.
    year : int
        Year 0.

    Returns
    -------
    pandas.DataFrame
        The URN seen in the tables of year 0 stays; of several such the newest.
    pandas.DataFrame
        The others as earlier URNs of those, in the columns of ``Lineage.kin``.
    """
    rows = pd.DataFrame({"la_code": found["la_code"], "estab": numbers.reindex(found.index)})
    rows["seen"] = (found["last_seen"] >= year) & (found["first_seen"] <= year)
    rows["other"] = found.index
    rows = rows.dropna(subset=["estab"]).sort_values(["seen", "other"])
    rows["urn"] = rows.groupby(["la_code", "estab"])["other"].transform("last")
    spare = rows.loc[rows["urn"] != rows["other"], ["urn", "other"]].reset_index(drop=True)
    kin = spare.assign(steps=1, direction=-1, sharing=1, together=1)
    return found.drop(index=pd.Index(spare["other"])), kin
