"""Hard federations: maintained schools under one governing body and head."""

from __future__ import annotations

from model.institution_facts import Facts
from model.place import Floats, Ints
from model.randomness import Chance
from model.trust_parameters import TrustParameters


class Federations:
    """Schools that share leadership.

    Parameters
    ----------
    facts : Facts
        Schools.
    p : TrustParameters
        One draw.
    chance : Chance
        Of the replicate; who is federated at the start is of the draw.
    kept : float
        As for ``TrustSupport``.
    on : bool
        Switch ``trust_support``.
    """

    of: Ints  # (n_schools,) index of the federation, -1 for none

    def __init__(self, facts: Facts, p: TrustParameters, chance: Chance, kept: float, *, on: bool) -> None:
        raise NotImplementedError

    def term(self, term: int, practice: Floats) -> Floats | None:
        """(n_schools, 9) change of practice this term; None for nothing."""
        raise NotImplementedError

    def year_end(self, term: int) -> None:
        """Form and dissolve federations."""
        raise NotImplementedError
