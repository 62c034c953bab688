"""Engines: where chunks run, in this process or in several beside it; the results are the same."""

from __future__ import annotations

import pickle
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from experiments.freed_memory import keep_freed_memory
from experiments.garbage import after_row, looked_for_by_row
from experiments.jobs import Chunk, Job, pair
from experiments.parts import Failure, Part, gather
from experiments.runlist import RunRow
from experiments.snapshot import Snapshot
from model.levers import first_heard
from model.place import Place
from model.randomness import Chance
from model.record import Record

Simulate = Callable[..., Record]
"""``model.system.simulate``, or what stands in its place in a test."""

ENGINES = ("serial", "joblib")
SERIAL_ROWS = 8
"""Up to this many rows a pool of processes takes longer to start than to work."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """What is the same for every row of a run.

    Attributes
    ----------
    simulate : Callable
        The model.
    seed, years, switches, detail
        As in ``model.system.simulate``.
    fail_fast : bool
        Let a failure of one row end the run.
    """

    simulate: Simulate
    seed: int
    years: int
    switches: Mapping[str, bool]
    detail: bool
    fail_fast: bool


def run_chunk(chunk: Chunk, place: Place, work: Work, done_row: Callable[[], object] = lambda: None) -> Part:
    """Run the rows of a chunk one after another; the scenarios of a pair share their chance.

    Parameters
    ----------
    chunk : Chunk
        What to run.
    place : Place
        Where.
    work : Work
        What is the same for every row.
    done_row : Callable, optional
        Called after each row.

    Returns
    -------
    Part
        Its results.

    Raises
    ------
    Exception
        Whatever a row raised, if ``work.fail_fast``.
    """
    keep_freed_memory()
    started = time.process_time()
    done: list[tuple[RunRow, Record]] = []
    failures: list[Failure] = []
    with looked_for_by_row():
        for (_, draw, replicate), group in groupby(chunk.jobs, key=lambda job: pair(job.row)):
            jobs = list(group)
            chance = Chance(work.seed, draw, replicate, keep=len(jobs) > 1, copies=Snapshot)
            if chance.come_of_it is not None:  # they are alike until one of them is heard of
                chance.come_of_it["heard"] = first_heard(*(job.levers for job in jobs))
            for job in jobs:
                try:
                    done.append((job.row, _simulated(job, place, work, chance)))
                except Exception as error:
                    if work.fail_fast:
                        raise
                    failures.append(Failure(job.row, f"{type(error).__name__}: {error}"))
                after_row()
                done_row()
    return gather(done, failures, time.process_time() - started)


def _simulated(job: Job, place: Place, work: Work, chance: Chance) -> Record:
    record = work.simulate(
        place,
        job.levers,
        job.parameters,
        years=work.years,
        chance=chance,
        switches=work.switches,
        detail=work.detail,
    )
    return record if job.institutions else replace(record, institutions=None)


def serial(
    chunks: Sequence[Chunk], places: Mapping[str, Place], work: Work, advance: Callable[[int], object]
) -> Iterator[tuple[Chunk, Part]]:
    """Run chunks one after another in this process.

    Parameters
    ----------
    chunks : Sequence of Chunk
        What to run.
    places : Mapping of str to Place
        Where.
    work : Work
        What is the same for every row.
    advance : Callable
        Called with the number of rows just finished.

    Yields
    ------
    (Chunk, Part)
        As each is finished.
    """
    for chunk in chunks:
        yield chunk, run_chunk(chunk, places[chunk.place], work, lambda: advance(1))


def processes(
    chunks: Sequence[Chunk],
    places: Mapping[str, Place],
    work: Work,
    advance: Callable[[int], object],
    workers: int,
) -> Iterator[tuple[Chunk, Part]]:
    """Run chunks on several processes (joblib's loky), one thread each; a place is sent to each worker once.

    Parameters
    ----------
    chunks : Sequence of Chunk
        What to run.
    places : Mapping of str to Place
        Where.
    work : Work
        What is the same for every row.
    advance : Callable
        Called with the number of rows just finished.
    workers : int
        Number of processes.

    Yields
    ------
    (Chunk, Part)
        As each is finished, in any order.
    """
    from joblib import Parallel, delayed, parallel_config

    with tempfile.TemporaryDirectory(prefix="lepsim-") as folder:
        sent = {name: Path(folder) / f"{number}.place" for number, name in enumerate(sorted(places))}
        for name, path in sent.items():
            path.write_bytes(pickle.dumps(places[name], protocol=pickle.HIGHEST_PROTOCOL))
        with (
            parallel_config(backend="loky", n_jobs=workers, inner_max_num_threads=1),
            warnings.catch_warnings(),
        ):
            # A worker that has grown is replaced between chunks: nothing is lost, so nobody needs telling.
            warnings.filterwarnings("ignore", "A worker stopped while some jobs", UserWarning)
            tasks = (delayed(_in_worker)(chunk, str(sent[chunk.place]), work) for chunk in chunks)
            by_number = {chunk.number: chunk for chunk in chunks}
            for number, part in Parallel(return_as="generator_unordered", batch_size=1)(tasks):
                chunk = by_number[number]
                advance(len(chunk.jobs))
                yield chunk, part


@lru_cache(maxsize=1)
def _place_of(path: str) -> Place:
    place = pickle.loads(Path(path).read_bytes())
    if not isinstance(place, Place):
        raise TypeError(f"{path} holds no place")
    return place


def _in_worker(chunk: Chunk, path: str, work: Work) -> tuple[int, Part]:
    return chunk.number, run_chunk(chunk, _place_of(path), work)
