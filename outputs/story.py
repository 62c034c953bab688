"""A story: one school over the years under two scenarios, as a dated account in plain words."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from outputs.chart_files import Chart, write_chart
from outputs.folder import new_files
from outputs.results import Results
from outputs.story_chart import story_chart
from outputs.story_choice import Future, check_detail, choose_future, scenarios_told
from outputs.story_difference import Totals, by_year, difference_lines, result_measure, totals
from outputs.story_lines import lines
from outputs.story_school import LAST_YEARS, OUTCOMES, School, find_school, median_school
from outputs.story_sides import Side, sides
from outputs.story_sureness import sureness
from outputs.story_words import THEMES, Line, gbp

_WIDTH = 100


@dataclass(frozen=True, kw_only=True)
class Story:
    """A finished story.

    Attributes
    ----------
    school : School
        Whom it is about, and how it was chosen.
    future : Future
        The simulated future that it is told from.
    text : str
        The account, in Markdown that reads as plain text.
    chart : Chart
        Its timeline.
    name : str
        Of its files, without ending.
    files : tuple of Path
        Where it was written; empty before.
    """

    school: School
    future: Future
    text: str
    chart: Chart
    name: str
    files: tuple[Path, ...] = ()


def tell(results: Results, *, school: str | int | None = None, other: str | None = None) -> Story:
    """Tell the story of one school from the stored records of a run.

    Parameters
    ----------
    results : Results
        A comparison, run with detail.
    school : str or int, optional
        URN or name; the one in the middle (``outputs.story_school.median_school``) if not given.
    other : str, optional
        The scenario to set beside the run's baseline; may be left out where there is just one.

    Returns
    -------
    Story
        Not yet written.

    Raises
    ------
    BadResults
        If the run keeps too little, or holds no such school or scenario.
    """
    baseline, second = scenarios_told(results, other)
    check_detail(results)
    asked = None if school is None else find_school(results, str(school))
    place = asked.place if asked else str(results.manifest["places"][0]["name"])
    future = choose_future(results, place, baseline, second)
    chosen = asked or median_school(results, future)
    both = sides(results, future, chosen)
    measure = result_measure(*both)
    sums = totals(both[0], measure), totals(both[1], measure)
    accounts = lines(both[0]), lines(both[1])
    finding = _finding(chosen, both, sums, measure)
    chart_name = f"story_{chosen.urn}_{second}"
    chart = story_chart(f"{chart_name}_chart", f"{chosen.name}. {finding}", both, measure)
    told = [
        *_head(results, future, chosen, both, finding, chart),
        *_account(both, accounts),
        *_table(both, measure),
        "## What made the difference",
        "\n".join(f"- {text}" for text in difference_lines(*both, *sums)),
        "## How sure",
        "\n".join(f"- {text}" for text in sureness(results, future, chosen, both, measure)),
    ]
    return Story(school=chosen, future=future, text="\n\n".join(told) + "\n", chart=chart, name=chart_name)


def write(story: Story, out: Path) -> Story:
    """Write a story and its timeline; all files appear, or none.

    Parameters
    ----------
    story : Story
        As given by ``tell``.
    out : Path
        A folder; other files there stay.

    Returns
    -------
    Story
        With its files.

    Raises
    ------
    BadResults
        If they cannot go there.
    """
    with new_files(out) as folder:
        (folder / f"{story.name}.md").write_text(story.text, encoding="utf-8")
        write_chart(story.chart, folder)
        names = sorted(path.name for path in folder.iterdir())
    return Story(
        school=story.school, future=story.future, text=story.text, chart=story.chart, name=story.name,
        files=tuple(out / name for name in names),
    )  # fmt: skip


def plain(story: Story) -> str:
    """Give the account for a terminal: lines filled, no image.

    Parameters
    ----------
    story : Story
        As given by ``tell``.

    Returns
    -------
    str
        Plain text.
    """
    filled = []
    for line in story.text.split("\n"):
        if line.startswith("!["):
            continue
        keep = line.startswith(("|", "#")) or not line
        hang = "  " if line.startswith("- ") else ""
        filled += [line.lstrip("# ")] if keep else textwrap.wrap(line, _WIDTH, subsequent_indent=hang)
    return "\n".join(filled).replace("\n\n\n", "\n\n").strip()


def _finding(
    school: School, both: tuple[Side, Side], sums: tuple[Totals, Totals], measure: str | None
) -> str:
    title = both[1].title
    span = f"in the last {LAST_YEARS} years"
    if measure is None:
        return f"It has no test results {span} to compare"
    change = sums[1].result - sums[0].result
    unit = "percentage points" if measure == "ks2_rwm_expected" else "Attainment 8 points"
    if np.isnan(change) or abs(change) < 0.05:
        return f"Results {span} are the same under {title}, in this one simulated future"
    word = "higher" if change > 0 else "lower"
    return f"Results {span} are {abs(change):.1f} {unit} {word} under {title}, in this one simulated future"


def _head(
    results: Results, future: Future, school: School, both: tuple[Side, Side], finding: str, chart: Chart
) -> Iterator[str]:
    place = next(item for item in results.manifest["places"] if item["name"] == future.place)
    first, second = both
    yield f"# {school.name}: {first.title}, and {second.title}"
    where = school.la if place.get("title", school.la) == school.la else f"{school.la}, {place['title']}"
    yield (
        f"School {school.urn}, {where}, from September {first.begins.year} to August {first.ends.year}. "
        f"{finding}. One simulated future is no forecast: see how sure, at the end."
    )
    if school.rule:
        yield f"Why this school: {school.rule}"
    yield f"![{chart.alt}]({chart.name}.png)"


def _account(both: tuple[Side, Side], accounts: tuple[Sequence[Line], Sequence[Line]]) -> Iterator[str]:
    """Every year: what happened under both, then what happened under one alone."""
    yield "## Year by year"
    shared = set(accounts[0]) & set(accounts[1])
    years = sorted({line.year for account in accounts for line in account})
    for year in years:
        parts = [("Under both", [line for line in accounts[0] if line in shared])]
        parts += [
            (f"{side.title} only", [line for line in account if line not in shared])
            for side, account in zip(both, accounts, strict=True)
        ]
        said = [f"### {year}"]
        for heading, found in parts:
            of_year = [line for line in found if line.year == year]
            if of_year:
                said += ["", f"{heading}:", ""]
            for theme in THEMES:
                said += [f"- {theme}. {line.text}" for line in of_year if line.theme == theme]
        yield "\n".join(said)
    if not years:
        yield "Nothing is on record that concerns this school or those who serve it."


def _table(both: tuple[Side, Side], measure: str | None) -> Iterator[str]:
    """Money, absence and results of both scenarios, a row a year."""
    table = by_year(*both, measure)
    yield "## Money and results by academic year"
    heads = ["Year", "Paid by all funders in the LA", "Pupils", "Absence, per cent"]
    heads += [OUTCOMES[measure][0].upper() + OUTCOMES[measure][1:]] if measure else []
    rows = [heads, ["---"] * len(heads)]
    for year, pair in table.groupby("academic_year", sort=True):
        one, two = pair.iloc[0], pair.iloc[1]
        cells = [
            str(year), f"{gbp(one['gbp'])}, {gbp(two['gbp'])}", f"{one['roll']:.0f}, {two['roll']:.0f}",
            f"{one['absence']:.1f}, {two['absence']:.1f}",
        ]  # fmt: skip
        rows.append([*cells, f"{_figure(one['result'])}, {_figure(two['result'])}"] if measure else cells)
    yield f"In each cell: {both[0].title}, then {both[1].title}."
    yield "\n".join(_aligned(rows))


def _figure(value: float) -> str:
    return "none" if pd.isna(value) else f"{value:.1f}"


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A Markdown table whose columns line up on a terminal."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        filled = [
            cell * (width // 3) + "-" * (width % 3) if cell == "---" else cell.ljust(width)
            for cell, width in zip(row, widths, strict=True)
        ]
        yield f"| {' | '.join(filled)} |"
