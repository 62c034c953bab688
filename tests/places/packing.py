"""Taking place files apart and putting them together again, changed, with checksums that hold."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import numpy as np
import pyarrow as pa
import pytest

from scenarios.errors import BadInput
from scenarios.places import place_file
from scenarios.places.file_format import container, parquet

Members = dict[str, bytes]


def identical(one: Any, other: Any, where: str = "place") -> None:
    """Same type, dtype, shape and bits, all the way down."""
    assert type(one) is type(other), where
    if isinstance(one, np.ndarray):
        assert (one.dtype, one.shape) == (other.dtype, other.shape), where
        assert np.ascontiguousarray(one).tobytes() == np.ascontiguousarray(other).tobytes(), where
    elif is_dataclass(one):
        for item in fields(one):
            identical(getattr(one, item.name), getattr(other, item.name), f"{where}.{item.name}")
    elif isinstance(one, tuple):
        assert len(one) == len(other), where
        for number, (a, b) in enumerate(zip(one, other, strict=True)):
            identical(a, b, f"{where}[{number}]")
    else:
        assert one == other or (one != one and other != other), where


def read(path: Path, content: bytes) -> place_file.PlaceFile:
    path.write_bytes(content)
    return place_file.read_file(path)


def refused(path: Path, content: bytes) -> str:
    with pytest.raises(BadInput) as error:
        read(path, content)
    said = str(error.value)
    assert said.startswith(str(path))
    assert "\n" not in said
    return said


def members_of(content: bytes) -> tuple[dict[str, Any], Members]:
    return container.unpack(content, "a file")


def packed(members: Members, change: Callable[[dict[str, Any]], None] | None = None) -> bytes:
    """Pack members again, with a manifest whose checksums hold, changed if wanted."""
    content = container.pack(members, {})
    if change is None:
        return content
    with ZipFile(BytesIO(content)) as archive:
        manifest = json.loads(archive.read(container.MANIFEST))
    change(manifest)
    manifest["sha256"] = container.whole_checksum(manifest)
    return zipped({container.MANIFEST: container.plain_json(manifest), **members})


def zipped(members: Members, method: int = ZIP_STORED) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_table(content: bytes, name: str, change: Callable[[Any], Any]) -> bytes:
    """Change one table, and mend every checksum."""
    _, members = members_of(content)
    table = parquet.from_bytes(members[f"{name}.parquet"], name)
    return packed({**members, f"{name}.parquet": parquet.to_bytes(change(table))})


def with_value(content: bytes, name: str, change: Callable[[dict[str, Any]], None]) -> bytes:
    _, members = members_of(content)
    value = json.loads(members[f"{name}.json"])
    change(value)
    return packed({**members, f"{name}.json": container.plain_json(value)})


def cells(name: str, values: Any) -> Callable[[Any], Any]:
    """Replace a column."""

    def change(table: Any) -> Any:
        where = table.column_names.index(name)
        made = values(table.column(name).to_numpy(zero_copy_only=False).copy())
        return table.set_column(where, name, pa.array(made))

    return change


def first(value: object) -> Callable[[Any], Any]:
    """Put a value into the first row."""

    def change(values: Any) -> Any:
        values[0] = value
        return values

    return change
