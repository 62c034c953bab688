"""Equal cost: one factor on a scenario's awards, so that funders pay as much as in the one compared with.

What counts is the undiscounted sum that all funders pay over the projection, in expectation, from the ledger
of institutions run alone (no pupils). Posts stay whole: a factor changes money, and so what can be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from statistics import fmean
from typing import Any, Protocol

from experiments.cost_factor import TOLERANCE, Factor, solve
from experiments.draws import Sampler
from model.levers import Levers
from model.parameters import Parameters
from model.place import Place
from model.randomness import Chance
from scenarios.scenario import Scenario

EQUAL = "equal"
MOST_PAIRS = 32
"""Pairs of draw and replicate over which sums are averaged: all of a small run, some of a large one."""

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

    @property
    def furthest(self) -> float:
        """How far the sum of any scenario is from the reference's, as a share."""
        return max(abs(item.paid_gbp / self.target_gbp - 1.0) for item in self.factors.values())

    def as_mapping(self) -> dict[str, object]:
        """Write it for the manifest: plain values, GBP and factors."""
        return {
            "reference": self.reference,
            "target_gbp": round(self.target_gbp),
            "pairs": self.pairs,
            "tolerance": round(max(TOLERANCE, self.furthest), 4),
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
            factors[name] = solve(scenarios[name], target, share, sums)
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
