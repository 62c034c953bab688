"""The evidence that ships has figures and sources, and nothing that may not be shipped."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from calibration.evidence_tables import basis_of, convert

CONF = Path(__file__).resolve().parents[2] / "conf" / "evidence"


@pytest.mark.parametrize("name", ["parameters", "targets"])
def test_evidence_ships_without_unlicensed_rows_or_notes(name: str) -> None:
    rows = pd.read_csv(CONF / f"{name}.csv", dtype=str, keep_default_na=False)
    assert rows["id"].is_unique
    assert "note" not in rows.columns
    assert not rows["id"].str.startswith("calc_gov_").any()
    assert not rows["address"].str.endswith(".txt").any()


def test_an_unlicensed_row_is_dropped_and_a_note_becomes_its_basis() -> None:
    rows = pd.DataFrame(
        {
            "id": ["calc_gov_x", "a", "b"],
            "address": ["", "000_224e74434f20d962.txt", "https://example.org"],
            "verified": ["computed", "seed", "read"],
            "note": ["", "a sentence", "JUDGEMENT (sign only): suggested form normal(0, 0.1)"],
        }
    )
    shipped = convert(rows)
    assert shipped["id"].tolist() == ["a", "b"]
    assert shipped["address"].tolist() == ["", "https://example.org"]
    assert shipped["basis"].tolist() == ["", "judgement; normal(0, 0.1)"]


def test_a_recalled_figure_says_so_once() -> None:
    assert basis_of("figure from memory", "recalled") == "from memory, not read"
    assert basis_of("", "recalled") == "from memory, not read"
