"""Parameters of schools and places: value added, practice, workforce, choice and rolls."""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import CALIBRATED, EFFECT, Declared, parameter

_KS2_SPREAD = ("calc_school_ks2_rwm_sd_net_2018", "icc_ks2")


@dataclass(frozen=True, kw_only=True)
class SchoolEffectParameters(Declared):
    """What schools add to progress, and how intakes differ between neighbourhoods."""

    domain_correlation: float = parameter(
        0.7,
        unit="correlation",
        bounds=(0.0, 0.99),
        source=CALIBRATED,
        targets=("calc_ks2_va_sd_reading", "calc_ks2_va_sd_maths"),
        description="correlation of literacy and maths in school effects",
    )
    lasting_sd_primary: float = parameter(
        0.05,
        unit="pupil SD a year",
        bounds=(0.0, 0.2),
        source=CALIBRATED,
        targets=(*_KS2_SPREAD, "calc_school_ks2_rwm_r2"),
        description="between-school SD of the lasting part of value added, primary (v)",
    )
    drifting_sd_primary: float = parameter(
        0.08,
        unit="pupil SD a year",
        bounds=(0.0, 0.3),
        source=CALIBRATED,
        targets=("calc_school_ks2_rwm_r1", "calc_school_effect_stability_ks2"),
        description="between-school SD of the drifting part of value added, primary (u)",
    )
    drifting_autocorrelation_primary: float = parameter(
        0.5,
        unit="correlation",
        bounds=(0.0, 0.99),
        source=CALIBRATED,
        targets=("calc_school_ks2_rwm_r1", "calc_school_ks2_rwm_r2", "calc_school_effect_stability_ks2"),
        description="correlation of the drifting part one year apart, primary",
    )
    cohort_sd_primary: float = parameter(
        0.08,
        unit="pupil SD a year",
        bounds=(0.0, 0.3),
        source=CALIBRATED,
        targets=("calc_school_ks2_rwm_r1", "calc_school_ks2_rwm_change_sd_net"),
        description="SD of a class's own year, primary (c)",
    )
    lasting_sd_secondary: float = parameter(
        0.05,
        unit="pupil SD a year",
        bounds=(0.0, 0.2),
        source=CALIBRATED,
        targets=("calc_school_p8_sd_net_2019", "calc_school_p8_r3"),
        description="between-school SD of the lasting part of value added, secondary (v)",
    )
    drifting_sd_secondary: float = parameter(
        0.05,
        unit="pupil SD a year",
        bounds=(0.0, 0.3),
        source=CALIBRATED,
        targets=("calc_school_p8_sd_net_2019", "calc_school_p8_r1_2019"),
        description="between-school SD of the drifting part of value added, secondary (u)",
    )
    drifting_autocorrelation_secondary: float = parameter(
        0.7,
        unit="correlation",
        bounds=(0.0, 0.99),
        source=CALIBRATED,
        targets=("calc_school_p8_r1_2019", "calc_school_effect_stability_ks4"),
        description="correlation of the drifting part one year apart, secondary",
    )
    cohort_sd_secondary: float = parameter(
        0.03,
        unit="pupil SD a year",
        bounds=(0.0, 0.3),
        source=CALIBRATED,
        targets=("calc_school_p8_change_sd",),
        description="SD of a year group's own year, secondary (c)",
    )
    intake_sd: float = parameter(
        0.08,
        unit="pupil SD",
        bounds=(0.0, 0.5),
        source=CALIBRATED,
        targets=_KS2_SPREAD,
        description="SD of home advantage between home areas of one LA at the same low-income share",
    )
    intake_low_income_slope: float = parameter(
        -0.4,
        unit="pupil SD per unit share",
        bounds=(-2.0, 1.0),
        source=CALIBRATED,
        targets=("calc_school_ks2_fsm_slope",),
        description="slope of an area's home advantage on its low-income share, within an LA",
    )
    la_sd_disadvantaged: float = parameter(
        0.19,
        unit="pupil SD",
        bounds=(0.01, 0.6),
        source=CALIBRATED,
        targets=("calc_la_ks2_dis_sd_2019", "calc_la_a8_dis_sd_2019"),
        description="SD between LAs of the long-run level of disadvantaged pupils",
    )
    la_sd_other: float = parameter(
        0.146,
        unit="pupil SD",
        bounds=(0.01, 0.6),
        source=CALIBRATED,
        targets=("calc_la_ks2_all_sd_2019", "calc_la_a8_all_sd_2019"),
        description="SD between LAs of the long-run level of other pupils",
    )
    la_level_correlation: float = parameter(
        0.75,
        unit="correlation",
        bounds=(0.0, 0.99),
        source=CALIBRATED,
        targets=("calc_la_ks2_gap_between_sd", "calc_la_a8_gap_between_sd"),
        description="correlation of the two groups' long-run levels between LAs",
    )
    la_wander_disadvantaged: float = parameter(
        0.04,
        unit="pupil SD per root year",
        bounds=(0.0, 0.2),
        source=CALIBRATED,
        targets=("calc_la_ks2_gap_r1", "calc_la_ks2_gap_r4", "calc_la_ks2_dis_change_sd"),
        description="how fast an LA's level of disadvantaged pupils wanders from year to year",
    )
    la_wander_other: float = parameter(
        0.033,
        unit="pupil SD per root year",
        bounds=(0.0, 0.2),
        source=CALIBRATED,
        targets=("calc_la_ks2_gap_r1", "calc_la_ks2_gap_r4", "calc_la_ks2_all_change_sd"),
        description="how fast an LA's level of other pupils wanders from year to year",
    )
    la_wander_correlation: float = parameter(
        0.85,
        unit="correlation",
        bounds=(0.0, 0.99),
        source=CALIBRATED,
        targets=("calc_la_ks2_gap_r1", "calc_la_ks2_gap_r4"),
        description="correlation of the two groups' wandering",
    )
    area_low_income_sd: float = parameter(
        0.15,
        unit="share",
        bounds=(0.0, 0.4),
        source=CALIBRATED,
        targets=("calc_fsm6_between_la_primary",),
        description="SD of the low-income share between home areas of one LA, for the nation's spread",
    )
    composition_share: float = parameter(
        0.6,
        unit="share",
        bounds=(0.0, 1.0),
        source="school_composition_share",
        description="share of an LA's or school's long-run level that is intake rather than teaching",
    )
    secondary_intake_gap_sd: float = parameter(
        0.3,
        unit="pupil SD",
        bounds=(0.0, 0.5),
        source="secondary_intake_gap_sd",
        description="SD between an LA's secondary schools of what intakes bring beyond the simulated ones",
    )
    practice_loading: float = parameter(
        0.06,
        unit="pupil SD a year per between-school SD",
        bounds=(0.0, 3.0),
        source="practice_loading",
        tags=(EFFECT,),
        description="yearly pupil progress per between-school SD of practice",
    )


@dataclass(frozen=True, kw_only=True)
class PracticeParameters(Declared):
    """How a school's practice wanders, is eroded by turnover and returns to its own level."""

    reversion: float = parameter(
        0.15,
        unit="per year",
        bounds=(0.0, 0.9),
        source="practice_reversion",
        description="share of the distance to a school's own level closed each year",
    )
    yearly_sd: float = parameter(
        0.2,
        unit="between-school SD",
        bounds=(0.0, 1.0),
        source="practice_yearly_sd",
        description="SD of the yearly change in practice that nothing here explains",
    )
    domain_correlation: float = parameter(
        0.5,
        unit="correlation",
        bounds=(0.0, 0.99),
        source="practice_domain_correlation",
        description="correlation between practice domains of one school",
    )
    turnover_erosion: float = parameter(
        0.3,
        unit="between-school SD per unit share",
        bounds=(0.0, 20.0),
        source="practice_turnover_erosion",
        tags=(EFFECT,),
        description="practice lost for each unit of teacher turnover above the place's usual",
    )
    value_added_correlation: float = parameter(
        0.3,
        unit="correlation",
        bounds=(-1.0, 1.0),
        source="practice_value_added_correlation",
        description="correlation of year-0 practice with a school's lasting value added",
    )


@dataclass(frozen=True, kw_only=True)
class WorkforceParameters(Declared):
    """Teachers and headteachers who leave."""

    head_leave_primary: float = parameter(
        0.069,
        unit="per year",
        bounds=(0.0, 1.0),
        source="head_leave_primary",
        description="chance a primary head leaves the post",
    )
    head_leave_secondary: float = parameter(
        0.09,
        unit="per year",
        bounds=(0.0, 1.0),
        source="head_leave_secondary",
        description="chance a secondary head leaves the post",
    )
    head_sd_primary: float = parameter(
        0.1,
        unit="pupil SD over a pupil's years in the school",
        bounds=(0.0, 3.0),
        source="head_sd_primary",
        tags=(EFFECT,),
        description="SD between primary heads of their effect on attainment",
    )
    head_sd_secondary: float = parameter(
        0.05,
        unit="pupil SD over a pupil's years in the school",
        bounds=(0.0, 3.0),
        source="head_sd_secondary",
        tags=(EFFECT,),
        description="SD between secondary heads of their effect on attainment",
    )
    teacher_leave: float = parameter(
        0.09,
        unit="per year",
        bounds=(0.0, 1.0),
        source="teacher_leave",
        description="chance a teacher leaves the state sector",
    )
    teacher_leave_spread: float = parameter(
        0.03,
        unit="per year",
        bounds=(0.0, 0.3),
        source="teacher_leave_spread",
        description="SD between school-years of the teacher leaving rate",
    )


@dataclass(frozen=True, kw_only=True)
class ChoiceParameters(Declared):
    """How families and schools sort."""

    distance_scale_primary: float = parameter(
        0.35,
        unit="share of the distance to the furthest school considered",
        bounds=(0.05, 3.0),
        source=CALIBRATED,
        targets=("calc_fsm6_dissimilarity_primary",),
        description="distance at which a primary school's pull falls by e, within an LA",
    )
    distance_scale_secondary: float = parameter(
        0.5,
        unit="share of the distance to the furthest school considered",
        bounds=(0.01, 3.0),
        source=CALIBRATED,
        targets=("calc_fsm6_dissimilarity_secondary",),
        description="distance at which a secondary school's pull falls by e, within an LA",
    )
    sorting: float = parameter(
        1.0,
        unit="log odds per pupil SD and SD of reputation",
        bounds=(0.0, 5.0),
        source=CALIBRATED,
        targets=("icc_ks4", "calc_school_a8_sd_2019"),
        description="how strongly standing goes with a secondary school's reputation",
    )
    attainment_share: float = parameter(
        0.5,
        unit="share",
        bounds=(0.0, 1.0),
        source=CALIBRATED,
        targets=("calc_school_p8_sd_net_2019", "calc_school_p8_fsm_slope"),
        description="share of attainment at transition, against home advantage, in the standing that sorts",
    )
    selection: float = parameter(
        3.0,
        unit="log odds per pupil SD",
        bounds=(0.0, 10.0),
        source="choice_selection",
        description="how strongly a selective school selects on attainment",
    )
    faith: float = parameter(
        0.5,
        unit="log odds per pupil SD",
        bounds=(0.0, 3.0),
        source="choice_faith",
        description="how strongly home advantage goes with a school of religious character",
    )
    prior_on_disadvantaged: float = parameter(
        -2.0,
        unit="pupil SD per unit share",
        bounds=(-4.0, 0.0),
        source="calc_school_prior_attainment_slope_2018",
        description="slope of a secondary intake's prior attainment on its disadvantaged share, within an LA",
    )
    prior_sd: float = parameter(
        0.22,
        unit="pupil SD",
        bounds=(0.0, 1.0),
        source="calc_school_prior_attainment_sd_2018",
        description="SD of secondary intakes' prior attainment at the same disadvantaged share, within an LA",
    )
    steepest_on_standing: float = parameter(
        6.0,
        unit="log odds per pupil SD",
        bounds=(0.0, 20.0),
        source="choice_steepest_on_standing",
        description="largest slope on standing with which a school's known intake is reached",
    )


@dataclass(frozen=True, kw_only=True)
class RollParameters(Declared):
    """Births and moves."""

    reception_change: float = parameter(
        -0.0115,
        unit="per year",
        bounds=(-0.1, 0.1),
        source="primary_roll_change_national",
        description="yearly change of the number who enter Reception, in the first years projected",
    )
    reception_change_years: float = parameter(
        5.0,
        unit="years",
        bounds=(0.0, 20.0),
        source="rolls_change_years",
        description="years for which that change goes on; level after that",
    )
    moves_primary: float = parameter(
        0.04,
        unit="per year",
        bounds=(0.0, 0.5),
        source="pupil_mobility_primary",
        description="share of primary pupils who change school within the LA in a year",
    )
    moves_secondary: float = parameter(
        0.025,
        unit="per year",
        bounds=(0.0, 0.5),
        source="pupil_mobility_secondary",
        description="share of secondary pupils who change school within the LA in a year",
    )
