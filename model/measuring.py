"""Taking the measures of a year: one row of numbers for the registry's columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.accounting import gap_change, pool
from model.assessments import Sitting, points
from model.cuts import Labels
from model.measures import MEASURES
from model.mixture import GRID
from model.parameters import MeasurementParameters
from model.place import FIRST_SECONDARY_YEAR_GROUP, Bools, Floats, Index, Place
from model.pupil_groups import ABSENT, DISADVANTAGED, OTHER, Groups, group_means
from model.record import Column
from model.reference import Reference, Stage
from model.register import Register
from model.score_parts import expected_by_inflation, points_by_inflation, points_by_roll

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
    year_group : (n_active,) intp
        Year group of each pupil.
    practice : float
        Mean practice against year 0.
    head_turnover : float
        Share of schools whose head left.
    leaving : float
        Share of teachers leaving, by pupils of their schools.
    off_rolled : float
        Share of pupils of Years 10 and 11 moved off the roll.
    moved : (n_children,) bool
        Who has ever been.
    spend : float
        GBP paid by all funders.
    institutions : Mapping of str to float
        Measures of institutions by id.
    """

    year: int
    eyfs: Sitting
    ks2: Sitting
    ks4: Sitting
    absence: Floats
    year_group: Index
    practice: float
    head_turnover: float
    leaving: float
    off_rolled: float
    moved: Bools
    spend: float
    institutions: Mapping[str, float]


class Scales:
    """Turns scores into ranks in the fixed reference, or in the simulated nation if the place is England.

    Parameters
    ----------
    place : Place
        For whether it is England.
    reference : Reference
        The nation of year 0.
    """

    def __init__(self, place: Place, reference: Reference) -> None:
        self._is_england, self._reference = place.is_england, reference
        self._year0: dict[str, Floats] = {}

    def rank(self, name: str, scores: Floats, codes: Index) -> Floats:
        """Percentile ranks of scores.

        Parameters
        ----------
        name : str
            Stage: ``eyfs``, ``ks2`` or ``ks4``.
        scores : (n,) float64
            Means of the two domain scores, pupil SD.
        codes : (n,) intp
            Group of each child, as in ``Groups``; in England those in no school do not count.

        Returns
        -------
        (n,) float64
            Ranks from 0 to 1.
        """
        if not self._is_england:
            stage: Stage = getattr(self._reference, name)
            return stage.rank(scores)
        order = np.argsort(scores)  # scores looked up in order are found four times faster
        rising = scores[order]
        nation = rising[codes[order] != ABSENT]
        below, up_to = (np.searchsorted(nation, rising, side=side) for side in ("left", "right"))
        ranks = np.empty(len(scores))
        ranks[order] = (below + up_to) / (2.0 * len(nation))
        return ranks

    def fixed_grades(self, scores: Floats, ranks: Floats) -> Floats:
        """KS4 scores when national grades are fixed: the score that had this rank in the nation of year 0.

        Parameters
        ----------
        scores : (n,) float64
            Means of the two domain scores, pupil SD.
        ranks : (n,) float64
            Their percentile ranks, 0 to 1.

        Returns
        -------
        (n,) float64
            Pupil SD; ``scores`` themselves outside England, where ranks are those of year 0 already.
        """
        if not self._is_england:
            return scores
        return np.asarray(np.interp(ranks, self._reference.ks4.ranks, GRID))


_SEN = 3  # levels of SEN: none, support, plan
_STATUSES = 2 * _SEN


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
    register : Register
        Children's income and need.
    """

    def __init__(
        self,
        place: Place,
        reference: Reference,
        labels: Labels,
        p: MeasurementParameters,
        sen_cut: Floats,
        register: Register,
    ) -> None:
        self._place, self._reference, self._labels, self._p = place, reference, labels, p
        self._sen_cut = sen_cut
        self._scales = Scales(place, reference)
        self._first: tuple[Floats, ...] | None = None
        self._status = [self._status_in(register, phase) for phase in (0, 1)]

    def _status_in(self, register: Register, phase: int) -> NDArray[np.int8]:
        """Three times the group + SEN (none, support, plan) of all children in a phase; (n_children,)."""
        cut, sen = self._labels.disadvantaged[:, phase], self._sen_cut[:, phase]
        one = len(cut) == 1
        status = (register.income >= (cut[0] if one else cut[register.la])).astype(np.int8)
        support, plan = sen[0] if one else sen[register.la].T
        status *= _SEN
        status += register.need_index >= support
        status += register.need_index >= plan
        status.setflags(write=False)
        return status

    def _statuses(self, register: Register, year: int) -> NDArray[np.int8]:
        """Status of each pupil of a year in the phase the child is in; shape (n_active,)."""
        active, older = register.active(year), register.in_year(year, FIRST_SECONDARY_YEAR_GROUP).end
        return np.concatenate([self._status[1][active.start : older], self._status[0][older : active.stop]])

    def poor(self, register: Register, year: int) -> Bools:
        """Who of a year's pupils is classed disadvantaged by DfE.

        Parameters
        ----------
        register : Register
            Children.
        year : int
            The year the academic year ends.

        Returns
        -------
        (n_active,) bool
            As ``disadvantaged`` gives, each in the phase the child is in.
        """
        return np.asarray(self._statuses(register, year) < _SEN)

    def disadvantaged(self, register: Register, rows: slice, phase: int | NDArray[np.intp]) -> Bools:
        """Who is classed disadvantaged by DfE.

        Parameters
        ----------
        register : Register
            Income index and LA of each child.
        rows : slice
            Children asked about.
        phase : int or (n,) intp
            0 primary, 1 secondary; one for all, or one a child.

        Returns
        -------
        (n,) bool
            True where the income index lies below the label's cut in the LA.
        """
        return np.asarray(register.income[rows] < self._labels.disadvantaged[register.la[rows], phase])

    def present(self, register: Register, rows: slice) -> Bools:
        """Who is in a school of the place.

        Parameters
        ----------
        register : Register
            Present school of each child.
        rows : slice
            Children asked about.

        Returns
        -------
        (n,) bool
            False for children in none of the place's state schools.
        """
        return np.asarray(register.school[rows] < len(self._place.schools))

    def codes(self, register: Register, rows: slice, phase: int) -> Index:
        """Group of each child of a cohort.

        Parameters
        ----------
        register : Register
            Income index, LA and present school of each child.
        rows : slice
            Children asked about.
        phase : int
            0 primary, 1 secondary.

        Returns
        -------
        (n,) intp
            0 disadvantaged, 1 other, 2 in no school of the place.
        """
        cuts = self._labels.disadvantaged[:, phase]
        return self._code(register, rows, cuts)

    def _code(self, register: Register, rows: slice, cuts: Floats) -> Index:
        cut = cuts[register.la[rows]] if len(cuts) > 1 else cuts[0]
        code = (register.income[rows] >= cut).astype(np.intp)
        code[register.school[rows] >= len(self._place.schools)] = ABSENT
        return code

    def row(self, register: Register, results: YearResults) -> Floats:
        """Measures of the year; the first year taken is the one that changes of the gap are counted from.

        Parameters
        ----------
        register : Register
            Pupils at the end of the year.
        results : YearResults
            What happened in the year.

        Returns
        -------
        (n_columns,) float64
            In the order of ``COLUMNS`` and the registry's units; NaN where undefined.
        """
        taken: dict[str, dict[str, float]] = {}
        self._early_years(register, results, taken)
        self._key_stage_2(register, results, taken)
        self._key_stage_4(register, results, taken)
        self._pupils(register, results, taken)
        taken["practice"] = {"all": results.practice}
        taken["head_turnover"] = {"all": _PER_CENT * results.head_turnover}
        taken["teacher_leavers"] = {"all": _PER_CENT * results.leaving}
        taken["roll_leavers_unexplained"] = {"all": _PER_CENT * results.off_rolled}
        taken["spend"] = {"all": results.spend}
        taken.update({name: {"all": value} for name, value in results.institutions.items()})
        return np.array([taken[c.measure][c.group] for c in COLUMNS])

    def _early_years(
        self, register: Register, results: YearResults, taken: dict[str, dict[str, float]]
    ) -> None:
        sitting = results.eyfs
        block = slice(sitting.cohort.start, sitting.cohort.end)
        codes = self._code(register, block, self._labels.fsm_now[:, 0])
        passed = _PER_CENT * (sitting.mean >= self._reference.eyfs.cut)
        taken["eyfs_gld"] = Groups(codes).means(passed)

    def _key_stage_2(
        self, register: Register, results: YearResults, taken: dict[str, dict[str, float]]
    ) -> None:
        sitting, stage = results.ks2, self._reference.ks2
        block = slice(sitting.cohort.start, sitting.cohort.end)
        codes = self.codes(register, block, 0)
        groups, both, mean = Groups(codes), sitting.both, sitting.mean
        passed = _PER_CENT * (both >= stage.cut)
        taken["ks2_rwm_expected"] = groups.means(passed)
        taken["ks2_rwm_higher"] = groups.means(_PER_CENT * (both >= stage.higher_cut))
        rank = self._scales.rank("ks2", mean, codes)
        taken["ks2_gap_index"] = {"gap": 20.0 * groups.means(rank)["gap"]}
        taken["ks2_gap_months"] = {"gap": self._p.months_per_sd_ks2 * groups.means(mean / stage.sd)["gap"]}
        taken["ks2_rwm_inflation"] = expected_by_inflation(sitting, both, stage.cut, groups)
        self._account(register, block, passed, codes, taken)

    def _account(
        self,
        register: Register,
        block: slice,
        passed: Floats,
        codes: Index,
        taken: dict[str, dict[str, float]],
    ) -> None:
        """Where the change of the KS2 gap since year 0 comes from."""
        n = len(self._place.schools)
        cells = 3 * np.minimum(register.school[block], n) + codes
        size = 3 * (n + 1)
        counts, totals = np.bincount(cells, minlength=size), np.bincount(cells, passed, size)
        sums = [table.reshape(n + 1, 3)[:n].astype(np.float64) for table in (counts, totals)]
        now = tuple(part[:, group] for part in sums for group in (DISADVANTAGED, OTHER))
        if self._first is None:
            self._first = now
        first = self._first
        whole = (now[0] > 0) & (now[1] > 0) & (first[0] > 0) & (first[1] > 0)
        change = gap_change(
            pool(first[0], first[1], first[2], first[3], whole), pool(now[0], now[1], now[2], now[3], whole)
        )
        for part in ("within", "within_top", "within_bottom", "between", "composition"):
            taken[f"ks2_gap_{part}"] = {"gap": getattr(change, part)}

    def _key_stage_4(
        self, register: Register, results: YearResults, taken: dict[str, dict[str, float]]
    ) -> None:
        sitting, stage = results.ks4, self._reference.ks4
        block = slice(sitting.cohort.start, sitting.cohort.end)
        codes = self.codes(register, block, 1)
        groups, mean = Groups(codes), sitting.mean
        taken["ks4_attainment8"] = groups.means(points(stage, mean))
        taken["ks4_em5"] = groups.means(_PER_CENT * (sitting.both >= stage.higher_cut))
        rank = self._scales.rank("ks4", mean, codes)
        taken["ks4_attainment8_rank"] = groups.means(points(stage, self._scales.fixed_grades(mean, rank)))
        taken["ks4_gap_index"] = {"gap": 20.0 * groups.means(rank)["gap"]}
        taken["ks4_gap_months"] = {"gap": self._p.months_per_sd_ks4 * groups.means(mean / stage.sd)["gap"]}
        labels = (~self.disadvantaged(register, block, 1)).astype(np.intp)
        taken["ks4_inflation"] = points_by_inflation(sitting, stage, groups)
        taken["ks4_roll"] = points_by_roll(sitting, stage, groups, results.moved[block], labels)

    def _pupils(self, register: Register, results: YearResults, taken: dict[str, dict[str, float]]) -> None:
        """Absence, SEN and numbers of all pupils, cohort by cohort."""
        status = self._statuses(register, results.year)
        outside = register.school[register.active(results.year)] >= len(self._place.schools)
        np.putmask(status, outside, _STATUSES)
        away = results.absence
        absence = np.bincount(status, away, _STATUSES + 1)
        status *= 3  # by absence: below a tenth, persistent, severe
        status += away >= _PERSISTENT
        status += away >= _SEVERE
        counts = np.bincount(status, minlength=3 * (_STATUSES + 1)).reshape(-1, 3)
        of_group = counts[:_STATUSES].reshape(2, 3, 3)  # group by SEN (none, support, plan) by absence
        numbers = of_group.sum(axis=(1, 2))
        missed, sen = of_group.sum(axis=1), of_group.sum(axis=2)
        taken["absence"] = group_means(_PER_CENT * absence[:_STATUSES].reshape(2, 3).sum(axis=1), numbers)
        taken["persistent_absence"] = group_means(_PER_CENT * missed[:, 1:].sum(axis=1), numbers)
        taken["severe_absence"] = group_means(_PER_CENT * missed[:, 2], numbers)
        taken["sen_support_share"] = group_means(_PER_CENT * sen[:, 1], numbers)
        taken["ehcp_share"] = group_means(_PER_CENT * sen[:, 2], numbers)
        poor, other = float(numbers[DISADVANTAGED]), float(numbers[OTHER])
        taken["pupils"] = {"all": poor + other, "disadvantaged": poor, "other": other}
