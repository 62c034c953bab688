"""What a column of a published file holds: the kinds, and short ways to declare a column of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    URN = "unique reference number"
    LA = "three-figure LA code"
    WHOLE = "whole number"
    NUMBER = "number"
    MONEY = "sum in pounds"
    PERCENT = "percentage"
    DATE = "date"
    YEAR = "year"


LOWEST_URN, HIGHEST_URN = 10_000.0, 999_999.0
LOWEST_LA, HIGHEST_LA = 100.0, 1_000.0


@dataclass(frozen=True)
class Column:
    """One column of ours, and how files call it.

    Attributes
    ----------
    headings : tuple of str
        Accepted headings, preferred first; case, spaces and punctuation do not matter.
    kind : Kind
        What the cells hold.
    low, high : float
        Lowest and highest possible number, in the unit of the file (per cent for per cents).
    form : str
        For text that names a row: the pattern it must have; empty for any text.
    """

    headings: tuple[str, ...]
    kind: Kind
    low: float = float("-inf")
    high: float = float("inf")
    form: str = ""


NUMERIC: Final = frozenset({Kind.WHOLE, Kind.NUMBER, Kind.MONEY, Kind.PERCENT})
"""Kinds that become float64 with a column of codes beside them."""


def text(*headings: str) -> Column:
    """Declare a column of text.

    Parameters
    ----------
    *headings : str
        Accepted headings.

    Returns
    -------
    Column
        The declaration.
    """
    return Column(headings, Kind.TEXT)


def name_of_row(*headings: str, form: str) -> Column:
    """Declare a column of text that names a row and has a fixed form.

    Parameters
    ----------
    *headings : str
        Accepted headings.
    form : str
        Regular expression of the whole text.

    Returns
    -------
    Column
        The declaration.
    """
    return Column(headings, Kind.TEXT, form=form)


def urn(*headings: str) -> Column:
    """Declare a column of unique reference numbers.

    Parameters
    ----------
    *headings : str
        Accepted headings.

    Returns
    -------
    Column
        The declaration.
    """
    return Column(headings, Kind.URN, LOWEST_URN, HIGHEST_URN)


def la(*headings: str) -> Column:
    """Declare a column of three-digit LA codes.

    Parameters
    ----------
    *headings : str
        Accepted headings.

    Returns
    -------
    Column
        The declaration.
    """
    return Column(headings, Kind.LA, LOWEST_LA, HIGHEST_LA)


def count(*headings: str) -> Column:
    """Declare a column of counts of pupils or of anything else.

    Parameters
    ----------
    *headings : str
        Accepted headings.

    Returns
    -------
    Column
        The declaration: whole numbers, not below nought.
    """
    return Column(headings, Kind.WHOLE, 0.0, 1e8)


def number(*headings: str, low: float, high: float) -> Column:
    """Declare a column of numbers.

    Parameters
    ----------
    *headings : str
        Accepted headings.
    low, high : float
        Lowest and highest possible number.

    Returns
    -------
    Column
        The declaration.
    """
    return Column(headings, Kind.NUMBER, low, high)


def share(*headings: str) -> Column:
    """Declare a column published in per cent, kept as a share of 1.

    Parameters
    ----------
    *headings : str
        Accepted headings.

    Returns
    -------
    Column
        The declaration: 0 to 100 in the file, 0 to 1 here.
    """
    return Column(headings, Kind.PERCENT, 0.0, 100.0)


def money(*headings: str, low: float = -1e9, high: float = 1e9) -> Column:
    """Declare a column of pounds.

    Parameters
    ----------
    *headings : str
        Accepted headings.
    low, high : float
        Lowest and highest possible sum, GBP.

    Returns
    -------
    Column
        The declaration.
    """
    return Column(headings, Kind.MONEY, low, high)


def date(*headings: str) -> Column:
    """Declare a column of dates, day before month.

    Parameters
    ----------
    *headings : str
        Accepted headings.

    Returns
    -------
    Column
        The declaration.
    """
    return Column(headings, Kind.DATE)


def year(*headings: str) -> Column:
    """Declare a column of years: 2018, 2017/18, 2017-18 or 201718, each meaning the year that ends in 2018.

    Parameters
    ----------
    *headings : str
        Accepted headings.

    Returns
    -------
    Column
        The declaration.
    """
    return Column(headings, Kind.YEAR, 1990.0, 2100.0)
