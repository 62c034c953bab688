"""Whatever is typed, there is either an answer or one clear line, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenarios import catalogue, library
from scenarios.errors import BadInput
from scenarios.scenario import Scenario
from scenarios.settings import Settings, from_values, from_words

KEYS = [setting.key for setting in catalogue.SETTINGS]
WORDS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "on",
            "off",
            "nan",
            "1e999",
            "-1",
            "+2",
            "[]",
            "{}",
            "a,b",
            "${x}",
            "'",
            '"',
            "(",
            "null",
            "\\",
            "\x00",
            "0x10",
            "1_000",
            "²",
        ]
    ),
    st.integers().map(str),
    st.floats().map(str),
)
SETTING = st.builds("{}={}".format, st.one_of(st.sampled_from(KEYS), st.text(max_size=12)), WORDS)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=5,
)


def is_one_clear_line(error: BadInput) -> bool:
    """Whether a message is a single printable line that says where and what is allowed."""
    message = str(error)
    return (
        message.isprintable()
        and bool(error.where)
        and bool(error.allowed or error.nearest)
        and len(message) < 5000
    )


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["run", "compare", "place", "chart"]),
    st.lists(st.one_of(SETTING, st.text(max_size=20)), max_size=4),
)
def test_any_words_give_settings_or_one_clear_line(verb: str, words: list[str]) -> None:
    try:
        assert isinstance(from_words(verb, words), Settings)
    except BadInput as error:
        assert is_one_clear_line(error), str(error)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["run", "compare", "place"]),
    st.dictionaries(
        st.one_of(st.sampled_from([*KEYS, *catalogue.GROUPS]), st.text(max_size=8)), VALUES, max_size=3
    ),
)
def test_any_python_values_give_settings_or_one_clear_line(verb: str, values: dict[str, object]) -> None:
    try:
        assert isinstance(from_values(verb, values), Settings)
    except BadInput as error:
        assert is_one_clear_line(error), str(error)


SCENARIO_KEYS = [
    "title",
    "description",
    "cost",
    "levers",
    "parameters",
    "defaults",
    "programmes",
    "programme",
    "reach",
    "start",
]
LINE = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "  ", "- ", "\t"]),
    st.one_of(st.sampled_from(SCENARIO_KEYS), st.text(max_size=8)),
    st.one_of(st.just(": "), st.just(":"), st.just("")).flatmap(
        lambda colon: WORDS.map(lambda word: colon + word)
    ),
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    st.one_of(
        st.lists(LINE, max_size=6).map("\n".join).map(lambda text: text.encode("utf-8", "replace")),
        st.binary(max_size=80),
    )
)
def test_any_file_is_a_scenario_or_is_refused_by_name(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(raw)
    try:
        assert isinstance(library.load(str(path)), Scenario)
    except BadInput as error:
        assert is_one_clear_line(error), str(error)
        assert "mine" in str(error)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_any_scenario_name_is_found_or_refused(text: str) -> None:
    try:
        assert isinstance(library.load(text), Scenario)
    except BadInput as error:
        assert is_one_clear_line(error), str(error)


@pytest.mark.parametrize(
    "text",
    [
        "\x00.yaml",
        "a" * 5000 + ".yaml",
        "~nobody_at_all/x.yaml",
        "/dev/null/x.yaml",
        ".yaml",
        "..",
        "/",
        "//.yml",
    ],
)
def test_hostile_paths_are_refused(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        library.load(text)
    assert is_one_clear_line(caught.value)
