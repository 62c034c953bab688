"""The registry of measures: what each is, its unit, and which way is better."""

from __future__ import annotations

from typing import NamedTuple


class Measure(NamedTuple):
    """One entry of the registry."""

    id: str
    label: str
    unit: str
    kind: str  # official, survey, index, system
    better: str  # higher, lower, neither
    over_time: str  # annual or cumulative
    summarises: str  # mean, median or sum over draws and replicates
    groups: tuple[str, ...]
    definition: str
    source: str
    breaks: tuple[str, ...] = ()


ALL_GROUPS = ("all", "disadvantaged", "other", "gap")
_EVERYONE = ("all",)
_GAP_ONLY = ("gap",)

_KS2 = "DfE, Key stage 2 attainment"
_KS4 = "DfE, Key stage 4 performance"
_KS2_BREAKS = ("2018: writing framework changed", "2020 and 2021: no tests")
_KS4_BREAKS = ("2020 and 2021: teacher-assessed grades",)
_RANK = "20 x (mean national percentile rank of other pupils less that of disadvantaged pupils), ranks from 0 to 1"

MEASURES: tuple[Measure, ...] = (
    Measure("ks2_rwm_expected", "Expected standard in reading, writing and maths, age 11", "per cent", "official", "higher",
            "annual", "mean", ALL_GROUPS, "Share of Year 6 pupils at or above the expected standard in reading, writing and maths; "
            "gap = other less disadvantaged", _KS2, _KS2_BREAKS),
    Measure("ks2_rwm_higher", "Higher standard in reading, writing and maths, age 11", "per cent", "official", "higher", "annual", "mean",
            ALL_GROUPS, "Share of Year 6 pupils at the higher standard in reading, writing and maths", _KS2, _KS2_BREAKS),
    Measure("ks2_gap_index", "Disadvantage gap index, age 11", "index", "official", "lower", "annual", "mean", _GAP_ONLY, _RANK, _KS2,
            ("2020 and 2021: no tests",)),
    Measure("ks2_gap_months", "Disadvantage gap, age 11, in months", "months", "official", "lower", "annual", "mean", _GAP_ONLY,
            "Difference in mean attainment in pupil SD x months a SD on the Education Policy Institute's scale", "EPI annual report", ()),
    Measure("ks2_gap_within", "Change of the age-11 gap within schools", "percentage points", "official", "lower", "annual", "mean", _GAP_ONLY,
            "Part of the change since year 0 of the gap in the expected standard that lies within schools: sum of mean wd x "
            "change(o - d), midpoints", _KS2),
    Measure("ks2_gap_between", "Change of the age-11 gap between schools", "percentage points", "official", "lower", "annual", "mean",
            _GAP_ONLY, "Part of that change that lies between schools: sum of mean(wo - wd) x change of o, midpoints", _KS2),
    Measure("ks2_gap_composition", "Change of the age-11 gap from composition", "percentage points", "official", "neither", "annual", "mean",
            _GAP_ONLY, "The rest of that change: pupils of the two groups spread over schools differently", _KS2),
    Measure("ks4_attainment8", "Attainment 8, age 16", "points", "official", "higher", "annual", "mean", ALL_GROUPS,
            "Mean Attainment 8 score of Year 11 pupils, standards free to move; gap = other less disadvantaged", _KS4, _KS4_BREAKS),
    Measure("ks4_attainment8_rank", "Attainment 8 with national grades fixed, age 16", "points", "official", "higher", "annual", "mean",
            ALL_GROUPS, "Attainment 8 when the national distribution of grades is held at year 0: rank in the nation, "
            "mapped to points", _KS4, _KS4_BREAKS),
    Measure("ks4_em5", "Grade 5 or above in English and maths, age 16", "per cent", "official", "higher", "annual", "mean", ALL_GROUPS,
            "Share of Year 11 pupils with grade 5 or above in both English and maths", _KS4, _KS4_BREAKS),
    Measure("ks4_gap_index", "Disadvantage gap index, age 16", "index", "official", "lower", "annual", "mean", _GAP_ONLY, _RANK, _KS4,
            _KS4_BREAKS),
    Measure("ks4_gap_months", "Disadvantage gap, age 16, in months", "months", "official", "lower", "annual", "mean", _GAP_ONLY,
            "Difference in mean attainment in pupil SD x months a SD on the Education Policy Institute's scale", "EPI annual report", ()),
    Measure("eyfs_gld", "Good level of development, age 5", "per cent", "official", "higher", "annual", "mean", ALL_GROUPS,
            "Share of Reception pupils with a good level of development; the groups are eligible for free school meals now, "
            "and other", "DfE, Early years foundation stage profile results", ("2022: new profile",)),
    Measure("absence", "Overall absence", "per cent of half-days", "official", "lower", "annual", "mean", ALL_GROUPS,
            "Half-days missed as a share of half-days possible", "DfE, Pupil absence in schools", ("2020: part year",)),
    Measure("persistent_absence", "Persistent absence", "per cent", "official", "lower", "annual", "mean", ALL_GROUPS,
            "Share of pupils who miss 10 per cent or more of half-days", "DfE, Pupil absence in schools", ("2020: part year",)),
    Measure("severe_absence", "Severe absence", "per cent", "official", "lower", "annual", "mean", ALL_GROUPS,
            "Share of pupils who miss 50 per cent or more of half-days", "DfE, Pupil absence in schools", ("2020: part year",)),
    Measure("sen_support_share", "Pupils with SEN support", "per cent", "official", "neither", "annual", "mean", ALL_GROUPS,
            "Share of pupils of Reception to Year 11 with SEN support", "DfE, Special educational needs in England"),
    Measure("ehcp_share", "Pupils with an education, health and care plan", "per cent", "official", "neither", "annual", "mean", ALL_GROUPS,
            "Share of pupils of Reception to Year 11 with a plan", "DfE, Special educational needs in England"),
    Measure("head_turnover", "Headteachers who left in the year", "per cent", "official", "lower", "annual", "mean", _EVERYONE,
            "Share of schools whose headteacher left the post", "DfE, School workforce in England"),
    Measure("practice", "Quality of practice", "between-school SD", "index", "higher", "annual", "mean", _EVERYONE,
            "Mean over schools and practice domains, weighted by roll, as a difference from year 0", "model index"),
    Measure("pupils", "Pupils on roll, Reception to Year 11", "pupils", "system", "neither", "annual", "mean",
            ("all", "disadvantaged", "other"), "Pupils in state-funded schools of the place", "DfE, Schools, pupils and their characteristics"),
    Measure("spend", "Programme spending", "GBP a year", "system", "neither", "annual", "mean", _EVERYONE,
            "Cost of pupil-direct programmes delivered in the year", "conf/programmes"),
)

BY_ID: dict[str, Measure] = {measure.id: measure for measure in MEASURES}

PUBLISHED_ONLY: tuple[Measure, ...] = (
    Measure("suspensions", "Suspensions", "per 100 pupils", "official", "lower", "annual", "mean", _EVERYONE,
            "Suspensions a year per 100 pupils on roll", "DfE, Suspensions and permanent exclusions in England"),
    Measure("permanent_exclusions", "Permanent exclusions", "per 100 pupils", "official", "lower", "annual", "mean", _EVERYONE,
            "Permanent exclusions a year per 100 pupils on roll", "DfE, Suspensions and permanent exclusions in England"),
    Measure("ehcp_20_weeks", "Plans issued within 20 weeks", "per cent", "official", "higher", "annual", "mean", _EVERYONE,
            "New plans issued within 20 weeks, exceptions left out", "DfE, Education, health and care plans"),
)
"""Measures shown as published history; no mechanism moves them yet, so no projection is given."""
