"""Cuts of income and need: below or above which a child has low income, a label or a special place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import ndtr, ndtri

from model.need import NeedClasses, tail_cut
from model.parameters import LearningParameters
from model.place import Floats, Place, Rates

_HALVINGS = 50


@dataclass(frozen=True, kw_only=True, eq=False)
class Labels:
    """Cuts of the income index below which a child has a label; (n_la, 2): primary, secondary.

    Labels are observations of low income: they move nobody's attainment.
    """

    disadvantaged: Floats
    fsm6: Floats
    fsm_now: Floats


def low_income_cut(place: Place) -> Floats:
    """Cut of the standard normal income below which a child of each area has low income.

    Parameters
    ----------
    place : Place
        Home areas, with their low-income shares.

    Returns
    -------
    (n_areas,) float64
        SD of income.
    """
    return np.asarray(ndtri(np.clip(place.areas.low_income_share, 1e-6, 1.0 - 1e-6)), dtype=np.float64)


def _cut_for(rate: Floats, place: Place, cuts: Floats) -> Floats:
    """Cut of the income index at which each LA's share of children below it is ``rate`` (bisection)."""
    low, high = np.full(place.n_la, -6.0), np.full(place.n_la, 6.0)
    la, children = place.areas.la, place.areas.children
    total = np.bincount(la, children, place.n_la)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        share = np.bincount(la, children * ndtr(cuts + middle[la]), place.n_la) / total
        low = np.where(share < rate, middle, low)
        high = np.where(share < rate, high, middle)
    return np.asarray(0.5 * (low + high), dtype=np.float64)


@lru_cache(maxsize=8)
def label_cuts(place: Place) -> Labels:
    """Cuts of each label, so that each LA's rates of year 0 are published ones.

    Parameters
    ----------
    place : Place
        Home areas and published rates.

    Returns
    -------
    Labels
        Cuts by LA and phase, SD of income.
    """
    cuts, rates = low_income_cut(place), place.rates

    def both(primary: Floats, secondary: Floats) -> Floats:
        return np.stack([_cut_for(primary, place, cuts), _cut_for(secondary, place, cuts)], axis=1)

    return Labels(
        disadvantaged=both(rates.disadvantaged_ks2, rates.disadvantaged_ks4),
        fsm6=both(rates.fsm6_primary, rates.fsm6_secondary),
        fsm_now=both(rates.fsm_primary, rates.fsm_secondary),
    )


@lru_cache(maxsize=8)
def special_cut(rates: Rates, need: NeedClasses, shift: float) -> Floats:
    """Need index above which children of each LA are in a special school.

    The nation's cut where an LA's share is the nation's; solved for its own share otherwise.

    Parameters
    ----------
    rates : Rates
        Shares in special schools and disadvantaged.
    need : NeedClasses
        The nation's levels of need.
    shift : float
        Mean need index of low-income pupils, SD; others have mean 0.

    Returns
    -------
    (n_la,) float64
        SD of the need index; never below the threshold of SEN support.
    """
    own = tail_cut(rates.special_share, rates.disadvantaged_ks2, shift)
    return np.asarray(np.maximum(own, need.thresholds[0]))


@lru_cache(maxsize=8)
def alternative_cut(rates: Rates, p: LearningParameters) -> Floats:
    """Index above which children of each LA will be in alternative provision.

    Parameters
    ----------
    rates : Rates
        Shares in alternative provision and disadvantaged.
    p : LearningParameters
        How the index goes with need (row alternative_provision_need), and need with low income.

    Returns
    -------
    (n_la,) float64
        SD of the index.
    """
    shift = p.alternative_need_correlation * p.need_low_income_shift
    return tail_cut(rates.alternative_provision_share, rates.disadvantaged_ks2, shift)
