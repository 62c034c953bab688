"""Places at the edge: one school, none of a phase, no members; all that is measured is a number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

import numpy as np
import pytest

from model.alone import run_alone
from model.levers import Levers
from model.place import Bools, Phase, Place, Schools
from model.randomness import Chance
from tests.model.compiled import funded, parameters_of
from tests.model.running import place_of, run, tiny_place

CHANCE = Chance(1, 1, 0)


def only(place: Place, kept: Callable[[Schools], Bools]) -> Place:
    """Keep some schools of a place, for institutions without pupils."""
    rows = kept(place.schools)
    held = {item.name: getattr(place.schools, item.name) for item in fields(place.schools)}
    columns = {name: column[rows] for name, column in held.items() if isinstance(column, np.ndarray)}
    others = {
        name: tuple(np.array(column)[rows].tolist())
        for name, column in held.items()
        if isinstance(column, tuple) and len(column) == len(rows)
    }
    return replace(place, schools=replace(place.schools, **columns, **others))


def without_members(levers: Levers) -> Levers:
    """No school belongs to the partnership at year 0."""
    stands = levers.in_force
    assert stands is not None and stands.partnership is not None
    body = replace(stands.partnership, member_share=0.0)
    return replace(levers, in_force=replace(stands, partnership=body))


OF_MEMBERS = {"member_rating", "member_response"}
"""What is missing where there is no member to ask, or none who answers."""

EDGES: dict[str, Callable[[Schools], Bools]] = {
    "one school": lambda s: np.arange(len(s)) == int(np.argmax(s.phase == Phase.PRIMARY)),
    "one secondary school": lambda s: np.arange(len(s)) == int(np.argmax(s.phase == Phase.SECONDARY)),
    "no secondary schools": lambda s: s.phase != Phase.SECONDARY,
    "secondary schools alone": lambda s: s.phase == Phase.SECONDARY,
}


@pytest.mark.parametrize("scenario", ["baseline", "lead_school_hubs", "ealing_learning_partnership"])
@pytest.mark.parametrize("edge", EDGES)
def test_institutions_of_a_place_at_the_edge_run_and_measure_numbers(edge: str, scenario: str) -> None:
    place = only(tiny_place(), EDGES[edge])
    whole = run_alone(place, funded(place, scenario), parameters_of(), years=4, chance=CHANCE)
    assert whole.facts.n_schools == len(place.schools) >= 1
    for year in (place.year + 1, place.year + 4):
        found = whole.measures(year, whole.facts.pupils)
        assert {name for name, value in found.items() if not np.isfinite(value)} <= OF_MEMBERS
        assert np.isfinite(found["member_response"]) or not whole.facts.member.any()
    assert whole.ledger.total() == 0


def test_a_partnership_that_no_school_belongs_to_at_first_runs_and_measures_numbers() -> None:
    place = tiny_place()
    whole = run_alone(place, without_members(funded(place)), parameters_of(), years=4, chance=CHANCE)
    found = whole.measures(place.year + 4, whole.facts.pupils)
    assert np.isfinite(list(found.values())).all()
    assert whole.ledger.total() == 0


def missing(place: Place, levers: Levers) -> set[tuple[str, int]]:
    """Measures that are no number, and their years."""
    found = run(place, levers, parameters_of(), years=3, chance=CHANCE)
    year, column = np.nonzero(~np.isfinite(found.values))
    return {(found.columns[j].measure, int(found.years[i])) for i, j in zip(year, column, strict=True)}


def test_in_the_smallest_place_with_pupils_all_is_a_number_but_turnover_before_any_year() -> None:
    place = place_of(schools=4, pupils=1200, special_schools=0, ap_schools=0, trusts=1)
    gone = missing(place, funded(place)) - {("head_turnover", place.year)}
    assert {measure for measure, _ in gone} <= OF_MEMBERS


def test_pupils_of_a_place_without_members_are_measured_all_the_same() -> None:
    place = tiny_place()
    assert missing(place, without_members(funded(place))) == {("head_turnover", place.year)}
