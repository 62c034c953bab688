"""Year 0 without drift: every pupil starts where the recursion leads, given the schools attended."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.special import ndtr, ndtri

from model.cuts import alternative_cut, special_cut
from model.enrolment import Enrolment
from model.learning import Learning
from model.need import NeedClasses, tail_cut
from model.parameters import LearningParameters, Parameters
from model.paths import Paths
from model.place import FIRST_SECONDARY_YEAR_GROUP, YEAR_GROUPS, Floats, Place, Rates
from model.practice import TERMS, Practice
from model.randomness import Chance
from model.recursion import READ_AT, SECONDARY_YEARS
from model.reference import Reference
from model.register import Cohort, Register
from model.value_added import YEARS_BEFORE, ValueAdded


def area_home(place: Place, p: Parameters, chance: Chance) -> Floats:
    """Home advantage of each area against its LA's mean; falls with its low-income share.

    Parameters
    ----------
    place : Place
        Home areas.
    p : Parameters
        Slope on the low-income share and SD between areas alike in it.
    chance : Chance
        Of the run; areas belong to the draw. Stream ``area home``.

    Returns
    -------
    (n_areas,) float64
        Pupil SD; the mean over the children of an LA is 0.
    """
    areas, schools = place.areas, p.schools
    total = np.bincount(areas.la, areas.children, place.n_la)
    mean_share = np.bincount(areas.la, areas.children * areas.low_income_share, place.n_la) / total
    normals = chance.for_draw().normals("area home", 0, 0, len(areas))
    home = (
        schools.intake_low_income_slope * (areas.low_income_share - mean_share[areas.la])
        + schools.intake_sd * normals
    )
    mean = np.bincount(areas.la, areas.children * home, place.n_la) / total
    return np.asarray(home - mean[areas.la])


def standing_of_groups(
    place: Place, p: LearningParameters, need: NeedClasses, cells: NeedClasses, home: Floats
) -> Floats:
    """What each LA's income groups bring that the nation's do not: areas and need.

    Parameters
    ----------
    place : Place
        Home areas, and shares of special schools and alternative provision.
    p : LearningParameters
        How need goes with low income, and what it takes.
    need, cells : NeedClasses
        The nation's levels of need; the same with alternative provision.
    home : (n_areas,) float64
        Home advantage of each area against its LA's, pupil SD.

    Returns
    -------
    (n_la, 2) float64
        Pupil SD by LA and income (other, low income).
    """
    areas = place.areas
    low = areas.children * areas.low_income_share
    groups = np.stack([areas.children - low, low])
    of_areas = np.stack(
        [
            np.bincount(areas.la, weight * home, place.n_la)
            / np.maximum(np.bincount(areas.la, weight, place.n_la), 1e-9)
            for weight in groups
        ],
        axis=1,
    )
    of_nation = (cells.share * cells.drag).sum(axis=1)[None]
    return np.asarray(of_areas - (_drag_by_income(place.rates, p, need) - of_nation))


def _drag_by_income(rates: Rates, p: LearningParameters, need: NeedClasses) -> Floats:
    """Mean drag of need by LA and income, its own special and alternative shares counted; (n_la, 2)."""
    shifts = np.array([0.0, p.need_low_income_shift])
    special = special_cut(rates, need, p.need_low_income_shift)[:, None]
    support, plan = need.thresholds[0], np.minimum(need.thresholds[1], special)
    above = [
        ndtr(shifts - np.maximum(cut, support)) for cut in (np.full_like(special, support), plan, special)
    ]
    shares = [above[0] - above[1], above[1] - above[2], above[2]]
    drag = sum(share * weight for share, weight in zip(shares, need.drag[1:], strict=True))
    alternative = ndtr(p.alternative_need_correlation * shifts - alternative_cut(rates, p)[:, None])
    return np.asarray(drag + p.need_drag_alternative * alternative)


@lru_cache(maxsize=4)
def sen_cuts(place: Place, p: LearningParameters) -> Floats:
    """Need index of SEN support or more, and of a plan.

    Parameters
    ----------
    place : Place
        Published shares with SEN support, with a plan, in special schools, disadvantaged.
    p : LearningParameters
        Mean need index of low-income pupils.

    Returns
    -------
    (n_la, 2, 2) float64
        By LA, phase (primary, secondary) and cut (support or more, plan), SD of the need index.
    """
    r, shift = place.rates, p.need_low_income_shift
    plan = np.stack([r.ehcp_primary, r.ehcp_secondary], axis=1) + r.special_share[:, None]
    support = plan + np.stack([r.sen_support_primary, r.sen_support_secondary], axis=1)
    share = np.stack([support, plan], axis=2)
    low = r.disadvantaged_ks2[:, None, None]
    return tail_cut(share, low, shift)


def past_effects(place: Place, value_added: ValueAdded, practice: Practice, reversion: float) -> list[Floats]:
    """Tables of school effects of year 0 and the eleven years before it.

    Parameters
    ----------
    place : Place
        Its year is year 0.
    value_added : ValueAdded
        Lasting and drifting parts at year 0.
    practice : Practice
        Embedded practice at year 0.
    reversion : float
        Share of practice's distance to its own level closed each year: further back, practice counts less.

    Returns
    -------
    list of (2, (n_schools + n_la) * 12) float64
        Pupil SD by domain, school and year group, latest year first.
    """
    now = practice.above_normal()
    kept = (1.0 - reversion / TERMS) ** TERMS
    tables = [value_added.table(place.year, now)]
    for ago, drift in enumerate(value_added.backcast(YEARS_BEFORE), start=1):
        tables.append(value_added.table(place.year - ago, now * kept**ago, drift))
    return tables


def replay(
    place: Place,
    register: Register,
    enrolment: Enrolment,
    learning: Learning,
    paths: Paths,
    effects: list[Floats],
) -> Floats | None:
    """Take the cohorts of year 0 through the schools they attended, to the end of year 0.

    Parameters
    ----------
    place : Place
        Its year is year 0.
    register : Register
        School and attainment of the cohorts in Reception to Year 11 change in place.
    enrolment, learning, paths : Enrolment, Learning, Paths
        Puts children into schools; persistence and the part that is not home; path of each LA and income.
    effects : list of (2, (n_schools + n_la) * 12) float64
        School effects of year 0 and before, latest first.

    Returns
    -------
    (n_active,) float64 or None
        What each pupil now in secondary school would attain at 16 if it added nothing, pupil SD; of use to
        those only. None where no school's results are published, as nothing then rests on it.
    """
    year0 = place.year
    rows = register.active(year0)
    year_group = register.year_group(year0)
    own = learning.other_part("learning (before year 0)", register.blocks(year0), year0)
    own += register.home[:, rows]
    now, at_11, at_16 = _paths_of_pupils(register, paths, learning.rho, year0)
    # what sorted today's secondary pupils was their attainment at 11, not today's
    at_transfer = 0.5 * (own[0] + own[1]) + at_11
    own += now
    from_schools = np.zeros((2, rows.stop))
    from_primary = np.zeros(rows.stop)

    def attainment_at_transfer(cohort: Cohort) -> Floats:
        block = slice(cohort.start, cohort.end)
        return np.asarray(at_transfer[block] + 0.5 * (from_schools[0, block] + from_schools[1, block]))

    for year in range(year0 - YEAR_GROUPS + 1, year0 + 1):
        newest = register.cohort(year)
        enrolment.enter(register, newest)
        here = slice(0, newest.end)
        classes = register.school[here] * YEAR_GROUPS + (year_group[here] - (year0 - year))
        for gained, table in zip(from_schools[:, here], effects[year0 - year], strict=True):
            gained *= learning.rho
            gained += np.take(table, classes)
        if year < year0:
            cohorts = [c for c in register.cohorts if c.entry_year <= year]
            _keep_primary(from_primary, from_schools, cohorts, year)
            enrolment.move_up(register, cohorts, year, attainment_at_transfer)
    np.add(own, from_schools, out=register.attainment[:, rows])
    if place.school_results is None:
        return None
    home = 0.5 * (register.home[0, rows] + register.home[1, rows])
    return without_secondary_schools(learning.rho, at_16, from_primary, at_transfer - at_11 - home, home)


def _paths_of_pupils(
    register: Register, paths: Paths, rho: float, year0: int
) -> tuple[Floats, Floats, Floats]:
    """Path of each pupil's LA and income, schools left out: now, at 11 and at 16; (n_active,) each."""
    rows, mean = register.active(year0), paths.mean_without_schools(rho)
    group = 2 * register.la[rows] + register.low_income[rows]  # place in tables laid flat
    by_year_group = (mean[:, 1:] + paths.cohort).transpose(1, 0, 2).reshape(-1)
    now = np.take(by_year_group, 2 * len(mean) * register.year_group(year0) + group)
    at_11, at_16 = (np.take(mean[:, READ_AT[stage]].reshape(-1), group) for stage in ("ks2", "ks4"))
    return now, at_11, at_16


def _keep_primary(from_primary: Floats, from_schools: Floats, cohorts: list[Cohort], year: int) -> None:
    """Keep what schools have brought the cohort that ends Year 6, mean of the domains."""
    for cohort in cohorts:
        if year - cohort.entry_year == FIRST_SECONDARY_YEAR_GROUP - 1:
            block = slice(cohort.start, cohort.end)
            from_primary[block] = 0.5 * (from_schools[0, block] + from_schools[1, block])


def without_secondary_schools(
    rho: float, mean: Floats, from_primary: Floats, other: Floats, home: Floats
) -> Floats:
    """What pupils would attain at 16 if their secondary school added nothing.

    Parameters
    ----------
    rho : float
        Persistence of attainment from year to year.
    mean : (n,) float64
        Path of each pupil's LA and income group at 16, pupil SD.
    from_primary : (n,) float64
        What primary schools had brought by 11, pupil SD.
    other : (n,) float64
        The part of attainment at 11 that is neither home nor schools, pupil SD.
    home : (n,) float64
        Home advantage, pupil SD.

    Returns
    -------
    (n,) float64
        Pupil SD: home counts in full, the rest as far as it lasts.
    """
    return np.asarray(mean + home + rho**SECONDARY_YEARS * (from_primary + other))


def prior_attainment(
    register: Register,
    reference: Reference,
    cohort_start: int,
    cohort_end: int,
    p: LearningParameters,
    error: Floats,
    years: int,
) -> None:
    """Mark the lowest quarter of the nation as read in Reception (before Key Stage 1's end) or at that end.

    Parameters
    ----------
    register : Register
        ``prior_low`` changes in place.
    reference : Reference
        National mean and SD.
    cohort_start, cohort_end : int
        Block of the cohort in the register.
    p : LearningParameters
        Reliabilities (evidence rows test_reliability_eyfs and test_reliability_ks1).
    error : (n,) float64
        Standard normals behind the test error of each child.
    years : int
        Years of learning behind the attainment that is read.
    """
    block = slice(cohort_start, cohort_end)
    mean = 0.5 * (register.attainment[0, block] + register.attainment[1, block])
    reliability = p.reliability_eyfs if years < READ_AT["ks1"] else p.reliability_ks1
    noise = reference.sd[years] * np.sqrt(1.0 / reliability - 1.0)
    spread = float(np.hypot(reference.sd[years], noise))
    register.prior_low[block] = mean + noise * error < reference.mean[years] + spread * float(ndtri(0.25))
