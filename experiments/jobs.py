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

SOME_DRAWS = 5
"""Draws whose first replicate keeps posts, cases, money and events where some detail is asked for."""

INSTITUTIONS_KEPT = ("none", "some", "all")


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
    institutions : str
        Which runs keep posts, cases, money and events, where ``detail`` is kept: one of
        ``INSTITUTIONS_KEPT``; ``some`` are the first replicate of the first ``SOME_DRAWS`` draws of a place.
    """

    rows: tuple[RunRow, ...]
    places: Mapping[str, Place]
    scenarios: Mapping[str, Scenario]
    sampler: Sampler
    years: int
    switches: Mapping[str, bool] = field(default_factory=dict)
    detail: bool = False
    institutions: str = "all"

    @cached_property
    def _chunks(self) -> tuple[Chunk, ...]:
        """Made once, as both the name of the folder of parts and the run itself need them."""
        return _made_ready(self)


@dataclass(frozen=True)
class Job:
    """One row with its parameters and levers, and whether what its institutions leave is kept."""

    row: RunRow
    parameters: Parameters
    levers: Levers
    institutions: bool = True


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


def pairs_in_detail(plan: Plan) -> frozenset[tuple[str, int, int]]:
    """Say which pairs keep posts, cases, money and events.

    Parameters
    ----------
    plan : Plan
        What to run.

    Returns
    -------
    frozenset of tuple of (str, int, int)
        Place, draw and replicate.
    """
    if not plan.detail or plan.institutions == "none":
        return frozenset()
    every = sorted({pair(row) for row in plan.rows})
    if plan.institutions == "all":
        return frozenset(every)
    found: set[tuple[str, int, int]] = set()
    for _, of_place in groupby(every, key=lambda item: item[0]):
        first: dict[int, tuple[str, int, int]] = {}
        for item in of_place:
            first.setdefault(item[1], item)
        found |= set(list(first.values())[:SOME_DRAWS])
    return frozenset(found)


def _made_ready(plan: Plan) -> tuple[Chunk, ...]:
    parameters: dict[tuple[str, int], Parameters] = {}
    levers: dict[tuple[str, int], Levers] = {}
    kept = pairs_in_detail(plan)

    def job(row: RunRow) -> Job:
        key, scenario = (row.scenario, row.draw), plan.scenarios[row.scenario]
        if key not in parameters:
            parameters[key] = plan.sampler.parameters(row.draw, scenario.parameter_changes)
            levers[key] = plan.sampler.levers(row.draw, scenario)
        return Job(row, parameters[key], levers[key], pair(row) in kept)

    cut = enumerate(chunk_rows(plan.rows))
    return tuple(Chunk(number, rows[0].place, tuple(job(row) for row in rows)) for number, rows in cut)
