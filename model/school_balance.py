"""What schools add must leave the published levels of an LA's groups where they are.

Schools with more disadvantaged pupils may add less, or more, than others of their LA: then the LA's groups
differ by it already, and their published levels contain it. And what goes with disadvantage is a school's
standing, not a passing year: it lasts.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.place import Floats, Ints
from model.school_levels import Shift

_NO_SPREAD = 1e-9


class Pupils(NamedTuple):
    """Who is in each school of a phase; zeros in schools that do not count."""

    all: Floats  # (n_schools,)
    low_income: Floats  # (n_schools,) of them
    la: Ints  # (n_schools,) index of the LA
    n_la: int

    @property
    def share(self) -> Floats:
        """Share of pupils with low income; shape (n_schools,), 0 in schools without pupils."""
        return np.asarray(self.low_income / np.maximum(self.all, _NO_SPREAD))

    def mean(self, values: Floats, weight: Floats | None = None) -> Floats:
        """Mean of each school's LA over its pupils.

        Parameters
        ----------
        values : (n_schools,) float64
            One a school.
        weight : (n_schools,) float64, optional
            Pupils of each school; all of them by default.

        Returns
        -------
        (n_la,) float64
            0 where an LA has no such pupils.
        """
        weight = self.all if weight is None else weight
        total = np.maximum(np.bincount(self.la, weight, self.n_la), _NO_SPREAD)
        return np.asarray(np.bincount(self.la, weight * values, self.n_la) / total)


def what_lasts(
    found: Shift, lasting: Floats, drifting: Floats, pupils: Pupils, rho: float, years: Ints
) -> Shift:
    """Let what goes with disadvantage last, and take each LA's mean off.

    Parameters
    ----------
    found : Shift
        What published results add to the draws.
    lasting : (n_schools,) float64
        The draws of v, pupil SD a year.
    drifting : (n_schools, n_back) float64
        The draws of u, year 0 first, pupil SD a year.
    pupils : Pupils
        Who is in each school.
    rho : float
        Persistence of attainment from year to year.
    years : (n_schools,) int32
        Years that a tested pupil has spent in the school; 0 where none is tested.

    Returns
    -------
    Shift
        Over an LA's pupils v + shift and u + shift have mean 0, and u goes with disadvantage in no year;
        what each school has brought its tested cohort of year 0 is as before, but for the LA's mean.
    """
    counts = pupils.all > 0.0
    away = np.where(counts, pupils.share - pupils.mean(pupils.share)[pupils.la], 0.0)
    spread = np.maximum(pupils.mean(away**2), _NO_SPREAD)
    shifted = np.empty_like(found.drifting)
    moved = np.zeros(len(lasting))
    for ago in range(drifting.shape[1]):
        u = drifting[:, ago] + found.drifting[:, ago]
        goes_with = (pupils.mean(away * u) / spread)[pupils.la] * away
        shifted[:, ago] = found.drifting[:, ago] - np.where(
            counts, pupils.mean(u)[pupils.la] + goes_with, 0.0
        )
        moved += np.where(ago < years, rho**ago, 0.0) * goes_with
    g = (1.0 - rho ** np.maximum(years, 1)) / (1.0 - rho)
    more = found.lasting + moved / g
    level = pupils.mean(lasting + more)[pupils.la]
    return Shift(found.intake, more - np.where(counts, level, 0.0), shifted)


def mean_of_groups(value_added: Floats, pupils: Pupils) -> Floats:
    """What schools add each year to the two income groups of each LA, against its mean.

    Parameters
    ----------
    value_added : (n_schools,) float64
        Pupil SD a year.
    pupils : Pupils
        Who is in each school.

    Returns
    -------
    (n_la, 2) float64
        Other, low income; pupil SD a year.
    """
    return np.stack(
        [
            pupils.mean(value_added, pupils.all - pupils.low_income),
            pupils.mean(value_added, pupils.low_income),
        ],
        axis=1,
    )
