"""A trust as an agent: it decides which schools to take."""

from __future__ import annotations

import mesa

from model.odds import chance_of


class Trust(mesa.Agent):
    """One trust; made when it first has something to decide.

    Parameters
    ----------
    model : mesa.Model
        The system it belongs to.
    index : int
        Its lasting index among the trusts of the place.
    aversion : float
        To risk, 0 to 1.
    appetite : float
        For growth, log odds above the usual.

    Attributes
    ----------
    room : float
        Schools that it can still take this year.
    """

    def __init__(self, model: mesa.Model, index: int, aversion: float, appetite: float) -> None:
        super().__init__(model)
        self.index, self.aversion, self.appetite = index, aversion, appetite
        self.room = 0.0

    def takes(self, log_odds: float, risk: float, luck: float) -> bool:
        """Decide on one school; a school taken takes up room.

        Parameters
        ----------
        log_odds : float
            Of a usual trust taking it, its risk and the trust's appetite apart.
        risk : float
            How much a fully risk-averse trust shrinks from the school, log odds.
        luck : float
            In (0, 1).

        Returns
        -------
        bool
            Whether the trust takes the school.
        """
        if self.room < 1.0 or luck >= chance_of(log_odds + self.appetite - self.aversion * risk):
            return False
        self.room -= 1.0
        return True
