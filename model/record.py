"""What a run leaves behind, as plain arrays and rows; storing it is the business of ``outputs/``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from model.institution_record import InstitutionRecord
from model.place import Floats, Ints


class Column(NamedTuple):
    """One measured series: a measure for a group."""

    measure: str
    group: str


@dataclass(frozen=True, kw_only=True, eq=False)
class SchoolYears:
    """One row a school and year, flattened.

    Attributes
    ----------
    urn, year, roll : (n_rows,) int32
        Which school, which year (the year the academic year ends), pupils on roll.
    disadvantaged_share : (n_rows,) float64
        Share of the roll classed disadvantaged.
    ks2_rwm_expected, ks4_attainment8, absence, practice : (n_rows,) float64
        School results: share, points, share of half-days; NaN where no pupils were tested. Practice with what
        support and other schools have brought, mean over domains, between-school SD.
    """

    urn: Ints
    year: Ints
    roll: Ints
    disadvantaged_share: Floats
    ks2_rwm_expected: Floats
    ks4_attainment8: Floats
    absence: Floats
    practice: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Record:
    """The outcome of one run (one scenario, one draw, one replicate).

    Attributes
    ----------
    years : (n_years + 1,) int32
        Year 0 and each projected year.
    columns : tuple of Column
        What each column of ``values`` holds.
    values : (n_years + 1, n_columns) float64
        Measures at the end of each year, in the unit of the measures registry; NaN where undefined.
    schools : SchoolYears or None
        School detail, if asked for.
    programme_pupils : (n_years + 1,) int32
        Courses completed each year, all programmes together.
    programme_cost_gbp : (n_years + 1,) float64
        Their cost in GBP.
    institutions : InstitutionRecord or None
        Posts, cases, money and events, if detail was asked for and there are institutions.
    """

    years: Ints
    columns: tuple[Column, ...]
    values: Floats
    schools: SchoolYears | None
    programme_pupils: Ints
    programme_cost_gbp: Floats
    institutions: InstitutionRecord | None = None
