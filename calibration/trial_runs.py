"""Trials in the model: schools in two arms by lot, one of them treated, then the other on the same chance."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from calibration.plans import SEED
from calibration.trial_delivery import TrialDelivery
from model.arrangements import Channel, Offer
from model.gains import terms_of
from model.levers import Levers
from model.parameters import Parameters
from model.place import Bools, Floats, Index, Phase, Place
from model.randomness import Chance
from model.recursion import READ_AT
from model.system import System
from model.terms import TERMS_A_YEAR

FIRST_YEAR = 2
"""Projected year in which cases begin: the first with heads who are new."""

_SCHOOLS = 0
_MAINSTREAM = (Phase.PRIMARY, Phase.SECONDARY)


@dataclass(frozen=True, kw_only=True, eq=False)
class Design:
    """What is tried, where, and in which outcome it is read.

    Attributes
    ----------
    place : Place
        Where.
    offer : Offer
        What is tried.
    domain : int
        Attainment domain read: 0 literacy, 1 maths.
    later : int
        Years that pupils are followed after the end.
    received : (n_schools, 2) float64 or None
        Share of a case's weeks that each school receives, and how well; None for a whole case of usual
        quality in each.
    """

    place: Place
    offer: Offer
    domain: int
    later: int = 0
    received: Floats | None = None


@dataclass(frozen=True, eq=False)
class Reading:
    """Outcome of every unit (school or pupil) at one time, and which units had the programme."""

    outcome: Floats
    units: Index


def arm_of(place: Place, offer: Offer, chance: Chance, second: bool, new_head: Bools) -> Bools:
    """Draw an arm by lot: half of the schools of each phase that may take part.

    Parameters
    ----------
    place : Place
        Schools; special schools and alternative provision are left out.
    offer : Offer
        Year groups, and whether it is for new heads only.
    chance : Chance
        Stream ``trial arms``.
    second : bool
        The other half instead.
    new_head : (n_schools,) bool
        Whether the headteacher is new when the trial begins.

    Returns
    -------
    (n_schools,) bool
        Schools of the arm.
    """
    s = place.schools
    may = (s.first_year_group <= max(offer.year_groups)) & (s.last_year_group >= min(offer.year_groups))
    may &= np.isin(s.phase, _MAINSTREAM) & (new_head | (not offer.new_heads))
    luck = chance.uniforms("trial arms", _SCHOOLS, 0, len(s))
    arm = np.zeros(len(s), dtype=np.bool_)
    for phase in _MAINSTREAM:
        drawn = np.flatnonzero(may & (s.phase == phase))
        drawn = drawn[np.argsort(luck[drawn], kind="stable")]
        half = len(drawn) // 2
        arm[drawn[half : 2 * half] if second else drawn[:half]] = True
    return arm


def run_arm(design: Design, p: Parameters, replicate: int, *, second: bool) -> list[Reading]:
    """Run a trial in which one half of the schools is treated.

    Parameters
    ----------
    design : Design
        What is tried.
    p : Parameters
        One draw.
    replicate : int
        Whose chance.
    second : bool
        Treat the other half.

    Returns
    -------
    list of Reading
        At the end of the cases, and each year after that.
    """
    place, offer, chance = design.place, design.offer, Chance(SEED, 0, replicate)
    length = -(-len(terms_of(offer.weeks)) // TERMS_A_YEAR)
    system = System(place, Levers(), p, chance, years=FIRST_YEAR - 1 + length + design.later)
    arm = partial(arm_of, place, offer, chance, second)
    delivery = TrialDelivery(system, offer, TERMS_A_YEAR * (FIRST_YEAR - 1), arm, design.received)
    system.year_zero()
    for _ in range(FIRST_YEAR - 2 + length):
        _run_year(system)
    before = system.parts.register.school.copy()
    _run_year(system)
    readings = [_read(system, delivery, design, before)]
    for _ in range(design.later):
        _run_year(system)
        readings.append(_read(system, delivery, design, before))
    system.release()
    return readings


def _run_year(system: System) -> None:
    system.begin_year(system.now + 1)
    for term in range(TERMS_A_YEAR):
        system.term(term)
    system.end_year()


def _read(system: System, delivery: TrialDelivery, design: Design, before: Index) -> Reading:
    """Outcome now: points of attendance, practice gained, or attainment in pupil SD of the year group."""
    offer, register = design.offer, system.parts.register
    if offer.channel == Channel.WIDER_NEEDS:
        return Reading(delivery.attendance, delivery.pupils)
    if offer.practice_sd:
        gained = system.parts.practice.practice() - delivery.before
        return Reading(gained[:, offer.domain], np.flatnonzero(delivery.schools))
    cohorts = register.cohorts
    group = system.now - np.repeat([c.entry_year for c in cohorts], [c.size for c in cohorts])
    sd = system.parts.reference.domain_sd[np.clip(group + 1, 0, READ_AT["ks4"])]
    score = (register.attainment[design.domain] + register.boost[design.domain]) / sd
    if offer.channel == Channel.PUPIL_DIRECT:
        return Reading(score, delivery.pupils)
    return Reading(score, _stayed(register.school, before, group, delivery.schools, offer))


def _stayed(school: Index, before: Index, group: Index, arm: Bools, offer: Offer) -> Index:
    """Pupils of an offer's year groups in the schools of the arm who were there a year before."""
    n = len(arm)
    stayed = (school == before) & (school < n)
    stayed &= (group >= max(min(offer.year_groups), 1)) & (group <= max(offer.year_groups))
    stayed[stayed] = arm[school[stayed]]
    return np.flatnonzero(stayed)


def replicated(design: Design, p: Parameters, replicates: int) -> tuple[Floats, Floats]:
    """Run a trial again and again, each time with the arms exchanged as well.

    Parameters
    ----------
    design : Design
        What is tried.
    p : Parameters
        One draw.
    replicates : int
        How often.

    Returns
    -------
    exchanged : (replicates, later + 1) float64
        Mean of the two ways round, in the unit of the outcome, at the end and in the years after: what
        differs between the schools of the arms cancels.
    plain : (replicates, later + 1) float64
        Difference of the arms one way round, as one real trial would find it.
    """
    exchanged, plain = [], []
    for replicate in range(replicates):
        ways = [run_arm(design, p, replicate, second=second) for second in (False, True)]
        pairs = [
            (
                first.outcome[first.units].mean() - first.outcome[second.units].mean(),
                second.outcome[second.units].mean() - second.outcome[first.units].mean(),
            )
            for first, second in zip(*ways, strict=True)
        ]
        exchanged.append([0.5 * (one + other) for one, other in pairs])
        plain.append([one for one, _ in pairs])
    return np.array(exchanged), np.array(plain)
