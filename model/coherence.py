"""How far clusters hold together: by upkeep that is paid for, or else by mutual trust; never for good."""

from __future__ import annotations

import numpy as np

from model.clusters import NO_CLUSTER
from model.place import Floats, Ints
from model.terms import share_a_term
from model.tie_parameters import TieParameters


class Coherence:
    """Of the clusters of a place.

    Parameters
    ----------
    cluster : (n_schools,) int32
        Cluster of each school.
    la : (n_schools,) int32
        LA of each school.
    p : TieParameters
        One draw.

    Attributes
    ----------
    value : (n_clusters,) float64
        0 to 1.
    paid : (n_clusters,) float64
        Part of the upkeep that was paid for this term, 0 to 1.
    """

    def __init__(self, cluster: Ints, la: Ints, p: TieParameters) -> None:
        self._p, self._rows = p, np.flatnonzero(cluster != NO_CLUSTER)
        self._cluster, self._la = cluster[self._rows], la[self._rows]
        self.number = int(cluster.max(initial=NO_CLUSTER)) + 1
        self.schools = np.bincount(self._cluster, minlength=self.number)
        self._needed = p.upkeep_gbp * np.maximum(self.schools, 1)
        self._paid_for: tuple[float, Floats] | None = None
        self._speed = share_a_term(p.coherence_speed)
        self.paid: Floats = np.zeros(self.number)
        self.value: Floats = np.zeros(self.number)

    def of_schools(self, by_la: Floats) -> Floats:
        """Mean over the schools of each cluster of what holds in their LAs.

        Parameters
        ----------
        by_la : (n_areas,) float64
            By area.

        Returns
        -------
        (n_clusters,) float64
            By cluster.
        """
        sums = np.bincount(self._cluster, by_la[self._la], minlength=self.number)
        return np.asarray(sums / np.maximum(self.schools, 1))

    def pay(self, lead_gbp: float, funded: Floats) -> None:
        """Take what was paid for co-ordination.

        Parameters
        ----------
        lead_gbp : float
            Offered to the head who leads a cluster, GBP a year, prices of year 0.
        funded : (n_areas,) float64
            Share of it that was paid, 0 to 1.
        """
        before = self._paid_for
        if before is not None and before[0] == lead_gbp and np.array_equal(before[1], funded):
            return
        self._paid_for = (lead_gbp, funded.copy())
        self.paid = np.minimum(lead_gbp * self.of_schools(funded) / self._needed, 1.0)

    def level(self, trust: Floats) -> Floats:
        """Say where coherence leads to.

        Parameters
        ----------
        trust : (n_clusters,) float64
            Mutual trust within each cluster, 0 to 1.

        Returns
        -------
        (n_clusters,) float64
            0 to 1.
        """
        return np.asarray(self.paid + (1.0 - self.paid) * self._p.coherence_alone * trust)

    def term(self, trust: Floats) -> None:
        """Move on by a term.

        Parameters
        ----------
        trust : (n_clusters,) float64
            Mutual trust within each cluster, 0 to 1.
        """
        self.value = self.value + self._speed * (self.level(trust) - self.value)
