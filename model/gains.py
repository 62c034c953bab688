"""What one whole case of support adds to practice: dose, diminishing returns, embedding, fading.

Evidence is of attainment, or of practice, at the end of a case in schools that had no such support before.
The rate of gain is solved so that such a school, with usual turnover and a provider of usual quality, ends
the case exactly there.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from model.arrangements import Channel, Offer
from model.parameters import Parameters
from model.practice import INDEX_WEIGHTS, index_scale
from model.terms import TERMS_A_YEAR, WEEKS_A_TERM

_HALVINGS = 50
_WHOLE_SCHOOL = (Channel.WHOLE_SCHOOL, Channel.LEADERSHIP)


class Course(NamedTuple):
    """How practice that support brings moves in a term."""

    embeds: float  # part of supported practice that embeds in a term of support
    fades: float  # part of supported practice left after a term without support
    kept: float  # part of embedded practice left after a term, before turnover
    leaves: float  # further part of it lost for each unit of teachers who leave in a term
    half_gain: float  # whole cases brought at which a further gain is halved


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
    s = p.support
    return Course(
        embeds=s.embed_share,
        fades=float(0.5 ** (1.0 / (TERMS_A_YEAR * s.half_life_years))),
        kept=1.0 - p.practice.reversion / TERMS_A_YEAR,
        leaves=s.turnover_loss if turnover else 0.0,
        half_gain=s.half_gain_cases,
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


def _path(rate: float, weeks: float, course: Course, leave_a_term: float) -> list[float]:
    """Practice that support has brought at the end of each term of a case, whole cases."""
    supported = embedded = 0.0
    path: list[float] = []
    keeps = course.kept * (1.0 - course.leaves * leave_a_term)
    for given in terms_of(weeks):
        cover = given / WEEKS_A_TERM
        gain = rate * given / weeks * room(supported + embedded, course.half_gain)
        embedded = keeps * embedded + course.embeds * cover * supported
        supported = supported * (1.0 - course.embeds * cover) * course.fades ** (1.0 - cover) + gain
        path.append(supported + embedded)
    return path


class Growth(NamedTuple):
    """How practice grows over one whole case of support."""

    rate: float  # gain of a whole case before diminishing and decay, whole cases
    path: tuple[float, ...]  # share of the gain reached at the end of each term; the last is 1


@lru_cache(maxsize=128)
def growth_of(weeks: int, course: Course, leave_a_term: float) -> Growth:
    """Solve for the rate at which a whole case ends at exactly one whole gain (bisection).

    Parameters
    ----------
    weeks : int
        Teaching weeks of the case.
    course : Course
        How practice moves.
    leave_a_term : float
        Usual share of teachers leaving in a term.

    Returns
    -------
    Growth
        Rate and path.
    """
    low, high = 0.0, 1.0
    while _path(high, weeks, course, leave_a_term)[-1] < 1.0:
        high *= 2.0
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        if _path(middle, weeks, course, leave_a_term)[-1] < 1.0:
            low = middle
        else:
            high = middle
    return Growth(high, tuple(_path(high, weeks, course, leave_a_term)))


def attainment_of_practice(offer: Offer, growth: Growth, p: Parameters) -> float:
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
    return float(p.schools.practice_loading * weight * exposure)


def whole_gain(offer: Offer, growth: Growth, p: Parameters) -> float:
    """Practice that one whole case adds to a school that had no such support before.

    Parameters
    ----------
    offer : Offer
        What is delivered; only whole-school and leadership support acts on practice.
    growth : Growth
        Path of practice over the case.
    p : Parameters
        One draw: what practice is worth, and the multiplier of gains.

    Returns
    -------
    float
        Between-school SD of the offer's domain by the end of the case.
    """
    if offer.channel not in _WHOLE_SCHOOL:
        return 0.0
    gain = offer.practice_sd
    if offer.attainment_sd:
        worth = attainment_of_practice(offer, growth, p)
        gain += offer.attainment_sd / worth if worth else 0.0
    return p.support.practice_gain * gain
