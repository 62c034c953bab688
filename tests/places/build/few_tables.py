"""A few schools as the tables of the Department's files would have them, made by hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scenarios.places.build.school_table import SchoolTable, build_schools

DATA = Path(__file__).resolve().parents[3] / ".." / "shared" / "data"
EALING = 307
DATED = ("open_date", "close_date", "trust_joined", "inspected_on", "established", "joined", "date")
TYPES = {
    "primary": ("Community school", 4, 11),
    "infant": ("Community school", 4, 7),
    "junior": ("Community school", 7, 11),
    "secondary": ("Community school", 11, 16),
    "academy": ("Academy converter", 4, 11),
    "free": ("Free schools", 4, 11),
    "special": ("Community special school", 4, 16),
    "unit": ("Pupil referral unit", 11, 16),
    "independent": ("Other independent school", 4, 18),
    "nursery": ("Local authority nursery school", 2, 5),
    "sixth form": ("Free schools 16 to 19", 16, 19),
    "middle": ("Community school", 9, 13),
    "all-through": ("Community school", 4, 16),
}


@dataclass(frozen=True)
class FewTables:
    """Tables by the name of their source."""

    tables: dict[str, pd.DataFrame]


def listed(urn: int, kind: str = "primary", la_code: int = EALING, **more: object) -> dict[str, object]:
    """One school as the register lists it; ``more`` replaces any column."""
    text, low, high = TYPES[kind]
    row: dict[str, object] = {
        "urn": urn, "la_code": la_code, "la_name": "Ealing", "estab": urn % 10_000, "name": f"School {urn}",
        "type": text, "status": "Open", "phase": "", "low_age": low, "high_age": high, "gender": "Mixed",
        "religious": "None", "admissions": "Non-selective", "capacity": 420.0, "pupils": 400.0,
        "fsm_percent": 20.0, "trust_uid": "", "trust_name": "", "trust_type": "", "federation_uid": "",
        "postcode": f"W{urn % 9 + 1} 1AA", "district": "Ealing", "easting": 515_000.0 + urn % 100,
        "northing": 181_000.0, "lsoa": "E01000001", "urban_rural": "(England/Wales) Urban major conurbation",
        "inspection_rating": "Good", "open_date": None, "close_date": None, "trust_joined": None,
        "inspected_on": None,
    }  # fmt: skip
    return {**row, **more}


def ks2(urn: int, year: int, rwm: float, pupils: float = 30.0, **more: object) -> dict[str, object]:
    """KS2 results of one school in one year."""
    row = {"urn": urn, "year": year, "rectype": 1, "la_code": EALING, "estab": urn % 10_000, "name": "",
           "type": "", "pupils": pupils, "rwm": rwm, "reading": rwm, "maths": rwm}  # fmt: skip
    return {**row, **more}


def ks4(urn: int, year: int, attainment8: float, pupils: float = 150.0, **more: object) -> dict[str, object]:
    """KS4 results of one school in one year."""
    row = {"urn": urn, "year": year, "rectype": 1, "la_code": EALING, "estab": urn % 10_000, "name": "",
           "type": "", "pupils": pupils, "attainment8": attainment8, "progress8": 0.1}  # fmt: skip
    return {**row, **more}


def counted(urn: int, roll: float = 400.0, fsm6: float = 0.3, year: int = 2018, **more: object):
    """One school in the census."""
    row = {"urn": urn, "year": year, "la_code": EALING, "type": "", "roll": roll, "fsm6_share": fsm6,
           "fsm_share": fsm6 / 2,
           "sen_support_share": 0.12, "ehcp_share": 0.03, "eal_share": 0.4}  # fmt: skip
    return {**row, **more}


def link(urn: int, other: int, kind: str, date: str | None = None) -> dict[str, object]:
    """A link of one URN to another."""
    return {"urn": urn, "link_urn": other, "link_type": kind, "established": date}


def few(**rows: list[dict[str, object]]) -> FewTables:
    """Tables with the rows given."""
    tables = {}
    for name, content in rows.items():
        table = pd.DataFrame(content)
        for column in DATED:
            if column in table:
                table[column] = pd.to_datetime(table[column])
        tables[name] = table.assign(file="by_hand.csv")
    return FewTables(tables)


def built(year: int = 2018, las: object = "Ealing", **rows: list[dict[str, object]]) -> SchoolTable:
    """The table of schools of Ealing made from a few rows."""
    return build_schools(few(**rows), las, year)


def result(table: SchoolTable, urn: int, year: int, measure: str = "ks2_rwm_expected", group: str = "all"):
    """The one result of a school, year, measure and group."""
    found = table.results.query("urn == @urn and year == @year and measure == @measure and group == @group")
    assert len(found) == 1, found
    return found.iloc[0]


@cache
def published_data(whole: bool = False):
    """What is read from the shared copies of the published files: ten LAs, or the whole of England."""
    if not DATA.is_dir():
        pytest.skip("the copies of the published files are not here")
    from scenarios.places.files.sources import read_sources

    folders = [str(DATA / "england")] if whole else sorted(str(folder) for folder in DATA.glob("*_*"))
    return read_sources(folders)


@cache
def really(las: object, year: int) -> SchoolTable:
    """The table of schools built from the shared copies of the published files."""
    return build_schools(published_data(las == "all"), las, year)


def texts(table: SchoolTable, kind: str) -> str:
    """Every remark of a kind, one a line."""
    return "\n".join(f"{note.where}: {note.text} ({note.count})" for note in table.notes if note.kind == kind)


def same(left: float, right: float) -> bool:
    """Whether two figures are the same, NaN included."""
    return bool(np.isclose(left, right, equal_nan=True))
