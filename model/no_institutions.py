"""What the system asks of institutions, and the world without any."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from model.arrangements import Change
from model.institution_measures import INSTITUTION_MEASURES
from model.institution_record import InstitutionRecord
from model.place import Bools, Floats
from model.practice import Practice
from model.pressure import Pressure, no_pressure
from model.programmes import Delivery
from model.register import Register


class InstitutionsAtWork(Protocol):
    """Partnerships, funders, posts and cases, as the system sees them.

    Attributes
    ----------
    exist : bool
        Whether there are any.
    pressure : Pressure
        What they press on pupils, tests, staff and families with; renewed at the end of each year.
    """

    exist: bool
    pressure: Pressure

    def spin_up(self, practice: Practice, leaving: float) -> None:
        """Run five years before year 0 under what is in force.

        Parameters
        ----------
        practice : Practice
            As at year 0; split into what support has brought and the rest.
        leaving : float
            Usual share of teachers leaving a year.
        """

    def go_on(self, changes: tuple[Change, ...]) -> None:
        """Go on from the end of year 0 with another scenario.

        Parameters
        ----------
        changes : tuple of Change
            What it puts in the stead of what is in force.
        """

    def census(self, pupils: Floats, disadvantaged_share: Floats, new_head: Bools) -> None:
        """Count pupils in the autumn.

        Parameters
        ----------
        pupils : (n_schools,) float64
            On roll.
        disadvantaged_share : (n_schools,) float64
            Of them classed disadvantaged, 0 to 1.
        new_head : (n_schools,) bool
            Whether the headteacher is new.
        """

    def term(self, date: int, practice: Practice, leaving: Floats) -> None:
        """Run one term: money, people, intelligence, cases, and what support leaves in schools.

        Parameters
        ----------
        date : int
            Terms since the autumn after year 0.
        practice : Practice
            Of all schools; what support adds changes in place.
        leaving : (n_schools,) float64
            Share of teachers leaving this year.
        """

    def absence(self, register: Register, year: int, absence: Floats, expected: Floats) -> Floats:
        """Give absence with the support of the year.

        Parameters
        ----------
        register : Register
            Pupils.
        year : int
            The year the academic year ends.
        absence, expected : (n_active,) float64
            Share of half-days missed, and what was expected of each pupil.

        Returns
        -------
        (n_active,) float64
            Share of half-days missed.
        """

    def courses(self, register: Register, year: int, present: Bools) -> Delivery:
        """End the year's courses: attainment and boost change in place.

        Parameters
        ----------
        register : Register
            Pupils.
        year : int
            The year the academic year ends.
        present : (n_children,) bool
            Children in the place's state schools.

        Returns
        -------
        Delivery
            Courses completed; their cost is in the ledger and so 0 here.
        """

    def read_results(self, results: Floats) -> None:
        """Take in how the year's results stand.

        Parameters
        ----------
        results : (n_schools,) float64
            Standard score among schools of the phase; 0 where a school has none.
        """

    def paid(self, year: int) -> float:
        """GBP paid by all funders in an academic year.

        Parameters
        ----------
        year : int
            The year the academic year ends.

        Returns
        -------
        float
            GBP.
        """

    def measures(self, year: int, roll: Floats) -> Mapping[str, float]:
        """Give the measures of institutions for a year.

        Parameters
        ----------
        year : int
            The year the academic year ends.
        roll : (n_schools,) float64
            Pupils in each school.

        Returns
        -------
        Mapping of str to float
            By id.
        """

    def record(self) -> InstitutionRecord | None:
        """Posts, cases, money and events; None where there are no institutions."""


class NoInstitutions:
    """A world of schools alone: no partnership, no post, no case.

    Parameters
    ----------
    n_schools : int
        Number of schools.
    """

    exist = False

    def __init__(self, n_schools: int) -> None:
        self.pressure = no_pressure(n_schools)

    def spin_up(self, practice: Practice, leaving: float) -> None:
        """Nothing to run.

        Parameters
        ----------
        practice : Practice
            Left as it is.
        leaving : float
            Not read.
        """
        del practice, leaving

    def go_on(self, changes: tuple[Change, ...]) -> None:
        """Nothing that stood still.

        Parameters
        ----------
        changes : tuple of Change
            Not read.
        """
        del changes

    def census(self, pupils: Floats, disadvantaged_share: Floats, new_head: Bools) -> None:
        """No one counts.

        Parameters
        ----------
        pupils, disadvantaged_share : (n_schools,) float64
            Not read.
        new_head : (n_schools,) bool
            Not read.
        """
        del pupils, disadvantaged_share, new_head

    def term(self, date: int, practice: Practice, leaving: Floats) -> None:
        """Nothing happens.

        Parameters
        ----------
        date : int
            Not read.
        practice : Practice
            Left as it is.
        leaving : (n_schools,) float64
            Not read.
        """
        del date, practice, leaving

    def absence(self, register: Register, year: int, absence: Floats, expected: Floats) -> Floats:
        """Absence as it is.

        Parameters
        ----------
        register : Register
            Not read.
        year : int
            Not read.
        absence : (n_active,) float64
            Share of half-days missed.
        expected : (n_active,) float64
            Not read.

        Returns
        -------
        (n_active,) float64
            ``absence``.
        """
        del register, year, expected
        return absence

    def courses(self, register: Register, year: int, present: Bools) -> Delivery:
        """No courses.

        Parameters
        ----------
        register : Register
            Left as it is.
        year : int
            Not read.
        present : (n_children,) bool
            Not read.

        Returns
        -------
        Delivery
            None, 0 GBP.
        """
        del register, year, present
        return Delivery(0, 0.0)

    def read_results(self, results: Floats) -> None:
        """No one reads them.

        Parameters
        ----------
        results : (n_schools,) float64
            Not read.
        """
        del results

    def paid(self, year: int) -> float:
        """Nothing is paid.

        Parameters
        ----------
        year : int
            Not read.

        Returns
        -------
        float
            0 GBP.
        """
        del year
        return 0.0

    def measures(self, year: int, roll: Floats) -> Mapping[str, float]:
        """All measures are 0.

        Parameters
        ----------
        year : int
            Not read.
        roll : (n_schools,) float64
            Not read.

        Returns
        -------
        Mapping of str to float
            By id.
        """
        del year, roll
        return dict.fromkeys((m.id for m in INSTITUTION_MEASURES), 0.0)

    def record(self) -> None:
        """Nothing is left behind."""
