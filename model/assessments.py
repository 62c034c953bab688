"""Tests: what is read of attainment at 5, 11 and 16, and how year 0 is tied to its published results."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from model.place import Bools, Floats, Group, Index, Ints, Place
from model.pressure import any_of
from model.randomness import Chance
from model.recursion import READ_AT
from model.reference import Reference, Stage
from model.register import Cohort, Register


class Sitting(NamedTuple):
    """Scores of one cohort at one stage."""

    cohort: Cohort
    scores: Floats  # (2, cohort.size), pupil SD, test error included
    inflation: Floats | None = None  # (cohort.size,) part of both scores that is no learning, pupil SD
    lift: Floats | None = None  # (cohort.size,) taken off both: what usual off-rolling adds, pupil SD

    @property
    def both(self) -> Floats:
        """Lower of the two domain scores: at or above a cut exactly where both are."""
        return np.asarray(np.minimum(self.scores[0], self.scores[1]))

    @property
    def mean(self) -> Floats:
        """Mean of the two domain scores."""
        return np.asarray(0.5 * (self.scores[0] + self.scores[1]))


YEAR_GROUP_OF = {stage: years - 1 for stage, years in READ_AT.items()}


def sit(
    register: Register,
    year: int,
    stage: str,
    error_variance: float,
    chance: Chance,
    inflation: Floats | None = None,
) -> Sitting:
    """Let the year's cohort sit a stage's tests.

    Parameters
    ----------
    register : Register
        Attainment and this year's boost.
    year : int
        The year the academic year ends.
    stage : str
        ``eyfs``, ``ks1``, ``ks2`` or ``ks4``.
    error_variance : float
        Variance of one domain's test error.
    chance : Chance
        Stream ``test`` and the stage's name.
    inflation : (n_schools,) float64, optional
        What each school's scores rise without learning, pupil SD; shown in the scores and in nothing else.

    Returns
    -------
    Sitting
        Scores.
    """
    cohort = register.in_year(year, YEAR_GROUP_OF[stage])
    block = slice(cohort.start, cohort.end)
    error = (
        chance.normals(f"test {stage}", cohort.entry_year, year, 2 * cohort.size).reshape(cohort.size, 2).T
    )
    scores = register.attainment[:, block] + register.boost[:, block] + np.sqrt(error_variance) * error
    if inflation is None or not any_of(inflation):
        return Sitting(cohort, scores)
    school, n = register.school[block], len(inflation)
    risen = np.where(school < n, inflation[np.minimum(school, n - 1)], 0.0)
    return Sitting(cohort, scores + risen, risen)


def points(stage: Stage, scores: Floats) -> Floats:
    """Attainment 8 points of mean scores: linear, so that means of groups stay means.

    Parameters
    ----------
    stage : Stage
        Key Stage 4 of the reference: its origin (``cut``) and points a unit.
    scores : float64 array
        Means of the two domain scores, pupil SD.

    Returns
    -------
    float64 array
        Attainment 8 points; shape as ``scores``. Not cut off at 0.
    """
    return np.asarray((scores - stage.cut) * stage.points_per_unit)


def _shift_to_rate(both: Floats, cut: float, rate: float) -> float:
    """Shift that puts exactly the nearest whole number of pupils at or above the cut."""
    order = np.sort(both)
    passing = round(rate * len(order))
    if passing <= 0:
        return cut - float(order[-1]) - 1e-6
    if passing >= len(order):
        return cut - float(order[0]) + 1e-6
    return cut - 0.5 * float(order[-passing] + order[-passing - 1])


def tie_schools_to_published(
    place: Place,
    reference: Reference,
    register: Register,
    ks2: Sitting,
    ks4: Sitting,
    present: tuple[Bools, Bools],
) -> None:
    """Shift the noise of Year 6 and Year 11 of year 0, school by school, to the schools' published results.

    Parameters
    ----------
    place : Place
        Nothing is done where no result of a single school is of year 0.
    reference : Reference
        Cuts and points.
    register : Register
        Attainment, and the scores of both sittings, change in place.
    ks2, ks4 : Sitting
        What they score without it.
    present : tuple of (n,) bool
        Who of Year 6 and of Year 11 is in the place's schools.
    """
    results = place.school_results
    if results is None or place.year not in results.years:
        return
    column = int(np.flatnonzero(results.years == place.year)[0])
    n = len(place.schools)
    for sitting, here, published in zip(
        (ks2, ks4), present, (results.ks2_rwm[:, column], results.ks4_attainment8[:, column]), strict=True
    ):
        block = slice(sitting.cohort.start, sitting.cohort.end)
        value = sitting.both if sitting is ks2 else sitting.mean
        cells = np.where(here, np.minimum(register.school[block], n), n)
        for school, rows in _cells(cells, n):
            if not np.isnan(published[school]):
                shift = _shift_to(sitting is ks2, reference, value[rows], float(published[school]))
                register.attainment[:, sitting.cohort.start + rows] += shift
                sitting.scores[:, rows] += shift


def _cells(cells: Ints, n: int) -> Iterator[tuple[int, Index]]:
    """Rows of each cell 0 to n - 1 that has any."""
    order = np.argsort(cells, kind="stable")
    edges = np.searchsorted(cells[order], np.arange(n + 1))
    for cell in np.flatnonzero(np.diff(edges)).tolist():
        yield cell, order[edges[cell] : edges[cell + 1]]


def _shift_to(is_ks2: bool, reference: Reference, value: Floats, target: float) -> float:
    """Shift that makes a cell's result the published one."""
    if is_ks2:
        return _shift_to_rate(value, reference.ks2.cut, target)
    return _shift_to_points(reference.ks4, value, target)


def tie_to_published(
    place: Place,
    reference: Reference,
    register: Register,
    ks2: Sitting,
    ks4: Sitting,
    disadvantaged: tuple[Bools, Bools],
    present: tuple[Bools, Bools],
) -> None:
    """Shift the noise of Year 6 and Year 11 of year 0, by LA and group, to the published results.

    Parameters
    ----------
    place : Place
        Its last results are of year 0.
    reference : Reference
        Cuts and points.
    register : Register
        Attainment changes in place.
    ks2, ks4 : Sitting
        What they score without it.
    disadvantaged : tuple of (n,) bool
        Who of Year 6 and of Year 11 is classed disadvantaged.
    present : tuple of (n,) bool
        Who of Year 6 and of Year 11 is in the place's schools.
    """
    for sitting, labelled, here in zip((ks2, ks4), disadvantaged, present, strict=True):
        is_ks2 = sitting is ks2
        published = place.results.ks2_rwm[:, -1] if is_ks2 else place.results.ks4_attainment8[:, -1]
        la = register.la[sitting.cohort.start : sitting.cohort.end]
        value = sitting.both if is_ks2 else sitting.mean
        cells = np.where(here, 2 * la + ~labelled, 2 * place.n_la)
        for cell, rows in _cells(cells, 2 * place.n_la):
            target = published[cell // 2, Group(cell % 2)]
            if not np.isnan(target):
                shift = _shift_to(is_ks2, reference, value[rows], float(target))
                register.attainment[:, sitting.cohort.start + rows] += shift


def _shift_to_points(stage: Stage, scores: Floats, target: float) -> float:
    """Shift that makes mean Attainment 8 the published one."""
    return (target - float(points(stage, scores).mean())) / stage.points_per_unit
