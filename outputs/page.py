"""The page a chart is drawn on: its size, the finding on top and the notes below."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from outputs import panel
from outputs.chart_data import breaks_of
from outputs.coverage import IMPUTED, PUBLISHED, SYNTHETIC, origin, runs_note, wobble_words
from outputs.results import Results

_WIDTH, _HEIGHT = 11.0, 5.9
_LETTERS = 108  # letters of a title's line
_SHADING = "Line: mean. Shading, dark to pale: 50, 80 and 95 runs in 100"
_FEWER = "Line: mean. Shading, dark to pale: 50 and 80 runs in 100"


def blank(columns: int, rows: int) -> tuple[Any, Any]:
    """Make a page of panels.

    Parameters
    ----------
    columns, rows : int
        How many panels.

    Returns
    -------
    (matplotlib.figure.Figure, numpy.ndarray)
        The page and its axes.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(
        figsize=(_WIDTH if columns > 1 else 0.62 * _WIDTH, _HEIGHT + 3.2 * (rows - 1)), facecolor="white"
    )
    FigureCanvasAgg(figure)
    return figure, figure.subplots(rows, columns, squeeze=False)


def dress(figure: Any, title: str, notes: Sequence[str], *, title_lines: int = 1) -> None:
    """Put the finding on top, the notes below, and the panels between.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The page.
    title : str
        The finding.
    notes : Sequence of str
        Paragraphs below.
    title_lines : int
        Lines above each panel beyond its title.
    """
    width, height = figure.get_size_inches()
    lines = textwrap.wrap(title, int(_LETTERS * width / _WIDTH))
    small = [line for note in notes for line in textwrap.wrap(note, int(1.72 * _LETTERS * width / _WIDTH))]
    top, bottom = (
        (0.24 * len(lines) + 0.52 + 0.2 * title_lines) / height,
        (0.165 * len(small) + 0.75) / height,
    )
    figure.text(
        0.012, 1 - 0.12 / height, "\n".join(lines), fontsize=12, fontweight="bold", color=panel.INK, va="top"
    )
    figure.text(
        0.012, 0.1 / height, "\n".join(small), fontsize=8, color=panel.QUIET, va="bottom", linespacing=1.35
    )
    figure.subplots_adjust(
        left=0.065 * _WIDTH / width, right=0.985, top=1 - top, bottom=bottom, wspace=0.2, hspace=0.62
    )


def notes(
    results: Results, place: Mapping[str, Any], data: pd.DataFrame, measures: Sequence[str]
) -> list[str]:
    """Say what the lines, points and shades are, and where the figures come from.

    Parameters
    ----------
    results : Results
        A run.
    place : Mapping
        Entry of the manifest.
    data : pandas.DataFrame
        What is drawn.
    measures : Sequence of str
        Measures drawn.

    Returns
    -------
    list of str
        Paragraphs.
    """
    banded = [data[f"low_{width}"].notna().any() for width in (95, 80)]
    shading = _SHADING if banded[0] else _FEWER if banded[1] else "Line: mean"
    past = data.loc[data["kind"] == "data"]
    wobble = wobble_words(results, place)
    marks = f"{_hollow(past)}{_dotted(results, past, measures)}"
    return [
        f"{shading}, {runs_note(results)}.{marks} {wobble[0].upper()}{wobble[1:]}.",
        f"{_past(results, past, measures)}Projections: lepsim. Full list of sources: sources.txt.",
    ]


def _hollow(past: pd.DataFrame) -> str:
    words = {IMPUTED: "not published, imputed", SYNTHETIC: "made up for a place that does not exist"}
    found = [said for flag, said in words.items() if (past["flag"] == flag).any()]
    return f" Hollow points: {'; '.join(found)}." if found else ""


def _dotted(results: Results, past: pd.DataFrame, measures: Sequence[str]) -> str:
    """What changed where a dotted line cuts a published series."""
    if past.empty:
        return ""
    every = [gap for name in measures for gap in breaks_of(list(results.measure(name)["breaks"]))]
    drawn = [
        gap for gap in every if not gap.between and past["year"].min() <= gap.first <= past["year"].max()
    ]
    said = dict.fromkeys(f"{gap.note} in {gap.first}" for gap in drawn)
    return f" Dotted line: {'; '.join(said)}." if said else ""


def _past(results: Results, past: pd.DataFrame, measures: Sequence[str]) -> str:
    """Where the figures of the past come from, and on what terms."""
    found = origin(past)
    if found == PUBLISHED:
        said = f"Published figures: {'; '.join(results.measure(name)['source'] for name in measures)}. "
    else:
        said = "No figure of the past is published. " if found else ""
    if found != SYNTHETIC and any("Open Government Licence" in line for line in results.sources):
        said += "Contains public sector information licensed under the Open Government Licence v3.0. "
    return said
