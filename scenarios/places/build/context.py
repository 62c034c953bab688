"""What is known of a school's pupils, staff, money, inspections and admissions."""

from __future__ import annotations

import numpy as np
import pandas as pd

from model.place import Flag
from scenarios.places.build.canonical import SourceTables, canonical
from scenarios.places.build.flagged import NEAR_YEARS, FlaggedSchools, first_known
from scenarios.places.build.lifetimes import end_of_year
from scenarios.places.build.yearly import nearest_year, register_year, years_said

SHARES = {
    "fsm6_share": "census",
    "fsm_share": "census",
    "sen_support_share": "census",
    "ehcp_share": "census",
    "eal_share": "census",
    "absence": "absence",
    "persistent_absence": "absence",
}
"""Shares from 0 to 1 and the tables they are in; one that is missing is taken from schools like it."""

STAFF = ("pupil_teacher_ratio", "teachers_fte")
MONEY = ("income", "expenditure", "balance")
FEWEST_LIKE_IT = 3
"""Schools of the phase in the LA below which the median of all schools of the phase is used."""


def add_context(table: FlaggedSchools, kin: pd.DataFrame, sources: SourceTables, year: int) -> None:
    """Add figures of the census, absence, staff, finance, inspections, admissions and deprivation.

    Parameters
    ----------
    table : FlaggedSchools
        Columns of `SHARES`, `STAFF` and `MONEY` are added, and imd_decile, inspection_rating, inspected_on,
        former_rating, former_inspected_on, preference_ratio, offers_to_other_la_share.
    kin : pandas.DataFrame
        From ``Lineage.kin``.
    sources : SourceTables
        What was read.
    year : int
        Year 0.
    """
    for column, name in SHARES.items():
        _put_nearest(table, kin, canonical(sources, name), column, year)
    _fill_low_income(table, kin, sources, year)
    for column in SHARES:
        _fill_from_like(table, column)
    staff = canonical(sources, "workforce")
    staff = staff.assign(**{column: staff[column].where(staff[column] > 0) for column in STAFF})
    for column in STAFF:
        _put_nearest(table, kin, staff, column, year)
    _fill_from_like(table, "pupil_teacher_ratio")
    of_roll = table["roll"] / table["pupil_teacher_ratio"].where(table["pupil_teacher_ratio"] > 0)
    table.fill("teachers_fte", of_roll, "roll over pupils a teacher")
    finance = canonical(sources, "finance")
    for column in MONEY:
        _put_nearest(table, kin, finance, column, year, latest=year)
    _add_inspections(table, kin, sources, year)
    _add_admissions(table, kin, canonical(sources, "admissions"), year)
    _add_deprivation(table, canonical(sources, "deprivation"))


def _put_nearest(
    table: FlaggedSchools,
    kin: pd.DataFrame,
    rows: pd.DataFrame,
    column: str,
    year: int,
    latest: int | None = None,
) -> None:
    """Put a figure of the year nearest to year 0; of another URN or more than a year away it is carried."""
    nearest = nearest_year(rows, column, year, latest)
    found = first_known(kin, nearest["value"])
    away = first_known(kin, nearest["away"].astype(np.float64))["value"].astype(np.float64)
    flags = ((found["steps"] > 0) | (away > NEAR_YEARS)).astype(int)
    said = years_said(away, year)
    how = "of a linked URN or another year" + (f", {said}" if said else "")
    table.put(column, found["value"].astype(np.float64), flags, how)


def _fill_low_income(table: FlaggedSchools, kin: pd.DataFrame, sources: SourceTables, year: int) -> None:
    """Fill free school meals from the register, and those of six years from those eligible now."""
    register = canonical(sources, "register").drop_duplicates("urn").set_index("urn")
    now = first_known(kin, register["fsm_percent"].dropna() / 100.0)["value"].astype(np.float64)
    of = register_year(canonical(sources, "register"), year)
    table.fill("fsm_share", now, f"register's own of about {of}")
    both = (table.flag("fsm_share") == Flag.PUBLISHED) & (table.flag("fsm6_share") == Flag.PUBLISHED)
    phase = table["phase"]
    ratio = _ratio(table["fsm6_share"].where(both), table["fsm_share"].where(both), table["roll"], phase)
    six = (table["fsm_share"] * phase.map(ratio)).clip(upper=1.0)
    table.fill("fsm6_share", six, "share eligible now times the usual ratio of the phase")
    table.fill("fsm_share", table["fsm6_share"] / phase.map(ratio), "share in six years over the usual ratio")


def _ratio(top: pd.Series, bottom: pd.Series, weight: pd.Series, phase: pd.Series) -> pd.Series:
    sums = pd.DataFrame({"top": top * weight, "bottom": bottom * weight}).groupby(phase).sum()
    return (sums["top"] / sums["bottom"].where(sums["bottom"] > 0)).clip(lower=1.0)


def _fill_from_like(table: FlaggedSchools, column: str) -> None:
    """Fill with the median of the LA's schools of the phase, or of all of the phase where those are few."""
    groups = table[column].groupby([table["la_code"], table["phase"]])
    median = groups.transform("median").where(groups.transform("count") >= FEWEST_LIKE_IT)
    table.fill(column, median, "median of the LA's schools of the phase")
    table.fill(column, table[column].groupby(table["phase"]).transform("median"), "median of the phase")


def _add_inspections(table: FlaggedSchools, kin: pd.DataFrame, sources: SourceTables, year: int) -> None:
    """Add the last two inspections up to the end of year 0, under the school's own or an earlier URN."""
    register = canonical(sources, "register")
    listed = pd.DataFrame(
        {
            "urn": register["urn"],
            "date": register["inspected_on"],
            "rating": register["inspection_rating"],
        }
    )
    history = pd.concat([canonical(sources, "inspections")[["urn", "date", "rating"]], listed])
    history = history[(history["date"] <= end_of_year(year)) & (history["rating"] != "")]
    history = history[history["rating"].str.lower() != "not reported"]
    rows = kin[kin["direction"] <= 0].merge(history, left_on="other", right_on="urn", suffixes=("", "_of"))
    rows = rows.sort_values(["urn", "steps", "date"], ascending=[True, False, True], kind="stable")
    rows = rows.drop_duplicates(["urn", "date"], keep="last")
    last = rows.drop_duplicates("urn", keep="last")
    former = rows.drop(index=last.index).drop_duplicates("urn", keep="last")
    former = former[
        former["date"].to_numpy() < last.set_index("urn")["date"].reindex(former["urn"]).to_numpy()
    ]
    for found, rating, date in (
        (last, "inspection_rating", "inspected_on"), (former, "former_rating", "former_inspected_on"),
    ):  # fmt: skip
        of_school = found.set_index("urn")
        earlier = of_school["steps"].clip(upper=1)
        table.put(rating, of_school["rating"], earlier, "inspected under an earlier URN")
        table.put(date, of_school["date"], earlier, "inspected under an earlier URN")


def _add_admissions(table: FlaggedSchools, kin: pd.DataFrame, offers: pd.DataFrame, year: int) -> None:
    """Add first preferences for each place offered, and the share of offers to applicants of other LAs."""
    sums = offers.groupby(["urn", "year_of_entry"], as_index=False)[
        ["places_offered", "first_preferences", "offers_to_other_la"]
    ].sum(min_count=1)
    offers = sums.rename(columns={"year_of_entry": "year"})
    offered = offers["places_offered"].where(offers["places_offered"] > 0)
    offers = offers.assign(
        preference_ratio=offers["first_preferences"] / offered,
        offers_to_other_la_share=(offers["offers_to_other_la"] / offered).clip(0.0, 1.0),
    )
    for column in ("preference_ratio", "offers_to_other_la_share"):
        _put_nearest(table, kin, offers, column, year)


def _add_deprivation(table: FlaggedSchools, deprivation: pd.DataFrame) -> None:
    """Add the deprivation decile of the school's own neighbourhood, 1 the most deprived tenth."""
    decile = deprivation.drop_duplicates("lsoa").set_index("lsoa")["imd_decile"]
    flags = (table.flag("lsoa") != Flag.PUBLISHED).astype(int)
    table.put("imd_decile", table["lsoa"].map(decile), flags, "of a neighbourhood taken from schools near")
    median = table["imd_decile"].groupby(table["la_code"]).transform("median").round()
    table.fill("imd_decile", median, "neighbourhood not in the table: median of the LA's schools")
