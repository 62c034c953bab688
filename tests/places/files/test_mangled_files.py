"""A mangled file is refused clearly or read with its losses said: never a wrong figure in silence."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenarios.places.files.sources import Sources, read_sources
from tests.places.files.mangling import MANGLES, Sheet, picks, verdict
from tests.places.files.samples import RAW, USED, sample

NO_DATA = "the extracts of official files are not beside the project"
REAL = sorted(
    path for path in RAW.rglob("*.csv") if "meta" not in path.name and "dictionary" not in path.name
)


@lru_cache(maxsize=200)
def whole(number: int, wide: bool) -> tuple[Sheet, Sources]:
    """A sample, and what is read from it as it is."""
    sheet = sample(USED[number], wide=wide)
    return sheet, read_whole(sheet)


def read_whole(sheet: Sheet) -> Sources:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, sheet.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(sheet.text(), encoding="utf-8", newline="")
        return read_sources(folder)


@pytest.mark.parametrize("mangle", MANGLES)
@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(number=st.integers(0, len(USED) - 1), wide=st.booleans(), seed=st.integers(0, 2**32))
def test_no_figure_is_wrong_in_silence(mangle: str, number: int, wide: bool, seed: int) -> None:
    sheet, truth = whole(number, wide)
    with tempfile.TemporaryDirectory() as folder:
        found = verdict(Path(folder), MANGLES[mangle](sheet, picks(seed)), truth)
    assert not found.faults, (USED[number].name, wide, seed)


@lru_cache(maxsize=60)
def real(path: Path) -> tuple[Sheet, Sources]:
    """The first rows of an official file, and what is read from them."""
    sheet = Sheet.read(path)
    return sheet, read_whole(sheet)


@pytest.mark.skipif(not REAL, reason=NO_DATA)
@pytest.mark.parametrize("mangle", MANGLES)
@settings(max_examples=3, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(number=st.integers(0, 10**6), seed=st.integers(0, 2**32))
def test_no_figure_of_an_official_file_is_wrong_in_silence(mangle: str, number: int, seed: int) -> None:
    usable = [
        path
        for path in REAL
        if path.parent.name not in ("governance_2018-19",) and "neighbours" not in path.name
    ]
    path = usable[number % len(usable)]
    sheet, truth = real(path)
    with tempfile.TemporaryDirectory() as folder:
        found = verdict(Path(folder), MANGLES[mangle](sheet, picks(seed)), truth)
    assert not found.faults, (path.name, seed)


@pytest.mark.slow
@pytest.mark.parametrize("mangle", MANGLES)
def test_no_figure_is_wrong_in_silence_in_a_long_campaign(mangle: str, tmp_path: Path) -> None:
    faults = []
    for seed in range(60):
        pick = picks(seed)
        number, wide = pick(len(USED)), bool(pick(2))
        sheet, truth = whole(number, wide)
        folder = tmp_path / str(seed)
        faults += verdict(folder, MANGLES[mangle](sheet, pick), truth).faults
    assert not faults
