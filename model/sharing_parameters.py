"""Parameters of what passes along ties, and what working together costs."""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import EFFECT, Declared, parameter


@dataclass(frozen=True, kw_only=True)
class SharingParameters(Declared):
    """What passes along ties, and what working together costs."""

    diffusion_rate: float = parameter(
        0.05,
        unit="share a year",
        bounds=(0.0, 1.5),
        source="diffusion_rate",
        tags=(EFFECT,),
        description="share of a practice difference closed along a full-strength tie",
    )
    learn_ties: float = parameter(
        1.5,
        unit="ties",
        bounds=(0.1, 10.0),
        source="sharing_learn_ties",
        description="full-strength ties that a school can learn from at once",
    )
    across_phases: float = parameter(
        0.3,
        unit="share",
        bounds=(0.0, 1.0),
        source="sharing_across_phases",
        description="part of what passes within a phase that passes between primary and secondary schools",
    )
    data_speed: float = parameter(
        0.2,
        unit="share",
        bounds=(0.0, 1.0),
        source="sharing_data_speed",
        description="how much faster practice passes where data are fully shared",
    )
    joint_gain: float = parameter(
        0.0,
        unit="between-school SD a year",
        bounds=(-0.3, 0.3),
        source="sharing_joint_gain",
        tags=(EFFECT,),
        description="practice gained by a school fully engaged in joint development with near peers",
    )
    near_width: float = parameter(
        0.7,
        unit="between-school SD",
        bounds=(0.1, 3.0),
        source="sharing_near_width",
        description="difference of practice at which peers count as half as near",
    )
    joint_half_days: float = parameter(
        8.0,
        unit="days a year",
        bounds=(1.0, 40.0),
        source="sharing_joint_half_days",
        description="joint work at which half of what engagement can bring is reached",
    )
    leaders_base: float = parameter(
        1.0,
        unit="whole-time leaders",
        bounds=(0.5, 3.0),
        source="sharing_leaders_base",
        description="senior leaders of the smallest school",
    )
    leaders_per_100_pupils: float = parameter(
        0.35,
        unit="whole-time leaders",
        bounds=(0.0, 1.5),
        source="sharing_leaders_per_100_pupils",
        description="further senior leaders for each hundred pupils",
    )
    capacity_share: float = parameter(
        0.05,
        unit="share",
        bounds=(0.0, 0.3),
        source="sharing_capacity_share",
        description="share of leadership time that can go to other schools' work at no cost to the own",
    )
    distraction_slope: float = parameter(
        0.05,
        unit="between-school SD per tenth",
        bounds=(0.0, 1.5),
        source="distraction_slope",
        tags=(EFFECT,),
        description="practice lost for each tenth of leadership time spent beyond capacity, while it lasts",
    )
    support_days: float = parameter(
        12.0,
        unit="days a year",
        bounds=(0.0, 60.0),
        source="sharing_support_days",
        description="leadership days for each case that a supporting school carries",
    )
    hub_days: float = parameter(
        20.0,
        unit="days a year",
        bounds=(0.0, 100.0),
        source="sharing_hub_days",
        description="leadership days of leading a hub",
    )
    review_direct: float = parameter(
        0.0,
        unit="between-school SD a year",
        bounds=(-0.5, 0.5),
        source="peer_review_attain_component",
        tags=(EFFECT,),
        description="practice gained by being peer reviewed, beyond what better intelligence brings",
    )
    review_openness: float = parameter(
        1.5,
        unit="log odds per unit",
        bounds=(0.0, 5.0),
        source="sharing_review_openness",
        description="how taking part in peer review rises with openness",
    )
    seeing_gain_review: float = parameter(
        0.25,
        unit="share of error",
        bounds=(0.0, 0.9),
        source="sharing_seeing_gain_review",
        description="part of the error of a look taken away by a fully rigorous peer review",
    )
    review_courtesy: float = parameter(
        0.1,
        unit="share",
        bounds=(0.0, 1.0),
        source="sharing_review_courtesy",
        description="part of what a rigorous review shows that a courtesy visit shows",
    )
    own_view_review: float = parameter(
        0.2,
        unit="share of error",
        bounds=(0.0, 0.9),
        source="sharing_own_view_review",
        description="part of the error of a school's own view taken away by rigorous peer review",
    )
    seeing_gain_voice: float = parameter(
        0.05,
        unit="share of error",
        bounds=(0.0, 0.5),
        source="sharing_seeing_gain_voice",
        description="part of the error of a look taken away where pupils and parents are asked and heard",
    )
    blind_sd: float = parameter(
        0.3,
        unit="between-school SD",
        bounds=(0.0, 1.0),
        source="sharing_blind_sd",
        description="lasting error about pupils of one estate or group spread thinly over schools",
    )
    warning_fall: float = parameter(
        0.2,
        unit="between-school SD",
        bounds=(0.01, 1.0),
        source="sharing_warning_fall",
        description="fall of practice in a year that neighbours notice",
    )
    warning_pass: float = parameter(
        0.5,
        unit="probability a year",
        bounds=(0.0, 1.0),
        source="sharing_warning_pass",
        description="chance that a fall is passed on along a full-strength tie of full trust",
    )
    warning_error_sd: float = parameter(
        0.5,
        unit="between-school SD",
        bounds=(0.0, 1.5),
        source="sharing_warning_error_sd",
        description="error of what a broker learns by following up a warning",
    )
    hub_rate: float = parameter(
        0.02,
        unit="share a year",
        bounds=(0.0, 1.0),
        source="sharing_hub_rate",
        tags=(EFFECT,),
        description="share of the difference to its lead school closed in a hub's domain",
    )
    hub_schools: float = parameter(
        20.0,
        unit="schools",
        bounds=(1.0, 100.0),
        source="sharing_hub_schools",
        description="schools that a hub serves",
    )
    hub_lead_change: float = parameter(
        0.0,
        unit="between-school SD a year",
        bounds=(-0.5, 0.5),
        source="sharing_hub_lead_change",
        tags=(EFFECT,),
        description="practice that a lead school gains in its hub's domain beside the time it costs",
    )
    hub_willing: float = parameter(
        0.5,
        unit="0 to 1",
        bounds=(0.0, 1.0),
        source="sharing_hub_willing",
        description="openness from which a strong school is willing to lead a hub",
    )
    procurement_saving: float = parameter(
        0.08,
        unit="share of supply spend",
        bounds=(0.0, 0.5),
        source="procurement_saving",
        description="saving on supply cover from a joint contract of many schools",
    )
    supply_gbp: float = parameter(
        110.0,
        unit="GBP a pupil a year",
        bounds=(0.0, 500.0),
        source="sharing_supply_gbp",
        description="spending on supply cover",
    )
    contract_half_pupils: float = parameter(
        8000.0,
        unit="pupils",
        bounds=(100.0, 100000.0),
        source="sharing_contract_half_pupils",
        description="pupils in a joint contract at which half of the saving is reached",
    )
    day_gbp: float = parameter(
        400.0,
        unit="GBP a day, prices of year 0",
        bounds=(0.0, 2000.0),
        source="sharing_day_gbp",
        description="cost of a day of leadership time, to show what schools give themselves",
    )
