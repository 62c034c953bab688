"""Which school a family chooses among the nearest few.

A family considers the few nearest schools. A school's pull falls with distance; at transition it also
depends on how the child's standing goes with the school's reputation, religious character or selection. A
constant for each school, solved at year 0, makes expected intakes the planned ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from model.parameters import ChoiceParameters
from model.place import Bools, Floats, Index, Ints, Phase, Place, Schools

NEAREST = 6
"""Primary schools, and special schools and alternative provision, that a family considers."""

NEAREST_AT_TRANSITION = 10
"""Schools a family considers at transition: secondary schools fill from further away."""


class Pull(NamedTuple):
    """What is added to the pull of the schools considered, for each SD of a child; None where nothing is."""

    on_standing: Floats | None  # (k, n_sources) log odds per SD of standing
    on_attainment: Floats | None  # (k, n_sources) log odds per pupil SD


class ChoiceRule(Protocol):
    """What a child's standing and attainment add to the pull of the schools considered."""

    def pull(self, schools: Index) -> Pull:
        """Log odds added for each SD of a child, to those of distance and places.

        Parameters
        ----------
        schools : (k, n_sources) intp
            Schools considered from each starting point.

        Returns
        -------
        Pull
            Log odds per SD of standing and per pupil SD of attainment.
        """


@dataclass(frozen=True, kw_only=True, eq=False)
class Sorting:
    """Families and schools sort: by reputation, religious character and selection.

    Attributes
    ----------
    reputation : (n_schools,) float64
        Lasting reputation, standard normal.
    faith, selective : (n_schools,) bool
        From the place.
    p : ChoiceParameters
        Strengths.
    """

    reputation: Floats
    faith: Bools
    selective: Bools
    p: ChoiceParameters

    def pull(self, schools: Index) -> Pull:
        """Log odds added for each SD of standing and attainment.

        Parameters
        ----------
        schools : (k, n_sources) intp
            Schools considered from each starting point.

        Returns
        -------
        Pull
            Reputation and faith go with standing, selection with attainment (None where no school selects).
        """
        on_standing = self.p.sorting * self.reputation + self.p.faith * self.faith
        on_attainment = self.p.selection * self.selective[schools] if self.selective[schools].any() else None
        return Pull(on_standing[schools], on_attainment)


@dataclass(frozen=True)
class NoSorting:
    """The null version: only distance and places count."""

    def pull(self, schools: Index) -> Pull:
        """Nothing is added.

        Parameters
        ----------
        schools : (k, n_sources) intp
            Not read.

        Returns
        -------
        Pull
            None for both.
        """
        del schools
        return Pull(None, None)


@dataclass(frozen=True, kw_only=True, eq=False)
class Options:
    """The schools considered from each starting point.

    Attributes
    ----------
    schools : (k, n_sources) intp
        School indices, nearest first.
    utility : (k, n_sources) float64
        Log odds by distance; -inf where fewer schools exist.
    target : (n_schools,) float64
        Planned intake.
    """

    schools: Index
    utility: Floats
    target: Floats


def nearest_options(
    place: Place,
    source_la: Ints,
    x: Floats,
    y: Floats,
    candidates: Ints,
    target: Floats,
    scale: float,
    most: int = NEAREST,
) -> Options:
    """Find the nearest schools of the same LA for each source.

    Parameters
    ----------
    place : Place
        For the schools' positions.
    source_la, x, y : arrays (n_sources,)
        LA and position (km) of each source.
    candidates : (n_candidates,) int32
        Schools that can be chosen.
    target : (n_schools,) float64
        Planned intake of each school.
    scale : float
        Distance at which the pull falls by e, as a share of the distance to the furthest school considered.
    most : int
        Schools considered.

    Returns
    -------
    Options
        With ``most`` rows.
    """
    schools = place.schools
    chosen = np.zeros((most, len(x)), dtype=np.intp)
    utility = np.full((most, len(x)), -np.inf)
    for la in range(place.n_la):
        rows, here = np.flatnonzero(source_la == la), candidates[schools.la[candidates] == la]
        if not rows.size or not here.size:
            continue
        k = min(most, len(here))
        distance = np.hypot(
            x[rows, None] - schools.x_km[None, here], y[rows, None] - schools.y_km[None, here]
        )
        order = np.argsort(distance, axis=1, kind="stable")[:, :k]
        near = np.take_along_axis(distance, order, axis=1)
        chosen[:, rows] = here[0]
        chosen[:k, rows] = here[order].T
        utility[:k, rows] = -(near / (scale * np.maximum(near[:, -1:], 1e-9))).T
    with np.errstate(divide="ignore"):
        utility += np.log(target)[chosen]
    return Options(schools=chosen, utility=utility, target=target)


def odds_of(utility: Floats) -> Floats:
    """Odds of each school against the likeliest.

    Parameters
    ----------
    utility : (k, n) float64
        Log odds.

    Returns
    -------
    (k, n) float64
        From 0 to 1.
    """
    odds = utility - utility.max(axis=0)
    return np.asarray(np.exp(odds, out=odds))


def reached(utility: Floats) -> Floats:
    """Chance of each school or one before it, the last left out.

    Parameters
    ----------
    utility : (k, n) float64
        Log odds.

    Returns
    -------
    (k - 1, n) float64
        Rising along the first axis.
    """
    total = odds_of(utility)
    for row in range(1, len(total)):  # quicker than cumsum, which goes down the columns
        total[row] += total[row - 1]
    return np.asarray(total[:-1] / total[-1])


def pick(options: Options, chance_reached: Floats, rows: Index, luck: Floats) -> Index:
    """Choose one of the schools considered, each child by its own uniform.

    Parameters
    ----------
    options : Options
        Schools considered.
    chance_reached : (k - 1, n) float64
        From ``reached``.
    rows : (n,) int32
        Source of each child.
    luck : (n,) float64
        Uniforms.

    Returns
    -------
    (n,) intp
        School of each child.
    """
    beyond = (luck > chance_reached).view(np.int8)
    small = len(beyond) <= np.iinfo(np.int8).max  # so few can be counted in an int8, which is quicker
    place = beyond.sum(axis=0, dtype=np.int8 if small else np.intp).astype(np.intp)
    place *= options.schools.shape[1]
    place += rows
    return np.asarray(np.take(options.schools, place), dtype=np.intp)


def teaches(schools: Schools, year_group: int) -> Bools:
    """Whether each school teaches a year group.

    Parameters
    ----------
    schools : Schools
        Columns of the place's schools.
    year_group : int
        0 (Reception) to 11.

    Returns
    -------
    (n_schools,) bool
        True where the year group lies between the school's first and last.
    """
    return np.asarray((schools.first_year_group <= year_group) & (schools.last_year_group >= year_group))


def of_phase(schools: Schools, phase: Phase) -> Ints:
    """Indices of the schools of a phase.

    Parameters
    ----------
    schools : Schools
        Columns of the place's schools.
    phase : Phase
        Phase of education.

    Returns
    -------
    (n,) int32
        Rows, rising; empty where there are none.
    """
    return np.flatnonzero(schools.phase == phase).astype(np.int32)


def is_mainstream(schools: Schools) -> Bools:
    """Whether each school is mainstream.

    Parameters
    ----------
    schools : Schools
        Columns of the place's schools.

    Returns
    -------
    (n_schools,) bool
        False for special schools and alternative provision.
    """
    return np.asarray((schools.phase != Phase.SPECIAL) & (schools.phase != Phase.ALTERNATIVE_PROVISION))
