"""What the schools of an LA add up to, where no figure is published; its share of disadvantaged pupils."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from model.place import Phase
from scenarios.places import table as embedded
from scenarios.places.build.canonical import SourceTables, canonical
from scenarios.places.build.context import SHARES
from scenarios.places.build.flagged import NOT_KNOWN, FlaggedSchools
from scenarios.places.build.la_figures import LA_ROW
from scenarios.places.build.nation import england_rows
from scenarios.places.disadvantage import disadvantaged_shares

RATES = (
    ("fsm_primary", "fsm_secondary", "fsm_share"),
    ("fsm6_primary", "fsm6_secondary", "fsm6_share"),
    ("sen_support_primary", "sen_support_secondary", "sen_support_share"),
    ("ehcp_primary", "ehcp_secondary", "ehcp_share"),
    ("absence_primary", "absence_secondary", "absence"),
    ("persistent_absence_primary", "persistent_absence_secondary", "persistent_absence"),
)
"""Rates of primary and of secondary schools, and the column of the schools they are means of."""


def from_schools(
    table: FlaggedSchools, results: pd.DataFrame, sources: SourceTables, year: int
) -> pd.DataFrame:
    """Add up the schools of each LA, for LAs of which no figure is published.

    Parameters
    ----------
    table : FlaggedSchools
        Schools with their rates.
    results : pandas.DataFrame
        From ``results.school_results``.
    sources : SourceTables
        What was read.
    year : int
        Year 0.

    Returns
    -------
    pandas.DataFrame
        Indexed by (la_code, year): means weighted by pupils, per cent or points; NaN where schools have none.
    """
    la, roll, phase = table["la_code"], table["roll"], table["phase"]
    columns = {}
    for primary, secondary, share in RATES:
        known = table[share].where(table.flag(share) != NOT_KNOWN)
        of = canonical(sources, SHARES[share])["year"].dropna()
        nearest = int(of.iloc[(of - year).abs().argmin()]) if len(of) else year
        later = phase.isin((int(Phase.SECONDARY), int(Phase.ALL_THROUGH)))
        for column, where in ((primary, phase == Phase.PRIMARY), (secondary, later)):
            mean = 100.0 * _mean(known, roll.where(where), la)
            columns[column] = mean * _change(column, nearest, year)
    rates = pd.DataFrame(columns)
    rates.index = pd.MultiIndex.from_product([rates.index, [year]], names=["la_code", "year"])
    rows = results[results["group"] == "all"].dropna(subset=["value", "pupils"])
    keys = [rows["urn"].map(la).rename("la_code"), rows["year"]]
    parts = [rates]
    for measure, column, unit in (
        ("ks2_rwm_expected", "ks2_rwm_all", 100.0),
        ("ks4_attainment8", "a8_all", 1.0),
    ):
        of = rows["measure"] == measure
        mean = _mean(rows["value"].where(of), rows["pupils"].where(of), keys)
        parts.append((mean * unit).rename(column).to_frame())
    return pd.concat(parts, axis=1)


def _change(column: str, since: int, year: int) -> float:
    """Give England's figure of year 0 over that of the year the schools' figures are of."""
    figures = embedded.england()[column].astype(np.float64)
    nation, last = figures.to_dict(), int(figures.index.max())
    ratio = nation.get(min(year, last), np.nan) / nation.get(min(since, last), np.nan)
    return 1.0 if np.isnan(ratio) else float(ratio)


def fill_from_la(table: FlaggedSchools, figures: pd.DataFrame, year: int) -> None:
    """Give schools the rate of their LA where no school like them has one.

    Parameters
    ----------
    table : FlaggedSchools
        Schools; cells of `RATES` that hold nothing are filled.
    figures : pandas.DataFrame
        From ``la_figures.la_figures``.
    year : int
        Year 0.
    """
    of_year = figures.xs(year, level="year")
    primary, mainstream = table["phase"] == Phase.PRIMARY, table["phase"] < Phase.SPECIAL
    for first, second, share in RATES:
        young, old = table["la_code"].map(of_year[first]), table["la_code"].map(of_year[second])
        rate = young.where(primary, old) / 100.0
        if not share.startswith("fsm"):  # rates of mainstream schools
            rate = rate.where(mainstream)
        table.fill(share, rate, "the LA's own rate")


def _mean(values: pd.Series, weights: pd.Series, by: Any) -> pd.Series:
    weights = weights.where(values.notna())
    sums = pd.DataFrame({"top": values * weights, "bottom": weights}).groupby(by).sum(min_count=1)
    return sums["top"] / sums["bottom"]


def disadvantaged_rates(sources: SourceTables, figures: pd.DataFrame, year: int) -> dict[str, pd.Series]:
    """Give the share of disadvantaged pupils of each LA at KS2 and KS4.

    Parameters
    ----------
    sources : SourceTables
        What was read.
    figures : pandas.DataFrame
        From ``la_figures.la_figures``.
    year : int
        Year 0.

    Returns
    -------
    dict of str to pandas.Series
        By stage (``ks2``, ``ks4``), 0 to 1 by LA code: as counted in the LA's own row of the results of year
        0, else worked out from Ever6 free school meals (``places.disadvantage``).
    """
    codes = figures.index.get_level_values("la_code").unique()
    nation = england_rows(figures, year)
    worked_out = [
        disadvantaged_shares(figures.loc[[code]].droplevel("la_code"), year, nation) for code in codes
    ]
    shares = {}
    for place, name in enumerate(("ks2", "ks4")):
        rows = canonical(sources, name)
        rows = rows[(rows["rectype"] == LA_ROW) & (rows["year"] == year) & (rows["pupils"] > 0)]
        counted = (rows["disadvantaged"] / rows["pupils"]).groupby(rows["la_code"]).first()
        other = pd.Series([pair[place] for pair in worked_out], index=codes, dtype=np.float64)
        shares[name] = counted.reindex(codes).fillna(other)
    return shares
