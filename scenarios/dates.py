"""When levers begin: absolutely (``2027-09``) or relatively (``+2``); academic years by the year they end."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from scenarios.errors import BadInput
from scenarios.values import shown

APRIL, AUGUST, SEPTEMBER, DECEMBER = 4, 8, 9, 12
WEEKS_LEFT = {9: 39, 10: 35, 11: 31, 12: 27, 1: 25, 2: 21, 3: 17, 4: 13, 5: 10, 6: 6, 7: 3, 8: 39}
"""Teaching weeks left in the academic year from the start of a month; August looks to the next year."""

WEEKS_AFTER_TESTS = 9
"""Teaching weeks between the tests of May and the end of the year."""

TESTED = frozenset({0, 6, 11})
"""Year groups whose results are read in the year."""

LATEST_YEAR = 2100
FURTHEST = 50
"""Greatest number of years after year 0."""

ALLOWED = f"a month as 2027-09, or whole years after year 0 as +2 (1 to {FURTHEST})"

_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})\Z")
_AFTER = re.compile(r"\+?([0-9]{1,3})\Z")


class Start(NamedTuple):
    """When something begins: a calendar month, or a number of years after year 0 (from its September)."""

    year: int
    month: int  # 1 to 12; 0 where ``year`` counts from year 0


def read_start(value: object, where: str) -> Start:
    """Read a date.

    Parameters
    ----------
    value : object
        Text as ``2027-09`` or ``+2``, or a small whole number of years after year 0 (YAML reads ``+2`` as 2).
    where : str
        The file and key, for the message.

    Returns
    -------
    Start
        The date.

    Raises
    ------
    BadInput
        If it is neither.
    """
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    month, after = _MONTH.match(text), _AFTER.match(text)
    if month and 1 <= int(month[2]) <= DECEMBER and 2000 <= int(month[1]) <= LATEST_YEAR:
        return Start(int(month[1]), int(month[2]))
    if after and 1 <= int(after[1]) <= FURTHEST:
        return Start(int(after[1]), 0)
    raise BadInput("is not a date", where=where, found=shown(value), allowed=ALLOWED)


def written(start: Start) -> str:
    """Write a date as it is read.

    Parameters
    ----------
    start : Start
        The date.

    Returns
    -------
    str
        As ``2027-09`` or ``+2``.
    """
    return f"{start.year}-{start.month:02d}" if start.month else f"+{start.year}"


def first_april_after(year_0: int) -> Start:
    """Give the first April after year 0: the month in which a new financial year's money arrives.

    Parameters
    ----------
    year_0 : int
        The place's year 0.

    Returns
    -------
    Start
        The month.
    """
    return Start(year_0 + 1, APRIL)


def academic_year(start: Start, year_0: int) -> int:
    """Give the academic year in which a date falls; August counts with the next.

    Parameters
    ----------
    start : Start
        The date.
    year_0 : int
        The place's year 0.

    Returns
    -------
    int
        The year the academic year ends.
    """
    if start.month == 0:
        return year_0 + start.year
    return start.year + (start.month >= AUGUST)


def first_course_year(start: Start, year_0: int, course_weeks: int, year_groups: Iterable[int] = ()) -> int:
    """Give the first academic year in which a whole course fits, before the tests where pupils sit some.

    Parameters
    ----------
    start : Start
        When the lever begins.
    year_0 : int
        The place's year 0.
    course_weeks : int
        Teaching weeks a course needs.
    year_groups : iterable of int, optional
        Year groups taught.

    Returns
    -------
    int
        The year the academic year ends.
    """
    year = academic_year(start, year_0)
    left = WEEKS_LEFT[start.month or SEPTEMBER]
    if TESTED.intersection(year_groups):
        left -= WEEKS_AFTER_TESTS
    return year if left >= course_weeks else year + 1


def checked_after(start: Start, year_0: int, where: str) -> Start:
    """Refuse a date that is not after year 0.

    Parameters
    ----------
    start : Start
        The date.
    year_0 : int
        The place's year 0.
    where : str
        The file and key, for the message.

    Returns
    -------
    Start
        The same date.

    Raises
    ------
    BadInput
        If it falls in year 0 or before, or too far ahead.
    """
    year = academic_year(start, year_0)
    if not year_0 < year <= year_0 + FURTHEST:
        raise BadInput(
            "does not lie after year 0", where=where, found=written(start),
            allowed=f"{year_0}-09 to {year_0 + FURTHEST}-07, as year 0 of the place ends in July {year_0}",
        )  # fmt: skip
    return start
