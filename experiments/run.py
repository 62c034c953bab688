"""Execute a plan: show progress, keep finished chunks, go on where an interrupted run stopped."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from experiments.engines import ENGINES, SERIAL_ROWS, Simulate, Work, processes, serial
from experiments.fingerprint import plan_fingerprint
from experiments.jobs import Chunk, Plan, chunks
from experiments.parts import Failure, Part, load, part_path, save
from scenarios.errors import BadInput


@dataclass(frozen=True, kw_only=True)
class Finished:
    """What a plan left.

    Attributes
    ----------
    plan : Plan
        What ran.
    parts : tuple of Part
        Results of each chunk, in the order of the run list.
    failures : tuple of Failure
        Rows that did not finish; the others are kept.
    reused : int
        Rows taken over from an interrupted run.
    seconds : float
        From start to end.
    engine : str
        ``serial`` or ``joblib``: what ``auto`` came to.
    """

    plan: Plan
    parts: tuple[Part, ...]
    failures: tuple[Failure, ...]
    reused: int
    seconds: float
    engine: str


def execute(
    plan: Plan,
    *,
    engine: str = "auto",
    workers: int = 2,
    parts: Path | None = None,
    fail_fast: bool = False,
    progress: bool = False,
    simulate: Simulate | None = None,
) -> Finished:
    """Run every row of a plan.

    Parameters
    ----------
    plan : Plan
        What to run.
    engine : str
        ``auto`` (serial for small work), ``serial`` or ``joblib``.
    workers : int
        Processes of the joblib engine.
    parts : Path, optional
        Folder in which finished chunks are kept until ``forget`` is called; chunks of the same plan
        found there are not run again, and those of other plans are left alone.
    fail_fast : bool
        End at the first row that fails, raising what it raised; else failures are recorded.
    progress : bool
        Show a bar with the time left, on standard error.
    simulate : Callable, optional
        Stands in place of ``model.system.simulate``.

    Returns
    -------
    Finished
        Results that do not depend on engine, workers, order or interruption.

    Raises
    ------
    BadInput
        If the engine is unknown, or ``workers`` is less than one.
    """
    _check(engine, workers)
    started = time.perf_counter()
    todo = chunks(plan)
    path_of = _paths(parts, plan, todo)
    kept = {number: part for number, path in path_of.items() if (part := load(path))}
    work = _work(plan, simulate or _model(), fail_fast=fail_fast)
    left = [chunk for chunk in todo if chunk.number not in kept]
    reused = sum(len(part.rows) for part in kept.values())
    engine = _settled(engine, workers, left)
    with _bar(len(plan.rows), reused, shown=progress) as advance:
        for chunk, part in _finished(left, plan, work, engine, workers, advance):
            kept[chunk.number] = part
            if path_of and not part.failures:
                save(part, path_of[chunk.number])
    ordered = tuple(kept[chunk.number] for chunk in todo)
    failures = tuple(failure for part in ordered for failure in part.failures)
    seconds = time.perf_counter() - started
    return Finished(
        plan=plan, parts=ordered, failures=failures, reused=reused, seconds=seconds, engine=engine
    )


def _check(engine: str, workers: int) -> None:
    if engine not in ("auto", *ENGINES):
        raise BadInput(
            "is not an engine", where="engine", found=engine, allowed=", ".join(("auto", *ENGINES))
        )
    if workers < 1:
        raise BadInput("too few workers", where="workers", found=str(workers), allowed="1 or more")


def forget(parts: Path) -> None:
    """Remove kept chunks, once their results are stored.

    Parameters
    ----------
    parts : Path
        The folder given to ``execute``.
    """
    shutil.rmtree(parts, ignore_errors=True)


def _model() -> Simulate:
    simulate: Simulate = import_module("model.system").simulate
    return simulate


def _work(plan: Plan, simulate: Simulate, *, fail_fast: bool) -> Work:
    return Work(
        simulate=simulate,
        seed=plan.sampler.seed,
        years=plan.years,
        switches=plan.switches,
        detail=plan.detail,
        fail_fast=fail_fast,
    )


def _paths(folder: Path | None, plan: Plan, todo: tuple[Chunk, ...]) -> dict[int, Path]:
    """Say where each chunk of this very plan is kept, by its number; nowhere if there is no folder."""
    if folder is None:
        return {}
    folder.mkdir(parents=True, exist_ok=True)
    fingerprint = plan_fingerprint(plan, todo)
    return {chunk.number: part_path(folder, fingerprint, [job.row for job in chunk.jobs]) for chunk in todo}


def _settled(engine: str, workers: int, left: list[Chunk]) -> str:
    """Name the engine that runs what is left: a pool of processes is not worth starting for little."""
    rows = sum(len(chunk.jobs) for chunk in left)
    alone = engine == "serial" or workers == 1 or not left or (engine == "auto" and rows <= SERIAL_ROWS)
    return "serial" if alone else "joblib"


def _finished(
    left: list[Chunk], plan: Plan, work: Work, engine: str, workers: int, advance: Callable[[int], object]
) -> Iterator[tuple[Chunk, Part]]:
    if engine == "serial":
        return serial(left, plan.places, work, advance)
    return processes(left, plan.places, work, advance, workers)


class _bar:
    """A progress bar that shows the time left; hands out the function that moves it on."""

    def __init__(self, total: int, done: int, *, shown: bool) -> None:
        from tqdm import tqdm

        self._bar = tqdm(
            total=total, initial=done, unit="run", desc="simulating", disable=not shown, leave=False
        )

    def __enter__(self) -> Callable[[int], object]:
        return self._bar.update

    def __exit__(self, *_: object) -> None:
        self._bar.close()
