"""A file that cannot be used is refused in one clear sentence; a spreadsheet's habits are no reason to."""

from __future__ import annotations

import gzip
import io
import os
import tracemalloc
from pathlib import Path

import pandas as pd
import pytest

from scenarios.errors import BadInput
from scenarios.places.files.layouts_results import KS2
from scenarios.places.files.layouts_schools import ADMISSIONS_BY_AUTUMN, CENSUS, CENSUS_FULL
from scenarios.places.files.layouts_structure import REGISTER
from scenarios.places.files.merging import merge_tables
from scenarios.places.files.sources import read_sources
from tests.places.files.mangling import Sheet
from tests.places.files.samples import ROWS, sample

CSV = sample(KS2).text()


def put(folder: Path, data: str | bytes, name: str = "2017-18/england_ks2final.csv") -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(folder)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n\r\n", "empty"),
        (b"<!DOCTYPE html><html><title>404</title></html>", "a web page"),
        (b"%PDF-1.7 ...", "a PDF"),
        (gzip.compress(CSV.encode())[:-40], "downloaded to the end"),
        (b"PK\x03\x04 no zip at all", "cannot be opened"),
        (b"PAR1 no parquet", "parquet"),
        (CSV[: len(CSV) // 2].rsplit(",", 5)[0], "middle of a row"),
        (CSV.splitlines()[0], "no rows"),
        (CSV.replace("PTRWM_EXP,", "PTRWM_EXPECTED,"), "PTRWM_EXPECTED"),
        (CSV.replace("PTRWM_HIGH,", "PTRWM_EXP,"), "comes twice"),
        (CSV.replace("%", " see note"), "cells of this column cannot be used"),
        (CSV.replace(",Text", ""), "rows are not whole"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 50 else "",
)
def test_a_bad_file_is_refused_in_one_sentence_that_names_it(
    data: str | bytes, says: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInput) as caught:
        read_sources(put(tmp_path, data))
    message = str(caught.value)
    assert "england_ks2final.csv" in message
    assert says in message
    assert "\n" not in message


def test_nothing_usable_and_no_such_folder_are_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nothing here can be used"):
        read_sources(str(tmp_path))
    (tmp_path / "downloads").mkdir()
    with pytest.raises(BadInput, match="nearest: downloads"):
        read_sources(str(tmp_path / "download"))
    with pytest.raises(BadInput, match="no data files"):
        read_sources([])


def test_a_table_whose_year_nobody_says_is_not_used_and_the_remedy_is_named(tmp_path: Path) -> None:
    folder = put(tmp_path / "downloads", CSV, "table.csv")
    with pytest.raises(BadInput, match="folder named after its year"):
        read_sources(folder)
    links = "URN,LinkURN,LinkType\n100000,100001,Successor\n"
    sources = read_sources(put(tmp_path / "downloads", links, "links.csv"))
    assert "ks2" not in sources.tables
    assert [note.where for note in sources.notes if "folder named after its year" in note.text] == [
        "table.csv"
    ]


def test_the_year_of_a_folder_given_by_name_counts(tmp_path: Path) -> None:
    put(tmp_path, CSV, "2017-18/ks2/table.csv")
    assert set(read_sources(str(tmp_path / "2017-18" / "ks2")).tables["ks2"]["year"]) == {2018}


def test_a_download_in_windows_letters_keeps_its_names(tmp_path: Path) -> None:
    sheet = sample(REGISTER, wide=True)
    name = sheet.headings.index("EstablishmentName")
    sheet = sheet.with_cell(3, name, "St John\u2019s School, Caf\u00e9 Road")
    sources = read_sources(put(tmp_path, sheet.text().encode("cp1252"), "edubasealldata.csv"))
    assert sources.files[0].encoding == "cp1252"
    assert "St John\u2019s School, Caf\u00e9 Road" in set(sources.tables["register"]["name"])


def test_formulas_and_paths_in_names_stay_plain_text(tmp_path: Path) -> None:
    sheet = sample(REGISTER)
    name = sheet.headings.index("EstablishmentName")
    hostile = '=HYPERLINK("http://x","y")'
    sources = read_sources(put(tmp_path, sheet.with_cell(0, name, hostile).text(), "gias.csv"))
    assert hostile in set(sources.tables["register"]["name"])


def test_a_huge_cell_is_cut_and_said(tmp_path: Path) -> None:
    sheet = sample(REGISTER)
    name = sheet.headings.index("EstablishmentName")
    sources = read_sources(put(tmp_path, sheet.with_cell(0, name, "A" * 3_000_000).text(), "gias.csv"))
    assert sources.tables["register"]["name"].str.len().max() <= 501
    assert any("cut to" in note.text for note in sources.notes)


def test_a_workbook_with_titles_above_and_per_cents_as_a_spreadsheet_keeps_them(tmp_path: Path) -> None:
    import openpyxl

    sheet = sample(KS2)
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["Key stage 2", None, "Source: Department for Education"])
    page.append([])
    page.append(sheet.headings)
    for row in sheet.rows:
        page.append([float(cell[:-1]) / 100 if cell.endswith("%") else cell for cell in row])
    for cells in page.iter_rows(min_row=4):
        for cell in cells:
            cell.number_format = "0%" if isinstance(cell.value, float) else "General"
    out = io.BytesIO()
    book.save(out)
    plain = read_sources(put(tmp_path / "a", sheet.text())).tables["ks2"]
    saved = read_sources(put(tmp_path / "b", out.getvalue(), "2017-18/ks2.xlsx")).tables["ks2"]
    pd.testing.assert_series_equal(plain["rwm"], saved["rwm"])


def test_a_workbook_whose_formats_reach_to_its_last_cell_is_read_as_far_as_it_is_filled(
    tmp_path: Path,
) -> None:
    import openpyxl

    sheet = sample(KS2)
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (sheet.headings, *sheet.rows):
        page.append(row)
    page.cell(3_000, 16_384).number_format = "0%"  # a real one ends at 1,048,576
    out = io.BytesIO()
    book.save(out)
    tracemalloc.start()
    found = read_sources(put(tmp_path, out.getvalue(), "2017-18/ks2.xlsx")).tables["ks2"]
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == ROWS
    assert most < 50e6, "a list of all its cells takes eight times that"


def test_a_folder_that_leads_back_to_itself_is_searched_once(tmp_path: Path) -> None:
    folder = put(tmp_path, CSV)
    os.symlink(tmp_path, tmp_path / "again")
    assert len(read_sources(folder).files) == 1


def test_the_same_bytes_under_two_names_count_once(tmp_path: Path) -> None:
    put(tmp_path, CSV)
    sources = read_sources(put(tmp_path, CSV, "2017-18/copy.csv"))
    assert len(sources.tables["ks2"]) == ROWS
    assert any("the same file as" in note.text for note in sources.notes)


def test_only_the_las_asked_for_are_kept_and_england_with_them(tmp_path: Path) -> None:
    sheet = sample(KS2)
    england = [""] * len(sheet.headings)
    england[sheet.headings.index("RECTYPE")] = "5"
    england[sheet.headings.index("PTRWM_EXP")] = "64%"
    folder = put(tmp_path, Sheet(sheet.name, sheet.headings, [*sheet.rows, england]).text())
    table = read_sources(folder, las=[302]).tables["ks2"]
    assert set(table["la_code"]) == {302, 970}
    assert table.loc[table["la_code"] == 970, "rwm"].item() == pytest.approx(0.64)


def test_rows_of_one_school_in_two_files_fill_each_other_and_disagreements_are_said(tmp_path: Path) -> None:
    sheet = sample(CENSUS)
    put(tmp_path, sheet.text(), "2018-19/england_census.csv")
    roll, fsm = sheet.headings.index("NOR"), sheet.headings.index("NUMFSM")
    other = sheet.with_cell(2, roll, "999").with_cell(3, fsm, "")
    sources = read_sources(put(tmp_path, other.text(), "2018-19/extract.csv"))
    table = sources.tables["census"]
    assert len(table) == ROWS
    assert table["fsm"].notna().all()
    odd = [note for note in sources.notes if note.kind == "odd"]
    assert [note.where for note in odd] == ["census, roll", "census, fsm_share"][: len(odd)]
    assert odd[0].count == 1


def test_final_results_count_before_provisional_ones() -> None:
    final = pd.DataFrame({"urn": [100000], "year": [2019], "x": [1.0], "file": "a", "provisional": [False]})
    early = pd.DataFrame(
        {"urn": [100000], "year": [2019], "x": [2.0], "y": [3.0], "file": "b", "provisional": [True]}
    )
    table, notes = merge_tables([early, final], ("urn", "year"), "ks4")
    assert table["x"].item() == 1.0
    assert table["y"].item() == 3.0
    assert any(note.kind == "odd" for note in notes)


def test_a_school_that_admits_at_two_ages_keeps_both_intakes(tmp_path: Path) -> None:
    sheet = sample(ADMISSIONS_BY_AUTUMN)
    again = list(sheet.rows[0])
    again[sheet.headings.index("total_number_places_offered")] = "150"
    sources = read_sources(
        put(tmp_path, Sheet("", sheet.headings, [*sheet.rows, again]).text(), "offers.csv")
    )
    table = sources.tables["admissions"]
    first = table[table["urn"] == int(again[0])]
    assert sorted(first["intake"]) == [1, 2]
    assert set(table["year_of_entry"]) == {2018}
    assert set(table["year"]) == {2019}


def test_a_table_without_its_column_of_years_takes_the_year_of_its_folder(tmp_path: Path) -> None:
    sheet = sample(CENSUS_FULL)
    headings = ["ignored" if name == "time_period" else name for name in sheet.headings]
    text = Sheet("", headings, sheet.rows).text()
    assert set(read_sources(put(tmp_path, text, "2016-17/pupils.csv")).tables["census"]["year"]) == {2017}
