"""Dispositions of schools: how open, how trusting, how much at stake, how rigorous.

They begin as drawn; mutual trust, stakes and openness then move with what befalls schools
(``model/local_system.py``), each by a new array: no one changes a column in place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.brokerage_parameters import BrokerageParameters
from model.place import Floats
from model.randomness import Chance

_SCHOOLS = 0
_KINDS = 4


@dataclass(kw_only=True, eq=False)
class Dispositions:
    """Columns over schools, each 0 to 1.

    Attributes
    ----------
    openness : (n_schools,) float64
        To support from others.
    trust : (n_schools,) float64
        In other schools and in the broker: mutual trust.
    stakes : (n_schools,) float64
        What the school has to fear from being seen to need help.
    rigour : (n_schools,) float64
        In judging itself.
    """

    openness: Floats
    trust: Floats
    stakes: Floats
    rigour: Floats

    def acceptance(self, p: BrokerageParameters) -> Floats:
        """Chance that each school accepts support that is offered.

        Parameters
        ----------
        p : BrokerageParameters
            One draw.

        Returns
        -------
        (n_schools,) float64
            Probability; ``accept_usual`` for a usual school.
        """
        return _logistic(
            _log_odds(p.accept_usual)
            + p.accept_openness * (self.openness - p.openness_usual)
            + p.accept_trust * (self.trust - p.trust_usual)
            + p.accept_stakes * (self.stakes - p.stakes_usual)
            + p.accept_rigour * (self.rigour - p.rigour_usual)
        )


def _log_odds(share: float) -> float:
    return float(np.log(share / (1.0 - share)))


def _logistic(log_odds: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)))


def dispositions(standing: Floats, p: BrokerageParameters, chance: Chance) -> Dispositions:
    """Draw what schools are like: the same in every replicate and scenario of a draw.

    Parameters
    ----------
    standing : (n_schools,) float64
        How each school stands in the eyes of others, standard scores; stakes are higher where it is low.
    p : BrokerageParameters
        One draw.
    chance : Chance
        Stream ``dispositions``, of the draw.

    Returns
    -------
    Dispositions
        Columns over schools.
    """
    n = len(standing)
    normals = chance.for_draw().normals("dispositions", _SCHOOLS, 0, _KINDS * n).reshape(n, _KINDS)
    spread = p.disposition_spread * normals
    return Dispositions(
        openness=_logistic(_log_odds(p.openness_usual) + spread[:, 0]),
        trust=_logistic(_log_odds(p.trust_usual) + spread[:, 1]),
        stakes=_logistic(_log_odds(p.stakes_usual) + spread[:, 2] - p.stakes_by_standing * standing),
        rigour=_logistic(_log_odds(p.rigour_usual) + spread[:, 3]),
    )
