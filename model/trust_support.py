"""What trusts' central teams do for their schools, for the top-slice."""

from __future__ import annotations

from model.place import Floats
from model.trust_parameters import TrustParameters
from model.trusts import Trusts


class TrustSupport:
    """Practice that central teams bring, net of what the slice would have brought in the school.

    Parameters
    ----------
    trusts : Trusts
        Trusts and their schools.
    p : TrustParameters
        One draw.
    kept : float
        Part of embedded practice kept a term (``gains.course_of(p).kept_usually``).
    on : bool
        Switch ``trust_support``.
    """

    def __init__(self, trusts: Trusts, p: TrustParameters, kept: float, *, on: bool) -> None:
        raise NotImplementedError

    def opening(self) -> Floats:
        """(n_schools, 9) what trusts have long brought: shift once, before the first term of the spin-up."""
        raise NotImplementedError

    def term(self, term: int) -> Floats | None:
        """(n_schools, 9) change of practice this term; None for nothing."""
        raise NotImplementedError

    def central_gbp(self) -> Floats:
        """(n_schools,) top-slice a year, GBP, prices of year 0."""
        raise NotImplementedError
