"""A partnership as a body, as a scenario file writes it: board, what it sells, what follows insolvency."""

from __future__ import annotations

import math
from collections.abc import Mapping

from model.bodies import AfterInsolvency, Board, Body, Trade
from scenarios import strict_yaml, values
from scenarios.errors import BadInput
from scenarios.mappings import is_none, mapping

KEYS = ("board", "trade", "if_insolvent", "associates", "associate_gbp_a_week", "one_for_all_las")
BOARD_KEYS = ("schools", "la", "independent")
TRADE_KEYS = ("price", "outside_time", "rivals", "growth", "business_gbp_per_pupil")
GUARANTEED = "guaranteed"
"""Word for a body whose debts others bear, so that it cannot become insolvent."""

BUSINESS_SERVICES = 1
"""Model of partnership that sells business services."""


def build(found: Mapping[str, object], model: int, where: str) -> Body | None:
    """Check the keys that say what a partnership is as a body.

    Parameters
    ----------
    found : Mapping
        What is written of the partnership; other keys are passed over.
    model : int
        1 to 4.
    where : str
        The file and key, for messages.

    Returns
    -------
    Body or None
        None where nothing is said of it.

    Raises
    ------
    BadInput
        If a key is unknown, a value cannot be used, or votes do not add up to 1.
    """
    if not any(key in found for key in KEYS):
        return None
    words = (*(str(item) for item in AfterInsolvency), GUARANTEED)
    after = values.choice(found.get("if_insolvent", GUARANTEED), f"{where}.if_insolvent", words)
    return Body(
        board=_board(found.get("board"), f"{where}.board"),
        trade=_trade(found.get("trade"), model, f"{where}.trade"),
        after_insolvency=None if after == GUARANTEED else AfterInsolvency(after),
        associates=values.number(
            found.get("associates", 0.0), f"{where}.associates", 0.0, 1.0, "(share of other schools)"
        ),
        associate_gbp_a_week=values.number(
            found.get("associate_gbp_a_week", 0.0), f"{where}.associate_gbp_a_week", 0.0, 10_000.0, "GBP"
        ),
        one_for_all_las=values.switch(found.get("one_for_all_las", False), f"{where}.one_for_all_las"),
    )


def _board(found: object, where: str) -> Board:
    if is_none(found):
        return Board()
    named = mapping(found, where)
    strict_yaml.only_keys(named, BOARD_KEYS, where)
    share = {
        key: values.number(named.get(key, 0.0), f"{where}.{key}", 0.0, 1.0, "(share of votes)")
        for key in BOARD_KEYS
    }
    if not math.isclose(sum(share.values()), 1.0, abs_tol=0.005):
        raise BadInput(
            "has votes that do not add up to 1", where=where, found=f"{sum(share.values()):g} in all",
            allowed="schools, la and independent, as 0.6, 0.2 and 0.2",
        )  # fmt: skip
    return Board(**share)


def _trade(found: object, model: int, where: str) -> Trade | None:
    if is_none(found):
        return None
    named = mapping(found, where)
    strict_yaml.only_keys(named, TRADE_KEYS, where)
    usual = Trade()

    def number(key: str, high: float, unit: str, low: float = 0.0) -> float:
        return values.number(named.get(key, getattr(usual, key)), f"{where}.{key}", low, high, unit)

    trade = Trade(
        price=number("price", 5.0, "(1 is usual)", 0.1),
        outside_time=number("outside_time", 1.0, "(share of specialists' time)"),
        rivals=number("rivals", 20.0, "(1: as strong as its own)"),
        growth=number("growth", 1.0, "a year", -0.5),
        business_gbp_per_pupil=number("business_gbp_per_pupil", 500.0, "GBP a year a pupil"),
    )
    if trade.business_gbp_per_pupil and model != BUSINESS_SERVICES:
        raise BadInput(
            f"a partnership of model {model} sells no business services",
            where=f"{where}.business_gbp_per_pupil", found=f"{trade.business_gbp_per_pupil:g}",
            allowed=f"0, or model {BUSINESS_SERVICES}",
        )  # fmt: skip
    return trade
