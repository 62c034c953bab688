"""What inspectors see of a school: practice by area and results, pulled down by intake, with error.

A score is standard: what is judged has variance one between schools, and so has the score with its error, so
that a cut means the same share of schools whatever the error is.
"""

from __future__ import annotations

import numpy as np

from model.inspection_parameters import InspectionParameters
from model.inspection_record import AREAS
from model.institution_facts import Facts
from model.place import Floats, Index
from model.practice import DOMAINS

RESULTS = "results"
_READ = (*DOMAINS, RESULTS)

_SEEN: tuple[dict[str, float], ...] = (
    {"SEND and inclusion": 0.7, "mental health and belonging": 0.15, "leadership": 0.15},
    {
        "curriculum and teaching": 0.5,
        "reading": 0.15,
        "maths": 0.15,
        "early language": 0.1,
        "leadership": 0.1,
    },
    {RESULTS: 0.7, "reading": 0.15, "maths": 0.15},
    {"behaviour and attendance": 0.8, "mental health and belonging": 0.2},
    {"mental health and belonging": 0.5, "post-16 and careers": 0.3, "curriculum and teaching": 0.2},
    {"leadership": 0.7, "curriculum and teaching": 0.2, "SEND and inclusion": 0.1},
)
"""What each area of ``AREAS`` reads, by the words of the framework of 2025; nobody publishes weights."""

_AREAS_OF: tuple[dict[str, float], ...] = (
    {
        "inclusion": 0.1,
        "curriculum and teaching": 0.3,
        "achievement": 0.2,
        "attendance and behaviour": 0.1,
        "personal development and well-being": 0.05,
        "leadership and governance": 0.25,
    },  # overall
    {"curriculum and teaching": 0.6, "achievement": 0.4},  # quality of education
)
"""Areas in the overall grade and in the quality of education, which only earlier regimes judge."""

OVERALL, QUALITY_OF_EDUCATION, FIRST_AREA = 0, 1, 2
"""Columns of the scores: overall, quality of education, then the areas."""

SUB_JUDGEMENTS = (QUALITY_OF_EDUCATION, *(FIRST_AREA + i for i in (3, 4, 5)))
"""Columns of the sub-judgements of September 2024: with behaviour, personal development, leadership."""

LUCK = 2 + len(AREAS)
"""Standard normals that one inspection needs: the inspector's, quality of education's, each area's."""


def _weights() -> Floats:
    """Weights of practice and results in each score; shape (8, 10), each row of sum one."""
    areas = np.array([[seen.get(name, 0.0) for name in _READ] for seen in _SEEN])
    mixed = np.array([[parts.get(area, 0.0) for area in AREAS] for parts in _AREAS_OF])
    return np.asarray(np.concatenate([np.einsum("ki,ij->kj", mixed, areas), areas]))


WEIGHTS = _weights()


class Scores:
    """Scores of schools with error.

    Parameters
    ----------
    p : InspectionParameters
        One draw.
    domain_correlation : float
        Between practice domains of one school (parameter ``practice.domain_correlation``); results are taken
        as uncorrelated with practice.
    """

    def __init__(self, p: InspectionParameters, domain_correlation: float) -> None:
        m = len(DOMAINS)
        between = np.eye(m + 1)
        between[:m, :m] = domain_correlation + (1.0 - domain_correlation) * np.eye(m)
        sd = np.sqrt(np.einsum("ki,ij,kj->k", WEIGHTS, between, WEIGHTS))
        whole = np.sqrt(1.0 + p.error_sd**2)
        self._of_practice = (WEIGHTS[:, :m] / (sd * whole)[:, None]).T
        self._of_results = WEIGHTS[:, m] / (sd * whole)
        self._reach = np.einsum("ij,j->i", between[:m, :m], self._of_practice[:, OVERALL])
        self._of_intake = p.intake_bias / whole
        error = p.error_sd / whole
        self._common = np.full(LUCK, error * np.sqrt(p.halo))
        self._own = np.full(LUCK, error * np.sqrt(1.0 - p.halo))
        self._common[OVERALL], self._own[OVERALL] = error, 0.0  # the overall grade is the inspector's view

    def of(self, schools: Index, practice: Floats, facts: Facts, luck: Floats) -> Floats:
        """Score the schools that are inspected.

        Parameters
        ----------
        schools : (k,) intp
            Their rows.
        practice : (n_schools, 9) float64
            Practice, between-school SD.
        facts : Facts
            Results and disadvantaged shares.
        luck : (k, 8) float64
            Standard normals of each school's inspection.

        Returns
        -------
        (k, 8) float64
            Standard scores: overall, quality of education, then the areas of ``AREAS``.
        """
        intake = facts.disadvantaged_share[schools] - facts.disadvantaged_share.mean()
        seen = np.einsum("ki,ij->kj", practice[schools], self._of_practice)
        seen += facts.results[schools, None] * self._of_results
        seen -= (self._of_intake * intake)[:, None]
        return np.asarray(seen + self._common * luck[:, :1] + self._own * luck)

    def overall(self, moving_variance: float) -> tuple[Floats, float, float]:
        """Say what an overall score tells of schools' own levels of practice.

        Parameters
        ----------
        moving_variance : float
            Variance of what moves above own level, between-school SD squared.

        Returns
        -------
        tuple
            Covariance of each domain's own level with the score, shape (9,); variance of the score that is
            own level's; variance that is error or has moved.
        """
        of_level = float((self._of_practice[:, OVERALL] * self._reach).sum())
        return self._reach, of_level, float(self._common[OVERALL]) ** 2 + moving_variance * of_level
