"""Parameters of what passes along ties, and what working together costs."""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import EFFECT, Declared, parameter


@dataclass(frozen=True, kw_only=True)
class SharingParameters(Declared):
    """What passes along ties, and what working together costs."""

    diffusion_rate: float = parameter(
        0.05,
        unit="share a year",
        bounds=(0.0, 0.5),
        source="diffusion_rate",
        tags=(EFFECT,),
        description="share of a practice difference closed along a full-strength tie",
    )
