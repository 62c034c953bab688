"""Where the pupils of year 0 are, kept for the scenarios of a pair: none of them changes it."""

from __future__ import annotations

from dataclasses import dataclass

from model.enrolment import Enrolment, Solved
from model.learning import Learning
from model.place import Bools, Floats, Index
from model.register import Register
from model.value_added import History, ValueAdded


@dataclass(frozen=True, kw_only=True, eq=False)
class Placed:
    """What placing the pupils of year 0 leaves behind.

    Attributes
    ----------
    rows : slice
        The pupils of year 0 in the register.
    attainment, school, prior_low : (2, n_active) float64, (n_active,) intp, (n_active,) bool
        Their columns.
    solved : Solved
        What families' choices were solved to be.
    history : History
        Value added, of year 0 and before.
    pull : (n_la, 2, 2) float64
        What each LA's path adds a year, by phase and income.
    """

    rows: slice
    attainment: Floats
    school: Index
    prior_low: Bools
    solved: Solved
    history: History
    pull: Floats

    @classmethod
    def of(
        cls,
        year: int,
        register: Register,
        enrolment: Enrolment,
        value_added: ValueAdded,
        learning: Learning,
    ) -> Placed:
        """Take down how things stand once the pupils have been placed.

        Parameters
        ----------
        year : int
            Year 0.
        register, enrolment, value_added, learning : Register, Enrolment, ValueAdded, Learning
            Parts of the run.

        Returns
        -------
        Placed
            Copies of what changes later.
        """
        rows = register.active(year)
        return cls(
            rows=rows,
            attainment=register.attainment[:, rows].copy(),
            school=register.school[rows].copy(),
            prior_low=register.prior_low[rows].copy(),
            solved=enrolment.solved(),
            history=value_added.history(),
            pull=learning.pull.copy(),
        )

    def put_into(
        self, register: Register, enrolment: Enrolment, value_added: ValueAdded, learning: Learning
    ) -> None:
        """Put the pupils of another run there.

        Parameters
        ----------
        register, enrolment, value_added, learning : Register, Enrolment, ValueAdded, Learning
            Parts of a run of the same place, parameters, chance, years and switches.
        """
        register.attainment[:, self.rows] = self.attainment
        register.school[self.rows] = self.school
        register.prior_low[self.rows] = self.prior_low
        enrolment.take(self.solved)
        value_added.take(self.history)
        learning.pull[:] = self.pull
