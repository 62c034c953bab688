"""All pupils' results of schools where even these are suppressed: what the rest of the LA implies, shrunk."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.place import Floats, Ints

SCHOOL_SD = {"ks2_rwm_expected": 0.15, "ks4_attainment8": 6.0}
"""SD of small schools' results about their LA's: a share; Attainment 8 points (allowed: a half to double)."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Known:
    """What is known of the year groups of LAs.

    Attributes
    ----------
    value : (n,) float64
        Result of all pupils, NaN where suppressed.
    pupils : (n,) float64
        Pupils, above 0.
    expected : (n,) float64
        What a school like it would have: the LA's two groups mixed by its share, or special schools' rate.
    part : (n,) int
        LA and year it is part of.
    everyone : (n_parts,) float64
        Published result of all pupils of the LA and year, NaN where there is none.
    """

    value: Floats
    pupils: Floats
    expected: Floats
    part: Ints
    everyone: Floats


def fill_suppressed(known: Known, school_sd: float, rounding: float, highest: float) -> Floats:
    """Give suppressed schools the level that their LA's total leaves for them, as far as it tells.

    An LA's figure is rounded, so a few small schools' remainder is uncertain: the remainder counts by its
    precision against what schools like these would have.

    Parameters
    ----------
    known : Known
        Year groups of the LAs.
    school_sd : float
        SD of a school's result about what is expected of it.
    rounding : float
        Step to which LA figures are rounded.
    highest : float
        Highest result possible.

    Returns
    -------
    (n,) float64
        Results of all pupils with none missing.
    """
    n_parts = len(known.everyone)
    filled = np.isnan(known.value)
    value = np.where(filled, known.expected, known.value)
    hidden = np.where(filled, known.pupils, 0.0)
    pupils = np.bincount(known.part, known.pupils, n_parts)
    of_hidden = np.maximum(np.bincount(known.part, hidden, n_parts), 1e-9)
    short = known.everyone * pupils - np.bincount(known.part, known.pupils * value, n_parts)
    remainder = np.nan_to_num(short / of_hidden)
    noise = rounding**2 / 12.0 * (pupils / of_hidden) ** 2
    prior = school_sd**2 * np.bincount(known.part, hidden**2, n_parts) / of_hidden**2
    shift = remainder * prior / np.maximum(prior + noise, 1e-12)
    shift = np.clip(shift, -2.0 * school_sd, 2.0 * school_sd)
    return np.where(filled, np.clip(value + shift[known.part], 0.0, highest), value)
