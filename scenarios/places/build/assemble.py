"""From the Department's files to a place: reading, schools, what is made, report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from model.place import Partnership, Place
from scenarios.places.build.attribution import attribution
from scenarios.places.build.geography import EVERY_LA, find_las
from scenarios.places.build.place_of import AuthorityName, place_of
from scenarios.places.build.report_making import make_report
from scenarios.places.table import check_place_year

if TYPE_CHECKING:
    from scenarios.places.build.report import BuildReport
    from scenarios.places.build.school_table import SchoolTable


@dataclass(frozen=True, kw_only=True)
class BuiltPlace:
    """A place made from files, and how.

    Attributes
    ----------
    place : Place
        What the model runs on.
    table : SchoolTable
        Its schools as published, with flags, results of both groups, LA figures and notes.
    report : BuildReport
        What was read, matched, missing, imputed and odd.
    """

    place: Place
    table: SchoolTable
    report: BuildReport


def build_place(
    data: str | Sequence[str],
    las: str | int | Sequence[str | int],
    year: int,
    partnerships: tuple[Partnership, ...] = (),
) -> BuiltPlace:
    """Build a place from files.

    Parameters
    ----------
    data : str or sequence of str
        Files and folders; folders are searched with all they hold.
    las : str, int or sequence of these
        Codes, names or slugs of LAs; ``all`` for England.
    year : int
        Year 0; no result of a later year enters.
    partnerships : tuple of Partnership, optional
        Those known to exist at year 0.

    Returns
    -------
    BuiltPlace
        Place, table and report.

    Raises
    ------
    BadInput
        If the files cannot be used, or nothing can be built from them.
    UnknownName
        If an LA means nothing.
    """
    from scenarios.places.build.school_table import build_schools
    from scenarios.places.files.sources import read_sources

    check_place_year(year)
    sources = read_sources(data)
    found = find_las(las, year, sources)
    asked = [las] if isinstance(las, str | int) else list(las)
    is_england = any(str(text).strip().lower() in EVERY_LA for text in asked)
    table = build_schools(sources, las, year)
    table = replace(table, notes=[*sources.notes, *table.notes])
    names = [AuthorityName(la.code, la.name, la.slug) for la in found]
    place, table = place_of(table, names, year, attribution(sources.files), is_england=is_england)
    place = replace(place, partnerships=partnerships)
    return BuiltPlace(place=place, table=table, report=make_report(place, table, sources.files))
