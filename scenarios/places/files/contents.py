"""From a file to its bytes: what it is, unpacked, whole."""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scenarios.errors import BadInput

MOST_BYTES: Final = 2_000_000_000
"""Largest table unpacked, bytes: England's register is about 60 million."""

TABLE_SUFFIXES: Final = frozenset((".csv", ".tsv", ".gz", ".xlsx", ".xlsm", ".parquet", ".geojson"))
"""Names that end so are meant to be tables: one that is none is refused."""

DATA_SUFFIXES: Final = TABLE_SUFFIXES | {".txt", ".json", ".zip", ".xls", ".ods"}
"""Names that end so may be tables: one that is none is left aside with a remark; others in silence."""

_NOT_TABLES: Final = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls): save it as .xlsx or .csv",
    b"{\\rtf": "a text document",
    b"SQLite": "a database",
}
_DAMAGED: Final = "the file is damaged or was not downloaded to the end: download it again"


class NotATable(Exception):
    """A file that is whole and is no table; the message says what it is."""


@dataclass(frozen=True)
class Contents:
    """A file's bytes, unpacked.

    Attributes
    ----------
    data : bytes
        The bytes of the table itself.
    kind : str
        ``text``, ``parquet`` or ``workbook``.
    packed : str
        How it was packed: ``gzip``, ``zip`` or nothing.
    sha256 : str
        Of the file as it lies on disk.
    """

    data: bytes
    kind: str
    packed: str
    sha256: str


def read_contents(path: Path, where: str) -> Contents:
    """Read and unpack one file.

    Parameters
    ----------
    path : Path
        The file.
    where : str
        How the file is called in messages.

    Returns
    -------
    Contents
        Its bytes and what they are.

    Raises
    ------
    BadInput
        If it is empty, cannot be read, is cut off or damaged, or is too large.
    NotATable
        If it is something else, such as a picture or a web page.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadInput(
            "this file cannot be read", where=where, found=error.strerror or type(error).__name__
        ) from None
    if not raw.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        size = "0 bytes" if not raw else f"{len(raw)} bytes, all blank"
        raise BadInput("the file is empty", where=where, found=size, allowed="a table: download it again")
    digest = hashlib.sha256(raw).hexdigest()
    data, packed = _unpack(raw, where)
    return Contents(data, _kind(data, where), packed, digest)


def _unpack(raw: bytes, where: str) -> tuple[bytes, str]:
    if raw[:2] == b"\x1f\x8b":
        return _gunzip(raw, where), "gzip"
    if raw[:4] == b"PK\x03\x04":
        return _unzip(raw, where)
    return raw, ""


def _gunzip(raw: bytes, where: str) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as packed:
            data = packed.read(MOST_BYTES + 1)
    except (EOFError, OSError, zlib.error):
        raise BadInput(_DAMAGED, where=where, found="a gzip file that ends too early") from None
    return _not_too_large(data, where)


def _unzip(raw: bytes, where: str) -> tuple[bytes, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = [info for info in archive.infolist() if not info.is_dir()]
            if any(info.filename == "xl/workbook.xml" for info in names):
                _not_too_large_zip(names, where)
                return raw, ""
            if any(info.filename in ("word/document.xml", "ppt/presentation.xml") for info in names):
                raise NotATable("a document")
            if any(info.filename == "content.xml" for info in names):
                raise NotATable("an OpenDocument file: save it as .xlsx or .csv")
            tables = [info for info in names if Path(info.filename).suffix.lower() in DATA_SUFFIXES]
            tables = [info for info in tables if not info.filename.startswith("__MACOSX")]
            if len(tables) != 1:
                raise NotATable(f"a zip file of {len(tables)} tables: unpack it")
            _not_too_large_zip(tables, where)
            data = archive.read(tables[0])
    except (zipfile.BadZipFile, EOFError, OSError, zlib.error, NotImplementedError, RuntimeError):
        raise BadInput(_DAMAGED, where=where, found="a zip file or workbook that cannot be opened") from None
    return data, "zip"


def _not_too_large(data: bytes, where: str) -> bytes:
    if len(data) > MOST_BYTES:
        allowed = f"at most {MOST_BYTES / 1e9:.0f} GB unpacked"
        raise BadInput("the table is too large", where=where, allowed=allowed)
    return data


def _not_too_large_zip(names: list[zipfile.ZipInfo], where: str) -> None:
    if sum(info.file_size for info in names) > MOST_BYTES:
        allowed = f"at most {MOST_BYTES / 1e9:.0f} GB unpacked"
        raise BadInput("the table is too large", where=where, allowed=allowed)


def _kind(data: bytes, where: str) -> str:
    if data[:4] == b"PAR1":
        if data[-4:] != b"PAR1":
            raise BadInput(_DAMAGED, where=where, found="a parquet file that ends too early")
        return "parquet"
    if data[:4] == b"PK\x03\x04":
        return "workbook"
    for start, what in _NOT_TABLES.items():
        if data.startswith(start):
            raise NotATable(what)
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml")):
        raise NotATable("a web page")
    if head.startswith((b"{", b"[")):
        return "json"
    return "text"
