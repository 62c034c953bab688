"""Each school's share of disadvantaged pupils: as counted in the tests, else from free school meals.

DfE calls a pupil disadvantaged who has been eligible for free school meals in six years, is or was looked
after, or adopted from care. Schools of an LA add up to the LA's own share.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from model.place import Floats, Phase
from scenarios.places.build.attributes import year_groups
from scenarios.places.build.canonical import SourceTables, canonical
from scenarios.places.build.flagged import FlaggedSchools, counted
from scenarios.places.build.year_groups import KS2_YEAR, KS4_YEAR
from scenarios.places.build.yearly import nearest_year, years_said

MOST_SUPPRESSED = 5.0
"""Pupils of a group at and below which DfE suppresses it."""

STAGES = {"ks2": (Phase.PRIMARY, KS2_YEAR), "ks4": (Phase.SECONDARY, KS4_YEAR)}
FARTHEST = 3
"""Years before year 0 from which a counted share is used."""

SMALLEST, LARGEST = 0.001, 0.99
HALVINGS = 60
WIDEST_SHIFT = 6.0
"""Bounds of the shift in log odds that is looked for."""


def add_disadvantaged_share(
    table: FlaggedSchools,
    kin: pd.DataFrame,
    sources: SourceTables,
    year: int,
    rates: dict[str, pd.Series],
) -> None:
    """Add the share of pupils classed disadvantaged.

    Parameters
    ----------
    table : FlaggedSchools
        With fsm6_share, roll_r11, phase; column disadvantaged_share is added.
    kin : pandas.DataFrame
        From ``Lineage.kin``.
    sources : SourceTables
        What was read.
    year : int
        Year 0; no later count is used.
    rates : dict of str to pandas.Series
        By stage (``ks2``, ``ks4``): the LA's share of disadvantaged pupils, 0 to 1, by LA code.
    """
    published = pd.Series(np.nan, index=table.urns)
    away = pd.Series(0.0, index=table.urns)
    most = pd.Series(1.0, index=table.urns)
    for name in ("ks4", "ks2"):
        share, years, limit = _counted_share(kin, canonical(sources, name), year)
        published = published.fillna(share.reindex(table.urns))
        away = away.where(published.notna() & share.reindex(table.urns).isna(), years.reindex(table.urns))
        most = most.where(~(limit.reindex(table.urns) < most), limit.reindex(table.urns))
    flags = (away.fillna(0.0) > 0).astype(int)
    table.put("disadvantaged_share", published, flags, f"counted {years_said(away.dropna(), year)}")
    shifted = _from_fsm6(table, published, rates)
    how = (
        "share with free school meals in six years, shifted so that the LA's schools add up to its own share"
    )
    table.fill("disadvantaged_share", shifted.where(shifted < most, most).where(shifted.notna()), how)


def _counted_share(
    kin: pd.DataFrame, rows: pd.DataFrame, year: int
) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Share as counted in the tests, years before year 0, and the largest that a suppressed count allows."""
    rows = rows[(rows["pupils"] > 0) & (rows["year"] > year - FARTHEST) & (rows["rectype"] <= 2)]
    known = rows[rows["disadvantaged"].notna()]
    latest = nearest_year(known, "disadvantaged", year, latest=year)
    pupils = known.merge(latest.reset_index()[["urn", "away"]], on="urn")
    pupils = pupils[pupils["year"] == year - pupils["away"]].drop_duplicates("urn").set_index("urn")
    top, bottom = counted(kin, pupils["disadvantaged"]), counted(kin, pupils["pupils"])
    share = (top["value"] / bottom["value"]).clip(0.0, 1.0)
    own = pd.Series(share.index, index=share.index).map(latest["away"])
    away = own.where(top["steps"] == 0).fillna(float(FARTHEST))  # that of another URN counts as carried
    limit = pd.Series(dtype=np.float64)
    if "disadvantaged_code" in rows:
        hidden = rows[rows["disadvantaged_code"].astype("object").eq("SUPP") & (rows["year"] <= year)]
        limit = (MOST_SUPPRESSED / hidden.groupby("urn")["pupils"].max()).clip(upper=1.0)
    return share, away, limit


def _from_fsm6(table: FlaggedSchools, published: pd.Series, rates: dict[str, pd.Series]) -> pd.Series:
    """Shift the share with free school meals in six years, in log odds, by LA and stage."""
    start = table["fsm6_share"].clip(SMALLEST, LARGEST)
    weight = table["roll_r11"] / year_groups(table)
    phase = table["phase"]
    shifted = {}
    for stage, (_phase, test_year) in STAGES.items():
        here = (table["first_year_group"] <= test_year) & (table["last_year_group"] >= test_year)
        shift = _shifts(start, published, weight.where(here, 0.0), table["la_code"], rates[stage])
        shifted[stage] = pd.Series(expit(logit(start) + shift), index=table.urns)
    both = (shifted["ks2"] + shifted["ks4"]) / 2.0
    result = both.where(phase != Phase.PRIMARY, shifted["ks2"])
    later = phase.isin((int(Phase.SECONDARY), int(Phase.ALTERNATIVE_PROVISION)))
    return result.where(~later, shifted["ks4"]).where(start.notna())


def _shifts(
    start: pd.Series, published: pd.Series, weight: pd.Series, la: pd.Series, rates: pd.Series
) -> Floats:
    """Find by halving the shift of log odds with which each LA's schools have its share on average."""
    codes, where = np.unique(la.to_numpy(), return_inverse=True)
    target = rates.reindex(codes).to_numpy(dtype=np.float64)
    odds = np.nan_to_num(logit(start.to_numpy(dtype=np.float64)))
    known = published.to_numpy(dtype=np.float64)
    mass = np.nan_to_num(weight.to_numpy(dtype=np.float64))
    total = np.maximum(np.bincount(where, mass), 1e-9)
    low, high = np.full(len(codes), -WIDEST_SHIFT), np.full(len(codes), WIDEST_SHIFT)
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        share = np.where(np.isnan(known), expit(odds + middle[where]), known)
        above = np.bincount(where, mass * share) / total > target
        high, low = np.where(above, middle, high), np.where(above, low, middle)
    open_ = np.bincount(where, mass * np.isnan(known)) > 0
    usable = open_ & ~np.isnan(target) & (np.abs((low + high) / 2.0) < WIDEST_SHIFT - 1e-6)
    shift: Floats = np.where(usable, (low + high) / 2.0, 0.0)[where]
    return shift
