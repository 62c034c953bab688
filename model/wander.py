"""The level of an LA's two groups wanders from year to year, beyond the chance of one cohort.

Published results of 2016 to 2023 show it: a level filtered from them moves by about 0.04 pupil SD a year.
Nobody knows why or which way, so it has no trend; it makes a projection as unsure as history says.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from model.parameters import SchoolEffectParameters
from model.place import Floats, Place
from model.randomness import Chance


class LevelWander(Protocol):
    """Moves the levels of LAs."""

    def step(self, year: int) -> Floats | None:
        """Change of level in a year.

        Parameters
        ----------
        year : int
            The year the academic year ends.

        Returns
        -------
        (n_la, 2) float64 or None
            Pupil SD by LA and income (other, low income); None where nothing moves.
        """


class Wandering:
    """Levels take a random step each year.

    Parameters
    ----------
    place : Place
        LA codes address the draws, so that an LA wanders alike in its own run and in England's.
    p : SchoolEffectParameters
        Speed by group and the correlation of the two.
    chance : Chance
        Stream ``la level``.
    """

    def __init__(self, place: Place, p: SchoolEffectParameters, chance: Chance) -> None:
        self._codes, self._p, self._chance = place.la_code, p, chance

    def step(self, year: int) -> Floats:
        """Change of level in a year.

        Parameters
        ----------
        year : int
            The year the academic year ends.

        Returns
        -------
        (n_la, 2) float64
            Pupil SD by LA and income (other, low income).
        """
        r = self._p.la_wander_correlation
        steps = np.empty((len(self._codes), 2))
        for row, code in enumerate(self._codes):
            other, low = self._chance.pairs("la level", code, year, 1, r)
            steps[row] = self._p.la_wander_other * other[0], self._p.la_wander_disadvantaged * low[0]
        return steps


class Steady:
    """The null version: levels stay where they are."""

    def step(self, year: int) -> None:
        """Nothing moves.

        Parameters
        ----------
        year : int
            Not read.
        """
        del year
