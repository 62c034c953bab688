"""What those who pay are told of those who deliver support."""

from __future__ import annotations

from typing import Protocol


class Providers(Protocol):
    """What brokerage tells those who pay."""

    def seen_quality(self, la: int, offer: int) -> tuple[float, float]:
        """Mean quality seen of an offer's provider in an LA (1 is usual), and cases seen."""

    def replace_provider(self, la: int, offer: int, term: int) -> bool | None:
        """Have another provider; False where there is none to replace."""

    def completed_cases(self, la: int, term: int) -> int:
        """Cases completed in an LA in a term."""


class NothingSeen:
    """No brokerage: funders see nothing and no case is completed."""

    def seen_quality(self, la: int, offer: int) -> tuple[float, float]:
        """Nothing seen."""
        return 1.0, 0.0

    def replace_provider(self, la: int, offer: int, term: int) -> bool | None:
        """Nothing to replace."""
        return False

    def completed_cases(self, la: int, term: int) -> int:
        """None."""
        return 0
