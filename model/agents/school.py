"""A school as an agent: it holds an index into the columns and makes the school's decisions."""

from __future__ import annotations

import mesa

from model.place import Phase


class School(mesa.Agent):
    """A school and its governors.

    Parameters
    ----------
    model : mesa.Model
        The system it belongs to.
    index : int
        Row of the school in all columns.
    phase : Phase
        Phase of education.
    head_quality : float
        Quality of the present headteacher, SD between heads.
    """

    def __init__(self, model: mesa.Model, index: int, phase: Phase, head_quality: float) -> None:
        super().__init__(model)
        self.index, self.phase = index, phase
        self.head_quality, self.head_years = head_quality, 0

    def loses_head(self, luck: float, leave: float) -> bool:
        """Whether the headteacher leaves this year, given a uniform.

        Parameters
        ----------
        luck : float
            Uniform in (0, 1).
        leave : float
            Chance this year, under what presses on the school.

        Returns
        -------
        bool
            True where ``luck`` lies below the chance.
        """
        return luck < leave

    def appoint_head(self, quality: float) -> None:
        """Governors appoint from the field and cannot tell quality beforehand.

        Parameters
        ----------
        quality : float
            Quality of the headteacher appointed, SD between heads.
        """
        self.head_quality, self.head_years = quality, 0

    def keep_head(self) -> None:
        """The headteacher stays another year."""
        self.head_years += 1
