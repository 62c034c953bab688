"""Published results of each school under the URN in force in year 0, its earlier URNs' years included."""

from __future__ import annotations

import numpy as np
import pandas as pd

from model.place import Flag
from scenarios.places.build.canonical import SourceTables, canonical
from scenarios.places.build.flagged import FlaggedSchools
from scenarios.places.build.kinds import INDEPENDENT, NON_MAINTAINED, POST_16, kinds
from scenarios.places.build.year_groups import KS2_YEAR, KS4_YEAR

FIGURES = (
    ("ks2", "ks2_rwm_expected", "all", "rwm", "pupils"),
    ("ks2", "ks2_rwm_expected", "disadvantaged", "rwm_disadvantaged", "disadvantaged"),
    ("ks2", "ks2_rwm_expected", "other", "rwm_other", "other_pupils"),
    ("ks2", "ks2_reading", "all", "reading", "pupils"),
    ("ks2", "ks2_maths", "all", "maths", "pupils"),
    ("ks4", "ks4_attainment8", "all", "attainment8", "pupils"),
    ("ks4", "ks4_attainment8", "disadvantaged", "attainment8_disadvantaged", "disadvantaged"),
    ("ks4", "ks4_attainment8", "other", "attainment8_other", "other_pupils"),
    ("ks4", "ks4_progress8", "all", "progress8", "progress8_pupils"),
)
"""Table, measure, group, column of the figure, column of the pupils behind it."""

SCHOOL_ROWS = (1, 2)
"""RECTYPE of mainstream and of special schools; others are LAs and England."""

NOT_OF_A_PLACE = (INDEPENDENT, NON_MAINTAINED, POST_16)
KEY = ["urn", "year", "measure", "group"]


def school_results(
    table: FlaggedSchools, kin: pd.DataFrame, sources: SourceTables, year: int
) -> tuple[pd.DataFrame, dict[str, int]]:
    """Give the published results of each school up to year 0.

    Parameters
    ----------
    table : FlaggedSchools
        With la_code, estab, first_year_group and last_year_group.
    kin : pandas.DataFrame
        From ``Lineage.kin``.
    sources : SourceTables
        What was read.
    year : int
        Year 0; nothing later is used.

    Returns
    -------
    pandas.DataFrame
        Columns urn (in force), year, measure, group, value (shares 0 to 1; Attainment 8 points; Progress 8
        grades), pupils, flag (``Flag``; imputed where earlier URNs were joined or divided), code (why there
        is no value, as published) and published_urn (of the largest row it is from).
    dict
        Rows read, matched by URN, by a linked URN, by establishment number; left out.
    """
    parts, counts = [], {"read": 0, "own": 0, "linked": 0, "number": 0, "left_out": 0}
    for name in ("ks2", "ks4"):
        rows = canonical(sources, name)
        rows = rows[rows["rectype"].isin(SCHOOL_ROWS) & (rows["year"] <= year) & (rows["urn"] > 0)]
        rows = rows[~kinds(rows["type"]).isin(NOT_OF_A_PLACE) | rows["urn"].isin(table.urns)]
        matched = _matched(rows, table, kin, name)
        parts.append(_long(matched, name))
        here = rows["la_code"].isin(table["la_code"].unique()) | rows["urn"].isin(matched["urn_of_row"])
        counts["read"] += int(here.sum())
        once = matched.drop_duplicates(["urn_of_row", "year"])["how"].value_counts()
        for how in ("own", "linked", "number"):
            counts[how] += int(once.get(how, 0))
    counts["left_out"] = counts["read"] - counts["own"] - counts["linked"] - counts["number"]
    return _joined(pd.concat(parts, ignore_index=True)), counts


def _matched(rows: pd.DataFrame, table: FlaggedSchools, kin: pd.DataFrame, name: str) -> pd.DataFrame:
    """Give each row to the school of its URN, else of a linked URN, else of its establishment number."""
    test_year = KS2_YEAR if name == "ks2" else KS4_YEAR
    teaches = (table["first_year_group"] <= test_year) & (table["last_year_group"] >= test_year)
    links = kin.assign(teaches=kin["urn"].map(teaches))
    # Of several schools that a URN belongs to, those with the year group have its results.
    serves = links.groupby(["other", "direction"])["teaches"].transform("any")
    links = links[links["teaches"] | ~serves].copy()
    links["sharing"] = links.groupby(["other", "direction"])["urn"].transform("nunique")
    found = rows.rename(columns={"urn": "urn_of_row"}).merge(
        links[["urn", "other", "steps", "sharing"]], left_on="urn_of_row", right_on="other", how="left"
    )
    found["how"] = np.where(found["steps"] == 0, "own", np.where(found["steps"] > 0, "linked", "number"))
    by_link = found[found["urn"].notna()]
    rest = found[found["urn"].isna() & (found["estab"] > 0)].drop(columns="urn")
    schools = pd.DataFrame({"urn": table.urns, "la_code": table["la_code"], "estab": table["estab"]})
    schools = schools.dropna(subset=["estab"]).drop_duplicates(["la_code", "estab"], keep=False)
    by_number = rest.merge(schools.reset_index(drop=True), on=["la_code", "estab"])
    by_number = by_number.assign(sharing=1)
    joined = pd.concat([by_link, by_number], ignore_index=True)
    joined["urn"] = joined["urn"].astype(np.int64)
    return joined


def _long(matched: pd.DataFrame, name: str) -> pd.DataFrame:
    """One row a school, year, measure and group, where there is a value, a code or a count of pupils."""
    parts = []
    for source, measure, group, column, pupils in FIGURES:
        if source != name:
            continue
        count = matched[pupils]
        if measure == "ks4_progress8":
            count = count.fillna(matched["pupils"])
        part = pd.DataFrame(
            {
                "urn": matched["urn"],
                "year": matched["year"].astype(np.int64),
                "measure": measure,
                "group": group,
                "value": matched[column],
                "pupils": count / matched["sharing"],
                "flag": (matched["sharing"] > 1).astype(int),
                "code": _code(matched, column),
                "published_urn": matched["urn_of_row"],
                "steps": matched["steps"].fillna(9),
            }
        )
        parts.append(part[part["value"].notna() | (part["code"] != "") | (part["pupils"] > 0)])
    return pd.concat(parts, ignore_index=True)


def _code(matched: pd.DataFrame, column: str) -> pd.Series:
    if f"{column}_code" not in matched:
        return pd.Series("", index=matched.index, dtype="str")
    return matched[f"{column}_code"].astype("object").fillna("").astype("str")


def _joined(rows: pd.DataFrame) -> pd.DataFrame:
    """Join rows of several URNs that are one school: the same figure once, different ones by pupils."""
    rows = rows.sort_values([*KEY, "steps", "published_urn"], kind="stable")
    valued = rows.groupby(KEY)["value"].transform("count") > 0
    rows = rows[rows["value"].notna() | ~valued]
    rows = rows.drop_duplicates([*KEY, "value", "pupils"])
    several = rows.duplicated(KEY, keep=False) & rows["value"].notna() & (rows["pupils"] > 0)
    single = rows[~several].drop_duplicates(KEY)
    merged = rows[several].copy()
    if merged.empty:
        return single.drop(columns="steps").reset_index(drop=True)
    merged["total"] = merged["value"] * merged["pupils"]
    merged = merged.sort_values([*KEY, "pupils"], ascending=[True] * 4 + [False], kind="stable")
    sums = merged.groupby(KEY, as_index=False).agg(
        total=("total", "sum"),
        pupils=("pupils", "sum"),
        code=("code", "first"),
        published_urn=("published_urn", "first"),
        count=("value", "size"),
    )
    sums["value"] = sums["total"] / sums["pupils"]
    sums["flag"] = np.where(sums["count"] > 1, int(Flag.IMPUTED), int(Flag.PUBLISHED))
    columns = [*KEY, "value", "pupils", "flag", "code", "published_urn"]
    both = pd.concat([single[columns], sums[columns]], ignore_index=True).drop_duplicates(KEY)
    return both.sort_values(KEY, kind="stable", ignore_index=True)
