"""Pandas frames as Parquet tables, and back, with index, dtypes and categories as they were."""

from __future__ import annotations

import re
from typing import Any, TypeGuard

import numpy as np
import pandas as pd
import pyarrow as pa

from scenarios.places.file_format.contents import Contents

_DTYPE = re.compile(r"(u?int(8|16|32|64)|float(32|64)|bool|object|str|category|datetime64\[(s|ms|us|ns)\])\Z")
MOST_CATEGORIES = 1_000_000


def from_frame(frame: pd.DataFrame) -> tuple[Any, dict[str, Any]]:
    """Take a frame apart.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns and index levels with texts as names.

    Returns
    -------
    pyarrow.Table
        Index levels and columns; no value is a null, texts may be.
    dict
        What the table does not say: which columns are the index, and dtypes.
    """
    names = list(frame.index.names)
    flat = frame.reset_index() if names != [None] else frame
    columns = {str(name): _column(flat[name]) for name in flat.columns}
    described = {str(name): _described(flat[name]) for name in flat.columns}
    index = [str(name) for name in names] if names != [None] else []
    return pa.table(columns), {"index": index, "columns": described, "order": list(columns)}


def _column(values: pd.Series) -> Any:
    kind = str(values.dtype)
    if not _DTYPE.match(kind):
        raise TypeError(f"a place file has no room for column {values.name} of type {kind}")
    if kind.startswith(("int", "uint", "float", "bool")):
        return pa.array(values.to_numpy(), from_pandas=False)
    if kind == "category":
        values = values.astype(object)
    if kind in ("category", "str", "object"):
        return _loose(values)
    return pa.array(values, from_pandas=True)


def _loose(values: pd.Series) -> Any:
    try:
        found = pa.array(values.astype(object).to_numpy(), from_pandas=True)
    except pa.ArrowException as error:
        raise TypeError(f"a place file has no room for column {values.name}: {error}") from None
    textual = pa.types.is_null(found.type) or pa.types.is_large_string(found.type)
    return found.cast(pa.string()) if textual else found


def _described(values: pd.Series) -> dict[str, Any]:
    kind = str(values.dtype)
    if kind == "category":
        categories = [item if isinstance(item, str) else int(item) for item in values.cat.categories]
        return {
            "dtype": kind, "categories": categories, "ordered": bool(values.cat.ordered),
            "of": str(values.cat.categories.dtype),
        }  # fmt: skip
    if kind == "object":
        missing = values[values.isna()]
        return {"dtype": kind, "none": bool(len(missing)) and all(item is None for item in missing)}
    return {"dtype": kind}


def to_frame(contents: Contents, name: str, described: object) -> pd.DataFrame:
    """Put a frame together.

    Parameters
    ----------
    contents : Contents
        Members of the file.
    name : str
        The table.
    described : object
        What ``from_frame`` said of it.

    Returns
    -------
    pandas.DataFrame
        As it was.

    Raises
    ------
    BadInput
        If table and description do not fit together.
    """
    table = contents.table(name)
    where = f"{name}.parquet"
    if not isinstance(described, dict) or not isinstance(described.get("columns"), dict):
        raise contents.refusal(f"{where}: is not described", "nothing", "dtypes in table.json")
    order, index = described.get("order"), described.get("index")
    if not _are_names(order) or not _are_names(index) or set(order) - set(table.column_names):
        raise contents.refusal(f"{where}: lacks columns", f"{len(table.column_names)}", f"{order}"[:80])
    columns = {}
    for key in order:
        about = described["columns"].get(key)
        try:
            columns[key] = _series(table.column(key), about)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError, pa.ArrowException) as error:
            found = " ".join(str(error).split())[:80]
            raise contents.refusal(
                f"{where}, column {key}: does not fit its dtype", found, "as written"
            ) from None
    frame = pd.DataFrame(columns)
    if not set(index) <= set(order):
        raise contents.refusal(f"{where}: lacks its index", str(index)[:80], "one of its columns")
    if len(index) == 1:  # set_index would widen small whole numbers
        return frame.drop(columns=index).set_axis(pd.Index(frame[index[0]].array, name=index[0]), axis=0)
    return frame.set_index(index) if index else frame


def _are_names(found: object) -> TypeGuard[list[str]]:
    return isinstance(found, list) and all(isinstance(name, str) for name in found)


def _series(found: Any, about: Any) -> pd.Series:
    kind = str(about["dtype"])
    if not _DTYPE.match(kind):
        raise ValueError(f"dtype {kind[:40]}")
    if kind.startswith(("int", "uint", "float", "bool")):
        if found.null_count:
            raise ValueError(f"{found.null_count} empty cells")
        values = np.array(found.to_numpy(zero_copy_only=False))
        if str(values.dtype) != kind:
            raise ValueError(f"{values.dtype} for {kind}")
        return pd.Series(values)
    if kind == "category":
        if len(about["categories"]) > MOST_CATEGORIES:
            raise ValueError("too many categories")
        categories = pd.Index(about["categories"], dtype=str(about["of"]))
        return pd.Series(
            pd.Categorical(_objects(found), categories=categories, ordered=bool(about["ordered"]))
        )
    if kind in ("str", "object"):
        texts = pd.Series(_objects(found), dtype=object)
        missing = None if kind == "object" and about["none"] else np.nan
        return texts.astype("str") if kind == "str" else texts.where(texts.notna(), missing)
    return pd.Series(found.to_pandas()).astype(kind)  # type: ignore[call-overload,no-any-return]


def _objects(found: Any) -> Any:
    return found.to_pandas().astype(object).to_numpy()
