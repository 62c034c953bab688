"""Teachers and headteachers who leave, and heads who follow."""

from __future__ import annotations

from typing import Protocol

import mesa
import numpy as np

from model.agents.school import School
from model.parameters import WorkforceParameters
from model.place import Bools, Floats, Ints, Phase, Place
from model.pressure import Pressure, any_of, pressed
from model.randomness import Chance

_SCHOOLS = 0


class Workforce(Protocol):
    """What the system asks of the workforce."""

    head_quality: Floats
    leaving: Floats
    new_head: Bools

    def new_year(self, year: int, pressure: Pressure | None = None) -> None:
        """Draw who leaves in a school year.

        Parameters
        ----------
        year : int
            The year the academic year ends.
        pressure : Pressure, optional
            What presses on teachers; nothing by default.
        """

    def heads_leave(self, year: int, pressure: Pressure | None = None) -> Ints:
        """Let heads leave at the year's end.

        Parameters
        ----------
        year : int
            The year the academic year ends.
        pressure : Pressure, optional
            What presses on heads, and the field from which they are appointed; nothing by default.

        Returns
        -------
        (n_left,) int32
            Indices of the schools that lost their head.
        """


class SchoolWorkforce:
    """Heads leave by a yearly chance and are replaced; teachers leave at rates that differ by school.

    Parameters
    ----------
    system : mesa.Model
        Owner of the agents.
    place : Place
        Schools.
    p : WorkforceParameters
        Rates.
    chance : Chance
        Streams ``heads (year 0)``, ``heads leave``, ``heads appointed``, ``teachers leave``.

    Attributes
    ----------
    schools : list of School
        Agents in the order of the columns.
    head_quality, leaving : (n_schools,) float64
        Quality of the heads (SD between heads); share of teachers leaving this year.
    new_head : (n_schools,) bool
        Whether the head is in the first year in post.
    """

    def __init__(self, system: mesa.Model, place: Place, p: WorkforceParameters, chance: Chance) -> None:
        self._p, self._chance = p, chance
        n = len(place.schools)
        self.head_quality = chance.normals("heads (year 0)", _SCHOOLS, 0, n)
        secondary = place.schools.phase == Phase.SECONDARY
        self._head_leave = np.where(secondary, p.head_leave_secondary, p.head_leave_primary)
        columns = (place.schools.phase.tolist(), self.head_quality.tolist())
        self.schools = [
            School(system, index, Phase(phase), quality)
            for index, (phase, quality) in enumerate(zip(*columns, strict=True))
        ]
        self.leaving = np.full(n, p.teacher_leave)
        self.new_head = np.zeros(n, dtype=np.bool_)

    def new_year(self, year: int, pressure: Pressure | None = None) -> None:
        """Draw each school's teacher leaving rate for the year.

        Parameters
        ----------
        year : int
            The year the academic year ends.
        pressure : Pressure, optional
            What presses on teachers; nothing by default.
        """
        spread = self._p.teacher_leave_spread * self._chance.normals(
            "teachers leave", _SCHOOLS, year, len(self.schools)
        )
        self.leaving = np.clip(self._p.teacher_leave + spread, 0.0, 1.0)
        if pressure is not None and any_of(pressure.teacher_leave):
            self.leaving = pressed(self.leaving, pressure.teacher_leave)

    def heads_leave(self, year: int, pressure: Pressure | None = None) -> Ints:
        """Heads leave and governors appoint.

        Parameters
        ----------
        year : int
            The year the academic year ends.
        pressure : Pressure, optional
            What presses on heads, and the field from which they are appointed; nothing by default.

        Returns
        -------
        (n_left,) int32
            Indices of the schools that lost their head, rising.
        """
        n = len(self.schools)
        luck = self._chance.uniforms("heads leave", _SCHOOLS, year, n)
        field = self._chance.normals("heads appointed", _SCHOOLS, year, n)
        leave = self._head_leave
        if pressure is not None:
            field, leave = field + pressure.head_field, pressed(leave, pressure.head_leave)
        left = []
        columns = (self.schools, luck.tolist(), leave.tolist(), field.tolist())
        for school, own_luck, chance, best in zip(*columns, strict=True):
            if school.loses_head(own_luck, chance):
                school.appoint_head(best)
                left.append(school.index)
            else:
                school.keep_head()
        self.head_quality = self.head_quality.copy()
        self.head_quality[left] = field[left]
        self.new_head = np.zeros(n, dtype=np.bool_)
        self.new_head[left] = True
        return np.array(left, dtype=np.int32)


class SteadyWorkforce(SchoolWorkforce):
    """The null version: no head leaves and teachers leave at the usual rate."""

    def new_year(self, year: int, pressure: Pressure | None = None) -> None:
        """Rates stay as they are.

        Parameters
        ----------
        year : int
            Not read.
        pressure : Pressure, optional
            Not read.
        """
        del year, pressure

    def heads_leave(self, year: int, pressure: Pressure | None = None) -> Ints:
        """No one leaves.

        Parameters
        ----------
        year : int
            Not read.
        pressure : Pressure, optional
            Not read.

        Returns
        -------
        (0,) int32
            No schools.
        """
        del year, pressure
        return np.zeros(0, dtype=np.int32)
