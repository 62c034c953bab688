"""A funder as an agent: it renews, cuts, reviews and votes by what it has seen of the provider."""

from __future__ import annotations

import math
from enum import Enum

import mesa

from model.arrangements import Renewal, Stream
from model.funding_parameters import FundingParameters


class Verdict(Enum):
    """What a funder decides when it looks at a provider."""

    GO_ON = "go on"
    REPLACE = "replace the provider"


class Funder(mesa.Agent):
    """Whoever decides on one stream of money in one LA.

    Parameters
    ----------
    model : mesa.Model
        The system it belongs to.
    la : int
        Index of the LA.
    stream : Stream
        The money that it decides on.
    account : int
        Its account in the ledger.
    p : FundingParameters
        How it decides.
    looks : bool
        Whether it looks at what providers have done (switch ``review_points``).
    """

    def __init__(
        self, model: mesa.Model, la: int, stream: Stream, account: int, p: FundingParameters, looks: bool
    ) -> None:
        super().__init__(model)
        self.la, self.stream, self.account = la, stream, account
        self._p, self._looks = p, looks

    def chance_against(self, usual: float, mean: float, cases: float) -> float:
        """Chance that it decides against an award.

        Parameters
        ----------
        usual : float
            As such decisions usually fall, 0 to 1.
        mean, cases : float
            What it believes of the provider after what it has seen (1 is usual), and how many cases it saw.

        Returns
        -------
        float
            Lower for a provider seen better than usual.
        """
        if not self._looks or not 0.0 < usual < 1.0:
            return usual
        tilt = self._p.quality_tilt * (mean - 1.0) if cases else 0.0
        odds = usual / (1.0 - usual) * math.exp(-tilt)
        return odds / (1.0 + odds)

    def decides(self, renewal: Renewal, luck: float, mean: float, cases: float, usual: float) -> bool:
        """Whether an award goes on.

        Parameters
        ----------
        renewal : Renewal
            How the award says that it is decided.
        luck : float
            Uniform in (0, 1).
        mean, cases : float
            What it has seen of the provider.
        usual : float
            Chance that such an award is not continued.

        Returns
        -------
        bool
            True where it is renewed.
        """
        if renewal is not Renewal.USUAL:
            return renewal is Renewal.CERTAIN
        return luck >= self.chance_against(usual, mean, cases)

    def judges(self, mean: float, cases: float) -> Verdict:
        """What it makes of a provider at a review or renewal.

        Parameters
        ----------
        mean, cases : float
            What it has seen of the provider.

        Returns
        -------
        Verdict
            ``REPLACE`` where it has seen enough and believes it to be bad.
        """
        enough = self._looks and cases >= self._p.review_cases
        bad = enough and mean < self._p.replace_below
        return Verdict.REPLACE if bad else Verdict.GO_ON
