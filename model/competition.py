"""Competition for pupils between near schools of one phase, the more so where places stand empty."""

from __future__ import annotations

import numpy as np

from model.institution_facts import Facts
from model.place import Floats, Index
from model.tie_pairs import network_of
from model.tie_parameters import TieParameters

_SPECIAL = 2


def nearness(facts: Facts, first: Index, second: Index, p: TieParameters) -> Floats:
    """Say how far schools draw on the same families.

    Parameters
    ----------
    facts : Facts
        Schools.
    first, second : (n_ties,) intp
        Rows of the schools.
    p : TieParameters
        One draw.

    Returns
    -------
    (n_ties,) float64
        1 at the same door, about a third at the reach of the phase; 0 across phases and for special schools.
    """
    network = network_of(facts.phase)
    same = (network[first] == network[second]) & (network[first] != _SPECIAL)
    km = np.hypot(facts.x_km[first] - facts.x_km[second], facts.y_km[first] - facts.y_km[second])
    reach = np.array([p.reach_primary_km, p.reach_secondary_km, p.reach_secondary_km])[network[first]]
    return np.asarray(same * np.exp(-km / reach))


def competition(facts: Facts, first: Index, second: Index, near: Floats, p: TieParameters) -> Floats:
    """Say how far schools compete for pupils now.

    Parameters
    ----------
    facts : Facts
        Pupils on roll and places.
    first, second : (n_ties,) intp
        Rows of the schools.
    near : (n_ties,) float64
        As ``nearness`` gives.
    p : TieParameters
        One draw.

    Returns
    -------
    (n_ties,) float64
        0 to 1.
    """
    spare = (facts.capacity - facts.pupils) / np.maximum(facts.capacity, 1.0)
    pressed = np.clip(spare / p.spare_share, 0.0, 1.0)
    both = 0.5 * (pressed[first] + pressed[second])
    return np.asarray(near * (p.full_competition + (1.0 - p.full_competition) * both))
