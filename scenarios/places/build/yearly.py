"""Figures that tables give by year: the one nearest to year 0, and the year it is of."""

from __future__ import annotations

import numpy as np
import pandas as pd

SEPTEMBER = 9
TELLING_DATES = (("changed_on",), ("inspected_on", "trust_joined"), ("open_date", "close_date"))
"""Dates that tell when a table was made, the most telling first: a school may be listed before it opens."""

NEARLY_ALL = 0.999
"""Share of the dates of a table that are believed not to be later than the table; a few are mistyped."""


def nearest_year(rows: pd.DataFrame, column: str, year: int, latest: int | None = None) -> pd.DataFrame:
    """Give each URN's figure of the year nearest to year 0, the earlier of two.

    Parameters
    ----------
    rows : pandas.DataFrame
        Canonical, with ``urn`` and ``year``.
    column : str
        The figure.
    year : int
        Year 0.
    latest : int, optional
        Nothing later is used.

    Returns
    -------
    pandas.DataFrame
        Indexed by urn (unique): value (float64) and away (int, years between the figure and year 0).
    """
    known = rows[rows[column].notna() & (rows["urn"] > 0) & rows["year"].notna()]
    if latest is not None:
        known = known[known["year"] <= latest]
    away = (known["year"] - year).abs()
    order = np.lexsort((known["year"].to_numpy(), away.to_numpy()))
    first = known.assign(away=away).iloc[order].drop_duplicates("urn").set_index("urn")
    return pd.DataFrame({"value": first[column].astype(np.float64), "away": first["away"].astype(np.int64)})


def years_said(away: pd.Series, year: int) -> str:
    """Say how far from year 0 figures are, where any are.

    Parameters
    ----------
    away : pandas.Series of int
        Years between each figure and year 0.
    year : int
        Year 0.

    Returns
    -------
    str
        Such as ``up to 3 years from 2016``; empty where all are of year 0.
    """
    farthest = int(away.max()) if len(away) else 0
    unit = "year" if farthest == 1 else "years"
    return f"up to {farthest} {unit} from {year}" if farthest else ""


def register_year(register: pd.DataFrame, otherwise: int) -> int:
    """Judge the academic year of the register, or of the school information, from its latest date.

    Parameters
    ----------
    register : pandas.DataFrame
        Canonical ``register`` or ``information``.
    otherwise : int
        Where it has no date.

    Returns
    -------
    int
        The year the academic year ends.
    """
    for dates in TELLING_DATES:
        known = register[[name for name in dates if name in register]].apply(pd.to_datetime)
        latest = known.quantile(NEARLY_ALL).max() if known.notna().any(axis=None) else pd.NaT
        if not pd.isna(latest):
            stamp = pd.Timestamp(latest)
            return stamp.year + (1 if stamp.month >= SEPTEMBER else 0)
    return otherwise
