"""A place as tables, and back: every array keeps its type, order and bits."""

from __future__ import annotations

import math
from dataclasses import fields
from typing import Any

import numpy as np
import pyarrow as pa

from model.place import (
    Areas,
    Feeders,
    Flag,
    National,
    Partnership,
    Place,
    PublishedValue,
    Rates,
    Results,
    SchoolResults,
    Schools,
)
from model.public_record import PublicRecord
from scenarios.places.file_format.columns import (
    column,
    from_columns,
    from_rows,
    kinds_of,
    to_rows,
    to_values,
)
from scenarios.places.file_format.contents import Contents

_GROUPS = 2
_AUTHORITY = {"la_code": "whole numbers", "la_name": "text", "secondary_pupils": "numbers"}
_OF_RESULTS = ("eyfs_gld", "ks2_rwm", "ks4_attainment8")
_OF_SCHOOL_YEARS = ("ks2_rwm", "ks2_pupils", "ks4_attainment8", "ks4_progress8", "ks4_pupils")
_GAP_INDEX = ("ks2_gap_index", "ks4_gap_index")


def from_place(place: Place) -> Contents:
    """Take a place apart into tables.

    Parameters
    ----------
    place : Place
        Any place.

    Returns
    -------
    Contents
        Its tables, and its single values under ``place``.
    """
    tables = {
        "authorities": pa.table(
            {
                "la_code": pa.array(place.la_code, type=pa.int64()),
                "la_name": column(place.la_name),
                "secondary_pupils": column(place.secondary_pupils),
            }
        ),
        "schools": from_columns(place.schools),
        "areas": from_columns(place.areas),
        "rates": from_columns(place.rates),
        "results": _from_results(place.results),
        "history": from_rows(place.history, PublishedValue),
        "national_rates": from_columns(place.national.rates),
        "national_results": _from_results(place.national.results),
        "national_years": pa.table(
            {"year": column(place.national.results.years)}
            | {name: column(getattr(place.national, name)) for name in _GAP_INDEX}
        ),
        "partnerships": from_rows(place.partnerships, Partnership),
    }
    if place.school_results is not None:
        tables |= _from_school_results(place.school_results, place.schools.urn)
    if place.public_record is not None:
        tables["public_record"] = from_columns(place.public_record)
    if place.feeders is not None:
        tables["feeders"] = from_columns(place.feeders)
    return Contents(tables=tables, values={"place": _single_values(place)})


def _single_values(place: Place) -> dict[str, Any]:
    national = {name: getattr(place.national, name) for name in _national_numbers()}
    return {
        "name": place.name,
        "slug": place.slug,
        "year": int(place.year),
        "is_england": bool(place.is_england),
        "sources": list(place.sources),
        "national": {key: None if math.isnan(value) else float(value) for key, value in national.items()},
    }


def _national_numbers() -> list[str]:
    return [item.name for item in fields(National) if item.type == "float"]


def _from_results(results: Results) -> Any:
    """Write (n_la, n_years, 2) as a row for each LA, year and group."""
    n_la, n_years, n_groups = results.ks2_rwm.shape
    return pa.table(
        {
            "la": np.repeat(np.arange(n_la, dtype=np.int32), n_years * n_groups),
            "year": np.tile(np.repeat(results.years, n_groups), n_la),
            "group": np.tile(np.arange(n_groups, dtype=np.int32), n_la * n_years),
        }
        | {name: column(getattr(results, name).ravel()) for name in _OF_RESULTS}
    )


def _from_school_results(results: SchoolResults, urn: Any) -> dict[str, Any]:
    """Write (n_schools, n_years) as a row for each school and year."""
    n_schools, n_years = results.ks2_rwm.shape
    by_year = {
        "urn": np.repeat(urn, n_years),
        "year": np.tile(results.years, n_schools),
    } | {name: column(getattr(results, name).ravel()) for name in _OF_SCHOOL_YEARS}
    shares = {"urn": column(urn), "disadvantaged_share": column(results.disadvantaged_share)}
    return {"school_results": pa.table(by_year), "school_intakes": pa.table(shares)}


def to_place(contents: Contents) -> Place:
    """Put a place together.

    Parameters
    ----------
    contents : Contents
        Members of a place file of this version.

    Returns
    -------
    Place
        The very place that was written.

    Raises
    ------
    BadInput
        If anything is missing, or of another type or length.
    """
    authorities = to_values(contents, "authorities", _AUTHORITY)
    schools = Schools(**to_values(contents, "schools", kinds_of(Schools)))
    n_la = len(authorities["la_code"])
    return Place(
        name=contents.value("place", "name", str),
        slug=contents.value("place", "slug", str),
        year=contents.value("place", "year", int),
        la_code=tuple(int(code) for code in authorities["la_code"]),
        la_name=authorities["la_name"],
        is_england=contents.value("place", "is_england", bool),
        schools=schools,
        areas=Areas(**to_values(contents, "areas", kinds_of(Areas))),
        rates=Rates(**_of_length(contents, "rates", to_values(contents, "rates", kinds_of(Rates)), n_la)),
        results=_to_results(contents, "results", n_la),
        national=_to_national(contents),
        secondary_pupils=authorities["secondary_pupils"],
        history=_to_history(contents),
        sources=_texts(contents),
        school_results=_to_school_results(contents, schools) if "school_results" in contents.tables else None,
        feeders=Feeders(**to_values(contents, "feeders", kinds_of(Feeders)))
        if "feeders" in contents.tables
        else None,
        public_record=PublicRecord(**to_values(contents, "public_record", kinds_of(PublicRecord)))
        if "public_record" in contents.tables
        else None,
        partnerships=tuple(Partnership(**row) for row in to_rows(contents, "partnerships", Partnership)),
    )


def _texts(contents: Contents) -> tuple[str, ...]:
    found = contents.value("place", "sources", list)
    if not all(isinstance(item, str) for item in found):
        raise contents.refusal("place.json: sources cannot be used", "other than text", "a list of texts")
    return tuple(found)


def _to_history(contents: Contents) -> tuple[PublishedValue, ...]:
    rows = to_rows(contents, "history", PublishedValue)
    known = {int(flag) for flag in Flag}
    if any(row["flag"] not in known for row in rows):
        raise contents.refusal("history.parquet, column flag: means nothing", "another number", "0, 1, 2")
    return tuple(PublishedValue(**{**row, "flag": Flag(row["flag"])}) for row in rows)


def _of_length(contents: Contents, name: str, found: dict[str, Any], length: int) -> dict[str, Any]:
    rows = len(next(iter(found.values())))
    if rows != length:
        raise contents.refusal(f"{name}.parquet: has the wrong length", f"{rows} rows", f"{length} rows")
    return found


def _years(contents: Contents, name: str, years: Any, pattern: Any) -> Any:
    """Check that rows stand in the order they were written in."""
    if len(years) != len(pattern) or not np.array_equal(years, pattern):
        raise contents.refusal(f"{name}.parquet: rows are not in order", f"{len(years)} rows", "as written")
    return years


def _to_results(contents: Contents, name: str, n_la: int) -> Results:
    wanted = {"la": "whole numbers", "year": "whole numbers", "group": "whole numbers"}
    found = to_values(contents, name, wanted | dict.fromkeys(_OF_RESULTS, "numbers"))
    years = found["year"][: len(found["year"]) // max(n_la, 1) : _GROUPS].copy()
    n_years = len(years)
    _years(contents, name, found["la"], np.repeat(np.arange(n_la), n_years * _GROUPS))
    _years(contents, name, found["year"], np.tile(np.repeat(years, _GROUPS), n_la))
    _years(contents, name, found["group"], np.tile(np.arange(_GROUPS), n_la * n_years))
    shaped = {key: found[key].reshape(n_la, n_years, _GROUPS) for key in _OF_RESULTS}
    return Results(years=years, **shaped)


def _to_national(contents: Contents) -> National:
    rates = _of_length(contents, "national_rates", to_values(contents, "national_rates", kinds_of(Rates)), 1)
    results = _to_results(contents, "national_results", 1)
    wanted = {"year": "whole numbers"} | dict.fromkeys(_GAP_INDEX, "numbers")
    by_year = to_values(contents, "national_years", wanted)
    _years(contents, "national_years", by_year.pop("year"), results.years)
    numbers = contents.value("place", "national", dict)
    single: dict[str, Any] = {}
    for name in _national_numbers():
        value = numbers.get(name, "nothing")
        if value is not None and type(value) is not float:
            raise contents.refusal(f"place.json: national {name} cannot be used", str(value)[:40], "a number")
        single[name] = math.nan if value is None else value
    return National(rates=Rates(**rates), results=results, **by_year, **single)


def _to_school_results(contents: Contents, schools: Schools) -> SchoolResults:
    shares = {"urn": "whole numbers", "disadvantaged_share": "numbers"}
    intakes = to_values(contents, "school_intakes", shares)
    _years(contents, "school_intakes", intakes["urn"], schools.urn)
    wanted = {"urn": "whole numbers", "year": "whole numbers"} | dict.fromkeys(_OF_SCHOOL_YEARS, "numbers")
    found = to_values(contents, "school_results", wanted)
    n_schools = len(schools)
    n_years = len(found["year"]) // max(n_schools, 1)
    years = found["year"][:n_years].copy()
    _years(contents, "school_results", found["urn"], np.repeat(schools.urn, n_years))
    _years(contents, "school_results", found["year"], np.tile(years, n_schools))
    shaped = {key: found[key].reshape(n_schools, n_years) for key in _OF_SCHOOL_YEARS}
    return SchoolResults(years=years, disadvantaged_share=intakes["disadvantaged_share"], **shaped)
