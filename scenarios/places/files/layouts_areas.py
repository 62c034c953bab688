"""Layouts about areas rather than schools: LA indicators, deprivation, boundaries, names of LAs."""

from __future__ import annotations

from typing import Final

from scenarios.places.files import shapes
from scenarios.places.files.kinds import la, name_of_row, number, text, year
from scenarios.places.files.layout import Layout
from scenarios.places.files.measures import MEASURES

INDICATORS: Final = Layout(
    name="LA indicators",
    source="indicators",
    what="Local Authority Interactive Tool (LAIT), long form: one row a measure, LA and year",
    columns={
        "measure": text("Short Desc"),
        "year": year("Years"),
        "la_code": la("LA Number"),
        "value": number("Values", "Values_num", low=-1e9, high=1e9),
    },
    essential=("measure", "year", "la_code", "value"),
    year="column",
    key=("la_code", "year"),
    only=("measure", frozenset(MEASURES.values())),
    tidy=shapes.indicators,
)

DEPRIVATION: Final = Layout(
    name="deprivation",
    source="deprivation",
    what="Index of Multiple Deprivation by LSOA",
    columns={
        "lsoa": name_of_row(
            "LSOA21CD", "LSOA11CD", "LSOA code (2021)", "LSOA code (2011)", form=r"[EW]01\d{6}"
        ),
        "imd_rank": number(
            "IMD_RANK_2025",
            "Index of Multiple Deprivation (IMD) Rank",
            "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)",
            low=1,
            high=40_000,
        ),
        "imd_decile": number(
            "IMD_DECILE_2025",
            "Index of Multiple Deprivation (IMD) Decile",
            "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)",
            low=1,
            high=10,
        ),
    },
    essential=("lsoa", "imd_decile"),
    key=("lsoa",),
)

BOUNDARIES: Final = Layout(
    name="LA boundaries",
    source="boundaries",
    what="outlines of upper-tier LAs (GeoJSON of the Office for National Statistics)",
    columns={
        "code": text(*(f"CTYUA{year}CD" for year in range(15, 40))),
        "name": text(*(f"CTYUA{year}NM" for year in range(15, 40))),
        "geometry": text("geometry"),
    },
    essential=("code", "name", "geometry"),
    key=("code",),
)

AUTHORITIES: Final = Layout(
    name="LA names",
    source="authorities",
    what="names and regions of LAs (la_and_region_codes_meta)",
    columns={
        "la_code": la("LEA"),
        "la_name": text("LA Name"),
        "region_code": text("REGION"),
        "region": text("REGION NAME"),
    },
    essential=("la_code", "la_name", "region"),
    key=("la_code",),
)

AREAS: Final = (INDICATORS, DEPRIVATION, BOUNDARIES, AUTHORITIES)
