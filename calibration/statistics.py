"""Statistics of a simulated nation, each as the evidence table defines it for the published data."""

from __future__ import annotations

import numpy as np

from calibration.observed import Cohort, ObservedSystem
from model.place import Floats, Phase

SMALLEST_PRIMARY, SMALLEST_SECONDARY = 11, 60  # pupils tested; as in the target rows


def _schools(cohort: Cohort, values: Floats, n: int) -> tuple[Floats, Floats]:
    """Pupils and mean by school; children in no school of the place are left out."""
    here = cohort.school < n
    count = np.bincount(cohort.school[here], minlength=n)[:n].astype(float)
    total = np.bincount(cohort.school[here], values[here], n)[:n]
    return count, total / np.maximum(count, 1.0)


def _correlation(x: Floats, y: Floats) -> float:
    return float(np.corrcoef(x, y)[0, 1])


def _linked(
    system: ObservedSystem, early: tuple[str, int], late: tuple[str, int]
) -> tuple[Floats, Floats, Cohort]:
    """Scores of the same pupils at two stages, and the later cohort."""
    first, second = system.observations.cohorts[early], system.observations.cohorts[late]
    if first.start != second.start:
        raise ValueError(f"{early} and {late} are not the same cohort")
    return first.score, second.score, second


def _value_added(
    system: ObservedSystem, early: tuple[str, int], late: tuple[str, int]
) -> tuple[Floats, Cohort, float]:
    """Residual of the later score given the earlier one, the cohort, and the SD of the residual."""
    x, y, cohort = _linked(system, early, late)
    here = cohort.school < len(system.place.schools)
    slope = np.cov(x[here], y[here])[0, 1] / np.var(x[here])
    residual = y - y[here].mean() - slope * (x - x[here].mean())
    return residual, cohort, float(residual[here].std())


def primary_schools(system: ObservedSystem, year: int) -> dict[str, float]:
    """Between-school statistics of KS2 in three successive years.

    Parameters
    ----------
    system : ObservedSystem
        After its run.
    year : int
        The last of the three.

    Returns
    -------
    dict of str to float
        By target id: SDs in percentage points, correlations, share of variance, slope in points a point.

    Raises
    ------
    KeyError
        If one of the years was not observed.
    """
    n = len(system.place.schools)
    cut = system.parts.reference.ks2.cut
    mainstream = system.place.schools.phase == Phase.PRIMARY
    passed, counts, poor = [], [], []
    for now in (year, year - 1, year - 2):
        cohort = system.observations.cohorts["ks2", now]
        count, mean = _schools(cohort, 100.0 * (cohort.both >= cut), n)
        counts.append(count)
        passed.append(mean)
        poor.append(_schools(cohort, 100.0 * cohort.disadvantaged, n)[1])
    keep = mainstream & np.all([c >= SMALLEST_PRIMARY for c in counts], axis=0)
    sampling = [p * (100.0 - p) / np.maximum(c - 1.0, 1.0) for p, c in zip(passed, counts, strict=True)]
    now, before, earlier = (p[keep] for p in passed)
    net = float(np.sqrt(now.var() - sampling[0][keep].mean()))
    change = (now - before).var() - sampling[0][keep].mean() - sampling[1][keep].mean()
    cohort = system.observations.cohorts["ks2", year]
    _, score = _schools(cohort, cohort.score, n)
    here = (cohort.school < n) & np.append(mainstream, np.zeros(system.place.n_la, dtype=bool))[cohort.school]
    within = cohort.score[here] - score[cohort.school[here]]
    total = cohort.score[here].var()
    share = np.mean(poor, axis=0)[keep]
    return {
        "calc_school_ks2_rwm_sd_net_2018": net,
        "ks2_rwm_sd_observed": float(now.std()),
        "icc_ks2": float(1.0 - (within.var() * here.sum() / (here.sum() - keep.sum())) / total),
        "calc_school_ks2_rwm_r1": _correlation(now, before),
        "calc_school_ks2_rwm_r2": _correlation(now, earlier),
        "calc_school_ks2_rwm_change_sd": float((now - before).std()),
        "calc_school_ks2_rwm_change_sd_net": float(np.sqrt(max(change, 0.0))),
        "calc_school_ks2_fsm_slope": float(np.polyfit(share, now, 1)[0]),
    }


def primary_value_added(system: ObservedSystem, year: int) -> dict[str, float]:
    """SD and stability of KS1 to KS2 value added; KS2 SD is the unit.

    Parameters
    ----------
    system : ObservedSystem
        After its run.
    year : int
        Later of the two KS2 years compared.

    Returns
    -------
    dict of str to float
        By target id: SD net of sampling (national KS2 SD) and correlations one year apart.

    Raises
    ------
    KeyError
        If KS2 or the same pupils' KS1 four years before was not observed.
    """
    n = len(system.place.schools)
    sd = system.parts.reference.ks2.sd
    means, counts, noise = [], [], []
    for now in (year, year - 1):
        residual, cohort, spread = _value_added(system, ("ks1", now - 4), ("ks2", now))
        count, mean = _schools(cohort, residual / sd, n)
        means.append(mean)
        counts.append(count)
        noise.append((spread / sd) ** 2 / np.maximum(count, 1.0))
    keep = (system.place.schools.phase == Phase.PRIMARY) & np.all(
        [c >= SMALLEST_PRIMARY for c in counts], axis=0
    )
    net = means[0][keep].var() - noise[0][keep].mean()
    r1 = _correlation(means[0][keep], means[1][keep])
    reliability = net / means[0][keep].var()
    return {
        "ks2_va_sd": float(np.sqrt(max(net, 0.0))),
        "calc_school_ks2_va_reading_r1": r1,
        "calc_school_effect_stability_ks2": r1 / reliability,
    }


def secondary_schools(system: ObservedSystem, year: int) -> dict[str, float]:
    """Between-school statistics of Attainment 8 and progress.

    Progress is the residual of KS4 given KS2, in grades (row calc_p8_pupil_sd).

    Parameters
    ----------
    system : ObservedSystem
        After its run.
    year : int
        Latest KS4 year; the years one and three before are read too.

    Returns
    -------
    dict of str to float
        By target id: SDs in Attainment 8 points or grades, correlations, share of variance, slopes a
        percentage point of disadvantaged pupils.

    Raises
    ------
    KeyError
        If KS4 or the same pupils' KS2 five years before was not observed.
    """
    n = len(system.place.schools)
    stage = system.parts.reference.ks4
    phase = system.place.schools.phase
    mainstream = (phase == Phase.SECONDARY) | (phase == Phase.ALL_THROUGH)
    points, counts, progress, noise, poor, spreads = [], [], [], [], [], []
    for now in (year, year - 1, year - 3):
        residual, cohort, spread = _value_added(system, ("ks2", now - 5), ("ks4", now))
        count, mean = _schools(cohort, residual, n)
        counts.append(count)
        progress.append(mean)
        spreads.append(spread)
        noise.append(spread**2 / np.maximum(count, 1.0))
        points.append(_schools(cohort, (cohort.score - stage.cut) * stage.points_per_unit, n)[1])
        poor.append(_schools(cohort, 100.0 * cohort.disadvantaged, n)[1])
    keep = mainstream & np.all([c >= SMALLEST_SECONDARY for c in counts], axis=0)
    net = progress[0][keep].var() - noise[0][keep].mean()
    reliability = net / progress[0][keep].var()
    cohort = system.observations.cohorts["ks4", year]
    _, score = _schools(cohort, cohort.score, n)
    here = (cohort.school < n) & np.append(mainstream, np.zeros(system.place.n_la, dtype=bool))[cohort.school]
    within = (cohort.score[here] - score[cohort.school[here]]).var()
    to_grades = 1.283 / spreads[0]  # row calc_p8_pupil_sd: grades a SD of progress
    return {
        "calc_school_a8_sd_2019": float(points[0][keep].std()),
        "icc_ks4": float(1.0 - within / cohort.score[here].var()),
        "calc_school_a8_r1_2019": _correlation(points[0][keep], points[1][keep]),
        "calc_school_p8_sd_net_2019": float(np.sqrt(max(net, 0.0)) * to_grades),
        "calc_school_p8_r1_2019": _correlation(progress[0][keep], progress[1][keep]),
        "calc_school_p8_r3": _correlation(progress[0][keep], progress[2][keep]),
        "calc_school_p8_change_sd": float((progress[0][keep] - progress[1][keep]).std() * to_grades),
        "calc_school_effect_stability_ks4": _correlation(progress[0][keep], progress[1][keep]) / reliability,
        "calc_school_a8_fsm_slope": float(np.polyfit(poor[0][keep], points[0][keep], 1)[0]),
        "calc_school_p8_fsm_slope": float(np.polyfit(poor[0][keep], progress[0][keep] * to_grades, 1)[0]),
    }


def stages(system: ObservedSystem, year: int) -> dict[str, float]:
    """Correlations of the same pupils' scores between stages.

    Parameters
    ----------
    system : ObservedSystem
        After its run.
    year : int
        Year of the later stage.

    Returns
    -------
    dict of str to float
        Correlations by target id.

    Raises
    ------
    KeyError
        If a stage was not observed in the year it takes.
    """
    n = len(system.place.schools)
    pairs = {
        "persist_ks1_ks2": (("ks1", year - 4), ("ks2", year)),
        "persist_ks2_ks4": (("ks2", year - 5), ("ks4", year)),
        "persist_eyfs_ks4": (("eyfs", year - 11), ("ks4", year)),
        "eyfs_ks2": (("eyfs", year - 6), ("ks2", year)),
    }
    found = {}
    for name, (early, late) in pairs.items():
        x, y, cohort = _linked(system, early, late)
        here = cohort.school < n
        found[name] = _correlation(x[here], y[here])
    return found


def by_need(system: ObservedSystem, year: int) -> dict[str, float]:
    """KS2 by level of need, and Attainment 8 of special schools and alternative provision.

    Parameters
    ----------
    system : ObservedSystem
        After its run.
    year : int
        Year of KS2 and KS4.

    Returns
    -------
    dict of str to float
        By target id: percentage at the expected standard; Attainment 8 points.

    Raises
    ------
    KeyError
        If the year was not observed.
    """
    cohort = system.observations.cohorts["ks2", year]
    block = slice(cohort.start, cohort.start + len(cohort.score))
    here = cohort.school < len(system.place.schools)
    assert system.observations.need is not None
    need = system.observations.need[block]
    passed = 100.0 * (cohort.both >= system.parts.reference.ks2.cut)
    stage, ks4 = system.parts.reference.ks4, system.observations.cohorts["ks4", year]
    points = (ks4.score - stage.cut) * stage.points_per_unit
    phase = np.append(system.place.schools.phase, np.full(system.place.n_la, -1))[ks4.school]
    return {
        "ks2_rwm_no_sen": float(passed[here & (need == 0)].mean()),
        "ks2_rwm_sen_support": float(passed[here & (need == 1)].mean()),
        "ks2_rwm_ehcp": float(passed[here & (need >= 2)].mean()),
        "special_attainment8": float(points[phase == Phase.SPECIAL].mean()),
        "alternative_attainment8": float(points[phase == Phase.ALTERNATIVE_PROVISION].mean()),
    }


def dissimilarity(system: ObservedSystem, stage: str, year: int) -> float:
    """Dissimilarity index of disadvantaged pupils between mainstream schools of an LA, mean over LAs.

    Parameters
    ----------
    system : ObservedSystem
        After its run.
    stage : str
        ``eyfs``, ``ks1``, ``ks2`` or ``ks4``: the cohort that is counted.
    year : int
        Year of the stage.

    Returns
    -------
    float
        0 (spread alike) to 1 (wholly apart).

    Raises
    ------
    KeyError
        If the stage was not observed in the year.
    """
    schools = system.place.schools
    cohort = system.observations.cohorts[stage, year]
    n = len(schools)
    mainstream = (schools.phase != Phase.SPECIAL) & (schools.phase != Phase.ALTERNATIVE_PROVISION)
    count, share = _schools(cohort, cohort.disadvantaged.astype(float), n)
    poor, other = count * share * mainstream, count * (1.0 - share) * mainstream
    values = []
    for la in range(system.place.n_la):
        rows = schools.la == la
        if poor[rows].sum() and other[rows].sum():
            values.append(0.5 * np.abs(poor[rows] / poor[rows].sum() - other[rows] / other[rows].sum()).sum())
    return float(np.mean(values))


def all_statistics(system: ObservedSystem) -> dict[str, float]:
    """Everything above at the end of a run of twelve years or more.

    Parameters
    ----------
    system : ObservedSystem
        After its run.

    Returns
    -------
    dict of str to float
        By target id, each in the target's unit.

    Raises
    ------
    KeyError
        If the run was too short.
    """
    year = system.now
    return {
        **primary_schools(system, year),
        **primary_value_added(system, year),
        **secondary_schools(system, year),
        **stages(system, year),
        **by_need(system, year),
        "calc_fsm6_dissimilarity_primary": dissimilarity(system, "ks2", year),
        "calc_fsm6_dissimilarity_secondary": dissimilarity(system, "ks4", year),
    }
