"""Clusters and triads: who works with whom, by place; formed once and kept.

Schools of an area are split in two along the longer side of the ground they cover, and so on, until groups have
about the size wanted: near schools are together and groups are of equal size. Primary schools have clusters of
their own, secondary and all-through schools another network; special schools and alternative provision join
the nearest. Clusters of like schools are split by the disadvantaged share of intakes instead.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.collaborating import Collaboration
from model.institution_facts import Facts
from model.place import Floats, Index, Ints
from model.tie_pairs import neighbours, network_of

NO_CLUSTER = -1

TRIAD = 3
"""Schools in a triad."""


class Clusters(NamedTuple):
    """Who is in which.

    Attributes
    ----------
    cluster : (n_schools,) int32
        Cluster of each school, ``NO_CLUSTER`` for none.
    triad : (n_schools,) int32
        Triad of each school within its cluster, ``NO_CLUSTER`` for none.
    """

    cluster: Ints
    triad: Ints

    @property
    def number(self) -> int:
        """Number of clusters."""
        return int(self.cluster.max(initial=NO_CLUSTER)) + 1


def form_clusters(facts: Facts, collaboration: Collaboration | None, area: Ints | None = None) -> Clusters:
    """Form clusters and triads.

    Parameters
    ----------
    facts : Facts
        Schools.
    collaboration : Collaboration or None
        How large clusters are, whether of like schools, whether in triads.
    area : (n_schools,) int, optional
        Clusters never cross areas; the LAs where not given.

    Returns
    -------
    Clusters
        The same for the same schools, whatever order their areas come in.
    """
    raise NotImplementedError
