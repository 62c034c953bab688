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
from experiments.runlist import RunRow
from scenarios.errors import BadInput

_FINGERPRINT = "fingerprint.txt"


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
    """

    plan: Plan
    parts: tuple[Part, ...]
    failures: tuple[Failure, ...]
    reused: int
    seconds: float


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
        found there are not run again.
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
    kept = _kept(parts, plan, todo)
    work = _work(plan, simulate or _model(), fail_fast=fail_fast)
    left = [chunk for chunk in todo if chunk.number not in kept]
    reused = sum(len(part.rows) for part in kept.values())
    with _bar(len(plan.rows), reused, shown=progress) as advance:
        for chunk, part in _finished(left, plan, work, engine, workers, advance):
            kept[chunk.number] = part
            if parts is not None and not part.failures:
                save(part, part_path(parts, _rows(chunk)))
    ordered = tuple(kept[chunk.number] for chunk in todo)
    failures = tuple(failure for part in ordered for failure in part.failures)
    return Finished(
        plan=plan, parts=ordered, failures=failures, reused=reused, seconds=time.perf_counter() - started
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


def _rows(chunk: Chunk) -> list[RunRow]:
    return [job.row for job in chunk.jobs]


def _kept(folder: Path | None, plan: Plan, todo: tuple[Chunk, ...]) -> dict[int, Part]:
    """Parts of this very plan found in the folder; parts of any other plan are removed."""
    if folder is None:
        return {}
    mark, fingerprint = folder / _FINGERPRINT, plan_fingerprint(plan, todo)
    if not (mark.is_file() and mark.read_text(encoding="ascii", errors="replace") == fingerprint):
        forget(folder)
        folder.mkdir(parents=True)
        mark.write_text(fingerprint, encoding="ascii")
        return {}
    found = ((chunk.number, load(part_path(folder, _rows(chunk)))) for chunk in todo)
    return {number: part for number, part in found if part is not None}


def _finished(
    left: list[Chunk], plan: Plan, work: Work, engine: str, workers: int, advance: Callable[[int], object]
) -> Iterator[tuple[Chunk, Part]]:
    rows = sum(len(chunk.jobs) for chunk in left)
    if engine == "serial" or workers == 1 or not left or (engine == "auto" and rows <= SERIAL_ROWS):
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
