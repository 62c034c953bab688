"""Parameters of who joins, stays and leaves; votes; the member survey."""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import Declared, parameter


@dataclass(frozen=True, kw_only=True)
class MembershipParameters(Declared):
    """Who joins, stays and leaves; votes; the member survey."""

    governor_weight: float = parameter(
        0.3,
        unit="log odds",
        bounds=(0.0, 2.0),
        source="membership_governor_weight",
        description="how far governors who take part raise the odds of staying",
    )
