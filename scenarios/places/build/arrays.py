"""From the table of schools to the model's typed columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from model.place import Flag, Floats, Ints, SchoolResults, Schools
from scenarios.places.build.sizes import Sizes
from scenarios.places.governance import MAINTAINED

METRES_A_KM = 1000.0

RESULT_COLUMNS = {
    "ks2_rwm": ("ks2_rwm_expected", "value"),
    "ks2_pupils": ("ks2_rwm_expected", "pupils"),
    "ks4_attainment8": ("ks4_attainment8", "value"),
    "ks4_progress8": ("ks4_progress8", "value"),
    "ks4_pupils": ("ks4_attainment8", "pupils"),
}
"""Fields of ``SchoolResults``: measure of the results table, column."""


def place_order(schools: pd.DataFrame, la_codes: Sequence[int]) -> pd.DataFrame:
    """Order schools by LA, phase and number.

    Parameters
    ----------
    schools : pandas.DataFrame
        One row a school, index urn.
    la_codes : sequence of int
        LAs of the place, in order.

    Returns
    -------
    pandas.DataFrame
        The same rows, with a column ``la`` (int32): index into ``la_codes``.
    """
    where = {code: index for index, code in enumerate(la_codes)}
    table = schools.assign(la=schools["la_code"].astype(np.int64).map(where).astype(np.int32))
    table.index = table.index.rename("urn")
    return table.reset_index().sort_values(["la", "phase", "urn"], kind="stable").set_index("urn")


def school_columns(table: pd.DataFrame, sizes: Sizes, flags: pd.DataFrame) -> Schools:
    """Turn the ordered table into the model's columns.

    Parameters
    ----------
    table : pandas.DataFrame
        From `place_order`.
    sizes : Sizes
        Places, in the same order.
    flags : pandas.DataFrame
        ``Flag`` of every cell, by urn.

    Returns
    -------
    Schools
        Positions on the national grid, km. A school whose position or places are imputed is imputed.
    """
    x, y, guessed = _positions(table)
    for column in ("easting", "northing"):
        if column in flags:
            guessed = guessed | (flags[column].reindex(table.index).fillna(0).to_numpy(dtype=np.int64) > 0)
    imputed = guessed | (sizes.flag > 0)
    return Schools(
        urn=table.index.to_numpy(dtype=np.int32),
        name=tuple(str(name) for name in table["name"]),
        la=table["la"].to_numpy(dtype=np.int32),
        phase=table["phase"].to_numpy(dtype=np.int32),
        category=table["category"].to_numpy(dtype=np.int32),
        trust=trust_index(table["trust_uid"]),
        x_km=x / METRES_A_KM,
        y_km=y / METRES_A_KM,
        first_year_group=table["first_year_group"].to_numpy(dtype=np.int32),
        last_year_group=table["last_year_group"].to_numpy(dtype=np.int32),
        places=sizes.places,
        places_year_7=sizes.places_year_7,
        selective=table["selective"].to_numpy(dtype=np.bool_),
        faith=table["faith"].to_numpy(dtype=np.bool_),
        flag=np.where(imputed, int(Flag.IMPUTED), int(Flag.PUBLISHED)).astype(np.int32),
    )


def trust_index(uids: pd.Series) -> Ints:
    """Number the trusts.

    Parameters
    ----------
    uids : pandas.Series
        Trust of each school, empty or missing where maintained.

    Returns
    -------
    (n_schools,) int32
        Index from 0, -1 where maintained.
    """
    text = uids.astype("object").where(uids.notna(), "").astype(str).str.strip()
    known = text.where(~text.isin(["", "nan", "None", "<NA>"]), None)
    codes, _ = pd.factorize(known)
    return np.where(codes < 0, MAINTAINED, codes).astype(np.int32)


def _positions(table: pd.DataFrame) -> tuple[Floats, Floats, np.ndarray]:
    """Grid positions in metres; the LA's mean, else the place's, where a school has none."""
    place = table[["easting", "northing"]].astype(np.float64)
    place = place.where(place > 0.0)
    place = place.where(place.notna().all(axis=1), np.nan)
    guessed = place["easting"].isna().to_numpy()
    la_mean = place.groupby(table["la"]).transform("mean")
    filled = place.fillna(la_mean).fillna(place.mean()).fillna(0.0)
    return filled["easting"].to_numpy(), filled["northing"].to_numpy(), guessed


def school_results(table: pd.DataFrame, results: pd.DataFrame, year: int) -> SchoolResults:
    """Give what is published of single schools.

    Parameters
    ----------
    table : pandas.DataFrame
        From `place_order`; disadvantaged_share is read.
    results : pandas.DataFrame
        Long table of results; imputed rows are left out.
    year : int
        Year 0; nothing later is read.

    Returns
    -------
    SchoolResults
        In the order of the schools.
    """
    rows = results[
        (results["group"] == "all")
        & (results["flag"] == int(Flag.PUBLISHED))
        & (results["year"] <= year)
        & results["urn"].isin(table.index)
        & results["measure"].isin([measure for measure, _ in RESULT_COLUMNS.values()])
    ]
    rows = rows[rows["value"].notna()]
    years = np.sort(rows["year"].unique()).astype(np.int32)
    arrays = {}
    for field, (measure, column) in RESULT_COLUMNS.items():
        of_measure = rows[rows["measure"] == measure].drop_duplicates(["urn", "year"], keep="last")
        wide = of_measure.pivot(index="urn", columns="year", values=column)
        arrays[field] = wide.reindex(index=table.index, columns=years).to_numpy(dtype=np.float64)
    share = table["disadvantaged_share"].to_numpy(dtype=np.float64)
    return SchoolResults(years=years, disadvantaged_share=share, **arrays)
