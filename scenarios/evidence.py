"""The evidence tables: what each figure is, how strong, and what it may be used for.

A parameter or programme may rest only on a row whose ``role`` is input and whose ``scope`` is component.
Targets are for testing the model, and the effect of a whole package (a trust, a partnership) is never put in.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from scenarios.errors import BadInput, UnknownName, nearest
from scenarios.values import shown

FOLDER = Path(__file__).resolve().parent.parent / "conf" / "evidence"
TABLES = ("parameters.csv", "assumptions.csv")
"""Files of rows for parameters: found in the literature, and assumed by us with reasons and a review date."""

STRENGTHS = ("strong", "moderate", "weak", "assumption")
"""From the best supported to the least."""

LEVELS = ("strong", "moderate", "all")
"""How much evidence an effect must have to be kept: ``evidence=``."""


class Evidence(NamedTuple):
    """One row of the tables; ``central``, ``low`` and ``high`` are in ``unit`` (NaN if the row is words)."""

    id: str
    mechanism: str
    parameter: str
    central: float
    low: float
    high: float
    unit: str
    distribution: str
    role: str
    scope: str
    strength: str
    title: str
    publisher: str
    year: str
    address: str
    verified: str
    basis: str
    review_date: str


@cache
def rows() -> dict[str, Evidence]:
    """Read every row of the parameter and assumption tables.

    Returns
    -------
    dict of str to Evidence
        By id, in the order of the files.

    Raises
    ------
    BadInput
        If a file is missing, a number is not one, or an id is given twice.
    """
    found: dict[str, Evidence] = {}
    for name in TABLES:
        for row in _read(FOLDER / name):
            if row.id in found:
                raise BadInput(
                    "is given twice", where=f"conf/evidence/{name}", found=row.id, allowed="each id once"
                )
            found[row.id] = row
    return found


@cache
def target_ids() -> frozenset[str]:
    """List the ids of rows the model may be fitted to or tested against."""
    with (FOLDER / "targets.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["id"] for row in csv.DictReader(file)}
    return frozenset(listed | {row.id for row in rows().values() if row.role == "target"})


def _read(path: Path) -> Iterator[Evidence]:
    where = f"conf/evidence/{path.name}"
    if not path.is_file():
        raise BadInput("is missing", where=where, allowed="the evidence tables that come with lepsim")
    with path.open(encoding="utf-8", newline="") as file:
        for line, cells in enumerate(csv.DictReader(file), start=2):
            here = f"{where}, row {line}"
            yield Evidence(
                id=cells["id"],
                mechanism=cells["mechanism"],
                parameter=cells["parameter"],
                central=_figure(cells["central"], f"{here}, central"),
                low=_figure(cells["low"], f"{here}, low"),
                high=_figure(cells["high"], f"{here}, high"),
                unit=cells["unit"],
                distribution=cells["distribution"],
                role=cells["role"],
                scope=cells["scope"],
                strength=cells["evidence_strength"],
                title=cells["source_title"],
                publisher=cells["publisher"],
                year=cells["source_year"],
                address=cells["address"],
                verified=cells["verified"],
                basis=cells["basis"],
                review_date=cells["review_date"],
            )


def _figure(text: str, where: str) -> float:
    try:
        return float(text) if text else math.nan
    except ValueError:
        raise BadInput(
            "is not a number", where=where, found=shown(text), allowed="a number, or nothing"
        ) from None


def input_row(name: str, where: str) -> Evidence:
    """Find a row that may be put into the model.

    Parameters
    ----------
    name : str
        Its id.
    where : str
        The file and key that name it, for the message.

    Returns
    -------
    Evidence
        The row.

    Raises
    ------
    UnknownName
        If there is no such row.
    BadInput
        If the row is a target, a bound, context, or the effect of a whole package.
    """
    row = rows().get(name)
    usable = "a row of conf/evidence with role input and scope component"
    if row is None:
        candidates = [row.id for row in rows().values() if row.role == "input" and row.scope == "component"]
        raise UnknownName(
            "there is no such evidence row",
            where=where,
            found=shown(name),
            allowed=usable,
            nearest=nearest(str(name), candidates),
        )
    if row.scope != "component":
        why = "describes a whole package, which the model must reproduce and never be given"
        raise BadInput(
            f"evidence row {row.id} {why}", where=where, found=f"scope {row.scope}", allowed=usable
        )
    if row.role != "input":
        raise BadInput(
            f"evidence row {row.id} may not be an input",
            where=where,
            found=f"role {row.role}",
            allowed=usable,
        )
    return row


def value(row: Evidence, quantile: float | None) -> float:
    """Read a row at a quantile of its distribution.

    Parameters
    ----------
    row : Evidence
        The row.
    quantile : float or None
        In (0, 1); None for the central value.

    Returns
    -------
    float
        In the row's unit.

    Raises
    ------
    BadInput
        If the row names no distribution or holds no figure.
    """
    from scenarios.quantiles import DISTRIBUTIONS

    if math.isnan(row.central) or row.distribution not in DISTRIBUTIONS:
        raise BadInput(
            "holds no figure that can be drawn", where=f"evidence row {row.id}",
            found=f"distribution {row.distribution or 'none'}", allowed=", ".join(DISTRIBUTIONS),
        )  # fmt: skip
    if quantile is None:
        return row.central
    return DISTRIBUTIONS[row.distribution](quantile, row.central, row.low, row.high)


def admits(level: str, strength: str) -> bool:
    """Say whether an effect of some strength is kept under ``evidence=``; one that is not stands at zero.

    Parameters
    ----------
    level : str
        ``strong`` keeps strong evidence alone; ``moderate`` strong and moderate; ``all`` keeps weak evidence
        and assumptions too.
    strength : str
        ``strong``, ``moderate``, ``weak`` or ``assumption``.

    Returns
    -------
    bool
        Whether it is kept.
    """
    return level == "all" or STRENGTHS.index(strength) <= STRENGTHS.index(level)
