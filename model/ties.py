"""Ties between schools: strength, mutual trust, competition."""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np

from model.collaborating import Collaboration
from model.dispositions import Dispositions
from model.institution_facts import Facts
from model.place import Bools, Floats, Ints
from model.tie_pairs import JointWork
from model.tie_parameters import TieParameters


class Ties:
    """All ties of a place.

    Parameters
    ----------
    facts : Facts
        Schools; ``member``, ``trust``, ``new_head``, ``orphan``, ``pupils``, ``capacity`` are read each term.
    nature : Dispositions
        As drawn; ``trust`` as given here stays the disposition, ``stakes`` are read each term.
    collaboration : Collaboration or None
        What stands at first.
    p : TieParameters
        One draw.
    competition : bool
        Switch ``competition``.
    area : (n_schools,) int, optional
        Area of the partnership each school belongs to; the LAs where not given.

    Attributes
    ----------
    first, second : (n_ties,) intp
        Rows of the schools, the lower first; sorted.
    strength, trust, competition : (n_ties,) float64
        0 to 1.
    days : (n_ties,) float64
        Days that the two worked together this term (clusters, triads, reviews, cases; not mere courtesy).
    cluster, triad : (n_schools,) int32
        -1 for none.
    coherence : (n_clusters,) float64
        How far each cluster holds together, 0 to 1.
    """

    def __init__(
        self,
        facts: Facts,
        nature: Dispositions,
        collaboration: Collaboration | None,
        p: TieParameters,
        *,
        competition: bool,
        area: Ints | None = None,
    ) -> None:
        raise NotImplementedError

    def stand(self, collaboration: Collaboration | None) -> None:
        """Take what stands from this term on (before ``term``)."""
        raise NotImplementedError

    def term(self, term: int, funded: Floats, worked: tuple[JointWork, ...] = ()) -> None:
        """Run one term; funded (n_la,): share of the clusters' co-ordination that was paid for, 0 to 1."""
        raise NotImplementedError

    def settle(self) -> None:
        """End of the spin-up: mutual trust as it now stands is the usual."""
        raise NotImplementedError

    def school_trust(self) -> Floats:
        """(n_schools,) 0..1, a new array: for ``nature.trust``."""
        raise NotImplementedError

    def mean_trust(self) -> float:
        """Measure ``mutual_trust``: mean over schools, 0 to 1."""
        raise NotImplementedError

    def isolated(self) -> Bools:
        """(n_schools,) not a member and no tie of any strength."""
        raise NotImplementedError

    def school_competition(self) -> Floats:
        """(n_schools,) mean competition with its rivals, 0 to 1."""
        raise NotImplementedError

    def leadership_days(self) -> Floats:
        """(n_schools,) days of leadership given this term to clusters, triads and networks."""
        raise NotImplementedError

    def trust_days(self) -> Floats:
        """(n_schools,) days of leadership given this term to meetings of the trust."""
        raise NotImplementedError

    def lead_cost_gbp(self) -> Floats:
        """(n_la,) GBP a term for serving headteachers who lead clusters, prices of year 0."""
        raise NotImplementedError


class NoTies(Ties):
    """Where no one collaborates: no pair, trust as drawn."""
