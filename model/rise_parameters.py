"""Parameters of targeted national help."""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import Declared, parameter


@dataclass(frozen=True, kw_only=True)
class RiseParameters(Declared):
    """Targeted national help."""

    months: float = parameter(
        18.0,
        unit="months",
        bounds=(1.0, 48.0),
        source="rise_support_months",
        description="length of targeted support",
    )
