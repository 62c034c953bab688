"""A place file that is damaged, foreign or made to harm is refused in one line, good checksums or not."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from scenarios.errors import BadInput
from scenarios.places import place_file
from scenarios.places.build.report_console import print_report
from scenarios.places.build.report_page import page
from scenarios.places.file_format import container, parquet
from scenarios.places.school_csv import table_csv
from scenarios.places.showing import school_rows
from tests.places.built_by_hand import built_by_hand
from tests.places.packing import (
    cells,
    first,
    identical,
    members_of,
    packed,
    read,
    refused,
    with_table,
    with_value,
    zipped,
)


@pytest.fixture(scope="module")
def built():
    return built_by_hand()


@pytest.fixture(scope="module")
def data(built) -> bytes:
    return place_file.to_bytes(built)


@pytest.fixture
def saved(data: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "ealing.place"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"URN,LA\n1,2\n", "found text"),
        (b"\x1f\x8b\x08rest", "gzip"),
        (b"PAR1....PAR1", "Parquet"),
        (b"<html>", "web page"),
        (b"PK\x05\x06" + b"\0" * 18, "empty zip"),
        (b"PK\x03\x04 and nothing more", "damaged"),
        (zipped({"a.txt": b"x"}), "without a manifest"),
        (zipped({"manifest.json": b"[]"}), "damaged"),
        (zipped({"manifest.json": b"{}"}), "another kind of zip"),
        (zipped({"manifest.json": b"[" * 100_000}), "damaged"),
        (zipped({"manifest.json": b'{"what": "lepsim place", "format": [true, 0]}'}), "another kind of zip"),
        (zipped({"manifest.json": b'{"what": "lepsim place", "format": [1, 0]}'}), "checksum"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_place_file_is_refused_by_what_it_is(content: bytes, said: str, tmp_path: Path) -> None:
    assert said in refused(tmp_path / "x.place", content)


def test_a_file_that_is_not_there_is_answered_with_those_that_are(saved: Path) -> None:
    with pytest.raises(BadInput) as error:
        place_file.read(saved.with_name("eeling.place"))
    assert error.value.nearest == ("ealing.place",)


def test_a_folder_is_no_place_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is a folder"):
        place_file.read(tmp_path)


@settings(max_examples=60, deadline=None)
@given(part=st.floats(0, 1, exclude_max=True))
def test_a_file_cut_short_anywhere_is_refused(part: float, data: bytes, tmp_path_factory) -> None:
    refused(tmp_path_factory.mktemp("cut") / "cut.place", data[: int(part * len(data))])


@settings(max_examples=150, deadline=None)
@given(part=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_no_flipped_bit_ever_changes_a_figure(part: float, bit: int, data, built, tmp_path_factory) -> None:
    """Bits of the zip that mean nothing (a date) may flip; every other is found out."""
    broken = bytearray(data)
    broken[int(part * len(data))] ^= 1 << bit
    path = tmp_path_factory.mktemp("flip") / "flip.place"
    try:
        found = read(path, bytes(broken))
    except BadInput as error:
        assert "\n" not in str(error)
    else:
        identical(found.built.place, built.place)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/tmp/x.json", "a\\b.json", "manifest.json ", "weather.parquet", "x.exe"]
)
def test_a_member_that_no_place_file_has_is_refused(name: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.place"
    _, members = members_of(data)
    assert "no place file has" in refused(path, packed({**members, name: b"x"}, lambda manifest: None))
    assert [item.name for item in tmp_path.iterdir()] == ["x.place"]


def test_a_zip_bomb_is_refused_unopened(data: bytes, tmp_path: Path) -> None:
    manifest, members = members_of(data)
    bomb = zipped(
        {container.MANIFEST: container.plain_json(manifest), **members, "place.json": b" " * 50_000_000},
        ZIP_DEFLATED,
    )
    assert len(bomb) < 1_000_000
    assert "packed or locked" in refused(tmp_path / "bomb.place", bomb)


def test_a_table_of_endless_rows_is_refused_unread(data: bytes, tmp_path: Path) -> None:
    endless = pa.table({"urn": pa.array(np.zeros(parquet.MOST_ROWS + 1, dtype=np.int8))})
    content = with_table(data, "feeders", lambda table: endless)
    assert len(content) < 2_000_000
    assert "larger than any place" in refused(tmp_path / "x.place", content)


def test_a_long_text_repeated_without_end_is_refused(data: bytes, tmp_path: Path) -> None:
    long = pa.DictionaryArray.from_arrays(np.zeros(5_000, dtype=np.int32), ["x" * 1_000_000])
    stream = BytesIO()
    pq.write_table(pa.table({"la_name": long}), stream, compression="zstd", store_schema=False)
    _, members = members_of(data)
    content = packed({**members, "authorities.parquet": stream.getvalue()})
    assert len(content) < 2_000_000
    assert "longer texts" in refused(tmp_path / "x.place", content)


@settings(max_examples=30, deadline=None)
@given(
    member=st.sampled_from(["schools", "history", "table_results"]),
    part=st.floats(0, 1, exclude_max=True),
    byte=st.integers(0, 255),
)
def test_a_table_broken_on_purpose_is_read_or_refused(member, part, byte, data, tmp_path_factory) -> None:
    """Checksums hold, so nothing but the reading of the table itself stands between it and the model."""
    _, members = members_of(data)
    broken = bytearray(members[f"{member}.parquet"])
    broken[int(part * len(broken))] = byte
    path = tmp_path_factory.mktemp("broken") / "x.place"
    path.write_bytes(packed({**members, f"{member}.parquet": bytes(broken)}))
    try:
        place_file.read_file(path)
    except BadInput as error:
        assert "\n" not in str(error)


def test_text_that_is_no_text_is_refused(data: bytes, tmp_path: Path) -> None:
    def broken(table: Any) -> Any:
        offsets = pa.array(np.arange(0, len(table) + 1, dtype=np.int32)).buffers()[1]
        names = pa.Array.from_buffers(
            pa.string(), len(table), [None, offsets, pa.py_buffer(b"\xff" * len(table))]
        )
        return table.set_column(table.column_names.index("name"), "name", names)

    assert "damaged" in refused(tmp_path / "x.place", with_table(data, "schools", broken))


def test_a_missing_table_is_named(data: bytes, tmp_path: Path) -> None:
    _, members = members_of(data)
    del members["areas.parquet"]
    assert "areas.parquet" in refused(tmp_path / "x.place", packed(members))


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        ("schools", lambda table: table.drop_columns(["places"]), "places: is missing"),
        ("schools", lambda table: table.slice(0, 3), "school"),
        ("schools", cells("places", first(np.nan)), "places: no number"),
        ("schools", cells("places", first(-1.0)), "places: cannot be"),
        ("schools", cells("places", lambda values: values.astype(str)), "places: has the wrong type"),
        ("schools", cells("la", first(7)), "la: cannot be"),
        ("schools", cells("phase", first(99)), "phase: cannot be"),
        ("schools", cells("first_year_group", first(11)), "end before they begin"),
        ("schools", cells("urn", lambda values: values[::-1]), "not in order"),
        ("schools", cells("name", first("a\x1b[31mred")), "no name does"),
        ("areas", cells("low_income_share", first(1.5)), "low_income_share: cannot be"),
        ("areas", cells("children", first(np.inf)), "children"),
        ("rates", cells("fsm_primary", first(np.nan)), "fsm_primary"),
        ("results", cells("year", lambda values: values[::-1]), "years cannot be"),
        ("results", cells("group", lambda values: values[::-1]), "not in order"),
        ("results", lambda table: table.slice(0, 1), "not in order"),
        ("school_results", lambda table: table.slice(1), "not in order"),
        ("school_results", cells("ks2_rwm", first(65.0)), "ks2_rwm: cannot be"),
        ("feeders", cells("target", first(10_000)), "target: cannot be"),
        ("feeders", cells("source", lambda values: values[::-1]), "sorted by source"),
        ("partnerships", cells("model", first(9)), "partnership"),
        ("table_schools", lambda table: table.drop_columns(["roll"]), "lacks columns"),
        ("table_schools", cells("roll", lambda values: values.astype(np.float32)), "roll: does not fit"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_figures_that_cannot_be_are_refused_even_with_good_checksums(
    table: str, change: Callable[[Any], Any], said: str, data: bytes, tmp_path: Path
) -> None:
    assert said in refused(tmp_path / "x.place", with_table(data, table, change))


@pytest.mark.parametrize(
    ("member", "change", "said"),
    [
        ("place", lambda value: value.update(slug="../../x"), "short name"),
        ("place", lambda value: value.update(name=3), "name cannot be used"),
        ("place", lambda value: value.update(year=True), "year cannot be used"),
        ("place", lambda value: value.update(year=1066), "year"),
        ("place", lambda value: value["national"].clear(), "national"),
        ("place", lambda value: value.update(sources=[{}]), "sources"),
        ("table", lambda value: value.update(notes=[{"who": 1}]), "table.json"),
        ("table", lambda value: value["frames"].clear(), "not described"),
        ("table", lambda value: value["frames"]["schools"]["columns"]["roll"].update(dtype="O"), "roll"),
        ("table", lambda value: value["frames"]["schools"].update(index=[]), "another index"),
        ("table", lambda value: value["frames"]["schools"].update(order=["urn", "name"]), "la_code"),
        ("table", lambda value: value.update(counts={"ks2": {"read": "many"}}), "cannot be used"),
        ("report", lambda value: value.clear(), "report"),
        ("report", lambda value: value.update(checks=3), "report"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_plain_values_that_cannot_be_are_refused(
    member: str, change: Callable[[dict[str, Any]], None], said: str, data: bytes, tmp_path: Path
) -> None:
    assert said in refused(tmp_path / "x.place", with_value(data, member, change))


ODD_VALUES = (None, True, -1, 3.5, 1e308, "", "x" * 3000, "\u202e\x1b[31m", [], {}, [1], {"a": 1}, 10**30)


def paths_of(value: object, so_far: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every way down to a value inside plain values."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    below = [path for key, item in inside for path in paths_of(item, (*so_far, key))]
    return [so_far, *below] if so_far else below


@settings(max_examples=40, deadline=None)
@given(
    member=st.sampled_from(["place", "table", "report"]),
    part=st.floats(0, 1, exclude_max=True),
    value=st.sampled_from(ODD_VALUES),
)
def test_whatever_stands_in_a_file_is_refused_or_can_be_shown(
    member, part, value, data, tmp_path_factory
) -> None:
    def change(found: dict[str, Any]) -> None:
        paths = paths_of(found)
        *above, last = paths[int(part * len(paths))]
        for key in above:
            found = found[key]
        found[last] = value

    path = tmp_path_factory.mktemp("odd") / "x.place"
    path.write_bytes(with_value(data, member, change))
    try:
        built = place_file.read_file(path).built
    except BadInput as error:
        assert "\n" not in str(error)
        return
    said = StringIO()
    print_report(built.report, Console(file=said, width=110))
    assert "\x1b" not in said.getvalue()
    page(built, "")
    school_rows(built, str(built.table.schools.index[0]))
    table_csv(built)
