"""Before anything runs, everything is settled, or refused without a trace on disk."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from experiments.study import Study, prepare
from scenarios import version
from scenarios.errors import BadInput
from scenarios.settings import from_values

PLACE = {"place": "synthetic", "generator": {"schools": 8, "pupils": 2500}}
TEXT = st.text(max_size=15)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "scenario": st.one_of(TEXT, st.sampled_from(["baseline", "early_language", "slower_catch_up"])),
            "start": st.one_of(TEXT, st.sampled_from(["+1", "+60", "2024-04", "2020-01", "2099-12"])),
            "years": st.integers(-1, 45),
            "out": st.one_of(
                TEXT, st.sampled_from(["/", "/dev/null", "/dev/null/x", "a/b/c", ".", "~nobody/x"])
            ),
            "place": st.one_of(TEXT, st.sampled_from(["synthetic@2018", "synthetic@1900", "benchmark"])),
        },
    )
)
def test_any_study_is_ready_or_refused_and_nothing_is_written(
    tmp_path: Path, given_values: dict[str, object]
) -> None:
    before = sorted(tmp_path.rglob("*"))
    try:
        assert isinstance(prepare(from_values("run", {**PLACE, **given_values})), Study)
    except BadInput as error:
        assert str(error).isprintable()
        assert error.where
    assert sorted(tmp_path.rglob("*")) == before


def test_a_study_says_when_its_levers_begin_and_how_long_it_looks() -> None:
    study = prepare(from_values("run", {**PLACE, "scenario": "small_group_tuition", "start": "2026-09"}))
    resolved = study.resolved_settings()
    assert resolved["start_years"] == {"small_group_tuition": 2027}
    assert resolved["years"] == 2027 + 9 + 2 - 2023


def test_the_same_command_again_goes_to_a_folder_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for expected in ("run-synthetic-baseline", "run-synthetic-baseline-2", "run-synthetic-baseline-3"):
        out = prepare(from_values("run", PLACE)).out
        assert out == Path("results") / expected
        out.mkdir(parents=True)
    assert prepare(from_values("run", {**PLACE, "overwrite": True})).out.name == "run-synthetic-baseline"


def test_the_version_is_that_of_the_package() -> None:
    project = Path(__file__).resolve().parents[2] / "pyproject.toml"
    assert tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"] == version.VERSION
