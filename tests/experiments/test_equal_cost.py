"""Equal cost: scenarios marked equal are brought to the same sum paid by all funders, by one factor each."""

from __future__ import annotations

import pytest

from experiments.cost_factor import LARGEST, TOLERANCE
from experiments.draws import Sampler
from experiments.equal_cost import equal_cost, reference_of, run_alone
from model.arrangements import Arrangement
from model.levers import Levers
from model.parameters import Parameters
from model.place import Place
from model.randomness import Chance
from scenarios import evidence, library
from scenarios.errors import BadInput, Remark
from scenarios.places import resolve
from scenarios.scenario import Scenario

HORIZONS = ("one_year_grants", "three_year_funding", "five_year_funding", "ten_year_funding")
PAIRS = [(draw, 1) for draw in range(1, 5)]
SAMPLER = Sampler(seed=0, evidence=evidence.rows())


@pytest.fixture(scope="module")
def place() -> Place:
    return resolve("synthetic")


def scenarios(*names: str) -> dict[str, Scenario]:
    """Give scenarios of the library in a place whose year 0 is 2023."""
    return {name: library.load(name).dated(2023) for name in names}


def standing(levers: Levers, year: int) -> Arrangement:
    """Say what stands in a year after year 0."""
    assert levers.in_force is not None
    found = levers.in_force
    for change in levers.changes:
        if change.term < 3 * year:
            found = change.arrangement
    return found


def paid_with_lapses(
    place: Place, levers: Levers, parameters: Parameters, chance: Chance, years: int
) -> float:
    """Funders who pay what is awarded, but lose a part with each renewal, in hundreds of pupils."""
    total = 0.0
    for year in range(1, years + 1):
        for award in standing(levers, year).awards:
            renewals = 0 if not award.length_terms else (3 * year - 2) // award.length_terms
            total += 100.0 * award.gbp_per_pupil * 0.9**renewals
    return total


def test_every_marked_scenario_is_paid_for_as_much_as_the_first(place: Place) -> None:
    found, equal = equal_cost(scenarios("baseline", *HORIZONS), place, SAMPLER, PAIRS, 13, paid_with_lapses)
    assert equal is not None
    assert equal.reference == "one_year_grants"
    assert set(equal.factors) == set(HORIZONS)
    for name in HORIZONS:
        sums = [
            paid_with_lapses(
                place, SAMPLER.levers(draw, found[name]), Parameters(), Chance(0, draw, replicate), 13
            )
            for draw, replicate in PAIRS
        ]
        assert sum(sums) / len(sums) == pytest.approx(equal.target_gbp, rel=TOLERANCE)


def test_money_that_lapses_less_often_is_less_a_year(place: Place) -> None:
    _, equal = equal_cost(scenarios("baseline", *HORIZONS), place, SAMPLER, PAIRS, 13, paid_with_lapses)
    assert equal is not None
    factors = [equal.factors[name].factor for name in HORIZONS]
    assert factors == sorted(factors, reverse=True)
    assert factors[0] == 1.0


def test_only_the_awards_that_a_scenario_sets_are_scaled(place: Place) -> None:
    found, equal = equal_cost(scenarios("baseline", *HORIZONS), place, SAMPLER, PAIRS, 13, paid_with_lapses)
    assert equal is not None
    levers = SAMPLER.levers(1, found["ten_year_funding"])
    assert levers.in_force is not None
    before = {award.name: award for award in levers.in_force.awards}
    for award in levers.changes[0].arrangement.awards:
        if award.name != "LA commission":
            assert award == before[award.name]


def test_a_scenario_as_offered_is_left_alone(place: Place) -> None:
    given = scenarios("baseline", "late_renewal", *HORIZONS)
    found, _ = equal_cost(given, place, SAMPLER, PAIRS, 13, paid_with_lapses)
    assert found["late_renewal"] is given["late_renewal"]
    assert found["baseline"] is given["baseline"]


def test_the_first_that_is_marked_equal_is_what_the_others_are_brought_to() -> None:
    assert reference_of(scenarios("ten_year_funding", "one_year_grants")) == "ten_year_funding"
    assert reference_of(scenarios("baseline", "contract_cut")) is None


def test_one_marked_scenario_has_nothing_to_be_equal_to(place: Place) -> None:
    given = scenarios("baseline", "five_year_funding")
    found, equal = equal_cost(given, place, SAMPLER, PAIRS, 10, paid_with_lapses)
    assert equal is None
    assert found == given


def test_scenarios_that_cannot_be_made_equal_are_refused(place: Place) -> None:
    def hopeless(place: Place, levers: Levers, parameters: Parameters, chance: Chance, years: int) -> float:
        awards = levers.changes[0].arrangement.awards
        return 1e9 if any(award.competitive for award in awards) else sum(a.gbp_per_pupil for a in awards)

    with pytest.raises(BadInput, match="cannot be brought to equal cost") as caught:
        equal_cost(scenarios("one_year_grants", "ten_year_funding"), place, SAMPLER, PAIRS, 10, hopeless)
    assert "ten_year_funding" in str(caught.value)
    assert f"{LARGEST:.3g}" in str(caught.value)


def test_costs_that_move_in_jumps_come_as_near_as_they_can_and_that_is_said(place: Place) -> None:
    def in_jumps(place: Place, levers: Levers, parameters: Parameters, chance: Chance, years: int) -> float:
        paid = sum(award.gbp_per_pupil for award in levers.changes[0].arrangement.awards)
        return 5.0 * round(0.2 * paid) + (1.0 if levers.changes[0].arrangement.awards[1].competitive else 0.0)

    given = scenarios("one_year_grants", "ten_year_funding")
    with pytest.warns(Remark, match="in so few draws"):
        _, equal = equal_cost(given, place, SAMPLER, PAIRS[:1], 10, in_jumps)
    assert equal is not None
    assert TOLERANCE < equal.furthest < 0.05
    assert equal.as_mapping()["tolerance"] == pytest.approx(equal.furthest, abs=1e-4)


def test_the_manifest_says_who_was_brought_to_what(place: Place) -> None:
    _, equal = equal_cost(scenarios(*HORIZONS), place, SAMPLER, PAIRS, 13, paid_with_lapses)
    assert equal is not None
    written = equal.as_mapping()
    assert written["reference"] == "one_year_grants"
    assert set(written["scenarios"]) == set(HORIZONS)  # type: ignore[call-overload]
    assert written["pairs"] == len(PAIRS)


def test_institutions_run_alone_are_brought_to_the_same_cost() -> None:
    small = resolve("synthetic", {"schools": 16})
    given = scenarios("one_year_grants", "ten_year_funding")
    found, equal = equal_cost(given, small, SAMPLER, PAIRS, 13)
    assert equal is not None
    sums = {
        name: sum(
            run_alone(
                small, SAMPLER.levers(draw, found[name]), SAMPLER.parameters(draw), Chance(0, draw, 1), 13
            )
            for draw, _ in PAIRS
        )
        for name in given
    }
    assert sums["ten_year_funding"] == pytest.approx(sums["one_year_grants"], rel=TOLERANCE)
    assert 0.5 < equal.factors["ten_year_funding"].factor < 2.0
    assert equal.factors["ten_year_funding"].error_gbp > 0.0
