"""Diffusion: practice passes along ties from stronger schools to weaker; the stronger keep what they have.

A school learns from a few at once: what its ties bring together levels off as they grow in number and
strength, so that more meetings bring less each.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from model.edges import Edges, sum_by_school
from model.institution_facts import Facts
from model.place import Floats, Index
from model.sharing_parameters import SharingParameters
from model.terms import TERMS_A_YEAR
from model.tie_pairs import network_of


class PassesOn(Protocol):
    """What ties do to practice."""

    def gain(self, practice: Floats, ties: Edges, data: Floats) -> Floats | None:
        """Give what a term brings to each school.

        Parameters
        ----------
        practice : (n_schools, 9) float64
            Between-school SD.
        ties : Edges
            As they stand.
        data : (n_schools,) float64
            How far each school's data are shared, 0 to 1.

        Returns
        -------
        (n_schools, 9) float64 or None
            Between-school SD; None for nothing.
        """


class Diffusion:
    """Practice passes from the stronger end of a tie to the weaker (row diffusion_rate).

    Parameters
    ----------
    facts : Facts
        Schools; less passes between phases.
    p : SharingParameters
        One draw.
    """

    def __init__(self, facts: Facts, p: SharingParameters) -> None:
        self._p, self._n = p, facts.n_schools
        self._network = network_of(facts.phase)
        self._ends: Index | None = None  # the ties that what follows belongs to
        self._share: Floats = np.zeros(0)
        self._cells: tuple[Index, Index] = (np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp))

    def _know(self, ties: Edges, domains: int) -> None:
        """Work out what stays as long as the same pairs have ties."""
        if ties.first is self._ends:
            return
        self._ends = ties.first
        alike = self._network[ties.first] == self._network[ties.second]
        self._share = np.where(alike, 1.0, self._p.across_phases)
        column = np.arange(domains)
        self._cells = (
            (ties.first[:, None] * domains + column).ravel(),
            (ties.second[:, None] * domains + column).ravel(),
        )

    def gain(self, practice: Floats, ties: Edges, data: Floats) -> Floats | None:
        """Give what a term brings to the weaker end of each tie.

        Parameters
        ----------
        practice : (n_schools, 9) float64
            Between-school SD.
        ties : Edges
            As they stand.
        data : (n_schools,) float64
            How far each school's data are shared, 0 to 1.

        Returns
        -------
        (n_schools, 9) float64 or None
            Between-school SD, nought or more; None for nothing.
        """
        p, n = self._p, self._n
        if p.diffusion_rate == 0.0 or not len(ties.first):
            return None
        self._know(ties, practice.shape[1])
        weight = ties.strength * ties.trust * self._share
        first, second = self._cells
        ahead = weight[:, None] * (practice.take(ties.second, axis=0) - practice.take(ties.first, axis=0))
        to_first = np.maximum(ahead, 0.0)
        brought = np.bincount(first, to_first.ravel(), practice.size)
        brought += np.bincount(second, (to_first - ahead).ravel(), practice.size)
        rate = p.diffusion_rate / TERMS_A_YEAR * (1.0 + p.data_speed * data)
        rate /= 1.0 + sum_by_school(ties, weight, n) / p.learn_ties
        return np.asarray(brought.reshape(practice.shape) * rate[:, None])


class NoDiffusion:
    """The null version: schools keep what they know (mechanism ``diffusion``)."""

    def gain(self, practice: Floats, ties: Edges, data: Floats) -> Floats | None:
        """Nothing passes.

        Parameters
        ----------
        practice : (n_schools, 9) float64
            Not read.
        ties : Edges
            Not read.
        data : (n_schools,) float64
            Not read.

        Returns
        -------
        None
            Nothing.
        """
        del practice, ties, data
        return None
