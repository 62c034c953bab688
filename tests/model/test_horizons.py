"""How long funding lasts: what short money costs, when it costs next to nothing, and when shorter wins."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from model.alone import run_alone
from model.place import Floats
from model.randomness import Chance
from tests.model.compiled import funded, parameters_of
from tests.model.running import place_of

PLACE = place_of(schools=40, pupils=14000)
YEARS = 10
SEEDS = 10
MANY = 30

ALIKE = (
    ("posts.leave_1y", 0.12),
    ("posts.leave_3y", 0.12),
    ("posts.leave_permanent", 0.12),
    ("posts.final_exit", 0.0),
    ("posts.fill_one_year", 1.0),
    ("posts.weaker_field", 0.0),
)
"""People who leave and come as freely whatever the funding."""
SAFE = (("funding.non_renewal", 0.0), ("funding.cut_chance", 0.0))
PROVIDERS_DIFFER = (
    ("brokerage.provider_quality_sd", 1.5),
    ("brokerage.review_error_sd", 0.1),
    ("funding.replace_below", 0.8),
    ("funding.review_cases", 1.0),
)
"""Some providers do harm, and funders soon see which."""


@cache
def outcomes(
    name: str, world: tuple[tuple[str, float], ...] = (), off: tuple[str, ...] = (), seeds: int = SEEDS
) -> dict[str, Floats]:
    """Specialist time, cases interrupted and what support has brought, of some futures without pupils."""
    parameters = parameters_of().changed(dict(world))
    found: dict[str, list[list[float]]] = {"specialist_time": [], "cases_interrupted": [], "brought": []}
    for seed in range(seeds):
        whole = run_alone(
            PLACE, funded(PLACE, name), parameters, years=YEARS, chance=Chance(100 + seed, 1, 0),
            switches=dict.fromkeys(off, False),
        )  # fmt: skip
        years = [whole.measures(PLACE.year + y, whole.facts.pupils) for y in range(1, YEARS + 1)]
        for measure in ("specialist_time", "cases_interrupted"):
            found[measure].append([year[measure] for year in years])
        found["brought"].append([float(whole.support.total().mean())])
    return {name: np.array(values) for name, values in found.items()}


def difference(
    measure: str,
    long: str,
    short: str,
    world: tuple[tuple[str, float], ...] = (),
    off: tuple[str, ...] = (),
    seeds: int = SEEDS,
) -> tuple[float, float]:
    """Mean paired difference, long less short, of years 3 on; and its Monte Carlo error."""
    sides = [outcomes(name, world, off, seeds)[measure] for name in (long, short)]
    paired = (sides[0] - sides[1])[:, 2 if sides[0].shape[1] > 2 else 0 :].mean(axis=1)
    return float(paired.mean()), float(paired.std(ddof=1) / np.sqrt(seeds))


def test_specialists_are_longer_in_post_under_five_years_of_money_than_under_one():
    mean, error = difference("specialist_time", "five_year_funding", "one_year_grants")
    assert mean > 2.0 * error > 0.0


def test_fewer_cases_are_interrupted_for_each_specialist_under_longer_money():
    rates = {
        name: outcomes(name)["cases_interrupted"].sum() / outcomes(name)["specialist_time"].sum()
        for name in ("one_year_grants", "ten_year_funding")
    }
    assert rates["ten_year_funding"] < rates["one_year_grants"]


def test_part_of_it_is_certainty_alone_at_identical_cash():
    mean, error = difference(
        "specialist_time", "five_year_funding", "one_year_grants", off=("renewal_risk", "review_points")
    )
    assert mean > 2.0 * error > 0.0


def test_at_the_low_end_of_the_evidence_the_difference_shrinks_towards_nothing():
    usual, _ = difference("specialist_time", "five_year_funding", "one_year_grants")
    low, error = difference("specialist_time", "five_year_funding", "one_year_grants", ALIKE + SAFE)
    assert abs(low) < 0.25 * usual + 2.0 * error


def test_without_the_quit_hazard_certainty_is_worth_less():
    off = ("renewal_risk", "review_points")
    with_hazard, _ = difference("specialist_time", "five_year_funding", "one_year_grants", off=off)
    without, _ = difference(
        "specialist_time", "five_year_funding", "one_year_grants", off=(*off, "quit_hazard")
    )
    assert without < with_hazard


@pytest.mark.slow
def test_in_a_world_of_good_and_bad_providers_and_loyal_staff_shorter_money_wins():
    mean, error = difference(
        "brought", "ten_year_funding", "one_year_grants", ALIKE + SAFE + PROVIDERS_DIFFER, seeds=MANY
    )
    assert mean + 2.0 * error < 0.0


@pytest.mark.slow
def test_what_shorter_money_wins_there_is_being_able_to_stop():
    world = ALIKE + SAFE + PROVIDERS_DIFFER
    pair = ("brought", "ten_year_funding", "one_year_grants", world)
    locked, _ = difference(*pair, seeds=MANY)
    blind, error = difference(*pair, off=("review_points",), seeds=MANY)
    assert blind > locked
    assert abs(blind) < abs(locked) + 2.0 * error


def yearly(name: str, plain: str, off: tuple[str, ...] = ()) -> Floats:
    """Mean paired loss of specialist time by projected year."""
    return np.asarray(
        (outcomes(plain, off=off)["specialist_time"] - outcomes(name, off=off)["specialist_time"]).mean(
            axis=0
        )
    )


def test_a_third_off_the_last_year_costs_specialists_then_and_not_before():
    loss = yearly("contract_cut", "contract_as_signed", ("reserves",))
    assert (loss[:2] == 0.0).all()
    assert loss.max() > 0.0


@pytest.mark.parametrize(
    ("name", "plain"), [("contract_cut", "contract_as_signed"), ("late_renewal", "baseline")]
)
def test_reserves_soften_a_cut_and_a_late_renewal(name, plain):
    with_reserves, without = yearly(name, plain), yearly(name, plain, ("reserves",))
    assert with_reserves.max() < without.max()
