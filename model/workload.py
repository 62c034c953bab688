"""Workload: leadership time for work with other schools; beyond what a school can spare it costs practice.

A school has leaders by its size, and a part of their time to spare. What is lost beyond that (row
distraction_slope) is a level: it is reached while the load lasts, and goes when it goes.
"""

from __future__ import annotations

import numpy as np

from model.institution_facts import Facts
from model.place import Floats
from model.sharing_parameters import SharingParameters

WORKING_DAYS = 195
"""Days a year that a teacher works (School Teachers' Pay and Conditions Document)."""

_TENTH = 0.1


def leadership_days(facts: Facts, p: SharingParameters) -> Floats:
    """Count the leadership days that each school has a year.

    Parameters
    ----------
    facts : Facts
        Schools; pupils at the last census.
    p : SharingParameters
        One draw.

    Returns
    -------
    (n_schools,) float64
        Days a year.
    """
    leaders = p.leaders_base + p.leaders_per_100_pupils * facts.pupils / 100.0
    return np.asarray(WORKING_DAYS * leaders)


def beyond_capacity(days: Floats, facts: Facts, p: SharingParameters) -> Floats:
    """Say how much of its leadership time a school gives to others beyond what it can spare.

    Parameters
    ----------
    days : (n_schools,) float64
        Given to work with other schools, a year.
    facts : Facts
        Schools; pupils at the last census.
    p : SharingParameters
        One draw.

    Returns
    -------
    (n_schools,) float64
        Share of leadership time, nought or more.
    """
    return np.asarray(np.maximum(days / leadership_days(facts, p) - p.capacity_share, 0.0))


def distraction(beyond: Floats, p: SharingParameters, kept: float) -> Floats | None:
    """Give what a term of too much work with others takes from practice, in every domain.

    Parameters
    ----------
    beyond : (n_schools,) float64
        Share of leadership time beyond capacity.
    p : SharingParameters
        One draw.
    kept : float
        Part of embedded practice left after a term: a term takes the rest of the level that a lasting load
        leads to.

    Returns
    -------
    (n_schools,) float64 or None
        Between-school SD, nought or less; None for nothing.
    """
    if p.distraction_slope == 0.0 or not beyond.any():
        return None
    return np.asarray(-(1.0 - kept) * p.distraction_slope / _TENTH * beyond)
