"""Who held which post from when to when."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.areas import Areas
from model.institution_record import PostRows

STILL = "still in post"


class Stint(NamedTuple):
    """One person's time in one post; terms as in ``PostRows``."""

    la: int
    kind: str
    number: int
    occupant: int
    from_term: int
    to_term: int
    reason: str
    came_from: str
    horizon_terms: int
    quality: float
    area: int


def post_rows(stints: list[Stint], areas: Areas) -> PostRows:
    """Gather stints as columns.

    Parameters
    ----------
    stints : list of Stint
        In any order.
    areas : Areas
        The ground of each partnership.

    Returns
    -------
    PostRows
        In order of LA, kind, number of the post and occupant.
    """
    stints = sorted(stints)
    from_term = np.array([s.from_term for s in stints], dtype=np.int32)
    return PostRows(
        la=np.array([s.la for s in stints], dtype=np.int32),
        number=np.array([s.number for s in stints], dtype=np.int32),
        occupant=np.array([s.occupant for s in stints], dtype=np.int32),
        kind=tuple(s.kind for s in stints),
        reason=tuple(s.reason for s in stints),
        came_from=tuple(s.came_from for s in stints),
        from_term=from_term,
        to_term=np.array([s.to_term for s in stints], dtype=np.int32),
        horizon_terms=np.array([s.horizon_terms for s in stints], dtype=np.int32),
        quality=np.array([s.quality for s in stints], dtype=np.float64),
        area=areas.recorded(np.array([s.area for s in stints], dtype=np.int32), from_term),
        areas=areas.every_name,
    )
