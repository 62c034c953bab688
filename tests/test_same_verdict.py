"""The fast suite gives one commit one verdict: its examples hang neither on chance nor on what ran before."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.skipif(
    settings.get_current_profile_name() != "the same", reason="other examples are asked for"
)


def examples() -> list[object]:
    """Examples that a property test tries: it says nothing of the profile, as most of ours."""
    tried = []

    @settings(max_examples=60)
    @given(st.integers() | st.floats() | st.text())
    def anything_goes(value):
        tried.append(repr(value))

    anything_goes()
    return tried


def test_a_property_test_tries_the_same_examples_again() -> None:
    assert examples() == examples()


def test_what_is_imported_in_between_changes_no_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = examples()
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "imported_later.py").write_text(f"NUMBERS = {[*range(70_001, 70_400)]}\n")
    importlib.import_module("imported_later")
    assert examples() == before


def test_slow_property_tests_explore() -> None:
    assert settings.get_profile("exploring").derandomize is False


def test_every_property_test_keeps_to_one_of_both(request: pytest.FixtureRequest) -> None:
    for item in request.session.items:
        mine = getattr(getattr(item, "obj", None), "_hypothesis_internal_use_settings", None)
        if mine is not None:
            explores = item.get_closest_marker("slow") is not None
            assert mine.derandomize is not explores, item.nodeid
