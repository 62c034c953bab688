"""Whether the figures of a place can be: lengths that agree, indices that point somewhere, no holes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import numpy as np

from model.inspection_record import Grade
from model.place import YEAR_GROUPS, Category, Feeders, Flag, Phase, Place, Schools
from model.public_record import FEDERATION_NOT_KNOWN, PublicRecord
from scenarios.errors import BadInput

MOST_KM = 2_000.0
MOST_PUPILS = 100_000.0
_PARTS = ("schools", "areas", "feeders", "public_record")
FARTHEST_TERM = -300  # a century
LONGEST_TEXT = 1_000
_CONTROL = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff]")
_SLUG = re.compile(r"[a-z0-9_-]{1,100}\Z")

Require = Callable[[bool, str, object, str], None]
"""Whether it holds, what is wrong otherwise, what was found, what is allowed."""


def check_place(place: Place, where: str) -> None:
    """Refuse a place that the model cannot run on.

    Parameters
    ----------
    place : Place
        Read from a file, or about to be written.
    where : str
        The file, for messages.

    Raises
    ------
    BadInput
        If an array has the wrong length, a hole where none may be, or a value that means nothing.
    """

    def require(holds: bool, what: str, found: object, allowed: str) -> None:
        if not holds:
            raise BadInput(what, where=where, found=str(found)[:80], allowed=allowed)

    _check_texts(place, require)
    require(2000 <= place.year <= 2100, "the year of the place cannot be", place.year, "2000 to 2100")
    sizes = (place.n_la, len(place.schools), len(place.areas))
    require(min(sizes) > 0, "the place is empty", "{} LAs, {} schools, {} areas".format(*sizes), "1 of each")
    require(len(set(place.la_code)) == place.n_la, "an LA stands twice", place.la_code, "each once")
    for part in _PARTS:
        columns = getattr(place, part)
        if columns is not None:
            _check_lengths(part, columns, require)
    _check_schools(place, place.schools, require)
    _check_areas(place, require)
    _check_results(place, require)
    if place.feeders is not None:
        _check_feeders(place.feeders, place.schools, require)
    if place.public_record is not None:
        _check_record(place.public_record, len(place.schools), require)
    for one in place.partnerships:
        require(0 <= one.model <= 4, "the model of a partnership cannot be", one.model, "0 to 4")


def plain_text(text: str, longest: int = 200) -> str:
    """Make a text from a file one that a place may hold.

    Parameters
    ----------
    text : str
        Any text.
    longest : int, optional
        Letters kept.

    Returns
    -------
    str
        The same on one line, without control characters.
    """
    return " ".join(_CONTROL.sub(" ", text[: 10 * longest]).split())[:longest]


def _check_texts(place: Place, require: Require) -> None:
    """Refuse names that are no names: they end up in file names, charts and pages."""
    require(_SLUG.match(place.slug) is not None, "the short name cannot be", repr(place.slug[:60]),
            "small letters, figures, - and _")  # fmt: skip
    partnerships = [
        text for one in place.partnerships for text in (one.name, one.slug, one.legal_form, one.source)
    ]
    measures = [text for row in place.history for text in (row.measure, row.group)]
    texts = (place.name, *place.la_name, *place.schools.name, *place.sources, *partnerships, *measures)
    odd = next((text for text in texts if len(text) > LONGEST_TEXT or _CONTROL.search(text)), None)
    require(odd is None, "a text holds what no name does", repr((odd or "")[:60]),
            f"up to {LONGEST_TEXT} letters on one line")  # fmt: skip


def _check_lengths(part: str, columns: Any, require: Require) -> None:
    lengths = {item.name: len(getattr(columns, item.name)) for item in fields(columns)}
    first = next(iter(lengths.values()))
    odd = next((name for name, length in lengths.items() if length != first), None)
    require(odd is None, f"{part}: columns of different lengths", odd, f"{first} rows in each")
    for item in fields(columns):
        values = getattr(columns, item.name)
        if isinstance(values, np.ndarray) and values.dtype.kind == "f":
            holes = int((~np.isfinite(values)).sum())
            require(
                not holes,
                f"{part}, column {item.name}: no number",
                f"{holes} of {len(values)} cells",
                "numbers",
            )


def _within(part: str, name: str, values: Any, low: float, high: float, require: Require) -> None:
    outside = values[(values < low) | (values > high)]
    shown = outside[0] if len(outside) else ""
    require(not len(outside), f"{part}, column {name}: cannot be", shown, f"{low:g} to {high:g}")


def _check_schools(place: Place, schools: Schools, require: Require) -> None:
    limits: dict[str, tuple[float, float]] = {
        "la": (0, place.n_la - 1), "phase": (0, max(Phase)), "category": (0, max(Category)),
        "trust": (-1, 10**7),
        "x_km": (-MOST_KM, MOST_KM), "y_km": (-MOST_KM, MOST_KM), "flag": (0, max(Flag)),
        "first_year_group": (0, YEAR_GROUPS - 1), "last_year_group": (0, YEAR_GROUPS - 1),
        "places": (0, MOST_PUPILS), "places_year_7": (0, MOST_PUPILS), "urn": (1, 10**9),
    }  # fmt: skip
    for name, (low, high) in limits.items():
        _within("schools", name, getattr(schools, name), low, high, require)
    backwards = int((schools.first_year_group > schools.last_year_group).sum())
    require(not backwards, "schools end before they begin", f"{backwards} schools", "first year group first")
    urns, counts = np.unique(schools.urn, return_counts=True)
    twice = urns[counts > 1]
    require(not len(twice), "a school stands twice", f"URN {twice[0] if len(twice) else ''}", "each URN once")


def _check_areas(place: Place, require: Require) -> None:
    areas = place.areas
    limits: dict[str, tuple[float, float]] = {
        "la": (0, place.n_la - 1), "x_km": (-MOST_KM, MOST_KM), "y_km": (-MOST_KM, MOST_KM),
        "children": (0, MOST_PUPILS * 100), "low_income_share": (0, 1), "flag": (0, max(Flag)),
    }  # fmt: skip
    for name, (low, high) in limits.items():
        _within("areas", name, getattr(areas, name), low, high, require)


def _check_results(place: Place, require: Require) -> None:
    n_la = place.n_la
    pupils = place.secondary_pupils
    require(len(pupils) == n_la and bool(np.isfinite(pupils).all()),
            "secondary pupils of an LA: no number", pupils, f"{n_la} numbers")  # fmt: skip
    for rates in (place.rates, place.national.rates):
        for item in fields(rates):
            values = getattr(rates, item.name)
            _within("rates", item.name, values, 0, 1, require)
            require(
                bool(np.isfinite(values).all()), f"rates, column {item.name}: no number", "a hole", "0 to 1"
            )
    of_schools = place.school_results
    for name, years in (
        ("results", place.results.years), ("national results", place.national.results.years),
        ("school results", of_schools.years if of_schools is not None else place.results.years),
    ):  # fmt: skip
        rising = bool((np.diff(years) > 0).all()) and (not len(years) or int(years[-1]) <= place.year)
        require(rising, f"{name}: years cannot be", years, f"rising, none after {place.year}")
    if of_schools is not None:
        shape = (len(place.schools), len(of_schools.years))
        for item in fields(of_schools):
            values = getattr(of_schools, item.name)
            wanted = {"years": shape[1:], "disadvantaged_share": shape[:1]}.get(item.name, shape)
            require(
                values.shape == wanted,
                f"school results: {item.name} has the wrong shape",
                values.shape,
                str(wanted),
            )
            if item.name in ("ks2_rwm", "disadvantaged_share"):
                _within("school results", item.name, values, 0, 1, require)


def _check_feeders(feeders: Feeders, schools: Schools, require: Require) -> None:
    last = len(schools) - 1
    for name in ("source", "target"):
        _within("feeders", name, getattr(feeders, name), 0, last, require)
    require(
        bool((np.diff(feeders.source) >= 0).all()),
        "feeders: sources are not in order",
        "",
        "sorted by source",
    )


def _check_record(record: PublicRecord, schools: int, require: Require) -> None:
    """Refuse grades without a date, dates after year 0, and rows of other schools."""
    require(len(record.grade) == schools, "public_record: has the wrong length", len(record.grade),
            f"{schools} rows")  # fmt: skip
    limits: dict[str, tuple[float, float]] = {
        "federation": (FEDERATION_NOT_KNOWN, 10**7), "grade": (0, max(Grade)), "former": (0, max(Grade)),
        "inspected": (FARTHEST_TERM, 0), "former_inspected": (FARTHEST_TERM, 0), "flag": (0, max(Flag)),
    }  # fmt: skip
    for name, (low, high) in limits.items():
        _within("public_record", name, getattr(record, name), low, high, require)
    for grade, date in ((record.grade, record.inspected), (record.former, record.former_inspected)):
        odd = int(((grade > 0) != (date < 0)).sum())
        require(not odd, "public_record: a grade and its date do not go together", f"{odd} schools", "both")
    order = int(((record.former > 0) & (record.former_inspected > record.inspected)).sum())
    require(not order, "public_record: an earlier inspection after the last", f"{order} schools", "in order")
