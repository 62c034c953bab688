"""What is publicly known of single schools at the end of year 0: federation and inspection."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.integer[Any]]

NO_FEDERATION, FEDERATION_NOT_KNOWN = -1, -2


@dataclass(frozen=True, kw_only=True, eq=False)
class PublicRecord:
    """Columns over schools; nothing in them is later than year 0.

    Attributes
    ----------
    federation : (n_schools,) int32
        Index of the federation, -1 for none, -2 where no file says.
    grade : (n_schools,) int32
        ``model.inspection_record.Grade`` of the last published judgement, 0 where none is known.
    inspected : (n_schools,) int32
        Term of that inspection, counted from the autumn after year 0 and so below 0; 0 where none is known.
    former, former_inspected : (n_schools,) int32
        The same of the judgement before it.
    flag : (n_schools,) int32
        ``model.place.Flag`` of the row: imputed where something is of an earlier URN or not dated.
    """

    federation: Ints
    grade: Ints
    inspected: Ints
    former: Ints
    former_inspected: Ints
    flag: Ints


def says_nothing(n_schools: int) -> PublicRecord:
    """Give the record of schools of which nothing is known.

    Parameters
    ----------
    n_schools : int
        Number of schools.

    Returns
    -------
    PublicRecord
        Federations not known, no grades.
    """
    columns = {item.name: np.zeros(n_schools, dtype=np.int32) for item in fields(PublicRecord)}
    columns["federation"] += FEDERATION_NOT_KNOWN
    return PublicRecord(**columns)
