"""How scores become judgements: four grades, sub-judgements, report cards; by the standard of the day."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.inspection_parameters import InspectionParameters
from model.inspection_record import AREAS, LEADERSHIP, Grade, Point
from model.inspection_scores import FIRST_AREA, OVERALL, SUB_JUDGEMENTS
from model.national_tier import Regime
from model.place import Bools, Floats, Ints

SHORT_FROM = 2016
"""Year (of the summer) from which good schools had short, ungraded inspections: September 2015."""

_ATTENTION = int(Point.NEEDS_ATTENTION)
_STANDARD_YEARS = (2013.0, 2016.0, 2023.0)


class Judged(NamedTuple):
    """What inspectors say of k schools.

    Attributes
    ----------
    grade : (k,) int8
        ``Grade``, overall or of the worst sub-judgement or area.
    points : (k, 6) int8 or None
        ``Point`` by area, where there is a report card.
    poorly_led : (k,) bool
        Leadership is what makes it stuck if it was below good before.
    near : (k,) bool
        Good, but within the margin of not being so.
    """

    grade: Ints
    points: Ints | None
    poorly_led: Bools
    near: Bools


class Judging:
    """Judgements by regime and year.

    Parameters
    ----------
    p : InspectionParameters
        One draw.
    """

    def __init__(self, p: InspectionParameters) -> None:
        self._p = p
        self._standards = (p.standard_2013, p.standard_2016, p.standard_2023)
        self._cuts = np.array([p.card_urgent, p.card_expected, p.card_strong, p.card_exceptional])

    def standard(self, year: int) -> float:
        """Score above which a primary school is judged good overall.

        Parameters
        ----------
        year : int
            The year the academic year ends.

        Returns
        -------
        float
            SD of a judgement; between the years fitted to, in proportion.
        """
        return float(np.interp(year, _STANDARD_YEARS, self._standards))

    def judge(self, regime: Regime, year: int, scores: Floats, secondary: Floats, poor: Bools) -> Judged:
        """Judge schools.

        Parameters
        ----------
        regime : Regime
            How inspection reports; where no grade is published, areas are judged all the same.
        year : int
            The year the academic year ends.
        scores : (k, 8) float64
            As ``Scores.of`` gives.
        secondary : (k,) float64
            1 in secondary schools, 0 elsewhere.
        poor : (k,) bool
            Below good last time: such schools are not judged outstanding overall at once (2 per cent were,
            row calc_ofsted_1315_ri_to_outstanding), as that asks for lasting quality.

        Returns
        -------
        Judged
            Of each school.
        """
        harder = self._p.secondary_extra * secondary
        if regime is Regime.FOUR_GRADES:
            return self._graded(year, scores[:, OVERALL] - harder, scores[:, OVERALL] - harder, poor)
        if regime is Regime.SUB_JUDGEMENTS:
            each = scores[:, SUB_JUDGEMENTS] - harder[:, None] + self._p.sub_judgement_ease
            return self._graded(year, each.min(axis=1), each[:, -1], poor)
        return self._carded(scores[:, FIRST_AREA:] - harder[:, None])

    def _graded(self, year: int, score: Floats, of_leadership: Floats, poor: Bools) -> Judged:
        """Four grades, of the whole or of the worst part."""
        p, good = self._p, self.standard(year)
        grade = (
            1
            + (poor | (score < good + p.outstanding_above)).astype(np.int8)
            + (score < good).astype(np.int8)
            + (score < good - p.inadequate_below)
        ).astype(np.int8)
        near = (score >= good) & (score < good + p.at_risk_margin)
        return Judged(grade, None, np.asarray(of_leadership < good), near)

    def _carded(self, scores: Floats) -> Judged:
        """Report cards: the worst area is what the school is known for."""
        points = (1 + np.searchsorted(self._cuts, scores.ravel(), side="right")).astype(np.int8)
        points = points.reshape(-1, len(AREAS))
        worst = points.min(axis=1)
        grade = _OF_WORST[worst]
        poorly_led = points[:, LEADERSHIP] <= _ATTENTION
        return Judged(grade, points, np.asarray(poorly_led), np.zeros(len(grade), dtype=np.bool_))


_OF_WORST = np.array(
    [
        Grade.NONE,
        Grade.INADEQUATE,
        Grade.REQUIRES_IMPROVEMENT,
        Grade.GOOD,
        Grade.OUTSTANDING,
        Grade.OUTSTANDING,
    ],
    dtype=np.int8,
)
"""Grade by the ``Point`` of the worst area."""
