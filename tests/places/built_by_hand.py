"""A built place without the Department's files: a small authority made by hand, with its report."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd

from scenarios.places.build.assemble import BuiltPlace
from scenarios.places.build.place_of import place_of
from scenarios.places.build.report_making import make_report
from scenarios.places.files.notes import Note
from scenarios.places.files.sources import FileRead
from scenarios.places.partnerships import known_partnerships
from tests.places.build.hand_made import EALING, YEAR, small_authority

HOSTILE = "=HYPERLINK(\"http://evil\")<script>alert('x')</script>[bold]"
LINES = ("Department for Education, a file made by hand.",)


def file_read(path: str, source: str = "ks2", year: int | None = YEAR, **more: object) -> FileRead:
    """One file that was given."""
    given: dict[str, object] = {
        "path": path, "source": source, "year": year, "year_from": "content", "rows": 12, "layout": source,
        "encoding": "utf-8", "sha256": "ab" * 32, "remark": "",
    }  # fmt: skip
    return FileRead(**{**given, **more})  # type: ignore[arg-type]


FILES = (
    file_read("results/ks2_2018.csv"),
    file_read("census.csv", "census", 2019),
    file_read(f"{HOSTILE}.csv", "", None, remark="no known columns"),
)


@cache
def built_by_hand() -> BuiltPlace:
    """Twenty schools of one authority, some figures missing or imputed, one school with a hostile name."""
    table = small_authority()
    schools, flags = table.schools.copy(), table.flags.copy()
    urn = schools.index[0]
    schools.loc[urn, "name"] = HOSTILE
    schools["fsm6_share"] = np.where(np.arange(len(schools)) % 5 == 0, np.nan, 0.3)
    schools["inspected_on"] = pd.to_datetime(["2017-03-01"] * (len(schools) - 1) + [None])
    schools["inspection_rating"] = ["Good"] * (len(schools) - 2) + ["Requires improvement", ""]
    schools["former_rating"] = ["Satisfactory"] + [""] * (len(schools) - 1)
    schools["former_inspected_on"] = pd.to_datetime(["2012-03-01"] + [None] * (len(schools) - 1))
    schools.loc[schools.index[:2], "federation_uid"] = "17"
    for column in ("inspection_rating", "former_rating", "former_inspected_on", "federation_uid"):
        empty = schools[column].isna() | (schools[column] == "")
        flags[column] = np.where(empty, -1, 0).astype(np.int8)
    schools["federation_uid"] = schools["federation_uid"].fillna("")
    flags["fsm6_share"] = np.where(schools["fsm6_share"].isna(), -1, 0).astype(np.int8)
    flags["inspected_on"] = np.array([0] * (len(schools) - 1) + [-1], dtype=np.int8)
    flags.loc[schools.index[1], "roll"] = np.int8(1)
    notes = [
        Note("imputed", "roll", "from another year", 1),
        Note("odd", str(urn), f"the name holds {HOSTILE}"),
        Note("missing", "fsm6_share", "no census row", 4),
    ]
    counts = {
        "ks2": {"read": 14, "matched": 14, "missing": 6, "imputed": 0},
        "census": {"read": 20, "matched": 20},
    }
    table = replace(
        table, schools=schools, flags=flags, notes=notes, counts=counts, how={"roll": "from another year (1)"}
    )
    place, table = place_of(table, [EALING], YEAR, LINES)
    place = replace(place, partnerships=known_partnerships(place.la_code, YEAR))
    return BuiltPlace(place=place, table=table, report=make_report(place, table, FILES))
