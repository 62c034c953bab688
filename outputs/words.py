"""A run in words, for a board: where the place is heading, how sure that is, and what it rests on."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from outputs.charts import GAP, STAGES
from outputs.cost_words import equal_cost_words
from outputs.coverage import SYNTHETIC, history_of, origin, runs_words, wobble_words
from outputs.differences import chance_words, has_chance, none_words, over_years, whole
from outputs.findings import has_series, heading
from outputs.institution_words import institution_words
from outputs.rests_on_words import difference_rests_on
from outputs.results import Results
from outputs.rounding import points, rounding_step, shown
from outputs.summary import RUNS_FOR_RANGE
from outputs.unusual import not_as_usual

_WIDTH = 100


def in_words(results: Results) -> str:
    """Say what a run found.

    Parameters
    ----------
    results : Results
        A run.

    Returns
    -------
    str
        Paragraphs of plain English, official measures only.
    """
    return "\n".join(_wrapped(line) if line else "" for line in plain_words(results).split("\n"))


def plain_words(results: Results) -> str:
    """Say what a run found, a sentence or list item a line, as for the cells of a workbook.

    Parameters
    ----------
    results : Results
        A run.

    Returns
    -------
    str
        Paragraphs with an empty line between.
    """
    paragraphs: list[str] = []
    for place in results.manifest["places"]:
        paragraphs += _of_place(results, place)
    paragraphs += [*equal_cost_words(results.manifest), _rests_on(results), not_as_usual(results)]
    paragraphs += _failures(results.manifest)
    return "\n\n".join(text for text in paragraphs if text)


def _wrapped(text: str) -> str:
    """Fill lines, keeping list items apart and hanging."""
    lines = []
    for line in text.split("\n"):
        lines += textwrap.wrap(line, _WIDTH, subsequent_indent="  " if line.startswith("- ") else "")
    return "\n".join(lines)


def _of_place(results: Results, place: Mapping[str, Any]) -> Iterator[str]:
    scenario = results.manifest["scenarios"][0]
    name, where = place["name"], place.get("title", place["name"])
    measures = [m for m in STAGES if has_series(results, name, scenario["name"], m, "gap")]
    if not measures:
        return
    years = heading(results, name, scenario["name"], measures[0], "gap")
    title = scenario.get("title", scenario["name"])
    head = f"{where}, {years.first_year} to {years.last_year}, scenario: {title}."
    lines = [
        line for measure in measures for line in _heading_lines(results, name, scenario["name"], measure)
    ]
    yield "\n".join([head, *lines])
    if results.comparison is not None:
        for other in results.manifest["scenarios"][1:]:
            yield _compared(results, results.comparison, place, other, measures)
    yield from institution_words(results, place)
    yield _sureness(results, place)


def _heading_lines(results: Results, place: str, scenario: str, measure: str) -> Iterator[str]:
    age = STAGES[measure]
    label = results.measure(measure)["label"]
    gap = heading(results, place, scenario, measure, next(iter(GAP)))
    yield f"- The gap at {age} ({label}): {gap.verdict('narrow', 'widen')}, from {gap.figures()}."
    for group, who in (("disadvantaged", "Disadvantaged"), ("other", "Other")):
        if has_series(results, place, scenario, measure, group):
            found = heading(results, place, scenario, measure, group)
            yield f"- {who} pupils at {age}: {found.verdict('fall', 'rise')}, from {found.figures()}."


def _sureness(results: Results, place: Mapping[str, Any]) -> str:
    return (
        f"How sure: {wobble_words(results, place)}, so a change of that size from one year to the next says "
        f"little. {runs_words(results)}"
    )


def _compared(
    results: Results,
    comparison: pd.DataFrame,
    place: Mapping[str, Any],
    scenario: Mapping[str, Any],
    measures: list[str],
) -> str:
    title, base = scenario.get("title", scenario["name"]), results.manifest["scenarios"][0]
    against = base.get("title", base["name"])
    lines = [f"{title}, against {against}, on the same draws and the same chance:"]
    for measure in measures:
        row = whole(results, place["name"], scenario["name"], measure)
        said = (
            f"{none_words(results, comparison, place['name'], scenario['name'], measure)}."
            if row is None
            else _difference(row, comparison, results)
        )
        lines.append(f"- The gap at {STAGES[measure]}: {said}")
    return "\n".join([*lines, *_because(results, scenario, against)])


def _because(results: Results, scenario: Mapping[str, Any], against: str) -> list[str]:
    found = difference_rests_on(results, scenario, against)
    return [found] if found else []


def _difference(row: pd.Series, comparison: pd.DataFrame, results: Results) -> str:
    """What a scenario changes over the years in which it changes anything, and with what chances."""
    said = over_years(row, comparison)
    if pd.notna(row["low_80"]):
        step = rounding_step(row["mc_error"])
        low, high = _signed(row["low_80"], step), _signed(row["high_80"], step)
        said += f"; 80 runs in 100 lie between {low} and {points(high)}"
    return f"{said}.{_chances(row, results)}"


def _chances(row: pd.Series, results: Results) -> str:
    if not has_chance(row):
        few = 1 < row["draws"] < RUNS_FOR_RANGE <= row["pairs"]
        return f" {row['draws']:.0f} draws are too few for a chance: set draws=100." if few else ""
    said = f" Chance that it narrows the gap at all: {chance_words(row, 'chance_better')}"
    if pd.notna(row["chance_worthwhile"]):
        least = shown(results.manifest["evidence"]["smallest_worthwhile_gap_points"], 0.1)
        said += (
            f"; by {least} points or more, taken as the smallest worthwhile difference: "
            f"{chance_words(row, 'chance_worthwhile')}; that it widens the gap by as much: "
            f"{chance_words(row, 'chance_harm')}"
        )
    return f"{said}."


def _signed(value: float, step: float) -> str:
    text = shown(value, step)
    return text if text.startswith("-") or float(text.replace(",", "")) == 0 else f"+{text}"


def _rests_on(results: Results) -> str:
    """How many parameters stand on evidence of each strength."""
    counts = results.parameters["strength"].value_counts()
    order = ("strong", "moderate", "weak", "assumption", "calibrated")
    named = {
        "calibrated": "fitted to published figures", "assumption": "assumed, with reasons",
        "strong": "on strong evidence", "moderate": "on moderate evidence", "weak": "on weak evidence",
    }  # fmt: skip
    said = [f"{counts[name]} {named[name]}" for name in order if name in counts]
    until = "; ".join(dict.fromkeys(_figures_of(results, place) for place in results.manifest["places"]))
    parameters = f"{int(counts.sum())} parameters: {'; '.join(said)}"
    return f"What it rests on: {until}, and {parameters} (parameters.csv lists each)."


def _figures_of(results: Results, place: Mapping[str, Any]) -> str:
    """Which figures of the past a place stands on."""
    data = history_of(results, place["name"])
    found = origin(data)
    if found == SYNTHETIC:
        return f"made-up figures of a place that does not exist ({place.get('title', place['name'])})"
    if not found:
        return "published figures"
    return f"figures {found} to {data.loc[data['flag'] == found, 'year'].max():.0f}"


def _failures(manifest: Mapping[str, Any]) -> Iterator[str]:
    failed = manifest.get("failures") or []
    if failed:
        first = failed[0]
        yield (
            f"{len(failed)} of {manifest['rows']['asked']} runs failed and are left out. The first: "
            f"{first.get('place')}, {first.get('scenario')}, draw {first.get('draw')}, "
            f"replicate {first.get('replicate')}: {first.get('message')}"
        )
