"""Which schools each partnership is for, as a scenario file writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.area_plan import AreaPlan, Division
from scenarios import library
from scenarios.errors import BadInput, UnknownName
from scenarios.scenario import Scenario
from tests.model.running import two_las

PLACE = two_las()


def own(folder: Path, arrangement: str = "", levers: str = "") -> Scenario:
    """Load a scenario of one's own with areas in what is in force, under levers, or both."""
    path = folder / "mine.yaml"
    lines = ["title: Mine"]
    for key, said in (("arrangement", arrangement), ("levers", levers)):
        lines += [f"{key}:", "  partnership:", f"    areas: {said}"] if said else []
    path.write_text("\n".join(lines), encoding="utf-8")
    return library.load(str(path))


def plan(scenario: Scenario) -> AreaPlan | None:
    """Areas of what is in force."""
    assert scenario.in_force is not None
    assert scenario.in_force.partnership is not None
    return scenario.in_force.partnership.areas


def test_by_la_is_what_stands_without_a_word(tmp_path: Path) -> None:
    assert plan(own(tmp_path, "by LA")) is None
    assert plan(library.load("baseline")) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("one", AreaPlan(division=Division.ONE)),
        ("phase", AreaPlan(division=Division.PHASE)),
        ("{geography: 3}", AreaPlan(division=Division.GEOGRAPHY, groups=3)),
        (
            "{Both: [East, 900000009]}",
            AreaPlan(division=Division.LISTED, listed=(("Both", ("East", 900000009)),)),
        ),
        ("{Alone: West}", AreaPlan(division=Division.LISTED, listed=(("Alone", ("West",)),))),
    ],
)
def test_areas_are_a_word_a_number_or_names(tmp_path: Path, written: str, meant: AreaPlan) -> None:
    assert plan(own(tmp_path, written)) == meant


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("phases", r"areas: does not say which schools .* found 'phases'; .*nearest: phase"),
        ("{geography: 0}", r"areas.geography: .*; allowed: "),
        ("[East, West]", r"areas: does not say; found .*allowed: by LA, one, phase"),
        ("{A: [East], B: [East]}", r"areas: is in two partnerships; found 'East'"),
        ("{A: [yes]}", r"areas.A: is no list of LAs or schools"),
    ],
)
def test_what_makes_no_areas_is_refused(tmp_path: Path, written: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        own(tmp_path, written)


def test_only_las_and_schools_of_the_place_are_in_areas(tmp_path: Path) -> None:
    own(tmp_path, "{Both: [East, 900000009]}").checked_in(PLACE)
    with pytest.raises(UnknownName, match=r"areas.Both: the place has no such LA; found 'Est'"):
        own(tmp_path, "{Both: [Est]}").checked_in(PLACE)
    with pytest.raises(UnknownName, match=r"areas.Both: the place has no such school; found '12'"):
        own(tmp_path, "{Both: [12]}").checked_in(PLACE)


def test_partnerships_join_under_levers_and_are_not_divided_there(tmp_path: Path) -> None:
    own(tmp_path, levers="one").checked_in(PLACE)
    own(tmp_path, "phase", "by LA").checked_in(PLACE)
    with pytest.raises(
        BadInput, match=r"divides a partnership that is in force; found East, primary would divide"
    ):
        own(tmp_path, levers="phase").checked_in(PLACE)


def test_money_may_be_for_an_area_alone(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "title: Mine\narrangement:\n  partnership:\n    areas: phase\n  awards:\n"
        "    subscription: {only_in: ['East, primary']}\n",
        encoding="utf-8",
    )
    library.load(str(path)).checked_in(PLACE)
    path.write_text(path.read_text(encoding="utf-8").replace("primary", "nursery"), encoding="utf-8")
    with pytest.raises(UnknownName, match=r"only_in: .* found 'East, nursery'"):
        library.load(str(path)).checked_in(PLACE)


def test_there_may_be_partnerships_in_some_areas_alone(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("title: Mine\nlevers:\n  partnership:\n    only_in: [East]\n", encoding="utf-8")
    scenario = library.load(str(path))
    scenario.checked_in(PLACE)
    assert scenario.change is not None
    assert scenario.change.stands.partnership is not None
    assert scenario.change.stands.partnership.only_in == ("East",)
    path.write_text(path.read_text(encoding="utf-8").replace("East", "Est"), encoding="utf-8")
    with pytest.raises(UnknownName, match=r"partnership.only_in: there is no such area; found 'Est'"):
        library.load(str(path)).checked_in(PLACE)
