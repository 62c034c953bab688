"""Fitted values are read whole or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.parameters import DECLARED
from scenarios import posterior
from scenarios.errors import BadInput


def test_fitted_values_in_use_are_of_fitted_parameters() -> None:
    assert all(DECLARED[name].source == "calibrated" for name in posterior.posterior())


def test_a_fitted_value_has_a_range(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("learning.catch_up: {value: 0.14, low: 0.12, high: 0.16}\n", encoding="utf-8")
    assert posterior.read(path) == {"learning.catch_up": posterior.Fitted(0.14, 0.12, 0.16)}


@pytest.mark.parametrize(
    "text",
    [
        "learning.catchup: {value: 0.1, low: 0.1, high: 0.1}",
        "learning.catch_up: 0.1",
        "learning.catch_up: {value: 0.1}",
        "learning.catch_up: {value: 0.2, low: 0.1, high: 0.15}",
        "learning.catch_up: {value: 9, low: 9, high: 9}",
        "learning.catch_up: {value: 0.1, low: 0.1, high: 0.1, mean: 3}",
    ],
)
def test_a_fitted_value_that_cannot_be_used_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=r"p\.yaml"):
        posterior.read(path)
