"""Maturity of clusters on four elements, derived from what they do and never set."""

from __future__ import annotations

from dataclasses import dataclass

from model.collaborating import Collaboration
from model.institution_facts import Facts
from model.place import Bools, Floats
from model.ties import Ties


@dataclass(frozen=True, kw_only=True)
class MaturityView:
    """What a cluster review looks at beside ties.

    Attributes
    ----------
    terms_certain : (n_la,) float64
        Terms for which money for co-ordination is promised ahead.
    reserves_months : (n_la,) float64
        Months of spending in reserve.
    reviewed : (n_schools,) bool
        Takes part in peer review.
    gain : (n_schools,) float64
        Practice gained from others over the last year, mean of domains, between-school SD.
    """

    terms_certain: Floats
    reserves_months: Floats
    reviewed: Bools
    gain: Floats


class Maturity:
    """Cluster review at the end of each year.

    Attributes
    ----------
    elements : (n_clusters, 4) float64
        Vision, priorities, sustainability, culture of improvement; 0 to 1.
    """

    def __init__(self, facts: Facts) -> None:
        raise NotImplementedError

    def year_end(self, ties: Ties, collaboration: Collaboration | None, view: MaturityView) -> None:
        """Review clusters."""
        raise NotImplementedError

    def mean(self) -> float:
        """Measure ``maturity``: 1 (latent) to 4 (exemplary), mean of elements over clusters by schools."""
        raise NotImplementedError
