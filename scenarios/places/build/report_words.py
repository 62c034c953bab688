"""The words of a report: plain English for sources, columns, measures and what was found."""

from __future__ import annotations

from scenarios.places.build.report import BuildReport, Check, ColumnLine

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
    "federation": "federation", "first_year_group": "first year group", "last_year_group": "last year group",
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
    "preference_ratio": "first preferences a place",
    "offers_to_other_la_share": "offers to other LAs' children",
}  # fmt: skip

SOURCE_OF = {
    "register": (
        "name", "la_code", "phase", "category", "type", "first_year_group", "last_year_group", "low_age",
        "high_age", "capacity", "selective", "faith", "religious", "gender", "easting", "northing",
        "postcode", "lsoa", "urban",
    ),
    "groups": ("trust_uid", "trust_name", "trust_type", "federation"),
    "census": (
        "roll", "roll_r11", "fsm6_share", "fsm_share", "sen_support_share", "ehcp_share", "eal_share",
    ),
    "absence": ("absence", "persistent_absence"),
    "workforce": ("teachers_fte", "pupil_teacher_ratio"),
    "finance": ("income", "expenditure", "balance"),
    "inspections": ("inspection_rating", "inspected_on"),
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


def source_in_words(source: str) -> str:
    """Name a source in plain words."""
    return SOURCES.get(source, source.replace("_", " "))


def column_in_words(column: str) -> str:
    """Name a column of the schools, or a measure and group of their results, in plain words."""
    measure, _, group = column.partition(" ")
    if measure in MEASURES:
        return f"{MEASURES[measure]}, {GROUPS.get(group, group)}"
    return COLUMNS.get(column, column.replace("_", " "))


def check_in_words(check: Check) -> str:
    """Name the figure of a check in plain words."""
    return f"{MEASURES.get(check.measure, check.measure)}, {GROUPS.get(check.group, check.group)}"


def number(value: float | None) -> str:
    """Write a figure with one decimal, or that there is none."""
    return "none" if value is None else f"{value:,.1f}"


def signed(value: float | None) -> str:
    """Write a difference with its sign."""
    if value is None:
        return ""
    return "0.0" if abs(value) < 0.05 else f"{value:+.1f}".replace("-", "−")


def verdict(check: Check) -> str:
    """Say what a check found, in words that need no colour."""
    if check.agrees is None:
        return "only one of the two is known"
    return "agrees" if check.agrees else f"differs by more than {check.tolerance:g}"


def source_of(report: BuildReport, column: str) -> str:
    """Name the source that a published figure of a column comes from, with the year that stood in."""
    source = next((name for name, columns in SOURCE_OF.items() if column in columns), "")
    line = next((line for line in report.sources if line.source == source), None)
    stood_in = f" ({line.stood_in})" if line is not None and line.stood_in else ""
    return source_in_words(source) + stood_in if source else ""


def count(value: int) -> str:
    """Write a count, or that nothing was counted."""
    return "" if value < 0 else f"{value:,}"


def headline(report: BuildReport) -> str:
    """Say in one sentence what was built."""
    phases = ", ".join(
        f"{report.schools[phase]:,} {name}" for phase, name in PHASES.items() if report.schools.get(phase)
    )
    las = f"{len(report.las)} local authorities" if len(report.las) > 1 else "one local authority"
    return (
        f"{report.n_schools:,} schools of {las} ({phases}), {report.pupils:,} pupils on roll, "
        f"{report.trusts:,} trusts. Year 0 is the academic year that ended in {report.year}."
    )


def judgement(report: BuildReport) -> str:
    """Say in one sentence how the schools add up to what is published for the LAs."""
    known = [check for check in report.checks if check.agrees is not None]
    if not known:
        return "No figure of year 0 is published for the local authority, so nothing could be checked."
    off = len(report.disagreeing)
    compared = f"{len(known)} figures of year 0 were compared with those published for local authorities"
    if not off:
        return f"{compared}: all agree."
    return f"{compared}: {len(known) - off} agree, {off} {'differs' if off == 1 else 'differ'}."


def read_in_words(report: BuildReport) -> str:
    """Say in one sentence what became of the files."""
    unused = sum(not line.source for line in report.files)
    used = len(report.files) - unused
    return f"{used} {'file was' if used == 1 else 'files were'} used, {unused} not."


def least_known(report: BuildReport, most: int) -> list[ColumnLine]:
    """List the columns with the largest share that is not published, most uncertain first."""
    open_to_doubt = [line for line in report.columns if 0 < line.schools != line.published]
    return sorted(open_to_doubt, key=lambda line: (line.published / line.schools, line.column))[:most]


def how_in_words(line: ColumnLine) -> str:
    """Say how the imputed figures of a column were worked out."""
    if line.how or not line.imputed:
        return line.how
    group = line.column.partition(" ")[2]
    return SPLIT_HOW if group in ("disadvantaged", "other") else ""


def clean(text: str, longest: int = 300) -> str:
    """Make text from a file safe to print: one line, no control characters, not too long."""
    shown = "".join(letter if letter.isprintable() else "?" for letter in text[: longest + 1])
    return shown if len(shown) <= longest else shown[:longest] + "..."
