"""Local education partnerships at year 0: those a small table knows of, and a person's own.

``started`` is stated by the source. Where it is not, ``seen`` is the first year in which a source shows the
partnership at work: it may be older. Where none is known a place has none, and nothing is said of it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from model.place import Partnership
from scenarios import strict_yaml, values
from scenarios.errors import BadInput, UnknownName, nearest
from scenarios.places.authorities import read_published
from scenarios.places.files.notes import Note

NOT_KNOWN = -1
MODELS = 4
FIRST_YEAR, LAST_YEAR = 1900, 2100
MOST_MEMBERS = 30_000
LONGEST_FILE = 1_000_000  # bytes
KEYS = ("name", "la", "model", "legal_form", "started", "ended", "members", "source")
"""Keys of a person's own entry; ``name`` is needed, and ``la`` where the place has several LAs."""


@cache
def _table() -> tuple[tuple[Partnership, int], ...]:
    """Every partnership of the table, with the year that its members were counted in."""
    found = []
    for row in read_published("partnerships").replace({np.nan: None}).to_dict("records"):
        stated = row["started"] is not None
        source = str(row["source"]) + ("" if stated else "; start not stated, first seen then")
        one = Partnership(
            name=str(row["name"]), slug=_slug(str(row["name"])), la_code=int(row["la_code"]),
            model=int(row["model"] or 0), legal_form=str(row["legal_form"] or ""),
            started=int(row["started"] if stated else row["seen"]), ended=int(row["ended"] or 0),
            members=NOT_KNOWN if row["members"] is None else int(row["members"]), source=source,
        )  # fmt: skip
        found.append((one, int(row["members_year"] or 0)))
    return tuple(found)


def known_partnerships(la_codes: Sequence[int], year: int) -> tuple[Partnership, ...]:
    """List the partnerships known to exist at year 0.

    Parameters
    ----------
    la_codes : Sequence of int
        DfE codes of the LAs.
    year : int
        Year 0: the year its academic year ends.

    Returns
    -------
    tuple of Partnership
        By LA and name; numbers of members that were counted later are left out.
    """
    found = []
    for one, counted in _table():
        if one.la_code in la_codes and exists(one, year):
            members = one.members if counted <= year else NOT_KNOWN
            found.append(Partnership(**{**vars(one), "members": members}))
    return tuple(found)


def exists(one: Partnership, year: int) -> bool:
    """Say whether a partnership exists at the end of an academic year.

    Parameters
    ----------
    one : Partnership
        Any.
    year : int
        The year the academic year ends.

    Returns
    -------
    bool
        Started by then and not ended.
    """
    return one.started <= year and not 0 < one.ended <= year


def with_own(
    known: Sequence[Partnership], path: Path, las: Mapping[int, str], year: int
) -> tuple[tuple[Partnership, ...], list[Note]]:
    """Add a person's own partnerships; one of the same name in the same LA replaces what was known.

    Parameters
    ----------
    known : Sequence of Partnership
        From ``known_partnerships``.
    path : Path
        YAML (a list under ``partnerships``) or CSV, with the keys in ``KEYS``.
    las : Mapping of int to str
        Names of the LAs of the place, by DfE code.
    year : int
        Year 0.

    Returns
    -------
    tuple of Partnership
        Those that exist at year 0.
    list of Note
        What was left out.

    Raises
    ------
    BadInput
        If the file cannot be read, or an entry cannot be used.
    """
    rows = _rows(path)
    own = [_entry(row, f"{path}, entry {number}", las) for number, row in enumerate(rows, start=1)]
    marks = [(one.la_code, one.slug) for one in own]
    if len(set(marks)) < len(marks):
        raise BadInput("names a partnership twice", where=str(path), found=own[-1].name, allowed="each once")
    together = {(one.la_code, one.slug): one for one in (*known, *own)}
    notes = [_left_out(one, path, year) for one in own if not exists(one, year)]
    return tuple(one for one in together.values() if exists(one, year)), notes


def _left_out(one: Partnership, path: Path, year: int) -> Note:
    years = f"from {one.started}" + (f" to {one.ended}" if one.ended else "")
    return Note("file", str(path), f"{one.name} ({years}) does not exist at the end of {year}: left out")


def _rows(path: Path) -> list[Mapping[str, object]]:
    if path.suffix.lower() in (".yaml", ".yml"):
        found = strict_yaml.read(path)
        listed = found.get("partnerships")
        if set(found) != {"partnerships"} or not isinstance(listed, list):
            raise BadInput("is not a list of partnerships", where=str(path), found=values.shown(list(found)),
                           allowed="partnerships: and a list under it")  # fmt: skip
        rows = listed
    elif path.suffix.lower() == ".csv":
        rows = _csv_rows(path)
    else:
        raise BadInput("is neither YAML nor CSV", where=str(path), found=path.suffix or "no ending",
                       allowed="a file that ends in .yaml or .csv")  # fmt: skip
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, Mapping):
            raise BadInput("is not a partnership", where=f"{path}, entry {number}", found=values.shown(row),
                           allowed=", ".join(KEYS))  # fmt: skip
    return rows


def _csv_rows(path: Path) -> list[Mapping[str, object]]:
    try:
        if not path.is_file() or path.stat().st_size > LONGEST_FILE:
            raise BadInput("cannot be read", where=str(path), found="no file, or too large a one",
                           allowed=f"a CSV file of at most {LONGEST_FILE:,} bytes")  # fmt: skip
        text = path.read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(text.splitlines(), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        found = " ".join(str(error).split())[:80]
        raise BadInput(
            "cannot be read", where=str(path), found=found, allowed="a CSV file in UTF-8"
        ) from None
    if any(None in row or None in row.values() for row in rows):
        raise BadInput(
            "has rows longer or shorter than its header", where=str(path), found="", allowed="even rows"
        )
    return [{key: cell for key, cell in row.items() if cell.strip()} for row in rows]


def _entry(row: Mapping[str, object], where: str, las: Mapping[int, str]) -> Partnership:
    for key in row:
        if key not in KEYS:
            raise UnknownName("there is no such key", where=where, found=values.shown(key),
                              allowed=", ".join(KEYS), nearest=nearest(str(key), KEYS))  # fmt: skip
    name = values.text(row.get("name"), f"{where}, name", longest=200)

    def whole(key: str, otherwise: int, low: int, high: int) -> int:
        found = row.get(key)
        return otherwise if found is None else values.whole(found, f"{where}, {key}", low, high)

    def text(key: str, otherwise: str) -> str:
        found = row.get(key)
        return otherwise if found is None else values.text(found, f"{where}, {key}", longest=500)

    started = whole("started", FIRST_YEAR, FIRST_YEAR, LAST_YEAR)
    ended = whole("ended", 0, 0, LAST_YEAR)
    if 0 < ended < started:
        raise BadInput(
            "ends before it starts", where=where, found=f"{started} to {ended}", allowed="the other way"
        )
    return Partnership(
        name=name, slug=_slug(name), la_code=_la_code(row.get("la"), f"{where}, la", las),
        model=whole("model", 0, 0, MODELS), legal_form=text("legal_form", ""), started=started, ended=ended,
        members=whole("members", NOT_KNOWN, 0, MOST_MEMBERS), source=text("source", "entered by the user"),
    )  # fmt: skip


def _la_code(found: object, where: str, las: Mapping[int, str]) -> int:
    if found is None and len(las) == 1:
        return next(iter(las))
    names = {_slug(name): code for code, name in las.items()} | {str(code): code for code in las}
    key = _slug(str(found))
    if found is None or key not in names:
        listed = list(las.values())
        raise UnknownName(
            "is no LA of this place", where=where, found=values.shown(found),
            allowed=", ".join(listed[:10]) + (" ..." if len(listed) > 10 else ""),
            nearest=nearest(str(found), listed),
        )  # fmt: skip
    return names[key]


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:60] or "unnamed"


def in_words(one: Partnership) -> str:
    """Say a partnership in one line.

    Parameters
    ----------
    one : Partnership
        Any.

    Returns
    -------
    str
        Name, years, members, form, source.
    """
    parts = [one.name, f"{'since' if 'not stated' not in one.source else 'at work by'} {one.started}"]
    if one.started == FIRST_YEAR:
        parts = [one.name]
    if one.members >= 0:
        parts.append(f"{one.members} schools in membership")
    if one.legal_form:
        parts.append(one.legal_form)
    parts.append(f"model {one.model}" if one.model else "model not known")
    return ", ".join(parts) + (f". Source: {one.source}" if one.source else "")
