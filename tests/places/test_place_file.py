"""A place file gives back what was put in, to the bit, whichever lepsim wrote it."""

from __future__ import annotations

import hashlib
import json
import warnings
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.place import Place
from scenarios.errors import BadInput, Remark
from scenarios.places import describe, place_file, resolve
from scenarios.places.file_format import container, contents, parquet, upgrades
from scenarios.places.file_format.contents import FORMAT, Contents, Version
from scenarios.places.files.notes import Note
from tests.places.built_by_hand import built_by_hand
from tests.places.packing import Members, identical, members_of, packed, read, refused


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
    assert place_file.to_bytes(built_by_hand.__wrapped__()) == data


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
    with pytest.warns(Remark, match=r"weather\.parquet"):
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


def test_a_file_of_before_public_records_is_read_without_one(built, data: bytes, tmp_path: Path) -> None:
    _, members = members_of(data)
    del members["public_record.parquet"]
    old = packed(members, lambda manifest: manifest.update(format=[1, 0]))
    place = read(tmp_path / "old.place", old).built.place
    assert place.public_record is None
    identical(replace(place, public_record=built.place.public_record), built.place)


def test_what_is_publicly_known_of_schools_comes_back(built, saved: Path) -> None:
    record = place_file.read(saved).place.public_record
    assert record is not None
    place = built.place
    of_good = record.inspected[record.grade == 2]
    assert len(of_good) == len(place.schools) - 2
    assert (of_good == -5).all()  # spring of 2016/17; year 0 is 2017/18
    assert np.bincount(record.former).tolist() == [len(place.schools) - 1, 0, 0, 1]
    assert (record.federation >= 0).sum() == 2


# Kept in full


def test_every_field_of_a_place_is_in_the_file(data: bytes) -> None:
    """A field added to the model must be kept, or this fails."""
    kept = {"name", "slug", "year", "la_code", "la_name", "is_england", "schools", "areas", "rates",
            "results",
            "national", "secondary_pupils", "history", "sources", "school_results", "feeders",
            "partnerships", "public_record"}  # fmt: skip
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
    assert {"schools", "areas", "school_results", "public_record", "history"} == set(rows["part"])
    known = int(rows.loc[rows["column"] == "ks2_rwm", "published"].iloc[0])
    assert known == int((~np.isnan(built.place.school_results.ks2_rwm)).sum())
