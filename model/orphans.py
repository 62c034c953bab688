"""What befalls a school that no one takes: families stay away, staff leave, practice falls."""

from __future__ import annotations

from model.institution_facts import Facts
from model.place import Floats
from model.trust_parameters import TrustParameters


class Orphans:
    """Schools that need a trust and have none.

    Parameters
    ----------
    facts : Facts
        ``orphan`` is read.
    p : TrustParameters
        One draw.
    on : bool
        Switch ``orphans``.
    """

    def __init__(self, facts: Facts, p: TrustParameters, *, on: bool) -> None:
        raise NotImplementedError

    def term(self, term: int) -> Floats | None:
        """(n_schools, 9) change of practice this term; None for nothing."""
        raise NotImplementedError

    def pull(self) -> Floats | None:
        """(n_schools,) for ``Pressure.pull``, log odds; None for nothing."""
        raise NotImplementedError

    def leave(self) -> Floats | None:
        """(n_schools,) for ``Pressure.teacher_leave`` and ``head_leave``, log odds; None for nothing."""
        raise NotImplementedError
