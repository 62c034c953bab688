"""A place file gives back what was put in, or says in one line what is wrong with it."""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.place import Place
from scenarios.errors import BadInput
from scenarios.places import describe, place_file, resolve
from scenarios.places.file_format import container, contents, parquet, upgrades
from scenarios.places.file_format.contents import FORMAT, Contents, Version
from scenarios.places.files.notes import Note
from tests.places.built_by_hand import built_by_hand

Members = dict[str, bytes]


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


def identical(one: Any, other: Any, where: str = "place") -> None:
    """Same type, dtype, shape and bits, all the way down."""
    assert type(one) is type(other), where
    if isinstance(one, np.ndarray):
        assert (one.dtype, one.shape) == (other.dtype, other.shape), where
        assert np.ascontiguousarray(one).tobytes() == np.ascontiguousarray(other).tobytes(), where
    elif is_dataclass(one):
        for item in fields(one):
            identical(getattr(one, item.name), getattr(other, item.name), f"{where}.{item.name}")
    elif isinstance(one, tuple):
        assert len(one) == len(other), where
        for number, (a, b) in enumerate(zip(one, other, strict=True)):
            identical(a, b, f"{where}[{number}]")
    else:
        assert one == other or (one != one and other != other), where


def read(path: Path, content: bytes) -> place_file.PlaceFile:
    path.write_bytes(content)
    return place_file.read_file(path)


def refused(path: Path, content: bytes) -> str:
    with pytest.raises(BadInput) as error:
        read(path, content)
    said = str(error.value)
    assert said.startswith(str(path))
    assert "\n" not in said
    return said


def members_of(content: bytes) -> tuple[dict[str, Any], Members]:
    return container.unpack(content, "a file")


def packed(members: Members, change: Callable[[dict[str, Any]], None] | None = None) -> bytes:
    """Pack members again, with a manifest whose checksums hold, changed if wanted."""
    content = container.pack(members, {})
    if change is None:
        return content
    with ZipFile(BytesIO(content)) as archive:
        manifest = json.loads(archive.read(container.MANIFEST))
    change(manifest)
    manifest["sha256"] = container.whole_checksum(manifest)
    return zipped({container.MANIFEST: container.plain_json(manifest), **members})


def zipped(members: Members, method: int = ZIP_STORED) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_table(content: bytes, name: str, change: Callable[[Any], Any]) -> bytes:
    """Change one table, and mend every checksum."""
    _, members = members_of(content)
    table = parquet.from_bytes(members[f"{name}.parquet"], name)
    return packed({**members, f"{name}.parquet": parquet.to_bytes(change(table))})


def with_value(content: bytes, name: str, change: Callable[[dict[str, Any]], None]) -> bytes:
    _, members = members_of(content)
    value = json.loads(members[f"{name}.json"])
    change(value)
    return packed({**members, f"{name}.json": container.plain_json(value)})


def cells(name: str, values: Any) -> Callable[[Any], Any]:
    """Replace a column."""

    def change(table: Any) -> Any:
        where = table.column_names.index(name)
        made = values(table.column(name).to_numpy(zero_copy_only=False).copy())
        return table.set_column(where, name, pa.array(made))

    return change


def first(value: object) -> Callable[[Any], Any]:
    """Put a value into the first row."""

    def change(values: Any) -> Any:
        values[0] = value
        return values

    return change


# What goes in comes out


def test_a_place_comes_back_to_the_bit(built, saved: Path) -> None:
    identical(place_file.read(saved).place, built.place)


def test_the_table_of_schools_comes_back_with_index_and_dtypes(built, saved: Path) -> None:
    table = place_file.read(saved).table
    for name in ("schools", "flags", "results", "las"):
        pd.testing.assert_frame_equal(getattr(table, name), getattr(built.table, name))
        assert getattr(table, name).index.dtype == getattr(built.table, name).index.dtype
    assert (table.how, table.notes, table.counts) == (built.table.how, built.table.notes, built.table.counts)


def test_the_report_comes_back(built, saved: Path) -> None:
    assert place_file.read(saved).report == built.report


def test_what_was_read_writes_the_same_file_again(data: bytes, saved: Path) -> None:
    assert place_file.to_bytes(place_file.read(saved)) == data


def test_the_same_inputs_give_the_same_file(data: bytes) -> None:
    assert place_file.to_bytes(built_by_hand()) == data


def test_a_place_without_results_of_schools_comes_back(built, tmp_path: Path) -> None:
    plain = replace(resolve("ealing@2018"), feeders=None)
    found = read(tmp_path / "plain.place", place_file.to_bytes(replace(built, place=plain)))
    identical(found.built.place, plain)


@settings(max_examples=25, deadline=None)
@given(
    value=st.floats(width=64) | st.sampled_from([-0.0, float("nan"), 5e-324]),
    texts=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=3, max_size=3),
)
def test_any_number_or_text_in_the_table_comes_back(value: float, texts: list[str]) -> None:
    from scenarios.places.file_format.frames import from_frame, to_frame

    frame = pd.DataFrame(
        {"x": [value, 1.0, np.nan], "t": texts, "s": pd.Series([*texts[:2], None], dtype="str"),
         "c": pd.Categorical(texts), "n": np.array([1, 2, 3], dtype=np.int8)},
        index=pd.Index(np.array([3, 1, 2], dtype=np.int32), name="urn"),
    )  # fmt: skip
    table, described = from_frame(frame)
    back = parquet.from_bytes(parquet.to_bytes(table), "a table")
    found = to_frame(Contents(tables={"t": back}), "t", json.loads(json.dumps(described)))
    pd.testing.assert_frame_equal(found, frame)
    assert found["x"].to_numpy().tobytes() == frame["x"].to_numpy().tobytes() or np.isnan(value)


def test_a_run_starts_from_the_file_by_its_path(built, saved: Path) -> None:
    identical(resolve(str(saved)), built.place)


# Written whole or not at all


def test_a_file_that_is_there_is_not_replaced_unasked(built, saved: Path) -> None:
    saved.write_bytes(b"mine")
    with pytest.raises(BadInput, match="is there already"):
        place_file.write(built, saved)
    assert saved.read_bytes() == b"mine"
    checksum = place_file.write(built, saved, overwrite=True)
    assert hashlib.sha256(saved.read_bytes()).hexdigest() == checksum
    assert list(saved.parent.iterdir()) == [saved]


@pytest.mark.parametrize("name", ["ealing.csv", "ealing", "a/b/ealing.place.txt"])
def test_a_place_file_ends_in_its_suffix(built, tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match=r"\.place"):
        place_file.write(built, tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_write_that_fails_leaves_the_old_file(built, saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    before = saved.read_bytes()
    with pytest.raises(BadInput, match="No space left"):
        place_file.write(built, saved, overwrite=True)
    assert saved.read_bytes() == before
    assert list(saved.parent.iterdir()) == [saved]


def test_a_place_that_could_not_be_read_again_is_not_written(built, tmp_path: Path) -> None:
    areas = replace(built.place.areas, children=built.place.areas.children * np.nan)
    with pytest.raises(BadInput, match="children"):
        place_file.write(replace(built, place=replace(built.place, areas=areas)), tmp_path / "x.place")
    assert not list(tmp_path.iterdir())


def test_a_school_that_stands_twice_is_not_written(built, tmp_path: Path) -> None:
    schools = replace(built.place.schools, urn=np.full_like(built.place.schools.urn, 100_001))
    with pytest.raises(BadInput, match="stands twice"):
        place_file.write(replace(built, place=replace(built.place, schools=schools)), tmp_path / "x.place")


# Other versions


def as_version(content: bytes, major: int, minor: int, extra: Members | None = None) -> bytes:
    _, members = members_of(content)
    return packed({**members, **(extra or {})}, lambda manifest: manifest.update(format=[major, minor]))


def test_a_newer_minor_version_is_read_as_far_as_it_is_known_and_says_so(built, data, tmp_path: Path) -> None:
    path = tmp_path / "newer.place"
    path.write_bytes(as_version(data, FORMAT.major, FORMAT.minor + 1, {"weather.parquet": b"rain"}))
    with pytest.warns(place_file.PlaceFileWarning, match=r"weather\.parquet"):
        found = place_file.read(path)
    identical(found.place, built.place)


def test_this_version_is_read_without_a_word(saved: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        place_file.read(saved)


def test_a_newer_major_version_is_refused_with_what_to_do(data: bytes, tmp_path: Path) -> None:
    said = refused(tmp_path / "newer.place", as_version(data, FORMAT.major + 1, 0))
    assert "newer lepsim" in said
    assert f"layout {FORMAT.major + 1}.0" in said


def test_an_older_version_is_brought_up_to_date_step_by_step(
    built, data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A made-up layout 0.8 called the schools `establishments`; 0.9 had no slug."""

    def rename(older: Contents) -> Contents:
        older.tables["schools"] = older.tables.pop("establishments")
        return older

    def add_slug(older: Contents) -> Contents:
        older.values["place"]["slug"] = older.values["place"]["name"].lower()
        return older

    steps = (
        upgrades.Step(Version(0, 8), Version(0, 9), rename),
        upgrades.Step(Version(0, 9), FORMAT, add_slug),
    )
    _, members = members_of(data)
    members["establishments.parquet"] = members.pop("schools.parquet")
    value = json.loads(members["place.json"])
    del value["slug"]
    members["place.json"] = container.plain_json(value)
    old = packed(members, lambda manifest: manifest.update(format=[0, 8]))
    path = tmp_path / "old.place"
    assert "never was" in refused(path, old)
    monkeypatch.setattr(upgrades, "STEPS", steps)
    identical(read(path, old).built.place, built.place)


# Damaged, foreign, hostile


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
        ("table", lambda value: value.update(notes=[{"who": 1}]), "notes"),
        ("table", lambda value: value["frames"].clear(), "not described"),
        ("table", lambda value: value["frames"]["schools"]["columns"]["roll"].update(dtype="O"), "roll"),
        ("report", lambda value: value.clear(), "report"),
        ("report", lambda value: value.update(checks=3), "report"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_plain_values_that_cannot_be_are_refused(
    member: str, change: Callable[[dict[str, Any]], None], said: str, data: bytes, tmp_path: Path
) -> None:
    assert said in refused(tmp_path / "x.place", with_value(data, member, change))


def test_every_field_of_a_place_is_in_the_file(data: bytes) -> None:
    """A field added to the model must be kept, or this fails."""
    kept = {"name", "slug", "year", "la_code", "la_name", "is_england", "schools", "areas", "rates",
            "results",
            "national", "secondary_pupils", "history", "sources", "school_results", "feeders",
            "partnerships"}  # fmt: skip
    assert {item.name for item in fields(Place)} == kept
    _, members = members_of(data)
    assert {name.partition(".")[0] for name in members} == {*contents.TABLES, *contents.VALUES}


def test_a_note_may_hold_any_text(built, tmp_path: Path) -> None:
    noted = replace(built, table=replace(built.table, notes=[Note("odd", "x" * 10_000, "\0\x1b\u202e")]))
    found = read(tmp_path / "x.place", place_file.to_bytes(noted))
    assert found.built.table.notes == noted.table.notes


def test_a_place_from_a_file_is_described_without_the_embedded_table(built) -> None:
    elsewhere = replace(built.place, la_code=(380,), la_name=("Bradford",))
    rows = describe(elsewhere)
    assert {"schools", "areas", "school_results", "history"} == set(rows["part"])
    known = int(rows.loc[rows["column"] == "ks2_rwm", "published"].iloc[0])
    assert known == int((~np.isnan(built.place.school_results.ks2_rwm)).sum())
