"""What brokerage asks of intelligence, and its null version: the truth."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from model.contact import Contact
from model.place import Floats


class Sight(Protocol):
    """What brokerage asks of intelligence."""

    def observe(self, term: int, practice: Floats, coverage: Floats) -> tuple[Floats, Floats]:
        """Look at every school.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        practice : (n_schools, 9) float64
            Practice as it is, between-school SD.
        coverage : (n_areas,) float64
            How far each LA's brokers get round their schools, 0 to 1.

        Returns
        -------
        seen, own : (n_schools, 9) float64
            Practice as the broker and as the school itself sees it, between-school SD.
        """

    def close_look(self, school: int, domain: int) -> None:
        """A case has been completed: the next look at this school and domain is a close one.

        Parameters
        ----------
        school, domain : int
            Row of the school; practice domain.
        """

    def take_in(self, contact: Contact | None) -> None:
        """Schools share, meet, review and warn each other as this says, from the next look on.

        Parameters
        ----------
        contact : Contact or None
            None where schools do not collaborate.
        """

    def view(self, practice: Floats) -> Floats:
        """Give practice as the broker sees it now.

        Parameters
        ----------
        practice : (n_schools, 9) float64
            As it is, between-school SD.

        Returns
        -------
        (n_schools, 9) float64
            As it was seen at the last look.
        """

    def accuracy(self, n_schools: int) -> Floats:
        """Say how well the broker sees each school.

        Parameters
        ----------
        n_schools : int
            Number of schools.

        Returns
        -------
        (n_schools,) float64
            0 (nothing is known) to 1 (as it is).
        """


class PerfectSight:
    """The null version: broker and schools see practice as it is."""

    def observe(self, term: int, practice: Floats, coverage: Floats) -> tuple[Floats, Floats]:
        """Look at every school.

        Parameters
        ----------
        term : int
            Not read.
        practice : (n_schools, 9) float64
            Practice as it is, between-school SD.
        coverage : (n_areas,) float64
            Not read.

        Returns
        -------
        seen, own : (n_schools, 9) float64
            The truth, twice.
        """
        del term, coverage
        return practice, practice

    def close_look(self, school: int, domain: int) -> None:
        """Nothing to add to the truth.

        Parameters
        ----------
        school, domain : int
            Not read.
        """
        del school, domain

    def take_in(self, contact: Contact | None) -> None:
        """Nothing to add to the truth.

        Parameters
        ----------
        contact : Contact or None
            Not read.
        """
        del contact

    def accuracy(self, n_schools: int) -> Floats:
        """Everything is seen.

        Parameters
        ----------
        n_schools : int
            Number of schools.

        Returns
        -------
        (n_schools,) float64
            Ones.
        """
        return np.ones(n_schools)

    def view(self, practice: Floats) -> Floats:
        """Give the truth.

        Parameters
        ----------
        practice : (n_schools, 9) float64
            As it is, between-school SD.

        Returns
        -------
        (n_schools, 9) float64
            The same.
        """
        return practice
