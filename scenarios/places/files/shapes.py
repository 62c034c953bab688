"""The last step for some layouts: from the columns of a file to the columns of its table.

Each function takes and gives a table of our columns; a column ``x_code`` beside x holds its codes.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from scenarios.places.files.measures import MEASURES

ENGLAND: Final = 970
"""LA code of England in the LA indicators, given to England's rows in every table."""

MAINSTREAM, SPECIAL, AUTHORITY, ENGLAND_ALL, ENGLAND_STATE = 1, 2, 3, 4, 5
"""Record types: a mainstream school, a special school, an LA, England, England's state-funded schools."""

_KS2_RECORDS: Final = {"1": MAINSTREAM, "2": SPECIAL, "3": AUTHORITY, "4": ENGLAND_ALL, "5": ENGLAND_STATE}
_KS4_RECORDS: Final = {
    "1": MAINSTREAM,
    "2": SPECIAL,
    "4": AUTHORITY,
    "LA": AUTHORITY,
    "5": ENGLAND_ALL,
    "7": ENGLAND_STATE,
    "NAT": ENGLAND_STATE,
}
_SPECIAL_TYPES: Final = frozenset({"CYS", "FDS", "ACS", "ACCS", "FSS", "NMSS", "INDSS", "SS"})
_RATINGS: Final = {"1": "Outstanding", "2": "Good", "3": "Requires improvement", "4": "Inadequate"}


def register(table: pd.DataFrame) -> pd.DataFrame:
    """Take a position of nought as none, and name kinds of trust in one way.

    Parameters
    ----------
    table : pandas.DataFrame
        Our columns of the file.

    Returns
    -------
    pandas.DataFrame
        With ``easting`` and ``northing`` above nought or NaN; ``trust_type`` Multi-academy trust,
        Single-academy trust or blank.
    """
    for column in {"easting", "northing"} & set(table.columns):
        table[column] = table[column].where(table[column] > 0.0)
    if "trust_type" in table:
        kinds = table["trust_type"].str.lower()
        table["trust_type"] = ""
        for kind in ("Multi-academy trust", "Single-academy trust"):
            table.loc[kinds.str.contains(kind.lower(), regex=False), "trust_type"] = kind
    return table


def ks2(table: pd.DataFrame) -> pd.DataFrame:
    """Settle the record types of KS2 results.

    Parameters
    ----------
    table : pandas.DataFrame
        Our columns of the file.

    Returns
    -------
    pandas.DataFrame
        With ``rectype`` from 1 to 5 and ``la_code`` 970 for England.
    """
    return _records(table, _KS2_RECORDS)


def ks4(table: pd.DataFrame) -> pd.DataFrame:
    """Settle the record types of KS4 results, numbered there otherwise than at KS2.

    Parameters
    ----------
    table : pandas.DataFrame
        Our columns of the file.

    Returns
    -------
    pandas.DataFrame
        With ``rectype`` from 1 to 5, ``la_code`` 970 for England and ``provisional``.
    """
    table = _records(table, _KS4_RECORDS)
    files = table["file"].astype(str)
    table["provisional"] = files.str.contains("prov", case=False, regex=False)
    return table


def destinations(table: pd.DataFrame) -> pd.DataFrame:
    """Settle the record types of destinations.

    Parameters
    ----------
    table : pandas.DataFrame
        Our columns of the file.

    Returns
    -------
    pandas.DataFrame
        With ``rectype`` from 1 to 5.
    """
    return _records(table, _KS4_RECORDS)


def _records(table: pd.DataFrame, meaning: dict[str, int]) -> pd.DataFrame:
    if "type" not in table:
        table["type"] = ""
    if "rectype" in table:
        table["rectype"] = table["rectype"].str.upper().str.removesuffix(".0").map(meaning)
        table = table[table["rectype"].notna()]
    else:
        kind = table["type"].str.upper()
        special = kind.isin(_SPECIAL_TYPES) | kind.str.contains("SPECIAL", regex=False)
        table["rectype"] = np.where(special, SPECIAL, MAINSTREAM)
    table = table.astype({"rectype": np.int64})
    if "la_code" in table:
        table.loc[table["rectype"] >= ENGLAND_ALL, "la_code"] = ENGLAND
    else:
        table["la_code"] = 0
    school = table["rectype"] <= SPECIAL
    keep = np.where(school, table["urn"] > 0, (table["la_code"] > 0) & (table["urn"] == 0))
    table["area"] = np.where(school, 0, table["rectype"] * 10_000 + table["la_code"])
    return table[keep]


def census(table: pd.DataFrame) -> pd.DataFrame:
    """Work out the share eligible for free school meals now where only the count is published.

    Parameters
    ----------
    table : pandas.DataFrame
        Our columns of the file.

    Returns
    -------
    pandas.DataFrame
        With ``fsm_share``.
    """
    if "fsm_share" not in table and {"fsm", "roll"} <= set(table.columns):
        share = table["fsm"] / table["roll"].where(table["roll"] > 0)
        table["fsm_share"] = share.where(share <= 1.0)
        table = _with_codes(table, "fsm_share", ("fsm", "roll"))
    return table


def _with_codes(table: pd.DataFrame, result: str, parts: tuple[str, ...]) -> pd.DataFrame:
    """Give a figure that is worked out the codes of the figures it is worked out from."""
    found = [table[f"{part}_code"].astype(str) for part in parts if f"{part}_code" in table]
    if not found:
        return table
    return table.assign(**{f"{result}_code": found[0].where(found[0] != "", found[-1])})


def finance_per_pupil(table: pd.DataFrame) -> pd.DataFrame:
    """Turn pounds a pupil into pounds.

    Parameters
    ----------
    table : pandas.DataFrame
        Our columns of the file.

    Returns
    -------
    pandas.DataFrame
        With ``income``, ``expenditure`` and ``balance`` of the school, GBP.
    """
    for column in ("income", "expenditure"):
        table[column] = table[column] * table["pupils"]
        table = _with_codes(table, column, (column, "pupils"))
    table["balance"] = table["income"] - table["expenditure"]
    table = _with_codes(table, "balance", ("income", "expenditure"))
    return table.drop(columns=["pupils", "grants", "pupils_code", "grants_code"], errors="ignore")


def inspections(table: pd.DataFrame) -> pd.DataFrame:
    """Write ratings as words.

    Parameters
    ----------
    table : pandas.DataFrame
        Our columns of the file.

    Returns
    -------
    pandas.DataFrame
        With ``rating`` such as Good, rows without a date left out.
    """
    table["rating"] = table["rating"].replace(_RATINGS)
    return table[table["date"].notna() & ~table["rating"].isin(["", "NULL", "Not judged", "9"])]


def admissions(table: pd.DataFrame) -> pd.DataFrame:
    """Give the year of entry: the autumn in which the academic year begins.

    Parameters
    ----------
    table : pandas.DataFrame
        Our columns of the file; ``year`` is the year in which the academic year ends.

    Returns
    -------
    pandas.DataFrame
        With ``year_of_entry`` and ``intake``, 1 or 2 where a school admits at two ages.
    """
    table["year_of_entry"] = table["year"] - 1
    return _intakes(table)


def admissions_by_autumn(table: pd.DataFrame) -> pd.DataFrame:
    """Give the year in which the first academic year ends, where the file says the autumn of entry.

    Parameters
    ----------
    table : pandas.DataFrame
        Our columns of the file; ``year`` is the autumn of entry.

    Returns
    -------
    pandas.DataFrame
        With ``year_of_entry``, ``year`` one more than it, and ``intake``.
    """
    table["year_of_entry"] = table["year"]
    table["year"] = table["year"] + 1
    return _intakes(table)


def _intakes(table: pd.DataFrame) -> pd.DataFrame:
    """Number the intakes of a school: an all-through school has two, into Reception and into Year 7."""
    table = table.drop_duplicates().copy()
    table["intake"] = table.groupby(["urn", "year"], sort=False).cumcount() + 1
    return table


def indicators(table: pd.DataFrame) -> pd.DataFrame:
    """Turn LA indicators from long to wide.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a measure, LA and year.

    Returns
    -------
    pandas.DataFrame
        One row an LA and year, a column a measure of `MEASURES`, NaN where nothing is published.
    """
    names = {short: ours for ours, short in MEASURES.items()}
    long = table.assign(measure=table["measure"].map(names))
    long = long[long["measure"].notna() & (long["la_code"] > 0)]
    names_of_cell = ["file", "la_code", "year", "measure"]
    long = long.drop_duplicates([*names_of_cell, "value"])
    # A figure that comes twice and differs makes a second row, which is put together and said later.
    long = long.assign(copy=long.groupby(names_of_cell, sort=False).cumcount())
    wide = long.pivot(index=["file", "la_code", "year", "copy"], columns="measure", values="value")
    wide = wide.reindex(columns=list(MEASURES)).round(5).reset_index().drop(columns="copy")
    wide.columns.name = None
    return wide
