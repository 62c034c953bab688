"""Posts, waiting, support and money of a run in words, where it has any."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from outputs.over_time import a_year, change_a_year
from outputs.payers import EVERYONE, payers
from outputs.results import Results
from outputs.rounding import rounding_step, shown

_FINEST_GBP = 1_000.0
_MOST_PAYERS = 5


class _Said(NamedTuple):
    """How one measure is said: what it is called, its unit, the finest step."""

    what: str
    unit: str
    finest: float


SAID = {
    "posts_filled": _Said("specialist posts filled", "per cent of those funded", 0.1),
    "specialist_time": _Said("specialists at work", "whole-time equivalents", 0.1),
    "support_wait_weeks": _Said("wait for support", "teaching weeks", 0.1),
    "cases_completed": _Said("support completed", "cases a year", 0.1),
    "cases_interrupted": _Said("support interrupted", "times a year", 0.1),
    "cases_turned_away": _Said("needs turned away", "a year", 0.1),
    "spend": _Said("paid by all funders", "GBP a year", _FINEST_GBP),
    "school_time_gbp": _Said("schools' own time for working together", "GBP a year", _FINEST_GBP),
    "trust_top_slice_gbp": _Said("top-slice that schools give up to trusts", "GBP a year", _FINEST_GBP),
    "la_income_share": _Said("partnership income from the LA", "per cent", 0.1),
    "reserves_months": _Said("reserves", "months of spending", 0.1),
}
"""The measures of institutions that a summary says, in order."""

BETWEEN = {
    "members": _Said("schools in membership", "schools", 0.1),
    "member_rating": _Said("members' rating, of those who answered", "points of 10", 0.1),
    "schools_isolated": _Said("isolated schools", "schools", 0.1),
    "schools_orphaned": _Said("schools that no trust takes", "schools", 0.1),
    "schools_in_trusts": _Said("schools in trusts of several", "schools", 0.1),
    "inspection_good": _Said("schools judged good by the definition of the day", "per cent", 0.1),
    "head_turnover": _Said("headteachers who leave", "per cent a year", 0.1),
    "teacher_leavers": _Said("teachers who leave", "per cent a year", 0.1),
    "roll_leavers_unexplained": _Said("pupils of Years 10 and 11 moved off the roll", "per cent a year", 0.1),
}
"""The measures of how schools stand with each other, with inspectors and with trusts, in order."""

_LISTS = (("posts, support and money", SAID), ("schools together, inspected and governed", BETWEEN))


def has_institutions(results: Results, place: str, scenario: str) -> bool:
    """Say whether anyone was in post or any case was worked on.

    Parameters
    ----------
    results : Results
        A run.
    place, scenario : str
        Which.

    Returns
    -------
    bool
        Whether a specialist is in post or a case completed in any year.
    """
    found = (a_year(results, place, scenario, name) for name in ("specialist_time", "cases_completed"))
    return any(one is not None and one.mean > 0 for one in found)


def institution_words(results: Results, place: Mapping[str, Any]) -> Iterator[str]:
    """Say what became of posts, support and money: as the first scenario has it, then what others change.

    Parameters
    ----------
    results : Results
        A run.
    place : Mapping
        Entry of the manifest.

    Yields
    ------
    str
        Paragraphs of a sentence or list item a line; none where no scenario has institutions.
    """
    scenarios = results.manifest["scenarios"]
    having = [item["name"] for item in scenarios if has_institutions(results, place["name"], item["name"])]
    if not having:
        return
    first, others = scenarios[0], scenarios[1:]
    if first["name"] in having:
        for what, said in _LISTS:
            lines = [f"- {line}." for line in _levels(results, place["name"], first["name"], said)]
            if lines:
                head = f"{what[0].upper()}{what[1:]} ({_title(first)}), mean of the projected years:"
                yield "\n".join([head, *lines])
        by_payer = _by_payer(payers(results), place["name"], first["name"])
        if by_payer:
            yield by_payer
    for other in others:
        for what, said in _LISTS:
            changes = _changes(results, place["name"], other["name"], first["name"], said)
            lines = [f"- {line}." for line in changes]
            if lines:
                head = f"{_title(other)}: {what}, against {_title(first)}, mean of the years:"
                yield "\n".join([head, *lines])


def _title(scenario: Mapping[str, Any]) -> str:
    return str(scenario.get("title", scenario["name"]))


def _levels(results: Results, place: str, scenario: str, measures: Mapping[str, _Said]) -> Iterator[str]:
    for name, said in measures.items():
        found = a_year(results, place, scenario, name)
        if found is not None:
            what = f"{said.what[0].upper()}{said.what[1:]}"
            yield f"{what}: {found.words(said.unit, said.finest)}{found.when()}"


def _changes(
    results: Results, place: str, scenario: str, baseline: str, measures: Mapping[str, _Said]
) -> Iterator[str]:
    for name, said in measures.items():
        change = change_a_year(results, place, scenario, baseline, name)
        if change is None or change.mean == 0:
            continue
        step = max(rounding_step(change.error), said.finest)
        size = shown(abs(change.mean), step)
        what = f"{said.what[0].upper()}{said.what[1:]}"
        if float(size.replace(",", "")) == 0:
            yield f"{what}: no different{change.when()}"
        elif change.unclear():
            yield f"{what}: no clear difference{change.when()}"
        else:
            ranged = "" if pd.isna(change.low) else _range(change.low, change.high, step)
            unit = said.unit.replace("per cent", "percentage points", 1)
            yield f"{what}: {'+' if change.mean > 0 else '-'}{size} {unit}{ranged}{change.when()}"


def _range(low: float, high: float, step: float) -> str:
    """The range of differences, with signs."""
    figures = [shown(value, step) for value in (low, high)]
    ends = [f"{'+' if float(text.replace(',', '')) > 0 else ''}{text}" for text in figures]
    if ends[0] == ends[1]:
        return ""
    return f" (80 runs in 100: {ends[0]} to {ends[1]})"


def _by_payer(table: pd.DataFrame, place: str, scenario: str) -> str:
    """Who pays, as a share of what all pay in the whole financial years."""
    rows = table.loc[
        (table["place"] == place)
        & (table["scenario"] == scenario)
        & (table["clock"] == "financial")
        & table["whole_year"].astype(bool)
    ]
    if rows.empty:
        return ""
    sums = rows.groupby("payer")["gbp"].sum().sort_values(ascending=False)
    whole = sums.pop(EVERYONE)
    if whole <= 0:
        return ""
    named = [f"{payer} {100 * value / whole:.0f} per cent" for payer, value in sums.items() if value > 0]
    years = sorted(rows["year"].unique())
    runs = int(rows["runs"].max())
    return (
        f"Who pays, financial years {years[0]} to {years[-1]}: {_listed(named)} "
        f"({runs} run{'s' * (runs != 1)} with a ledger; payers.csv has each year in GBP)."
    )


def _listed(named: Sequence[str]) -> str:
    rest = len(named) - _MOST_PAYERS
    more = [f"{rest} other{'s' * (rest > 1)}"] if rest > 0 else []
    return "; ".join([*named[:_MOST_PAYERS], *more])
