"""A partnership as an agent: what it dares, what it bids for, how much it puts by."""

from __future__ import annotations

import mesa

from model import arrangements
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
    """

    def __init__(
        self, model: mesa.Model, la: int, account: int, terms: arrangements.Partnership, reserves: bool
    ) -> None:
        super().__init__(model)
        self.la, self.account, self.terms = la, account, terms
        self._reserves = reserves

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
        return round(spent_a_year * self.terms.reserves_months / (MONTHS_A_TERM * TERMS_A_YEAR))

    def spares(self) -> int:
        """Part of its reserves, one in so many, that it spends in a term to keep those in post."""
        return TERMS_A_YEAR
