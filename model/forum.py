"""Schools Forum: maintained schools of each phase vote on de-delegation, and what they get tilts the vote."""

from __future__ import annotations

import math

import numpy as np

from model.institution_facts import Facts
from model.membership_parameters import MembershipParameters
from model.place import Floats, Phase

PHASES = 2
"""Primary and secondary schools vote each for themselves; the vote binds the phase."""


class Forum:
    """What maintained schools of each LA and phase think of what they pay for.

    Parameters
    ----------
    n_la : int
        Number of LAs.

    Attributes
    ----------
    tilt : list of list of float
        By LA and phase: log odds by which a vote against is less likely than usual; 0 until one is heard.
    """

    def __init__(self, n_la: int) -> None:
        self.tilt: list[list[float]] = [[0.0] * PHASES for _ in range(n_la)]

    def hear(self, tilt: Floats) -> None:
        """Schools say what they think, before the autumn's vote.

        Parameters
        ----------
        tilt : (n_la, 2) float64
            Log odds in favour, against the usual.
        """
        self.tilt = tilt.tolist()


def tilted(against: float, tilt: float) -> float:
    """Chance of a vote against, as schools' opinion tilts it.

    Parameters
    ----------
    against : float
        As such votes usually fall, 0 to 1.
    tilt : float
        Log odds in favour.

    Returns
    -------
    float
        0 to 1; what is certain stays certain.
    """
    if not tilt or not 0.0 < against < 1.0:
        return against
    odds = against / (1.0 - against) * math.exp(-tilt)
    return odds / (1.0 + odds)


def opinion(facts: Facts, value: Floats, p: MembershipParameters) -> Floats:
    """Mean opinion of the maintained schools of each LA and phase, one school one vote.

    Parameters
    ----------
    facts : Facts
        Schools; academies have no vote on what they do not pay.
    value : (n_schools,) float64
        What each gets for what it gives against the usual, log odds.
    p : MembershipParameters
        One draw.

    Returns
    -------
    (n_la, 2) float64
        Log odds in favour; 0 where no maintained school is left.
    """
    vote = facts.la.astype(np.intp) * PHASES + (facts.phase == Phase.SECONDARY)
    n = PHASES * facts.n_la
    votes = np.bincount(vote, facts.maintained, n)
    mean = np.bincount(vote, value * facts.maintained, n) / np.maximum(votes, 1.0)
    return np.asarray(p.vote_weight * mean.reshape(facts.n_la, PHASES))
