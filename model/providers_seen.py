"""What those who pay are told of those who deliver support."""

from __future__ import annotations

from typing import Protocol


class Providers(Protocol):
    """What brokerage tells those who pay."""

    def seen_quality(self, la: int, offer: int) -> tuple[float, float]:
        """What is believed of whoever runs a programme in an LA.

        Parameters
        ----------
        la, offer : int
            LA; index of the programme.

        Returns
        -------
        mean, cases : float
            Quality believed after what was seen (1 is usual); cases seen.
        """

    def replace_provider(self, la: int, offer: int, term: int) -> bool | None:
        """Have another provider.

        Parameters
        ----------
        la, offer, term : int
            LA; index of the programme; from which term.

        Returns
        -------
        bool or None
            False where there is nothing to replace.
        """

    def completed_cases(self, la: int, term: int) -> int:
        """Count the cases completed; asked only where money depends on them.

        Parameters
        ----------
        la, term : int
            Where and when.

        Returns
        -------
        int
            Cases.
        """


class NothingSeen:
    """No brokerage: funders see nothing and no case is completed."""

    def seen_quality(self, la: int, offer: int) -> tuple[float, float]:
        """Say that nothing was seen.

        Parameters
        ----------
        la, offer : int
            Any.

        Returns
        -------
        mean, cases : float
            The usual; none.
        """
        return 1.0, 0.0

    def replace_provider(self, la: int, offer: int, term: int) -> bool | None:
        """Say that there is nothing to replace.

        Parameters
        ----------
        la, offer, term : int
            Any.

        Returns
        -------
        bool or None
            False.
        """
        return False

    def completed_cases(self, la: int, term: int) -> int:
        """Say that no case was completed.

        Parameters
        ----------
        la, term : int
            Any.

        Returns
        -------
        int
            0.
        """
        return 0
