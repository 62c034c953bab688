"""The table of school results with every school's two groups in it: published where they are, else made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from model.place import Bools, Flag, Floats, Phase
from scenarios.places.build.fitted_shares import fitted_shares
from scenarios.places.build.split import (
    HIGHEST_ATTAINMENT8,
    Cohorts,
    Split,
    other_results,
    split_points,
    split_shares,
    target_rows,
)
from scenarios.places.build.suppressed import SCHOOL_SD, Known, fill_suppressed
from scenarios.places.rates import special_results

KEY = ["urn", "year"]
HOW = {
    "all": "suppressed: what the LA's total leaves for these schools, shrunk to what schools like them have",
    "disadvantaged": "from the school's result, its disadvantaged share and the LA's results of both groups",
    "other": "what the school's result and its disadvantaged pupils' leave",
}
"""What was done where a group's result is not published."""

FEWEST_PUPILS = 0.5
"""A group of fewer pupils than this is no group: it has no result."""


@dataclass(frozen=True)
class Measure:
    """How a measure is split.

    Attributes
    ----------
    all_pupils, disadvantaged, other : str
        Columns of the LA indicators.
    unit : float
        Factor from these to the unit of school results.
    rounding : float
        Step to which LA figures are rounded, in the unit of school results.
    highest : float
        Highest result possible.
    special, alternative : str
        Fields of ``special_results`` that stand for special schools and alternative provision.
    """

    all_pupils: str
    disadvantaged: str
    other: str
    unit: float
    rounding: float
    highest: float
    special: str
    alternative: str


MEASURES: Mapping[str, Measure] = {
    "ks2_rwm_expected": Measure(
        "ks2_rwm_all", "ks2_rwm_disadvantaged", "ks2_rwm_other", 0.01, 0.01, 1.0,
        "special_ks2_rwm", "special_ks2_rwm",
    ),
    "ks4_attainment8": Measure(
        "a8_all", "a8_disadvantaged", "a8_other", 1.0, 0.1, HIGHEST_ATTAINMENT8,
        "special_attainment8", "alternative_provision_attainment8",
    ),
}  # fmt: skip
"""Measures that are split."""


def with_split(schools: pd.DataFrame, results: pd.DataFrame, las: pd.DataFrame) -> pd.DataFrame:
    """Put both groups' results of every school in the table.

    Parameters
    ----------
    schools : pandas.DataFrame
        One row a school, index urn; la_code, phase, disadvantaged_share and entry_places are read.
    results : pandas.DataFrame
        Long: urn, year, measure, group, value, pupils, flag, code, published_urn.
    las : pandas.DataFrame
        LA indicators by (la_code, year).

    Returns
    -------
    pandas.DataFrame
        The same rows, those without a value of a measure that is split replaced by rows flagged imputed (the
        code that stood there is kept). A group of no pupils gets no row.
    """
    made = [_rows_of(name, schools, results, las) for name in MEASURES]
    new = pd.concat([part for part in made if len(part)] or [results.iloc[:0]], ignore_index=True)
    if new.empty:
        return results
    key = [*KEY, "measure", "group"]
    standing = results.set_index(key).index
    replaced = standing.isin(new.set_index(key).index)
    joined = pd.concat([results[~replaced], new[results.columns]], ignore_index=True)
    return joined.sort_values(key, kind="stable", ignore_index=True)


def wide(results: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Put the groups of a measure side by side.

    Parameters
    ----------
    results : pandas.DataFrame
        Long table.
    measure : str
        Measure.

    Returns
    -------
    pandas.DataFrame
        Index (urn, year); columns all, disadvantaged, other and pupils_all, ... (NaN where none), code_all,
        ... (empty where none), published_urn.
    """
    rows = results[results["measure"] == measure]
    table = pd.DataFrame(index=pd.MultiIndex.from_frame(rows[KEY].drop_duplicates()).sort_values())
    for group in ("all", "disadvantaged", "other"):
        of_group = rows[rows["group"] == group].drop_duplicates(KEY, keep="last").set_index(KEY)
        table[group] = of_group["value"].astype(np.float64)
        table[f"pupils_{group}"] = of_group["pupils"].astype(np.float64)
        table[f"code_{group}"] = of_group["code"].astype(str).reindex(table.index).fillna("")
    published = rows.drop_duplicates(KEY).set_index(KEY)["published_urn"]
    table["published_urn"] = published
    return table


def _rows_of(name: str, schools: pd.DataFrame, results: pd.DataFrame, las: pd.DataFrame) -> pd.DataFrame:
    """Rows of a measure that are not published; columns of the results table."""
    measure = MEASURES[name]
    table = wide(results, name)
    table = table[table.index.get_level_values("urn").isin(schools.index)]
    if table.empty:
        return results.iloc[:0]
    table = table.join(schools[["la_code", "phase", "disadvantaged_share", "entry_places"]], on="urn")
    la_years = pd.MultiIndex.from_arrays(
        [table["la_code"].to_numpy(), table.index.get_level_values("year")], names=["la_code", "year"]
    )
    part, keys = pd.factorize(la_years)
    target = target_rows(las, keys, (measure.disadvantaged, measure.other), measure.unit)
    everyone = target_rows(las, keys, (measure.all_pupils, measure.all_pupils), measure.unit)[:, 0]
    pupils = _pupils(table)
    share, counted = _shares(table, pupils)
    known = Known(
        value=_all_from_groups(table, share),
        pupils=pupils,
        expected=_expected(table, measure, target[part], share, everyone[part]),
        part=part.astype(np.int32),
        everyone=everyone,
    )
    value = fill_suppressed(known, SCHOOL_SD[name], measure.rounding, measure.highest)
    share = fitted_shares(share, pupils, counted, value, part, target, 0.5 * measure.rounding)
    cohorts = Cohorts(
        everyone=value,
        pupils=pupils,
        share=share,
        disadvantaged=table["disadvantaged"].to_numpy(),
        part=known.part,
        target=target,
    )
    split = split_shares(cohorts) if measure.highest == 1.0 else split_points(cohorts)
    return _long(name, table, cohorts, split)


def _pupils(table: pd.DataFrame) -> Floats:
    """Pupils behind each result: published, both groups' sum, or the school's usual intake."""
    both = table["pupils_disadvantaged"] + table["pupils_other"]
    usual = table["entry_places"].astype(np.float64)
    found = table["pupils_all"].fillna(both).fillna(usual)
    return np.asarray(np.maximum(found.fillna(found.median()).fillna(1.0).to_numpy(dtype=np.float64), 1.0))


def _shares(table: pd.DataFrame, pupils: Floats) -> tuple[Floats, Bools]:
    """Share disadvantaged (counted in the year group, else the school's, else the mean); whether counted."""
    count = table["pupils_disadvantaged"].fillna(table["pupils_all"] - table["pupils_other"])
    usual = table["disadvantaged_share"].astype(np.float64)
    mean = float(np.average(usual.dropna(), weights=pupils[usual.notna()])) if usual.notna().any() else 0.3
    share = (count / pupils).fillna(usual).fillna(mean)
    return np.clip(share.to_numpy(dtype=np.float64), 0.0, 1.0), count.notna().to_numpy()


def _all_from_groups(table: pd.DataFrame, share: Floats) -> Floats:
    """All pupils' published result, or the mixture of two published groups; NaN where neither is."""
    mixed = share * table["disadvantaged"].to_numpy() + (1.0 - share) * table["other"].to_numpy()
    return np.asarray(table["all"].fillna(pd.Series(mixed, index=table.index)).to_numpy(dtype=np.float64))


def _expected(table: pd.DataFrame, measure: Measure, groups: Floats, share: Floats, la: Floats) -> Floats:
    """Result of all pupils that a school like each would have."""
    mixed = share * groups[:, 0] + (1.0 - share) * groups[:, 1]
    expected = np.where(np.isnan(mixed), la, mixed)
    mean = np.nanmean(table["all"]) if table["all"].notna().any() else 0.0
    expected = np.where(np.isnan(expected), mean, expected)
    phase = table["phase"].to_numpy(dtype=np.int64)
    special = special_results()
    expected = np.where(phase == Phase.SPECIAL, special[measure.special], expected)
    return np.where(phase == Phase.ALTERNATIVE_PROVISION, special[measure.alternative], expected)


def _long(name: str, table: pd.DataFrame, cohorts: Cohorts, split: Split) -> pd.DataFrame:
    """Rows for what is not published, in the columns of the results table."""
    counts = cohorts.disadvantaged_pupils
    highest = MEASURES[name].highest
    other = other_results(cohorts.everyone, cohorts.share, split.disadvantaged, highest)
    columns = {
        "all": (cohorts.everyone, cohorts.pupils, table["all"].isna().to_numpy()),
        "disadvantaged": (split.disadvantaged, counts, table["disadvantaged"].isna().to_numpy()),
        "other": (other, cohorts.pupils - counts, table["other"].isna().to_numpy()),
    }
    parts = []
    for group, (value, pupils, missing) in columns.items():
        rows = missing & (pupils >= FEWEST_PUPILS)
        parts.append(
            pd.DataFrame(
                {
                    "urn": table.index.get_level_values("urn")[rows],
                    "year": table.index.get_level_values("year")[rows],
                    "measure": name,
                    "group": group,
                    "value": value[rows],
                    "pupils": pupils[rows],
                    "flag": int(Flag.IMPUTED),
                    "code": table[f"code_{group}"].to_numpy()[rows],
                    "published_urn": table["published_urn"].to_numpy()[rows],
                }
            )
        )
    return pd.concat(parts, ignore_index=True)
