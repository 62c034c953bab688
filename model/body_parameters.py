"""Parameters of partnerships as bodies: trade, insolvency, maturity of boards."""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import Declared, parameter


@dataclass(frozen=True, kw_only=True)
class BodyParameters(Declared):
    """Partnerships as bodies: trade, insolvency, maturity of boards."""

    wind_up_months: float = parameter(
        3.0,
        unit="months of spending",
        bounds=(0.0, 24.0),
        source="body_wind_up_months",
        description="debts at which a partnership is wound up",
    )
