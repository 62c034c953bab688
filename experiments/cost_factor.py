"""The factor on a scenario's awards that makes funders pay a given sum, found by trying."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from statistics import fmean, stdev
from typing import NamedTuple

from scenarios.errors import BadInput, Remark
from scenarios.scenario import Scenario

TOLERANCE = 0.01
"""How near two sums should be, as a share."""

_AIM = 0.005
_MOST_STEPS = 10
_HOPELESS = 0.05
"""Further than this from the sum that is aimed at, as a share, no comparison is made."""

_LEAST_SLOPE = 0.5
"""Of the slope were each pound awarded a pound paid: jumps may hide it."""

SMALLEST, LARGEST = 0.05, 20.0
"""Factors beyond these mean that the scenarios are not of a kind."""


class Factor(NamedTuple):
    """What was found for one scenario: the factor, the mean sum paid with it, and how sure that is, GBP.

    ``error_gbp`` is the Monte Carlo standard error of the difference from the reference: pairs share chance.
    """

    factor: float
    paid_gbp: float
    error_gbp: float


def solve(
    scenario: Scenario, target: Sequence[float], share: float, sums: Callable[[Scenario], list[float]]
) -> Factor:
    """Find the factor: what is paid is all but a straight line in it, with jumps where awards are lost.

    Parameters
    ----------
    scenario : Scenario
        Whose awards are multiplied.
    target : Sequence of float
        What funders pay in the reference, GBP, by pair of draw and replicate.
    share : float
        Part of its money that the factor acts on, 0 to 1: where the search begins.
    sums : Callable
        What funders pay in a scenario, GBP, by pair.

    Returns
    -------
    Factor
        The nearest that was found.

    Raises
    ------
    BadInput
        If nothing comes near.
    """
    aim = fmean(target)
    tried = [_tried(1.0, sums(scenario), target)]
    while abs(tried[-1].paid_gbp - aim) > _AIM * aim and len(tried) < _MOST_STEPS:
        following = _next_factor(tried, aim, share)
        if following is None:
            break
        tried.append(_tried(following, sums(scenario.with_awards_scaled(following)), target))
    best = min(tried, key=lambda item: abs(item.paid_gbp - aim))
    off = abs(best.paid_gbp - aim) / aim
    found = f"GBP {best.paid_gbp:,.0f} with its awards multiplied by {best.factor:.3g}"
    if off > _HOPELESS:
        raise BadInput(
            "cannot be brought to equal cost", where=f"equal_cost, scenario {scenario.name}", found=found,
            allowed=f"within {TOLERANCE:.0%} of GBP {aim:,.0f}",
        )  # fmt: skip
    if off > TOLERANCE:
        message = (
            f"equal_cost: {scenario.name} is within {off:.1%} and not {TOLERANCE:.0%} of GBP {aim:,.0f}: in "
            "so few draws costs move in jumps, as awards are won or lost"
        )
        warnings.warn(Remark(message), stacklevel=2)
    return best


def _next_factor(tried: Sequence[Factor], aim: float, share: float) -> float | None:
    """A step along the line, kept between what was too little and too much; None if there is none."""
    last = tried[-1]
    too_little = max((item.factor for item in tried if item.paid_gbp < aim), default=SMALLEST)
    too_much = min((item.factor for item in tried if item.paid_gbp > aim), default=LARGEST)
    slope = share * tried[0].paid_gbp
    if len(tried) > 1 and tried[-1].factor != tried[-2].factor:
        secant = (last.paid_gbp - tried[-2].paid_gbp) / (last.factor - tried[-2].factor)
        slope = max(secant, _LEAST_SLOPE * slope)
    step = (aim - last.paid_gbp) / slope if slope > 0.0 else 0.0
    following = min(max(last.factor + step, SMALLEST), LARGEST)
    if len(tried) > 2 and too_little < too_much and not too_little < following < too_much:
        following = 0.5 * (too_little + too_much)
    return None if any(abs(item.factor - following) < 1e-4 for item in tried) else following


def _tried(factor: float, found: Sequence[float], target: Sequence[float]) -> Factor:
    differences = [one - other for one, other in zip(found, target, strict=True)]
    error = stdev(differences) / len(differences) ** 0.5 if len(differences) > 1 else 0.0
    return Factor(factor, fmean(found), error)
