"""Dates and lengths in the words of a commissioner, as terms from the autumn after year 0 (term 0)."""

from __future__ import annotations

import re
from math import floor
from typing import NamedTuple

from model.arrangements import OPEN_ENDED
from model.terms import AUTUMN, MONTHS_A_TERM, SPRING, SUMMER, TERMS_A_YEAR
from scenarios import dates, values
from scenarios.dates import AUGUST, Start
from scenarios.errors import BadInput

LONGEST_YEARS = 40
OPEN = "open-ended"
REVIEWS = "every year, every 2 years, after 18 months as 'after 5 terms', a list of such, or none"
WHEN = (
    "a month (2027-09), years after year 0 (+2), a month of the calendar years around year 0 (April +1: the "
    "first April after it), start, or start + 2 years"
)
LENGTH = "as 3 years, 1 year, 5 terms"
DECIDED = "as 1 term before, 1 year before, at the end, 2 terms after"

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_LENGTH = re.compile(r"([0-9]{1,3}) (year|term|month)s?\Z")
_FROM_START = re.compile(r"start(?: ([+-]) (.+))?\Z")
_NAMED_MONTH = re.compile(r"([a-z]+) ([+-]?[0-9]{1,2})\Z")
_EVERY = re.compile(r"every (?:([0-9]{1,2}) )?(year|term)s?\Z")


class When(NamedTuple):
    """A date: a month, whole years after year 0, or terms after the start of the scenario.

    ``month`` is 1 to 12, 0 for years after year 0; ``around`` says that ``year`` is counted from the calendar
    year in which year 0 ends; ``from_start`` that only ``terms`` counts.
    """

    year: int = 0
    month: int = 0
    around: bool = False
    from_start: bool = False
    terms: int = 0

    def term(self, year_0: int, start: int) -> int:
        """Settle the term that is under way.

        Parameters
        ----------
        year_0 : int
            The place's year 0.
        start : int
            Term in which the scenario starts.

        Returns
        -------
        int
            Terms since the autumn after year 0.
        """
        if self.from_start:
            return start + self.terms
        return term_of(Start(self.year + (year_0 if self.around else 0), self.month), year_0)

    def written(self) -> str:
        """Write it as it is read."""
        if self.from_start:
            sign = "-" if self.terms < 0 else "+"
            return f"start {sign} {in_words(abs(self.terms))}" if self.terms else "start"
        if self.around:
            return f"{_MONTHS[self.month - 1].capitalize()} {self.year:+d}"
        return dates.written(Start(self.year, self.month))


def term_of(start: Start, year_0: int) -> int:
    """Say in which term a date falls: August counts with the autumn, April begins the summer term.

    Parameters
    ----------
    start : Start
        The date.
    year_0 : int
        The place's year 0.

    Returns
    -------
    int
        Terms since the autumn after year 0.
    """
    if start.month == 0 or start.month >= AUGUST:
        season = AUTUMN
    else:
        season = SUMMER if start.month >= dates.APRIL else SPRING
    return TERMS_A_YEAR * (dates.academic_year(start, year_0) - year_0 - 1) + season


def read_when(found: object, where: str) -> When:
    """Read a date.

    Parameters
    ----------
    found : object
        As ``WHEN`` says.
    where : str
        The file and key, for the message.

    Returns
    -------
    When
        The date.

    Raises
    ------
    BadInput
        If it is none.
    """
    text = found.strip().lower() if isinstance(found, str) else ""
    after = _FROM_START.match(text)
    if after:
        terms = read_terms(after[2], where) if after[2] else 0
        return When(from_start=True, terms=-terms if after[1] == "-" else terms)
    named = _NAMED_MONTH.match(text)
    if named and named[1] in _MONTHS:
        return When(year=int(named[2]), month=_MONTHS.index(named[1]) + 1, around=True)
    try:
        start = dates.read_start(found, where)
    except BadInput:
        raise BadInput("is not a date", where=where, found=values.shown(found), allowed=WHEN) from None
    return When(year=start.year, month=start.month)


def of_months(months: float) -> int:
    """Turn months into terms.

    Parameters
    ----------
    months : float
        Months.

    Returns
    -------
    int
        The nearest number of terms; a half is the longer, so that 18 months are 5 terms.
    """
    return floor(months / MONTHS_A_TERM + 0.5)


def read_terms(found: object, where: str, *, open_ended: bool = False) -> int:
    """Read a length.

    Parameters
    ----------
    found : object
        As ``3 years``, ``5 terms`` or ``5 months`` (to the nearest term, halves up).
    where : str
        The file and key, for the message.
    open_ended : bool, optional
        Whether ``open-ended`` may stand there.

    Returns
    -------
    int
        Terms; ``model.arrangements.OPEN_ENDED`` where it is open-ended.

    Raises
    ------
    BadInput
        If it is no length, nothing, or too long.
    """
    text = found.strip().lower() if isinstance(found, str) else ""
    if open_ended and text == OPEN:
        return OPEN_ENDED
    parts = _LENGTH.match(text)
    allowed = f"{LENGTH}{', open-ended' if open_ended else ''}"
    if not parts:
        raise BadInput("is not a length of time", where=where, found=values.shown(found), allowed=allowed)
    number, unit = int(parts[1]), parts[2]
    terms = {"year": TERMS_A_YEAR * number, "term": number, "month": of_months(number)}[unit]
    if not 1 <= terms <= TERMS_A_YEAR * LONGEST_YEARS:
        raise BadInput(
            "is out of range",
            where=where,
            found=values.shown(found),
            allowed=f"1 term to {LONGEST_YEARS} years",
        )
    return terms


def read_before(found: object, where: str) -> int:
    """Read when a renewal is decided.

    Parameters
    ----------
    found : object
        As ``1 term before``, ``at the end`` or ``2 terms after``.
    where : str
        The file and key, for the message.

    Returns
    -------
    int
        Terms before the end; below 0 after it.

    Raises
    ------
    BadInput
        If it is none of these.
    """
    text = found.strip().lower() if isinstance(found, str) else ""
    if text == "at the end":
        return 0
    length, _, side = text.rpartition(" ")
    if side not in ("before", "after") or not _LENGTH.match(length):
        raise BadInput(
            "does not say when it is decided", where=where, found=values.shown(found),
            allowed=f"{DECIDED}, or an evidence row of months after the end",
        )  # fmt: skip
    terms = read_terms(length, where)
    return terms if side == "before" else -terms


def read_reviews(found: object, length: int, where: str) -> tuple[int, ...]:
    """Read at which points of an award the funder looks at it again and may stop it.

    Parameters
    ----------
    found : object
        As ``every year``, ``after 2 years``, a list of these, or nothing.
    length : int
        Terms of the award; ``OPEN_ENDED`` where it has no end.
    where : str
        The file and key, for the message.

    Returns
    -------
    tuple of int
        Terms after its start, before its end.

    Raises
    ------
    BadInput
        If it is none of these, or lies after the end.
    """
    if found is None:
        return ()
    last = length or TERMS_A_YEAR * LONGEST_YEARS
    points: set[int] = set()
    for item in found if isinstance(found, list) else [found]:
        text = item.strip().lower() if isinstance(item, str) else ""
        every = _EVERY.match(text)
        if every:
            step = int(every[1] or 1) * (TERMS_A_YEAR if every[2] == "year" else 1)
            points.update(range(step, last, step) if step else ())
        elif text.startswith("after "):
            points.add(read_terms(text.removeprefix("after "), where))
        else:
            raise BadInput("is not a review", where=where, found=values.shown(item), allowed=REVIEWS)
    if points and max(points) >= last:
        raise BadInput(
            "has a review at or after its end", where=where, found=values.shown(found),
            allowed=f"points before {in_words(last)}",
        )  # fmt: skip
    return tuple(sorted(points))


def in_words(terms: int) -> str:
    """Write a length in years where it is whole years, else in terms.

    Parameters
    ----------
    terms : int
        Terms.

    Returns
    -------
    str
        As ``3 years`` or ``1 term``.
    """
    years, left = divmod(terms, TERMS_A_YEAR)
    number, unit = (terms, "term") if left or not years else (years, "year")
    return f"{number} {unit}{'' if number == 1 else 's'}"


def decided_in_words(terms_before: int) -> str:
    """Write when a renewal is decided.

    Parameters
    ----------
    terms_before : int
        Terms before the end; below 0 after it.

    Returns
    -------
    str
        As ``1 term before the end``.
    """
    if terms_before == 0:
        return "at the end"
    return f"{in_words(abs(terms_before))} {'before' if terms_before > 0 else 'after'} the end"
