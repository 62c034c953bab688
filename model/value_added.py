"""What schools add to a year's progress: a lasting part v, a drifting part u, and each class's own year c.

Published results fix the spread of v + u + practice, whatever practice is worth: the part of practice that
moves is taken out of the variance of u.
"""

from __future__ import annotations

import numpy as np

from model.parameters import SchoolEffectParameters
from model.place import FIRST_SECONDARY_YEAR_GROUP, YEAR_GROUPS, Floats, Place
from model.randomness import Chance
from model.recursion import READ_AT

_DOMAINS = 2
_SCHOOLS = 0  # block of the streams: the schools of the place


def correlated(normals: Floats, correlation: float) -> Floats:
    """Turn independent normals into pairs with a correlation.

    Parameters
    ----------
    normals : (n, 2) float64
        Independent standard normals.
    correlation : float
        Correlation within a pair, -1 to 1.

    Returns
    -------
    (2, n) float64
        Standard normals: literacy, maths.
    """
    common = np.sqrt((1.0 + correlation) / 2.0) * normals[:, 0]
    own = np.sqrt((1.0 - correlation) / 2.0) * normals[:, 1]
    return np.stack([common + own, common - own])


def lasting_normals(place: Place, chance: Chance) -> Floats:
    """Independent standard normals behind each school's lasting value added.

    Parameters
    ----------
    place : Place
        Schools.
    chance : Chance
        Of the run; a school's lasting part belongs to the draw.

    Returns
    -------
    (n_schools, 2) float64
        Mean 0, SD 1.
    """
    n = len(place.schools)
    return chance.for_draw().normals("value added (lasting)", _SCHOOLS, 0, 2 * n).reshape(n, 2)


class ValueAdded:
    """Value added of every school, moved on year by year.

    Parameters
    ----------
    place : Place
        Schools.
    p : SchoolEffectParameters
        Spreads.
    la_mean : (n_la, 2) float64
        Mean value added of each LA by phase (primary, secondary), pupil SD a year.
    practice_variance : float
        Variance, between schools, of the part of practice that moves (between-school SD, squared).
    chance : Chance
        Streams ``value added (lasting)``, ``value added (drifting)``, ``class year``.
    """

    def __init__(
        self,
        place: Place,
        p: SchoolEffectParameters,
        la_mean: Floats,
        practice_variance: float,
        chance: Chance,
    ) -> None:
        self._place, self._p, self._chance = place, p, chance
        self._la_mean = la_mean
        self._correlation = p.domain_correlation
        self._autocorrelation = np.array(
            [p.drifting_autocorrelation_primary, p.drifting_autocorrelation_secondary]
        )
        moved = p.practice_loading**2 * practice_variance
        drifting = np.array([p.drifting_sd_primary, p.drifting_sd_secondary])
        self._drifting_sd = np.sqrt(np.maximum(drifting**2 - moved, 0.0))
        self._cohort_sd = np.where(
            np.arange(YEAR_GROUPS) < FIRST_SECONDARY_YEAR_GROUP, p.cohort_sd_primary, p.cohort_sd_secondary
        )
        lasting = np.array([p.lasting_sd_primary, p.lasting_sd_secondary])
        pair = correlated(lasting_normals(place, chance), self._correlation)
        deviation = lasting[:, None, None] * pair[None]
        self._lasting = deviation - self._roll_mean(deviation) + la_mean.T[:, None, place.schools.la]
        self._drift = self._drifting_sd[:, None, None] * self._new_drift(place.year)

    def _roll_mean(self, deviation: Floats) -> Floats:
        """Mean over each LA's planned pupils, by phase; shape as given."""
        schools = self._place.schools
        weights = np.stack(
            [
                schools.places * (schools.first_year_group < FIRST_SECONDARY_YEAR_GROUP),
                (schools.places + schools.places_year_7)
                * (schools.last_year_group >= FIRST_SECONDARY_YEAR_GROUP),
            ]
        )
        mean = np.empty_like(deviation)
        for phase in range(2):
            total = np.maximum(np.bincount(schools.la, weights[phase], self._place.n_la), 1e-9)
            for domain in range(_DOMAINS):
                of_la = (
                    np.bincount(schools.la, weights[phase] * deviation[phase, domain], self._place.n_la)
                    / total
                )
                mean[phase, domain] = of_la[schools.la]
        return mean

    def _new_drift(self, year: int) -> Floats:
        """Standard normal pairs of a year for both phases; shape (1, 2, n_schools)."""
        n = len(self._place.schools)
        return correlated(
            self._chance.normals("value added (drifting)", _SCHOOLS, year, 2 * n).reshape(n, 2),
            self._correlation,
        )[None]

    def move_on(self, year: int) -> None:
        """Move the drifting part on by a year.

        Parameters
        ----------
        year : int
            Year moved to (the year the academic year ends).
        """
        phi = self._autocorrelation[:, None, None]
        self._drift = phi * self._drift + np.sqrt(1.0 - phi**2) * self._drifting_sd[
            :, None, None
        ] * self._new_drift(year)

    def backcast(self, years: int) -> list[Floats]:
        """The drifting part of the years before year 0 (stationary, so the same backwards).

        Parameters
        ----------
        years : int
            How many years back.

        Returns
        -------
        list of (2, 2, n_schools) float64
            Pupil SD a year by phase and domain, latest year first.
        """
        drift = self._drift
        series: list[Floats] = []
        phi = self._autocorrelation[:, None, None]
        for ago in range(1, years + 1):
            drift = phi * drift + np.sqrt(1.0 - phi**2) * self._drifting_sd[:, None, None] * self._new_drift(
                self._place.year - ago
            )
            series.append(drift)
        return series

    def table(self, year: int, practice: Floats, drift: Floats | None = None) -> Floats:
        """Effect of a year on each class.

        Parameters
        ----------
        year : int
            The year the academic year ends.
        practice : (2, n_schools) float64
            Practice above a school's normal level by domain, between-school SD.
        drift : (2, 2, n_schools) float64, optional
            Drifting part, by phase and domain; the current one by default.

        Returns
        -------
        (2, (n_schools + n_la) * 12) float64
            Pupil SD by domain, school and year group; the last ``n_la`` rows are for children in no school
            of the place, who get the LA's mean.
        """
        n, n_la = len(self._place.schools), self._place.n_la
        effect = self._lasting + (self._drift if drift is None else drift)
        effect = effect + self._p.practice_loading * practice[None]
        phase = (np.arange(YEAR_GROUPS) >= FIRST_SECONDARY_YEAR_GROUP).astype(np.intp)
        words = self._chance.normals("class year", _SCHOOLS, year, _DOMAINS * n * YEAR_GROUPS).reshape(
            n * YEAR_GROUPS, _DOMAINS
        )
        own_year = correlated(words, self._correlation).reshape(_DOMAINS, n, YEAR_GROUPS) * self._cohort_sd
        table = np.empty((_DOMAINS, n + n_la, YEAR_GROUPS))
        table[:, :n] = effect[phase].transpose(1, 2, 0) + own_year
        table[:, n:] = self._la_mean[:, phase][None]
        return table.reshape(_DOMAINS, -1)


class NoValueAdded(ValueAdded):
    """The null version: every school adds its LA's mean, and only that."""

    def table(self, year: int, practice: Floats, drift: Floats | None = None) -> Floats:
        """LA's mean by phase for every class.

        Parameters
        ----------
        year : int
            Not read.
        practice : (2, n_schools) float64
            Not read.
        drift : (2, 2, n_schools) float64, optional
            Not read.

        Returns
        -------
        (2, (n_schools + n_la) * 12) float64
            Pupil SD by domain, school and year group.
        """
        del year, practice, drift
        n = len(self._place.schools)
        phase = (np.arange(YEAR_GROUPS) >= FIRST_SECONDARY_YEAR_GROUP).astype(np.intp)
        rows = np.concatenate([self._place.schools.la, np.arange(self._place.n_la)])
        one = self._la_mean[rows][:, phase]
        return np.broadcast_to(one, (_DOMAINS, n + self._place.n_la, YEAR_GROUPS)).reshape(_DOMAINS, -1)


YEARS_BEFORE = READ_AT["ks4"] - 1
"""Years before year 0 in which today's pupils were already at school."""
