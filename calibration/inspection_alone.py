"""Schools that are inspected and nothing else: practice as the model moves it, heads who come and go.

Schools of a synthetic place live twenty-five years. Regimes change on their dates, so that each published
figure is met by its own years (``calibration/inspection_fit.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from model.inspection import Inspection
from model.inspection_record import Point
from model.institution_facts import Facts, facts_of
from model.national_tier import DatedRegime, National, Regime
from model.parameters import Parameters
from model.place import Bools, Floats, Phase, Place
from model.practice import NoErosion, Practice
from model.randomness import Chance
from scenarios.places.resolve import resolve

FIRST_YEAR, LAST_YEAR = 2006, 2030
RESULTS_RELIABILITY = 0.85
"""Part of the variance of a school's results that lasts from year to year, all pupils."""

SCHOOLS = 2000
TERMS = 3
_SEED = 20
WORDS = ("outstanding", "good", "ri", "inadequate")
"""Grades in the ids of target rows."""

_INTAKE_SD = 0.13
_RESULTS_BY_INTAKE, _RESULTS_BY_VALUE_ADDED = -0.55, 0.45  # leaves a rest, of places and families


@dataclass(frozen=True, eq=False)
class Life:
    """What one life of the schools leaves.

    Attributes
    ----------
    visits : pandas.DataFrame
        A row an inspection: replicate, year, school, secondary, date, regime, graded, before,
        after, at_risk_before, at_risk, years_since.
    shares : pandas.DataFrame
        A row a replicate, year and kind of school with the shares of its schools by grade, in per cent.
    points : (n,) int8
        Points of areas in the first year of report cards.
    """

    visits: pd.DataFrame
    shares: pd.DataFrame
    points: np.ndarray


@cache
def _place() -> Place:
    return resolve("synthetic", {"schools": SCHOOLS, "pupils": 360 * SCHOOLS})


def term_of(year: int) -> int:
    """Give the autumn term of an academic year.

    Parameters
    ----------
    year : int
        The year the academic year ends.

    Returns
    -------
    int
        Terms since the autumn of ``FIRST_YEAR``.
    """
    return TERMS * (year - FIRST_YEAR)


REGIMES = National(
    regimes=(
        DatedRegime(first_term=term_of(FIRST_YEAR) - 100, regime=Regime.FOUR_GRADES),
        DatedRegime(first_term=term_of(2025), regime=Regime.SUB_JUDGEMENTS),
        DatedRegime(first_term=term_of(2026), regime=Regime.REPORT_CARDS),
    )
)
"""Regimes by the dates on which they came."""


class Lives:
    """Schools with practice, heads and results, year by year, and nothing else.

    Parameters
    ----------
    p : Parameters
        One draw.
    replicate : int
        Which life.

    Attributes
    ----------
    facts : Facts
        Schools; results are new each year.
    practice : Practice
        As the model moves it.
    """

    def __init__(self, p: Parameters, replicate: int) -> None:
        place, n = _place(), SCHOOLS
        chance = Chance(_SEED, 0, replicate)
        self._chance, self.p = chance, p
        normals = chance.normals("schools of the place", 0, 0, 4 * n).reshape(4, n)
        value_added, self._heads, intake, rest = normals
        self.practice = Practice(place, p, chance, value_added, self._heads, NoErosion())
        left = np.sqrt(1.0 - _RESULTS_BY_INTAKE**2 - _RESULTS_BY_VALUE_ADDED**2)
        self._lasting = _RESULTS_BY_INTAKE * intake + _RESULTS_BY_VALUE_ADDED * value_added + left * rest
        share = np.clip(0.25 + _INTAKE_SD * intake, 0.0, 0.9)
        none = np.zeros(n, dtype=np.bool_)
        self.facts: Facts = facts_of(place, none, np.full(n, 360.0), share, none)
        self.facts.year_0 = FIRST_YEAR - 1
        self.facts.results = self._lasting
        w = p.workforce
        self._leave = np.where(self.secondary, w.head_leave_secondary, w.head_leave_primary)
        self.inspection = Inspection(self.facts, p, chance)
        self.inspection.begin(0, self.practice.practice(), REGIMES)

    @property
    def secondary(self) -> Bools:
        """Secondary schools; shape (n_schools,)."""
        return np.asarray(self.facts.phase == Phase.SECONDARY)

    def year(self, year: int, national: National = REGIMES, support: Floats | None = None) -> None:
        """Live one academic year.

        Parameters
        ----------
        year : int
            The year it ends.
        national : National
            Regimes.
        support : (n_schools,) float64 or None
            Practice added in all domains for the year's inspections, between-school SD.
        """
        n = SCHOOLS
        luck = self._chance.normals("lives", 0, year, 2 * n).reshape(2, n)
        leaves = self._chance.uniforms("lives (heads)", 0, year, n) < self._leave
        self._heads = np.where(leaves, luck[0], self._heads)
        for term in range(term_of(year), term_of(year) + TERMS):
            self.practice.term(term, self._heads, np.zeros(n))
        lasts = np.sqrt(RESULTS_RELIABILITY)
        self.facts.results = lasts * self._lasting + np.sqrt(1.0 - RESULTS_RELIABILITY) * luck[1]
        seen = self.practice.practice()
        if support is not None:
            seen = seen + support[:, None]
        self.inspection.year_end(term_of(year) + TERMS - 1, seen, national)


def live(changes: Mapping[str, float], replicates: int) -> Life:
    """Let schools live from ``FIRST_YEAR`` to ``LAST_YEAR``.

    Parameters
    ----------
    changes : mapping of str to float
        Values of inspection parameters that differ from their defaults, by field.
    replicates : int
        How many lives.

    Returns
    -------
    Life
        Every inspection and the shares of each year.
    """
    p = Parameters().changed({f"inspection.{name}": value for name, value in changes.items()})
    visits: list[pd.DataFrame] = []
    shares: list[dict[str, object]] = []
    points: list[np.ndarray] = []
    for replicate in range(replicates):
        lives = Lives(p, replicate)
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            lives.year(year)
            shares.extend(_shares(lives, replicate, year))
            if year == term_year(REGIMES.regimes[-1]):
                areas = lives.inspection.record.areas
                points.append(areas[areas[:, 0] > Point.NONE].ravel())
        visits.append(_visits(lives, replicate))
    return Life(pd.concat(visits, ignore_index=True), pd.DataFrame(shares), np.concatenate(points))


def term_year(regime: DatedRegime) -> int:
    """Give the academic year in which a regime begins.

    Parameters
    ----------
    regime : DatedRegime
        With its first term.

    Returns
    -------
    int
        The year it ends.
    """
    return FIRST_YEAR + regime.first_term // TERMS


def _visits(lives: Lives, replicate: int) -> pd.DataFrame:
    secondary = lives.secondary
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "replicate": replicate,
                    "year": FIRST_YEAR + v.term // TERMS,
                    "school": v.school,
                    "secondary": secondary[v.school],
                    "regime": str(v.regime),
                    "date": v.date,
                    "graded": v.graded,
                    "before": v.before,
                    "after": v.after,
                    "at_risk_before": v.at_risk_before,
                    "at_risk": v.at_risk,
                    "years_since": v.years_since,
                }
            )
            for v in lives.inspection.record.visits
        ],
        ignore_index=True,
    )


def _shares(lives: Lives, replicate: int, year: int) -> Iterator[dict[str, object]]:
    record = lives.inspection.record
    secondary = lives.secondary
    kinds = {"all": np.ones(SCHOOLS, dtype=np.bool_), "secondary": secondary, "primary": ~secondary}
    for kind, of_kind in kinds.items():
        by_grade = np.bincount(record.grade[of_kind], minlength=5)[1:] / max(int(of_kind.sum()), 1)
        row: dict[str, object] = {"replicate": replicate, "year": year, "kind": kind}
        row |= dict(zip(WORDS, (100.0 * by_grade).tolist(), strict=True))
        row |= {"good_plus": 100.0 * float(by_grade[:2].sum())}
        row |= {"stuck": 100.0 * float(record.stuck[of_kind].mean())}
        yield row
