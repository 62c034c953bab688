"""Plans of plain runs, from which the measurements of drift, forecasts and pairing are taken."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import pandas as pd
from joblib import Parallel, delayed, parallel_config

from experiments.draws import Sampler, Scenario
from experiments.jobs import Plan
from experiments.runlist import RunRow
from model.place import Place
from scenarios import evidence, library
from scenarios.posterior import posterior

T = TypeVar("T")

RESULTS = Path("results")
"""Where the measurements are written when asked for."""

SEED = 1


def sampler(seed: int = SEED) -> Sampler:
    """Give the draws in use: evidence rows, and the fitted values where there are any.

    Parameters
    ----------
    seed : int
        Seed of draws and of chance.

    Returns
    -------
    Sampler
        Draw 0 holds the central values.
    """
    return Sampler(seed=seed, evidence=evidence.rows(), posterior=posterior())


def plan_of(
    places: Sequence[Place],
    cells: Sequence[Sequence[tuple[int, int]]],
    *,
    years: int,
    scenarios: Mapping[str, Scenario] | None = None,
    switches: Mapping[str, bool] | None = None,
    detail: bool = False,
) -> Plan:
    """Plan runs of places that start from the same year.

    Parameters
    ----------
    places : sequence of Place
        Where.
    cells : sequence of sequences of (int, int)
        Draw and replicate of each run of each place. Places that share them share their chance.
    years : int
        Projected years.
    scenarios : mapping of str to Scenario, optional
        By name; the baseline alone where left out.
    switches : mapping of str to bool, optional
        Mechanisms switched off.
    detail : bool
        Whether to keep a row a school and year.

    Returns
    -------
    Plan
        For ``experiments.run.execute``.
    """
    chosen = scenarios or {library.BASELINE: library.load(library.BASELINE).dated(places[0].year)}
    rows = tuple(
        sorted(
            RunRow(place.slug, name, draw, replicate)
            for place, own in zip(places, cells, strict=True)
            for name in chosen
            for draw, replicate in own
        )
    )
    return Plan(
        rows=rows,
        places={place.slug: place for place in places},
        scenarios=chosen,
        sampler=sampler(),
        years=years,
        switches=switches or {},
        detail=detail,
    )


def in_processes(function: Callable[..., T], calls: Iterable[tuple], workers: int) -> list[T]:
    """Call a function on several processes, one thread each.

    Parameters
    ----------
    function : Callable
        At the top of its module.
    calls : iterable of tuple
        Arguments of each call.
    workers : int
        Processes.

    Returns
    -------
    list
        Results, in the order of the calls.
    """
    with (
        parallel_config(backend="loky", n_jobs=workers, inner_max_num_threads=1),
        warnings.catch_warnings(),
    ):
        # A worker that has grown is replaced between calls: nothing is lost.
        warnings.filterwarnings("ignore", "A worker stopped while some jobs", UserWarning)
        return list(Parallel()(delayed(function)(*arguments) for arguments in calls))


def show(table: pd.DataFrame, title: str, digits: int = 3) -> None:
    """Print a table under a title.

    Parameters
    ----------
    table : pandas.DataFrame
        What to print.
    title : str
        A line above it.
    digits : int
        Decimals.
    """
    print(f"\n{title}")
    print(table.to_string(index=False, float_format=f"{{:.{digits}f}}".format, na_rep=""))


def keep(table: pd.DataFrame, name: str, folder: Path | None) -> None:
    """Write a table as CSV.

    Parameters
    ----------
    table : pandas.DataFrame
        What to write.
    name : str
        File name without its ending.
    folder : Path or None
        Where; None writes nothing.
    """
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        table.to_csv(folder / f"{name}.csv", index=False)
