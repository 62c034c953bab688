"""Every parameter of the model, one frozen group a mechanism, each declared once with its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace

from model.declaration import CALIBRATED, EFFECT, Declaration, Declared, declarations, parameter

_KS2_SPREAD = ("calc_school_ks2_rwm_sd_net_2018", "icc_ks2")
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
        targets=("ks2_rwm_no_sen_2019", "ks2_rwm_sen_support_2019", "ks2_rwm_ehcp_2019"),
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
        targets=("ks2_rwm_sen_support_2019",),
        description="attainment lower by, latent need at the level of SEN support",
    )
    need_drag_plan: float = parameter(
        1.2,
        unit="pupil SD",
        bounds=(0.0, 4.0),
        source=CALIBRATED,
        targets=("ks2_rwm_ehcp_2019",),
        description="attainment lower by, latent need at the level of a plan, in a mainstream school",
    )
    need_drag_special: float = parameter(
        2.2,
        unit="pupil SD",
        bounds=(0.0, 6.0),
        source=CALIBRATED,
        targets=("ks2_rwm_ehcp_2019",),
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
        0.13,
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
    practice_loading: float = parameter(
        0.06,
        unit="pupil SD a year per between-school SD",
        bounds=(0.0, 0.3),
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
        bounds=(0.0, 2.0),
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
        bounds=(0.0, 0.3),
        source="head_sd_primary",
        tags=(EFFECT,),
        description="SD between primary heads of their effect on attainment",
    )
    head_sd_secondary: float = parameter(
        0.05,
        unit="pupil SD over a pupil's years in the school",
        bounds=(0.0, 0.3),
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
class AttendanceParameters(Declared):
    """Absence of pupils, and what it costs them."""

    attainment_slope_ks2: float = parameter(
        -0.015,
        unit="pupil SD per point of absence",
        bounds=(-0.1, 0.0),
        source="absence_slope_ks2",
        tags=(EFFECT,),
        description="KS2 score change per extra point of absence in every year (divided by G(7) a year)",
    )
    attainment_slope_ks4: float = parameter(
        -0.02,
        unit="pupil SD per point of absence",
        bounds=(-0.1, 0.0),
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
class ChoiceParameters(Declared):
    """How families and schools sort."""

    distance_scale_primary: float = parameter(
        0.35,
        unit="share of the distance to the sixth nearest school",
        bounds=(0.05, 3.0),
        source=CALIBRATED,
        targets=("calc_fsm6_dissimilarity_primary",),
        description="distance at which a primary school's pull falls by e, within an LA",
    )
    distance_scale_secondary: float = parameter(
        0.5,
        unit="share of the distance to the sixth nearest school",
        bounds=(0.05, 3.0),
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
        description="how strongly home advantage goes with a secondary school's reputation",
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


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """All groups together: one draw of everything that is uncertain but not random."""

    learning: LearningParameters = field(default_factory=LearningParameters)
    schools: SchoolEffectParameters = field(default_factory=SchoolEffectParameters)
    practice: PracticeParameters = field(default_factory=PracticeParameters)
    workforce: WorkforceParameters = field(default_factory=WorkforceParameters)
    attendance: AttendanceParameters = field(default_factory=AttendanceParameters)
    choice: ChoiceParameters = field(default_factory=ChoiceParameters)
    rolls: RollParameters = field(default_factory=RollParameters)
    programmes: ProgrammeParameters = field(default_factory=ProgrammeParameters)
    measurement: MeasurementParameters = field(default_factory=MeasurementParameters)

    def changed(self, values: dict[str, float]) -> Parameters:
        """Give a copy with some values replaced.

        Parameters
        ----------
        values : dict of str to float
            New values by full name, as ``learning.catch_up``.

        Returns
        -------
        changed : Parameters
            The copy; groups without a change are shared.

        Raises
        ------
        KeyError
            If a name is not declared.
        ValueError
            If a value lies outside its bounds.
        """
        by_group: dict[str, dict[str, float]] = {}
        for name, value in values.items():
            group, _, item = name.partition(".")
            if name not in DECLARED:
                raise KeyError(name)
            by_group.setdefault(group, {})[item] = value
        return replace(self, **{g: replace(getattr(self, g), **changes) for g, changes in by_group.items()})

    def value(self, name: str) -> float:
        """Give one value by its full name, as ``learning.catch_up``."""
        group, _, item = name.partition(".")
        return float(getattr(getattr(self, group), item))


def _all_declarations() -> Iterator[Declaration]:
    for group in fields(Parameters):
        yield from declarations(type(getattr(Parameters(), group.name)), group.name)


DECLARED: dict[str, Declaration] = {item.name: item for item in _all_declarations()}
"""Every declared parameter by full name, in declared order."""


def with_effects(parameters: Parameters, multiplier: float) -> Parameters:
    """Multiply every parameter tagged ``effect``.

    Parameters
    ----------
    parameters : Parameters
        One draw.
    multiplier : float
        0 switches every link from institutions to pupils off; 1 leaves them as they are.

    Returns
    -------
    multiplied : Parameters
        The copy.

    Raises
    ------
    ValueError
        If a product lies outside a declared bound.
    """
    if multiplier == 1.0:
        return parameters
    tagged = [d.name for d in DECLARED.values() if EFFECT in d.tags]
    return parameters.changed({name: multiplier * parameters.value(name) for name in tagged})
