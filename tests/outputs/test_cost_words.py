"""Equal cost is said in words: who was brought to whose cost, by what factor, and who was not."""

from __future__ import annotations

from outputs.cost_words import equal_cost_words

SCENARIOS = [
    {"name": "baseline", "title": "As things stand"},
    {"name": "short", "title": "One year"},
    {"name": "long", "title": "Ten years"},
]
EQUAL = {
    "reference": "short",
    "target_gbp": 19_270_000,
    "tolerance": 0.01,
    "pairs": 16,
    "scenarios": {
        "short": {"factor": 1.0, "paid_gbp": 19_270_000, "mc_error_gbp": 0},
        "long": {"factor": 1.03, "paid_gbp": 19_290_000, "mc_error_gbp": 96_000},
    },
}


def test_factors_are_said_and_what_is_as_offered_too() -> None:
    said = "".join(equal_cost_words({"scenarios": SCENARIOS, "equal_cost": EQUAL}))
    assert "GBP 19.3 million, as with 'One year', within 1 per cent on average over 16 runs" in said
    assert "- Ten years: 1.03 (cost equal give or take 0.5 per cent)" in said
    assert "- One year" not in said
    assert "As offered, whatever it costs: As things stand." in said


def test_nothing_is_said_where_nobody_asked() -> None:
    assert list(equal_cost_words({"scenarios": SCENARIOS})) == []
