"""A small table of schools made by hand: what the Department's files would have given."""

from __future__ import annotations

import numpy as np
import pandas as pd

from model.place import Category, Phase
from scenarios.places import table as embedded
from scenarios.places.build.place_of import AuthorityName
from scenarios.places.build.school_table import SchoolTable

EALING = AuthorityName(307, "Ealing", "ealing")
CAMDEN = AuthorityName(202, "Camden", "camden")
YEAR = 2018
TEXTS = {
    "religious": "None",
    "gender": "Mixed",
    "federation": "",
    "trust_uid": "",
    "trust_name": "",
    "lsoa": "",
}
KINDS = {
    # years taught, pupils a year, eastings apart
    "primary": (Phase.PRIMARY, 0, 6, 60.0),
    "infant": (Phase.PRIMARY, 0, 2, 60.0),
    "junior": (Phase.PRIMARY, 3, 6, 60.0),
    "secondary": (Phase.SECONDARY, 7, 11, 180.0),
    "all-through": (Phase.ALL_THROUGH, 0, 11, 60.0),
    "special": (Phase.SPECIAL, 0, 11, 8.0),
    "ap": (Phase.ALTERNATIVE_PROVISION, 9, 11, 20.0),
}


def school(urn: int, kind: str, la_code: int = 307, **more: object) -> dict[str, object]:
    """One school; ``more`` replaces any column."""
    phase, first, last, a_year = KINDS[kind]
    spread = urn % 97
    row: dict[str, object] = {
        "urn": urn, "name": f"School {urn}", "la_code": la_code, "phase": int(phase),
        "category": int(Category.COMMUNITY), "type": "Community school", "first_year_group": first,
        "last_year_group": last, "roll": a_year * (last - first + 1), "roll_r11": a_year * (last - first + 1),
        "entry_places": a_year, "places_year_7": 0.0, "selective": False, "faith": False,
        "easting": 510000.0 + 800.0 * (spread % 10), "northing": 180000.0 + 800.0 * (spread // 10),
        "disadvantaged_share": 0.1 + 0.4 * (spread % 7) / 6.0, "imd_decile": 1.0 + spread % 10,
        "preference_ratio": 1.0, **TEXTS,
    }  # fmt: skip
    return {**row, **more}


def result(
    urn: int,
    value: float,
    pupils: float = 60.0,
    measure: str = "ks2_rwm_expected",
    group: str = "all",
    **more: object,
) -> dict[str, object]:
    """One published result of year 0."""
    row: dict[str, object] = {
        "urn": urn, "year": YEAR, "measure": measure, "group": group, "value": value, "pupils": pupils,
        "flag": 0, "code": "", "published_urn": urn,
    }  # fmt: skip
    return {**row, **more}


def hand_made(schools: list[dict[str, object]], results: list[dict[str, object]]) -> SchoolTable:
    """The table of these schools, with the published figures of their LAs."""
    frame = pd.DataFrame(schools).set_index("urn")
    columns = list(result(1, 0.5))
    return SchoolTable(
        schools=frame,
        flags=pd.DataFrame(0, index=frame.index, columns=frame.columns).astype(np.int8),
        how={},
        results=pd.DataFrame(results, columns=columns).astype({"value": np.float64, "pupils": np.float64}),
        las=embedded.national_rows(),
        notes=[],
        counts={},
    )


def small_authority(la_code: int = 307, first_urn: int = 100_000) -> SchoolTable:
    """Twelve primaries, infants, juniors, three secondaries, an all-through and a special school, and AP."""
    kinds = ["primary"] * 12 + ["infant", "junior"] + ["secondary"] * 3 + ["all-through", "special", "ap"]
    schools = [school(first_urn + place, kind, la_code) for place, kind in enumerate(kinds)]
    results = []
    for row, kind in zip(schools, kinds, strict=True):
        urn = int(str(row["urn"]))
        if kind in ("primary", "junior", "all-through"):
            results.append(result(urn, 0.45 + 0.04 * (urn % 11)))
        if kind in ("secondary", "all-through"):
            results.append(result(urn, 40.0 + 2.0 * (urn % 7), 180.0, "ks4_attainment8"))
    return hand_made(schools, results)
