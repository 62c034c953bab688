"""A finished chunk as plain arrays, kept in a file so that an interrupted run can go on where it stopped."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.institution_columns import stacked
from experiments.runlist import RunRow
from model.record import Column, Record, SchoolYears

SCHOOL_COLUMNS = tuple(item.name for item in fields(SchoolYears))
_SCHOOLS, _INSTITUTIONS = "schools_", "institutions_"


class Failure(NamedTuple):
    """A row that did not finish, and why."""

    row: RunRow
    message: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """The results of one chunk.

    Attributes
    ----------
    rows : tuple of RunRow
        Rows that finished.
    failures : tuple of Failure
        Rows that did not.
    columns : tuple of Column
        Measure and group of each column of ``values``.
    years : (n_years + 1,) int32
        Years academic years end.
    values : (n_rows, n_years + 1, n_columns) float64
        In the units of the measures registry.
    programme_pupils : (n_rows, n_years + 1) int32
        Courses completed.
    programme_cost_gbp : (n_rows, n_years + 1) float64
        Their cost in GBP.
    schools : dict of str to (n_school_rows,) arrays
        School detail, with ``row`` the index into ``rows``; empty where not asked for.
    institutions : dict of str to arrays
        Posts, cases, money and events, as ``experiments.institution_columns.stacked`` puts them; empty where
        not asked for.
    seconds : float
        Processor time spent in the model.
    """

    rows: tuple[RunRow, ...]
    failures: tuple[Failure, ...]
    columns: tuple[Column, ...]
    years: NDArray[np.int32]
    values: NDArray[np.float64]
    programme_pupils: NDArray[np.int32]
    programme_cost_gbp: NDArray[np.float64]
    schools: dict[str, NDArray]
    institutions: dict[str, NDArray]
    seconds: float


def gather(done: Sequence[tuple[RunRow, Record]], failures: Sequence[Failure], seconds: float) -> Part:
    """Put the records of a chunk together.

    Parameters
    ----------
    done : Sequence of (RunRow, Record)
        Rows that finished; all of one place, so all with the same years and columns.
    failures : Sequence of Failure
        Rows that did not.
    seconds : float
        Processor time spent.

    Returns
    -------
    Part
        Plain arrays.
    """
    records = [record for _, record in done]
    empty = np.zeros((0, 0, 0))
    return Part(
        rows=tuple(row for row, _ in done),
        failures=tuple(failures),
        columns=records[0].columns if records else (),
        years=records[0].years.astype(np.int32, copy=False) if records else np.zeros(0, np.int32),
        values=np.stack([record.values for record in records]) if records else empty,
        programme_pupils=np.stack([record.programme_pupils for record in records])
        if records
        else np.zeros((0, 0), np.int32),
        programme_cost_gbp=np.stack([record.programme_cost_gbp for record in records])
        if records
        else np.zeros((0, 0)),
        schools=_schools(records),
        institutions=stacked([record.institutions for record in records]),
        seconds=seconds,
    )


def _schools(records: Sequence[Record]) -> dict[str, NDArray]:
    detailed = [(index, record.schools) for index, record in enumerate(records) if record.schools is not None]
    if not detailed:
        return {}
    table = {
        name: np.concatenate([getattr(schools, name) for _, schools in detailed]) for name in SCHOOL_COLUMNS
    }
    table["row"] = np.concatenate([np.full(len(schools.urn), index, np.int32) for index, schools in detailed])
    return table


def part_path(folder: Path, fingerprint: str, rows: Sequence[RunRow]) -> Path:
    """Say where the part of some rows is kept.

    Parameters
    ----------
    folder : Path
        Of all parts.
    fingerprint : str
        Of the plan, so that plans which share a folder never take each other's parts.
    rows : Sequence of RunRow
        The rows of a chunk.

    Returns
    -------
    Path
        A file whose name tells which rows of which plan it holds.
    """
    digest = hashlib.sha256(json.dumps([fingerprint, rows]).encode()).hexdigest()[:24]
    return folder / f"{digest}.npz"


def save(part: Part, path: Path) -> None:
    """Keep a part; the file appears whole or not at all.

    Nothing is kept where the folder is gone: another run of the same plan has stored its results meanwhile.

    Parameters
    ----------
    part : Part
        What to keep.
    path : Path
        Where.
    """
    head = json.dumps(
        {"rows": part.rows, "failures": part.failures, "columns": part.columns, "seconds": part.seconds}
    )
    schools = {f"{_SCHOOLS}{name}": values for name, values in part.schools.items()}
    institutions = {f"{_INSTITUTIONS}{name}": values for name, values in part.institutions.items()}
    beside = path.with_suffix(f".{os.getpid()}.writing")
    with suppress(FileNotFoundError):
        with beside.open("wb") as file:
            np.savez(
                file,
                allow_pickle=False,
                head=np.array(head),
                years=part.years,
                values=part.values,
                programme_pupils=part.programme_pupils,
                programme_cost_gbp=part.programme_cost_gbp,
                **schools,
                **institutions,
            )
        beside.replace(path)


def load(path: Path) -> Part | None:
    """Read a kept part.

    Parameters
    ----------
    path : Path
        Where it would be.

    Returns
    -------
    Part or None
        None where there is none, or it cannot be read: its rows are then run again.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            head = json.loads(str(file["head"]))
            return Part(
                rows=tuple(RunRow(*row) for row in head["rows"]),
                failures=tuple(Failure(RunRow(*row), message) for row, message in head["failures"]),
                columns=tuple(Column(*column) for column in head["columns"]),
                years=file["years"],
                values=file["values"],
                programme_pupils=file["programme_pupils"],
                programme_cost_gbp=file["programme_cost_gbp"],
                schools=_beginning_with(_SCHOOLS, file),
                institutions=_beginning_with(_INSTITUTIONS, file),
                seconds=float(head["seconds"]),
            )
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return None


def _beginning_with(prefix: str, file: Mapping[str, NDArray]) -> dict[str, NDArray]:
    return {name.removeprefix(prefix): file[name] for name in file if name.startswith(prefix)}
