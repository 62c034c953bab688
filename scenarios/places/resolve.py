"""From what was typed to a place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from model.place import Place
from scenarios.errors import BadInput, UnknownName, nearest
from scenarios.places import published, table
from scenarios.places.generator import synthetic_place
from scenarios.places.options import BENCHMARK, GeneratorOptions, options_from
from scenarios.values import path as read_path

LATEST_YEAR = max(table.PLACE_YEARS)
SYNTHETIC, BENCHMARK_NAME = "synthetic", "benchmark"
_ALLOWED = (
    "an LA's DfE code (307), name (Ealing) or slug (ealing), with @year if wanted; the path of a place file; "
    "england; synthetic; benchmark"
)
_PLACE_FILE = re.compile(r".*\.place\s*\Z", flags=re.DOTALL | re.IGNORECASE)
_ANY_FILE = re.compile(r".*\.[A-Za-z][A-Za-z0-9]{0,9}", flags=re.DOTALL)
_LONGEST_SHOWN = 60


def resolve(text: str, generator: Mapping[str, object] | None = None) -> Place:
    """Make the place that a name means.

    Parameters
    ----------
    text : str
        An LA's DfE code, name or slug, ``england``, ``synthetic`` or ``benchmark``; ``@year`` after it gives
        year 0 (the latest by default). Or the path of a place file: it has a separator or a suffix.
    generator : mapping, optional
        Settings of the generator, for ``synthetic`` only.

    Returns
    -------
    Place
        Ready for the model.

    Raises
    ------
    BadInput
        If the text is empty, a path cannot be read as a place file, the year is not offered, the LA has no
        figures, or generator settings are given for a place that is not generated.
    UnknownName
        If nothing goes by that name, with the nearest names.
    """
    return resolve_with_checksum(text, generator)[0]


def resolve_with_checksum(
    text: str, generator: Mapping[str, object] | None = None
) -> tuple[Place, str | None]:
    """Make the place that a name means, and say which file it came from.

    Parameters
    ----------
    text : str
        As for ``resolve``.
    generator : mapping, optional
        As for ``resolve``.

    Returns
    -------
    Place
        Ready for the model.
    str or None
        SHA-256 of the place file, as 64 hexadecimal digits; None where it came from no file.

    Raises
    ------
    BadInput
        As ``resolve``.
    UnknownName
        As ``resolve``.
    """
    path = file_behind(text)
    if path is None:
        return _of_name(text, generator), None
    from scenarios.places import place_file

    refuse_generator(text, generator)
    found = place_file.read_file(path)
    place_file.warn(found)
    return found.built.place, found.sha256


def _of_name(text: str, generator: Mapping[str, object] | None) -> Place:
    name, year = _name_and_year(text)
    key = name.casefold()
    if key == SYNTHETIC:
        return synthetic_place(options_from(generator), year)
    code = 0 if key in (BENCHMARK_NAME, published.ENGLAND_SLUG) else _authority(name).code
    refuse_generator(name, generator)
    if key == BENCHMARK_NAME:
        return synthetic_place(BENCHMARK, year, name="Benchmark", slug=BENCHMARK_NAME)
    if key == published.ENGLAND_SLUG:
        return published.england_place(year)
    return published.published_place(code, year)


def _name_and_year(text: str) -> tuple[str, int]:
    """Take the year off a place name, and refuse what is no name at all."""
    name, at, year = text.strip().rpartition("@")
    name, year = (name.strip(), year.strip()) if at else (text.strip(), "")
    if not name or (at and not year):
        what = "names no year after @" if name else "names no place"
        raise BadInput(what, where="place", found=_shown(text), allowed=_ALLOWED)
    if not at:
        return name, LATEST_YEAR
    if not re.fullmatch(r"[0-9]{4}", year):
        allowed = ", ".join(map(str, table.PLACE_YEARS))
        raise BadInput("does not name a year after @", where="place", found=_shown(text), allowed=allowed)
    return name, table.check_place_year(int(year))


def file_behind(text: str) -> Path | None:
    """Give the file that a text means, if it means one.

    Parameters
    ----------
    text : str
        As for ``resolve``.

    Returns
    -------
    Path or None
        The path where the text has a separator or ends in ``.place``, or where a file of that name with
        another suffix is there and no LA has it (as St. Helens might); None where it is a name.

    Raises
    ------
    BadInput
        If it cannot be a path.
    """
    if "/" in text or "\\" in text or _PLACE_FILE.match(text):
        return read_path(text, "place")
    if _ANY_FILE.fullmatch(text.strip()) and _is_unknown(text):
        with suppress(OSError, ValueError):
            path = read_path(text, "place")
            return path if path.is_file() else None
    return None


def _is_unknown(name: str) -> bool:
    try:
        table.find_authority(name)
    except UnknownName:
        return True
    except BadInput:
        return False
    return False


def refuse_generator(name: str, options: Mapping[str, object] | None) -> None:
    """Refuse generator settings that would be silently left unread.

    Parameters
    ----------
    name : str
        The place.
    options : Mapping or None
        Settings of the generator.

    Raises
    ------
    BadInput
        If there are any that are not the default.
    """
    if options and options_from(options) != GeneratorOptions():
        raise BadInput(
            "generator settings do not apply to this place",
            where=f"generator.{next(iter(options))}",
            found=f"place={_shown(name)}",
            allowed="generator settings with place=synthetic only",
        )


def _authority(name: str) -> table.Authority:
    try:
        return table.find_authority(name)
    except UnknownName as unknown:
        near = [*nearest(name.casefold(), library()), *unknown.nearest]
        raise UnknownName(
            "nothing goes by that name", where="place", found=_shown(name), allowed=_ALLOWED,
            nearest=list(dict.fromkeys(near))[:3],
        ) from None  # fmt: skip


def library() -> tuple[str, ...]:
    """List the places that can be named.

    Returns
    -------
    tuple of str
        Slugs of LAs with figures, in order of code; then ``england``, ``synthetic`` and ``benchmark``.
    """
    slugs = tuple(authority.slug for authority in published.available_authorities())
    return (*slugs, published.ENGLAND_SLUG, SYNTHETIC, BENCHMARK_NAME)


def _shown(text: str) -> str:
    """Show what was typed, safely and in brief."""
    return repr(text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "...")
