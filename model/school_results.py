"""How the results of schools stand: what inspectors, funders and families read of them."""

from __future__ import annotations

from collections import deque

import numpy as np

from model.assessments import Sitting
from model.place import Floats, Ints, Phase
from model.register import Register

YEARS = 3
"""Years whose mean is read, as in performance tables."""

_FEWEST_SCHOOLS = 3
"""Below this many schools of a phase nothing can be said of how one stands among them."""


class SchoolResults:
    """Keeps the last years' results of each school.

    Parameters
    ----------
    phase : (n_schools,) int32
        Phase of each school.
    """

    def __init__(self, phase: Ints) -> None:
        self._phase = phase
        self._years: deque[Floats] = deque(maxlen=YEARS)

    def year(self, register: Register, ks2: Sitting, ks4: Sitting) -> Floats:
        """Take in a year's results.

        Parameters
        ----------
        register : Register
            Which school each pupil is in.
        ks2, ks4 : Sitting
            Scores, inflation included: it is what is published.

        Returns
        -------
        (n_schools,) float64
            Standing of the mean of three years among schools of the phase, standard score; 0 where a school
            tests no one.
        """
        self._years.append(np.stack([self._means(register, sitting) for sitting in (ks2, ks4)]))
        known = np.array([np.isfinite(year) for year in self._years])
        total = np.where(known, np.array(self._years), 0.0).sum(axis=0)
        counted = known.sum(axis=0)
        means = np.where(counted > 0, total / np.maximum(counted, 1), np.nan)
        standing = np.array([self._standing(mean) for mean in means])
        tested = np.isfinite(standing)
        of_stages = np.where(tested, standing, 0.0).sum(axis=0)
        return np.asarray(of_stages / np.maximum(tested.sum(axis=0), 1))

    def _means(self, register: Register, sitting: Sitting) -> Floats:
        """Mean score of each school, pupil SD; NaN where no one sat."""
        n = len(self._phase)
        school = register.school[sitting.cohort.start : sitting.cohort.end]
        school = np.minimum(school, n)
        counted = np.bincount(school, minlength=n + 1)[:n]
        total = np.bincount(school, sitting.mean, n + 1)[:n]
        return np.where(counted > 0, total / np.maximum(counted, 1), np.nan)

    def _standing(self, mean: Floats) -> Floats:
        """Standard score among schools of the phase; NaN where there is no result."""
        found = np.full(len(mean), np.nan)
        for phase in Phase:
            mine = (self._phase == phase) & np.isfinite(mean)
            if np.count_nonzero(mine) < _FEWEST_SCHOOLS:
                found[mine] = 0.0
                continue
            spread = float(mean[mine].std())
            found[mine] = (mean[mine] - mean[mine].mean()) / spread if spread > 0.0 else 0.0
        return found
