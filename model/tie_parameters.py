"""Parameters of how ties between schools grow and fade, and what mutual trust does."""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import Declared, parameter


@dataclass(frozen=True, kw_only=True)
class TieParameters(Declared):
    """How ties between schools grow and fade, and what mutual trust does."""

    decay: float = parameter(
        0.3,
        unit="share a year",
        bounds=(0.0, 1.0),
        source="tie_decay",
        description="loss of tie strength without joint work",
    )
