"""Parameters of money: renewal, cuts, bids, pay and what an employer owes."""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import Declared, parameter


@dataclass(frozen=True, kw_only=True)
class FundingParameters(Declared):
    """How awards are renewed, cut and paid, and what posts cost."""

    non_renewal: float = parameter(
        0.36,
        unit="chance a decision",
        bounds=(0.0, 1.0),
        source="grant_nonrenewal_1y",
        description="chance that an award renewed by chance is not continued",
    )
