"""Showing a place file: which it is, and one school of it with the origin of every figure."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from model.place import Category, Feeders, Flag, Floats, Phase
from scenarios.errors import BadInput, nearest
from scenarios.places.build.report_terms import COLUMNS, GROUPS, MEASURES
from scenarios.places.build.report_words import clean, source_of
from scenarios.values import shown

if TYPE_CHECKING:
    from scenarios.places.build.assemble import BuiltPlace
    from scenarios.places.place_file import PlaceFile
    from scenarios.settings import Settings

_SHARES = ("_share", "absence", "selective_share")
_YES_NO = ("urban", "selective", "faith")
_WHOLE = ("roll", "roll_r11", "entry_places", "places_year_7", "income", "expenditure", "balance")
_ENUMS = {"phase": Phase, "category": Category}
_MOST_ROWS = 200
_MOST_FEEDERS = 6


def refuse_school(settings: Settings) -> None:
    """Refuse to show single schools of a place whose schools are synthetic.

    Parameters
    ----------
    settings : Settings
        Of the verb ``place``, for a place that is no file.

    Raises
    ------
    BadInput
        If a school, or the table of schools, is asked for.
    """
    for key in ("school", "schools"):
        if getattr(settings, key) is not None:
            raise BadInput(
                f"{key}= is for place files: the schools of this place are synthetic", where="lepsim place",
                found=f"place={shown(settings.place)}", allowed="a file that `lepsim place build` wrote",
            )  # fmt: skip


def head_lines(found: PlaceFile) -> list[str]:
    """Say which file this is.

    Parameters
    ----------
    found : PlaceFile
        As read.

    Returns
    -------
    list of str
        Path, layout, version, checksum; remarks, if any.
    """
    return [
        f"{found.path}: a place file of layout {found.layout}, written by lepsim {clean(found.lepsim, 20)}",
        f"SHA-256 {found.sha256}",
        *found.remarks,
        "",
    ]


def school_rows(built: BuiltPlace, text: str) -> list[tuple[str, str, str, str]]:
    """List every figure of one school with its flag, how it was made and its source.

    Parameters
    ----------
    built : BuiltPlace
        From a place file.
    text : str
        Its URN, as typed.

    Returns
    -------
    list of (str, str, str, str)
        Figure, value, flag, how or from where.

    Raises
    ------
    BadInput
        If no school of the place has that URN.
    """
    urn = _urn(built, text)
    table = built.table
    rows = [("URN", str(urn), "published", "")]
    for column in table.schools.columns:
        value: Any = table.schools.at[urn, column]
        missing = pd.isna(value) or value == ""
        flag = "missing" if missing else _flag(table.flags, urn, str(column))
        how = table.how.get(str(column), "") if flag == "imputed" else source_of(built.report, str(column))
        label = COLUMNS.get(str(column), str(column).replace("_", " "))
        how = "" if flag == "missing" else how
        rows.append((label, "" if missing else _value(str(column), value), flag, clean(how)))
    return [*rows, *_result_rows(built, urn), *_feeder_rows(built, urn), *_note_rows(built, urn)]


def print_school(built: BuiltPlace, text: str) -> None:
    """Print every figure of one school.

    Parameters
    ----------
    built : BuiltPlace
        From a place file.
    text : str
        Its URN, as typed.

    Raises
    ------
    BadInput
        If no school of the place has that URN.
    """
    from scenarios.places.build.report_console import print_rows

    rows = school_rows(built, text)
    print_rows(("figure", "value", "flag", "how, or from where"), rows)


def _urn(built: BuiltPlace, text: str) -> int:
    known = built.table.schools.index
    written = text.strip()
    if written.isascii() and written.isdigit() and len(written) < 10 and int(written) in known:
        return int(written)
    names = [str(name) for name in built.table.schools["name"]]
    by_name = dict(zip(names, known.tolist(), strict=True))
    near = [f"{by_name[name]} {name}" for name in nearest(written, by_name)]
    near = near or list(nearest(written, [str(urn) for urn in known]))
    raise BadInput(
        "no school of this place has that URN", where="school", found=shown(text), nearest=near,
        allowed=f"one of the {len(known):,} schools of {clean(built.place.name, 60)} open in year 0",
    )  # fmt: skip


def _flag(flags: pd.DataFrame, urn: int, column: str) -> str:
    if column not in flags.columns:
        return "published"
    flag = int(np.asarray(flags.at[urn, column]).item())
    return Flag(flag).name.lower() if flag >= 0 else "missing"


def _value(column: str, value: Any) -> str:
    """Write a value with its unit."""
    if column in _ENUMS:
        return str(_ENUMS[column](int(value)).name.replace("_", " ").lower())
    if column in _YES_NO:
        return "yes" if value else "no"
    if isinstance(value, (float, np.floating)):
        return _number(column, float(value))
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else clean(str(value))


def _number(column: str, value: float) -> str:
    if column.endswith(_SHARES):
        return f"{100 * value:.1f} per cent"
    whole = column in _WHOLE or math.isclose(value, round(value))
    return f"{value:,.0f}" if whole else f"{value:,.2f}"


def _result_rows(built: BuiltPlace, urn: int) -> list[tuple[str, str, str, str]]:
    """List results, latest first."""
    results = built.table.results
    of_school = results[results["urn"] == urn].sort_values(
        ["measure", "year", "group"], ascending=[True, False, True]
    )
    rows = []
    for values in of_school.head(_MOST_ROWS).to_dict("records"):
        row: Any = SimpleNamespace(**{str(key): value for key, value in values.items()})
        measure, group = str(row.measure), str(row.group)
        share = measure.startswith("ks2")
        value = float(row.value)
        written = "" if math.isnan(value) else f"{100 * value:.1f} per cent" if share else f"{value:.2f}"
        pupils = float(row.pupils)
        about = [] if math.isnan(pupils) else [f"{pupils:,.0f} pupils"]
        about += [f"published as {row.code}"] if isinstance(row.code, str) and row.code else []
        about += [f"under URN {row.published_urn}"] if row.published_urn not in (urn, -1, 0) else []
        flag = Flag(int(row.flag)).name.lower() if written else "missing"
        how = built.table.how.get(f"{measure} {group}", built.table.how.get(measure, ""))
        about += [clean(how)] if flag == "imputed" and how else []
        label = f"{MEASURES.get(measure, measure)}, {GROUPS.get(group, group)}, {row.year}"
        rows.append((label, written, flag, "; ".join(about)))
    return rows


def _feeder_rows(built: BuiltPlace, urn: int) -> list[tuple[str, str, str, str]]:
    """List where its pupils go on to, or come from."""
    feeders, schools = built.place.feeders, built.place.schools
    where = np.flatnonzero(schools.urn == urn)
    if feeders is None or not len(where):
        return []
    rows = []
    here = int(where[0])
    pull = _shares_of_pull(feeders)
    for label, mine, others in (
        ("goes on to", feeders.source, feeders.target), ("comes from", feeders.target, feeders.source),
    ):  # fmt: skip
        found = np.flatnonzero(mine == here)
        found = found[np.argsort(-pull[found], kind="stable")]
        names = [f"{clean(schools.name[int(row)], 60)} ({schools.urn[int(row)]})" for row in others[found]]
        if names:
            more = f"; and {len(names) - _MOST_FEEDERS} more" if len(names) > _MOST_FEEDERS else ""
            how = "from admissions and distance, strongest first"
            rows.append((label, "; ".join(names[:_MOST_FEEDERS]) + more, "imputed", how))
    return rows


def _shares_of_pull(feeders: Feeders) -> Floats:
    """Turn the pull of each school into its share among those that pull on the same pupils."""
    weight = np.exp(np.clip(feeders.log_odds, -50.0, 50.0))
    together = np.bincount(feeders.source, weights=weight, minlength=1)
    return np.asarray(weight / together[feeders.source])


def _note_rows(built: BuiltPlace, urn: int) -> list[tuple[str, str, str, str]]:
    notes = [note for note in built.table.notes if str(urn) in note.where]
    return [(f"note: {note.kind}", clean(note.text), "", "") for note in notes]
