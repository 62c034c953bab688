"""Those who give support, as agents: teams that run a programme, and schools that support others."""

from __future__ import annotations

import mesa


class ProviderTeam(mesa.Agent):
    """Whoever runs one programme in one LA until replaced.

    Its quality shows only in what it does: each completed case tells something, with error.

    Parameters
    ----------
    model : mesa.Model
        The system it belongs to.
    quality : float
        Share of the usual effect; 1 is usual, below 0 does harm.
    spread, error : float
        SD of quality between teams; SD of what one case shows of it, 0 for no error.

    Attributes
    ----------
    cases : int
        Cases that have shown something.
    """

    def __init__(self, model: mesa.Model, quality: float, spread: float, error: float) -> None:
        super().__init__(model)
        self.quality, self._spread, self._error = quality, spread, error
        self.cases, self._shown = 0, 0.0

    def shows(self, quality: float) -> None:
        """Take in what a case showed.

        Parameters
        ----------
        quality : float
            Quality of the case as it was seen, share of the usual effect.
        """
        self.cases += 1
        self._shown += quality

    def seen(self) -> tuple[float, int]:
        """What a funder may think of it.

        Returns
        -------
        quality, cases : float, int
            Mean of what is believed after the cases so far, beginning with the usual, 1; how many they are.
        """
        if not self.cases:
            return 1.0, 0
        if self._error <= 0.0:
            return self._shown / self.cases, self.cases
        weight = self._spread**2 / (self._spread**2 + self._error**2 / self.cases)
        return 1.0 + weight * (self._shown / self.cases - 1.0), self.cases


class SupportingSchool(mesa.Agent):
    """A strong school that is asked each September whether it supports others.

    Parameters
    ----------
    model : mesa.Model
        The system it belongs to.
    school : int
        Row of the school.
    openness, stakes : float
        Its dispositions, 0 to 1.
    quality : float
        Of its support; 1 is usual.
    """

    def __init__(
        self, model: mesa.Model, school: int, openness: float, stakes: float, quality: float
    ) -> None:
        super().__init__(model)
        self.school, self._openness, self._stakes, self.quality = school, openness, stakes, quality

    def cases_it_takes(self) -> int:
        """Say how many cases it takes at once.

        Returns
        -------
        int
            Two where it is more open than it has to fear, else one.
        """
        return 2 if self._openness > self._stakes else 1
