"""How the results of schools stand: what inspectors, funders and families read of them."""

from __future__ import annotations

from collections import deque

import numpy as np

from model.assessments import Sitting
from model.place import Bools, Floats, Ints, Phase
from model.register import Register

YEARS = 3
"""Years whose mean is read, as in performance tables."""

_FEWEST_SCHOOLS = 3
"""Below this many schools of a phase nothing can be said of how one stands among them."""

_ALIKE = 1e-9
"""SD, in pupil SD, below which schools are taken as alike."""


class ResultsRead:
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
        years = np.array(self._years)
        known = np.isfinite(years)
        counted = known.sum(axis=0)
        with_results = counted > 0
        total = np.where(known, years, 0.0).sum(axis=0)
        standing = self._standing(total / np.maximum(counted, 1), with_results)
        return np.asarray(standing.sum(axis=0) / np.maximum(with_results.sum(axis=0), 1))

    def _means(self, register: Register, sitting: Sitting) -> Floats:
        """Mean score of each school, pupil SD; NaN where no one sat."""
        n = len(self._phase)
        school = register.school[sitting.cohort.start : sitting.cohort.end]
        school = np.minimum(school, n)
        counted = np.bincount(school, minlength=n + 1)[:n]
        total = np.bincount(school, sitting.mean, n + 1)[:n]
        return np.where(counted > 0, total / np.maximum(counted, 1), np.nan)

    def _standing(self, mean: Floats, known: Bools) -> Floats:
        """Standard score among schools of the phase, by stage; 0 where not known; (2, n_schools)."""
        cell = self._phase + len(Phase) * np.arange(len(mean))[:, None]
        cell, weight, cells = cell.ravel(), known.ravel().astype(np.float64), len(Phase) * len(mean)
        schools = np.bincount(cell, weight, cells)
        safe = np.maximum(schools, 1.0)
        centred = mean.ravel() - (np.bincount(cell, weight * mean.ravel(), cells) / safe)[cell]
        spread = np.sqrt(np.bincount(cell, weight * centred**2, cells) / safe)
        told = (schools >= _FEWEST_SCHOOLS) & (spread > _ALIKE)
        scale = np.where(told, 1.0 / np.maximum(spread, _ALIKE), 0.0)
        return np.asarray((weight * centred * scale[cell]).reshape(mean.shape))
