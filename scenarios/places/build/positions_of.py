"""Where each school is: its own position, else that of schools at or near its postcode."""

from __future__ import annotations

import numpy as np
import pandas as pd

from model.place import Flag
from scenarios.places.build.canonical import SourceTables, canonical
from scenarios.places.build.flagged import FlaggedSchools, first_known

AREAS = (
    ("postcode", r"^(.+)$", "schools at the same postcode"),
    ("sector", r"^(\S+ \S)", "schools of the same postcode sector"),
    ("district", r"^(\S+)", "schools of the same postcode district"),
)
"""Parts of a postcode, the smallest first: name, pattern, what is said."""


def add_positions(table: FlaggedSchools, kin: pd.DataFrame, sources: SourceTables) -> None:
    """Add easting and northing, postcode, output area and whether it is urban.

    Parameters
    ----------
    table : FlaggedSchools
        Columns are added: postcode, easting, northing, lsoa, urban.
    kin : pandas.DataFrame
        From ``Lineage.kin``.
    sources : SourceTables
        What was read.
    """
    register = canonical(sources, "register").drop_duplicates("urn").set_index("urn")
    register = register.assign(
        postcode=_tidy(register["postcode"]), urban=_urban(register["urban_rural"])
    ).replace({"easting": {0.0: np.nan}, "northing": {0.0: np.nan}})
    spine = canonical(sources, "information").drop_duplicates("urn").set_index("urn")
    postcodes = pd.concat([register["postcode"], _tidy(spine["postcode"])])
    postcodes = postcodes[postcodes != ""]
    _put(table, "postcode", first_known(kin, postcodes[~postcodes.index.duplicated()]))
    for column in ("easting", "northing", "urban"):
        _put(table, column, first_known(kin, register[column].dropna()))
    _put(table, "lsoa", first_known(kin, register["lsoa"]))
    for _name, pattern, said in AREAS:
        area = register["postcode"].str.extract(pattern, expand=False)
        mine = table["postcode"].fillna("").astype("str").str.extract(pattern, expand=False)
        for column in ("easting", "northing", "urban"):
            mean = register.groupby(area)[column].mean()
            value = mine.map(mean)
            table.fill(column, value.round() if column == "urban" else value, f"mean of {said}")
        if _name != "district":
            one = register[register["lsoa"] != ""].groupby(area)["lsoa"].first()
            table.fill("lsoa", mine.map(one), f"that of {said}")
    for column in ("easting", "northing", "urban"):
        mean = table[column].groupby(table["la_code"]).transform("mean")
        value = mean.round() if column == "urban" else mean
        said = "no postcode: middle of the LA's schools" if column != "urban" else "most schools of the LA"
        table.fill(column, value, said, Flag.SYNTHETIC if column != "urban" else Flag.IMPUTED)


def _put(table: FlaggedSchools, column: str, found: pd.DataFrame) -> None:
    table.put(column, found["value"], found["steps"].clip(upper=1), "from a linked URN")


def _tidy(postcodes: pd.Series) -> pd.Series:
    """Write postcodes in capitals with one space before the last three characters."""
    bare = postcodes.str.upper().str.replace(r"[^A-Z0-9]", "", regex=True)
    return (bare.str[:-3] + " " + bare.str[-3:]).where(bare.str.len().between(5, 7), "")


def _urban(text: pd.Series) -> pd.Series:
    lower = text.str.lower()
    known = lower.str.contains("urban|rural")
    return lower.str.contains("urban").astype(np.float64).where(known)
