"""Births: the children of every cohort that a run will see, and what each is born with."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.cuts import alternative_cut, low_income_cut, special_cut
from model.need import Need, NeedClasses
from model.parameters import LearningParameters, RollParameters
from model.place import FIRST_SECONDARY_YEAR_GROUP, YEAR_GROUPS, Bools, Floats, Index, Ints, Place
from model.randomness import Blocks, Chance, look_up, normal_quantiles
from model.register import Cohort, Register

_AT_A_TIME = 1 << 17
"""Children born at a time: what is worked out on the way stays small."""


def _whole(parts: Floats, total: int) -> Ints:
    """Round parts to whole numbers that sum to ``total`` (largest remainders first)."""
    scaled = parts * (total / parts.sum())
    whole = np.floor(scaled).astype(np.int32)
    order = np.argsort(whole - scaled, kind="stable")
    whole[order[: total - int(whole.sum())]] += 1
    return np.asarray(whole)


def _of_la(values: Floats, la: Index) -> Floats | float:
    """Value of each child's LA; one number where there is one LA."""
    return float(values[0]) if len(values) == 1 else np.take(values, la)


def cohort_factor(entry_year: int, year0: int, p: RollParameters) -> float:
    """Size of an entering cohort against year 0's: a yearly change for some years, level after.

    Parameters
    ----------
    entry_year, year0 : int
        The year its Reception year ends; year 0.
    p : RollParameters
        Yearly change and how long it goes on (rows primary_roll_change_national, rolls_change_years).

    Returns
    -------
    float
        1 in year 0 and before.
    """
    ahead = min(max(entry_year - year0, 0), p.reception_change_years)
    return float((1.0 + p.reception_change) ** ahead)


def _presence(
    place: Place, chance: Chance, cohorts: list[Cohort], la: Index, arrivals: list[int]
) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """First and last year group of each child: some leave the place's state schools at 11, some arrive."""
    children = np.bincount(place.areas.la, place.areas.children, place.n_la)
    leaving = np.clip(1.0 - place.secondary_pupils / children, 0.0, 1.0)
    last = np.full(len(la), YEAR_GROUPS - 1, dtype=np.int8)
    first = np.zeros(len(la), dtype=np.int8)
    for cohort, late in zip(cohorts, arrivals, strict=True):
        own = slice(cohort.start, cohort.end - late)
        first[cohort.end - late : cohort.end] = FIRST_SECONDARY_YEAR_GROUP
        if not leaving.any():
            continue
        luck = chance.uniforms("leaving at 11", cohort.entry_year, 0, cohort.size - late)
        last[own][luck < leaving[la[own]]] = FIRST_SECONDARY_YEAR_GROUP - 1
    return first, last


class Nursery:
    """Makes cohorts of children for one place and one draw of the parameters.

    Parameters
    ----------
    place : Place
        Where they live.
    learning : LearningParameters
        What makes pupils differ.
    rolls : RollParameters
        How births change.
    need : NeedClasses
        The nation's levels of need.
    area_home : (n_areas,) float64
        Home advantage of each area against its LA's, pupil SD.
    """

    def __init__(
        self,
        place: Place,
        learning: LearningParameters,
        rolls: RollParameters,
        need: NeedClasses,
        area_home: Floats,
    ) -> None:
        self.place, self.learning, self.rolls, self.need, self.area_home = (
            place,
            learning,
            rolls,
            need,
            area_home,
        )
        self.income_cut = low_income_cut(place)
        self.special = special_cut(place.rates, need, learning.need_low_income_shift)
        self.alternative = alternative_cut(place.rates, learning)
        children = np.bincount(place.areas.la, place.areas.children, place.n_la)
        self._areas: dict[float, tuple[Index, int]] = {}
        self._arriving = (
            np.maximum(place.secondary_pupils / children - 1.0, 0.0)[place.areas.la] * place.areas.children
        )

    def areas_of(self, entry_year: int) -> tuple[Index, int]:
        """Home area of each child of a cohort, those who arrive at 11 last, and how many these are.

        Parameters
        ----------
        entry_year : int
            The year the cohort's Reception year ends.

        Returns
        -------
        area : (n,) intp
            Index of each child's home area.
        arrivals : int
            Children, last in ``area``, who join the place's state schools in Year 7.
        """
        factor = cohort_factor(entry_year, self.place.year, self.rolls)
        if factor not in self._areas:
            self._areas[factor] = self._areas_at(factor)
        return self._areas[factor]

    def _areas_at(self, factor: float) -> tuple[Index, int]:
        children = self.place.areas.children
        own = _whole(children, round(float(children.sum()) * factor))
        area = np.repeat(np.arange(len(own), dtype=np.intp), own)
        arrivals = round(float(self._arriving.sum()) * factor)
        if arrivals:
            extra = _whole(self._arriving, arrivals)
            area = np.concatenate([area, np.repeat(np.arange(len(own), dtype=np.intp), extra)])
        return area, arrivals

    def needs(
        self, la: Index, low_income: Bools, home: Floats, other: Floats
    ) -> tuple[Floats, NDArray[np.int8]]:
        """Need index and level of each child.

        Parameters
        ----------
        la : (n,) intp
            LA of residence.
        low_income : (n,) bool
            Lasting low income.
        home, other : (n,) float64
            Standard normals: home advantage, and what need does not share with it.

        Returns
        -------
        index : (n,) float64
            Latent need, SD.
        level : (n,) int8
            Level of need (``Need``).
        """
        kappa = self.learning.need_home_correlation
        index = np.sqrt(1.0 - kappa**2) * other
        index -= kappa * home
        index += self.learning.need_low_income_shift * low_income
        level = (index > self.need.thresholds[0]).astype(np.int8)
        level += index > self.need.thresholds[1]
        np.putmask(level, index > _of_la(self.special, la), Need.SPECIAL)
        return index, level


def build_register(nursery: Nursery, chance: Chance, years: int) -> Register:
    """List every child from Year 11 of year 0 to Reception of the last projected year.

    Parameters
    ----------
    nursery : Nursery
        Makes the cohorts.
    chance : Chance
        Streams ``home``, ``need``, ``income``, ``leaving at 11``, ``alternative provision``, ``absence
        (lasting)``.
    years : int
        Projected years after year 0.

    Returns
    -------
    Register
        All columns filled but attainment (NaN) and school (none); what children are born with is read-only.
    """
    place = nursery.place
    cohorts, areas, arrivals, start = [], [], [], 0
    for entry_year in range(place.year - YEAR_GROUPS + 1, place.year + years + 1):
        area, late = nursery.areas_of(entry_year)
        cohorts.append(Cohort(entry_year, start, start + len(area)))
        areas.append(area)
        arrivals.append(late)
        start = cohorts[-1].end
    columns = _columns(nursery, chance, np.concatenate(areas), cohorts)
    columns["first"], columns["last"] = _presence(place, chance, cohorts, columns["la"], arrivals)
    for column in columns.values():
        column.setflags(write=False)  # what children are born with is alike for all scenarios of a pair
    return Register(
        cohorts=tuple(cohorts),
        attainment=np.full((2, start), np.nan),
        boost=np.zeros((2, start)),
        school=np.asarray(len(place.schools) + columns["la"], dtype=np.intp),
        prior_low=np.zeros(start, dtype=np.bool_),
        **columns,
    )


def _columns(nursery: Nursery, chance: Chance, area: Index, cohorts: list[Cohort]) -> dict[str, Any]:
    """What every child is born with, worked out for some cohorts at a time."""
    total = len(area)
    if total <= _AT_A_TIME:
        return {"area": area, **_born(nursery, chance, area, [(c.entry_year, c.size) for c in cohorts])}
    columns: dict[str, Any] = {
        "area": area,
        "la": np.empty(total, dtype=np.intp),
        "low_income": np.empty(total, dtype=np.bool_),
        "income": np.empty(total),
        "home": np.empty((2, total)),
        "need": np.empty(total, dtype=np.int8),
        "need_index": np.empty(total),
        "alternative": np.empty(total, dtype=np.bool_),
        "absence": np.empty(total),
    }
    for some in _in_turn(cohorts):
        rows = slice(some[0].start, some[-1].end)
        born = _born(nursery, chance, area[rows], [(c.entry_year, c.size) for c in some])
        for name, column in born.items():
            columns[name][..., rows] = column
    return columns


def _in_turn(cohorts: list[Cohort]) -> list[list[Cohort]]:
    """Cohorts, oldest first, in groups that hold no more children than are dealt with at a time."""
    groups = [[cohorts[0]]]
    for cohort in cohorts[1:]:
        if cohort.end - groups[-1][0].start > _AT_A_TIME:
            groups.append([])
        groups[-1].append(cohort)
    return groups


def _born(nursery: Nursery, chance: Chance, area: Index, blocks: Blocks) -> dict[str, Any]:
    """What the children of some cohorts are born with."""
    p = nursery.learning
    la = np.take(nursery.place.areas.la.astype(np.intp), area)
    income = chance.normals_of("income", blocks, 0)
    income -= np.take(nursery.income_cut, area)
    low_income = income < 0.0
    words = chance.gather("home", blocks, 0, 2)
    mean, difference = (look_up(normal_quantiles(), words[part::2]) for part in (0, 1))
    index, level = nursery.needs(la, low_income, mean, chance.normals_of("need", blocks, 0))
    rho = p.alternative_need_correlation
    at_risk = np.sqrt(1.0 - rho**2) * chance.normals_of("alternative provision", blocks, 0)
    at_risk += rho * index
    alternative = (at_risk > _of_la(nursery.alternative, la)) & (level != Need.SPECIAL)
    base = np.take(nursery.area_home, area)
    base -= np.take(nursery.need.drag, level.astype(np.intp))
    base[alternative] -= p.need_drag_alternative
    mean *= np.sqrt(p.home_variance * (1.0 + p.domain_correlation) / 2.0)
    base += mean
    difference *= np.sqrt(p.home_variance * (1.0 - p.domain_correlation) / 2.0)
    return {
        "la": la,
        "low_income": low_income,
        "income": income,
        "home": np.stack([base + difference, base - difference]),
        "need": level,
        "need_index": index,
        "alternative": alternative,
        "absence": chance.normals_of("absence (lasting)", blocks, 0),
    }
