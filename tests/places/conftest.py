"""Counting the pupils of a place, school by school."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from model.place import Phase, Place

YEAR_GROUPS_TAUGHT = {
    Phase.PRIMARY: 7,
    Phase.SECONDARY: 5,
    Phase.ALL_THROUGH: 12,
    Phase.SPECIAL: 12,
    Phase.ALTERNATIVE_PROVISION: 3,
}

Count = Callable[[Place], NDArray[np.float64]]


@pytest.fixture
def pupils() -> Count:
    """Pupils of Reception to Year 11 of each school of a place."""

    def count(place: Place) -> NDArray[np.float64]:
        schools = place.schools
        years = np.array([YEAR_GROUPS_TAUGHT[Phase(phase)] for phase in schools.phase])
        return schools.places * years + schools.places_year_7 * 5

    return count
