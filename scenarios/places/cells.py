"""Reading single cells of the embedded table as typed values."""

from __future__ import annotations

import numpy as np
import pandas as pd


def number(indicators: pd.DataFrame, year: int, column: str) -> float:
    """Read one figure.

    Parameters
    ----------
    indicators : pandas.DataFrame
        From ``table.indicators``.
    year : int
        The year the academic year ends.
    column : str
        Column of the table.

    Returns
    -------
    float
        As published, NaN where there is none.
    """
    return float(np.float64(indicators[column].to_numpy(dtype=np.float64)[indicators.index.get_loc(year)]))


def imputed_columns(indicators: pd.DataFrame, year: int) -> frozenset[str]:
    """Give the columns of a year that are imputed.

    Parameters
    ----------
    indicators : pandas.DataFrame
        From ``table.indicators``.
    year : int
        The year the academic year ends.

    Returns
    -------
    frozenset of str
        Names of columns.
    """
    return frozenset(str(indicators["imputed"].loc[year]).split(";")) - {""}
