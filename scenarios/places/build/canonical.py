"""The canonical tables of the files read, with every column of the contract there and of its type.

A file may lack columns that are not essential; what uses a table need not ask.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

import numpy as np
import pandas as pd

NUMBERS: dict[str, tuple[str, ...]] = {
    "register": ("la_code", "estab", "low_age", "high_age", "capacity", "pupils", "fsm_percent", "easting",
                 "northing"),
    "information": ("la_code", "estab", "is_primary", "is_secondary", "is_post16", "low_age", "high_age"),
    "group_links": (),
    "links": ("link_urn",),
    "ks2": ("year", "rectype", "la_code", "estab", "pupils", "rwm", "reading", "maths", "disadvantaged",
            "other_pupils", "rwm_disadvantaged", "rwm_other"),
    "ks4": ("year", "rectype", "la_code", "estab", "pupils", "attainment8", "progress8", "progress8_pupils",
            "attainment8_disadvantaged", "attainment8_other", "disadvantaged", "other_pupils", "em5"),
    "census": ("year", "la_code", "estab", "roll", "fsm", "fsm6", "fsm6_share", "fsm_share",
               "sen_support_share", "ehcp_share", "eal_share"),
    "absence": ("year", "absence", "persistent_absence"),
    "workforce": ("year", "teachers_fte", "assistants_fte", "pupil_teacher_ratio", "mean_salary"),
    "finance": ("year", "income", "expenditure", "balance"),
    "inspections": (),
    "admissions": ("year_of_entry", "la_code", "preferences", "places_offered", "first_preferences",
                   "first_preference_offers", "applications_from_other_la", "offers_to_other_la"),
    "deprivation": ("imd_rank", "imd_decile"),
    "indicators": ("la_code", "year"),
}  # fmt: skip
"""Columns of numbers, by table; shares from 0 to 1, money in GBP."""

TEXTS: dict[str, tuple[str, ...]] = {
    "register": ("la_name", "name", "type", "type_group", "status", "phase", "gender", "religious",
                 "admissions", "trust_uid", "trust_name", "trust_type", "sponsor", "federation_uid",
                 "federation_name", "inspection_rating", "town", "postcode", "district", "lsoa",
                 "urban_rural"),
    "information": ("name", "town", "postcode", "type", "gender", "religious", "admissions", "minor_group"),
    "group_links": ("group_uid", "group_type", "name", "status"),
    "links": ("link_type",),
    "ks2": ("name", "type"),
    "ks4": ("name", "type"),
    "census": ("type",),
    "inspections": ("rating",),
    "deprivation": ("lsoa",),
}  # fmt: skip
"""Columns of text, by table; empty where nothing is given."""

DATES: dict[str, tuple[str, ...]] = {
    "register": ("open_date", "close_date", "trust_joined", "inspected_on"),
    "information": ("open_date", "close_date"),
    "group_links": ("joined",),
    "links": ("established",),
    "inspections": ("date",),
}
"""Columns of dates, by table."""

BY_SCHOOL = frozenset(NUMBERS) - {"deprivation", "indicators"}
"""Tables with a row a school: ``urn`` is int64, -1 in rows of local authorities and of England."""


class SourceTables(Protocol):
    """What was read from the files."""

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Tables by the name of their source."""


class Prepared:
    """The canonical tables, each made ready once.

    Parameters
    ----------
    sources : SourceTables
        What was read.
    """

    def __init__(self, sources: SourceTables) -> None:
        self.tables = dict(sources.tables)
        self.ready: dict[str, pd.DataFrame] = {}

    def only(self, urns: pd.Index, la_codes: Collection[int]) -> Prepared:
        """Leave out rows of schools that are not asked for; the register stays whole, for what is near.

        Parameters
        ----------
        urns : pandas.Index of int64
            URNs of the schools of a place, of any time.
        la_codes : collection of int
            LAs whose rows stay, whatever their URN.

        Returns
        -------
        Prepared
            The same tables with fewer rows.
        """
        fewer = Prepared(self)
        for name in self.tables:
            table = canonical(self, name)
            if name in BY_SCHOOL and name != "register":
                here = table["urn"].isin(urns)
                if "la_code" in table:
                    here |= table["la_code"].isin(la_codes)
                table = table[here].reset_index(drop=True)
            fewer.ready[name] = table
        return fewer


def canonical(sources: SourceTables, name: str) -> pd.DataFrame:
    """Give a table with every column of the contract.

    Parameters
    ----------
    sources : SourceTables
        What was read.
    name : str
        Name of the source, such as ``register``.

    Returns
    -------
    pandas.DataFrame
        Columns of `NUMBERS` (float64), `TEXTS` (str, empty where missing) and `DATES` (datetime64), ``urn``
        (int64) where the table is by school, and whatever else there was; no rows where nothing was read.
    """
    if isinstance(sources, Prepared):
        if name not in sources.ready:
            sources.ready[name] = _canonical(sources.tables.get(name), name)
        return sources.ready[name]
    return _canonical(sources.tables.get(name), name)


def _canonical(raw: pd.DataFrame | None, name: str) -> pd.DataFrame:
    given = pd.DataFrame() if raw is None else raw
    columns: dict[str, object] = {}
    if name in BY_SCHOOL:
        urn = given["urn"] if "urn" in given else pd.Series(-1, index=given.index)
        columns["urn"] = pd.to_numeric(urn, errors="coerce").fillna(-1).astype(np.int64)
    for column in NUMBERS.get(name, ()):
        values = given[column] if column in given else pd.Series(np.nan, index=given.index)
        columns[column] = pd.to_numeric(values, errors="coerce").astype(np.float64)
    for column in TEXTS.get(name, ()):
        columns[column] = _text(given, column)
    for column in DATES.get(name, ()):
        values = given[column] if column in given else pd.Series(pd.NaT, index=given.index)
        columns[column] = pd.to_datetime(values, errors="coerce")
    rest = {column: given[column] for column in given.columns if column not in columns}
    return pd.DataFrame({**columns, **rest}, index=given.index).reset_index(drop=True)


def _text(given: pd.DataFrame, column: str) -> pd.Series:
    if column not in given:
        return pd.Series("", index=given.index, dtype="str")
    values = given[column].astype("object")
    return values.where(values.notna(), "").astype("str").str.strip()
