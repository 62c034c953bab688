"""The embedded table of published figures: LAs, their indicators by year, and their schools.

Figures of the Department for Education, under the Open Government Licence v3.0; sources, years, units and
what is imputed are in ``published/SOURCES.md``.
"""

from functools import cache

import pandas as pd

from scenarios.errors import BadInput
from scenarios.places.authorities import Authority, find_authority, load_authorities, read_published

__all__ = [
    "ENGLAND_CODE",
    "PLACE_YEARS",
    "Authority",
    "check_place_year",
    "england",
    "find_authority",
    "indicators",
    "load_authorities",
    "national_rows",
    "special_rates",
    "structure",
]
ENGLAND_CODE = 970
PLACE_YEARS = (2016, 2017, 2018, 2019, 2022, 2023)
"""Years that a place can start from: those with both KS2 and KS4 examinations."""


@cache
def _indicators() -> pd.DataFrame:
    return read_published("indicators").set_index(["la_code", "year"])


def indicators(la_code: int) -> pd.DataFrame:
    """Give the published indicators of an LA.

    Parameters
    ----------
    la_code : int
        The DfE code of an LA with figures, or 970 for England.

    Returns
    -------
    pandas.DataFrame
        Indexed by year (int, the year in which the academic year ends, 2016 to 2023); float columns in per
        cent or points as published, NaN where no LA has a figure; ``imputed`` (str) names the columns of
        the row that are not published for the LA, joined by ``;``.

    Raises
    ------
    BadInput
        If no figures are held for that LA.
    """
    code = la_code if la_code == ENGLAND_CODE else find_authority(la_code).code
    table = _indicators().loc[[code]].droplevel("la_code")
    table["imputed"] = table["imputed"].fillna("").astype(str)
    return table


def england() -> pd.DataFrame:
    """Give the published indicators of England.

    Returns
    -------
    pandas.DataFrame
        As `indicators`.
    """
    return indicators(ENGLAND_CODE)


def national_rows() -> pd.DataFrame:
    """Give the published indicators of every LA with figures, England not among them.

    Returns
    -------
    pandas.DataFrame
        Indexed by (la_code, year), columns as `indicators`.
    """
    table = _indicators()
    table = table[table.index.get_level_values("la_code") != ENGLAND_CODE].copy()
    table["imputed"] = table["imputed"].fillna("").astype(str)
    return table


@cache
def _structure() -> pd.DataFrame:
    return read_published("structure").fillna({"imputed": "", "older": ""}).set_index("la_code")


def structure(la_code: int) -> pd.Series:
    """Give what schools an LA has.

    Parameters
    ----------
    la_code : int
        The DfE code of an LA with figures.

    Returns
    -------
    pandas.Series
        Counts, pupils, shares, log sizes, kilometres, by the names in ``published/SOURCES.md``; ``older``
        and ``imputed`` (str) name entries from January 2019 and entries not published.

    Raises
    ------
    BadInput
        If no figures are held for that LA.
    """
    return _structure().T[find_authority(la_code).code].copy()


def special_rates() -> pd.DataFrame:
    """Give national results of special schools and alternative provision.

    Returns
    -------
    pandas.DataFrame
        Columns school_type (``special``, ``ap``), measure, value (NaN: not in the sources), unit, year,
        schools, pupils, note.
    """
    return read_published("special_rates")


def check_place_year(year: int) -> int:
    """Check that a place can start from a year.

    Parameters
    ----------
    year : int
        The year in which the academic year ends.

    Returns
    -------
    int
        The same year.

    Raises
    ------
    BadInput
        If KS2 or KS4 figures of that year are missing, or come from teachers' assessment.
    """
    if year in PLACE_YEARS:
        return year
    reason = (
        "there were no KS2 tests, and KS4 grades were teachers' assessments"
        if year in (2020, 2021)
        else "the embedded table does not hold that year"
    )
    if year > max(PLACE_YEARS):
        reason += " (`lepsim place build` makes a place of it from files that do)"
    raise BadInput(
        f"a place cannot start from {year}: {reason}",
        where="place year",
        found=str(year),
        allowed=", ".join(map(str, PLACE_YEARS)),
        nearest=[str(min(PLACE_YEARS, key=lambda valid: abs(valid - year)))],
    )
