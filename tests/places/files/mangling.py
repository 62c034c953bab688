"""Official files as they arrive: cut off, saved again by a spreadsheet, half overwritten.

A `Sheet` is a table as headings and rows of text. A mangle takes a sheet and a source of choices and gives
the bytes of a file. `judge` compares what was read from the mangled file with what was read from the
whole one: each figure must be right, or missing and said to be; a wrong figure in silence is a fault.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scenarios.errors import BadInput
from scenarios.places.files.registry import recognise
from scenarios.places.files.sources import Sources, read_sources

Pick = Callable[[int], int]
"""Gives a whole number from 0 to one less than the number given."""


def picks(seed: int) -> Pick:
    """Give a lasting sequence of choices, the same for the same seed on every machine."""
    state = hashlib.sha256(str(seed).encode()).digest()

    def pick(below: int) -> int:
        nonlocal state
        state = hashlib.sha256(state).digest()
        return int.from_bytes(state[:8], "big") % below

    return pick


@dataclass(frozen=True)
class Sheet:
    """A table as text."""

    name: str
    headings: list[str]
    rows: list[list[str]]

    @classmethod
    def read(cls, path: Path, rows: int = 60) -> Sheet:
        """Read the first rows of a CSV file, packed or not."""
        data = path.read_bytes()
        data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        table = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        name = f"{path.parent.name}/{path.name.removesuffix('.gz')}"
        return cls(name, table[0], table[1 : rows + 1])

    def text(self, delimiter: str = ",", end: str = "\r\n", quoting: int = csv.QUOTE_MINIMAL) -> str:
        """Write it as delimited text."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting)
        writer.writerows([self.headings, *self.rows])
        return out.getvalue()

    def with_cell(self, row: int, column: int, cell: str) -> Sheet:
        """Give a copy with one cell changed."""
        rows = [list(cells) for cells in self.rows]
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = cell
        return replace(self, rows=rows)


@dataclass(frozen=True)
class Mangled:
    """A mangled file.

    Attributes
    ----------
    data : bytes
        Its contents.
    name : str
        Its path below the folder that is read.
    rows_may_go : bool
        Whether rows may be missing in silence: a file cut between two rows looks whole.
    either : bool
        Whether a row comes twice with different figures, so that either may be kept if that is said.
    """

    data: bytes
    name: str
    rows_may_go: bool = False
    either: bool = False


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


@dataclass
class Verdict:
    """What became of one mangled file."""

    outcome: str
    faults: list[str] = field(default_factory=list)


def verdict(folder: Path, mangled: Mangled, truth: Sources) -> Verdict:
    """Read a mangled file and judge what was read.

    Parameters
    ----------
    folder : Path
        An empty folder to put it in.
    mangled : Mangled
        The file.
    truth : Sources
        What was read from the whole file, under the same path.

    Returns
    -------
    Verdict
        ``refused`` (a clear error), ``noted`` (read with notes), ``read`` (read as if whole), or ``faulty``.
    """
    path = folder / mangled.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(mangled.data)
    try:
        sources = read_sources(str(folder))
    except BadInput as error:
        lines = str(error).splitlines()
        clear = len(lines) == 1 and len(error.where) > 0 and str(error).isprintable()
        return Verdict("refused", [] if clear else [f"unclear: {error}"])
    faults = list(judge(truth, sources, mangled))
    notes = [note for note in sources.notes if note not in truth.notes]
    return Verdict("faulty" if faults else "noted" if notes else "read", faults)


KEYS = ("urn", "la_code", "year", "rectype", "link_urn", "group_uid", "date", "intake", "lsoa")
"""Columns that name a row, where they are there; LA and LSOA only where there is no school."""


def judge(truth: Sources, found: Sources, mangled: Mangled) -> Iterator[str]:
    """Give every figure that is wrong, and every loss that is not said."""
    said = any(
        note.kind in ("file", "cell", "odd", "missing") and mangled.name.split("/")[-1] in note.where
        for note in found.notes
        if note not in truth.notes
    )
    odd = ("odd", "matched") if mangled.either else ("odd",)
    said = said or any(note.kind in odd for note in found.notes if note not in truth.notes)
    for name, table in found.tables.items():
        if name not in truth.tables:
            yield f"a table of another kind: {name}"
            continue
        names = _names(truth.tables[name], table)
        whole = _keyed(truth.tables[name], names)
        yield from _compare(name, whole, _keyed(table, names), said, mangled)


def _names(whole: pd.DataFrame, found: pd.DataFrame) -> list[str]:
    names = [name for name in KEYS if name in whole and name in found]
    schools = "urn" in names and not (whole["urn"] == 0).any()
    return [name for name in names if not (schools and name in ("la_code", "lsoa"))] or [whole.columns[0]]


def _keyed(table: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    table = table.copy()
    if "rectype" in names:
        table["rectype"] = table["rectype"].where(table["rectype"] > 2, 1)
        if "la_code" in names:
            table["la_code"] = table["la_code"].where(table["urn"] == 0, 0)
    return table.set_index(names).sort_index()


def _compare(
    name: str, whole: pd.DataFrame, found: pd.DataFrame, said: bool, mangled: Mangled
) -> Iterator[str]:
    new = found.index.difference(whole.index)
    if len(new) and not (mangled.either and said):
        yield f"{name}: rows that were not there: {list(new)[:3]}"
    gone = whole.index.difference(found.index)
    if len(gone) and not said and not mangled.rows_may_go:
        yield f"{name}: rows gone in silence: {list(gone)[:3]}"
    common = found.index.intersection(whole.index)
    before, after = whole.loc[common], found.loc[common]
    for column in whole.columns:
        if whole[column].dtype.kind not in "fM":
            continue
        if column in found:
            yield from _compare_figures(f"{name}, {column}", before, after, column, said, mangled)
        elif not said:
            yield f"{name}: column {column} gone in silence"


def _compare_figures(
    where: str, whole: pd.DataFrame, found: pd.DataFrame, column: str, said: bool, mangled: Mangled
) -> Iterator[str]:
    before, after = whole[column].to_numpy(), found[column].to_numpy()
    code = f"{column}_code"
    coded = found[code].astype(str).to_numpy() != "" if code in found else np.zeros(len(found), dtype=bool)
    number = before.dtype.kind == "f"
    same = np.isclose(after, before, rtol=1e-9, atol=1e-9) if number else after == before
    wrong = ~pd.isna(after) & ~same
    if wrong.any() and not (mangled.either and said):
        yield f"{where}: wrong, {before[wrong][:3]} became {after[wrong][:3]}"
    lost = pd.isna(after) & ~pd.isna(before) & ~coded
    if lost.any() and not said:
        yield f"{where}: lost in silence, {before[lost][:3]}"
