"""Stakes: what a school has to fear from being seen to need help, and what that does to its openness."""

from __future__ import annotations

from model.dispositions import Dispositions
from model.inspection_parameters import InspectionParameters
from model.inspection_record import InspectionRecord
from model.institution_facts import Facts
from model.national_tier import National
from model.place import Floats


class Stakes:
    """Stakes move with judgements, results, the regime of the day, and when the next inspection is due.

    Parameters
    ----------
    facts : Facts
        Schools: results and trusts are read.
    nature : Dispositions
        As drawn; ``stakes`` and ``openness`` are given new arrays.
    p : InspectionParameters
        One draw.

    Attributes
    ----------
    above_usual : (n_schools,) float64
        Stakes above those as drawn, -1 to 1.
    """

    def __init__(self, facts: Facts, nature: Dispositions, p: InspectionParameters) -> None:
        self._facts, self._nature, self._p = facts, nature, p
        self.above_usual: Floats = 0.0 * nature.stakes

    def term(
        self, term: int, record: InspectionRecord, national: National | None, outcome_pay: Floats | None
    ) -> None:
        """Renew stakes and openness where something that they depend on has moved.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        record : InspectionRecord
            Judgements.
        national : National or None
            Regime of the day and whether trusts are inspected; four grades if None.
        outcome_pay : (n_schools,) float64 or None
            Part of what a school is paid by partners that hangs on outcomes, 0 to 1; None for none.
        """


class FixedStakes:
    """The null version: stakes and openness stay as drawn.

    Parameters
    ----------
    nature : Dispositions
        As drawn.
    """

    def __init__(self, nature: Dispositions) -> None:
        self.above_usual: Floats = 0.0 * nature.stakes

    def term(
        self, term: int, record: InspectionRecord, national: National | None, outcome_pay: Floats | None
    ) -> None:
        """Nothing moves."""
        del term, record, national, outcome_pay
