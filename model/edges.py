"""What of the ties between schools is read by those who pass something along them."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from model.place import Bools, Floats, Index


class Edges(Protocol):
    """Ties as ``model/ties.py`` keeps them: each pair of schools once, the lower row first."""

    @property
    def first(self) -> Index:
        """Row of the first school of each tie; shape (n_ties,)."""

    @property
    def second(self) -> Index:
        """Row of the second; shape (n_ties,)."""

    @property
    def strength(self) -> Floats:
        """Strength of each tie, 0 to 1; shape (n_ties,)."""

    @property
    def trust(self) -> Floats:
        """Mutual trust of the two, 0 to 1; shape (n_ties,)."""

    @property
    def days(self) -> Floats:
        """Days of this term in which the two worked together; shape (n_ties,)."""

    def leadership_days(self) -> Floats:
        """Days of leadership given this term to clusters, triads and networks; shape (n_schools,)."""

    def trust_days(self) -> Floats:
        """Days of leadership given this term to meetings of the trust; shape (n_schools,)."""

    def pair_trust(self) -> Floats:
        """Mutual trust of each school with those it works with, 0 to 1; shape (n_schools,)."""

    def isolated(self) -> Bools:
        """No member, and no tie of any strength; shape (n_schools,)."""


def sum_by_school(ties: Edges, of_tie: Floats, n_schools: int) -> Floats:
    """Add up what ties carry at both of their ends.

    Parameters
    ----------
    ties : Edges
        Whose ends.
    of_tie : (n_ties,) float64
        Of each tie.
    n_schools : int
        Number of schools.

    Returns
    -------
    (n_schools,) float64
        Sums over the ties of each school.
    """
    first = np.bincount(ties.first, of_tie, n_schools)
    return np.asarray(first + np.bincount(ties.second, of_tie, n_schools))
