"""School detail: one row a school and year."""

from __future__ import annotations

import numpy as np

from model.assessments import points
from model.measuring import Measuring, YearResults
from model.place import FIRST_SECONDARY_YEAR_GROUP, Bools, Floats, Ints, Place
from model.practice import Practice
from model.record import SchoolYears
from model.reference import Reference
from model.register import Register


def _mean_by_school(school: Ints, values: Floats, present: Bools, n: int) -> Floats:
    count = np.bincount(school[present], minlength=n)[:n]
    total = np.bincount(school[present], values[present], n)[:n]
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(count > 0, total / np.maximum(count, 1), np.nan))


def school_year(
    place: Place,
    reference: Reference,
    measuring: Measuring,
    register: Register,
    results: YearResults,
    practice: Practice,
) -> SchoolYears:
    """Take the rows of one year.

    Parameters
    ----------
    place : Place
        Its schools are the rows.
    reference : Reference
        Cut of KS2 and points of KS4.
    measuring : Measuring
        Who is classed disadvantaged and who is in a school of the place.
    register : Register
        Pupils at the end of the year.
    results : YearResults
        What happened in the year.
    practice : Practice
        Practice at the end of the year; taken with all that support and other schools have brought.

    Returns
    -------
    SchoolYears
        One row a school.
    """
    n = len(place.schools)
    active = register.active(results.year)
    phase = (results.year_group >= FIRST_SECONDARY_YEAR_GROUP).astype(np.intp)
    present, school = measuring.present(register, active), register.school[active]
    poor = measuring.disadvantaged(register, active, phase).astype(np.float64)
    ks2 = slice(results.ks2.cohort.start, results.ks2.cohort.end)
    ks4 = slice(results.ks4.cohort.start, results.ks4.cohort.end)
    passed = (results.ks2.both >= reference.ks2.cut).astype(np.float64)
    return SchoolYears(
        urn=place.schools.urn,
        year=np.full(n, results.year, dtype=np.int32),
        roll=np.bincount(school[present], minlength=n)[:n].astype(np.int32),
        disadvantaged_share=_mean_by_school(school, poor, present, n),
        ks2_rwm_expected=_mean_by_school(register.school[ks2], passed, measuring.present(register, ks2), n),
        ks4_attainment8=_mean_by_school(
            register.school[ks4], points(reference.ks4, results.ks4.mean), measuring.present(register, ks4), n
        ),
        absence=_mean_by_school(school, results.absence, present, n),
        practice=practice.practice().mean(axis=1),
    )


def join(years: list[SchoolYears]) -> SchoolYears:
    """Put the years under one another.

    Parameters
    ----------
    years : list of SchoolYears
        One a year, at least one.

    Returns
    -------
    SchoolYears
        All rows, in the order given.
    """
    names = SchoolYears.__dataclass_fields__
    return SchoolYears(**{name: np.concatenate([getattr(year, name) for year in years]) for name in names})
