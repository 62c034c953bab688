"""The pupil register: one set of columns for every child of every birth cohort that the run will see.

Children are a fixed, exogenous list per birth cohort and place: choice decides the school, never who exists.
Cohorts lie one after another, oldest first, so that the pupils of any year are one contiguous slice. The
register is never re-sorted; a child who is not in the place's state schools has the school index ``n_schools
+ la``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.cuts import alternative_cut, low_income_cut, special_cut
from model.need import Need, NeedClasses
from model.parameters import LearningParameters, RollParameters
from model.place import FIRST_SECONDARY_YEAR_GROUP, YEAR_GROUPS, Bools, Floats, Index, Ints, Place
from model.randomness import Chance, normal_quantiles

NEVER = YEAR_GROUPS
ALTERNATIVE_FROM = 9
"""Year group from which pupils may be in alternative provision."""


class Cohort(NamedTuple):
    """One birth cohort: its block of the register."""

    entry_year: int  # the year its Reception year ends: its lasting identity
    start: int
    end: int

    @property
    def size(self) -> int:
        """Number of children in the block."""
        return self.end - self.start


@dataclass(kw_only=True, eq=False)
class Register:
    """Columns over all children; shapes (n_children,) unless said otherwise.

    Attributes
    ----------
    cohorts : tuple of Cohort
        Blocks, oldest first.
    area, la : intp
        Home area and LA of residence.
    low_income : bool
        Lasting low income.
    income : float64
        Income index: distance, in SD, from the cut of low income in the home area; below 0 is low income.
    home : (2, n_children) float64
        Home advantage in literacy and maths, the area's included and the drag of need taken off, pupil SD.
    need : int8
        Level of latent need (``Need``).
    need_index : float64
        Latent need, in SD.
    alternative : bool
        Will be in alternative provision from Year 9.
    first, last : int8
        First and last year group in the place's state schools.
    absence : float64
        Lasting propensity to be absent, standard normal.
    attainment : (2, n_children) float64
        Attainment in literacy and maths, pupil SD; NaN before Reception.
    boost : (2, n_children) float64
        Part of this year's programme effect that shows in this year's measures only, pupil SD.
    school : intp
        Index of the school now, ``n_schools + la`` where in none of the place.
    prior_low : bool
        In the lowest quarter at the end of Key Stage 1.
    """

    cohorts: tuple[Cohort, ...]
    area: Index
    la: Index
    low_income: Bools
    income: Floats
    home: Floats
    need: NDArray[np.int8]
    need_index: Floats
    alternative: Bools
    first: NDArray[np.int8]
    last: NDArray[np.int8]
    absence: Floats
    attainment: Floats
    boost: Floats
    school: Index
    prior_low: Bools

    def cohort(self, entry_year: int) -> Cohort:
        """The block of children of one entry year.

        Parameters
        ----------
        entry_year : int
            The year the cohort's Reception year ends; not before the first cohort's.

        Returns
        -------
        Cohort
            Its block.

        Raises
        ------
        IndexError
            If no cohort of the run entered in that year.
        """
        place = entry_year - self.cohorts[0].entry_year
        if place < 0:
            raise IndexError(
                f"no cohort entered in {entry_year}; the first did in {self.cohorts[0].entry_year}"
            )
        return self.cohorts[place]

    def in_year(self, year: int, year_group: int) -> Cohort:
        """The block of children in a year group in a year.

        Parameters
        ----------
        year, year_group : int
            The year the academic year ends; 0 (Reception) to 11.

        Returns
        -------
        Cohort
            Its block.
        """
        return self.cohort(year - year_group)

    def blocks(self, year: int) -> tuple[tuple[int, int], ...]:
        """Identity and size of the cohorts of a year's active slice, oldest first, for ``Chance.gather``.

        Parameters
        ----------
        year : int
            The year the academic year ends.

        Returns
        -------
        tuple of (int, int)
            Entry year and number of children of twelve cohorts.
        """
        first = year - YEAR_GROUPS + 1 - self.cohorts[0].entry_year
        return tuple((c.entry_year, c.size) for c in self.cohorts[first : first + YEAR_GROUPS])

    def year_group(self, year: int) -> Index:
        """Year group of each pupil of a year's active slice.

        Parameters
        ----------
        year : int
            The year the academic year ends.

        Returns
        -------
        (n_active,) intp
            Falling from 11 to 0.
        """
        groups = np.arange(YEAR_GROUPS - 1, -1, -1)
        return np.repeat(groups, [size for _, size in self.blocks(year)])

    def mean_attainment(self, cohort: Cohort) -> Floats:
        """Mean of the two domains of each child of a cohort.

        Parameters
        ----------
        cohort : Cohort
            Whose attainment.

        Returns
        -------
        (cohort.size,) float64
            Pupil SD.
        """
        block = slice(cohort.start, cohort.end)
        return np.asarray(0.5 * (self.attainment[0, block] + self.attainment[1, block]))

    def active(self, year: int) -> slice:
        """Slice of all children of Reception to Year 11 in a year.

        Parameters
        ----------
        year : int
            The year the academic year ends.

        Returns
        -------
        slice
            Rows of the register, oldest cohort first.
        """
        return slice(self.in_year(year, YEAR_GROUPS - 1).start, self.in_year(year, 0).end)


def _whole(parts: Floats, total: int) -> Ints:
    """Round parts to whole numbers that sum to ``total`` (largest remainders first)."""
    scaled = parts * (total / parts.sum())
    whole = np.floor(scaled).astype(np.int32)
    order = np.argsort(whole - scaled, kind="stable")
    whole[order[: total - int(whole.sum())]] += 1
    return np.asarray(whole)


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
        luck = chance.uniforms("leaving at 11", cohort.entry_year, 0, cohort.size - late)
        last[own][luck < leaving[la[own]]] = FIRST_SECONDARY_YEAR_GROUP - 1
        first[cohort.end - late : cohort.end] = FIRST_SECONDARY_YEAR_GROUP
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
        index = np.sqrt(1.0 - kappa**2) * other - kappa * home
        index += self.learning.need_low_income_shift * low_income
        level = (index > self.need.thresholds[0]).astype(np.int8)
        level += index > self.need.thresholds[1]
        level[index > self.special[la]] = Need.SPECIAL
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
        All columns filled but attainment (NaN) and school (none).
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
    first, last = _presence(place, chance, cohorts, columns["la"], arrivals)
    return Register(
        cohorts=tuple(cohorts),
        attainment=np.full((2, start), np.nan),
        boost=np.zeros((2, start)),
        school=np.asarray(len(place.schools) + columns["la"], dtype=np.intp),
        prior_low=np.zeros(start, dtype=np.bool_),
        first=first,
        last=last,
        **columns,
    )


def _columns(nursery: Nursery, chance: Chance, area: Index, cohorts: list[Cohort]) -> dict[str, Any]:
    """What every child is born with."""
    p, blocks = nursery.learning, [(c.entry_year, c.size) for c in cohorts]
    la = nursery.place.areas.la[area].astype(np.intp)
    income = chance.normals_of("income", blocks, 0) - nursery.income_cut[area]
    low_income = income < 0.0
    words = chance.gather("home", blocks, 0, 2)
    mean, difference = (np.take(normal_quantiles(), words[part::2]) for part in (0, 1))
    index, level = nursery.needs(la, low_income, mean, chance.normals_of("need", blocks, 0))
    rho = p.alternative_need_correlation
    at_risk = np.sqrt(1.0 - rho**2) * chance.normals_of("alternative provision", blocks, 0)
    at_risk += rho * index
    alternative = (at_risk > nursery.alternative[la]) & (level != Need.SPECIAL)
    base = nursery.area_home[area] - nursery.need.drag[level]
    base[alternative] -= p.need_drag_alternative
    base += np.sqrt(p.home_variance * (1.0 + p.domain_correlation) / 2.0) * mean
    difference *= np.sqrt(p.home_variance * (1.0 - p.domain_correlation) / 2.0)
    return {
        "area": area,
        "la": la,
        "low_income": low_income,
        "income": income,
        "home": np.stack([base + difference, base - difference]),
        "need": level,
        "need_index": index,
        "alternative": alternative,
        "absence": chance.normals_of("absence (lasting)", blocks, 0),
    }
