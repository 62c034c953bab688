"""The nation in closed form: a mixture of bivariate normals that fixes cuts, gaps, units and ranks.

Published national rates of year 0 decide where the cuts lie and how large the gap is at ages 5, 11 and 16.
Everything is worked out anew for each draw of the parameters, so that every draw reproduces the national
figures. The mixture has eight cells: low income or not, by four levels of latent need.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from model.mixture import (
    GRID,
    StageSpread,
    cell_means,
    cut_at,
    gap_index,
    group_rates,
    label_weights,
    moments,
    of_groups,
    rank_table,
    solve_gap,
    spread_at,
)
from model.need import NeedClasses, need_classes, need_thresholds, with_alternative
from model.parameters import Parameters
from model.place import YEAR_GROUPS, Floats, Group, National
from model.recursion import READ_AT, SECONDARY_YEARS


@dataclass(frozen=True, kw_only=True, eq=False)
class Stage:
    """What a stage needs: its cut or origin, gap, unit, and the rank of a score in the nation.

    Attributes
    ----------
    low_income_gap : float
        How much lower low-income pupils stand at equal need, pupil SD.
    cut : float
        Score at the expected standard (GLD at age 5; both domains at 11); the score worth 0 Attainment 8
        points at 16.
    higher_cut : float
        Score at the higher standard (11) or grade 5 in both (16); NaN at 5.
    sd : float
        National SD of the mean of the two domains, test error included.
    mean : float
        National mean of the same.
    points_per_unit : float
        Attainment 8 points for each unit of score; NaN at 5 and 11.
    label_weight : (2, 2) float64
        Chance of low income (columns: no, yes) given the published group (rows in ``Group`` order).
    group_means : (2,) float64
        National mean score of each published group.
    positions : (2, n) float64
        Rate of each published group at each cut of ``GRID``; falls along the row.
    ranks : (n,) float64
        Share of the nation below each score of ``GRID``.
    spread : StageSpread
        Spread of the cells.
    """

    low_income_gap: float
    cut: float
    higher_cut: float
    sd: float
    mean: float
    points_per_unit: float
    label_weight: Floats
    group_means: Floats
    positions: Floats
    ranks: Floats
    spread: StageSpread

    def position(self, group: Group, rate: Floats) -> Floats:
        """Cut at which a published group would reach the given rate; differences are shifts of the group.

        Parameters
        ----------
        group : Group
            Published group.
        rate : float64 array
            Shares at or above the cut, 0 to 1.

        Returns
        -------
        float64 array
            Cuts, pupil SD; shape as ``rate``.
        """
        falling = self.positions[group]
        return np.asarray(np.interp(-rate, -falling, GRID))

    def rate(self, group: Group, cut: float) -> float:
        """Share of a published group at or above a cut.

        Parameters
        ----------
        group : Group
            Disadvantaged or other.
        cut : float
            Score, pupil SD.

        Returns
        -------
        float
            Share, 0 to 1.
        """
        return float(np.interp(cut, GRID, self.positions[group]))

    def rank(self, score: Floats) -> Floats:
        """Percentile rank of a mean score in the reference nation.

        Parameters
        ----------
        score : float64 array
            Means of the two domain scores, pupil SD.

        Returns
        -------
        float64 array
            Ranks from 0 to 1; shape as ``score``.
        """
        step = GRID[1] - GRID[0]
        where = np.clip((score - GRID[0]) * (1.0 / step), 0.0, len(GRID) - 1.001)
        index = where.astype(np.int64)
        part = where - index
        return np.asarray(self.ranks[index] * (1.0 - part) + self.ranks[index + 1] * part)


@dataclass(frozen=True, kw_only=True, eq=False)
class Reference:
    """The simulated nation of year 0, frozen.

    Attributes
    ----------
    need : NeedClasses
        Who is at each level of need.
    cells : NeedClasses
        The same with pupils of alternative provision as a fifth class: the cells of the mixture.
    low_income : float
        Share of pupils with low income: those classed disadvantaged in Year 6.
    eyfs, ks2, ks4 : Stage
        The three ages at which results are published.
    mean, sd : (13,) float64
        National mean and SD of the mean of the two domains after k years of learning (entry 0 unused).
    domain_sd : (13,) float64
        National SD of one domain after k years of learning: the unit of effects on a domain.
    """

    need: NeedClasses
    cells: NeedClasses
    low_income: float
    eyfs: Stage
    ks2: Stage
    ks4: Stage
    mean: Floats
    sd: Floats
    domain_sd: Floats

    @property
    def error_variance(self) -> dict[str, float]:
        """Variance of one domain's test error, by stage."""
        return {name: getattr(self, name).spread.error_variance for name in ("eyfs", "ks2", "ks4")}


def _gap_of_index(
    p: Parameters, need: NeedClasses, spread: StageSpread, low_income: float, weight: Floats, index: float
) -> float:
    """Low-income gap at which the nation's gap index is the published one."""

    def miss(gap: float) -> float:
        means = cell_means(p.learning, need, gap)
        ranks = rank_table(means, spread, need.share, low_income)
        return gap_index(means, spread, need.share, weight, ranks) - index

    return solve_gap(miss)


def _gap_of_rates(
    p: Parameters, need: NeedClasses, spread: StageSpread, weight: Floats, rates: Floats, *, both: bool
) -> float:
    """Low-income gap at which two groups' pass rates are both the published ones."""

    def miss(gap: float) -> float:
        table = group_rates(cell_means(p.learning, need, gap), spread, need.share, weight, both=both)
        return cut_at(table[Group.OTHER], float(rates[Group.OTHER])) - cut_at(
            table[Group.DISADVANTAGED], float(rates[Group.DISADVANTAGED])
        )

    return solve_gap(miss)


def _gap_of_points(
    p: Parameters, need: NeedClasses, spread: StageSpread, low_income: float, weight: Floats, points: Floats
) -> float:
    """Low-income gap at which groups' Attainment 8 differ as published, at the evidence's points a SD."""
    published = float(points[Group.OTHER] - points[Group.DISADVANTAGED]) / p.measurement.attainment8_sd

    def miss(gap: float) -> float:
        means = cell_means(p.learning, need, gap)
        sd = moments(means, spread, need.share, low_income)[1]
        group = of_groups(weight, (need.share * means).sum(axis=1))
        return float(group[Group.OTHER] - group[Group.DISADVANTAGED]) - published * sd

    return solve_gap(miss)


def _stage(
    p: Parameters,
    need: NeedClasses,
    spread: StageSpread,
    low_income: float,
    weight: Floats,
    gap: float,
    *,
    both: bool,
) -> Stage:
    """Put a stage together once its gap is known; cuts come after."""
    means = cell_means(p.learning, need, gap)
    ranks = rank_table(means, spread, need.share, low_income)
    mean, sd = moments(means, spread, need.share, low_income)
    table = group_rates(means, spread, need.share, weight, both=both)
    group_means = of_groups(weight, (need.share * means).sum(axis=1))
    return Stage(
        low_income_gap=gap,
        cut=np.nan,
        higher_cut=np.nan,
        sd=sd,
        mean=mean,
        points_per_unit=np.nan,
        label_weight=weight,
        group_means=group_means,
        positions=table,
        ranks=ranks,
        spread=spread,
    )


def _pass_stage(
    p: Parameters,
    need: NeedClasses,
    stage: str,
    low_income: float,
    label_share: float,
    rates: Floats,
    index: float,
) -> Stage:
    """Fit a stage of pass rates (ages 5, 11): the gap by the index where published, the cut by rates."""
    both = stage == "ks2"
    reliability = p.learning.reliability_ks2 if both else p.learning.reliability_eyfs
    spread = spread_at(p, need, READ_AT[stage], reliability, low_income)
    weight = label_weights(label_share, low_income)
    if np.isnan(index):
        gap = _gap_of_rates(p, need, spread, weight, rates, both=both)
    else:
        gap = _gap_of_index(p, need, spread, low_income, weight, index)
    built = _stage(p, need, spread, low_income, weight, gap, both=both)
    shares = np.array([label_share, 1.0 - label_share])
    return replace(
        built, cut=cut_at((shares[:, None] * built.positions).sum(axis=0), float((shares * rates).sum()))
    )


def _attainment8_stage(
    p: Parameters, need: NeedClasses, low_income: float, label_share: float, points: Floats, index: float
) -> Stage:
    """Fit Attainment 8: the gap by the index where published, origin and scale by both groups' means."""
    spread = spread_at(p, need, READ_AT["ks4"], p.learning.reliability_ks4, low_income)
    weight = label_weights(label_share, low_income)
    if np.isnan(index):
        gap = _gap_of_points(p, need, spread, low_income, weight, points)
    else:
        gap = _gap_of_index(p, need, spread, low_income, weight, index)
    built = _stage(p, need, spread, low_income, weight, gap, both=True)
    means = built.group_means
    scale = float(points[Group.OTHER] - points[Group.DISADVANTAGED]) / float(
        means[Group.OTHER] - means[Group.DISADVANTAGED]
    )
    return replace(
        built, cut=float(means[Group.OTHER]) - float(points[Group.OTHER]) / scale, points_per_unit=scale
    )


def _with_higher_cut(stage: Stage, share: float, label_share: float) -> Stage:
    """Add the cut that a published share of all pupils reaches in both domains."""
    everyone = (
        label_share * stage.positions[Group.DISADVANTAGED]
        + (1.0 - label_share) * stage.positions[Group.OTHER]
    )
    return replace(stage, higher_cut=cut_at(everyone, share))


def gap_after(gaps: tuple[float, float, float], rho: float, years: int) -> float:
    """Low-income gap after k years of learning, between those read at ages 5, 11 and 16.

    Parameters
    ----------
    gaps : tuple of float
        Gap at ages 5, 11 and 16, pupil SD.
    rho : float
        Persistence of attainment.
    years : int
        Years of learning, 0 to 12.

    Returns
    -------
    float
        Pupil SD; at each age a weighted mean of the gap before and the drag of the phase.
    """
    start, end = READ_AT["eyfs"], READ_AT["ks2"]
    first, second, third = gaps
    left = rho ** (end - start)
    drag = (second - left * first) / (1.0 - left)
    if years <= end:
        return float(drag + (first - drag) * rho ** (years - start))
    left = rho**SECONDARY_YEARS
    drag = (third - left * second) / (1.0 - left)
    return float(drag + (second - drag) * rho ** (years - end))


def _unit_tables(
    p: Parameters, need: NeedClasses, low_income: float, gaps: tuple[float, float, float]
) -> tuple[Floats, Floats, Floats]:
    """National mean, SD of the mean of the two domains, and SD of one domain, by years of learning."""
    mean, sd, domain_sd = np.zeros(YEAR_GROUPS + 1), np.ones(YEAR_GROUPS + 1), np.ones(YEAR_GROUPS + 1)
    weight = need.share * np.array([[1.0 - low_income], [low_income]])
    for years in range(1, YEAR_GROUPS + 1):
        spread = spread_at(p, need, years, 1.0, low_income)
        means = cell_means(p.learning, need, gap_after(gaps, 1.0 - p.learning.catch_up, years))
        mean[years], sd[years] = moments(means, spread, need.share, low_income)
        more = float((weight * (spread.variance - spread.mean_variance)).sum())
        domain_sd[years] = np.sqrt(sd[years] ** 2 + more)
    return mean, sd, domain_sd


@lru_cache(maxsize=4)
def build_reference(p: Parameters, national: National) -> Reference:
    """Fit the nation of year 0 to its published rates.

    Parameters
    ----------
    p : Parameters
        One draw.
    national : National
        England's rates and results; the last year of its results is year 0.

    Returns
    -------
    Reference
        Cuts, gaps, units and ranks; the same object for every run of a draw.
    """
    rates, results = national.rates, national.results
    low_income = float(rates.disadvantaged_ks2[0])
    support, plan = float(rates.sen_support_primary[0]), float(rates.ehcp_primary[0])
    special, shift = float(rates.special_share[0]), p.learning.need_low_income_shift
    need = need_classes(p.learning, need_thresholds(support, plan, special, low_income, shift))
    alternative = float(rates.alternative_provision_share[0])
    cells = with_alternative(p.learning, need, alternative, low_income)
    fsm, ks4_share = float(rates.fsm_primary[0]), float(rates.disadvantaged_ks4[0])
    eyfs = _pass_stage(p, cells, "eyfs", low_income, fsm, results.eyfs_gld[0, -1], np.nan)
    ks2 = _pass_stage(
        p, cells, "ks2", low_income, low_income, results.ks2_rwm[0, -1], float(national.ks2_gap_index[-1])
    )
    ks4 = _attainment8_stage(
        p, cells, low_income, ks4_share, results.ks4_attainment8[0, -1], float(national.ks4_gap_index[-1])
    )
    gaps = (eyfs.low_income_gap, ks2.low_income_gap, ks4.low_income_gap)
    mean, sd, domain_sd = _unit_tables(p, cells, low_income, gaps)
    return Reference(
        need=need,
        cells=cells,
        low_income=low_income,
        eyfs=eyfs,
        ks2=_with_higher_cut(ks2, national.ks2_rwm_higher, low_income),
        ks4=_with_higher_cut(ks4, national.ks4_em5, ks4_share),
        mean=mean,
        sd=sd,
        domain_sd=domain_sd,
    )
