"""Every parameter rests on evidence that may be an input; targets, bounds and packages may not."""

from __future__ import annotations

import pytest

from model.declaration import CALIBRATED
from model.parameters import DECLARED
from scenarios import evidence, library
from scenarios.errors import BadInput, UnknownName
from scenarios.quantiles import DISTRIBUTIONS


def test_every_parameter_rests_on_a_row_that_may_be_an_input_or_on_targets() -> None:
    for name, item in DECLARED.items():
        if item.source == CALIBRATED:
            assert set(item.targets) <= evidence.target_ids(), name
        else:
            row = evidence.input_row(item.source, name)
            assert item.low <= row.central <= item.high, name
            assert item.default == pytest.approx(row.central), name


@pytest.mark.parametrize(
    "row",
    [row for row in evidence.rows().values() if row.role != "input" or row.scope != "component"],
    ids=lambda row: row.id,
)
def test_targets_bounds_context_and_packages_are_refused_as_inputs(row: evidence.Evidence) -> None:
    with pytest.raises(BadInput, match=r"may not be an input|whole package"):
        evidence.input_row(row.id, "test")


def test_an_unknown_row_is_refused_with_the_nearest_input() -> None:
    with pytest.raises(UnknownName) as caught:
        evidence.input_row("head_leaves_primary", "test")
    assert caught.value.nearest[0] == "head_leave_primary"


def assumptions() -> list[evidence.Evidence]:
    """List the rows that are ours."""
    return [row for row in evidence.rows().values() if row.title == "lepsim assumption"]


def test_an_assumption_says_its_range_its_reason_and_when_it_is_looked_at_again() -> None:
    for row in assumptions():
        assert row.strength == "assumption", row.id
        assert row.low < row.central < row.high or row.low <= row.central <= row.high, row.id
        assert row.basis, row.id
        assert row.review_date, row.id


def read_by_scenarios() -> frozenset[str]:
    """Rows that the scenarios of the library read when they are compiled."""
    asked: set[str] = set()

    def central(row: str) -> float:
        asked.add(row.partition("@")[0])
        return evidence.rows()[row.partition("@")[0]].central

    for name in library.names():
        library.load(name).dated(2023).levers(central)
    return frozenset(asked)


def test_no_assumption_is_kept_that_nothing_rests_on() -> None:
    rested_on = {item.source for item in DECLARED.values()} | read_by_scenarios()
    assert {row.id for row in assumptions()} <= rested_on


@pytest.mark.parametrize("distribution", DISTRIBUTIONS)
def test_a_row_is_drawn_within_its_range_and_rises_with_the_quantile(distribution: str) -> None:
    for row in evidence.rows().values():
        if row.role != "input" or row.distribution != distribution:
            continue
        drawn = [evidence.value(row, share) for share in (0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999)]
        assert drawn == sorted(drawn), row.id
        assert evidence.value(row, None) == row.central, row.id
        width = row.high - row.low
        if distribution in ("normal", "lognormal"):
            assert (drawn[1], drawn[3], drawn[5]) == pytest.approx((row.low, row.central, row.high)), row.id
        if distribution in ("uniform", "triangular"):
            assert row.low <= drawn[0] <= drawn[-1] <= row.high, row.id
        if distribution in ("beta", "gamma"):
            assert drawn[5] - drawn[1] == pytest.approx(width, rel=0.05), row.id
        if distribution == "fixed":
            assert len(set(drawn)) == 1, row.id


def test_a_row_in_words_cannot_be_drawn() -> None:
    words = next(row for row in evidence.rows().values() if row.distribution == "none")
    with pytest.raises(BadInput, match="no figure that can be drawn"):
        evidence.value(words, 0.5)


@pytest.mark.parametrize(
    ("level", "kept"),
    [
        ("strong", {"strong"}),
        ("moderate", {"strong", "moderate"}),
        ("all", {"strong", "moderate", "weak", "assumption"}),
    ],
)
def test_asking_for_stronger_evidence_keeps_less(level: str, kept: set[str]) -> None:
    assert {strength for strength in evidence.STRENGTHS if evidence.admits(level, strength)} == kept
