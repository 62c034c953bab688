"""Narrowing: what is tested draws practice away from what is not, where stakes are above the usual."""

from __future__ import annotations

import numpy as np

from model.inspection_parameters import InspectionParameters
from model.place import Floats
from model.practice import DOMAINS

_TERMS = 3
_GAINS = ("reading", "maths")
_LOSES = ("curriculum and teaching", "SEND and inclusion", "mental health and belonging")


def _shift() -> Floats:
    """What one unit moves by domain; sums to zero. Shape (9,)."""
    gains, loses = (np.array([name in names for name in DOMAINS]) for names in (_GAINS, _LOSES))
    return np.asarray(gains / len(_GAINS) - loses / len(_LOSES))


SHIFT = _shift()
"""Practice moves to reading and maths, which are tested, in equal parts from the wider curriculum, SEND and
inclusion, and mental health and belonging; none is made or lost."""


class Narrowing:
    """Practice moves between domains with stakes.

    Parameters
    ----------
    p : InspectionParameters
        One draw.
    """

    def __init__(self, p: InspectionParameters) -> None:
        self._shift = SHIFT * (p.narrowing / _TERMS)
        self._acts = p.narrowing != 0.0
        self._of: Floats | None = None
        self._moved: Floats = np.zeros(0)

    def term(self, above_usual: Floats) -> Floats | None:
        """Give the change in practice of one term.

        Parameters
        ----------
        above_usual : (n_schools,) float64
            Stakes above those as drawn (``Stakes.above_usual``).

        Returns
        -------
        (n_schools, 9) float64 or None
            Between-school SD, each row summing to 0; not to be written to. None for no change.
        """
        if not self._acts:
            return None
        if above_usual is not self._of:
            self._of, self._moved = above_usual, above_usual[:, None] * self._shift
        return self._moved
