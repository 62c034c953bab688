"""How far each series may drift in a place where nothing happens, and the verdict."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

STEADY = (("ks2_rwm_expected", "all"), ("ks2_rwm_expected", "disadvantaged"), ("ks2_rwm_expected", "other"))
"""What the number of pairs is settled by."""


class Check(NamedTuple):
    """One series and how far it may drift."""

    measure: str
    group: str
    unit: str
    limit: float
    ks4: bool = False


CHECKS = (
    *(Check(measure, group, "points", 0.3) for measure, group in STEADY),
    Check("ks2_rwm_expected", "gap", "points", 0.3),
    Check("school_sd", "all", "points", 0.5),
    Check("ks2_gap_index", "gap", "index", 0.03),
    *(
        Check("ks4_attainment8", group, "A8 points", 0.3, ks4=True)
        for group in ("all", "disadvantaged", "other")
    ),
    Check("ks4_gap_index", "gap", "index", 0.03, ks4=True),
    Check("practice_a_year", "all", "SD a year", 0.01),
)
"""Limits of the design; that of Attainment 8, which it leaves open, is set as for KS2."""


def verdicts(table: pd.DataFrame, *, one_year_known: bool) -> pd.DataFrame:
    """Judge the drift of each series.

    Parameters
    ----------
    table : pandas.DataFrame
        From ``drifts``.
    one_year_known : bool
        Whether the place knew only year 0, so that KS4 is judged too.

    Returns
    -------
    pandas.DataFrame
        Measure, group, unit, drift, Monte Carlo error, limit, and a verdict: passes or FAILS, with
        ``(unsure)`` where the limit is within two errors; ``may move`` for KS4 of cohorts with KS2 results.
    """
    rows = []
    for check in CHECKS:
        values = table[check.measure, check.group]
        drift, error = float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values)))
        verdict = "passes" if abs(drift) < check.limit else "FAILS"
        if abs(abs(drift) - check.limit) < 2.0 * error:
            verdict += " (unsure)"
        if check.ks4 and not one_year_known:
            verdict = "may move"
        rows.append((check.measure, check.group, check.unit, drift, error, check.limit, verdict, len(values)))
    names = ["measure", "group", "unit", "drift", "mc_error", "limit", "verdict", "pairs"]
    return pd.DataFrame(rows, columns=names)
