"""The charts: outcomes of both groups, the gap between them, and what a scenario changes."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from outputs import alt_text, page, panel
from outputs.chart_data import breaks_of, differences, series
from outputs.chart_files import Chart, write_chart
from outputs.coverage import SYNTHETIC, origin
from outputs.differences import finding, none_words, over_years, whole
from outputs.errors import BadResults
from outputs.findings import Heading, has_series, heading, unit_of
from outputs.institution_chart import support_chart
from outputs.results import Results
from outputs.rounding import shown

STAGES = {"ks2_rwm_expected": "age 11", "ks4_attainment8": "age 16"}
"""The measures charted, and the age at which they are taken."""

OUTCOMES = {"other": "Other pupils", "disadvantaged": "Disadvantaged"}
GAP = {"gap": "Gap"}
MOST_SCENARIOS = 4
"""Most scenarios of one comparison chart."""

_PANEL_LETTERS = 60  # letters of a panel's title
_SEVERAL = (
    "how much each scenario changes the gap, against the baseline on the same draws and the same chance"
)


def draw_all(results: Results, folder: Path) -> list[Path]:
    """Draw and write every chart a run allows.

    Parameters
    ----------
    results : Results
        A run.
    folder : Path
        Where.

    Returns
    -------
    list of Path
        The PNG files.
    """
    charts = make_all(results)
    for chart in charts:
        write_chart(chart, folder)
    return [folder / f"{chart.name}.png" for chart in charts]


def made_from_stored(results: Results) -> list[Chart]:
    """Make the charts of results read from a folder, whatever is in it.

    Parameters
    ----------
    results : Results
        As read.

    Returns
    -------
    list of Chart
        At least one.

    Raises
    ------
    BadResults
        If they cannot be charted, or there is nothing to chart.
    """
    where = str(results.folder or "results")
    try:
        charts = make_all(results)
    except (ArithmeticError, AttributeError, LookupError, StopIteration, TypeError, ValueError) as error:
        found = f"{type(error).__name__}: {error}"[:200]
        raise BadResults("cannot be charted", where=where, found=found) from error
    if not charts:
        raise BadResults("holds nothing to chart", where=where, found="no projected gap of a place listed",
                         allowed=f"a gap of {' or '.join(STAGES)}")  # fmt: skip
    return charts


def make_all(results: Results) -> list[Chart]:
    """Make every chart a run allows.

    Parameters
    ----------
    results : Results
        A run.

    Returns
    -------
    list of Chart
        Two a place, one of differences where scenarios were compared, and one of posts and waiting where
        there are institutions.
    """
    import matplotlib

    # A title may hold a dollar sign, which is no formula.
    with matplotlib.rc_context({"text.parse_math": False}):
        return _make_all(results)


def _make_all(results: Results) -> list[Chart]:
    scenario = results.manifest["scenarios"][0]["name"]
    several = len(results.manifest["places"]) > 1
    charts = []
    for place in results.manifest["places"]:
        name, suffix = place["name"], f"_{place['name']}" if several else ""
        measures = [m for m in STAGES if has_series(results, name, scenario, m, "gap")]
        if not measures:
            continue
        charts.append(_trajectories(results, place, scenario, measures, OUTCOMES, f"chart_outcomes{suffix}"))
        charts.append(_trajectories(results, place, scenario, measures, GAP, f"chart_gap{suffix}"))
        if results.comparison is not None:
            charts.append(
                _differences(results, results.comparison, place, measures, f"chart_comparison{suffix}")
            )
        support = support_chart(results, place, f"chart_support{suffix}", MOST_SCENARIOS)
        if support is not None:
            charts.append(support)
    return charts


def _trajectories(
    results: Results,
    place: dict[str, Any],
    scenario: str,
    measures: Sequence[str],
    groups: dict[str, str],
    name: str,
) -> Chart:
    """History and fan of some groups, a panel a measure."""
    figure, axes = page.blank(len(measures), 1)
    tables, told = [], []
    for measure, one in zip(measures, axes[0], strict=True):
        found = results.measure(measure)
        for group, label in groups.items():
            head = heading(results, place["name"], scenario, measure, group)
            table = series(
                results, place["name"], scenario, measure, group, panel=str(found["label"]), label=label
            )
            for year, step in ((head.first_year, head.start_step), (head.last_year, head.step)):
                table.loc[(table["kind"] == "simulated") & (table["year"] == year), "step"] = step
            told.append((measure, group, head))
            tables.append(table)
        _draw_panel(one, tables[-len(groups) :], told[-len(groups) :], found, groups)
    title = _trajectory_title(results, place, scenario, told)
    data = pd.concat(tables, ignore_index=True)
    page.dress(figure, title, page.notes(results, place, data, measures))
    return Chart(name, figure, data, alt_text.of_trajectories(title, place, data))


def _draw_panel(
    axes: Any,
    tables: Sequence[pd.DataFrame],
    told: Sequence[tuple[str, str, Heading]],
    measure: Any,
    groups: dict[str, str],
) -> None:
    breaks = breaks_of(list(measure["breaks"]))
    ends = {}
    for table, (_, group, found) in zip(tables, told, strict=True):
        colour = panel.COLOURS[group]
        panel.draw_history(axes, table.loc[table["kind"] == "data"], colour, breaks)
        panel.draw_fan(axes, table.loc[table["kind"] == "simulated"], colour)
        ends[f"{groups[group]}\n{shown(found.end, found.step)}"] = (found.last_year, found.end, colour)
    both = pd.concat(tables)
    first, last, year_0 = int(both["year"].min()), told[0][2].last_year, told[0][2].first_year
    _set_height(axes, both, from_zero="gap" in groups)
    unit = unit_of(measure, "gap" if "gap" in groups else "all")
    words = {"per cent": "Per cent of pupils", "points": "Points"}.get(unit, unit)
    wanted = "Percentage points" if "gap" in groups and measure["unit"] == "per cent" else words
    label = str(measure["label"])
    about = "Gap" if "gap" in groups else "Disadvantaged"
    figures = _headlines(told)[0][2].figures()
    past = origin(both.loc[both["kind"] == "data"])
    panel.finish(
        axes,
        unit=wanted,
        years=(first, last),
        year_0=year_0 if past else None,
        past="made up" if past == SYNTHETIC else past,
    )
    panel.entitle(axes, label, f"{about}: {figures}")
    panel.draw_breaks(axes, breaks, both.loc[both["kind"] == "data"])
    panel.label_ends(axes, ends)


def _set_height(axes: Any, table: pd.DataFrame, *, from_zero: bool) -> None:
    """Leave room above for the words on the line of year 0; a gap is drawn from zero."""
    drawn = table[["value", *(name for name in table.columns if name.startswith(("low_", "high_")))]]
    low, high = float(drawn.min().min()), float(drawn.max().max())
    low = min(0.0, low) if from_zero else low - 0.06 * (high - low)
    axes.set_ylim(low, high + 0.14 * max(high - low, 1.0))


def _trajectory_title(
    results: Results, place: dict[str, Any], scenario: str, told: Sequence[tuple[str, str, Heading]]
) -> str:
    """The finding in a sentence; its figures and ranges stand above each panel."""
    where = place.get("title", place["name"])
    alone = len(results.manifest["scenarios"]) == 1 and scenario == "baseline"
    named = "" if alone else f" ({_title_of(results, scenario)})"
    what, verbs = _subject(told)
    if any(np.isnan(found.chance_lower) for _, _, found in told):
        return f"{where}{named}. {what} to {told[0][2].last_year}: too few runs for a range"
    said = [f"{found.verdict(*verbs)} at {STAGES[measure]}" for measure, _, found in _headlines(told)]
    return f"{where}{named}. {what} to {told[0][2].last_year}: {', '.join(said)}"


def _subject(told: Sequence[tuple[str, str, Heading]]) -> tuple[str, tuple[str, str]]:
    """What a title is about, and its verbs for lower and higher."""
    if told[0][1] == "gap":
        return "The gap", ("narrow", "widen")
    return "Disadvantaged pupils’ results", ("fall", "rise")


def _headlines(told: Sequence[tuple[str, str, Heading]]) -> list[tuple[str, str, Heading]]:
    return [entry for entry in told if entry[1] in ("gap", "disadvantaged")]


def _title_of(results: Results, scenario: str) -> str:
    return next(
        str(item.get("title", scenario)) for item in results.manifest["scenarios"] if item["name"] == scenario
    )


def _differences(
    results: Results, comparison: pd.DataFrame, place: dict[str, Any], measures: Sequence[str], name: str
) -> Chart:
    """Paired difference of the gap: a row of panels a scenario."""
    named = [item["name"] for item in results.manifest["scenarios"][1:]]
    scenarios, left_out = named[:MOST_SCENARIOS], len(named[MOST_SCENARIOS:])
    figure, axes = page.blank(len(measures), len(scenarios))
    tables, titles, longest = [], [], 0
    least = float(results.manifest["evidence"]["smallest_worthwhile_gap_points"])
    for scenario, row in zip(scenarios, axes, strict=True):
        for measure, one in zip(measures, row, strict=True):
            found = results.measure(measure)
            label = f"{_title_of(results, scenario)}: gap at {STAGES[measure]}"
            table = differences(
                comparison, place["name"], scenario, measure, "gap", panel=label, label="Difference"
            )
            tables.append(table)
            told = whole(results, place["name"], scenario, measure)
            none = none_words(results, comparison, place["name"], scenario, measure)
            figures = f"{none[0].upper()}{none[1:]}" if told is None else over_years(told, comparison)
            _draw_difference(one, table, found, least if found["unit"] == "per cent" else None)
            short = textwrap.shorten(_title_of(results, scenario), _PANEL_LETTERS, placeholder=" …")
            longest = max(longest, len(figures))
            panel.entitle(one, f"{short}\nGap at {STAGES[measure]}", figures)
        titles.append(finding(results, comparison, place, scenario, measures[0], STAGES[measures[0]]))
    title = titles[0] if len(titles) == 1 else f"{place.get('title', place['name'])}: {_SEVERAL}"
    if left_out:
        more = f"And {left_out} more, see comparison.csv."
        title, titles = f"{title.removesuffix('.')}. {more}", [*titles, more]
    data = pd.concat(tables, ignore_index=True)
    page.dress(
        figure,
        title,
        page.notes(results, place, data, measures),
        title_lines=2 + (longest > panel.FIGURES_LETTERS),
    )
    return Chart(name, figure, data, alt_text.of_differences(" ".join(titles), place, data, least))


def _draw_difference(axes: Any, table: pd.DataFrame, measure: Any, least: float | None) -> None:
    colour = panel.COLOURS["difference"]
    panel.draw_fan(axes, table, colour)
    axes.axhline(0, color=panel.INK, linewidth=1)
    first, last = int(table["year"].min()), int(table["year"].max())
    reach = table[["low_95", "high_95", "low_80", "high_80", "value"]].abs().max().max()
    reach = 1.35 * max(float(reach), least or 0.0, 0.1)
    axes.set_ylim(-reach, reach)
    if least is not None:
        for level in (-least, least):
            axes.axhline(level, color=panel.QUIET, linewidth=0.9, linestyle="--")
        axes.text(
            last + 0.02 * (last - first),
            -least,
            "smallest\nworthwhile",
            fontsize=7.5,
            color=panel.QUIET,
            va="center",
            ha="left",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0},
        )
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}
    for at, side, words in ((0.02, "bottom", "↓ narrower gap"), (0.98, "top", "↑ wider gap")):
        axes.text(0.01, at, words, transform=axes.transAxes, fontsize=8, color=panel.QUIET, va=side, bbox=box)
    unit = "Percentage points" if measure["unit"] == "per cent" else str(measure["unit"]).capitalize()
    panel.finish(axes, unit=f"{unit}, less baseline", years=(first, last), year_0=None)
