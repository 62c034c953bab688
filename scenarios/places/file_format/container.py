"""The zip around the members: checked before anything is unpacked, and written so that it stays the same."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from scenarios.errors import BadInput
from scenarios.places.file_format.contents import FORMAT, FORMAT_NAME, TABLES, VALUES, Version
from scenarios.version import VERSION

MANIFEST = "manifest.json"
LONGEST_MANIFEST = 4_000_000  # bytes
_KNOWN = frozenset({f"{name}.parquet" for name in TABLES} | {f"{name}.json" for name in VALUES})
_SAFE_NAME = re.compile(r"[a-z0-9_]{1,60}\.(json|parquet)\Z")
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_LEPSIM_WROTE = "a place file that `lepsim place build` wrote"
_LONGEST_AGO = (1980, 1, 1, 0, 0, 0)  # no clock in the bytes: the same place gives the same file


def plain_json(value: object) -> bytes:
    """Write plain values as JSON, the same values always the same way.

    Parameters
    ----------
    value : object
        Mappings, lists, texts and finite numbers.

    Returns
    -------
    bytes
        UTF-8.
    """
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False, indent=1)
    return text.encode("utf-8") + b"\n"


def pack(members: Mapping[str, bytes], about: Mapping[str, object]) -> bytes:
    """Put members into one file, with a manifest that holds version and checksums.

    Parameters
    ----------
    members : Mapping of str to bytes
        By name.
    about : Mapping of str to object
        What the manifest says of the place besides.

    Returns
    -------
    bytes
        A zip; the same for the same members.
    """
    manifest: dict[str, Any] = {
        "what": FORMAT_NAME,
        "format": list(FORMAT),
        "lepsim": VERSION,
        "about": dict(about),
        "members": {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
            for name, data in sorted(members.items())
        },
    }
    manifest["sha256"] = whole_checksum(manifest)
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_STORED) as archive:
        for name, data in [(MANIFEST, plain_json(manifest)), *sorted(members.items())]:
            info = ZipInfo(name, _LONGEST_AGO)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return stream.getvalue()


def whole_checksum(manifest: Mapping[str, object]) -> str:
    """Checksum of everything in the file: the manifest holds each member's.

    Parameters
    ----------
    manifest : Mapping of str to object
        The manifest, with or without its own checksum.

    Returns
    -------
    str
        SHA-256, as 64 hexadecimal digits.
    """
    rest = {key: value for key, value in manifest.items() if key != "sha256"}
    return hashlib.sha256(plain_json(rest)).hexdigest()


def unpack(data: bytes, where: str) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Take a place file apart and check every byte of it.

    Parameters
    ----------
    data : bytes
        The file.
    where : str
        Its path, for messages.

    Returns
    -------
    dict of str to object
        The manifest.
    dict of str to bytes
        Members by name; of a newer minor version only those known here.

    Raises
    ------
    BadInput
        If it is no place file, is damaged, of a newer major version, or made to harm.
    """
    if not data:
        raise BadInput("is empty", where=where, found="0 bytes", allowed=_LEPSIM_WROTE)
    if data[:4] != b"PK\x03\x04":
        raise BadInput("is not a place file", where=where, found=_looks_like(data), allowed=_LEPSIM_WROTE)
    try:
        with ZipFile(BytesIO(data)) as archive:
            infos = _listed(archive, len(data), where)
            manifest = _manifest(archive.read(MANIFEST), where)
            version = version_of(manifest, where)
            names = _names(infos, manifest, version, where)
            members = {name: archive.read(name) for name in names}
    except (BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, KeyError, ValueError) as error:
        if isinstance(error, BadInput):
            raise
        raise _damaged(where, " ".join(str(error).split())[:80]) from None
    for name, content in members.items():
        if hashlib.sha256(content).hexdigest() != manifest["members"][name]["sha256"]:
            raise _damaged(where, f"{name} does not match its checksum")
    return manifest, members


def version_of(manifest: Mapping[str, Any], where: str) -> Version:
    """Read the version of the layout.

    Parameters
    ----------
    manifest : Mapping of str to object
        The manifest.
    where : str
        The file, for messages.

    Returns
    -------
    Version
        Of this major version or an older one.

    Raises
    ------
    BadInput
        If there is none, or it is of a newer major version.
    """
    found = manifest.get("format")
    whole = isinstance(found, list) and len(found) == 2 and all(type(item) is int for item in found)
    if manifest.get("what") != FORMAT_NAME or not whole or min(found) < 0:  # type: ignore[arg-type]
        raise BadInput("is not a place file", where=where, found="another kind of zip", allowed=_LEPSIM_WROTE)
    version = Version(*found)  # type: ignore[misc]
    if version.major > FORMAT.major:
        raise BadInput(
            "was written by a newer lepsim", where=where,
            found=f"layout {version}, lepsim {str(manifest.get('lepsim'))[:20]}",
            allowed=f"layout {FORMAT.major}.x: install a newer lepsim, or build the place again with this",
        )  # fmt: skip
    return version


def _looks_like(data: bytes) -> str:
    if data[:4] == b"PK\x05\x06":
        return "an empty zip"
    kinds = {b"\x1f\x8b": "a gzip file", b"PAR1": "a Parquet file", b"%PDF": "a PDF", b"<": "a web page"}
    for start, kind in kinds.items():
        if data.lstrip()[:4].startswith(start):
            return kind
    return "text" if data[:1000].isascii() and b"\0" not in data[:1000] else "other bytes"


def _damaged(where: str, found: str) -> BadInput:
    return BadInput(
        "is damaged or cut short",
        where=where,
        found=found,
        allowed="the file as it was written: copy it again",
    )


def _listed(archive: ZipFile, size: int, where: str) -> dict[str, ZipInfo]:
    """List the members, and refuse what lepsim never writes before any of it is unpacked."""
    infos = archive.infolist()
    found = {info.filename: info for info in infos}
    if MANIFEST not in found:
        raise BadInput(
            "is not a place file", where=where, found="a zip without a manifest", allowed=_LEPSIM_WROTE
        )
    for info in infos:
        if not _SAFE_NAME.match(info.filename):
            raise BadInput("holds a member that no place file has", where=where,
                           found=repr(info.filename[:60]), allowed="manifest.json and tables")  # fmt: skip
        if info.compress_type != ZIP_STORED or info.flag_bits & 1 or info.file_size != info.compress_size:
            raise BadInput("holds a packed or locked member", where=where, found=info.filename,
                           allowed="members as lepsim stores them")  # fmt: skip
    if len(found) != len(infos):
        raise BadInput(
            "holds a member twice", where=where, found=f"{len(infos)} members", allowed="each once"
        )
    if sum(info.file_size for info in infos) > size or found[MANIFEST].file_size > LONGEST_MANIFEST:
        raise _damaged(where, "members larger than the file, or too large a manifest")
    return found


def _manifest(data: bytes, where: str) -> dict[str, Any]:
    """Parse the manifest and check its own checksum."""
    manifest = parsed_json(data, f"{where}, {MANIFEST}")
    if manifest.get("what") == FORMAT_NAME:
        version_of(manifest, where)
        members = manifest.get("members")
        whole = isinstance(members, dict) and all(
            isinstance(item, dict) and _DIGEST.match(str(item.get("sha256"))) for item in members.values()
        )
        if not whole or manifest.get("sha256") != whole_checksum(manifest):
            raise _damaged(where, "the manifest does not match its checksum")
    return manifest


def parsed_json(data: bytes, where: str) -> dict[str, Any]:
    """Parse a mapping written as JSON.

    Parameters
    ----------
    data : bytes
        UTF-8.
    where : str
        File and member, for messages.

    Returns
    -------
    dict of str to object
        Plain values.

    Raises
    ------
    BadInput
        If it is none.
    """
    try:
        found = json.loads(data.decode("utf-8"), parse_constant=_no_such_number)
    except (ValueError, RecursionError) as error:
        raise _damaged(where, " ".join(str(error).split())[:80]) from None
    if not isinstance(found, dict):
        raise _damaged(where, "no mapping")
    return found


def _no_such_number(text: str) -> float:
    raise ValueError(f"the number {text}")


def _names(
    infos: Mapping[str, ZipInfo], manifest: Mapping[str, Any], version: Version, where: str
) -> list[str]:
    """Name the members to read: all of the manifest's that are known, and none besides."""
    listed = set(manifest["members"])
    present = set(infos) - {MANIFEST}
    if listed != present:
        odd = sorted(listed ^ present)[0]
        raise _damaged(where, f"{odd[:60]} is {'missing' if odd in listed else 'not in the manifest'}")
    unknown = sorted(listed - _KNOWN)
    if unknown and version == FORMAT:
        raise BadInput("holds a member that no place file has", where=where, found=unknown[0],
                       allowed="manifest.json and tables")  # fmt: skip
    return sorted(listed & _KNOWN) if version >= FORMAT else sorted(listed)
