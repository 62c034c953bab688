"""Parameters of intelligence and brokerage: what is seen, how cases are taken up, and who delivers."""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import Declared, parameter


@dataclass(frozen=True, kw_only=True)
class BrokerageParameters(Declared):
    """How need is seen and cases move from being identified to being evidenced."""

    match_quality_gain: float = parameter(
        0.15,
        unit="share of effect",
        bounds=(0.0, 0.9),
        source="broker_match_quality_gain",
        description="part of a programme's effect lost where no broker who knows the place matches it",
    )
