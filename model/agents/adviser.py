"""An adviser of a regional improvement team as an agent: what is weak here, and who is to help."""

from __future__ import annotations

import mesa
import numpy as np

from model.place import Bools, Floats, Ints


class Adviser(mesa.Agent):
    """A leader of a strong school or trust who advises part of the time.

    Parameters
    ----------
    model : mesa.Model
        The system it belongs to.
    school : int
        Row of the school, or of a school of the trust, that employs it.

    Attributes
    ----------
    held : int
        Schools that it holds now.
    """

    def __init__(self, model: mesa.Model, school: int) -> None:
        super().__init__(model)
        self.school, self.held = school, 0

    def diagnoses(self, seen: Floats, number: int) -> Ints:
        """Name the domains that a school's plan is about.

        Parameters
        ----------
        seen : (9,) float64
            Practice as it looks, between-school SD.
        number : int
            Domains in a plan.

        Returns
        -------
        (number,) int32
            Those that look weakest, in the order of ``model.practice.DOMAINS``.
        """
        return np.sort(np.argsort(seen, kind="stable")[:number]).astype(np.int32)

    def proposes(self, away_km: Floats, results: Floats, strength_km: float, free: Bools) -> int:
        """Name the school whose organisation is to help: near, and strong.

        Parameters
        ----------
        away_km : (n,) float64
            Distance of each school that is looked at from the one in need.
        results : (n,) float64
            Standard scores.
        strength_km : float
            How much farther a school may be for each SD by which its results are better.
        free : (n,) bool
            Who may be asked.

        Returns
        -------
        int
            Position; -1 where no one may be asked.
        """
        if not free.any():
            return -1
        return int(np.argmin(np.where(free, away_km - strength_km * results, np.inf)))
