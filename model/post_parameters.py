"""Parameters of specialist posts: leaving, filling, settling in, and the labour pools they draw on."""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import Declared, parameter


@dataclass(frozen=True, kw_only=True)
class PostParameters(Declared):
    """Who leaves, who comes, and how long a newcomer takes to be of full use."""

    leave_permanent: float = parameter(
        0.12,
        unit="chance a year",
        bounds=(0.0, 0.9),
        source="specialist_leave_permanent",
        description="chance that a specialist leaves a permanent post, or one funded for five years or more",
    )
