"""Place files: one file that holds a place, its table of schools and the report of how it was built."""

from __future__ import annotations

import hashlib
import warnings
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.errors import BadInput, Remark, nearest
from scenarios.places.file_format import container, parquet, upgrades
from scenarios.places.file_format.contents import FORMAT, Contents
from scenarios.places.written_whole import put, refuse_target

if TYPE_CHECKING:
    from scenarios.places.build.assemble import BuiltPlace

SUFFIX = ".place"
LARGEST = 2_000_000_000
"""Bytes of a place file; England takes a few per cent of it."""


@dataclass(frozen=True, kw_only=True)
class PlaceFile:
    """A place file, read.

    Attributes
    ----------
    built : BuiltPlace
        Place, table of schools, report.
    path : Path
        Where it was read.
    sha256 : str
        Of the bytes of the file, 64 hexadecimal digits.
    layout : str
        Version of its layout.
    lepsim : str
        Version of lepsim that wrote it.
    remarks : tuple of str
        What a person should know about the reading.
    """

    built: BuiltPlace
    path: Path
    sha256: str
    layout: str
    lepsim: str
    remarks: tuple[str, ...]


def write(built: BuiltPlace, path: Path, *, overwrite: bool = False) -> str:
    """Write a place file: it appears whole or not at all.

    Parameters
    ----------
    built : BuiltPlace
        From ``scenarios.places.build``.
    path : Path
        Where; ends in ``.place``.
    overwrite : bool
        Replace a place file that is there.

    Returns
    -------
    str
        SHA-256 of the file, 64 hexadecimal digits; the same for the same place.

    Raises
    ------
    BadInput
        If it cannot go there, or the place could not be read again.
    """
    refuse_target(path, SUFFIX, "out", overwrite=overwrite)
    data = to_bytes(built, str(path))
    put(data, path, "out", overwrite=overwrite)
    return hashlib.sha256(data).hexdigest()


def to_bytes(built: BuiltPlace, where: str = "a place file") -> bytes:
    """Make the bytes of a place file.

    Parameters
    ----------
    built : BuiltPlace
        From ``scenarios.places.build``.
    where : str, optional
        The file, for messages.

    Returns
    -------
    bytes
        The same for the same place.

    Raises
    ------
    BadInput
        If the place has an array that could not be read again.
    """
    from scenarios.places.file_format.place_tables import from_place
    from scenarios.places.file_format.school_tables import add_school_table
    from scenarios.places.file_format.validity import check_place

    place = built.place
    check_place(place, where)
    contents = from_place(place)
    add_school_table(contents, built.table)
    contents.values["report"] = built.report.as_plain()
    members = {f"{name}.parquet": parquet.to_bytes(table) for name, table in contents.tables.items()}
    members |= {f"{name}.json": container.plain_json(value) for name, value in contents.values.items()}
    about = {"name": place.name, "slug": place.slug, "year": place.year, "la_code": list(place.la_code),
             "schools": len(place.schools)}  # fmt: skip
    return container.pack(members, about)


def read(path: Path) -> BuiltPlace:
    """Read a place file.

    Parameters
    ----------
    path : Path
        A file that ``write`` wrote, with this lepsim or another.

    Returns
    -------
    BuiltPlace
        Place, table of schools, report.

    Warns
    -----
    Remark
        If a newer lepsim wrote parts that are not known here.

    Raises
    ------
    BadInput
        If there is no such file, or it is damaged, no place file, of a newer major version, or made to harm.
    """
    found = read_file(path)
    warn(found)
    return found.built


def warn(found: PlaceFile) -> None:
    """Say what a person should know about the reading of a file.

    Parameters
    ----------
    found : PlaceFile
        From ``read_file``.

    Warns
    -----
    Remark
        One a remark.
    """
    for remark in found.remarks:
        warnings.warn(f"{found.path}: {remark}", Remark, stacklevel=3)


def read_file(path: Path) -> PlaceFile:
    """Read a place file with all that is known about it.

    Parameters
    ----------
    path : Path
        As ``read``.

    Returns
    -------
    PlaceFile
        Place, table, report, checksum, versions and remarks.

    Raises
    ------
    BadInput
        As ``read``.
    """
    from scenarios.places.build.assemble import BuiltPlace
    from scenarios.places.build.report import BuildReport
    from scenarios.places.file_format.place_tables import to_place
    from scenarios.places.file_format.school_tables import to_school_table
    from scenarios.places.file_format.validity import check_place

    where = str(path)
    data = _bytes_of(path)
    manifest, members = container.unpack(data, where)
    version = container.version_of(manifest, where)
    contents = upgrades.upgraded(_parsed(members, where), version, upgrades.STEPS)
    place = to_place(contents)
    check_place(place, where)
    table = to_school_table(contents)
    report = BuildReport.from_plain(contents.values.get("report", {}), where)
    remarks = []
    if version > FORMAT:
        unknown = sorted(set(manifest["members"]) - set(members))
        parts = f"; left unread: {', '.join(unknown)}" if unknown else ""
        remarks.append(
            f"a newer lepsim ({manifest.get('lepsim')}) wrote this; what layout {FORMAT} has was read{parts}"
        )
    return PlaceFile(
        built=BuiltPlace(place=place, table=table, report=report), path=path, remarks=tuple(remarks),
        sha256=hashlib.sha256(data).hexdigest(), layout=str(version), lepsim=str(manifest.get("lepsim", "")),
    )  # fmt: skip


def _parsed(members: dict[str, bytes], where: str) -> Contents:
    contents = Contents(where=where)
    for name, data in members.items():
        stem, _, kind = name.partition(".")
        if kind == "json":
            contents.values[stem] = container.parsed_json(data, f"{where}, {name}")
        else:
            contents.tables[stem] = parquet.from_bytes(data, f"{where}, {name}")
    return contents


def _bytes_of(path: Path) -> bytes:
    """Read a whole file that may be a place file."""
    try:
        if path.is_dir():
            raise BadInput("is a folder", where=str(path), found="a folder", allowed="a place file")
        if not path.exists():
            raise _missing(path)
        if not path.is_file() or path.stat().st_size > LARGEST:
            raise BadInput(
                "cannot be a place file", where=str(path), found="no plain file, or too large a one",
                allowed=f"a file of at most {LARGEST:,} bytes",
            )  # fmt: skip
        return path.read_bytes()
    except (OSError, ValueError) as error:
        if isinstance(error, BadInput):
            raise
        found = getattr(error, "strerror", None) or "a path that cannot be"
        raise BadInput("cannot be read", where=str(path), found=found, allowed="a place file") from None


def _missing(path: Path) -> BadInput:
    beside: list[str] = []
    with suppress(OSError):
        beside = [item.name for item in path.parent.iterdir() if item.suffix == SUFFIX]
    near = nearest(path.name, beside) or tuple(sorted(beside)[:3])
    return BadInput(
        "there is no such file", where=str(path), found="nothing", nearest=near,
        allowed="a place file, as `lepsim place build` writes",
    )  # fmt: skip
