"""Tests: what is read of attainment at 5, 11 and 16, and how year 0 is tied to its published results."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.place import Bools, Floats, Group, Place
from model.randomness import Chance
from model.recursion import READ_AT
from model.reference import Reference, Stage
from model.register import Cohort, Register


class Sitting(NamedTuple):
    """Scores of one cohort at one stage."""

    cohort: Cohort
    scores: Floats  # (2, cohort.size), pupil SD, test error included

    @property
    def both(self) -> Floats:
        """Lower of the two domain scores: at or above a cut exactly where both are."""
        return np.asarray(np.minimum(self.scores[0], self.scores[1]))

    @property
    def mean(self) -> Floats:
        """Mean of the two domain scores."""
        return np.asarray(0.5 * (self.scores[0] + self.scores[1]))


YEAR_GROUP_OF = {stage: years - 1 for stage, years in READ_AT.items()}


def sit(register: Register, year: int, stage: str, error_variance: float, chance: Chance) -> Sitting:
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
    return Sitting(cohort, scores)


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
        order = np.argsort(cells, kind="stable")
        edges = np.searchsorted(cells[order], np.arange(2 * place.n_la + 1))
        for cell in range(2 * place.n_la):
            rows = order[edges[cell] : edges[cell + 1]]
            target = published[cell // 2, Group(cell % 2)]
            if not rows.size or np.isnan(target):
                continue
            shift = (
                _shift_to_rate(value[rows], reference.ks2.cut, target)
                if is_ks2
                else _shift_to_points(reference.ks4, value[rows], target)
            )
            register.attainment[:, sitting.cohort.start + rows] += shift


def _shift_to_points(stage: Stage, scores: Floats, target: float) -> float:
    """Shift that makes mean Attainment 8 the published one."""
    return (target - float(points(stage, scores).mean())) / stage.points_per_unit
