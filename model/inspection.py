"""Inspection by date: who is due, what is seen, with error, and what is then on record."""

from __future__ import annotations

from typing import Protocol

from model.inspection_record import InspectionRecord
from model.institution_facts import Facts
from model.national_tier import National
from model.parameters import Parameters
from model.place import Floats, Index
from model.randomness import Chance


class Inspectorate(Protocol):
    """What the other rooms ask of inspection."""

    record: InspectionRecord
    events: list[tuple[int, int, int, str, str, float]]

    def begin(self, term: int, practice: Floats, national: National | None) -> None:
        """Give schools the record that they have when the run begins.

        Parameters
        ----------
        term : int
            First term of the run.
        practice : (n_schools, 9) float64
            Practice, between-school SD.
        national : National or None
            What is decided nationally; four grades if None.
        """

    def year_end(self, term: int, practice: Floats, national: National | None) -> None:
        """Inspect the schools that were due in the year.

        Parameters
        ----------
        term : int
            Summer term.
        practice : (n_schools, 9) float64
            Practice, between-school SD.
        national : National or None
            What is decided nationally; four grades if None.
        """

    def restart(self, schools: Index, term: int) -> None:
        """Give schools that open under another trust a new inspection cycle.

        Parameters
        ----------
        schools : (n,) intp
            Their rows.
        term : int
            When they opened.
        """


class Inspection:
    """Schools are inspected, with error, by the regime of the day.

    Parameters
    ----------
    facts : Facts
        Schools: results and intake are read.
    p : Parameters
        One draw.
    chance : Chance
        Streams ``inspection`` and ``inspection (before the run)``.
    """

    def __init__(self, facts: Facts, p: Parameters, chance: Chance) -> None:
        self._facts, self._p, self._chance = facts, p, chance
        self.record = InspectionRecord(facts.n_schools)
        self.events: list[tuple[int, int, int, str, str, float]] = []

    def begin(self, term: int, practice: Floats, national: National | None) -> None:
        """See ``Inspectorate``."""

    def year_end(self, term: int, practice: Floats, national: National | None) -> None:
        """See ``Inspectorate``."""

    def restart(self, schools: Index, term: int) -> None:
        """See ``Inspectorate``."""


class NoInspection:
    """The null version: no one is inspected; no school is good, of concern or stuck.

    Parameters
    ----------
    n_schools : int
        Number of schools.
    """

    def __init__(self, n_schools: int) -> None:
        self.record = InspectionRecord(n_schools)
        self.events: list[tuple[int, int, int, str, str, float]] = []

    def begin(self, term: int, practice: Floats, national: National | None) -> None:
        """Nothing happens."""
        del term, practice, national

    def year_end(self, term: int, practice: Floats, national: National | None) -> None:
        """Nothing happens."""
        del term, practice, national

    def restart(self, schools: Index, term: int) -> None:
        """Nothing happens."""
        del schools, term
