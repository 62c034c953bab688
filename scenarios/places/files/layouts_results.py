"""Layouts of school results: KS2, KS4 and destinations after KS4."""

from __future__ import annotations

from typing import Final

from scenarios.places.files import shapes
from scenarios.places.files.kinds import Column, count, la, number, share, text, urn
from scenarios.places.files.layout import Layout

_WHO: Final[dict[str, Column]] = {
    "urn": urn("URN"),
    "rectype": text("RECTYPE"),
    "la_code": la("LEA", "LA", "LA (code)"),
    "estab": text("ESTAB"),
    "name": text("SCHNAME"),
    "type": text("NFTYPE"),
}

KS2: Final = Layout(
    name="KS2 results",
    source="ks2",
    what="performance tables at 11 (england_ks2final, england_ks2revised, or an extract)",
    columns={
        **_WHO,
        "pupils": count("TELIG"),
        "rwm": share("PTRWM_EXP"),
        "rwm_higher": share("PTRWM_HIGH"),
        "reading": share("PTREAD_EXP"),
        "maths": share("PTMAT_EXP"),
        "reading_score": number("READ_AVERAGE", low=80, high=120),
        "maths_score": number("MAT_AVERAGE", low=80, high=120),
        "reading_progress": number("READPROG", low=-40, high=40),
        "maths_progress": number("MATPROG", low=-40, high=40),
        "disadvantaged": count("TFSM6CLA1A"),
        "other_pupils": count("TNotFSM6CLA1A", "TNFSM6CLA1A"),
        "rwm_disadvantaged": share("PTRWM_EXP_FSM6CLA1A"),
        "rwm_other": share("PTRWM_EXP_NotFSM6CLA1A", "PTRWM_EXP_NFSM6CLA1A"),
    },
    essential=("urn", "pupils", "rwm"),
    year="path",
    year_marks=r"PTRWM_EXP_(\d\d)|PTRWM_HIGH_(\d\d)|READPROG_(\d\d)|MATPROG_(\d\d)",
    key=("urn", "year", "area"),
    tidy=shapes.ks2,
)

KS2_PROGRESS: Final = Layout(
    name="KS2 progress only",
    source="ks2",
    what="performance tables at 11, an extract with progress scores only",
    columns={
        **_WHO,
        "reading_progress": number("READPROG", low=-40, high=40),
        "maths_progress": number("MATPROG", low=-40, high=40),
    },
    essential=("urn", "reading_progress", "maths_progress"),
    absent=("TELIG", "BELIG", "PTFSM6CLA1A", "PTREAD_EXP"),
    year="path",
    year_marks=r"READPROG_(\d\d)|MATPROG_(\d\d)",
    key=("urn", "year", "area"),
    tidy=shapes.ks2,
)

KS4: Final = Layout(
    name="KS4 results",
    source="ks4",
    what="performance tables at 16 (england_ks4final, revised or provisional, or an extract)",
    columns={
        **_WHO,
        "pupils": count("TPUP"),
        "attainment8": number("ATT8SCR", low=0, high=100),
        "progress8": number("P8MEA", low=-6, high=6),
        "progress8_pupils": count("P8PUP"),
        "attainment8_disadvantaged": number("ATT8SCR_FSM6CLA1A", low=0, high=100),
        "attainment8_other": number("ATT8SCR_NFSM6CLA1A", "ATT8SCR_NotFSM6CLA1A", low=0, high=100),
        "disadvantaged": count("TFSM6CLA1A"),
        "other_pupils": count("TNOTFSM6CLA1A", "TNFSM6CLA1A"),
        "em5": share("PTL2BASICS_95"),
    },
    essential=("urn", "pupils", "attainment8"),
    year="path",
    year_marks=r"ATT8SCR_(\d\d)|P8MEA_(\d\d)|ATT8SCR_FSM6CLA1A_(\d\d)",
    key=("urn", "year", "area"),
    tidy=shapes.ks4,
)

DESTINATIONS: Final = Layout(
    name="KS4 destinations",
    source="destinations",
    what="where pupils went after KS4 (england_ks4-pupdest)",
    columns={
        **_WHO,
        "cohort": count("COHORT"),
        "sustained_share": share("OVERALL_DESTPER"),
        "cohort_disadvantaged": count("COHORT_DIS"),
        "sustained_disadvantaged": share("OVERALL_DESTPER_DIS"),
        "cohort_other": count("COHORT_NONDIS"),
        "sustained_other": share("OVERALL_DESTPER_NONDIS"),
    },
    essential=("urn", "cohort", "sustained_share"),
    year="path",
    key=("urn", "year", "area"),
    tidy=shapes.destinations,
)

RESULTS: Final = (KS2, KS2_PROGRESS, KS4, DESTINATIONS)
