"""Phase and year groups of each school, from its ages."""

from __future__ import annotations

import numpy as np
import pandas as pd

from model.place import FIRST_SECONDARY_YEAR_GROUP, Flag, Phase
from scenarios.places.build.canonical import SourceTables, canonical
from scenarios.places.build.flagged import FlaggedSchools, first_known
from scenarios.places.build.kinds import ALTERNATIVE, SPECIAL

LAST_YEAR_GROUP = 11
KS2_YEAR, KS4_YEAR = 6, 11
RECEPTION_AGE = 4
"""Age at which the year of Reception begins; Year ``n`` begins at ``n`` + 4 years."""

COLLEGE_LOW_AGE, COLLEGE_HIGH_AGE = 14, 16
JUNIOR_START, INFANT_END = 3, 2
ALTERNATIVE_FIRST = 9
"""Year groups of alternative provision where no ages are given: Years 9 to 11."""


def add_year_groups(
    table: FlaggedSchools, found: pd.DataFrame, kin: pd.DataFrame, sources: SourceTables, order: list[str]
) -> None:
    """Add first and last year group, low and high age, and phase.

    Parameters
    ----------
    table : FlaggedSchools
        Columns are added: low_age, high_age, first_year_group, last_year_group, phase.
    found : pandas.DataFrame
        From ``roster.open_schools``.
    kin : pandas.DataFrame
        From ``Lineage.kin``.
    sources : SourceTables
        What was read.
    order : list of str
        ``register`` and ``information``, the one nearest to year 0 first.
    """
    ages = pd.concat([canonical(sources, name)[["urn", "low_age", "high_age"]] for name in order])
    ages = ages[(ages["high_age"] > ages["low_age"]) & (ages["low_age"] >= 0)].drop_duplicates("urn")
    ages = ages.set_index("urn")
    low, high = first_known(kin, ages["low_age"]), first_known(kin, ages["high_age"])
    linked = low["steps"].clip(upper=1)
    table.put("low_age", low["value"], linked, "from a linked URN")
    table.put("high_age", high["value"], linked, "from a linked URN")
    college = found["college"]
    for column, age in (("low_age", COLLEGE_LOW_AGE), ("high_age", COLLEGE_HIGH_AGE)):
        young = pd.Series(float(age), index=table.urns)
        table.change(column, college, young, "a college: only its pupils aged 14 to 16 count")
    tested = _tested(kin, sources)
    _split_of_merged(table, kin, tested)
    _fill_ages(table, found, tested, sources)
    first = (table["low_age"] - RECEPTION_AGE).clip(0, LAST_YEAR_GROUP)
    first = first.where(first > 1, 0.0)  # a statutory low age of 5 includes Reception
    last = (table["high_age"] - RECEPTION_AGE - 1).clip(0, LAST_YEAR_GROUP)
    table.put("first_year_group", first, table.flag("low_age").astype(int), "from imputed ages")
    table.put("last_year_group", last.where(last >= first, first), table.flag("high_age").astype(int))
    table.put("phase", _phase(first, last, found, _deemed(kin, sources)), table.flag("low_age").astype(int))


def _tested(kin: pd.DataFrame, sources: SourceTables) -> pd.DataFrame:
    """Tell which schools have had pupils at KS2 and at KS4 under their own URN."""
    columns = {}
    for name in ("ks2", "ks4"):
        rows = canonical(sources, name)
        with_pupils = rows.loc[rows["pupils"] > 0, "urn"].unique()
        urns = pd.Index(kin["urn"].unique())
        columns[name] = pd.Series(urns.isin(with_pupils), index=urns)
    return pd.DataFrame(columns)


def _split_of_merged(table: FlaggedSchools, kin: pd.DataFrame, tested: pd.DataFrame) -> None:
    """Make infant and junior schools of those that merged later and are known only from the links."""
    merged = kin[(kin["direction"] == 1) & (kin["sharing"] > 1)]["urn"].unique()
    taken = table.flag("low_age") == Flag.IMPUTED
    primary = (table["low_age"] <= RECEPTION_AGE + 1) & (table["high_age"] == KS2_YEAR + RECEPTION_AGE + 1)
    here = pd.Series(table.urns.isin(merged), index=table.urns) & taken & primary
    ks2 = tested["ks2"].reindex(table.urns, fill_value=False)
    low = pd.Series(float(JUNIOR_START + RECEPTION_AGE), index=table.urns)
    high = pd.Series(float(INFANT_END + RECEPTION_AGE + 1), index=table.urns)
    table.change("low_age", here & ks2, low, "one of several that merged, with KS2 results: a junior school")
    table.change("high_age", here & ~ks2, high, "one of several that merged, without: an infant school")


def _fill_ages(
    table: FlaggedSchools, found: pd.DataFrame, tested: pd.DataFrame, sources: SourceTables
) -> None:
    """Give the usual ages of its kind where no file has any."""
    census = canonical(sources, "census").drop_duplicates("urn", keep="last").set_index("urn")["type"]
    secondary = census.str.contains("secondary", case=False).reindex(table.urns, fill_value=False)
    tested = tested.reindex(table.urns, fill_value=False)
    secondary = secondary | (tested["ks4"] & ~tested["ks2"])
    low = pd.Series(float(RECEPTION_AGE), index=table.urns).where(~secondary, 11.0)
    high = pd.Series(11.0, index=table.urns).where(~(secondary | tested["ks4"]), 16.0)
    special, ap = found["kind"] == SPECIAL, found["kind"] == ALTERNATIVE
    low = low.where(~special, float(RECEPTION_AGE)).where(~ap, float(ALTERNATIVE_FIRST + RECEPTION_AGE))
    high = high.where(~(special | ap), 16.0)
    table.fill("low_age", low, "no ages in the files: the usual ones of its kind")
    table.fill("high_age", high, "no ages in the files: the usual ones of its kind")


def _deemed(kin: pd.DataFrame, sources: SourceTables) -> pd.Series:
    """Middle schools as the register deems them, by urn."""
    phase = canonical(sources, "register").drop_duplicates("urn").set_index("urn")["phase"].str.lower()
    phase = phase[phase.str.contains("middle")]
    return first_known(kin, phase)["value"].astype("str")


def _phase(first: pd.Series, last: pd.Series, found: pd.DataFrame, deemed: pd.Series) -> pd.Series:
    """Give the phase: a middle school as deemed, else by where more of its year groups are."""
    below = FIRST_SECONDARY_YEAR_GROUP - first
    above = last - FIRST_SECONDARY_YEAR_GROUP + 1
    phase = pd.Series(np.where(below > above, int(Phase.PRIMARY), int(Phase.SECONDARY)), index=first.index)
    all_through = (first <= INFANT_END) & (last == LAST_YEAR_GROUP)
    phase[all_through] = int(Phase.ALL_THROUGH)
    middle = (
        (first > INFANT_END) & (first < FIRST_SECONDARY_YEAR_GROUP) & (last >= FIRST_SECONDARY_YEAR_GROUP)
    )
    text = deemed.reindex(first.index).fillna("")
    phase[middle & text.str.contains("primary")] = int(Phase.PRIMARY)
    phase[middle & text.str.contains("secondary")] = int(Phase.SECONDARY)
    phase[found["kind"] == SPECIAL] = int(Phase.SPECIAL)
    phase[found["kind"] == ALTERNATIVE] = int(Phase.ALTERNATIVE_PROVISION)
    return phase.astype(np.float64)
