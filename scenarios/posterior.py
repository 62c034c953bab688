"""Values that calibration has fitted, with their ranges, to be put over the declared starting values."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from model.parameters import DECLARED
from scenarios import strict_yaml, values
from scenarios.errors import BadInput, UnknownName, nearest

FILE = Path(__file__).resolve().parent.parent / "conf" / "posterior" / "learning_core.yaml"
_KEYS = ("value", "low", "high")


class Fitted(NamedTuple):
    """A fitted parameter: central value and ends of its range, in the parameter's unit."""

    value: float
    low: float
    high: float


@cache
def posterior() -> dict[str, Fitted]:
    """Read the fitted values in use.

    Returns
    -------
    dict of str to Fitted
        By full parameter name; empty where nothing has been fitted yet.

    Raises
    ------
    BadInput
        If a name is not declared, or a value is missing or outside the declared bounds.
    """
    return read(FILE) if FILE.is_file() else {}


def read(path: Path) -> dict[str, Fitted]:
    """Read a file of fitted values: full parameter name to ``{value, low, high}``.

    Parameters
    ----------
    path : Path
        A YAML file.

    Returns
    -------
    dict of str to Fitted
        By full parameter name.

    Raises
    ------
    BadInput
        If the file cannot be read, a name is not declared, or a value is missing or outside its bounds.
    """
    fitted: dict[str, Fitted] = {}
    for name, item in strict_yaml.read(path).items():
        where = f"{path}: {name}"
        if name not in DECLARED:
            raise UnknownName(
                "no such parameter",
                where=str(path),
                found=values.shown(name),
                nearest=nearest(name, DECLARED),
            )
        if not isinstance(item, dict):
            raise BadInput(
                "is not a fitted value", where=where, found=values.shown(item), allowed="value, low and high"
            )
        strict_yaml.only_keys(item, _KEYS, where)
        declared = DECLARED[name]
        value, low, high = (
            values.number(item.get(key), f"{where}.{key}", declared.low, declared.high, declared.unit)
            for key in _KEYS
        )
        if not low <= value <= high:
            raise BadInput(
                "is not in order",
                where=where,
                found=f"{low:g}, {value:g}, {high:g}",
                allowed="low <= value <= high",
            )
        fitted[name] = Fitted(value, low, high)
    return fitted
