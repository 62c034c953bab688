"""What brokered support did in a term: columns that brokerage hands to practice, courses and attendance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.place import Bools, Floats, Ints


@dataclass(frozen=True, kw_only=True, eq=False)
class Delivered:
    """Support delivered in one term, a row a case that was worked on, in the order of case identity.

    Attributes
    ----------
    term : int
        Terms since the autumn after year 0.
    school, offer : (n,) int32
        Row of the school; index into the offers of the arrangement (by name, lasting: see ``offers``).
    weeks : (n,) float64
        Teaching weeks of full-strength support (0 to 13), ramp-up and vacancies taken off.
    quality : (n,) float64
        Provider team x person x match; 1 is usual, below 0 does harm.
    completed : (n,) bool
        Whether the case was completed in this term.
    """

    term: int
    school: Ints
    offer: Ints
    weeks: Floats
    quality: Floats
    completed: Bools


def together(first: Delivered, second: Delivered) -> Delivered:
    """Put what two deliver under one another.

    Parameters
    ----------
    first, second : Delivered
        Of one term: support of cases, and support that schools bought.

    Returns
    -------
    Delivered
        The first before the second.
    """
    if not len(second.school):
        return first
    columns = {
        name: np.concatenate([getattr(first, name), getattr(second, name)])
        for name in ("school", "offer", "weeks", "quality", "completed")
    }
    return Delivered(term=first.term, **columns)
