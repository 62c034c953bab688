"""Constants of schools, solved so that expected intakes are the planned ones and those results tell of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.choice import Options, odds_of
from model.place import Floats, Index

_ROUNDS = 40
_MOMENTUM = 0.8
_ROUNDS_OF_INTAKES = 30
_MOMENTUM_OF_INTAKES = 0.6  # constants and slopes push one another: with more they swing
_FURTHEST = 10.0  # log odds between incomes: a share not reached by then is out of reach
_LEAST_SPREAD = 0.05  # covariance of standing and attainment within an intake, pupil SD


def balance(options: Options, utility: Floats, rows: Index, weight: Floats) -> Floats:
    """Solve the constants that make expected intakes proportional to planned ones.

    Parameters
    ----------
    options : Options
        Schools considered.
    utility : (k, n) float64
        Log odds of each chooser without constants.
    rows : (n,) int32
        Source of each chooser.
    weight : (n,) float64
        Children each chooser stands for.

    Returns
    -------
    (n_schools,) float64
        Constant of each school; 0 where it is planned to take no one.
    """
    n_schools = len(options.target)
    schools = np.take(options.schools, rows, axis=1)
    utility, at = np.ascontiguousarray(utility), schools.ravel()
    constant, speed = np.zeros(n_schools), np.zeros(n_schools)
    share = options.target / max(float(options.target.sum()), 1e-9)
    everyone, wanted = weight.sum(), share > 0.0
    total = np.empty_like(utility)
    with np.errstate(divide="ignore", invalid="ignore"):
        for _ in range(_ROUNDS):
            np.add(utility, np.take(constant, schools), out=total)
            total -= total.max(axis=0)
            odds = np.exp(total, out=total)
            odds *= weight / odds.sum(axis=0)
            intake = np.bincount(at, odds.ravel(), n_schools)
            step = np.minimum(np.maximum(np.log(share / (intake / everyone)), -1.0), 1.0)
            speed = _MOMENTUM * speed + np.where(wanted & (intake > 0.0), step, 0.0)
            constant += speed
    return constant


@dataclass(frozen=True, kw_only=True, eq=False)
class Choosers:
    """Children, or groups of them, who choose; shapes (n,) unless said otherwise.

    Attributes
    ----------
    rows : intp
        Source of each.
    weight : float64
        Children each stands for.
    low_income : intp
        1 with low income, else 0.
    labelled : float64
        Chance of being classed disadvantaged.
    standing, attainment : float64
        What a slope acts on; what it is to bring about: pupil SD, 0 on average in the LA.
    """

    rows: Index
    weight: Floats
    low_income: Index
    labelled: Floats
    standing: Floats
    attainment: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Wanted:
    """Intakes to bring about; shapes (n_schools,).

    Attributes
    ----------
    intake : float64
        Children; 0 where a school takes no one.
    labelled : float64
        Children classed disadvantaged among them; NaN where not known.
    attainment : float64
        Mean attainment of the intake, pupil SD; NaN where not known.
    """

    intake: Floats
    labelled: Floats
    attainment: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Constants:
    """What solves the balance.

    Attributes
    ----------
    by_income : (2, n_schools) float64
        Log odds added for each school: other children, children with low income.
    on_standing : (n_schools,) float64
        Log odds per SD of standing; 0 where the intake's attainment is not known.
    """

    by_income: Floats
    on_standing: Floats


class _Sums:
    """Adds up what choosers bring, by school and income."""

    def __init__(self, choosers: Choosers, schools: Index, n: int) -> None:
        self._n, self.schools, self._school = n, schools, schools.ravel()
        self.by_income = schools + n * choosers.low_income  # columns of a flat (2, n_schools) table
        self._group = self.by_income.ravel()

    def total(self, amount: Floats) -> Floats:
        """Sum over the children each school can expect; (n_schools,)."""
        return np.asarray(np.bincount(self._school, amount.ravel(), self._n), dtype=np.float64)

    def groups(self, amount: Floats) -> Floats:
        """Sum by income; (2, n_schools)."""
        total = np.bincount(self._group, amount.ravel(), 2 * self._n)
        return np.asarray(total, dtype=np.float64).reshape(2, self._n)


def _steps(wanted: Wanted, intake: Floats, labelled: Floats) -> tuple[Floats, Floats]:
    """Log odds to add for all children, and for low income against others; (n_schools,) each."""
    with np.errstate(divide="ignore", invalid="ignore"):
        together = np.log(wanted.intake / intake)
        apart = np.log(wanted.labelled / (wanted.intake - wanted.labelled)) - np.log(
            labelled / (intake - labelled)
        )
    takes = wanted.intake > 0.0
    return (
        np.where(np.isfinite(together) & takes, np.clip(together, -1.0, 1.0), 0.0),
        np.where(np.isfinite(apart) & takes, np.clip(apart, -1.0, 1.0), 0.0),
    )


def balance_intakes(
    options: Options, utility: Floats, choosers: Choosers, wanted: Wanted, steepest: float
) -> Constants:
    """Solve constants by income, and slopes on standing, that bring known intakes about.

    Parameters
    ----------
    options : Options
        Schools considered.
    utility : (k, n) float64
        Log odds of each chooser without constants.
    choosers : Choosers
        Who chooses.
    wanted : Wanted
        Intakes; those of each LA must add up to its choosers.
    steepest : float
        Largest slope either way, log odds per SD of standing: what then is not reached stays so.

    Returns
    -------
    Constants
        After a fixed number of rounds.
    """
    n = len(options.target)
    sums = _Sums(choosers, np.take(options.schools, choosers.rows, axis=1), n)
    utility = np.ascontiguousarray(utility)
    z, sorts = choosers.standing, np.isfinite(wanted.attainment) & (wanted.intake > 0.0)
    constant, slope = np.zeros((2, n)), np.zeros(n)
    speed, parting, turning = np.zeros(n), np.zeros(n), np.zeros(n)
    for _ in range(_ROUNDS_OF_INTAKES):
        total = utility + np.take(constant, sums.by_income)
        if sorts.any():
            total += np.take(slope, sums.schools) * z
        odds = odds_of(total)
        expected = odds * (choosers.weight / odds.sum(axis=0))
        groups = sums.groups(expected)
        intake = groups[0] + groups[1]
        together, apart = _steps(wanted, intake, sums.total(expected * choosers.labelled))
        speed = _MOMENTUM_OF_INTAKES * speed + together
        parting = _MOMENTUM_OF_INTAKES * parting + apart
        between = constant[1] - constant[0]
        parted = np.clip(between + parting, -_FURTHEST, _FURTHEST) - between
        low_share = groups[1] / np.maximum(intake, 1e-9)  # a share out of reach leaves the size as it is
        constant += speed + np.stack([-low_share, 1.0 - low_share]) * parted
        if sorts.any():
            standing = sums.groups(expected * z)
            miss = _miss(sums, expected, choosers, wanted, intake, standing.sum(axis=0))
            turning = _MOMENTUM_OF_INTAKES * turning + np.where(sorts, np.clip(miss, -0.5, 0.5), 0.0)
            turned = np.clip(slope + turning, -steepest, steepest)
            constant -= (turned - slope) * standing / np.maximum(groups, 1e-9)  # nor does a slope
            slope, turning = turned, np.where(np.abs(turned) < steepest, turning, 0.0)
    return Constants(by_income=constant, on_standing=slope)


def _miss(
    sums: _Sums, expected: Floats, choosers: Choosers, wanted: Wanted, intake: Floats, standing: Floats
) -> Floats:
    """What each slope lacks: attainment missed over its covariance with standing; (n_schools,)."""
    size = np.maximum(intake, 1e-9)
    brought = expected * choosers.attainment
    mean = sums.total(brought) / size
    shared = sums.total(brought * choosers.standing) / size - mean * standing / size
    return np.asarray((wanted.attainment - mean) / np.maximum(shared, _LEAST_SPREAD))
