"""Pupils counted for a financial year: over whom amounts a pupil are paid."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.arrangements import PaidFor
from model.institution_facts import Facts
from model.place import Phase


class Counts(NamedTuple):
    """Pupils counted for a financial year, by LA."""

    pupils: dict[PaidFor, list[float]]
    primary_share: list[float]  # of the pupils of maintained schools


def count_pupils(facts: Facts) -> Counts:
    """Count pupils at the census before a financial year.

    Parameters
    ----------
    facts : Facts
        Schools and their pupils.

    Returns
    -------
    Counts
        By LA.
    """
    counted = {paid_for: facts.counted(paid_for).tolist() for paid_for in PaidFor}
    maintained = facts.pupils * facts.maintained
    by_la = np.bincount(facts.la, maintained, minlength=facts.n_la)
    primary = np.bincount(facts.la, maintained * (facts.phase == Phase.PRIMARY), minlength=facts.n_la)
    share = np.divide(primary, by_la, out=np.ones_like(by_la, dtype=np.float64), where=by_la > 0)
    return Counts(counted, share.tolist())
