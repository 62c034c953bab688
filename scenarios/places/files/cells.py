"""From the text of cells to numbers, dates and years: each a figure, a code, or said to be neither."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scenarios.places.files.codes import NO_SCHOOL, OUT_OF_RANGE, UNREADABLE, code_of
from scenarios.places.files.decoding import KEPT
from scenarios.places.files.kinds import Column, Kind

_NUMBER: Final = re.compile(
    r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?|-?\.[0-9]+"
)
_WHOLE: Final = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.0*)?")
_YEAR: Final = re.compile(r"((?:19|20)[0-9]{2})(?:\s*[-/–]\s*((?:20)?[0-9]{2})|([0-9]{2}))?(?:\.0|\s.*)?")
_DATE_FORMS: Final = ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%Y%m%d", "%d-%b-%Y", "%d %B %Y", "%d/%m/%y")
_CODE: Final = re.compile(r"[A-Z]{1,8}")
_TIMES_OF_A_CODE: Final = 3
_FIRST_DATE, _LAST_DATE = dt.date(1000, 1, 1), dt.date(2200, 1, 1)
_SHARES_NEEDED: Final = 10
"""Cells from which percentages written as shares (0.62) can be told from low percentages (0.62%)."""


@dataclass(frozen=True)
class Reading:
    """A column read.

    Attributes
    ----------
    values : array
        float64 for numbers, datetime64 for dates, object for text; NaN, NaT or "" where there is none.
    codes : (n_rows,) object array
        The code of each cell, "" where there is none.
    unreadable, out_of_range : (n,) int64
        Rows whose cell is neither a figure nor a code; rows whose figure is not possible.
    remark : str
        What was odd about the column as a whole.
    """

    values: NDArray[Any]
    codes: NDArray[np.object_]
    unreadable: NDArray[np.int64]
    out_of_range: NDArray[np.int64]
    remark: str = ""


def read_cells(
    cells: Sequence[str], column: Column, *, decimal_comma: bool = False, shares: bool = False
) -> Reading:
    """Read the cells of one column.

    Parameters
    ----------
    cells : Sequence[str]
        As found.
    column : Column
        What they should hold.
    decimal_comma : bool, default False
        Whether a comma may part whole from decimal, as in files with semicolons: a number with a comma is
        then not read, because it could be either.
    shares : bool, default False
        Whether percentages are written as shares of 1, see `written_as_shares`.

    Returns
    -------
    Reading
        One entry a cell.
    """
    rows, values = pd.factorize(np.asarray(cells, dtype=object))
    texts = [str(value).replace("\u2212", "-").strip(" \t\r\n\xa0") for value in values]
    if column.kind is Kind.TEXT:
        return _texts(rows, texts, column.form)
    if column.kind in (Kind.URN, Kind.LA):
        texts = ["" if text.upper() in NO_SCHOOL else text for text in texts]
    times = np.bincount(rows, minlength=len(texts))
    parse = _parser(column.kind, decimal_comma)
    codes = [code_of(text) for text in texts]
    parsed = [None if not text or code else parse(text) for text, code in zip(texts, codes, strict=True)]
    unknown = _unknown_codes(texts, codes, parsed, times)
    scale = 100.0 if shares and column.kind is Kind.PERCENT else 1.0
    remark = "percentages written as shares of 1 (0.62 for 62%), read so" if scale > 1.0 else ""
    if unknown:
        remark = f"codes that are not known ({', '.join(sorted(unknown))}): read as no figure"
    codes = [
        code or (text if text in unknown else _fault(text, value, column, scale))
        for text, code, value in zip(texts, codes, parsed, strict=True)
    ]
    numbers = _values(column.kind, parsed, codes, scale)
    by_row = np.array([*codes, ""], dtype=object)[rows]
    unreadable = np.flatnonzero(by_row == UNREADABLE)
    return Reading(numbers[rows], by_row, unreadable, np.flatnonzero(by_row == OUT_OF_RANGE), remark)


def _texts(rows: NDArray[np.intp], texts: list[str], form: str) -> Reading:
    pattern = re.compile(form, re.ASCII) if form else None
    codes = ["" if pattern is None or not text or pattern.fullmatch(text) else UNREADABLE for text in texts]
    kept = ["" if code else text[:KEPT] for text, code in zip(texts, codes, strict=True)]
    by_row = np.array([*codes, ""], dtype=object)[rows]
    unreadable = np.flatnonzero(by_row == UNREADABLE)
    return Reading(np.array([*kept, ""], dtype=object)[rows], by_row, unreadable, np.zeros(0, dtype=np.int64))


def _unknown_codes(
    texts: list[str], codes: list[str], parsed: list[Any], times: NDArray[np.int64]
) -> frozenset[str]:
    """Find short words in capitals that come again and again where numbers belong: codes of another year."""
    found = frozenset(
        text
        for text, code, value, count in zip(texts, codes, parsed, times, strict=True)
        if value is None and not code and count >= _TIMES_OF_A_CODE and _CODE.fullmatch(text)
    )
    figures = sum(int(count) for value, count in zip(parsed, times, strict=True) if value is not None)
    unknown = sum(int(count) for text, count in zip(texts, times, strict=True) if text in found)
    return found if unknown <= figures else frozenset()


def _fault(text: str, value: Any, column: Column, scale: float) -> str:
    if not text:
        return ""
    if value is None:
        return UNREADABLE
    if column.kind is Kind.DATE:
        return "" if _FIRST_DATE <= value <= _LAST_DATE else OUT_OF_RANGE
    return "" if column.low <= value * scale <= column.high else OUT_OF_RANGE


def written_as_shares(columns: Iterable[Sequence[str]]) -> bool:
    """Tell whether the percentages of a file are written as shares: 0.62 for 62%.

    Parameters
    ----------
    columns : iterable of sequences of str
        The cells of all its columns of percentages.

    Returns
    -------
    bool
        True where no cell has a sign, none is above 1 and enough are between 0 and 1. One column alone may
        hold low percentages; all of them hardly.
    """
    between = 0
    for cells in columns:
        for cell, times in Counter(cells).items():
            text = cell.strip()
            if _NUMBER.fullmatch(text):
                value = float(text.replace(",", ""))
                if not 0.0 <= value <= 1.0:
                    return False
                between += times * (0.0 < value < 1.0)
            elif text.endswith("%"):
                return False
    return between >= _SHARES_NEEDED


def _values(kind: Kind, parsed: list[Any], codes: list[str], scale: float) -> NDArray[Any]:
    kept = [None if code else value for value, code in zip(parsed, codes, strict=True)]
    if kind is Kind.DATE:
        days = [np.datetime64("NaT") if day is None else np.datetime64(day) for day in kept]
        return np.array([*days, np.datetime64("NaT")], dtype="datetime64[s]")
    share = 0.01 * scale if kind is Kind.PERCENT else 1.0
    return np.array(
        [*(np.nan if value is None else value * share for value in kept), np.nan], dtype=np.float64
    )


def _parser(kind: Kind, decimal_comma: bool) -> Callable[[str], Any]:
    if kind is Kind.YEAR:
        return year_of
    if kind is Kind.DATE:
        return _date
    if kind in (Kind.WHOLE, Kind.URN, Kind.LA):
        return lambda text: _number(text, _WHOLE, decimal_comma)
    if kind is Kind.PERCENT:
        return lambda text: _number(text.removesuffix("%").rstrip(), _NUMBER, decimal_comma)
    if kind is Kind.MONEY:
        return lambda text: _number(_without_pound(text), _NUMBER, decimal_comma and "£" not in text)
    return lambda text: _number(text, _NUMBER, decimal_comma)


def _number(text: str, form: re.Pattern[str], decimal_comma: bool) -> float | None:
    if form.fullmatch(text) is None or (decimal_comma and "," in text):
        return None
    return float(text.replace(",", ""))


def _without_pound(text: str) -> str:
    sign = "-" if text.startswith("-") else ""
    return sign + text.removeprefix("-").removeprefix("\u00c2").removeprefix("£").lstrip()


def year_of(text: str) -> float | None:
    """Give the year in which an academic or financial year ends.

    Parameters
    ----------
    text : str
        Such as ``2018``, ``2017/18``, ``2017-2018``, ``201718`` or ``2018 (Rev)``.

    Returns
    -------
    float or None
        Such as 2018; None for text that is no year, or two years that do not follow each other.
    """
    match = _YEAR.fullmatch(text.strip())
    if match is None:
        return None
    start, end = int(match[1]), match[2] or match[3]
    if end is None:
        return float(start)
    return float(start + 1) if int(end) % 100 == (start + 1) % 100 else None


def _date(text: str) -> dt.date | None:
    day = text.removesuffix(".0")
    for tail in (" 00:00:00", " 00:00", "T00:00:00", " 0:00"):
        day = day.removesuffix(tail)
    for form in _DATE_FORMS:
        try:
            return dt.datetime.strptime(day, form).date()
        except ValueError:
            continue
    return None
