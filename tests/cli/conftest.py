"""What the tests of commands share."""

from __future__ import annotations

import pytest

from outputs import charts, store


@pytest.fixture
def tables_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out charts and workbook, most of the time of a small run, where a test looks at tables."""
    monkeypatch.setattr(charts, "draw_all", lambda *_: None)
    monkeypatch.setattr(store, "write_workbook", lambda *_, **__: None)
