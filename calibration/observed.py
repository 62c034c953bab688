"""A system whose pupils' scores are kept, so that statistics across stages and schools can be taken."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from model.assessments import sit
from model.place import Bools, Floats, Index
from model.system import System


@dataclass(kw_only=True, eq=False)
class Cohort:
    """Scores of one cohort at one stage.

    Attributes
    ----------
    start : int
        First row of the cohort in the register: its identity across years.
    score : (n,) float64
        Mean of the two domains, pupil SD of year 0's units, test error included.
    both : (n,) float64
        Lower of the two domains.
    school : (n,) intp
        School when tested.
    disadvantaged : (n,) bool
        DfE's label when tested.
    """

    start: int
    score: Floats
    both: Floats
    school: Index
    disadvantaged: Bools


@dataclass(kw_only=True, eq=False)
class Observations:
    """All cohorts by (stage, year), and who is in which school with which share of disadvantaged pupils."""

    cohorts: dict[tuple[str, int], Cohort] = field(default_factory=dict)
    need: NDArray[np.int8] | None = None


class ObservedSystem(System):
    """Keeps what pupils score; the run itself is untouched."""

    def measure(self, absence: Floats, head_turnover: float) -> None:
        """Take the year's measures and keep the scores behind them.

        Parameters
        ----------
        absence : (n_active,) float64
            Share of half-days missed by each pupil of the year.
        head_turnover : float
            Share of schools whose head left; NaN in year 0.
        """
        super().measure(absence, head_turnover)
        if not hasattr(self, "observations"):
            self.observations = Observations(need=self.parts.register.need)
        register = self.parts.register
        errors = dict(self.parts.error_variance)
        errors["ks1"] = (
            2.0 * self.parts.reference.sd[3] ** 2 * (1.0 / self.parameters.learning.reliability_ks1 - 1.0)
        )
        for stage, variance in errors.items():
            sitting = sit(register, self.now, stage, variance, self.chance)
            block = slice(sitting.cohort.start, sitting.cohort.end)
            phase = 1 if stage == "ks4" else 0
            self.observations.cohorts[stage, self.now] = Cohort(
                start=sitting.cohort.start,
                score=sitting.mean,
                both=sitting.both,
                school=register.school[block].copy(),
                disadvantaged=self.parts.measuring.disadvantaged(register, block, phase),
            )
