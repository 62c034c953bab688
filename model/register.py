"""The pupil register: one set of columns for every child of every birth cohort that the run will see.

Children are a fixed, exogenous list per birth cohort and place: choice decides the school, never who exists.
Cohorts lie one after another, oldest first, so that the pupils of any year are one contiguous slice. The
register is never re-sorted; a child who is not in the place's state schools has the school index ``n_schools
+ la``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.place import YEAR_GROUPS, Bools, Floats, Index

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
    _groups: tuple[int, Index] | None = field(default=None, init=False, repr=False)

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
            Falling from 11 to 0; read-only, and the same until another year is asked for.
        """
        if self._groups is None or self._groups[0] != year:
            groups = np.arange(YEAR_GROUPS - 1, -1, -1)
            found = np.repeat(groups, [size for _, size in self.blocks(year)])
            found.setflags(write=False)
            self._groups = year, found
        return self._groups[1]

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
