"""From the Department's files to a place: reading, schools, what is made, report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from model.place import Place
from scenarios.errors import UnknownName
from scenarios.places.build.absent import las_left_out
from scenarios.places.build.attribution import attribution
from scenarios.places.build.geography import EVERY_LA, find_las, former_authorities
from scenarios.places.build.nation import check_england_held, check_possible
from scenarios.places.build.place_of import AuthorityName, place_of
from scenarios.places.build.report_making import make_report

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


@dataclass(frozen=True)
class _NoSources:
    """Nothing read yet."""

    tables: dict[str, pd.DataFrame]


def codes_to_read(asked: Sequence[str | int], year: int) -> frozenset[int] | None:
    """Give the LAs whose rows are needed: those asked for, those before them and those that followed.

    Parameters
    ----------
    asked : sequence of str or int
        Codes, names or slugs.
    year : int
        Year 0.

    Returns
    -------
    frozenset of int or None
        DfE codes; None where a name is not known without the files.
    """
    try:
        codes = {la.code for la in find_las(asked, year, _NoSources({}))}
    except UnknownName:
        return None
    before = {code: after for code, (_name, after, _last) in former_authorities().items()}
    former = {code for code, after in before.items() if code in codes or codes & set(after)}
    return frozenset(codes | former | {later for code in former for later in before[code]})


def build_place(
    data: str | Sequence[str],
    las: str | int | Sequence[str | int],
    year: int,
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

    check_possible(year)
    asked = [las] if isinstance(las, str | int) else list(las)
    is_england = any(str(text).strip().lower() in EVERY_LA for text in asked)
    sources = read_sources(data, None if is_england else codes_to_read(asked, year))
    check_england_held(sources, sources.files, year)
    found = find_las(las, year, sources)
    table = build_schools(sources, las, year)
    absent = las_left_out(found) if is_england else []
    table = replace(table, notes=[*sources.notes, *absent, *table.notes])
    names = [AuthorityName(la.code, la.name, la.slug) for la in found]
    place, table = place_of(table, names, year, attribution(sources.files), is_england=is_england)
    return BuiltPlace(place=place, table=table, report=make_report(place, table, sources.files))
