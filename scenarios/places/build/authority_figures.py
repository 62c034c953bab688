"""Rates, results and history of the LAs of a place, gaps filled from England's figures of the same year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from model.place import Bools, Floats, PublishedValue, Rates, Results
from scenarios.places import history, rates
from scenarios.places.build.nation import england_rows
from scenarios.places.build.split_table import wide
from scenarios.places.cells import imputed_columns
from scenarios.places.files.notes import Note
from scenarios.places.totals import Pupils

ENOUGH_COUNTED = 0.8
"""Share of a cohort in schools that publish how many are disadvantaged from which the LA's is counted."""

COUNTED = {"disadvantaged_ks2": "ks2_rwm_expected", "disadvantaged_ks4": "ks4_attainment8"}
"""Fields of ``Rates``: measure whose cohort is counted."""

SMALLEST_SHARE, LARGEST_SHARE = 0.01, 0.95

_RESULTS = ("ks2_", "a8_", "em5_", "gld_")
"""Beginnings of columns of results: these are left open where an LA has none."""


@dataclass(frozen=True, kw_only=True, eq=False)
class AuthorityFigures:
    """What is known of the LAs as wholes.

    Attributes
    ----------
    rates : Rates
        One row an LA.
    results : Results
        One row an LA.
    history : tuple of PublishedValue
        For charts.
    notes : tuple of Note
        What was filled in.
    """

    rates: Rates
    results: Results
    history: tuple[PublishedValue, ...]
    notes: tuple[Note, ...]


def authority_figures(
    las: pd.DataFrame,
    codes: Sequence[int],
    year: int,
    pupils: Sequence[Pupils],
    *,
    is_england: bool,
) -> AuthorityFigures:
    """Collect the figures of the LAs of a place.

    Parameters
    ----------
    las : pandas.DataFrame
        Indicators by (la_code, year), columns as in the embedded table.
    codes : sequence of int
        DfE codes, in order.
    year : int
        Year 0; nothing later is read.
    pupils : sequence of Pupils
        Of each LA, by type of school.
    is_england : bool
        Whether the history is England's own.

    Returns
    -------
    AuthorityFigures
        Ready for a place.
    """
    notes: list[Note] = []
    nation = england_rows(las, year)
    own = {code: _of_la(las, code, year, nation) for code in codes}
    complete = {code: _filled(rows, code, year, nation, notes) for code, rows in own.items()}
    parts = [
        rates.rates(
            complete[code], year, count.special_share, count.ap_share if count.ap > 0.0 else 0.0, nation
        )
        for code, count in zip(codes, pupils, strict=True)
    ]
    if is_england:
        past = (*history.published_history(nation, year), *history.gap_indices(year))
    elif len(codes) == 1:
        past = history.published_history(own[codes[0]].dropna(how="all"), year)
    else:
        past = history.published_history(_together(list(own.values()), pupils), year)
    return AuthorityFigures(
        rates=rates.join_rates(parts),
        results=rates.join_results([rates.results(own[code], year, nation) for code in codes]),
        history=past,
        notes=tuple(notes),
    )


def _of_la(las: pd.DataFrame, code: int, year: int, nation: pd.DataFrame) -> pd.DataFrame:
    """Rows of an LA by year up to year 0, every year with examinations among them, every column there."""
    columns = nation.columns
    known = las.loc[[code]].droplevel("la_code") if code in las.index.get_level_values("la_code") else None
    known = pd.DataFrame(columns=columns) if known is None else known[known.index <= year]
    years = sorted({*known.index.astype(int), *rates.result_years(year, nation), year})
    rows = known.reindex(index=years, columns=columns)
    complete: pd.DataFrame = (
        rows.drop(columns="imputed").apply(pd.to_numeric, errors="coerce").astype(np.float64)
    )
    complete["imputed"] = rows["imputed"].fillna("").astype(str)
    return complete


def _filled(
    rows: pd.DataFrame, code: int, year: int, england: pd.DataFrame, notes: list[Note]
) -> pd.DataFrame:
    """Put England's rates where the LA has none in year 0."""
    nation = england.drop(columns="imputed").loc[[year]].astype(np.float64)
    own = rows.loc[[year], nation.columns]
    gaps = own.isna().to_numpy()[0] & nation.notna().to_numpy()[0]
    missing = [str(column) for column in nation.columns[gaps]]
    if not missing:
        return rows
    rows = rows.copy()
    rows.loc[[year], missing] = nation[missing]
    named = sorted(imputed_columns(rows, year)) + missing
    rows["imputed"] = rows["imputed"].where(rows.index != year, ";".join(named))
    used = [column for column in missing if not column.startswith(_RESULTS)]
    if used:
        text = f"England's figure of {year} stands in: {', '.join(used)}"
        notes.append(Note("imputed", f"LA {code}", text, len(used)))
    return rows


def _together(parts: list[pd.DataFrame], pupils: Sequence[Pupils]) -> pd.DataFrame:
    """Mean of several LAs by pupils, where all have a figure; every column counts as imputed."""
    weights = np.array([count.everyone for count in pupils])
    numbers = [part.drop(columns="imputed") for part in parts]
    years = sorted(set.intersection(*(set(part.index) for part in numbers)))
    shares = weights / weights.sum()
    total: pd.DataFrame = numbers[0].loc[years] * shares[0]
    for part, share in zip(numbers[1:], shares[1:], strict=True):
        total = total + part.loc[years] * share
    total["imputed"] = ";".join(map(str, total.columns))
    return total


def with_counted_shares(
    figures: Rates, schools: pd.DataFrame, results: pd.DataFrame, year: int
) -> tuple[Rates, dict[str, Bools]]:
    """Put counted shares of disadvantaged pupils in place of those worked out from Ever6 free school meals.

    Parameters
    ----------
    figures : Rates
        One row an LA.
    schools : pandas.DataFrame
        ``la`` (index of the LA) by urn.
    results : pandas.DataFrame
        Long table of results as published, before schools are split.
    year : int
        Year 0.

    Returns
    -------
    Rates
        With the share counted, where schools with a published count hold most of the cohort.
    dict
        By field: which LAs' shares were counted, (n_la,) bool.
    """
    counted: dict[str, Bools] = {}
    changed: dict[str, Floats] = {}
    rows = results[(results["year"] == year) & results["urn"].isin(schools.index)]
    for field, measure in COUNTED.items():
        cohorts = wide(rows, measure)
        urns = cohorts.index.get_level_values("urn")
        la = schools["la"].reindex(urns).to_numpy(dtype=np.int64)
        pupils = np.nan_to_num(cohorts["pupils_all"].to_numpy(dtype=np.float64))
        group = cohorts["pupils_disadvantaged"].to_numpy(dtype=np.float64)
        old: Floats = getattr(figures, field)
        n_la = len(old)
        covered = np.bincount(la, np.where(np.isnan(group), 0.0, pupils), n_la)
        share = np.bincount(la, np.nan_to_num(group), n_la) / np.maximum(covered, 1.0)
        enough = (covered > 0.0) & (covered >= ENOUGH_COUNTED * np.bincount(la, pupils, n_la))
        counted[field] = enough
        changed[field] = np.where(enough, np.clip(share, SMALLEST_SHARE, LARGEST_SHARE), old)
    return replace(figures, **changed), counted
