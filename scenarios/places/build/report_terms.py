"""Plain English for the columns, sources, measures and groups of a place."""

from __future__ import annotations

SOURCES = {
    "register": "register of schools (GIAS)",
    "information": "school information",
    "groups": "trusts and federations",
    "group_links": "membership of trusts and federations",
    "links": "schools that followed schools",
    "ks2": "Key Stage 2 results",
    "ks4": "Key Stage 4 results",
    "census": "school census",
    "absence": "absence",
    "workforce": "school workforce",
    "finance": "income and spending",
    "inspections": "inspections",
    "admissions": "applications and offers",
    "destinations": "destinations after 16",
    "deprivation": "deprivation of neighbourhoods",
    "boundaries": "boundaries",
    "indicators": "figures of local authorities",
    "authorities": "list of local authorities",
}

COLUMNS = {
    "low_age": "youngest age", "high_age": "oldest age",
    "name": "name", "la_code": "local authority", "phase": "phase", "category": "legal category",
    "type": "type",
    "trust_uid": "trust", "trust_name": "name of the trust", "trust_type": "kind of trust",
    "federation": "federation", "federation_uid": "number of the federation",
    "first_year_group": "first year group", "last_year_group": "last year group",
    "roll": "pupils on roll", "roll_r11": "pupils from Reception to Year 11",
    "entry_places": "places a year at entry", "places_year_7": "further places at Year 7",
    "capacity": "capacity", "selective": "selects on attainment", "faith": "has a religious character",
    "religious": "religious character", "gender": "girls, boys or both", "easting": "easting (metres)",
    "northing": "northing (metres)", "postcode": "postcode", "lsoa": "neighbourhood (LSOA)",
    "urban": "urban or rural", "fsm6_share": "free school meals in six years",
    "fsm_share": "free school meals now", "disadvantaged_share": "classed disadvantaged",
    "sen_support_share": "SEN support", "ehcp_share": "education, health and care plan",
    "eal_share": "English as an additional language", "absence": "absence (half-days)",
    "persistent_absence": "persistent absence", "imd_decile": "deprivation decile (1 most deprived)",
    "teachers_fte": "teachers (full-time equivalent)", "pupil_teacher_ratio": "pupils a teacher",
    "income": "income (GBP)", "expenditure": "spending (GBP)", "balance": "in-year balance (GBP)",
    "inspection_rating": "last inspection", "inspected_on": "date of the last inspection",
    "former_rating": "inspection before it", "former_inspected_on": "date of the inspection before it",
    "preference_ratio": "first preferences a place",
    "offers_to_other_la_share": "offers to other LAs' children",
}  # fmt: skip

SOURCE_OF = {
    "register": (
        "name", "la_code", "phase", "category", "type", "first_year_group", "last_year_group", "low_age",
        "high_age", "capacity", "selective", "faith", "religious", "gender", "easting", "northing",
        "postcode", "lsoa", "urban",
    ),
    "groups": ("trust_uid", "trust_name", "trust_type", "federation", "federation_uid"),
    "census": (
        "roll", "roll_r11", "fsm6_share", "fsm_share", "sen_support_share", "ehcp_share", "eal_share",
    ),
    "absence": ("absence", "persistent_absence"),
    "workforce": ("teachers_fte", "pupil_teacher_ratio"),
    "finance": ("income", "expenditure", "balance"),
    "inspections": ("inspection_rating", "inspected_on", "former_rating", "former_inspected_on"),
    "admissions": ("entry_places", "places_year_7", "preference_ratio", "offers_to_other_la_share"),
    "deprivation": ("imd_decile",),
}  # fmt: skip
"""Where each column is looked for first."""

MEASURES = {
    "ks2_rwm_expected": "expected standard at 11 (reading, writing, maths)",
    "ks2_reading": "expected standard at 11, reading",
    "ks2_maths": "expected standard at 11, maths",
    "ks4_attainment8": "Attainment 8",
    "ks4_progress8": "Progress 8",
}

PHASES = {
    "primary": "primary",
    "secondary": "secondary",
    "all_through": "all-through",
    "special": "special",
    "alternative_provision": "alternative provision",
}
SPLIT_HOW = (
    "worked out from the school's results, cohort and intake, so that schools add up to the LA's figures"
)
GROUPS = {"all": "all pupils", "disadvantaged": "disadvantaged", "other": "other pupils"}
UNITS = {"ks2_rwm_expected": "per cent", "ks4_attainment8": "points"}
