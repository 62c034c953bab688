"""Finished parts as tables, sorted so that the order of execution never shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.jobs import Plan
from experiments.parts import SCHOOL_COLUMNS, Part
from experiments.run import Finished
from model.declaration import CALIBRATED
from model.parameters import DECLARED
from model.place import Place

NOT_DRAWN = -1
"""``draw`` and ``replicate`` of published figures."""

_SHARES = ("disadvantaged_share", "ks2_rwm_expected", "absence")
"""Columns of schools that the model keeps as shares, and tables as per cent."""

_AT_WORK = ("members", "specialist_time", "cases_completed", "cases_interrupted")
_OF_WORK = ("posts_filled", "support_wait_weeks", "la_income_share", "reserves_months")
"""Ratios that say nothing in a year in which all of the former are nil: no wait is not a short one."""

_CATEGORIES = ("place", "scenario", "kind", "measure", "group", "flag")
_ORDER = ["place", "scenario", "draw", "replicate", "year", "kind", "measure", "group", "value", "flag"]


def trajectories(finished: Finished) -> pd.DataFrame:
    """Long table of everything measured, published history first.

    Parameters
    ----------
    finished : Finished
        Results of a plan.

    Returns
    -------
    pandas.DataFrame
        Columns place, scenario (empty for published figures), draw, replicate, year, kind (``data`` or
        ``simulated``), measure, group, value (unit of the measures registry) and flag (``published``,
        ``imputed``, ``synthetic``; ``simulated``). Posts filled, weeks waited, the LA's share of income and
        reserves are empty in a year without members, specialists or support.
    """
    history = [_history(name, place) for name, place in sorted(finished.plan.places.items())]
    simulated = [_simulated(part) for part in finished.parts if part.rows]
    table = _stack([*history, _sorted_by_row(_stack(simulated))] if simulated else history)
    return table[_ORDER]


def _stack(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Concatenate, keeping text columns as categories with sorted, shared values."""
    for name in _CATEGORIES:
        if any(name in frame for frame in frames):
            values = sorted({value for frame in frames for value in frame[name].cat.categories})
            frames = [frame.assign(**{name: frame[name].cat.set_categories(values)}) for frame in frames]
    return pd.concat(frames, ignore_index=True)


def _sorted_by_row(table: pd.DataFrame) -> pd.DataFrame:
    return table.sort_values(["place", "scenario", "draw", "replicate"], kind="stable", ignore_index=True)


def _constant(value: str, size: int) -> pd.api.extensions.ExtensionArray:
    return pd.Categorical([value] * size, categories=[value])


def _history(name: str, place: Place) -> pd.DataFrame:
    rows = sorted(place.history, key=lambda row: (row.measure, row.group, row.year))
    size = len(rows)
    return pd.DataFrame(
        {
            "place": _constant(name, size),
            "scenario": _constant("", size),
            "draw": np.full(size, NOT_DRAWN, np.int32),
            "replicate": np.full(size, NOT_DRAWN, np.int32),
            "year": np.array([row.year for row in rows], np.int32),
            "kind": _constant("data", size),
            "measure": pd.Categorical([row.measure for row in rows]),
            "group": pd.Categorical([row.group for row in rows]),
            "value": np.array([row.value for row in rows], np.float64),
            "flag": pd.Categorical([row.flag.name.lower() for row in rows]),
        }
    )


def _simulated(part: Part) -> pd.DataFrame:
    n_rows, n_years, n_columns = part.values.shape
    each = n_years * n_columns
    size = n_rows * each
    rows = part.rows

    def by_column(values: Sequence[str]) -> pd.Categorical:
        names, codes = np.unique(np.array(values), return_inverse=True)
        return pd.Categorical.from_codes(
            np.tile(codes, n_rows * n_years), categories=pd.Index(names.astype(object))
        )

    names, scenario = np.unique(np.array([row.scenario for row in rows]), return_inverse=True)
    return pd.DataFrame(
        {
            "place": _constant(rows[0].place, size),
            "scenario": pd.Categorical.from_codes(
                np.repeat(scenario, each), categories=pd.Index(names.astype(object))
            ),
            "draw": np.repeat(np.array([row.draw for row in rows], np.int32), each),
            "replicate": np.repeat(np.array([row.replicate for row in rows], np.int32), each),
            "year": np.tile(np.repeat(part.years.astype(np.int32), n_columns), n_rows),
            "kind": _constant("simulated", size),
            "measure": by_column([column.measure for column in part.columns]),
            "group": by_column([column.group for column in part.columns]),
            "value": _told(part).reshape(-1),
            "flag": _constant("simulated", size),
        }
    )


def _told(part: Part) -> npt.NDArray[np.float64]:
    """What was measured, empty where there was nothing to measure."""
    names = np.array([column.measure for column in part.columns])
    at_work = np.isin(names, _AT_WORK)
    if not at_work.any():
        return part.values
    idle = part.values[:, :, at_work].max(axis=2, keepdims=True) <= 0
    return np.where(idle & np.isin(names, _OF_WORK), np.nan, part.values)


def school_table(finished: Finished) -> pd.DataFrame | None:
    """One row a school and year, where detail was kept.

    Parameters
    ----------
    finished : Finished
        Results of a plan.

    Returns
    -------
    pandas.DataFrame or None
        The run-list columns, the school's name and LA, then the columns of ``model.record.SchoolYears``;
        shares in per cent, as the registry of measures has them.
    """
    frames = [_of_schools(part, finished.plan.places) for part in finished.parts if part.schools]
    if not frames:
        return None
    table = pd.concat(frames, ignore_index=True)
    keys = ["place", "scenario", "draw", "replicate"]
    table = table.sort_values(keys, kind="stable", ignore_index=True)
    return table.astype({"place": "category", "scenario": "category", "school": "category", "la": "category"})


def _of_schools(part: Part, places: Mapping[str, Place]) -> pd.DataFrame:
    index = part.schools["row"]
    keys = {
        name: np.array([getattr(row, name) for row in part.rows])[index]
        for name in ("place", "scenario", "draw", "replicate")
    }
    columns = {name: part.schools[name] for name in SCHOOL_COLUMNS}
    columns |= {name: 100.0 * columns[name] for name in _SHARES}
    place = places[part.rows[0].place]
    by_urn = np.argsort(place.schools.urn)
    at = by_urn[np.searchsorted(place.schools.urn, columns["urn"], sorter=by_urn)]
    said = {
        "school": np.array(place.schools.name, dtype=object)[at],
        "la": np.array(place.la_name, dtype=object)[place.schools.la[at]],
    }
    return pd.DataFrame({**keys, **said, **columns})


def parameters_used(plan: Plan) -> pd.DataFrame:
    """Every parameter as used, before any change by a scenario: declaration and values over the draws.

    Parameters
    ----------
    plan : Plan
        What ran.

    Returns
    -------
    pandas.DataFrame
        One row a parameter; ``mean``, ``lowest`` and ``highest`` are over the draws run.
    """
    evidence = plan.sampler.evidence
    draws = sorted({row.draw for row in plan.rows})
    drawn = [plan.sampler.parameters(draw) for draw in draws]
    central = plan.sampler.parameters(0)
    rows = []
    for name, item in DECLARED.items():
        values = np.array([parameters.value(name) for parameters in drawn])
        rows.append(
            {
                "name": name,
                "unit": item.unit,
                "description": item.description,
                "source": item.source,
                "strength": "calibrated" if item.source == CALIBRATED else evidence[item.source].strength,
                "effect": "effect" in item.tags,
                "default": item.default,
                "central": central.value(name),
                "mean": values.mean(),
                "lowest": values.min(),
                "highest": values.max(),
                "bounds_low": item.low,
                "bounds_high": item.high,
                "targets": "; ".join(item.targets),
            }
        )
    return pd.DataFrame(rows)
