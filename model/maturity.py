"""Maturity of clusters on the four elements of Cumbria's tool, derived from what they do and never set.

Vision: schools belong, have ties and trust each other. Priorities: they meet, see each other's data and have
searching reviews. Sustainability: upkeep is paid, money is certain for years, there are reserves. Culture
of improvement: they review and develop practice together and gain by it. Each element counts its parts alike,
from 0 to 1; the tool's four levels are equal steps of that scale, 1 latent to 4 exemplary. Where there are no
clusters the schools of an area are looked at as one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.clusters import NO_CLUSTER
from model.collaborating import Collaboration
from model.institution_facts import Facts
from model.place import Bools, Floats, Index, Ints
from model.ties import Ties

ELEMENTS = ("vision", "priorities", "sustainability", "culture of improvement")
LEVELS = ("latent", "emerging", "establishing", "exemplary")

CERTAIN_TERMS = 9
"""Terms of money promised ahead that count in full: three years, as practitioners ask for."""

RESERVES_MONTHS = 3.0
"""Months of spending in reserve that count in full: what charities aim for."""

WHOLE_GAIN_SD = 0.05
"""Yearly gain in practice from others that counts in full, between-school SD."""


@dataclass(frozen=True, kw_only=True)
class MaturityView:
    """What a cluster review looks at beside ties.

    Attributes
    ----------
    terms_certain : (n_areas,) float64
        Terms for which money for co-ordination is promised ahead.
    reserves_months : (n_areas,) float64
        Months of spending in reserve; below 0 counts as none.
    reviewed : (n_schools,) bool
        Takes part in peer review.
    gain : (n_schools,) float64
        Practice gained from other schools over the last year, mean of domains, between-school SD.
    """

    terms_certain: Floats
    reserves_months: Floats
    reviewed: Bools
    gain: Floats


class Maturity:
    """The cluster review at the end of each year.

    Parameters
    ----------
    facts : Facts
        Schools; who is a member.

    Attributes
    ----------
    elements : (n_clusters, 4) float64
        ``ELEMENTS`` of each cluster, 0 to 1.
    schools : (n_clusters,) int
        Schools in each.
    events : list of (int, int, int, str, str, float)
        Term, LA, school (-1), kind, text, GBP: clusters that reached another level.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self.elements: Floats = np.zeros((0, len(ELEMENTS)))
        self.schools: Ints = np.zeros(0, dtype=np.int64)
        self.events: list[tuple[int, int, int, str, str, float]] = []

    def year_end(
        self, term: int, ties: Ties, collaboration: Collaboration | None, view: MaturityView
    ) -> None:
        """Review clusters.

        Parameters
        ----------
        term : int
            The summer term that ends.
        ties : Ties
            As they stand.
        collaboration : Collaboration or None
            What stands.
        view : MaturityView
            Money, reviews, gains.
        """
        formed = ties.coherence.number > 0
        group = ties.clusters.cluster if formed else ties.area
        rows = np.flatnonzero(group != NO_CLUSTER)
        at = group[rows].astype(np.intp)
        before = self.levels()
        self.schools = np.bincount(at)
        by_tie = self._within(ties, group)
        coherence = ties.coherence.value if formed else np.zeros(len(self.schools))
        paid = ties.coherence.paid if formed else np.zeros(len(self.schools))
        self.elements = self._review(collaboration, view, rows, at, by_tie, coherence, paid)
        if formed and len(before) == len(self.schools):
            self._tell(term, before, rows, at)

    def _review(
        self,
        collaboration: Collaboration | None,
        view: MaturityView,
        rows: Index,
        at: Index,
        by_tie: tuple[Floats, Floats],
        coherence: Floats,
        paid: Floats,
    ) -> Floats:
        """Elements of each cluster; shape (n_clusters, 4)."""
        c = collaboration or Collaboration()
        la = self._facts.area[rows]

        def mean(values: Floats | Bools) -> Floats:
            """Mean over the schools of each cluster."""
            sums = np.bincount(at, values, minlength=len(self.schools))
            return np.asarray(sums / np.maximum(self.schools, 1))

        belong, (strength, trust) = mean(self._facts.member[rows]), by_tie
        reviewed = mean(view.reviewed[rows]) * (c.peer_review.rigour if c.peer_review else 0.0)
        certain = mean(np.clip(view.terms_certain / CERTAIN_TERMS, 0.0, 1.0)[la])
        reserves = mean(np.clip(view.reserves_months / RESERVES_MONTHS, 0.0, 1.0)[la])
        gain = np.clip(mean(view.gain[rows]) / WHOLE_GAIN_SD, 0.0, 1.0)
        together = coherence * float(c.triads)
        return np.column_stack(
            [
                (belong + strength + trust) / 3.0,
                (coherence + c.data_sharing * belong + reviewed) / 3.0,
                (paid + certain + reserves) / 3.0,
                (reviewed + together + gain) / 3.0,
            ]
        )

    def _within(self, ties: Ties, group: Ints) -> tuple[Floats, Floats]:
        """Mean strength and mutual trust of the ties within each cluster, members or not."""
        inside = np.flatnonzero((group[ties.first] == group[ties.second]) & (group[ties.first] != NO_CLUSTER))
        at = group[ties.first[inside]]
        number = np.maximum(np.bincount(at, minlength=len(self.schools)), 1)
        strength, trust = (
            np.bincount(at, values[inside], minlength=len(self.schools)) / number
            for values in (ties.strength, ties.trust)
        )
        return strength, trust

    def _tell(self, term: int, before: Ints, rows: Index, at: Index) -> None:
        """Tell of clusters that reached another level."""
        now = self.levels()
        for cluster in np.flatnonzero(now != before):
            la = int(self._facts.area[rows[np.argmax(at == cluster)]])
            text = f"cluster {cluster + 1} is {LEVELS[now[cluster] - 1]}, was {LEVELS[before[cluster] - 1]}"
            self.events.append((term, la, -1, "maturity", text, np.nan))

    def levels(self) -> Ints:
        """Give the level of each cluster.

        Returns
        -------
        (n_clusters,) int
            1 (latent) to 4 (exemplary), of the mean of its elements.
        """
        whole = self.elements.mean(axis=1) if len(self.elements) else np.zeros(0)
        return np.minimum((len(LEVELS) * whole).astype(np.int64), len(LEVELS) - 1) + 1

    def mean(self) -> float:
        """Give the measure ``maturity``.

        Returns
        -------
        float
            1 (latent) to 4 (exemplary): mean over elements and clusters by their schools; 1 before reviews.
        """
        if not self.schools.sum():
            return 1.0
        whole = self.elements.mean(axis=1)
        return float(1.0 + 3.0 * (whole * self.schools).sum() / self.schools.sum())
