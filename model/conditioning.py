"""Year 0 of a place whose schools' own results are published: intake and value added are set by them.

Primary schools first, as their intakes follow from where children live; secondary schools once the cohorts
of year 0 have gone through their schools, as their intakes follow from those. What the drawn intake leaves of
a school's level is its value added: ``v = (level - intake) / G(years there)``.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.choice import is_mainstream, teaches
from model.enrolment import Enrolment
from model.parameters import Parameters
from model.place import FIRST_SECONDARY_YEAR_GROUP, YEAR_GROUPS, Bools, Floats, Ints, Place, SchoolResults
from model.practice import Practice
from model.randomness import Chance
from model.recursion import growth
from model.reference import Reference
from model.register import Register
from model.school_balance import Pupils, mean_of_groups, what_lasts
from model.school_evidence import SchoolEvidence, ks2_evidence, ks4_evidence
from model.school_levels import Shift, Spreads, given_results
from model.value_added import ValueAdded

PRIMARY, SECONDARY = 0, 1
_ENDS_AT = {PRIMARY: FIRST_SECONDARY_YEAR_GROUP - 1, SECONDARY: YEAR_GROUPS - 1}
_SCHOOLS = 0


class PublishedSchools(NamedTuple):
    """The parts of a run that school results bear on."""

    place: Place
    reference: Reference
    p: Parameters
    value_added: ValueAdded
    practice: Practice
    enrolment: Enrolment
    chance: Chance

    @property
    def results(self) -> SchoolResults:
        """What is published of the place's schools."""
        assert self.place.school_results is not None
        return self.place.school_results

    @property
    def rho(self) -> float:
        """Persistence of attainment from year to year."""
        return 1.0 - self.p.learning.catch_up


def _years_in_school(place: Place, phase: int) -> Ints:
    """Year groups of a phase that pupils have spent in the school when tested; 0 where it tests none."""
    schools, last = place.schools, _ENDS_AT[phase]
    begins = schools.first_year_group if phase == PRIMARY else np.maximum(
        schools.first_year_group, FIRST_SECONDARY_YEAR_GROUP
    )  # fmt: skip
    tested = teaches(schools, last) & is_mainstream(schools)
    return np.where(tested, last + 1 - begins, 0).astype(np.int32)


def _spreads(of: PublishedSchools, phase: int, intake: float) -> Spreads:
    p = of.p.schools
    common = np.sqrt((1.0 + p.domain_correlation) / 2.0)  # SD of the mean of the two domains, of one's SD
    secondary = phase == SECONDARY
    return Spreads(
        intake=intake,
        lasting=common * (p.lasting_sd_secondary if secondary else p.lasting_sd_primary),
        drifting=common * float(of.value_added.drifting_sd[phase]),
        autocorrelation=(
            p.drifting_autocorrelation_secondary if secondary else p.drifting_autocorrelation_primary
        ),
        class_year=common * (p.cohort_sd_secondary if secondary else p.cohort_sd_primary),
        practice=p.practice_loading * float(np.sqrt(of.practice.moving_variance)),
        practice_kept=1.0 - of.p.practice.reversion,
    )


def _shift(
    of: PublishedSchools, phase: int, evidence: SchoolEvidence, intake: Floats, spread: float
) -> Shift:
    """Shift the draws of a phase to its published results; zeros where nothing is published."""
    n, years = len(of.place.schools), _years_in_school(of.place, phase)
    n_back = int(evidence.ago.max()) + int(years.max(initial=1))
    lasting, drifting = of.value_added.mean_of_domains(phase, n_back)
    luck = of.chance.for_draw().normals(
        "school results", _SCHOOLS, phase, n * len(evidence.ago)
    ).reshape(n, -1)  # fmt: skip
    spreads = _spreads(of, phase, spread)
    found = Shift(np.zeros(n), np.zeros(n), np.zeros((n, n_back)))
    for spent in np.unique(years[years > 0]).tolist():
        rows = np.flatnonzero((years == spent) & np.isfinite(evidence.noise).any(axis=1))
        part = given_results(
            SchoolEvidence(
                ago=evidence.ago, distance=evidence.distance[rows], noise=evidence.noise[rows]
            ),
            spreads, of.rho, spent, intake[rows], lasting[rows], drifting[rows], luck[rows],
        )  # fmt: skip
        for whole, own in zip(found, part, strict=True):
            whole[rows] = own
    return found


def _group_means(place: Place, home: Floats) -> Floats:
    """Mean home advantage of each LA's children: not low income, low income; (n_la, 2)."""
    areas = place.areas
    low = areas.children * areas.low_income_share
    columns = [
        np.bincount(areas.la, weight * home, place.n_la)
        / np.maximum(np.bincount(areas.la, weight, place.n_la), 1e-9)
        for weight in (areas.children - low, low)
    ]
    return np.stack(columns, axis=1)


def _share(of: PublishedSchools) -> Floats:
    """Share of each school's pupils classed disadvantaged, its LA's where it is not known."""
    own = of.results.disadvantaged_share
    return np.where(np.isnan(own), of.place.rates.disadvantaged_ks2[of.place.schools.la], own)


def _against_groups(of: PublishedSchools, home: Floats) -> Floats:
    """What a school's pupils bring that its LA's groups, mixed as in the school, do not; (n_schools,)."""
    place, la, share = of.place, of.place.schools.la, _share(of)
    means = _group_means(place, home)
    expected = of.enrolment.expected_area_home(home)
    usual = (1.0 - share) * means[la, 0] + share * means[la, 1]
    return np.where(np.isnan(expected), 0.0, expected - usual)


def _settle(of: PublishedSchools, phase: int, found: Shift, pupils: Pupils) -> tuple[Floats, Floats]:
    """Shift the value added of a phase; gives its shift of v, and of u, as made."""
    lasting, drifting = of.value_added.mean_of_domains(phase, found.drifting.shape[1])
    years = _years_in_school(of.place, phase)
    made = what_lasts(found, lasting, drifting, pupils, of.rho, years)
    of.value_added.shift(phase, made.lasting, made.drifting)
    return made.lasting, made.drifting


def condition_primary(of: PublishedSchools, home: Floats) -> tuple[Floats, Floats]:
    """Set home areas and value added of schools that teach Year 6 by their results.

    Parameters
    ----------
    of : PublishedSchools
        Parts of the run; value added changes in place.
    home : (n_areas,) float64
        Home advantage of each area as drawn, pupil SD.

    Returns
    -------
    home : (n_areas,) float64
        The same given the results; the mean over the children of each LA is 0.
    yearly : (n_la, 2) float64
        What primary schools add to each income group (other, low), to be taken off the groups' paths.
    """
    place, areas = of.place, of.place.areas
    evidence = ks2_evidence(place, of.reference, of.results)
    intake = _against_groups(of, home)
    spread = of.p.schools.intake_sd * float(np.sqrt(of.enrolment.concentration()))
    found = _shift(of, PRIMARY, evidence, intake, spread)
    # a school's intake lives around it: the areas whose nearest school it is
    moved = home + found.intake[of.enrolment.nearest_school()]
    children = np.bincount(areas.la, areas.children, place.n_la)
    moved -= (np.bincount(areas.la, areas.children * moved, place.n_la) / children)[areas.la]
    left = intake + found.intake - _against_groups(of, moved)
    known = np.isfinite(evidence.noise).any(axis=1)
    rest = np.where(known, left, 0.0) / _growth(of.rho, _years_in_school(place, PRIMARY))
    pupils = _planned_pupils(of)
    _settle(of, PRIMARY, found._replace(lasting=found.lasting + rest), pupils)
    return np.asarray(moved), mean_of_groups(of.value_added.mean_of_domains(PRIMARY, 1)[0], pupils)


def _planned_pupils(of: PublishedSchools) -> Pupils:
    """Pupils of Reception to Year 6 that mainstream schools plan for, and those with low income."""
    schools, place = of.place.schools, of.place
    last = np.minimum(schools.last_year_group, FIRST_SECONDARY_YEAR_GROUP - 1)
    years = np.maximum(last + 1 - schools.first_year_group, 0) * is_mainstream(schools)
    pupils = schools.places * years
    return Pupils(pupils, pupils * _share(of), schools.la, place.n_la)


def condition_secondary(of: PublishedSchools, register: Register, expected: Floats, rows: slice) -> Floats:
    """Set value added of schools that teach Year 11 by their results, and mend what pupils have learnt there.

    Parameters
    ----------
    of : PublishedSchools
        Parts of the run; value added changes in place.
    register : Register
        Attainment of the pupils of year 0 changes in place.
    expected : (n_active,) float64
        What each pupil would attain at 16 without secondary schools, mean of the domains, pupil SD.
    rows : slice
        The pupils of year 0 in the register.

    Returns
    -------
    (n_la, 2) float64
        What secondary schools add each year to each income group (other, low), to be taken off the
        groups' paths.
    """
    place, n = of.place, len(of.place.schools)
    evidence = ks4_evidence(place, of.reference, of.results)
    years = _years_in_school(place, SECONDARY)
    school, year_group = register.school[rows], register.year_group(place.year)
    here = (year_group >= FIRST_SECONDARY_YEAR_GROUP) & np.append(years > 0, np.zeros(place.n_la, bool))[
        school
    ]
    low = register.low_income[rows]
    pupils = Pupils(
        np.bincount(school[here], minlength=n)[:n].astype(np.float64),
        np.bincount(school[here & low], minlength=n)[:n].astype(np.float64),
        place.schools.la,
        place.n_la,
    )
    intake = _against_la(place, school, expected, here, n)
    found = _shift(of, SECONDARY, evidence, intake, of.p.schools.secondary_intake_gap_sd)
    found = found._replace(lasting=found.lasting + found.intake / _growth(of.rho, years))
    lasting, drifting = _settle(of, SECONDARY, found, pupils)
    yearly = mean_of_groups(of.value_added.mean_of_domains(SECONDARY, 1)[0], pupils)
    learnt = _learnt(of.rho, school, year_group, here, lasting, drifting)
    spent = np.maximum(year_group - FIRST_SECONDARY_YEAR_GROUP + 1, 0)
    learnt -= _growth(of.rho, spent) * (spent > 0) * yearly[register.la[rows], low.astype(np.intp)]
    register.attainment[:, rows] += learnt
    return yearly


def _against_la(place: Place, school: Ints, value: Floats, here: Bools, n: int) -> Floats:
    """Mean of each school against all such pupils of its LA; 0 where the school has none."""
    total = np.bincount(school[here], value[here], n)[:n]
    count = np.bincount(school[here], minlength=n)[:n].astype(np.float64)
    la = place.schools.la
    of_la = np.bincount(la, total, place.n_la) / np.maximum(np.bincount(la, count, place.n_la), 1.0)
    return np.asarray(np.where(count > 0.0, total / np.maximum(count, 1.0) - of_la[la], 0.0))


def _learnt(
    rho: float, school: Ints, year_group: Ints, here: Bools, lasting: Floats, drifting: Floats
) -> Floats:
    """What shifts of value added have brought each pupil of year 0; (n_active,) pupil SD."""
    most = YEAR_GROUPS - FIRST_SECONDARY_YEAR_GROUP
    table = np.zeros((len(lasting), most + 1))
    for spent in range(1, most + 1):
        of_drift = sum(rho**j * drifting[:, j] for j in range(min(spent, drifting.shape[1])))
        table[:, spent] = growth(rho, spent) * lasting + of_drift
    learnt = np.zeros(len(school))
    rows = np.flatnonzero(here)
    learnt[rows] = table[school[rows], year_group[rows] - FIRST_SECONDARY_YEAR_GROUP + 1]
    return learnt


def _growth(rho: float, years: Ints) -> Floats:
    return np.array([growth(rho, max(k, 1)) for k in range(YEAR_GROUPS + 1)])[years]
