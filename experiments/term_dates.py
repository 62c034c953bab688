"""Terms and teaching weeks as dates on a calendar, and years as a school or a council writes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from model.terms import AUTUMN, SPRING, WEEKS_A_TERM, academic_year, financial_year, first_week, term_of_year

_HALF_TERM_AFTER = (
    7  # weeks; the week's holiday is left out of spring, which has to end with the financial year
)
_MONDAY, _FRIDAY = 0, 4
_DUST = 1e-6  # a week over seven, times seven


def first_day(term: int, year_0: int) -> date:
    """Give the first day of a term: a Monday in early September, early January or mid-April.

    Parameters
    ----------
    term : int
        Terms since the autumn after year 0.
    year_0 : int
        The place's year 0.

    Returns
    -------
    datetime.date
        The first Monday in September, of the year, or from 8 April.
    """
    ends = academic_year(term, year_0)
    which = term_of_year(term)
    begins = {AUTUMN: date(ends - 1, 9, 1), SPRING: date(ends, 1, 1)}.get(which, date(ends, 4, 8))
    return begins + timedelta(days=(_MONDAY - begins.weekday()) % 7)


def day_of_week(week: float, year_0: int) -> date:
    """Give the day on which a teaching week, or a part of one, begins.

    Parameters
    ----------
    week : float
        Teaching weeks since the autumn after year 0.
    year_0 : int
        The place's year 0.

    Returns
    -------
    datetime.date
        A day of the financial year that ``model.terms`` counts the week to.
    """
    term = int(week // WEEKS_A_TERM)
    into = week - first_week(term)
    spring = term_of_year(term) == SPRING
    holiday = 0 if spring or into < _HALF_TERM_AFTER else 7
    day = first_day(term, year_0) + timedelta(days=int(7 * into + _DUST) + holiday)
    return min(day, date(academic_year(term, year_0), 3, 31)) if spring else day


def last_days(terms: ArrayLike, year_0: int) -> NDArray[np.datetime64]:
    """Give the last day of each term, a Friday but at the end of the financial year.

    Parameters
    ----------
    terms : (n,) array_like of int
        Terms since the autumn after year 0.
    year_0 : int
        The place's year 0.

    Returns
    -------
    (n,) datetime64[s]
        Of the same academic and financial year as the term.
    """
    weeks = WEEKS_A_TERM * np.asarray(terms) + (WEEKS_A_TERM - 1 + _FRIDAY / 7)
    return dates(weeks, year_0)


def dates(weeks: ArrayLike, year_0: int) -> NDArray[np.datetime64]:
    """Turn teaching weeks into dates.

    Parameters
    ----------
    weeks : (n,) array_like of float
        Teaching weeks since the autumn after year 0; NaN where there is none.
    year_0 : int
        The place's year 0.

    Returns
    -------
    (n,) datetime64[s]
        ``NaT`` where there is none.
    """
    values = np.asarray(weeks, np.float64)
    distinct, back = np.unique(values, return_inverse=True)
    days = [
        np.datetime64("NaT", "s") if np.isnan(week) else np.datetime64(day_of_week(float(week), year_0), "s")
        for week in distinct
    ]
    return np.array(days, "datetime64[s]")[back.reshape(values.shape)]


def academic_years(terms: ArrayLike, year_0: int) -> pd.Categorical:
    """Write the academic year of each term.

    Parameters
    ----------
    terms : (n,) array_like of int
        Terms since the autumn after year 0.
    year_0 : int
        The place's year 0.

    Returns
    -------
    pandas.Categorical
        As ``2026/27``.
    """
    return _written(np.asarray(terms), lambda term: academic_year(term, year_0), "/")


def financial_years(terms: ArrayLike, year_0: int) -> pd.Categorical:
    """Write the financial year (April to March) of each term.

    Parameters
    ----------
    terms : (n,) array_like of int
        Terms since the autumn after year 0.
    year_0 : int
        The place's year 0.

    Returns
    -------
    pandas.Categorical
        As ``2026-27``.
    """
    return _written(np.asarray(terms), lambda term: financial_year(term, year_0), "-")


def _written(terms: NDArray, year_of: Callable[[int], int], sign: str) -> pd.Categorical:
    distinct, back = np.unique(terms, return_inverse=True)
    ends = np.array([year_of(int(term)) for term in distinct], np.int64)
    years, codes = np.unique(ends[back], return_inverse=True)
    names = [f"{end - 1}{sign}{end % 100:02d}" for end in years.tolist()]
    return pd.Categorical.from_codes(codes, categories=pd.Index(names, dtype=object), ordered=True)
