"""Which year a file is about: from its headings, else from its path."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from scenarios.places.files.layout import normal

NO_TABLES: Final = frozenset({2020, 2021})
"""Years without school results: a file that repeats 2019 as the latest earlier year is about 2022."""

_TWO_YEARS: Final = re.compile(r"(?<!\d)(20\d\d)[-_/. –]?(?:20)?(\d\d)(?!\d)")
_ONE_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_RANGE: Final = re.compile(r"(?<!\d)20\d\d\s?(?:[-_–]|to)\s?(?:20)?\d\d(?!\d)")


@dataclass(frozen=True)
class FileYear:
    """The year of a file.

    Attributes
    ----------
    year : int or None
        The year in which the academic year ends; None where nothing says it.
    source : str
        ``content``, ``path`` or nothing.
    odd : str
        How content and path contradict each other, where they do.
    """

    year: int | None
    source: str
    odd: str = ""


def year_of_file(headings: Sequence[str], marks: str, path: str) -> FileYear:
    """Tell which year a file of one year is about.

    Parameters
    ----------
    headings : Sequence[str]
        Of the file.
    marks : str
        Pattern of headings that repeat an earlier year, with groups of two figures; empty for none.
    path : str
        As it lies in the folder given.

    Returns
    -------
    FileYear
        Content before path.
    """
    content, by_path = year_of_headings(headings, marks), year_of_path(path)
    if content in NO_TABLES and (by_path is None or by_path > max(NO_TABLES)):
        content = by_path or max(NO_TABLES) + 1
    if content is not None:
        odd = ""
        if by_path is not None and by_path != content:
            odd = (
                f"its columns say {label(content)}, its path says {label(by_path)}: taken as {label(content)}"
            )
        return FileYear(content, "content", odd)
    return FileYear(by_path, "path" if by_path is not None else "")


def year_of_headings(headings: Sequence[str], marks: str) -> int | None:
    """Tell the year from headings that repeat earlier years, such as PTRWM_EXP_17.

    Parameters
    ----------
    headings : Sequence[str]
        Of the file.
    marks : str
        Pattern of such headings.

    Returns
    -------
    int or None
        One more than the latest earlier year; None where no heading repeats one.
    """
    if not marks:
        return None
    form = re.compile(marks, re.IGNORECASE)
    matches = [form.fullmatch(normal(heading)) for heading in headings]
    years = [2000 + int(group) for match in matches if match for group in match.groups() if group]
    return max(years) + 1 if years else None


def year_of_path(path: str) -> int | None:
    """Tell the year from the names of a file and its folders, the nearest first.

    Parameters
    ----------
    path : str
        Such as ``2017-2018/england_ks2final.csv`` or ``ks2_201718.csv``.

    Returns
    -------
    int or None
        The year in which it ends, such as 2018; None where no name says one.
    """
    for name in reversed(path.replace("\\", "/").split("/")):
        for match in _TWO_YEARS.finditer(name):
            start, end = int(match[1]), int(match[2])
            if end == (start + 1) % 100:
                return start + 1
        alone = _ONE_YEAR.findall(_RANGE.sub(" ", name))
        if len(alone) == 1:
            return int(alone[0])
    return None


def label(year: int) -> str:
    """Write an academic year.

    Parameters
    ----------
    year : int
        The year it ends.

    Returns
    -------
    str
        Such as 2017-18.
    """
    return f"{year - 1}-{year % 100:02d}"
