"""A partnership as a body is written with it: board, trade, insolvency, associates."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.bodies import AfterInsolvency, Board, Body, Trade
from scenarios.errors import BadInput
from scenarios.scenario import Scenario
from tests.scenarios.own_scenarios import in_force, own, stands


def body(scenario: Scenario) -> Body:
    """Say what the partnership is as a body under a scenario."""
    found = stands(scenario).partnership
    assert found is not None
    assert found.body is not None
    return found.body


def test_the_baseline_is_a_company_of_its_schools_that_stands_on_its_own() -> None:
    found = in_force().partnership
    assert found is not None
    assert found.body is not None
    assert found.body.board == Board(schools=0.6, la=0.2, independent=0.2)
    assert found.body.after_insolvency is AfterInsolvency.WIND_UP
    assert found.body.trade == Trade()


def test_a_scenario_sets_key_by_key_what_is_sold_and_the_board_as_a_whole(tmp_path: Path) -> None:
    found = body(own(tmp_path, "partnership:\n  trade: {price: 1.2}\n  board: {schools: 1}"))
    assert found.trade == Trade(price=1.2)
    assert found.board == Board(schools=1.0, la=0.0, independent=0.0)
    assert found.associates == in_force().partnership.body.associates  # type: ignore[union-attr]


def test_none_takes_trade_away(tmp_path: Path) -> None:
    assert body(own(tmp_path, "partnership: {trade: none}")).trade is None


def test_a_partnership_whose_debts_others_bear_cannot_end(tmp_path: Path) -> None:
    assert body(own(tmp_path, "partnership: {if_insolvent: guaranteed}")).after_insolvency is None
    assert body(own(tmp_path, "partnership: {if_insolvent: none}")).after_insolvency is None


def test_everything_can_be_said(tmp_path: Path) -> None:
    text = (
        "partnership:\n  model: 1\n  board: {schools: 0.5, la: 0.19, independent: 0.31}\n"
        "  trade: {price: 0.9, outside_time: 0.4, rivals: 2, growth: 0.1, business_gbp_per_pupil: 60}\n"
        "  if_insolvent: in house\n  associates: 0.5\n  associate_gbp_a_week: 400\n  one_for_all_las: yes\n"
    )
    assert body(own(tmp_path, text)) == Body(
        board=Board(schools=0.5, la=0.19, independent=0.31),
        trade=Trade(price=0.9, outside_time=0.4, rivals=2.0, growth=0.1, business_gbp_per_pupil=60.0),
        after_insolvency=AfterInsolvency.IN_HOUSE, associates=0.5, associate_gbp_a_week=400.0,
        one_for_all_las=True,
    )  # fmt: skip


BAD = {
    "votes beyond one": ("partnership: {board: {schools: 0.9, la: 0.2}}", "1.1 in all", ""),
    "no votes": ("partnership: {board: {schools: 0}}", "0 in all", ""),
    "a vote misspelt": ("partnership: {board: {school: 1}}", "school", "schools"),
    "trade misspelt": ("partnership: {trade: {prize: 1}}", "prize", "price"),
    "a price of nothing": ("partnership: {trade: {price: 0}}", "'0'", ""),
    "business services of a model without": (
        "partnership: {trade: {business_gbp_per_pupil: 60}}", "no business services", "",
    ),
    "trade of a model without": (
        "partnership: {model: 4}\nawards: {LA commission: none, courses and conferences: none}",
        "may not trade", "",
    ),
    "an end that is none": ("partnership: {if_insolvent: windup}", "windup", "wind up"),
    "more associates than schools": ("partnership: {associates: 2}", "'2'", ""),
}  # fmt: skip


@pytest.mark.parametrize(("levers", "found", "nearest"), BAD.values(), ids=BAD)
def test_what_cannot_be_used_names_file_key_and_fault(
    levers: str, found: str, nearest: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInput) as caught:
        own(tmp_path, levers)
    message = str(caught.value)
    assert "mine.yaml" in message
    assert found in message
    assert "allowed" in message
    if nearest:
        assert nearest in caught.value.nearest
