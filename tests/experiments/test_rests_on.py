"""What a scenario changes is read from its levers, and every parameter that moves schools has its part."""

import pytest

from experiments.rests_on import ACTS_THROUGH, rests_on
from model.parameters import DECLARED
from scenarios import library
from scenarios.composed import as_mapping
from scenarios.evidence import rows


def found(name):
    return rests_on(as_mapping(library.load(name).dated(2023)), rows())


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("fragmentation", "collaboration"),
        ("no_rise", "national.rise"),
        ("five_year_funding", "awards"),
        ("all_schools_in_trusts", "national.trusts"),
        ("dialogic_accountability", "national.inspection"),
    ],
)
def test_a_scenario_rests_on_the_parts_that_its_levers_change(name, part):
    assert part in found(name)["parts"]


def test_the_baseline_differs_in_nothing():
    assert found("baseline") == {"parts": [], "groups": [], "rows": {}}


def between(name, against):
    one, other = (as_mapping(library.load(each).dated(2023)) for each in (name, against))
    return rests_on(one, rows(), other)


def test_two_scenarios_differ_in_what_only_one_of_them_changes_and_not_in_what_both_do():
    assert between("trusts_alone", "fragmentation")["parts"] == ["national.trusts"]
    assert between("fragmentation", "trusts_alone")["parts"] == ["national.trusts"]
    assert between("five_year_funding", "no_rise")["parts"] == ["awards", "national.rise"]
    assert between("no_rise", "no_rise")["parts"] == []
    assert between("no_rise", "baseline") == found("no_rise")


def test_two_worlds_differ_in_what_is_in_force(tmp_path):
    path = tmp_path / "phases.yaml"
    path.write_text("title: Phases\narrangement: {partnership: {areas: phase}}\n", encoding="utf-8")
    assert between(str(path), "baseline")["parts"] == ["partnership"]


def test_money_acts_by_the_programmes_that_it_pays_for():
    strengths = found("five_year_funding")["rows"]
    assert strengths["coaching_practice"] == rows()["coaching_practice"].strength
    assert not found("no_rise")["rows"]


def test_every_group_named_holds_parameters():
    groups = {name.partition(".")[0] for name in DECLARED}
    assert {group for named in ACTS_THROUGH.values() for group in named} <= groups


def test_every_part_that_some_scenario_of_the_library_changes_is_known():
    for name in library.names():
        levers = as_mapping(library.load(name).dated(2023))["levers"]
        assert set(levers) <= {*ACTS_THROUGH, "start", "announced"}, name
