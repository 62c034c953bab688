"""What ties are at a time, and what others read from them: columns over ties, by school and cluster."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.clusters import Clusters
from model.coherence import Coherence
from model.collaborating import Collaboration
from model.institution_facts import Facts
from model.place import Bools, Floats, Index, Ints
from model.terms import TERMS_A_YEAR
from model.tie_parameters import TieParameters
from model.tie_work import Work

_LEAST_WEIGHT = 0.01
"""Weight of a tie without strength in a school's mutual trust, beside the square of strengths."""


class Neighbours(NamedTuple):
    """Ties by school: those of school i are ``tie[start[i]:start[i + 1]]``.

    Attributes
    ----------
    start : (n_schools + 1,) intp
        Where each school's ties begin.
    other : (2 n_ties,) intp
        The school at the other end.
    tie : (2 n_ties,) intp
        Row of the tie.
    """

    start: Index
    other: Index
    tie: Index


class TieState:
    """Ties of a place at a time.

    Attributes
    ----------
    first, second : (n_ties,) intp
        Rows of the schools, the lower first; sorted. A school has some tens of ties at most.
    strength, trust, competition : (n_ties,) float64
        Strength of the tie, mutual trust along it, competition for pupils; 0 to 1.
    days : (n_ties,) float64
        Days that the two worked together this term: clusters, triads, trusts, reviews, cases.
    clusters : Clusters
        Cluster and triad of each school.
    coherence : Coherence
        How far clusters hold together.
    area : (n_schools,) int
        Area of the partnership that each school belongs to.
    """

    first: Index
    second: Index
    strength: Floats
    trust: Floats
    competition: Floats
    days: Floats
    clusters: Clusters
    coherence: Coherence
    area: Ints
    _facts: Facts
    _p: TieParameters
    _work: Work
    _drawn: Floats
    _collaboration: Collaboration | None
    _mean_of: tuple[Floats, Floats] | None = None

    def cluster_mean(self, values: Floats) -> Floats:
        """Mean over the ties between members within each cluster.

        Parameters
        ----------
        values : (n_ties,) float64
            Of each tie.

        Returns
        -------
        (n_clusters,) float64
            0 for a cluster with fewer than two members.
        """
        w, number = self._work, self.coherence.number
        return np.asarray(np.bincount(w.cluster, w.mean_weight * values[w.inside], minlength=number))

    def school_mean(self, values: Floats) -> Floats:
        """Mean over the ties of each school, weighted by the square of their strength.

        Parameters
        ----------
        values : (n_ties,) float64
            Of each tie.

        Returns
        -------
        (n_schools,) float64
            Not a number for a school without any.
        """
        weight = self.strength * self.strength + _LEAST_WEIGHT
        weighed, n = weight * values, self._facts.n_schools
        above = np.bincount(self.first, weighed, n) + np.bincount(self.second, weighed, n)
        below = np.bincount(self.first, weight, n) + np.bincount(self.second, weight, n)
        return np.asarray(np.divide(above, below, out=np.full(n, np.nan), where=below > 0.0))

    def pair_trust(self) -> Floats:
        """Give the mutual trust of each school with those it works with.

        Returns
        -------
        (n_schools,) float64
            0 to 1; as drawn for a school without any.
        """
        if self._mean_of is None or self._mean_of[0] is not self.trust:
            mean = self.school_mean(self.trust)
            self._mean_of = (self.trust, np.where(np.isnan(mean), self._drawn, mean))
        return self._mean_of[1]

    def mean_trust(self) -> float:
        """Give the measure ``mutual_trust``.

        Returns
        -------
        float
            Mean over schools of mutual trust with those they work with, 0 to 1.
        """
        return float(self.pair_trust().mean()) if self._facts.n_schools else 0.0

    def strongest(self) -> Floats:
        """Strength of the strongest tie of each school, 0 where it has none; shape (n_schools,)."""
        found = np.zeros(self._facts.n_schools)
        np.maximum.at(found, self.first, self.strength)
        np.maximum.at(found, self.second, self.strength)
        return found

    def isolated(self) -> Bools:
        """Say which schools are isolated.

        Returns
        -------
        (n_schools,) bool
            No member, and no tie above the threshold.
        """
        return np.asarray(~self._facts.member & (self.strongest() < self._p.isolated_below))

    def school_competition(self) -> Floats:
        """Give the competition that each school meets.

        Returns
        -------
        (n_schools,) float64
            The keenest with any other school, 0 to 1.
        """
        found = np.zeros(self._facts.n_schools)
        np.maximum.at(found, self.first, self.competition)
        np.maximum.at(found, self.second, self.competition)
        return found

    def neighbours(self) -> Neighbours:
        """List the ties of each school.

        Returns
        -------
        Neighbours
            In order of the other school's row.
        """
        n, ties = self._facts.n_schools, np.arange(len(self.first))
        one, other = np.concatenate([self.first, self.second]), np.concatenate([self.second, self.first])
        order = np.lexsort((other, one))
        start = np.zeros(n + 1, dtype=np.intp)
        np.cumsum(np.bincount(one, minlength=n), out=start[1:])
        return Neighbours(start, other[order], np.concatenate([ties, ties])[order])

    def leadership_days(self) -> Floats:
        """Give the time of leaders that working together took this term.

        Returns
        -------
        (n_schools,) float64
            Days given to clusters, triads and networks; 0 for a school outside the partnership.
        """
        w, cluster = self._work, self.clusters.cluster
        if not self.coherence.number:
            return w.own_networks
        held = np.where(cluster >= 0, self.coherence.value[np.maximum(cluster, 0)], 0.0)
        return np.asarray(w.own_cluster * held + w.own_networks)

    def trust_days(self) -> Floats:
        """Give the time of leaders that meetings of their trust took this term; shape (n_schools,), days."""
        return self._work.own_trust

    def lead_cost_gbp(self) -> Floats:
        """Give what is due to heads who lead clusters.

        Returns
        -------
        (n_areas,) float64
            GBP a term, prices of year 0; for a cluster across LAs by their schools.
        """
        cluster, c = self.clusters.cluster, self._collaboration
        if c is None or not self.coherence.number:
            return np.zeros(self._facts.n_areas)
        rows = np.flatnonzero(cluster >= 0)
        each = c.cluster_lead_gbp / TERMS_A_YEAR / self.coherence.schools[cluster[rows]]
        return np.asarray(np.bincount(self._facts.area[rows], each, minlength=self._facts.n_areas))
