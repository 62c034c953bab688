"""Equal cost: one factor on a scenario's awards, so that funders pay as much as in the one compared with.

What counts is the undiscounted sum that all funders pay over the projection, in expectation, from the ledger
of institutions run alone (no pupils). Posts stay whole: a factor changes money, and so what can be kept.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from statistics import fmean, stdev
from typing import Any, NamedTuple, Protocol

from experiments.draws import Sampler
from model.levers import Levers
from model.parameters import Parameters
from model.place import Place
from model.randomness import Chance
from scenarios.errors import BadInput, Remark
from scenarios.scenario import Scenario

EQUAL = "equal"
TOLERANCE = 0.01
"""How near two sums should be, as a share."""

_AIM = 0.005
MOST_PAIRS = 32
"""Pairs of draw and replicate over which sums are averaged: all of a small run, some of a large one."""

_MOST_STEPS = 10
_HOPELESS = 0.05
"""Further than this from the sum that is aimed at, as a share, no comparison is made."""

_LEAST_SLOPE = 0.5
"""Of the slope were each pound awarded a pound paid: jumps may hide it."""

SMALLEST, LARGEST = 0.05, 20.0
"""Factors beyond these mean that the scenarios are not of a kind."""

Pair = tuple[int, int]


class Paid(Protocol):
    """Runs institutions alone and says what all funders paid, GBP."""

    def __call__(
        self, place: Place, levers: Levers, parameters: Parameters, chance: Chance, years: int
    ) -> float:
        """Run one pair of draw and replicate.

        Parameters
        ----------
        place : Place
            Where.
        levers : Levers
            What the scenario does.
        parameters : Parameters
            Of the draw.
        chance : Chance
            Of the draw and replicate.
        years : int
            Projected years after year 0.

        Returns
        -------
        float
            Undiscounted sum of all funders' payments over the projection.
        """


class Factor(NamedTuple):
    """What was found for one scenario: the factor, the mean sum paid with it, and how sure that is, GBP.

    ``error_gbp`` is the Monte Carlo standard error of the difference from the reference: pairs share chance.
    """

    factor: float
    paid_gbp: float
    error_gbp: float


@dataclass(frozen=True, kw_only=True)
class EqualCost:
    """Factors of the scenarios that are compared at equal cost.

    Attributes
    ----------
    reference : str
        The scenario whose sum the others are brought to.
    target_gbp : float
        Its mean sum.
    factors : dict of str to Factor
        By scenario, the reference among them with factor 1.
    pairs : int
        Pairs of draw and replicate that the means are over.
    """

    reference: str
    target_gbp: float
    factors: dict[str, Factor]
    pairs: int

    def applied(self, scenarios: Mapping[str, Scenario]) -> dict[str, Scenario]:
        """Scale the awards of the scenarios that have a factor.

        Parameters
        ----------
        scenarios : Mapping of str to Scenario
            Of the comparison.

        Returns
        -------
        dict of str to Scenario
            All of them, in the same order.
        """
        return {
            name: item.with_awards_scaled(self.factors[name].factor) if name in self.factors else item
            for name, item in scenarios.items()
        }

    def as_mapping(self) -> dict[str, object]:
        """Write it for the manifest: plain values, GBP and factors."""
        return {
            "reference": self.reference,
            "target_gbp": round(self.target_gbp),
            "pairs": self.pairs,
            "tolerance": TOLERANCE,
            "scenarios": {
                name: {
                    "factor": round(found.factor, 4),
                    "paid_gbp": round(found.paid_gbp),
                    "mc_error_gbp": round(found.error_gbp),
                }
                for name, found in self.factors.items()
            },
        }


def run_alone(
    place: Place,
    levers: Levers,
    parameters: Parameters,
    chance: Chance,
    years: int,
    switches: Mapping[str, bool] | None = None,
) -> float:
    """Run institutions alone and add up what all funders paid.

    Parameters
    ----------
    place : Place
        Where.
    levers : Levers
        What the scenario does.
    parameters : Parameters
        Of the draw.
    chance : Chance
        Of the draw and replicate.
    years : int
        Projected years after year 0.
    switches : Mapping of str to bool, optional
        Mechanism switches that differ from their defaults.

    Returns
    -------
    float
        GBP, undiscounted.
    """
    run: Callable[..., Any] = import_module("model.alone").run_alone
    whole = run(place, levers, parameters, years=years, chance=chance, switches=switches)
    return float(sum(whole.years.paid(place.year + year) for year in range(1, years + 1)))


def reference_of(scenarios: Mapping[str, Scenario]) -> str | None:
    """Choose the scenario whose cost the others are brought to.

    Parameters
    ----------
    scenarios : Mapping of str to Scenario
        Of one comparison, the one that the others are compared with first.

    Returns
    -------
    str or None
        The first that is marked equal: the baseline of the comparison if it is. None where there is none.
    """
    return next((name for name, item in scenarios.items() if item.cost == EQUAL), None)


def equal_cost(
    scenarios: Mapping[str, Scenario],
    place: Place,
    sampler: Sampler,
    pairs: Sequence[Pair],
    years: int,
    paid: Paid = run_alone,
    workers: int = 1,
) -> tuple[dict[str, Scenario], EqualCost | None]:
    """Bring every scenario that is marked equal to the cost of the first of them.

    Parameters
    ----------
    scenarios : Mapping of str to Scenario
        Dated, the one that the others are compared with first.
    place : Place
        Where.
    sampler : Sampler
        Turns draws into parameters and levers.
    pairs : Sequence of (int, int)
        Draws and replicates of the run; sums are averaged over some of them.
    years : int
        Projected years after year 0.
    paid : Paid, optional
        Stands in place of ``run_alone``.
    workers : int, optional
        Processes to spread the pairs over; what comes out is the same.

    Returns
    -------
    (dict of str to Scenario, EqualCost or None)
        All scenarios, those marked equal with their awards scaled; None where fewer than two are marked.

    Raises
    ------
    BadInput
        If no factor makes a scenario cost as much.
    """
    reference = reference_of(scenarios)
    marked = [name for name, item in scenarios.items() if item.cost == EQUAL and name != reference]
    if reference is None or not marked:
        return dict(scenarios), None
    chosen = _spread(sorted(set(pairs)))

    from joblib import Parallel, delayed

    with Parallel(n_jobs=min(workers, len(chosen))) as parallel:

        def sums(scenario: Scenario) -> list[float]:
            jobs = (delayed(_one)(scenario, place, sampler, pair, years, paid) for pair in chosen)
            return list(parallel(jobs))

        target = sums(scenarios[reference])
        factors = {reference: Factor(1.0, fmean(target), 0.0)}
        for name in marked:
            share = _share_scaled(scenarios[name], sampler, chosen[0][0])
            factors[name] = _solve(scenarios[name], target, share, sums)
    equal = EqualCost(reference=reference, target_gbp=fmean(target), factors=factors, pairs=len(chosen))
    return equal.applied(scenarios), equal


def _spread(pairs: Sequence[Pair]) -> list[Pair]:
    """Take at most ``MOST_PAIRS``, spread evenly."""
    step = max(len(pairs) / MOST_PAIRS, 1.0)
    return [pairs[int(step * number)] for number in range(min(len(pairs), MOST_PAIRS))]


def _one(scenario: Scenario, place: Place, sampler: Sampler, pair: Pair, years: int, paid: Paid) -> float:
    draw, replicate = pair
    parameters = sampler.parameters(draw, scenario.parameter_changes)
    levers = replace(sampler.levers(draw, scenario), programmes=())
    return paid(place, levers, parameters, Chance(sampler.seed, draw, replicate), years)


def _share_scaled(scenario: Scenario, sampler: Sampler, draw: int) -> float:
    """What part of the money a pupil a factor would act on: where the search begins."""
    if scenario.change is None:
        return 0.0
    awards = sampler.levers(draw, scenario).changes[0].arrangement.awards
    total = sum(award.gbp_per_pupil for award in awards)
    scaled = scenario.change.scaled_awards
    return sum(award.gbp_per_pupil for award in awards if award.name in scaled) / total if total else 0.0


def _solve(
    scenario: Scenario, target: Sequence[float], share: float, sums: Callable[[Scenario], list[float]]
) -> Factor:
    """Find the factor: what is paid is all but a straight line in it, with jumps as awards are won or lost."""
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
            f"equal_cost: {scenario.name} is within {off:.1%} and not {TOLERANCE:.0%} of GBP {aim:,.0f}: in so few "
            "draws costs move in jumps, as awards are won or lost"
        )
        warnings.warn(Remark(message), stacklevel=2)
    return best


def _next_factor(tried: Sequence[Factor], aim: float, share: float) -> float | None:
    """A step along the line, kept between what was too little and what was too much; None if there is none."""
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
