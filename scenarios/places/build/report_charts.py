"""Charts of a report as plain coordinates, drawn by the page: a map of the schools, and results by intake."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from model.place import Flag, Phase
from scenarios.places.build.report_terms import PHASES
from scenarios.places.build.report_words import clean

if TYPE_CHECKING:
    from scenarios.places.build.assemble import BuiltPlace
    from scenarios.places.build.school_table import SchoolTable

WIDTH, HEIGHT, EDGE = 640.0, 480.0, 40.0
"""Pixels."""

MOST_NAMED = 1_500
"""Schools up to which each dot has a name and a shape of its own."""

SHARES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
STEP = 20.0
MAINSTREAM = (Phase.PRIMARY, Phase.SECONDARY, Phase.ALL_THROUGH)


@dataclass(frozen=True)
class Dot:
    """One school on a chart."""

    x: float
    y: float
    title: str
    filled: bool


@dataclass(frozen=True)
class Series:
    """Schools of one kind: its words, a style of its own, the dots, and how many there are."""

    label: str
    style: str
    dots: tuple[Dot, ...]
    path: str  # instead of dots, where there are too many for a shape each

    @property
    def number(self) -> int:
        """How many schools."""
        return len(self.dots) or self.path.count("M")


@dataclass(frozen=True)
class Tick:
    """A mark on an axis."""

    at: float
    label: str


@dataclass(frozen=True)
class Chart:
    """A chart ready to be drawn.

    Attributes
    ----------
    title, words : str
        Heading; what it shows, for those who cannot see it.
    series : tuple of Series
        What is drawn.
    x_label, y_label : str
        Axes; empty on a map.
    x_ticks, y_ticks : tuple of Tick
        Marks.
    line : tuple of float
        Ends of the LA's line, empty where there is none.
    """

    title: str
    words: str
    series: tuple[Series, ...]
    x_label: str = ""
    y_label: str = ""
    x_ticks: tuple[Tick, ...] = ()
    y_ticks: tuple[Tick, ...] = ()


def charts(built: BuiltPlace) -> list[Chart]:
    """Make the charts that the figures allow.

    Parameters
    ----------
    built : BuiltPlace
        From a build.

    Returns
    -------
    list of Chart
        A map where positions are known; results at 11 and at 16 where three schools have them.
    """
    found = [
        _map(built.table),
        _by_intake(built, "ks2_rwm_expected", 100.0, "Expected standard at 11, per cent"),
        _by_intake(built, "ks4_attainment8", 1.0, "Attainment 8, points"),
    ]
    return [chart for chart in found if chart is not None]


def _map(table: SchoolTable) -> Chart | None:
    schools = table.schools.dropna(subset=["easting", "northing"])
    if len(schools) < 2:
        return None
    east, north = schools["easting"].to_numpy(dtype=float), schools["northing"].to_numpy(dtype=float)
    span = max(float(np.ptp(east)), float(np.ptp(north)) * WIDTH / HEIGHT, 1.0)
    scale = (WIDTH - 2 * EDGE) / span
    x = WIDTH / 2 + (east - (east.min() + east.max()) / 2) * scale
    y = HEIGHT / 2 - (north - (north.min() + north.max()) / 2) * scale
    placed = schools.assign(x=x, y=y, title=schools["name"], filled=True)
    series = []
    for phase in Phase:
        name = phase.name.lower()
        rows = placed[placed["phase"] == phase]
        if len(rows):
            series.append(
                _series(f"{PHASES[name]} ({len(rows):,})", name.replace("_", "-"), rows, len(schools))
            )
    away = len(table.schools) - len(schools)
    unplaced = f" {away:,} without a position are left out." if away else ""
    wide = (
        f"{np.ptp(east) / 1000:.0f} km from west to east and {np.ptp(north) / 1000:.0f} from north to south"
    )
    words = f"Map of {len(schools):,} schools, north at the top, {wide}.{unplaced}"
    return Chart("Where the schools are", words, tuple(series))


def _series(label: str, style: str, rows: pd.DataFrame, all_schools: int) -> Series:
    x, y = rows["x"].to_numpy(dtype=float).round(1), rows["y"].to_numpy(dtype=float).round(1)
    if all_schools > MOST_NAMED:
        return Series(label, style, (), "".join(f"M{a:g} {b:g}h0" for a, b in zip(x, y, strict=True)))
    titles, filled = [clean(str(title), 100) for title in rows["title"]], rows["filled"].tolist()
    dots = zip(x.tolist(), y.tolist(), titles, filled, strict=True)
    return Series(label, style, tuple(Dot(*dot) for dot in dots), "")


def _by_intake(built: BuiltPlace, measure: str, times: float, label: str) -> Chart | None:
    """Draw the results of mainstream schools in year 0, all pupils, against the share disadvantaged."""
    table, year = built.table, built.place.year
    results = table.results
    of_year = results[
        (results["year"] == year) & (results["measure"] == measure) & (results["group"] == "all")
    ]
    mainstream = table.schools[table.schools["phase"].isin(MAINSTREAM)]
    rows = of_year.set_index("urn").join(mainstream[["name", "disadvantaged_share"]], how="inner")
    rows = rows.dropna(subset=["value", "disadvantaged_share"])
    if len(rows) < 3:
        return None
    value, share = (
        rows["value"].to_numpy(dtype=float) * times,
        rows["disadvantaged_share"].to_numpy(dtype=float),
    )
    top = float(np.ceil(max(value.max(), 1.0) / STEP) * STEP)
    across = WIDTH - 2 * EDGE
    rows = rows.assign(
        x=EDGE + share * across, y=HEIGHT - EDGE - value / top * (HEIGHT - 2 * EDGE),
        title=[f"{name}: {v:.0f}" for name, v in zip(rows["name"], value, strict=True)],
        filled=rows["flag"].to_numpy() == Flag.PUBLISHED,
    )  # fmt: skip
    series = [
        _series(f"{words} ({len(part):,})", style, part, len(rows))
        for words, style, part in (
            ("published", "published", rows[rows["filled"]]), ("imputed", "imputed", rows[~rows["filled"]]),
        )
        if len(part)
    ]  # fmt: skip
    tie = float(np.corrcoef(share, value)[0, 1]) if np.ptp(share) > 0 and np.ptp(value) > 0 else float("nan")
    words = (
        f"{len(rows):,} mainstream schools. {label}, in {year}: from {value.min():.0f} to {value.max():.0f}. "
        f"Pupils classed disadvantaged: from {100 * share.min():.0f} to {100 * share.max():.0f} per cent. "
        f"Correlation {tie:.2f}."
    )
    return Chart(
        f"{label}, by intake", words, tuple(series),
        x_label="Pupils classed disadvantaged, per cent", y_label=label,
        x_ticks=tuple(Tick(EDGE + tick * across, f"{100 * tick:.0f}") for tick in SHARES),
        y_ticks=tuple(_tick(float(at) / top, top) for at in np.arange(0.0, top + 1.0, STEP)),
    )  # fmt: skip


def _tick(tick: float, top: float) -> Tick:
    return Tick(HEIGHT - EDGE - tick * (HEIGHT - 2 * EDGE), f"{tick * top:g}")


def bars(line: Any) -> list[tuple[str, float, int]]:
    """Give the parts of a bar that shows where a figure comes from.

    Parameters
    ----------
    line : ColumnLine
        Counts of schools.

    Returns
    -------
    list of (str, float, int)
        Word, width in per cent, schools; empty parts left out.
    """
    whole = max(line.schools, 1)
    parts = (
        ("published", line.published), ("imputed", line.imputed + line.synthetic), ("missing", line.missing),
    )  # fmt: skip
    return [(word, 100.0 * schools / whole, schools) for word, schools in parts if schools]
