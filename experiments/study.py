"""One study: from the settings of a command to a plan, where its results go, and the finished runs."""

from __future__ import annotations

import atexit
import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cached_property, partial
from itertools import count
from pathlib import Path
from typing import Any

from experiments.bundle import bundle
from experiments.draws import Sampler
from experiments.equal_cost import EqualCost, equal_cost, run_alone
from experiments.fingerprint import plan_fingerprint
from experiments.jobs import Plan, chunks
from experiments.run import Finished, execute, forget
from experiments.runlist import grid
from scenarios import dates, evidence, library, values
from scenarios.composed import as_mapping
from scenarios.errors import BadInput, Remark
from scenarios.places.resolve import resolve_with_checksum
from scenarios.posterior import posterior
from scenarios.scenario import Scenario, projection_years
from scenarios.settings import Settings, slug

_NOTHING_EQUAL = (
    "equal_cost=true changes nothing here: fewer than two of the scenarios are marked cost: equal"
)

RESULTS = "results"
"""Folder for results whose place is not said."""


class StudyFailed(RuntimeError):
    """Not one run finished, so that there is nothing to store."""


@dataclass(kw_only=True)
class Study:
    """Settings turned into a plan.

    Attributes
    ----------
    settings : Settings
        As given.
    plan : Plan
        What will run.
    scenarios : dict of str to Scenario
        By short name, the one that the others are compared with first.
    out : Path
        Folder for the results; where it was not asked for, ``bundle`` settles it for good.
    place_file_sha256 : str or None
        Checksum of the place file, where the place is one.
    equal_cost : EqualCost or None
        What the awards of scenarios marked equal were multiplied by, where that was asked for.
    """

    settings: Settings
    plan: Plan
    scenarios: dict[str, Scenario]
    out: Path
    place_file_sha256: str | None = None
    equal_cost: EqualCost | None = None

    @property
    def baseline(self) -> str:
        """Short name of the scenario that the others are compared with."""
        return next(iter(self.scenarios))

    @property
    def parts(self) -> Path:
        """Folder beside ``out`` in which finished runs of this very plan are kept until it is stored."""
        return self._parts

    @cached_property
    def _parts(self) -> Path:
        asked, names = self.settings, list(self.plan.scenarios)
        stem = self.out.name if asked.out is not None else _stem(asked, self.plan.rows[0].place, names)
        mark = plan_fingerprint(self.plan, chunks(self.plan))[:8]
        return self.out.with_name(f".{stem}.{mark}.parts")

    def execute(self, *, progress: bool) -> Finished:
        """Run the plan.

        Parameters
        ----------
        progress : bool
            Show a bar with the time left.

        Returns
        -------
        Finished
            Results of every row.
        """
        asked = self.settings
        parts = self.parts
        try:
            parts.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            found = f"{values.shown(str(parts.parent))}: {error.strerror or 'an error'}"
            raise BadInput(
                "cannot be written to", where="out", found=found, allowed="a folder one may write to"
            ) from None
        return execute(
            self.plan,
            engine=asked.engine,
            workers=asked.workers,
            parts=parts,
            fail_fast=asked.fail_fast,
            progress=progress,
        )

    def bundle(self, finished: Finished) -> dict[str, Any]:
        """Put together everything the study leaves.

        Parameters
        ----------
        finished : Finished
            What came of it.

        Returns
        -------
        dict of str to Any
            As ``experiments.bundle.bundle``.

        Raises
        ------
        StudyFailed
            If no run finished.
        """
        if not any(part.rows for part in finished.parts):
            forget(self.parts)
            raise StudyFailed(f"no run finished; the first ended with: {finished.failures[0].message}")
        found = bundle(
            finished,
            self.resolved_settings(),
            verb=self.settings.verb,
            baseline=self.baseline,
            titles={name: item.title for name, item in self.scenarios.items()},
            composed={name: as_mapping(item) for name, item in self.scenarios.items()},
        )
        self._claim_out()
        found["manifest"]["settings"]["out"] = str(self.out)
        if self.equal_cost is not None:
            found["manifest"]["equal_cost"] = self.equal_cost.as_mapping()
        return found

    def _claim_out(self) -> None:
        """Take a free default name for good: another run may have stored results under the first choice."""
        asked = self.settings
        if asked.out is not None or asked.overwrite:
            return
        for out in _default_names(_stem(asked, self.plan.rows[0].place, list(self.plan.scenarios))):
            try:
                out.mkdir(parents=True)
            except FileExistsError:
                continue
            self.out = out
            atexit.register(give_back_if_empty, out.absolute())
            return

    def resolved_settings(self) -> dict[str, object]:
        """Give the settings as plain values, with what was worked out from place and scenarios."""
        asked = asdict(self.settings)
        starts = {name: scenario.start_year for name, scenario in self.scenarios.items() if scenario.acts}
        year_0 = next(iter(self.plan.places.values())).year
        start = dates.written(self.settings.start or dates.first_april_after(year_0))
        settled = {"start": start, "years": self.plan.years, "start_years": starts, "out": str(self.out)}
        return {**asked, **settled, "place_file_sha256": self.place_file_sha256}


def prepare(settings: Settings) -> Study:
    """Settle everything that a study needs before anything runs or is written.

    Parameters
    ----------
    settings : Settings
        Of the verb ``run`` or ``compare``.

    Returns
    -------
    Study
        Ready to execute.

    Raises
    ------
    BadInput
        If a place, scenario, date or folder cannot be used.
    """
    scenarios = _scenarios(settings.scenarios)
    place, checksum = resolve_with_checksum(settings.place, settings.generator)
    dated = {
        name: item.dated(place.year, settings.start, settings.evidence) for name, item in scenarios.items()
    }
    for item in dated.values():
        item.checked_in(place)
    sampler = Sampler(
        seed=settings.seed,
        evidence=evidence.rows(),
        posterior=posterior(),
        effects=settings.effects,
        level=settings.evidence,
        overrides=settings.parameters,
    )
    rows = grid([place.slug], list(dated), draws=settings.draws, replicates=settings.replicates)
    years = projection_years(dated, settings.years)
    equal = None
    if settings.equal_cost:
        pairs = [(row.draw, row.replicate) for row in rows]
        alone = partial(run_alone, switches=settings.mechanisms)
        dated, equal = equal_cost(dated, place, sampler, pairs, years, alone, settings.workers)
        if equal is None:
            warnings.warn(Remark(_NOTHING_EQUAL), stacklevel=2)
    plan = Plan(
        rows=rows,
        places={place.slug: place},
        scenarios=dated,
        sampler=sampler,
        years=years,
        switches=settings.mechanisms,
        detail=settings.detail != "none",
        institutions=settings.detail,
    )
    out = _out(settings, place.slug, list(dated))
    return Study(
        settings=settings, plan=plan, scenarios=dated, out=out, place_file_sha256=checksum, equal_cost=equal
    )


def _scenarios(texts: Sequence[str]) -> dict[str, Scenario]:
    """Load scenarios by short name, in the order given."""
    scenarios: dict[str, Scenario] = {}
    for text in texts:
        scenario = library.load(text)
        if scenario.name in scenarios:
            raise BadInput(
                "two scenarios have the same short name",
                where="scenarios",
                found=scenario.name,
                allowed="files of different names",
            )
        scenarios[scenario.name] = scenario
    return scenarios


def _out(settings: Settings, place: str, scenarios: list[str]) -> Path:
    """Settle the folder for the results: the one asked for, or the next name that is not in use."""
    if settings.out is not None:
        return _writable(values.path(settings.out, "out"))
    names = _default_names(_stem(settings, place, scenarios))
    return _writable(next(out for out in names if settings.overwrite or not out.exists()))


def give_back_if_empty(claimed: Path) -> None:
    """Give a claimed folder back if nothing came to be stored in it.

    Parameters
    ----------
    claimed : Path
        The folder; it may be gone already.
    """
    with suppress(OSError):
        claimed.rmdir()


def _stem(settings: Settings, place: str, scenarios: list[str]) -> str:
    last = scenarios[-1] if len(scenarios) <= 2 else f"{len(scenarios)}-scenarios"
    return f"{settings.verb}-{slug(place)}-{slug(last)}"


def _default_names(stem: str) -> Iterator[Path]:
    """Folders to try, in order: the plain name, then numbered ones."""
    yield Path(RESULTS) / stem
    yield from (Path(RESULTS) / f"{stem}-{number}" for number in count(2))


def _writable(out: Path) -> Path:
    """Refuse a folder that could not be written, before anything runs."""
    allowed = "a folder that can be written to"
    try:
        parent = next((item for item in out.absolute().parents if item.exists()), out)
        usable = parent != out and parent.is_dir() and os.access(parent, os.W_OK)
    except OSError as error:
        found = error.strerror or "an error"
        raise BadInput(
            "cannot be used", where="out", found=f"{values.shown(str(out))}: {found}", allowed=allowed
        ) from None
    if not usable:
        raise BadInput("cannot be written to", where="out", found=values.shown(str(parent)), allowed=allowed)
    return out
