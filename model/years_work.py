"""What cases delivered at each school in a school year: how many whole ones, and how well."""

from __future__ import annotations

import numpy as np

from model.arrangements import Offer
from model.delivered import Delivered
from model.place import Floats
from model.terms import AUTUMN, term_of_year


class YearsWork:
    """Cases delivered at each school in a school year: how many whole ones, and how well.

    Parameters
    ----------
    n_schools : int
        Number of schools.
    offers : tuple of Offer
        Everything that may be delivered, in the order of ``Delivered.offer``.
    counts : (n_offers,) bool
        Which offers are followed.

    Attributes
    ----------
    cases : (n_offers, n_schools) float64
        Whole cases: weeks delivered by the weeks of a case.
    """

    def __init__(self, n_schools: int, offers: tuple[Offer, ...], counts: list[bool]) -> None:
        self._shape = (len(offers), n_schools)
        self._weeks = np.array([float(offer.weeks) for offer in offers])
        self._counts = np.array(counts, dtype=np.bool_)
        self._any = bool(self._counts.any())
        self._term: int | None = None
        self.cases: Floats = np.zeros(self._shape)
        self._quality: Floats = np.zeros(self._shape)

    def _begin(self, term: int) -> None:
        """Begin a new year with the first work of an autumn term."""
        if term != self._term and term_of_year(term) == AUTUMN:
            self.cases = np.zeros(self._shape)
            self._quality = np.zeros(self._shape)
        self._term = term

    def add(self, delivered: Delivered) -> None:
        """Count what was delivered in a term: call it every term, once or more.

        Parameters
        ----------
        delivered : Delivered
            All or part of what was delivered in its term.
        """
        if not self._any:
            return
        self._begin(delivered.term)
        mine = self._counts[delivered.offer] & (delivered.weeks > 0.0)
        if not mine.any():
            return
        offer, school = delivered.offer[mine], delivered.school[mine]
        cases = delivered.weeks[mine] / self._weeks[offer]
        np.add.at(self.cases, (offer, school), cases)
        np.add.at(self._quality, (offer, school), cases * delivered.quality[mine])

    def quality(self, offer: int) -> Floats:
        """Mean quality of the year's work at each school.

        Parameters
        ----------
        offer : int
            Index of the offer.

        Returns
        -------
        (n_schools,) float64
            1 is usual; 0 where there was none.
        """
        return np.asarray(self._quality[offer] / np.where(self.cases[offer] > 0.0, self.cases[offer], 1.0))

    def offers(self) -> list[int]:
        """List the offers delivered anywhere this year.

        Returns
        -------
        list of int
            Their indices.
        """
        return [int(i) for i in np.flatnonzero(self.cases.any(axis=1))]
