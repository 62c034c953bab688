"""How a story says dates, money and lengths; and one line of it."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

MONEY, PEOPLE, SCHOOLS, CASES = "Money", "People", "Schools", "Cases"
THEMES = (MONEY, PEOPLE, SCHOOLS, CASES)
"""Headings, in the order in which they are told."""

_AUTUMN = 9  # month


class Line(NamedTuple):
    """One dated line: when, under which heading, what happened."""

    date: pd.Timestamp
    theme: str
    text: str

    @property
    def year(self) -> str:
        """Academic year, as ``2026/27``."""
        begins = self.date.year - (self.date.month < _AUTUMN)
        return f"{begins}/{(begins + 1) % 100:02d}"


def gbp(amount: float) -> str:
    """Write an amount of money.

    Parameters
    ----------
    amount : float
        GBP.

    Returns
    -------
    str
        As ``£310,000``; to the pound below 10,000, to the thousand above.
    """
    return f"£{amount:,.0f}" if abs(amount) < 10_000 else f"£{round(amount, -3):,.0f}"


def month(date: pd.Timestamp) -> str:
    """Write a month.

    Parameters
    ----------
    date : pandas.Timestamp
        Any day of it.

    Returns
    -------
    str
        As ``September 2026``.
    """
    names = (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    )  # fmt: skip
    return f"{names[date.month - 1]} {date.year}"


def years(length: float) -> str:
    """Write a length in years.

    Parameters
    ----------
    length : float
        Years.

    Returns
    -------
    str
        As ``1 year`` or ``2.3 years``.
    """
    said = f"{length:.1f}".removesuffix(".0")
    return f"{said} year{'s' * (said != '1')}"


def weeks(number: float) -> str:
    """Write a number of teaching weeks.

    Parameters
    ----------
    number : float
        Teaching weeks.

    Returns
    -------
    str
        As ``1 week`` or ``6 weeks``.
    """
    whole = round(float(number))
    return "less than a week" if number < 0.5 else f"{whole} week{'s' * (whole != 1)}"
