"""What looks odd in the schools of a place: outliers, and contradictions between files."""

from __future__ import annotations

import numpy as np
import pandas as pd

from model.place import Flag, Phase
from scenarios.places.build.canonical import SourceTables, canonical
from scenarios.places.build.year_groups import KS2_YEAR, KS4_YEAR
from scenarios.places.build.yearly import nearest_year, register_year
from scenarios.places.files.notes import Note

MOST_GROWTH_A_YEAR = 0.15
"""Change of a roll in a year, up or down, beyond which two files contradict each other."""

SLACK = 0.25
"""Change of a roll that is allowed in any case."""

FAR_RESULT = {"ks2_rwm_expected": 0.03, "ks4_attainment8": 1.5}
"""Distance of the schools, weighted by pupils, from the LA's published figure that needs explaining."""

LA_COLUMN = {"ks2_rwm_expected": ("ks2_rwm_all", 100.0), "ks4_attainment8": ("a8_all", 1.0)}
TESTED_IN = {"ks2_rwm_expected": Phase.PRIMARY, "ks4_attainment8": Phase.SECONDARY}
LAST = {"ks2_rwm_expected": KS2_YEAR, "ks4_attainment8": KS4_YEAR}
"""Phase and year group that take the tests."""

SAME_FIGURE = 1.0
"""Points within which schools added up agree with a published figure."""

GROUPS = ("all", "disadvantaged", "other")
ROUNDING = {"ks2_rwm_expected": 0.015, "ks4_attainment8": 0.15}
"""Distance of the result of all from those of the groups that rounding explains."""

MOST_UNCLASSED, MOST_UNCLASSED_SHARE = 2.0, 0.05
"""Pupils of neither group that are allowed, and as a share."""

FARTHEST_KM = 60.0
MOST_DEVIATIONS = 5.0
"""Robust standard deviations from the median of its LA and phase that make an outlier."""

MOST_NAMED = 5


def oddities(
    schools: pd.DataFrame,
    flags: pd.DataFrame,
    results: pd.DataFrame,
    figures: pd.DataFrame,
    sources: SourceTables,
    year: int,
) -> list[Note]:
    """List what looks odd.

    Parameters
    ----------
    schools, flags, results : pandas.DataFrame
        Of the ``SchoolTable``.
    figures : pandas.DataFrame
        LA indicators by (la_code, year).
    sources : SourceTables
        What was read.
    year : int
        Year 0.

    Returns
    -------
    list of Note
        Of kind ``odd``.
    """
    return [
        *_rolls(schools, sources, year),
        *_cohorts(schools, flags, results, year),
        *_far_away(schools, flags),
        *_groups(results, schools),
        *_outliers(results, schools, year),
        *_against_la(results, schools, figures, year),
        *_shares(schools, flags),
        *_no_secondary(schools),
    ]


def _note(where: str, text: str, urns: pd.Index, schools: pd.DataFrame) -> list[Note]:
    if not len(urns):
        return []
    names = schools["name"].reindex(urns[:MOST_NAMED]).fillna("name not known")
    named = ", ".join(f"{name} ({urn})" for urn, name in names.items())
    named += " ..." if len(urns) > MOST_NAMED else ""
    return [Note("odd", where, f"{text}: {named}", len(urns))]


def _rolls(schools: pd.DataFrame, sources: SourceTables, year: int) -> list[Note]:
    """Compare rolls of register and census, allowing for the years between them."""
    register = canonical(sources, "register")
    pupils = register[register["pupils"] > 0].drop_duplicates("urn").set_index("urn")["pupils"]
    snapshot = register_year(register, year)
    census = nearest_year(canonical(sources, "census"), "roll", snapshot)
    both = pd.DataFrame({"register": pupils, "census": census["value"], "years": census["away"]}).dropna()
    both = both[both.index.isin(schools.index) & (both["census"] > 0)]
    allowed = np.log1p(SLACK + MOST_GROWTH_A_YEAR * both["years"])
    apart = np.abs(np.log(both["register"] / both["census"]))
    return _note("roll", "rolls of register and census are far apart", both.index[apart > allowed], schools)


def _cohorts(schools: pd.DataFrame, flags: pd.DataFrame, results: pd.DataFrame, year: int) -> list[Note]:
    """Find test cohorts larger than the school."""
    rows = results[(results["group"] == "all") & (results["year"] == year)]
    cohort = rows.groupby("urn")["pupils"].max()
    roll = schools["roll"].where(flags["roll"] == Flag.PUBLISHED).reindex(cohort.index)
    return _note("cohort", "more pupils in a test cohort than on roll", cohort.index[cohort > roll], schools)


def _far_away(schools: pd.DataFrame, flags: pd.DataFrame) -> list[Note]:
    """Find schools far from the others of their LA."""
    known = schools[flags["easting"] != Flag.SYNTHETIC]
    groups = known.groupby("la_code")
    east = known["easting"] - groups["easting"].transform("median")
    north = known["northing"] - groups["northing"].transform("median")
    apart = pd.Series(np.hypot(east.to_numpy(), north.to_numpy()) / 1000.0, index=known.index)
    usual = apart.groupby(known["la_code"]).transform(lambda values: values.quantile(0.9))
    far = apart > np.maximum(3.0 * usual, FARTHEST_KM)
    return _note("position", "far from the other schools of the LA", known.index[far], schools)


def _groups(results: pd.DataFrame, schools: pd.DataFrame) -> list[Note]:
    """Find results of nobody, and groups that cannot make up the whole school."""
    known = results[results["flag"] == Flag.PUBLISHED]
    nobody = known[(known["pupils"] == 0) & known["value"].notna()]
    notes = _note("cohort", "a result of no pupils", pd.Index(nobody["urn"].unique()), schools)
    for measure, slack in ROUNDING.items():
        rows = known[known["measure"] == measure].drop_duplicates(["urn", "year", "group"])
        wide = rows.pivot(index=["urn", "year"], columns="group", values=["value", "pupils"])
        wide = wide.reindex(columns=pd.MultiIndex.from_product([("value", "pupils"), GROUPS])).dropna()
        value, pupils = wide["value"], wide["pupils"]
        lower = np.minimum(value["disadvantaged"], value["other"])
        upper = np.maximum(value["disadvantaged"], value["other"])
        outside = (value["all"] < lower - slack) | (value["all"] > upper + slack)
        apart = (pupils["disadvantaged"] + pupils["other"] - pupils["all"]).abs()
        uneven = apart > np.maximum(MOST_UNCLASSED, MOST_UNCLASSED_SHARE * pupils["all"])
        for odd, text in (
            (outside, "result of all not between those of disadvantaged and other pupils"),
            (uneven, "disadvantaged and other pupils do not add up to all"),
        ):
            notes += _note(
                "results", f"{measure}: {text}", wide.index[odd].get_level_values("urn").unique(), schools
            )
    return notes


def _outliers(results: pd.DataFrame, schools: pd.DataFrame, year: int) -> list[Note]:
    """Find results far from those of the LA's schools of the phase."""
    notes = []
    for measure in FAR_RESULT:
        rows = results[
            (results["measure"] == measure) & (results["group"] == "all") & (results["year"] == year)
        ].dropna(subset=["value"])
        keys = [rows["urn"].map(schools["la_code"]), rows["urn"].map(schools["phase"])]
        median = rows["value"].groupby(keys).transform("median")
        spread = (rows["value"] - median).abs().groupby(keys).transform("median") * 1.4826
        far = ((rows["value"] - median).abs() > MOST_DEVIATIONS * spread) & (spread > 0)
        text = f"{measure} of {year} far from the LA's other schools of the phase"
        notes += _note("results", text, pd.Index(rows.loc[far, "urn"]), schools)
    return notes


def _against_la(results: pd.DataFrame, schools: pd.DataFrame, figures: pd.DataFrame, year: int) -> list[Note]:
    """Compare the schools of an LA, weighted by pupils, with its published figure."""
    notes = []
    for measure, (column, unit) in LA_COLUMN.items():
        rows = results[
            (results["measure"] == measure) & (results["group"] == "all") & (results["year"] == year)
        ].dropna(subset=["value", "pupils"])
        la = rows["urn"].map(schools["la_code"])
        mean = (rows["value"] * rows["pupils"]).groupby(la).sum() / rows["pupils"].groupby(la).sum()
        of_year = figures.xs(year, level="year")
        for code, value in zip(mean.index.astype(int), mean.astype(float), strict=True):
            published = float(of_year[column].to_dict()[code]) / unit
            imputed = column in str(of_year["imputed"].to_dict()[code]).split(";")
            if not imputed and abs(value - published) > FAR_RESULT[measure]:
                here = schools[(schools["la_code"] == code) & (schools["phase"] == TESTED_IN[measure])]
                without = len(
                    here.index[here["last_year_group"] >= LAST[measure]].difference(pd.Index(rows["urn"]))
                )
                why = f": {without} of its mainstream schools have no published result" if without else ""
                text = (
                    f"{measure}: schools weighted by pupils have {value:.3g}, the LA's published figure"
                    f" of {year} is {published:.3g}{why}{_nearer(figures, code, column, value * unit)}"
                )
                notes.append(Note("odd", f"LA {code}", text, int((la == code).sum())))
    return notes


def _nearer(figures: pd.DataFrame, code: int, column: str, value: float) -> str:
    """Name the year whose published figure is the nearest, where that is near."""
    known = figures.loc[[code], column].droplevel("la_code").dropna()
    apart = dict(zip(known.index.astype(int), (known - value).abs().astype(float), strict=True))
    nearest = min(apart, key=lambda year: apart[year])
    if apart[nearest] > SAME_FIGURE:
        return ""
    return f": it is nearer that of {nearest}; is a file of another year among the data?"


def _shares(schools: pd.DataFrame, flags: pd.DataFrame) -> list[Note]:
    """Find schools with fewer pupils ever eligible for free school meals than are eligible now."""
    both = (flags["fsm_share"] == Flag.PUBLISHED) & (flags["fsm6_share"] == Flag.PUBLISHED)
    less = both & (schools["fsm6_share"] < schools["fsm_share"] - 0.05)
    counted = flags["disadvantaged_share"] == Flag.PUBLISHED
    apart = (schools["disadvantaged_share"] - schools["fsm6_share"]).abs() > 0.35
    return [
        *_note("free school meals", "fewer eligible in six years than now", schools.index[less], schools),
        *_note(
            "disadvantaged",
            "counted share far from free school meals",
            schools.index[counted & apart],
            schools,
        ),
    ]


def _no_secondary(schools: pd.DataFrame) -> list[Note]:
    """Find LAs without a mainstream school that goes on to Year 11."""
    mainstream = ~schools["phase"].isin([Phase.SPECIAL, Phase.ALTERNATIVE_PROVISION])
    last = schools["last_year_group"].where(mainstream).groupby(schools["la_code"]).max()
    text = "no mainstream school to Year 11 is in the files: no results at 16, no moves to secondary school"
    return [Note("odd", f"LA {code}", text) for code in last.index[~(last >= KS4_YEAR)]]
