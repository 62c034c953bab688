"""What a school is: name, roll, places, capacity, selection, position."""

from __future__ import annotations

import numpy as np
import pandas as pd

from model.place import FIRST_SECONDARY_YEAR_GROUP, Flag, Phase
from scenarios.places.build.canonical import SourceTables, canonical
from scenarios.places.build.flagged import FlaggedSchools, counted, first_known
from scenarios.places.build.yearly import nearest_year, register_year, years_said
from scenarios.places.totals import ALL_THROUGH_YEAR_7_RATIO, YEARS_PRIMARY, YEARS_SECONDARY

NURSERY_WEIGHT, SIXTH_FORM_WEIGHT = 0.76, 0.89
"""Year groups that a nursery class and a sixth form add to a roll (``published/SOURCES.md``)."""

PLAIN_NAMES = {
    float(Phase.SPECIAL): "Special school",
    float(Phase.ALTERNATIVE_PROVISION): "Alternative provision",
}
"""What a school without a name is called, with its URN."""

NURSERY_AGE, SIXTH_FORM_AGE = 3, 18
ENTRY_YEARS = 3
"""Entries that places are averaged over."""

MOST_AT_YEAR_7 = 10.0
"""Most pupils who join an all-through school at Year 7, for each in its Reception."""

LEAST_BELIEVED, MOST_BELIEVED = 0.5, 2.0
"""Places offered over pupils a year group, outside which the offers are not those of this school's entry."""


def add_names(table: FlaggedSchools, kin: pd.DataFrame, sources: SourceTables, order: list[str]) -> None:
    """Add name, gender, selection and capacity from the register and the school information.

    Parameters
    ----------
    table : FlaggedSchools
        Columns are added: name, gender, selective, capacity, sixth_form_text.
    kin : pandas.DataFrame
        From ``Lineage.kin``.
    sources : SourceTables
        What was read.
    order : list of str
        ``register`` and ``information``, the one nearest to year 0 first.
    """
    named = [canonical(sources, name)[["urn", "name"]] for name in (*order, "ks4", "ks2")]
    links = canonical(sources, "links")
    if "link_name" in links:
        after = links[["link_urn", "link_name"]].set_axis(["urn", "name"], axis=1).dropna()
        named.append(after.astype({"urn": np.int64, "name": "str"}))
    names = pd.concat(named)
    name = first_known(kin, _unique(names, "name"))
    table.put("name", name["value"], name["steps"].clip(upper=1), "name of a linked URN")
    what = (
        table["phase"].map(PLAIN_NAMES).fillna("School")
        + " "
        + pd.Series(table.urns.astype("str"), table.urns)
    )
    table.fill("name", what, "no name given")
    for column in ("gender", "admissions"):
        text = pd.concat([canonical(sources, source)[["urn", column]] for source in order])
        text = text[~text[column].str.lower().isin(("not recorded", "not reported"))]
        found = first_known(kin, _unique(text, column))
        if column == "gender":
            table.put("gender", found["value"], found["steps"].clip(upper=1), "from a linked URN")
        else:
            selects = found["value"].astype("str").str.lower().eq("selective").astype(np.float64)
            table.put("selective", selects, found["steps"].clip(upper=1), "from a linked URN")
    primary = pd.Series(0.0, index=table.urns).where(table["phase"] == Phase.PRIMARY)
    table.fill("selective", primary, "a primary school", Flag.PUBLISHED)
    does = (table["phase"] == Phase.PRIMARY) & (table["selective"] == 1.0)
    table.change("selective", does, primary, "a primary school does not select")
    table.fill("selective", pd.Series(0.0, index=table.urns), "admissions policy not given: not selective")


def add_roll(table: FlaggedSchools, kin: pd.DataFrame, sources: SourceTables, year: int) -> None:
    """Add the roll of all ages, that of Reception to Year 11, and capacity.

    Parameters
    ----------
    table : FlaggedSchools
        Columns are added: roll, roll_r11, capacity.
    kin : pandas.DataFrame
        From ``Lineage.kin``.
    sources : SourceTables
        What was read.
    year : int
        Year 0.
    """
    register = canonical(sources, "register").drop_duplicates("urn").set_index("urn")
    census = nearest_year(canonical(sources, "census"), "roll", year)
    census = census[census["value"] > 0]
    snapshot = pd.DataFrame(
        {
            "value": register["pupils"].where(register["pupils"] > 0),
            "away": abs(register_year(canonical(sources, "register"), year) - year),
        }
    ).dropna()
    both = pd.concat([census.reset_index(), snapshot.reset_index()]).sort_values("away", kind="stable")
    both = both.drop_duplicates("urn").set_index("urn")
    found = counted(kin, both["value"])
    away = both["away"].reindex(found.index).fillna(0)
    flags = ((found["steps"] > 0) | (away > 1)).astype(int)
    table.put("roll", found["value"], flags, _carried(away, year))
    capacity = counted(kin, register["capacity"].where(register["capacity"] > 0))
    table.put("capacity", capacity["value"], capacity["steps"].clip(upper=1), "from a linked URN")
    phase = table["phase"]
    filled = (table["roll"] / table["capacity"]).groupby(phase).transform("median")
    table.fill("roll", (table["capacity"] * filled).round(), "capacity times the usual share filled")
    table.fill(
        "roll", _from_cohorts(table, kin, sources, year), "cohort of a test or of entry times year groups"
    )
    usual = table["roll"].groupby([table["la_code"], phase]).transform("median")
    table.fill("roll", usual, "median of the LA's schools of the phase")
    table.fill("roll", table["roll"].groupby(phase).transform("median"), "median of the phase")
    table.fill("capacity", (table["roll"] / filled).round(), "roll over the usual share filled")
    years = year_groups(table)
    extra = NURSERY_WEIGHT * (table["low_age"] <= NURSERY_AGE) * (table["first_year_group"] == 0)
    extra = extra + SIXTH_FORM_WEIGHT * (table["high_age"] >= SIXTH_FORM_AGE)
    flag = table.flag("roll").astype(int).where(extra == 0, int(Flag.IMPUTED))
    how = "roll less a nursery class and a sixth form, as a year group of a usual size"
    table.put("roll_r11", table["roll"] * years / (years + extra), flag, how)


def _from_cohorts(table: FlaggedSchools, kin: pd.DataFrame, sources: SourceTables, year: int) -> pd.Series:
    """Work out a roll from the pupils of the nearest test or entry."""
    cohort = pd.Series(np.nan, index=table.urns)
    for name in ("ks4", "ks2"):
        pupils = nearest_year(canonical(sources, name), "pupils", year, latest=year)["value"]
        found = counted(kin, pupils[pupils > 0])
        cohort = cohort.fillna(found["value"].reindex(table.urns))
    offers = canonical(sources, "admissions")
    offers = offers[(offers["places_offered"] > 0) & (offers["year_of_entry"] <= year)]
    found = counted(kin, offers.sort_values("year_of_entry").groupby("urn")["places_offered"].last())
    return (cohort.fillna(found["value"].reindex(table.urns)) * year_groups(table)).round()


def year_groups(table: FlaggedSchools) -> pd.Series:
    """Count the year groups of each school, Reception to Year 11.

    Parameters
    ----------
    table : FlaggedSchools
        With first_year_group and last_year_group.

    Returns
    -------
    pandas.Series of float64
        At least 1.
    """
    return (table["last_year_group"] - table["first_year_group"] + 1.0).clip(lower=1.0)


def add_places(table: FlaggedSchools, kin: pd.DataFrame, sources: SourceTables, year: int) -> int:
    """Add places at the year of entry, and further places at Year 7 of all-through schools.

    Parameters
    ----------
    table : FlaggedSchools
        Columns are added: entry_places, places_year_7.
    kin : pandas.DataFrame
        From ``Lineage.kin``.
    sources : SourceTables
        What was read.
    year : int
        Year 0.

    Returns
    -------
    int
        Schools whose offers were not believed.
    """
    mainstream = table["phase"].isin((int(Phase.PRIMARY), int(Phase.SECONDARY)))
    a_year = table["roll_r11"] / year_groups(table)
    offers = canonical(sources, "admissions")
    offers = offers[(offers["places_offered"] > 0) & (offers["year_of_entry"] <= year)]
    offers = offers[offers["year_of_entry"] > year - ENTRY_YEARS]
    found = counted(kin, offers.groupby("urn")["places_offered"].mean())
    ratio = found["value"].reindex(table.urns) / a_year
    believed = ratio.between(LEAST_BELIEVED, MOST_BELIEVED) & mainstream
    places = found["value"].reindex(table.urns).where(believed)
    table.put("entry_places", places, found["steps"].clip(upper=1), "offers of a linked URN")
    table.fill("entry_places", a_year.where(table["phase"] != Phase.ALL_THROUGH), "roll over year groups")
    primary, at_year_7 = _all_through_places(table, sources, year)
    table.fill(
        "entry_places", primary, "all-through: roll shared as its offers, else its KS2 and KS4 cohorts, are"
    )
    none = pd.Series(0.0, index=table.urns)
    table.put("places_year_7", none.where(table["phase"] != Phase.ALL_THROUGH))
    table.fill(
        "places_year_7",
        at_year_7,
        "all-through: roll shared as its offers, else its KS2 and KS4 cohorts, are",
    )
    return int((mainstream & ratio.notna() & ~believed).sum())


def _all_through_places(
    table: FlaggedSchools, sources: SourceTables, year: int
) -> tuple[pd.Series, pd.Series]:
    """Share the roll of all-through schools over both entries by offers, test cohorts, or a usual ratio."""
    offers = canonical(sources, "admissions")
    offered = pd.Series(np.nan, index=table.urns)
    if "intake" in offers:
        offers = offers[(offers["places_offered"] > 0) & offers["year_of_entry"].between(year - 2, year)]
        intakes = offers.pivot_table(index="urn", columns="intake", values="places_offered")
        if {1, 2} <= set(intakes.columns):
            offered = (1.0 + intakes[2] / intakes[1]).reindex(table.urns)
    year_6 = nearest_year(canonical(sources, "ks2"), "pupils", year, latest=year)["value"]
    year_11 = nearest_year(canonical(sources, "ks4"), "pupils", year, latest=year)["value"]
    year_6, year_11 = year_6.reindex(table.urns), year_11.reindex(table.urns)
    ratio = offered.fillna(year_11 / year_6.where(year_6 > 0)).clip(1.0, 1.0 + MOST_AT_YEAR_7)
    ratio = ratio.fillna(1.0 + ALL_THROUGH_YEAR_7_RATIO)
    all_through = table["phase"] == Phase.ALL_THROUGH
    primary_years = FIRST_SECONDARY_YEAR_GROUP - table["first_year_group"].clip(0, YEARS_PRIMARY)
    primary = (table["roll_r11"] / (primary_years + YEARS_SECONDARY * ratio)).where(all_through)
    return primary, primary * (ratio - 1.0)


def _carried(away: pd.Series, year: int) -> str:
    said = years_said(away, year)
    return "carried from a linked URN or another year" + (f", {said}" if said else "")


def _unique(rows: pd.DataFrame, column: str) -> pd.Series:
    known = rows[rows[column] != ""].drop_duplicates("urn")
    return known.set_index("urn")[column]
