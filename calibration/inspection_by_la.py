"""How far the share good at the next inspection differs between LAs, and how often chance makes it high.

A partnership that tells of 85 per cent is one of many that might have told of theirs. Here each school's
chance is the national one of its grade at entry, phase and year; LAs' shares are set against what that gives.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import bdtrc

from model.inspection_record import Grade
from model.place import Floats

REPORTED = (85.0, 88.0)
"""Per cent good next that two partnerships report, of schools that they supported."""

FEWEST = 10
"""Schools below which an LA's share says too little to be counted."""

SETS = (10, 20, 40)
"""Schools that a partnership might tell of."""

PARTNERSHIPS = 30
"""Partnerships that might have told of theirs: about as many as are known."""

_POINTS = 21  # of the integral over places
_ROUNDING = 1e-9
_LIKE = ["before", "phase", "year"]


class Spread(NamedTuple):
    """Shares of LAs.

    Attributes
    ----------
    las : int
        LAs with ``FEWEST`` schools or more.
    quantiles : (5,) float64
        Lowest, tenth, median, ninetieth, highest of their shares, per cent.
    reached : dict of float to int
        LAs at each share of ``REPORTED`` or above.
    expected : dict of float to float
        As many as chance alone gives, with every school's chance the national one.
    own_sd : float
        SD between LAs beyond that chance, in the chance of a school, percentage points.
    """

    las: int
    quantiles: Floats
    reached: dict[float, int]
    expected: dict[float, float]
    own_sd: float


def national_chance(pairs: pd.DataFrame) -> Floats:
    """Give each school the national share good next of its grade at entry, phase and year.

    Parameters
    ----------
    pairs : pandas.DataFrame
        With before, phase, year, after.

    Returns
    -------
    (n_pairs,) float64
        0 to 1.
    """
    good = (pairs["after"] <= Grade.GOOD).astype(np.float64)
    return np.asarray(good.groupby([pairs[name] for name in _LIKE]).transform("mean"), dtype=np.float64)


def chances_of_counts(chances: Floats) -> Floats:
    """Give the chance of each number of successes of trials whose chances differ.

    Parameters
    ----------
    chances : (n,) float64
        Of each trial.

    Returns
    -------
    (n + 1,) float64
        Chance of none, one, ... all.
    """
    found: Floats = np.ones(1)
    for chance in chances.tolist():
        found = np.append(found * (1.0 - chance), 0.0) + np.append(0.0, found * chance)
    return found


def spread(pairs: pd.DataFrame) -> Spread:
    """Set LAs' shares against what chance alone gives.

    Parameters
    ----------
    pairs : pandas.DataFrame
        A row a school that was seen again: la_code, before, phase, year, after.

    Returns
    -------
    Spread
        Of LAs with ``FEWEST`` schools or more.
    """
    table = pairs.assign(chance=national_chance(pairs), good=pairs["after"] <= Grade.GOOD)
    shares: list[float] = []
    expected = dict.fromkeys(REPORTED, 0.0)
    missed, chance_part, weight = 0.0, 0.0, 0.0
    for _, la in table.groupby("la_code"):
        n = len(la)
        if n < FEWEST:
            continue
        chance = la["chance"].to_numpy()
        shares.append(100.0 * float(la["good"].mean()))
        by_count = chances_of_counts(chance)
        for share in REPORTED:
            expected[share] += float(by_count[_fewest(share, n) :].sum())
        missed += float((la["good"] - chance).sum()) ** 2
        chance_part += float((chance * (1.0 - chance)).sum())
        weight += n * (n - 1.0)
    of_las = np.array(shares)
    return Spread(
        las=len(shares),
        quantiles=np.quantile(of_las, [0.0, 0.1, 0.5, 0.9, 1.0]) if shares else np.full(5, np.nan),
        reached={share: int((of_las >= share).sum()) for share in REPORTED},
        expected=expected,
        own_sd=100.0 * float(np.sqrt(max(missed - chance_part, 0.0) / weight)) if weight else float("nan"),
    )


def chance_of_sets(pairs: pd.DataFrame, own_sd: float) -> pd.DataFrame:
    """Say how often sets of schools on which no one has a claim show the shares reported.

    Parameters
    ----------
    pairs : pandas.DataFrame
        As in ``spread``.
    own_sd : float
        SD between places in the chance of a school, percentage points.

    Returns
    -------
    pandas.DataFrame
        A row a size of set and share: chance that one set shows it, and that the best of several does.
    """
    points, weights = np.polynomial.hermite_e.hermegauss(_POINTS)
    good = float((pairs["after"] <= Grade.GOOD).mean())
    of_place = np.clip(good + own_sd / 100.0 * points, 0.0, 1.0)
    rows = []
    for n in SETS:
        for share in REPORTED:
            more = bdtrc(_fewest(share, n) - 1, n, of_place)
            one = float((weights * more).sum() / weights.sum())
            best = 1.0 - (1.0 - one) ** PARTNERSHIPS
            rows.append({"schools": n, "per cent": share, "one set": one, f"best of {PARTNERSHIPS}": best})
    return pd.DataFrame(rows)


def _fewest(share: float, n: int) -> int:
    """Fewest of n that are a share, in per cent, or more."""
    return int(np.ceil(share / 100.0 * n - _ROUNDING))


def described(pairs: pd.DataFrame) -> str:
    """Say how LAs differ and what chance does.

    Parameters
    ----------
    pairs : pandas.DataFrame
        As in ``spread``.

    Returns
    -------
    str
        Lines for people.
    """
    found = spread(pairs)
    low, tenth, middle, ninetieth, high = found.quantiles.tolist()
    lines = [
        f"{found.las} LAs with {FEWEST} such schools or more: lowest {low:.0f}, tenth {tenth:.0f}, "
        f"median {middle:.0f}, ninetieth {ninetieth:.0f}, highest {high:.0f} per cent good next",
        f"SD between LAs beyond chance: {found.own_sd:.1f} points",
    ]
    for share in REPORTED:
        lines.append(
            f"at {share:.0f} per cent or above: {found.reached[share]} LAs; "
            f"chance alone gives {found.expected[share]:.1f}"
        )
    sets = chance_of_sets(pairs, found.own_sd)
    return "\n".join([*lines, sets.round(3).to_string(index=False)])
