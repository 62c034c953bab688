"""Founds the institutions of a run: from what stands at year 0, or none where nothing is said of them."""

from __future__ import annotations

from collections.abc import Mapping

import mesa
import numpy as np

from model.absence_support import AbsenceSupport
from model.course_delivery import CourseDelivery
from model.foreseen import first_share, foreseen
from model.institution_facts import facts_of, members
from model.institutions import Institutions
from model.levers import Levers
from model.no_institutions import InstitutionsAtWork, NoInstitutions
from model.parameters import Parameters
from model.place import Bools, Floats, Phase, Place
from model.practice import Practice
from model.programmes import Eligibility
from model.pupil_support import PupilSupport
from model.randomness import Chance


def planned_pupils(place: Place) -> Floats:
    """Pupils each school is planned for.

    Parameters
    ----------
    place : Place
        Schools.

    Returns
    -------
    (n_schools,) float64
        Places a year times years taught.
    """
    s = place.schools
    years = s.last_year_group - s.first_year_group + 1
    after = np.maximum(s.last_year_group - 6, 0)
    return np.asarray(s.places * years + s.places_year_7 * after, dtype=np.float64)


def planned_disadvantage(place: Place) -> Floats:
    """Share of pupils classed disadvantaged where pupils are not known: as published, or the LA's.

    Parameters
    ----------
    place : Place
        Schools, areas and rates.

    Returns
    -------
    (n_schools,) float64
        0 to 1.
    """
    s, r = place.schools, place.rates
    of_la = np.where(s.phase == Phase.SECONDARY, r.disadvantaged_ks4[s.la], r.disadvantaged_ks2[s.la])
    if place.school_results is None:
        return np.asarray(of_la)
    own = place.school_results.disadvantaged_share
    return np.asarray(np.where(np.isnan(own), of_la, own))


def member_schools(place: Place, levers: Levers, chance: Chance) -> Bools:
    """Which schools are members of the partnership in force at year 0: they then choose each year.

    Parameters
    ----------
    place : Place
        Schools.
    levers : Levers
        What is in force.
    chance : Chance
        Of the draw.

    Returns
    -------
    (n_schools,) bool
        None where nothing is in force. Where no partnership stands, those of the first that a change brings,
        unless schools choose: then nobody belongs before it is founded.
    """
    stands = levers.in_force
    choose = stands is not None and (stands.collaboration is not None or stands.national is not None)
    nobody = choose and stands is not None and stands.partnership is None
    return members(place, 0.0 if nobody else first_share(levers), chance)


def found(
    system: mesa.Model,
    place: Place,
    levers: Levers,
    p: Parameters,
    chance: Chance,
    on: Mapping[str, bool],
    practice: Practice,
    eligibility: Eligibility | None,
    unit: Floats,
) -> InstitutionsAtWork:
    """Found the institutions of a run.

    Parameters
    ----------
    system, place, levers : mesa.Model, Place, Levers
        Owner of the agents; where; what stands and what a scenario puts in its stead.
    p, chance, on : Parameters, Chance, mapping of str to bool
        One draw; one replicate's chance; mechanism switches.
    practice : Practice
        At year 0; schools' own levels say how they stand.
    eligibility : Eligibility or None
        Who may take part; None to run institutions without pupils.
    unit : (13,) float64
        SD of one domain after k years of learning.

    Returns
    -------
    InstitutionsAtWork
        None at all, where nothing is in force.
    """
    known = foreseen(levers, p)
    if levers.in_force is None or known is None:
        return NoInstitutions(len(place.schools))
    offers = known.offers
    n = len(place.schools)
    facts = facts_of(
        place, member_schools(place, levers, chance), planned_pupils(place), planned_disadvantage(place),
        np.zeros(n, dtype=np.bool_), known.areas,
    )  # fmt: skip
    pupils = None
    if eligibility is not None and on["programmes"]:
        lasting, convert = p.programmes.lasting_share, p.support.attendance_convert
        pupils = PupilSupport(
            CourseDelivery(n, offers, eligibility, unit, lasting, chance),
            AbsenceSupport(n, offers, eligibility, convert),
        )
    level = practice.own_level.mean(axis=1)
    standing = (level - level.mean()) / max(float(level.std()), 1e-12)
    institutions = Institutions(
        system, facts, levers.in_force, known, p, chance, on, standing, unit, pupils
    )  # fmt: skip
    institutions.changes = levers.changes
    return institutions
