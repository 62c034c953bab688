"""Stakes: what a school has to fear from being seen to need help, and what that does to its openness.

Stakes begin as drawn. They move, in log odds, with the last judgement, with results against those of year 0,
in the year before an inspection, with the regime of the day and with pay by outcomes. What the schools of
the place carry on average when the run begins, under the regime of year 0, is the usual, so that stakes as a
whole move only as something changes.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from model.dispositions import Dispositions
from model.inspection_parameters import InspectionParameters
from model.inspection_record import InspectionRecord
from model.institution_facts import Facts
from model.national_tier import NEVER, National, Regime
from model.place import Floats

_YEAR = 3


class Weighing(Protocol):
    """What the other rooms ask of stakes."""

    above_usual: Floats

    def term(
        self, term: int, record: InspectionRecord, national: National | None, outcome_pay: Floats | None
    ) -> None:
        """Renew stakes and openness.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        record : InspectionRecord
            Judgements.
        national : National or None
            Regime of the day and whether trusts are inspected; stakes stay as drawn where it has always been
            None, and as they are where it is None from now on.
        outcome_pay : (n_schools,) float64 or None
            Part of what a school is paid by partners that hangs on outcomes, 0 to 1; None for none.
        """


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
        Stakes above those as drawn, -1 to 1; a new array whenever it moves.
    """

    def __init__(self, facts: Facts, nature: Dispositions, p: InspectionParameters) -> None:
        self._facts, self._nature, self._p = facts, nature, p
        self._stakes_0, self._openness_0 = _log_odds(nature.stakes), _log_odds(nature.openness)
        self._drawn = nature.stakes
        self._results_0: Floats = facts.results
        self._usual: float | None = None
        self._regime_0 = 0.0
        self._last: tuple[object, ...] = ()
        self.above_usual: Floats = np.zeros(facts.n_schools)

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
            Regime of the day and whether trusts are inspected; stakes stay as drawn where it has always been
            None, and as they are where it is None from now on.
        outcome_pay : (n_schools,) float64 or None
            Part of what a school is paid by partners that hangs on outcomes, 0 to 1; None for none.
        """
        if national is None:
            return
        facts = self._facts
        regime, on_trusts = _of_day(national, term)
        year = term // _YEAR
        if term < 0 or not self._results_0.any():
            self._results_0 = (
                facts.results
            )  # a fall is counted from year 0, or from the first results there are
        paid = None if outcome_pay is None else outcome_pay.tobytes()
        state = (record.due, record.grade, facts.results, facts.trust, regime, on_trusts, year, paid)
        if len(self._last) == len(state) and all(
            a is b if isinstance(a, np.ndarray) else a == b for a, b in zip(state, self._last, strict=True)
        ):
            return
        self._last = state
        moved = self._moved(year, record, outcome_pay)
        if self._usual is None:
            self._usual = float(moved.mean())
            self._regime_0 = self._of_regime(_of_day(national, 0)[0])
        moved = moved - self._usual + self._of_regime(regime) - self._regime_0
        odds: Floats = self._stakes_0 + moved
        if on_trusts:
            odds = self._shared_in_trusts(odds)
        stakes = 1.0 / (1.0 + np.exp(-odds))
        self.above_usual = stakes - self._drawn
        self._nature.stakes = stakes
        openness = self._openness_0 + self._p.openness_stakes * self.above_usual
        self._nature.openness = 1.0 / (1.0 + np.exp(-openness))

    def _moved(self, year: int, record: InspectionRecord, outcome_pay: Floats | None) -> Floats:
        """Log odds by judgement, results, the next inspection and pay; shape (n_schools,)."""
        p = self._p
        soon = (record.due < _YEAR * (year + 1)) & (record.grade > 0)
        judged = p.stakes_below_good * record.below_good() + p.stakes_concern * record.concern()
        moved = judged + p.stakes_due * soon - p.stakes_results * (self._facts.results - self._results_0)
        if outcome_pay is None:
            return np.asarray(moved)
        return np.asarray(moved + p.stakes_outcome_pay * outcome_pay)

    def _of_regime(self, regime: Regime) -> float:
        p = self._p
        return {
            Regime.FOUR_GRADES: 0.0,
            Regime.SUB_JUDGEMENTS: p.stakes_sub_judgements,
            Regime.REPORT_CARDS: p.stakes_report_cards,
            Regime.DIALOGIC: p.stakes_dialogic,
        }[regime]

    def _shared_in_trusts(self, odds: Floats) -> Floats:
        """Part of the stakes of schools in trusts of several is that of their trust; shape (n_schools,)."""
        trust = self._facts.trust
        inside = trust >= 0
        if not inside.any():
            return odds
        number = np.bincount(trust[inside])
        mean = np.bincount(trust[inside], odds[inside]) / np.maximum(number, 1)
        shared = odds.copy()
        shared[inside] += self._p.stakes_on_trusts * (mean[trust[inside]] - odds[inside])
        return shared


class FixedStakes:
    """The null version: stakes and openness stay as drawn.

    Parameters
    ----------
    nature : Dispositions
        As drawn.
    """

    def __init__(self, nature: Dispositions) -> None:
        self.above_usual: Floats = np.zeros(len(nature.stakes))

    def term(
        self, term: int, record: InspectionRecord, national: National | None, outcome_pay: Floats | None
    ) -> None:
        """Nothing moves.

        Parameters
        ----------
        term, record, national, outcome_pay : int, InspectionRecord, National or None, array or None
            Not read.
        """
        del term, record, national, outcome_pay


def _of_day(national: National, term: int) -> tuple[Regime, bool]:
    """Regime of a term, and whether trusts are inspected."""
    return national.regime(term), national.trusts.inspected_from <= min(term, NEVER - 1)


def _log_odds(share: Floats) -> Floats:
    inside = np.clip(share, 1e-6, 1.0 - 1e-6)
    return np.asarray(np.log(inside / (1.0 - inside)))
