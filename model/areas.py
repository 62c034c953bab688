"""Areas: the ground of each partnership, whether an LA, part of one, or several together.

Each school lies in one area. An area within one LA has that LA as its own; one that spans several keeps
apart what each of them decides: money of an area comes LA by LA. Where an area meets an LA is a *unit*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from model.area_plan import AreaPlan, Division
from model.near_groups import split_into
from model.place import Bools, Floats, Ints, Place

LAST_PRIMARY_YEAR_GROUP = 6
_NAMED = 3
"""LAs of one area that are named one by one."""


class Join(NamedTuple):
    """Areas that become one."""

    into: int  # the area that goes on
    others: tuple[int, ...]  # and is joined by these
    name: str  # of the one that they become


class Ground(NamedTuple):
    """Schools as far as it matters where they lie: columns of ``Place`` or ``Facts``, and names of LAs."""

    la_names: tuple[str, ...]
    la: Ints
    urn: Ints
    last_year_group: Ints
    x_km: Floats
    y_km: Floats


def ground_of(place: Place) -> Ground:
    """Give the ground of a place.

    Parameters
    ----------
    place : Place
        Its LAs and schools.

    Returns
    -------
    Ground
        The same arrays.
    """
    s = place.schools
    return Ground(place.la_name, s.la, s.urn, s.last_year_group, s.x_km, s.y_km)


@dataclass(kw_only=True, eq=False)
class Areas:
    """Who lies where. Units last; areas may join, and those that have joined another have none left.

    Attributes
    ----------
    names : tuple of str
        Of the areas, in the order of their indices.
    of_school : (n_schools,) int32
        Area of each school.
    units : tuple of (int, int)
        Area and LA of each unit, by area and LA.
    unit_names : tuple of str
        The LA where a unit is the whole of one, else the area, with the LA if it spans several.
    unit_of_school : (n_schools,) int32
        Unit of each school.
    as_list : list of int
        Area of each school, for those who look them up one by one.
    lead : tuple of int
        LA that answers for each area: the one with most of its schools.
    unit_block : tuple of int
        Lasting number of each unit for its luck: its LA's where it is the whole of one, else one beyond.
    """

    names: tuple[str, ...]
    of_school: Ints
    units: tuple[tuple[int, int], ...]
    unit_names: tuple[str, ...]
    unit_of_school: Ints
    lead: tuple[int, ...]
    unit_block: tuple[int, ...]

    def __post_init__(self) -> None:
        self._first, self._first_names = self.of_school, self.names
        self._joined: list[tuple[int, Join]] = []
        self.seat = np.arange(len(self.names))
        self._gather()

    def _gather(self) -> None:
        found: list[list[int]] = [[] for _ in self.names]
        for unit, (area, _) in enumerate(self.units):
            found[area].append(unit)
        self._units_of = [tuple(units) for units in found]
        self.as_list: list[int] = self.of_school.tolist()

    @property
    def living(self) -> Bools:
        """Areas that have not joined another; (n_areas,) bool."""
        return np.array([bool(units) for units in self._units_of], dtype=np.bool_)

    def joins(self, wanted: Areas) -> list[Join]:
        """Say which areas join for others to stand.

        Parameters
        ----------
        wanted : Areas
            Of the same schools; each of these areas is to lie within one of them.

        Returns
        -------
        list of Join
            The largest takes in the others; none where nothing changes.

        Raises
        ------
        ValueError
            If an area would be divided.
        """
        found = []
        for index, name in enumerate(wanted.names):
            inside = wanted.of_school == index
            areas, schools = np.unique(self.of_school[inside], return_counts=True)
            if np.isin(self.of_school[~inside], areas).any():
                raise ValueError(f"{name} would divide {self.names[int(areas[0])]}")
            if len(areas) > 1:
                into = int(areas[schools.argmax()])
                others = tuple(area for area in areas.tolist() if area != into)
                found.append(Join(into, others, name))
        return found

    def join(self, join: Join, term: int) -> None:
        """Let areas join.

        Parameters
        ----------
        join : Join
            Which.
        term : int
            First term of the one that they are.
        """
        into, others, name = join
        self._joined.append((term, join))
        of_school = self.of_school.copy()
        of_school[np.isin(of_school, others)] = into
        self.of_school = of_school
        self.seat[np.isin(self.seat, others)] = into
        self.units = tuple((into if area in others else area, la) for area, la in self.units)
        self.names = tuple(name if area == into else old for area, old in enumerate(self.names))
        self._gather()

    @property
    def every_name(self) -> tuple[str, ...]:
        """Names of all areas that ever were, in the order of ``recorded``."""
        return (*self._first_names, *(join.name for _, join in self._joined))

    def recorded(self, area: Ints, term: Ints) -> Ints:
        """Say which of all areas that ever were is meant.

        Parameters
        ----------
        area, term : (n,) int32
            Index of an area, and when it was one.

        Returns
        -------
        (n,) int32
            Index into ``every_name``.
        """
        found = area.astype(np.int32)
        for number, (since, join) in enumerate(self._joined):
            meant = (term >= since) & np.isin(area, (join.into, *join.others))
            found[meant] = len(self._first_names) + number
        return found

    def recorded_of(self, school: Ints, term: Ints) -> Ints:
        """Say in which of all areas that ever were schools lay.

        Parameters
        ----------
        school, term : (n,) int32
            Row, and when.

        Returns
        -------
        (n,) int32
            Index into ``every_name``.
        """
        return self.recorded(self._first[school], term)

    def units_of(self, area: int) -> tuple[int, ...]:
        """Give the units of an area.

        Parameters
        ----------
        area : int
            Index of the area.

        Returns
        -------
        tuple of int
            Indices, by LA: one unless it spans several LAs.
        """
        return self._units_of[area]

    def with_la(self, la: int) -> int:
        """Give the first area that has schools of an LA.

        Parameters
        ----------
        la : int
            Index of the LA.

        Returns
        -------
        int
            Index of the area; the first where the LA has no school.
        """
        return next((area for area, of in self.units if of == la), 0)

    def spans(self, area: int) -> bool:
        """Say whether an area has schools of several LAs.

        Parameters
        ----------
        area : int
            Index of the area.

        Returns
        -------
        bool
            Whether it has.
        """
        return len(self._units_of[area]) > 1

    def block(self, area: int) -> int:
        """Give the lasting number of an area for its luck.

        Parameters
        ----------
        area : int
            Index of the area.

        Returns
        -------
        int
            That of the unit of the LA that answers for it.
        """
        lead = self.lead[area]
        return next(self.unit_block[u] for u in self._units_of[area] if self.units[u][1] == lead)

    def station(self, area: int, pupils: Sequence[float], already: Mapping[int, int]) -> int:
        """Choose the unit in which the next post of a kind works from: the one most short of its share.

        Parameters
        ----------
        area : int
            Index of the area.
        pupils : sequence of float
            By unit.
        already : mapping of int to int
            Posts of the kind, by unit of the area.

        Returns
        -------
        int
            Index of the unit.
        """
        here = self.units_of(area)
        if len(here) == 1:
            return here[0]
        whole, posts = sum(pupils[unit] for unit in here), sum(already.values()) + 1
        return max(here, key=lambda unit: posts * pupils[unit] / max(whole, 1e-9) - already[unit])


def las_as_areas(la: Ints, la_names: tuple[str, ...]) -> Areas:
    """Let each LA be the area of one partnership.

    Parameters
    ----------
    la : (n_schools,) int32
        LA of each school.
    la_names : tuple of str
        Names of the LAs.

    Returns
    -------
    Areas
        As many areas and units as LAs, in their order.
    """
    all_las = tuple(range(len(la_names)))
    return Areas(
        names=la_names, of_school=la, units=tuple((la, la) for la in all_las), unit_names=la_names,
        unit_of_school=la, lead=all_las, unit_block=all_las,
    )  # fmt: skip


def areas_of(plan: AreaPlan | None, ground: Ground) -> Areas:
    """Share the schools of a place out among partnerships.

    Parameters
    ----------
    plan : AreaPlan or None
        How; None: one in each LA.
    ground : Ground
        The place's LAs and schools.

    Returns
    -------
    Areas
        Every school lies in one.
    """
    la, la_names = ground.la, ground.la_names
    if plan is None or plan.division is Division.LA:
        return las_as_areas(la, la_names)
    if plan.division is Division.ONE:
        return _gathered(np.zeros(len(la), dtype=np.int32), [_together(la_names)], la, la_names)
    if plan.division is Division.LISTED:
        return _listed(plan, la, la_names, ground.urn)
    part: Ints = (ground.last_year_group > LAST_PRIMARY_YEAR_GROUP).astype(np.int32)
    words = ["primary", "secondary"]
    if plan.division is Division.GEOGRAPHY:
        part, words = np.zeros(len(la), dtype=np.int32), [str(n + 1) for n in range(plan.groups)]
        where = np.column_stack([ground.x_km, ground.y_km])
        for index in range(len(la_names)):
            rows = np.flatnonzero(la == index)
            groups = split_into(where, ground.urn, rows, plan.groups) if len(rows) else []
            for number, group in enumerate(groups):
                part[group] = number
    names = [f"{name}, {word}" for name in la_names for word in words]
    return _gathered(len(words) * la + part, names, la, la_names)


def _together(la_names: tuple[str, ...]) -> str:
    """Name of one partnership in several LAs."""
    if len(la_names) > _NAMED:
        return f"{len(la_names)} LAs together"
    return " and ".join(part for part in (", ".join(la_names[:-1]), la_names[-1]) if part)


def _listed(plan: AreaPlan, la: Ints, la_names: tuple[str, ...], urn: Ints) -> Areas:
    """Areas by name: single schools go before LAs, and LAs that are not named have an area each."""
    names = [name for name, _ in plan.listed]
    names += [f"rest of {name}" if name in names else name for name in la_names]
    area = (len(plan.listed) + la).astype(np.int32)
    single = np.zeros(len(la), dtype=np.bool_)
    for index, (_, parts) in enumerate(plan.listed):
        urns = [part for part in parts if isinstance(part, int)]
        single |= (here := np.isin(urn, urns))
        area[here] = index
    for index, (_, parts) in enumerate(plan.listed):
        of_las = [la_names.index(part) for part in parts if isinstance(part, str) and part in la_names]
        area[np.isin(la, of_las) & ~single] = index
    return _gathered(area, names, la, la_names)


def _gathered(area: Ints, names: list[str], la: Ints, la_names: tuple[str, ...]) -> Areas:
    """Number the areas that have schools, and what of each LA lies in which."""
    used, of_school = np.unique(area, return_inverse=True)
    cells, unit = np.unique(of_school * len(la_names) + la, return_inverse=True)
    units = [divmod(int(cell), len(la_names)) for cell in cells]
    schools = np.bincount(unit, minlength=len(units))
    of_la = np.bincount(la, minlength=len(la_names))
    whole = [bool(schools[u] == of_la[of]) for u, (_, of) in enumerate(units)]
    kept = [names[index] for index in used.tolist()]
    lead = []
    for index in range(len(kept)):
        mine = [u for u, (where, _) in enumerate(units) if where == index]
        lead.append(units[max(mine, key=lambda u: (schools[u], -u))][1])
    unit_names = []
    several = np.bincount([where for where, _ in units])
    for u, (where, of) in enumerate(units):
        name = kept[where] if several[where] == 1 else f"{kept[where]}, {la_names[of]}"
        unit_names.append(la_names[of] if whole[u] else name)
    return Areas(
        names=tuple(kept), of_school=of_school.astype(np.int32), units=tuple(units),
        unit_names=tuple(unit_names), unit_of_school=unit.astype(np.int32), lead=tuple(lead),
        unit_block=tuple(of if whole[u] else len(la_names) + u for u, (_, of) in enumerate(units)),
    )  # fmt: skip
