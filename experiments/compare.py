"""Paired comparison: each scenario less the baseline, row by row on the same draw and replicate."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from model.measures import BY_ID
from scenarios.errors import BadInput

ROWS_FOR_95 = 100
"""Fewer rows than this cannot show a 95 per cent band."""

ROWS_FOR_RANGE = 20
"""Fewer rows than this cannot show any band."""

DUST = 1e-9
"""A difference of less than this share of the level is rounding of floating point, and counts as none."""

_CELL = ["place", "measure", "group", "year", "scenario"]
_WHOLE = ["place", "measure", "group", "scenario"]
_PAIR = ["place", "measure", "group", "year", "draw", "replicate"]
_BANDS = ((0.95, "low", "high"), (0.80, "low_80", "high_80"), (0.50, "low_50", "high_50"))


def direction(measure: str, group: str) -> int:
    """Which way is better.

    Parameters
    ----------
    measure, group : str
        As in the measures registry.

    Returns
    -------
    int
        1 where higher is better, -1 where lower is, 0 where neither. A gap is other less disadvantaged, so
        it is better lower where the measure is better higher, and the other way round.
    """
    entry = BY_ID[measure]
    sign = {"higher": 1, "lower": -1, "neither": 0}[entry.better]
    return -sign if group == "gap" and "all" in entry.groups else sign


def compare(
    trajectories: pd.DataFrame, *, baseline: str = "baseline", worthwhile_gap: float = 1.0
) -> pd.DataFrame:
    """Compare every scenario with the baseline.

    Parameters
    ----------
    trajectories : pandas.DataFrame
        As made by ``experiments.tables.trajectories``.
    baseline : str
        The scenario the others are compared with.
    worthwhile_gap : float
        Smallest worthwhile change of a gap, percentage points (evidence row ``smallest_worthwhile_gap``).

    Returns
    -------
    pandas.DataFrame
        One row a place, measure, group, year and scenario. ``scenario_mean`` and ``baseline`` are means over
        the pairs, ``level_mc_error`` the larger of their standard errors; ``difference`` is the mean paired
        difference, ``mc_error`` its standard error; ``low`` and ``high`` hold 95 per cent of the paired
        differences (from 100 pairs), as ``low_80``, ``high_80``, ``low_50``, ``high_50`` hold 80 and 50
        (from 20); the chances are shares of draws whose mean difference is better than zero (ties half),
        better by ``worthwhile_gap`` (gaps in percentage points only) or worse by it, ``chance_mc_error`` the
        largest of their standard errors; ``variance_ratio`` is what pairing saves. Differences below ``DUST``
        of the level count as 0.

    Raises
    ------
    BadInput
        If the baseline is not among the scenarios, or no row of a scenario has its pair.
    """
    tables = [
        _by_year(paired, worthwhile_gap).assign(scenario=name)
        for name, paired in _pairs(trajectories, baseline).items()
    ]
    return _in_order(pd.concat(tables, ignore_index=True), _CELL)


def compare_over_years(
    trajectories: pd.DataFrame, *, baseline: str = "baseline", worthwhile_gap: float = 1.0
) -> pd.DataFrame:
    """Compare every scenario with the baseline over all the years in which it makes a difference.

    Parameters
    ----------
    trajectories : pandas.DataFrame
        As made by ``experiments.tables.trajectories``.
    baseline : str
        The scenario the others are compared with.
    worthwhile_gap : float
        Smallest worthwhile change of a gap, percentage points.

    Returns
    -------
    pandas.DataFrame
        One row a place, measure, group and scenario that makes any difference. Values are means over the
        years from the first to the last in which any pair differs (``first_year``, ``last_year``); the other
        columns are as in ``compare``.

    Raises
    ------
    BadInput
        As in ``compare``.
    """
    tables = [
        _over_years(paired, worthwhile_gap).assign(scenario=name)
        for name, paired in _pairs(trajectories, baseline).items()
    ]
    return _in_order(pd.concat(tables, ignore_index=True), _WHOLE)


def _in_order(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    table = table.reindex(columns=[*keys, *(name for name in table.columns if name not in keys)])
    return table.sort_values(keys, ignore_index=True)


def _pairs(trajectories: pd.DataFrame, baseline: str) -> dict[str, pd.DataFrame]:
    """Rows of each scenario beside the baseline's rows of the same draw and replicate."""
    simulated = trajectories.loc[trajectories["kind"] == "simulated"]
    names = sorted(simulated["scenario"].astype(str).unique())
    if baseline not in names:
        raise BadInput("the baseline did not run", where="baseline", found=baseline, allowed=", ".join(names))
    if len(names) == 1:
        raise BadInput(
            "nothing to compare", where="scenarios", found=baseline, allowed="the baseline and one more"
        )
    of = {name: _indexed(simulated.loc[simulated["scenario"] == name]) for name in names}
    without = of.pop(baseline).rename(columns={"value": "value_without"})
    joined = {}
    for name, table in of.items():
        paired = table.rename(columns={"value": "value_with"}).join(without, how="inner")
        if paired.empty:
            raise BadInput(
                "has no run with the baseline's draws and replicates", where="scenario", found=name
            )
        joined[name] = paired.reset_index().sort_values(_PAIR, ignore_index=True)
    return joined


def _indexed(table: pd.DataFrame) -> pd.DataFrame:
    plain = table.astype({"place": str, "measure": str, "group": str})
    return plain.set_index(_PAIR)[["value"]]


def _by_year(paired: pd.DataFrame, worthwhile_gap: float) -> pd.DataFrame:
    keys = ["place", "measure", "group", "year"]
    rows = []
    for key, cell in paired.groupby(keys, sort=True):
        rows.append({**dict(zip(keys, key, strict=True)), **_numbers(cell, key[1], key[2], worthwhile_gap)})
    return pd.DataFrame(rows)


def _over_years(paired: pd.DataFrame, worthwhile_gap: float) -> pd.DataFrame:
    keys = ["place", "measure", "group"]
    rows = []
    for key, cell in paired.groupby(keys, sort=True):
        differing = cell.loc[_difference(cell["value_with"], cell["value_without"]) != 0, "year"]
        if cell[["value_with", "value_without"]].isna().any(axis=None) or differing.empty:
            continue
        span = {"first_year": int(differing.min()), "last_year": int(differing.max())}
        within = cell.loc[cell["year"].between(span["first_year"], span["last_year"])]
        means = within.groupby(["draw", "replicate"], as_index=False)[["value_with", "value_without"]].mean()
        rows.append(
            {**dict(zip(keys, key, strict=True)), **span, **_numbers(means, key[1], key[2], worthwhile_gap)}
        )
    return pd.DataFrame(rows)


def _numbers(cell: pd.DataFrame, measure: object, group: object, worthwhile_gap: float) -> dict[str, float]:
    measure, group = str(measure), str(group)
    return paired_numbers(
        cell["value_with"].to_numpy(),
        cell["value_without"].to_numpy(),
        cell["draw"].to_numpy(),
        sign=direction(measure, group),
        worthwhile=worthwhile_gap if group == "gap" and BY_ID[measure].unit == "per cent" else np.nan,
    )


def paired_numbers(
    with_: NDArray[np.float64],
    without: NDArray[np.float64],
    draw: NDArray[np.integer],
    *,
    sign: int,
    worthwhile: float,
) -> dict[str, float]:
    """Arithmetic of one cell of a comparison.

    Parameters
    ----------
    with_, without : (n_pairs,) float64
        Values under the scenario and under the baseline, in the same order of pairs.
    draw : (n_pairs,) int
        The draw of each pair.
    sign : int
        1 where higher is better, -1 where lower is, 0 where neither.
    worthwhile : float
        Smallest worthwhile size of a difference; NaN where there is none.

    Returns
    -------
    dict of str to float
        The columns described in ``compare``.
    """
    difference = _difference(with_, without)
    bands = {}
    for share, low, high in _BANDS:
        shown = len(difference) >= (ROWS_FOR_95 if low == "low" else ROWS_FOR_RANGE)
        ends = np.quantile(difference, [(1 - share) / 2, (1 + share) / 2]) if shown else (np.nan, np.nan)
        bands[low], bands[high] = float(ends[0]), float(ends[1])
    by_draw = _by_draw(difference, draw)
    better, worthwhile_, harm = (
        _chance(gain, beyond) if sign else np.nan
        for gain, beyond in (
            (sign * by_draw, 0.0),
            (sign * by_draw, worthwhile),
            (-sign * by_draw, worthwhile),
        )
    )
    return {
        "baseline": float(without.mean()),
        "scenario_mean": float(with_.mean()),
        "level_mc_error": max(_error_of_mean(without, draw), _error_of_mean(with_, draw)),
        "difference": float(difference.mean()),
        **bands,
        "chance_better": better,
        "chance_worthwhile": worthwhile_,
        "chance_harm": harm,
        "mc_error": _error_of_mean(difference, draw),
        "chance_mc_error": max(_share_error(share, len(by_draw)) for share in (better, worthwhile_, harm)),
        "variance_ratio": _variance_ratio(with_, without, difference),
        "draws": len(by_draw),
        "pairs": len(difference),
    }


def _difference(with_: ArrayLike, without: ArrayLike) -> NDArray[np.float64]:
    """Differences of pairs, without dust as against the largest value; NaN where either is."""
    one, other = np.asarray(with_, np.float64), np.asarray(without, np.float64)
    found = one - other
    level = np.fmax.reduce(np.abs([one, other]), axis=None, initial=0.0)
    return np.where(np.abs(found) < DUST * level, 0.0, found)


def _by_draw(values: NDArray[np.float64], draw: NDArray[np.integer]) -> NDArray[np.float64]:
    """Mean over the replicates of each draw."""
    _, index = np.unique(draw, return_inverse=True)
    return np.bincount(index, values) / np.bincount(index)


def _chance(gain: NDArray[np.float64], beyond: float) -> float:
    """Share of draws that gain more than ``beyond``, ties half; a single draw gives no chance."""
    if len(gain) < 2 or np.isnan(beyond) or np.isnan(gain).any():
        return np.nan
    return float(np.mean((gain > beyond) + 0.5 * (gain == beyond)))


def _error_of_mean(values: NDArray[np.float64], draw: NDArray[np.integer]) -> float:
    """Standard error of a mean: draws are the independent units, or replicates where there is one draw."""
    units = _by_draw(values, draw)
    units = units if len(units) > 1 else values
    return float(units.std(ddof=1) / np.sqrt(len(units))) if len(units) > 1 else np.nan


def _share_error(share: float, n: int) -> float:
    """Standard error of a share; two more of each outcome give 0 and 1 one too (Agresti and Coull 1998)."""
    if np.isnan(share):
        return np.nan
    centre = (share * n + 2) / (n + 4)
    return float(np.sqrt(centre * (1 - centre) / (n + 4)))


def _variance_ratio(
    with_: NDArray[np.float64], without: NDArray[np.float64], difference: NDArray[np.float64]
) -> float:
    """Variance of a difference of unpaired runs over that of paired runs; NaN where nothing differs."""
    if len(with_) < 2:
        return np.nan
    paired = difference.var(ddof=1)
    return float((with_.var(ddof=1) + without.var(ddof=1)) / paired) if paired > 0 else np.nan
