"""The summary: how each measure is spread over draws and replicates, year by year."""

from __future__ import annotations

import numpy as np
import pandas as pd

ROWS_FOR_95 = 100
"""Fewer rows than this cannot show a 95 per cent band."""

RUNS_FOR_RANGE = 20
"""Fewer rows than this give no band and no chance at all."""

CELL = ["place", "scenario", "measure", "group", "year"]
SHARES = {"p2_5": 0.025, "p10": 0.10, "p25": 0.25, "p50": 0.50, "p75": 0.75, "p90": 0.90, "p97_5": 0.975}
"""Names of the quantile columns, and the share of rows below each."""

BANDS = {95: ("p2_5", "p97_5"), 80: ("p10", "p90"), 50: ("p25", "p75")}
"""Lower and upper column of each graded band, widest first."""


def summarise(trajectories: pd.DataFrame) -> pd.DataFrame:
    """Summarise the simulated rows.

    Parameters
    ----------
    trajectories : pandas.DataFrame
        Long table with place, scenario, draw, replicate, year, kind, measure, group and value.

    Returns
    -------
    pandas.DataFrame
        One row a place, scenario, measure, group and year: ``runs`` (rows with a value), ``mean``, ``sd``,
        ``mc_error`` (standard error of the mean; draws are the independent units), and quantiles. The
        outermost quantiles are empty below 100 rows,
        and all but the median below 20. Units are those of the measures registry.
    """
    simulated = trajectories.loc[trajectories["kind"] == "simulated"]
    plain = simulated.astype({name: str for name in ("place", "scenario", "measure", "group")})
    wide = plain.set_index([*CELL, "draw", "replicate"])["value"].unstack(["draw", "replicate"])
    wide = wide.dropna(how="all").sort_index()
    table = pd.DataFrame(
        {"runs": wide.count(axis=1), "mean": wide.mean(axis=1), "sd": wide.std(axis=1, ddof=1)}
    )
    table["mc_error"] = _error_of_mean(wide)
    quantiles = wide.quantile(list(SHARES.values()), axis=1).T
    for name, share in SHARES.items():
        least = ROWS_FOR_95 if name in BANDS[95] else 1 if name == "p50" else RUNS_FOR_RANGE
        table[name] = quantiles[share].where(table["runs"] >= least)
    return table.reset_index()


def _error_of_mean(wide: pd.DataFrame) -> pd.Series:
    """Standard error over the means of draws, or over replicates where there is one draw."""
    by_draw = wide.T.groupby(level="draw").mean().T
    units = by_draw if by_draw.shape[1] > 1 else wide
    return units.std(axis=1, ddof=1) / np.sqrt(units.count(axis=1))
