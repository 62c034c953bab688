"""Events of a run: what befell money, posts, cases and schools, in one order."""

from __future__ import annotations

import numpy as np

from model.institution_record import EventRows

Event = tuple[int, int, int, str, str, float]
"""Term, LA, row of the school (-1 for none), kind, text, GBP."""


def in_order(found: list[Event]) -> EventRows:
    """Put the events of all rooms in order.

    Parameters
    ----------
    found : list of tuple
        Term, LA, row of the school (-1 for none), kind, text, GBP.

    Returns
    -------
    EventRows
        In order of term, LA, kind and school.
    """
    ordered = sorted(found, key=lambda event: (event[0], event[1], event[3], event[2]))
    term, la, school, kind, text, gbp = zip(*ordered, strict=True) if ordered else ((),) * 6
    return EventRows(
        term=np.array(term, dtype=np.int32),
        la=np.array(la, dtype=np.int32),
        school=np.array(school, dtype=np.int32),
        kind=tuple(kind),
        text=tuple(text),
        gbp=np.array(gbp, dtype=np.float64),
    )
