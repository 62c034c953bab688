"""How much of a headline is not learning: rise of scores under stakes, and pupils moved off the roll.

Each part counts from year 0; the rest of a headline's change since then is learning and intake.
"""

from __future__ import annotations

import numpy as np

from model.assessments import Sitting
from model.place import Bools, Floats, Index
from model.pupil_groups import ABSENT, Groups
from model.reference import Stage

_PER_CENT = 100.0
_NONE = dict.fromkeys(("all", "disadvantaged", "other", "gap"), 0.0)


def expected_by_inflation(sitting: Sitting, both: Floats, cut: float, groups: Groups) -> dict[str, float]:
    """Part of the share at the expected standard that rests on inflated scores.

    Parameters
    ----------
    sitting : Sitting
        Key Stage 2.
    both : (n,) float64
        Its lower domain scores, pupil SD.
    cut : float
        Score of the expected standard, pupil SD.
    groups : Groups
        Who is in which group.

    Returns
    -------
    dict of str to float
        Percentage points by group; 0 where nothing is inflated.
    """
    if sitting.inflation is None:
        return _NONE
    learned = both - sitting.inflation >= cut
    return groups.means(_PER_CENT * ((both >= cut).astype(np.float64) - learned))


def points_by_inflation(sitting: Sitting, stage: Stage, groups: Groups) -> dict[str, float]:
    """Part of Attainment 8 that rests on inflated scores.

    Parameters
    ----------
    sitting : Sitting
        Key Stage 4.
    stage : Stage
        For its points a unit.
    groups : Groups
        Who is in which group.

    Returns
    -------
    dict of str to float
        Points by group; 0 where nothing is inflated.
    """
    if sitting.inflation is None:
        return _NONE
    return groups.means(stage.points_per_unit * sitting.inflation)


def points_by_roll(
    sitting: Sitting, stage: Stage, groups: Groups, moved: Bools, labels: Index
) -> dict[str, float]:
    """Part of Attainment 8 that rests on who is no longer on the roll, against the usual of year 0.

    Parameters
    ----------
    sitting : Sitting
        Key Stage 4.
    stage : Stage
        For its points a unit.
    groups : Groups
        Of the pupils on the roll.
    moved : (n,) bool
        Who of the cohort has been moved off the roll.
    labels : (n,) intp
        Group of every child of the cohort, on the roll or not.

    Returns
    -------
    dict of str to float
        Points by group; 0 where no one was ever moved.
    """
    if sitting.lift is None and not moved.any():
        return _NONE
    lift: Floats = np.zeros(len(moved)) if sitting.lift is None else sitting.lift
    whole = Groups(np.where(moved & (groups.codes == ABSENT), labels, groups.codes))
    of_roll, of_all = groups.means(sitting.mean), whole.means(sitting.mean + lift)
    return {group: stage.points_per_unit * (of_roll[group] - of_all[group]) for group in of_roll}
