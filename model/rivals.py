"""Rival providers: other sellers of what a partnership sells, whose pull comes and goes."""

from __future__ import annotations

from math import exp, log

from model.body_parameters import BodyParameters
from model.randomness import Chance

_PLACE = 0
_LEAST = 1e-3


class Rivals:
    """Pull of rival providers in each LA, against the partnership's own at usual quality and price.

    Parameters
    ----------
    n_la : int
        Number of LAs.
    p : BodyParameters
        One draw.
    chance : Chance
        Stream ``rival providers``, a position an LA, one date a year.
    """

    def __init__(self, n_la: int, p: BodyParameters, chance: Chance) -> None:
        self._n_la, self._p, self._chance = n_la, p, chance
        self._log: list[float] = [0.0] * n_la  # of pull against the usual

    def pull(self, la: int, usual: float) -> float:
        """Pull now.

        Parameters
        ----------
        la : int
            Index of the LA.
        usual : float
            Pull of rivals usually; 0 where there are none.

        Returns
        -------
        float
            0 without rivals.
        """
        return usual * exp(self._log[la]) if usual > _LEAST else 0.0

    def year(self, la: int, term: int, seen: float) -> None:
        """Some open and some close; more come where the partnership is seen to be worse than usual.

        Parameters
        ----------
        la, term : int
            Where; the summer in which a financial year begins.
        seen : float
            Quality seen of the partnership; 1 is usual.
        """
        luck = float(self._chance.normals("rival providers", _PLACE, term, self._n_la)[la])
        kept = (1.0 - self._p.rivals_return) * self._log[la]
        moved = kept + self._p.rivals_enter * (1.0 - seen) + self._p.rivals_sd * luck
        self._log[la] = min(max(moved, log(_LEAST)), -log(_LEAST))
