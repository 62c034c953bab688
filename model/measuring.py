"""Taking the measures of a year: one row of numbers for the registry's columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.accounting import gap_change, pool
from model.assessments import Sitting, points
from model.measures import MEASURES
from model.need import normal_quantile
from model.parameters import MeasurementParameters
from model.place import FIRST_SECONDARY_YEAR_GROUP, Bools, Floats, Place
from model.record import Column
from model.reference import Reference, Stage
from model.register import Labels, Register

COLUMNS: tuple[Column, ...] = tuple(Column(m.id, group) for m in MEASURES for group in m.groups)

_PERSISTENT, _SEVERE = 0.10, 0.50  # DfE definitions: half-days missed
_PER_CENT = 100.0


@dataclass(kw_only=True, eq=False)
class YearResults:
    """What happened in a year, before it is summed up.

    Attributes
    ----------
    year : int
        The year the academic year ends.
    eyfs, ks2, ks4 : Sitting
        Scores of the three cohorts tested.
    absence : (n_active,) float64
        Share of half-days missed.
    year_group : (n_active,) int8
        Year group of each pupil.
    practice : float
        Mean practice against year 0.
    head_turnover : float
        Share of schools whose head left.
    spend : float
        GBP on programmes.
    """

    year: int
    eyfs: Sitting
    ks2: Sitting
    ks4: Sitting
    absence: Floats
    year_group: NDArray[np.int8]
    practice: float
    head_turnover: float
    spend: float


class Scales:
    """Turns scores into national ranks: the fixed reference, or the simulated nation where the place is England."""

    def __init__(self, place: Place, reference: Reference) -> None:
        self._is_england, self._reference = place.is_england, reference
        self._year0: dict[str, Floats] = {}

    def rank(self, name: str, scores: Floats, present: Bools) -> Floats:
        """Percentile ranks from 0 to 1; shape as ``scores``."""
        if not self._is_england:
            stage: Stage = getattr(self._reference, name)
            return stage.rank(scores)
        nation = np.sort(scores[present])
        return np.asarray(
            (np.searchsorted(nation, scores, side="left") + np.searchsorted(nation, scores, side="right"))
            / (2.0 * len(nation))
        )

    def fixed_grades(self, scores: Floats, ranks: Floats) -> Floats:
        """KS4 scores when national grades are fixed: the score that had this rank in the nation of year 0."""
        if not self._is_england:
            return scores
        stage = self._reference.ks4
        return stage.mean + stage.sd * normal_quantile(np.clip(ranks, 1e-6, 1.0 - 1e-6))


def two_groups(values: Floats, disadvantaged: Bools, present: Bools) -> dict[str, float]:
    """Means of all, disadvantaged and other pupils, and the gap (other less disadvantaged); NaN for an empty group."""
    result = {}
    for group, mask in (
        ("all", present),
        ("disadvantaged", present & disadvantaged),
        ("other", present & ~disadvantaged),
    ):
        n = int(mask.sum())
        result[group] = float(values[mask].sum() / n) if n else np.nan
    result["gap"] = result["other"] - result["disadvantaged"]
    return result


class Measuring:
    """Sums a year up.

    Parameters
    ----------
    place : Place
        Schools.
    reference : Reference
        Cuts, points and ranks.
    labels : Labels
        Who is classed what.
    p : MeasurementParameters
        Months a SD.
    sen_cut : (n_la, 2 phases, 2) float64
        Need index above which a child has SEN support or more, and a plan.
    """

    def __init__(
        self, place: Place, reference: Reference, labels: Labels, p: MeasurementParameters, sen_cut: Floats
    ) -> None:
        self._place, self._reference, self._labels, self._p, self._sen_cut = (
            place,
            reference,
            labels,
            p,
            sen_cut,
        )
        self._scales = Scales(place, reference)
        self._first: tuple[Floats, Floats, Floats, Floats] | None = None

    def disadvantaged(self, register: Register, rows: slice, phase: int | NDArray[np.intp]) -> Bools:
        """Who is classed disadvantaged by DfE."""
        return np.asarray(register.income[rows] < self._labels.disadvantaged[register.la[rows], phase])

    def present(self, register: Register, rows: slice) -> Bools:
        """Who is in a school of the place."""
        return np.asarray(register.school[rows] < len(self._place.schools))

    def row(self, register: Register, results: YearResults) -> Floats:
        """Measures of the year in the order of ``COLUMNS``; shape (n_columns,), in the registry's units."""
        taken: dict[str, dict[str, float]] = {}
        self._early_years(register, results, taken)
        self._key_stage_2(register, results, taken)
        self._key_stage_4(register, results, taken)
        self._pupils(register, results, taken)
        taken["practice"] = {"all": results.practice}
        taken["head_turnover"] = {"all": _PER_CENT * results.head_turnover}
        taken["spend"] = {"all": results.spend}
        return np.array([taken[c.measure][c.group] for c in COLUMNS])

    def _early_years(
        self, register: Register, results: YearResults, taken: dict[str, dict[str, float]]
    ) -> None:
        sitting = results.eyfs
        block = slice(sitting.cohort.start, sitting.cohort.end)
        fsm = register.income[block] < self._labels.fsm_now[register.la[block], 0]
        passed = _PER_CENT * (sitting.mean >= self._reference.eyfs.cut)
        taken["eyfs_gld"] = two_groups(passed, fsm, self.present(register, block))

    def _key_stage_2(
        self, register: Register, results: YearResults, taken: dict[str, dict[str, float]]
    ) -> None:
        sitting, stage = results.ks2, self._reference.ks2
        block = slice(sitting.cohort.start, sitting.cohort.end)
        group, present = self.disadvantaged(register, block, 0), self.present(register, block)
        passed = _PER_CENT * (sitting.both >= stage.cut)
        taken["ks2_rwm_expected"] = two_groups(passed, group, present)
        taken["ks2_rwm_higher"] = two_groups(_PER_CENT * (sitting.both >= stage.higher_cut), group, present)
        rank = self._scales.rank("ks2", sitting.mean, present)
        taken["ks2_gap_index"] = {"gap": 20.0 * two_groups(rank, group, present)["gap"]}
        taken["ks2_gap_months"] = {
            "gap": self._p.months_per_sd_ks2 * two_groups(sitting.mean / stage.sd, group, present)["gap"]
        }
        self._account(register, block, passed, group, present, taken)

    def _account(
        self,
        register: Register,
        block: slice,
        passed: Floats,
        group: Bools,
        present: Bools,
        taken: dict[str, dict[str, float]],
    ) -> None:
        """Where the change of the KS2 gap since year 0 comes from."""
        n = len(self._place.schools)
        school = register.school[block]
        cells = []
        for mask in (present & group, present & ~group):
            cells += [
                np.bincount(school[mask], minlength=n).astype(np.float64),
                np.bincount(school[mask], passed[mask], n),
            ]
        now = (cells[0], cells[2], cells[1], cells[3])
        if self._first is None:
            self._first = now
        whole = (now[0] > 0) & (now[1] > 0) & (self._first[0] > 0) & (self._first[1] > 0)
        change = gap_change(pool(*self._first, whole), pool(*now, whole))
        for part in ("within", "between", "composition"):
            taken[f"ks2_gap_{part}"] = {"gap": getattr(change, part)}

    def _key_stage_4(
        self, register: Register, results: YearResults, taken: dict[str, dict[str, float]]
    ) -> None:
        sitting, stage = results.ks4, self._reference.ks4
        block = slice(sitting.cohort.start, sitting.cohort.end)
        group, present = self.disadvantaged(register, block, 1), self.present(register, block)
        mean = sitting.mean
        taken["ks4_attainment8"] = two_groups(points(stage, mean), group, present)
        taken["ks4_em5"] = two_groups(_PER_CENT * (sitting.both >= stage.higher_cut), group, present)
        rank = self._scales.rank("ks4", mean, present)
        taken["ks4_attainment8_rank"] = two_groups(
            points(stage, self._scales.fixed_grades(mean, rank)), group, present
        )
        taken["ks4_gap_index"] = {"gap": 20.0 * two_groups(rank, group, present)["gap"]}
        taken["ks4_gap_months"] = {
            "gap": self._p.months_per_sd_ks4 * two_groups(mean / stage.sd, group, present)["gap"]
        }

    def _pupils(self, register: Register, results: YearResults, taken: dict[str, dict[str, float]]) -> None:
        active = register.active(results.year)
        phase = (results.year_group >= FIRST_SECONDARY_YEAR_GROUP).astype(np.intp)
        group, present = self.disadvantaged(register, active, phase), self.present(register, active)
        absence = results.absence
        taken["absence"] = two_groups(_PER_CENT * absence, group, present)
        taken["persistent_absence"] = two_groups(_PER_CENT * (absence >= _PERSISTENT), group, present)
        taken["severe_absence"] = two_groups(_PER_CENT * (absence >= _SEVERE), group, present)
        cut = self._sen_cut[register.la[active], phase]
        need = register.need_index[active]
        plan = need >= cut[:, 1]
        taken["sen_support_share"] = two_groups(_PER_CENT * ((need >= cut[:, 0]) & ~plan), group, present)
        taken["ehcp_share"] = two_groups(_PER_CENT * plan, group, present)
        n = int(present.sum())
        poor = int((present & group).sum())
        taken["pupils"] = {"all": float(n), "disadvantaged": float(poor), "other": float(n - poor)}
