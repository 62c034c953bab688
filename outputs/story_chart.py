"""The timeline of a story: money, posts and cases under each scenario above the school's results."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from outputs import page, panel
from outputs.chart_files import Chart
from outputs.story_people import STILL
from outputs.story_school import OUTCOMES
from outputs.story_sides import OF_SCHOOLS, Side

COLUMNS = ("scenario", "lane", "what", "begins", "ends", "state", "value", "note")
COLOURS = ("#0072B2", "#D55E00")
_PALE = 0.35
_BAR = 0.62
_LANE_INCHES, _RESULT_INCHES, _WIDTH = 0.25, 2.2, 11.0
_DAYS = 365.25
_HELD, _WAIT, _SUPPORT, _EVENT, _RESULT = "post held", "waiting", "support", "money", "result"
_ENDS = {"completed": "o", "interrupted": "X", "abandoned": "X", "turned away": "X", "declined": "X"}
_LETTERS = 34
_LABEL_GAP = 0.27  # of the height of the panel of results, for labels of three lines
_MOST_CASE_LANES = 8
_NOTES = (
    "Solid bars: a post held, support being given. Hatched: waiting for the first visit. Triangles: "
    "decisions on money. Circles: support completed; crosses: interrupted, abandoned, declined, turned away.",
    "Simulated by lepsim: one future, no forecast. The account beside this chart says what each mark is and "
    "how sure it is.",
)


def story_chart(name: str, title: str, both: tuple[Side, Side], measure: str | None) -> Chart:
    """Draw the timeline.

    Parameters
    ----------
    name : str
        Of the files, without ending.
    title : str
        The finding.
    both : (Side, Side)
        Both scenarios.
    measure : str or None
        How results are told; None leaves the panel of results out.

    Returns
    -------
    Chart
        With its figures and its description.
    """
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    data = pd.concat(
        [pd.DataFrame(_rows(side, measure), columns=list(COLUMNS)) for side in both], ignore_index=True
    )
    lanes = _lanes(data)
    panels = 1 if measure is None else 2
    heights = [_LANE_INCHES * (len(lanes) + 2) + 0.3, _RESULT_INCHES][:panels]
    with matplotlib.rc_context({"text.parse_math": False}):
        figure = Figure(figsize=(_WIDTH, sum(heights) + 2.3), facecolor="white")
        FigureCanvasAgg(figure)
        axes = figure.subplots(panels, 1, squeeze=False, gridspec_kw={"height_ratios": heights})[:, 0]
        _draw_lanes(axes[0], data, lanes, both)
        if measure is not None:
            _draw_results(axes[1], data, both, measure)
        span = (_decimal(both[0].begins), _decimal(both[0].ends))
        for one in axes:
            _finish(one, span)
        page.dress(figure, title, _NOTES, title_lines=0)
        figure.subplots_adjust(left=0.25, hspace=0.28, right=0.86)
    return Chart(name, figure, data, _alt(title, data, both, measure))


def _lanes(data: pd.DataFrame) -> list[tuple[str, str]]:
    """Scenario and name of each lane, from the top down."""
    drawn = data.loc[data["what"] != _RESULT]
    named = zip(drawn["scenario"].astype(str), drawn["lane"].astype(str), strict=True)
    return list(dict.fromkeys(named))


def _decimal(date: Any) -> float:
    day = pd.Timestamp(date)
    return float(day.year + (day.day_of_year - 1) / _DAYS)


def _rows(side: Side, measure: str | None) -> Iterator[tuple[object, ...]]:
    """What is drawn of one scenario; dates as days, texts as the account has them."""
    inside = (side.events["date"] >= side.begins) & (side.events["date"] < side.ends)
    inside &= side.events["urn"].isna() & ~side.events["kind"].isin(OF_SCHOOLS)
    for _, row in side.events.loc[inside].iterrows():
        text = str(row["text"]).replace("_", " ")
        yield side.title, "money", _EVENT, row["date"], row["date"], str(row["kind"]), row["amount_gbp"], text
    several = side.posts.astype({"kind": str}).groupby("kind")["post"].nunique()
    held = side.posts.loc[side.posts["to_date"] >= side.begins].astype({"kind": str})
    for _, row in held.sort_values(["kind", "post", "from_term"]).iterrows():
        lane = f"{row['kind']}{f' {row.post}' if several[row['kind']] > 1 else ''}"
        begins = max(row["from_date"], side.begins)
        ends, reason = row["to_date"], str(row["reason"])
        ends = side.ends if reason == STILL else ends
        yield side.title, lane, _HELD, begins, ends, reason, np.nan, str(row["came_from"])
    yield from _case_rows(side)
    if measure is not None:
        for _, row in side.years.iterrows():
            tested = pd.Timestamp(int(row["year"]), 6, 15)
            yield side.title, "results", _RESULT, tested, tested, "", row[measure], ""


def _case_rows(side: Side) -> Iterator[tuple[object, ...]]:
    """Cases in as few lanes as hold them side by side."""
    free: list[pd.Timestamp] = []
    for _, row in side.cases.iterrows():
        end = row["ended"] if pd.notna(row["ended"]) else side.ends
        lane = next((n for n, until in enumerate(free) if until <= row["identified"]), len(free))
        if lane >= _MOST_CASE_LANES:
            lane = _MOST_CASE_LANES - 1
        free[lane : lane + 1] = [end]
        name, state, offer = f"support {lane + 1}", str(row["state"]), str(row["offer"]).replace("_", " ")
        visit = row["matched"] if pd.notna(row["matched"]) else end
        yield side.title, name, _WAIT, row["identified"], visit, state, row["weeks_waited"], offer
        if pd.notna(row["matched"]):
            yield side.title, name, _SUPPORT, visit, end, state, row["weeks_delivered"], offer


def _draw_lanes(
    axes: Any, data: pd.DataFrame, lanes: Sequence[tuple[str, str]], both: tuple[Side, Side]
) -> None:
    """Lanes from the top down, a gap between the scenarios."""
    at, labels, y = {}, [], 0.0
    for number, side in enumerate(both):
        axes.text(
            -0.33, y, "\n".join(textwrap.wrap(side.title, _LETTERS + 6, max_lines=1, placeholder=" …")),
            transform=axes.get_yaxis_transform(), fontsize=9.5, fontweight="bold", color=COLOURS[number],
            va="center", ha="left", bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0}, zorder=3,
        )  # fmt: skip
        for scenario, lane in lanes:
            if scenario == side.title:
                y -= 1
                at[scenario, lane] = y
                labels.append((y, lane))
        y -= 1.4
    colour = {side.title: COLOURS[number] for number, side in enumerate(both)}
    for row in data.itertuples():
        if row.what != _RESULT:
            scenario = str(row.scenario)
            _mark(axes, row, at[scenario, str(row.lane)], colour[scenario])
    axes.set_yticks([position for position, _ in labels])
    axes.set_yticklabels(
        [textwrap.shorten(lane, _LETTERS, placeholder=" …") for _, lane in labels], fontsize=8.5
    )
    axes.set_ylim(y + 0.6, 0.7)
    axes.tick_params(axis="y", length=0)


def _mark(axes: Any, row: Any, y: float, colour: str) -> None:
    begins, ends = _decimal(row.begins), _decimal(row.ends)
    if row.what == _EVENT:
        axes.plot([begins], [y], marker="v", color=colour, markersize=6.5, linestyle="none")
    elif row.what == _WAIT:
        axes.broken_barh(
            [(begins, ends - begins)], (y - _BAR / 2, _BAR), facecolor="white", edgecolor=colour,
            hatch="////", linewidth=0.7,
        )  # fmt: skip
        if pd.isna(row.value) and row.state in _ENDS:
            axes.plot([ends], [y], marker=_ENDS[row.state], color=panel.INK, markersize=6, linestyle="none")
    else:
        axes.broken_barh(
            [(begins, ends - begins)], (y - _BAR / 2, _BAR), facecolor=colour, edgecolor="white",
            linewidth=0.8, alpha=1.0 if row.what == _SUPPORT else 1 - _PALE,
        )  # fmt: skip
        if row.what == _SUPPORT and row.state in _ENDS:
            axes.plot([ends], [y], marker=_ENDS[row.state], color=panel.INK, markersize=6, linestyle="none")


def _draw_results(axes: Any, data: pd.DataFrame, both: tuple[Side, Side], measure: str) -> None:
    ends = {}
    for number, side in enumerate(both):
        rows = data.loc[(data["what"] == _RESULT) & (data["scenario"] == side.title)].dropna(subset="value")
        x = [_decimal(day) for day in rows["begins"]]
        axes.plot(
            x, rows["value"].astype(float), color=COLOURS[number], linewidth=2, marker="o", markersize=3.5,
            linestyle=("solid", (0, (5, 2)))[number],
        )  # fmt: skip
        label = "\n".join(textwrap.wrap(side.title, 18, max_lines=2, placeholder=" …"))
        ends[f"{label}\n{float(rows['value'].iloc[-1]):.1f}"] = (
            x[-1],
            float(rows["value"].iloc[-1]),
            COLOURS[number],
        )
    low, high = axes.get_ylim()
    axes.set_ylim(low - 0.1 * (high - low), high + 0.25 * (high - low))
    words = OUTCOMES[measure]
    axes.set_ylabel("\n".join(textwrap.wrap(words[0].upper() + words[1:], 26)), fontsize=8.5, color=panel.INK)
    axes.set_xlim(_decimal(both[0].begins), _decimal(both[0].ends))
    panel.label_ends(axes, ends, _LABEL_GAP)


def _finish(axes: Any, span: tuple[float, float]) -> None:
    axes.set_xlim(*span)
    axes.set_xticks(range(int(np.ceil(span[0])), int(span[1]) + 1))
    axes.tick_params(axis="x", labelsize=8.5, length=3)
    axes.grid(axis="x", color=panel.PALE, linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.set_xlabel("January of each year", fontsize=8, color=panel.QUIET)


def _alt(title: str, data: pd.DataFrame, both: tuple[Side, Side], measure: str | None) -> str:
    parts = [f"Timeline with bars and markers. {title}."]
    for side in both:
        rows = data.loc[data["scenario"] == side.title]
        counts = rows["what"].value_counts()
        states = rows.loc[rows["what"] == _WAIT, "state"].value_counts()
        said = ", ".join(f"{number} {state}" for state, number in states.items()) or "none"
        parts.append(
            f"{side.title}: decisions on money {counts.get(_EVENT, 0)}, people in posts that serve the "
            f"school {counts.get(_HELD, 0)}, cases: {said}."
        )
        found = rows.loc[rows["what"] == _RESULT].dropna(subset="value")
        if measure is not None and len(found):
            first, last = found.iloc[0], found.iloc[-1]
            parts.append(
                f"Results ({OUTCOMES[measure]}): {first['value']:.1f} in {first['begins'].year} and "
                f"{last['value']:.1f} in {last['begins'].year}."
            )
    return " ".join(parts)
