"""Building a place as asked: from the settings to a built place, and from there to its files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scenarios.build_settings import BuildSettings
from scenarios.places import place_file
from scenarios.places.written_whole import put, refuse_target

if TYPE_CHECKING:
    from model.place import Place
    from scenarios.places.build.assemble import BuiltPlace
    from scenarios.places.files.notes import Note

REPORT_SUFFIX = ".html"


class Stored(NamedTuple):
    """Where a built place went: place file, its checksum, report."""

    out: Path
    sha256: str
    report: Path


def build(settings: BuildSettings) -> BuiltPlace:
    """Build a place.

    Parameters
    ----------
    settings : BuildSettings
        What is to be built, and from what.

    Returns
    -------
    BuiltPlace
        Place, table of schools, report.

    Raises
    ------
    BadInput
        If the files or the settings cannot be used.
    """
    from scenarios.places.build.assemble import build_place
    from scenarios.places.partnerships import in_words, known_partnerships, with_own

    for path, suffix, key in _targets(settings):
        refuse_target(path, suffix, key, overwrite=settings.overwrite)
    built = build_place([str(path) for path in settings.data], list(settings.las), settings.year)
    place = _named(_plainly(built.place), settings.name)
    known = known_partnerships(place.la_code, place.year)
    notes: list[Note] = []
    if settings.partnerships is not None:
        las = dict(zip(place.la_code, place.la_name, strict=True))
        known, notes = with_own(known, settings.partnerships, las, place.year)
    report = replace(
        built.report,
        title=place.name,
        notes=(*built.report.notes, *notes),
        partnerships=tuple(in_words(one) for one in known),
    )
    return replace(built, place=replace(place, partnerships=known), report=report)


def _plainly(place: Place) -> Place:
    """Take control characters and endless texts out of names: they come from files of anybody's."""
    from scenarios.places.file_format.validity import plain_text

    names = tuple(plain_text(name) or "no name" for name in place.schools.name)
    las = tuple(plain_text(name) or "no name" for name in place.la_name)
    return replace(
        place, name=plain_text(place.name), la_name=las, schools=replace(place.schools, name=names)
    )


def _named(place: Place, name: str | None) -> Place:
    from scenarios.settings import slug

    return place if name is None else replace(place, name=name, slug=slug(name))


def _targets(settings: BuildSettings) -> list[tuple[Path, str, str]]:
    """List the files that were asked for by name; others are named once the place has its own."""
    found = []
    if settings.out is not None:
        found.append((settings.out, place_file.SUFFIX, "out"))
        found.append((settings.report or settings.out.with_suffix(REPORT_SUFFIX), REPORT_SUFFIX, "report"))
    elif settings.report is not None:
        found.append((settings.report, REPORT_SUFFIX, "report"))
    return found


def store(built: BuiltPlace, settings: BuildSettings, show: Callable[[BuiltPlace, str], str]) -> Stored:
    """Write the place file and the report.

    Parameters
    ----------
    built : BuiltPlace
        From ``build``.
    settings : BuildSettings
        Where they go.
    show : callable
        Makes the report's page of the built place and the checksum of its file.

    Returns
    -------
    Stored
        Where they went.

    Raises
    ------
    BadInput
        If one of them cannot go there; neither is left half-written.
    """
    out = settings.out or Path(f"{built.place.slug}-{built.place.year}{place_file.SUFFIX}")
    report = settings.report or out.with_suffix(REPORT_SUFFIX)
    refuse_target(out, place_file.SUFFIX, "out", overwrite=settings.overwrite)
    refuse_target(report, REPORT_SUFFIX, "report", overwrite=settings.overwrite)
    sha256 = place_file.write(built, out, overwrite=settings.overwrite)
    put(show(built, sha256).encode("utf-8"), report, "report", overwrite=settings.overwrite)
    return Stored(out, sha256, report)
