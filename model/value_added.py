"""What schools add to a year's progress: a lasting part v, a drifting part u, and each class's own year c.

Published results fix the spread of v + u + practice, whatever practice is worth: the part of practice that
moves is taken out of the variance of u.
"""

from __future__ import annotations

from typing import NamedTuple

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


class History(NamedTuple):
    """What is known of schools' value added at year 0; pupil SD a year."""

    lasting: Floats  # (2, 2, n_schools) by phase and domain
    drift: Floats  # drifting part, likewise
    past: list[Floats]  # that of year 0 and the years before it, latest first


class ValueAdded:
    """Value added of every school, moved on year by year.

    Parameters
    ----------
    place : Place
        Schools. Where their results are published, what drifted before year 0 belongs to the draw, as it is
        known from these results; else to the replicate.
    p : SchoolEffectParameters
        Spreads.
    practice_variance : float
        Variance, between schools, of the part of practice that moves (between-school SD, squared).
    chance : Chance
        Streams ``value added (lasting)``, ``value added (drifting)``, ``class year``.
    """

    def __init__(
        self,
        place: Place,
        p: SchoolEffectParameters,
        practice_variance: float,
        chance: Chance,
    ) -> None:
        self._place, self._p, self._chance = place, p, chance
        self._la_mean: Floats = np.zeros((place.n_la, 2))
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
        self._lasting = np.stack(
            [[self._against_la(phase, own) for own in domains] for phase, domains in enumerate(deviation)]
        )
        self._drift = self._drifting_sd[:, None, None] * self._new_drift(place.year)
        self._past: list[Floats] = [self._drift]

    @property
    def drifting_sd(self) -> Floats:
        """SD of the drifting part by phase, what practice moves left out; shape (2,), pupil SD a year."""
        return self._drifting_sd

    def settle(self, la_mean: Floats) -> None:
        """Put the schools of each LA on its mean value added.

        Parameters
        ----------
        la_mean : (n_la, 2) float64
            By phase (primary, secondary), pupil SD a year.
        """
        self._la_mean = la_mean

    def mean_of_domains(self, phase: int, years_back: int) -> tuple[Floats, Floats]:
        """Lasting and drifting part against the LA's mean, mean of the two domains.

        Parameters
        ----------
        phase : int
            0 primary, 1 secondary.
        years_back : int
            Years of the drifting part, year 0 among them.

        Returns
        -------
        lasting : (n_schools,) float64
            Pupil SD a year.
        drifting : (n_schools, years_back) float64
            Pupil SD a year, year 0 first.
        """
        self._go_back(years_back)
        drifting = np.stack([past[phase].mean(axis=0) for past in self._past[:years_back]], axis=1)
        return self._lasting[phase].mean(axis=0), drifting

    def shift(self, phase: int, lasting: Floats, drifting: Floats) -> None:
        """Shift both domains of the schools, in year 0 and before.

        Parameters
        ----------
        phase : int
            0 primary, 1 secondary.
        lasting : (n_schools,) float64
            Added to the lasting part, pupil SD a year.
        drifting : (n_schools, n_back) float64
            Added to the drifting part, year 0 first, pupil SD a year.
        """
        self._go_back(drifting.shape[1])
        self._lasting[phase] += lasting
        for past, more in zip(self._past, drifting.T, strict=False):
            past[phase] += more

    def history(self) -> History:
        """Give all that is known of schools so far.

        Returns
        -------
        History
            Of year 0 and before.
        """
        return History(self._lasting, self._drift, list(self._past))

    def take(self, history: History) -> None:
        """Take over what is known in another run that is the same up to now.

        Parameters
        ----------
        history : History
            As ``history`` gives; not changed from then on.
        """
        self._lasting, self._drift, self._past = history.lasting, history.drift, list(history.past)

    def _against_la(self, phase: int, values: Floats) -> Floats:
        """Take the mean over each LA's planned pupils of a phase off; (n_schools,)."""
        schools = self._place.schools
        weight = (
            (schools.places + schools.places_year_7) * (schools.last_year_group >= FIRST_SECONDARY_YEAR_GROUP)
            if phase
            else schools.places * (schools.first_year_group < FIRST_SECONDARY_YEAR_GROUP)
        )
        total = np.maximum(np.bincount(schools.la, weight, self._place.n_la), 1e-9)
        mean = np.bincount(schools.la, weight * values, self._place.n_la) / total
        return np.asarray(values - mean[schools.la])

    def _new_drift(self, year: int) -> Floats:
        """Standard normal pairs of a year for both phases; shape (1, 2, n_schools)."""
        n = len(self._place.schools)
        known = self._place.school_results is not None and year <= self._place.year
        chance = self._chance.for_draw() if known else self._chance
        pair = correlated(
            chance.normals("value added (drifting)", _SCHOOLS, year, 2 * n).reshape(n, 2), self._correlation
        )
        if not known:
            return pair[None]
        # the past of an LA as a whole is in its own results
        return np.stack([[self._against_la(phase, own) for own in pair] for phase in range(2)])

    def _moved(self, drift: Floats, year: int) -> Floats:
        """The drifting part one year on, or one year back: it is stationary, so both are alike."""
        phi = self._autocorrelation[:, None, None]
        spread = np.sqrt(1.0 - phi**2) * self._drifting_sd[:, None, None]
        return np.asarray(phi * drift + spread * self._new_drift(year))

    def _go_back(self, years: int) -> None:
        """Know the drifting part of ``years`` years, year 0 among them."""
        while len(self._past) < years:
            self._past.append(self._moved(self._past[-1], self._place.year - len(self._past)))

    def move_on(self, year: int) -> None:
        """Move the drifting part on by a year.

        Parameters
        ----------
        year : int
            Year moved to (the year the academic year ends).
        """
        self._drift = self._moved(self._drift, year)

    def backcast(self, years: int) -> list[Floats]:
        """The drifting part of the years before year 0.

        Parameters
        ----------
        years : int
            How many years back.

        Returns
        -------
        list of (2, 2, n_schools) float64
            Pupil SD a year by phase and domain, latest year first.
        """
        self._go_back(years + 1)
        return self._past[1 : years + 1]

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
        effect = self._lasting + self._la_mean.T[:, None, self._place.schools.la]
        effect = effect + (self._drift if drift is None else drift)
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
