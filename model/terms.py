"""Terms, weeks and financial years: 13 teaching weeks a term, 3 terms a year, April with the summer term."""

from __future__ import annotations

TERMS_A_YEAR = 3
WEEKS_A_TERM = 13
MONTHS_A_TERM = 4
AUTUMN, SPRING, SUMMER = 0, 1, 2
_NAMES = ("autumn", "spring", "summer")


def term_of_year(term: int) -> int:
    """Say which term of the academic year a term is.

    Parameters
    ----------
    term : int
        Terms since the autumn after year 0; negative before.

    Returns
    -------
    int
        ``AUTUMN``, ``SPRING`` or ``SUMMER``.
    """
    return term % TERMS_A_YEAR


def academic_year(term: int, year_0: int) -> int:
    """Give the academic year of a term, by the year it ends.

    Parameters
    ----------
    term : int
        Terms since the autumn after year 0.
    year_0 : int
        The place's year 0.

    Returns
    -------
    int
        As 2027 for 2026/27.
    """
    return year_0 + 1 + term // TERMS_A_YEAR


def financial_year(term: int, year_0: int) -> int:
    """Give the financial year of a term, by the year it ends: it begins with the summer term.

    Parameters
    ----------
    term : int
        Terms since the autumn after year 0.
    year_0 : int
        The place's year 0.

    Returns
    -------
    int
        As 2028 for April 2027 to March 2028.
    """
    return academic_year(term, year_0) + (term_of_year(term) == SUMMER)


def first_week(term: int) -> int:
    """Give the week in which a term begins.

    Parameters
    ----------
    term : int
        Terms since the autumn after year 0.

    Returns
    -------
    int
        Teaching weeks since then.
    """
    return WEEKS_A_TERM * term


def share_a_term(chance_a_year: float) -> float:
    """Turn a yearly chance into that of one term.

    Parameters
    ----------
    chance_a_year : float
        0 to 1.

    Returns
    -------
    float
        Chance a term which leaves the same share after a year.
    """
    return float(1.0 - (1.0 - chance_a_year) ** (1.0 / TERMS_A_YEAR))


def term_name(term: int, year_0: int) -> str:
    """Name a term.

    Parameters
    ----------
    term : int
        Terms since the autumn after year 0.
    year_0 : int
        The place's year 0.

    Returns
    -------
    str
        As ``autumn 2027/28``.
    """
    year = academic_year(term, year_0)
    return f"{_NAMES[term_of_year(term)]} {year - 1}/{year % 100:02d}"
