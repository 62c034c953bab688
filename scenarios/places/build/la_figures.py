"""Figures of local authorities by year: from the files, else the embedded table, else worked out."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from scenarios.places import table as embedded
from scenarios.places.build.canonical import SourceTables, canonical
from scenarios.places.build.geography import former_authorities
from scenarios.places.files.notes import Note
from scenarios.places.rates import AS_PUBLISHED

LA_ROW, ENGLAND_ALL, ENGLAND_STATE = 3, 4, 5
"""RECTYPE of rows of LAs and of England."""

FROM_RESULTS = (
    ("ks2", "ks2_rwm_all", "rwm", 100.0),
    ("ks2", "ks2_rwm_disadvantaged", "rwm_disadvantaged", 100.0),
    ("ks2", "ks2_rwm_other", "rwm_other", 100.0),
    ("ks2", "ks2_rwm_higher_all", "rwm_higher", 100.0),
    ("ks2", "ks2_reading_all", "reading", 100.0),
    ("ks2", "ks2_maths_all", "maths", 100.0),
    ("ks4", "a8_all", "attainment8", 1.0),
    ("ks4", "a8_disadvantaged", "attainment8_disadvantaged", 1.0),
    ("ks4", "a8_other", "attainment8_other", 1.0),
    ("ks4", "em5_all", "em5", 100.0),
)
"""Table, column of the indicators, column of the results' LA rows, factor to per cent or points."""

AT_AGE_5 = ("gld_fsm", "gld_other")
"""Results of England that are carried on too: the model needs them in year 0."""

DIFFERS_AS = {
    "ks2_rwm_disadvantaged": "ks2_rwm_all",
    "ks2_rwm_other": "ks2_rwm_all",
    "ks2_rwm_higher_all": "ks2_rwm_all",
    "ks2_reading_all": "ks2_rwm_all",
    "ks2_maths_all": "ks2_rwm_all",
    "a8_disadvantaged": "a8_all",
    "a8_other": "a8_all",
}
"""Where a column was never published for an LA: the column whose difference from England it shares."""


def la_figures(
    sources: SourceTables, codes: list[int], year: int, schools_rows: pd.DataFrame
) -> tuple[pd.DataFrame, list[Note]]:
    """Give the indicators of LAs and of England up to year 0.

    Parameters
    ----------
    sources : SourceTables
        What was read.
    codes : list of int
        DfE codes, former LAs among them.
    year : int
        Year 0; nothing later is used.
    schools_rows : pandas.DataFrame
        What the schools of each LA add up to (``added_up.from_schools``), used where nothing is published.

    Returns
    -------
    pandas.DataFrame
        Indexed by (la_code, year), England under 970; columns of the embedded ``indicators.csv``: float64,
        and ``imputed`` (str) naming what is not published for the LA, joined by ``;``.
    list of Note
        Where the figures are from.
    """
    england = embedded.england()
    columns = [column for column in england.columns if column != "imputed"]
    latest = max(embedded.PLACE_YEARS)
    years = {known for known in england.index if known <= year} | {year, *range(latest + 1, year + 1)}
    index = pd.MultiIndex.from_product(
        [[*codes, embedded.ENGLAND_CODE], sorted(years)], names=["la_code", "year"]
    )
    layers = _Layers(pd.DataFrame(np.nan, index=index, columns=columns))
    layers.lay("the files", _published(sources, columns, index))
    table, said = _embedded_rows(index, columns)
    layers.lay("the embedded table", table, said)
    layers.lay("the LA rows of the results", _result_rows(sources, columns, index))
    every_cell = pd.DataFrame(True, index=index, columns=columns)
    layers.lay("LAs that followed", _from_successors(codes, columns, index, layers.values), every_cell)
    layers.lay("schools added up", schools_rows.reindex(index=index, columns=columns), every_cell)
    notes: list[Note] = []
    if year > latest:
        earlier, notes = _from_earlier(layers.values, year)
        layers.lay("earlier years", earlier, every_cell)
    estimate = _england_plus_difference(layers.values)
    layers.lay("England's figure plus the LA's own difference", estimate, every_cell)
    values = layers.values
    names = np.array(columns)
    values["imputed"] = [";".join(names[row]) for row in layers.imputed.to_numpy(dtype=bool)]
    return values, [*notes, *_notes(values, layers.parts, codes, year)]


class _Layers:
    """Figures laid over one another, the best first: each layer fills what is still open."""

    def __init__(self, empty: pd.DataFrame) -> None:
        self.values = empty
        self.imputed = empty.notna()
        self.parts: dict[str, pd.DataFrame] = {}

    def lay(self, said: str, layer: pd.DataFrame, imputed: pd.DataFrame | None = None) -> None:
        """Fill open cells; ``imputed`` tells which cells of the layer are not published for the LA."""
        filled = self.values.isna() & layer.notna()
        self.values = self.values.fillna(layer)
        self.parts[said] = filled
        if imputed is not None:
            self.imputed |= filled & imputed


def as_published(sources: SourceTables, codes: Iterable[int], years: Iterable[int]) -> pd.DataFrame:
    """Give what the files alone hold of LAs and of England.

    Parameters
    ----------
    sources : SourceTables
        What was read.
    codes : iterable of int
        DfE codes.
    years : iterable of int
        The years academic years end.

    Returns
    -------
    pandas.DataFrame
        Indexed by (la_code, year), England under 970; float64, NaN where no file has a figure.
    """
    columns = [column for column in embedded.england().columns if column != "imputed"]
    index = pd.MultiIndex.from_product(
        [[*codes, embedded.ENGLAND_CODE], list(years)], names=["la_code", "year"]
    )
    return _published(sources, columns, index).fillna(_result_rows(sources, columns, index))


def _published(sources: SourceTables, columns: list[str], index: pd.MultiIndex) -> pd.DataFrame:
    """LA indicators read from the files."""
    rows = canonical(sources, "indicators").dropna(subset=["la_code", "year"])
    rows = rows.astype({"la_code": np.int64, "year": np.int64}).drop_duplicates(["la_code", "year"])
    rows = rows.set_index(["la_code", "year"]).reindex(columns=columns)
    numbers: pd.DataFrame = rows.apply(pd.to_numeric, errors="coerce").reindex(index).astype(np.float64)
    return numbers


def _embedded_rows(index: pd.MultiIndex, columns: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows of the embedded table, and which of their cells are not published for the LA."""
    nation = embedded.england()
    nation = nation.set_index(
        pd.MultiIndex.from_product([[embedded.ENGLAND_CODE], nation.index], names=["la_code", "year"])
    )
    rows = pd.concat([embedded.national_rows(), nation]).reindex(index)
    named = rows["imputed"].fillna("").astype("str").str.split(";")
    said = pd.DataFrame(
        {column: [column in names for names in named] for column in columns}, index=index, dtype=bool
    )
    return rows[columns].astype(np.float64), said


def _result_rows(sources: SourceTables, columns: list[str], index: pd.MultiIndex) -> pd.DataFrame:
    """Figures of the rows of LAs and of England (state-funded) in the results tables."""
    found = pd.DataFrame(np.nan, index=index, columns=columns)
    for name in ("ks2", "ks4"):
        rows = canonical(sources, name)
        rows = rows[rows["rectype"].isin((LA_ROW, ENGLAND_STATE)) & rows["year"].notna()].copy()
        rows.loc[rows["rectype"] == ENGLAND_STATE, "la_code"] = embedded.ENGLAND_CODE
        rows = rows.dropna(subset=["la_code"]).astype({"la_code": np.int64, "year": np.int64})
        rows = rows.drop_duplicates(["la_code", "year"]).set_index(["la_code", "year"])
        for source, column, figure, factor in FROM_RESULTS:
            if source == name and figure in rows:
                values = pd.to_numeric(rows[figure], errors="coerce") * factor
                found[column] = found[column].fillna(values.reindex(index))
    return found


def _from_successors(
    codes: list[int], columns: list[str], index: pd.MultiIndex, values: pd.DataFrame
) -> pd.DataFrame:
    """Mean of the LAs that followed a former LA, where the embedded table has them."""
    found = pd.DataFrame(np.nan, index=index, columns=columns)
    rows = embedded.national_rows()
    for code, (_name, followed, _last) in former_authorities().items():
        if code in codes and values.loc[[code]].isna().any(axis=None):
            known = rows[rows.index.get_level_values("la_code").isin(followed)]
            mean = known[columns].groupby(level="year").mean().reindex(index.levels[1])
            found.loc[code] = mean.reindex(found.loc[code].index).to_numpy()
    return found


def _from_earlier(values: pd.DataFrame, year: int) -> tuple[pd.DataFrame, list[Note]]:
    """Carry rates that England lacks in year 0 on from the nearest earlier year: its own, and each LA's."""
    nation = values.loc[[embedded.ENGLAND_CODE]].droplevel("la_code")
    known = set(nation.loc[[year]].dropna(axis=1).columns)
    lacking = [column for column in (*AS_PUBLISHED, *AT_AGE_5) if column not in known]
    of_year = values.index.get_level_values("year") == year
    of_england = values.index.get_level_values("la_code") == embedded.ENGLAND_CODE
    found = pd.DataFrame(np.nan, index=values.index, columns=values.columns)
    earlier = values.groupby(level="la_code").ffill()
    for column in lacking:
        rows = of_year if column in AS_PUBLISHED else of_year & of_england
        found[column] = earlier[column].where(rows)
    notes: list[Note] = []
    for since, columns in _by_last_year(nation, lacking).items():
        text = f"England's figure of {since} stands for {year}, which no file holds: {', '.join(columns)}"
        notes.append(Note("imputed", "England", text, len(columns)))
    return found, notes


def _by_last_year(nation: pd.DataFrame, columns: list[str]) -> dict[int, list[str]]:
    """Sort columns by the last year in which they have a figure."""
    found: dict[int, list[str]] = {}
    for column in columns:
        last = nation[column].last_valid_index()
        if last is not None:
            found.setdefault(int(str(last)), []).append(column)
    return found


def _england_plus_difference(values: pd.DataFrame) -> pd.DataFrame:
    """England's figure of the year plus the LA's mean difference from England in its published years."""
    nation = values.loc[embedded.ENGLAND_CODE].reindex(values.index.get_level_values("year"))
    nation.index = values.index
    difference = (values - nation).groupby(level="la_code").transform("mean")
    for column, everyone in DIFFERS_AS.items():
        difference[column] = difference[column].fillna(difference[everyone])
    difference = difference.fillna(0.0)
    return (nation + difference).clip(lower=0.0)


def _notes(values: pd.DataFrame, parts: dict[str, pd.DataFrame], codes: list[int], year: int) -> list[Note]:
    """Say where the figures of year 0 are from."""
    notes: list[Note] = []
    of_year = values.index.get_level_values("year") == year
    asked = values.index.get_level_values("la_code").isin(codes)
    for said, cells in parts.items():
        here = cells[of_year & asked]
        count = int(here.to_numpy().sum())
        if not count:
            continue
        kind = "imputed" if said.startswith(("England", "LAs", "schools", "earlier")) else "matched"
        las = int(here.any(axis=1).sum())
        names = ", ".join(here.columns[here.any()][:6]) if kind == "imputed" else ""
        text = f"figures of {year} of {las} LAs from {said}" + (f": {names} ..." if names else "")
        notes.append(Note(kind, "LA figures", text, count))  # type: ignore[arg-type]
    return notes
