"""Columns of a place, from frozen dataclasses to Parquet tables and back, with their types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from scenarios.places.file_format.contents import Contents

_KINDS = {
    "Ints": "whole numbers", "Floats": "numbers", "Bools": "true or false", "tuple[str, ...]": "text",
    "int": "whole numbers", "float": "numbers", "str": "text", "Flag": "whole numbers",
}  # fmt: skip
_IS_KIND: Mapping[str, Callable[[Any], bool]] = {
    "whole numbers": pa.types.is_signed_integer,
    "numbers": lambda kind: pa.types.is_float64(kind) or pa.types.is_float32(kind),
    "true or false": pa.types.is_boolean,
    "text": lambda kind: pa.types.is_string(kind) or pa.types.is_large_string(kind),
}
_OF_ROWS = {"whole numbers": pa.int64(), "numbers": pa.float64(), "text": pa.string()}


def kinds_of(of: type) -> dict[str, str]:
    """Name the fields of a dataclass or named tuple with what each holds.

    Parameters
    ----------
    of : type
        Of ``model.place``.

    Returns
    -------
    dict of str to str
        Kind by field.
    """
    if is_dataclass(of):
        return {item.name: _KINDS[str(item.type)] for item in fields(of)}
    return {name: _KINDS[_written(kind)] for name, kind in of.__annotations__.items()}


def _written(kind: object) -> str:
    return str(getattr(kind, "__forward_arg__", getattr(kind, "__name__", kind)))


def from_columns(thing: object) -> Any:
    """Make a table of a dataclass of columns of one length.

    Parameters
    ----------
    thing : object
        As ``model.place.Schools``.

    Returns
    -------
    pyarrow.Table
        One column a field, in its own type.
    """
    return pa.table({name: column(getattr(thing, name)) for name in kinds_of(type(thing))})


def from_rows(rows: Iterable[object], of: type) -> Any:
    """Make a table of dataclasses or named tuples of single values.

    Parameters
    ----------
    rows : iterable of object
        As ``model.place.PublishedValue``.
    of : type
        Their type.

    Returns
    -------
    pyarrow.Table
        One row each.
    """
    listed = list(rows)
    return pa.table(
        {
            name: pa.array([getattr(row, name) for row in listed], type=_OF_ROWS[kind])
            for name, kind in kinds_of(of).items()
        }
    )


def column(values: Any) -> Any:
    """Make one column, with the type its values have.

    Parameters
    ----------
    values : numpy.ndarray or tuple of str
        One dimension.

    Returns
    -------
    pyarrow.Array
        The same values; NaN stays NaN.
    """
    if isinstance(values, np.ndarray):
        return pa.array(np.ascontiguousarray(values), from_pandas=False)
    return pa.array(list(values), type=pa.string())


def to_values(contents: Contents, name: str, wanted: Mapping[str, str]) -> dict[str, Any]:
    """Read columns of a table.

    Parameters
    ----------
    contents : Contents
        Members of the file.
    name : str
        The table.
    wanted : Mapping of str to str
        Kind by column.

    Returns
    -------
    dict of str to numpy.ndarray or tuple of str
        By column.

    Raises
    ------
    BadInput
        If the table or a column is missing, of another kind, or has holes.
    """
    table = contents.table(name)
    return {key: _values(contents, table, name, key, kind) for key, kind in wanted.items()}


def _values(contents: Contents, table: Any, name: str, key: str, kind: str) -> Any:
    where = f"{name}.parquet, column {key}"
    if key not in table.column_names:
        raise contents.refusal(f"{where}: is missing", ", ".join(table.column_names)[:80] or "none", kind)
    found = table.column(key)
    if not _IS_KIND[kind](found.type):
        raise contents.refusal(f"{where}: has the wrong type", str(found.type)[:60], kind)
    if found.null_count:
        raise contents.refusal(
            f"{where}: has holes", f"{found.null_count} empty cells", f"{kind} in each row"
        )
    if kind == "text":
        return tuple(found.to_pylist())
    values = np.array(found.to_numpy(zero_copy_only=False))
    values.setflags(write=True)
    return values


def to_rows(contents: Contents, name: str, of: type) -> list[dict[str, Any]]:
    """Read a table row by row.

    Parameters
    ----------
    contents : Contents
        Members of the file.
    name : str
        The table.
    of : type
        Dataclass or named tuple of the rows.

    Returns
    -------
    list of dict
        Values by field.

    Raises
    ------
    BadInput
        As ``to_values``.
    """
    found = to_values(contents, name, kinds_of(of))
    listed = {
        key: list(values) if isinstance(values, tuple) else values.tolist() for key, values in found.items()
    }
    return [dict(zip(listed, row, strict=True)) for row in zip(*listed.values(), strict=True)]
