"""Areas: the ground of each partnership, whether an LA, part of one, or several together.

Each school lies in one area. An area within one LA has that LA as its own; one that spans several keeps
apart what each of them decides: money of an area comes LA by LA. Where an area meets an LA is a *unit*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from model.place import Bools, Ints


class Join(NamedTuple):
    """Areas that become one."""

    into: int  # the area that goes on
    others: tuple[int, ...]  # and is joined by these
    name: str  # of the one that they become


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
