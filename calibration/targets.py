"""The figures that the learning core is fitted to, each with the tolerance that weighs it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

_EVIDENCE = Path(__file__).parent.parent / "conf" / "evidence"


class Target(NamedTuple):
    """One figure to reproduce."""

    id: str
    label: str
    value: float
    tolerance: float  # a miss of this size counts as 1


@cache
def _published() -> dict[str, float]:
    """Value of every row that may be a target, from both evidence tables."""
    targets = pd.read_csv(_EVIDENCE / "targets.csv", index_col="id")["value"]
    parameters = pd.read_csv(_EVIDENCE / "parameters.csv", index_col="id")
    rows = pd.concat([targets, parameters.loc[parameters["role"] == "target", "central"]])
    return {str(name): float(value) for name, value in rows.items()}


def published(target: str) -> float:
    """Give the published value of a target row.

    Parameters
    ----------
    target : str
        Row id.

    Returns
    -------
    float
        In the row's unit.

    Raises
    ------
    KeyError
        If there is no such row, or it is not a target.
    """
    return _published()[target]


def _row(target: str, label: str, tolerance: float) -> Target:
    return Target(target, label, published(target), tolerance)


TARGETS: tuple[Target, ...] = (
    _row("calc_school_ks2_rwm_sd_net_2018", "between-school SD of KS2 RWM, net (points)", 0.3),
    _row("icc_ks2", "share of KS2 variance between schools", 0.008),
    _row("calc_school_ks2_rwm_r1", "school KS2 RWM one year apart (r)", 0.015),
    _row("calc_school_ks2_rwm_r2", "school KS2 RWM two years apart (r)", 0.015),
    _row("calc_school_ks2_rwm_change_sd_net", "real one-year change of school KS2 RWM (SD, points)", 0.4),
    _row("calc_school_ks2_fsm_slope", "slope of school KS2 RWM on disadvantaged share", 0.02),
    Target(
        "ks2_va_sd", "SD of school KS1-KS2 value added (pupil SD; 2.06 to 2.31 scaled points)", 0.27, 0.015
    ),
    _row("calc_school_effect_stability_ks2", "true KS2 value added one year apart (r)", 0.025),
    _row("calc_school_a8_sd_2019", "between-school SD of Attainment 8 (points)", 0.25),
    _row("icc_ks4", "share of KS4 variance between schools", 0.015),
    _row("calc_school_a8_fsm_slope", "slope of school Attainment 8 on disadvantaged share", 0.025),
    _row("calc_school_p8_sd_net_2019", "between-school SD of Progress 8, net (grades)", 0.015),
    _row("calc_school_p8_fsm_slope", "slope of school Progress 8 on disadvantaged share", 0.002),
    _row("calc_school_p8_r1_2019", "school Progress 8 one year apart (r)", 0.02),
    _row("calc_school_p8_r3", "school Progress 8 three years apart (r)", 0.025),
    _row("calc_school_p8_change_sd", "one-year change of school Progress 8 (SD, grades)", 0.015),
    _row("calc_school_a8_r1_2019", "school Attainment 8 one year apart (r)", 0.01),
    _row("calc_fsm6_dissimilarity_secondary", "dissimilarity of disadvantaged pupils, secondary", 0.012),
    _row("persist_ks1_ks2", "pupil KS1 and KS2 (r)", 0.02),
    _row("persist_ks2_ks4", "pupil KS2 and KS4 (r)", 0.015),
    _row("persist_eyfs_ks4", "pupil Foundation Stage and KS4 (r)", 0.03),
    Target("ks2_rwm_no_sen", "KS2 RWM, no SEN (LAIT England 2019)", 75.0, 1.0),
    Target("ks2_rwm_sen_support", "KS2 RWM, SEN support (LAIT England 2019)", 25.0, 1.5),
    Target("ks2_rwm_ehcp", "KS2 RWM, plan (LAIT England 2019)", 9.0, 1.0),
    Target(
        "special_attainment8", "Attainment 8 of special schools 2019 (calc; results published)", 4.28, 1.0
    ),
    Target("unit_ks2", "SD of KS2 in the model's unit", 1.0, 0.02),
)
