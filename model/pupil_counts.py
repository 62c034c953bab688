"""Pupils counted for a financial year: over whom amounts a pupil are paid."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.arrangements import PaidFor
from model.institution_facts import Facts
from model.place import Phase


class Counts(NamedTuple):
    """Pupils counted for a financial year, by unit: LA within an area."""

    pupils: dict[PaidFor, list[float]]
    primary_share: list[float]  # of the pupils of maintained schools
    of_area: list[float]  # all pupils, by area


def count_pupils(facts: Facts) -> Counts:
    """Count pupils at the census before a financial year.

    Parameters
    ----------
    facts : Facts
        Schools and their pupils.

    Returns
    -------
    Counts
        By unit, and all pupils by area.
    """
    units, unit = len(facts.areas.units), facts.areas.unit_of_school
    counted = {paid_for: facts.counted(paid_for).tolist() for paid_for in PaidFor}
    maintained = facts.pupils * facts.maintained
    whole = np.bincount(unit, maintained, minlength=units)
    primary = np.bincount(unit, maintained * (facts.phase == Phase.PRIMARY), minlength=units)
    share = np.divide(primary, whole, out=np.ones_like(whole, dtype=np.float64), where=whole > 0)
    of_area = np.bincount(facts.area, facts.pupils, minlength=facts.n_areas)
    return Counts(counted, share.tolist(), of_area.tolist())
