"""Layouts that are known and not used: named in reports, so that nobody wonders whether they were missed."""

from __future__ import annotations

from typing import Final

from scenarios.places.files.kinds import text
from scenarios.places.files.layout import Layout


def _unused(name: str, what: str, *headings: str, absent: tuple[str, ...] = ()) -> Layout:
    columns = {heading: text(heading) for heading in headings}
    return Layout(name=name, source="", what=what, columns=columns, essential=headings, absent=absent)


UNUSED: Final = (
    _unused("description of columns", "what each column of a results table means", "Column", "Field Name"),
    _unused("description of columns", "what each column of a results table means", "Column", "FieldName"),
    _unused(
        "description of columns", "what each column of a results table means", "Column", "Metafile heading"
    ),
    _unused("description of columns", "what each column of a table means", "Field Reference", "Field Name"),
    _unused(
        "description of columns", "what each column of a table means", "Variable", "Metafile description"
    ),
    _unused("LA indicators dictionary", "what each LA indicator means", "Measure_code", "Topic", "Polarity"),
    _unused("statistical neighbours", "LAs most like each LA", "LA_num", "LA_name", "SN1", "SN2"),
    _unused(
        "results by governance",
        "results added up by governing body, not a Department table",
        "Governance",
        "Governance organisation",
        "Number of pupils",
    ),
    _unused(
        "results at 18",
        "performance tables at 18, outside this model",
        "URN",
        "TPUP1618",
        "TALLPPE_ALEV_1618",
    ),
    _unused("abbreviations", "codes used in the performance tables", "Abbreviation", "Description"),
    _unused("abbreviations", "codes used in the performance tables", "Code", "Description"),
)
