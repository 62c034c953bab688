"""Jobs: run-list rows made ready for the model, grouped so that a pair's scenarios share their chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from experiments.draws import Sampler, Scenario
from experiments.runlist import RunRow
from model.levers import Levers
from model.parameters import Parameters
from model.place import Place

MOST_CHUNKS = 64
"""Work on a place is cut into about this many chunks: few enough to be cheap, enough to show progress."""

MOST_PAIRS = 16
"""Most pairs of one chunk, so that an interruption loses little."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Everything a run needs, settled before it starts.

    Attributes
    ----------
    rows : tuple of RunRow
        The run list, sorted.
    places, scenarios : Mapping
        What the names of the run list stand for.
    sampler : Sampler
        Turns draws into parameters and levers.
    years : int
        Projected years after year 0.
    switches : Mapping of str to bool
        Mechanism switches that differ from their defaults.
    detail : bool
        Keep a row a school and year.
    """

    rows: tuple[RunRow, ...]
    places: Mapping[str, Place]
    scenarios: Mapping[str, Scenario]
    sampler: Sampler
    years: int
    switches: Mapping[str, bool] = field(default_factory=dict)
    detail: bool = False

    @cached_property
    def _chunks(self) -> tuple[Chunk, ...]:
        """Made once, as both the name of the folder of parts and the run itself need them."""
        return _made_ready(self)


@dataclass(frozen=True)
class Job:
    """One row with its parameters and levers."""

    row: RunRow
    parameters: Parameters
    levers: Levers


@dataclass(frozen=True)
class Chunk:
    """Jobs of one place that go to a worker together; the jobs of a (draw, replicate) pair are neighbours.

    Attributes
    ----------
    number : int
        Place in the order of the run list.
    place : str
        Name of the place.
    jobs : tuple of Job
        In the order of place, draw, replicate, scenario.
    """

    number: int
    place: str
    jobs: tuple[Job, ...]


def pair(row: RunRow) -> tuple[str, int, int]:
    """Say which pair a row belongs to.

    Parameters
    ----------
    row : RunRow
        A run.

    Returns
    -------
    tuple of (str, int, int)
        What the scenarios of a pair share: place, draw and replicate.
    """
    return row.place, row.draw, row.replicate


def chunk_rows(rows: Sequence[RunRow]) -> Iterator[tuple[RunRow, ...]]:
    """Cut a run list into chunks of whole pairs, each of one place.

    Parameters
    ----------
    rows : Sequence of RunRow
        In any order; the cut does not depend on it, nor on the number of workers.

    Yields
    ------
    tuple of RunRow
        A chunk's rows, pairs together.
    """
    ordered = sorted(rows, key=lambda row: (*pair(row), row.scenario))
    for _, of_place in groupby(ordered, key=lambda row: row.place):
        pairs = [tuple(group) for _, group in groupby(of_place, key=pair)]
        size = min(-(-len(pairs) // MOST_CHUNKS), MOST_PAIRS)
        for start in range(0, len(pairs), size):
            yield tuple(row for group in pairs[start : start + size] for row in group)


def chunks(plan: Plan) -> tuple[Chunk, ...]:
    """Make a plan's rows ready for the model, once.

    Parameters
    ----------
    plan : Plan
        What to run.

    Returns
    -------
    tuple of Chunk
        In the order of the run list.

    Raises
    ------
    BadInput
        If a draw leaves the bounds of a parameter.
    """
    return plan._chunks


def _made_ready(plan: Plan) -> tuple[Chunk, ...]:
    parameters: dict[tuple[str, int], Parameters] = {}
    levers: dict[tuple[str, int], Levers] = {}

    def job(row: RunRow) -> Job:
        key, scenario = (row.scenario, row.draw), plan.scenarios[row.scenario]
        if key not in parameters:
            parameters[key] = plan.sampler.parameters(row.draw, scenario.parameter_changes)
            levers[key] = plan.sampler.levers(row.draw, scenario)
        return Job(row, parameters[key], levers[key])

    cut = enumerate(chunk_rows(plan.rows))
    return tuple(Chunk(number, rows[0].place, tuple(job(row) for row in rows)) for number, rows in cut)
