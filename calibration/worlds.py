"""The same scenarios in several worlds: mechanisms off, parameters set, same draws and chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
import pandas as pd

from calibration.plans import plan_of, sampler
from experiments.equal_cost import equal_cost, run_alone
from experiments.run import execute
from experiments.tables import trajectories
from model.place import Place
from scenarios import library
from scenarios.scenario import Scenario as Written

KEYS = ["draw", "replicate"]


@dataclass(frozen=True, kw_only=True)
class World:
    """What nobody chooses.

    Attributes
    ----------
    off : tuple of str
        Mechanisms switched off.
    parameters : mapping of str to float
        Values set, by full name.
    equal_cost : bool
        Whether scenarios marked equal are brought to the cost of the first of them.
    """

    off: tuple[str, ...] = ()
    parameters: Mapping[str, float] = field(default_factory=dict)
    equal_cost: bool = False


def in_world(scenario: Written, world: World) -> Written:
    """Put a scenario into a world.

    Parameters
    ----------
    scenario : Scenario
        As written.
    world : World
        Whose parameters stand in it.

    Returns
    -------
    Scenario
        A copy.
    """
    return replace(scenario, parameter_changes={**scenario.parameter_changes, **world.parameters})


def cells(draws: int, replicates: int) -> list[tuple[int, int]]:
    """List draws and replicates.

    Parameters
    ----------
    draws : int
        Sampled draws; 0 for central values alone.
    replicates : int
        Replicates of each draw.

    Returns
    -------
    list of (int, int)
        Draw and replicate.
    """
    which = range(1, draws + 1) if draws else (0,)
    return [(draw, replicate) for draw in which for replicate in range(1, replicates + 1)]


def run_worlds(
    place: Place,
    names: Sequence[str],
    worlds: Mapping[str, World],
    *,
    draws: int,
    replicates: int,
    years: int,
    workers: int = 2,
) -> pd.DataFrame:
    """Run scenarios of the library in every world.

    Parameters
    ----------
    place : Place
        Where.
    names : sequence of str
        Scenarios.
    worlds : mapping of str to World
        By name.
    draws, replicates, years, workers : int
        How much; ``draws`` 0 for central values.

    Returns
    -------
    pandas.DataFrame
        Trajectories with a column ``world``.
    """
    found = []
    for label, world in worlds.items():
        scenarios: dict[str, Written] = {
            name: in_world(library.load(name), world).dated(place.year) for name in names
        }
        switches = dict.fromkeys(world.off, False)
        if world.equal_cost:
            scenarios, factors = equal_cost(
                scenarios, place, sampler(), cells(draws, replicates), years,
                partial(run_alone, switches=switches), workers,
            )  # fmt: skip
            print(label, factors)
        plan = plan_of(
            [place], [cells(draws, replicates)], years=years, scenarios=scenarios, switches=switches
        )
        finished = execute(plan, engine="joblib", workers=workers, fail_fast=True)
        table = trajectories(finished)
        found.append(table[table["kind"] == "simulated"].assign(world=label))
    return pd.concat(found, ignore_index=True)


def means(table: pd.DataFrame, measures: Sequence[tuple[str, str]], first: int, last: int) -> pd.DataFrame:
    """Average measures over years, run by run.

    Parameters
    ----------
    table : pandas.DataFrame
        From ``run_worlds``.
    measures : sequence of (str, str)
        Measure and group.
    first, last : int
        Years, by the year the academic year ends, both included.

    Returns
    -------
    pandas.DataFrame
        One row a world, draw and replicate; columns (measure, group, scenario).
    """
    asked = pd.MultiIndex.from_frame(table[["measure", "group"]]).isin(list(measures))
    kept = table[asked & table["year"].between(first, last)]
    return kept.pivot_table(
        index=["world", *KEYS], columns=["measure", "group", "scenario"], values="value", observed=True
    )


def mean_and_error(values: pd.Series) -> tuple[float, float]:
    """Mean over runs and its Monte Carlo error.

    Parameters
    ----------
    values : pandas.Series
        One a run.

    Returns
    -------
    mean, error : float
        Error NaN for a single run.
    """
    known = values.dropna().to_numpy(dtype=float)
    if len(known) < 2:
        return (float(known.mean()) if len(known) else float("nan")), float("nan")
    return float(known.mean()), float(known.std(ddof=1) / np.sqrt(len(known)))
