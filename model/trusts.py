"""Trusts of a place: who they are, how large, what they hold of partnerships."""

from __future__ import annotations

import mesa

from model.institution_facts import Facts
from model.place import Floats
from model.randomness import Chance
from model.trust_parameters import TrustParameters


class Trusts:
    """All trusts, those that may yet be founded included; addressed by a lasting index.

    Parameters
    ----------
    system : mesa.Model
        Owner of the agents.
    facts : Facts
        Schools; ``trust`` and ``pupils`` are read.
    p : TrustParameters
        One draw.
    chance : Chance
        Of the replicate; what trusts are like is of the draw.

    Attributes
    ----------
    n_trusts : int
        Size of the index space; ``facts.trust`` is always below it.
    """

    n_trusts: int

    def __init__(self, system: mesa.Model, facts: Facts, p: TrustParameters, chance: Chance) -> None:
        raise NotImplementedError

    def joins(self, inspected: bool) -> Floats:
        """(n_trusts,) stance, 0..1: willingness to have its schools in the partnership."""
        raise NotImplementedError

    def sizes(self) -> Floats:
        """(n_trusts,) schools, those outside the place included."""
        raise NotImplementedError
