"""The path of each LA's two income groups, age 4 to 16, that leads to its long-run levels.

Mean attainment of a group after k years, need and home left out:
``home + rho^k entry - (1 - rho^k) drag + G(k) value added``. Published levels at ages 5, 11 and 16 fix
entry, the drag of each phase and the LA's value added; how much of the common level is home and how much is
teaching is a parameter (``composition_share``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from model.mixture import label_weights
from model.parameters import Parameters
from model.place import YEAR_GROUPS, Floats, Group, Place
from model.recursion import READ_AT, SECONDARY_YEARS, growth
from model.reference import Reference, Stage

PRIMARY, SECONDARY = 0, 1
LOW_INCOME = 1


@dataclass(frozen=True, kw_only=True, eq=False)
class Paths:
    """Tables made at year 0 and kept for all later cohorts; last axis: not low income, low income.

    Attributes
    ----------
    home : (n_la,) float64
        Shift of home advantage of all pupils of the LA, pupil SD.
    entry : (n_la, 2) float64
        Shift at the start of Reception (includes the entry gap), pupil SD.
    drag : (n_la, 2, 2) float64
        What attainment is pulled down by each year of a phase (axis 1: primary, secondary), pupil SD.
    value_added : (n_la, 2) float64
        LA's mean value added a year by phase, pupil SD.
    cohort : (n_la, 12, 2) float64
        Further shift, at the end of year 0, of the cohort now in each year group: what its own KS2 results
        tell of it.
    """

    home: Floats
    entry: Floats
    drag: Floats
    value_added: Floats
    cohort: Floats

    def with_drag(self, phase: int, more: Floats) -> Paths:
        """Make the same paths pulled down further in a phase.

        Parameters
        ----------
        phase : int
            0 primary, 1 secondary.
        more : (n_la, 2) float64
            Added to the drag, by income (other, low income), pupil SD.

        Returns
        -------
        Paths
            The others as they are.
        """
        drag = self.drag.copy()
        drag[:, phase] += more
        return replace(self, drag=drag)

    def mean_without_schools(self, rho: float) -> Floats:
        """Mean by LA, years of learning and income, school effects left out.

        Parameters
        ----------
        rho : float
            Persistence from year to year, 1 - lambda.

        Returns
        -------
        (n_la, 13, 2) float64
            After 0 to 12 years of learning, by income (other, low income), pupil SD.
        """
        mean = np.empty((len(self.home), YEAR_GROUPS + 1, 2))
        mean[:, 0] = self.entry
        for years in range(1, YEAR_GROUPS + 1):
            phase = PRIMARY if years <= READ_AT["ks2"] else SECONDARY
            mean[:, years] = rho * mean[:, years - 1] - (1.0 - rho) * self.drag[:, phase]
        return mean + self.home[:, None, None]


def _by_income(label_shift: Floats, stage: Stage, label_share: Floats, low_income: Floats) -> Floats:
    """Means by income that give each LA's published groups theirs, whoever its labels reach; (n_la, 2)."""
    nation = -stage.low_income_gap * stage.label_weight[:, LOW_INCOME]  # means of the nation's groups
    wanted = nation + label_shift
    weight = label_weights(label_share, low_income)
    inside, outside = weight[:, Group.DISADVANTAGED, LOW_INCOME], weight[:, Group.OTHER, LOW_INCOME]
    poor, others = wanted[:, Group.DISADVANTAGED], wanted[:, Group.OTHER]
    low = (poor * (1.0 - outside) - others * (1.0 - inside)) / (inside - outside)
    other = (others * inside - poor * outside) / (inside - outside)
    return np.stack([other, low], axis=-1)


def national_ks2_gaps(place: Place, reference: Reference) -> Floats:
    """Low-income gap of the nation's last six KS2 cohorts.

    Years without tests are interpolated; years before the first published one take its gap.

    Parameters
    ----------
    place : Place
        For England's published results.
    reference : Reference
        The nation of year 0: its gap, and cuts at which groups reach a rate.

    Returns
    -------
    (6,) float64
        Pupil SD, year 0 first.
    """
    england = place.national
    years, stage = england.results.years, reference.ks2
    index = england.ks2_gap_index
    rates = england.results.ks2_rwm[0]
    gap = np.full(len(years), np.nan)
    for row in range(len(years)):
        if not np.isnan(index[row]) and not np.isnan(index[-1]):
            gap[row] = stage.low_income_gap * index[row] / index[-1]
        elif not np.isnan(rates[row]).any():
            now = [float(stage.position(g, rates[-1, g])) for g in Group]
            then = [float(stage.position(g, rates[row, g])) for g in Group]
            narrowed = (now[Group.DISADVANTAGED] - then[Group.DISADVANTAGED]) - (
                now[Group.OTHER] - then[Group.OTHER]
            )
            gap[row] = stage.low_income_gap - narrowed
    known = ~np.isnan(gap)
    wanted = place.year - np.arange(SECONDARY_YEARS + 1)
    return np.asarray(np.interp(wanted, years[known], gap[known]), dtype=np.float64)


def _cohort_shifts(place: Place, levels: Floats, ks2_shift: Floats, gaps: Floats, rho: float) -> Floats:
    """Shift of the cohorts in Years 7 to 11 from the KS2 results they sat; shape (n_la, 12, 2)."""
    shift = np.zeros((place.n_la, YEAR_GROUPS, 2))
    for year_group in range(READ_AT["ks2"], YEAR_GROUPS):
        ago = year_group - READ_AT["ks2"] + 1
        left = rho**ago
        shift[:, year_group, LOW_INCOME] -= left * (gaps[ago] - gaps[0])
        row = np.flatnonzero(place.results.years == place.year - ago)
        if row.size:
            own = ks2_shift[:, row[0]] - levels[:, 1]
            known = np.where(np.isnan(own), 0.0, own)
            shift[:, year_group, 0] += left * known[:, Group.OTHER]
            shift[:, year_group, LOW_INCOME] += left * known[:, Group.DISADVANTAGED]
    return shift


def _entry_and_drag(early: Floats, late: Floats, rho: float) -> tuple[Floats, Floats]:
    """Entry and primary drag that give the means at ages 5 and 11, home and schools left out."""
    left_early, left_late = rho ** READ_AT["eyfs"], rho ** READ_AT["ks2"]
    total = left_early * (1.0 - left_late) - left_late * (1.0 - left_early)
    entry = ((1.0 - left_late) * early - (1.0 - left_early) * late) / total
    return entry, (left_late * early - left_early * late) / total


def fit_paths(
    place: Place, reference: Reference, p: Parameters, levels: Floats, ks2_shift: Floats, standing: Floats
) -> Paths:
    """Work out the path of every LA.

    Parameters
    ----------
    place : Place
        For shares of disadvantaged pupils and the years of results.
    reference, p : Reference, Parameters
        The nation of year 0; one draw.
    levels : (n_la, 3, 2) float64
        Long-run levels against England by stage and published group.
    ks2_shift : (n_la, n_years, 2) float64
        Shift of each published KS2 cohort.
    standing : (n_la, 2) float64
        Mean of what pupils bring that the nation's do not (home area, need), by income: other, low.

    Returns
    -------
    Paths
        Tables by LA.
    """
    rho = 1.0 - p.learning.catch_up
    k_eyfs, k_ks2 = READ_AT["eyfs"], READ_AT["ks2"]
    gap = np.array([0.0, 1.0])
    gaps_ks2 = national_ks2_gaps(place, reference)
    rates = place.rates
    low = rates.disadvantaged_ks2
    eyfs = _by_income(levels[:, 0], reference.eyfs, rates.fsm_primary, low) - standing
    ks2 = _by_income(levels[:, 1], reference.ks2, low, low) - standing
    ks4 = _by_income(levels[:, 2], reference.ks4, rates.disadvantaged_ks4, low) - standing
    share = np.stack([place.rates.disadvantaged_ks2, 1.0 - place.rates.disadvantaged_ks2], axis=1)
    common_ks2, common_ks4 = (share * levels[:, 1]).sum(axis=1), (share * levels[:, 2]).sum(axis=1)
    home = p.schools.composition_share * common_ks2
    primary = (common_ks2 - home) / growth(rho, k_ks2)
    entry, drag_primary = _entry_and_drag(
        eyfs - home[:, None] - growth(rho, k_eyfs) * primary[:, None],
        ks2 - home[:, None] - growth(rho, k_ks2) * primary[:, None],
        rho,
    )
    left = rho**SECONDARY_YEARS
    secondary = (common_ks4 - left * common_ks2 - (1.0 - left) * home) / growth(rho, SECONDARY_YEARS)
    cohort_gap = gap * (
        gaps_ks2[SECONDARY_YEARS] - gaps_ks2[0]
    )  # Year 11 of year 0 sat KS2 five years before
    reached = (
        left * (ks2 - cohort_gap)
        + (1.0 - left) * home[:, None]
        + growth(rho, SECONDARY_YEARS) * secondary[:, None]
    )
    drag_secondary = (reached - ks4) / (1.0 - left)
    return Paths(
        home=home,
        entry=entry,
        drag=np.stack([drag_primary, drag_secondary], axis=1),
        value_added=np.stack([primary, secondary], axis=1),
        cohort=_cohort_shifts(place, levels, ks2_shift, gaps_ks2, rho),
    )
