"""One panel of a chart: published history, a graded fan, direct labels, breaks in the series."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from outputs.chart_data import Break

Axes = Any

INK, QUIET, PALE = "#222222", "#666666", "#ececec"
COLOURS = {"disadvantaged": "#D55E00", "other": "#0072B2", "gap": "#007A5A", "difference": "#8A4B7D"}
"""Okabe and Ito's palette, safe for colour-blind readers; the last two darkened for contrast on white."""

_SHADES = ((95, 0.13), (80, 0.20), (50, 0.30))
_LABEL_ROOM = 0.34  # room to the right of the last year for direct labels, as a share of the years shown
_NOTE_BOTTOM = 0.02  # where a note on missing years begins, as a share of the axis
FIGURES_LETTERS = 76  # letters of a line of figures above a panel
_LABEL_GAP = 0.13  # least distance between direct labels, as a share of the axis


def draw_fan(axes: Axes, table: pd.DataFrame, colour: str) -> None:
    """Draw the projection: the mean, and the bands that there are enough runs for.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where.
    table : pandas.DataFrame
        Rows of one series that are not data.
    colour : str
        Hexadecimal.
    """
    year = table["year"].to_numpy()
    for width, shade in _SHADES:
        low, high = table[f"low_{width}"].to_numpy(float), table[f"high_{width}"].to_numpy(float)
        if np.isfinite(low).any():
            axes.fill_between(year, low, high, color=colour, alpha=shade, linewidth=0)
    axes.plot(year, table["value"], color=colour, linewidth=2.2, solid_capstyle="round", gid="projection")


def draw_history(axes: Axes, table: pd.DataFrame, colour: str, breaks: Sequence[Break]) -> None:
    """Draw published figures; hollow where imputed, the line cut at each break.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where.
    table : pandas.DataFrame
        Rows of one series that are data.
    colour : str
        Hexadecimal.
    breaks : Sequence of Break
        Of this measure.
    """
    year = table["year"].to_numpy()
    edges = sorted(
        {edge for gap in breaks for edge in ((gap.first, gap.last + 1) if gap.between else (gap.first,))}
    )
    for stretch in np.unique(np.searchsorted(edges, year, side="right")):
        part = table.loc[np.searchsorted(edges, year, side="right") == stretch]
        axes.plot(part["year"], part["value"], color=colour, linewidth=1.3, gid="history")
    for flagged, face in ((False, colour), (True, "white")):
        part = table.loc[(table["flag"] != "published") == flagged]
        axes.plot(
            part["year"], part["value"], linestyle="none", marker="o", markersize=5, markerfacecolor=face,
            markeredgecolor=colour, markeredgewidth=1.3, gid="imputed" if flagged else "published",
        )  # fmt: skip


def draw_breaks(axes: Axes, breaks: Sequence[Break], history: pd.DataFrame) -> None:
    """Mark breaks in the published series: shaded years, or a dotted line, explained below the chart.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where; its y limits must be final.
    breaks : Sequence of Break
        Of this measure.
    history : pandas.DataFrame
        Rows of the panel that are data.
    """
    for gap in breaks:
        if history.empty or gap.last < history["year"].min() or gap.first > history["year"].max():
            continue
        if gap.between:
            axes.axvspan(gap.first - 0.5, gap.last + 0.5, color=PALE, zorder=0, linewidth=0)
            axes.text(
                (gap.first + gap.last) / 2, _NOTE_BOTTOM, gap.note, transform=axes.get_xaxis_transform(),
                rotation=90, fontsize=7.5, color=QUIET, ha="center", va="bottom", zorder=1, clip_on=True,
            )  # fmt: skip
        else:
            axes.axvline(gap.first - 0.5, color=QUIET, linewidth=0.9, linestyle=":")


def label_ends(
    axes: Axes, ends: Mapping[str, tuple[float, float, str]], least_gap: float = _LABEL_GAP
) -> None:
    """Write each series' name at its right-hand end, pushed apart where they would meet.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where; its y limits must be final.
    ends : Mapping
        Text to (year, value, colour).
    least_gap : float
        Least distance between labels, as a share of the axis.
    """
    low, high = axes.get_ylim()
    near = 0.015 * (axes.get_xlim()[1] - axes.get_xlim()[0])
    least = least_gap * (high - low)
    ordered = sorted(ends.items(), key=lambda item: item[1][1])
    heights, below = list[float](), -np.inf
    for _, (_, value, _) in ordered:
        heights.append(max(value, below + least))
        below = heights[-1]
    above = high + 0.5 * least  # a stack that would reach into what stands over the axes is pushed down
    for index in reversed(range(len(heights))):
        heights[index] = min(heights[index], above - least)
        above = heights[index]
    for (text, (year, _, colour)), at in zip(ordered, heights, strict=True):
        axes.text(
            year + near, at, text, color=colour, fontsize=8.5, va="center", ha="left", fontweight="bold"
        )


def entitle(axes: Axes, title: str, figures: str) -> None:
    """Put a title over a panel, and its figures under the title.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where.
    title, figures : str
        What to write.
    """
    lines = textwrap.wrap(figures, FIGURES_LETTERS)
    axes.set_title(title, loc="left", fontsize=10, color=INK, pad=10 + 12 * max(len(lines), 1))
    axes.text(0, 1.025, "\n".join(lines), transform=axes.transAxes, fontsize=8.3, color=QUIET, va="bottom")


def finish(axes: Axes, *, unit: str, years: tuple[int, int], year_0: int | None, past: str = "") -> None:
    """Set axes, units and the line between published and projected.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where.
    unit : str
        Of the vertical axis.
    years : tuple of int
        First and last year shown.
    year_0 : int or None
        Last year of the past; None where there is no past.
    past : str
        What the figures of the past are, as ``published``.
    """
    first, last = years
    span = max(last - first, 1)
    axes.set_xlim(first - 0.04 * span, last + _LABEL_ROOM * span)
    spacing = 1 if last - first <= 9 else 2 if last - first <= 22 else 5
    axes.set_xticks([year for year in range(first, last + 1) if (last - year) % spacing == 0])
    axes.tick_params(labelsize=8.5, colors=INK, length=3)
    for label in axes.get_xticklabels():
        label.set_rotation(45)
    axes.set_ylabel(unit, fontsize=9, color=INK)
    axes.set_xlabel("Year in which the academic year ends", fontsize=8.5, color=QUIET)
    axes.grid(axis="y", color=PALE, linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    if year_0 is not None:
        axes.axvline(year_0, color=QUIET, linewidth=0.8)
        axes.text(
            year_0 + 0.15,
            0.985,
            "projected →",
            transform=axes.get_xaxis_transform(),
            fontsize=8,
            color=QUIET,
            va="top",
        )
    if year_0 is not None and first < year_0:
        axes.text(
            year_0 - 0.15,
            0.985,
            past,
            transform=axes.get_xaxis_transform(),
            fontsize=8,
            color=QUIET,
            va="top",
            ha="right",
        )
