"""The report of a build says what was read, matched, missing, imputed and odd, to people and to screens."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO

import numpy as np
import pandas as pd
import pytest
from rich.console import Console

from model.place import Flag
from scenarios.places.build import report_words as words
from scenarios.places.build.report_charts import charts
from scenarios.places.build.report_console import print_report
from scenarios.places.build.report_making import make_report
from scenarios.places.build.report_page import page
from tests.places.build.hand_made import YEAR
from tests.places.built_by_hand import FILES, HOSTILE, built_by_hand, file_read


@pytest.fixture(scope="module")
def built():
    return built_by_hand()


def on_screen(report) -> str:
    stream = StringIO()
    print_report(report, Console(file=stream, width=110))
    return stream.getvalue()


def column(report, name):
    return next(line for line in report.columns if line.column == name)


def source(report, name):
    return next(line for line in report.sources if line.source == name)


# What it says


def test_schools_are_counted_by_phase(built):
    report = built.report
    assert report.schools == {
        "primary": 14, "secondary": 3, "all_through": 1, "special": 1, "alternative_provision": 1,
    }  # fmt: skip
    assert words.headline(report).startswith("20 schools of one local authority (14 primary, 3 secondary")


def test_every_cell_of_a_column_is_counted_once(built):
    for line in built.report.columns:
        counted = line.published + line.imputed + line.synthetic + line.missing
        assert counted == line.schools, line.column
    assert (column(built.report, "roll").imputed, column(built.report, "roll").how) == (
        1,
        "from another year (1)",
    )
    assert column(built.report, "fsm6_share").missing == 4


def test_a_maintained_school_lacks_no_trust(built):
    assert column(built.report, "trust_uid").missing == 0


def test_the_year_that_stood_in_is_said_and_no_result_of_a_later_year_stands_in(built):
    later = (*FILES, file_read("ks4_2019.csv", "ks4", 2019))
    counts = {**built.table.counts, "ks4": {"matched": 3}}
    report = make_report(built.place, replace(built.table, counts=counts), later)
    assert source(report, "census").stood_in == "2019 for 2018"
    assert source(report, "ks2").stood_in == ""
    assert source(report, "ks4").stood_in == "none: all are later"


def test_files_that_were_not_used_are_listed_with_the_reason(built):
    unused = [line for line in built.report.files if not line.source]
    assert [line.remark for line in unused] == ["no known columns"]
    assert words.read_in_words(built.report) == "2 files were used, 1 not."


def test_the_odd_comes_first(built):
    assert built.report.notes[0].kind == "odd"


# Does it add up?


def with_results(built, change):
    results = built.table.results.copy()
    change(results)
    table = replace(built.table, results=results)
    return make_report(built.place, table, FILES)


def test_a_figure_that_agrees_with_the_published_one_passes_and_one_that_does_not_is_named(built):
    shares = built.table.results["measure"] == "ks2_rwm_expected"
    everyone = shares & (built.table.results["group"] == "all") & (built.table.results["year"] == YEAR)

    def set_to(value):
        return with_results(
            built, lambda results: results.__setitem__("value", results["value"].mask(everyone, value))
        )

    published = next(check.published for check in built.report.checks if check.group == "all")
    assert published == 68.0
    for value, agrees in ((0.68, True), (0.69, True), (0.67, True), (0.695, False), (0.5, False)):
        check = next(check for check in set_to(value).checks if check.group == "all")
        assert check.agrees is agrees, value
        assert check.difference == pytest.approx(100 * value - 68.0)
    assert "1 differs" in words.judgement(set_to(0.5)) or "differ" in words.judgement(set_to(0.5))


def test_a_figure_imputed_so_that_it_adds_up_claims_no_more_than_that(built):
    check = next(check for check in built.report.checks if check.group == "disadvantaged")
    assert check.imputed == check.schools
    assert words.verdict(replace(check, built=check.published)) == "agrees, as it was made to"
    assert words.verdict(replace(check, built=check.published, imputed=1)) == "agrees"


def test_a_source_that_matches_no_school_stands_in_for_nothing(built):
    counts = {**built.table.counts, "census": {"read": 0, "matched": 0}}
    report = make_report(built.place, replace(built.table, counts=counts), FILES)
    assert source(report, "census").stood_in == ""


def test_schools_count_by_their_pupils(built):
    results = built.table.results
    rows = results[
        (results["measure"] == "ks2_rwm_expected") & (results["group"] == "all") & (results["year"] == YEAR)
    ]
    check = next(check for check in built.report.checks if check.group == "all")
    assert check.built == pytest.approx(100 * np.average(rows["value"], weights=rows["pupils"]))
    assert check.schools == len(rows)


def test_an_imputed_figure_of_the_authority_is_not_taken_for_a_published_one(built):
    las = built.table.las.copy()
    las.loc[(307, YEAR), "imputed"] = "ks2_rwm_all;a8_all"
    report = make_report(built.place, replace(built.table, las=las), FILES)
    assert {check.measure for check in report.checks if check.group == "all" and check.published is None} == {
        "ks2_rwm_expected", "ks4_attainment8",
    }  # fmt: skip
    assert words.verdict(next(check for check in report.checks if check.group == "all")).startswith(
        "only one"
    )


def test_nothing_published_is_said(built):
    report = make_report(built.place, replace(built.table, las=built.table.las.iloc[:0]), FILES)
    assert "could be checked" in words.judgement(report)


# On the screen and on paper


def test_the_console_says_the_most_important_first(built):
    said = on_screen(built.report)
    order = [
        "20 schools",
        "figures of year 0",
        "Year 0 beside",
        "What looks odd",
        "What was read",
        "Least sure",
    ]
    places = [said.index(words_of) for words_of in order]
    assert places == sorted(places)
    assert max(len(line) for line in said.splitlines()) <= 110


def test_no_text_from_a_file_commands_the_screen(built):
    noted = replace(built.report, title="\x1b[2J[bold red]place[/]")
    said = on_screen(noted)
    assert "\x1b" not in said
    assert "[bold red]" in said


VOID = {"meta", "link", "br", "line", "img"}


class Tags(HTMLParser):
    """Collect tags and attributes, and check that each is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, tag


def tags(text: str) -> Tags:
    parser = Tags()
    parser.feed(text)
    parser.close()
    assert not parser.open
    return parser


def test_the_page_is_whole_in_itself_and_runs_nothing(built):
    text = page(built, "ab" * 32)
    found = tags(text).found
    assert not {tag for tag, _ in found} & {"script", "link", "img", "iframe", "object", "form"}
    for tag, attributes in found:
        assert not {"src", "href", "onclick", "onload"} & set(attributes), tag
    assert "http://" not in text.replace(re.sub("[<>]", "", HOSTILE), "").replace("&#34;http://evil", "")
    assert "ab" * 32 in text


def test_a_hostile_cell_stays_text(built):
    text = page(built, "")
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_every_chart_says_in_words_what_it_shows(built):
    pictures = [
        attributes for tag, attributes in tags(page(built, "")).found if attributes.get("role") == "img"
    ]
    assert len(pictures) == len(charts(built)) == 3
    assert all(len(str(attributes["aria-label"])) > 30 for attributes in pictures)
    assert "20 schools" in str(pictures[0]["aria-label"])


def test_a_place_without_positions_or_results_is_reported_without_charts(built):
    schools = built.table.schools.assign(easting=np.nan, northing=np.nan)
    bare = replace(built, table=replace(built.table, schools=schools, results=built.table.results.iloc[:0]))
    assert charts(bare) == []
    tags(page(replace(bare, report=make_report(bare.place, bare.table, ())), ""))


def test_england_s_dots_are_one_line_each(built):
    many = pd.concat([built.table.schools] * 100, ignore_index=True)
    crowd = replace(built, table=replace(built.table, schools=many, results=built.table.results.iloc[:0]))
    chart = charts(crowd)[0]
    assert sum(series.number for series in chart.series) == len(many)
    assert not any(series.dots for series in chart.series)


def test_imputed_results_look_different_from_published_ones(built):
    flags = (
        built.table.results["flag"]
        .where(built.table.results.index % 2 == 0, int(Flag.IMPUTED))
        .astype(np.int8)
    )
    mixed = replace(built, table=replace(built.table, results=built.table.results.assign(flag=flags)))
    labels = [series.style for series in charts(mixed)[1].series]
    assert labels == ["published", "imputed"]
