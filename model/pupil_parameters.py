"""Parameters of pupils: what makes them differ, how they learn, attend and are measured."""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import CALIBRATED, EFFECT, Declared, parameter

_PERSISTENCE = ("persist_ks1_ks2", "persist_ks2_ks4", "persist_yearly")


@dataclass(frozen=True, kw_only=True)
class LearningParameters(Declared):
    """How attainment moves from year to year, and what makes pupils differ."""

    catch_up: float = parameter(
        0.15,
        unit="per year",
        bounds=(0.02, 0.4),
        source=CALIBRATED,
        targets=_PERSISTENCE,
        description="share of the distance to a pupil's own level closed each year (lambda)",
    )
    home_variance: float = parameter(
        0.41,
        unit="pupil variance",
        bounds=(0.05, 0.9),
        source=CALIBRATED,
        targets=_PERSISTENCE,
        description="variance of home advantage within a home area",
    )
    other_variance: float = parameter(
        0.41,
        unit="pupil variance",
        bounds=(0.05, 0.9),
        source=CALIBRATED,
        targets=_PERSISTENCE,
        description="variance of the part of attainment that is not home, within a school",
    )
    domain_correlation: float = parameter(
        0.75,
        unit="correlation",
        bounds=(0.0, 0.99),
        source=CALIBRATED,
        targets=("calc_nat_ks2_rwm_all_2019",),
        description="correlation of literacy and maths in home advantage, in the rest and in noise",
    )
    need_home_correlation: float = parameter(
        0.45,
        unit="correlation",
        bounds=(0.0, 0.95),
        source=CALIBRATED,
        targets=("calc_nat_ks2_rwm_nosen_2019", "calc_nat_ks2_rwm_sensup_2019", "calc_nat_ks2_rwm_ehcp_2019"),
        description="correlation of latent need with low home advantage",
    )
    need_low_income_shift: float = parameter(
        0.4,
        unit="SD of the need index",
        bounds=(0.0, 2.0),
        source=CALIBRATED,
        targets=("calc_fsm6_sensup_r_primary",),
        description="how much higher the need index of low-income pupils is",
    )
    need_drag_support: float = parameter(
        0.75,
        unit="pupil SD",
        bounds=(0.0, 3.0),
        source=CALIBRATED,
        targets=("calc_nat_ks2_rwm_sensup_2019",),
        description="attainment lower by, latent need at the level of SEN support",
    )
    need_drag_plan: float = parameter(
        1.2,
        unit="pupil SD",
        bounds=(0.0, 4.0),
        source=CALIBRATED,
        targets=("calc_nat_ks2_rwm_ehcp_2019",),
        description="attainment lower by, latent need at the level of a plan, in a mainstream school",
    )
    need_drag_special: float = parameter(
        2.2,
        unit="pupil SD",
        bounds=(0.0, 6.0),
        source=CALIBRATED,
        targets=("calc_nat_ks2_rwm_ehcp_2019",),
        description="attainment lower by, pupils of special schools",
    )
    need_drag_alternative: float = parameter(
        1.0,
        unit="pupil SD",
        bounds=(0.0, 5.0),
        source="alternative_provision_drag",
        description="attainment lower by, besides need, of pupils who go to alternative provision",
    )
    alternative_need_correlation: float = parameter(
        0.5,
        unit="correlation",
        bounds=(0.0, 0.95),
        source="alternative_provision_need",
        description="correlation of going to alternative provision with latent need",
    )
    reliability_eyfs: float = parameter(
        0.6,
        unit="share of variance",
        bounds=(0.3, 1.0),
        source="test_reliability_eyfs",
        description="reliability of the Foundation Stage profile",
    )
    reliability_ks1: float = parameter(
        0.8,
        unit="share of variance",
        bounds=(0.3, 1.0),
        source="test_reliability_ks1",
        description="reliability of the end of Key Stage 1",
    )
    reliability_ks2: float = parameter(
        0.95,
        unit="share of variance",
        bounds=(0.5, 1.0),
        source="test_reliability_ks2",
        description="reliability of Key Stage 2 tests, mean of the two domains",
    )
    reliability_ks4: float = parameter(
        0.95,
        unit="share of variance",
        bounds=(0.5, 1.0),
        source="test_reliability_ks4",
        description="reliability of Key Stage 4 results, mean of the two domains",
    )


@dataclass(frozen=True, kw_only=True)
class AttendanceParameters(Declared):
    """Absence of pupils, and what it costs them."""

    attainment_slope_ks2: float = parameter(
        -0.015,
        unit="pupil SD per point of absence",
        bounds=(-1.0, 0.0),
        source="absence_slope_ks2",
        tags=(EFFECT,),
        description="KS2 score change per extra point of absence in every year (divided by G(7) a year)",
    )
    attainment_slope_ks4: float = parameter(
        -0.02,
        unit="pupil SD per point of absence",
        bounds=(-1.0, 0.0),
        source="absence_slope_ks4",
        tags=(EFFECT,),
        description="KS4 score change per extra point of absence in every year (divided by G(12) a year)",
    )
    low_income_ratio: float = parameter(
        1.9,
        unit="ratio",
        bounds=(1.0, 4.0),
        source=CALIBRATED,
        targets=("absence_fsm_autumn_2023", "absence_nonfsm_autumn_2023"),
        description="absence of low-income pupils over that of others",
    )
    need_ratio: float = parameter(
        1.5,
        unit="ratio",
        bounds=(1.0, 4.0),
        source=CALIBRATED,
        targets=("absence_sensup_autumn_2023", "absence_nosen_autumn_2023"),
        description="absence of pupils with latent need over that of others",
    )
    pupil_sd: float = parameter(
        1.35,
        unit="log odds",
        bounds=(0.0, 2.0),
        source=CALIBRATED,
        targets=("calc_nat_pa_primary_2023", "calc_nat_pa_secondary_2023", "calc_nat_severe_all_2023"),
        description="SD of absence between pupils, log odds, lasting and yearly parts together",
    )
    lasting_share: float = parameter(
        0.6,
        unit="share of variance",
        bounds=(0.0, 1.0),
        source="absence_lasting_share",
        description="share of the variance of absence between pupils that lasts from year to year",
    )
    school_sd: float = parameter(
        0.15,
        unit="log odds",
        bounds=(0.0, 1.0),
        source=CALIBRATED,
        targets=("calc_school_absence_primary_sd",),
        description="SD of absence between schools at the same intake, log odds",
    )


@dataclass(frozen=True, kw_only=True)
class ProgrammeParameters(Declared):
    """How the effect of a pupil-direct programme lasts."""

    lasting_share: float = parameter(
        0.65,
        unit="share",
        bounds=(0.0, 1.0),
        source=CALIBRATED,
        targets=("fade_1y", "fade_2y"),
        tags=(),
        description="share of an end-of-course effect that enters attainment; the rest shows that year only",
    )


@dataclass(frozen=True, kw_only=True)
class MeasurementParameters(Declared):
    """Scales that results are shown on."""

    attainment8_sd: float = parameter(
        19.5,
        unit="Attainment 8 points",
        bounds=(10.0, 30.0),
        source="a8_sd",
        description="pupil SD of Attainment 8",
    )
    months_per_sd_ks2: float = parameter(
        17.0,
        unit="months per pupil SD",
        bounds=(5.0, 40.0),
        source="epi_months_per_sd_ks2",
        description="months a SD on the Education Policy Institute's scale, age 11",
    )
    months_per_sd_ks4: float = parameter(
        25.0,
        unit="months per pupil SD",
        bounds=(5.0, 60.0),
        source="epi_months_per_sd_ks4",
        description="months a SD on the Education Policy Institute's scale, age 16",
    )
