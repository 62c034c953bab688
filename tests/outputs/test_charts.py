"""Charts draw what their tables hold, say it in words, and look the same to every reader."""

import dataclasses
import re

import numpy as np
import pandas as pd
import pytest

from outputs import charts, panel
from outputs.chart_data import Break, breaks_of
from outputs.rounding import shown


@pytest.fixture(scope="module")
def drawn(compared):
    return {chart.name: chart for chart in charts.make_all(compared)}


def lines(chart, name):
    return [line for axes in chart.figure.axes for line in axes.get_lines() if line.get_gid() == name]


def test_a_run_gives_two_charts_and_a_comparison_three(drawn, projected):
    assert list(drawn) == ["chart_outcomes", "chart_gap", "chart_comparison"]
    assert [chart.name for chart in charts.make_all(projected)] == ["chart_outcomes", "chart_gap"]


@pytest.mark.parametrize("name", ["chart_outcomes", "chart_gap", "chart_comparison"])
def test_the_table_beside_a_chart_is_what_is_drawn(drawn, name):
    chart = drawn[name]
    projections = chart.data[chart.data["kind"] != "data"].groupby(["panel", "series"], sort=False)
    assert len(lines(chart, "projection")) == len(projections)
    for line, (_, rows) in zip(lines(chart, "projection"), projections, strict=True):
        np.testing.assert_array_equal(line.get_xdata(), rows["year"])
        np.testing.assert_array_equal(line.get_ydata(), rows["value"])
    points = [
        value
        for kind in ("published", "imputed")
        for line in lines(chart, kind)
        for value in line.get_ydata()
    ]
    assert sorted(points) == sorted(chart.data.loc[chart.data["kind"] == "data", "value"])


def test_shading_spans_the_bands_of_the_table(drawn):
    chart = drawn["chart_gap"]
    rows = chart.data[(chart.data["kind"] == "simulated")].groupby("panel", sort=False)
    for axes, (_, table) in zip(chart.figure.axes, rows, strict=True):
        spans = [shade.get_paths()[0].vertices[:, 1] for shade in axes.collections]
        for width, span in zip((95, 80, 50), spans, strict=True):
            assert span.min() == pytest.approx(table[f"low_{width}"].min())
            assert span.max() == pytest.approx(table[f"high_{width}"].max())


def test_without_a_hundred_runs_no_95_band_is_drawn(projected):
    gap = charts.make_all(projected)[1]
    assert all(len(axes.collections) == 2 for axes in gap.figure.axes)
    assert "95" not in notes(gap)


def notes(chart):
    return " ".join(text.get_text() for text in chart.figure.texts)


def test_imputed_figures_are_hollow(drawn):
    for line in lines(drawn["chart_gap"], "imputed"):
        assert line.get_markerfacecolor() == "white"
        assert list(line.get_xdata()) == [2017]


def test_the_line_is_cut_where_the_series_breaks(drawn):
    stretches = [list(line.get_xdata()) for line in lines(drawn["chart_gap"], "history")]
    assert stretches[:3] == [
        [2017],
        [2018, 2019],
        [2022, 2023],
    ]  # a new framework in 2018; no tests in 2020 and 2021


def test_every_chart_says_how_much_one_year_wobbles(drawn):
    for chart in drawn.values():
        assert "wobbles by about" in notes(chart).replace("\n", " ")


@pytest.mark.parametrize("name", ["chart_outcomes", "chart_gap", "chart_comparison"])
def test_the_description_gives_the_figures(drawn, name):
    chart = drawn[name]
    for _, rows in chart.data[chart.data["kind"] != "data"].groupby(["panel", "series"]):
        last = rows.iloc[-1]
        for value in (last["value"], last["low_80"], last["high_80"]):
            assert shown(value, last["step"]) in chart.alt
    assert str(int(chart.data["year"].max())) in chart.alt


def test_titles_say_how_sure_the_finding_is(drawn):
    title = drawn["chart_gap"].figure.texts[0].get_text()
    assert re.search(r"likely to (narrow|widen)|no clear change", title.replace("\n", " "))
    assert "80 runs in 100" in " ".join(
        text.get_text() for axes in drawn["chart_gap"].figure.axes for text in axes.texts
    )


def test_axes_carry_units(drawn):
    assert [axes.get_ylabel() for axes in drawn["chart_gap"].figure.axes] == ["Percentage points", "Points"]
    assert drawn["chart_outcomes"].figure.axes[0].get_ylabel() == "Per cent of pupils"


@pytest.mark.parametrize("name", ["chart_outcomes", "chart_gap", "chart_comparison"])
def test_no_words_run_over_the_edge_or_over_each_other(drawn, name):
    figure = drawn[name].figure
    figure.canvas.draw()
    page = figure.bbox
    boxes = [text.get_window_extent() for text in figure.texts]
    boxes += [axes.title.get_window_extent() for axes in figure.axes]
    boxes += [axes._left_title.get_window_extent() for axes in figure.axes]
    labels = [text for axes in figure.axes for text in axes.texts]
    for box in boxes + [text.get_window_extent() for text in labels]:
        assert box.x0 >= page.x0 - 1
        assert box.x1 <= page.x1 + 1
        assert box.y0 >= page.y0 - 1
        assert box.y1 <= page.y1 + 1
    for axes in figure.axes:
        bold = [text.get_window_extent() for text in axes.texts if text.get_fontweight() == "bold"]
        assert not any(a.overlaps(b) for index, a in enumerate(bold) for b in bold[:index])


def test_colours_can_be_told_apart_without_colour():
    def lightness(colour):
        red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        return 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2

    for colour in panel.COLOURS.values():
        assert (1.05) / (lightness(colour) + 0.05) >= 3.0  # contrast with white paper
    assert abs(lightness(panel.COLOURS["disadvantaged"]) - lightness(panel.COLOURS["other"])) > 0.05


def test_breaks_are_read_as_the_registry_writes_them():
    assert breaks_of(["2018: new framework", "2020 and 2021: no tests", "not a break"]) == [
        Break(2018, 2018, False, "new framework"),
        Break(2020, 2021, True, "no tests"),
    ]


def test_central_values_alone_are_drawn_without_a_range(central):
    gap = charts.make_all(central)[1]
    assert all(len(axes.collections) == 0 for axes in gap.figure.axes)
    assert "too few runs" in notes(gap)


def test_a_label_says_what_the_description_says(drawn):
    chart = drawn["chart_gap"]
    labels = [text.get_text() for axes in chart.figure.axes for text in axes.texts]
    for _, rows in chart.data[chart.data["kind"] == "simulated"].groupby("panel"):
        last = rows.iloc[-1]
        said = shown(last["value"], last["step"])
        assert f"Gap\n{said}" in labels
        assert f"and {said} in {last['year']:.0f}" in chart.alt


def test_a_dollar_in_a_title_is_a_dollar(compared):
    listed = [{**item, "title": "Spend $5 or $x_$ more"} for item in compared.manifest["scenarios"]]
    dear = dataclasses.replace(compared, manifest={**compared.manifest, "scenarios": listed})
    for chart in charts.make_all(dear):
        texts = [text for text in chart.figure.findobj() if hasattr(text, "get_parse_math")]
        assert not any(text.get_parse_math() for text in texts if "$" in text.get_text())


def test_breaks_after_the_last_published_year_are_left_out(projected):
    table = projected.trajectories
    early = table[(table["kind"] == "simulated") | (table["year"] == 2019)]
    chart = charts.make_all(dataclasses.replace(projected, trajectories=early))[1]
    assert "no tests" not in [text.get_text() for axes in chart.figure.axes for text in axes.texts]


def test_a_change_of_the_series_is_explained_below_the_chart(drawn):
    assert "Dotted line: writing framework changed in 2018." in notes(drawn["chart_gap"]).replace("\n", " ")


def test_nothing_is_called_published_left_of_the_first_year(projected):
    table = projected.trajectories
    late = table[(table["kind"] == "simulated") | (table["year"] == 2023)]
    chart = charts.make_all(dataclasses.replace(projected, trajectories=late))[1]
    texts = [text.get_text() for axes in chart.figure.axes for text in axes.texts]
    assert "published" not in texts
    assert "projected →" in texts


def test_a_synthetic_place_is_never_charted_as_published(projected):
    table = projected.trajectories
    flags = table["flag"].astype(str).where(table["kind"] != "data", "synthetic")
    for chart in charts.make_all(dataclasses.replace(projected, trajectories=table.assign(flag=flags))):
        texts = [text.get_text() for text in chart.figure.findobj() if hasattr(text, "get_parse_math")]
        assert "published" not in texts
        assert "Published figures" not in notes(chart)
        assert "made up for a place that does not exist" in notes(chart).replace("\n", " ")
        assert "published" not in chart.alt


def test_scenarios_left_out_of_a_chart_are_counted(compared):
    names = [f"tutoring_{number}" for number in range(6)]
    base, one = compared.manifest["scenarios"]
    listed = [base, *({**one, "name": name, "title": f"Plan {name} " * 9} for name in names)]

    def of_each(table):
        return pd.concat([table.assign(scenario=name) for name in names])

    many = dataclasses.replace(
        compared,
        manifest={**compared.manifest, "scenarios": listed},
        comparison=of_each(compared.comparison),
        over_years=of_each(compared.over_years),
    )
    chart = charts.make_all(many)[2]
    assert "And 2 more, see comparison.csv." in chart.figure.texts[0].get_text().replace("\n", " ")
    assert "And 2 more, see comparison.csv." in chart.alt
    assert all((f"Plan {name} " * 9).strip() in " ".join(chart.data["panel"]) for name in names[:4])
