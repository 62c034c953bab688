"""What one whole case of support adds to practice: dose, diminishing returns, embedding, fading.

Evidence is of attainment, or of practice, at the end of a case in schools that had no such support before.
The rate of gain is solved so that such a school, with the usual turnover of teachers and heads and a
provider of usual quality, ends the case exactly there.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from model.arrangements import Channel, Offer
from model.parameters import Parameters
from model.place import Floats
from model.practice import INDEX_WEIGHTS, index_scale
from model.terms import TERMS_A_YEAR, WEEKS_A_TERM

_HALVINGS = 50
_WHOLE_SCHOOL = (Channel.WHOLE_SCHOOL, Channel.LEADERSHIP)


class Course(NamedTuple):
    """How practice that support brings moves in a term."""

    embeds: float  # part of supported practice that embeds in a term of support
    fades: float  # part of supported practice left after a term without support
    kept: float  # part of embedded practice left after a term, before turnover
    half_gain: float  # whole cases brought at which a further gain is halved
    kept_usually: float  # part of embedded practice left after a term, with usual turnover
    absorbed_usually: float  # part of a gain that is absorbed where new heads are as frequent as usual


def new_heads_usually(p: Parameters) -> float:
    """Share of schools whose headteacher is in the first year, usually; mean of the phases.

    Parameters
    ----------
    p : Parameters
        One draw: rows head_leave_primary and head_leave_secondary.

    Returns
    -------
    float
        0 to 1.
    """
    return 0.5 * (p.workforce.head_leave_primary + p.workforce.head_leave_secondary)


def course_of(p: Parameters, *, turnover: bool = True) -> Course:
    """Read how supported and embedded practice move in one draw.

    Parameters
    ----------
    p : Parameters
        One draw.
    turnover : bool
        Whether turnover takes any of it.

    Returns
    -------
    Course
        Parts a term.
    """
    s, kept = p.support, 1.0 - p.practice.reversion / TERMS_A_YEAR
    leaving = p.workforce.teacher_leave if turnover else 0.0
    new_heads = new_heads_usually(p) if turnover else 0.0
    by_turnover = (1.0 - s.turnover_loss * leaving / TERMS_A_YEAR) * (
        1.0 - s.new_head_loss * new_heads / TERMS_A_YEAR
    )
    return Course(
        embeds=s.embed_share,
        fades=float(0.5 ** (1.0 / (TERMS_A_YEAR * s.half_life_years))),
        kept=kept,
        half_gain=s.half_gain_cases,
        kept_usually=kept * by_turnover,
        absorbed_usually=1.0 - s.absorption_new_head * new_heads,
    )


def room(brought: float, half_gain: float) -> float:
    """Part of a gain that is left where support has brought some before.

    Parameters
    ----------
    brought : float
        What support has brought in the direction of the gain, whole cases of the same kind.
    half_gain : float
        Cases at which the gain is halved.

    Returns
    -------
    float
        1 where nothing was brought (or the opposite), falling towards 0.

    Examples
    --------
    >>> room(0.0, 1.5), room(1.5, 1.5), room(-3.0, 1.5)
    (1.0, 0.5, 1.0)
    """
    return half_gain / (half_gain + max(brought, 0.0))


def terms_of(weeks: float) -> list[float]:
    """Teaching weeks of each term of a case that begins with a term.

    Parameters
    ----------
    weeks : float
        Teaching weeks of the case.

    Returns
    -------
    list of float
        13 each, and what is left over in the last.

    Examples
    --------
    >>> terms_of(30)
    [13.0, 13.0, 4.0]
    """
    whole, rest = divmod(weeks, WEEKS_A_TERM)
    return [float(WEEKS_A_TERM)] * int(whole) + ([float(rest)] if rest else [])


def _path(rate: float, weeks: float, course: Course) -> list[float]:
    """Practice that support has brought at the end of each term of a case, whole cases."""
    supported = embedded = 0.0
    path: list[float] = []
    for given in terms_of(weeks):
        cover = given / WEEKS_A_TERM
        gain = rate * given / weeks * room(supported + embedded, course.half_gain)
        embedded = course.kept_usually * embedded + course.embeds * cover * supported
        supported = supported * (1.0 - course.embeds * cover) * course.fades ** (1.0 - cover) + gain
        path.append(supported + embedded)
    return path


class Growth(NamedTuple):
    """How practice grows over one whole case of support."""

    rate: float  # gain of a whole case before diminishing and decay, whole cases
    path: tuple[float, ...]  # share of the gain reached at the end of each term; the last is 1


@lru_cache(maxsize=128)
def growth_of(weeks: int, course: Course, for_new_heads: bool = False) -> Growth:
    """Solve for the rate at which a whole case ends at exactly one whole gain (bisection).

    Parameters
    ----------
    weeks : int
        Teaching weeks of the case.
    course : Course
        How practice moves.
    for_new_heads : bool
        Support for new heads loses nothing by their being new.

    Returns
    -------
    Growth
        Rate and path.
    """
    low, high = 0.0, 1.0
    while _path(high, weeks, course)[-1] < 1.0:
        high *= 2.0
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        if _path(middle, weeks, course)[-1] < 1.0:
            low = middle
        else:
            high = middle
    absorbed = 1.0 if for_new_heads else course.absorbed_usually
    return Growth(high / absorbed, tuple(_path(high, weeks, course)))


def attainment_of_practice(offer: Offer, growth: Growth, p: Parameters, unit: Floats) -> float:
    """Attainment that a gain of one SD of practice by the end of a case brings a pupil there throughout.

    Value added acts at the end of each school year on the practice then in place, and what it adds is kept
    at rho = 1 - lambda a year; a case that begins in autumn therefore brings
    ``loading x (weight / scale) x sum over its years of rho^(years left) x share of the gain reached``.
    A domain that bears on both literacy and maths is read where it bears most.

    Parameters
    ----------
    offer : Offer
        Length and practice domain.
    growth : Growth
        Path of practice over the case.
    p : Parameters
        One draw.
    unit : (13,) float64
        SD of one domain after k years of learning: what an effect of 1 means.

    Returns
    -------
    float
        Pupil SD per between-school SD of practice; 0 where practice is worth nothing.
    """
    rho = 1.0 - p.learning.catch_up
    years = -(-len(growth.path) // TERMS_A_YEAR)
    reached = [growth.path[min(TERMS_A_YEAR * (y + 1), len(growth.path)) - 1] for y in range(years)]
    exposure = sum(rho ** (years - 1 - y) * share for y, share in enumerate(reached))
    weight = float((INDEX_WEIGHTS[:, offer.domain] / index_scale(p.practice.domain_correlation)).max())
    sd = float(np.mean([unit[group + 1] for group in offer.year_groups]))
    return float(p.schools.practice_loading * weight * exposure / sd)


def whole_gain(offer: Offer, growth: Growth, p: Parameters, unit: Floats) -> float:
    """Practice that one whole case adds to a school that had no such support before.

    Parameters
    ----------
    offer : Offer
        What is delivered; only whole-school and leadership support acts on practice.
    growth : Growth
        Path of practice over the case.
    p : Parameters
        One draw: what practice is worth, and the multiplier of gains.
    unit : (13,) float64
        SD of one domain after k years of learning: what an effect of 1 means.

    Returns
    -------
    float
        Between-school SD of the offer's domain by the end of the case.
    """
    if offer.channel not in _WHOLE_SCHOOL:
        return 0.0
    gain = offer.practice_sd
    if offer.attainment_sd:
        worth = attainment_of_practice(offer, growth, p, unit)
        gain += offer.attainment_sd / worth if worth else 0.0
    return p.support.practice_gain * gain
