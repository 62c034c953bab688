"""A partnership as an agent: what it dares, what it bids for, how much it puts by."""

from __future__ import annotations

import mesa

from model import arrangements
from model.bodies import Board, Body
from model.body_parameters import BodyParameters
from model.terms import MONTHS_A_TERM, TERMS_A_YEAR


class Partnership(mesa.Agent):
    """The body that holds money and employs posts in one LA.

    Parameters
    ----------
    model : mesa.Model
        The system it belongs to.
    la : int
        Index of the LA.
    account : int
        Its reserves in the ledger.
    terms : arrangements.Partnership
        Its legal form, appetite for risk and reserves aimed for.
    reserves : bool
        Whether it may put money by at all (switch ``reserves``).

    Attributes
    ----------
    caution : float
        Reserves that the board aims for, against what its policy says; 1 is usual.
    in_house : bool
        Whether the LA has taken it over.
    best : float
        Most that it spent in a year, pence in prices of year 0.
    idle : int
        Terms in a row in which it spent nothing.
    """

    def __init__(
        self, model: mesa.Model, la: int, account: int, terms: arrangements.Partnership, reserves: bool
    ) -> None:
        super().__init__(model)
        self.la, self.account, self.terms = la, account, terms
        self._reserves = reserves
        self.caution, self.in_house, self.idle, self.best = 1.0, False, 0, 0.0

    def dares(self, believed: float) -> bool:
        """Whether it keeps or begins posts on money that is not certain.

        Parameters
        ----------
        believed : float
            Chance at which it believes in the money, 0 to 1.

        Returns
        -------
        bool
            Never with no appetite for risk, always with full.
        """
        return self._reserves and 0.0 < self.terms.risk_appetite >= 1.0 - believed

    def begins(self, certain_terms: int, believed: float) -> bool:
        """Whether it fills a vacant post on a line of money.

        Parameters
        ----------
        certain_terms : int
            Terms for which the money is promised, this one included.
        believed : float
            Chance at which it believes that the money then goes on.

        Returns
        -------
        bool
            A post for one term at most is begun only at risk.
        """
        return certain_terms > 1 or (certain_terms == 1 and self.terms.risk_appetite >= 1.0 - believed)

    def bids(self, chance: float, gain: int, cost: int) -> bool:
        """Whether a bid is worth its cost.

        Parameters
        ----------
        chance : float
            That it is won.
        gain, cost : int
            Pence to be won; pence of work.

        Returns
        -------
        bool
            True where the gain expected exceeds the cost.
        """
        return chance * gain > cost

    def aims_for(self, spent_a_year: int) -> int:
        """Reserves aimed for.

        Parameters
        ----------
        spent_a_year : int
            Pence.

        Returns
        -------
        int
            Pence; nought where nothing may be put by.
        """
        if not self._reserves:
            return 0
        return round(
            spent_a_year * self.terms.reserves_months * self.caution / (MONTHS_A_TERM * TERMS_A_YEAR)
        )

    def plans_reserves(self, p: BodyParameters) -> None:
        """Say what reserves to aim for: a board in which schools have more votes puts less by.

        Parameters
        ----------
        p : BodyParameters
            How far votes move the plan.
        """
        body = self.terms.body
        beyond = body.board.schools - Board().schools if body is not None else 0.0
        self.caution = min(max(1.0 - p.board_caution * beyond, 0.0), 2.0)

    def time_to_sell(self, body: Body, lost: float, p: BodyParameters) -> float:
        """Plan how much of its specialists' time may be sold outside the place in a year.

        Parameters
        ----------
        body : Body
            Its board and trade.
        lost : float
            Share of its best year's other income that is not there any more, 0 to 1.
        p : BodyParameters
            How far votes and losses move the plan.

        Returns
        -------
        float
            0 to ``most_time_sold``; independent members sell more, the LA keeps more for its own schools.
        """
        if body.trade is None:
            return 0.0
        votes = p.board_growth * (body.board.independent - body.board.la)
        answer = p.gap_filled * lost * (1.0 - body.board.la)
        return min(max(body.trade.outside_time + votes + answer, 0.0), p.most_time_sold)

    def fails(self, owed: int, spent_a_year: int, p: BodyParameters) -> bool:
        """Whether it cannot go on.

        Parameters
        ----------
        owed : int
            Pence of bills that it could not pay, and of dues to staff that others paid.
        spent_a_year : int
            Pence.
        p : BodyParameters
            Months of spending in debt at which it is wound up.

        Returns
        -------
        bool
            True where debts are more than it could work off.
        """
        bearable = spent_a_year * p.wind_up_months / (MONTHS_A_TERM * TERMS_A_YEAR)
        return owed > bearable

    def gives_up(self, spent_a_year: float, promised_a_year: float, p: BodyParameters) -> bool:
        """Whether too little is left of it to go on.

        Parameters
        ----------
        spent_a_year : float
            Pence, prices of year 0.
        promised_a_year : float
            Income at the present rate, pence, prices of year 0: with money, posts that stand empty can be
            filled.
        p : BodyParameters
            Part of its best year's spending below which a board winds it up.

        Returns
        -------
        bool
            Never while it has not yet spent anything.
        """
        self.best = max(self.best, spent_a_year)
        return max(spent_a_year, promised_a_year) < p.least_scale * self.best

    def spares(self) -> int:
        """Part of its reserves, one in so many, that it spends in a term to keep those in post."""
        return TERMS_A_YEAR
