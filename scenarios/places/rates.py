"""Year-0 rates and results by year from the embedded table, as the model's typed arrays."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pandas as pd

from model.place import Floats, National, Rates, Results
from scenarios.places import table
from scenarios.places.authorities import read_published
from scenarios.places.cells import number
from scenarios.places.disadvantage import disadvantaged_shares
from scenarios.places.history import gap_index

SPECIAL_RESULTS = {
    "special_ks2_rwm": ("special", "ks2_rwm_expected"),
    "special_attainment8": ("special", "ks4_attainment8_all"),
    "alternative_provision_attainment8": ("ap", "ks4_attainment8"),
}
"""National figures of ``special_rates.csv``, by field of ``National``: type of school, measure."""

AS_PUBLISHED = (
    "fsm_primary", "fsm_secondary", "fsm6_primary", "fsm6_secondary", "sen_support_primary",
    "sen_support_secondary", "ehcp_primary", "ehcp_secondary", "absence_primary", "absence_secondary",
    "persistent_absence_primary", "persistent_absence_secondary",
)  # fmt: skip
"""Fields of ``Rates`` that are columns of the table, in per cent there."""

_GROUPS = {
    "eyfs_gld": ("gld_fsm", "gld_other", 0.01),
    "ks2_rwm": ("ks2_rwm_disadvantaged", "ks2_rwm_other", 0.01),
    "ks4_attainment8": ("a8_disadvantaged", "a8_other", 1.0),
}
"""Results by group: column of disadvantaged pupils, of other pupils, factor to the model's unit."""


EXAMINED = ("ks2_rwm_disadvantaged", "ks2_rwm_other", "a8_disadvantaged", "a8_other")
"""Columns of England's row in a year with examinations."""


def result_years(year: int, nation: pd.DataFrame | None = None) -> tuple[int, ...]:
    """List the years with published examinations up to year 0.

    Parameters
    ----------
    year : int
        Year 0.
    nation : pandas.DataFrame, optional
        England's figures by year, where they go on after the embedded table.

    Returns
    -------
    tuple of int
        Rising; the last is year 0.
    """
    years = [known for known in table.PLACE_YEARS if known <= year]
    if nation is not None:
        later = nation[(nation.index > max(table.PLACE_YEARS)) & (nation.index <= year)]
        years += [int(str(at)) for at in later.index[later[list(EXAMINED)].notna().all(axis=1)]]
    return tuple(years)


def results(history: pd.DataFrame, year: int, nation: pd.DataFrame | None = None) -> Results:
    """Give one LA's (or England's) published results up to year 0.

    Parameters
    ----------
    history : pandas.DataFrame
        From ``table.indicators``.
    year : int
        Year 0; nothing later is read.
    nation : pandas.DataFrame, optional
        As in `result_years`.

    Returns
    -------
    Results
        One row.
    """
    years = result_years(year, nation)
    rows = history.loc[list(years)]
    arrays = {
        name: (rows[[disadvantaged, other]].to_numpy(dtype=np.float64) * unit)[None, :, :]
        for name, (disadvantaged, other, unit) in _GROUPS.items()
    }
    return Results(years=np.array(years, dtype=np.int32), **arrays)


def rates(
    history: pd.DataFrame,
    year: int,
    special_share: float,
    alternative_provision_share: float,
    nation: pd.DataFrame | None = None,
) -> Rates:
    """Give one LA's (or England's) rates in year 0.

    Parameters
    ----------
    history : pandas.DataFrame
        From ``table.indicators``.
    year : int
        Year 0.
    special_share : float
        Share of all pupils in special schools, 0 to 1.
    alternative_provision_share : float
        Share of Year 9 to 11 in alternative provision, 0 to 1.
    nation : pandas.DataFrame, optional
        As in `result_years`.

    Returns
    -------
    Rates
        One row, shares from 0 to 1.
    """
    ks2, ks4 = disadvantaged_shares(history, year, nation)
    shares: dict[str, Floats] = {
        name: np.array([number(history, year, name) / 100.0]) for name in AS_PUBLISHED
    }
    return Rates(
        disadvantaged_ks2=np.array([ks2]),
        disadvantaged_ks4=np.array([ks4]),
        special_share=np.array([special_share]),
        alternative_provision_share=np.array([alternative_provision_share]),
        **shares,
    )


def join_rates(parts: list[Rates]) -> Rates:
    """Join the rates of several LAs.

    Parameters
    ----------
    parts : list of Rates
        One row each.

    Returns
    -------
    Rates
        One row an LA, in order.
    """
    return Rates(
        **{item.name: np.concatenate([getattr(part, item.name) for part in parts]) for item in fields(Rates)}
    )


def join_results(parts: list[Results]) -> Results:
    """Join the results of several LAs over the same years.

    Parameters
    ----------
    parts : list of Results
        One row each.

    Returns
    -------
    Results
        One row an LA, in order.
    """
    arrays = {name: np.concatenate([getattr(part, name) for part in parts]) for name in _GROUPS}
    return Results(years=parts[0].years, **arrays)


def national(
    year: int,
    special_share: float,
    alternative_provision_share: float,
    nation: pd.DataFrame | None = None,
) -> National:
    """Give England's rates and results up to year 0.

    Parameters
    ----------
    year : int
        Year 0.
    special_share, alternative_provision_share : float
        As in `rates`, for England.
    nation : pandas.DataFrame, optional
        As in `result_years`; the embedded table's by default.

    Returns
    -------
    National
        Shares from 0 to 1; Attainment 8 in points. A figure that is not published in year 0 is taken from
        the nearest earlier year, else the first later one.
    """
    history = table.england() if nation is None else nation
    years = result_years(year, history)
    return National(
        rates=rates(history, year, special_share, alternative_provision_share, nation),
        results=results(_to_more_figures(history), year, history),
        ks2_rwm_higher=_nearest_year(history, "ks2_rwm_higher_all", year) / 100.0,
        ks4_em5=_nearest_year(history, "em5_all", year) / 100.0,
        ks2_reading=_nearest_year(history, "ks2_reading_all", year) / 100.0,
        ks2_maths=_nearest_year(history, "ks2_maths_all", year) / 100.0,
        ks2_gap_index=gap_index("ks2_gap_index", years),
        ks4_gap_index=gap_index("ks4_gap_index", years),
        **special_results(),
    )


def _to_more_figures(history: pd.DataFrame) -> pd.DataFrame:
    """Put means over LAs for England's rounded pass rates, within their rounding (see SOURCES.md)."""
    means = read_published("national_means").set_index("year").astype(np.float64)
    better = history.copy()
    better.loc[means.index, means.columns] = means
    return better


def special_results() -> dict[str, float]:
    """Give national results of special schools and alternative provision.

    Returns
    -------
    dict
        By field of ``National``. No figure is published for alternative provision in the sources: special
        schools' own figure for pupils with entries stands in.
    """
    found = table.special_rates().set_index(["school_type", "measure"])["value"]
    stand_in = float(found[("special", "ks4_attainment8")])
    values = {}
    for name, key in SPECIAL_RESULTS.items():
        value = float(found[key]) if key in found.index else float("nan")
        per_cent = 100.0 if name == "special_ks2_rwm" else 1.0
        values[name] = (stand_in if np.isnan(value) else value) / per_cent
    return values


def _nearest_year(history: pd.DataFrame, column: str, year: int) -> float:
    """Read a figure in year 0, or where none is published in the nearest year, earlier ones first."""
    known = history[column].dropna()
    earlier = known[known.index <= year]
    return float(earlier.iloc[-1] if len(earlier) else known.iloc[0])
