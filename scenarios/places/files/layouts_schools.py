"""Layouts of school figures other than results: census, absence, workforce, finance and others."""

from __future__ import annotations

from typing import Final

from scenarios.places.files import shapes
from scenarios.places.files.kinds import count, date, la, money, number, share, text, urn, year
from scenarios.places.files.layout import Layout

CENSUS: Final = Layout(
    name="school census",
    source="census",
    what="performance tables: pupils on roll and their characteristics (england_census)",
    columns={
        "urn": urn("URN"),
        "la_code": la("LA", "LEA"),
        "estab": text("ESTAB"),
        "type": text("SCHOOLTYPE"),
        "roll": count("NOR"),
        "fsm": count("NUMFSM"),
        "fsm6": count("NUMFSMEVER"),
        "fsm6_share": share("PNUMFSMEVER"),
        "sen_support_share": share("PSENELK"),
        "ehcp_share": share("PSENELSE"),
        "eal_share": share("PNUMEAL"),
    },
    essential=("urn", "roll", "fsm6_share"),
    year="path",
    key=("urn", "year"),
    tidy=shapes.census,
)

CENSUS_FULL: Final = Layout(
    name="schools, pupils and characteristics",
    source="census",
    what="school-level file of 'Schools, pupils and their characteristics'",
    columns={
        "urn": urn("urn", "school_urn"),
        "la_code": la("old_la_code", "la code"),
        "estab": text("estab"),
        "type": text("typeofestablishment (name)", "phase-type grouping"),
        "roll": count("headcount of pupils"),
        "fsm": count("number of pupils known to be eligible for free school meals"),
        "fsm_share": share("% of pupils known to be eligible for free school meals"),
        "eal_share": share("% of pupils whose first language is known or believed to be other than English"),
        "year": year("time_period"),
    },
    essential=("urn", "roll", "fsm"),
    year="column",
    key=("urn", "year"),
    tidy=shapes.census,
)

ABSENCE: Final = Layout(
    name="absence",
    source="absence",
    what="performance tables: overall and persistent absence (england_abs)",
    columns={
        "urn": urn("URN"),
        "la_code": la("LA", "LEA"),
        "absence": share("PERCTOT"),
        "persistent_absence": share("PPERSABS10"),
    },
    essential=("urn", "absence"),
    year="path",
    key=("urn", "year"),
)

ABSENCE_FULL: Final = Layout(
    name="pupil absence by school",
    source="absence",
    what="school-level file of 'Pupil absence in schools in England'",
    columns={
        "urn": urn("school_urn", "urn"),
        "la_code": la("old_la_code"),
        "absence": share("sess_overall_percent"),
        "persistent_absence": share("enrolments_pa_10_exact_percent"),
        "year": year("time_period"),
    },
    essential=("urn", "absence", "persistent_absence", "year"),
    year="column",
    key=("urn", "year"),
)

WORKFORCE: Final = Layout(
    name="school workforce",
    source="workforce",
    what="performance tables: teachers, assistants and pay (england_swf)",
    columns={
        "urn": urn("URN"),
        "la_code": la("LA Number", "LA", "LA Code"),
        "phase": text("School Phase"),
        "teachers_fte": number(
            "Total Number of Teachers (Full-Time Equivalent)",
            "Total Number of Teachers (FTE)",
            low=0,
            high=1_000,
        ),
        "assistants_fte": number(
            "Total Number of Teaching Assistants (Full-time Equivalent)", low=0, high=1_000
        ),
        "pupil_teacher_ratio": number("Pupil: Teacher Ratio", low=0, high=200),
        "mean_salary": money(
            "Mean Gross FTE Salary of All Teachers (£s)",
            "Mean Gross FTE Salary of All Teachers",
            low=5_000,
            high=250_000,
        ),
    },
    essential=("urn", "teachers_fte"),
    year="path",
    key=("urn", "year"),
)

FINANCE_TOTALS: Final = Layout(
    name="finance totals",
    source="finance",
    what="income, expenditure and balance of maintained schools by financial year (from CFR)",
    columns={
        "urn": urn("URN"),
        "la_code": la("LEA", "LA"),
        "income": money("Income", "Total Income", "Total Income I01 to I18"),
        "expenditure": money("Expenditure", "Total Expenditure", "Total Expenditure E01 to E32"),
        "balance": money("Balance", "In-year Balance"),
        "year": year("FinancialYearEnding", "Financial Year Ending"),
    },
    essential=("urn", "income", "expenditure", "year"),
    year="column",
    key=("urn", "year"),
)

FINANCE_PER_PUPIL: Final = Layout(
    name="finance per pupil",
    source="finance",
    what="performance tables: income and spending a pupil of maintained schools (england_cfr)",
    columns={
        "urn": urn("URN"),
        "la_code": la("LA", "LEA"),
        "pupils": number("PUPILS", low=0, high=20_000),
        "income": money("TOTALINCOME"),
        "expenditure": money("TOTALEXPENDITURE"),
        "grants": money("GRANTFUNDING"),
    },
    essential=("urn", "pupils", "income", "expenditure", "grants"),
    year="path",
    key=("urn", "year"),
    tidy=shapes.finance_per_pupil,
)

INSPECTIONS: Final = Layout(
    name="inspection history",
    source="inspections",
    what="Ofsted inspections: one row an inspection",
    columns={
        "urn": urn("URN"),
        "la_code": la("LEA", "LA"),
        "rating": text("Rating"),
        "date": date("Inspection Date"),
    },
    essential=("urn", "rating", "date"),
    key=("urn", "date"),
    tidy=shapes.inspections,
)

INSPECTIONS_OFSTED: Final = Layout(
    name="Ofsted management information",
    source="inspections",
    what="Ofsted: latest inspections of state-funded schools",
    columns={
        "urn": urn("URN"),
        "rating": text(
            "Latest OEIF overall effectiveness",
            "Overall effectiveness",
            "Overall effectiveness: how good is the school",
        ),
        "date": date("Inspection start date of latest OEIF graded inspection", "Inspection start date"),
    },
    essential=("urn", "rating", "date"),
    key=("urn", "date"),
    tidy=shapes.inspections,
)

_ADMISSIONS: Final = {
    "urn": urn("URN", "school_urn"),
    "la_code": la("LA (code)", "old_la_code"),
    "preferences": count("times_put_as_any_preferred_school"),
    "places_offered": count("total_number_places_offered"),
    "first_preferences": count("times_put_as_1st_preference"),
    "first_preference_offers": count("number_1st_preference_offers"),
    "applications_from_other_la": count("all_applications_from_another_la"),
    "offers_to_other_la": count("offers_to_applicants_from_another_la"),
}

ADMISSIONS: Final = Layout(
    name="applications and offers",
    source="admissions",
    what="preferences and offers: one row a school and academic year that begins with entry",
    columns={**_ADMISSIONS, "phase": text("school_phase", "phase"), "year": year("time_period")},
    essential=("urn", "year", "places_offered", "first_preferences"),
    year="column",
    key=("urn", "year", "intake"),
    tidy=shapes.admissions,
)

ADMISSIONS_BY_AUTUMN: Final = Layout(
    name="applications and offers by autumn of entry",
    source="admissions",
    what="preferences and offers: one row a school and autumn of entry",
    columns={**_ADMISSIONS, "year": year("year_start")},
    essential=("urn", "year", "places_offered", "first_preferences"),
    year="column",
    key=("urn", "year", "intake"),
    tidy=shapes.admissions_by_autumn,
)

SCHOOLS: Final = (
    CENSUS,
    CENSUS_FULL,
    ABSENCE,
    ABSENCE_FULL,
    WORKFORCE,
    FINANCE_TOTALS,
    FINANCE_PER_PUPIL,
    INSPECTIONS,
    INSPECTIONS_OFSTED,
    ADMISSIONS,
    ADMISSIONS_BY_AUTUMN,
)
