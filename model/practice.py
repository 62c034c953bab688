"""Practice: embedded quality of teaching and leadership by domain, in between-school SD.

It wanders, is eroded by turnover above the usual, and returns to the school's own level, which a headteacher
shifts. What support has brought, embedded and not, is added (``model/support.py``): practice at year 0
already holds what today's support brings, so the school's own level is what it would be without.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

import numpy as np

from model.parameters import Parameters
from model.place import Floats, Phase, Place
from model.randomness import Chance
from model.recursion import READ_AT, SECONDARY_YEARS, growth

DOMAINS = (
    "early language",
    "reading",
    "maths",
    "curriculum and teaching",
    "SEND and inclusion",
    "behaviour and attendance",
    "mental health and belonging",
    "leadership",
    "post-16 and careers",
)
"""Practice domains, in the order of the columns."""

INDEX_WEIGHTS = np.array(
    [
        [0.10, 0.40, 0.00, 0.25, 0.05, 0.05, 0.00, 0.15, 0.00],  # literacy
        [0.00, 0.00, 0.50, 0.25, 0.05, 0.05, 0.00, 0.15, 0.00],  # maths
    ]
)
"""Weights of the practice domains in each index (assumption row practice_index_weights)."""

TERMS = 3
_SCHOOLS = 0


def _correlated_rows(normals: Floats, correlation: float) -> Floats:
    """Rows of equally correlated standard normals; the first column of ``normals`` is common."""
    return np.asarray(np.sqrt(correlation) * normals[:, :1] + np.sqrt(1.0 - correlation) * normals[:, 1:])


@lru_cache(maxsize=4)
def index_scale(correlation: float) -> Floats:
    """SD between schools of each attainment domain's weighted sum of practice domains.

    Parameters
    ----------
    correlation : float
        Correlation between practice domains of one school.

    Returns
    -------
    (2,) float64
        Literacy and maths, between-school SD.
    """
    m = len(DOMAINS)
    between = correlation + (1.0 - correlation) * np.eye(m)
    return np.asarray(np.sqrt(np.einsum("di,ij,dj->d", INDEX_WEIGHTS, between, INDEX_WEIGHTS)))


def head_shift(place: Place, p: Parameters) -> Floats:
    """How far one SD of headteachers shifts a school's own level.

    Evidence rows head_sd_primary and head_sd_secondary give the effect on attainment over a pupil's years in
    the school; dividing by G (years) and by what practice is worth (row practice_loading) turns it into
    practice.

    Parameters
    ----------
    place : Place
        For the schools' phases.
    p : Parameters
        One draw.

    Returns
    -------
    (n_schools,) float64
        Between-school SD of practice; zero where practice is worth nothing.
    """
    if p.schools.practice_loading == 0.0:
        return np.zeros(len(place.schools))
    rho = 1.0 - p.learning.catch_up
    primary = p.workforce.head_sd_primary / growth(rho, READ_AT["ks2"])
    secondary = p.workforce.head_sd_secondary / growth(rho, SECONDARY_YEARS)
    of_school = np.where(place.schools.phase == Phase.SECONDARY, secondary, primary)
    scale = float(index_scale(p.practice.domain_correlation).mean())  # a head moves all domains alike
    return np.asarray(of_school * scale / p.schools.practice_loading)


class Erosion(Protocol):
    """What turnover takes from practice."""

    def lost(self, leaving: Floats) -> Floats:
        """Practice lost in a year at each school.

        Parameters
        ----------
        leaving : (n_schools,) float64
            Share of teachers leaving in the year.

        Returns
        -------
        (n_schools,) float64
            Between-school SD.
        """


class TurnoverErosion:
    """Practice falls where more teachers leave than usual, and rises where fewer do.

    Parameters
    ----------
    p : Parameters
        One draw: the slope (row practice_turnover_erosion) and the usual share (row teacher_leave).
    """

    def __init__(self, p: Parameters) -> None:
        self._slope, self._usual = p.practice.turnover_erosion, p.workforce.teacher_leave

    def lost(self, leaving: Floats) -> Floats:
        """Practice lost in a year at each school.

        Parameters
        ----------
        leaving : (n_schools,) float64
            Share of teachers leaving in the year.

        Returns
        -------
        (n_schools,) float64
            Between-school SD; below 0 (a gain) where fewer leave than usual.
        """
        return self._slope * (leaving - self._usual)


class NoErosion:
    """The null version: turnover leaves practice alone."""

    def lost(self, leaving: Floats) -> Floats:
        """Nothing is lost.

        Parameters
        ----------
        leaving : (n_schools,) float64
            Share of teachers leaving in the year.

        Returns
        -------
        (n_schools,) float64
            Zeros.
        """
        return np.zeros_like(leaving)


class Practice:
    """Embedded practice of every school.

    Parameters
    ----------
    place : Place
        Schools.
    p : Parameters
        One draw.
    chance : Chance
        Streams ``practice (own level)``, ``practice (year 0)``, ``heads (before year 0)``, ``practice``.
    lasting_value_added : (n_schools,) float64
        Standard normal of each school's lasting value added, with which its own level goes.
    head_quality : (n_schools,) float64
        Quality of the headteachers of year 0, standard normal.
    erosion : Erosion
        What turnover takes.

    Attributes
    ----------
    embedded : (n_schools, 9) float64
        Practice by domain, without what support adds.
    own_level : (n_schools, 9) float64
        Level the school returns to under an average head, without support.
    from_support : (n_schools, 9) float64
        What support adds now, embedded and not.
    """

    def __init__(
        self,
        place: Place,
        p: Parameters,
        chance: Chance,
        lasting_value_added: Floats,
        head_quality: Floats,
        erosion: Erosion,
    ) -> None:
        self._p, self._chance, self._erosion = p.practice, chance, erosion
        n, m = len(place.schools), len(DOMAINS)
        r = p.practice.domain_correlation
        self._head_shift = head_shift(place, p)
        goes_with = p.practice.value_added_correlation
        normals = (
            chance.for_draw().normals("practice (own level)", _SCHOOLS, 0, n * (m + 1)).reshape(n, m + 1)
        )
        normals[:, 0] = goes_with * lasting_value_added + np.sqrt(1.0 - goes_with**2) * normals[:, 0]
        self.own_level = _correlated_rows(normals, r)
        start = chance.normals("practice (year 0)", _SCHOOLS, 0, n * (m + 1)).reshape(n, m + 1)
        self._term_sd = p.practice.yearly_sd / np.sqrt(TERMS)
        self._kept = 1.0 - p.practice.reversion / TERMS
        self.wander_variance = self._term_sd**2 / (1.0 - self._kept**2) if self._kept < 1.0 else 0.0
        wandered = np.sqrt(self.wander_variance) * _correlated_rows(start, r)
        self._settled = self._settled_share(place, p)
        past = chance.normals("heads (before year 0)", _SCHOOLS, 0, n)
        of_heads = self._settled * head_quality + np.sqrt(self._settled * (1.0 - self._settled)) * past
        self.embedded = self.own_level + (self._head_shift * of_heads)[:, None] + wandered
        self._scale = index_scale(r)
        self._normal = self._index(self.own_level)
        self._year0 = self.embedded.mean(axis=1)
        self.from_support: Floats = np.zeros((n, m))

    @staticmethod
    def _settled_share(place: Place, p: Parameters) -> Floats:
        """Variance of what heads have brought about, in that of heads: practice lags behind who is head."""
        leave = np.where(
            place.schools.phase == Phase.SECONDARY,
            p.workforce.head_leave_secondary,
            p.workforce.head_leave_primary,
        )
        return np.asarray(p.practice.reversion / np.maximum(p.practice.reversion + leave, 1e-12))

    def _index(self, practice: Floats) -> Floats:
        """Practice index of each attainment domain, between-school SD; shape (2, n_schools)."""
        index = np.stack([(practice * weights).sum(axis=1) for weights in INDEX_WEIGHTS])
        return np.asarray(index / self._scale[:, None])

    @property
    def moving_variance(self) -> float:
        """Variance between schools of the index above a school's normal level."""
        head = float(np.mean(self._settled * self._head_shift**2))
        return self.wander_variance + head * float(np.mean(INDEX_WEIGHTS.sum(axis=1) ** 2 / self._scale**2))

    def above_normal(self) -> Floats:
        """Practice index above the school's own level, by attainment domain; shape (2, n_schools)."""
        return self._index(self.practice()) - self._normal

    def practice(self) -> Floats:
        """Practice by domain with what support adds; shape (n_schools, 9), between-school SD."""
        return np.asarray(self.embedded + self.from_support)

    def start_from(self, from_support: Floats, usual: Floats) -> None:
        """Take out of year 0 what support has brought, so that practice stays if support goes on as it was.

        Parameters
        ----------
        from_support : (n_schools, 9) float64
            What support adds at year 0, by the school's own history.
        usual : (n_schools, 9) float64
            What support as it stands adds to such a school in the long run.
        """
        self.embedded = self.embedded - from_support
        self.own_level = self.own_level - usual
        self.from_support = from_support

    def know(self, change: Floats) -> None:
        """Take in what is found out of schools' own levels at year 0; nothing above their level moves.

        Parameters
        ----------
        change : (n_schools, 9) float64
            Of own level, between-school SD.
        """
        self.own_level = self.own_level + change
        self.embedded = self.embedded + change
        self._normal = self._index(self.own_level)
        self._year0 = self.embedded.mean(axis=1)

    def mean_change(self, roll: Floats) -> float:
        """Mean practice over schools (by roll) and domains, as a difference from year 0.

        Parameters
        ----------
        roll : (n_schools,) float64
            Pupils in each school now; weights of both years.

        Returns
        -------
        float
            Between-school SD.
        """
        return float(((self.practice().mean(axis=1) - self._year0) * roll).sum() / roll.sum())

    def term(self, date: int, head_quality: Floats, leaving: Floats) -> None:
        """One term: return to the own level under the present head, erosion by turnover, and chance.

        Parameters
        ----------
        date : int
            Term since year 0.
        head_quality : (n_schools,) float64
            Quality of the present headteachers, standard normal.
        leaving : (n_schools,) float64
            Share of teachers leaving this year.
        """
        n, m = self.embedded.shape
        level = self.own_level + (self._head_shift * head_quality)[:, None]
        shock = _correlated_rows(
            self._chance.normals("practice", _SCHOOLS, date, n * (m + 1)).reshape(n, m + 1),
            self._p.domain_correlation,
        )
        lost = self._erosion.lost(leaving)[:, None] / TERMS
        self.embedded = level + self._kept * (self.embedded - level) - lost + self._term_sd * shock


class FrozenPractice(Practice):
    """The null version: practice stays where it was in year 0."""

    def term(self, date: int, head_quality: Floats, leaving: Floats) -> None:
        """Nothing moves.

        Parameters
        ----------
        date : int
            Not read.
        head_quality, leaving : (n_schools,) float64
            Not read.
        """
        del date, head_quality, leaving
