"""Official files as they arrive: cut off, saved again by a spreadsheet, half overwritten.

A mangle takes a sheet and a source of choices and gives the bytes of a file. `verdict` (in judging.py)
reads it and says whether any figure became wrong in silence.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd

from scenarios.places.files.registry import recognise
from tests.places.files.judging import Verdict, judge, verdict
from tests.places.files.sheets import Mangled, Pick, Sheet, picks

__all__ = ["MANGLES", "Mangled", "Pick", "Sheet", "Verdict", "judge", "picks", "verdict"]

Mangle = Callable[[Sheet, Pick], Mangled]


def _file(sheet: Sheet, data: str | bytes, **facts: Any) -> Mangled:
    return Mangled(data.encode("utf-8") if isinstance(data, str) else data, sheet.name, **facts)


def _column(sheet: Sheet, pick: Pick) -> int:
    """Choose a column: three times in four one that is used."""
    match = recognise(sheet.headings)
    used = list(match.found.values()) if match else []
    return used[pick(len(used))] if used and pick(4) else pick(len(sheet.headings))


def _cell_mangle(*cells: str) -> Mangle:
    """Make a mangle that overwrites one cell of one column with one of some texts."""

    def mangle(sheet: Sheet, pick: Pick) -> Mangled:
        row, column = pick(len(sheet.rows)), _column(sheet, pick)
        return _file(sheet, sheet.with_cell(row, column, cells[pick(len(cells))]).text())

    return mangle


def _column_of(*cells: str) -> Mangle:
    """Make a mangle that overwrites a whole column with texts."""

    def mangle(sheet: Sheet, pick: Pick) -> Mangled:
        column = _column(sheet, pick)
        for row in range(len(sheet.rows)):
            sheet = sheet.with_cell(row, column, cells[row % len(cells)])
        return _file(sheet, sheet.text())

    return mangle


def drop_column(sheet: Sheet, pick: Pick) -> Mangled:
    """Leave a column out."""
    gone = _column(sheet, pick)
    rows = [[cell for place, cell in enumerate(row) if place != gone] for row in sheet.rows]
    headings = [name for place, name in enumerate(sheet.headings) if place != gone]
    return _file(sheet, replace(sheet, headings=headings, rows=rows).text())


def rename_column(sheet: Sheet, pick: Pick) -> Mangled:
    """Give a column another name, as a later year might."""
    place = pick(len(sheet.headings))
    forms: tuple[Callable[[str], str], ...] = (
        lambda name: name + "_NEW",
        lambda name: "X" + name[1:],
        lambda _: "?",
    )
    new = forms[pick(len(forms))](sheet.headings[place])
    headings = [*sheet.headings[:place], new, *sheet.headings[place + 1 :]]
    return _file(sheet, replace(sheet, headings=headings).text())


def restyle_headings(sheet: Sheet, pick: Pick) -> Mangled:
    """Write headings otherwise: small letters, spaces around."""
    forms: tuple[Callable[[str], str], ...] = (str.lower, str.upper, lambda name: f"  {name} ")
    headings = [forms[pick(len(forms))](name) for name in sheet.headings]
    return _file(sheet, replace(sheet, headings=headings).text())


def reorder_columns(sheet: Sheet, pick: Pick) -> Mangled:
    """Put the columns in another order."""
    order = list(range(len(sheet.headings)))
    for place in range(len(order) - 1, 0, -1):
        other = pick(place + 1)
        order[place], order[other] = order[other], order[place]
    rows = [[row[place] if place < len(row) else "" for place in order] for row in sheet.rows]
    return _file(sheet, replace(sheet, headings=[sheet.headings[place] for place in order], rows=rows).text())


def repeat_heading(sheet: Sheet, pick: Pick) -> Mangled:
    """Let one heading come twice, over different contents."""
    place, other = _column(sheet, pick), pick(len(sheet.headings))
    headings = [*sheet.headings, sheet.headings[place]]
    rows = [[*row, *[""] * (len(sheet.headings) - len(row)), (row + [""] * 400)[other]] for row in sheet.rows]
    return _file(sheet, replace(sheet, headings=headings, rows=rows).text())


def extra_columns(sheet: Sheet, pick: Pick) -> Mangled:
    """Put in columns that nobody knows."""
    place = pick(len(sheet.headings) + 1)
    headings = [*sheet.headings[:place], "BRAND_NEW_MEASURE", *sheet.headings[place:]]
    rows = [[*row[:place], str(pick(1000)), *row[place:]] if len(row) >= place else row for row in sheet.rows]
    return _file(sheet, replace(sheet, headings=headings, rows=rows).text())


def spreadsheet_csv(sheet: Sheet, pick: Pick) -> Mangled:
    """Save from a spreadsheet: titles above, a line that names the separator, empty columns, notes below."""
    delimiter = ",;\t"[pick(3)]
    empty = [""] * pick(4)
    rows = [[*row, *[""] * (len(sheet.headings) - len(row)), *empty] for row in sheet.rows]
    body = replace(sheet, headings=[*sheet.headings, *empty], rows=rows).text(delimiter)
    above = (
        f"sep={delimiter}\r\n",
        "Downloaded from GOV.UK\r\n\r\n",
        f"{delimiter * 3}\r\nSchools{delimiter}\r\n",
        "",
    )
    below = ("", "Source: Department for Education\r\n", f"\r\n{delimiter * 5}\r\n")
    return _file(sheet, above[pick(len(above))] + body + below[pick(len(below))])


def delimiters(sheet: Sheet, pick: Pick) -> Mangled:
    """Part the cells otherwise, end lines otherwise, quote every cell."""
    ends, quoting = ("\r\n", "\n", "\r"), (csv.QUOTE_MINIMAL, csv.QUOTE_ALL)
    return _file(sheet, sheet.text(";\t|,"[pick(4)], ends[pick(3)], quoting[pick(2)]))


def encodings(sheet: Sheet, pick: Pick) -> Mangled:
    """Write the letters otherwise."""
    names = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")
    return _file(sheet, sheet.text().encode(names[pick(len(names))], errors="replace"))


def containers(sheet: Sheet, pick: Pick) -> Mangled:
    """Pack it: gzip, zip, workbook, parquet."""
    import zipfile

    import openpyxl

    kind = pick(4)
    padded = [[*row, *[""] * (len(sheet.headings) - len(row))] for row in sheet.rows]
    out = io.BytesIO()
    if kind == 0:
        return _file(sheet, gzip.compress(sheet.text().encode()))
    if kind == 1:
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("table.csv", sheet.text())
    elif kind == 2:
        book = openpyxl.Workbook()
        page = book.active
        assert page is not None
        for row in [sheet.headings, *padded]:
            page.append([_typed(cell) for cell in row])
        book.save(out)
    else:
        pd.DataFrame(padded, columns=sheet.headings).to_parquet(out)
    return _file(sheet, out.getvalue())


def _typed(cell: str) -> object:
    try:
        return float(cell) if "." in cell else int(cell)
    except ValueError:
        return None if cell == "" else cell


def glued(sheet: Sheet, pick: Pick) -> Mangled:
    """Put a file behind itself, headings and all, or behind its own first half without a line end."""
    text = sheet.text()
    half = text[: len(text) // 2]
    return _file(sheet, (text + text, text + "\r\n\r\n" + text, half + text)[pick(3)])


def lose_delimiter(sheet: Sheet, pick: Pick) -> Mangled:
    """Lose one comma of one row."""
    lines = sheet.text().split("\r\n")
    row = 1 + pick(len(sheet.rows))
    commas = [place for place, letter in enumerate(lines[row]) if letter == ","]
    gone = commas[pick(len(commas))]
    lines[row] = lines[row][:gone] + lines[row][gone + 1 :]
    return _file(sheet, "\r\n".join(lines))


def stray_character(sheet: Sheet, pick: Pick) -> Mangled:
    """Put a comma, a quotation mark, a line end or a NUL somewhere into a row."""
    lines = sheet.text().split("\r\n")
    row = 1 + pick(len(sheet.rows))
    place = pick(len(lines[row]) + 1)
    lines[row] = lines[row][:place] + ',"\n\x00'[pick(4)] + lines[row][place:]
    return _file(sheet, "\r\n".join(lines))


def stray_text(sheet: Sheet, pick: Pick) -> Mangled:
    """Put letters into a figure: 12 becomes 1x2."""
    numbers = [
        (row, column)
        for row, cells in enumerate(sheet.rows)
        for column, cell in enumerate(cells)
        if any(letter.isdigit() for letter in cell)
    ]
    row, column = numbers[pick(len(numbers))]
    cell = sheet.rows[row][column]
    place = pick(len(cell) + 1)
    letter = ("x", "O", "\u0661", " ", "\u200b", "^", "#")[pick(7)]
    return _file(sheet, sheet.with_cell(row, column, cell[:place] + letter + cell[place:]).text())


def huge_cell(sheet: Sheet, pick: Pick) -> Mangled:
    """Put a text of a million letters into one cell."""
    text = ("A" * 1_000_000, "a,b " * 250_000, 'say "x"\n' * 120_000)[pick(3)]
    row, column = pick(len(sheet.rows)), _column(sheet, pick)
    return _file(sheet, sheet.with_cell(row, column, text).text())


def truncate(sheet: Sheet, pick: Pick) -> Mangled:
    """Cut the file off anywhere below the headings."""
    data = sheet.text().encode()
    start = data.index(b"\r\n")
    return _file(sheet, data[: start + pick(len(data) - start)], rows_may_go=True)


def truncate_gzip(sheet: Sheet, pick: Pick) -> Mangled:
    """Cut a packed file off."""
    data = gzip.compress(sheet.text().encode())
    return _file(sheet, data[: 2 + pick(len(data) - 2)])


def not_a_table(sheet: Sheet, pick: Pick) -> Mangled:
    """Give something else under the name of a table."""
    page = b"<!DOCTYPE html><html><body>Not found</body></html>"
    noise = bytes(pick(256) for _ in range(500))
    return _file(
        sheet,
        (b"", b"\r\n \r\n", page, b"%PDF-1.4 \x00\x01", b"PK\x03\x04broken", b"PAR1broken", noise)[pick(7)],
    )


def repeat_rows(sheet: Sheet, pick: Pick) -> Mangled:
    """Let rows come twice, and blank rows and the headings in between."""
    rows: list[list[str]] = []
    for row in sheet.rows:
        rows += [row] * (1 + (pick(5) == 0))
        rows += [[""] * len(row)] * (pick(9) == 0)
    rows.insert(pick(len(rows)), sheet.headings)
    return _file(sheet, replace(sheet, rows=rows).text())


def contradict(sheet: Sheet, pick: Pick) -> Mangled:
    """Let a row come twice, with one figure changed."""
    row, column = pick(len(sheet.rows)), _column(sheet, pick)
    again = list(sheet.rows[row]) + [""] * (len(sheet.headings) - len(sheet.rows[row]))
    again[column] = "7"
    return _file(sheet, replace(sheet, rows=[*sheet.rows, again]).text(), either=True)


def wrong_year(sheet: Sheet, pick: Pick) -> Mangled:
    """Put the file where no name says its year."""
    return replace(_file(sheet, sheet.text()), name=("downloads/table.csv", "data.csv")[pick(2)])


MANGLES: dict[str, Mangle] = {
    "a column left out": drop_column,
    "a column renamed": rename_column,
    "headings in another style": restyle_headings,
    "columns in another order": reorder_columns,
    "a heading twice": repeat_heading,
    "unknown columns": extra_columns,
    "saved from a spreadsheet": spreadsheet_csv,
    "other delimiters": delimiters,
    "other letters": encodings,
    "packed": containers,
    "glued to itself": glued,
    "a comma lost": lose_delimiter,
    "a stray character": stray_character,
    "letters in a figure": stray_text,
    "a huge cell": huge_cell,
    "cut off": truncate,
    "packed and cut off": truncate_gzip,
    "not a table": not_a_table,
    "rows twice": repeat_rows,
    "rows that contradict": contradict,
    "no year in its path": wrong_year,
    "a code in a cell": _cell_mangle("SUPP", "NE", "LOWCOV", "NP", "-", "x", "ZZTOP"),
    "text in a cell": _cell_mangle(
        "abc", "see note 4", "12-Jan", "1.1E+02x", "inf", "nan", "0x1F", "1_000", "1/2"
    ),
    "a formula in a cell": _cell_mangle(
        "=1+1", "=cmd|' /C calc'!A0", "+1", "@SUM(A1)", '=HYPERLINK("x","y")', "-1+1"
    ),
    "an impossible figure": _cell_mangle("-99999999999", "1e99", "9" * 40, "-0.0001%", "250%"),
    "a path in a cell": _cell_mangle(
        "../../etc/passwd", "C:\\temp\\x.csv", "file:///x", "\x1b[31mred", "%s%n{0}"
    ),
    "text in a column": _column_of("abc", "def", "x1"),
    "formulas in a column": _column_of("=1+1", "+1", "@x"),
    "thousands with commas": _column_of("1,234.5x", "2,3,4", "1,23"),
}
