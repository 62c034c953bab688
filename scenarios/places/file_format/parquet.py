"""Parquet in memory: the same table gives the same bytes, and a table made to harm is refused unread."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from scenarios.errors import BadInput

MOST_ROWS = 20_000_000
MOST_COLUMNS = 500
MOST_CELLS = 500_000_000
MOST_LETTERS = 2_000_000_000
"""Letters of all texts of a table together."""

_PLAIN = (
    pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating, pa.types.is_string,
    pa.types.is_large_string, pa.types.is_timestamp, pa.types.is_date,
)  # fmt: skip


def to_bytes(table: Any) -> bytes:
    """Write a table.

    Parameters
    ----------
    table : pyarrow.Table
        Plain columns.

    Returns
    -------
    bytes
        A Parquet file; the same for the same table.
    """
    stream = BytesIO()
    texts = [field.name for field in table.schema if _is_text(field.type)]
    pq.write_table(
        table.replace_schema_metadata(None), stream, compression="zstd", use_dictionary=texts, version="2.6"
    )
    return stream.getvalue()


def from_bytes(data: bytes, where: str) -> Any:
    """Read a table.

    Parameters
    ----------
    data : bytes
        A Parquet file.
    where : str
        File and member, for messages.

    Returns
    -------
    pyarrow.Table
        Plain columns.

    Raises
    ------
    BadInput
        If it cannot be read, is larger than any place, or holds other than plain columns.
    """
    try:
        file = pq.ParquetFile(BytesIO(data))
        schema = file.schema_arrow
        _check_size(file.metadata.num_rows, len(schema), where)
        _check_types(schema, where)
        texts = [field.name for field in schema if _is_text(field.type)]
        table = pq.ParquetFile(BytesIO(data), read_dictionary=texts).read()
        table.validate(full=True)
        return _plain(table, schema, where)
    except (pa.ArrowException, OSError, ValueError, KeyError, MemoryError, OverflowError) as error:
        if isinstance(error, BadInput):
            raise
        raise BadInput(
            "is damaged",
            where=where,
            found=" ".join(str(error).split())[:100],
            allowed="a table lepsim wrote",
        ) from None


def _is_text(kind: Any) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _check_size(rows: int, columns: int, where: str) -> None:
    if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise BadInput(
            "is larger than any place", where=where, found=f"{rows:,} rows of {columns:,} columns",
            allowed=f"{MOST_ROWS:,} rows, {MOST_COLUMNS} columns, {MOST_CELLS:,} cells",
        )  # fmt: skip


def _check_types(schema: Any, where: str) -> None:
    for field in schema:
        if not any(is_kind(field.type) for is_kind in _PLAIN):
            raise BadInput(
                f"column {field.name[:60]} has a type no place has", where=where, found=str(field.type)[:60],
                allowed="whole numbers, numbers, true or false, text, dates",
            )  # fmt: skip
    if len(set(schema.names)) != len(schema.names):
        raise BadInput("has two columns of one name", where=where, allowed="each once")


def _plain(table: Any, schema: Any, where: str) -> Any:
    """Write texts out, read as a dictionary so that one long text repeated cannot fill the memory."""
    letters = 0
    for field in schema:
        if not _is_text(field.type):
            continue
        for chunk in table.column(field.name).chunks:
            if pa.types.is_dictionary(chunk.type) and len(chunk.dictionary):
                longest = pa.compute.max(pa.compute.binary_length(chunk.dictionary)).as_py() or 0
                letters += longest * len(chunk)
    if letters > MOST_LETTERS:
        raise BadInput(
            "holds longer texts than any place", where=where, found=f"up to {letters:,} letters",
            allowed=f"{MOST_LETTERS:,}",
        )  # fmt: skip
    return table.cast(schema)
