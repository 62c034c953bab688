"""Parameters of inspection and what is at stake for schools."""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import Declared, parameter


@dataclass(frozen=True, kw_only=True)
class InspectionParameters(Declared):
    """Inspection and what is at stake for schools."""

    error_sd: float = parameter(
        0.8,
        unit="between-school SD",
        bounds=(0.0, 3.0),
        source="inspection_error_sd",
        description="error of one judgement of a school",
    )
