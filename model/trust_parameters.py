"""Parameters of trusts: central teams, top-slice, growth, acceptance of schools."""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import Declared, parameter


@dataclass(frozen=True, kw_only=True)
class TrustParameters(Declared):
    """Trusts: central teams, top-slice, growth, acceptance of schools."""

    top_slice: float = parameter(
        0.05,
        unit="share of school budget",
        bounds=(0.0, 0.2),
        source="mat_top_slice",
        description="trust central charge",
    )
