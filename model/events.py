"""Events of a run: what befell money, posts, cases and schools, in one order."""

from __future__ import annotations

import numpy as np

from model.institution_facts import Facts
from model.institution_record import EventRows

Event = tuple[int, int, int, str, str, float]
"""Term, area, row of the school (-1 for none), kind, text, GBP."""


def in_order(found: list[Event], facts: Facts) -> EventRows:
    """Put the events of all rooms in order.

    Parameters
    ----------
    found : list of tuple
        Term, area, row of the school (-1 for none), kind, text, GBP.
    facts : Facts
        Schools and areas.

    Returns
    -------
    EventRows
        In order of term, area, kind and school.
    """
    ordered = sorted(found, key=lambda event: (event[0], event[1], event[3], event[2]))
    term, area, school, kind, text, gbp = zip(*ordered, strict=True) if ordered else ((),) * 6
    where, row = np.array(area, dtype=np.int32), np.array(school, dtype=np.int32)
    return EventRows(
        term=np.array(term, dtype=np.int32),
        la=np.where(row < 0, np.array(facts.areas.lead, dtype=np.int32)[where], facts.la[row]),
        school=row,
        kind=tuple(kind),
        text=tuple(text),
        gbp=np.array(gbp, dtype=np.float64),
        area=facts.areas.recorded(where, np.array(term, dtype=np.int32)),
        areas=facts.areas.every_name,
    )
