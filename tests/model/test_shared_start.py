"""The scenarios of a pair share their start, and each leaves what it leaves when it runs by itself."""

from dataclasses import fields, is_dataclass, replace

import numpy as np
import pytest

from experiments.snapshot import Snapshot
from model import shared_start
from model.levers import Levers, first_heard
from model.mechanisms import NAMES
from model.parameters import Parameters
from model.randomness import Chance
from model.system import System, simulate
from tests.model.compiled import OTHERS, levers_of, parameters_of
from tests.model.running import tiny_place, two_las

PLACE = tiny_place()


def record_of(name, chance, *, years=3, switches=None, place=PLACE):
    """Everything that a run leaves; shared with what ran before it on the same chance."""
    levers = name if isinstance(name, Levers) else levers_of(name, place.year)
    return simulate(
        place, levers, parameters_of(), years=years, chance=chance, switches=switches, detail=True
    )


def differing(one, other, at="record"):
    """Names of what differs between two records."""
    if is_dataclass(one):
        pairs = [(f.name, getattr(one, f.name), getattr(other, f.name)) for f in fields(one)]
        return [name for part, a, b in pairs for name in differing(a, b, f"{at}.{part}")]
    if isinstance(one, np.ndarray):
        same = one.dtype == other.dtype and np.array_equal(one.view(np.uint8), other.view(np.uint8))
    else:
        same = repr(one) == repr(other)
    return [] if same else [at]


@pytest.fixture
def starts(monkeypatch):
    """Whether each run of the test took up a start that another had put by."""
    seen, take = [], shared_start.SharedStart.taken_up

    def taken_up(self):
        system = take(self)
        seen.append(system is not None)
        return system

    monkeypatch.setattr(shared_start.SharedStart, "taken_up", taken_up)
    return seen


@pytest.fixture(scope="module")
def pair():
    """Chance of a pair in which the baseline has run."""
    chance = Chance(4, 0, 1, keep=True, copies=Snapshot)
    record_of("baseline", chance)
    return chance


SOME = (
    "baseline",
    "all_schools_in_trusts",
    "ealing_learning_partnership",
    "fragmentation",
    "one_year_grants",
)
REST = [pytest.param(name, marks=pytest.mark.slow) for name in OTHERS if name not in SOME]


@pytest.mark.parametrize("name", [*SOME, *REST])
def test_a_scenario_of_the_library_leaves_the_same_after_the_baseline_as_alone(name, pair):
    assert not differing(record_of(name, pair), record_of(name, Chance(4, 0, 1)))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_start_without_a_mechanism_is_shared_to_the_bit_too(name, starts):
    shared, off = Chance(4, 0, 2, keep=True, copies=Snapshot), {name: False}
    for scenario in ("baseline", "fragmentation"):
        kept = record_of(scenario, shared, years=2, switches=off)
        assert not differing(kept, record_of(scenario, Chance(4, 0, 2), years=2, switches=off))
    assert starts == [False, False, True, False]


def test_several_las_and_a_draw_of_what_is_unknown_share_as_well(starts):
    shared = Chance(4, 3, 1, keep=True, copies=Snapshot)
    for name in ("la_withdraws", "ten_year_funding"):
        kept = record_of(name, shared, place=two_las())
        assert not differing(kept, record_of(name, Chance(4, 3, 1), place=two_las()))
    assert starts == [False, False, True, False]


@pytest.mark.slow
@pytest.mark.parametrize("replicate", range(12))
def test_a_start_is_shared_to_the_bit_whatever_chance_brings(replicate):
    shared = Chance(5, replicate, replicate, keep=True, copies=Snapshot)
    for name in ("baseline", "la_withdraws", "all_schools_in_trusts", "contract_cut"):
        kept = record_of(name, shared, years=8)
        assert not differing(kept, record_of(name, Chance(5, replicate, replicate), years=8))


def test_the_one_who_puts_a_start_by_goes_on_as_if_alone(starts):
    shared = Chance(4, 0, 3, keep=True, copies=Snapshot)
    assert not differing(
        record_of("five_year_funding", shared), record_of("five_year_funding", Chance(4, 0, 3))
    )
    assert starts == [False, False]


def test_a_start_is_taken_up_as_often_as_it_is_wanted(starts):
    shared = Chance(4, 0, 4, keep=True, copies=Snapshot)
    first, second, third = (record_of("trusts_alone", shared) for _ in range(3))
    assert not differing(first, second)
    assert not differing(first, third)
    assert starts == [False, True, True]


def changed_levers():
    """Scenarios that begin otherwise than the baseline."""
    base = levers_of("baseline", PLACE.year)
    other = replace(base, in_force=replace(base.in_force, posts=base.in_force.posts[:-1]))
    heard = levers_of("fragmentation", PLACE.year)
    early = replace(heard, changes=tuple(replace(c, announced=-2) for c in heard.changes))
    return [
        other,
        early,
        levers_of("small_group_tuition", PLACE.year),
        levers_of("data_hub", PLACE.year),
    ]


@pytest.mark.parametrize("case", range(4), ids=["in force", "heard of before", "taught", "kinds of posts"])
def test_scenarios_that_begin_otherwise_do_not_share(case, starts):
    levers, shared = changed_levers()[case], Chance(4, 0, 5, keep=True, copies=Snapshot)
    record_of("baseline", shared)
    assert not differing(record_of(levers, shared), record_of(levers, Chance(4, 0, 5)))
    assert not any(starts)


def test_other_years_or_parameters_do_not_share(starts):
    shared = Chance(4, 0, 6, keep=True, copies=Snapshot)
    levers = levers_of("baseline", PLACE.year)
    simulate(PLACE, levers, parameters_of(), years=1, chance=shared)
    simulate(PLACE, levers, parameters_of(), years=2, chance=shared)
    simulate(PLACE, levers, Parameters(), years=1, chance=shared)
    assert not any(starts)


def test_no_more_than_two_starts_of_a_pair_are_kept():
    shared = Chance(4, 0, 7, keep=True, copies=Snapshot)
    for years in (1, 2, 3):
        record_of("baseline", shared, years=years)
    assert len(shared.come_of_it["starts"]) == 2


def test_the_start_of_a_very_large_place_is_not_kept(monkeypatch, starts):
    monkeypatch.setattr(shared_start, "_MOST_CHILDREN", 100)
    shared = Chance(4, 0, 8, keep=True, copies=Snapshot)
    one, other = record_of("baseline", shared), record_of("baseline", shared)
    assert not differing(one, other)
    assert not any(starts)


def test_agents_of_a_start_taken_up_are_numbered_on():
    shared, levers = Chance(4, 0, 9, keep=True, copies=Snapshot), levers_of("baseline", PLACE.year)
    simulate(PLACE, levers, parameters_of(), years=1, chance=shared)
    start = shared_start.SharedStart(PLACE, levers, parameters_of(), shared, 1, None, False)
    system = start.taken_up()
    assert isinstance(system, System)
    numbers = {agent.unique_id for agent in system.agents}
    assert len(numbers) == len(system.agents)
    assert next(type(next(iter(system.agents)))._ids[system]) == max(numbers) + 1
    system.release()


def later(levers, terms):
    """The same scenario, heard of and begun so many terms later."""
    changes = (replace(c, announced=c.announced + terms, term=c.term + terms) for c in levers.changes)
    return replace(levers, changes=tuple(changes))


@pytest.mark.parametrize("terms", [0, 1, 4, 5, 30])
def test_a_start_is_shared_up_to_the_term_in_which_a_scenario_is_heard_of(terms, starts):
    levers = later(levers_of("one_year_grants", PLACE.year), terms)
    shared = Chance(4, 0, 10, keep=True, copies=Snapshot)
    for scenario in (levers, "baseline", levers):
        assert not differing(record_of(scenario, shared), record_of(scenario, Chance(4, 0, 10)))
    assert [put.date for put in shared.come_of_it["starts"]] == [min(2 + terms, 9)]
    assert starts == [False, False, True, False, True, False]


def test_who_is_heard_of_before_a_start_was_put_by_does_not_take_it_up(starts):
    first, second = (levers_of(name, PLACE.year) for name in ("trusts_alone", "one_year_grants"))
    shared = Chance(4, 0, 11, keep=True, copies=Snapshot)
    record_of(later(second, 2), shared)
    for scenario in (first, second, later(second, 3)):
        assert not differing(record_of(scenario, shared), record_of(scenario, Chance(4, 0, 11)))
    assert starts[0::2] == [False, False, False, False]
    assert starts[1::2] == [False, True, True]
    assert [put.date for put in shared.come_of_it["starts"]] == [4, 1]


def test_where_the_pair_is_known_the_baseline_goes_as_far_as_the_first_of_it_is_heard_of():
    first = levers_of("trusts_alone", PLACE.year)
    shared = Chance(4, 0, 12, keep=True, copies=Snapshot)
    shared.come_of_it["heard"] = first_heard(levers_of("baseline", PLACE.year), first)
    for scenario in ("baseline", "trusts_alone", "one_year_grants"):
        assert not differing(record_of(scenario, shared), record_of(scenario, Chance(4, 0, 12)))
    assert [put.date for put in shared.come_of_it["starts"]] == [1]
