"""How a parameter is declared: once, with unit, bounds, default, evidence and tags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import Field, dataclass, field, fields
from typing import Any, NamedTuple

CALIBRATED = "calibrated"
"""``source`` of a parameter fitted to target rows rather than read from an evidence row."""

EFFECT = "effect"
"""Tag of every link from an institution or programme to practice, absence, belonging, roll or choice."""


class Declaration(NamedTuple):
    """One declared parameter, flattened for tables, samplers and checks."""

    name: str  # mechanism.field
    unit: str
    default: float
    low: float
    high: float
    source: str  # evidence row id, or "calibrated"
    targets: tuple[str, ...]  # evidence target rows a calibrated value is fitted to
    tags: tuple[str, ...]
    description: str


def parameter(
    default: float,
    *,
    unit: str,
    bounds: tuple[float, float],
    source: str,
    description: str,
    targets: tuple[str, ...] = (),
    tags: tuple[str, ...] = (),
) -> Any:
    """Declare one parameter as a dataclass field whose metadata tables and samplers read.

    Parameters
    ----------
    default : float
        Central value; the starting value where ``source`` is ``"calibrated"``.
    unit : str
        Unit of the value.
    bounds : tuple of float
        Smallest and largest value allowed.
    source : str
        Row id of the evidence table, or ``"calibrated"``.
    description : str
        What it is, in one line.
    targets : tuple of str, optional
        Target rows a calibrated value is fitted to.
    tags : tuple of str, optional
        ``"effect"`` marks what ``effects=zero`` sets to zero.

    Returns
    -------
    dataclasses.Field
        A field carrying the declaration.

    Raises
    ------
    ValueError
        If the default lies outside its bounds, or a calibrated value names no target.
    """
    low, high = bounds
    if not low <= default <= high:
        raise ValueError(f"default {default} lies outside bounds {bounds}")
    if source == CALIBRATED and not targets:
        raise ValueError(f"calibrated parameter '{description}' names no target rows")
    metadata = {
        "unit": unit,
        "low": low,
        "high": high,
        "source": source,
        "targets": targets,
        "tags": tags,
        "description": description,
    }
    return field(default=default, metadata=metadata)


def _check(owner: object, item: Field[Any]) -> None:
    value, meta = getattr(owner, item.name), item.metadata
    if not meta["low"] <= value <= meta["high"]:
        where = f"{type(owner).__name__}.{item.name}"
        raise ValueError(f"{where} is {value}; allowed: {meta['low']} to {meta['high']} {meta['unit']}")


@dataclass(frozen=True, kw_only=True)
class Declared:
    """Base of parameter groups: refuses a value outside its declared bounds."""

    def __post_init__(self) -> None:
        for item in fields(self):
            _check(self, item)


def declarations(group: type[Declared], prefix: str) -> Iterator[Declaration]:
    """List what a parameter group declares.

    Parameters
    ----------
    group : type
        A subclass of ``Declared``.
    prefix : str
        The mechanism's name, put before each field's name.

    Yields
    ------
    Declaration
        One row a parameter, in declared order.
    """
    for item in fields(group):
        meta = item.metadata
        yield Declaration(
            f"{prefix}.{item.name}",
            meta["unit"],
            float(item.default),  # type: ignore[arg-type]
            meta["low"],
            meta["high"],
            meta["source"],
            meta["targets"],
            meta["tags"],
            meta["description"],
        )
