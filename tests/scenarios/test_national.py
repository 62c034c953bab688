"""The national tier is written by date: in force it is the same in every scenario, a lever sets it anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.national_tier import NEVER, National, Order, Regime, Rise, TrustPolicy
from scenarios import evidence, library
from scenarios.errors import BadInput
from scenarios.scenario import Scenario
from tests.scenarios.own_scenarios import in_force, own, stands

AUTUMN_2024, AUTUMN_2025 = 3, 6  # terms since the autumn after year 0, which ends in 2023


def usual(year_0: int = 2023) -> National:
    """Say what is decided nationally in the baseline."""
    found = in_force(year_0=year_0).national
    assert found is not None
    return found


def nationally(scenario: Scenario | str) -> National:
    """Say what is decided nationally under a scenario."""
    found = stands(scenario).national
    assert found is not None
    return found


def test_grades_are_those_of_the_day() -> None:
    found = usual()
    assert found.regime(-15) is Regime.FOUR_GRADES
    assert found.regime(AUTUMN_2024 - 1) is Regime.FOUR_GRADES
    assert found.regime(AUTUMN_2024) is Regime.SUB_JUDGEMENTS
    assert found.regime(AUTUMN_2025 - 1) is Regime.SUB_JUDGEMENTS
    assert found.regime(AUTUMN_2025) is Regime.REPORT_CARDS
    assert found.regime(90) is Regime.REPORT_CARDS


def test_dates_are_dates_wherever_year_0_lies() -> None:
    earlier = usual(2018)
    assert earlier.regime(AUTUMN_2024) is Regime.FOUR_GRADES
    assert earlier.regime(15 + AUTUMN_2024) is Regime.SUB_JUDGEMENTS
    assert earlier.rise is not None
    assert earlier.rise.first_term == 15 + usual().rise.first_term  # type: ignore[union-attr]


def test_orders_were_a_duty_for_ten_years() -> None:
    found = usual()
    assert found.order(-22) is Order.DUTY  # spring 2016 was term -23, April begins the summer
    assert found.order(-23) is Order.POWER
    assert found.order(8) is Order.DUTY
    assert found.order(9) is Order.POWER  # autumn 2026


def test_targeted_help_begins_in_spring_2025_and_is_scarce() -> None:
    rise = usual().rise
    assert rise is not None
    assert (rise.first_term, rise.terms) == (4, 5)  # 18 months, rounded up from four and a half terms
    assert rise.gbp_per_school == 100_000.0
    held = rise.advisers_per_100_schools * rise.schools_per_adviser
    assert held == pytest.approx(100 * 377 / 21_500, rel=0.05)  # schools in targeted help of all


def test_targeted_help_is_for_schools_of_concern_from_september_2026() -> None:
    assert usual().rise.concern_from == 9  # type: ignore[union-attr]
    assert usual(2018).rise.concern_from == 15 + 9  # type: ignore[union-attr]


def test_targeted_help_may_be_for_stuck_schools_alone(tmp_path: Path) -> None:
    for none in ("none", "null"):
        found = nationally(own(tmp_path, f"national: {{rise: {{concern_from: {none}}}}}")).rise
        assert found is not None and found.concern_from == NEVER


def test_about_one_maintained_school_in_fifty_applies_to_convert_each_year() -> None:
    trusts = usual().trusts
    assert trusts.conversions_a_year == pytest.approx(12 * 17 / 9_700, rel=0.01)
    assert (trusts.all_by_term, trusts.inspected_from) == (NEVER, NEVER)
    assert not trusts.la_may_found
    assert not trusts.partnership_may_found


def test_a_regime_that_a_lever_sets_holds_from_then_on(tmp_path: Path) -> None:
    found = nationally(own(tmp_path, "national: {inspection: four grades}"))
    assert {found.regime(term) for term in range(2, 40)} == {Regime.FOUR_GRADES}
    assert found.orders == usual().orders
    assert found.rise == usual().rise


def test_a_regime_may_begin_some_time_after_the_start(tmp_path: Path) -> None:
    text = "national:\n  inspection: {2010-09: four grades, start + 2 years: dialogic and collective}"
    found = nationally(own(tmp_path, text))
    assert found.regime(7) is Regime.FOUR_GRADES
    assert found.regime(8) is Regime.DIALOGIC


def test_no_orders_are_a_choice_and_not_an_omission(tmp_path: Path) -> None:
    for none in ("none", "null"):
        assert nationally(own(tmp_path, f"national: {{orders: {none}}}")).order(5) is Order.NONE
    found = nationally(own(tmp_path, "national: {orders: {2016-04: duty, start + 1 year: none}}"))
    assert (found.order(4), found.order(5)) == (Order.DUTY, Order.NONE)


def test_a_world_may_leave_the_national_tier_out(tmp_path: Path) -> None:
    assert in_force(own(tmp_path, "", "arrangement: {national: none}\n")).national is None


def test_another_world_is_written_over_what_is_in_force(tmp_path: Path) -> None:
    found = in_force(own(tmp_path, "", "arrangement: {national: {inspection: {2026-01: four grades}}}\n"))
    assert found.national is not None
    assert found.national.regime(AUTUMN_2025) is Regime.REPORT_CARDS
    assert found.national.regime(AUTUMN_2025 + 1) is Regime.FOUR_GRADES


def test_everything_can_be_said_of_help_and_trusts(tmp_path: Path) -> None:
    text = (
        "national:\n"
        "  rise: {begins: start, schools_per_adviser: 4, advisers_per_100_schools: 1, gbp_per_school: 30000, "
        "length: 2 years, concern_from: start + 1 year}\n"
        "  trusts: {conversions_a_year: 0.1, all_by: start + 6 years, inspected_from: 2027-09, "
        "la_may_found: yes, partnership_may_found: yes, founded_cap: 8, founded_takes_orphans: yes}\n"
    )
    found = nationally(own(tmp_path, text))
    assert found.rise == Rise(
        first_term=2,
        schools_per_adviser=4.0,
        advisers_per_100_schools=1.0,
        gbp_per_school=30_000.0,
        terms=6,
        concern_from=5,
    )
    assert found.trusts == TrustPolicy(
        conversions_a_year=0.1, all_by_term=20, inspected_from=12, la_may_found=True,
        partnership_may_found=True, founded_cap=8, founded_takes_orphans=True,
    )  # fmt: skip


def test_figures_are_read_anew_in_each_draw() -> None:
    def high(row: str) -> float:
        return evidence.rows()[row.partition("@")[0]].high

    found = library.load("trust_inspection").dated(2023).levers(high).changes[0].arrangement.national
    assert found is not None
    assert found.trusts.inspected_from == 3 * 6  # the academic year that ends in 2030
    assert found.trusts.conversions_a_year == pytest.approx(60 * 0.00124)
    assert found.rise is not None
    assert found.rise.terms == 6


def test_help_that_has_begun_before_a_scenario_may_be_changed_in_other_ways(tmp_path: Path) -> None:
    found = nationally(own(tmp_path, "start: 2027-04\nnational: {rise: {gbp_per_school: 5}}")).rise
    assert found is not None
    assert (found.first_term, found.gbp_per_school) == (4, 5.0)


BAD = {
    "an unknown key": ("national: {ofsted: four grades}", "ofsted", ""),
    "a regime that is none": ("national: {inspection: report card}", "report card", "report cards"),
    "a regime misspelt by date": (
        "national: {inspection: {2024-09: sub judgements}}", "sub judgements", "sub-judgements",
    ),
    "no inspection at all": ("national: {inspection: none}", "inspection", ""),
    "no date": ("national: {inspection: {someday: report cards}}", "someday", ""),
    "an order that is none": ("national: {orders: duties}", "duties", "duty"),
    "two in one term": (
        "national: {inspection: {2025-09: four grades, 2025-11: report cards}}", "two dates in one term", "",
    ),
    "help misspelt": ("national: {rise: {gbp_a_school: 3}}", "gbp_a_school", "gbp_per_school"),
    "help that is no mapping": ("national: {rise: yes}", "on (yes, true)", ""),
    "help of pupils": ("national: {rise: {schools_per_adviser: hub_lead_cost}}", "unit GBP", ""),
    "help for no time": ("national: {rise: {length: 0 years}}", "0 years", ""),
    "a share above one": ("national: {trusts: {conversions_a_year: 17}}", "'17'", ""),
    "all in trusts long ago": ("national: {trusts: {all_by: 2020-09}}", "before year 0", ""),
    "help before the scenario starts": (
        "start: 2027-04\nnational: {rise: {begins: 2026-01}}", "rise.begins: lies before the scenario", "",
    ),
    "help for concern before the scenario starts": (
        "start: 2027-04\nnational: {rise: {concern_from: start - 1 term}}", "rise.concern_from: lies", "",
    ),
    "inspected trusts before the scenario starts": (
        "start: 2029-04\nnational: {trusts: {inspected_from: 2027-09}}", "trusts.inspected_from: lies", "",
    ),
    "the size of trusts that no one founds": (
        "national: {trusts: {founded_cap: 8}}", "founded_cap: is for trusts that no one may found", "",
    ),
    "orphans for trusts that no one founds": (
        "national: {trusts: {la_may_found: no, founded_takes_orphans: yes}}", "founded_takes_orphans: is", "",
    ),
    "a cap of none": ("national: {trusts: {founded_cap: 0}}", "'0'", ""),
    "a founder that there is not": (
        "partnership: none\nposts: none\noffers: none\ncollaboration: none\n"
        "national: {trusts: {partnership_may_found: yes}}", "needs a partnership", "",
    ),
    "no mapping": ("national: RISE", "RISE", ""),
}  # fmt: skip


@pytest.mark.parametrize(("levers", "found", "nearest"), BAD.values(), ids=BAD)
def test_what_cannot_be_used_names_file_key_and_fault(
    levers: str, found: str, nearest: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInput) as caught:
        own(tmp_path, levers).dated(2023)
    message = str(caught.value)
    assert "mine.yaml" in message
    assert found in message
    assert "allowed" in message
    if nearest:
        assert nearest in caught.value.nearest


def test_what_is_in_force_does_not_count_from_the_start_of_a_scenario(tmp_path: Path) -> None:
    for text in (
        "inspection: {start: report cards}",
        "rise: {begins: start + 1 year}",
        "rise: {concern_from: start}",
        "trusts: {all_by: start + 9 years}",
    ):
        with pytest.raises(BadInput, match="counts from the start"):
            own(tmp_path, "", f"arrangement: {{national: {{{text}}}}}\n")


def test_a_national_tier_says_how_schools_are_inspected(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="does not say how schools are inspected"):
        own(tmp_path, "national: {rise: none}", "arrangement: {national: none}\n")
