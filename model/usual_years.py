"""What is usual in each LA: the mean of the last years before year 0, or a partnership's first year."""

from __future__ import annotations

import numpy as np

from model.place import Floats

_KEPT = 3


class UsualYears:
    """A figure by LA that is settled before year 0, and held.

    Attributes
    ----------
    mean : (n_la,) float64
        Of the last three years taken.
    """

    def __init__(self) -> None:
        self._years: list[Floats] = []
        self.mean: Floats = np.zeros(0)

    def open(self, term: int) -> bool:
        """Whether a year is still to be taken.

        Parameters
        ----------
        term : int
            Date.

        Returns
        -------
        bool
            True before year 0, and while there is none.
        """
        return term < 0 or not self._years

    def take(self, by_la: Floats) -> None:
        """Take a year in.

        Parameters
        ----------
        by_la : (n_la,) float64
            The year's figure.
        """
        self._years = [*self._years, by_la][-_KEPT:]
        self.mean = np.asarray(sum(self._years) / len(self._years))

    def shift(self, change: float) -> None:
        """Raise what is usual.

        Parameters
        ----------
        change : float
            By how much, in all LAs.
        """
        if self._years:
            self.take_all([year + change for year in self._years])

    def take_all(self, years: list[Floats]) -> None:
        """Begin anew with these years.

        Parameters
        ----------
        years : list of (n_la,) float64
            In order; none to forget all.
        """
        self._years = []
        for year in years:
            self.take(year)
