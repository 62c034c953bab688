"""Parameters of what stakes do to tests, rolls, staff and choice."""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import EFFECT, Declared, parameter


@dataclass(frozen=True, kw_only=True)
class PressureParameters(Declared):
    """What stakes do to tests, rolls, staff and choice."""

    inflation_ks2: float = parameter(
        0.03,
        unit="pupil SD",
        bounds=(-0.5, 0.5),
        source="pressure_inflation_ks2",
        tags=(EFFECT,),
        description="rise in Key Stage 2 scores without learning, at the highest stakes",
    )
