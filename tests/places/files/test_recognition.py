"""Official files are recognised by their columns, whatever they are called, and their year is known."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scenarios.errors import BadInput
from scenarios.places.files.layout import Layout
from scenarios.places.files.registry import LAYOUTS, recognise
from scenarios.places.files.sources import Sources, read_sources
from tests.places.files.mangling import Sheet
from tests.places.files.samples import RAW, ROWS, USED, sample

NO_DATA = "the extracts of official files are not beside the project"

# The start of a path below the extracts, the table it feeds, its year and how that is known.
EXPECTED = {
    "abs_2018-19/": ("absence", 2019, "path"),
    "admissions_2014-2021/": ("admissions", None, "layout"),
    "boundaries/": ("boundaries", None, ""),
    "census_2018-19/": ("census", 2019, "path"),
    "cfr_2014-2018/": ("finance", None, "layout"),
    "england/abs_2018-19": ("absence", 2019, "path"),
    "england/appsandoffers": ("admissions", None, "layout"),
    "england/census_2018-19": ("census", 2019, "path"),
    "england/cfr_totals": ("finance", None, "layout"),
    "england/gias_2022-07": ("register", None, ""),
    "england/gias_groups_": ("groups", None, ""),
    "england/gias_grouplinks": ("group_links", None, ""),
    "england/gias_links": ("links", None, ""),
    "england/imd2025": ("deprivation", None, ""),
    "england/ks2_2015-16": ("ks2", 2016, "path"),
    "england/ks2_2016-17": ("ks2", 2017, "path"),
    "england/ks2_2017-18": ("ks2", 2018, "path"),
    "england/ks4-pupdest": ("destinations", 2019, "path"),
    "england/ks4_2015-16": ("ks4", 2016, "path"),
    "england/ks4_2016-17": ("ks4", 2017, "path"),
    "england/ks4_2017-18": ("ks4", 2018, "path"),
    "england/ks4provisional": ("ks4", 2019, "path"),
    "england/la_and_region": ("authorities", None, ""),
    "england/la_indicators": ("indicators", None, "layout"),
    "england/ofsted": ("inspections", None, ""),
    "england/school_information": ("information", None, ""),
    "england/swf": ("workforce", 2019, "path"),
    "gias_2022-07/edubase": ("register", None, ""),
    "gias_2022-07/grouplinks": ("group_links", None, ""),
    "gias_2022-07/links": ("links", None, ""),
    "governance_2018-19/": ("", None, ""),
    "ks2_2015-16/england": ("ks2", 2016, "path"),
    "ks2_2016-17/936": ("ks2", 2017, "content"),
    "ks2_2016-17/england": ("ks2", 2017, "path"),
    "ks2_2016-17/ks2_meta": ("", None, ""),
    "ks2_2017-18/936": ("ks2", 2018, "content"),
    "ks2_2017-18/england": ("ks2", 2018, "path"),
    "ks2_2017-18/ks2_meta": ("", None, ""),
    "ks4_2015-16/england": ("ks4", 2016, "path"),
    "ks4_2016-17/320": ("ks4", 2017, "content"),
    "ks4_2016-17/england": ("ks4", 2017, "path"),
    "ks4_2017-18/320": ("ks4", 2018, "content"),
    "ks4_2017-18/england": ("ks4", 2018, "path"),
    "ks4_2017-18/ks4_meta": ("", None, ""),
    "ks4_2018-19/england_ks4-pupdest": ("destinations", 2019, "path"),
    "ks4_2018-19/england_ks4prov": ("ks4", 2019, "path"),
    "la_indicators/la_indicators_extract": ("indicators", None, "layout"),
    "la_indicators/": ("", None, ""),
    "ofsted_2005-2020/": ("inspections", None, ""),
    "README.md": ("", None, ""),
    "school_information_2017-18/": ("information", None, ""),
    "swf_2018-19/": ("workforce", 2019, "path"),
}


@pytest.fixture(scope="module")
def everything() -> Sources:
    """Everything in the extracts, read once."""
    if not RAW.is_dir():
        pytest.skip(NO_DATA)
    return read_sources(str(RAW))


def expected(path: str) -> tuple[str, int | None, str]:
    return next(facts for start, facts in EXPECTED.items() if path.startswith(start))


def test_each_official_file_feeds_its_table_and_knows_its_year(everything: Sources) -> None:
    found = {file.path: (file.source, file.year, file.year_from) for file in everything.files}
    assert found == {path: expected(path) for path in found}
    assert len(found) >= 50


def test_every_row_of_an_official_file_is_read(everything: Sources) -> None:
    table = re.findall(
        r"^\| `([^`]+)` \| ([\d,]+) \| [\d,]+ \|", (RAW / "README.md").read_text("utf-8"), re.M
    )
    said = {name: int(rows.replace(",", "")) for name, rows in table}
    found = {file.path: file.rows for file in everything.files if file.source}
    assert {name: rows for name, rows in found.items() if name in said} == {
        name: said[name] for name in found if name in said
    }


def test_no_cell_of_an_official_file_is_unreadable(everything: Sources) -> None:
    assert not [note for note in everything.notes if note.kind == "cell"]


def test_schools_in_two_files_are_counted_once(everything: Sources) -> None:
    for name in ("ks2", "ks4", "census", "absence", "workforce"):
        table = everything.tables[name]
        schools = table[table["urn"] > 0]
        assert not schools.duplicated(["urn", "year"]).any(), name
    assert not everything.tables["register"]["urn"].duplicated().any()


def test_codes_of_a_raw_file_are_kept_beside_the_figures_of_an_extract(everything: Sources) -> None:
    ks2 = everything.tables["ks2"]
    surrey = ks2[(ks2["la_code"] == 936) & (ks2["year"] == 2018) & (ks2["rectype"] <= 2)]
    assert (surrey["rwm_disadvantaged_code"] == "SUPP").sum() > 30
    assert surrey["rwm_disadvantaged"].notna().sum() > 100
    authority = ks2[(ks2["la_code"] == 936) & (ks2["year"] == 2018) & (ks2["rectype"] == 3)]
    assert len(authority) == 1
    england = ks2[(ks2["la_code"] == 970) & (ks2["year"] == 2018)]
    assert sorted(england["rectype"]) == [4, 5]


@pytest.mark.parametrize("layout", USED, ids=lambda layout: layout.name)
def test_a_table_in_any_layout_is_recognised(layout: Layout, tmp_path: Path) -> None:
    sheet = sample(layout)
    path = tmp_path / sheet.name
    path.parent.mkdir()
    path.write_text(sheet.text(), encoding="utf-8", newline="")
    sources = read_sources(str(tmp_path))
    (file,) = sources.files
    assert (file.source, file.layout, file.rows) == (layout.source, layout.name, ROWS)
    if layout.year != "none":
        assert set(sources.tables[layout.source]["year"]) <= {2018, 2019}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_the_essential_columns_alone_are_enough(layout: Layout) -> None:
    match = recognise([layout.columns[ours].headings[0] for ours in layout.essential])
    assert match is not None
    assert match.layout.source == layout.source


@pytest.mark.parametrize("layout", USED, ids=lambda layout: layout.name)
def test_without_an_essential_column_a_table_is_refused_and_the_nearest_heading_named(
    layout: Layout, tmp_path: Path
) -> None:
    sheet = sample(layout)
    ours = layout.essential[-1]
    heading = layout.columns[ours].headings[0]
    renamed = [f"{name}_v2" if name == heading else name for name in sheet.headings]
    path = tmp_path / "2017-18.csv"
    path.write_text(Sheet(sheet.name, renamed, sheet.rows).text(), encoding="utf-8", newline="")
    with pytest.raises(BadInput) as caught:
        read_sources(str(path))
    assert "2017-18.csv" in str(caught.value)
    assert heading in str(caught.value) or "not recognised" in str(caught.value)


def test_a_file_nobody_knows_is_left_aside_in_a_folder_and_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "shopping.csv").write_text("apples,pears\n1,2\n", encoding="utf-8")
    (tmp_path / "links.csv").write_text("URN,LinkURN,LinkType\n100000,100001,Successor\n", encoding="utf-8")
    sources = read_sources(str(tmp_path))
    assert [note.where for note in sources.notes if "not recognised" in note.text] == ["shopping.csv"]
    with pytest.raises(BadInput, match="not recognised"):
        read_sources(str(tmp_path / "shopping.csv"))


def test_the_order_and_names_of_files_do_not_matter(tmp_path: Path) -> None:
    sheet = sample(next(layout for layout in USED if layout.source == "ks2"))
    paths = [tmp_path / "b" / "2017-18" / "x.csv", tmp_path / "a" / "renamed 2018.csv"]
    for path in paths:
        path.parent.mkdir(parents=True)
    paths[0].write_text(sheet.text(), encoding="utf-8", newline="")
    paths[1].write_text(Sheet("", sheet.headings, sheet.rows[:9]).text(";"), encoding="utf-8", newline="")
    forwards = read_sources([str(path) for path in paths]).tables["ks2"]
    backwards = read_sources([str(path) for path in reversed(paths)]).tables["ks2"]
    figures = [name for name in forwards if forwards[name].dtype.kind in "fi"]
    assert forwards[figures].equals(backwards[figures])
    assert len(forwards) == ROWS


def test_every_layout_is_described_in_the_documentation() -> None:
    described = (Path(__file__).resolve().parents[3] / "docs" / "data.md").read_text(encoding="utf-8")
    assert not [layout.name for layout in LAYOUTS if layout.name not in described]
