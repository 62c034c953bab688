"""Narrowing: what is tested draws practice away from what is not, where stakes are above the usual."""

from __future__ import annotations

from model.inspection_parameters import InspectionParameters
from model.place import Floats


class Narrowing:
    """Practice moves between domains with stakes.

    Parameters
    ----------
    p : InspectionParameters
        One draw.
    """

    def __init__(self, p: InspectionParameters) -> None:
        self._p = p

    def term(self, above_usual: Floats) -> Floats | None:
        """Give the change in practice of one term.

        Parameters
        ----------
        above_usual : (n_schools,) float64
            Stakes above those as drawn (``Stakes.above_usual``).

        Returns
        -------
        (n_schools, 9) float64 or None
            Between-school SD, each row summing to 0; None for no change.
        """
        return None
