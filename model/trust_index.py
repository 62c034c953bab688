"""The lasting index of every trust that a place has or may yet have.

First the trusts of year 0; then one that each LA may found, and one that each partnership may found; then
trusts from elsewhere, a few for each LA; then those that schools may found, by first school.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.institution_facts import Facts
from model.place import Bools, Ints

FROM_ELSEWHERE = 3
"""Trusts without a school in an LA that are asked to take one of its schools; the first is a church trust."""


@dataclass(frozen=True, kw_only=True)
class TrustIndex:
    """Where each kind of trust stands among all.

    Attributes
    ----------
    first : int
        Trusts at year 0.
    n_la, n_areas, n_schools : int
        LAs, areas of partnerships, and schools of the place.
    """

    first: int
    n_la: int
    n_areas: int
    n_schools: int

    @property
    def n_founded(self) -> int:
        """Trusts that LAs and partnerships may found."""
        return self.n_la + self.n_areas

    @property
    def size(self) -> int:
        """Number of indices."""
        return self.of_schools(self.n_schools)

    def of_la(self, la: int) -> int:
        """Give the trust that an LA may found.

        Parameters
        ----------
        la : int
            Index of the LA.

        Returns
        -------
        int
            Index.
        """
        return self.first + la

    def of_partnership(self, area: int) -> int:
        """Give the trust that a partnership may found.

        Parameters
        ----------
        area : int
            Index of its area.

        Returns
        -------
        int
            Index.
        """
        return self.first + self.n_la + area

    def elsewhere(self, la: int) -> list[int]:
        """Give the trusts from elsewhere that an LA asks.

        Parameters
        ----------
        la : int
            Index of the LA.

        Returns
        -------
        list of int
            Indices; the first is a church trust.
        """
        start = self.first + self.n_founded + FROM_ELSEWHERE * la
        return list(range(start, start + FROM_ELSEWHERE))

    def of_schools(self, row: int) -> int:
        """Give the trust that a school founds with its neighbours.

        Parameters
        ----------
        row : int
            Row of the first of its schools.

        Returns
        -------
        int
            Index.
        """
        return self.first + self.n_founded + FROM_ELSEWHERE * self.n_la + row

    def founded(self, trust: Ints) -> Bools:
        """Say which trusts an LA or a partnership founded.

        Parameters
        ----------
        trust : (n,) int
            Indices.

        Returns
        -------
        (n,) bool
            Whether it is founded by one of them.
        """
        return np.asarray((trust >= self.first) & (trust < self.first + self.n_founded))

    def is_elsewhere(self) -> Bools:
        """Trusts from elsewhere; shape (size,)."""
        start = self.first + self.n_founded
        index = np.arange(self.size)
        return np.asarray((index >= start) & (index < start + FROM_ELSEWHERE * self.n_la))

    def is_church(self) -> Bools:
        """Church trusts from elsewhere; shape (size,)."""
        index = np.arange(self.size)
        return np.asarray(self.is_elsewhere() & ((index - self.first - self.n_founded) % FROM_ELSEWHERE == 0))


def trust_index(facts: Facts) -> TrustIndex:
    """Number the trusts of a place.

    Parameters
    ----------
    facts : Facts
        As at year 0.

    Returns
    -------
    TrustIndex
        The same in every scenario.
    """
    first = int(facts.trust.max(initial=-1)) + 1
    return TrustIndex(first=first, n_la=facts.n_la, n_areas=facts.n_areas, n_schools=facts.n_schools)
